"""Refiner for what is left out: not monday, next week bar friday, wednesday excluded, outside of lunch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.pieces import Day, Mark, Piece, add_days, settle, unit_days
from bot.language.times.refine.range import link_between, role_before
from bot.language.times.refine.week import place_in_week

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def mark_excluded(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Not monday, except lunch, any day but friday; and the rest of that list."""
    has_no = _NO in reading.words or not _NO_THERE.isdisjoint(reading.words)
    is_told = not reading.kinds.isdisjoint(_EXCLUDING) or _BUT in reading.words or _THAN in reading.words
    if not (is_told or has_no or any(piece.is_excluded for piece in pieces)):
        return pieces
    pieces = _parted(reading, pieces) if "," in reading.words else pieces
    found: list[Piece] = []
    is_running = False
    for piece in pieces:
        before = found[-1] if found else None
        if piece.has_time or piece.repeat:
            is_listed = is_running and before is not None and link_between(reading, before, piece) in {"or", "and"}
            is_running = piece.is_excluded or (
                has_no and (_is_refused(reading, piece) or _is_no_behind(reading, piece))
            )
            is_running = is_running or is_listed or (is_told and _is_left_out(reading, before, piece))
            start = _never_outside(reading, piece) if not is_running and is_told else piece.start
            if is_running and before is not None and "dayoff" in reading.kinds:
                ahead = role_before(reading, piece, "dayoff")
                start = ahead if ahead >= before.end else start
            if is_running and not is_listed and "excluded" in reading.senses[piece.end]:
                _mark_run(reading, found, piece)
            is_behind = not _BEHIND.isdisjoint(reading.senses[piece.end])
            end = piece.end + (is_running and is_behind)
            piece = piece._replace(is_excluded=is_running, start=start, end=end)  # noqa: PLW2901  takes its place
        found.append(piece)
        if is_running and (other := _one_after(reading, piece)) is not None:
            found.append(other)
            is_running = False
    if not any(piece.is_excluded for piece in found):
        return found
    return _place_excluded([one for piece in found for one in _each_weekday(reading, piece, found)])


