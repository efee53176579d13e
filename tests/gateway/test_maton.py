from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import httpx
import pytest
from gateway_fakes import NOW, Router, claim, make_client, reply
from gateway_worlds import OWNER, open_world

from bot.errors import BadSettings, Bug, NotConnected, NotFound, Uncertain, Unsupported
from bot.gateway import MatonAddresses, Registry, Routes
from bot.gateway.maton import Maton
from bot.gateway.registry import practice_key
from bot.scheduling.accounts import Account, AccountStatus, Owner, Route
from bot.scheduling.models import Person
from bot.scheduling.writes import CreateConnection, DeleteConnection, ReleaseHold

CREATE = claim(CreateConnection(provider="calcom"))
OLDER = MatonAddresses(key="k", base_url="http://gateway", connections_url="http://ctrl/connections")


def row(
    identifier: str, *, status: str = "PENDING", made: timedelta = timedelta(0), app: str = "cal-com"
) -> dict[str, object]:
    return {
        "connection_id": identifier,
        "status": status,
        "creation_time": (NOW + made).isoformat().replace("+00:00", "Z"),
        "url": f"https://connect.example.com/?t={identifier}",
        "app": app,
        "metadata": {},
        "added_later": 1,
    }


def maton(router: Router, addresses: MatonAddresses = OLDER) -> Maton:
    return Maton(make_client(router), addresses)


@pytest.mark.parametrize(
    "answer", [{"connection": row("c1")}, row("c1"), {"connection_id": "c1"}], ids=["nested", "flat", "id alone"]
)
async def test_a_new_connection_is_read_from_any_answer(answer: dict[str, object]) -> None:
    router = Router(
        {"POST /connections": reply(201, answer), "GET /connections/c1": reply(200, {"connection": row("c1")})}
    )

    made = await maton(router).create(CREATE, "calcom")

    assert (made.id, made.status, made.provider) == ("c1", AccountStatus.PENDING, "calcom")
    assert made.url.startswith("https://connect.example.com")
    assert json.loads(router.asked[0].content) == {"app": "cal-com"}
    assert router.asked[0].headers["authorization"] == "Bearer k"


async def test_an_unreadable_new_connection_is_uncertain() -> None:
    with pytest.raises(Uncertain):
        await maton(Router({"POST /connections": reply(201, {"ok": True})})).create(CREATE, "calcom")


async def test_nothing_is_created_without_a_claim() -> None:
    router = Router({"POST /connections": reply(201, row("c1"))})

    with pytest.raises(Bug):
        await maton(router).create(None, "calcom")  # type: ignore[arg-type]

    assert router.asked == []


async def test_the_link_of_a_connection_is_not_printed() -> None:
    made = await maton(Router({"GET /connections/c1": reply(200, {"connection": row("c1")})})).connection("c1")

    assert "connect.example.com" not in repr(made)


async def test_lists_are_filtered_and_read_to_their_end() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        assert request.url.params["app"] == "cal-com"
        token = request.url.params.get("page_token")
        data = {"connections": [row("c2")]} if token else {"connections": [row("c1")], "next_page_token": "t"}
        return httpx.Response(200, json=data)

    found = await maton(Router({"GET /connections": page})).connections("calcom")

    assert [state.id for state in found] == ["c1", "c2"]


async def test_a_list_that_repeats_itself_ends() -> None:
    page = reply(200, {"connections": [row("c1")], "next_page_token": "same"})

    assert len(await maton(Router({"GET /connections": page})).connections("calcom")) == 1


async def test_foreign_apps_and_states_are_left_out_even_if_the_gateway_ignores_the_filter() -> None:
    rows = [row("c1"), row("c2", app="calendly"), row("c3", status="ACTIVE")]
    router = Router({"GET /connections": reply(200, {"connections": rows})})

    found = await maton(router).connections("calcom", AccountStatus.ACTIVE)

    assert [state.id for state in found] == ["c3"]


async def test_a_failed_connection_is_dead_and_an_unknown_state_still_waits() -> None:
    router = Router(
        {
            "GET /connections/f": reply(200, {"connection": row("f", status="FAILED")}),
            "GET /connections/n": reply(200, {"connection": row("n", status="REVIEWING")}),
        }
    )

    assert (await maton(router).connection("f")).status is AccountStatus.DEAD
    assert (await maton(router).connection("n")).status is AccountStatus.PENDING


@pytest.mark.parametrize("status", [400, 404])
async def test_an_unknown_connection_is_not_found(status: int) -> None:
    router = Router({"GET /connections/x": reply(status, {"error": "unknown"})})

    with pytest.raises((NotFound, NotConnected)):
        await maton(router).connection("x")


