"""The times of an act for many meetings: which day they stand on, and which time is that of an exception."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.cues.account.fates import is_filler
from bot.language.cues.contrast import from_its_day, in_run
from bot.language.cues.corrections import part
from bot.language.cues.scope import onward
from bot.language.cues.second import exceptions
from bot.language.meaning import Certainty, Intent
from bot.language.signs import Cue
from bot.language.times.moments import read_moments
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from bot.language.meaning import Days, Moment, Reference, Sign, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_WEEK = timedelta(days=7)


def of_all(
    times: TimesRead,
    signs: tuple[Sign, ...],
    utterance: Utterance,
    told: Utterance,
    reference: Reference,
    intent: Intent,
) -> TimesRead:
    """The times of an act for many meetings: which day they stand on, and which time is that of an exception."""
    if intent is Intent.RESCHEDULE:
        is_all = any(sign.cue is Cue.ALL for sign in signs)
        return (
            onward(_left_in_place(from_its_day(times, signs, told), utterance, reference), signs) if is_all else times
        )
    return _spared(times, signs, utterance, told, reference) if intent is Intent.CANCEL else times


def _left_in_place(times: TimesRead, utterance: Utterance, reference: Reference) -> TimesRead:
    """«move all of this week to next week, not wednesday's», «all but friday's to next week»: the day on which they stand."""
    if not times.excluded:
        return times
    aims = [one for one in times.moments if one.days is not None]
    source = times.from_moment.days if times.from_moment is not None else None
    if source is None:
        today = reference.now.astimezone(reference.zone).date()
        return times._replace(excluded=tuple(_as_it_stands(one, aims, utterance, today) for one in times.excluded))
    if source.first == source.last:
        return times
    runs = [one.days for one in aims if one.days is not None]
    excluded = tuple(_of_source(one, source) if _lies_in(one, runs) else one for one in times.excluded)
    return times._replace(excluded=excluded)


def _as_it_stands(gone: Moment, aims: Collection[Moment], utterance: Utterance, today: date) -> Moment:
    """What is excepted in front of where the others go was read as a part of that: it stands on its own day before.

    «but not friday's» behind it is a meeting too, «but not friday» a day to which none is to go.
    """
    is_theirs = utterance.text[gone.span.start : gone.span.end].endswith("'s")
    there = (one.days for one in aims if is_theirs or gone.span.start < one.span.start)
    aim = next((days for days in there if _lies_in(gone, [days])), None)
    if aim is None or gone.days is None:
        return gone
    if gone.hours is not None:  # «all but the 2pm to friday»
        return replace(gone, days=replace(gone.days, certainty=Certainty.IMPLIED))
    weeks = (gone.days.first - aim.first).days // 7 + 1
    first, last = gone.days.first - weeks * _WEEK, gone.days.last - weeks * _WEEK
    return replace(gone, days=replace(gone.days, first=first, last=last)) if first >= today else gone


def _of_source(gone: Moment, source: Days) -> Moment:
    return in_run(replace(gone, rule="weekday"), [source])


def _lies_in(moment: Moment, runs: Collection[Days | None]) -> bool:
    days = moment.days
    return days is not None and any(
        one is not None and one.first <= days.first and days.last <= one.last for one in runs
    )


def _spared(
    times: TimesRead, signs: Collection[Sign], utterance: Utterance, told: Utterance, reference: Reference
) -> TimesRead:
    """«everything next week but keep the 3pm», «… this week, not sam on friday»: both sides of an exception are read apart."""
    head = next(iter(exceptions(utterance, signs)), None)
    if head is None:
        return times
    front = read_moments(part(told, 0, head.start), reference)
    behind = read_moments(part(told, head.end, len(told.text)), reference)
    there = (*times.moments, *((times.from_moment,) if times.from_moment is not None else ()))
    said = (*front.moments, *((front.from_moment,) if front.from_moment is not None else ()))
    gone = (*behind.moments, *behind.excluded)
    if not gone or behind.recurrence is not None:
        return times
    is_lost = bool(said) and not any(one.span.start < head.start for one in there)
    is_late = bool(said) or _is_right_behind(gone[0], head, utterance)
    is_taken = is_late and any(one.span.start >= head.end or one.span.end > head.end for one in there)
    is_merged = not times.excluded and not any(one.span.start >= head.end for one in there)
    if not (is_lost or is_taken or is_merged or _is_on_another_day(times.excluded, gone, said)):
        return times
    runs = [one.days for one in said if one.days is not None and one.days.last > one.days.first]
    spared = tuple(in_run(one, runs) for one in gone)
    return times._replace(moments=front.moments, from_moment=front.from_moment, excluded=spared)


def _is_right_behind(moment: Moment, head: Span, utterance: Utterance) -> bool:
    """«except lena's on friday», «bis auf den am freitag»; in «except lena on friday» it may be that of all."""
    between = utterance.text[head.end : moment.span.start]
    words = utterance.words[bisect_left(utterance.starts, head.end) : bisect_left(utterance.starts, moment.span.start)]
    return "'s " in between or all(is_filler(word, utterance.language) or word in _OF_ONE for word in words)


_OF_ONE = frozenset(
    ("the", "one", "den", "die", "das", "la", "el", "celui", "celle", "quello", "quella", "a", "o", "am", "um")
)


def _is_on_another_day(excluded: Collection[Moment], gone: Collection[Moment], said: Collection[Moment]) -> bool:
    """«after wednesday except for the 3pm»: an hour that was put on a day that is not its own."""
    own = [one.days for one in said if one.open is None]
    excluded = [one for one in excluded if one.days not in own]
    implied = [one.hours for one in gone if one.days is None or one.days.certainty is Certainty.IMPLIED]
    return any(one.hours in implied and one.days is not None for one in excluded if one.hours is not None)
