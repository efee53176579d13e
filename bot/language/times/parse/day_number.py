"""Days of the month without their month: «the 15th», «on the 17», and a bare number behind a weekday («tuesday 8 17:00»)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.numbers import length_at, ordinal_at
from bot.language.times.parse.clock import begins_clock, is_hour_to, is_preceded, is_stopped
from bot.language.times.parse.numeric import is_plain, read_numeric_date
from bot.language.times.pieces import NO_DAY, Day, Piece, settle
from bot.language.times.region import is_day_first

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def begins_hours(reading: Reading, index: int, number: int) -> bool:
    """«friday 14 to 16:30»: an hour of the day and another behind it, not the 14th."""
    at = index + 1
    if _is_of_no_month(reading, index, number) or is_hour_to(reading, index, number, at):
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
    return _is_clock_marked(reading, at) and _is_day_of(reading, index, number)


def is_date_abroad(reading: Reading, index: int, number: int) -> bool:
    """«venerdì 3», «jeudi 3»: a date by itself in these languages, where the next third is that weekday."""
    is_there = reading.utterance.language in _DATED and 1 <= number <= _MONTH_LENGTH and is_plain(reading, index + 1)
    return is_there and "to" not in reading.senses[index + 1] and _is_day_of(reading, index, number)


_DATED = frozenset(("es", "fr", "it", "pt"))
_MONTH_LENGTH = 31


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


MISWRITTEN_ORDINAL = 100
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
    return has_minutes or (hour <= number and _is_clock_marked(reading, index))


def _is_clock_marked(reading: Reading, index: int) -> bool:
    """«2pm», «14h»; «1h» is how long it takes."""
    is_length = "hourmark" in reading.senses[index + 1] and (reading.digits(index) or 0) <= _LONGEST
    return not is_length and not reading.senses[index + 1].keys().isdisjoint(_CLOCK_MARKS)


_LONGEST = 5


def is_where_to(reading: Reading, index: int, at: int) -> bool:
    """Whether a word of direction stands between weekday and date, and none in front of the weekday."""
    aims = {"onto"} if reading.utterance.language == "en" else {"on", "onto"}
    front = reading.words[max(index - 3, 0) : index - 1]
    return not aims.isdisjoint(reading.words[index:at]) and {"to", "onto"}.isdisjoint(front)


def read_ordinal_day(reading: Reading, index: int) -> Piece | None:
    """The 15th, on the first: a day of this or the next month."""
    has_article = "the" in reading.senses[index]
    at = index + has_article
    found = ordinal_at(reading, at)
    if found is None:
        return _counted_day(reading, index, at) if has_article else None
    number, end = found
    is_written = "digits" in reading.senses[at]
    is_counted = ("unit", "weekday", "noun", "fraction", "attributive", "times", "number", *label_at(reading, end))
    is_meant = has_article and (is_preceded(reading, index, *_PLACES, "for") or "at" in reading.senses[end])
    is_clocked = begins_clock(reading, end) or (number > 1 and is_written and _ends_with_hour(reading, end))
    is_behind = not reading.senses[end].keys().isdisjoint(is_counted) and not is_clocked
    is_long = is_behind and "suffix" in reading.senses[end - 1] and length_at(reading, end) is not None
    if not 0 <= number < (MISWRITTEN_ORDINAL if is_meant else NO_DAY) or (is_behind and not is_long):
        return None  # «the 4th week»; not «the 4th half an hour with bo»
    links = {"to", "or", "and", "comma"}
    is_listed = reading.senses[end].keys() & links and "ordinal" in reading.senses[reading.skip(end + 1, "the")]
    is_listed = is_listed or (
        is_preceded(reading, index, "to") and is_preceded(reading, index - 1, "ordinal", "suffix")
    )
    is_placed = has_article and is_preceded(reading, index, *_PLACES)
    is_late = has_article and ((number > 12 and end == reading.size) or _is_timed(reading, number, index, end))
    if not (is_written or is_listed or is_placed or is_late or _is_in_month(reading, index, end)):
        return None
    if reading.words[end].isalpha() and not reading.senses[end] and reading.words[end] not in _GOES_ON:
        return None
    day = Day(number=number if 1 <= number < NO_DAY else NO_DAY)
    return Piece(index, end, "day of the month", day=day, is_ordinal=True, is_date_like=True)


def _ends_with_hour(reading: Reading, index: int) -> bool:
    """«the 3rd twelve»: an hour in one word and no more; not «the 2nd one»."""
    return index + 1 == reading.size and 1 < (reading.number(index, "number") or 0) <= _HOURS


_HOURS = 12


def _is_timed(reading: Reading, number: int, index: int, end: int) -> bool:
    """«the tenth at 9:15», «3pm the eleventh»: too many for one of what was offered, with a clock beside it.

    So are fewer where nothing was offered («book the fifth at nine»), or behind who comes.
    """
    if index and reading.words[index - 1] in _LOOKED and end == reading.size:
        return not reading.reference.options
    is_behind_who = index > 0 and "atom" in reading.senses[index - 1]
    if number <= _MOST_OFFERED and not is_behind_who and (not index or reading.reference.options):
        return False
    at = reading.skip(end, "comma", "at", "about")
    is_led = not reading.senses[at].keys().isdisjoint(("digits", "number", "fraction", "clockword"))
    return is_led or (end == reading.size and _ends_clock(reading, index - is_preceded(reading, index, "comma")))


def _ends_clock(reading: Reading, index: int) -> bool:
    """Whether a clock may end right in front of a word: «3pm the eleventh», «half past nine the eleventh»."""
    word, senses = reading.words[index - 1], reading.senses[index - 1].keys()
    return index > 0 and (word in {"sharp", "p", "a"} or not senses.isdisjoint(_CLOCK_ENDS))


_CLOCK_ENDS = ("meridiem", "oclock", "clockword", "part", "hourmark", "digits", "number", "ish")


_GOES_ON = frozenset(
    (
        *("than", "because", "cause", "cos", "cuz", "due", "instead", "rather"),
        *("works", "work", "suits", "fits", "doesn't", "won't", "isn't", "looks"),
    )
)
"""Words with which a sentence goes on behind a day, and that it counts none of."""
_LOOKED = frozenset(("free", "open", "available", "busy"))
"""«what's free the fifth»."""
_MOST_OFFERED = 6
_PLACES = ("on", "from", "to", "by", "until", "before", "after", "or", "and")


def _is_in_month(reading: Reading, index: int, end: int) -> bool:
    """«the first of next month», «evening of the fifth»."""
    if "of" in reading.senses[end] and reading.name(reading.skip(end, "of", "the", "shift"), "unit") == "month":
        return True
    return is_preceded(reading, index, "of") and index > 1 and "part" in reading.senses[index - 2]


def _counted_day(reading: Reading, index: int, at: int) -> Piece | None:
    """«on the 17»: a plain number as a day of the month."""
    digits = reading.digits(at)
    written = read_numeric_date(reading, at) if "slash" in reading.senses[at + 1] else None
    if written is not None:
        return written._replace(start=index)  # «the 3/12»
    if (
        digits is None
        or not 1 <= digits <= 31
        or not is_preceded(reading, index, "on", "from", "to", "by", "between", "and")
    ):
        return None
    if not is_plain(reading, at + 1) or is_stopped(reading, at, at + 1):
        return None
    return Piece(index, at + 1, "day of the month", day=Day(number=digits), is_ordinal=True, is_date_like=True)
