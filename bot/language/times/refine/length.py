"""Refiners that count from or add to a time: a week from friday, within 3 hours, 4pm for an hour, 18 dec for 10 days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.times.numbers import length_of, number_at
from bot.language.times.parse.relative import OR_TWO, move
from bot.language.times.pieces import STEP_WORDS, Clock, Day, Mark, Piece, add_days, settle, unit_days
from bot.language.times.refine.hours import as_clock
from bot.language.times.refine.within import is_gap

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Length


def apply_lengths(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """A week from friday, 3 days after the 5th, two weeks before christmas, the day after monday, a week tomorrow."""
    if not any(piece.length for piece in pieces):
        return pieces
    found: list[Piece] = []
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        after = found[-1] if found else None
        shifted = _shifted(reading, piece, after) if after is not None and piece.length and not piece.exact else None
        if shifted is not None:
            found[-1] = shifted
        elif piece.edge == "step":
            found.append(_step_from(reading, piece, pieces[at - 1] if at else None))
        else:
            found.append(_within_now(reading, piece) if piece.edge == "within" else piece)
    found.reverse()
    return found


def _shifted(reading: Reading, piece: Piece, after: Piece) -> Piece | None:
    length = piece.length
    is_hour = after.clock is not None or (after.bare is not None and as_clock(after) is not None)
    if length is not None and length.rest and is_hour and not piece.edge:
        return _beside_clock(reading, piece, after)
    if length is None or after.day is None or after.repeat or (piece.day and piece.edge != "within"):
        return None
    gap = after.start - piece.end
    link = reading.senses[piece.end]
    before = reading.senses[piece.start - 1].keys() if piece.start else set()
    if piece.edge == "step":
        if gap > 1 or not is_gap(reading, piece, after, "the"):
            return None
        sign = piece.bare or 1
    elif gap == 0 or (gap == 1 and reading.words[piece.end] == "on"):
        if length.unit not in {"week", "fortnight"} or before & {"for", "every"} or after.day.grain is not Grain.DAY:
            return None
        sign = 1
    elif (
        gap in {1, 2}
        and (gap == 1 or "the" in reading.senses[piece.end + 1])
        and "for" not in before
        and not length.rest
    ):
        is_within = piece.edge == "within" and "of" in link
        sign = 1 if "after_of" in link or is_within else -1 if "before_of" in link else 0
    else:
        sign = 0
    return _moved(reading, piece, after, sign) if sign else None


_LEADS = frozenset(("at", "by", "from", "before", "after", "on", "about", "weekday", "relday", "comma", "to", "until"))


def _beside_clock(reading: Reading, piece: Piece, after: Piece) -> Piece | None:
    """Half an hour after 3pm, an hour before noon; «book 30 minutes after 3» is a length and an open side."""
    link, clock, length = reading.senses[piece.end], as_clock(after._replace(day=None)), piece.length
    sign = 1 if "after_of" in link else -1 if "before_of" in link else 0
    is_led = piece.start == 0 or bool(reading.senses[piece.start - 1].keys() & _LEADS)
    if not sign or not is_led or after.start != piece.end + 1 or clock is None or length is None or length.days:
        return None
    if after.end_clock or after.day or after.repeat:
        return None
    moved = _clock_away(clock, sign * length.rest)
    return after._replace(start=piece.start, clock=moved, bare=None, rule="length beside a clock")


def _moved(reading: Reading, piece: Piece, after: Piece, sign: int) -> Piece | None:
    if after.day is None or piece.length is None:
        return None
    first, last = settle(after.day, reading.today)
    if sign < 0 and after.day.weekday is not None and first == reading.today:
        first, last = add_days(first, 7), add_days(last, 7)  # «the day before monday», said on a monday
    if piece.edge == "within" and sign < 0:
        return after._replace(
            start=piece.start, day=Day(first=move(first, piece.length, -1), last=first), rule="within of a day"
        )
    if piece.edge == "within":
        return after._replace(
            start=piece.start, day=Day(first=first, last=move(first, piece.length, 1)), rule="within of a day"
        )
    if piece.edge == "step" and piece.length.unit in {"week", "weekend"} and after.day.grain is Grain.DAY:
        is_same = piece.length.unit == "weekend" and sign > 0 and first.weekday() < 5
        start, end, grain = unit_days(piece.length.unit, first, 0 if is_same else sign)
        return after._replace(start=piece.start, day=Day(first=start, last=end, grain=grain), rule="week after")
    if Mark.END in after.marks:
        first = last  # «two weeks before the end of march»
        after = after._replace(day=Day(first=last, last=last), grain=None)
    far = _far_end(reading, piece)
    ends = sorted((move(first, piece.length, sign), move(last, far or piece.length, sign)))
    day = (after.day or Day())._replace(first=ends[0], last=ends[1], weekday=None)
    is_more = piece.start > 0 and "more" in reading.senses[piece.start - 1]
    side = (Open.AFTER if sign > 0 else Open.BEFORE) if is_more else after.side
    return after._replace(start=piece.start - is_more, day=day, side=side, rule="length from a day")


def _far_end(reading: Reading, piece: Piece) -> Length | None:
    """The longer of the two in «a day or two after the 7th»."""
    if piece.rule != OR_TWO or piece.length is None:
        return None
    found = number_at(reading, piece.end - 1)
    return length_of(piece.length.unit, found[0]) if found is not None else None


def _step_from(reading: Reading, piece: Piece, before: Piece | None) -> Piece:
    """«the week after»: after the one named before it, else after the running one."""
    unit = piece.length.unit if piece.length else "day"
    base = reading.today
    if before is not None and before.day is not None and (before.day.grain is Grain.DAY) == (unit == "day"):
        base = settle(before.day, base)[0]
    first, last, grain = unit_days(unit, base, piece.bare or 1)
    return piece._replace(day=Day(first=first, last=last, grain=grain), edge="", length=None, bare=None)


def _within_now(reading: Reading, piece: Piece) -> Piece:
    """Within 3 hours, within 2 weeks: from now on."""
    length = piece.length
    if length is None:
        return piece
    if length.rest:
        end = reading.now + (move(reading.today, length, 1) - reading.today) + length.rest
        return piece._replace(exact=reading.now, exact_end=end, edge="", grain=Grain.MINUTE)
    return piece._replace(day=Day(first=reading.today, last=move(reading.today, length, 1)), edge="", length=None)


def add_lengths(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """4pm for 30 minutes, 18 dec for 10 days, for a week starting tomorrow: a start and a length give the end."""
    if not any(piece.length for piece in pieces):
        return pieces
    found: list[Piece] = []
    repeats = any(piece.repeat for piece in pieces)
    for piece in pieces:
        before = found[-1] if found else None
        joined = _with_length(reading, before, piece) if before is not None else None
        if joined is not None and repeats and Mark.LENGTHENED in joined.marks and _is_of_weeks(joined):
            joined = None  # «every tuesday from march 10 for 3 weeks»: how long it goes on
        if joined is not None:
            found[-1] = joined
            if before is not None and before.length and not before.exact:
                found.append(before)
                found[-2:] = [found[-1], found[-2]]
            else:
                found.append(piece)
        else:
            found.append(piece)
    lengths = [piece.length for piece in found if piece.length and not piece.has_time and not piece.edge]
    if len(lengths) != 1 or any(piece.repeat for piece in found):
        return found
    return [_from_either_end(reading, piece, lengths[0]) or piece for piece in found]


def _from_either_end(reading: Reading, piece: Piece, length: Length) -> Piece | None:
    """«a 2 hour meeting with Bo starting at 9», «45 minutes ending at noon»: one end of the length, and no open side."""
    if piece.clock is None or piece.is_range or length.days or length.months:
        return None
    if piece.side is Open.AFTER and reading.words[piece.start].startswith(_STARTING):
        return _lengthened(piece, length)
    words = reading.words[max(piece.start - 1, 0) : piece.end]
    is_end = piece.side is None and any(word.startswith(_ENDING) for word in words)
    clock = _clock_away(piece.clock, -length.rest) if is_end else None
    return piece._replace(clock=clock, end_clock=piece.clock, rule="length and end") if clock else None


_ENDING = ("ending at", "finishing at", "to end at", "to finish at")


def _clock_away(clock: Clock, rest: timedelta) -> Clock:
    """The clock so much later or earlier."""
    half = (
        clock.hour + 12 if clock.half == "pm" and clock.hour < 12 else clock.hour % (12 if clock.half == "am" else 24)
    )
    total = (half * 60 + clock.minute + round(rest.total_seconds() / 60)) % 1440
    hour = total // 60 if clock.half else (total // 60 - 1) % 12 + 1
    return Clock(hour, total % 60, half="24" if clock.half else "", grain=Grain.MINUTE)


def mark_amounts(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Push it back an hour, one week later, half an hour earlier: in a move an amount, never a time of today or a length."""
    if not reading.is_move or not any(piece.length or piece.is_counted for piece in pieces):
        return pieces
    has_target = any(piece.has_time and not piece.is_source and not _is_step(reading, piece) for piece in pieces)
    return [
        piece._replace(is_amount=True, day=None, exact=None, length=None)
        if _is_step(reading, piece) or (not has_target and _is_moved_by(reading, piece))
        else piece
        for piece in pieces
    ]


