"""The steps for Workflow Builder: find a time, book a meeting, share a link. Each ends with outputs or with why not.

`book` puts a card into the person's direct messages and ends when they have pressed it: the execution waits as an errand of
the card's, so that any process can end it, and ends unpressed when the card has run out.
https://docs.slack.dev/workflows/creating-custom-steps
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.errors import PencilError
from bot.logs import get_logger
from bot.loop.agents import Span
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person
from bot.scheduling.reminding.errands import Errand, ErrandKind
from bot.scheduling.showing.inert import drawn
from bot.slack.drawing import phrases
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.loop.agents import Agents
    from bot.scheduling.models import Booking
    from bot.scheduling.reminding.errands import Errands
    from bot.scheduling.times import Clock
    from bot.slack.ports import Spawn
    from bot.slack.receiving.payloads import Payload
    from bot.slack.sending.outbox import Outbox

    Outputs = dict[str, Any]

log = get_logger("slack.steps")

_WAITS = timedelta(minutes=20)
"""A little longer than a card can be pressed."""


class _Waiting(Exception):
    """The step ends later, by a press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Carries steps out."""

    agents: Agents
    errands: Errands
    outbox: Outbox
    clock: Clock
    spawn: Spawn

    def accept(self, payload: Payload) -> None:
        """Take a step on; Slack waits for its end, not for this."""
        self.spawn(self._run(payload))

    async def _run(self, payload: Payload) -> None:
        event = payload.event
        execution = (event.function_execution_id if event else None) or ""
        name = (event.function.callback_id if event and event.function else None) or ""
        inputs = (event.inputs if event else None) or {}
        owner = Owner(payload.enterprise_of, payload.team_of, str(inputs.get("person") or ""))
        run = _STEPS.get(name)
        if run is None or not execution:
            return
        try:
            outputs = await run(self, owner, inputs, execution)
        except _Waiting:
            return
        except PencilError as error:
            await self._end(owner, execution, {"error": error.for_person})
        except (ValueError, OverflowError):
            await self._end(owner, execution, {"error": phrases.step_unreadable()})
        else:
            await self._end(owner, execution, {"outputs": outputs})

    async def pressed(self, owner: Owner, card: str, text: str) -> None:
        """What came of a card was told: the step that waits for it ends."""
        for errand in await self.errands.of(owner, ErrandKind.STEP):
            if errand.about == card:
                await self.errands.drop(owner, (ErrandKind.STEP,), about=card)
                booking = await self.agents.came_of(card)
                await self._end(owner, errand.body, {"outputs": _made(booking)} if booking else {"error": text})

    async def ran_out(self, errand: Errand) -> None:
        """Nobody has pressed in time."""
        await self._end(errand.owner, errand.body, {"error": phrases.step_unpressed()})

    async def _end(self, owner: Owner, execution: str, ending: Outputs) -> None:
        method = "functions.completeError" if "error" in ending else "functions.completeSuccess"
        try:
            await self.outbox.note(owner, method, function_execution_id=execution, **ending)
        except (SlackRefusal, SlackDown) as error:
            log.warning("slack.step_not_ended", code=getattr(error, "code", "down"))

    # ── the steps ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def find_time(self, owner: Owner, inputs: Mapping[str, Any], execution: str) -> Outputs:
        """The first free time from a day on."""
        del execution
        first = datetime.fromisoformat(str(inputs["day"])).date() if inputs.get("day") else None
        last = first + timedelta(days=14) if first else None
        found = await self.agents.find_times(
            owner, Span(first=first, last=last), event_type=str(inputs.get("event_type") or ""), length=None
        )
        if not found.slots:
            raise PencilError("nothing free", for_person=phrases.step_nothing_free())
        start = found.slots[0].start
        return {"start": int(start.timestamp()), "start_text": phrases.step_time(start, found.zone)}

    async def book(self, owner: Owner, inputs: Mapping[str, Any], execution: str) -> Outputs:
        """A card for the person; the step ends with its press."""
        start = datetime.fromtimestamp(int(inputs["start"]), UTC)
        who = Person(name="", member=str(inputs.get("attendee") or ""))
        prepared = await self.agents.prepare_booking(
            owner,
            who,
            start,
            event_type=str(inputs.get("event_type") or ""),
            length=None,
            topic=str(inputs.get("topic") or ""),
        )
        if not prepared.card:
            raise PencilError("no card", for_person=prepared.text)
        waiting = Errand(
            id=f"step:{prepared.card}",
            owner=owner,
            kind=ErrandKind.STEP,
            due_at=self.clock.now() + _WAITS,
            about=prepared.card,
            body=execution,
        )
        await self.errands.add(waiting)
        raise _Waiting

    async def share_link(self, owner: Owner, inputs: Mapping[str, Any], execution: str) -> Outputs:
        """The booking page of an event type."""
        del execution
        title, link = await self.agents.booking_page(owner, str(inputs.get("event_type") or ""))
        return {"link": link, "title": title}


def _made(booking: Booking) -> Outputs:
    return {"title": drawn(booking.title), "start": int(booking.slot.start.timestamp()), "join_url": booking.join_url}


_STEPS: dict[str, Callable[[Steps, Owner, Mapping[str, Any], str], Awaitable[dict[str, Any]]]] = {
    "find_time": Steps.find_time,
    "book": Steps.book,
    "share_link": Steps.share_link,
}
STEPS = tuple(_STEPS)
