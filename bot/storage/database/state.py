"""Which schema a database has; apart from the steps themselves, which take SQLAlchemy to import."""

from __future__ import annotations

from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which schema a database has, and which this program expects."""

    current: int
    expected: int

    @property
    def is_old(self) -> bool:
        """Whether steps are missing. A newer schema is fine: every step leaves the release before it able to run."""
        return self.current < self.expected
