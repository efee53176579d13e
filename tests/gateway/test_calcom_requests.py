"""Every request that the Cal.com provider builds, held against the published descriptions. Unknown fields are errors."""

from __future__ import annotations

import copy
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from gateway_fakes import claim
from gateway_worlds import DANA, TOMORROW, WEEK, World, open_world
from test_failures import MODERN

from bot.errors import PersonError
from bot.scheduling.accounts import Route
from bot.scheduling.models import BookingQuery, BookingState, Place, PlaceKind, SlotQuery
from bot.scheduling.writes import BookSlot

SPECS = Path(__file__).parents[3] / "shared/specs"
pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason="the descriptions are not beside this checkout")

READ_DIFFERENTLY = re.compile(r"calendarsToLoad\[\d+\]\[(credentialId|externalId)\]")
"""The server reads these names; the description lists them flat."""


@dataclass
class Recorder(httpx.AsyncBaseTransport):
    inner: httpx.AsyncBaseTransport
    seen: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.seen.append(request)
        return await self.inner.handle_async_request(request)


@dataclass
class Description:
    """Paths and strict schemas of both editions; the hosted one decides, the other fills in."""

    paths: dict[str, Any]
    components: dict[str, Any]

    def operation(self, method: str, path: str) -> dict[str, Any]:
        fitting = [
            (template.count("{"), operations[method.lower()])
            for template, operations in self.paths.items()
            if method.lower() in operations and re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", template), path)
        ]
        assert fitting, f"{method} {path} is not described"
        return dict(min(fitting, key=lambda each: each[0])[1])


