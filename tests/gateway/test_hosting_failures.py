"""Every write around bookings and types × everything that can go wrong: the truth is told, and nothing is written twice."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from gateway_fakes import claim
from gateway_worlds import TOMORROW, World, open_world
from spoiling import NEVER_LEFT, NOT_WRITTEN, WRITTEN, Spoiler

from bot.errors import Uncertain
from bot.scheduling.accounts import Route
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.limits import BookingWindow, Cap, Period, WindowKind
from bot.scheduling.models import Hours, Override, Question, QuestionKind
from bot.scheduling.writes import (
    AddGuests,
    ChangeEntry,
    ChangeEventType,
    ChangeSchedule,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    RemoveGuests,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    from bot.scheduling.writes import Write

    Prepare = Callable[[World], Awaitable[Write]]

pytestmark = pytest.mark.slow  # the same ways of failing are tried on every save in test_failures.py

QUARTER = timedelta(minutes=15)


async def change_limits(world: World) -> Write:
    return ChangeEventType(
        event_type=(await world.kind("intro")).id,
        buffer_before=QUARTER,
        buffer_after=QUARTER,
        minimum_notice=timedelta(hours=4),
        interval=timedelta(minutes=45),
        window=BookingWindow(kind=WindowKind.WORKING_DAYS, days=30),
        caps=(Cap(period=Period.DAY, count=3), Cap(period=Period.WEEK, length=timedelta(hours=10))),
        needs_approval=True,
        questions=(Question(key="budget", label="Budget", kind=QuestionKind.NUMBER, is_required=True),),
    )


async def change_seats(world: World) -> Write:
    return ChangeEventType(event_type=(await world.kind("intro")).id, seats=6)


async def create_away(world: World) -> Write:
    return CreateAway(first=date(2026, 3, 9), last=date(2026, 3, 13), note="Sailing")


async def create_covered_away(world: World) -> Write:
    me = await world.port.profile()
    teams = await world.port.teams()
    colleague = next(one for team in teams for one in team.members if one.email not in {me.email, None})
    return CreateAway(first=date(2026, 3, 9), last=date(2026, 3, 13), stand_in=colleague.id)


async def delete_away(world: World) -> Write:
    written = await world.port.write(claim(await create_away(world), reference="given"))
    assert written.away is not None
    return DeleteAway(away=written.away.id)


async def delete_link(world: World) -> Write:
    written = await world.port.write(claim(CreateLink(event_type=(await world.kind("intro")).id), reference="given"))
    assert written.shared is not None
    return DeleteLink(link=written.shared.id, event_type=written.shared.event_type)


async def remove_guests(world: World) -> Write:
    booking = await world.booking()
    await world.port.write(claim(AddGuests(booking=booking.id, emails=("late@example.org",)), reference="given"))
    return RemoveGuests(booking=booking.id, emails=("late@example.org",))


async def change_entry(world: World) -> Write:
    booking = await world.booking()
    end = booking.slot.end + QUARTER
    return ChangeEntry(booking=booking.id, slot=booking.slot, title="Second talk", note="Bring the map", end=end)


async def calendly_type(world: World) -> Write:
    return CreateEventType(title="Review", slug="review", lengths=(timedelta(minutes=45),), buffer_after=QUARTER)


async def calendly_change(world: World) -> Write:
    return ChangeEventType(
        event_type=(await world.kind("intro")).id,
        title="Hello",
        lengths=(timedelta(minutes=20), timedelta(minutes=40)),
        buffer_before=QUARTER,
        interval=timedelta(minutes=20),
        is_hidden=True,
    )


async def calendly_hours(world: World) -> Write:
    schedule = (await world.port.schedules())[0]
    days_off = (Override(day=TOMORROW.start.date()),)
    return ChangeSchedule(schedule=schedule.id, overrides=days_off)


async def calendly_new_hours(world: World) -> Write:
    return CreateSchedule(
        name="Evenings", zone="Europe/Berlin", hours=(Hours(weekdays=(2,), start=time(18), end=time(20)),)
    )


CALCOM: tuple[Prepare, ...] = (
    change_limits,
    change_seats,
    create_away,
    create_covered_away,
    delete_away,
    delete_link,
    remove_guests,
    change_entry,
)
CALENDLY: tuple[Prepare, ...] = (calendly_type, calendly_change, calendly_hours, calendly_new_hours, delete_link)
CASES = [
    *(pytest.param("current", prepare, id=f"calcom-{prepare.__name__}") for prepare in CALCOM),
    pytest.param("legacy", delete_link, id="legacy-delete_link"),
    *(pytest.param("calendly", prepare, id=f"calendly-{prepare.__name__}") for prepare in CALENDLY),
]


async def link(world: World) -> Write:
    return CreateLink(event_type=(await world.kind("intro")).id)


async def share_with_terms(world: World) -> Write:
    """The link's own name, length and days."""
    intro = await world.kind("intro")
    first, last = date(2026, 3, 4), date(2026, 3, 6)
    return CreateLink(event_type=intro.id, title="For Jo", length=timedelta(minutes=45), first=first, last=last)


