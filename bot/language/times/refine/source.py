"""Refiners that tell in a move which time is the present one: tuesday's 3pm to friday, friday instead of thursday."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.meaning import Open
from bot.language.times.pieces import Day, Mark, add_days, settle
from bot.language.times.refine.hours import as_clock
from bot.language.times.refine.join import is_aim, merged
from bot.language.times.refine.options import is_option, told_apart, with_hours
from bot.language.times.refine.range import link_between, role_before

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece

_EVERYTHING = frozenset(("everything", "all", "everyone", "everybody", "anything"))
"""«move everything on thursday»: which day's, and not where to."""


def mark_source(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Which time is the present one: move tuesday's 3pm to friday, friday instead of thursday."""
    if "instead" in reading.kinds:
        for at, piece in enumerate(pieces):
            if (piece.has_time or piece.bare is not None) and role_before(reading, piece, "instead") >= 0:
                place = role_before(reading, piece, "instead")
                is_wide = any(one.repeat or (one.side and one.day and not one.clock) for one in pieces)
                if is_wide and reading.words[place].startswith("not"):
                    gone = piece._replace(is_excluded=True)  # «every monday, not the 7th of december»
                    return [gone if one is piece else one for one in pieces]
                return _instead(pieces, at)
    if not reading.is_move:
        return pieces
    times = [at for at, piece in enumerate(pieces) if piece.has_time and not piece.is_excluded]
    if not times:
        return pieces
    return _move_source(reading, pieces, times)


def _instead(pieces: list[Piece], at: int) -> list[Piece]:
    """«3pm instead of 2 on friday»: what the new time leaves out is as it was."""
    source = pieces[at]
    clock = as_clock(source) if source.bare is not None else source.clock
    found = list(pieces)
    found[at] = source = source._replace(clock=clock, bare=None, is_source=True)
    if (joined := _still_at(found, at)) is not None:
        return joined
    for place, piece in enumerate(found):
        if place == at or not piece.has_time or piece.exact or piece.is_excluded:
            continue
        if piece.day is None and source.day is not None:
            found[place] = piece._replace(day=source.day._replace(is_implied=True))
        elif piece.day is not None and not piece.clock and not piece.part and source.day is not None:
            found[place] = with_hours(piece, source)
    return found


def _still_at(pieces: list[Piece], source: int) -> list[Piece] | None:
    """«thursday instead of wednesday, still at 10»: the clock behind is the new day's."""
    days = [
        at for at, one in enumerate(pieces) if at != source and one.day and not one.day.is_implied and not one.clock
    ]
    clocks = [at for at, one in enumerate(pieces) if at > source and one.clock and (not one.day or one.day.is_implied)]
    others = [one for at, one in enumerate(pieces) if one.has_time and at not in {source, *days, *clocks}]
    if len(days) != 1 or len(clocks) != 1 or others or pieces[source].day is None:
        return None
    (day,), (clock,) = days, clocks
    timed = merged(pieces[day], pieces[clock]._replace(day=None), day=pieces[day])
    timed = told_apart(pieces[day], pieces[clock], timed)
    return [timed if at == day else one for at, one in enumerate(pieces) if at != clock]


def _move_source(reading: Reading, pieces: list[Piece], times: list[int]) -> list[Piece]:
    first = pieces[times[0]]
    moves = [index for index in range(reading.size) if "move" in reading.senses[index]]
    if first.start < moves[0]:
        return _in_front(reading, pieces, times, moves[0])
    if first.side is Open.AFTER and "from" in reading.senses[first.start]:
        target = pieces[times[1]] if len(times) > 1 else None
        found = _as_source(pieces, times[0], is_free=not _goes_on(reading, first, target))
        if target is not None and target.day is not None and first.day is None and target.clock:
            found[times[0]] = found[times[0]]._replace(day=target.day._replace(is_implied=True))
        return found
    behind = range(first.end, reading.size)
    place = next((index for index in behind if "to" in reading.senses[index] and reading.words[index] != "-"), -1)
    has_to = place >= 0
    words = range(moves[0] + 1, first.start)
    is_target = any("to" in reading.senses[index] and reading.words[index] != "-" for index in words)
    if is_target or ("for" in reading.senses[first.start - 1] and not (has_to and len(times) > 1)):
        return pieces
    if _is_one_source(pieces, times, place):
        joined = merged(first, pieces[times[1]], day=first if first.day else pieces[times[1]])
        joined = joined._replace(is_source=True, side=None)  # «the 10am with Sam tomorrow»
        return _on_source_day(
            reading, [*pieces[: times[0]], joined, *pieces[times[1] + 1 :]], [times[0], times[2] - times[1] + times[0]]
        )
    is_moved_by = _is_moved_by(pieces)
    is_whole_day = (
        first.day is not None and not first.clock and not _EVERYTHING.isdisjoint(reading.words[: first.start])
    )
    if len(times) == 1 and not has_to and not is_moved_by and not is_whole_day:
        return pieces
    if not has_to and len(times) > 1 and link_between(reading, first, pieces[times[1]]) == "or":
        return pieces  # «move lena 10 or 11 thursday»: where to
    listed = _listed_source(reading, pieces, times, place if has_to else reading.size * (first.clock is not None))
    for at in listed:
        pieces = _as_source(pieces, at, is_free=True)
    return _on_source_day(reading, _as_source(pieces, times[0], is_free=True), [times[0], *times[1 + len(listed) :]])


def _is_one_source(pieces: list[Piece], times: list[int], to: int) -> bool:
    """«move the 10am with sam tomorrow to …»: two halves of one time; «the 10am and the 1pm thursday» are two."""
    if len(times) <= _TWO or to < 0 or pieces[times[1]].end > to:
        return False
    one, two = pieces[times[0]], pieces[times[1]]
    return not (one.day and two.day) and not (one.clock and two.clock)


def _in_front(reading: Reading, pieces: list[Piece], times: list[int], verb: int) -> list[Piece]:
    """The verb behind a time: «my 3pm needs to move to 4:30», «den Termin um 15 Uhr auf morgen verschieben»."""
    behind = [at for at in times if pieces[at].start > verb]
    if len(behind) > 1:
        return _move_source(reading, pieces, behind)  # «keep thursday, move friday to monday»
    between = reading.words[pieces[times[0]].end : verb]
    is_one = len(times) - len(behind) == 1
    if (
        is_one
        and between
        and between[-1] in _MODAL
        and _STOPS.isdisjoint((*reading.words[: pieces[times[0]].start], *between))
    ):
        is_free = not _goes_on(reading, pieces[times[0]], None)
        return _on_source_day(
            reading, _as_source(pieces, times[0], is_free=is_free), times
        )  # «my 3pm has to move an hour on»
    is_stopped = not _STOPS.isdisjoint(between)
    if len(times) == 1 and not is_stopped and not is_aim(reading, pieces[times[0]]):
        is_by = any(piece.length and piece.start >= pieces[times[0]].end for piece in pieces)
        return _as_source(pieces, times[0], is_free=True) if is_by else pieces
    front = times[: len(times) - 1]
    if not front or front[-1] + 1 != times[-1] or not _leads_to(reading, pieces, front, times[-1]):
        return pieces
    if not _ENDS.isdisjoint(between) or (is_stopped and pieces[times[-1]].day is None):
        return pieces  # «tomorrow works too, move lena to 3»
    source = pieces[front[0]]
    if len(front) > 1:
        if len(front) > _TWO or bool(source.day) == bool(pieces[front[1]].day):
            return pieces
        day = source if source.day else pieces[front[1]]
        source = merged(source, pieces[front[1]], day=day)  # «the 10am with sam tomorrow»
    is_open = Mark.STRICT in source.marks or _goes_on(reading, pieces[front[-1]], None)
    source = source._replace(is_source=True, side=source.side if is_open else None)
    found = [*pieces[: front[0]], source, *pieces[times[-1] :]]
    return _on_source_day(reading, found, [front[0], front[0] + 1])


_MODAL = frozenset(("to", "must", "should", "be", "could", "can", "might", "may", "gets", "got"))
_TWO = 2
_ENDS = frozenset((",", ".", "!", "?", ";"))
_STOPS = _ENDS | frozenset(
    (
        *("i", "i'm", "i'd", "i'll", "i've", "we", "we're", "we'll", "you", "he", "she", "they"),
        *("please", "pls", "can", "could", "would", "let", "let's", "lets", "so", "and", "but", "because", "if"),
    )
)
"""Words behind which something else is said than what becomes of the time in front of them."""


def _is_moved_by(pieces: list[Piece]) -> bool:
    """«push back my 2pm by an hour»."""
    return any(piece.length and not piece.has_time for piece in pieces)


def _leads_to(reading: Reading, pieces: list[Piece], front: list[int], last: int) -> bool:
    """Whether «to» leads to the last time, and to none in front of it."""
    return is_aim(reading, pieces[last]) and not any(is_aim(reading, pieces[at]) for at in front)


def _goes_on(reading: Reading, source: Piece, target: Piece | None) -> bool:
    """«everything from 3 on», «all calls from 3 to tomorrow»: what comes behind it too, not only what begins then.

    «everything from thursday to monday» is what stands on Thursday.
    """
    if "onward" in reading.senses[source.end - 1]:
        return True
    if source.clock is None and not source.part:
        return False
    has_clock = target is not None and (target.clock is not None or target.bare is not None)
    return not has_clock and not _ALL_OF_THEM.isdisjoint(reading.words[: source.start])


_ALL_OF_THEM = _EVERYTHING | frozenset(
    (
        *("every", "øalles", "øalle", "øtodo", "øtodos", "øtodas", "øtout", "øtous", "øtoutes"),
        *("øtutto", "øtutti", "øtutte", "øtudo"),
    )
)


def _listed_source(reading: Reading, pieces: list[Piece], times: list[int], to: int) -> list[int]:
    """«everything on thursday and friday to next week»: the days listed with the first, all in front of the «to»."""
    found: list[int] = []
    for before, at in pairwise(times):
        left, right = pieces[before], pieces[at]
        is_alike = (right.clock and left.clock) or (right.day and left.day and not right.clock)
        if not (0 <= right.end <= to and is_alike and is_option(reading, left, right)):
            break
        found.append(at)
    return found


def _on_source_day(reading: Reading, pieces: list[Piece], times: list[int]) -> list[Piece]:
    """«move my 9am on wednesday to 10:30»: the day stays when only a new clock was said."""
    pieces = [_in_its_week(reading, pieces[times[0]], one) if at in times[1:] else one for at, one in enumerate(pieces)]
    source, targets = pieces[times[0]], [pieces[at] for at in times[1:]]
    if not targets or source.day is None or any(one.day is not None or not one.clock for one in targets):
        return pieces
    found = list(pieces)
    for at in times[1:]:
        found[at] = found[at]._replace(day=source.day._replace(is_implied=True))
    return found


def _in_its_week(reading: Reading, source: Piece, target: Piece) -> Piece:
    """«move the 7 december one to tuesday»: the tuesday of that week, where it is weeks away."""
    day = target.day
    if source.day is None or day is None or day.weekday is None or day.shift or day.number is not None:
        return target
    base = settle(source.day, reading.today)[0]
    there = add_days(base, day.weekday - base.weekday())
    if (base - reading.today).days < _WEEKS:
        return target
    return target._replace(day=Day(first=there, last=there))


_WEEKS = 14


def _as_source(pieces: list[Piece], at: int, *, is_free: bool = False) -> list[Piece]:
    found = list(pieces)
    is_free = is_free and Mark.STRICT not in found[at].marks  # «everything after 3» stays open
    found[at] = found[at]._replace(is_source=True, side=None if is_free else found[at].side)
    return found
