"""The port of whoever counts what happens, and nobody, who does not."""

from __future__ import annotations

from typing import Protocol


class Counts(Protocol):
    """Hears of turns and writes. Labels are closed vocabularies: never a person's words."""

    def turn(self, kind: str, ending: str, seconds: float) -> None:
        """One turn came to its end: replied, failed."""
        ...

    def intent(self, intent: str) -> None:
        """One message was read."""
        ...

    def write(self, kind: str, state: str) -> None:
        """One write reached a state."""
        ...

    def settled(self, *, written: bool) -> None:
        """Recovery found out what became of a write."""
        ...

    def under_way(self, change: int) -> None:
        """A turn began (1) or ended (-1)."""
        ...


class Nobody:
    """Counts nothing."""

    def turn(self, kind: str, ending: str, seconds: float) -> None:
        """Ignore it."""

    def intent(self, intent: str) -> None:
        """Ignore it."""

    def write(self, kind: str, state: str) -> None:
        """Ignore it."""

    def settled(self, *, written: bool) -> None:
        """Ignore it."""

    def under_way(self, change: int) -> None:
        """Ignore it."""


NOBODY = Nobody()
