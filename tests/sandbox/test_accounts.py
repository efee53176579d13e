"""Keys and accounts of the practice world, and who lives in it."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
from sandbox_world import calling, told

from bot.sandbox import create_sandbox

REFUSED_KEYS = [
    ("cal_unknown_1", "CustomThrottlerGuard - Invalid API Key"),
    ("cal_expired_1", "ApiAuthStrategy - api key - Your api key is expired"),
    ("xoxb-something", "Invalid Access Token."),
]


@pytest.mark.parametrize(("key", "text"), REFUSED_KEYS)
async def test_a_bad_key_is_refused_as_the_service_words_it(key: str, text: str) -> None:
    async with calling() as caller:
        response = await caller.get("/v2/me", key=key)

    assert response.status_code == 401
    assert told(response) == text


async def test_a_bad_key_is_refused_where_no_key_is_needed_too() -> None:
    async with calling() as caller:
        response = await caller.get("/v2/event-types", version="2024-06-14", key="cal_expired_1")

    assert response.status_code == 401


async def test_in_the_bare_world_the_first_key_is_host_and_the_second_other() -> None:
    async with calling(seed=0) as caller:
        names = [
            (await caller.get("/v2/me", key=key)).json()["data"]["username"] for key in ("cal_b", "cal_a", "cal_b")
        ]

    assert names == ["host", "other", "host"]


async def test_hints_make_the_account_the_persons_own() -> None:
    async with calling(seed=1) as caller:
        hints = {"x_sandbox_name": "Ana Ruiz", "x_sandbox_email": "ana@example.net", "x_sandbox_zone": "Europe/Madrid"}
        me = (await caller.call("GET", "/v2/me", **hints)).json()["data"]
        again = (await caller.get("/v2/me")).json()["data"]

    assert (me["name"], me["email"], me["timeZone"]) == ("Ana Ruiz", "ana@example.net", "Europe/Madrid")
    assert again == me


async def test_the_same_seed_and_key_give_the_same_world() -> None:
    async with calling(seed=3) as one, calling(seed=3) as two, calling(seed=4) as three:
        lists = [
            (await caller.get("/v2/bookings", version="2024-08-13")).json()["data"] for caller in (one, two, three)
        ]

    assert lists[0] == lists[1]
    assert lists[0] != lists[2]


@pytest.mark.parametrize("key", ["cal_ana", "cal_ben", "cal_cleo"])
@pytest.mark.parametrize("seed", [1, 2, 7])
async def test_two_oclock_on_workdays_is_free_for_everybody(seed: int, key: str) -> None:
    async with calling(seed=seed) as caller:
        kinds = (await caller.get("/v2/event-types", version="2024-06-14", key=key)).json()["data"]
        by_slug = {kind["slug"]: kind["id"] for kind in kinds}
        for slug in ("intro", "deep-dive"):
            days = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")
            free = [await caller.slots(by_slug[slug], day, timeZone="Europe/Berlin") for day in days]
            assert all(f"{day}T14:00:00.000+01:00" in slots for day, slots in zip(days, free, strict=True))


async def test_a_newcomer_finds_event_types_and_meetings_and_gaps() -> None:
    async with calling(seed=1) as caller:
        kinds = (await caller.get("/v2/event-types", version="2024-06-14")).json()["data"]
        bookings = (await caller.get("/v2/bookings", version="2024-08-13")).json()["data"]
        counts = [len(await caller.slots(kinds[0]["id"], f"2026-11-{day}")) for day in (23, 24, 25, 26, 27, 30)]

    assert {"intro": 30, "deep-dive": 60, "quick-chat": 15}.items() <= {
        k["slug"]: k["lengthInMinutes"] for k in kinds
    }.items()
    assert len(bookings) == 2
    assert min(counts) >= 8
    assert len(set(counts)) > 1


async def test_real_time_passes_without_a_clock() -> None:
    app = create_sandbox(seed=0, now=datetime(2026, 3, 2, 9, tzinfo=UTC))

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://sandbox", trust_env=False
    ) as client:
        first = (await client.get("/_clock")).json()["now"]
        await client.post("/_clock", json={"advance_seconds": 90})
        later = (await client.get("/_clock")).json()["now"]

    assert first.startswith("2026-03-02T09:00:00")
    assert later.startswith("2026-03-02T09:01:30")


async def test_calls_beyond_the_limit_are_refused_until_the_block_is_over() -> None:
    async with calling() as caller:
        await caller.call("POST", "/_limits", body={"calls": 2, "window_seconds": 60, "block_seconds": 10})
        answers = [await caller.get("/v2/me") for _ in range(3)]
        await caller.call("POST", "/_clock", body={"advance_seconds": 61})
        after = await caller.get("/v2/me")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers.get("x-ratelimit-remaining-default") for answer in answers] == ["1", "0", "0"]
    assert told(answers[2]) == "CustomThrottlerGuard - Too many requests. Please try again later."
    assert after.status_code == 200


async def test_a_known_version_of_another_family_is_an_unknown_path_before_any_key_is_looked_at() -> None:
    async with calling() as caller:
        response = await caller.get("/v2/event-types", version="2024-08-13", key="cal_unknown")

    assert (response.status_code, told(response)) == (404, "Cannot GET /v2/event-types")
