"""Questions about times that need no calendar: what time it is elsewhere, and what a time there is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.request import revise
from bot.dialogue.talk import Talk, say
from bot.dialogue.wording.standing import questions as words
from bot.language.signs import Cue
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.dialogue.context import Step
    from bot.dialogue.families import TimeRequest
    from bot.language.meaning import Moment, Understanding

_MOST_TIMES = 3


def tell_time(talk: Talk, request: TimeRequest) -> Step:
    """Answered, not booked."""
    said = next((moment.zone for moment in request.moments if moment.zone), None)
    is_here = request.zone == talk.zone.key  # «when it's 9 in lima, what is it here»
    if request.people:
        return _of_people(talk.asking(None), request)
    there = find_zone(said if said and is_here else request.zone or said)
    there = talk.told_in(there) if there is not None else None
    talk = talk.asking(None)
    starts = [
        moment.windows(talk.today, there or talk.zone)[0].start
        for moment in request.moments
        if moment.hours is not None or moment.exact is not None
    ]
    if starts:
        lines = [words.same_time(start, there or talk.zone, talk.zone, talk.now) for start in starts[:_MOST_TIMES]]
        return say(talk, " ".join(lines))
    if there is None:
        return say(talk, words.time_here(talk.now, talk.zone))
    return say(talk, words.time_there(talk.now, there, talk.zone))


def _of_people(talk: Talk, request: TimeRequest) -> Step:
    """What time it is for each of those who are named, or what a time is there."""
    lines = []
    for person in request.people[:_MOST_TIMES]:
        zone = find_zone(person.zone)
        points = [one for one in request.moments if revise.is_point(one) and one.exact is None]
        starts = [one.windows(talk.today, talk.zone)[0].start for one in points[:_MOST_TIMES]]
        if zone is None:
            lines.append(words.zone_unknown(person.name))
        elif starts:
            lines += [words.same_time(start, talk.told_in(zone), talk.zone, talk.now) for start in starts]
        else:
            lines.append(words.time_there(talk.now, talk.told_in(zone), talk.zone))
    return say(talk, " ".join(lines))


def converted(talk: Talk, u: Understanding) -> Step | None:
    """«what time is friday 3pm in tokyo»: a clock of one place asked for at another; not what is free by the clock there."""
    is_for_somebody = bool(u.people or u.mentions) and u.there is None
    zone = (
        find_zone(u.there or u.zone) if u.has(Cue.CONVERTS) and not (u.has(Cue.ASKS_FREE) or is_for_somebody) else None
    )
    return _converted(talk, u.moments, zone) if zone is not None and all(map(revise.is_point, u.moments)) else None


def _converted(talk: Talk, moments: tuple[Moment, ...], zone: ZoneInfo) -> Step:
    """A time of ours on the clock there, a time there on ours, or there on a third."""
    moment = next((one for one in moments if revise.is_point(one)), None)
    named = find_zone(moment.zone) if moment is not None else None
    instant = moment.windows(talk.today, talk.zone)[0].start if moment is not None else talk.now
    here = named or talk.zone
    there = talk.zone if zone == here else zone
    if here == there:
        return say(talk, words.time_here(instant, here))
    return say(talk, words.same_time(instant, talk.told_in(here), talk.told_in(there), talk.now))
