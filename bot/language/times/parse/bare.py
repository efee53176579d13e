"""Hours that look like nothing else: a number alone, noon, end of day, «this time» tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.dates import begins_date, is_behind_date
from bot.language.times.numbers import length_of, number_at
from bot.language.times.parse.clock import (
    ANCHORS,
    finish,
    is_preceded,
    is_stopped,
    part_tail,
    plain_half,
)
from bot.language.times.pieces import Clock, Day, Mark, Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


_WORDS = {
    "noon": Clock(12, half="24"),
    "midnight": Clock(0, half="24"),
    "bod": Clock(9, half="24", is_approximate=True),
    "eod": Clock(17, half="24", is_approximate=True),
}


def read_clockword(reading: Reading, index: int) -> Piece | None:
    """Noon, midnight, end of day."""
    name = reading.name(index, "clockword")
    clock = _WORDS.get(name)
    if clock is None:
        return _now_again(reading, index, name)
    end = index + 1
    if reading.words[index].endswith("ish"):
        clock = clock._replace(is_approximate=True)
    if "ish" in reading.senses[end]:
        clock, end = clock._replace(is_approximate=True), end + 1
    return Piece(index, end, "clock word", clock=clock, marks=frozenset((Mark.CLOCK_WORD,)))


def _now_again(reading: Reading, index: int, name: str) -> Piece | None:
    """«this time tomorrow», «same day next week»."""
    if reading.senses[reading.skip(index + 1, "on")].keys().isdisjoint(("relday", "shift", "weekday", "step")):
        return None
    if name == "sameday":
        at = reading.skip(index + 1, "on")
        if reading.name(at, "shift") and reading.name(at + 1, "unit") == "month":
            return Piece(index, index + 1, "same day", day=Day(number=reading.today.day))
        day = reading.today.weekday()
        return Piece(index, index + 1, "same day", day=Day(weekday=day))
    if reading.words[index] != "this time":
        return None
    now, at = reading.now, reading.skip(index + 1, "on")
    is_week = bool(reading.name(at, "shift")) and reading.name(at + 1, "unit") == "week"
    week_on = Day(weekday=now.weekday()) if is_week else None
    return Piece(
        index, index + 1, "this time", day=week_on, clock=Clock(now.hour, now.minute, half="24", grain=Grain.MINUTE)
    )


_POINTING = frozenset(
    ("that", "this", "which", "last", "first", "second", "third", "next", "other", "another", "same", "latter")
)


_COUNTS = frozenset(("twice", "couple", "cpl"))
"""Numbers that count meetings or days and are no hour."""
_MINUTES = frozenset((15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120))


def read_bare(reading: Reading, index: int) -> Piece | None:
    """A number alone: an hour behind «at», else left for the refiners to place."""
    digits = reading.digits(index)
    if digits is not None:
        if digits < _MANY and _counts_some(reading, index):
            return None
        end = index + 1
        clock = _bare_clock(reading.words[index], digits)
    else:
        found = number_at(reading, index)
        if (
            found is None
            or " " in reading.words[index]
            or reading.words[index] in _COUNTS
            or _counts_some(reading, index)
            or (found[0] > 31 and int(found[0]) not in _MINUTES)
        ):
            return None
        digits, end = int(found[0]), found[1]
        clock = Clock(digits, half=plain_half("", digits)) if 0 < digits <= 24 else None
    if "suffix" in reading.senses[end] and reading.glued[end]:
        return None  # «the 4th floor»
    if clock is not None and reading.words[end] == "z" and reading.glued[end] and len(reading.words[index]) == 4:
        return Piece(index, end + 1, "clock in UTC", clock=clock._replace(half="24"), zone="Etc/UTC")
    if is_stopped(reading, index, end) or "unit" in reading.senses[end] or _is_phone(reading, index):
        return None
    if reading.words[end] == "past" and not {"digits", "number"} & reading.senses[end + 1].keys():
        return None  # «friday ten past», of which hour is not told
    if digits >= 100 and reading.words[end].isalpha() and not reading.senses[end]:
        return None
    if is_preceded(reading, index, "makeit") and digits in _MINUTES:
        return Piece(index, end, "make it 45", length=length_of("minute", digits))
    is_quick = is_preceded(reading, index, "quickly") and digits in {5, 10}
    if (digits in _MINUTES or is_quick) and (_is_length(reading, index, end) or _is_bracketed(reading, index, end)):
        return Piece(index, end, "a quick 15", length=length_of("minute", digits))
    if reading.words[index] == "one" and ("part" in reading.senses[end] or _is_pronoun(reading, index)):
        return None
    is_ish = "ish" in reading.senses[end] or reading.words[index].endswith("ish")
    is_asked = (
        (is_preceded(reading, index, "at", "around") and not _is_of_dates(reading, end))
        or _is_if_free(reading, index, end)
        or _is_clock_there(reading, index, end)
        or ("the" not in reading.senses[index - 1] and (is_ish or reading.words[end] == "sharp"))
    )
    if clock is not None and _is_target(reading, index, end):
        return finish(reading, index, end, clock, "clock at 3").marked(Mark.ASKED_HOUR)
    if is_asked and clock is not None and (is_ish or not is_preceded(reading, index, "on")):
        asked = finish(reading, index, end, clock._replace(is_approximate=is_ish), "clock at 3")
        return asked.marked(Mark.ASKED_HOUR)
    if clock is not None and part_tail(reading, end)[0]:
        return finish(reading, index, end, clock, "clock 3 in the afternoon")
    if digits <= _LAST_DAY:
        return Piece(index, end, "number", bare=digits)
    is_clock = clock is not None and not 1950 <= digits < 2060 and _stands_for_clock(reading, index)
    return Piece(index, end, "number", bare=digits, clock=clock) if is_clock else None


_LAST_DAY = 31


def _stands_for_clock(reading: Reading, index: int) -> bool:
    """«tuesday, 0930», «1530 tomorrow», «march 3 1430»: three or four figures where a clock is asked for."""
    if is_preceded(reading, index, "slash") or reading.words[index - 1] == "over":
        return False
    behind = index - is_preceded(reading, index, "comma")
    is_behind_day = behind < index and is_preceded(reading, behind, "weekday", "relday")
    is_led = is_preceded(reading, index, *ANCHORS, "on") or _is_hour_of(reading, index)
    return is_led or is_behind_day or is_behind_date(reading, behind)


def _is_bracketed(reading: Reading, index: int, end: int) -> bool:
    """«friday at 10 (60)»: how many minutes it takes."""
    return index > 1 and (reading.words[index - 1], reading.words[end]) in _BRACKETS


_BRACKETS = frozenset((("(", ")"), ("[", "]")))


def _counts_some(reading: Reading, index: int) -> bool:
    """«the last two on thursday», «the earlier of the two thursday»: so many meetings, and no hour."""
    before = " ".join(reading.words[max(index - 2, 0) : index]).split()[-2:]
    if len(before) < _TWO:
        return False
    return (before[1] in _SOME and before[0] in _OF_SOME) or (before[0] == "of" and before[1] in _OF_SOME)


_TWO = 2
_MANY = 10
_SOME = frozenset(("first", "last", "middle", "next", "final", "other", "latest", "earliest", "remaining"))
_OF_SOME = frozenset(("the", "my", "our", "these", "those", "but", "except", "cancel", "move", "push", "keep"))
"""What stands in front of «last two»."""


def read_spaced(reading: Reading, index: int) -> Piece | None:
    """«at 4 40 tomorrow», «fri 9 15»: hour and minutes with a space between, beside a word that asks for a time."""
    hour, minute = reading.digits(index), reading.digits(index + 1)
    if hour is None or minute is None or not 0 < hour < 24 or minute % 5 or minute > 55:
        return None
    if len(reading.words[index + 1]) != 2 or len(reading.words[index]) > 2 or reading.glued[index + 1]:
        return None
    is_led = is_preceded(reading, index, *_BESIDE)
    end = index + 2
    is_count = not reading.senses[end].keys().isdisjoint(_NO_MINUTES) and not begins_date(reading, end)
    if not is_led or is_stopped(reading, index, end) or is_count:
        return None
    clock = Clock(hour, minute, half=plain_half(reading.words[index], hour), grain=Grain.MINUTE)
    return finish(reading, index, end, clock, "clock 4 40")


_BESIDE = ("at", "weekday", "relday", "or", "and", "to", "from", "between", "after", "before", "by")
_NO_MINUTES = ("unit", "colon", "dot", "dash", "slash", "month", "suffix", "digits", "hourmark", "attributive")
"""What stands behind a number that is no minutes."""


def _is_of_dates(reading: Reading, end: int) -> bool:
    """«not around 1-4 december»: the first of the days, no hour."""
    return (
        not reading.senses[end].keys().isdisjoint(("dash", "to"))
        and reading.digits(end + 1) is not None
        and "month" in reading.senses[end + 2]
    )


def _is_target(reading: Reading, index: int, end: int) -> bool:
    """«move lena to 3», «push sam to 4 please»: the hour that a meeting goes to, where nothing else says a time."""
    is_led = index > 0 and ("to" in reading.senses[index - 1] or reading.words[index - 1] == "onto")
    if not (reading.is_move and is_led and reading.words[index].isdecimal()):
        return False
    if any(word.lstrip("ø") in _OF_OUR_OWN for word in reading.words[:index]):
        return False
    is_range = reading.digits(index - 2) is not None and _is_aim(reading, index - 2)
    is_hour = 1 <= int(reading.words[index]) <= _HALF_A_DAY and not is_range
    return is_hour and (end >= reading.size or reading.words[end] in _ENDS)


def _is_aim(reading: Reading, index: int) -> bool:
    """«move lena to tuesday 10 to 11» names two hours of where it goes, «move tuesday 10 to 11» where it is and goes."""
    senses = reading.senses[:index]
    verb = max((at for at, known in enumerate(senses) if "move" in known), default=index)
    return verb == index or any("to" in known or "for" in known for known in senses[verb + 1 :])


_HALF_A_DAY = 12
_OF_OUR_OWN = frozenset(("agenda", "digest", "summary", "reminder", "reminders", "news"))
"""What is moved to another hour and is no meeting."""
_ENDS = frozenset(
    (
        *(".", "!", "?", ",", ";", "(", "please", "pls", "plz", "instead", "rather", "thanks", "thx", "then", "sorry"),
        *("because", "cuz", "cos", "bc", "since", "as", "so", "if", "but", "though"),
    )
)


_FREE = frozenset(("free", "open", "available", "possible"))


def _is_if_free(reading: Reading, index: int, end: int) -> bool:
    """«friday if 9 is free», «if 2 is still open», «is 3 free on friday»: the hour that is wanted."""
    before = reading.words[index - 1] if index else ""
    if before not in {"if", "is"}:
        return False
    behind = [word for word in reading.words[end : min(end + 3, reading.size)] if word != "still"]
    state = behind[1:2] if before == "if" and behind[:1] in (["is"], ["'s"]) else behind[:1] if before == "is" else []
    return not _FREE.isdisjoint(state)


def _is_clock_there(reading: Reading, index: int, end: int) -> bool:
    """«friday when it's 9 in new york»."""
    said = " ".join(reading.words[max(index - 3, 0) : index])
    return reading.words[end] in {"in", "for"} and said.endswith(("when it's", "when its", "when it is"))


