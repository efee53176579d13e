"""What is remembered between turns: the conversation with the request under way; and the port to whoever keeps it."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.dialogue.acts import ConversationKey  # noqa: TC001  as above
from bot.dialogue.families import Request, UndoRequest  # noqa: TC001  as above
from bot.language.meaning import Moment  # noqa: TC001  as above
from bot.scheduling.hosting import UsedBy  # noqa: TC001  as above
from bot.scheduling.models import Booking, Slot  # noqa: TC001  as above
from bot.scheduling.reminding.preferences import NOTHING_SET, Preferences
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.cards import Card
    from bot.scheduling.accounts import Account, Owner
    from bot.scheduling.ledger import LedgerRow


class Doing(StrEnum):
    """What the effect in flight is for: the machine's table names who takes its outcome."""

    NOTHING = ""
    SEEKING = "seek"
    READING_PAGE = "page"
    MOVING = "move"
    MATCHING = "match"
    REFRESHING = "refresh"
    LISTING = "list"
    READING_PENDING = "pending"
    CHECKING_KEY = "key"
    CHECKING_CONNECTION = "connection"
    CHOOSING_ACCOUNT = "chosen"
    FORGETTING = "forgotten"
    READING_HOURS = "hours"
    READING_WEBHOOKS = "webhooks"
    READING_ACCOUNT = "account"
    READING_PREFERENCES = "preferences"
    PREFERRING = "prefer"
    POSTING = "posting"
    NEXT_TO_REMIND = "next"
    REMINDING = "remind"
    TELLING_LATE = "late"
    PERFORMING = "perform"
    NAMING = "naming"
    SEEKING_TOGETHER = "together"
    GRANTING = "granting"
    WITHDRAWING = "withdrawing"
    ASKING = "asking"
    REMEMBERING = "remembering"
    CHOOSING_TO_SHARE = "choosing"
    SHARING = "sharing"
    PICKING = "picking"
    ENDING_SHARE = "ending"
    PASTING = "pasting"
    CHOOSING_FOR_POLL = "choosing_poll"
    POLLING = "polling"
    READING_STANDING = "standing"
    VOTING = "voting"
    CLOSING_POLL = "closing"
    READING_DAY = "day"
    READING_OF_BOOKING = "of_booking"
    SEEKING_FIRST = "first"
    READING_FORMS = "forms"
    READING_SUBMISSIONS = "submissions"
    ROUTING = "routing"
    MOVING_SEVERAL = "several"
    ADJOINING = "adjoining"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """«I'm in lisbon next week»: the zone of the asker on those days, both included, and on no others."""

    zone: str
    first: date
    last: date
    told_at: datetime | None = None
    """When it was said; a day named right behind it is one of that stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFacts:
    """What is known of one turn only, kept from effect to outcome; the next turn begins without it."""

    is_press: bool = False
    stays: bool = False
    """The pressed card keeps its buttons; the answer is a message of its own."""
    lead: str = ""
    """What opens whatever is answered in the end."""
    is_affirmed: bool = False
    """A typed yes: whatever card is shown says which of its buttons is the one to press."""
    unread: str = ""
    """Small print: what nobody read of the text."""
    fresh: str = ""
    """The booking that was read in this very turn, by id."""
    is_gone: bool = False
    """The slot of the pressed card was taken; that has been said already."""
    account: str = ""
    """The account that is being made the one in use."""
    undo: UndoRequest | None = None
    """What would take back what is being told."""
    used_by: tuple[UsedBy, ...] = ()
    """Which event types the schedules that were read count for."""
    asks: tuple[Request, ...] = ()
    """What the answers to the question that is being asked go on with."""
    asked: tuple[Request, ...] = ()
    """The same of the turn before."""
    other_order: tuple[Moment, ...] = ()
    """The times with a date in figures read the other way round (day first, month first)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The state between turns. `version` counts saves; 0 means that it was never saved.

    `offered` are the slots, `listed` the bookings, last shown, in their order, for «the second one».
    """

    key: ConversationKey
    version: int = 0
    request: Request | None = None
    interrupted: Request | None = None
    """The wish with a card that was under way when a question came in between."""
    card: str = ""
    """The live card."""
    offered: tuple[Slot, ...] = ()
    listed: tuple[Booking, ...] = ()
    shown: tuple[Booking, ...] = ()
    """The last list of several bookings, which «the third» still means once something was done with the second."""
    left: tuple[str, ...] = ()
    """Which of several bookings that were listed together nothing has been done to since, for «the other one»."""
    last_said: str = ""
    """What we said last, for reading the answer."""
    turns: int = 0
    stays: tuple[Stay, ...] = ()
    """Days that the asker spends in another zone."""
    zone_override: str | None = None
    """«I'm in London this week»."""
    language: str | None = None
    """The language last written in here, by its two letters: what a short answer is read in that tells none itself."""
    undo: UndoRequest | None = None
    """What would take back the last thing that was written."""
    pressed: tuple[str, str] = ("", "")
    """The card and option of the press that the last turn was; empty when it was none."""
    held_card: str = ""
    """The card that tells of the hold which stands; it loses its buttons to the next card about that hold."""
    doing: Doing = Doing.NOTHING
    turn: TurnFacts = TurnFacts()
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a turn begins with, as it was kept at one moment."""

    conversation: Conversation
    accounts: tuple[Account, ...] = ()
    """The person's accounts, the default first."""
    pressed: Card | None = None
    """The card of a press or a form; None when it is unknown or cannot be read any more."""
    place: str = field(default="", repr=False)
    """Where that card stands: the surface's own note."""
    rows: tuple[LedgerRow, ...] = ()
    """What that card has written so far."""
    preferences: Preferences = NOTHING_SET
    """What the person has set."""
    is_awaited: bool = False
    """Whether something beside the person waits for what comes of that card (a workflow's step)."""


class StaleConversation(Exception):
    """Somebody saved the conversation in between: load again and advance once more."""


class Conversations(Protocol):
    """Keeps conversations and cards."""

    async def load(self, key: ConversationKey) -> Conversation:
        """The conversation; a new one (version 0) when there is none."""
        ...

    async def save(self, conversation: Conversation, cards: tuple[Card, ...] = ()) -> Conversation:
        """Store it with the next version, and new cards with it; raises `StaleConversation`."""
        ...

    async def save_cards(self, cards: tuple[Card, ...]) -> None:
        """Store cards that belong to no conversation's turn (the home page, news)."""
        ...

    async def card(self, card_id: str) -> Card | None:
        """A card by its id, whoever it belongs to."""
        ...

    async def place_card(self, card_id: str, place: str) -> None:
        """Remember where a card stands (the surface's own note; encrypted at rest), so that it can be edited later."""
        ...

    async def card_place(self, card_id: str) -> str:
        """Where a card stands; empty when it is not known."""
        ...

    async def forget(self, owner: Owner) -> None:
        """Delete everything kept about a person: conversations, cards, accounts, and personal detail of ledger rows."""
        ...