@pytest.fixture(scope="module")
def description() -> Description:
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for name in ("cal-diy-v2-openapi.json", "calcom-v2-openapi.json"):
        data = json.loads((SPECS / name).read_text(encoding="utf-8"))
        for path, operations in data["paths"].items():
            paths[path] = paths.get(path, {}) | operations
        schemas |= data["components"]["schemas"]
    diy = json.loads((SPECS / "cal-diy-v2-openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]
    schemas["UpdateBookingLocationInput_2024_08_13"] = diy["UpdateBookingLocationInput_2024_08_13"]
    schemas = diy | schemas
    return Description(paths, {"schemas": strict(schemas)})


def strict(value: Any) -> Any:
    """No unknown properties; alternatives may overlap; slips of the descriptions are put right."""
    value = copy.deepcopy(value)
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            if "oneOf" in each:
                each["anyOf"] = each.pop("oneOf")
            if isinstance(each.get("properties"), dict) and each.get("type") == "object":
                each.setdefault("additionalProperties", False)
            if each.get("pattern") == "TIME_FORMAT_HH_MM":
                each["pattern"] = r"^([01]\d|2[0-3]):[0-5]\d$"
            if each.get("type") == "array" and "items" in each:
                each.pop("enum", None)
            if isinstance(each.get("example"), str | list | dict):
                each.pop("example")
            stack += list(each.values())
        elif isinstance(each, list):
            stack += each
    return value


def check(request: httpx.Request, description: Description, prefix: str) -> None:
    path = request.url.path.removeprefix(prefix)
    operation = description.operation(request.method, path)
    parameters = {each["name"]: each for each in operation.get("parameters", [])}
    queries = {name for name, each in parameters.items() if each["in"] == "query"}
    unknown = {name for name in request.url.params if name not in queries and not READ_DIFFERENTLY.fullmatch(name)}
    assert not unknown, f"{request.method} {path}: unknown parameters {unknown}"
    wanted = {name for name, each in parameters.items() if each["in"] == "query" and each.get("required")}
    missing = wanted - set(request.url.params) - {"credentialId", "externalId"}
    assert not missing, f"{request.method} {path}: missing parameters {missing}"
    if parameters.get("cal-api-version", {}).get("required"):
        assert request.headers.get("cal-api-version"), f"{request.method} {path} needs a version"
    check_body(request, operation, description, path)


def check_body(request: httpx.Request, operation: dict[str, Any], description: Description, path: str) -> None:
    described = operation.get("requestBody")
    if not request.content:
        assert not (described or {}).get("required"), f"{request.method} {path} needs a body"
        return
    assert described, f"{request.method} {path} takes no body"
    schema = strict(described["content"]["application/json"]["schema"])
    jsonschema.validate(json.loads(request.content), schema | {"components": description.components})


async def opened(route: Route) -> tuple[World, Recorder]:
    recorders: list[Recorder] = []

    def around(inner: httpx.AsyncBaseTransport) -> Recorder:
        recorders.append(Recorder(inner))
        return recorders[0]

    world = await open_world("current", route, around=around)
    recorders[0].seen.clear()
    return world, recorders[0]


async def read_everything(world: World) -> None:
    port = world.port
    me = await port.profile()
    await port.event_types()
    await port.public_event_types(me.username)
    booking = await world.booking()
    kind = await world.kind("consultation")
    window = SlotQuery(event_type=kind.id, window=TOMORROW, zone="Europe/Berlin", length=kind.lengths[1])
    await port.find_slots(window)
    await port.find_slots(
        SlotQuery(event_type="intro", window=TOMORROW, zone="UTC", host=me.username, moving=booking.id)
    )
    await port.bookings(BookingQuery(states=tuple(BookingState), window=WEEK, attendee_email="a+b@example.org"))
    await port.bookings(BookingQuery(states=(BookingState.PAST,), event_type=kind.id))
    await port.booking(booking.id)
    await port.held("00000000-0000-4000-8000-000000000000")
    for read in (port.schedules, port.calendars, port.conferencing, port.teams, port.webhooks, port.verified_emails):
        await read()
    await port.busy_times(WEEK, "Europe/Berlin")


ROUTES = [(Route.DIRECT, ""), (Route.MATON, "/cal-com")]


@pytest.mark.parametrize(("route", "prefix"), ROUTES)
async def test_reads_are_as_described(description: Description, route: Route, prefix: str) -> None:
    world, recorder = await opened(route)

    await read_everything(world)

    assert len(recorder.seen) > 25
    for request in recorder.seen:
        check(request, description, prefix)


@pytest.mark.parametrize(("route", "prefix"), ROUTES)
@pytest.mark.parametrize("name", MODERN)
async def test_writes_are_as_described(description: Description, route: Route, prefix: str, name: str) -> None:
    world, recorder = await opened(route)
    write = await MODERN[name](world)

    await world.port.write(claim(write), secret="s3cret")

    assert any(request.method != "GET" for request in recorder.seen)
    for request in recorder.seen:
        check(request, description, prefix)


@pytest.mark.parametrize(
    "place",
    [
        Place(kind=PlaceKind.VIDEO, app="zoom"),
        Place(kind=PlaceKind.LINK, detail="https://meet.example.com/x"),
        Place(kind=PlaceKind.ADDRESS, detail="Main St 1"),
        Place(kind=PlaceKind.PHONE, detail="+4930123456"),
        Place(kind=PlaceKind.ATTENDEE_PHONE, detail="+4930123456"),
        Place(kind=PlaceKind.ATTENDEE_ADDRESS, detail="Main St 2"),
        Place(kind=PlaceKind.ATTENDEE_CHOICE, detail="the café"),
        Place(kind=PlaceKind.HOST_DEFAULT),
        Place(kind=PlaceKind.OTHER, detail="?"),
    ],
    ids=lambda place: place.kind,
)
async def test_a_booking_with_everything_is_as_described(description: Description, place: Place) -> None:
    world, recorder = await opened(Route.DIRECT)
    kind = await world.kind("consultation")
    write = BookSlot(
        event_type=kind.id,
        slot=(await world.free("consultation"))[0],
        attendee=DANA,
        guests=("one@example.org", "two@example.org"),
        answers=(("notes", "bring the figures"),),
        place=place,
        length=kind.lengths[0],
    )
    with suppress(PersonError):  # the practice world may not offer that place; the request is what counts
        await world.port.write(claim(write))

    for request in recorder.seen:
        check(request, description, "")
