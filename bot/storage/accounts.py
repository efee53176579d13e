"""Accounts. Implements the port `Accounts`. A real one is stored only when there is a key to seal it with."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from bot.errors import BadSettings, Bug, StoreDown
from bot.logs import get_logger
from bot.scheduling.accounts import Account, AccountStatus, Owner, Route
from bot.scheduling.replacing import replace
from bot.storage.database.crypto import HOW_TO_MAKE_A_KEY, Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import ACCOUNT_BODY, accounts, grants, of_owner, owner_columns, owner_values
from bot.storage.database.values import ACCOUNT_SECRETS, AccountSecrets
from bot.storage.telling.pages import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

log = get_logger("storage.accounts")

_OF = (
    select(accounts)
    .where(of_owner(accounts))
    .order_by(accounts.c.is_default.desc(), accounts.c.provider, accounts.c.id)
)
_ONE = select(accounts).where(accounts.c.id == bindparam("b_id"))
_BY_WEBHOOK = select(accounts).where(accounts.c.webhook == bindparam("b_webhook"))
_PENDING = select(accounts).where(accounts.c.status == AccountStatus.PENDING.value).order_by(accounts.c.id)
_EVERY = select(accounts).order_by(accounts.c.provider, accounts.c.id)
_TAKE_DEFAULT = (
    update(accounts)
    .where(of_owner(accounts), accounts.c.is_default, accounts.c.id != bindparam("b_id"))
    .values(is_default=False)
)
_REPLACE = (
    update(accounts)
    .where(
        accounts.c.id == bindparam("b_id"),
        accounts.c.body == bindparam("b_body"),
        accounts.c.status == bindparam("b_status"),
    )
    .values(
        status=bindparam("status"),
        is_default=bindparam("is_default"),
        body=bindparam("body"),
    )
)
_MOST_EDITS = 5
"""Edits of one account that may come in between before this one gives up: more would be a loop somewhere."""
_DELETE = (
    delete(accounts)
    .where(accounts.c.id == bindparam("b_id"))
    .returning(accounts.c.enterprise, accounts.c.team, accounts.c.member)
)
_DELETE_GRANT = delete(grants).where(grants.c.account == bindparam("b_id"))


class AccountRows:
    """Accounts, one row each; secret, label and addresses sealed, the webhook's token findable by its hash."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        add = insert_into(accounts, database.dialect)
        fresh = {
            name: add.excluded[name]
            for name in ("provider", "route", "status", "is_default", "webhook", "body", "made_at")
        }
        same_owner = (
            (accounts.c.enterprise == add.excluded.enterprise)
            & (accounts.c.team == add.excluded.team)
            & (accounts.c.member == add.excluded.member)
        )
        self._save = add.on_conflict_do_update(index_elements=["id"], set_=fresh, where=same_owner).returning(
            accounts.c.id
        )

    def requires_key_for(self, route: Route) -> None:
        """Raise `BadSettings` when an account of that route may not be stored, because nothing would protect it."""
        if self._vault.is_keyless and route is not Route.SANDBOX:
            raise BadSettings(
                f"PENCIL_ENCRYPTION_KEY is empty, so a real account cannot be stored safely; {HOW_TO_MAKE_A_KEY}"
            )

    async def accounts_of(self, owner: Owner) -> tuple[Account, ...]:
        """The owner's accounts, the default first."""
        rows = await self._database.one(lambda connection: self.rows_of(connection, owner))
        return tuple(map(self.opened, rows))

    def rows_of(self, connection: Connection, owner: Owner) -> Sequence[Row]:
        """Part of a turn's transaction (turns.py): the owner's rows, the default first."""
        return connection.execute(_OF, owner_values(owner)).all()

    async def account(self, account_id: str) -> Account | None:
        """One account, whoever owns it."""
        return next(iter(await self._read(_ONE, {"b_id": account_id})), None)

    async def account_by_webhook(self, token: str) -> Account | None:
        """The account whose news arrives under this token."""
        if not token:
            return None
        return next(iter(await self._read(_BY_WEBHOOK, {"b_webhook": _hashed(token)})), None)

    async def save_account(self, account: Account) -> None:
        """Insert or replace; a new default takes the flag from the others. An account never changes its owner (`Bug`)."""
        self.requires_key_for(account.route)
        columns = self._columns(account)

        def job(connection: Connection) -> None:
            if account.is_default:
                connection.execute(_TAKE_DEFAULT, {**owner_values(account.owner), "b_id": account.id})
            if connection.execute(self._save, columns).first() is None:
                raise Bug("an account was about to change its owner")
            mark(connection, account.owner)

        await self._database.whole(job)

    async def learn(
        self, account_id: str, *, label: str, emails: tuple[str, ...], if_secret: str, becomes_default: bool = False
    ) -> Account | None:
        """Its provider has answered with that secret: whose it is, and that it works. None when the account is gone."""

        def learned(account: Account) -> Account:
            if account.secret != if_secret:
                return account
            return replace(
                account,
                status=AccountStatus.ACTIVE,
                label=label,
                emails=tuple(sorted({*account.emails, *emails} - {""})),
                is_default=account.is_default or becomes_default,
            )

        return await self._change(account_id, learned)

    async def mark_dead(self, account_id: str, *, if_secret: str) -> None:
        """Its provider has refused that secret for good; another one by now is left alone."""
        await self._change(
            account_id,
            lambda account: replace(account, status=AccountStatus.DEAD) if account.secret == if_secret else account,
        )

    async def let_lapse(self, account_id: str) -> bool:
        """A pending account is asked about no more. False when it is not pending any more."""
        changed = await self._change(
            account_id,
            lambda account: (
                replace(account, status=AccountStatus.LAPSED) if account.status is AccountStatus.PENDING else account
            ),
        )
        return changed is not None and changed.status is AccountStatus.LAPSED

    async def set_news(self, account_id: str, *, is_on: bool) -> None:
        """Whether its provider sends its changes to us."""
        await self._change(account_id, lambda account: replace(account, has_news=is_on))

    async def renew_secret(self, account_id: str, *, secret: str, label: str) -> Account | None:
        """A new secret of the same account, which works; it becomes the default. None when the account is gone."""
        return await self._change(
            account_id,
            lambda account: replace(account, secret=secret, label=label, status=AccountStatus.ACTIVE, is_default=True),
        )

    async def make_default(self, account_id: str, owner: Owner) -> bool:
        """It serves its owner from now on; False when the owner has no such account."""
        changed = await self._change(
            account_id, lambda account: replace(account, is_default=True) if account.owner == owner else account
        )
        return changed is not None and changed.owner == owner

    async def _change(self, account_id: str, edit: Callable[[Account], Account]) -> Account | None:
        """Edit one row as it stands now; the account as it is then, None when it is gone. Never inserts.

        The sealed body is compared before it is set, so of two edits at once the second one sees the first.
        """
        for _ in range(_MOST_EDITS):
            row = await self._database.one(lambda c: c.execute(_ONE, {"b_id": account_id}).first())
            if row is None:
                return None
            account = self.opened(row)
            edited = edit(account)
            if edited == account:
                return account
            if await self._replaced(row, edited):
                return edited
        raise StoreDown("an account is being changed by many at once")

    async def _replaced(self, row: Row, edited: Account) -> bool:
        fresh = self._columns(edited)
        values = {
            **{name: fresh[name] for name in ("status", "is_default", "body")},
            "b_id": row.id,
            "b_body": row.body,
            "b_status": row.status,
        }
        takes_default = edited.is_default and not row.is_default

        def job(connection: Connection) -> bool:
            if connection.execute(_REPLACE, values).rowcount != 1:
                return False
            if takes_default:
                connection.execute(_TAKE_DEFAULT, {**owner_values(edited.owner), "b_id": edited.id})
            mark(connection, edited.owner)
            return True

        return await self._database.whole(job)

    async def delete_account(self, account_id: str) -> None:
        """Forget an account and its secrets."""
        values = {"b_id": account_id}

        def job(connection: Connection) -> None:
            connection.execute(_DELETE_GRANT, values)
            gone = connection.execute(_DELETE, values).first()
            if gone is not None:
                mark(connection, Owner(gone.enterprise, gone.team, gone.member))

        await self._database.whole(job)

    async def pending_accounts(self) -> tuple[Account, ...]:
        """All accounts that wait for consent, in any workspace."""
        return await self._readable(_PENDING)

    async def every_account(self) -> tuple[Account, ...]:
        """All accounts, in any workspace, by provider; one that cannot be read is left out."""
        return await self._readable(_EVERY)

    async def _readable(self, statement: Any) -> tuple[Account, ...]:
        rows = await self._database.one(lambda connection: connection.execute(statement).all())
        read: list[Account] = []
        for row in rows:
            try:
                read.append(self.opened(row))
            except BadSettings as error:  # one that cannot be read must not keep the others waiting
                log.error("account.unreadable", cause=error, account=row.id)
        return tuple(read)

    async def _read(self, statement: Any, values: dict[str, Any]) -> tuple[Account, ...]:
        rows = await self._database.one(lambda connection: connection.execute(statement, values).all())
        return tuple(self.opened(row) for row in rows)

    def _columns(self, account: Account) -> dict[str, object]:
        secrets = AccountSecrets(
            secret=account.secret,
            label=account.label,
            emails=account.emails,
            webhook_token=account.webhook_token,
            webhook_secret=account.webhook_secret,
            has_news=account.has_news,
        )
        return {
            "id": account.id,
            **owner_columns(account.owner),
            "provider": account.provider,
            "route": account.route.value,
            "status": account.status.value,
            "is_default": account.is_default,
            "webhook": _hashed(account.webhook_token) if account.webhook_token else None,
            "made_at": account.made_at,
            "body": self._vault.seal(ACCOUNT_SECRETS, secrets, ACCOUNT_BODY, account.id),
        }

    def opened(self, row: Row) -> Account:
        """The account of that row; raises `BadSettings` when it cannot be read."""
        try:
            secrets = self._vault.open(ACCOUNT_SECRETS, row.body, ACCOUNT_BODY, row.id)
        except Unreadable as error:
            raise BadSettings(f"a stored account cannot be read: {error}") from error
        return Account(
            id=row.id,
            owner=Owner(row.enterprise, row.team, row.member),
            provider=row.provider,
            route=Route(row.route),
            secret=secrets.secret,
            status=AccountStatus(row.status),
            is_default=row.is_default,
            label=secrets.label,
            emails=secrets.emails,
            webhook_token=secrets.webhook_token,
            webhook_secret=secrets.webhook_secret,
            has_news=secrets.has_news,
            made_at=row.made_at,
        )


def _hashed(token: str) -> str:
    """The token is long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
