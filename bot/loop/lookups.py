"""What each `Look` asks for: one row a kind; and asking for several things at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar, assert_never

from bot.dialogue.acts import Look
from bot.errors import Bug, NotConnected, NotFound

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.dialogue.acts import LookUp
    from bot.loop.accounts import AccountDesk, Standing
    from bot.scheduling.accounts import Owner
    from bot.scheduling.provider import Provider

First = TypeVar("First")
Second = TypeVar("Second")
Value = TypeVar("Value")


async def each(asked: list[Coroutine[object, object, Value]]) -> tuple[Value, ...]:
    """Await all side by side; the first error, bare rather than in a group, cancels the others."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in asked]
    except BaseExceptionGroup as failures:
        raise _first_of(failures) from failures
    return tuple(task.result() for task in tasks)


async def together(
    first: Coroutine[object, object, First], second: Coroutine[object, object, Second]
) -> tuple[First, Second]:
    """Two different things side by side, with the errors of `each`."""
    try:
        async with asyncio.TaskGroup() as group:
            one, two = group.create_task(first), group.create_task(second)
    except BaseExceptionGroup as failures:
        raise _first_of(failures) from failures
    return one.result(), two.result()


def _first_of(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    failure = failures.exceptions[0]
    return _first_of(failure) if isinstance(failure, BaseExceptionGroup) else failure


async def look_up(effect: LookUp, desk: AccountDesk, standing: Standing, owner: Owner) -> tuple[object, ...]:
    """The nouns that the effect asks for. Raises the errors of the provider port."""
    match effect.what:
        case Look.ACCOUNTS:
            return tuple(desk.facts(account) for account in await desk.accounts.accounts_of(owner))
        case Look.CONNECTION:
            return (await _connection(effect.argument, desk, owner),)
        case _:
            if standing.provider is None:
                raise NotConnected("no account to look with")
            return await _ask(effect, standing.provider)


async def _connection(account_id: str, desk: AccountDesk, owner: Owner) -> object:
    account = await desk.accounts.account(account_id)
    if account is None or account.owner != owner:
        raise NotFound("no such account of this owner")
    account, url = await desk.refresh(account)
    return desk.facts(account, url=url)


async def _ask(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    match effect.what:
        case Look.BOOKING:
            return (await provider.booking(effect.argument),)
        case Look.PROFILE:
            return (await provider.profile(),)
        case Look.EVENT_TYPES:
            if effect.argument:
                return await provider.public_event_types(effect.argument)
            return await provider.event_types()
        case Look.SCHEDULES:
            return await provider.schedules()
        case Look.CALENDARS:
            return await provider.calendars()
        case Look.CONFERENCING:
            return await provider.conferencing()
        case Look.BUSY:
            return await _busy(effect, provider)
        case Look.TEAMS:
            return await provider.teams()
        case Look.WEBHOOKS:
            return await provider.webhooks()
        case Look.EMAILS:
            return await provider.verified_emails()
        case Look.HOLD:
            hold = await provider.held(effect.argument)
            return () if hold is None else (hold,)
        case Look.ACCOUNTS | Look.CONNECTION:
            raise Bug(f"{effect.what} needs no provider")
        case _:
            assert_never(effect.what)


async def _busy(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    if effect.window is None:
        raise Bug("busy times need a window")
    return await provider.busy_times(effect.window, effect.argument or "UTC")
