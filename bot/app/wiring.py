"""Builds everything on one exit stack and one task group. The only file that knows concrete classes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import Unsupported
from bot.gateway.client import ApiClient
from bot.gateway.maton import MatonAddresses
from bot.gateway.oauth import OAuth, OAuthClient
from bot.gateway.registry import Registry, Routes
from bot.gateway.transport import Transport, in_process
from bot.logs import get_logger
from bot.loop.accounts import AccountKeeper
from bot.loop.agents import Agents
from bot.loop.assistant import Assistant, Limits
from bot.loop.counting import NOBODY
from bot.loop.leases import Leases
from bot.loop.notices import Notices
from bot.loop.pressing import Presses
from bot.loop.recovery import Recovery
from bot.loop.reminding.keeping import ReminderKeeper, Voice
from bot.loop.reminding.rounds import Rounds
from bot.loop.together.circle import Circle
from bot.loop.together.closing import Closing
from bot.loop.together.letters import Letters
from bot.loop.together.looking import Colleagues
from bot.loop.together.picking import Picks
from bot.loop.writer import Writer
from bot.scheduling.accounts import Route
from bot.scheduling.times import SystemClock
from bot.storage import open_store, parse_keys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

    from bot.app.settings import Settings
    from bot.dialogue.acts import Reply
    from bot.gateway.client import CallRecord
    from bot.loop.agents import Letterbox
    from bot.loop.assistant import Messenger
    from bot.loop.counting import Counts
    from bot.loop.together.letters import Post
    from bot.sandbox import Sandbox
    from bot.scheduling.accounts import Owner
    from bot.scheduling.grants import Grants
    from bot.scheduling.ledger import Accepted
    from bot.scheduling.models import Person
    from bot.scheduling.reminding.errands import Errand
    from bot.scheduling.times import Clock
    from bot.scheduling.together.directory import Directory, Member
    from bot.storage.store import Store

log = get_logger("wiring")

WRITE_LIMIT = timedelta(seconds=16)
"""A little more than the client waits for the answer to a write, which therefore speaks first."""
TURN_LIMIT = timedelta(seconds=12)
WAIT_FOR_OTHER = timedelta(seconds=10)
DRAIN_LIMIT = timedelta(seconds=6)
SANDBOX_SEED = 1
SANDBOX_URL = "http://sandbox"
PROVIDERS = ("calcom", "calendly")


class OffsetClock:
    """A clock that was set to another moment and runs on from there."""

    def __init__(self, start: datetime) -> None:
        self._offset = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The present instant (UTC) of that clock."""
        return datetime.now(UTC) + self._offset


class Faces:
    """Who is known, as the surface tells once it has come in; before that, nobody."""

    def __init__(self) -> None:
        self.surface: Directory | None = None

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        """Everybody in the owner's workspace."""
        return await self.surface.members(owner) if self.surface else ()

    async def member(self, owner: Owner) -> Member | None:
        """That member."""
        return await self.surface.member(owner) if self.surface else None

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        """The members of a group."""
        return await self.surface.group(owner, group) if self.surface else ()

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        """Who takes part in a thread."""
        return await self.surface.thread(owner, place) if self.surface else ()


class Voices:
    """What is said to others, once the surface has come in; before that, nobody hears it.

    `surface` says a sentence to somebody, `post_office` brings cards to people and places.
    """

    def __init__(self) -> None:
        self.surface: Voice | None = None
        self.post_office: Post | None = None

    async def say_to(self, owner: Owner, text: str) -> None:
        """A message to that member."""
        if self.surface is None:
            raise Unsupported("no surface to speak through", for_person=_UNHEARD)
        await self.surface.say_to(owner, text)

    async def tell(self, owner: Owner, place: str, reply: Reply) -> str:
        """Edit the card at `place`, or write to the person."""
        return await self._post.tell(owner, place, reply)

    async def post(self, owner: Owner, place: str, reply: Reply) -> str:
        """A new message there, for everybody who reads along."""
        return await self._post.post(owner, place, reply)

    @property
    def _post(self) -> Post:
        if self.post_office is None:
            raise Unsupported("no surface to post through", for_person=_UNHEARD)
        return self.post_office


_UNHEARD = "I cannot write to anybody else from here."


