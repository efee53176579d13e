"""Refiners over several times of one message: options that share what they leave out, what is to be moved."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.times.parts import apply_part
from bot.language.times.pieces import Day, Mark, Piece, add_days
from bot.language.times.refine.cross import cross
from bot.language.times.refine.join import is_hour_place, merged
from bot.language.times.refine.range import as_clock, link_between, role_before, share_month
from bot.language.times.refine.within import is_gap

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def share_options(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Tue or wed 10-4, tomorrow at 3 or 4, july 17th, 18th or 19th: options take from each other what they leave out."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        before = groups[-1][-1] if groups else None
        if before is not None and is_option(reading, before, piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [piece for group in groups for piece in (_shared(reading, group) if len(group) > 1 else group)]


def is_option(reading: Reading, left: Piece, right: Piece) -> bool:
    if any(one.exact or one.length or one.repeat or one.edge for one in (left, right)):
        return False
    link = link_between(reading, left, right)
    is_listed = any(
        "comma" in reading.senses[index] or "slash" in reading.senses[index] for index in range(left.end, right.start)
    )
    if link == "none" and left.end == right.start and left.is_weekday and right.is_weekday:
        return True  # «mon wed fri at 8»
    if link == "none" and left.clock and right.clock and left.zone and right.zone:
        return is_gap(reading, left, right, "pad")  # «7pm CET (1pm ET) on thursday»
    return link in {"or", "and"} or (link == "none" and is_listed)


def _shared(reading: Reading, group: list[Piece]) -> list[Piece]:
    group = _share_dates(_share_numbers(reading, group))
    if (crossed := cross(group)) is not None:
        return crossed
    carried: Piece | None = None
    for at, piece in enumerate(group):
        if piece.day is None and (piece.clock or piece.part) and carried is not None and carried.day is not None:
            group[at] = piece._replace(day=carried.day._replace(is_implied=True), part=piece.part)
        elif _takes_clock(piece, carried) and carried is not None:
            group[at] = _with_hours(piece, carried)
        carried = piece if piece.day is not None else carried
    carried = None
    for at in range(len(group) - 1, -1, -1):
        piece = group[at]
        if carried is not None and carried.day is not None:
            if piece.day is None and (piece.clock or piece.part):
                piece = piece._replace(day=carried.day._replace(is_implied=True))
            elif (
                piece.day and not piece.clock and not piece.part and (carried.clock or carried.part) and not piece.side
            ):
                piece = _with_hours(piece, carried)
            group[at] = piece
        carried = piece if piece.day is not None else carried
    return _share_halves(group)


def _with_hours(piece: Piece, other: Piece) -> Piece:
    """The piece with the other's hours."""
    end_clock = other.end_clock if not other.is_through else None
    piece = piece._replace(clock=other.clock, end_clock=end_clock, part=other.part)
    return piece._replace(side=other.side, zone=other.zone, zones=other.zones)


def _takes_clock(piece: Piece, before: Piece | None) -> bool:
    """«3pm tomorrow or friday»: the clock in front of the first day is meant for the next one too."""
    if piece.day is None or piece.clock or piece.part or before is None or before.day is None or before.is_through:
        return False
    return before.clock is not None and Mark.CLOCK_LEADS in before.marks


def _share_numbers(reading: Reading, group: list[Piece]) -> list[Piece]:
    """Bare numbers of a list become what their neighbours are: hours beside hours, days beside days."""
    found = list(group)
    order = [*range(len(found)), *range(len(found) - 1, -1, -1)]
    for at in order:
        piece = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        if (
            Mark.ASKED_HOUR in piece.marks
            and piece.clock
            and after
            and after.day
            and after.day.number
            and not after.clock
        ):
            piece = found[at] = piece._replace(bare=piece.clock.hour, clock=None)  # «looking at 18 and 19 June»
        if piece.bare is None:
            continue
        beside = [found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None]
        if (
            at
            and after is not None
            and _is_apart(reading, found[at - 1], piece)
            and not _is_apart(reading, piece, after)
        ):
            beside.reverse()  # «dec 1 or 2, 9 or 10am»
        for other in beside:
            if other is None or other.bare is not None:
                continue
            if _leads_dates(piece, other):
                found[at] = piece._replace(day=Day(number=piece.bare), bare=None)
            elif other.clock and (clock := as_clock(piece)) is not None and is_hour_place(reading, piece):
                found[at] = piece._replace(clock=clock, bare=None)
            elif (
                other.day is not None
                and other.day.number is not None
                and 1 <= (piece.bare or 0) <= 31
                and not other.clock
            ):
                found[at] = piece._replace(day=Day(number=piece.bare), bare=None)
            break
    return found


def _leads_dates(piece: Piece, other: Piece) -> bool:
    """«10 or 11 dec at 10»: a number in front of a day of a month, whose clock stands behind."""
    day = other.day
    is_date = day is not None and day.number is not None and day.month is not None and day.weekday is None
    is_fitting = is_date and piece.bare is not None and 1 <= piece.bare < (day.number if day and day.number else 0)
    return is_fitting and piece.end <= other.start and bool(other.clock) and Mark.CLOCK_LEADS not in other.marks


