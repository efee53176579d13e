"""What a text about somebody's own hours and days means by its signs: until when they are away, what of a day goes by
«nothing after 3», which days stay as they are, and hours that were said anew.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.language.cues.contrast import but_within, with_nor
from bot.language.cues.corrections import part
from bot.language.cues.hours import stretches_named, weekdays_named
from bot.language.cues.own.edges import left_by_nothing
from bot.language.cues.reading import outside
from bot.language.intents.absence import ANDS, BUTS, but_there, clause_starts, in_one_stretch, with_edges_asked
from bot.language.meaning import Days, Doubt, DoubtKind, Grain, Hours, Intent, Moment, Open, Sign
from bot.language.signs import Cue
from bot.language.times.moments import read_moments
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from bot.language.meaning import Reference, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_EARLY = time(10)
"""Who is back by then is back for the whole day."""


def of_own_days(
    intent: Intent,
    times: TimesRead,
    signs: tuple[Sign, ...],
    utterance: Utterance,
    told: Utterance,
    reference: Reference,
) -> tuple[TimesRead, tuple[Sign, ...]]:
    """The times and signs of a text about days off or working hours, as they are meant."""
    cues = {sign.cue for sign in signs}
    if Cue.CORRECTED in cues:
        times = _without_refused(times, signs)
    times = with_nor(times, utterance)
    if Cue.NOTHING_THEN in cues:
        signs = _closing(times, signs)
    if Cue.NEGATED in cues and intent is Intent.SET_HOURS and Cue.CLOSES not in cues:
        signs = _leaving(times, signs)
    if Cue.CORRECTED in cues:
        times = _said_anew(_without_repeat(times, signs, told), signs, told, reference)
        signs = _without_turn(signs)
    if not _TURNS.isdisjoint(cues):
        times = _instead(times, signs, utterance)
    if Cue.HABITUAL in cues and _is_habit(times, signs):
        signs = (*signs, *(replace(sign, cue=Cue.RECURRING) for sign in signs if sign.cue is Cue.HABITUAL))
    if Cue.PAUSE in cues and intent is Intent.SET_HOURS and Cue.WORKS not in cues and _is_one_break(times):
        signs = (*signs, *(replace(sign, cue=Cue.CLOSES) for sign in signs if sign.cue is Cue.PAUSE))
    if Cue.SUITS in cues and Cue.RETURNS not in cues:
        times = _but_on_those(times, signs, utterance, told)
    if Cue.EXCEPT in cues:
        times = _with_exception(times, signs)
    if intent is not Intent.TIME_OFF:
        return times, signs
    today = reference.now.astimezone(reference.zone).date()
    if Cue.RETURNS in cues:
        times = _until_back(times, signs, utterance, today)
    times = _from_today(times, today)
    times = but_within(in_one_stretch(left_by_nothing(times, signs)), utterance)
    return with_edges_asked(but_there(times, utterance), signs), signs


def _is_habit(times: TimesRead, signs: tuple[Sign, ...]) -> bool:
    """Whether «le vendredi» is every one, and not that of a date, or of another week («le vendredi 13 mars»)."""
    spans = [sign.span for sign in signs if sign.cue is Cue.HABITUAL]
    dates = [sign.span for sign in signs if sign.cue is Cue.ONE_DATE]
    if any(one.start < span.end and span.start < one.end for span in spans for one in dates):
        return False
    read = [
        one
        for one in (*times.moments, *times.excluded)
        if any(s.start < one.span.end and one.span.start < s.end for s in spans)
    ]
    return all("weekday" in one.rule and _DATED.isdisjoint(one.rule.split()) for one in read)


_DATED = frozenset(("date", "date,", "month"))


def _is_one_break(times: TimesRead) -> bool:
    """«lunch 12 to 1 every day»: a stretch, and not «until noon»."""
    hours = [one.hours for one in times.moments if one.hours is not None]
    return len(hours) == 1 and None not in {hours[0].start, hours[0].end}


def _from_today(times: TimesRead, today: date) -> TimesRead:
    """«i'm sick until thursday»: from today on."""
    only = times.moments[0] if len(times.moments) == 1 else None
    if only is None or only.open is not Open.BEFORE or only.hours is not None or only.days is None:
        return times
    if not only.says_day or only.days.last < today or times.recurrence is not None:
        return times
    days = replace(only.days, first=today, grain=Grain.DAY)
    return times._replace(moments=(replace(only, days=days, open=None, grain=Grain.DAY, rule="day range"),))