_FROM_NOW = frozenset(("in", "within", "more"))


def _is_step(reading: Reading, piece: Piece) -> bool:
    """Whether it was said as a step from where the meeting stands («an hour later»), not from now («in an hour»)."""
    is_plain = piece.clock is None and piece.end_day is None and piece.exact_end is None and not piece.is_source
    if not (is_plain and piece.is_counted) or reading.senses[piece.start].keys() & _FROM_NOW:
        return False
    return reading.words[piece.end - 1] in STEP_WORDS


def _is_moved_by(reading: Reading, piece: Piece) -> bool:
    """Push it an hour, by two days; not «change it to 45 minutes», «move my 30 minute call»."""
    if piece.length is None or piece.has_time or piece.edge:
        return False
    before = reading.senses[piece.start - 1].keys() if piece.start else set()
    is_new = not before.isdisjoint(("for", "to")) and "by" not in before
    return not is_new and "attributive" not in reading.senses[piece.end] and reading.words[piece.end] != "long"


def _with_length(reading: Reading, left: Piece, right: Piece) -> Piece | None:
    if left.length and not left.exact and right.has_time and not right.length:
        return _from_start(reading, left, right, left.length)
    if (
        right.length
        and not right.exact
        and left.has_time
        and not left.exact
        and is_gap(reading, left, right, "for", "comma")
    ):
        is_for = right.start > left.end and "for" in reading.senses[right.start - 1]
        return _lengthened(left, right.length) if is_for else None
    return None


