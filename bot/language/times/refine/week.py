"""Refiners that place a day in the week, month or year named beside it: friday of next week, next month the 20th."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.pieces import STEP_WORDS, Day, Mark, Piece, add_days, settle, unit_days, week_start
from bot.language.times.refine.range import HOLDS_ITS_DAY, role_before
from bot.language.times.refine.within import is_gap

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


_ANY_BUT = ("any day", "any time", "anytime", "any other", "any date", "every day")
_WITHIN = ("of", "the", "in", "on", "comma", "colon", "at", "for", "dash", "not", "but", "from", "about")


def apply_containers(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Friday of next week, next week tue or thu, january next year, 22 May (tuesday)."""
    found: list[Piece] = []
    led: Piece | None = None
    for piece, after in zip_longest(pieces, pieces[1:]):
        before = found[-1] if found else None
        if led is not None and before is not led and _goes_on_listing(reading, led, piece, after):
            led = _in_week(led, piece)
            found.append(led)
            continue
        if before is not None and (day := _number_in_month(reading, before, piece)) is not None:
            found[-1] = piece._replace(start=before.start, day=day, bare=None, rule="day of a month")
            continue
        if before is None or before.day is None or piece.day is None:
            found.append(piece)
            continue
        if (part := _part_of_week(reading, before, piece)) is not None:
            found[-1] = part
            continue
        is_within = is_gap(reading, before, piece, *_WITHIN) and not _is_added(reading, before, piece)
        if _is_week(piece) and _is_plain_weekday(before) and is_within and not _is_apart(reading, before, piece):
            is_any = before.start > 0 and _leaves_any(reading, before.start - 1)
            _place_run(reading, found, piece)
            if is_any:
                found.append(piece)  # «any day but friday next week»
        elif _is_week(before) and _is_plain_weekday(piece) and is_within:
            if any("not" in reading.senses[index] for index in range(before.end, piece.start)):
                found.append(_in_week(before, piece))
                continue
            if reading.words[piece.start - 1] == "but" or is_left_out(reading, before, piece):
                found.append(_in_week(before, piece)._replace(is_excluded=True))  # «any day next week but friday»
                continue
            found[-1] = led = _in_week(before, piece)._replace(start=before.start, end=piece.end)
        elif (placed := _in_month(reading, before, piece)) is not None:
            found[-1] = placed
        elif _follows_placed(reading, before, piece) and not _has_own_week(reading, piece, after):
            monday = week_start(before.day.first or reading.today, reading.week_starts)
            placed = piece._replace(day=_weekday_in(monday, piece.day.weekday or 0), rule=before.rule)
            found.append(placed.marked(Mark.PLACED))
            led = found[-1] if led is before else led
        elif (
            not before.marks.isdisjoint((Mark.AHEAD, Mark.BACK))
            and before.clock is None
            and before.day.first
            and _is_plain_weekday(piece)
            and is_gap(reading, before, piece, "on")
        ):
            ahead = (piece.day.weekday or 0) - before.day.first.weekday()
            settled = add_days(before.day.first, ahead % 7 if Mark.AHEAD in before.marks else -(-ahead % 7))
            found[-1] = piece._replace(
                start=before.start, day=Day(first=settled, last=settled), rule="weekday from a day on"
            )
        elif is_gap(reading, before, piece, *_WITHIN) and (merged := _with_year(reading, piece, before)) is not None:
            found[-1] = merged._replace(start=before.start, end=piece.end)
        elif (merged := _with_year(reading, before, piece) or _with_weekday(reading, before, piece)) is not None:
            found[-1] = merged
        else:
            found.append(piece)
    return found


def _leaves_any(reading: Reading, at: int) -> bool:
    """«any day but», and «any day not» as other languages are told."""
    words = reading.words
    is_told = "not" in reading.senses[at] and at > 0 and "whenever" in reading.senses[at - 1]
    return is_told or words[at].startswith(_ANY_BUT)


