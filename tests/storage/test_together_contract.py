from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_worlds import ANA, BEN, DATABASES, NOW, SHARED_DATABASES, opened, poll, share, slot, url_of

from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person
from bot.scheduling.together.polls import Polls, Vote, VoteVerdict
from bot.scheduling.together.sharing import Consent, Consents, PickVerdict, Shares

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.scheduling.together.directory import Addresses
    from bot.storage.store import Store

CY = replace(BEN, member="U03CY")
DEE = replace(BEN, member="U04DEE")
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture
def consents(store: Store) -> Consents:
    return store.consents


@pytest.fixture
def addresses(store: Store) -> Addresses:
    return store.addresses


@pytest.fixture
def shares(store: Store) -> Shares:
    return store.shares


@pytest.fixture
def polls(store: Store) -> Polls:
    return store.polls


# ── consents ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_has_agreed_to_anything_at_first(consents: Consents) -> None:
    assert await consents.consents_of(ANA) == ()


async def test_a_consent_comes_back_and_is_replaced_by_the_same_again(consents: Consents) -> None:
    once = Consent(owner=ANA, account="acc-1", viewer="U02BEN", until=NOW + MINUTE)
    await consents.grant(once, now=NOW)
    await consents.grant(Consent(owner=ANA, account="acc-1"), now=NOW)
    await consents.grant(replace(once, until=NOW + 2 * MINUTE), now=NOW)

    assert await consents.consents_of(ANA) == (
        Consent(owner=ANA, account="acc-1"),
        replace(once, until=NOW + 2 * MINUTE),
    )


async def test_a_consent_is_taken_back_for_one_person_only(consents: Consents) -> None:
    for owner in (ANA, BEN):
        await consents.grant(Consent(owner=owner, account="acc-1"), now=NOW)

    await consents.withdraw(ANA, now=NOW)

    (kept,) = await consents.consents_of(ANA)
    assert kept.is_refusal
    assert not kept.allows(BEN, NOW)
    assert not (await consents.consents_of(BEN))[0].is_refusal


async def test_a_no_ends_when_everybody_may_see_again_and_not_for_one_colleague(consents: Consents) -> None:
    await consents.withdraw(ANA, now=NOW)
    await consents.grant(Consent(owner=ANA, account="acc-1", viewer="U02BEN", until=NOW + MINUTE), now=NOW)
    for_once = [one.is_refusal for one in await consents.consents_of(ANA)]
    await consents.grant(Consent(owner=ANA, account="acc-1"), now=NOW)

    assert sorted(for_once) == [False, True]
    assert not any(one.is_refusal for one in await consents.consents_of(ANA))


@pytest.mark.parametrize(
    ("viewer", "allowed"),
    [(BEN, True), (Owner("", "T02", "U02BEN"), False), (Owner("E1", "T01", "U02BEN"), False)],
)
def test_a_consent_holds_inside_the_workspace_only(viewer: Owner, allowed: bool) -> None:  # noqa: FBT001  a case
    assert Consent(owner=ANA, account="acc-1").allows(viewer, NOW) is allowed


def test_a_consent_for_once_holds_for_one_member_and_runs_out() -> None:
    once = Consent(owner=ANA, account="acc-1", viewer="U02BEN", until=NOW + MINUTE)

    assert once.allows(BEN, NOW)
    assert not once.allows(CY, NOW)
    assert not once.allows(BEN, NOW + MINUTE)


# ── remembered addresses ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_addresses_are_remembered_for_one_person(addresses: Addresses) -> None:
    await addresses.remember(ANA, Person(name="Jo Park", email="jo@example.org"))
    await addresses.remember(ANA, Person(name="jo park", email="jo@example.com"))
    await addresses.remember(ANA, Person(name="Al Reed", email="al@example.com"))

    assert [person.email for person in await addresses.remembered(ANA)] == ["al@example.com", "jo@example.com"]
    assert await addresses.remembered(BEN) == ()

    await addresses.drop(ANA, "JO PARK")

    assert [person.name for person in await addresses.remembered(ANA)] == ["Al Reed"]


