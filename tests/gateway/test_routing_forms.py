"""Routing forms over each provider: which there are, what was answered, where answers lead; and hosts that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gateway_fakes import claim
from gateway_worlds import DANA, WEEK, World, open_world
from spoiling import Spoiler

from bot.errors import NotFound, ProviderChanged, Refused, Uncertain, Unsupported
from bot.gateway.calcom.hosting.forms import calculate, read_forms
from bot.scheduling.accounts import Route
from bot.scheduling.hosting import Feature, Offered
from bot.scheduling.models import BookingQuery, QuestionKind
from bot.scheduling.undoing import undo_of
from bot.scheduling.writes import BookSlot

if TYPE_CHECKING:
    import httpx

    from bot.scheduling.hosting import Routed, RoutingForm

BERLIN = "Europe/Berlin"


@pytest.fixture
async def calcom() -> World:
    return await open_world("current", Route.DIRECT)


async def form(world: World, name: str = "Sales") -> RoutingForm:
    return next(one for one in await world.port.routing_forms() if one.name == name)


async def routed(world: World, name: str = "Sales", **answers: str) -> Routed:
    return await world.port.route((await form(world, name)).id, tuple(answers.items()), WEEK, BERLIN)


async def test_forms_are_listed_with_what_they_ask(calcom: World) -> None:
    sales = await form(calcom)

    asked = [(one.key, one.kind, one.is_required, one.options) for one in sales.questions]
    assert asked == [
        ("name", QuestionKind.TEXT, False, ()),
        ("company_size", QuestionKind.NUMBER, True, ()),
        ("interest", QuestionKind.CHOICE, False, ("demo", "contract")),
    ]


async def test_answers_lead_to_a_type_and_its_slots_and_keep_nothing(calcom: World) -> None:
    found = await routed(calcom, company_size="50")

    assert found.event_type is not None
    assert found.event_type.slug == "sales-demo"
    assert found.slots
    assert all(WEEK.contains(slot.start) and slot.interval.length == found.event_type.length for slot in found.slots)
    assert len(await calcom.port.form_submissions(await form(calcom))) == 2


async def test_other_answers_lead_elsewhere(calcom: World) -> None:
    contract = await routed(calcom, company_size="50", interest="contract")
    page = await routed(calcom, company_size="4000")
    address = await routed(calcom, "Support", topic="invoice")

    assert contract.event_type is not None
    assert contract.event_type.slug == "contract-review"
    assert (page.event_type, page.slots) == (None, ())
    assert address.event_type is None


async def test_a_missing_answer_is_refused_and_an_unknown_form_not_found(calcom: World) -> None:
    with pytest.raises(Refused):
        await routed(calcom)
    with pytest.raises(NotFound):
        await calcom.port.route("no-such-form", (), WEEK, BERLIN)


async def test_a_type_of_another_team_is_booked_and_taken_back(calcom: World) -> None:
    found = await routed(calcom, "Support", topic="bug")
    assert found.event_type is not None
    assert found.event_type.id not in {kind.id for kind in await calcom.port.event_types()}
    write = BookSlot(event_type=found.event_type.id, slot=found.slots[0], attendee=DANA)

    written = await calcom.port.write(claim(write))
    back = undo_of(write, written, calcom.port.capabilities)

    assert written.booking is not None
    assert back is not None
    gone = await calcom.port.write(claim(back, reference="back"))
    assert gone.booking is not None
    assert gone.booking.status.value == "cancelled"


async def test_a_booking_that_another_host_got_is_nobody_elses_to_cancel(calcom: World) -> None:
    found = await routed(calcom, "Support", topic="bug")
    assert found.event_type is not None
    write = BookSlot(event_type=found.event_type.id, slot=found.slots[0], attendee=DANA)
    written = await calcom.port.write(claim(write))
    assert written.booking is not None

    with pytest.raises(NotFound):
        await calcom.port.booking(written.booking.id)
    assert written.booking.id not in {each.id for each in await calcom.port.bookings(BookingQuery())}


async def test_a_lost_booking_of_a_team_is_never_called_unwritten() -> None:
    """It may stand with a host whose bookings are not listed: whoever is told «not written» would book it twice."""
    spoilers: list[Spoiler] = []

    def around(inner: httpx.AsyncBaseTransport) -> Spoiler:
        spoilers.append(Spoiler(inner))
        return spoilers[0]

    world = await open_world("current", Route.DIRECT, around=around)
    found = await routed(world, "Support", topic="bug")
    assert found.event_type is not None
    claimed = claim(BookSlot(event_type=found.event_type.id, slot=found.slots[0], attendee=DANA))
    spoilers[0].mode = "lost before"

    with pytest.raises(Uncertain):
        await world.port.write(claimed)
    with pytest.raises(Uncertain) as caught:
        await world.port.look_up(claimed)

    assert caught.value.is_lasting


async def test_where_the_organisations_list_is_refused_the_teams_are_asked(calcom: World) -> None:
    me = await calcom.port.profile()
    path = f"/v2/organizations/{me.organization}/routing-forms"
    await calcom.faults(
        {"kind": "status", "status": 403, "body": {"statusCode": 403, "message": "Forbidden resource"}, "path": path}
    )

    assert [(one.name, bool(one.team)) for one in await calcom.port.routing_forms()] == [("Sales", True)]
    assert await calcom.port.form_submissions(await form(calcom))


async def test_a_member_without_rights_is_told_so(calcom: World) -> None:
    await calcom.faults(
        {"kind": "status", "status": 403, "body": {"statusCode": 403, "message": "Forbidden resource"}, "times": 9}
    )

    with pytest.raises(Refused):
        await calcom.port.routing_forms()


async def test_a_host_without_the_call_says_so_and_the_doctor_knows(calcom: World) -> None:
    missing = {"statusCode": 404, "message": "Cannot GET /v2/organizations/1/routing-forms"}
    await calcom.port.event_types()
    me = await calcom.port.profile()
    path = f"/v2/organizations/{me.organization}/routing-forms"
    await calcom.faults({"kind": "status", "status": 404, "body": missing, "path": path, "times": 9})

    with pytest.raises(Unsupported) as caught:
        await calcom.port.routing_forms()
    states = {state.feature: state.offered for state in await calcom.port.features()}

    assert "no routing forms" in caught.value.for_person
    assert states[Feature.FORMS] is Offered.NO


async def test_calendly_forms_are_read_and_not_asked() -> None:
    world = await open_world("calendly", Route.DIRECT)
    sales = await form(world)

    rows = await world.port.form_submissions(sales)

    assert [one.name for one in await world.port.routing_forms() if not one.is_open] == ["Partners"]
    assert rows[0].answers == (("What is your industry?", "Finance"), ("Email", "nora@example.org"))
    with pytest.raises(Unsupported) as caught:
        await world.port.route(sales.id, (), WEEK, BERLIN)
    assert "can be read" in caught.value.for_person
    states = {state.feature: state.offered for state in await world.port.features()}
    assert states[Feature.FORMS] is Offered.YES


async def test_a_missing_scope_of_calendly_is_named() -> None:
    world = await open_world("calendly", Route.DIRECT)
    await world.port.profile()
    await world.http.post(
        "http://sandbox/users/me/plan",
        json={"scopes": ["users:read", "event_types:read"]},
        headers={"authorization": "Bearer cal_live_example"},
    )

    with pytest.raises(Refused) as caught:
        await world.port.routing_forms()

    assert "«routing_forms:read»" in caught.value.for_person


def test_asking_for_times_is_a_read() -> None:
    call = calculate("f1", (("size", "4"),), WEEK, BERLIN)

    assert call.request.is_read
    assert call.request.body == {"size": "4"}
    assert call.read({"data": {"eventTypeId": 7, "slots": {}}}) == ("7", {})


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        (None, []),
        ({}, []),
        ([{"id": "1", "label": "Budget", "type": "weird"}, {"id": "2", "label": "Old", "deleted": True}], ["Budget"]),
        ([{"id": "1", "type": "text"}], []),
    ],
)
def test_odd_fields_are_left_out(fields: object, keys: list[str]) -> None:
    (found,) = read_forms({"data": [{"id": "f1", "name": "F", "fields": fields, "routes": None, "settings": None}]})

    assert [one.key for one in found.questions] == keys


def test_a_list_that_is_none_is_a_change_over_there() -> None:
    with pytest.raises((ProviderChanged, TypeError)):
        read_forms({"data": None})
