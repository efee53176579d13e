"""The clocks of a repetition that has several: «every tue and thu at 9 and 4», «mondays at 9 and thursdays at 4».

Before the repetition is taken each of its days has its own piece (`with_each_day`); behind it the moments say at what clock
each of them is (`with_turns`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Frequency, Turn
from bot.language.times.pieces import Day, Repeat
from bot.language.times.refine.hours import as_clock
from bot.language.times.refine.join import is_hour_place
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.meaning import Moment, Recurrence
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece


def with_each_day(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«every monday at 9 and thursday at 4», «tue at 9 and thu at 4, every week»: each of the days repeats."""
    if "and" not in reading.kinds and "comma" not in reading.kinds:
        return pieces
    found = _weekly(reading, _with_own_clocks(reading, pieces))
    for at, piece in enumerate(found):
        repeat = piece.repeat
        if repeat is None or repeat.nth or piece.is_excluded or piece.end_clock or piece.side or piece.clock is None:
            continue
        for place in range(at + 1, len(found)):
            goes_on = _goes_on(reading, found[place - 1], found[place], repeat)
            if goes_on is None:
                break
            found[place] = goes_on
        if repeat.frequency is Frequency.WEEKLY and not repeat.weekdays:
            found = _behind_its_days(reading, found, at)
    return found


