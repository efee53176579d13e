"""What each account's host, plan and grant really offer of the calls that not every one has: one line an account, read only.

Names nobody: an account is its number, its service and its route, and the beginning of our own id.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from bot.app.wiring import open_house
from bot.errors import PencilError
from bot.groups import a_few_at_once
from bot.scheduling.accounts import AccountStatus
from bot.scheduling.hosting import Offered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app.settings import Settings
    from bot.app.wiring import House
    from bot.scheduling.accounts import Account
    from bot.scheduling.hosting import FeatureState

MOST_ACCOUNTS = 40
MOST_AT_ONCE = 4
SECONDS = 20.0
"""For the answers about one account."""
_SAID = {
    Offered.YES: "offers",
    Offered.NO: "has no",
    Offered.FORBIDDEN: "is not allowed",
    Offered.UNTRIED: "untried",
}

Line = tuple[str, str, bool]
"""What it is about, what is said of it, and whether that is fine."""


async def offered(settings: Settings) -> list[Line]:
    """A line for each account that is stored; none where only the practice world is used."""
    if settings.uses_sandbox or not settings.encryption_keys:
        return []
    try:
        async with open_house(settings) as house:
            return await offered_to(house)
    except PencilError as error:
        return [("accounts", f"could not be looked at ({type(error).__name__}: {error})", False)]


async def offered_to(house: House) -> list[Line]:
    """The same of an open house."""
    every = await house.store.accounts.every_account()
    active = [one for one in every if one.status is AccountStatus.ACTIVE]
    shown = list(enumerate(active[:MOST_ACCOUNTS], start=1))
    lines = await a_few_at_once([partial(_ask, house, number, one) for number, one in shown], most=MOST_AT_ONCE)
    left = len(active) - len(shown)
    said = f"{left} of {len(active)} {'is' if left == 1 else 'are'} not looked at: no more than {MOST_ACCOUNTS} "
    said += f"{'is' if MOST_ACCOUNTS == 1 else 'are'} asked at a time"
    return [*lines, *([("accounts", said, True)] if left else [])]


async def _ask(house: House, number: int, account: Account) -> Line:
    name = f"account {number} ({account.provider} over {account.route.value}, {account.id[:6]})"
    try:
        async with asyncio.timeout(SECONDS):
            states = await house.registry.provider(account).features()
    except TimeoutError:
        return name, f"no answer within {SECONDS:.0f} s", False
    except PencilError as error:
        return name, f"cannot be asked ({type(error).__name__})", False
    return name, told(states), True


def told(states: Sequence[FeatureState]) -> str:
    """«offers links for one use, teams; has no out of office (the host has no such call)»."""
    pieces = []
    for answer, word in _SAID.items():
        rows = [state for state in states if state.offered is answer]
        if rows:
            pieces.append(f"{word} {', '.join(map(_named, rows))}")
    return "; ".join(pieces) or "nothing to tell"


def _named(state: FeatureState) -> str:
    return f"{state.feature.value}{f' ({state.why})' if state.why else ''}"
