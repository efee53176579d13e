"""What translating other languages works on: the written words of a text, and what they say in English."""

from __future__ import annotations

from bot.values import NamedTuple, quick

GLUE = "\0"
"""Begins an English word that stands right behind the one before."""
MASK = "ø"
"""Begins a word that nobody told in English, so that no rule takes it for one."""


@quick
class Token(NamedTuple):
    """A written word (one character in scripts without spaces) and its place; `atom` is its index among the atoms, or -1."""

    text: str
    start: int
    end: int
    is_glued: bool
    atom: int = -1


@quick
class Item(NamedTuple):
    """One or more tokens and what they say in English."""

    kind: str
    words: tuple[str, ...]
    value: int
    start: int
    end: int
    is_glued: bool = False
    is_written: bool = False
    """A number in words."""
    atom: int = -1

    @property
    def key(self) -> str:
        """The English as patterns name it."""
        return self.words[0] if len(self.words) == 1 else " ".join(self.words)
