from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from gateway_fakes import NOW, Pauses, Script, claim, make_client, reply, upstream_error

from bot.errors import BadSettings, Bug, NotConnected, ProviderDown, RateLimited, Uncertain
from bot.gateway.calls import ApiAnswer, ApiRequest, Origin, Target, read_problem
from bot.gateway.client import CallRecord, Limits
from bot.gateway.pacing import Budgets, FairGate, asked_to_wait
from bot.scheduling.writes import ReleaseHold

DIRECT = Target(
    provider="calcom", base_url="http://host/v2", account="a1", headers=(("Authorization", "Bearer cal_x"),)
)
MATON = Target(
    provider="calcom",
    base_url="http://gate/cal-com/v2",
    account="a1",
    headers=(("Authorization", "Bearer m"), ("Maton-Connection", "c1")),
    gate="m",
    probe_path="/me",
    connections_url="http://gate/connections",
)
READ = ApiRequest(method="GET", path="/things", operation="things.list")
WRITE = ApiRequest(method="POST", path="/things", operation="things.create", body={"a": 1})
CLAIM = claim(ReleaseHold(hold="h1"))
OK = reply(200, {"status": "success", "data": []})
HTML = reply(502, raw=b"<html><body>Bad gateway</body></html>")


async def read(script: Script, target: Target = DIRECT, **options: object) -> ApiAnswer:
    return await make_client(script, **options).send(target, READ)  # type: ignore[arg-type]


async def write(script: Script, target: Target = DIRECT, **options: object) -> ApiAnswer:
    return await make_client(script, **options).send(target, WRITE, claimed=CLAIM)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
async def test_nothing_but_a_read_leaves_without_a_claim(method: str) -> None:
    script = Script([OK])
    request = ApiRequest(method=method, path="/things", operation="x")

    with pytest.raises(Bug):
        await make_client(script).send(DIRECT, request)
    with pytest.raises(Bug):
        await make_client(script).send(DIRECT, request, claimed="yes")  # type: ignore[arg-type]

    assert script.asked == []


async def test_a_call_carries_key_own_name_and_query() -> None:
    script = Script([OK])
    request = ApiRequest(method="GET", path="/things", operation="x", query=(("q", "a+b@c.io"),))

    await make_client(script).send(DIRECT, request)

    sent = script.asked[0]
    assert sent.headers["authorization"] == "Bearer cal_x"
    assert sent.headers["user-agent"].startswith("pencil-bot")
    assert str(sent.url) == "http://host/v2/things?q=a%2Bb%40c.io"


async def test_a_read_survives_two_failures() -> None:
    pauses = Pauses()

    answer = await read(Script([HTML, httpx.ReadError("gone"), OK]), pauses=pauses)

    assert answer.status == 200
    assert len(pauses.taken) == 2


async def test_a_read_gives_up_after_three_attempts() -> None:
    script = Script([HTML])

    with pytest.raises(ProviderDown) as caught:
        await read(script)

    assert len(script.asked) == 3
    assert caught.value.status == 502


async def test_a_truncated_success_is_read_again() -> None:
    script = Script([reply(200, raw=b'{"data": [{"uid": "x'), OK])

    assert (await read(script)).json() == {"status": "success", "data": []}


async def test_a_refusal_of_the_provider_is_handed_back_at_once() -> None:
    script = Script([upstream_error(404, "Event Type not found")])

    answer = await read(script)

    assert (answer.status, answer.problem.message, answer.origin) == (404, "Event Type not found", Origin.UPSTREAM)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "step",
    [
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("half an answer"),
        HTML,
        reply(500, {"statusCode": 500, "message": "Internal server error"}),
        reply(504, raw=b""),
        reply(404, raw=b"<html>"),
        reply(302, raw=b""),
    ],
)
async def test_a_write_with_an_open_fate_is_uncertain_and_not_repeated(step: httpx.Response | Exception) -> None:
    script = Script([step])

    with pytest.raises(Uncertain):
        await write(script)

    assert len(script.asked) == 1


async def test_a_write_that_hangs_says_so() -> None:
    with pytest.raises(Uncertain) as hung:
        await write(Script([httpx.ReadTimeout("slow")]))
    with pytest.raises(Uncertain) as lost:
        await write(Script([httpx.ReadError("reset")]))

    assert (hung.value.is_hung, lost.value.is_hung) == (True, False)


