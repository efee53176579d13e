"""What is remembered between turns: the conversation, the wish being filled, the card on offer; and the port to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum
from typing import Protocol

from bot.dialogue.acts import Form  # noqa: TC001  as above
from bot.language.meaning import Intent, Moment, PlaceWish, Recurrence  # noqa: TC001  as above
from bot.scheduling.accounts import Owner  # noqa: TC001  as above
from bot.scheduling.models import Booking, EventType, Hold, Person, Slot  # noqa: TC001  as above
from bot.scheduling.writes import Write  # noqa: TC001  as above


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationKey:
    """Whose conversation, and where. `channel` and `thread` are opaque ids of the surface; `thread` is empty outside one."""

    owner: Owner
    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The wish being filled. None and empty mean: neither said nor inferred. Times are kept as said, for follow-ups."""

    intent: Intent
    event_type: str | None = None
    length: timedelta | None = None
    attendee: Person | None = None
    guests: tuple[Person, ...] = ()
    moments: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    is_each: bool = False
    """Every time named is wanted («tuesday and thursday»), not one of them."""
    skipped: tuple[datetime, ...] = ()
    """Dates of a repetition that were taken out, as slot starts."""
    zone: str | None = None
    """The zone that was named for the times of this wish; None: the asker's own."""
    slot: Slot | None = None
    """The slot picked, once there is one."""
    booking: Booking | None = None
    """The booking that is moved, cancelled or changed."""
    hold: Hold | None = None
    place: PlaceWish | None = None
    answers: tuple[tuple[str, str], ...] = ()
    topic: str = ""
    reason: str = ""
    details: tuple[tuple[str, str], ...] = ()
    asked_at: datetime | None = None
    host: str | None = None
    """Whose public page is booked on, by user name at the provider; the attendee is then the asker."""
    host_type: EventType | None = None
    """The type picked on that page."""
    sought: tuple[Moment, ...] = ()
    """The present time of the booking meant («tuesday's 3pm»)."""
    wanted: str = ""
    """Words that name the booking or kind of meeting meant and that fit no event type."""
    zones: tuple[str, ...] = ()
    """Candidates of an ambiguous zone name, until one is picked."""
    said: str = ""
    """The text of a wish about the account, for what only its words tell (which day is off, hide or show)."""
    not_before: datetime | None = None
    """Only later slots: the earlier ones were shown already."""
    is_done: bool = False
    """Carried out: kept so that a follow-up knows what it speaks of."""


class ActionKind(StrEnum):
    """What pressing an option does. Only WRITE reaches a provider's writes, and only after its claim."""

    WRITE = "write"
    RESUME = "resume"
    FORM = "form"
    LINK = "link"
    KEEP = "keep"
    LOOK = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One button of a card, with what it does.

    WRITE: `writes` in order, the later ones only after the earlier (`is_sequence`) or each for itself.
    RESUME: decide anew with `request`. FORM: `form` opens; its values revise `request`. LINK: a URL, nothing to do.
    KEEP: close the card, change nothing. LOOK: look again at what `argument` names (a connection, a list).
    """

    id: str
    label: str
    kind: ActionKind
    writes: tuple[Write, ...] = ()
    is_sequence: bool = True
    request: Request | None = None
    form: Form | None = None
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A card on offer: frozen when it was shown. `id` is unguessable. After `expires_at` no option may write."""

    id: str
    key: ConversationKey
    account: str
    request: Request
    options: tuple[Option, ...]
    offered_at: datetime
    expires_at: datetime
    asker: str = ""
    """The name of the person it belongs to, for telling somebody else who pressed it."""

    def option(self, option_id: str) -> Option | None:
        """The option of that id."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The state between turns. `version` counts saves; 0 means that it was never saved.

    `offered` are the slots, `listed` the bookings, last shown, in their order, for «the second one».
    """

    key: ConversationKey
    version: int = 0
    request: Request | None = None
    proposal: str = ""
    """The live card."""
    offered: tuple[Slot, ...] = ()
    listed: tuple[Booking, ...] = ()
    last_said: str = ""
    """What we said last, for reading the answer."""
    turns: int = 0
    zone_override: str | None = None
    """«I'm in London this week»."""
    doing: str = ""
    """What the effect in flight is for; belongs to the machine."""
    notes: tuple[tuple[str, str], ...] = field(default=())
    """Small facts the machine keeps between effect and outcome."""
    updated_at: datetime | None = None


class StaleConversation(Exception):
    """Somebody saved the conversation in between: load again and advance once more."""


class Conversations(Protocol):
    """Keeps conversations and cards."""

    async def load(self, key: ConversationKey) -> Conversation:
        """The conversation; a new one (version 0) when there is none."""
        ...

    async def save(self, conversation: Conversation, proposals: tuple[Proposal, ...] = ()) -> Conversation:
        """Store it with the next version, and new cards with it; raises `StaleConversation`."""
        ...

    async def save_cards(self, proposals: tuple[Proposal, ...]) -> None:
        """Store cards that belong to no conversation's turn (the home page, news)."""
        ...

    async def proposal(self, proposal_id: str) -> Proposal | None:
        """A card by its id, whoever it belongs to."""
        ...

    async def place_card(self, proposal_id: str, place: str) -> None:
        """Remember where a card stands (the surface's own note; encrypted at rest), so that it can be edited later."""
        ...

    async def card_place(self, proposal_id: str) -> str:
        """Where a card stands; empty when it is not known."""
        ...

    async def has_conversation(self, channel: str, thread: str, *, team: str) -> bool:
        """Whether anybody talks with us in that thread."""
        ...

    async def forget(self, owner: Owner) -> None:
        """Delete everything kept about a person: conversations, cards, accounts, and personal detail of ledger rows."""
        ...