def narrow_weeks(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«next week, ideally the 2nd», «in december, maybe the 10th»: the day that is named inside stands for the whole."""
    found: list[Piece] = []
    for piece in pieces:
        if found and _is_inside(reading, found[-1], piece):
            found[-1] = piece._replace(start=found[-1].start)
        else:
            found.append(piece)
    return found


def place_listed(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """The weekdays behind the only week that is named are days of that week, which they stand for."""
    if reading.is_move or "remove" in reading.kinds:
        return pieces  # «cancel all of next week, but keep friday»
    weeks = [at for at, piece in enumerate(pieces) if piece.day is not None and piece.day.grain is Grain.WEEK]
    if len(weeks) != 1 or not _is_whole_week(pieces[weeks[0]]):
        return pieces
    (at,) = weeks
    days = [place for place, piece in enumerate(pieces) if piece.day is not None and place != at]
    if not days or days[0] < at or any(not _may_lie_inside(pieces[place]) for place in days):
        return pieces
    if not _is_told_on(reading, pieces[at].end, pieces[days[0]].start):
        return pieces
    week, found = pieces[at], list(pieces)
    for place in days:
        found[place] = _in_week(week, pieces[place])
    first = found[days[0]]
    found[days[0]] = first if first.apart is not None else first._replace(apart=(week.start, week.end))
    return found[:at] + found[at + 1 :]


def _is_whole_week(piece: Piece) -> bool:
    is_plain = not (piece.clock or piece.part or piece.side or piece.repeat or piece.end_day or piece.nth)
    is_future = Mark.WEEKS not in piece.marks and piece.day is not None and piece.day.last is not None
    return is_plain and is_future and not (piece.is_excluded or piece.is_source or piece.edge)


def _may_lie_inside(piece: Piece) -> bool:
    """A bare weekday that is meant as a time."""
    is_told = piece.repeat or piece.is_excluded or piece.is_source or piece.end_day or piece.side
    return _is_plain_weekday(piece) and not is_told


def _is_told_on(reading: Reading, start: int, end: int) -> bool:
    """Whether the words between are about the same thing: the day is no second choice, and nothing new begins."""
    at = end - 1
    while at > start and not reading.senses[at].keys().isdisjoint(("on", "the", "at")):
        at -= 1
    before = reading.senses[at].keys() if at >= start else set()
    if not before.isdisjoint(("and", "or", "but", "not")):
        return False
    between = reading.senses[start:end]
    if any("but" in senses and "and" not in senses for senses in between):
        return False
    return not any(not _APART.isdisjoint(senses) for senses in between) and _STOPS.isdisjoint(reading.words[start:end])


_APART = frozenset(("or", "not", "from", "until", "before", "after", "instead", "if"))
_STOPS = frozenset(".!?")


def _is_inside(reading: Reading, whole: Piece, piece: Piece) -> bool:
    around, day = whole.day, piece.day
    if around is None or day is None or around.grain not in _WHOLES or whole.clock or whole.part or whole.side:
        return False
    if whole.is_excluded or piece.is_excluded or whole.is_source or piece.side or piece.repeat or whole.end_day:
        return False
    if around.number or around.weekday is not None or not is_gap(reading, whole, piece, *_NARROWING):
        return False
    first, last = settle(around, reading.today)
    inside = settle(day, reading.today, max(first, reading.today) if day.month is None and day.first is None else None)
    return day.grain is Grain.DAY and first <= inside[0] and inside[1] <= last


_WHOLES = frozenset((Grain.WEEK, Grain.MONTH))
_NARROWING = ("comma", "about", "on", "the", "pad")


def _goes_on_listing(reading: Reading, led: Piece, piece: Piece, after: Piece | None) -> bool:
    """«next week mon 9-12 or thu 14-17»: only hours and marks of a list stand between the weekdays."""
    if not _is_plain_weekday(piece) or _has_own_week(reading, piece, after):
        return False
    return all(not _HOURS.isdisjoint(senses) for senses in reading.senses[led.end : piece.start])


_HOURS = frozenset(
    (
        *("or", "and", "comma", "slash", "dash", "to", "digits", "meridiem", "colon", "dot", "at", "from", "after"),
        *("before", "part", "number", "clockword", "on", "between", "the", "hourmark", "ish"),
    )
)


def _is_apart(reading: Reading, before: Piece, week: Piece) -> bool:
    """«move my 3pm on wednesday a week later», «wednesday at 3, not next week»: the week says nothing of the weekday."""
    is_step = reading.is_move and week.is_counted and reading.words[week.end - 1] in STEP_WORDS
    is_step = is_step or (reading.is_move and "onto" in reading.words[before.end : week.start])
    return is_step or any("not" in senses for senses in reading.senses[before.end : week.start])


def _is_added(reading: Reading, before: Piece, piece: Piece) -> bool:
    """«friday and next week», «wednesday and the weekend»: each for itself."""
    return any("and" in senses for senses in reading.senses[before.end : piece.start])


def is_left_out(reading: Reading, before: Piece | None, piece: Piece) -> bool:
    """«wednesday excluded», «next week, wednesday not»: what stands behind the time leaves it out."""
    at = reading.skip(piece.end, "part", "parts", "in", "the")
    behind = reading.senses[reading.skip(at, "weekday", "and")]
    if "excluded" in behind:
        return True
    if before is None or "not" not in reading.senses[at] or reading.skip(at + 1, "comma") < reading.size:
        return False
    return any(
        not reading.senses[index].keys().isdisjoint(("comma", "but")) for index in range(before.end, piece.start)
    )


def _in_month(reading: Reading, before: Piece, piece: Piece) -> Piece | None:
    """«a friday in january», «next month on a tuesday»: the first one of the month that is not over."""
    weekday, month = (before, piece) if _is_plain_weekday(before) else (piece, before)
    inside = month.day
    is_month = inside is not None and inside.grain is Grain.MONTH and inside.number is None and not month.edge
    if inside is None or not is_month or not _is_plain_weekday(weekday) or month.clock or weekday.repeat or month.nth:
        return None
    if not is_gap(reading, before, piece, "of", "in", "the", "on", "article", "pad"):
        return None
    if weekday is before and piece.start == before.end and not inside.shift and inside.first is None:
        return None  # «friday december» lacks its number
    first = max(settle(inside, reading.today)[0], reading.today)
    day = _weekday_in(first, weekday.day.weekday or 0) if weekday.day else Day()
    placed = weekday._replace(start=before.start, end=piece.end, day=day, rule="weekday of a month")
    return placed.marked(Mark.EACH) if weekday.start and "any" in reading.senses[weekday.start - 1] else placed


def _number_in_month(reading: Reading, month: Piece, piece: Piece) -> Day | None:
    """«next month on the 20th», «next month 20»."""
    inside = month.day
    if (
        inside is None
        or inside.grain is not Grain.MONTH
        or (inside.first is None and not _is_number_of(reading, inside, piece))
        or month.clock
        or piece.clock
        or month.edge
    ):
        return None
    number = (
        piece.bare if piece.bare is not None else piece.day.number if piece.day and piece.day.month is None else None
    )
    if number is None or not 1 <= number <= 31 or not is_gap(reading, month, piece, "on", "the", "comma"):
        return None
    first = settle(inside, reading.today)[0]
    return Day(year=first.year, month=first.month, number=number)


def _is_number_of(reading: Reading, month: Day, piece: Piece) -> bool:
    """«in january, the 7th»; not «january, 3 options»."""
    is_day = piece.day is not None and piece.day.number is not None
    return month.month is not None and month.number is None and (is_day or piece.end == reading.size)


def _is_week(piece: Piece) -> bool:
    if piece.day is None or piece.day.first is None:
        return False
    if piece.day.grain is Grain.WEEKEND:
        return True
    return (Mark.WEEKS in piece.marks or piece.day.grain is Grain.WEEK) and not piece.clock


def _is_plain_weekday(piece: Piece) -> bool:
    day = piece.day
    return day is not None and day.weekday is not None and day.number is None and day.first is None and not day.shift


def _weekday_in(first: date, weekday: int) -> Day:
    """That weekday of the week that begins with `first`."""
    day = add_days(first, (weekday - first.weekday()) % 7)
    return Day(first=day, last=day)


def place_in_week(week: Piece, piece: Piece) -> Piece:
    """A bare weekday as the one of that week; anything else as it is."""
    return _in_week(week, piece) if _is_plain_weekday(piece) else piece


def _in_week(week: Piece, piece: Piece) -> Piece:
    weekday = piece.day.weekday if piece.day else None
    return piece._replace(day=_weekday_in(_first_of(week), weekday or 0), rule="weekday of a week").marked(Mark.PLACED)


def _first_of(week: Piece) -> date:
    """The day with which the week begins that a piece speaks of, whole or what is left of it."""
    day = week.day
    if day is None or day.first is None:
        return date.min
    is_whole = day.last == add_days(day.first, 6)
    return day.first if is_whole else week_start(day.first)


_TO_THE_END = frozenset(("from", "after", "onward"))
_SINCE_ITS_START = frozenset(("before", "by", "backward"))
_BOUND_GAP = ("comma", "but", "only", "on", "the", "pad", "after", "before", "by", "from")


def _part_of_week(reading: Reading, week: Piece, piece: Piece) -> Piece | None:
    """«next week from wednesday», «next week, not after thursday»: what the weekday leaves of the week in front of it."""
    if not (_is_week(week) and _is_plain_weekday(piece)) or week.day is None or week.day.last is None:
        return None
    if piece.clock or piece.part or piece.repeat or week.is_excluded or not is_gap(reading, week, piece, *_BOUND_GAP):
        return None
    behind = reading.senses[piece.end].keys() & ({"onward", "backward"} if piece.start > week.end else set())
    ahead = role_before(reading, piece, "from", "after", "before", "by")
    if not behind and (ahead < week.end or not reading.senses[piece.end].keys().isdisjoint(_TYING)):
        return None
    word = reading.words[ahead] if ahead >= week.end else ""
    said = behind or reading.senses[ahead].keys()
    weekday = _in_week(week, piece).day
    first, last = _first_of(week), week.day.last
    if weekday is None or weekday.first is None:
        return None
    if not said.isdisjoint(_TO_THE_END):
        first = add_days(weekday.first, "from" not in said and not behind)
    elif not said.isdisjoint(_SINCE_ITS_START):
        last = add_days(weekday.first, -("before" in said and word not in HOLDS_ITS_DAY))
    first = max(first, week.day.first or first)  # «weekend until monday» begins on a saturday
    if last < first:
        return None
    return week._replace(end=piece.end + bool(behind), day=Day(first=first, last=last), rule="part of a week")


_TYING = frozenset(("to", "dash", "and", "or", "slash"))


def _place_run(reading: Reading, found: list[Piece], week: Piece) -> None:
    """Put a run of weekdays (tue, wed or thu) into the week named behind them."""
    at = len(found) - 1
    links = () if reading.is_move else ("on",)  # «la cita del miércoles para el viernes de la semana que viene»
    found[at] = _in_week(week, found[at])._replace(end=week.end)
    while (
        at
        and _is_plain_weekday(found[at - 1])
        and is_gap(reading, found[at - 1], found[at], "or", "and", "comma", "to", "dash", *links)
    ):
        at -= 1
        found[at] = _in_week(week, found[at])


def _has_own_week(reading: Reading, piece: Piece, after: Piece | None) -> bool:
    return after is not None and _is_week(after) and is_gap(reading, piece, after, *_WITHIN)


def _follows_placed(reading: Reading, before: Piece, piece: Piece) -> bool:
    """Whether a weekday goes on a list that was placed in a week already."""
    links = ("or", "and", "comma", "on", "to", "dash", "slash")
    return (
        Mark.PLACED in before.marks
        and before.clock is None
        and _is_plain_weekday(piece)
        and is_gap(reading, before, piece, *links)
    )


def _with_year(reading: Reading, before: Piece, piece: Piece) -> Piece | None:
    day, year = before.day, piece.day
    if (
        day is not None
        and day.grain is Grain.QUARTER
        and before.grain is None
        and day.first is not None
        and year is not None
        and year.grain is Grain.YEAR
        and year.first
    ):
        moved = day.first.replace(year=year.first.year)
        first, last, grain = unit_days("quarter", moved)
        return before._replace(end=piece.end, day=Day(first=first, last=last, grain=grain))
    if day is None or year is None or year.grain is not Grain.YEAR or not is_gap(reading, before, piece, *_WITHIN):
        return None
    number = year.year or (year.first.year if year.first else None)
    if number is None or day.year is not None or day.month is None:
        return None
    return before._replace(end=piece.end, day=day._replace(year=number))


def _with_weekday(reading: Reading, before: Piece, piece: Piece) -> Piece | None:
    """«22 May, tuesday»: the weekday says nothing new, but helps to find the year."""
    day = before.day
    if day is None or day.weekday is not None or not _is_plain_weekday(piece) or before.clock:
        return None
    if not is_gap(reading, before, piece, "comma", "pad") or (
        day.number is None and (day.first is None or day.first != day.last)
    ):
        return None
    if any("dash" in reading.senses[index] for index in range(before.end, piece.start)):
        return None  # «tomorrow-thursday»
    weekday = piece.day.weekday if piece.day else None
    if day.first is not None and day.first.weekday() != weekday and _goes_on(reading, before, piece):
        return None  # «tomorrow, friday or monday»
    if piece.clock or piece.part:
        return piece._replace(start=before.start, day=day._replace(weekday=weekday), marks=before.marks | piece.marks)
    return before._replace(end=piece.end, day=day._replace(weekday=weekday))


def _goes_on(reading: Reading, before: Piece, piece: Piece) -> bool:
    """Whether the two are rather members of a list: tied by a comma, and more to come or a list already."""
    is_tied = any("comma" in reading.senses[index] for index in range(before.end, piece.start))
    around = reading.senses[piece.end].keys() | (reading.senses[before.start - 1].keys() if before.start else set())
    return is_tied and not around.isdisjoint(("or", "and", "comma"))
