"""Values that this process has stored lately, known again by the very bytes that were stored.

Whoever goes on talking is mostly answered by the process that answered before. Their conversation is read from the database as
ever, and when its bytes are those that were written here, the value is at hand and need not be opened and read. What another
process wrote, or what was written long ago, has other bytes: it is read. So nothing here can be out of date.
"""

from __future__ import annotations

from typing import Any

MOST = 256
"""Conversations and cards, about 10 kB each; the oldest goes first."""


class Recent(dict[tuple[bytes, str], Any]):
    """Sealed bytes, with the place they were sealed for, and the values in them. Values are frozen, so they may be shared."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most

    def keep(self, sealed: bytes, place: str, value: object) -> None:
        """Remember what has been sealed."""
        if len(self) >= self._most:
            del self[next(iter(self))]
        self[sealed, place] = value
