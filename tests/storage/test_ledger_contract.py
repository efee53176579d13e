from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_worlds import (
    ANA,
    BEN,
    DATABASES,
    LEASE,
    NOW,
    SHARED_DATABASES,
    book,
    offer,
    opened,
    url_of,
    written,
)

from bot.errors import Bug
from bot.scheduling.ledger import ClaimVerdict, Ledger, LedgerRow, Refusal, Why, WriteState
from bot.scheduling.writes import CancelBooking, ReleaseHold, Written
from bot.storage.ledger.rows import CLAIM_LEASE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from bot.storage.store import Store

GONE = Refusal(why=Why.SLOT_TAKEN, sentence="gone")
AFTER_LEASE = NOW + CLAIM_LEASE + timedelta(seconds=1)


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture
def ledger(store: Store) -> Ledger:
    return store.ledger


@pytest.fixture(params=SHARED_DATABASES)
async def two(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Ledger, Ledger]]:
    """Two processes' ledgers over one database."""
    url = url_of(request.param, tmp_path, request)
    async with opened(url) as one, opened(url, is_fresh=False) as other:
        yield one.ledger, other.ledger


async def claimed(ledger: Ledger, identifier: str = "offer-1", option: str = "book") -> str:
    """The reference of a fresh claim's first write."""
    await ledger.offer(offer(identifier))
    result = await ledger.claim(identifier, option, ANA, now=NOW, place="C1")
    return result.claims[0].reference


async def only(ledger: Ledger, offer_id: str = "offer-1") -> LedgerRow:
    (row,) = await ledger.rows(offer_id)
    return row


async def test_a_press_wins_and_gets_a_pass_for_each_write(ledger: Ledger) -> None:
    await ledger.offer(offer())

    result = await ledger.claim("offer-1", "both", ANA, now=NOW, place="C1:17")

    assert result.verdict is ClaimVerdict.WON
    assert [claim.write for claim in result.claims] == [book(), ReleaseHold(hold="h1")]
    assert all(claim.account == "acc-1" and claim.claimed_at == NOW for claim in result.claims)


async def test_a_claim_leaves_a_row_for_each_write(ledger: Ledger) -> None:
    await ledger.offer(offer())
    result = await ledger.claim("offer-1", "both", ANA, now=NOW, place="C1:17")

    rows = await ledger.rows("offer-1")

    assert [row.reference for row in rows] == [claim.reference for claim in result.claims]
    assert [(row.position, row.option, row.state, row.place, row.owner) for row in rows] == [
        (0, "both", WriteState.CLAIMED, "C1:17", ANA),
        (1, "both", WriteState.CLAIMED, "C1:17", ANA),
    ]
    assert [row.write for row in rows] == [claim.write for claim in result.claims]


async def test_references_are_unique_and_fit_every_provider(ledger: Ledger) -> None:
    references = {await claimed(ledger, f"offer-{number}") for number in range(20)}

    assert len(references) == 20
    assert all(20 < len(reference) <= 60 for reference in references)


async def test_the_second_press_sees_the_rows_of_the_first(ledger: Ledger) -> None:
    reference = await claimed(ledger)

    again = await ledger.claim("offer-1", "book", ANA, now=NOW)
    other = await ledger.claim("offer-1", "both", ANA, now=NOW)

    for result in (again, other):
        assert result.verdict is ClaimVerdict.ALREADY
        assert result.claims == ()
        assert [row.reference for row in result.rows] == [reference]


