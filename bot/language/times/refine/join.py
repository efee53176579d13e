"""Refiners that put days, clocks, parts and zones of one time together, and share them among options of one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.normalise import HIDDEN
from bot.language.times.parts import PART_HALVES, apply_part
from bot.language.times.pieces import Day, Mark, add_days, settle
from bot.language.times.refine.hours import as_clock
from bot.language.times.refine.range import role_before
from bot.language.times.refine.within import is_gap

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece

_JOINTS = ("join", "pad", "on", "at", "about")


_RANGE_JOINTS = (*_JOINTS, "from", "between")


def attach_zones(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """3pm CET, 3pm (London time), in london time at 3: the zone goes to the clock beside it."""
    if not any(piece.zone for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is not None and before.zone and before.clock and _is_zone(piece) and piece.start == before.end:
            is_named = reading.words[piece.start].endswith(" time")  # «in seoul at 9am berlin time»
            found[-1] = before._replace(end=piece.end, zone=piece.zone, zones=piece.zones) if is_named else before
            if not is_named:
                found.append(piece)
            continue
        if before is None or not _is_zone(piece) or _is_zone(before) or before.zone:
            if (
                before is not None
                and _is_zone(before)
                and (piece.clock or piece.bare is not None)
                and is_gap(reading, before, piece, "at", "comma")
            ):
                found[-1] = piece._replace(start=before.start, zone=before.zone, zones=before.zones)
            else:
                found.append(piece)
            continue
        has_clock = before.clock is not None or before.bare is not None or before.part
        if (
            has_clock
            and not _is_place(reading, before, piece)
            and is_gap(reading, before, piece, "pad", "in", "comma", "my", "at")
            and (before.clock or not before.day)
        ):
            clock = before.clock or as_clock(before)
            found[-1] = before._replace(end=piece.end, zone=piece.zone, zones=piece.zones, clock=clock, bare=None)
        else:
            found.append(piece)
    return found


def _is_place(reading: Reading, before: Piece, piece: Piece) -> bool:
    """«at 3 in Paris» says where, not in which zone; «what is 3pm in London time» asks for that clock."""
    has_in = any("in" in reading.senses[index] for index in range(before.end, piece.start))
    return has_in and ("time" not in reading.words[piece.start] or "asks_clock" in reading.senses[0])


def _is_zone(piece: Piece) -> bool:
    return bool(piece.zone) and not piece.has_time


def join_parts(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Day and clock, day and part, part and clock that stand beside each other."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        before = found[-1] if found else None
        if before is not None and before.bare is not None and _is_word(reading, before, pieces[at : at + 2]):
            found[-1] = piece
            continue
        joined = _join(reading, before, piece) if before is not None else None
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined
    return found


def _is_word(reading: Reading, number: Piece, behind: list[Piece]) -> bool:
    """«resched lena 2 fri 3pm», «book kim 4 thu at 11»: «to» and «for» in a figure, in front of a day with its own clock."""
    if len(behind) < 2 or number.bare not in _FOR_WORDS or not reading.words[number.start].isdecimal():
        return False
    day, clock = behind
    is_bare = day.day is not None and day.day.number is None and day.clock is None and day.start == number.end
    at = reading.skip(day.end, "at")
    return is_bare and clock.clock is not None and clock.day is None and clock.start in {day.end, at}


_FOR_WORDS = frozenset((2, 4))


def _join(reading: Reading, left: Piece, right: Piece) -> Piece | None:
    if not (_is_open(left) and _is_open(right)) or right.length or (left.length and not left.day):
        return None
    if (
        reading.is_move
        and (left.clock or left.part or left.day)
        and is_aim(reading, right)
        and not is_aim(reading, left)
    ):
        return None  # «den termin um 15 uhr auf morgen verschieben»
    gap = _RANGE_JOINTS if right.is_range else _JOINTS
    if not is_gap(reading, left, right, *gap) or _is_far(reading, left, right):
        return None
    left, right = _as_hours(reading, left, right)
    if left.bare is not None or right.bare is not None:
        return None
    has_two_clocks = left.clock is not None and right.clock is not None
    match _has_day(left), _has_day(right):
        case True, False:
            left = _spread(reading, left, right)
            return None if has_two_clocks else merged(left, right, day=left)
        case False, True:
            right = _spread(reading, right, left)
            return None if has_two_clocks else merged(left, right, day=right)
        case False, False:
            is_half = _is_part(left) != _is_part(right)
            return merged(left, right, day=left) if is_half and (left.clock or right.clock) else None
        case _:
            return None


def is_aim(reading: Reading, piece: Piece) -> bool:
    """Whether «to» stands in front: where something goes."""
    is_onto = "onto" in reading.words[max(piece.start - 2, 0) : piece.start]
    return is_onto or role_before(reading, piece, "to") >= 0


def _is_open(piece: Piece) -> bool:
    """Whether something can still be joined to it."""
    return not (piece.nth or _is_zone(piece) or piece.is_through or piece.exact or piece.edge)


def _is_part(piece: Piece) -> bool:
    return bool(piece.part and not piece.clock)


def _is_far(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether a comma stands between two whole clocks or a bare number: «march 3, 5 options»; not «tomorrow, 6» and no more."""
    if left.day is not None and left.day.number is None and left.day.grain is Grain.DAY and right.end == reading.size:
        return False
    is_number = left.bare is not None or (right.bare is not None and right.clock is None)  # «march 3, 1430»
    return is_number and any("comma" in reading.senses[index] for index in range(left.end, right.start))


