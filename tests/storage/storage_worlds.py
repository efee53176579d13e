"""Databases for the storage tests, and invented things to put into them."""

from __future__ import annotations

import base64
import os
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from bot.dialogue.acts import ConversationKey
from bot.dialogue.cards import Card, Option, WriteOut
from bot.dialogue.conversation import Conversation, TurnFacts
from bot.dialogue.families import SlotRequest
from bot.language.meaning import Intent
from bot.scheduling.accounts import Account, Owner, Route
from bot.scheduling.grants import ConsentAsked, Grant
from bot.scheduling.ledger import Accepted, Offer
from bot.scheduling.models import Attendee, Booking, BookingStatus, Hold, Person, Slot
from bot.scheduling.together.polls import Poll
from bot.scheduling.together.sharing import Consent, Share
from bot.scheduling.writes import BookSlot, ReleaseHold, Write, Written
from bot.storage import open_store
from bot.storage.database.schema import metadata

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.storage.database.statements import Book
    from bot.storage.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)
KEY = bytes(range(32))
OTHER_KEY = bytes(range(32, 64))
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.slow)
DATABASES = (pytest.param("sqlite-file", marks=pytest.mark.slow), "sqlite-memory", POSTGRESQL)
"""One contract for all; on every save it is held in memory only."""
SHARED_DATABASES = ("sqlite-file", POSTGRESQL)
"""Those that two processes can open."""

ANA = Owner("", "T01", "U01ANA")
BEN = Owner("", "T01", "U02BEN")
DM = ConversationKey(owner=ANA, channel="D01")


def key_text(key: bytes) -> str:
    return base64.b64encode(key).decode()


@contextmanager
def postgres_schema() -> Iterator[str]:
    """A schema of its own on the tests' server, as a DATABASE_URL; skips where there is no server."""
    server = os.environ.get("PENCIL_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
    location = server.partition("://")[2]
    admin = create_engine(
        f"postgresql+psycopg://{location}", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2}
    )
    name = f"pencil_{uuid4().hex[:12]}"
    try:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"create schema {name}")
    except OperationalError as error:
        admin.dispose()
        pytest.skip(f"no PostgreSQL for the tests (PENCIL_TEST_POSTGRES or 127.0.0.1:5432): {error.orig}")
    try:
        joint = "&" if "?" in location else "?"
        yield f"postgresql+asyncpg://{location}{joint}options=-csearch_path%3D{name}"
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"drop schema {name} cascade")
        admin.dispose()