def _is_pronoun(reading: Reading, index: int) -> bool:
    """«the last one a day earlier», «move that one tomorrow», «one friday in january»: what is spoken of, no hour."""
    end = index + 1
    if "weekday" in reading.senses[end] and not is_preceded(reading, index, *ANCHORS):
        return True
    if _is_behind_date(reading, index):
        return True
    before = reading.words[index - 1] if index else ""
    if reading.words[end] == "in" and "month" in reading.senses[end + 1]:
        return True  # «the last one in november»
    is_dated = not reading.senses[end].keys().isdisjoint(("shift", "relday"))
    if before == "the" and (reading.words[end] in _BEHIND_PRONOUN or is_dated):
        return True
    if index and "part" in reading.senses[index - 1] and not _OF_THOSE.isdisjoint(_two_before(reading, index)):
        return True  # «not the morning one»
    return before in _POINTING or before.endswith(" the") or "article" in reading.senses[end]


def _two_before(reading: Reading, index: int) -> list[str]:
    """The words in front of a token; a token may be of several."""
    return " ".join(reading.words[max(index - 2, 0) : index]).split()


_BEHIND_PRONOUN = frozenset(("on", "at", "with", "from", "for"))
"""What stands behind «the one» where it is a meeting and no hour."""
_OF_THOSE = frozenset(("the", "my", "that", "this", "our"))
_WHICH = frozenset(("earlier", "later", "first", "second", "last", "other", "longer", "shorter"))
_DATE_WORDS = ("weekday", "month", "ordinal", "suffix", "digits", "of")
"""What a date between «the» and «one» is made of."""
_LONGEST_DATE = 5


