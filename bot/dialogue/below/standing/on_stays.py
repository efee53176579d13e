"""Where the asker is on which days: times said beside «i'm in lisbon next week», or right below it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.conversation import Stay
from bot.dialogue.families import SlotRequest
from bot.dialogue.request.intervals import is_open_days
from bot.dialogue.request.said import is_recent
from bot.dialogue.request.spoken_of.days import of_range
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.dialogue.wording import times
from bot.language.meaning import Days, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding


def on_a_stay(u: Understanding, talk: Talk) -> Understanding:
    """«wednesday at 9 there», once it is known that one is elsewhere next week: the Wednesday of that stay, on its clock."""
    stay = next((one for one in reversed(talk.conversation.stays) if one.last >= talk.today), None)
    if stay is None or u.has(Cue.TRAVELS) or not (u.has(Cue.THERE) or _is_just_told(stay, u, talk)):
        return u
    days = Days(first=stay.first, last=stay.last)
    moments = tuple(of_range(moment, days, u) for moment in u.moments)
    if not u.has(Cue.THERE):
        return replace(u, moments=moments)
    cues = tuple(sign for sign in u.cues if sign.cue is not Cue.OWN_CLOCK)
    return replace(u, moments=moments, zone=stay.zone, cues=cues)


def _is_just_told(stay: Stay, u: Understanding, talk: Talk) -> bool:
    """Whether times are sought right behind «i'm in lisbon next week»: then «tuesday» is a day of that week."""
    request = talk.conversation.request
    if stay.told_at is None or talk.now - stay.told_at > _JUST_NOW:
        return False
    is_last = request is None or request.asked_at is None or request.asked_at <= stay.told_at
    return is_last and stay.first > talk.today and u.intent in _SOUGHT and not u.has(Cue.SOON)


_JUST_NOW = timedelta(minutes=10)
_SOUGHT = frozenset({Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD, Intent.OUT_OF_SCOPE})


def abroad(u: Understanding, zone: str) -> Understanding:
    """«i'll be in new york next week, what's free there on tuesday»: that week's tuesday, by the clock there."""
    long = (m for m in u.moments if m.days is not None and (m.days.first != m.days.last or is_open_days(m)))
    bare = (m for m in u.moments if m.days is not None and m.hours is None)
    said = next(long, None) or (next(bare, None) if any(m.hours is not None for m in u.moments) else None)
    if said is None or said.days is None:
        return u
    stay, back = _as_stay(said, said.days), None
    if u.has(Cue.RETURNS) and said is u.moments[0] and len(u.moments) > _WITH_RETURN:
        back = u.moments[1]  # «flying to lima tomorrow, back friday, …»
        stay = replace(stay, last=max(stay.last, back.days.last if back.days is not None else stay.last))
    rest = tuple(
        of_range(moment, stay, u) if stay.first < stay.last and not is_open_days(said) else moment
        for moment in u.moments
        if moment is not said and moment is not back
    )
    is_there = all(m.days is None or stay.first <= m.days.first <= stay.last for m in rest)
    if u.intent is Intent.OUT_OF_SCOPE and (u.emails or u.mentions):
        u = replace(u, intent=Intent.BOOK)
    intent = Intent.FIND_SLOTS if u.intent is Intent.OUT_OF_SCOPE else u.intent
    people = () if u.intent is Intent.OUT_OF_SCOPE else u.people
    there = zone if is_there else None
    return replace(u, intent=intent, moments=rest or u.moments, zone=there, there=there, people=people)


def _as_stay(moment: Moment, days: Days) -> Days:
    """«from wednesday on» has no end, «until thursday» began before."""
    if not is_open_days(moment):
        return days
    is_after = moment.open is Open.AFTER
    first, last = (days.first, days.last + _LONG) if is_after else (days.first - _LONG, days.last)
    return replace(days, first=first, last=last)


_LONG = timedelta(days=365)
_WITH_RETURN = 2


_NO_END = timedelta(days=365)
"""How long a stay without an end is kept."""
_MOST_STAYS = 6


def moves_home(talk: Talk, u: Understanding, zone: str) -> Decision:
    """«I'm in London», «i'm in lisbon next week»: the zone of this conversation, or of the days that were named."""
    named = u.stays or tuple((zone, moment) for moment in u.moments)
    stays = tuple(_stay(talk, moment, place) for place, moment in named if moment.days is not None)
    if len(stays) == 1 and u.length is not None and u.length >= timedelta(days=1):
        stays = (replace(stays[0], last=stays[0].first + u.length - timedelta(days=1)),)
        u = replace(u, moments=tuple(replace(moment, open=None) for moment in u.moments))
    if len(stays) > 1 and u.has(Cue.RETURNS) and stays[0].first < stays[-1].last:
        stays = (replace(stays[0], last=stays[-1].last),)
    if stays:
        there = talk.having(stays=(*talk.conversation.stays, *stays)[-_MOST_STAYS:])
        if any(moment.open is Open.AFTER for moment in u.moments):
            told = words.zone_from(times.place(zone), times.date_words(stays[0].first, talk.today))
        else:
            places = sorted({stay.zone for stay in stays}, key=[stay.zone for stay in stays].index)
            told = words.zone_on([(times.place(place), _dates(talk, stays, place)) for place in places])
        return say(there, told, is_personal=True)
    there = talk.having(zone_override=zone)
    request = talk.conversation.request
    if isinstance(request, SlotRequest) and not request.is_done and is_recent(request, talk):
        return go_on(there.leading(words.zone_set(times.place(zone))), request)
    return say(there, words.zone_set(times.place(zone)), is_personal=True)


def _dates(talk: Talk, stays: tuple[Stay, ...], place: str) -> str:
    """The days in one place, in words."""
    there = [stay for stay in stays if stay.zone == place]
    days = {stay.first + timedelta(days=n) for stay in there for n in range((stay.last - stay.first).days + 1)}
    return times.dates(sorted(days), talk.today)


def _stay(talk: Talk, moment: Moment, zone: str) -> Stay:
    """The days of a stay: «until thursday» begins today, «from thursday on» has no end."""
    first, last = moment.start_day(talk.today), moment.days.last if moment.days is not None else talk.today
    if moment.open is Open.BEFORE:
        return Stay(zone=zone, first=talk.today, last=max(last, talk.today), told_at=talk.now)
    last = last + _NO_END if moment.open is Open.AFTER else last
    return Stay(zone=zone, first=first, last=last, told_at=talk.now)