async def test_a_press_after_the_end_still_sees_what_came_of_it(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.finish(reference, WriteState.DONE, written=written(), now=NOW)
    await ledger.mark_told("offer-1", now=NOW)

    result = await ledger.claim("offer-1", "book", ANA, now=NOW + timedelta(days=1))

    assert result.verdict is ClaimVerdict.ALREADY
    assert result.rows[0].written == written()


@pytest.mark.parametrize("moment", [NOW, NOW + timedelta(days=1)])
async def test_nobody_else_can_claim_even_with_the_id(ledger: Ledger, moment: datetime) -> None:
    await ledger.offer(offer())

    result = await ledger.claim("offer-1", "book", BEN, now=moment)

    assert result.verdict is ClaimVerdict.NOT_YOURS
    assert result.rows == ()
    assert await ledger.rows("offer-1") == ()


async def test_nobody_else_sees_the_rows_of_a_claimed_offer(ledger: Ledger) -> None:
    await claimed(ledger)

    result = await ledger.claim("offer-1", "book", BEN, now=NOW)

    assert result.verdict is ClaimVerdict.NOT_YOURS
    assert result.rows == ()


async def test_an_expired_offer_cannot_be_claimed(ledger: Ledger) -> None:
    await ledger.offer(offer())

    assert (await ledger.claim("offer-1", "book", ANA, now=offer().expires_at)).verdict is ClaimVerdict.EXPIRED


async def test_a_retired_offer_cannot_be_claimed(ledger: Ledger) -> None:
    await ledger.offer(offer())
    await ledger.retire(("offer-1", "offer-9"), now=NOW)

    assert (await ledger.claim("offer-1", "book", ANA, now=NOW)).verdict is ClaimVerdict.RETIRED


async def test_a_write_that_landed_after_it_was_called_unwritten_is_told_anew(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.mark_sent(reference, now=NOW)
    await ledger.finish(reference, WriteState.SETTLED, now=NOW)
    await ledger.mark_told("offer-1", now=NOW)

    assert not await ledger.finish(reference, WriteState.DONE, written=Written(link="https://acme.io/x"), now=NOW)
    assert await ledger.amend(reference, Written(link="https://acme.io/x"), now=NOW)

    (row,) = await ledger.take_open(now=AFTER_LEASE, lease=LEASE)
    assert (row.state, row.told_at) == (WriteState.DONE, None)
    assert row.written == Written(link="https://acme.io/x")


async def test_what_stands_as_written_is_not_amended(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    assert not await ledger.amend(reference, Written(), now=NOW)
    await ledger.finish(reference, WriteState.DONE, written=Written(link="https://acme.io/x"), now=NOW)

    assert not await ledger.amend(reference, Written(), now=NOW)
    assert not await ledger.amend("r", Written(), now=NOW)


async def test_a_told_outcome_can_be_told_again(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.finish(reference, WriteState.DONE, written=Written(), now=NOW)
    await ledger.mark_told("offer-1", now=NOW)

    await ledger.tell_again("offer-1", now=NOW)
    await ledger.tell_again("offer-9", now=NOW)

    assert [row.reference for row in await ledger.take_open(now=NOW, lease=LEASE)] == [reference]


async def test_an_outcome_that_was_not_told_yet_stays_with_whoever_tells_it(ledger: Ledger) -> None:
    await claimed(ledger)

    await ledger.tell_again("offer-1", now=NOW)

    assert await ledger.take_open(now=NOW, lease=LEASE) == ()


async def test_retiring_leaves_a_claimed_offer_alone(ledger: Ledger) -> None:
    reference = await claimed(ledger)

    left_alone = await ledger.retire(("offer-1",), now=NOW)

    assert left_alone == {"offer-1"}
    assert await ledger.retire((), now=NOW) == frozenset()
    assert (await ledger.claim("offer-1", "book", ANA, now=NOW)).verdict is ClaimVerdict.ALREADY
    assert [row.reference for row in await ledger.take_open(now=AFTER_LEASE, lease=LEASE)] == [reference]


@pytest.mark.parametrize(("identifier", "option"), [("offer-9", "book"), ("offer-1", "nothing"), ("offer-1", "")])
async def test_an_unknown_offer_or_option_claims_nothing(ledger: Ledger, identifier: str, option: str) -> None:
    await ledger.offer(offer())

    assert (await ledger.claim(identifier, option, ANA, now=NOW)).verdict is ClaimVerdict.UNKNOWN
    assert (await ledger.claim("offer-1", "book", ANA, now=NOW)).verdict is ClaimVerdict.WON


async def test_an_offer_under_a_known_id_changes_nothing(ledger: Ledger) -> None:
    await ledger.offer(offer())
    await ledger.offer(offer(book=(CancelBooking(booking="bk_9", slot=book().slot),)))

    result = await ledger.claim("offer-1", "book", ANA, now=NOW)

    assert result.claims[0].write == book()


async def test_of_many_presses_at_once_exactly_one_wins(two: tuple[Ledger, Ledger]) -> None:
    for number in range(10):
        await two[0].offer(offer(f"offer-{number}"))

        results = await asyncio.gather(
            *(two[n % 2].claim(f"offer-{number}", ("book", "both")[n % 3 == 0], ANA, now=NOW) for n in range(24))
        )

        won = [result for result in results if result.verdict is ClaimVerdict.WON]
        assert len(won) == 1
        assert {result.verdict for result in results} == {ClaimVerdict.WON, ClaimVerdict.ALREADY}
        references = [claim.reference for claim in won[0].claims]
        assert [row.reference for row in await two[1].rows(f"offer-{number}")] == references


async def test_a_write_is_marked_sent_once(two: tuple[Ledger, Ledger]) -> None:
    reference = await claimed(two[0])

    marks = await asyncio.gather(*(two[n % 2].mark_sent(reference, now=NOW) for n in range(8)))

    assert sorted(marks) == [False] * 7 + [True]
    assert (await only(two[0])).state is WriteState.SENT


async def test_the_result_of_a_write_comes_back_as_it_was(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.mark_sent(reference, now=NOW)

    assert await ledger.finish(reference, WriteState.DONE, written=written(), now=NOW + timedelta(seconds=1))

    row = await only(ledger)
    assert (row.state, row.written, row.refusal) == (WriteState.DONE, written(), None)
    assert (row.sent_at, row.finished_at, row.told_at) == (NOW, NOW + timedelta(seconds=1), None)


async def test_a_closed_write_is_not_finished_again(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.finish(reference, WriteState.REFUSED, refusal=GONE, now=NOW)

    assert not await ledger.finish(reference, WriteState.DONE, written=written(), now=NOW)
    assert not await ledger.mark_sent(reference, now=NOW)
    assert (await only(ledger)).refusal == GONE


async def test_an_uncertain_write_stays_open_until_it_is_settled(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.mark_sent(reference, now=NOW)
    await ledger.finish(reference, WriteState.UNCERTAIN, now=NOW)
    uncertain = await only(ledger)

    assert await ledger.finish(reference, WriteState.SETTLED, written=written(), now=NOW)

    assert uncertain.is_open
    assert uncertain.finished_at is None
    assert (await only(ledger)).state is WriteState.SETTLED


@pytest.mark.parametrize("state", [WriteState.CLAIMED, WriteState.SENT])
async def test_a_write_cannot_be_finished_as_open(ledger: Ledger, state: WriteState) -> None:
    with pytest.raises(Bug):
        await ledger.finish("r", state, now=NOW)


async def test_an_unknown_reference_changes_nothing(ledger: Ledger) -> None:
    assert not await ledger.mark_sent("r", now=NOW)
    assert not await ledger.finish("r", WriteState.DONE, now=NOW)
    assert await ledger.reclaim("r", now=NOW) is None


async def test_recovery_leaves_a_fresh_claim_to_its_turn(ledger: Ledger) -> None:
    reference = await claimed(ledger)

    early = await ledger.take_open(now=NOW + CLAIM_LEASE - timedelta(seconds=1), lease=LEASE)
    late = await ledger.take_open(now=AFTER_LEASE, lease=LEASE)

    assert early == ()
    assert [row.reference for row in late] == [reference]


async def test_what_one_recovery_took_no_other_takes_until_the_lease_ran_out(two: tuple[Ledger, Ledger]) -> None:
    for number in range(30):
        await claimed(two[0], f"offer-{number}")

    batches = await asyncio.gather(*(two[n % 2].take_open(now=AFTER_LEASE, lease=LEASE, limit=7) for n in range(8)))
    again = await two[1].take_open(now=AFTER_LEASE + timedelta(seconds=29), lease=LEASE)
    later = await two[1].take_open(now=AFTER_LEASE + LEASE, lease=LEASE, limit=100)

    taken = [row.reference for batch in batches for row in batch]
    assert len(taken) == len(set(taken)) == 30
    assert all(len(batch) <= 7 for batch in batches)
    assert again == ()
    assert len(later) == 30


async def test_all_open_rows_of_an_offer_are_in_one_hand(ledger: Ledger) -> None:
    await claimed(ledger, option="both")

    rows = await ledger.take_open(now=AFTER_LEASE, lease=LEASE, limit=1)

    assert [row.position for row in rows] == [0, 1]


async def test_a_renewed_claim_stays_with_its_turn(ledger: Ledger) -> None:
    await claimed(ledger)

    await ledger.renew("offer-1", now=NOW + timedelta(seconds=20), lease=LEASE)

    assert await ledger.take_open(now=NOW + timedelta(seconds=49), lease=LEASE) == ()
    assert await ledger.take_open(now=NOW + timedelta(seconds=50), lease=LEASE) != ()


async def test_a_closed_row_is_taken_until_its_person_was_told(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.finish(reference, WriteState.DONE, written=written(), now=NOW)

    untold = await ledger.take_open(now=AFTER_LEASE, lease=LEASE)
    await ledger.mark_told("offer-1", now=AFTER_LEASE)
    told = await ledger.take_open(now=AFTER_LEASE + LEASE, lease=LEASE)

    assert [row.reference for row in untold] == [reference]
    assert told == ()
    assert (await only(ledger)).told_at == AFTER_LEASE


async def test_telling_of_some_leaves_the_open_ones_to_recovery(ledger: Ledger) -> None:
    first = await claimed(ledger, option="both")
    await ledger.finish(first, WriteState.DONE, written=written(), now=NOW)

    await ledger.mark_told("offer-1", now=NOW)

    rows = await ledger.take_open(now=AFTER_LEASE, lease=LEASE)
    assert [(row.position, row.told_at) for row in rows] == [(1, None)]


@pytest.mark.parametrize("steps", [(), ("sent",), ("sent", "uncertain")])
async def test_an_open_write_can_be_taken_up_again(ledger: Ledger, steps: tuple[str, ...]) -> None:
    reference = await claimed(ledger)
    if "sent" in steps:
        await ledger.mark_sent(reference, now=NOW)
    if "uncertain" in steps:
        await ledger.finish(reference, WriteState.UNCERTAIN, now=NOW)

    claim = await ledger.reclaim(reference, now=AFTER_LEASE)

    assert claim is not None
    assert (claim.reference, claim.write, claim.account, claim.claimed_at) == (reference, book(), "acc-1", NOW)


async def test_a_closed_write_cannot_be_taken_up_again(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.finish(reference, WriteState.REFUSED, now=NOW)

    assert await ledger.reclaim(reference, now=NOW) is None


async def test_the_history_is_in_order_and_bounded(ledger: Ledger) -> None:
    for number in range(4):
        await ledger.offer(offer(f"offer-{number}"))
        await ledger.claim(f"offer-{number}", "book", ANA, now=NOW + timedelta(minutes=number))

    rows = await ledger.history(since=NOW + timedelta(minutes=1), limit=2)

    assert [row.offer for row in rows] == ["offer-1", "offer-2"]


async def told_as_not_made(ledger: Ledger) -> str:
    reference = await claimed(ledger)
    await ledger.mark_sent(reference, now=NOW)
    await ledger.finish(reference, WriteState.SETTLED, now=NOW, look_at=NOW + timedelta(minutes=1))
    await ledger.mark_told("offer-1", now=NOW)
    return reference


async def test_what_was_told_as_not_made_is_looked_for_when_it_is_time_by_one_process(
    two: tuple[Ledger, Ledger],
) -> None:
    one, other = two
    reference = await told_as_not_made(one)
    due = NOW + timedelta(minutes=1)

    assert not await other.take_late(now=due - timedelta(seconds=1), lease=LEASE)
    assert [row.reference for row in await other.take_late(now=due, lease=LEASE)] == [reference]
    assert not await one.take_late(now=due, lease=LEASE)
    assert [row.reference for row in await one.take_late(now=due + LEASE, lease=LEASE)] == [reference]


async def test_what_came_to_light_is_not_looked_for_again(ledger: Ledger) -> None:
    reference = await told_as_not_made(ledger)
    pass_for_looking = await ledger.revisit(reference)
    assert pass_for_looking is not None
    assert not await ledger.mark_sent(reference, now=NOW)

    await ledger.amend(reference, Written(link="https://acme.io/x"), now=NOW)

    assert await ledger.revisit(reference) is None
    assert not await ledger.take_late(now=NOW + timedelta(minutes=9), lease=LEASE)
    (row,) = await ledger.rows("offer-1")
    assert row.why is Why.LOST


async def test_the_last_look_was_the_last(ledger: Ledger) -> None:
    reference = await told_as_not_made(ledger)

    await ledger.look_again(reference, None)
    await ledger.look_again(reference, NOW)

    assert not await ledger.take_late(now=NOW + timedelta(minutes=9), lease=LEASE)


async def test_a_write_that_was_not_called_unwritten_is_not_looked_for(ledger: Ledger) -> None:
    reference = await claimed(ledger)
    await ledger.finish(reference, WriteState.REFUSED, refusal=GONE, now=NOW)

    assert not await ledger.take_late(now=NOW + timedelta(minutes=9), lease=LEASE)
    assert await ledger.revisit(reference) is None
