"""Refiners over several times of one message: options that share what they leave out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.parts import apply_part
from bot.language.times.pieces import Day, Mark, Piece, add_days
from bot.language.times.refine.cross import cross
from bot.language.times.refine.hours import as_clock
from bot.language.times.refine.join import is_hour_place, merged
from bot.language.times.refine.range import link_between, share_month
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
    if link == "none" and left.end == right.start and _is_named_day(left) and _is_named_day(right):
        return True  # «mon wed fri at 8»
    if link == "none" and left.clock and right.clock and left.zone and right.zone:
        return is_gap(reading, left, right, "pad")  # «7pm CET (1pm ET) on thursday»
    return link in {"or", "and"} or (link == "none" and is_listed)


def _is_named_day(piece: Piece) -> bool:
    return piece.is_weekday or Mark.PLACED in piece.marks


def _shared(reading: Reading, group: list[Piece]) -> list[Piece]:
    group = _share_dates(_share_numbers(reading, group))
    if (crossed := cross(group)) is not None:
        return crossed
    carried: Piece | None = None
    for at, piece in enumerate(group):
        if piece.day is None and (piece.clock or piece.part) and carried is not None and carried.day is not None:
            group[at] = piece._replace(day=carried.day._replace(is_implied=True), part=piece.part)
        elif _takes_clock(piece, carried) and carried is not None:
            group[at] = with_hours(piece, carried)
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
                piece = with_hours(piece, carried)
            group[at] = piece
        carried = piece if piece.day is not None else carried
    return _share_halves(group)


def with_hours(piece: Piece, other: Piece) -> Piece:
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
    if reading.is_move and _are_two_aims(reading, [pieces[at] for at in places]):
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
            found[at] = told_apart(found[at], hours, merged(found[at], hours, day=found[at]))
        del found[clocks[0]]
    return found


def _are_two_aims(reading: Reading, said: list[Piece]) -> bool:
    """«move ana to friday and bo to 4pm»: each is led by a «to» of its own, with a link and a name in between."""
    for left, right in pairwise(said):
        if not (_is_aim(reading, left) and _is_aim(reading, right)):
            continue
        between = reading.senses[left.end : right.start - 1]
        words = reading.words[left.end : right.start - 1]
        is_linked = any("and" in senses or "comma" in senses for senses in between)
        if is_linked and any(not senses and word.isalpha() for senses, word in zip(between, words, strict=True)):
            return True
    return False


def _is_aim(reading: Reading, piece: Piece) -> bool:
    at = piece.start - 1
    return at >= 0 and ("to" in reading.senses[at] or reading.words[at] == "onto")


def _spread(found: list[Piece], day: int, clocks: list[int]) -> list[Piece]:
    base = found[day]
    if base.day is not None and base.day.grain in {Grain.MONTH, Grain.QUARTER, Grain.YEAR} and base.part == "":
        return found
    if base.part and any(found[at].part and not found[at].clock for at in clocks):
        return found
    for at in clocks:
        found[at] = told_apart(found[at], base, merged(base, found[at], day=base))
    del found[day]
    return found


def told_apart(piece: Piece, other: Piece, joined: Piece) -> Piece:
    """Both in one, in the place of the first; the other half is kept as read."""
    return joined._replace(start=piece.start, end=piece.end, apart=(other.start, other.end))


def _are_listed(reading: Reading, pieces: list[Piece], places: list[int]) -> bool:
    return all(
        right == left + 1 and is_option(reading, pieces[left], pieces[right]) for left, right in pairwise(places)
    )
