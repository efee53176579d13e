"""Terms of an event type as other languages say them, by rows of `words/terms.toml`.

A row is a run of words: `a|b` is either, `a|b?` may be missing, `..` stands for up to five words; `<len>` is a number with a
unit of time, `<n>` a number, `<list>` several numbers of minutes, `<what>` what is asked, `<the>` an article. In Japanese and
Chinese the pieces stand together and are regular expressions.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.language.meaning import LimitKind, LimitWish, Span
from bot.language.wordfiles import word_tables
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.language.meaning import PlaceWish

_UNITS = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 43_200}
_KINDS = {
    "around": (LimitKind.BUFFER_BEFORE, LimitKind.BUFFER_AFTER),
    "before": (LimitKind.BUFFER_BEFORE,),
    "after": (LimitKind.BUFFER_AFTER,),
    "window": (LimitKind.WINDOW,),
    "notice": (LimitKind.NOTICE,),
    "interval": (LimitKind.INTERVAL,),
}
_CAPS = {"cap_day": "day", "cap_week": "week", "cap_month": "month"}
_FAMILIES = (
    frozenset((LimitKind.BUFFER_BEFORE, LimitKind.BUFFER_AFTER)),
    frozenset((LimitKind.NOTICE, LimitKind.WINDOW)),
)
"""Kinds of which one length is but one."""
_SIGNS = frozenset(("ja", "zh"))
_SEPARATED = ("de", "fr", "es", "it", "nl", "pt")
_AND = r"(?:\s*(?:,|/|、|或者?|か|or|oder|und|ou|et|o|y|e|of|en)\s*)+"
_THE = (
    r"(?:l'|(?:dem|der|den|das|die|le|la|les|el|los|las|il|lo|i|gli|o|a|os|as|het|de|du|su|votre|leur|hun|sua|seu)\s+)"
)
_WORK_BREAK = re.compile(r"[\s,.;:!?]")


class Row(NamedTuple):
    """One row, compiled, with the kind of term that it says."""

    term: str
    pattern: re.Pattern[str]


class Told(NamedTuple):
    """The terms read, and where they stand."""

    limits: tuple[LimitWish, ...] = ()
    spans: tuple[Span, ...] = ()


def terms_abroad(text: str, language: str, place: PlaceWish | None) -> Told:
    """What the text states in that language, or, where that is not sure, in one that is near."""
    low = text.lower()
    for name in (language, *(one for one in _SEPARATED if one != language and language not in _SIGNS)):
        if name != "en" and (told := _read(low, name, place)).limits:
            return told
    return Told()


def without_same(limits: tuple[LimitWish, ...], told: tuple[LimitWish, ...]) -> tuple[LimitWish, ...]:
    """The limits without those that were taken for another kind of the same length than the rows say."""
    return tuple(one for one in limits if not any(_is_same(one, other) for other in told))


def _is_same(one: LimitWish, other: LimitWish) -> bool:
    return any(one.kind in family and other.kind in family for family in _FAMILIES) and one.length == other.length


def _read(text: str, language: str, place: PlaceWish | None) -> Told:
    rows, first_words = _rows(language)
    if language not in _SIGNS and first_words.isdisjoint(_WORK_BREAK.split(text.replace("'", "' "))):
        return Told()
    limits: list[LimitWish] = []
    spans: list[Span] = []
    for term, pattern in rows:
        found = _beside(pattern, text, spans)
        if found is None:
            continue
        wishes = _wishes(term, found, language, place)
        if wishes:
            limits += wishes
            spans.append(Span(found.start(), found.end()))
    return Told(tuple(limits), tuple(spans))


def _beside(pattern: re.Pattern[str], text: str, spans: list[Span]) -> re.Match[str] | None:
    """The first place where a row stands beside those that were read."""
    found = pattern.search(text)
    while found is not None and any(span.start < found.end() and found.start() < span.end for span in spans):
        found = pattern.search(text, found.start() + 1)
    return found


def _wishes(term: str, found: re.Match[str], language: str, place: PlaceWish | None) -> list[LimitWish]:
    if term in _KINDS:
        length = _length(found, language)
        return [LimitWish(kind=kind, length=length) for kind in _KINDS[term]] if length else []
    if term in _CAPS:
        return [LimitWish(kind=LimitKind.CAP, count=_number(found["n"], language), period=_CAPS[term])]
    match term:
        case "seats":
            return [LimitWish(kind=LimitKind.SEATS, count=_number(found["n"], language))]
        case "approval" | "no_approval":
            return [LimitWish(kind=LimitKind.APPROVAL, lifts=term == "no_approval")]
        case "lengths":
            lengths = tuple(dict.fromkeys(timedelta(minutes=int(one)) for one in re.findall(r"\d+", found["list"])))
            return [LimitWish(kind=LimitKind.LENGTHS, lengths=lengths)] if len(lengths) > 1 else []
        case "question":
            return [LimitWish(kind=LimitKind.QUESTION, text=found["what"].strip())]
        case _:
            return [LimitWish(kind=LimitKind.PLACE, place=place)] if place is not None else []


def _length(found: re.Match[str], language: str) -> timedelta:
    table = word_tables("terms")[language]
    unit = next(unit for unit in _UNITS if re.fullmatch(table[unit], found["unit"]))
    return timedelta(minutes=_UNITS[unit] * _number(found["n"], language))


def _number(said: str, language: str) -> int:
    if said.isdecimal():
        return int(said)
    words = _numbers(language)
    return next((at for at, one in enumerate(words, start=1) if said in one.split("|")), 1)


def _numbers(language: str) -> list[str]:
    return str(word_tables("terms")[language].get("numbers", "")).split()


@cache
def _rows(language: str) -> tuple[tuple[Row, ...], frozenset[str]]:
    """The rows of a language in order, and a word of each of which one must stand in the text."""
    table: Mapping[str, list[str]] = word_tables("terms").get(language, {})
    rows = [(term, row) for term, said in table.items() if isinstance(said, list) for row in said]
    words = (word for _, row in rows for word in _needed(row))
    return tuple(Row(term, _compiled(row, language)) for term, row in rows), frozenset(words)


def _needed(row: str) -> Iterator[str]:
    """The words of the first piece that must stand there."""
    pieces = (piece for piece in row.split() if piece != ".." and not piece.startswith("<") and not piece.endswith("?"))
    return iter(next(pieces, "").split("|"))


def _compiled(row: str, language: str) -> re.Pattern[str]:
    together = language in _SIGNS
    pieces = [_piece(piece, language) for piece in row.split()]
    if together:
        return re.compile(r"\s*".join(pieces))
    return re.compile(r"(?<!\w)" + "".join(pieces))


def _piece(piece: str, language: str) -> str:
    table = word_tables("terms")[language]
    together = language in _SIGNS
    units = "|".join(table[unit] for unit in _UNITS)
    words = "|".join(word for one in _numbers(language) for word in one.split("|"))
    number = rf"(?P<n>\d{{1,3}}{'|' + words if words else ''})"
    behind = "" if together else r"[\s,:]*"
    match piece:
        case "..":
            return r".{0,8}?" if together else r"(?:[^\s.;!?]+\s+){0,5}?"
        case "<len>":
            return rf"{number}[\s-]*(?P<unit>{units}){'' if together else chr(92) + 'b'}{behind}"
        case "<n>":
            return number + behind
        case "<list>":
            unit = table["minute"]
            return rf"(?P<list>\d{{1,3}}(?:\s*(?:{unit}))?(?:{_AND}\d{{1,3}}(?:\s*(?:{unit}))?)+)(?<=\D){behind}"
        case "<what>" | "<what>$":
            return (
                r"(?P<what>[^\s,.;!?、。]{2,12}?)" if together else r"(?P<what>[\w'-]+(?:\s[\w'-]+){0,3})\s*[.!]?\s*$"
            )
        case "<the>" | "<the>?":
            return f"(?:{_THE})?"
        case _ if together:
            return f"(?:{piece})" if "|" in piece else piece
        case _:
            may_miss = piece.endswith("?")
            said = "|".join(map(re.escape, piece.removesuffix("?").split("|")))
            border = r"(?:(?<=')|\s+|[,:]\s*|$|(?=[.!?;]))"
            return f"(?:(?:{said}){border})?" if may_miss else f"(?:{said}){border}"