def _parted(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«not thursday, 12 march at 10»: the comma parts the day that is refused from the one that is wanted, if they differ."""
    timed = [piece for piece in pieces if piece.has_time]
    day = timed[0].day if len(timed) == 1 else None
    if day is None or day.weekday is None or day.number is None or not timed[0].clock:
        return pieces
    piece = timed[0]
    comma = next((at for at in range(piece.start, piece.end) if reading.words[at] == ","), -1)
    if comma < 0 or role_before(reading, piece, "not") < 0:
        return pieces
    refused = piece._replace(end=comma, day=Day(weekday=day.weekday), clock=None, rule="weekday")
    wanted = piece._replace(start=comma + 1, day=day._replace(weekday=None))
    if settle(Day(weekday=day.weekday), reading.today) == settle(day._replace(weekday=None), reading.today):
        return pieces
    return [other for one in pieces for other in ((refused, wanted) if one is piece else (one,))]


def _mark_run(reading: Reading, found: list[Piece], last: Piece) -> None:
    """«monday and tuesday excluded»: what stands behind the last of a list leaves all of it out."""
    behind = last
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        is_alike = one.day is not None and one.day.grain is Grain.DAY and not one.clock and not one.side
        if not is_alike or behind.clock or link_between(reading, one, behind) not in {"or", "and"}:
            return
        found[at] = behind = one._replace(is_excluded=True)


_EXCLUDING = ("not", "bar", "outside", "excluded", "dayoff")
_NO_THERE = frozenset(("øno", "ønon", "ønão", "ønao"))
"""A no that is told in no English, because it is as often an answer."""
_IN = frozenset(("in", "the", "at", "on", "of"))
_BEHIND = frozenset(("excluded", "dayoff"))
"""What leaves the time in front of it out."""
_NO, _BUT = "no", "but"


def _is_left_out(reading: Reading, before: Piece | None, piece: Piece) -> bool:
    """Not on friday, next week bar friday, outside of lunch, friday excluded; «never outside 10 to 4» is what is meant."""
    place = role_before(reading, piece, "not")
    is_proposed = place > 0 and reading.words[place - 1] == "why"  # «why not thursday?»
    is_proposed = is_proposed or (place == 0 and reading.words[0] == "nor")  # «nor thursday» goes on with what was said
    is_behind = _excludes_in_front(reading, piece.end) or _is_no_behind(reading, piece)
    if (place >= 0 and not is_proposed) or is_behind:
        return True
    if before is not None and _is_less_liked(reading, piece):
        return True
    if before is not None and before.end == piece.start - 1 and reading.words[before.end] == _BUT:
        is_any = bool(before.part) and before.start > 0 and "any" in reading.senses[before.start - 1]
        if before.repeat or is_any:
            return True  # «every day but friday», «any morning but monday»
    if "dayoff" in reading.kinds and before is not None and _is_day_off(reading, before, piece):
        return True
    bar = role_before(reading, piece, "bar") if "bar" in reading.kinds else -1
    if bar >= 0:
        return bar > 0 and ((before is not None and before.end == bar) or "whenever" in reading.senses[bar - 1])
    outside = role_before(reading, piece, "outside") if "outside" in reading.kinds else -1
    if outside < 0 or (outside and _is_no(reading, outside - 1)):
        return False
    is_away = reading.utterance.language in _AWAY and reading.words[outside] == "outside of"
    return not is_away or any(_is_no(reading, index) or reading.words[index] == "ever" for index in range(outside))


def _is_no_behind(reading: Reading, piece: Piece) -> bool:
    """«por la mañana no», «freitag nicht»: the whole of a text that is no question, in languages that say the no behind it."""
    words = reading.words
    if reading.utterance.language == "en" or "?" in words:
        return False
    if not (_is_no(reading, piece.end) or words[piece.end] in _NO_THERE):
        return False
    is_last = not any(word[:1].isalnum() for word in words[piece.end + 1 :])
    return is_last and all(word in _IN or not word[:1].isalnum() for word in words[: piece.start])


def _excludes_in_front(reading: Reading, index: int) -> bool:
    """«friday excluded», «freitag ausgenommen»; not «alles am freitag ausgenommen lena», which excepts what is behind it."""
    if "excluded" not in reading.senses[index]:
        return False
    is_said_behind = reading.utterance.language in _SAID_BEHIND
    return is_said_behind or reading.words[index + 1] in _AT_END


_SAID_BEHIND = frozenset(("ja", "zh"))
"""«金曜以外で来週…»: where the word always stands behind what goes."""
_AT_END = frozenset(("", ",", ".", "!", "?", ";", "please", "then", "of", "cancel", "off", "ab", "absagen", "af"))


def _is_less_liked(reading: Reading, piece: Piece) -> bool:
    """«rather on the 27th than on the 26th»."""
    at = piece.start - 1
    while at > 0 and reading.words[at] in {"the", "on", "at"}:
        at -= 1
    return at > 0 and reading.words[at] == _THAN and not _LIKED.isdisjoint(reading.words[:at])


_THAN = "than"
_LIKED = frozenset(("rather", "sooner", "prefer", "better"))


def _is_day_off(reading: Reading, before: Piece, piece: Piece) -> bool:
    """«mon-thu 9-5, fri off», «…, closed on fridays»: a day without hours behind hours of other days."""
    ahead = role_before(reading, piece, "dayoff")
    if "dayoff" not in reading.senses[piece.end] and ahead < before.end:
        return False
    is_off = any("dayoff" in senses for senses in reading.senses[: before.start])  # «off mon-wed 9-5, fri off»
    has_hours = before.end_clock is not None and (before.day is not None or before.repeat is not None) and not is_off
    is_bare = piece.clock is None and not piece.part and (piece.is_weekday or bool(piece.repeat))
    links = range(before.end, ahead if ahead >= before.end else piece.start)
    return has_hours and is_bare and all(reading.senses[index].keys() & _LINKS for index in links)


_LINKS = frozenset(("and", "comma", "the", "on", "but"))


def _never_outside(reading: Reading, piece: Piece) -> int:
    """Where the piece begins, with a «never outside» in front of it."""
    outside = role_before(reading, piece, "outside") if "outside" in reading.kinds else -1
    return outside - 1 if outside >= 0 else piece.start


_AWAY = frozenset(("es", "it", "pt"))
"""Languages in which it is also said of somebody who is away («fuori dalle 3 alle 5»), unless something never is."""


def _is_no(reading: Reading, index: int) -> bool:
    return "not" in reading.senses[index] or reading.words[index] in {_NO, "nothing", "none", "don't", "nowhere"}


def _one_after(reading: Reading, piece: Piece) -> Piece | None:
    """«not this friday but the one after»: the next of its kind."""
    at = reading.skip(piece.end, "comma", "but")
    if "oneafter" not in reading.senses[at] or piece.day is None:
        return None
    first, last = settle(piece.day, reading.today)
    if piece.day.grain is Grain.MONTH:
        first, last, _ = unit_days("month", first, 1)
    else:
        is_day = piece.day.grain is Grain.DAY and piece.day.weekday is None
        first, last = add_days(first, 1 if is_day else _WEEK), add_days(last, 1 if is_day else _WEEK)
    return Piece(at, at + 1, "the one after", day=Day(first=first, last=last, grain=piece.day.grain))


_WEEK = 7


def _is_refused(reading: Reading, piece: Piece) -> bool:
    """«no mornings», «no fridays», «no friday afternoon»: not the «no» of an answer in front of a time."""
    at = piece.start - 1
    is_told = reading.utterance.language != "en"
    while at > 0 and is_told and reading.words[at] in {"in", "the", "at", "on"}:
        at -= 1
    if at < 0 or reading.words[at] != _NO or piece.clock is not None or piece.exact:
        return False
    if is_told and (piece.part or piece.repeat or piece.is_weekday):
        return True
    is_plural = any("parts" in senses or "weekdays" in senses for senses in reading.senses[piece.start : piece.end])
    return is_plural or (bool(piece.part) and piece.is_weekday and reading.words[piece.end - 1].isalpha())


def _each_weekday(reading: Reading, piece: Piece, pieces: list[Piece]) -> list[Piece]:
    """«this week, no fridays»: what is left out of a time is a day, not a repetition."""
    repeat = piece.repeat
    has_others = any((one.has_time or one.repeat) and not one.is_excluded for one in pieces)
    senses = reading.senses[piece.start : piece.end]
    has_others = (
        has_others or _is_refused(reading, piece) or any("weekdays" in one for one in senses)
    )  # «not on fridays»
    if not (piece.is_excluded and repeat is not None and repeat.weekdays and has_others) or piece.day is not None:
        return [piece]
    each = piece._replace(repeat=None, marks=piece.marks | {Mark.WEEKLY})
    return [each._replace(day=Day(weekday=weekday)) for weekday in repeat.weekdays]


def _place_excluded(pieces: list[Piece]) -> list[Piece]:
    """«next week except wednesday»: the weekday is that week's."""
    weeks = [
        piece
        for piece in pieces
        if piece.day and piece.day.grain is Grain.WEEK and piece.day.first and not piece.is_excluded
    ]
    if len(weeks) != 1:
        return pieces
    return [place_in_week(weeks[0], piece) if piece.is_excluded else piece for piece in pieces]
