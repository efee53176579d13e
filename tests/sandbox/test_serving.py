"""The sandbox on a port: what only a real connection shows."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from sandbox_world import NOW

from bot.sandbox import FaultKind, FaultRule, create_sandbox, serve_settings_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEY = {"authorization": "Bearer cal_ana"}


@contextlib.asynccontextmanager
async def serving(*faults: FaultRule) -> AsyncIterator[str]:
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    app = create_sandbox(seed=1, now=NOW, faults=faults)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False))
    task = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.LOSE_ANSWER])
async def test_a_cut_connection_is_closed_without_an_answer(kind: FaultKind) -> None:
    async with (
        serving(FaultRule(kind=kind, times=1)) as url,
        httpx.AsyncClient(trust_env=False, base_url=url) as client,
    ):
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("/v2/me", headers=KEY)

        assert (await client.get("/v2/me", headers=KEY)).status_code == 200


async def test_a_hung_call_runs_into_the_callers_time_limit() -> None:
    rule = FaultRule(kind=FaultKind.TIMEOUT, times=1)
    limits = httpx.Timeout(30, read=0.05)
    async with serving(rule) as url, httpx.AsyncClient(trust_env=False, base_url=url, timeout=limits) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get("/v2/me", headers=KEY)


async def test_a_connections_link_points_at_the_server_that_made_it() -> None:
    async with (
        serving() as url,
        httpx.AsyncClient(trust_env=False, base_url=url, headers={"authorization": "Bearer any"}) as client,
    ):
        made = (await client.post("/connections", json={"app": "cal-com"})).json()["connection"]
        await client.get(made["url"])
        me = await client.get("/cal-com/v2/me")

    assert made["url"].startswith(f"{url}/connect/")
    assert me.status_code == 200


def test_the_settings_name_the_server() -> None:
    text = serve_settings_text("http://127.0.0.1:8900/")

    assert "MATON_API_URL=http://127.0.0.1:8900\n" in text
    assert "CALCOM_API_URL=http://127.0.0.1:8900/v2\n" in text
