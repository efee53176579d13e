"""Grants and consents on their way. Implements the port `Grants`. Tokens and verifiers are sealed, states hashed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, null, or_, select, update

from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.grants import ConsentAsked, Grant
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import ASKED_BODY, GRANT_BODY, asked_consents, grants, owner_columns
from bot.storage.database.values import CONSENT_SECRETS, TOKENS, ConsentSecrets, Tokens

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.storage.database.engine import Database
    from bot.storage.database.values import Vault

log = get_logger("storage.grants")

_ONE = select(grants).where(grants.c.account == bindparam("b_account"))
_DROP = delete(grants).where(grants.c.account == bindparam("b_account"))
_IS_VERSION = and_(grants.c.account == bindparam("b_account"), grants.c.version == bindparam("b_version"))
_BEGIN = (
    update(grants)
    .where(_IS_VERSION, or_(grants.c.lease_until.is_(None), grants.c.lease_until <= bindparam("b_now")))
    .values(lease_until=bindparam("b_until"), sent_at=bindparam("b_now"))
)
_END = (
    update(grants)
    .where(_IS_VERSION)
    .values(
        version=bindparam("b_new_version"),
        expires_at=bindparam("b_expires_at"),
        body=bindparam("b_body"),
        lease_until=null(),
        sent_at=null(),
    )
)
_LET_GO = update(grants).where(_IS_VERSION).values(lease_until=null())
_UNSENT = update(grants).where(_IS_VERSION).values(lease_until=null(), sent_at=null())
_CLAIM = delete(asked_consents).where(asked_consents.c.state == bindparam("b_state")).returning(asked_consents)


class GrantRows:
    """Grants, one row an account; consents on their way, one row a state."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        add = insert_into(grants, database.dialect)
        fresh = {name: add.excluded[name] for name in ("version", "expires_at", "lease_until", "sent_at", "body")}
        self._keep = add.on_conflict_do_update(index_elements=["account"], set_=fresh)
        self._ask = insert_into(asked_consents, database.dialect)

    async def grant(self, account: str) -> Grant | None:
        """The account's tokens; one that cannot be read any more counts as gone."""
        values = {"b_account": account}
        row = await self._database.one(lambda connection: connection.execute(_ONE, values).first())
        if row is None:
            return None
        try:
            tokens = self._vault.open(TOKENS, row.body, GRANT_BODY, account)
        except Unreadable as error:
            log.error("grant.unreadable", cause=error, account=account)
            return None
        return Grant(
            account=account,
            owner=Owner(row.enterprise, row.team, row.member),
            access=tokens.access,
            refresh=tokens.refresh,
            expires_at=row.expires_at,
            version=row.version,
            sent_at=row.sent_at,
        )

    async def keep_grant(self, grant: Grant) -> None:
        """The tokens of a new consent."""
        columns = {
            "account": grant.account,
            **owner_columns(grant.owner),
            "version": grant.version,
            "expires_at": grant.expires_at,
            "lease_until": None,
            "sent_at": None,
            "body": self._sealed(grant),
        }
        await self._database.one(lambda connection: connection.execute(self._keep, columns).close())

    async def begin_renewal(self, grant: Grant, *, now: datetime, lease: timedelta) -> bool:
        """Compare-and-set on version and lease."""
        values = {"b_account": grant.account, "b_version": grant.version, "b_now": now, "b_until": now + lease}
        return await self._database.one(lambda connection: connection.execute(_BEGIN, values).rowcount) == 1

    async def end_renewal(self, renewed: Grant) -> bool:
        """`renewed` is one version later than what is stored."""
        values = {
            "b_account": renewed.account,
            "b_version": renewed.version - 1,
            "b_new_version": renewed.version,
            "b_expires_at": renewed.expires_at,
            "b_body": self._sealed(renewed),
        }
        return await self._database.one(lambda connection: connection.execute(_END, values).rowcount) == 1

    async def give_up_renewal(self, grant: Grant, *, was_sent: bool) -> None:
        """The note that the token was sent stays, unless it certainly was not."""
        statement = _LET_GO if was_sent else _UNSENT
        values = {"b_account": grant.account, "b_version": grant.version}
        await self._database.one(lambda connection: connection.execute(statement, values).close())

    async def drop_grant(self, account: str) -> None:
        """Forget the tokens."""
        values = {"b_account": account}
        await self._database.one(lambda connection: connection.execute(_DROP, values).close())

    async def ask_consent(self, asked: ConsentAsked) -> None:
        """The state itself is not stored."""
        state = _hashed(asked.state)
        secrets = ConsentSecrets(account=asked.account, provider=asked.provider, verifier=asked.verifier)
        columns = {
            "state": state,
            **owner_columns(asked.owner),
            "expires_at": asked.expires_at,
            "body": self._vault.seal(CONSENT_SECRETS, secrets, ASKED_BODY, state),
        }
        await self._database.one(lambda connection: connection.execute(self._ask, columns).close())

    async def claim_consent(self, state: str, *, now: datetime) -> ConsentAsked | None:
        """Gone afterwards, expired or not."""
        hashed = _hashed(state)
        values = {"b_state": hashed}
        row = await self._database.one(lambda connection: connection.execute(_CLAIM, values).first())
        if row is None or row.expires_at <= now:
            return None
        try:
            secrets = self._vault.open(CONSENT_SECRETS, row.body, ASKED_BODY, hashed)
        except Unreadable:
            return None
        return ConsentAsked(
            state=state,
            account=secrets.account,
            owner=Owner(row.enterprise, row.team, row.member),
            provider=secrets.provider,
            verifier=secrets.verifier,
            expires_at=row.expires_at,
        )

    def _sealed(self, grant: Grant) -> bytes:
        return self._vault.seal(TOKENS, Tokens(grant.access, grant.refresh), GRANT_BODY, grant.account)


def _hashed(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()
