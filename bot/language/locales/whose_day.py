"""«La call di venerdì alle 16», «la reunión del viernes a las 16»: whose day a day is, and where a clock behind it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.locales.items import MASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.language.locales.items import Item

OF_DAY = "ofday"
"""The kind of «di venerdì», which is every Friday, or that of the meeting in front of it."""
_OWNED = frozenset(("with", "of", "of the", "at", "move"))
"""Behind these stand meetings, and days that are theirs."""
_TIMES = frozenset(("weekday", "weekdays", "relday", "day", "date", "month", "clock", "n", "length", "unit", "shift"))
_STANDING_TIMES = _TIMES | {"part", "figure"}
_LED_TO = _TIMES | {"article"}
_GIVEN = frozenset(("of", "of the", "from"))
_LEADING = frozenset(("at", "the"))
_DAYS = frozenset(("weekday", "relday", "day", "date"))
_CLOCKS = frozenset(("clock", "n"))
_SOURCES = _CLOCKS | {"weekday"}
_ENDS_CLAUSE = frozenset((".", ";", "!", "?"))
_MOVES_IT = "move it"
"""«Muévela», «spostalo»."""
_MOVES = frozenset(("move", "to move", _MOVES_IT))


def with_days_owned(items: list[Item]) -> list[Item]:
    """The items with «di venerdì» told as that Friday behind a meeting, and as every Friday elsewhere."""
    if not any(item.kind == OF_DAY for item in items):
        return items
    found: list[Item] = []
    is_owned = False
    for item in items:
        is_owned = (is_owned and item.kind != "mark") or item.key in _OWNED
        if item.kind != OF_DAY:
            found.append(item)
        elif is_owned:
            found.append(item._replace(kind="word", words=("of",), end=item.start))
            found.append(item._replace(kind="weekday"))
        else:
            found.append(item._replace(kind="weekdays", words=(f"{item.key}s",)))
    return found


def with_other_verbs(items: list[Item], text: str, apart: Mapping[str, str]) -> list[Item]:
    """The items without verbs of moving that their particle makes another: «leg einen termin an» books."""
    if not apart:
        return items
    found = list(items)
    for at, item in enumerate(items):
        particle = apart.get(text[item.start : item.end].lower()) if item.key == "move" else None
        if particle is not None and _stands_apart(items[at + 1 :], text, particle):
            found[at] = item._replace(kind="unknown", words=(f"{MASK}{particle}",))
    return found


def _stands_apart(behind: list[Item], text: str, particle: str) -> bool:
    """Whether the particle stands in the same sentence, and leads to nothing."""
    for at, item in enumerate(behind):
        if item.key in _ENDS_CLAUSE:
            return False
        if text[item.start : item.end].lower() == particle:
            after = behind[at + 1] if at + 1 < len(behind) else None
            return after is None or (after.kind not in _LED_TO and after.key != "the")
    return False


def with_moves_told(items: list[Item], *, goes_at: bool) -> list[Item]:
    """The items with verbs that say «it» told by what stands in front, and with «at» as «to» where a meeting goes."""
    if not any(item.key in _MOVES for item in items):
        return items
    items = _with_verbs_told(items)
    return _with_aims_told(items) if goes_at else items


def with_moves_behind(items: list[Item]) -> list[Item]:
    """The items of a move in Chinese or Japanese: whom a meeting is with, and «onto» in front of where it goes."""
    verb = next((at for at, item in enumerate(items) if item.key in {"move", "moveto"}), None)
    if verb is None:
        return items
    pairs = zip(items, [*items[1:], items[-1]], strict=True)
    found = [
        item._replace(words=("with",)) if item.key == "and" and behind.kind not in _TIMES else item
        for item, behind in pairs
    ]
    if verb < _SHORTEST or found[verb - 1].key != "at" or found[verb - 2].kind not in _STANDING_TIMES:
        return found
    start = verb - 2
    while start and (found[start - 1].kind in _STANDING_TIMES or found[start - 1].key in _BETWEEN):
        start -= 1
    onto = found[start]._replace(kind="word", words=("onto",), end=found[start].start)
    front = found[: start - 1] if start and found[start - 1].key == "," else found[:start]
    return [*front, onto, *found[start : verb - 1], *found[verb:]]


_SHORTEST = 2
_BETWEEN = frozenset(("", "of"))
"""«来週金曜の10時»: what says nothing between the parts of a time."""


def _with_verbs_told(items: list[Item]) -> list[Item]:
    """«La del viernes, muévela al jueves»: the time right in front is the meeting's, as in «my 3pm has to move»."""
    found: list[Item] = []
    for item in items:
        if item.key != _MOVES_IT:
            found.append(item)
            continue
        is_behind = len(found) > 1 and found[-1].key == "," and found[-2].kind in _TIMES
        if is_behind:
            found.pop()
        is_behind = is_behind or bool(found and found[-1].kind in _TIMES)
        found.append(item._replace(words=("to", "move") if is_behind else ("move",)))
    return found


def _with_aims_told(items: list[Item]) -> list[Item]:
    """The items with «at» told as «to» behind a meeting's day or clock, where nothing further says where it goes.

    The verb stands in front or says «it»: «de quarta a sexta não trabalho, vou mudar de casa» moves nothing.
    """
    first = next(at for at, item in enumerate(items) if item.key in _MOVES)
    for at in range(len(items) - 3):
        of, source, to, aim = items[at : at + 4]
        if of.key not in _GIVEN or to.key not in _LEADING or (first > at and items[first].key != _MOVES_IT):
            continue
        is_later = source.kind == "weekday" and aim.kind in _CLOCKS and to.key == "at"
        behind = items[at + 4 :]
        is_date = aim.kind == "n" and bool(behind) and "month" in {behind[0].kind, behind[min(1, len(behind) - 1)].kind}
        is_elsewhen = source.kind in _SOURCES and (aim.kind in _DAYS or is_date)
        if (is_later or is_elsewhen) and _is_last(behind[2 * is_date :]):
            of = of._replace(words=("from",)) if is_elsewhen and source.kind in _CLOCKS else of
            told = [of, _on_the_hour(source), to._replace(words=("onto",)), aim if is_date else _on_the_hour(aim)]
            return [*items[:at], *told, *behind]
    return _with_weeks_told(items)


def _with_weeks_told(items: list[Item]) -> list[Item]:
    """«déplace tout à la semaine prochaine»: a week is where things go, and no time that anything is at."""
    found = list(items)
    for at in range(len(items) - 2):
        to, one, two = items[at : at + 3]
        if to.key == "at" and {one.kind, two.kind} == _OF_WEEKS:
            found[at] = to._replace(words=("onto",))
    return found


_OF_WEEKS = frozenset(("unit", "shift"))


def _on_the_hour(item: Item) -> Item:
    """A number as an hour; what is none as it is."""
    return item._replace(kind="clock", words=(*item.words, "o'clock")) if item.kind == "n" else item


def _is_last(behind: list[Item]) -> bool:
    """Whether no other time stands in the rest of the clause."""
    for item in behind:
        if item.kind == "mark":
            return True
        if item.kind in _TIMES:
            return False
    return True