# ── shares ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_share_comes_back_as_it_was(shares: Shares) -> None:
    await shares.save_share(share())

    assert await shares.share("share-1", now=NOW) == share()
    assert await shares.share("share-9", now=NOW) is None


async def test_a_time_is_picked_by_one_person_only(shares: Shares) -> None:
    await shares.save_share(share())

    verdicts = [await shares.pick("share-1", slot(24), who, now=NOW) for who in (BEN, CY, BEN)]

    assert verdicts == [PickVerdict.WON, PickVerdict.TAKEN, PickVerdict.WON]
    stands = await shares.share("share-1", now=NOW)
    assert stands is not None
    assert (stands.taken, stands.left(NOW)) == ((slot(24),), (slot(25), slot(26)))


async def test_the_last_place_is_counted_over_everybody(shares: Shares) -> None:
    await shares.save_share(share(most=2))

    picks = ((24, BEN), (25, CY), (26, DEE))
    verdicts = [await shares.pick("share-1", slot(hours), who, now=NOW) for hours, who in picks]

    assert verdicts == [PickVerdict.WON, PickVerdict.WON, PickVerdict.FULL]


async def test_a_pick_that_was_not_booked_is_free_again(shares: Shares) -> None:
    await shares.save_share(share(most=1))
    await shares.pick("share-1", slot(24), BEN, now=NOW)

    await shares.drop_pick("share-1", slot(24), CY)
    before = await shares.pick("share-1", slot(24), CY, now=NOW)
    await shares.drop_pick("share-1", slot(24), BEN)

    assert before is PickVerdict.TAKEN
    assert await shares.pick("share-1", slot(24), CY, now=NOW) is PickVerdict.WON


async def test_a_pick_left_by_a_crash_runs_out_and_a_booked_one_does_not(shares: Shares) -> None:
    await shares.save_share(share(most=2))
    await shares.pick("share-1", slot(24), BEN, now=NOW)
    await shares.pick("share-1", slot(25), CY, now=NOW)
    await shares.keep_pick("share-1", slot(25), CY, now=NOW)

    later = NOW + 6 * MINUTE

    assert await shares.pick("share-1", slot(24), DEE, now=later) is PickVerdict.WON
    assert await shares.pick("share-1", slot(25), DEE, now=later) is PickVerdict.TAKEN


async def test_a_booked_pick_cannot_be_dropped_or_picked_again(shares: Shares) -> None:
    await shares.save_share(share())
    await shares.pick("share-1", slot(24), BEN, now=NOW)
    await shares.keep_pick("share-1", slot(24), BEN, now=NOW)

    await shares.drop_pick("share-1", slot(24), BEN)

    assert await shares.pick("share-1", slot(24), BEN, now=NOW) is PickVerdict.TAKEN


async def test_who_may_not_pick_gets_nothing(shares: Shares) -> None:
    await shares.save_share(share())
    strangers = (ANA, replace(BEN, member="U09ZOE"), replace(BEN, team="T02"))

    verdicts = [await shares.pick("share-1", slot(24), who, now=NOW) for who in strangers]

    assert verdicts == [PickVerdict.UNKNOWN] * 3
    assert await shares.pick("share-1", slot(40), BEN, now=NOW) is PickVerdict.UNKNOWN


