"""What a text says of the terms of an event type that was named: how far apart its times are, seats, lengths, where, questions.

English patterns over the normalised text, read only where a type was named: «offer intro every 45 minutes», «6 seats for help
desk», «intro can be 15, 30 or 45 minutes», «deep dive takes place on zoom», «intro must ask for the budget».
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.entities.said.abroad import terms_abroad
from bot.language.meaning import LimitKind, LimitWish, Span
from bot.values import NamedTuple, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.language.meaning import PlaceWish

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = r"\d{1,3}|" + "|".join(_SMALL)
_SPAN = rf"(?P<n>{_NUMBER}|half an|an?|a quarter of an)\s*-?\s*(?P<unit>minutes?|mins?|hours?|hrs?)"
_STEPS = (
    pattern(rf"\bevery\s+{_SPAN}\b", re.IGNORECASE),
    pattern(rf"\b{_SPAN}\s+(?:steps|increments|intervals|apart)\b", re.IGNORECASE),
    pattern(rf"\b(?:steps|increments|intervals?)\s+of\s+{_SPAN}\b", re.IGNORECASE),
    pattern(r"\bevery\s+(?P<n>half|quarter)[\s-](?:an? |of an )?(?P<unit>hour)\b", re.IGNORECASE),
    pattern(
        r"\b(?:alle|cada|a cada|toutes les|tous les|ogni|elke|om de)\s+(?P<n>\d{1,3})\s+(?P<unit>min(?:uten|uti|utos|utes)?)\b",
        re.IGNORECASE,
    ),
    pattern(r"(?P<n>\d{1,3})(?P<unit>分)(?:ごと|おき|刻み)"),
    pattern(r"每(?:隔)?\s*(?P<n>\d{1,3})\s*(?P<unit>分钟)"),
)
_SEATS = (
    pattern(rf"\b(?P<n>{_NUMBER})\s+seats?\b", re.IGNORECASE),
    pattern(r"\b(?P<n>\d{1,3})\s+(?:plätze|places|plazas|posti|vagas|lugares|plaatsen|plekken)\b", re.IGNORECASE),
    pattern(r"(?P<n>\d{1,3})\s*(?:席|名まで|个名额|个席位)"),
    pattern(
        rf"\b(?:let|allow|up to)\s+(?P<n>{_NUMBER})\s+(?:people|persons|attendees|guests)\b.*\b(?:book|join|attend)\b",
        re.IGNORECASE,
    ),
)
_NO_SEATS = pattern(r"\b(?:no|without|remove the|drop the)\s+seats\b", re.IGNORECASE)
_EACH = r"\d{1,3}(?:\s*(?:minutes?|mins?|m))?"
_LENGTHS = pattern(
    r"\b(?:be|is|are|comes? in|takes?|lasts?|offer(?:ed)?|lengths?|either)\b[\s\w]{0,12}?[:\s]+"
    rf"(?P<list>{_EACH}(?:\s*(?:,|/|or|and)\s*(?:(?:or|and)\s+)?{_EACH})+)\s*(?P<unit>minutes?|mins?|m)?\b",
    re.IGNORECASE,
)
_PLACED = pattern(
    r"\b(?:takes? place|happens?|(?:is|are) held|location|(?:is|are) (?:on|at|by)|offer|meets? on|from now on|default)\b",
    re.IGNORECASE,
)
_WHAT = r"(?P<what>[\w'/&-]+(?:\s[\w'/&-]+){0,4}?)"
_END = r"(?=\s+(?:in|when|before|with|on|for|from|while)\b|\s*[.?!,;]|\s*$)"
_OWNER = r"(?:(?:the|their|a|an|his|her|your|its)\s+)?"
_QUESTIONS = (
    pattern(r"\bquestions?\b[^:\"“«„]*[:\"“«„]\s*(?P<what>[^\"”»“]{2,120}?)\s*[\"”»“]?\s*\??\s*$", re.IGNORECASE),
    pattern(rf"\b(?:ask|asks|asking)\s+(?:for|about)\s+{_OWNER}{_WHAT}{_END}", re.IGNORECASE),
    pattern(
        rf"\bask\s+(?:everyone|everybody|people|anyone|anybody|whoever|attendees|bookers|them|invitees)\b.*?\b(?:for|about)\s+{_OWNER}"
        rf"{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    pattern(
        rf"\b(?:must|have to|has to|needs? to|should)\s+(?:tell|give|state|say|enter|name|leave)\s+(?:me\s+|us\s+)?"
        rf"{_OWNER}{_WHAT}{_END}",
        re.IGNORECASE,
    ),
)
_THE = r"(?:(?:dem|der|den|das|die|le|la|les|el|los|las|il|lo|i|gli|o|a|os|as|het|de)\s+|l')?"
_ASKED_ABROAD = (
    pattern(rf"\b(?:muss|soll|sollte)\s+nach\s+{_THE}{_WHAT}\s+fragen\b", re.IGNORECASE),
    pattern(rf"\b(?:moet|zou)\s+naar\s+{_THE}{_WHAT}\s+vragen\b", re.IGNORECASE),
    pattern(
        rf"\b(?:doit|devrait|debe|debería|deve|dovrebbe|deveria)\s+(?:demander|preguntar|pedir|chiedere|perguntar)\s+(?:por\s+)?"
        rf"{_THE}{_WHAT}(?=\s*[.!]?\s*$)",
        re.IGNORECASE,
    ),
)
"""«intro muss nach dem budget fragen», «intro doit demander le budget»."""
_OPENS = pattern(r"\s*(?:please\s+)?(?:offer|make|have|let|add|set|start|change)\b", re.IGNORECASE)
_DESCRIBED = pattern(
    r"\b(?:describe\b.{1,60}?\bas|(?:the\s+)?description\b.{0,60}?(?:\bto|\bis|:))\s*:?\s*[\"“«„]?(?P<what>[^\"”»]{2,500}?)[\"”»]?\s*$",
    re.IGNORECASE,
)
_QUARTER = timedelta(minutes=15)
_HALF = timedelta(minutes=30)


class Terms(NamedTuple):
    """The terms, and where they stand."""

    limits: tuple[LimitWish, ...] = ()
    spans: tuple[Span, ...] = ()


def read_terms(text: str, place: PlaceWish | None, language: str = "en") -> Terms:
    """Every term that the text states. `place` is what was read of where."""
    if (described := _DESCRIBED.search(text)) is not None:
        wish = LimitWish(kind=LimitKind.DESCRIPTION, text=described["what"].strip())
        return Terms((wish,), (Span(described.start(), described.end()), *_opening(text)))
    found = [one for one in (_steps(text), _seats(text), _lengths(text), _question(text)) if one is not None]
    if place is not None and (match := _PLACED.search(text)):
        found.append((LimitWish(kind=LimitKind.PLACE, place=place), match))
    limits = tuple(wish for wish, _ in found)
    spans = tuple(Span(match.start(), match.end()) for _, match in found)
    if language != "en" or not found:
        told = terms_abroad(text, language, place)
        known = {wish.kind for wish in limits}
        limits += tuple(wish for wish in told.limits if wish.kind not in known)
        spans += told.spans
    return Terms(limits, (*spans, *(_opening(text) if limits else ())))


def _opening(text: str) -> tuple[Span, ...]:
    """The verb that opens it."""
    opening = _OPENS.match(text)
    return () if opening is None else (Span(opening.start(), opening.end()),)


def _steps(text: str) -> tuple[LimitWish, re.Match[str]] | None:
    match = _first(_STEPS, text)
    if match is None:
        return None
    number, unit = match["n"].lower(), match["unit"].lower()
    if number in {"half", "half an"}:
        length = _HALF
    elif number in {"quarter", "a quarter of an"}:
        length = _QUARTER
    else:
        length = timedelta(minutes=_count(number) * (60 if unit.startswith("h") else 1))
    return LimitWish(kind=LimitKind.INTERVAL, length=length), match


def _seats(text: str) -> tuple[LimitWish, re.Match[str]] | None:
    if (none := _NO_SEATS.search(text)) is not None:
        return LimitWish(kind=LimitKind.SEATS, lifts=True), none
    match = _first(_SEATS, text)
    return None if match is None else (LimitWish(kind=LimitKind.SEATS, count=_count(match["n"].lower())), match)


def _lengths(text: str) -> tuple[LimitWish, re.Match[str]] | None:
    match = _LENGTHS.search(text)
    if match is None or not (match["unit"] or re.search(r"\d\s*m", match["list"])):
        return None
    lengths = tuple(timedelta(minutes=int(number)) for number in re.findall(r"\d{1,3}", match["list"]) if int(number))
    different = tuple(dict.fromkeys(lengths))
    return (LimitWish(kind=LimitKind.LENGTHS, lengths=different), match) if len(different) > 1 else None


def _question(text: str) -> tuple[LimitWish, re.Match[str]] | None:
    match = _first((*_QUESTIONS, *_ASKED_ABROAD), text)
    return None if match is None else (LimitWish(kind=LimitKind.QUESTION, text=match["what"].strip()), match)


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


def _count(number: str) -> int:
    if number in {"a", "an"}:
        return 1
    return int(number) if number.isdecimal() else _SMALL.index(number) + 1
