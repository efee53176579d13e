"""Wall times: 3pm, 15:30, 15h30, half past 3, ten am, 3ish, noon; parts of day; zones. Each function reads one writing.

A parser gets the reading and the index of a token with the sense it is listed under (parsers.py) and returns a piece or None.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.dates import begins_date, is_behind_date
from bot.language.times.numbers import hour_in_words, number_at
from bot.language.times.parse.zone import offset_at
from bot.language.times.parts import PART_HALVES, apply_part
from bot.language.times.pieces import Clock, Length, Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

ANCHORS = (
    *("at", "from", "between", "after", "before", "by", "to", "about", "weekday", "relday", "dash", "and", "or"),
    "during",
)


_KNOWN_BEFORE = frozenset((*ANCHORS, "meridiem", "pad", "month", "slash", "part", "shift", "comma"))
"""What may be glued to the front of a number that is one of its own."""


def is_preceded(reading: Reading, index: int, *senses: str) -> bool:
    """Whether the token before has one of the senses."""
    return index > 0 and not reading.senses[index - 1].keys().isdisjoint(senses)


def is_stopped(reading: Reading, index: int, end: int) -> bool:
    """Whether the number at index … end belongs to something else: room 12, $50, 3 people, 50 %, A4."""
    before = reading.senses[index - 1] if index else {}
    if "label" in before or "noun" in reading.senses[end]:
        return True
    if (
        reading.words[end] == ":"
        and reading.glued[end]
        and reading.glued[end + 1]
        and reading.digits(end + 1) is not None
    ):
        return True  # a 1:1, a score
    if index and reading.glued[index]:
        word = reading.words[index - 1]
        is_known = not _KNOWN_BEFORE.isdisjoint(before)
        if not is_known and (word.isalnum() or word in "#$€£.:_=+"):
            return True
    return bool(reading.glued[end] and reading.words[end].isalpha() and not reading.senses[end])


def read_colon(reading: Reading, index: int) -> Piece | None:
    """15:30, 3:15pm, 3:18:05."""
    hour, minute = reading.digits(index), reading.digits(index + 2)
    if hour is None or minute is None or "colon" not in reading.senses[index + 1]:
        return None
    if not (reading.glued[index + 1] and reading.glued[index + 2] and len(reading.words[index + 2]) == 2):
        return None
    second, end = 0, index + 3
    more = reading.digits(index + 4)
    if "colon" in reading.senses[end] and more is not None and reading.glued[index + 4]:
        second, end = more, index + 5
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute):
        return None
    if second == 0 and _is_length(reading, index, end):
        length = Length(rest=timedelta(hours=hour, minutes=minute), unit="minute", amount=60 * hour + minute)
        return Piece(index, end, "length 1:15", length=length)
    end += hour > 5 and "hourmark" in reading.senses[end]
    grain = Grain.SECOND if end == index + 5 else Grain.MINUTE
    clock = Clock(hour % 24, minute, second, half=plain_half(reading.words[index], hour), grain=grain)
    if reading.words[index - 1] == "t" and reading.glued[index] and reading.glued[end]:
        zone, after = ("Etc/UTC", end + 1) if reading.words[end] == "z" else offset_at(reading, end) or ("", end)
        return Piece(index - 1, after, "clock of ISO 8601", clock=clock._replace(half="24"), zone=zone)
    if reading.words[end] == "z" and reading.glued[end]:
        return Piece(index, end + 1, "clock in UTC", clock=clock._replace(half="24"), zone="Etc/UTC")
    is_offset = len(reading.words[end + 1]) == 4 or (reading.words[end + 2] == ":" and reading.glued[end])
    is_offset = is_offset and (reading.words[end] == "+" or len(reading.words[end + 1]) == 4)
    if reading.words[end] in {"+", "-"} and is_offset and reading.glued[end + 1]:
        zone, end = offset_at(reading, end) or ("", end)
        return Piece(index, end, "clock and offset", clock=clock._replace(half="24"), zone=zone)
    return finish(reading, index, end, clock, "clock 15:30")


def begins_clock(reading: Reading, index: int) -> bool:
    """Whether a number or a half begins a clock of several words: «eleven o'clock», «half past nine», «three pm»."""
    if any(parse(reading, index) is not None for parse in (read_past, read_oclock, read_meridiem)):
        return True
    found = hour_in_words(reading, index)
    if found is None or "unit" in reading.senses[found[2]]:
        return False
    is_range = "to" in reading.senses[found[2]] and hour_in_words(reading, found[2] + 1) is not None
    return found[1] > 0 or is_range or bool(part_tail(reading, found[2])[0])


