from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from storage_worlds import DATABASES, NOW, SHARED_DATABASES, opened, url_of

from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.errands import Errand, ErrandKind
from bot.scheduling.reminding.preferences import AgendaWish, Preferences, Quiet, Rhythm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.scheduling.reminding.errands import Errands
    from bot.storage.store import Store

ANA, LEE = Owner("", "T1", "UANA"), Owner("", "T1", "ULEE")
MINUTE = timedelta(minutes=1)
WANTED = Preferences(
    agenda=AgendaWish(rhythm=Rhythm(at=time(8), weekdays=(0, 2))),
    note_before=10 * MINUTE,
    quiet=Quiet(start=time(20), end=time(7)),
)


def errand(name: str = "e1", owner: Owner = ANA, kind: ErrandKind = ErrandKind.NOTE, **more: object) -> Errand:
    made = Errand(id=name, owner=owner, kind=kind, due_at=NOW, about="b1", body="words")
    return replace(made, **more)  # type: ignore[arg-type]  # named fields


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture(params=SHARED_DATABASES)
async def two(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Errands, Errands]]:
    """Two processes over one database."""
    url = url_of(request.param, tmp_path, request)
    async with opened(url) as one, opened(url, is_fresh=False) as other:
        yield one.errands, other.errands


async def test_what_is_due_is_taken_with_everything_it_needs(store: Store) -> None:
    assert await store.errands.add(errand())
    assert await store.errands.add(errand("later", due_at=NOW + MINUTE))

    (taken,) = await store.errands.take_due(now=NOW)

    assert replace(taken, lease_until=None) == errand()


async def test_what_was_done_is_not_made_again(store: Store) -> None:
    await store.errands.add(errand())
    (taken,) = await store.errands.take_due(now=NOW)
    assert await store.errands.finish(taken, now=NOW)

    assert not await store.errands.add(errand())
    assert await store.errands.take_due(now=NOW + 60 * MINUTE) == ()


async def test_a_lost_lease_can_finish_nothing(store: Store) -> None:
    await store.errands.add(errand())
    (lost,) = await store.errands.take_due(now=NOW)
    (taken,) = await store.errands.take_due(now=NOW + 2 * MINUTE)

    assert not await store.errands.finish(lost, now=NOW)
    assert not await store.errands.move(lost, NOW + 3 * MINUTE)
    assert await store.errands.finish(taken, now=NOW)


async def test_an_errand_that_is_moved_is_due_again_then(store: Store) -> None:
    await store.errands.add(errand())
    (taken,) = await store.errands.take_due(now=NOW)
    assert await store.errands.move(taken, NOW + 5 * MINUTE, body="other words")

    assert await store.errands.take_due(now=NOW + 4 * MINUTE) == ()
    (again,) = await store.errands.take_due(now=NOW + 5 * MINUTE)
    assert again.body == "other words"


async def test_what_waits_is_hastened_and_what_is_held_is_not(store: Store) -> None:
    later = NOW + 10 * MINUTE
    await store.errands.put(errand("status", kind=ErrandKind.STATUS, due_at=later))
    await store.errands.put(errand("other", owner=LEE, kind=ErrandKind.STATUS, due_at=later))
    await store.errands.hasten(ANA, ErrandKind.STATUS, now=NOW)
    first = await store.errands.take_due(now=NOW)
    await store.errands.hasten(ANA, ErrandKind.STATUS, now=NOW)
    again = await store.errands.take_due(now=NOW)

    assert ([one.id for one in first], again) == (["status"], ())


async def test_two_processes_in_one_minute_share_the_errands(two: tuple[Errands, Errands]) -> None:
    one, other = two
    for number in range(12):
        await one.add(errand(f"e{number}"))

    first, second = await asyncio.gather(one.take_due(now=NOW), other.take_due(now=NOW))

    taken = [found.id for found in (*first, *second)]
    assert sorted(taken) == sorted({f"e{number}" for number in range(12)})


async def test_errands_are_taken_back_for_one_meeting_or_for_all(store: Store) -> None:
    await store.errands.add(errand("one", about="b1"))
    await store.errands.add(errand("two", about="b2"))
    await store.errands.add(errand("hers", owner=LEE))

    await store.errands.drop(ANA, (ErrandKind.NOTE,), about="b1")
    assert [found.id for found in await store.errands.of(ANA, ErrandKind.NOTE)] == ["two"]
    await store.errands.drop(ANA, (ErrandKind.NOTE, ErrandKind.WATCH))

    assert await store.errands.of(ANA, ErrandKind.NOTE) == ()
    assert [found.id for found in await store.errands.of(LEE, ErrandKind.NOTE)] == ["hers"]


async def test_preferences_are_kept_for_each_person(store: Store) -> None:
    assert await store.preferences.load(ANA) == Preferences()

    await store.preferences.save(ANA, WANTED)
    await store.preferences.save(ANA, replace(WANTED, note_before=None))

    assert await store.preferences.load(ANA) == replace(WANTED, note_before=None)
    assert await store.preferences.load(LEE) == Preferences()


async def test_a_forgotten_person_is_told_nothing_any_more(store: Store) -> None:
    await store.errands.add(errand())
    await store.preferences.save(ANA, WANTED)

    await store.conversations.forget(ANA)

    assert await store.errands.take_due(now=NOW) == ()
    assert await store.preferences.load(ANA) == Preferences()


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2026, 3, 27, 8, 0, tzinfo=UTC), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 23, 6, 0, tzinfo=UTC), datetime(2026, 10, 26, 7, 0, tzinfo=UTC)),
    ],
)
def test_eight_in_the_morning_stays_eight_over_a_clock_change(after: datetime, expected: datetime) -> None:
    assert Rhythm(at=time(8)).next_after(after, BERLIN) == expected


def test_an_hour_that_comes_twice_is_told_once() -> None:
    rhythm = Rhythm(at=time(2, 30), weekdays=tuple(range(7)))
    first = rhythm.next_after(datetime(2026, 10, 24, 12, 0, tzinfo=UTC), BERLIN)

    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert rhythm.next_after(first, BERLIN) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_is_told_right_after_it() -> None:
    rhythm = Rhythm(at=time(2, 30), weekdays=(6,))

    assert rhythm.next_after(datetime(2026, 3, 28, 12, 0, tzinfo=UTC), BERLIN) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(("hour", "is_quiet"), [(19, False), (20, True), (23, True), (6, True), (7, False)])
def test_quiet_hours_reach_over_midnight(hour: int, is_quiet: bool) -> None:  # noqa: FBT001  a table's column
    quiet = Quiet(start=time(20), end=time(7))

    assert quiet.covers(datetime(2026, 3, 2, hour, 0, tzinfo=BERLIN).astimezone(UTC), BERLIN) is is_quiet