async def test_a_connection_that_is_gone_already_counts_as_removed() -> None:
    router = Router({"DELETE /connections/x": reply(404, {"error": {"message": "unknown"}, "status": "error"})})

    await maton(router).delete(claim(DeleteConnection(account="a", connection="x")), "x")


async def test_a_refused_gateway_key_is_the_operator_s_business() -> None:
    refused = reply(401, {"status": "error", "error": {"message": "no"}})

    with pytest.raises(BadSettings, match="MATON_API_KEY"):
        await maton(Router({"GET /connections": refused})).connections("calcom")


async def test_a_lost_new_connection_is_found_unless_it_could_be_somebody_else_s() -> None:
    old, used, ours = row("old", made=-timedelta(days=1)), row("used"), row("ours", made=timedelta(seconds=1))
    router = Router({"GET /connections": reply(200, {"connections": [old, used, ours]})})

    found = await maton(router).find("calcom", since=NOW, used={"used"})

    assert found is not None
    assert found.id == "ours"
    with pytest.raises(Uncertain):
        await maton(router).find("calcom", since=NOW)
    assert await maton(router).find("calcom", since=NOW, used={"used", "ours"}) is None


def registry(router: Router, **more: object) -> Registry:
    routes = Routes(offered=(("calcom", Route.MATON),), maton=OLDER, **more)  # type: ignore[arg-type]
    return Registry(make_client(router), routes)


def account(route: Route, secret: str = "c1", provider: str = "calcom") -> Account:
    return Account(id="a1", owner=OWNER, provider=provider, route=route, secret=secret)


async def test_every_call_over_the_gateway_names_its_connection() -> None:
    router = Router({"GET /cal-com/v2/me": reply(200, {"data": {"id": 1, "email": "A@b.io"}})})

    me = await registry(router).provider(account(Route.MATON)).profile()

    assert me.email == "a@b.io"
    sent = router.asked[0]
    assert (sent.url.host, sent.headers["maton-connection"], sent.headers["cal-api-version"]) == (
        "gateway",
        "c1",
        "2024-08-13",
    )


async def test_a_direct_call_carries_the_person_s_own_key() -> None:
    router = Router({"GET /api/v2/me": reply(200, {"data": {"id": 1, "email": "a@b.io"}})})

    await registry(router, calcom_url="http://cal.test/api/v2").provider(account(Route.DIRECT, "cal_k")).profile()

    assert router.asked[0].headers["authorization"] == "Bearer cal_k"
    assert "maton-connection" not in router.asked[0].headers


async def test_the_sandbox_hears_who_somebody_is_whatever_their_name() -> None:
    world = await open_world("current", Route.SANDBOX)

    me = await world.port.profile()

    assert (me.name, me.email) == ("Ana Ünal", "ana@example.com")


def test_practice_keys_differ_by_person_and_tell_nothing() -> None:
    keys = {practice_key(Owner("E", "T", member)) for member in ("U1", "U2")}

    assert len(keys) == 2
    assert all(key.startswith("cal_sandbox_") and "U1" not in key for key in keys)


def test_the_same_account_keeps_its_provider_until_it_changes() -> None:
    there = registry(Router({}))
    first = there.provider(account(Route.MATON))

    assert there.provider(account(Route.MATON)) is first
    assert there.provider(account(Route.MATON, "c2")) is not first


def test_a_newcomer_to_the_sandbox_is_introduced() -> None:
    there = registry(Router({}))
    anonymous = there.provider(account(Route.SANDBOX, ""))

    named = there.provider(account(Route.SANDBOX, ""), Person(name="Ana"))

    assert named is not anonymous
    assert there.provider(account(Route.SANDBOX, "")) is named


def test_an_unknown_provider_is_said() -> None:
    with pytest.raises(Unsupported):
        registry(Router({})).provider(account(Route.MATON, provider="outlook"))
    assert registry(Router({})).decoder("outlook") is None


async def test_a_claim_opens_only_its_own_door() -> None:
    there = registry(Router({}))

    wrong = claim(ReleaseHold(hold="h"))
    for call in (
        partial(there.create_connection, wrong, OWNER),
        partial(there.delete_connection, wrong),
        partial(there.find_connection, wrong, OWNER),
    ):
        with pytest.raises(Bug):
            await call()


async def test_without_a_gateway_there_are_no_connections() -> None:
    there = Registry(make_client(Router({})), Routes(offered=(("calcom", Route.DIRECT),)))

    with pytest.raises(Unsupported):
        await there.create_connection(CREATE, OWNER)


async def test_keys_never_show_in_what_is_printed() -> None:
    there = registry(Router({}))
    made = there.provider(account(Route.DIRECT, "cal_live_secret"))

    assert "secret" not in repr(vars(made)["_session"].api.target)
    assert "'k'" not in repr(OLDER)
