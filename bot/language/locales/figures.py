"""Figures of other languages: dates with the day first, and the numerals of Chinese and Japanese."""

from __future__ import annotations

from bot.language.locales.items import GLUE, Item, Token

_DIGITS = {letter: value for value, letters in enumerate(
    ("〇零", "一壹", "二两兩", "三叁", "四", "五", "六", "七", "八", "九")
) for letter in letters}  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MINUTE_DIGITS = 2
_LAST_HOUR, _LAST_MONTH, _HOUR = 24, 12, 60
_DAYS = frozenset(("weekday", "relday", "date", "day"))
_ENDS = frozenset(("clock", "weekday", "relday", "date"))
_ENDS_OF_RANGES = frozenset((("from_",), ("until",)))
_TENS = {"十": 10, "百": 100, "廿": 20, "卅": 30}


def read_numeral(tokens: list[Token], at: int) -> tuple[Item, int] | None:
    """一, 十五, 二十三, 二〇二六: a run of numerals as a number."""
    end = at
    while end < len(tokens) and (tokens[end].text in _DIGITS or tokens[end].text in _TENS):
        end += 1
    if end == at or end - at > 5:
        return None
    value = numeral("".join(token.text for token in tokens[at:end]))
    item = Item("n", (str(value),), value, tokens[at].start, tokens[end - 1].end, is_written=True)
    return item, end


def numeral(text: str) -> int:
    """The value of Chinese numerals, digit by digit or with tens."""
    if not any(letter in _TENS for letter in text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total = pending = 0
    for letter in text:
        if letter in _DIGITS:
            pending = _DIGITS[letter]
        elif letter in "廿卅":
            total += _TENS[letter]
        else:
            total += (pending or 1) * _TENS[letter]
            pending = 0
    return total + pending


def read_figures(items: list[Item], *, is_day_first: bool, date_mark: str = "") -> list[Item]:
    """The items with dates in figures (3.4.2026, 3/4) and clocks (15:30) as one, told the way English writes them.

    `date_mark` stands between day and month where the language needs no more than that: «21.10», «5-3».
    """
    found: list[Item] = []
    done = 0
    for at in [place for place, item in enumerate(items) if item.kind == "n"]:
        if at < done:
            continue
        found += items[done:at]
        size, item = _decimal_at(items, at)
        if item is None:
            size, item = _clock_at(items, at, found[-1] if found else None)
        if item is None:
            before = found[-1] if found else None
            size, item = _date_at(items, at, before, is_day_first=is_day_first, date_mark=date_mark)
        if item is None and _marks(items, at) == ".":
            size, item = 3, _joined(items[at : at + 3], "figure", tuple(one.words[0] for one in items[at : at + 3]))
        found.append(item or items[at])
        done = at + (size if item is not None else 1)
    return found + items[done:]


def _marks(items: list[Item], at: int) -> str:
    """The mark between this number and the one glued behind it, empty when there is none."""
    if at + 2 >= len(items) or items[at].kind != "n" or items[at + 2].kind != "n":
        return ""
    if not (items[at + 1].is_glued and items[at + 2].is_glued):
        return ""
    return items[at + 1].words[0] if items[at + 1].kind == "mark" else ""


def _joined(items: list[Item], kind: str, words: tuple[str, ...]) -> Item:
    first = items[0]
    glued = (words[0], *(GLUE + word for word in words[1:]))
    return first._replace(kind=kind, words=glued, value=-1, end=items[-1].end)


def _decimal_at(items: list[Item], at: int) -> tuple[int, Item | None]:
    """1,5 or 2.5 in front of a unit; «15.30 uur» is a clock."""
    mark = _marks(items, at)
    if mark not in {",", "."} or at + 3 >= len(items) or items[at + 3].kind != "unit":
        return 0, None
    if mark == "." and items[at + 3].key == "hours" and len(items[at + 2].words[0]) == _MINUTE_DIGITS:
        hour, minute = items[at].words[0], items[at + 2].words[0]
        return 3, _joined(items[at : at + 3], "clock", (hour, ":", minute))
    first, point, rest = _joined(items[at : at + 3], "length", (items[at].words[0], ".", items[at + 2].words[0])).words
    words = (first, point, rest, *items[at + 3].words)
    return 4, items[at]._replace(kind="length", words=words, value=-1, end=items[at + 3].end)


def _clock_at(items: list[Item], at: int, before: Item | None) -> tuple[int, Item | None]:
    """15:30, 3:18:05; «8.05 uhr»; «freitag 9.30», which can be no date; «6. august 11.05», where one is named."""
    if _marks(items, at) == "." and _is_dotted_clock(items, at, before):
        return 3, _joined(items[at : at + 3], "clock", (items[at].words[0], ":", items[at + 2].words[0]))
    if _marks(items, at) != ":" or len(items[at + 2].words[0]) != 2:
        return 0, None
    size = 5 if _marks(items, at + 2) == ":" else 3
    parts = items[at : at + size]
    return size, _joined(parts, "clock", tuple(part.words[0] for part in parts))


def _behind(items: list[Item], at: int) -> Item | None:
    """What stands behind two numbers with a mark between them."""
    return items[at + 3] if at + 3 < len(items) else None


def _is_dotted_clock(items: list[Item], at: int, before: Item | None) -> bool:
    hour, minute, behind = items[at].value, items[at + 2].value, _behind(items, at)
    if len(items[at + 2].words[0]) != _MINUTE_DIGITS or hour > _LAST_HOUR or minute >= _HOUR:
        return False
    if behind is not None and behind.key == "o'clock":
        return True
    if behind is not None and behind.is_glued and behind.kind in {"mark", "n"} and behind.words[0] not in _PAUSES:
        return False
    if before is None or before.kind in _DATED:
        return before is not None
    return minute > _LAST_MONTH and (before.kind in _DAYS or before.key in _CLOCK_LEADS)


_PAUSES = frozenset((",", ";", "!", "?", ")"))
_DATED = frozenset(("relday", "date", "day", "month"))
"""Behind a day that is named already, two figures are an hour."""
_CLOCK_LEADS = frozenset(("at", "about", "from", "to", "until", "by", "before", "after", "between", "and", "-"))


def _is_loose_date(items: list[Item], at: int, before: Item | None, *, is_usual: bool) -> bool:
    """«21.10», «16.9 abends»: day and month without the second dot. `is_usual`: in this language; else «giovedì 5.3» only."""
    day, month, behind = items[at].value, items[at + 2].value, _behind(items, at)
    if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH):
        return False
    is_short = len(items[at + 2].words[0]) < _MINUTE_DIGITS
    if not is_usual:
        return is_short and before is not None and before.kind == "weekday"
    if before is not None and (before.key in {"at", "about"} or before.kind in {"n", "clock", "unit"}):
        return False
    is_amount = behind is not None and behind.kind in {"unknown", "unit"}
    return not is_short or not (is_amount or (before is not None and before.kind == "unknown"))