@pytest.mark.parametrize(("status", "is_hung"), [(408, True), (500, False), (502, False), (504, True)])
async def test_who_stood_between_and_stopped_waiting_tells_nothing_of_the_end(status: int, *, is_hung: bool) -> None:
    with pytest.raises(Uncertain) as caught:
        await write(Script([httpx.Response(status, content=b"")]))

    assert caught.value.is_hung is is_hung


async def test_a_server_that_never_answers_is_given_up() -> None:
    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(60)
            raise AssertionError

    client = make_client(Hanging(), limits=Limits(connect=0.01, write=0.01))

    with pytest.raises(Uncertain) as caught:
        await client.send(DIRECT, WRITE, claimed=CLAIM)

    assert caught.value.is_hung


async def test_a_write_that_never_left_is_down_after_one_more_attempt() -> None:
    script = Script([httpx.ConnectError("refused")])

    with pytest.raises(ProviderDown):
        await write(script)

    assert len(script.asked) == 2


async def test_a_refused_connect_can_be_made_good() -> None:
    assert (await write(Script([httpx.ConnectError("refused"), OK]))).status == 200


async def test_a_limited_write_waits_as_asked_and_is_sent_once_more() -> None:
    pauses = Pauses()
    limited = reply(429, {"statusCode": 429, "message": "Too many"}, headers={"Retry-After": "3"})

    assert (await write(Script([limited, OK]), pauses=pauses)).status == 200

    assert pauses.taken == [3.0]


async def test_a_long_pause_is_not_waited_for() -> None:
    limited = reply(429, {"statusCode": 429, "message": "Too many"}, headers={"X-RateLimit-Reset-Default": "60"})
    script = Script([limited])

    with pytest.raises(RateLimited) as caught:
        await read(script)

    assert caught.value.retry_after == timedelta(seconds=60)
    assert caught.value.origin == "upstream"
    assert len(script.asked) == 1


async def test_a_used_up_budget_stops_the_next_call_before_it_leaves() -> None:
    script = Script(
        [reply(200, {"data": 1}, headers={"X-RateLimit-Remaining-Default": "0", "X-RateLimit-Reset-Default": "40"})]
    )
    client = make_client(script)
    await client.send(DIRECT, READ)

    with pytest.raises(RateLimited):
        await client.send(DIRECT, READ)

    assert len(script.asked) == 1


async def test_one_account_s_used_up_budget_does_not_stop_another() -> None:
    script = Script([reply(200, {"data": 1}, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "40"})])
    client = make_client(script)
    await client.send(DIRECT, READ)

    other = Target(provider="calcom", base_url="http://host/v2", account="a2")
    await client.send(other, READ)

    assert len(script.asked) == 2


async def test_a_dead_grant_is_told_from_a_passing_trouble() -> None:
    gateway_500 = reply(500, {"error": "connection unusable"})
    script = Script([gateway_500])

    with pytest.raises(NotConnected) as caught:
        await read(script, MATON)

    assert caught.value.repair
    assert [request.url.path for request in script.asked] == [
        "/cal-com/v2/things",
        "/cal-com/v2/things",
        "/cal-com/v2/me",
    ]


async def test_a_gateway_500_with_a_living_grant_is_only_down() -> None:
    gateway_500 = reply(500, {"error": "oops"})

    with pytest.raises(ProviderDown):
        await read(Script([gateway_500, gateway_500, OK]), MATON)


async def test_a_401_of_the_gateway_blames_our_key_only_if_it_is_refused_there_too() -> None:
    refused = reply(401, {"error": "bad key"})

    with pytest.raises(BadSettings):
        await read(Script([refused, refused]), MATON)
    with pytest.raises(NotConnected) as caught:
        await read(Script([refused, reply(200, {"connections": []})]), MATON)

    assert caught.value.repair


async def test_an_unknown_connection_must_be_renewed() -> None:
    with pytest.raises(NotConnected) as caught:
        await write(Script([reply(400, {"error": "no such connection"})]), MATON)

    assert caught.value.repair


