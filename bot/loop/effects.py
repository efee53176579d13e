"""Performs what the core asks for: one effect in, what came of it out. Every expected error becomes a `Failed`."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.acts import (
    BookingsFound,
    ChooseAccount,
    ConnectKey,
    Done,
    Failed,
    FindBookings,
    FindSlots,
    ForgetMe,
    Found,
    Look,
    LookUp,
    Perform,
    PostNews,
    Prefer,
    Remind,
    SlotsFound,
    StopPosting,
    TellLate,
)
from bot.dialogue.acts.together import FindPeople, FindTogether
from bot.dialogue.families import SlotRequest
from bot.errors import NotConnected, PencilError, ProviderDown, StoreDown
from bot.groups import side_by_side
from bot.logs import get_logger
from bot.loop.lookups import look_up
from bot.loop.writing.pressing import Presser
from bot.scheduling.reminding.telling import Posting
from bot.scheduling.writes import CancelBooking, ChangeEntry, MoveBooking, ReleaseHold
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.acts import ConversationKey, Effect, Outcome
    from bot.dialogue.acts.together import TogetherEffect
    from bot.dialogue.context import Context
    from bot.dialogue.conversation import Conversations
    from bot.loop.accounts import AccountKeeper, KnownAccounts
    from bot.loop.reminding.channels import Channels
    from bot.loop.reminding.keeping import ReminderKeeper
    from bot.loop.together.circle import Circle
    from bot.loop.together.picking import Picks
    from bot.loop.writing.pressing import Presses
    from bot.scheduling.ledger import Ledger, LedgerRow
    from bot.scheduling.models import Hold, Person
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock

log = get_logger("effects")

_LONGEST_HOLD = timedelta(hours=2)
_SHORTENS = (CancelBooking, ChangeEntry, MoveBooking)
"""Writes after which somebody may no longer be in a meeting."""


@dataclass(slots=True)
class Work:
    """What one turn works on."""

    key: ConversationKey
    asker: Person
    place: str
    is_public: bool
    known: KnownAccounts
    context: Context
    until: float
    """When the turn's time is up, on the loop's clock."""
    turn: str = ""
    """The turn's key in the inbox, where it has one."""
    rows: tuple[LedgerRow, ...] = ()
    has_written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Performs effects. It knows ports only."""

    conversations: Conversations
    ledger: Ledger
    keeper: AccountKeeper
    circle: Circle
    presses: Presses
    reminders: ReminderKeeper
    channels: Channels
    picks: Picks
    clock: Clock

    async def do(self, effect: Effect, work: Work) -> Outcome:
        """What came of it. Raises `StoreDown` for a press only: it cannot be known then what has been claimed."""
        try:
            if isinstance(effect, Perform):
                return await self._perform(effect, work)
            async with asyncio.timeout_at(work.until):
                return await self._find(effect, work)
        except TimeoutError:
            return Failed(effect=effect, error=ProviderDown("the turn's time is up"))
        except PencilError as error:
            if isinstance(effect, Perform) and isinstance(error, StoreDown):
                raise  # the turn stays in the inbox and is run again
            log.info("effect.failed", effect=type(effect).__name__, error=type(error).__name__)
            return Failed(effect=effect, error=error)

    async def holds(self, account: str) -> tuple[Hold, ...]:
        """What we hold there and has not run out, been released or been booked, by start."""
        now = self.clock.now()
        rows = await self.ledger.history(since=now - _LONGEST_HOLD, account=account)
        held = [row.written.hold for row in rows if row.written is not None and row.written.hold is not None]
        gone = {row.write.hold for row in rows if isinstance(row.write, ReleaseHold) and row.written is not None}
        standing = [hold for hold in held if hold.expires_at > now and hold.id not in gone]
        return tuple(sorted(standing, key=lambda hold: hold.slot.start))

    async def _perform(self, effect: Perform, work: Work) -> Outcome:
        by = Presser(
            owner=work.key.owner,
            asker=work.asker,
            place=work.place,
            known=work.known,
            card=work.context.pressed,
            rows=work.rows,
        )
        request = by.card.request if by.card is not None else None
        if isinstance(request, SlotRequest) and request.share:
            outcome = await self.picks.perform(effect, request, by, until=work.until)
        else:
            outcome = await self.presses.perform(effect, by, until=work.until)
        work.has_written = work.has_written or bool(outcome.rows)
        if any(row.written is not None and isinstance(row.write, _SHORTENS) for row in outcome.rows):
            await self.reminders.meetings_changed(work.key.owner)
        return outcome

    async def _find(
        self,
        effect: FindSlots
        | FindBookings
        | LookUp
        | ConnectKey
        | ChooseAccount
        | ForgetMe
        | TogetherEffect
        | Prefer
        | Remind
        | TellLate
        | PostNews
        | StopPosting,
        work: Work,
    ) -> Outcome:
        match effect:
            case FindSlots(queries=queries):
                return SlotsFound(slots=await side_by_side(list(map(_provider(work).find_slots, queries))))
            case FindBookings(query=query):
                return BookingsFound(bookings=await _provider(work).bookings(query))
            case LookUp():
                return await self._look_up(effect, work)
            case ConnectKey(provider=name, key=key):
                account = await self.keeper.keep_key(work.key.owner, name, key)
                return Found(what=Look.ACCOUNTS, values=(self.keeper.facts(account),))
            case ChooseAccount(account=account_id):
                await self.keeper.choose(work.key.owner, account_id)
            case Prefer(preferences=wanted, zone=zone, intro=intro):
                if intro and wanted.agenda is not None:
                    await self.channels.greet(work.key.owner, wanted.agenda.channel, intro)
                link = await self.reminders.status_link(work.key.owner, wanted)
                await self.reminders.prefer(work.key.owner, wanted, ZoneInfo(zone))
                return Done(effect=effect, link=link)
            case TellLate():
                await self.reminders.tell_late(work.key.owner, effect)
            case Remind(booking=booking, at=at):
                await self.reminders.remind(work.key.owner, booking, at)
            case PostNews(channel=channel, event_type=event_type, intro=intro):
                posting = Posting(owner=work.key.owner, channel=channel, event_type=event_type)
                await self.channels.begin(posting, intro)
            case StopPosting(channel=channel, event_type=event_type):
                await self.channels.end(work.key.owner, channel=channel, event_type=event_type)
            case ForgetMe():
                await self.conversations.forget(work.key.owner)
            case _:
                work.has_written = work.has_written or not isinstance(effect, FindPeople | FindTogether)
                return await self.circle.do(effect, work.key.owner, work.asker, work.known, place=work.place)
        return Done(effect=effect)

    async def _look_up(self, effect: LookUp, work: Work) -> Found:
        if effect.what is Look.HOLDS:
            account = work.known.account
            return Found(what=Look.HOLDS, values=await self.holds(account.id) if account is not None else ())
        if effect.what is Look.PREFERENCES:
            return Found(what=Look.PREFERENCES, values=(await self.reminders.preferences(work.key.owner),))
        if effect.what is Look.STANDING:
            polls, shares = await self.circle.standing(work.key.owner)
            return Found(what=Look.STANDING, values=(*polls, *shares))
        return Found(what=effect.what, values=await look_up(effect, self.keeper, work.known, work.key.owner))


def _provider(work: Work) -> Provider:
    if work.known.provider is None:
        raise NotConnected("no account to ask with")
    return work.known.provider
