"""Where an answer goes and where a card stands: Slack's side of the notes that the loop keeps for us, unread.

A note holds addresses only, except `remains`: what the card still shows once a newer one has replaced it (blocks as JSON,
without buttons). The loop stores notes encrypted. An unreadable note is None, and its reader falls back to the person's
direct messages.
"""

from __future__ import annotations

from dataclasses import field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.scheduling.replacing import replace
from bot.values import dataclass

HOOK_LIFETIME = timedelta(minutes=29)
"""Slack takes answers at a response URL for 30 minutes."""


class Spot(StrEnum):
    """What kind of place it is."""

    DIRECT = "direct"
    """The direct messages between the person and us."""
    CHANNEL = "channel"
    """A message that everybody in a channel or group sees."""
    PRIVATE = "private"
    """Seen by one person only, in a channel or group; it cannot be edited but through an interaction with itself."""
    COMMAND = "command"
    """Where a slash command was typed: private too, and answered at the command's own address only."""
    HOME = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`ts` is the message that holds the card; empty: there is none yet. `hook` is a response URL, good until `hook_until`."""

    spot: Spot
    channel: str = ""
    thread: str = ""
    ts: str = ""
    member: str = ""
    hook: str = ""
    hook_until: int = 0
    remains: str = field(default="", repr=False)

    @property
    def is_public(self) -> bool:
        """Whether other people are around, even where the answer itself is private."""
        return self.spot in {Spot.CHANNEL, Spot.PRIVATE, Spot.COMMAND}

    def hook_at(self, now: datetime) -> str:
        """The response URL while it is good, else empty."""
        return self.hook if self.hook and now.timestamp() < self.hook_until else ""

    def is_same_message(self, other: Place) -> bool:
        """Whether both are the same message."""
        return bool(self.ts) and (self.channel, self.ts) == (other.channel, other.ts)


@cache
def _note() -> tuple[Any, Any]:
    """What reads a note and what writes one."""
    adapter = TypeAdapter(Place)
    return adapter.validator, adapter.serializer


def warm() -> None:
    """Learn the shape of a note ahead of the first."""
    _note()


def write_place(place: Place) -> str:
    """The note."""
    text: bytes = _note()[1].to_json(place, exclude_defaults=True)
    return text.decode()


def read_place(note: str) -> Place | None:
    """The place of a note; None when it is empty or not ours."""
    if not note:
        return None
    try:
        place: Place = _note()[0].validate_json(note)
    except ValidationError:
        return None
    return place


def with_hook(place: Place, hook: str, now: datetime) -> Place:
    """The place, reachable through a fresh response URL."""
    if not hook:
        return place
    return replace(place, hook=hook, hook_until=int((now.astimezone(UTC) + HOOK_LIFETIME).timestamp()))
