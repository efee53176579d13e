"""From an accepted request to a delivered answer. The outermost loop of the surface: nothing that happens here is silent.

A request stands in the inbox until its answer has reached Slack; what a crash or an outage leaves there is run again by
recovery through `Turns.replay`, on the same path.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from dataclasses import field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.dialogue.acts import Chose, Opened, Pointed, Reply, Said, Style, Submitted, Wished
from bot.dialogue.families import SlotRequest
from bot.errors import StoreDown
from bot.groups import Gate
from bot.logs import get_logger, name_turn
from bot.scheduling.ledger import Accepted, NotTaken
from bot.scheduling.replacing import replace
from bot.slack.drawing import phrases
from bot.slack.receiving.inbound import Arrival, read_arrival
from bot.slack.receiving.payloads import read_kept, write_payload
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.slack.sending.delivery import conversation_key
from bot.slack.sending.places import write_place
from bot.slack.sending.sessions import Stopped
from bot.slack.sending.waiting import WaitingLine
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.dialogue.conversation import Beginning
    from bot.loop.leases import Leases
    from bot.loop.turn_store import TurnStore
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person
    from bot.scheduling.times import Clock
    from bot.slack.ports import Assistant, Spawn
    from bot.slack.receiving.members import Members
    from bot.slack.receiving.payloads import Payload
    from bot.slack.sending.delivery import Delivery
    from bot.slack.sending.outbox import Outbox
    from bot.slack.sending.pages import HomePages
    from bot.slack.sending.places import Place
    from bot.slack.sending.sessions import Sessions
    from bot.slack.workspaces import Workspaces

log = get_logger("slack.turns")

SURFACE = "slack"
_MOST_ATTEMPTS = 24
"""Two minutes of Slack or our own database being away; a request that fails by itself has been apologised for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`wait_line`: when a waiting line is shown. `turn`: how long an answer may take from its acceptance on."""

    wait_line: timedelta = timedelta(seconds=1.5)
    turn: timedelta = timedelta(seconds=12)
    most_at_once: int = 100
    """Requests at work in this process; others wait their turn, accepted and safe."""
    most_accepted: int = 2000
    """Requests at work and waiting; above that one is turned away with a word, because its answer would come too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Accepts requests and answers them. `at_work` holds the claims of what is being answered here now."""

    assistant: Assistant
    store: TurnStore
    leases: Leases
    workspaces: Workspaces
    members: Members
    delivery: Delivery
    outbox: Outbox
    sessions: Sessions
    pages: HomePages
    clock: Clock
    spawn: Spawn
    pace: Pace = Pace()
    told: Callable[[Owner, str, str], Awaitable[None]] | None = None
    """Hears that what came of a card was told: whose it is, which, in which words."""
    at_work: set[str] = field(default_factory=set)
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gate", Gate(self.pace.most_at_once))

    async def accept(self, payload: Payload, *, bot: str) -> None:
        """Take a request in, before Slack gets its ack, and hand the work over. `bot` is our own member id there. Raises
        when it could not be kept, and `Busy` when there is too much to do.
        """
        now = self.clock.now()
        arrival = read_arrival(payload, bot=bot, now=now)
        if arrival is None:
            return
        if len(self.at_work) >= self.pace.most_accepted:
            raise Busy
        if isinstance(arrival.turn, Opened):
            self.spawn(self.pages.opened(arrival.owner))
            return
        accepted = Accepted(key=arrival.claim, surface=SURFACE, payload=write_payload(payload), accepted_at=now)
        is_first = accepted.key not in self.at_work
        self.at_work.add(accepted.key)
        beginning: Beginning | NotTaken = NotTaken.SEEN
        try:
            beginning = await self.store.accept(
                accepted,
                lease=self.leases.length,
                key=conversation_key(arrival.owner, arrival.place),
                pressed=arrival.turn.card if isinstance(arrival.turn, Chose | Submitted) else "",
                is_overheard=arrival.is_overheard,
            )
        finally:
            if is_first and isinstance(beginning, NotTaken):
                self.at_work.discard(accepted.key)
        if isinstance(beginning, NotTaken):
            log.info("slack.not_taken", claim=arrival.claim, why_code=str(beginning))
        else:
            until = asyncio.get_running_loop().time() + self.pace.turn.total_seconds()
            self.spawn(self._answer(accepted, arrival, beginning, until=until))

    async def replay(self, accepted: Accepted) -> None:
        """Run a request again that was accepted and never answered."""
        payload = read_kept(accepted.payload)
        arrival = await self._read(payload) if payload else None
        if arrival is None:
            log.warning("slack.unreadable_turn", claim=accepted.key)
            await self.store.close(answers=accepted.key, now=self.clock.now())
            return
        log.info("slack.replayed", claim=accepted.key, attempts=accepted.attempts)
        turn = replace(arrival.turn, is_replayed=True) if isinstance(arrival.turn, Chose) else arrival.turn
        await self._answer(accepted, replace(arrival, turn=turn, trigger="", since=accepted.accepted_at))

    async def _read(self, payload: Payload) -> Arrival | None:
        workspace = await self.workspaces.find(payload.enterprise_of, payload.team_of)
        bot = workspace.bot_user if workspace else ""
        return read_arrival(payload, bot=bot, now=self.clock.now())

    # ── the work, handed over ──────────────────────────────────────────────────────────────────────────────────────

    async def _answer(
        self, accepted: Accepted, arrival: Arrival, beginning: Beginning | None = None, *, until: float | None = None
    ) -> None:
        """In a task of its own: at once, or for recovery."""
        name_turn(os.urandom(6).hex())
        self.at_work.add(accepted.key)
        self.leases.turns.add(accepted.key)
        try:
            await self.gate.enter()
            try:
                await self._run(accepted, arrival, beginning, until=until)
            except Exception as error:  # noqa: BLE001  the outermost loop: logged with a reference that the person sees
                if await self._apologise(arrival, error):
                    await self._note_answered(accepted)
                else:
                    await self.leases.put_off(accepted.key, attempts=accepted.attempts)
            finally:
                self.gate.leave()
        finally:
            self.leases.turns.discard(accepted.key)
            self.at_work.discard(accepted.key)

    async def _note_answered(self, accepted: Accepted) -> None:
        try:
            await self.store.close(answers=accepted.key, now=self.clock.now())
        except Exception as error:  # noqa: BLE001  as above: the answer is out, and recovery asks again
            log.error("slack.inbox_away", cause=error)

    async def _run(
        self, accepted: Accepted, arrival: Arrival, beginning: Beginning | None, *, until: float | None
    ) -> None:
        if accepted.attempts > _MOST_ATTEMPTS:
            raise _GivenUp
        arrival = await self.delivery.settle(arrival, beginning.place if beginning else None)
        stands = await self.delivery.standing(arrival) if arrival.since is not None else None
        if stands is not None and stands[1].is_answer:
            awaits = (arrival.turn.card,) if isinstance(arrival.turn, Chose) and stands[1].is_unsure else ()
            stood = Reply(text="", card=stands[1].card, awaits=awaits)
            await self.assistant.delivered(stood, write_place(stands[0]), answers=accepted.key)
            return
        asker = await self.members.asker(arrival.owner)
        if arrival.mentioned or isinstance(arrival.turn, Pointed):
            arrival = await self._with_people(arrival)
        line = None if stands is None else stands[0]
        reply, waiting = await self._think(arrival, asker, beginning, until=until, line=line)
        if reply.is_silent:
            await self.delivery.take_back(arrival, waiting)
            await self._note_answered(accepted)
            return
        if reply.form is not None and isinstance(arrival.turn, Chose):
            if await self.delivery.open_form(arrival, reply):
                await self.delivery.take_back(arrival, waiting)
                note = beginning.place if beginning else await self.assistant.card_place(reply.card)
                stands_at = write_place(self.delivery.card_of(arrival, note))
                await self.assistant.delivered(reply, stands_at, answers=accepted.key)
                return
            reply = reply if reply.choices else phrases.form_late(reply.form, reply.card, reply.form_option)
        if not await self._is_ours(accepted, reply, until=until):
            await self.delivery.take_back(arrival, waiting)
            return
        place = await self.delivery.deliver(arrival, asker, reply, waiting)
        # When it cannot be noted that the answer is out, recovery runs the turn again, which is the lesser evil.
        await self.assistant.delivered(reply, write_place(place), answers=accepted.key)
        if self.sessions.is_one(arrival.owner, arrival.place):
            waits = any(one.style is Style.PRIMARY for one in reply.choices)
            await self.sessions.after(arrival.owner, arrival.place, waits=waits)
        if self.told is not None and (beginning is None or beginning.is_awaited):
            for card in reply.tells:
                await self.told(arrival.owner, card, reply.text)

    async def _is_ours(self, accepted: Accepted, reply: Reply, *, until: float | None) -> bool:
        """Whether nobody has answered it since, or taken it up while we stood still. Outcomes are told in any case."""
        began = None if until is None else until - self.pace.turn.total_seconds()
        is_fresh = began is not None and asyncio.get_running_loop().time() - began < self.leases.length.total_seconds()
        if is_fresh or reply.tells or reply.awaits:
            return True
        return await self.leases.inbox.keep(accepted, now=self.clock.now(), lease=self.leases.length)

    async def _with_people(self, arrival: Arrival) -> Arrival:
        match arrival.turn:
            case Said() as turn if arrival.mentioned:
                people = await self.members.mentioned(arrival.owner, arrival.mentioned)
                return replace(arrival, turn=replace(turn, people=people))
            case Pointed() as turn:
                speakers = await self.members.speakers(arrival.owner, arrival.place.channel, arrival.thread)
                meant = tuple(dict.fromkeys((*arrival.mentioned, *speakers)))
                people = await self.members.mentioned(arrival.owner, meant)
                return replace(arrival, turn=replace(turn, people=people))
            case Submitted() as turn if arrival.mentioned:
                (person, *_) = await self.members.mentioned(arrival.owner, arrival.mentioned)
                return replace(arrival, turn=_written_to(turn, person))
            case Wished(request=SlotRequest() as request) if arrival.mentioned:
                people = await self.members.mentioned(arrival.owner, arrival.mentioned)
                return replace(arrival, turn=Wished(request=_with_members(request, people)))
            case _:
                return arrival

    async def _think(
        self,
        arrival: Arrival,
        asker: Person,
        beginning: Beginning | None,
        *,
        until: float | None,
        line: Place | None = None,
    ) -> tuple[Reply, Place | None]:
        """The reply, and the waiting line that was shown because it took a while; `line`: one that stands already."""
        owner, place = arrival.owner, arrival.place
        thinking = self.assistant.take_turn(
            arrival.turn,
            key=conversation_key(owner, place),
            asker=asker,
            place=write_place(place),
            is_public=place.is_public,
            beginning=beginning,
            until=until,
            answers=arrival.claim,
        )
        wait = WaitingLine(partial(self.delivery.say_wait, arrival), self.spawn, after=self.pace.wait_line, stands=line)
        try:
            # A message only looks things up; a press or a form may have written by the time it is stopped.
            if isinstance(arrival.turn, Said) and self.sessions.is_one(owner, place):
                async with self.sessions.stoppable(owner, place):
                    reply = await thinking
            else:
                reply = await thinking
        except Stopped:
            return phrases.stopped(), await wait.place()
        except Exception:
            await self.delivery.take_back(arrival, await wait.place())
            raise
        finally:
            wait.end()
        return reply, await wait.place()

    async def _apologise(self, arrival: Arrival, error: Exception) -> bool:
        """Whether the person has read that something went wrong. What passes by itself is run again instead."""
        reference = secrets.token_hex(4)
        log.error("slack.turn_failed", cause=error, reference=reference)
        if isinstance(error, SlackDown | StoreDown):
            return False
        try:
            arrival = await self.delivery.settle(arrival)
            await self._say_sorry(arrival, _sorry(error, reference))
        except (SlackRefusal, SlackDown) as second:
            log.error("slack.apology_failed", cause=second, reference=reference)
            return isinstance(second, SlackRefusal)
        return True

    async def _say_sorry(self, arrival: Arrival, reply: Reply) -> None:
        place = arrival.place
        if place.is_public:
            await self.outbox.whisper(arrival.owner, place, reply)
        else:
            await self.outbox.post_direct(arrival.owner, reply)


def _sorry(error: Exception, reference: str) -> Reply:
    if isinstance(error, SlackRefusal) and error.code == "missing_scope":
        return phrases.lacks_scope(error.needed)
    return phrases.trouble(reference)


def _written_to(turn: Submitted, person: Person) -> Submitted:
    """The form with the address and name of whoever was chosen in it; they win over what was typed."""
    chosen = {
        "email": person.email or "",
        "name": person.name,
        "zone": person.zone or "",
        "member": person.member or "",
    }
    given = {**dict(turn.values), **chosen}
    return replace(turn, values=tuple(given.items()))


def _with_members(request: SlotRequest, people: tuple[Person, ...]) -> SlotRequest:
    """The request with the members that a form named by their ids."""
    known = {person.member: person for person in people}
    guests = tuple(known.get(guest.member, guest) for guest in request.guests)
    attendee = request.attendee
    return replace(request, attendee=known.get(attendee.member, attendee) if attendee else None, guests=guests)


class Busy(Exception):
    """As many requests are at work as this process takes."""


class _GivenUp(Exception):
    """Run often enough; the person is told instead."""