async def test_a_401_of_the_provider_is_handed_back_for_its_table() -> None:
    answer = await read(Script([upstream_error(401, "User is not authorized to confirm this booking")]), MATON)

    assert (answer.status, answer.origin) == (401, Origin.UPSTREAM)


async def test_every_attempt_is_counted_with_its_outcome() -> None:
    records: list[CallRecord] = []

    await read(Script([HTML, httpx.ReadError("x"), OK]), records=records)

    assert [(record.operation, record.outcome, record.status) for record in records] == [
        ("things.list", "broken", 502),
        ("things.list", "silent", 0),
        ("things.list", "ok", 200),
    ]


async def test_an_answer_without_end_is_refused() -> None:
    big = reply(200, raw=b"[" + b" " * (9 * 1024 * 1024) + b"]")

    with pytest.raises(ProviderDown):
        await read(Script([big]))


async def test_a_gate_lets_accounts_take_turns() -> None:
    gate, order = FairGate(2, 0.02), list[str]()

    async def call(account: str) -> None:
        await gate.enter(account)
        order.append(account)

    async with asyncio.TaskGroup() as group:
        for account in ["busy", "busy", "busy", "busy", "other"]:
            group.create_task(call(account))

    assert order.index("other") < 4


async def test_a_waiting_call_that_is_given_up_frees_its_turn() -> None:
    gate = FairGate(1, 0.02)
    await gate.enter("a")
    waiting = asyncio.ensure_future(gate.enter("a"))
    await asyncio.sleep(0)
    waiting.cancel()

    async with asyncio.timeout(30):
        await gate.enter("b")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "Mon, 02 Mar 2026 09:00:20 GMT"}, 20),
        ({"x-ratelimit-reset-default": "12"}, 12),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 30)}, 30),
        ({"x-ratelimit-reset": str((int(NOW.timestamp()) + 30) * 1000)}, 30),
    ],
)
def test_the_pause_is_read_from_any_header(headers: dict[str, str], seconds: int) -> None:
    assert asked_to_wait(headers, wall=NOW) == timedelta(seconds=seconds)


def test_nothing_said_is_no_pause() -> None:
    assert asked_to_wait({"retry-after": "soon"}, wall=NOW) is None
    assert asked_to_wait({}, wall=NOW) is None


def test_a_budget_is_new_after_its_reset() -> None:
    budgets = Budgets()
    budgets.learn("a", {"x-ratelimit-remaining": "1", "x-ratelimit-reset": "10"}, now=0.0, wall=NOW)

    assert [budgets.wait_for("a", at) for at in (1.0, 2.0, 11.0)] == [0.0, 8.0, 0.0]


@pytest.mark.parametrize(
    ("body", "message", "is_upstream"),
    [
        (b'{"status":"error","error":{"code":"C","message":"taken","details":{"message":"x"}}}', "taken", True),
        (b'{"status":"error","error":{"code":"C","details":{"message":["a","b"]}}}', "a; b", True),
        (
            b'{"status":"error","error":{"message":"","details":{"errors":[{"constraints":{"m":"big"}}]}}}',
            "big",
            True,
        ),
        (b'{"status":"error","error":{"code":"T","message":"already","details":"other"}}', "already", True),
        (b'{"statusCode":409,"message":"booking_conflict_error"}', "booking_conflict_error", True),
        (
            b'{"title":"Invalid","message":"bad","details":[{"parameter":"email","message":"empty"}]}',
            "bad; email empty",
            True,
        ),
        (b'{"error":"boom"}', "boom", False),
        (b"<html>oops</html>", "<html>oops</html>", False),
        (b"", "", False),
        (b'"text"', "text", False),
        (b"\xff\xfe", "\ufffd\ufffd", False),
    ],
)
def test_an_error_body_of_any_shape_is_read(body: bytes, message: str, is_upstream: bool) -> None:  # noqa: FBT001
    problem = read_problem(body)

    assert (problem.message, problem.is_upstream) == (message, is_upstream)


def test_an_error_text_is_redacted_and_cut() -> None:
    body = b'{"statusCode":400,"message":"' + b"zoe@acme.io " + b"x" * 1000 + b'"}'

    message = read_problem(body).message

    assert "acme" not in message
    assert len(message) <= 300
