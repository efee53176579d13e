"""How the tables came to be: numbered steps, run in order, each once.

Rule for the next editor: a released step is never edited. A new one is a function `mNNN_what` at the end of `STEPS`, and it
leaves the previous release able to run beside it (processes are exchanged one by one).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, inspect, select

from bot.storage.database.address import Dialect
from bot.storage.database.schema import schema_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.storage.database.statements import Connection


_LOCK = 0x50454E43494C
"""PostgreSQL's advisory lock while steps run: «PENCIL»."""


def _run(connection: Connection, statements: str) -> None:
    """Run statements, with `{bytes}` as the database calls it."""
    name = "blob" if connection.dialect.name == Dialect.SQLITE else "bytea"
    for statement in statements.replace("{bytes}", name).split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def m001_first_tables(connection: Connection) -> None:
    """Everything the first release needs."""
    _run(connection, _TALK)
    _run(connection, _LEDGER)
    _run(connection, _PEOPLE)


_TALK = """
create table conversations (
    enterprise text not null, team text not null, member text not null, channel text not null, thread text not null,
    version integer not null, updated_at bigint, body {bytes} not null,
    primary key (enterprise, team, member, channel, thread)
);
create index conversations_by_thread on conversations (team, channel, thread);
create index conversations_by_age on conversations (updated_at);
create table proposals (
    id text primary key, enterprise text not null, team text not null, member text not null,
    expires_at bigint not null, body {bytes} not null, place {bytes}
);
create index proposals_by_owner on proposals (enterprise, team, member);
create index proposals_by_age on proposals (expires_at);
create table inbox (
    key text primary key, surface text not null, accepted_at bigint not null, answered_at bigint,
    attempts integer not null, lease_until bigint not null, body {bytes}
);
create index inbox_unanswered on inbox (lease_until) where answered_at is null;
create index inbox_by_age on inbox (accepted_at);
create table deliveries (key text primary key, claimed_at bigint not null)
"""

_LEDGER = """
create table offers (
    id text primary key, enterprise text not null, team text not null, member text not null, account text not null,
    state text not null check (state in ('offered', 'claimed', 'told', 'retired')),
    offered_at bigint not null, expires_at bigint not null, claimed_at bigint, lease_until bigint, body {bytes}
);
create index offers_by_owner on offers (enterprise, team, member);
create index offers_untold on offers (lease_until) where state = 'claimed';
create index offers_by_age on offers (expires_at);
create table writes (
    reference text primary key, offer text not null references offers (id) on delete cascade,
    option text not null, position integer not null,
    enterprise text not null, team text not null, member text not null, account text not null, kind text not null,
    state text not null check (state in ('claimed', 'sent', 'done', 'refused', 'uncertain', 'settled')),
    claimed_at bigint not null, sent_at bigint, finished_at bigint, told_at bigint,
    body {bytes} not null, result {bytes},
    unique (offer, position)
);
create index writes_by_owner on writes (enterprise, team, member);
create index writes_by_age on writes (claimed_at)
"""

_PEOPLE = """
create table accounts (
    id text primary key, enterprise text not null, team text not null, member text not null,
    provider text not null, route text not null, status text not null, is_default boolean not null,
    webhook text, body {bytes} not null
);
create index accounts_by_owner on accounts (enterprise, team, member);
create unique index accounts_by_webhook on accounts (webhook);
create index accounts_pending on accounts (status) where status = 'pending';
create table installations (
    enterprise text not null, team text not null, is_enterprise boolean not null, installer text not null,
    body {bytes} not null, primary key (enterprise, team)
);
create table oauth_states (state text primary key, expires_at bigint not null);
create table meta (name text primary key, value {bytes} not null)
"""


def m002_open_writes(connection: Connection) -> None:
    """What is open is counted at every scrape, beside a ledger of a year."""
    _run(connection, "create index writes_open on writes (state) where state in ('claimed', 'sent', 'uncertain')")


def m003_people_together(connection: Connection) -> None:
    """Consents, remembered addresses, shares and polls."""
    _run(connection, _TOGETHER)


_TOGETHER = """
create table consents (
    enterprise text not null, team text not null, member text not null, account text not null, viewer text not null,
    granted_at bigint not null, until bigint, primary key (enterprise, team, member, account, viewer)
);
create table addresses (
    enterprise text not null, team text not null, member text not null, name text not null, body {bytes} not null,
    primary key (enterprise, team, member, name)
);
create table shares (
    id text primary key, enterprise text not null, team text not null, member text not null,
    most integer not null, until bigint not null, ended_at bigint, body {bytes} not null, place {bytes}
);
create index shares_by_owner on shares (enterprise, team, member);
create index shares_by_age on shares (until);
create table picks (
    share text not null references shares (id) on delete cascade, slot bigint not null,
    enterprise text not null, team text not null, member text not null,
    picked_at bigint not null, is_kept boolean not null, primary key (share, slot)
);
create index picks_by_owner on picks (enterprise, team, member);
create table polls (
    id text primary key, enterprise text not null, team text not null, member text not null,
    closes_at bigint not null, closed_at bigint, body {bytes} not null, place {bytes}
);
create index polls_by_owner on polls (enterprise, team, member);
create index polls_open on polls (closes_at) where closed_at is null;
create table votes (
    poll text not null references polls (id) on delete cascade, enterprise text not null, team text not null,
    member text not null, option integer not null, body {bytes} not null, primary key (poll, member, option)
);
create index votes_by_owner on votes (enterprise, team, member)
"""