async def test_a_share_ends_once_and_by_its_time(shares: Shares) -> None:
    await shares.save_share(share())
    await shares.save_share(share("share-2"))

    assert await shares.end_share("share-1", now=NOW)
    assert not await shares.end_share("share-1", now=NOW)
    assert await shares.pick("share-1", slot(24), BEN, now=NOW) is PickVerdict.ENDED
    assert await shares.pick("share-2", slot(24), BEN, now=NOW + timedelta(days=2)) is PickVerdict.ENDED
    assert [one.id for one in await shares.shares_of(ANA, now=NOW)] == ["share-2"]


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_two_processes_reach_for_the_last_place_and_one_gets_it(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = url_of(kind, tmp_path, request)
    async with opened(url) as one, opened(url, is_fresh=False) as two:
        for number in range(5):
            await one.shares.save_share(share(f"share-{number}", most=1))
            verdicts = await asyncio.gather(
                one.shares.pick(f"share-{number}", slot(24), BEN, now=NOW),
                two.shares.pick(f"share-{number}", slot(25), CY, now=NOW),
            )

            assert sorted(verdicts) == [PickVerdict.FULL, PickVerdict.WON]


# ── polls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_poll_comes_back_as_it_was(polls: Polls) -> None:
    await polls.save_poll(poll())

    assert await polls.poll("poll-1") == poll()
    assert await polls.poll("poll-9") is None


async def test_votes_are_changed_freely(polls: Polls) -> None:
    await polls.save_poll(poll())

    for option in (0, 1, 0):
        assert await polls.vote("poll-1", BEN, "Ben Beck", option, now=NOW) is VoteVerdict.COUNTED
    await polls.vote("poll-1", CY, "Cy Cole", 1, now=NOW)

    stands = await polls.poll("poll-1")
    assert stands is not None
    assert stands.votes == (
        Vote(member="U02BEN", name="Ben Beck", option=1),
        Vote(member="U03CY", name="Cy Cole", option=1),
    )
    assert (stands.best(), stands.has_everybody) == (1, True)


async def test_none_of_these_is_an_answer_and_takes_the_votes_back(polls: Polls) -> None:
    await polls.save_poll(poll())
    await polls.vote("poll-1", BEN, "Ben Beck", 0, now=NOW)

    await polls.vote("poll-1", BEN, "Ben Beck", None, now=NOW)
    none = await polls.poll("poll-1")
    await polls.vote("poll-1", BEN, "Ben Beck", 1, now=NOW)
    again = await polls.poll("poll-1")

    assert none is not None
    assert (none.votes, none.voted, none.best()) == ((), ("U02BEN",), None)
    assert again is not None
    assert [vote.option for vote in again.votes] == [1]


async def test_a_poll_is_brought_forward_and_never_put_off(polls: Polls) -> None:
    await polls.save_poll(poll())

    await polls.close_by("poll-1", at=NOW + MINUTE)
    await polls.close_by("poll-1", at=NOW + 9 * MINUTE)

    kept = await polls.poll("poll-1")
    assert kept is not None
    assert kept.closes_at == NOW + MINUTE
    assert await polls.vote("poll-1", BEN, "Ben Beck", 0, now=NOW + MINUTE) is VoteVerdict.CLOSED


async def test_a_closed_poll_takes_no_votes(polls: Polls) -> None:
    await polls.save_poll(poll())
    await polls.save_poll(poll("poll-2"))

    late = await polls.vote("poll-2", BEN, "Ben Beck", 0, now=NOW + timedelta(days=1))
    due = await polls.due_polls(now=NOW + timedelta(days=1))

    assert await polls.close_poll("poll-1", now=NOW)
    assert not await polls.close_poll("poll-1", now=NOW)
    assert await polls.vote("poll-1", BEN, "Ben Beck", 0, now=NOW) is VoteVerdict.CLOSED
    assert await polls.vote("poll-9", BEN, "Ben Beck", 0, now=NOW) is VoteVerdict.UNKNOWN
    assert await polls.vote("poll-2", BEN, "Ben Beck", 2, now=NOW) is VoteVerdict.UNKNOWN
    assert late is VoteVerdict.CLOSED
    assert sorted(one.id for one in due) == ["poll-1", "poll-2"]
    assert [one.id for one in await polls.polls_of(ANA, now=NOW)] == ["poll-2"]


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_votes_at_once_from_two_processes_all_count(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = url_of(kind, tmp_path, request)
    async with opened(url) as one, opened(url, is_fresh=False) as two:
        await one.polls.save_poll(poll())
        voters = [replace(BEN, member=f"U{number}") for number in range(10)]

        await asyncio.gather(
            *(
                store.polls.vote("poll-1", voter, voter.member, number % 2, now=NOW)
                for number, voter in enumerate(voters)
                for store in ((one, two)[number % 2],)
            )
        )

        stands = await two.polls.poll("poll-1")
        assert stands is not None
        assert sorted(vote.member for vote in stands.votes) == sorted(voter.member for voter in voters)