def _is_behind_date(reading: Reading, index: int) -> bool:
    """«the thursday one», «the december 1st one»: the meeting of that day; «on the 1st one thirty» is a clock."""
    if not {"number", "digits"}.isdisjoint(reading.senses[index + 1]):
        return False
    at, is_named = index - 1, False
    while at >= 0 and index - at <= _LONGEST_DATE and not reading.senses[at].keys().isdisjoint(_DATE_WORDS):
        is_named = is_named or not {"weekday", "month"}.isdisjoint(reading.senses[at])
        at -= 1
    if at > 0 and is_named and reading.words[at] in _WHICH:
        at -= 1  # «the earlier thursday one»
    return (
        is_named
        and at >= 0
        and not {"the", "instead"}.isdisjoint(reading.senses[at])
        and not (at and reading.words[at - 1] == "on")
    )


def _is_length(reading: Reading, index: int, end: int) -> bool:
    """«a quick 15», «grab a 30 with Lena», «meet for 20»: minutes that drop their unit."""
    is_quick = is_preceded(reading, index, "quickly", "article") or (
        is_preceded(reading, index, "spending") and digits_like_minutes(reading, index)
    )
    if not is_quick and not (is_preceded(reading, index, "for") and digits_like_minutes(reading, index)):
        return False
    behind = reading.senses[end]
    is_end = end == reading.size or not behind.keys().isdisjoint(_BEHIND_LENGTH) or not reading.words[end].isalpha()
    is_date = "month" in behind or ("of" in behind and "month" in reading.senses[end + 1])
    is_joined = reading.glued[end] and reading.words[end] not in {".", ",", "?", "!"}
    return is_end and not is_date and not is_joined and reading.words[end] not in {"%", "$", "€"}


