"""Where the message of a booking stands, and which channels hear of an event type: one contract, both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from storage_worlds import DATABASES, NOW, opened, url_of

from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.telling import About, BookingPlaces, Posting, Postings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store

ANA, LEE = Owner("", "T1", "UANA"), Owner("", "T1", "ULEE")


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


async def test_a_booking_keeps_its_message_under_every_id_it_had(store: Store) -> None:
    places: BookingPlaces = store.booking_places
    await places.put_place(About(owner=ANA, bookings=("old", "new")), "here", now=NOW)
    await places.put_place(About(owner=ANA, bookings=("new",)), "there", now=NOW)

    assert await places.place_of(ANA, ("unknown", "old")) == "here"
    assert await places.place_of(ANA, ("new", "old")) == "there"
    assert await places.place_of(ANA, ("", "unknown")) == ""


async def test_each_reader_has_a_message_of_their_own(store: Store) -> None:
    places: BookingPlaces = store.booking_places
    await places.put_place(About(owner=ANA, bookings=("b",)), "hers", now=NOW)
    await places.put_place(About(owner=ANA, bookings=("b",)), "the channel's", channel="C1", now=NOW)

    assert await places.place_of(ANA, ("b",)) == "hers"
    assert await places.place_of(ANA, ("b",), channel="C1") == "the channel's"
    assert await places.place_of(LEE, ("b",)) == ""


async def test_a_channel_hears_of_a_type_until_it_is_stopped(store: Store) -> None:
    postings: Postings = store.postings
    for channel, kind in (("C1", "7"), ("C1", "7"), ("C1", "8"), ("C2", "7")):
        await postings.post(Posting(owner=ANA, channel=channel, event_type=kind), now=NOW)
    both = [(one.channel, one.event_type) for one in await postings.postings_of(ANA)]
    one = await postings.stop_posting(ANA, channel="C1", event_type="7")
    rest = await postings.stop_posting(ANA)

    assert both == [("C1", "7"), ("C1", "8"), ("C2", "7")]
    assert (one, rest) == (1, 2)
    assert await postings.postings_of(ANA) == ()


async def test_who_is_forgotten_leaves_nothing_of_it(store: Store) -> None:
    await store.booking_places.put_place(About(owner=ANA, bookings=("b",)), "hers", now=NOW)
    await store.postings.post(Posting(owner=ANA, channel="C1", event_type="7"), now=NOW)

    await store.conversations.forget(ANA)

    assert await store.booking_places.place_of(ANA, ("b",)) == ""
    assert await store.postings.postings_of(ANA) == ()
