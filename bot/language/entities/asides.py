"""What is told beside the wish: titles in quotation marks, topics, purposes, reasons, remarks, amounts, quoted lines.

Found before times and intent are read, so that «to move the boxes» moves nothing and «Q4 numbers» is no time. Some parts are
certain (a title in quotation marks), others only hold when the rest names a time of its own: `Sway` says which, and
`bot/language/apart.py` weighs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Aside, Beside, aside_words
from bot.language.entities.heads import finders
from bot.language.entities.people.unnamed import is_one_more
from bot.language.entities.quoting import quoted_parts
from bot.language.entities.said.purposes import bracket_behind
from bot.language.entities.tokens import tokens_in
from bot.language.entities.topic import quoted_in
from bot.language.triggers import DIGITS, trigger

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.normalise import Utterance

_LOOKED_AT = 110
"""Tokens among which asides begin; a wall of text holds no wish further down."""
_LONGEST_NUMBER = 16
_ENOUGH = 7
"""Digits of a phone number, from which on a short group behind it is something else («+4930901820 3pm»)."""
_GROUP = 3
_IN_NUMBERS = frozenset("-/.()")
_LEAST = 6
"""Letters outside a quotation: where fewer are left, what stands in the marks is the wish itself."""


_OPENING = trigger(lambda word: word in finders())
_COUNTED = DIGITS | trigger(lambda word: word == "+")


def read_asides(utterance: Utterance, event_types: Collection[str] = ()) -> tuple[Aside, ...]:
    """Every part that may stand beside the wish, in order, none inside another."""
    found = _quoted(utterance, event_types)
    barred = {index for aside in found for index in range(aside.start, aside.end)} if found else set[int]()
    known = finders()
    done = 0
    for index in utterance.where(_OPENING):
        if index >= _LOOKED_AT:
            break
        if index < done or index in barred or index in utterance.atoms:
            continue
        aside = known[utterance.words[index]](utterance, index)
        if aside is not None and barred:
            aside = _before(aside, barred)
        if aside is not None and aside.start < aside.end:
            found.append(aside)
            done = aside.end
            if (more := bracket_behind(utterance, aside)) is not None and barred.isdisjoint(
                range(more.start, more.end)
            ):
                found.append(more)
                done = more.end
    if utterance.triggers & _COUNTED:
        found += _amounts(utterance, barred)
    return tuple(sorted(found, key=lambda aside: aside.start)) if found else ()


def _before(aside: Aside, barred: set[int]) -> Aside:
    """The aside, ended in front of the first token that another one stands on."""
    end = next((index for index in range(aside.start, aside.end) if index in barred), aside.end)
    return aside._replace(end=end)


def _quoted(utterance: Utterance, event_types: Collection[str]) -> list[Aside]:
    text = utterance.text
    parts, titles = quoted_parts(text), quoted_in(utterance, event_types)
    if not parts and not titles:
        return []
    spans = [(Beside.QUOTED, span) for span in parts]
    said = [one for one in titles if len(text) - (one.span.end - one.span.start) > _LEAST]
    told = [span for _, span in spans]
    spans += [(Beside.TITLE, one.span) for one in said if not any(s.start <= one.span.start < s.end for s in told)]
    found = []
    for kind, span in spans:
        tokens = tokens_in((span,), utterance)
        if tokens:
            found.append(Aside(kind, min(tokens), max(tokens) + 1))
    return found


def _amounts(utterance: Utterance, barred: set[int]) -> list[Aside]:
    """«5-6k», «20%», «$500»: figures that are no times."""
    lists, words = aside_words(), utterance.words
    found: list[Aside] = []
    for index in utterance.where(_COUNTED):
        if index >= _LOOKED_AT:
            break
        word = words[index]
        if word == "+" and index not in barred and (end := _phone_end(utterance, index)):
            found.append(Aside(Beside.AMOUNT, index, end))
        elif word == "+" and is_one_more(utterance, index):
            found.append(Aside(Beside.AMOUNT, index, index + 2))
        if not word.isdecimal() or index in barred:
            continue
        behind = words[index + 1] if index + 1 < len(words) else ""
        before = words[index - 1] if index else ""
        is_counted = before == "of" and index > 1 and words[index - 2] in lists.counted
        if is_counted or behind in lists.behind_amount or before in lists.before_amount:
            start = index
            while start > 1 and words[start - 1] in {"-", "to", "."} and words[start - 2].isdecimal():
                start -= 2
            end = index + 1 + (behind in lists.behind_amount)
            found.append(Aside(Beside.AMOUNT, start, end))
    return found


def _phone_end(utterance: Utterance, index: int) -> int:
    """The token behind a phone number with its country code; 0 when none begins here."""
    words, end, digits = utterance.words, index + 1, 0
    if end >= len(words) or not words[end].isdecimal() or not utterance.is_glued(end):
        return 0
    while end < len(words) and end - index < _LONGEST_NUMBER and (words[end].isdecimal() or words[end] in _IN_NUMBERS):
        if words[end].isdecimal() and digits >= _ENOUGH and not utterance.is_glued(end) and len(words[end]) < _GROUP:
            break
        digits += len(words[end]) if words[end].isdecimal() else 0
        end += 1
    while words[end - 1] in _IN_NUMBERS:
        end -= 1
    return end if digits >= _ENOUGH else 0
