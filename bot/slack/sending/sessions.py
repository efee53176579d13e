"""The session of an agent's thread: it says that we look something up, that a card waits, that the talk goes on; and it can be
stopped. Only where the app is an agent, and only in threads, which is how people talk with agents.

A stop ends the looking-up of a message. A press is never stopped: what was sent to a calendar cannot be called back.
https://docs.slack.dev/ai/agent-sessions
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.logs import get_logger
from bot.slack.drawing import phrases
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.slack.sending.places import Spot
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.scheduling.accounts import Owner
    from bot.slack.sending.outbox import Outbox
    from bot.slack.sending.places import Place

log = get_logger("slack.sessions")

_Thread = tuple[str, str, str]


class SessionState(StrEnum):
    """What Slack shows of a session."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    """It waits for the person: a card can be pressed."""


class Stopped(Exception):
    """The person has stopped the session while we were looking something up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Knows which teams have the agent, and what is being looked up in which thread of this process."""

    outbox: Outbox
    teams: set[tuple[str, str]] = field(default_factory=set)
    at_work: dict[_Thread, asyncio.Timeout] = field(default_factory=dict)
    waiting: set[_Thread] = field(default_factory=set)
    """Threads whose session was suspended here."""
    told: set[_Thread] = field(default_factory=set)
    """Threads where we said while at work how it stands: their answer says no more of it, which would be a third call."""

    def learn(self, owner: Owner) -> None:
        """The app is an agent there: Slack has taken what only an agent may send."""
        self.teams.add((owner.enterprise, owner.team))

    def is_one(self, owner: Owner, place: Place) -> bool:
        """Whether that is a thread of the agent's."""
        is_thread = place.spot is Spot.DIRECT and bool(place.thread)
        return is_thread and (owner.enterprise, owner.team) in self.teams

    @asynccontextmanager
    async def stoppable(self, owner: Owner, place: Place) -> AsyncIterator[None]:
        """While the context lasts, a stop of that session ends it with `Stopped`."""
        thread = _thread(owner, place.channel, place.thread)
        try:
            async with asyncio.timeout(None) as scope:
                self.at_work[thread] = scope
                yield
        except TimeoutError:
            if scope.expired():
                raise Stopped from None
            raise
        finally:
            self.at_work.pop(thread, None)

    async def stop(self, owner: Owner, channel: str, thread: str) -> None:
        """The person pressed Stop: what is looked up there ends now; the session is ours to leave."""
        scope = self.at_work.get(_thread(owner, channel, thread))
        if scope is not None:
            scope.reschedule(asyncio.get_running_loop().time())
        await self._set(owner, channel, thread, SessionState.ACTIVE)

    async def looking(self, owner: Owner, place: Place, *, is_press: bool) -> None:
        """We are at work; it goes away by itself with the next message there. A pressed card waits no more."""
        thread = _thread(owner, place.channel, place.thread)
        self.told.add(thread)
        if is_press and thread in self.waiting:
            self.waiting.discard(thread)
            await self._set(owner, place.channel, place.thread, SessionState.ACTIVE)
            return
        await self._note(
            owner,
            "assistant.threads.setStatus",
            channel_id=place.channel,
            thread_ts=place.thread,
            status=phrases.looking_status(),
        )

    async def after(self, owner: Owner, place: Place, *, waits: bool) -> None:
        """An answer stands in a session: with a card that waits to be pressed, or without, which matters only after one."""
        thread = _thread(owner, place.channel, place.thread)
        if thread in self.told:
            self.told.discard(thread)
        elif waits:
            self.waiting.add(thread)
            await self._set(owner, place.channel, place.thread, SessionState.SUSPENDED)
        elif thread in self.waiting:
            self.waiting.discard(thread)
            await self._set(owner, place.channel, place.thread, SessionState.ACTIVE)

    async def _set(self, owner: Owner, channel: str, thread: str, state: SessionState) -> None:
        await self._note(owner, "agents.sessions.setStatus", channel_id=channel, thread_ts=thread, status=state.value)

    async def _note(self, owner: Owner, method: str, **arguments: str) -> None:
        try:
            await self.outbox.note(owner, method, **arguments)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.session_unset", code=getattr(error, "code", "down"))


def _thread(owner: Owner, channel: str, thread: str) -> _Thread:
    return owner.team, channel, thread
