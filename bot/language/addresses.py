"""Mail addresses as people type them into a form: whether it is one, every one in a list, and the name it suggests."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^@\s<>,;:()\"']{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}")
_SPLIT = re.compile(r"[._+\-\d]+")


def is_address(text: str) -> bool:
    """Whether it looks like one mail address."""
    return _ADDRESS.fullmatch(text.strip()) is not None and ".." not in text


def addresses_in(text: str) -> tuple[str, ...]:
    """Every mail address in a typed list, in lower case."""
    return tuple(dict.fromkeys(found.lower() for found in _ADDRESS.findall(text) if is_address(found)))


def name_of(email: str) -> str:
    """«john.doe+cal@example.com» → «John Doe»: the part behind «+» names nobody."""
    words = [word for word in _SPLIT.split(email.partition("@")[0].partition("+")[0]) if word]
    return " ".join(word.capitalize() for word in words) or email