def _is_of_weeks(piece: Piece) -> bool:
    return piece.length is not None and piece.length.unit in {"week", "month", "year", "fortnight"}


_STARTING = ("starting", "beginning", "commencing")


def _from_start(reading: Reading, left: Piece, right: Piece, length: Length) -> Piece | None:
    """For 10 days from the 18th, a week starting tomorrow, for 30 minutes at 4pm."""
    is_for = left.start > 0 and "for" in reading.senses[left.start - 1]
    if right.side is Open.AFTER and "from" in reading.senses[right.start]:
        is_told = is_for or reading.words[right.start].startswith(_STARTING)
        return _lengthened(right, length) if is_told and is_gap(reading, left, right, "comma", "attributive") else None
    if is_for and right.clock and right.side is None and is_gap(reading, left, right, "at", "on"):
        return _lengthened(right, length)
    return None


def _lengthened(piece: Piece, length: Length) -> Piece | None:
    if piece.is_range or piece.side is Open.BEFORE or piece.repeat or (piece.part and not piece.clock):
        return None
    if piece.side is Open.AFTER and Mark.STRICT in piece.marks:
        return None  # «after 3» is not the start of the length
    if length.rest and not length.days and not length.months:
        if piece.clock is None:
            return None
        clock = piece.clock
        total = clock.hour * 60 + clock.minute + round(length.rest.total_seconds() / 60)
        if total > 36 * 60:
            return None
        half = clock.half or ""
        if half == "pm" and clock.hour < 12:
            total += 720
        end = Clock(total // 60 % 24, total % 60, half="24" if half else "", grain=Grain.MINUTE)
        return piece._replace(end_clock=end, side=None, rule="start and length")
    if piece.clock is None and piece.day is not None and piece.day.grain is Grain.DAY and not length.rest:
        return piece._replace(length=length, side=None, rule="day and length").marked(Mark.LENGTHENED)
    return None
