"""The gateway's own part: connections, consent, and which account a call goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sandbox_world import Caller, calling

if TYPE_CHECKING:
    import httpx

ANA, BEN = "maton-ana", "maton-ben"


async def connect(caller: Caller, key: str = ANA, *, consent: bool = True, **headers: str) -> Any:
    response = await caller.call("POST", "/connections", body={"app": "cal-com"}, key=key, **headers)
    connection = response.json()["connection"]
    if consent:
        await caller.client.get(connection["url"])
    return connection


async def me(caller: Caller, key: str = ANA, **headers: str) -> httpx.Response:
    return await caller.call("GET", "/cal-com/v2/me", key=key, **headers)


async def test_a_connection_becomes_active_when_its_link_is_opened() -> None:
    async with calling(seed=1) as caller:
        made = await connect(caller, consent=False)
        page = await caller.client.get(made["url"])
        now = (await caller.get(f"/connections/{made['connection_id']}", key=ANA)).json()["connection"]

    assert (made["status"], now["status"]) == ("PENDING", "ACTIVE")
    assert made["url"] == now["url"]
    assert {"connection_id", "status", "creation_time", "last_updated_time", "url", "app", "metadata"} <= set(made)
    assert "practice account" in page.text


async def test_a_refused_consent_fails_the_connection() -> None:
    async with calling() as caller:
        made = await connect(caller, consent=False)
        await caller.client.get(made["url"], params={"refuse": "1"})
        now = (await caller.get(f"/connections/{made['connection_id']}", key=ANA)).json()["connection"]

    assert now["status"] == "FAILED"


async def test_a_call_goes_to_the_named_connection_else_to_the_oldest_active_one() -> None:
    async with calling(seed=1) as caller:
        first = await connect(caller, x_sandbox_name="Ana")
        second = await connect(caller, x_sandbox_name="Bo")
        named = await me(caller, maton_connection=second["connection_id"])
        unnamed = await me(caller)
        await caller.call("DELETE", f"/connections/{first['connection_id']}", key=ANA)
        after = await me(caller)

    assert [answer.json()["data"]["name"] for answer in (named, unnamed, after)] == ["Bo", "Ana", "Bo"]


async def test_without_a_connection_the_gateway_itself_refuses() -> None:
    async with calling() as caller:
        none = await me(caller)
        pending = await connect(caller, consent=False)
        named = await me(caller, maton_connection=pending["connection_id"])
        anonymous = await me(caller, key="")

    assert [answer.status_code for answer in (none, named, anonymous)] == [400, 400, 401]
    assert all("status" not in answer.json() for answer in (none, named, anonymous))


async def test_connections_belong_to_their_key() -> None:
    async with calling() as caller:
        made = await connect(caller)
        foreign = await caller.get(f"/connections/{made['connection_id']}", key=BEN)
        used = await me(caller, key=BEN, maton_connection=made["connection_id"])
        listed = (await caller.get("/connections", key=BEN)).json()["connections"]

    assert (foreign.status_code, used.status_code, listed) == (404, 400, [])


async def test_the_list_is_filtered_and_paged() -> None:
    async with calling() as caller:
        for number in range(32):
            await connect(caller, consent=number < 2)
        page = (await caller.get("/connections", key=ANA)).json()["connections"]
        rest = (await caller.get("/connections?offset=30", key=ANA)).json()["connections"]
        active = (await caller.get("/connections?app=cal-com&status=ACTIVE", key=ANA)).json()["connections"]
        other = (await caller.get("/connections?app=calendly", key=ANA)).json()["connections"]

    assert [len(rows) for rows in (page, rest, active, other)] == [30, 2, 2, 0]


@pytest.mark.parametrize("body", [{"app": "chess"}, {}, None])
async def test_only_known_apps_can_be_connected(body: Any) -> None:
    async with calling() as caller:
        response = await caller.call("POST", "/connections", body=body, key=ANA)

    assert response.status_code == 400


async def test_a_dead_grant_stays_active_and_answers_500() -> None:
    async with calling() as caller:
        made = await connect(caller)
        await caller.call("POST", "/_grants", body={"connection_id": made["connection_id"]})
        answer = await me(caller)
        now = (await caller.get(f"/connections/{made['connection_id']}", key=ANA)).json()["connection"]

    assert (answer.status_code, now["status"]) == (500, "ACTIVE")


async def test_the_gateway_passes_versions_on_and_upstream_refusals_back() -> None:
    async with calling() as caller:
        await connect(caller)
        known = await caller.call("GET", "/cal-com/v2/event-types", version="2024-06-14", key=ANA)
        unknown = await caller.call("GET", "/cal-com/v2/event-types/7", version="2024-06-14", key=ANA)

    assert isinstance(known.json()["data"], list)
    assert unknown.json()["path"] == "/v2/event-types/7"


async def test_the_gateways_own_pace_can_be_switched_on() -> None:
    async with calling() as caller:
        await connect(caller)
        await caller.call("POST", "/_limits", body={"gateway_per_second": 1})
        answers = [await me(caller) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert "x-ratelimit-limit-default" not in answers[1].headers
