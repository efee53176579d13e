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


def read_figures(items: list[Item], *, is_day_first: bool) -> list[Item]:
    """The items with dates in figures (3.4.2026, 3/4) and clocks (15:30) as one, told the way English writes them."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        if items[at].kind != "n":
            found.append(items[at])
            at += 1
            continue
        size, item = _decimal_at(items, at)
        if item is None:
            size, item = _clock_at(items, at, found[-1] if found else None)
        if item is None:
            size, item = _date_at(items, at, found[-1] if found else None, is_day_first=is_day_first)
        if item is None and _marks(items, at) == ".":
            size, item = 3, _joined(items[at : at + 3], "figure", tuple(one.words[0] for one in items[at : at + 3]))
        found.append(item or items[at])
        at += size if item is not None else 1
    return found


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
    """15:30, 3:18:05; «freitag 9.30», which can be no date."""
    if _marks(items, at) == "." and before is not None and (before.kind in _DAYS or before.key == "at"):
        hour, minute = items[at].value, items[at + 2].value
        is_clock = len(items[at + 2].words[0]) == _MINUTE_DIGITS and hour <= _LAST_HOUR and _LAST_MONTH < minute < _HOUR
        is_closed = at + 3 < len(items) and items[at + 3].is_glued and items[at + 3].kind in {"mark", "n"}
        if is_clock and not is_closed:
            return 3, _joined(items[at : at + 3], "clock", (items[at].words[0], ":", items[at + 2].words[0]))
    if _marks(items, at) != ":" or len(items[at + 2].words[0]) != 2:
        return 0, None
    size = 5 if _marks(items, at + 2) == ":" else 3
    parts = items[at : at + size]
    return size, _joined(parts, "clock", tuple(part.words[0] for part in parts))


def _date_at(items: list[Item], at: int, before: Item | None, *, is_day_first: bool) -> tuple[int, Item | None]:
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
        if not (has_dot and at + 4 < len(items)) and not is_led:
            return 0, None
    elif mark == "-" or (first, second) == (24, 7):
        return 0, None
    day, month = (first, second) if is_day_first or mark == "." else (second, first)
    if month > 12:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31) or len(year) == 3:
        return 0, None
    words = (MONTHS[month - 1], str(day), f"{GLUE}th", *((_full_year(year),) if year else ()))
    return size, items[at]._replace(kind="date", words=words, value=-1, end=items[at + size - 1].end)


_LEADS = frozenset(("on", "the", "on the", "-", "to", "until", "from", "of", "by", "before", "after", "between", "and"))
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