def digits_like_minutes(reading: Reading, index: int) -> bool:
    """Whether a number behind «for» can be no hour: 30, twenty five."""
    return (reading.digits(index) or 0) > 12 or reading.number(index, "number") is not None


_BEHIND_LENGTH = (
    "with",
    "on",
    "at",
    "for",
    "relday",
    "weekday",
    "shift",
    "to",
    "and",
    "or",
    "comma",
    "in",
    "about",
    "by",
)


def _is_hour_of(reading: Reading, index: int) -> bool:
    """«1530 tomorrow», «for 0830 on friday», «1600-1730 tomorrow»: four digits in front of a day, or of such a range."""
    if len(reading.words[index]) != 4:
        return False
    at = index + 1
    while (
        reading.senses[at].keys() & _LISTED and len(reading.words[at + 1]) == 4 and reading.digits(at + 1) is not None
    ):
        at += 2
    behind = reading.skip(at, "on", "the")
    after = reading.senses[behind]
    is_date = ("on" in reading.senses[at] and "digits" in after) or begins_date(reading, behind)
    return is_date or not after.keys().isdisjoint(("relday", "weekday"))


_LISTED = frozenset(("to", "or", "and", "comma", "slash"))
_PHONE_DIGITS = 8


def _is_phone(reading: Reading, index: int) -> bool:
    """Whether a dash ties it to digits of another length, or it stands in a run of groups: 555-1234, 030 5550 1234."""
    if len(reading.words[index]) < 3 or not reading.words[index].isdigit():
        return False
    if _is_in_groups(reading, index):
        return True
    for mark, other in ((index + 1, index + 2), (index - 1, index - 2)):
        if (
            reading.words[mark] in {"-", "/", "."}
            and "digits" in reading.senses[other]
            and reading.glued[max(mark, other)]
            and (mark > index or reading.glued[index])
        ):
            return len(reading.words[other]) != len(reading.words[index])
    return False


def _is_in_groups(reading: Reading, index: int) -> bool:
    """Whether groups of digits stand side by side that no two clocks or date would be written as."""
    words = reading.words
    first = last = index
    while first > 0 and words[first - 1].isdigit():
        first -= 1
    while words[last + 1].isdigit():
        last += 1
    if first and "month" in reading.senses[first - 1]:
        return False  # «march 3 2026 0930»
    sizes = [len(word) for word in words[first : last + 1]]
    return len(sizes) > 1 and sum(sizes) >= _PHONE_DIGITS and (len(sizes) > 2 or sizes[0] != sizes[1])


def _bare_clock(word: str, digits: int) -> Clock | None:
    if len(word) <= 2:
        return Clock(digits % 24, half=plain_half(word, digits)) if digits <= 24 else None
    hour, minute = divmod(digits, 100)
    if hour > 24 or minute > 59 or (len(word) == 3 and word[0] == "0"):
        return None
    half = "24" if hour > 12 or word[0] == "0" else ""
    return Clock(hour % 24, minute, half=half, grain=Grain.MINUTE)