def plain_half(word: str, hour: int) -> str:
    """24 when the hour can only be meant in full: 15, 0, 07."""
    return "24" if hour > 12 or hour == 0 or (len(word) == 2 and word[0] == "0") else ""


def _is_length(reading: Reading, index: int, end: int) -> bool:
    """«for 1:15 on the 3rd at 2», «thu at 10 for 1:30»: another clock is when, so this is how long."""
    hours = reading.digits(index)
    if not is_preceded(reading, index, "for") or hours is None or hours >= _LONGEST:
        return False
    if not reading.senses[end].keys().isdisjoint(("meridiem", "to", "or", "and", "comma", "part", "zone")):
        return False
    if _is_behind_clock(reading, index - 1):
        return True
    clocked = (at for at in range(end, reading.size) if reading.words[at] == "at")
    return any("digits" in reading.senses[at + 1] or "clockword" in reading.senses[at + 1] for at in clocked)


def _is_behind_clock(reading: Reading, index: int) -> bool:
    """Whether an hour stands right in front of a «for»: «2pm for», «thu 10 for»; not «dec 3 for», «the 3rd for»."""
    if index < 2 or reading.words[index] != "for":
        return False
    before, first = reading.senses[index - 1], reading.senses[index - 2]
    if not before.keys().isdisjoint(("meridiem", "oclock", "clockword")):
        return True
    is_hour = 0 < (reading.digits(index - 1) or 0) <= _NOON
    return is_hour and (not first.keys().isdisjoint(("at", "weekday", "relday")) or reading.words[index - 2] == "at")


_NOON = 12
_LONGEST = 5
"""Hours from which on a figure with a colon is always a clock."""


def read_dotted(reading: Reading, index: int) -> Piece | None:
    """2.30pm, «at 8.30»: without am or pm only beside a word that asks for a time."""
    hour, minute = reading.digits(index), reading.digits(index + 2)
    if hour is None or minute is None or "dot" not in reading.senses[index + 1] or len(reading.words[index + 2]) != 2:
        return None
    if not (reading.glued[index + 1] and reading.glued[index + 2]) or hour > 23 or minute > 59:
        return None
    is_lettered = bool(_letter_half(reading, index + 3))  # «3.15p»
    if (is_stopped(reading, index, index + 3) and not is_lettered) or (
        reading.words[index + 3] == "." and reading.digits(index + 4) is not None
    ):
        return None
    is_no_date = hour > 12 or minute > 12 or minute == 0
    behind = reading.skip(index + 3, "on", "comma", "the") if is_no_date else index + 3
    is_clear = (
        reading.size == 3
        or is_lettered
        or reading.senses[behind].keys() & {"weekday", "relday", "shift", "part"}
        or (is_no_date and begins_date(reading, behind))
        or ("to" in reading.senses[index + 3] and "digits" in reading.senses[index + 4])
        or "meridiem" in reading.senses[index + 3]
        or "oclock" in reading.senses[index + 3]
    )
    is_behind_day = index > 1 and "comma" in reading.senses[index - 1] and index + 3 == reading.size
    is_clear = is_clear or (is_behind_day and not reading.senses[index - 2].keys().isdisjoint(("weekday", "relday")))
    end = index + 3
    if reading.words[end] == "h" and is_preceded(reading, index, *ANCHORS) and not reading.glued[end + 1]:
        is_clear, end = True, end + 1
    if not is_clear and not is_preceded(reading, index, *ANCHORS):
        is_count = reading.words[end].isalpha() and reading.words[end].endswith("s") and not reading.senses[end]
        if is_count or not is_behind_date(reading, index - is_preceded(reading, index, "comma")):
            return None
    clock = Clock(hour, minute, half=plain_half(reading.words[index], hour), grain=Grain.MINUTE)
    return finish(reading, index, end, clock, "clock 2.30")


