"""Slack installations of many workspaces, and the states of installs under way; what a body holds is the surface's own."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from bot.errors import BadSettings
from bot.storage.database.columns import Instant
from bot.storage.database.crypto import HOW_TO_MAKE_A_KEY, Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import (
    INSTALLATION_BODY,
    MEMBER_TOKEN,
    installations,
    member_tokens,
    oauth_states,
    of_owner,
    owner_columns,
    owner_values,
)

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.scheduling.accounts import Owner
    from bot.storage.database.engine import Database
    from bot.storage.database.values import Vault

# The workspace's own row comes before the one of its whole organisation, whose `team` is empty and sorts last.
_FIND = (
    select(installations.c.team, installations.c.body)
    .where(
        installations.c.enterprise == bindparam("b_enterprise"),
        (installations.c.team == bindparam("b_team")) | installations.c.is_enterprise,
    )
    .order_by(installations.c.team.desc())
    .limit(1)
)
_DELETE = delete(installations).where(
    installations.c.enterprise == bindparam("b_enterprise"), installations.c.team == bindparam("b_team")
)
_ISSUE = insert(oauth_states)
_CONSUME = (
    delete(oauth_states)
    .where(oauth_states.c.state == bindparam("b_state"))
    .returning(oauth_states.c.expires_at > bindparam("b_now", type_=Instant))
)

_TOKEN = select(member_tokens.c.body).where(of_owner(member_tokens))
_DROP_TOKEN = delete(member_tokens).where(of_owner(member_tokens))


class InstallationRows:
    """One row a workspace, and one for an organisation that installed everywhere; bodies sealed."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        add = insert_into(installations, database.dialect)
        fresh = {name: add.excluded[name] for name in ("is_enterprise", "installer", "body")}
        self._save = add.on_conflict_do_update(index_elements=["enterprise", "team"], set_=fresh)

    async def save_installation(
        self, enterprise: str, team: str, *, is_enterprise: bool, installer: str, body: str
    ) -> None:
        """Insert or replace. Raises `BadSettings` when there is no key to seal its tokens with."""
        if self._vault.is_keyless:
            raise BadSettings(
                f"PENCIL_ENCRYPTION_KEY is empty, so Slack's tokens cannot be stored safely; {HOW_TO_MAKE_A_KEY}"
            )
        place = "" if is_enterprise else team
        columns = {
            "enterprise": enterprise,
            "team": place,
            "is_enterprise": is_enterprise,
            "installer": installer,
            "body": self._vault.seal_text(body, INSTALLATION_BODY, enterprise, place),
        }
        await self._database.one(lambda connection: connection.execute(self._save, columns).close())

    async def find_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> str | None:
        """The body for that workspace, or its organisation's. Raises `BadSettings` when it was sealed with a lost key."""
        values = {"b_enterprise": enterprise, "b_team": "" if is_enterprise else team}
        row = await self._database.one(lambda connection: connection.execute(_FIND, values).first())
        if row is None:
            return None
        try:
            return self._vault.open_text(row.body, INSTALLATION_BODY, enterprise, row.team)
        except Unreadable as error:
            raise BadSettings(f"a stored installation cannot be read: {error}") from error

    async def delete_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> None:
        """Forget one installation and its tokens."""
        values = {"b_enterprise": enterprise, "b_team": "" if is_enterprise else team}
        await self._database.one(lambda connection: connection.execute(_DELETE, values).close())

    async def issue_state(self, *, now: datetime, lifetime: timedelta) -> str:
        """A new unguessable state, good for one install."""
        state = secrets.token_urlsafe(32)
        columns = {"state": _hashed(state), "expires_at": now + lifetime}
        await self._database.one(lambda connection: connection.execute(_ISSUE, columns).close())
        return state

    async def consume_state(self, state: str, *, now: datetime) -> bool:
        """Whether the state was issued, is not expired and was never consumed; gone afterwards in any case."""
        values = {"b_state": _hashed(state), "b_now": now}
        return bool(await self._database.one(lambda connection: connection.execute(_CONSUME, values).scalar()))


class MemberTokenRows:
    """People's own tokens at Slack, one row a person, sealed."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        add = insert_into(member_tokens, database.dialect)
        keys = list(member_tokens.primary_key.columns)
        self._save = add.on_conflict_do_update(index_elements=keys, set_={"body": add.excluded.body})

    async def member_token(self, owner: Owner) -> str:
        """That person's; empty when there is none, or it cannot be read any more."""
        values = owner_values(owner)
        body = await self._database.one(lambda connection: connection.scalar(_TOKEN, values))
        try:
            return self._vault.open_text(body, MEMBER_TOKEN, *_row(owner)) if body else ""
        except Unreadable:
            return ""

    async def keep_member_token(self, owner: Owner, token: str) -> None:
        """Insert or replace. Raises `BadSettings` when there is no key to seal it with."""
        if self._vault.is_keyless:
            raise BadSettings(
                f"PENCIL_ENCRYPTION_KEY is empty, so Slack's tokens cannot be stored safely; {HOW_TO_MAKE_A_KEY}"
            )
        columns = owner_columns(owner) | {"body": self._vault.seal_text(token, MEMBER_TOKEN, *_row(owner))}
        await self._database.one(lambda connection: connection.execute(self._save, columns).close())

    async def drop_member_token(self, owner: Owner) -> None:
        """Forget it."""
        values = owner_values(owner)
        await self._database.one(lambda connection: connection.execute(_DROP_TOKEN, values).close())


def _row(owner: Owner) -> tuple[str, str, str]:
    return owner.enterprise, owner.team, owner.member


def _hashed(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()
