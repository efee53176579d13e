"""What a press that is accepted says of its card, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_worlds import ANA, DATABASES, DM, LEASE, NOW, card, conversation, offer, opened, turn, url_of

from bot.dialogue.conversation import Beginning
from bot.scheduling.ledger import ClaimVerdict
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store

LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


async def shown(store: Store) -> str:
    """A card that the turn «asked» has made, and whose answer is not known to be out."""
    await store.turns.accept(turn("asked"), lease=LEASE, key=DM)
    made = replace(card(), id=offer().id)
    await store.turns.keep(conversation(), cards=(made,), offers=(offer(),), turn="asked")
    return made.id


async def waiting(store: Store) -> list[str]:
    return [one.key for one in await store.inbox.take_unanswered(now=LATER, lease=LEASE)]


async def test_a_pressed_card_has_reached_its_person_and_so_has_its_answer(store: Store) -> None:
    seen = await shown(store)

    await store.turns.accept(turn("pressed"), lease=LEASE, key=DM, pressed=seen)

    assert await waiting(store) == ["pressed"]


async def test_a_card_whose_press_waits_keeps_its_say(store: Store) -> None:
    seen = await shown(store)
    await store.turns.accept(turn("pressed"), lease=LEASE, key=DM, pressed=seen)
    begun = await store.turns.begin(DM)

    assert await store.turns.keep(begun.conversation, retires=(seen,), turn="said") == {}

    claim = await store.ledger.claim(seen, "book", ANA, now=NOW)
    assert claim.verdict is ClaimVerdict.WON


@pytest.mark.parametrize("how", ["its own answer", "an answered press"])
async def test_a_card_loses_its_say_to_its_own_press_and_after_it(store: Store, how: str) -> None:
    seen = await shown(store)
    begun = await store.turns.accept(turn("pressed"), lease=LEASE, key=DM, pressed=seen)
    assert isinstance(begun, Beginning)
    if how == "an answered press":
        await store.inbox.answered("pressed", now=NOW)

    retired = await store.turns.keep(
        begun.conversation, retires=(seen,), turn="pressed" if how == "its own answer" else "said"
    )

    assert list(retired) == [seen]
    claim = await store.ledger.claim(seen, "book", ANA, now=NOW)
    assert claim.verdict is ClaimVerdict.RETIRED
