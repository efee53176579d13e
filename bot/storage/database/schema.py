"""The tables as the statements see them. `migrations.py` makes them; a test holds the two together.

Columns named `body`, `place` and `result` are sealed (crypto.py); `SEALED` lists them for counting and rotating keys. All
else is ids, states and times. Times are microseconds since 1970 in UTC: the same integer on both databases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    and_,
    bindparam,
)

from bot.storage.database.columns import Instant, Text, storable
from bot.values import dataclass

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from bot.scheduling.accounts import Owner

metadata = MetaData()


def _owner() -> tuple[Column[str], Column[str], Column[str]]:
    return Column("enterprise", Text), Column("team", Text), Column("member", Text)


conversations = Table(
    "conversations",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("thread", Text, primary_key=True),
    Column("version", Integer),
    Column("updated_at", Instant),
    Column("body", LargeBinary),
)
cards = Table(
    "proposals",
    metadata,
    Column("id", Text, primary_key=True),
    *_owner(),
    Column("expires_at", Instant),
    Column("body", LargeBinary),
    Column("place", LargeBinary),
    Column("turn", Text),
)
offers = Table(
    "offers",
    metadata,
    Column("id", Text, primary_key=True),
    *_owner(),
    Column("account", Text),
    Column("state", Text),
    Column("offered_at", Instant),
    Column("expires_at", Instant),
    Column("claimed_at", Instant),
    Column("lease_until", Instant),
    Column("body", LargeBinary),
)
writes = Table(
    "writes",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("offer", Text),
    Column("option", Text),
    Column("position", Integer),
    *_owner(),
    Column("account", Text),
    Column("kind", Text),
    Column("state", Text),
    Column("claimed_at", Instant),
    Column("sent_at", Instant),
    Column("finished_at", Instant),
    Column("told_at", Instant),
    Column("body", LargeBinary),
    Column("result", LargeBinary),
    Column("look_at", Instant),
)
inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("surface", Text),
    Column("accepted_at", Instant),
    Column("answered_at", Instant),
    Column("attempts", Integer),
    Column("lease_until", Instant),
    Column("body", LargeBinary),
    Column("pressed", Text),
)
accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    *_owner(),
    Column("provider", Text),
    Column("route", Text),
    Column("status", Text),
    Column("is_default", Boolean),
    Column("webhook", Text),
    Column("body", LargeBinary),
    Column("made_at", Instant),
)
duties = Table(
    "duties",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text),
    Column("lease_until", Instant),
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("claimed_at", Instant),
)
installations = Table(
    "installations",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("is_enterprise", Boolean),
    Column("installer", Text),
    Column("body", LargeBinary),
)
oauth_states = Table(
    "oauth_states",
    metadata,
    Column("state", Text, primary_key=True),
    Column("expires_at", Instant),
)
consents = Table(
    "consents",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("viewer", Text, primary_key=True),
    Column("granted_at", Instant),
    Column("until", Instant),
)
addresses = Table(
    "addresses",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", LargeBinary),
)
shares = Table(
    "shares",
    metadata,
    Column("id", Text, primary_key=True),
    *_owner(),
    Column("most", Integer),
    Column("until", Instant),
    Column("ended_at", Instant),
    Column("body", LargeBinary),
    Column("place", LargeBinary),  # never filled; the release before names it
)
picks = Table(
    "picks",
    metadata,
    Column("share", Text, primary_key=True),
    Column("slot", Instant, primary_key=True),
    *_owner(),
    Column("picked_at", Instant),
    Column("is_kept", Boolean),
)
polls = Table(
    "polls",
    metadata,
    Column("id", Text, primary_key=True),
    *_owner(),
    Column("closes_at", Instant),
    Column("closed_at", Instant),
    Column("body", LargeBinary),
    Column("place", LargeBinary),  # as in `shares`
)
votes = Table(
    "votes",
    metadata,
    Column("poll", Text, primary_key=True),
    Column("enterprise", Text),
    Column("team", Text),
    Column("member", Text, primary_key=True),
    Column("option", Integer, primary_key=True),
    Column("body", LargeBinary),
)
errands = Table(
    "errands",
    metadata,
    Column("id", Text, primary_key=True),
    *_owner(),
    Column("kind", Text),
    Column("about", Text),
    Column("due_at", Instant),
    Column("lease_until", Instant),
    Column("done_at", Instant),
    Column("body", LargeBinary),
)
booking_places = Table(
    "booking_places",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("booking", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("place", LargeBinary),
    Column("changed_at", Instant),
)
pages = Table(
    "pages",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("changes", Integer),
    Column("shown", Integer),
    Column("shown_at", Instant),
    Column("lease_until", Instant),
    Column("opened_at", Instant),
)
member_tokens = Table(
    "member_tokens",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("body", LargeBinary),
)
postings = Table(
    "postings",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("event_type", Text, primary_key=True),
    Column("made_at", Instant),
)
preferences = Table(
    "preferences",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("body", LargeBinary),
)
grants = Table(
    "grants",
    metadata,
    Column("account", Text, primary_key=True),
    *_owner(),
    Column("version", Integer),
    Column("expires_at", Instant),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("body", LargeBinary),
)
asked_consents = Table(
    "asked_consents",
    metadata,
    Column("state", Text, primary_key=True),
    *_owner(),
    Column("expires_at", Instant),
    Column("body", LargeBinary),
)
meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary),
)
schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("name", Text),
    Column("applied_at", Instant),
)


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed values, and the columns whose values name the row it is bound to."""

    table: Table
    column: str
    row: tuple[str, ...]

    def place(self, *row: str) -> str:
        """What a value of this column in that row is bound to."""
        return storable("\x1f".join((self.table.name, self.column, *row)))