def _is_apart(reading: Reading, left: Piece, right: Piece) -> bool:
    return any("comma" in senses for senses in reading.senses[left.end : right.start])


def _share_dates(group: list[Piece]) -> list[Piece]:
    """The month that only one of the days was given goes to its neighbours, backwards first (22nd or 23rd of march)."""
    found = _dated_by_last(group)
    for at in range(len(found) - 2, -1, -1):
        found[at], found[at + 1] = _share_pair(found[at], found[at + 1])
    for at in range(len(found) - 1):
        found[at], found[at + 1] = _share_pair(found[at], found[at + 1])
    return found


def _dated_by_last(group: list[Piece]) -> list[Piece]:
    """«fri 4, mon 7 or tue 8 dec»: what looks like an hour behind each weekday is its date, where it fits."""
    last = group[-1].day
    if last is None or last.weekday is None or last.month is None or last.number is None or group[-1].clock:
        return list(group)
    found = [_dated_like(piece, last) for piece in group[:-1]]
    return [piece for piece in found if piece is not None] + group[-1:] if None not in found else list(group)


def _dated_like(piece: Piece, last: Day) -> Piece | None:
    day, clock = piece.day, piece.clock
    if day is None or day.weekday is None or piece.end_clock or piece.side or last.number is None or last.month is None:
        return None
    if day.number is not None:
        return piece
    if clock is None or clock.half or clock.minute or clock.hour >= last.number:
        return None
    gap = last.number - clock.hour
    is_fitting = (((last.weekday or 0) - gap) % _WEEK) == day.weekday
    return piece._replace(day=last._replace(weekday=day.weekday, number=clock.hour), clock=None) if is_fitting else None


def _share_pair(left: Piece, right: Piece) -> tuple[Piece, Piece]:
    if left.day is None or right.day is None:
        return left, right
    first, second = share_month(left.day, right.day)
    if (
        first.shift in {"next", "last"}
        and first.weekday is not None
        and second.weekday is not None
        and not second.shift
    ):
        second = second._replace(shift=first.shift if second.number is None and second.first is None else "")
    return left._replace(day=first), right._replace(day=second)


def _share_halves(group: list[Piece]) -> list[Piece]:
    """«3 or 4pm», «tomorrow morning at 9 or 10»: am or pm for all, when it was said once."""
    found = list(group)
    for at in range(len(found) - 2, -1, -1):
        first, second = found[at].clock, found[at + 1].clock
        if first is None or second is None or first.half or second.half not in {"am", "pm"} or found[at].end_clock:
            continue
        day = found[at + 1].day if found[at].day else None
        if second.half == "am" and first.hour < _EARLY and day is not None and not day.is_implied:
            continue  # «today at 5 or tomorrow at 8am»
        if first.hour <= second.hour % 12 or (second.half == "pm" and first.hour < 12 and second.hour == 12):
            found[at] = found[at]._replace(clock=first._replace(half=second.half))
    for at in range(1, len(found)):
        left, right = found[at - 1], found[at]
        is_same_day = right.day is None or right.day.is_implied
        if is_same_day and left.clock and right.clock and not right.clock.half and left.part and not right.part:
            found[at] = right._replace(clock=apply_part(right.clock, left.part), part=left.part)
    return found


_EARLY = 7


