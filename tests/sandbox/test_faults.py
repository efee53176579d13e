"""Faults on purpose: which calls they strike, what they leave behind, and what the log says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sandbox_world import Caller, calling

from bot.errors import BadSettings
from bot.sandbox import FaultKind, FaultRule, load_faults, parse_faults

if TYPE_CHECKING:
    from pathlib import Path

START = "2026-11-24T09:00:00Z"


async def bookings(caller: Caller) -> list[Any]:
    found: list[Any] = (await caller.get("/_world")).json()["bookings"]
    return found


async def test_a_refused_call_is_not_carried_out() -> None:
    async with calling(faults=(FaultRule(kind=FaultKind.REFUSE, method="POST", path="/v2/bookings"),)) as caller:
        kind = await caller.make_type()
        with pytest.raises(ConnectionResetError):
            await caller.try_to_book(kind["id"], START)

        assert await bookings(caller) == []


async def test_a_lost_answer_leaves_the_write() -> None:
    rule = FaultRule(kind=FaultKind.LOSE_ANSWER, method="POST", path="/v2/bookings", times=1)
    async with calling(faults=(rule,)) as caller:
        kind = await caller.make_type()
        with pytest.raises(ConnectionResetError):
            await caller.try_to_book(kind["id"], START)
        again = await caller.try_to_book(kind["id"], START)

        assert len(await bookings(caller)) == 1
        assert again.status_code == 400


@pytest.mark.parametrize(("after_commit", "count"), [(False, 0), (True, 1)])
async def test_a_status_comes_instead_of_or_after_the_write(count: int, *, after_commit: bool) -> None:
    body = {"statusCode": 500, "message": "Internal server error"}
    rule = FaultRule(kind=FaultKind.STATUS, method="POST", path="*/bookings", body=body, after_commit=after_commit)
    async with calling(faults=(rule,)) as caller:
        kind = await caller.make_type()
        response = await caller.try_to_book(kind["id"], START)

        assert (response.status_code, response.json()) == (500, body)
        assert len(await bookings(caller)) == count


async def test_a_web_page_can_come_with_its_own_content_type() -> None:
    rule = FaultRule(
        kind=FaultKind.STATUS, status=502, body="<h1>Bad gateway</h1>", headers={"Content-Type": "text/html"}
    )
    async with calling(faults=(rule,)) as caller:
        response = await caller.get("/v2/me")

    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert response.text == "<h1>Bad gateway</h1>"


async def test_a_malformed_answer_is_half_of_the_real_one() -> None:
    async with calling(faults=(FaultRule(kind=FaultKind.MALFORMED),)) as caller:
        response = await caller.get("/v2/me")

    assert response.status_code == 200
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        response.json()


async def test_a_hung_call_ends_without_an_answer() -> None:
    async with calling(faults=(FaultRule(kind=FaultKind.TIMEOUT, seconds=0.01),)) as caller:
        with pytest.raises(ConnectionResetError):
            await caller.get("/v2/me")


async def test_a_latency_only_delays() -> None:
    rules = (FaultRule(kind=FaultKind.LATENCY, seconds=0), FaultRule(kind=FaultKind.STATUS, status=503, times=1))
    async with calling(faults=rules) as caller:
        answers = [(await caller.get("/v2/me")).status_code for _ in range(2)]

    assert answers == [503, 200]


COUNTED = [
    ({"times": 2}, [500, 500, 200, 200, 200, 200]),
    ({"every": 3}, [200, 200, 500, 200, 200, 500]),
    ({"after": 4}, [200, 200, 200, 200, 500, 500]),
    ({"after": 1, "times": 1}, [200, 500, 200, 200, 200, 200]),
    ({"probability": 0.0}, [200] * 6),
    ({"method": "PATCH"}, [200] * 6),
    ({"path": "re:/v2/m."}, [500] * 6),
    ({"path": "/v2/b*"}, [200] * 6),
]


@pytest.mark.parametrize(("fields", "expected"), COUNTED)
async def test_rules_strike_as_often_as_they_say(fields: dict[str, Any], expected: list[int]) -> None:
    async with calling() as caller:
        await caller.call("POST", "/_faults", body=[{"kind": "status", **fields}])
        assert [(await caller.get("/v2/me")).status_code for _ in range(6)] == expected


async def test_a_native_path_is_meant_behind_the_gateway_too() -> None:
    async with calling(faults=(FaultRule(kind=FaultKind.STATUS, status=503, path="/v2/me"),)) as caller:
        response = await caller.get("/cal-com/v2/me")

    assert response.status_code == 503


async def test_rules_can_be_taken_away() -> None:
    async with calling(faults=(FaultRule(kind=FaultKind.STATUS),)) as caller:
        before = await caller.get("/v2/me")
        await caller.call("DELETE", "/_faults")
        after = await caller.get("/v2/me")

    assert (before.status_code, after.status_code) == (500, 200)


async def test_wrong_rules_are_refused_with_the_reason() -> None:
    async with calling() as caller:
        response = await caller.call("POST", "/_faults", body=[{"kind": "explode"}])

    assert response.status_code == 400
    assert "kind" in response.json()["error"]


def test_rules_are_read_from_toml_and_json(tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text('[[rules]]\nkind = "timeout"\nmethod = "POST"\nafter_commit = true\n')

    expected = (FaultRule(kind=FaultKind.TIMEOUT, method="POST", after_commit=True),)
    assert load_faults(file) == expected
    assert parse_faults('{"rules": [{"kind": "timeout", "method": "POST", "after_commit": true}]}') == expected


@pytest.mark.parametrize("text", ["[[rules]]\nkind = 3\n", "rules = [", '[{"kind": "latency", "secnds": 1}]'])
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(text)

    with pytest.raises(BadSettings, match=r"faults\.toml is wrong"):
        load_faults(file)
    with pytest.raises(BadSettings, match="cannot be read"):
        load_faults(tmp_path / "absent.toml")


async def test_the_log_keeps_calls_and_answers_but_no_keys() -> None:
    async with calling(faults=(FaultRule(kind=FaultKind.STATUS, status=503, path="/v2/calendars"),)) as caller:
        await caller.get("/v2/me?x=1")
        await caller.call("PATCH", "/v2/me", body={"name": "Ana"})
        await caller.get("/v2/calendars")
        log = (await caller.get("/_log")).json()
        await caller.call("DELETE", "/_log")
        empty = (await caller.get("/_log")).json()

    assert [(entry["method"], entry["path"], entry["status"]) for entry in log] == [
        ("GET", "/v2/me", 200),
        ("PATCH", "/v2/me", 200),
        ("GET", "/v2/calendars", 503),
    ]
    assert log[0]["query"] == "x=1"
    assert log[1]["body"] == {"name": "Ana"}
    assert log[1]["response"]["data"]["name"] == "Ana"
    assert [(entry["fault"], entry["carried_out"]) for entry in log[1:]] == [([], True), (["status"], False)]
    assert caller.key not in str(log)
    assert empty == []
