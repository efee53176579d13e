from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.errors import StoreDown
from bot.web import LONGEST_BODY, Front, build_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.types import Scope, Send


class Behind:
    """What stands behind the routes in these tests."""

    def __init__(self) -> None:
        self.slack_bodies: list[bytes] = []
        self.deliveries: list[tuple[str, str, str, bytes]] = []
        self.is_well = True
        self.life: list[str] = []

    async def slack(self, scope: Scope, body: bytes, send: Send) -> None:
        self.slack_bodies.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    async def webhook(self, provider: str, token: str, headers: Mapping[str, str], body: bytes) -> int:
        self.deliveries.append((provider, token, headers["x-signature"], body))
        return 202 if provider == "calcom" else 404

    async def is_healthy(self) -> bool:
        return self.is_well

    async def metrics(self) -> str:
        return "turns_total 3\n"

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        self.life.append("up")
        yield
        self.life.append("down")

    def app(self) -> Any:
        return build_web(
            Front(
                slack=self.slack,
                webhook=self.webhook,
                is_healthy=self.is_healthy,
                metrics=self.metrics,
                lifespan=self.lifespan,
            )
        )


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
async def http(behind: Behind) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=behind.app()), base_url="http://x") as client:
        yield client


async def test_slack_gets_its_body_untouched(behind: Behind, http: httpx.AsyncClient) -> None:
    answer = await http.post("/slack/events", content=b"payload=%7B%7D")

    assert (answer.status_code, behind.slack_bodies) == (200, [b"payload=%7B%7D"])


async def test_a_delivery_reaches_its_reader_with_its_token(behind: Behind, http: httpx.AsyncClient) -> None:
    known = await http.post("/webhooks/calcom/tok-1", content=b"{}", headers={"X-Signature": "abc"})
    unknown = await http.post("/webhooks/other/tok-1", content=b"{}", headers={"X-Signature": "abc"})

    assert (known.status_code, unknown.status_code) == (202, 404)
    assert behind.deliveries[0] == ("calcom", "tok-1", "abc", b"{}")


@pytest.mark.parametrize("path", ["/slack/events", "/webhooks/calcom/t"])
async def test_a_long_body_is_refused_before_anybody_reads_it(
    behind: Behind, http: httpx.AsyncClient, path: str
) -> None:
    announced = await http.post(path, content=b"x" * (LONGEST_BODY + 1))
    streamed = await http.post(path, content=chunks())

    assert (announced.status_code, streamed.status_code) == (413, 413)
    assert (behind.slack_bodies, behind.deliveries) == ([], [])


async def chunks() -> AsyncIterator[bytes]:
    for _ in range(LONGEST_BODY // 100_000 + 1):
        yield b"x" * 100_000


async def test_a_delivery_that_cannot_be_kept_is_not_taken(behind: Behind) -> None:
    async def away(*_: object) -> int:
        raise StoreDown("the database does not answer")

    front = Front(slack=None, webhook=away, is_healthy=behind.is_healthy, metrics=behind.metrics)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(build_web(front)), base_url="http://pencil") as client:
        answer = await client.post("/webhooks/calcom/token", content=b"{}")

    assert answer.status_code == 503


async def test_health_follows_the_check(behind: Behind, http: httpx.AsyncClient) -> None:
    well = await http.get("/health")
    behind.is_well = False
    ill = await http.get("/health")

    assert (well.status_code, ill.status_code) == (200, 503)


async def test_metrics_are_plain_text(http: httpx.AsyncClient) -> None:
    answer = await http.get("/metrics")

    assert (answer.text, answer.headers["content-type"].split(";")[0]) == ("turns_total 3\n", "text/plain")


async def test_metrics_without_a_token_answer_on_this_machine_only(behind: Behind) -> None:
    front = Front(slack=None, webhook=behind.webhook, is_healthy=behind.is_healthy, metrics=behind.metrics)

    async def ask(host: str, **headers: str) -> int:
        transport = httpx.ASGITransport(build_web(front), client=(host, 4000))
        async with httpx.AsyncClient(transport=transport, base_url="http://pencil") as client:
            return (await client.get("/metrics", headers=headers)).status_code

    assert [await ask("127.0.0.1"), await ask("::1"), await ask("203.0.113.7")] == [200, 200, 403]
    assert await ask("127.0.0.1", **{"X-Forwarded-For": "203.0.113.7"}) == 403


async def test_metrics_with_a_token_ask_for_it_wherever_the_caller_is(behind: Behind) -> None:
    front = Front(
        slack=None, webhook=behind.webhook, is_healthy=behind.is_healthy, metrics=behind.metrics, metrics_token="s3cret"
    )
    transport = httpx.ASGITransport(build_web(front), client=("203.0.113.7", 4000))

    async with httpx.AsyncClient(transport=transport, base_url="http://pencil") as client:
        answers = [
            (await client.get("/metrics", headers={"Authorization": given} if given else {})).status_code
            for given in ("", "Bearer wrong", "s3cret", "Bearer s3cret")
        ]

    assert answers == [401, 401, 401, 200]
    assert "s3cret" not in repr(front)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/slack/events", 405),
        ("POST", "/health", 405),
        ("GET", "/webhooks/calcom/t", 405),
        ("POST", "/webhooks/calcom", 404),
        ("POST", "/webhooks/calcom/t/u", 404),
    ],
)
async def test_what_is_no_route_is_refused(http: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    assert (await http.request(method, path)).status_code == status


async def test_without_slack_its_routes_say_so() -> None:
    behind = Behind()
    app = build_web(Front(slack=None, webhook=behind.webhook, is_healthy=behind.is_healthy, metrics=behind.metrics))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as client:
        assert (await client.post("/slack/events", content=b"{}")).status_code == 404


async def test_the_lifespan_surrounds_serving(behind: Behind) -> None:
    sent: list[str] = []
    arriving = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> Any:
        return next(arriving)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await behind.app()({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)

    assert behind.life == ["up", "down"]
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_who_comes_back_from_a_page_of_consent_is_told_what_became_of_it(behind: Behind) -> None:
    came: list[tuple[str, str, str]] = []

    async def consent(provider: str, state: str, code: str) -> bool:
        came.append((provider, state, code))
        return bool(code)

    front = Front(
        slack=None, webhook=behind.webhook, is_healthy=behind.is_healthy, metrics=behind.metrics, consent=consent
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(build_web(front)), base_url="http://x") as client:
        good = await client.get("/oauth/calendly?state=s&code=c")
        bad = await client.get("/oauth/calcom?error=access_denied&state=<script>")

    assert came == [("calendly", "s", "c"), ("calcom", "<script>", "")]
    assert (good.status_code, bad.status_code) == (200, 400)
    assert "close this page" in good.text
    assert "<script>" not in bad.text
    assert good.headers["cache-control"] == "no-store"
