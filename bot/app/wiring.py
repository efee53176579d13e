"""Builds everything on one exit stack and one task group. The only file that knows concrete classes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.app.crew import Crew
from bot.app.routes import build_oauth, build_routes
from bot.app.surfaces import Faces, Voices
from bot.gateway.client import ApiClient
from bot.gateway.registry import Registry
from bot.gateway.transport import Transport
from bot.logs import get_logger
from bot.loop.accounts import AccountKeeper
from bot.loop.agents import Agents
from bot.loop.assistant import Assistant, Limits
from bot.loop.counting import NOBODY
from bot.loop.effects import Effects
from bot.loop.leases import Leases
from bot.loop.notices import Notices
from bot.loop.recovery import Recovery
from bot.loop.reminding.channels import Channels
from bot.loop.reminding.keeping import ReminderKeeper
from bot.loop.reminding.rounds import Rounds
from bot.loop.reminding.statuses import StatusKeeper
from bot.loop.timekeeping import AgreedClock
from bot.loop.together.circle import Circle
from bot.loop.together.closing import Closing
from bot.loop.together.letters import Letters
from bot.loop.together.looking import Colleagues
from bot.loop.together.picking import Picks
from bot.loop.together.published import Published
from bot.loop.writing.pressing import Presses
from bot.loop.writing.writer import Writer
from bot.scheduling.times import SystemClock
from bot.storage import open_store, parse_keys
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.app.settings import Settings
    from bot.gateway.client import CallRecord
    from bot.loop.agents import Letterbox
    from bot.loop.counting import Counts
    from bot.loop.messenger import Messenger
    from bot.loop.timekeeping import TellsTime
    from bot.sandbox import Sandbox
    from bot.scheduling.grants import Grants
    from bot.scheduling.ledger import Accepted
    from bot.scheduling.models import BookingChange
    from bot.scheduling.reminding.errands import Errand
    from bot.scheduling.times import Clock
    from bot.storage.store import Store

log = get_logger("wiring")

WRITE_LIMIT = timedelta(seconds=16)
"""A little more than the client waits for the answer to a write, which therefore speaks first."""
TURN_LIMIT = timedelta(seconds=12)
WAIT_FOR_OTHER = timedelta(seconds=10)
DRAIN_LIMIT = timedelta(seconds=6)
SANDBOX_SEED = 1


class OffsetClock:
    """A clock that was set to another moment and runs on from there."""

    def __init__(self, start: datetime) -> None:
        self._offset = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The present instant (UTC) of that clock."""
        return datetime.now(UTC) + self._offset


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything one process needs, opened."""

    settings: Settings
    clock: Clock
    store: Store
    registry: Registry
    keeper: AccountKeeper
    writer: Writer
    assistant: Assistant
    faces: Faces
    voices: Voices
    closing: Closing
    colleagues: Colleagues
    leases: Leases
    crew: Crew
    counts: Counts = NOBODY
    sandbox: Sandbox | None = None

    def recovery(self, messenger: Messenger, replay: Callable[[Accepted], Awaitable[None]]) -> Recovery:
        """What takes up what a crash left, telling people through this surface."""
        return Recovery(
            conversations=self.store.conversations,
            ledger=self.store.ledger,
            inbox=self.store.inbox,
            writer=self.writer,
            assistant=self.assistant,
            messenger=messenger,
            replay=replay,
            is_left=self.store.upkeep.is_left,
            leases=self.leases,
            clock=self.clock,
            counts=self.counts,
        )

    def agents(self, letterbox: Letterbox) -> Agents:
        """What other agents may ask; cards go where this surface reaches people."""
        return Agents(
            keeper=self.keeper,
            assistant=self.assistant,
            colleagues=self.colleagues,
            ledger=self.store.ledger,
            letterbox=letterbox,
            clock=self.clock,
        )

    def rounds(
        self,
        messenger: Messenger,
        *,
        step_ran_out: Callable[[Errand], Awaitable[None]] | None = None,
        take_change: Callable[[str, BookingChange], Awaitable[None]] | None = None,
    ) -> Rounds:
        """What carries out what is due, telling people through this surface."""
        return Rounds(
            errands=self.store.errands,
            preferred=self.store.preferences,
            keeper=self.keeper,
            assistant=self.assistant,
            messenger=messenger,
            voice=self.voices,
            statuses=StatusKeeper(statuses=self.voices.boards, clock=self.clock),
            directory=self.faces,
            clock=self.clock,
            step_ran_out=step_ran_out,
            take_change=take_change,
        )

    def notices(self, messenger: Messenger) -> Notices:
        """What takes news from outside, telling people through this surface."""
        return Notices(
            keeper=self.keeper,
            inbox=self.store.inbox,
            leases=self.leases,
            duties=self.store.duties,
            ledger=self.store.ledger,
            places=self.store.booking_places,
            pages=self.store.pages,
            channels=self.assistant.effects.channels,
            conversations=self.store.conversations,
            assistant=self.assistant,
            messenger=messenger,
            clock=self.clock,
            spawn=self.crew.spawn,
        )


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    clock: Clock | None = None,
    migrate: bool = False,
    sandbox: Sandbox | None = None,
    observe: Callable[[CallRecord], None] | None = None,
    counts: Counts = NOBODY,
) -> AsyncIterator[House]:
    """Open store, clients and loop; drain and close them at the end. Raises `BadSettings`, `StoreDown`.

    `sandbox` serves tests that look into the world behind the bot.
    """
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database_url, parse_keys(settings.encryption_keys), migrate=migrate)
        stack.push_async_callback(store.close)
        await store.keys.require()
        agreed = await _agreed(store.upkeep) if clock is None else None
        clock = clock or agreed or SystemClock()
        world = sandbox or (_practice_world(clock) if settings.uses_sandbox else None)
        registry = await _registry(stack, settings, clock, world, observe or _ignore, store.grants)
        crew = Crew(await stack.enter_async_context(asyncio.TaskGroup()))
        stack.push_async_callback(crew.drain, DRAIN_LIMIT)
        house = _house(settings, clock, store, registry, crew, world, counts)
        crew.keep(house.leases.run())
        if agreed is not None:
            crew.keep(agreed.run(store.upkeep))
        yield house


async def _agreed(tells: TellsTime) -> AgreedClock | None:
    """The clock that all processes have; None where there is one process only, whose machine's will do."""
    if await tells.time() is None:
        return None
    agreed = AgreedClock(SystemClock())
    await agreed.compare(tells)
    return agreed


