"""Whether one name and one address are one person: «book robert tomorrow at 3, rk@acme.io»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.lexicon import plain

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Span
    from bot.language.normalise import Utterance

_LETTERS = re.compile(r"[^\W\d_]+")
_NOTHING_BETWEEN = re.compile(r"[\s,;:(<«\[–—-]*")


def paired(utterance: Utterance, entities: EntitiesRead, *, is_several: bool) -> tuple[tuple[str, str], ...]:
    """The only address with the only name, unless a word says that there are two people."""
    if len(entities.emails) != 1 or len(entities.people) != 1:
        return ()
    name, span, email = entities.people[0], entities.people_spans[0], entities.emails[0]
    if _is_named_so(utterance, name, span, email):
        return ((email.lower(), name),)
    return () if is_several else _lone_pair(utterance, name, span, email)


def _lone_pair(utterance: Utterance, name: str, span: Span, email: str) -> tuple[tuple[str, str], ...]:
    """The address with the name, where they are the only ones said and nothing tells two people; else nothing.

    An address that begins with another first name («book may@acme.io with april») is another person's, unless the name
    stands right beside it («robert bob@acme.io»).
    """
    index = next((at for at, (kind, _) in utterance.atoms.items() if kind == "email"), None)
    if index is None:
        return ()
    start, end = utterance.starts[index], utterance.ends[index]
    between = utterance.text[span.end : start] if span.end <= start else utterance.text[end : span.start]
    first, lists = name.split(maxsplit=1)[0].lower(), name_lists()
    others = [word for word in _LETTERS.findall(email.partition("@")[0].lower()) if lists.is_first(word)]
    is_other = bool(others) and first not in others
    return () if is_other and not _NOTHING_BETWEEN.fullmatch(between) else ((email.lower(), name),)


def _is_named_so(utterance: Utterance, name: str, span: Span, email: str) -> bool:
    """«Frau Dr. Mai, mai@praxis.de», «Müller <mueller@acme.de>»: the address right beside the name has the name in it."""
    index = next((at for at, (kind, _) in utterance.atoms.items() if kind == "email"), None)
    if index is None or not _NOTHING_BETWEEN.fullmatch(utterance.text[span.end : utterance.starts[index]]):
        return False
    local = _LETTERS.findall(email.partition("@")[0].lower())
    words = [word for word in _LETTERS.findall(name.lower()) if len(word) > _INITIALS]
    return any(written in local for word in words for written in (word, plain(word), word.translate(_UMLAUTS)))


_INITIALS = 2
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
