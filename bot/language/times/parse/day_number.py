"""Whether a bare number behind a weekday is the day of the month: «tuesday 8 17:00», «thursday 3, 2pm»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.parse.numeric import is_plain
from bot.language.times.pieces import Day, settle
from bot.language.times.region import is_day_first

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def begins_hours(reading: Reading, index: int, number: int) -> bool:
    """«friday 14 to 16:30»: an hour of the day and another behind it, not the 14th."""
    at = index + 1
    if _is_of_no_month(reading, index, number):
        return True
    if number > 24 or "to" not in reading.senses[at]:
        return False
    until = reading.digits(at + 1)
    is_clock = not reading.senses[at + 2].keys().isdisjoint(("colon", "oclock", "hourmark", "meridiem"))
    return until is not None and number < until <= 24 and is_clock


def _is_of_no_month(reading: Reading, index: int, number: int) -> bool:
    """«wed 14» where the next 14th is no wednesday: an hour, for those who write it so; not «wed 14 at 3»."""
    after = reading.senses[index + 1].keys()
    is_end = index + 1 == reading.size or not after.isdisjoint(("or", "comma", "with", "for"))
    is_hour = number <= _LAST_HOUR and is_end and not _is_day_of(reading, index, number)
    return is_hour and is_day_first(reading.reference) is True


_LAST_HOUR = 20


def is_day_number(reading: Reading, index: int, number: int) -> bool:
    """«tuesday 8 17:00», «wednesday 2 at 11»: not the hour, which stands behind it."""
    if not 1 <= number < 13 or not is_plain(reading, index + 1):
        return False
    if "comma" in reading.senses[index + 1]:
        return _is_day_of(reading, index, number) and _is_earlier_clock(reading, index + 2, number)
    at = index + 1 + ("at" in reading.senses[index + 1])
    if at > index + 1 and reading.words[at] in {"half", "quarter"}:
        return True
    if reading.number(at, "number") is None and reading.digits(at) is None and not reading.name(at, "clockword"):
        return False
    if at > index + 1 or "colon" in reading.senses[at + 1] or reading.name(at, "clockword"):
        return True
    is_clock = not reading.senses[at + 1].keys().isdisjoint(_CLOCK_MARKS)
    return is_clock and _is_day_of(reading, index, number)


def counts_others(reading: Reading, index: int, at: int, ordinal: tuple[int, int]) -> bool:
    """Whether an ordinal behind a weekday is that of something else: «the 4th week», «friday first slot», «周五第一个空档»."""
    number, end = ordinal
    senses = reading.senses[end]
    if not senses.keys().isdisjoint(("unit", *label_at(reading, end))):
        return True
    if number != 1 or reading.digits(at) is not None:
        return False
    if at == index and (not senses or "dayoff" in senses) and reading.words[end][:1].isalpha():
        return True
    return "attributive" in reading.senses[end + ("dayoff" in senses)]


def label_at(reading: Reading, index: int) -> tuple[str, ...]:
    """The sense of a label, as in «the 4th floor»; none for the «no» of «the 12th no meetings»."""
    return () if reading.words[index] == "no" and reading.digits(index + 1) is None else ("label",)


_CLOCK_MARKS = ("meridiem", "oclock", "hourmark")


def _is_day_of(reading: Reading, index: int, number: int) -> bool:
    """Whether the next day of that number falls on the weekday in front."""
    return settle(Day(number=number), reading.today)[0].weekday() == reading.number(index - 1, "weekday")


def _is_earlier_clock(reading: Reading, index: int, number: int) -> bool:
    """«thursday 3, 2pm»: a whole clock behind the comma that no list of hours would name second."""
    hour = reading.digits(index)
    if hour is None or not 1 <= hour <= 24:
        return False
    has_minutes = "colon" in reading.senses[index + 1] and reading.digits(index + 2) is not None
    return has_minutes or (hour <= number and not reading.senses[index + 1].keys().isdisjoint(_CLOCK_MARKS))


def is_where_to(reading: Reading, index: int, at: int) -> bool:
    """Whether a word of direction stands between weekday and date, and none in front of the weekday."""
    aims = {"onto"} if reading.utterance.language == "en" else {"on", "onto"}
    front = reading.words[max(index - 3, 0) : index - 1]
    return not aims.isdisjoint(reading.words[index:at]) and {"to", "onto"}.isdisjoint(front)