def each_of_month(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«any tuesday in december» is every one of them to choose from."""
    if "any" not in reading.kinds:
        return pieces
    return [one for piece in pieces for one in (_each_of(piece) if Mark.EACH in piece.marks else (piece,))]


_WEEK = 7


def _each_of(piece: Piece) -> tuple[Piece, ...]:
    first = piece.day.first if piece.day is not None else None
    if first is None or piece.end_day is not None or piece.is_source:
        return (piece,)
    days = (add_days(first, _WEEK * step) for step in range(5))
    return tuple(piece._replace(day=Day(first=day, last=day)) for day in days if day.month == first.month)


_EVERYTHING = frozenset(("everything", "all", "everyone", "everybody", "anything"))
"""«move everything on thursday»: which day's, and not where to."""


def mark_source(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Which time is the present one: move tuesday's 3pm to friday, friday instead of thursday."""
    if "instead" in reading.kinds:
        for at, piece in enumerate(pieces):
            if (piece.has_time or piece.bare is not None) and role_before(reading, piece, "instead") >= 0:
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
            found[place] = _with_hours(piece, source)
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
    timed = _told_apart(pieces[day], pieces[clock], timed)
    return [timed if at == day else one for at, one in enumerate(pieces) if at != clock]


def _move_source(reading: Reading, pieces: list[Piece], times: list[int]) -> list[Piece]:
    first = pieces[times[0]]
    moves = [index for index in range(reading.size) if "move" in reading.senses[index]]
    if first.start < moves[0]:
        left = [at for at in times if pieces[at].start > moves[0]]  # «keep thursday, move friday to monday»
        return _move_source(reading, pieces, left) if len(left) > 1 else pieces
    if first.side is Open.AFTER and "from" in reading.senses[first.start]:
        found = _as_source(pieces, times[0], is_free=True)
        target = pieces[times[1]] if len(times) > 1 else None
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
    if len(times) > 2 and has_to and pieces[times[1]].end <= place and not (first.day and pieces[times[1]].day):
        joined = merged(first, pieces[times[1]], day=first if first.day else pieces[times[1]])
        joined = joined._replace(is_source=True, side=None)  # «the 10am with Sam tomorrow»
        return _on_source_day(
            [*pieces[: times[0]], joined, *pieces[times[1] + 1 :]], [times[0], times[2] - times[1] + times[0]]
        )
    is_moved_by = any(piece.length and not piece.has_time for piece in pieces)  # «push back my 2pm by an hour»
    is_whole_day = (
        first.day is not None and not first.clock and not _EVERYTHING.isdisjoint(reading.words[: first.start])
    )
    if len(times) == 1 and not has_to and not is_moved_by and not is_whole_day:
        return pieces
    listed = _listed_source(reading, pieces, times, place)
    for at in listed:
        pieces = _as_source(pieces, at, is_free=True)
    return _on_source_day(_as_source(pieces, times[0], is_free=True), [times[0], *times[1 + len(listed) :]])


def _listed_source(reading: Reading, pieces: list[Piece], times: list[int], to: int) -> list[int]:
    """«everything on thursday and friday to next week»: the days listed with the first, all in front of the «to»."""
    found: list[int] = []
    for before, at in pairwise(times):
        is_day = pieces[at].day is not None and pieces[before].day is not None and not pieces[at].clock
        if not (0 <= pieces[at].end <= to and is_day and is_option(reading, pieces[before], pieces[at])):
            break
        found.append(at)
    return found


def _on_source_day(pieces: list[Piece], times: list[int]) -> list[Piece]:
    """«move my 9am on wednesday to 10:30»: the day stays when only a new clock was said."""
    source, targets = pieces[times[0]], [pieces[at] for at in times[1:]]
    if not targets or source.day is None or any(one.day is not None or not one.clock for one in targets):
        return pieces
    found = list(pieces)
    for at in times[1:]:
        found[at] = found[at]._replace(day=source.day._replace(is_implied=True))
    return found


def _as_source(pieces: list[Piece], at: int, *, is_free: bool = False) -> list[Piece]:
    found = list(pieces)
    is_free = is_free and Mark.STRICT not in found[at].marks  # «everything after 3» stays open
    found[at] = found[at]._replace(is_source=True, side=None if is_free else found[at].side)
    return found


def merge_apart(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """A day here and a clock there («tomorrow with Ana at 3») are one time, when the message has but one of each kind left."""
    places = [
        at
        for at, piece in enumerate(pieces)
        if piece.has_time and not (piece.is_excluded or piece.is_source or piece.exact)
    ]
    days = [at for at in places if pieces[at].day and not pieces[at].clock and not pieces[at].is_through]
    clocks = [at for at in places if pieces[at].day is None and not pieces[at].repeat]
    if not clocks or not days or len(days) + len(clocks) != len(places):
        return pieces
    found = list(pieces)
    if len(days) == 1:
        return _spread(found, days[0], clocks)
    if len(clocks) > 1 and _are_listed(reading, pieces, days) and _are_listed(reading, pieces, clocks):
        listed = cross([pieces[at] for at in (*days, *clocks)])
        return listed + [piece for at, piece in enumerate(pieces) if at not in places] if listed else found
    if len(clocks) == 1 and not any(pieces[at].part for at in days) and _are_listed(reading, pieces, days):
        hours = found[clocks[0]]
        for at in days:
            found[at] = _told_apart(found[at], hours, merged(found[at], hours, day=found[at]))
        del found[clocks[0]]
    return found


def _spread(found: list[Piece], day: int, clocks: list[int]) -> list[Piece]:
    base = found[day]
    if base.day is not None and base.day.grain in {Grain.MONTH, Grain.QUARTER, Grain.YEAR} and base.part == "":
        return found
    if base.part and any(found[at].part and not found[at].clock for at in clocks):
        return found
    for at in clocks:
        found[at] = _told_apart(found[at], base, merged(base, found[at], day=base))
    del found[day]
    return found


def _told_apart(piece: Piece, other: Piece, joined: Piece) -> Piece:
    """Both in one, in the place of the first; the other half is kept as read."""
    return joined._replace(start=piece.start, end=piece.end, apart=(other.start, other.end))


def _are_listed(reading: Reading, pieces: list[Piece], places: list[int]) -> bool:
    return all(
        right == left + 1 and is_option(reading, pieces[left], pieces[right]) for left, right in pairwise(places)
    )
