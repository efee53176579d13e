"""What the core may know beside the conversation: everything the loop loaded before it asked for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.scheduling.reminding.habits import NO_HABITS, Habits
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.dialogue.acts import AccountFacts, ConversationKey, Effect, Reply
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Conversation
    from bot.dialogue.families import Request
    from bot.errors import PencilError
    from bot.scheduling.accounts import Owner, Route
    from bot.scheduling.models import EventType, Person, Profile
    from bot.scheduling.provider import Capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The world as the loop knows it at this turn. Equal context, conversation and act give an equal step.

    `asker.zone` is always a valid IANA name. Without an account `account`, `capabilities` and `profile` are None.
    `fresh_id` is unguessable and new for every step; several cards of one step append a letter.
    """

    now: datetime
    key: ConversationKey
    asker: Person
    fresh_id: str
    card_lifetime: timedelta
    people: tuple[Person, ...] = ()
    """Members mentioned in this turn, with mail and zone where known."""
    account: AccountFacts | None = None
    accounts: tuple[AccountFacts, ...] = ()
    capabilities: Capabilities | None = None
    profile: Profile | None = None
    event_types: tuple[EventType, ...] = ()
    routes: tuple[tuple[str, Route], ...] = ()
    """What can be connected here: (provider, route)."""
    pressed: Card | None = None
    """The card of a press or a form, as the store has it; None when it is unknown or was dropped."""
    is_public: bool = False
    is_read_only: bool = False
    is_dry_run: bool = False
    trouble: PencilError | None = None
    """Why the account's profile and event types could not be read just now; they are empty then."""
    news_url: str = ""
    """Where a provider would send news for this account; empty when news cannot reach us or there is no account."""
    has_news: bool = False
    habits: Habits = NO_HABITS
    """What the asker has set for themselves."""
    shares_free: bool | None = None
    """Whether every colleague may see when the person is free; None: nobody has looked, outside of the home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something said beside the reply: to a colleague directly, in place of a card that stands somewhere, or here for all."""

    reply: Reply
    to: Owner | None = None
    """Whose direct messages; None: where the talk is, for everybody there."""
    replaces: str = ""
    """The card that it is said in the place of, wherever that stands; nothing is said when it stands nowhere."""
    card: Card | None = None
    """Its card, to be stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision: the conversation as it is now, and exactly one of an effect to perform and a reply to give."""

    conversation: Conversation
    effect: Effect | None = None
    reply: Reply | None = None
    letters: tuple[Letter, ...] = ()
    """Goes out with the reply, once everything is kept."""
    cards: tuple[Card, ...] = ()
    """New cards, to be stored before the reply goes out; those with WRITE options are offered in the ledger."""

    def __post_init__(self) -> None:
        if (self.effect is None) == (self.reply is None):
            raise ValueError("a step has an effect or a reply")

    def with_letters(self, *letters: Letter) -> Step:
        """The same with these letters."""
        return replace(self, letters=(*self.letters, *letters))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """A decision that is the machine's to finish: decide on that request, in the conversation as it is now."""

    conversation: Conversation
    request: Request


Decision = Step | GoOn
"""What a handler comes to. Only `machine` knows which handler a request goes to, so none calls another by that way."""