def url_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The DATABASE_URL of a kind of database."""
    if kind == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{folder / 'pencil.db'}" if kind == "sqlite-file" else "sqlite://"


@asynccontextmanager
async def opened(url: str, keys: tuple[bytes, ...] = (KEY,), *, is_fresh: bool = True) -> AsyncIterator[Store]:
    """A store; emptied first unless it is to be found as it was left."""
    store = await open_store(url, keys, migrate=True)
    try:
        if is_fresh and url.startswith("postgres"):
            tables = [table.name for table in reversed(metadata.sorted_tables) if table.name != "schema_version"]
            wipe = ";".join(f"delete from {name}" for name in ("writes", "picks", "votes", *tables))
            await store.database.one(lambda connection: connection.exec_driver_sql(wipe).close())
        yield store
    finally:
        await store.close()


class Counted:
    """Counts the statements that reach a database, leaving out what begins and ends transactions."""

    def __init__(self, book: Book) -> None:
        self.statements: list[str] = []
        self.transactions = 0
        book.hearers.append(self._note)

    def _note(self, _driver: object, statement: str) -> None:
        verb = statement.split(None, 1)[0].lower()
        if verb == "begin":
            self.transactions += 1
        elif verb not in {"commit", "rollback", "savepoint", "release"}:
            self.statements.append(statement)

    def take(self) -> tuple[int, int]:
        """(statements, transactions) since the last time."""
        counts = len(self.statements), self.transactions
        self.statements.clear()
        self.transactions = 0
        return counts


def slot(hours: int = 24) -> Slot:
    start = NOW + timedelta(hours=hours)
    return Slot(start, start + timedelta(minutes=30))


def booking(title: str = "Intro with Dana", identifier: str = "bk_1") -> Booking:
    return Booking(
        id=identifier,
        title=title,
        slot=slot(),
        status=BookingStatus.BOOKED,
        attendees=(Attendee(name="Dana Dee", zone="Europe/London", email="dana@acme.io"),),
        hosts=(Person(name="Ana Ash", email="ana@example.com"),),
        join_url="https://meet.example.com/abc",
    )


def book(email: str = "dana@acme.io", name: str = "Dana Dee") -> BookSlot:
    return BookSlot(
        event_type="101",
        slot=slot(),
        attendee=Attendee(name=name, zone="Europe/London", email=email),
        guests=("omar@acme.io",),
        answers=(("notes", "about the garden"),),
        length=timedelta(minutes=30),
    )


def offer(identifier: str = "offer-1", owner: Owner = ANA, **options: tuple[Write, ...]) -> Offer:
    chosen = options or {"book": (book(),), "both": (book(), ReleaseHold(hold="h1"))}
    return Offer(
        id=identifier,
        owner=owner,
        account="acc-1",
        offered_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
        writes=tuple(chosen.items()),
    )


def card(identifier: str = "offer-1", key: ConversationKey = DM) -> Card:
    wish = SlotRequest(intent=Intent.BOOK, attendee=Person(name="Dana Dee", email="dana@acme.io"), slot=slot())
    option = Option(id="book", label="Book", press=WriteOut(writes=(book(),)))
    return Card(
        id=identifier,
        key=key,
        account="acc-1",
        request=wish,
        options=(option,),
        offered_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
    )


def conversation(key: ConversationKey = DM) -> Conversation:
    return Conversation(
        key=key,
        request=SlotRequest(intent=Intent.BOOK, attendee=Person(name="Dana Dee"), length=timedelta(minutes=30)),
        offered=(slot(), slot(25)),
        listed=(booking(),),
        last_said="30 min with Dana Dee?",
        turn=TurnFacts(lead="Seen."),
        updated_at=NOW,
    )


def written() -> Written:
    hold = Hold(id="h1", event_type="101", slot=slot(), expires_at=NOW + timedelta(minutes=5))
    return Written(booking=booking(), hold=hold)


def account(identifier: str = "acc-1", owner: Owner = ANA, *, is_default: bool = False) -> Account:
    return Account(
        id=identifier,
        owner=owner,
        provider="calcom",
        route=Route.DIRECT,
        secret=f"cal_live_{identifier}",
        is_default=is_default,
        label="Ana Ash (ana@example.com)",
        emails=("ana@example.com",),
        webhook_token=f"token-{identifier}",
        webhook_secret="whsec_1",
    )


def turn(key: str = "Ev01", payload: str = '{"text": "book dana"}') -> Accepted:
    return Accepted(key=key, surface="slack", payload=payload, accepted_at=NOW)


def share(identifier: str = "share-1", owner: Owner = ANA, *, most: int = 2, name: str = "Ana Ash") -> Share:
    return Share(
        id=identifier,
        owner=owner,
        account="acc-1",
        event_type="101",
        title="Intro",
        slots=(slot(24), slot(25), slot(26)),
        until=NOW + timedelta(hours=20),
        most=most,
        zone="Europe/Berlin",
        sharer=name,
        where="Zoom",
        length=timedelta(minutes=30),
        audience=("U02BEN", "U03CY", "U04DEE"),
    )


def poll(identifier: str = "poll-1", owner: Owner = ANA, *, name: str = "Ben Beck") -> Poll:
    return Poll(
        id=identifier,
        owner=owner,
        title="Intro",
        slots=(slot(24), slot(25)),
        invited=(Person(name=name, member="U02BEN"), Person(name="Cy Cole", member="U03CY")),
        closes_at=NOW + timedelta(hours=20),
        zone="Europe/Berlin",
        asker="Ana Ash",
        event_type="101",
    )


async def fill_together(store: Store, owner: Owner, name: str, mark: str) -> None:
    """A row in every table of people together; the votes and picks are that owner's too."""
    await store.consents.grant(Consent(owner=owner, account=name), now=NOW)
    await store.addresses.remember(owner, Person(name=mark, email=f"{mark}@acme.io"))
    public = replace(share(f"share-{name}", owner, name=mark), audience=())
    picker = replace(owner, member=f"{owner.member}X")
    await store.shares.save_share(public)
    await store.shares.pick(public.id, public.slots[0], picker, now=NOW)
    await store.polls.save_poll(poll(f"poll-{name}", owner, name=mark))
    await store.polls.vote(f"poll-{name}", owner, mark, 0, now=NOW)
    await store.grants.keep_grant(Grant(account=name, owner=owner, access=mark, refresh=mark, expires_at=NOW))
    await store.grants.ask_consent(
        ConsentAsked(
            state=f"state-{name}",
            account=name,
            owner=owner,
            provider="calcom",
            verifier=mark,
            expires_at=NOW + timedelta(days=1),
        )
    )