def read_hour_letter(reading: Reading, index: int) -> Piece | None:
    """15h, 15h30, 1500 hours, 3 Uhr 30: an hour marked as one."""
    hour = reading.digits(index)
    if hour is None or "hourmark" not in reading.senses[index + 1]:
        return None
    end = index + 2
    is_letter = len(reading.words[index + 1]) == 1
    is_apart = is_letter and not reading.glued[index + 1] and "meridiem" not in reading.senses[index + 3] and hour <= 12
    if is_apart or is_preceded(reading, index, "for", "in", "within", "article"):
        return None
    minute = reading.digits(end)
    if len(reading.words[index]) == 4:
        hour, minute = divmod(hour, 100)
    elif (
        minute is not None
        and len(reading.words[end]) == 2
        and minute < 60
        and not (reading.glued[end + 1] and reading.words[end + 1] in {"/", "-", "."})
        and (reading.glued[end] or not is_letter or not reading.glued[index + 1])
    ):
        end += 1 + (reading.glued[end + 1] and reading.words[end + 1] in {"m", "min"})
    elif is_letter:
        minute = 0
    else:
        return None
    is_small = hour < 5 and "zone" not in reading.senses[end]
    is_wide = is_small and reading.words[index - 1].endswith((" it", " do", " about", " to"))  # «could we do 1h30»
    if is_wide or (is_small and not is_preceded(reading, index, "at", "between", "from", "dash")):
        return None
    if hour > 24 or minute > 59:
        return None
    clock = Clock(hour % 24, minute, half="24", grain=Grain.MINUTE if end > index + 2 else Grain.HOUR)
    return finish(reading, index, end, clock, "clock 15h30")


def read_meridiem(reading: Reading, index: int) -> Piece | None:
    """3pm, ten am, 1030am, 3 30 pm, 9a: a number with am or pm behind it."""
    found = _hour_and_minute(reading, index)
    if found is None:
        return None
    hour, minute, end = found
    half = reading.name(end, "meridiem")
    half = half or _letter_half(reading, end)
    if not half or hour > 24 or minute > 59:
        return None
    grain = Grain.MINUTE if minute or end - index > 1 else Grain.HOUR
    return finish(
        reading, index, end + 1, Clock(hour % 24, minute, half=half if hour <= 12 else "24", grain=grain), "clock 3pm"
    )


def _letter_half(reading: Reading, index: int) -> str:
    """«9a», «3:15p»."""
    if not reading.glued[index] or "digits" not in reading.senses[index - 1]:
        return ""
    if reading.glued[index + 1] and reading.words[index + 1].isalnum():
        return ""
    return {"a": "am", "p": "pm"}.get(reading.words[index], "")


def _hour_and_minute(reading: Reading, index: int) -> tuple[int, int, int] | None:
    digits = reading.digits(index)
    if digits is not None:
        if digits >= 100:
            return digits // 100, digits % 100, index + 1
        minute = reading.digits(index + 1)
        if (
            minute is not None
            and len(reading.words[index + 1]) == 2
            and minute < 60
            and "meridiem" in reading.senses[index + 2]
        ):
            return digits, minute, index + 2
        return digits, 0, index + 1
    return hour_in_words(reading, index)


def read_oclock(reading: Reading, index: int) -> Piece | None:
    """3 o'clock, seven oclock pm."""
    found = number_at(reading, index)
    if found is None or "oclock" not in reading.senses[found[1]] or found[0] > 24:
        return None
    hour = int(found[0])
    clock = Clock(hour % 24, half=plain_half(reading.words[index], hour))
    return finish(reading, index, found[1] + 1, clock, "clock o'clock")


def read_past(reading: Reading, index: int) -> Piece | None:
    """Half past 3, a quarter to 5, 15 minutes past noon, ten to six, half 3."""
    start = reading.skip(index, "article") if "article" in reading.senses[index] else index
    fraction = reading.number(start, "fraction")
    if fraction is not None:
        minutes, at, is_sure = fraction, start + 1, True
    else:
        found = number_at(reading, start)
        if found is None or not 0 < found[0] < 60 or found[0] != int(found[0]):
            return None
        minutes, at, is_sure = int(found[0]), found[1], False
        if reading.name(at, "unit") == "minute":
            at, is_sure = at + 1, True
            is_asked = index == 0 or is_preceded(reading, index, *ANCHORS, "on", "comma", "until", "is")
            if not is_asked and reading.words[at] in {"after", "before"}:
                return None  # «book 30 minutes after 3»
        is_sure = is_sure or (minutes > 24 and minutes % 5 == 0)
    sign = _past_or_to(reading, index, at, minutes, is_sure=is_sure)
    if sign == 0:
        return None
    target = _hour_named(reading, at if fraction == 30 and sign == 2 else at + 1)
    if target is None:
        return None
    clock, end = target
    total = (clock.hour * 60 + (minutes if sign > 0 else -minutes)) % 1440
    half = clock.half
    hour = total // 60
    if not half and hour == 0:
        hour = 12
    return finish(reading, index, end, Clock(hour, total % 60, half=half, grain=Grain.MINUTE), "clock half past")