def _is_dashed_date(items: list[Item], at: int, before: Item | None) -> bool:
    """«5-3», «05-03»: what can hardly be hours («9-12», «10-4») is a day and its month."""
    day, month, behind = items[at].value, items[at + 2].value, _behind(items, at)
    if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH) or (before is not None and before.key in _OF_HOURS):
        return False
    if behind is not None and behind.key in {"o'clock", "hours"}:
        return False
    is_padded = "0" in (items[at].words[0][0], items[at + 2].words[0][0])
    return is_padded or day > _LAST_HOUR or (month <= day and month + _LAST_MONTH - day > _LONGEST_HOURS)


_OF_HOURS = frozenset(("of", "from", "between", "at", "about"))
_LONGEST_HOURS = 8
_LAST_DAY = 31


def _date_at(
    items: list[Item], at: int, before: Item | None, *, is_day_first: bool, date_mark: str
) -> tuple[int, Item | None]:
    """3.4.2026, 3/4, 3-4-26; «3.4» only behind «on» or with a dot behind, else it is a clock or a version."""
    mark = _marks(items, at)
    if mark not in {".", "/", "-"} or len(items[at].words[0]) > 2:
        return 0, None
    first, second = items[at].value, items[at + 2].value
    size, year = 3, ""
    if _marks(items, at + 2) == mark:
        size, year = 5, items[at + 4].words[0]
    elif mark == ".":
        has_dot = at + 3 < len(items) and items[at + 3].words == (".",) and items[at + 3].is_glued
        size += has_dot
        is_led = before is not None and before.key in _LEADS
        is_loose = _is_loose_date(items, at, before, is_usual=date_mark == ".")
        if not (has_dot and at + 4 < len(items)) and not is_led and not is_loose:
            return 0, None
    elif (mark == "-" and not (date_mark == "-" and _is_dashed_date(items, at, before))) or (first, second) == (24, 7):
        return 0, None
    day, month = (first, second) if is_day_first or mark == "." else (second, first)
    if month > _LAST_MONTH and mark != ".":
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31) or len(year) == 3:
        return 0, None
    words = (MONTHS[month - 1], str(day), f"{GLUE}th", *((_full_year(year),) if year else ()))
    return size, items[at]._replace(kind="date", words=words, value=-1, end=items[at + size - 1].end)


_LEADS = frozenset(
    ("on", "the", "on the", "-", "to", "until", "from", "of", "by", "before", "after", "between", "and", "onto", "zum")
)
"""Words behind which two figures with a dot between them are a date, not a version."""


def _full_year(year: str) -> str:
    return f"20{year}" if len(year) == 2 else year


def pair_ends(items: list[Item]) -> list[Item]:
    """9時から11時まで: what stands behind both ends of a range, as the «to» between them; alone, a start or an end."""
    if not any(item.words in _ENDS_OF_RANGES for item in items):
        return items
    found = list(items)
    for at, item in enumerate(items):
        if item.key == "until":
            start = next((place for place in range(at - 1, -1, -1) if found[place].key == "from_"), -1)
            if start >= 0:
                found[start], found[at] = found[start]._replace(words=("to",)), item._replace(words=())
            else:
                found[at] = item._replace(words=("at", "the", "latest"))
    return [_alone(found, at) if item.key == "from_" else item for at, item in enumerate(found)]


def _alone(items: list[Item], at: int) -> Item:
    """A start without a marked end: «to» between two of a kind, behind a clock nothing, behind a day it goes on from there."""
    before = next((item for item in reversed(items[:at]) if item.words), None)
    after = next((item for item in items[at + 1 :] if item.words), None)
    if before is not None and after is not None and after.kind in {before.kind, "part"} and before.kind in _ENDS:
        return items[at]._replace(words=("to",))
    is_clock = before is not None and before.kind in {"clock", "length"}
    return items[at]._replace(words=() if is_clock else ("onwards",))
