"""Who has an account in the practice world, and what a caller may hint about themselves on first sight."""

from __future__ import annotations

import uuid
from dataclasses import field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's account at one provider. `app` is the gateway's name of the provider."""

    id: int
    app: str
    name: str
    email: str
    username: str
    zone: str = "Europe/Berlin"
    default_schedule: int | None = None
    organization: int | None = None
    week_start: str = "Monday"
    time_format: int = 24
    profile: Mapping[str, Any] = field(default_factory=dict)
    """What else the person set about themselves (bio, locale …), in the provider's words."""

    @property
    def uuid(self) -> str:
        """A second, stable id; the same in every world for the same account number."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sandbox-account-{self.app}-{self.id}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """`X-Sandbox-Name`, `-Email`, `-Zone`: who the account that is about to be made belongs to. Empty: an invented person."""

    name: str = ""
    email: str = ""
    zone: str = ""

    @staticmethod
    def of(headers: Mapping[str, str]) -> Hints:
        """The hints in a request's headers (names in lower case); a name that is not ASCII comes percent-encoded."""
        return Hints(
            name=unquote(headers.get("x-sandbox-name", "")).strip(),
            email=headers.get("x-sandbox-email", "").strip().lower(),
            zone=headers.get("x-sandbox-zone", "").strip(),
        )