def _has_day(piece: Piece) -> bool:
    return piece.day is not None or piece.repeat is not None


def _as_hours(reading: Reading, left: Piece, right: Piece) -> tuple[Piece, Piece]:
    """A bare number beside a day is an hour: 9 tomorrow, thursday 3."""
    if right.bare is not None and _has_day(left) and not left.clock and is_hour_place(reading, right):
        clock = right.clock or as_clock(right)
        if clock is not None:
            right = right._replace(clock=clock, bare=None)
    elif right.bare is not None and left.part and not left.clock and (clock := as_clock(right)) is not None:
        right = right._replace(clock=clock, bare=None)
    is_beside = right.start == left.end or (right.start == left.end + 1 and reading.words[left.end] == "on")
    if left.bare is not None and is_beside and (right.day or right.part) and not right.clock:
        clock = left.clock or as_clock(left)
        if clock is not None and (right.day is None or right.day.grain is Grain.DAY):
            left = left._replace(clock=clock, bare=None)
    return left, right


_GO_ON = frozenset(
    (
        *("instead", "rather", "though", "tho", "btw", "because", "cause", "since", "unless", "otherwise"),
        *("re", "regarding", "concerning", "topic", "subject", "wegen", "wg", "bzgl", "bezüglich", "betreff", "thema"),
        *("sobre", "tema", "asunto", "concernant", "sujet", "riguardo", "oggetto", "assunto", "betreffende", HIDDEN),
    )
)
"""Words with which a sentence goes on behind an hour, or its topic begins: they count nothing."""


def is_hour_place(reading: Reading, piece: Piece) -> bool:
    """Whether nothing behind a bare number makes it a count of something."""
    word, senses = reading.words[piece.end], reading.senses[piece.end]
    if not word.isalpha() or bool(senses) or word in _GO_ON or word.removeprefix(HIDDEN) in _GO_ON:
        return True
    return reading.utterance.language == "en" and _is_behind_day(reading, piece) and _names_none(reading, piece.end)


def _is_behind_day(reading: Reading, piece: Piece) -> bool:
    """Whether a day stands right in front and nothing leads to a count: «thu 3 lena»."""
    return piece.start > 0 and not reading.senses[piece.start - 1].keys().isdisjoint(("weekday", "relday"))


def _names_none(reading: Reading, index: int) -> bool:
    """Whether nothing that can be counted stands here: no plural, and none behind it («4 new candidates»)."""
    return not any(word.endswith("s") and word.isalpha() for word in reading.words[index : index + 2])


def _spread(reading: Reading, day: Piece, hours: Piece) -> Piece:
    """«after wednesday before 11», «in the mornings before friday»: hours of each day up to that one, or from it on.

    «by friday afternoon» and «before friday 3pm» are one place in time.
    """
    if day.day is None or day.side is None or Mark.FROM in day.marks or day.clock or day.part or day.repeat:
        return day
    is_daily = bool(hours.side or hours.end_clock) or (hours.part and not hours.clock and hours.start != day.end)
    if not is_daily or Mark.SOONEST in day.marks:
        return day
    first, last = settle(day.day, reading.today)
    is_strict = Mark.STRICT in day.marks
    if day.side is Open.AFTER:
        first, last = (add_days(last, 1) if is_strict else first), add_days(last, _ON)
    else:
        first, last = reading.today, (add_days(first, -1) if is_strict else last)
    if last < first:
        return day
    return day._replace(day=Day(first=first, last=last), side=None, marks=day.marks - {Mark.STRICT})


_ON = 14
"""How many days on «after wednesday» reaches beside hours."""


def merged(left: Piece, right: Piece, *, day: Piece) -> Piece:
    """Both in one; the clock's half is settled by the part of day."""
    hours = right if day is left else left
    clocked = hours if hours.clock else day
    part = hours.part or day.part
    if hours.part and day.part and hours.clock is None and day.clock is None:
        qualified = f"{day.part.partition('_')[0]}_{hours.part}"
        part = qualified if "_" in day.part and qualified in PART_HALVES else hours.part
    clock = apply_part(clocked.clock, part) if clocked.clock else None
    end_clock = apply_part(clocked.end_clock, part) if clocked.end_clock else None
    marks = left.marks | right.marks
    is_apart = hours is left or left.end < right.start  # «10 to 4 from 7 december», «ab morgen arbeite ich 10 bis 16»
    is_start = is_apart and day.side is Open.AFTER and Mark.FROM in day.marks
    side = hours.side or (None if hours.end_clock and not is_start else day.side)
    if hours is left and left.clock is not None:
        marks |= {Mark.CLOCK_LEADS}
    if is_start and hours.part and hours.side is None:
        marks |= {Mark.WHOLE_PART}
    if left.part and left.clock is None and right.clock is not None:
        marks |= {Mark.PART_LEADS}
    return day._replace(
        start=left.start, end=right.end, rule=f"{left.rule} + {right.rule}", marks=marks,
        clock=clock, end_clock=end_clock, part=part, side=side,
        zone=hours.zone or day.zone, zones=hours.zones or day.zones,
        grain=None if hours.clock or hours.part else day.grain,
        repeat=day.repeat or hours.repeat, length=hours.length or day.length,
        is_excluded=left.is_excluded, is_ordinal=False,
    )  # fmt: skip
