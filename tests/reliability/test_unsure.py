"""After a won claim nothing ends in «not written» without a look-up; and a turn has one deadline."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from crash_worlds import ANA, ASKER, KEY, Town, open_town

from bot.dialogue.acts import Said
from bot.errors import StoreDown
from bot.scheduling.ledger import WriteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.loop.assistant import Assistant


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as opened:
        yield opened


class Fails:
    """A part of the store one of whose methods fails, `after` it has done its work or instead of it, so many times."""

    def __init__(self, part: Any, method: str, *, after: bool = False, times: int = 1, error: Exception) -> None:
        self._part, self._method, self._after, self._left, self._error = part, method, after, times, error

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._part, name)
        if name != self._method:
            return inner

        async def failing(*arguments: Any, **named: Any) -> Any:
            if not self._left:
                return await inner(*arguments, **named)
            self._left -= 1
            if self._after:
                await inner(*arguments, **named)
            raise self._error

        return failing


def failing(town: Town, method: str, **how: Any) -> Assistant:
    """The first process, over a ledger that fails there."""
    assistant = town.one.house.assistant
    ledger = Fails(town.one.house.store.ledger, method, **({"error": StoreDown("away")} | how))
    writer = replace(assistant.effects.presses.writer, ledger=ledger)
    soon = timedelta(milliseconds=50)
    presses = replace(assistant.effects.presses, ledger=ledger, writer=writer, wait_for_other=soon)
    effects = replace(assistant.effects, presses=presses)
    return replace(assistant, effects=effects, limits=replace(assistant.limits, wait_for_other=soon))


AFTER_THE_CLAIM = (
    {"method": "mark_sent"},
    {"method": "mark_sent", "after": True},
    {"method": "finish"},
    {"method": "finish", "after": True},
    {"method": "finish", "error": RuntimeError("a bug")},
)


@pytest.mark.parametrize("where", AFTER_THE_CLAIM, ids=str)
async def test_a_fault_after_a_won_claim_is_not_sure_yet_and_then_the_truth(town: Town, where: dict[str, Any]) -> None:
    press = await town.card()

    reply = await town.one.take(press, through=failing(town, **where))
    town.clock.instant += timedelta(seconds=13)
    await town.two.recover()

    assert "Not sure yet" in reply.text
    assert "did not go through" not in reply.text
    written = len(town.bookings())
    assert [said.text.startswith("Booked") for said in town.two.told] == [written == 1]
    assert all(row.told_at for row in await town.two.rows())


async def test_a_claim_whose_answer_was_lost_is_found_by_the_second_try(town: Town) -> None:
    press = await town.card()

    reply = await town.one.take(press, through=failing(town, "claim", after=True))
    town.clock.instant += timedelta(seconds=13)
    await town.two.recover()

    assert "Not sure yet" in reply.text
    assert len(town.bookings()) == 1
    assert [said.text.partition(":")[0] for said in town.two.told] == ["Booked"]


async def test_a_claim_that_cannot_be_asked_about_leaves_the_turn_to_be_run_again(town: Town) -> None:
    press = await town.card()

    with pytest.raises(StoreDown):
        await town.one.take(press, through=failing(town, "claim", times=2))
    again = await town.one.take(replace(press, is_replayed=True))

    assert again.text.startswith("Booked")
    assert len(town.bookings()) == 1


async def test_a_store_that_fails_around_the_providers_answer_leaves_the_write_unsure(town: Town) -> None:
    press = await town.card()
    house = town.one.house
    claim = await house.store.ledger.claim(press.card, press.option, ANA, now=town.clock.now())
    writer = replace(house.writer, accounts=Fails(house.store.accounts, "account", error=StoreDown("away")))

    endings = await writer.carry_out(claim.claims, ANA, is_sequence=True)

    assert [ending.state for ending in endings] == [WriteState.UNCERTAIN]


async def test_a_turn_is_bounded_from_its_beginning(town: Town) -> None:
    """Finding out whose account it is counts too: the limit is the turn's, not each question's."""
    assistant = town.one.house.assistant
    short = replace(assistant, limits=replace(assistant.limits, turn=timedelta(milliseconds=80)))
    providers: Any = _Slow(town.one.house.registry)
    keeper = replace(short.keeper, providers=providers)
    loop = asyncio.get_running_loop()

    began = loop.time()
    reply = await replace(short, keeper=keeper).take_turn(
        Said(text="what is free tomorrow"), key=KEY, asker=ASKER, place="here", is_public=False
    )

    assert loop.time() - began < 5
    assert "not answering" in reply.text


class _Slow:
    """Providers that never say whose account it is."""

    def __init__(self, providers: Any) -> None:
        self._providers = providers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._providers, name)

    def provider(self, *arguments: Any) -> Any:
        return _Silent(self._providers.provider(*arguments))


class _Silent:
    known = None

    def __init__(self, provider: Any) -> None:
        self._provider = provider

    def __getattr__(self, name: str) -> Any:
        return getattr(self._provider, name)

    async def profile(self) -> None:
        await asyncio.sleep(30)


async def test_an_expected_error_never_comes_in_a_group(town: Town) -> None:
    assistant = town.one.house.assistant
    turns = Fails(assistant.turns, "begin", error=StoreDown("away"))

    with pytest.raises(StoreDown):
        await replace(assistant, turns=turns).take_turn(
            Said(text="hello"), key=KEY, asker=ASKER, place="here", is_public=False
        )