def m004_reminding(connection: Connection) -> None:
    """What is to be done for somebody at a time, and what they asked for."""
    _run(connection, _REMINDING)


_REMINDING = """
create table errands (
    id text primary key, enterprise text not null, team text not null, member text not null, kind text not null,
    about text not null, due_at bigint not null, lease_until bigint not null, done_at bigint, body {bytes}
);
create index errands_due on errands (due_at) where done_at is null;
create index errands_by_owner on errands (enterprise, team, member);
create index errands_by_age on errands (done_at);
create table preferences (
    enterprise text not null, team text not null, member text not null, body {bytes} not null,
    primary key (enterprise, team, member)
)
"""


def m005_duties(connection: Connection) -> None:
    """What only one process may do at a time, and how long an account has been waiting for consent."""
    _run(
        connection,
        """
        create table duties (name text primary key, holder text not null, lease_until bigint not null);
        alter table accounts add column made_at bigint
        """,
    )


def m006_grants(connection: Connection) -> None:
    """Tokens of consents given by OAuth, and consents on their way."""
    _run(connection, _GRANTS)


_GRANTS = """
create table grants (
    account text primary key, enterprise text not null, team text not null, member text not null,
    version integer not null, expires_at bigint not null, lease_until bigint, sent_at bigint, body {bytes} not null
);
create index grants_by_owner on grants (enterprise, team, member);
create table asked_consents (
    state text primary key, enterprise text not null, team text not null, member text not null,
    expires_at bigint not null, body {bytes} not null
);
create index asked_consents_by_owner on asked_consents (enterprise, team, member);
create index asked_consents_by_age on asked_consents (expires_at)
"""


def m007_news(connection: Connection) -> None:
    """Where the news of a booking stands, and which channels hear of an event type."""
    _run(connection, _NEWS)


_NEWS = """
create table booking_places (
    enterprise text not null, team text not null, member text not null, booking text not null, channel text not null,
    place {bytes} not null, changed_at bigint not null, primary key (enterprise, team, member, booking, channel)
);
create index booking_places_by_age on booking_places (changed_at);
create table postings (
    enterprise text not null, team text not null, member text not null, channel text not null, event_type text not null,
    made_at bigint not null, primary key (enterprise, team, member, channel, event_type)
)
"""


def m008_member_tokens(connection: Connection) -> None:
    """People's own tokens at Slack, for their status."""
    _run(
        connection,
        """
        create table member_tokens (
            enterprise text not null, team text not null, member text not null, body {bytes} not null,
            primary key (enterprise, team, member)
        )
        """,
    )


def m009_pages(connection: Connection) -> None:
    """Who has opened their own page, and whether it has changed since it was shown."""
    _run(
        connection,
        """
        create table pages (
            enterprise text not null, team text not null, member text not null,
            changes integer not null, shown integer not null,
            shown_at bigint not null, lease_until bigint not null, opened_at bigint not null,
            primary key (enterprise, team, member)
        );
        create index pages_changed on pages (shown_at) where changes > shown;
        create index pages_by_age on pages (opened_at)
        """,
    )


def m010_answers(connection: Connection) -> None:
    """Which turn made a card, and which card a turn presses: a press shows that the card was seen, and keeps it from going."""
    _run(
        connection,
        """
        alter table proposals add column turn text;
        alter table inbox add column pressed text;
        create index inbox_pressed on inbox (pressed) where answered_at is null
        """,
    )


def m011_late_looks(connection: Connection) -> None:
    """When a write that was told as not made is looked for once more."""
    _run(
        connection,
        """
        alter table writes add column look_at bigint;
        create index writes_to_look_for on writes (look_at) where look_at is not null
        """,
    )


STEPS: tuple[Callable[[Connection], None], ...] = (
    m001_first_tables,
    m002_open_writes,
    m003_people_together,
    m004_reminding,
    m005_duties,
    m006_grants,
    m007_news,
    m008_member_tokens,
    m009_pages,
    m010_answers,
    m011_late_looks,
)
EXPECTED = len(STEPS)


def current_version(connection: Connection) -> int:
    """The number of the last step that ran here; 0 for an empty database."""
    if not inspect(connection.core).has_table("schema_version"):
        return 0
    return connection.scalar(select(func.max(schema_version.c.version))) or 0


def migrate(connection: Connection, *, now: datetime) -> int:
    """Run what is missing, inside the caller's transaction; how many steps ran. Two processes at once: one waits."""
    if connection.dialect.name == Dialect.POSTGRESQL:
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
    _run(
        connection,
        "create table if not exists schema_version (version integer primary key, name text not null, applied_at bigint)",
    )
    start = connection.scalar(select(func.max(schema_version.c.version))) or 0
    for number, step in enumerate(STEPS[start:], start=start + 1):
        step(connection)
        connection.execute(insert(schema_version).values(version=number, name=step.__name__, applied_at=now))
    return max(0, EXPECTED - start)