def _with_own_clocks(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«weekdays at 9 and fridays also at 3»: the clock is that of the days right in front of it."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is not None and before.repeat is not None and before.repeat.weekdays and not before.has_time:
            gap = range(before.end, piece.start)
            is_near = all(reading.words[index] == "also" or "at" in reading.senses[index] for index in gap)
            if is_near and gap and _has_hours_alone(piece) and piece.end_clock is None:
                found[-1] = before._replace(end=piece.end, clock=piece.clock, zone=piece.zone, zones=piece.zones)
                continue
        found.append(piece)
    return found


def _weekly(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«tue and thu at 9, every week», «every week: tue at 9, thu at 4»: the days listed are those of the repetition."""
    repeats = [piece for piece in pieces if piece.repeat is not None and not piece.is_excluded]
    days = [piece for piece in pieces if piece.repeat is None and not piece.is_excluded and _is_clocked(piece)]
    repeat = repeats[0].repeat if len(repeats) == 1 and not repeats[0].has_time and not repeats[0].side else None
    if repeat is None or repeat.frequency is not Frequency.WEEKLY or repeat.weekdays or repeat.often > 1:
        return list(pieces)
    if len(days) < _SEVERAL:
        return list(pieces)
    is_list = all(piece.day is not None and _is_plain(piece.day) for piece in days)
    if not is_list or "or" in reading.kinds:
        return list(pieces)
    return [_each_week(piece, repeat) if piece in days else piece for piece in pieces]


_SEVERAL = 2


def _goes_on(reading: Reading, before: Piece, piece: Piece, repeat: Repeat) -> Piece | None:
    """What stands next as one more day, or clock, of the repetition in front."""
    if piece.repeat is not None or piece.is_excluded or not _is_added(reading, before, piece):
        return piece if piece.repeat == repeat else None
    if piece.bare is not None and not piece.has_time and is_hour_place(reading, piece):
        clock = as_clock(piece)
        return piece._replace(clock=clock, bare=None) if clock is not None else None
    if not _is_clocked(piece):
        return None
    if piece.day is None or repeat.frequency is not Frequency.WEEKLY:
        return piece if piece.day is None else None
    return _each_week(piece, repeat) if _is_plain(piece.day) else None


def _behind_its_days(reading: Reading, found: list[Piece], at: int) -> list[Piece]:
    """«tue at 9 and thu at 4, weekly», «tue and thu at 9 and at 4, weekly»: the days in front of it are its own."""
    first = at
    while first and _is_named_with(reading, found[first - 1], found[first]):
        first -= 1
    repeat = found[at].repeat
    own = found[at].day
    if first == at or repeat is None or (own is not None and not _is_plain(own)):
        return found
    days = [_each_week(piece, repeat) for piece in found[first:at]]
    named = tuple(dict.fromkeys(day for piece in days if piece.repeat is not None for day in piece.repeat.weekdays))
    last = found[at]._replace(repeat=repeat._replace(weekdays=named)) if own is None else _each_week(found[at], repeat)
    return [*found[:first], *days, last, *found[at + 1 :]]


def _is_named_with(reading: Reading, piece: Piece, behind: Piece) -> bool:
    if piece.repeat is not None or piece.is_excluded or piece.day is None:
        return False
    return _is_plain(piece.day) and _is_clocked(piece) and _is_added(reading, piece, behind)


def _each_week(piece: Piece, repeat: Repeat) -> Piece:
    weekday = piece.day.weekday if piece.day is not None else None
    return piece if weekday is None else piece._replace(day=None, repeat=repeat._replace(weekdays=(weekday,)))


def _is_plain(day: Day) -> bool:
    return day.weekday is not None and day.number is None and day.first is None and not day.shift


def _is_clocked(piece: Piece) -> bool:
    is_one = piece.end_clock is None and piece.end_day is None and piece.exact is None and piece.side is None
    return piece.clock is not None and is_one


def _is_added(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether nothing but «and», commas and small words stands between the two."""
    between = reading.senses[left.end : right.start]
    is_listed = any("and" in senses or "comma" in senses for senses in between)
    return is_listed and all(not _ADDING.isdisjoint(senses) for senses in between)


_ADDING = frozenset(("and", "comma", "at", "on", "the", "every"))


def other_turn(piece: Piece, taken: Piece) -> Piece | None:
    """«tuesdays at 10 and fridays at 2»: the second at its own hour, as a date beside the series."""
    repeat = piece.repeat
    if repeat is None or not repeat.weekdays or repeat.nth or repeat.pick or piece.day is not None:
        return None
    if piece.clock is None or taken.clock is None or piece.clock == taken.clock:
        return None
    if piece.end_clock is None:
        return piece._replace(repeat=None, day=Day(weekday=repeat.weekdays[0]), turn=repeat.weekdays)
    return piece._replace(repeat=None, day=Day(weekday=repeat.weekdays[0])) if len(repeat.weekdays) == 1 else None


def is_mixed(reading: Reading, pieces: list[Piece], places: list[int], at: int) -> bool:
    """«every other monday at 9 and every thursday at 4», «every monday at 9 or thursday at 4»: more than one rule can hold."""
    taken, first = pieces[at], pieces[at].repeat
    rhythms = {
        one.repeat for place in places if (one := pieces[place]).repeat and not (one.clock or one.repeat.weekdays)
    }
    if len(rhythms) > 1 and len({pieces[place].clock for place in places} - {None}) > 1:
        return True  # «biweekly mondays at 9 and weekly thursdays at 4»
    for piece in (pieces[place] for place in places if place != at):
        repeat = piece.repeat
        if piece.clock is None or taken.clock is None or first is None or repeat is None:
            continue
        is_other = (repeat.frequency, repeat.interval) != (first.frequency, first.interval) or repeat.nth != first.nth
        if is_other or (piece.clock != taken.clock and (repeat.nth or repeat.pick)):
            return True
    after = next((piece for piece in pieces if piece.start >= taken.end and _is_clocked(piece)), None)
    between = reading.senses[taken.end : after.start] if after is not None else ()
    is_near = len(between) <= _NEAR and taken.clock is not None
    return is_near and any("or" in senses for senses in between)


_NEAR = 4


def own_turn(repeat: Repeat, pieces: list[Piece], places: list[int]) -> tuple[int, ...]:
    """The weekdays of what stands at these places, and those that are at no other clock."""
    others = {day for piece in pieces for day in piece.turn or ()}
    own = {day for place in places if (said := pieces[place].repeat) is not None for day in said.weekdays}
    return tuple(day for day in repeat.weekdays if day in own or day not in others)


def sharing(pieces: list[Piece], at: int) -> list[Piece]:
    """«every tue and thu at 9 and 4», «fridays 9 to 1 and 2 to 5»: one more clock of the days in front of it, at `at` else."""
    day, turn, found = pieces[at].day, pieces[at].turn, []
    for place, piece in enumerate(pieces):
        if place == at or piece.turn is not None:
            day, turn = piece.day, piece.turn
        is_more = place != at and _has_hours_alone(piece) and pieces[at].clock is not None
        found.append(piece._replace(day=day and day._replace(is_implied=True), turn=turn) if is_more else piece)
    return found


def _has_hours_alone(piece: Piece) -> bool:
    has_hours = piece.clock is not None and piece.day is None and piece.repeat is None and not piece.exact
    return has_hours and not piece.is_excluded


def with_turns(recurrence: Recurrence | None, read: list[tuple[Piece, Moment]]) -> Recurrence | None:
    """The repetition with the clock of each of its days, where there are several."""
    said = [(piece, moment) for piece, moment in read if piece.turn is not None]
    if recurrence is None or len(said) < _SEVERAL:
        return recurrence
    turns = [turn for turn in (_turn(piece, moment) for piece, moment in said) if turn is not None]
    return replace(recurrence, turns=tuple(dict.fromkeys(turns))) if len(turns) == len(said) else recurrence


def _turn(piece: Piece, moment: Moment) -> Turn | None:
    hours = moment.hours
    if hours is None or hours.start is None or hours.end is not None or moment.open is not None:
        return None
    return Turn(weekdays=piece.turn or (), starts=hours.start)
