"""What the core may know beside the conversation: everything the loop loaded before it asked for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.dialogue.acts import AccountFacts, Effect, Reply
    from bot.dialogue.conversation import Conversation, ConversationKey, Proposal
    from bot.errors import PencilError
    from bot.scheduling.accounts import Route
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
    proposal_lifetime: timedelta
    people: tuple[Person, ...] = ()
    """Members mentioned in this turn, with mail and zone where known."""
    account: AccountFacts | None = None
    accounts: tuple[AccountFacts, ...] = ()
    capabilities: Capabilities | None = None
    profile: Profile | None = None
    event_types: tuple[EventType, ...] = ()
    routes: tuple[tuple[str, Route], ...] = ()
    """What can be connected here: (provider, route)."""
    pressed: Proposal | None = None
    """The card of a press or a form, as the store has it; None when it is unknown or was dropped."""
    is_public: bool = False
    is_read_only: bool = False
    is_dry_run: bool = False
    trouble: PencilError | None = None
    """Why the account's profile and event types could not be read just now; they are empty then."""
    news_url: str = ""
    """Where a provider would send news for this account; empty when news cannot reach us or there is no account."""
    has_news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision: the conversation as it is now, and exactly one of an effect to perform and a reply to give."""

    conversation: Conversation
    effect: Effect | None = None
    reply: Reply | None = None
    proposals: tuple[Proposal, ...] = ()
    """New cards, to be stored before the reply goes out; those with WRITE options are offered in the ledger."""

    def __post_init__(self) -> None:
        if (self.effect is None) == (self.reply is None):
            raise ValueError("a step has an effect or a reply")