class Crew:
    """The tasks of one process: turns are waited for at shutdown, loops are ended."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._turns: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []

    def spawn(self, work: Coroutine[None, None, None], /) -> None:
        """Start work that shutdown waits for. An exception in it is logged, never raised into the group."""
        task = self._group.create_task(_guarded(work))
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)

    @property
    def is_busy(self) -> bool:
        """Whether any turn is at work."""
        return bool(self._turns)

    def keep(self, loop: Coroutine[None, None, None]) -> None:
        """Start a loop that runs until shutdown."""
        self._loops.append(self._group.create_task(loop))

    async def drain(self, limit: timedelta) -> None:
        """End the loops, wait for the turns; what is still at work after the limit is left to recovery."""
        for loop in self._loops:
            loop.cancel()
        until = asyncio.get_running_loop().time() + limit.total_seconds()
        while self._turns and (left := until - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(set(self._turns), timeout=left)
        for turn in set(self._turns):
            turn.cancel()


async def _guarded(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001  the outermost loop of a task: its surface has told the person already
        log.error("task.failed", cause=error)


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
        self, messenger: Messenger, *, step_ran_out: Callable[[Errand], Awaitable[None]] | None = None
    ) -> Rounds:
        """What carries out what is due, telling people through this surface."""
        return Rounds(
            errands=self.store.errands,
            preferred=self.store.preferences,
            keeper=self.keeper,
            assistant=self.assistant,
            messenger=messenger,
            directory=self.faces,
            clock=self.clock,
            step_ran_out=step_ran_out,
        )

    def notices(self, messenger: Messenger) -> Notices:
        """What takes news from outside, telling people through this surface."""
        return Notices(
            keeper=self.keeper,
            inbox=self.store.inbox,
            leases=self.leases,
            duties=self.store.duties,
            ledger=self.store.ledger,
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
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database_url, parse_keys(settings.encryption_keys), migrate=migrate)
        stack.push_async_callback(store.close)
        world = sandbox or (_practice_world(clock) if settings.uses_sandbox else None)
        registry = await _registry(stack, settings, clock, world, observe or _ignore, store.grants)
        crew = Crew(await stack.enter_async_context(asyncio.TaskGroup()))
        stack.push_async_callback(crew.drain, DRAIN_LIMIT)
        house = _house(settings, clock, store, registry, crew, world, counts)
        crew.keep(house.leases.run())
        yield house


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
    limits = Limits(
        turn=TURN_LIMIT,
        card=timedelta(seconds=settings.pencil_proposal_seconds),
        wait_for_other=WAIT_FOR_OTHER,
        is_read_only=settings.pencil_read_only,
        is_dry_run=settings.pencil_dry_run,
    )
    leases = Leases(inbox=store.inbox, ledger=store.ledger, clock=clock)
    faces, voices = Faces(), Voices()
    colleagues = Colleagues(
        keeper=keeper, consents=store.consents, directory=faces, addresses=store.addresses, clock=clock
    )
    presses = Presses(
        conversations=store.conversations,
        ledger=store.ledger,
        keeper=keeper,
        colleagues=colleagues,
        writer=writer,
        leases=leases,
        clock=clock,
        wait_for_other=WAIT_FOR_OTHER,
        is_dry_run=settings.pencil_dry_run,
    )
    letters = Letters(conversations=store.conversations, post=voices)
    circle = Circle(
        colleagues=colleagues, consents=store.consents, shares=store.shares, polls=store.polls, once=store.news
    )
    assistant = Assistant(
        turns=store.turns,
        conversations=store.conversations,
        ledger=store.ledger,
        keeper=keeper,
        circle=circle,
        presses=presses,
        reminders=ReminderKeeper(errands=store.errands, preferred=store.preferences, voice=voices, clock=clock),
        picks=Picks(circle=circle, presses=presses, letters=letters),
        letters=letters,
        clock=clock,
        limits=limits,
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
        inside = await stack.enter_async_context(in_process(world))
        practice = ApiClient(http=inside, observe=observe, clock=clock)
    return Registry(client, _routes(settings), sandbox=practice, oauth=_oauth(settings, client, grants))


def _oauth(settings: Settings, client: ApiClient, grants: Grants) -> OAuth | None:
    urls = {"calcom": settings.calcom_api_url, "calendly": settings.calendly_api_url}
    known = tuple(
        OAuthClient(provider=provider, client_id=found[0], client_secret=found[1], api_url=urls[provider])
        for provider in PROVIDERS
        if (found := settings.application(provider))
    )
    return OAuth(client, grants, known, public_url=settings.pencil_public_url or "") if known else None


def _routes(settings: Settings) -> Routes:
    key = settings.maton_api_key.get_secret_value() if settings.maton_api_key else ""
    maton = MatonAddresses(key=key, base_url=settings.maton_api_url, connections_url=settings.connections_url)
    return Routes(
        offered=_offered(settings),
        maton=maton if key else None,
        calcom_url=settings.calcom_api_url,
        calendly_url=settings.calendly_api_url,
        sandbox_url=SANDBOX_URL,
    )


def _offered(settings: Settings) -> tuple[tuple[str, Route], ...]:
    """What people can connect: through the gateway where there is one, else by consent or key, else in the sandbox."""
    if settings.maton_api_key:
        return tuple((provider, Route.MATON) for provider in PROVIDERS)
    if settings.uses_sandbox:
        return (("calcom", Route.SANDBOX),)
    consents = tuple((provider, Route.OAUTH) for provider in PROVIDERS if settings.application(provider))
    return (*consents, *((provider, Route.DIRECT) for provider in PROVIDERS))


def _ignore(record: CallRecord) -> None:
    """Nobody counts."""
