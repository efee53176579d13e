"""Whether one name and one address are one person: «book robert tomorrow at 3, rk@acme.io»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists

if TYPE_CHECKING:
    from bot.language.meaning import Span
    from bot.language.normalise import Utterance

_LETTERS = re.compile(r"[^\W\d_]+")
_NOTHING_BETWEEN = re.compile(r"[\s,;:(<«\[–—-]*")


def lone_pair(utterance: Utterance, name: str, span: Span, email: str) -> tuple[tuple[str, str], ...]:
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