def _practice_world(clock: Clock) -> Sandbox:
    from bot.sandbox import create_sandbox  # noqa: PLC0415  production never needs it

    return create_sandbox(seed=SANDBOX_SEED, now=clock.now(), clock=clock.now)


def _house(
    settings: Settings,
    clock: Clock,
    store: Store,
    registry: Registry,
    crew: Crew,
    world: Sandbox | None,
    counts: Counts,
) -> House:
    keeper = AccountKeeper(accounts=store.accounts, providers=registry, public_url=settings.pencil_public_url or "")
    writer = Writer(
        ledger=store.ledger,
        accounts=store.accounts,
        providers=registry,
        clock=clock,
        time_limit=WRITE_LIMIT,
        is_dry_run=settings.pencil_dry_run,
        counts=counts,
    )
    faces, voices = Faces(), Voices()
    colleagues = Colleagues(
        keeper=keeper,
        consents=store.consents,
        directory=faces,
        addresses=store.addresses,
        published=Published(clock=clock),
        clock=clock,
    )
    leases = Leases(inbox=store.inbox, ledger=store.ledger, clock=clock)
    letters = Letters(
        conversations=store.conversations, post=voices, polls=store.polls, shares=store.shares, clock=clock
    )
    assistant = Assistant(
        turns=store.turns,
        conversations=store.conversations,
        ledger=store.ledger,
        keeper=keeper,
        effects=_effects(store, writer, colleagues, leases, letters, voices),
        letters=letters,
        clock=clock,
        limits=_limits(settings),
        counts=counts,
    )
    return House(
        settings=settings,
        clock=clock,
        store=store,
        registry=registry,
        keeper=keeper,
        writer=writer,
        assistant=assistant,
        faces=faces,
        voices=voices,
        closing=Closing(polls=store.polls, letters=letters, clock=clock),
        colleagues=colleagues,
        leases=leases,
        crew=crew,
        counts=counts,
        sandbox=world,
    )


def _effects(
    store: Store, writer: Writer, colleagues: Colleagues, leases: Leases, letters: Letters, voices: Voices
) -> Effects:
    keeper, clock = colleagues.keeper, colleagues.clock
    presses = Presses(
        conversations=store.conversations,
        ledger=store.ledger,
        keeper=keeper,
        colleagues=colleagues,
        writer=writer,
        leases=leases,
        clock=clock,
        wait_for_other=WAIT_FOR_OTHER,
        is_dry_run=writer.is_dry_run,
    )
    circle = Circle(
        colleagues=colleagues, consents=store.consents, shares=store.shares, polls=store.polls, once=store.news
    )
    return Effects(
        conversations=store.conversations,
        ledger=store.ledger,
        keeper=keeper,
        circle=circle,
        presses=presses,
        channels=Channels(postings=store.postings, places=store.booking_places, voice=voices, clock=clock),
        reminders=ReminderKeeper(
            errands=store.errands, preferred=store.preferences, voice=voices, statuses=voices.boards, clock=clock
        ),
        picks=Picks(circle=circle, presses=presses, letters=letters),
        clock=clock,
    )


def _limits(settings: Settings) -> Limits:
    return Limits(
        turn=TURN_LIMIT,
        card=timedelta(seconds=settings.pencil_proposal_seconds),
        wait_for_other=WAIT_FOR_OTHER,
        is_read_only=settings.pencil_read_only,
        is_dry_run=settings.pencil_dry_run,
    )


async def _registry(
    stack: AsyncExitStack,
    settings: Settings,
    clock: Clock,
    world: Sandbox | None,
    observe: Callable[[CallRecord], None],
    grants: Grants,
) -> Registry:
    http = await stack.enter_async_context(Transport())
    client = ApiClient(http=http, observe=observe, clock=clock)
    practice = None
    if world is not None:
        from bot.gateway.practice import OverHttpx, in_process  # noqa: PLC0415  as the practice world itself

        practice = ApiClient(http=OverHttpx(in_process(world)), observe=observe, clock=clock)
    return Registry(client, build_routes(settings), sandbox=practice, oauth=build_oauth(settings, client, grants))


def _ignore(record: CallRecord) -> None:
    """Nobody counts."""