async def lasting_link(world: World) -> Write:
    """A link that works until an instant."""
    return CreateLink(event_type=(await world.kind("intro")).id, uses=None, expires_at=TOMORROW.end)


async def one_off(world: World) -> Write:
    return CreateOneOff(
        title="Just us",
        length=timedelta(minutes=45),
        first=date(2026, 3, 4),
        last=date(2026, 3, 5),
        zone="Europe/Berlin",
    )


UNTRACEABLE = [
    pytest.param("current", link, id="calcom-link"),
    pytest.param("current", lasting_link, id="calcom-lasting_link"),
    pytest.param("calendly", link, id="calendly-link"),
    pytest.param("calendly", share_with_terms, id="calendly-share_with_terms"),
    pytest.param("calendly", one_off, id="calendly-one_off"),
]


async def prepared(shapes: str, prepare: Prepare) -> tuple[World, Spoiler, Any]:
    spoilers: list[Spoiler] = []

    def around(inner: httpx.AsyncBaseTransport) -> Spoiler:
        spoilers.append(Spoiler(inner))
        return spoilers[0]

    world = await open_world(shapes, Route.DIRECT, around=around)
    return world, spoilers[0], claim(await prepare(world))


@pytest.mark.parametrize(("shapes", "prepare"), [*CASES, *UNTRACEABLE])
@pytest.mark.parametrize(("mode", "error"), NEVER_LEFT)
async def test_what_never_left_is_not_written(shapes: str, prepare: Prepare, mode: str, error: type[Exception]) -> None:
    world, spoiler, claimed = await prepared(shapes, prepare)
    spoiler.mode = mode

    with pytest.raises(error):
        await world.port.write(claimed)

    assert spoiler.carried_out == []


@pytest.mark.parametrize(
    ("shapes", "prepare", "mode"),
    [
        pytest.param(*case.values, mode, id=f"{case.id}-{mode}")
        for case in CASES
        for mode in WRITTEN
        if not (case.id == "calendly-delete_link" and mode == "malformed")
    ],
)
async def test_what_was_written_without_an_answer_is_found_and_not_repeated(
    shapes: str, prepare: Prepare, mode: str
) -> None:
    world, spoiler, claimed = await prepared(shapes, prepare)
    spoiler.mode = mode

    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    assert await world.port.look_up(claimed) is not None
    assert len(spoiler.carried_out) == 1


@pytest.mark.parametrize(("shapes", "prepare"), CASES)
@pytest.mark.parametrize("mode", NOT_WRITTEN)
async def test_what_was_lost_on_the_way_is_found_to_be_unwritten(shapes: str, prepare: Prepare, mode: str) -> None:
    world, spoiler, claimed = await prepared(shapes, prepare)
    spoiler.mode = mode

    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    assert await world.port.look_up(claimed) is None
    assert spoiler.carried_out == []


@pytest.mark.parametrize(("shapes", "prepare"), UNTRACEABLE)
@pytest.mark.parametrize("mode", [*WRITTEN, *NOT_WRITTEN])
async def test_a_link_without_an_answer_stays_unknown_and_is_not_made_again(
    shapes: str, prepare: Prepare, mode: str
) -> None:
    world, spoiler, claimed = await prepared(shapes, prepare)
    spoiler.mode = mode
    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    with pytest.raises(Uncertain) as caught:
        await world.port.look_up(claimed)

    assert caught.value.is_lasting
    assert "no harm" in caught.value.for_person
    assert len(spoiler.carried_out) == (1 if mode in WRITTEN else 0)


async def test_a_link_that_may_not_have_terms_becomes_a_plain_one() -> None:
    world = await open_world("calendly", Route.DIRECT)
    intro = await world.kind("intro")
    await world.faults({"kind": "status", "status": 404, "body": {"title": "x", "message": "y"}, "path": "/shares"})

    written = await world.port.write(claim(CreateLink(event_type=intro.id, title="Only for Jo")))

    assert written.link.startswith("https://calendly.com/d/")
    assert "plain link" in written.note
