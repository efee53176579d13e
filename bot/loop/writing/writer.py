"""Carries claimed writes out. The only file above the gateway that sends one, and the only one that moves ledger states.

Rule for the next editor: `mark_sent` comes before the request and decides who sends; every way out of a send ends in `finish`.
A crash or cancellation in between leaves the row in `sent`, and recovery looks it up.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from bot.errors import (
    DryRun,
    NotConnected,
    NotFound,
    PencilError,
    ProviderChanged,
    ProviderDown,
    RateLimited,
    Refused,
    SlotTaken,
    StoreDown,
    Uncertain,
    Unsupported,
)
from bot.logs import get_logger
from bot.loop.counting import NOBODY
from bot.scheduling.accounts import Account, AccountStatus, Route
from bot.scheduling.ledger import Refusal, Why, WriteState
from bot.scheduling.writes import (
    ChangeWebhook,
    CreateConnection,
    CreateWebhook,
    DeleteConnection,
    DeleteWebhook,
    Written,
)
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from bot.loop.counting import Counts
    from bot.scheduling.accounts import Accounts, ConnectionState, Owner, Providers
    from bot.scheduling.claims import Claimed
    from bot.scheduling.ledger import Ledger
    from bot.scheduling.times import Clock
    from bot.scheduling.writes import Write

log = get_logger("writer")

_WHY: Mapping[type[PencilError], Why] = {
    SlotTaken: Why.SLOT_TAKEN,
    NotConnected: Why.NOT_CONNECTED,
    NotFound: Why.NOT_FOUND,
    Unsupported: Why.UNSUPPORTED,
    Refused: Why.REFUSED,
    DryRun: Why.DRY_RUN,
    ProviderDown: Why.PROVIDER_DOWN,
    RateLimited: Why.RATE_LIMITED,
    StoreDown: Why.STORE_DOWN,
}


def refusal_of(error: PencilError) -> Refusal:
    """How the ledger keeps an error: the reason, and the person's sentence."""
    return Refusal(why=_WHY.get(type(error), Why.OTHER), sentence=error.for_person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How one send ended. Unless `is_ours`, somebody else has decided the row meanwhile: ask the ledger."""

    reference: str
    state: WriteState
    written: Written | None = None
    refusal: Refusal | None = None
    is_ours: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Sends claimed writes through the account's provider and records what came of them."""

    ledger: Ledger
    accounts: Accounts
    providers: Providers
    clock: Clock
    time_limit: timedelta
    is_dry_run: bool = False
    counts: Counts = NOBODY

    async def carry_out(
        self, claims: Sequence[Claimed], owner: Owner, *, is_sequence: bool, account: Account | None = None
    ) -> tuple[Ending, ...]:
        """Send the writes one after the other; in a sequence, stop at the first that is not certainly done.

        After an uncertain one the rest of a sequence stays claimed: recovery goes on when it knows. `account` is the
        claims' own, if the caller has just read it.
        """
        endings: list[Ending] = []
        stopped = ""
        for claimed in claims:
            if stopped == WriteState.UNCERTAIN:
                break
            if stopped:
                endings.append(await self._finish(claimed, WriteState.REFUSED, refusal=Refusal(why=Why.SKIPPED)))
                continue
            ending = await self._send(claimed, owner, account if account and account.id == claimed.account else None)
            endings.append(ending)
            if is_sequence and ending.state is not WriteState.DONE:
                stopped = ending.state
        return tuple(endings)

    async def skip(self, reference: str) -> None:
        """Close a claimed write of a sequence whose earlier write failed."""
        await self.ledger.finish(reference, WriteState.REFUSED, refusal=Refusal(why=Why.SKIPPED), now=self.clock.now())

    async def _send(self, claimed: Claimed, owner: Owner, account: Account | None) -> Ending:
        if not await self.ledger.mark_sent(claimed.reference, now=self.clock.now()):
            return Ending(reference=claimed.reference, state=WriteState.UNCERTAIN, is_ours=False)
        if self.is_dry_run:
            return await self._finish(claimed, WriteState.REFUSED, refusal=refusal_of(DryRun()))
        try:
            async with asyncio.timeout(self.time_limit.total_seconds()):
                written = await self._write(claimed, owner, account)
        except TimeoutError:
            return await self._finish(claimed, WriteState.UNCERTAIN, refusal=Refusal(why=Why.HUNG))
        except (Uncertain, ProviderChanged, StoreDown) as error:  # the store may have failed after the provider's yes
            is_hung = isinstance(error, Uncertain) and error.is_hung
            return await self._finish(
                claimed, WriteState.UNCERTAIN, refusal=Refusal(why=Why.HUNG if is_hung else Why.LOST)
            )
        except PencilError as error:
            return await self._finish(claimed, WriteState.REFUSED, refusal=refusal_of(error))
        return await self._finish(claimed, WriteState.DONE, written=written)

    async def _finish(
        self, claimed: Claimed, state: WriteState, *, written: Written | None = None, refusal: Refusal | None = None
    ) -> Ending:
        now = self.clock.now()
        is_ours = await self.ledger.finish(claimed.reference, state, written=written, refusal=refusal, now=now)
        if not is_ours and written is not None and await self.ledger.amend(claimed.reference, written, now=now):
            log.warning("write.amended", kind=claimed.write.kind, reference=claimed.reference)
        self.counts.write(claimed.write.kind, state)
        log.info("write.finished", kind=claimed.write.kind, state=str(state), reference=claimed.reference)
        return Ending(reference=claimed.reference, state=state, written=written, refusal=refusal, is_ours=is_ours)

    async def _write(self, claimed: Claimed, owner: Owner, account: Account | None) -> Written:
        match claimed.write:
            case CreateConnection():
                state = await self.providers.create_connection(claimed, owner)
                return await self._keep_connection(claimed, owner, state)
            case DeleteConnection() as write:
                return await self._forget_account(claimed, write)
            case _:
                account = account or await self._account(claimed)
                written = await self._ask_provider(claimed, account)
                await self._note_news(claimed.write, account)
                return written

    async def _account(self, claimed: Claimed) -> Account:
        account = await self.accounts.account(claimed.account)
        if account is None:
            raise NotConnected("the account of a claim is gone")
        return account

    async def _keep_connection(self, claimed: Claimed, owner: Owner, state: ConnectionState) -> Written:
        write = claimed.write
        provider = write.provider if isinstance(write, CreateConnection) else ""
        account = Account(
            id=claimed.reference,
            owner=owner,
            provider=provider,
            route=state.route,
            secret=state.id,
            status=AccountStatus.PENDING,
            webhook_token=secrets.token_urlsafe(24),
            webhook_secret=secrets.token_urlsafe(32),
            made_at=self.clock.now(),
        )
        await self.accounts.save_account(account)
        return Written(link=state.url, account=account.id)

    async def _forget_account(self, claimed: Claimed, write: DeleteConnection) -> Written:
        if write.connection:
            await self.providers.delete_connection(claimed)
        await self.accounts.delete_account(write.account)
        return Written(account=write.account)

    async def _note_news(self, write: Write, account: Account) -> None:
        match write:
            case CreateWebhook(token=token) if token and token == account.webhook_token:
                await self.accounts.set_news(account.id, is_on=True)
            case DeleteWebhook() | ChangeWebhook(is_active=False):
                hooks = await self.providers.provider(account).webhooks()
                ours = any(
                    account.webhook_token and account.webhook_token in hook.url for hook in hooks if hook.is_active
                )
                await self.accounts.set_news(account.id, is_on=ours)
            case _:
                pass

    async def _ask_provider(self, claimed: Claimed, account: Account) -> Written:
        try:
            return await self.providers.provider(account).write(claimed, secret=_secret_for(claimed.write, account))
        except NotConnected as error:
            if error.repair:  # the secret of this call is dead, not one that was entered while it was under way
                await self.accounts.mark_dead(account.id, if_secret=account.secret)
            raise

    async def look_up(self, claimed: Claimed, owner: Owner) -> Written | None:
        """What one look tells of a sent write; None when it is not (yet) written. Raises `Uncertain` and provider errors."""
        match claimed.write:
            case CreateConnection():
                used = await self._used_connections(owner)
                state = await self.providers.find_connection(claimed, owner, used=used)
                if state is None:
                    return None
                return await self._keep_connection(claimed, owner, state)
            case DeleteConnection() as write:
                return await self._forget_account(claimed, write)
            case _:
                account = await self._account(claimed)
                written = await self.providers.provider(account).look_up(claimed, is_glance=True)
                if written is not None:
                    await self._note_news(claimed.write, account)
                return written

    async def _used_connections(self, owner: Owner) -> frozenset[str]:
        accounts = (*await self.accounts.accounts_of(owner), *await self.accounts.pending_accounts())
        return frozenset(account.secret for account in accounts if account.route is Route.MATON)


def _secret_for(write: Write, account: Account) -> str:
    is_ours = isinstance(write, CreateWebhook) and write.token != "" and write.token == account.webhook_token
    return account.webhook_secret if is_ours else ""