CONVERSATION_BODY = SealedColumn(conversations, "body", ("enterprise", "team", "member", "channel", "thread"))
CARD_BODY = SealedColumn(cards, "body", ("id",))
CARD_PLACE = SealedColumn(cards, "place", ("id",))
OFFER_BODY = SealedColumn(offers, "body", ("id",))
WRITE_BODY = SealedColumn(writes, "body", ("reference",))
WRITE_RESULT = SealedColumn(writes, "result", ("reference",))
INBOX_BODY = SealedColumn(inbox, "body", ("key",))
ACCOUNT_BODY = SealedColumn(accounts, "body", ("id",))
INSTALLATION_BODY = SealedColumn(installations, "body", ("enterprise", "team"))
ADDRESS_BODY = SealedColumn(addresses, "body", ("enterprise", "team", "member", "name"))
SHARE_BODY = SealedColumn(shares, "body", ("id",))
POLL_BODY = SealedColumn(polls, "body", ("id",))
VOTE_BODY = SealedColumn(votes, "body", ("poll", "member"))
ERRAND_BODY = SealedColumn(errands, "body", ("id",))
PREFERENCE_BODY = SealedColumn(preferences, "body", ("enterprise", "team", "member"))
BOOKING_PLACE = SealedColumn(booking_places, "place", ("enterprise", "team", "member", "booking", "channel"))
MEMBER_TOKEN = SealedColumn(member_tokens, "body", ("enterprise", "team", "member"))
GRANT_BODY = SealedColumn(grants, "body", ("account",))
ASKED_BODY = SealedColumn(asked_consents, "body", ("state",))
SEALED = (
    CONVERSATION_BODY,
    CARD_BODY,
    CARD_PLACE,
    OFFER_BODY,
    WRITE_BODY,
    WRITE_RESULT,
    INBOX_BODY,
    ACCOUNT_BODY,
    INSTALLATION_BODY,
    ADDRESS_BODY,
    SHARE_BODY,
    POLL_BODY,
    VOTE_BODY,
    ERRAND_BODY,
    PREFERENCE_BODY,
    BOOKING_PLACE,
    MEMBER_TOKEN,
    GRANT_BODY,
    ASKED_BODY,
)


def of_owner(table: Table) -> ColumnElement[bool]:
    """The rows of one owner; goes with `owner_values`."""
    return and_(
        table.c.enterprise == bindparam("b_enterprise"),
        table.c.team == bindparam("b_team"),
        table.c.member == bindparam("b_member"),
    )


def owner_values(owner: Owner) -> dict[str, Any]:
    """The values that `of_owner` asks for."""
    return {"b_enterprise": owner.enterprise, "b_team": owner.team, "b_member": owner.member}


def owner_columns(owner: Owner) -> dict[str, Any]:
    """An owner as column values of a new row."""
    return {"enterprise": owner.enterprise, "team": owner.team, "member": owner.member}
