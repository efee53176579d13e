"""Asking several people which of some times they can: the poll, its votes, and the port that keeps them."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum
from typing import Protocol

from bot.scheduling.accounts import Owner  # noqa: TC001  as above
from bot.scheduling.models import Person, Slot  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """That somebody can at one of the times; `option` counts from 0."""

    member: str
    name: str
    option: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Times that are voted on. Everybody may vote who sees it; `invited` are those who are waited for."""

    id: str
    owner: Owner
    title: str
    slots: tuple[Slot, ...]
    invited: tuple[Person, ...]
    closes_at: datetime
    zone: str
    asker: str = ""
    event_type: str = ""
    closed_at: datetime | None = None
    votes: tuple[Vote, ...] = ()
    voted: tuple[str, ...] = ()
    """Members who have answered, those included who can at none of the times."""

    def is_open(self, now: datetime) -> bool:
        """Whether votes still count."""
        return self.closed_at is None and now < self.closes_at

    def who_can(self, option: int) -> tuple[Vote, ...]:
        """The votes for one time, by name."""
        return tuple(sorted((v for v in self.votes if v.option == option), key=lambda v: (v.name.casefold(), v.member)))

    @property
    def total(self) -> int:
        """How many people there are to ask: the invited, and whoever has voted beside them."""
        return len({person.member for person in self.invited} | set(self.voted))

    def best(self) -> int | None:
        """The time that most people can, the earliest of several; None without votes."""
        counts = [(len(self.who_can(option)), -option) for option in range(len(self.slots))]
        most, option = max(counts, default=(0, 0))
        return -option if most else None

    @property
    def outcome(self) -> tuple[int | None, tuple[Vote, ...]]:
        """The best time and who can then."""
        best = self.best()
        return best, () if best is None else self.who_can(best)

    @property
    def has_everybody(self) -> bool:
        """Whether everybody who was invited has answered."""
        invited = {person.member for person in self.invited if person.member}
        return bool(invited) and invited <= set(self.voted)


class VoteVerdict(StrEnum):
    """What came of a vote."""

    COUNTED = "counted"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Polls(Protocol):
    """Keeps polls. A vote is a row of its own, so that two at once both count."""

    async def save_poll(self, poll: Poll) -> None:
        """Keep a new poll."""
        ...

    async def poll(self, poll_id: str) -> Poll | None:
        """One poll with its votes, whoever owns it."""
        ...

    async def polls_of(self, owner: Owner, *, now: datetime) -> tuple[Poll, ...]:
        """The person's open polls, the newest last."""
        ...

    async def vote(self, poll_id: str, voter: Owner, name: str, option: int | None, *, now: datetime) -> VoteVerdict:
        """Turn one of the voter's votes on, or off again when it was on; None: they can at none of the times."""
        ...

    async def close_poll(self, poll_id: str, *, now: datetime) -> bool:
        """Close it; False when it was closed before."""
        ...

    async def close_by(self, poll_id: str, *, at: datetime) -> None:
        """Let it close by itself no later than that."""
        ...

    async def due_polls(self, *, now: datetime) -> tuple[Poll, ...]:
        """Polls whose time is up and that nobody has closed."""
        ...
