"""The times of an utterance: pieces are proposed by the parsers, joined by the refiners, and resolved against now."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.language.lexicon import NOTHING
from bot.language.meaning import Certainty, Doubt, DoubtKind, Grain, Moment, Open
from bot.language.times.doubts import find_doubt, names_a_moment, no_hour, two_days, two_lengths
from bot.language.times.lexed import Reading
from bot.language.times.parse.table import find_pieces
from bot.language.times.pieces import Mark
from bot.language.times.places import is_place
from bot.language.times.recurrence import take_recurrence
from bot.language.times.refine.table import refine
from bot.language.times.resolve import to_moment
from bot.language.times.turns import with_turns
from bot.scheduling.replacing import replace
from bot.values import NamedTuple, quick

if TYPE_CHECKING:
    from datetime import date, time

    from bot.language.meaning import Days, Recurrence, Reference, Span
    from bot.language.normalise import Utterance
    from bot.language.times.pieces import Piece

_MOST = 30
"""More times than anyone offers in one message; the rest of a log or a calendar dump is ignored."""


@quick
class TimesRead(NamedTuple):
    """What was read about time. `covered` are the spans that any of it stood on, in order."""

    moments: tuple[Moment, ...] = ()
    from_moment: Moment | None = None
    from_others: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    since: date | None = None
    """The day from which that goes on, where one was said."""
    length: timedelta | None = None
    length_side: Open | None = None
    """Whether the length is the longest («at most») or the shortest («at least») that will do."""
    stretch: timedelta | None = None
    """How long the one time named goes on («2 to 4»), where it was said as a whole."""
    stretches: tuple[tuple[time, time], ...] = ()
    """Stretches of the day as working hours are told, filled in by `understand`."""
    zone: str | None = None
    zones: tuple[str, ...] = ()
    there: str | None = None
    """The zone of a place that was named as one, filled in by `places`."""
    is_placed: bool = False
    """Whether a place behind a clock says whose clock it is («10am local time in lima»)."""
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[Span, ...] = ()
    """Where weekdays stood that are no part of the repetition."""
    covered: tuple[Span, ...] = ()
    trace: tuple[str, ...] = ()


_NONE = TimesRead()
_ends = attrgetter("start", "end")


def read_moments(utterance: Utterance, reference: Reference) -> TimesRead:
    """Every time, length and repetition in the utterance, read against the reference."""
    reading = Reading(utterance, reference)
    pieces = find_pieces(reading)
    if not pieces:
        return _whenever(reading)
    recurrence, pieces, bounds, left_out, since = take_recurrence(reading, refine(reading, pieces))
    times = _times(pieces)
    zoned = next((piece for piece in pieces if piece.zone and (piece.has_time or _is_named_zone(reading, piece))), None)
    apart = next(
        (piece for piece in pieces if piece.zone and not piece.has_time and _is_named_zone(reading, piece)), None
    )
    said = [piece for piece in pieces if _says_something(piece) or piece is zoned or piece is apart]
    if not said and recurrence is None:
        return _whenever(reading)
    doubts = [find_doubt(reading, piece) for piece in times]
    read = [
        (piece, to_moment(reading, piece))
        for piece, doubt in zip(times, doubts, strict=True)
        if names_a_moment(piece, doubt)
    ]
    read = _once(reading, _in_turn(reading, _on_one_day(read)))
    long = _length(reading, pieces)
    length = long.length.whole() if long is not None and long.length is not None else None
    length_side, bounded = _length_side(reading, long) if long is not None else (None, ())
    stretch = _stretch(reading, read) if recurrence is None else None
    used = [reading.span(piece.start, piece.end) for piece in said]
    used += [reading.span(*piece.apart) for piece in said if piece.apart is not None]
    used.sort(key=_ends)
    offered = _on_named_days([moment for piece, moment in read if not (piece.is_excluded or piece.is_source)])
    sources = _on_named_days([moment for piece, moment in read if piece.is_source])
    return TimesRead(
        moments=offered or _all_but(reading, read),
        from_moment=next(iter(sources), None),
        from_others=sources[1:],
        excluded=_excluded(read) if any(piece.is_excluded for piece, _ in read) else (),
        recurrence=with_turns(recurrence, read),
        since=since,
        length=length,
        length_side=length_side,
        stretch=stretch if length is None and recurrence is None else None,
        zone=zoned.zone if zoned else None,
        zones=zoned.zones if zoned else (),
        there=apart.zone if apart is not None and apart is not zoned else None,
        doubts=(
            *[doubt for doubt in doubts if doubt is not None],
            *(two_days(reading, read) if len(read) > 1 else ()),
            *(two_lengths(reading, pieces) or _too_long(reading, read, long, stretch)),
            *(no_hour(reading, pieces) if "past" in reading.kinds else ()),
        ),
        left_out=left_out,
        covered=(*used, *bounds, *bounded, *left_out) + ((recurrence.span,) if recurrence and recurrence.span else ()),
        trace=tuple([f"{piece.rule}: {utterance.text[moment.span.start : moment.span.end]}" for piece, moment in read]),
    )


def _on_named_days(moments: list[Moment]) -> tuple[Moment, ...]:
    """«10 or 11 on friday»: the day that one of them names is said of the others too."""
    if len(moments) < _PAIR:
        return tuple(moments)
    named = {(one.days.first, one.days.last): one.days for one in moments if one.days is not None and one.says_day}
    return tuple(
        replace(one, days=named.get((one.days.first, one.days.last), one.days)) if one.days is not None else one
        for one in moments
    )


_PAIR = 2


def _too_long(
    reading: Reading, read: list[tuple[Piece, Moment]], long: Piece | None, stretch: timedelta | None
) -> tuple[Doubt, ...]:
    """«fri 10-10:30 for an hour»: a length that the stretch of time named does not hold."""
    if long is None or long.length is None or stretch is None or long.is_amount or long.exact or long.length.days:
        return ()
    length = long.length.whole()
    if length <= stretch or _length_side(reading, long)[0] is not None:
        return ()
    piece = next(piece for piece, _ in read if not (piece.is_excluded or piece.is_source))
    span = reading.span(min(piece.start, long.start), max(piece.end, long.end))
    return (Doubt(kind=DoubtKind.TWO_LENGTHS, span=span, lengths=(stretch, length)),)


def _all_but(reading: Reading, read: list[tuple[Piece, Moment]]) -> tuple[Moment, ...]:
    """«any time but mornings on thursday»: the days of which only hours are left out."""
    if "whenever" not in reading.kinds or any(piece.is_source for piece, _ in read):
        return ()
    return tuple(
        replace(moment, hours=None, grain=moment.days.grain, open=None)
        for piece, moment in read
        if piece.is_excluded and moment.days is not None and moment.hours is not None
    )


def _excluded(read: list[tuple[Piece, Moment]]) -> tuple[Moment, ...]:
    """What is ruled out; a bare weekday is the one in the run of days that it is taken from («9 to 13 march, not tuesday»)."""
    said = [moment for piece, moment in read if not (piece.is_excluded or piece.is_source)]
    runs = [run for moment in said if (run := _run_of(moment)) is not None]
    return tuple(_in_run(piece, moment, runs) for piece, moment in read if piece.is_excluded)


def _run_of(moment: Moment) -> Days | None:
    """The days of which one may be left out: several, or those «after wednesday»."""
    days = moment.days
    if days is not None and moment.open is Open.AFTER and moment.hours is None and days.certainty is Certainty.KNOWN:
        return replace(days, last=days.first + timedelta(days=6))
    return days if days is not None and days.last > days.first else None


def _in_run(piece: Piece, moment: Moment, runs: list[Days]) -> Moment:
    day, days = piece.day, moment.days
    is_bare = day is not None and day.weekday is not None and day.number is None and not day.shift
    if not is_bare or days is None or len(runs) != 1:
        return moment
    first = runs[0].first + timedelta(days=(days.first - runs[0].first).days % 7)
    is_inside = first <= runs[0].last and days.first == days.last
    return replace(moment, days=replace(days, first=first, last=first)) if is_inside else moment


def _times(pieces: list[Piece]) -> list[Piece]:
    """The pieces that are times; «as soon as possible» only where nothing else is."""
    times = [piece for piece in pieces if piece.has_time][:_MOST]
    return [piece for piece in times if Mark.SOONEST not in piece.marks] or times[:1]


def _says_something(piece: Piece) -> bool:
    return bool(piece.has_time or piece.length or piece.repeat or piece.is_amount)


def _on_one_day(read: list[tuple[Piece, Moment]]) -> list[tuple[Piece, Moment]]:
    """Options that share a weekday share its date too («monday 9-11 or after 4», said on a monday at 10)."""
    if len(read) < 2:
        return read
    dates: dict[int, Days] = {}
    for piece, moment in read:
        day = piece.day
        if day is not None and day.weekday is not None and not day.is_implied and moment.days is not None:
            dates.setdefault(day.weekday, moment.days)
    return [(piece, _dated(piece, moment, dates)) for piece, moment in read]


def _in_turn(reading: Reading, read: list[tuple[Piece, Moment]]) -> list[tuple[Piece, Moment]]:
    """«tues at 10 / weds at 11», said on a wednesday: the day named behind a coming one is not today."""
    if len(read) < 2:
        return read
    found = read[:1]
    for piece, moment in read[1:]:
        before = found[-1][1].days
        is_today = moment.days is not None and moment.days.first == moment.days.last == reading.today
        is_behind = before is not None and before.first > reading.today and is_today and _is_bare_weekday(piece)
        found.append(
            (piece, _a_week_on(moment) if is_behind and not (piece.is_excluded or piece.is_source) else moment)
        )
    return found


def _is_bare_weekday(piece: Piece) -> bool:
    day = piece.day
    return day is not None and day.weekday is not None and day.number is None and not day.shift and day.first is None


def _a_week_on(moment: Moment) -> Moment:
    days, week = moment.days, timedelta(days=7)
    return (
        moment if days is None else replace(moment, days=replace(days, first=days.first + week, last=days.last + week))
    )


def _once(reading: Reading, read: list[tuple[Piece, Moment]]) -> list[tuple[Piece, Moment]]:
    """One time told twice: «tomorrow, 3 march», or in two zones («9am PST / 12pm EST»)."""
    if len(read) < 2:
        return read
    read = _without_day_again(reading, read)
    if sum(1 for piece, _ in read if piece.zone) < 2:
        said = [(m.days, m.hours, m.exact, m.open, p.is_excluded, p.is_source) for p, m in read]
        return [one for at, one in enumerate(read) if said[at] not in said[:at]]
    kept: dict[object, tuple[Piece, Moment]] = {}
    for piece, moment in read:
        kept.setdefault((moment.windows(reading.today, reading.zone), moment.open), (piece, moment))
    return list(kept.values())


def _without_day_again(reading: Reading, read: list[tuple[Piece, Moment]]) -> list[tuple[Piece, Moment]]:
    """«tomorrow at 2pm (tuesday)», «friday at 2pm, the 6th»: a day told again is not all of that day as well."""
    clocked = {moment.days.first for piece, moment in read if moment.days and moment.hours and _is_wanted(piece)}
    if not clocked:
        return read
    return [
        (piece, moment)
        for piece, moment in read
        if moment.days is None
        or moment.hours is not None
        or moment.open is not None
        or not (_is_wanted(piece) and moment.days.first == moment.days.last and moment.days.first in clocked)
        or "or" in reading.senses[piece.start - 1]
        or "or" in reading.senses[piece.end]
    ]


def _is_wanted(piece: Piece) -> bool:
    return not (piece.is_source or piece.is_excluded)


def _dated(piece: Piece, moment: Moment, dates: dict[int, Days]) -> Moment:
    day = piece.day
    if day is None or day.weekday is None or not day.is_implied or moment.days is None or day.weekday not in dates:
        return moment
    found = dates[day.weekday]
    return replace(moment, days=replace(moment.days, first=found.first, last=found.last))


def _length(reading: Reading, pieces: list[Piece]) -> Piece | None:
    """The length wanted: one said with «for» before one said in passing."""
    said = [piece for piece in pieces if piece.length is not None and not piece.exact and not _is_blink(piece)]
    lengths = [piece for piece in said if not _is_of_thing(reading, piece)]
    if not lengths:
        lengths = [
            piece
            for piece in pieces
            if piece.length and piece.exact_end and reading.senses[piece.start - 1].keys() & {"for", "with"}
        ]
    if not lengths:
        return None
    if len(lengths) > 1 and _goes_from(reading, lengths[0], lengths[1]):
        return lengths[1]
    return next((piece for piece in lengths if piece.start and "for" in reading.senses[piece.start - 1]), lengths[0])


def _goes_from(reading: Reading, left: Piece, right: Piece) -> bool:
    """«from 30 minutes to an hour»: the second is what it is to be."""
    is_led = left.start > 0 and "from" in reading.senses[left.start - 1]
    return is_led and right.start == left.end + 1 and not reading.senses[left.end].keys().isdisjoint(("to", "until"))


_CALENDAR_UNITS = frozenset(("day", "week", "month", "year"))


def _is_of_thing(reading: Reading, piece: Piece) -> bool:
    """«the 5 year plan», «a 90-day review»: how long a thing runs, and no meeting takes so long."""
    length = piece.length
    if length is None or length.unit not in _CALENDAR_UNITS or length.amount <= 1 or piece.end >= reading.size:
        return False
    word = reading.words[piece.end]
    return reading.words[piece.end - 1] in _CALENDAR_UNITS and word.isalpha() and not reading.senses[piece.end]


_BLINK = timedelta(seconds=1)


def _is_blink(piece: Piece) -> bool:
    """«a second one»: no meeting takes one."""
    return piece.length is not None and piece.length.whole() == _BLINK


def _length_side(reading: Reading, piece: Piece) -> tuple[Open | None, tuple[Span, ...]]:
    """«no more than 20 minutes», «45 min max», «at least an hour»: which side is open, and where the word stands."""
    start, end = piece.start, piece.end
    before = reading.senses[start - 1] if start else NOTHING
    behind = reading.senses[end]
    is_name = start > 0 and reading.utterance.text[reading.starts[start - 1]].isupper()
    if "capped" in behind or "floored" in behind:
        return (Open.BEFORE if "capped" in behind else Open.AFTER), (reading.span(start, end + 1),)
    if "atmost" in before or "by" in before:
        return (None, ()) if is_name else (Open.BEFORE, (reading.span(start - 1, end),))
    return (Open.AFTER, (reading.span(start - 1, end),)) if "more" in before else (None, ())


_LONGEST_STRETCH = timedelta(hours=4)
"""A longer one (9 to 5) is when it may be, not how long."""


def _stretch(reading: Reading, read: list[tuple[Piece, Moment]]) -> timedelta | None:
    """«2 to 4» as two hours; not «between 2 and 4», «after 2 and before 4», a part of the day or one of several."""
    offered = [one for one in read if not (one[0].is_excluded or one[0].is_source)]
    if len(offered) != 1:
        return None
    piece, moment = offered[0]
    hours = moment.hours
    if hours is None or hours.start is None or hours.end is None or hours.name or moment.open or moment.is_through:
        return None
    before = reading.words[piece.start - 1] if piece.start else ""
    if before in _LOOSELY or not reading.kinds.isdisjoint(("whenever",)):
        return None
    if any(_bounds(reading, index) for index in range(piece.start, piece.end)):
        return None
    first, last = hours.start, hours.end
    length = timedelta(hours=last.hour - first.hour, minutes=last.minute - first.minute)
    length += timedelta(days=length <= timedelta())
    return length if length <= _LONGEST_STRETCH else None


def _bounds(reading: Reading, index: int) -> bool:
    """«between 3 and 5», «after 3 but no later than 5»: in which it may be, not how long."""
    is_latest = "by" in reading.senses[index] and reading.words[index].endswith(("than", "after", "by"))
    return is_latest or not reading.senses[index].keys().isdisjoint(("after", "before", "between"))


_LOOSELY = frozenset(("sometime", "some time", "anytime", "any time", "between", "within", "during"))


def _is_named_zone(reading: Reading, piece: Piece) -> bool:
    """Whether a zone away from any clock is meant as one: «london time», or nothing else was said."""
    start, end = piece.start, piece.end
    is_long = reading.words[start].endswith(" time") or reading.words[end] == "time"
    is_led = start > 0 and reading.words[start - 1] in _TO_A_ZONE and not is_place(reading.words[start])
    return is_long or is_led or end - start == reading.size or "my" in reading.senses[start]


_TO_A_ZONE = frozenset(("in", "to", "into", "use", "using", "as", "("))
"""What leads to a zone that is named by itself: «free times in utc», «use cet», «friday (pst)»; «in paris» is a place."""


def _whenever(reading: Reading) -> TimesRead:
    """«Any time», «whenever works»: open from now on, where nothing else about time was said."""
    for index in range(reading.size if "whenever" in reading.kinds else 0):
        if "whenever" in reading.senses[index]:
            span = reading.span(index, index + 1)
            moment = Moment(span=span, grain=Grain.MINUTE, exact=reading.utc_now, open=Open.AFTER, rule="anytime")
            return TimesRead(moments=(moment,), covered=(span,), trace=("anytime",))
    return _NONE