def _past_or_to(reading: Reading, index: int, at: int, minutes: int, *, is_sure: bool) -> int:
    """1 for past, -1 for to, 2 for «half 3», 0 when it is neither."""
    senses = reading.senses[at]
    is_five = minutes % 5 == 0
    if "past" in senses and (is_sure or is_five or reading.words[at] == "past"):
        return 1
    spelt = (
        not reading.words[at - 1].isdigit() and is_five and minutes >= 5 and reading.words[at] in {"to", "till", "til"}
    )
    is_all = index == 0 and (reading.size <= at + 2 or (minutes in {5, 10} and "on" in reading.senses[at + 2]))
    is_no_hour = minutes in {20, 25}
    if is_hour_to(reading, index, minutes, at):
        return -1
    is_led = is_no_hour or is_preceded(reading, index, "at", "by", "to", "is", "about", "relday", "weekday", "comma")
    spelt = spelt and (is_all or is_led)
    if not is_sure and minutes in {5, 15, 20, 25} and "to_hour" in senses and reading.name(at + 1, "clockword"):
        return -1
    if "to_hour" in senses and (is_sure or spelt) and not is_preceded(reading, index, "from", "between"):
        return -1
    hour = number_at(reading, at)
    if minutes == 30 and reading.words[at - 1] == "half" and hour is not None and 1 <= hour[0] <= 12:
        return 2 if reading.senses[hour[1]].keys().isdisjoint(("unit", "noun", "times", "meridiem")) else 0
    return 0


_MINUTES_TO = frozenset((15, 20, 25))


def is_hour_to(reading: Reading, index: int, minutes: float, at: int) -> bool:
    """«thursday 15 to 3»: behind it an hour, from which no hours and no days go down; not «15 to 3 april», «from 20 to 3»."""
    hour, behind = reading.digits(at + 1), reading.senses[at + 2].keys()
    if minutes not in _MINUTES_TO or reading.words[at] != "to" or hour is None or not 1 <= hour <= _NOON:
        return False
    is_other = not behind.isdisjoint(("month", "suffix", "unit", "noun", "slash", "dash", "colon", "dot", "of"))
    return not is_other and not is_preceded(reading, index, "from", "between", "month", "the")


def _hour_named(reading: Reading, index: int) -> tuple[Clock, int] | None:
    """The hour that minutes are counted from."""
    word = reading.name(index, "clockword")
    if word in {"noon", "midnight"}:
        return Clock(12 if word == "noon" else 0, half="24"), index + 1
    found = number_at(reading, index)
    if found is None or found[0] != int(found[0]) or not 0 <= found[0] <= 24 or "unit" in reading.senses[found[1]]:
        return None
    hour = int(found[0])
    return Clock(hour % 24, half="24" if hour > 12 else ""), found[1]


def finish(reading: Reading, index: int, end: int, clock: Clock, rule: str) -> Piece:
    """The clock with what follows it: am or pm, o'clock, «in the morning», ish, sharp."""
    if "oclock" in reading.senses[end]:
        end += 1
    half = reading.name(end, "meridiem") or _letter_half(reading, end)
    if not half and "ish" in reading.senses[end] and "meridiem" in reading.senses[end + 1]:
        half, end = reading.name(end + 1, "meridiem"), end + 1
    if half and clock.half in {"", "24"} and clock.hour <= 12:
        clock, end = clock._replace(half=half if clock.hour else "24"), end + 1
    if "oclock" in reading.senses[end]:
        end += 1
    end += reading.words[end] == "sharp"
    if "ish" in reading.senses[end] or (reading.words[end] == "-" and "ish" in reading.senses[end + 1]):
        clock, end = clock._replace(is_approximate=True), end + 1 + (reading.words[end] == "-")
    if clock.hour == 12 and reading.name(end, "clockword") == "noon":
        clock, end = clock._replace(half="24"), end + 1
    part, after = part_tail(reading, end)
    if part:
        return Piece(index, after, rule, clock=apply_part(clock, part), part=part)
    if is_preceded(reading, index, "about"):
        clock = clock._replace(is_approximate=True)
    return Piece(index, end, rule, clock=clock)


def part_tail(reading: Reading, index: int) -> tuple[str, int]:
    """A part of day said right behind a clock, and the index behind it."""
    at = index
    if not reading.senses[at].keys().isdisjoint(("in", "at", "of", "during", "dash")):
        at += 1
    if "the" in reading.senses[at]:
        at += 1
    part = reading.name(at, "part")
    if not part and reading.name(at, "clockword") == "midnight" and "dash" not in reading.senses[at - 1]:
        part = "late_night"
    if not part and at > index and "the" in reading.senses[at - 1]:
        part = {"am": "morning", "pm": "evening"}.get(reading.name(at, "meridiem"), "")
    return (part, at + 1) if part and ("half" in PART_HALVES.get(part, "half")) else ("", index)