def _with_exception(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """«not next week except wednesday»: what is refused goes, and what is left out of that stays; else it is asked about."""
    sign = next(sign.span for sign in signs if sign.cue is Cue.EXCEPT)
    behind = tuple(one for one in times.excluded if one.span.end > sign.start)
    front = tuple(one for one in times.excluded if one not in behind)
    if behind and front and not times.moments and times.recurrence is None:
        return times._replace(moments=front, excluded=behind)
    if times.excluded or times.left_out:
        return times
    return times._replace(doubts=(*times.doubts, Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=sign)))


def _closing(times: TimesRead, signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """«freitags nichts nach 15 uhr»: where the word is no part of the time, the time is what goes."""
    held = [moment.span for moment in (*times.moments, *times.excluded)]
    nots = [sign for sign in signs if sign.cue is Cue.NOTHING_THEN]
    if any(one.start <= sign.span.start < one.end for sign in nots for one in held):
        return signs
    return (*signs, *(Sign(cue=Cue.CLOSES, span=sign.span, row=sign.row) for sign in nots))


def _leaving(times: TimesRead, signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """«nunca antes das 10h»: where the «never» is part of the time, that is what stays."""
    held = [one.span for one in times.moments if one.hours is not None]

    def is_held(sign: Sign) -> bool:
        return sign.cue is Cue.NEGATED and any(one.start <= sign.span.start < one.end for one in held)

    return tuple(replace(sign, cue=Cue.NOTHING_THEN) if is_held(sign) else sign for sign in signs)


def _without_turn(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs without the «no» of a correction, which refuses nothing."""
    turns = [sign.span for sign in signs if sign.cue is Cue.CORRECTED]
    return outside(tuple(turns), signs, only=_NOS)


_NOS = frozenset((Cue.NEGATED, Cue.NO))


def _without_refused(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """«can't do friday, no, thursday and friday»: what was refused in front was taken back."""
    place = max(sign.span.start for sign in signs if sign.cue is Cue.CORRECTED)
    is_said_anew = bool(times.moments) and all(one.span.start > place for one in times.moments)
    return times._replace(excluded=tuple(o for o in times.excluded if o.span.start > place)) if is_said_anew else times


_TURNS = frozenset((Cue.CORRECTED, Cue.INSTEAD))


def _instead(times: TimesRead, signs: tuple[Sign, ...], utterance: Utterance) -> TimesRead:
    """«me tomo libre el viernes, mejor el 12»: the day behind the sign takes the place of the one in front."""
    place = next(sign.span for sign in signs if sign.cue in _TURNS)
    days = [one for one in times.moments if one.hours is None and one.says_day]
    front = [one for one in days if one.span.end <= place.start]
    behind = [one for one in days if one.span.start >= place.start and one.span.end > place.end]
    if not (front and behind) or len(days) != len(times.moments) or times.from_moment is not None:
        return times
    between = utterance.text[place.end : behind[0].span.start]
    return times if between.strip(" ,") else times._replace(moments=tuple(behind))


def _without_repeat(times: TimesRead, signs: tuple[Sign, ...], told: Utterance) -> TimesRead:
    """«ferme les vendredis, pardon, le jeudi»: the days that repeat are the ones named last."""
    place = max(sign.span.start for sign in signs if sign.cue is Cue.CORRECTED)
    repeat, behind = times.recurrence, {said.day for said in weekdays_named(told) if said.span.start > place}
    if repeat is None or not behind or any(sign.cue is Cue.ALSO and sign.span.start > place for sign in signs):
        return times
    stays = tuple(day for day in repeat.weekdays if day in behind)
    anew = tuple(one for one in times.moments if one.span.start > place or one.hours is not None)
    repeat = replace(repeat, weekdays=stays) if stays else None
    return times._replace(recurrence=repeat, moments=anew if repeat is None and anew else times.moments)


def _said_anew(times: TimesRead, signs: tuple[Sign, ...], told: Utterance, reference: Reference) -> TimesRead:
    """«10 to 2, sorry, till 3»: the stretch in front with another end; «nothing after 3, no, 4» is after 4."""
    place = max(sign.span.start for sign in signs if sign.cue is Cue.CORRECTED)
    timed = [one for one in times.moments if one.hours is not None and one.span.start > place]
    hours = {(one.hours.start, one.hours.end, one.open) for one in timed if one.hours is not None}
    if len(hours) != 1 or any(one.hours is not None and one.hours.name for one in timed):
        return times
    ((start, end, side),) = hours
    if start is not None and end is not None:
        behind = stretches_named(part(told, place, len(told.text)))
        return times._replace(stretches=behind) if behind else times
    before = _hours_of(read_moments(part(told, 0, place), reference))
    if before is None:
        return times
    old, was = before
    if side is None and was is not None:  # a clock alone is the bound that was said
        start, end, side = (start, None, was) if was is Open.AFTER else (None, start, was)
    elif old.start is not None and old.end is not None and side is not None:
        start, end, side = (start or old.start, end or old.end, None)
    else:
        return times
    anew = Hours(start=start, end=end)
    moments = tuple(replace(one, hours=anew, open=side) if one in timed else one for one in times.moments)
    return times._replace(moments=moments, stretches=())


def _hours_of(times: TimesRead) -> tuple[Hours, Open | None] | None:
    """The one stretch or bound of the day that was read."""
    said = {(one.hours, one.open) for one in times.moments if one.hours is not None}
    return said.pop() if len(said) == 1 else None


def _but_on_those(times: TimesRead, signs: tuple[Sign, ...], utterance: Utterance, told: Utterance) -> TimesRead:
    """«no calls after 4, but thursdays are fine»: the days in front of the sign stay as they are."""
    fits = next(sign.span for sign in signs if sign.cue is Cue.SUITS)
    starts = clause_starts(utterance, BUTS)
    begin = max((start for start in starts if start <= fits.start), default=0)
    end = min((start for start in starts if start >= fits.end), default=len(utterance.text))
    is_refused = any(sign.cue is Cue.NEGATED and fits.start <= sign.span.start < end for sign in signs)
    if not begin or is_refused or any(one.span.start >= begin for one in times.excluded):
        return times
    named = weekdays_named(told)
    out = {said.day for said in named if begin <= said.span.start < end}
    kept = tuple(one for one in times.moments if begin <= one.span.start < end and one.says_day)
    rest = tuple(_of_all_days(one, begin) if out else one for one in times.moments if one not in kept)
    is_apart = bool(rest and kept) and all(one.hours is None for one in kept) and not _lie_within(kept, rest)
    if is_apart and times.recurrence is None and all(one.says_day for one in rest):
        return times._replace(moments=rest)  # «tuesday i'm off, monday i'm there»
    if not rest or not (out or _lie_within(kept, rest)):
        return times
    repeat, is_weekly = times.recurrence, any(sign.cue is Cue.RECURRING for sign in signs)
    if not (repeat is not None or is_weekly or _lie_within(kept, rest)):
        return times
    if repeat is not None:
        stays = tuple(day for day in repeat.weekdays if day not in out)
        repeat = replace(repeat, weekdays=stays) if stays else None
    whole = tuple(replace(one, hours=None, open=None, grain=Grain.DAY) for one in kept)
    left = tuple(said.span for said in named if begin <= said.span.start < end) if repeat is None and not kept else ()
    return times._replace(
        moments=rest, excluded=(*times.excluded, *whole), recurrence=repeat, left_out=(*times.left_out, *left)
    )


def _of_all_days(moment: Moment, begin: int) -> Moment:
    """A clock in front that was taken for one of the day behind it."""
    is_joined = moment.span.start < begin < moment.span.end and moment.hours is not None
    return replace(moment, days=None) if is_joined else moment


def _lie_within(kept: tuple[Moment, ...], rest: tuple[Moment, ...]) -> bool:
    """Whether these days are some of those that go."""
    runs = [one.days for one in rest if one.days is not None and one.says_day]
    days = [one.days for one in kept if one.days is not None]
    return bool(days) and all(any(run.first <= one.first <= one.last <= run.last for run in runs) for one in days)


def _until_back(times: TimesRead, signs: tuple[Sign, ...], utterance: Utterance, today: date) -> TimesRead:
    """«off from thursday, back on tuesday»: what lies between goes, and the day of the return stays."""
    sign = next(sign.span for sign in signs if sign.cue is Cue.RETURNS)
    back = _day_of(times.moments, sign, utterance)
    if back is None or times.recurrence is not None:
        return times
    rest = [one for one in times.moments if one is not back]
    away = [one for one in rest if one.says_day and one.days is not None]
    if back.days is None or not back.says_day:
        return _until_clock(times, back, rest)
    first = min((one.days.first for one in away if one.days is not None), default=today)
    last = max((one.days.last for one in away if one.days is not None), default=first)
    day = back.days.first
    while day <= last and back.rule.startswith("weekday"):
        day += _WEEK
    if day <= last or back.days.first != back.days.last:
        doubt = Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=sign)
        return times._replace(doubts=(*times.doubts, doubt))
    if any(one.open is Open.BEFORE for one in rest):  # «away until friday, back on monday»
        return times._replace(moments=tuple(rest))
    start = min(away, key=lambda one: one.days.first if one.days else today) if away else None
    whole = _away(start, first, day, back)
    return times._replace(moments=(whole,), length=None, trace=(*times.trace, f"until back: {whole.rule}"))


def _away(start: Moment | None, first: date, day: date, back: Moment) -> Moment:
    """The stretch up to the return: from the hour of the one, if it says one, to that of the other."""
    begins = start.hours.start if start is not None and start.hours is not None else None
    comes = back.hours.start if back.hours is not None else None
    late = comes if comes is not None and comes > _EARLY else None
    days = Days(first=first, last=day if late is not None else day - _DAY)
    shown = start or back
    if begins is None and late is None:
        return Moment(span=shown.span, grain=Grain.DAY, days=days, rule="day range")
    hours = Hours(start=begins or time(0), end=late or time(0))
    return Moment(span=shown.span, grain=Grain.MINUTE, days=days, hours=hours, is_through=True, rule="time range")


def _until_clock(times: TimesRead, back: Moment, rest: list[Moment]) -> TimesRead:
    """«off friday from 1, back at 3»: up to that clock."""
    comes = back.hours.start if back.hours is not None else None
    (only,) = rest if len(rest) == 1 else (None,)
    if comes is None or only is None or only.hours is None or only.hours.start is None or only.hours.end is not None:
        return times
    hours = replace(only.hours, end=comes, other=None)
    return times._replace(moments=(replace(only, hours=hours, open=None),)) if only.hours.start < comes else times


def _day_of(moments: tuple[Moment, ...], sign: Span, utterance: Utterance) -> Moment | None:
    """The time that the return is said with: behind it, or else right in front («am dienstag wieder da»)."""
    starts = clause_starts(utterance, ANDS)
    begin = max((start for start in starts if start <= sign.start), default=0)
    end = min((start for start in starts if start > sign.start), default=len(utterance.text))
    behind = [one for one in moments if sign.start <= one.span.start < end and sign.end < one.span.end]
    front = [one for one in moments if begin <= one.span.start and one.span.end <= sign.start]
    return behind[0] if behind else front[-1] if front else None
