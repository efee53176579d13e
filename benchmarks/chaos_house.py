"""The processes of a run: the practice world, the bots, their database; started, killed, cut off."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import psycopg
from fake_slack import TOKEN

if TYPE_CHECKING:
    import argparse
    import random

    from fake_slack import FakeSlack

ROOT = Path(__file__).parent.parent
SECRET = "chaos-signing-secret"
KEY = "Y2hhb3MtZW5jcnlwdGlvbi1rZXktMzItYnl0ZXMtISE="
BOOKINGS = "re:.*/bookings.*"
FAULTS: list[dict[str, Any]] = [
    {"kind": "lose_answer", "method": "POST", "path": BOOKINGS, "probability": 0.04},
    {"kind": "status", "method": "POST", "path": BOOKINGS, "status": 500, "after_commit": True, "probability": 0.03},
    {"kind": "status", "method": "POST", "path": BOOKINGS, "status": 502, "probability": 0.02},
    {"kind": "malformed", "method": "POST", "path": BOOKINGS, "probability": 0.02},
    {"kind": "refuse", "method": "POST", "path": BOOKINGS, "probability": 0.02},
    {"kind": "timeout", "method": "POST", "path": BOOKINGS, "seconds": 20, "after_commit": True, "probability": 0.005},
    {"kind": "timeout", "method": "POST", "path": BOOKINGS, "seconds": 20, "probability": 0.003},
    {"kind": "latency", "method": "POST", "path": BOOKINGS, "seconds": 30, "probability": 0.003},
    {"kind": "lose_answer", "method": "*", "path": "re:.*/slots/reservations.*", "probability": 0.03},
    {"kind": "status", "method": "*", "path": "*", "status": 429, "probability": 0.01},
    {"kind": "status", "method": "GET", "path": "*", "status": 503, "probability": 0.02},
    {"kind": "latency", "method": "*", "path": "*", "seconds": 0.05, "probability": 0.2},
]  # fmt: skip


def is_hang(rule: dict[str, Any]) -> bool:
    """Whether the caller waits long."""
    return bool(rule.get("seconds", 0) > 1)


class Process:
    """One process that can be killed and comes back."""

    def __init__(self, command: list[str], environment: dict[str, str], port: int, log: Path) -> None:
        self.command, self.environment, self.port, self.log = command, environment, port, log
        self.child: asyncio.subprocess.Process | None = None
        self.is_wanted = True

    @property
    def is_up(self) -> bool:
        return self.child is not None and self.child.returncode is None

    async def start(self) -> None:
        with self.log.open("ab") as out:
            self.child = await asyncio.create_subprocess_exec(
                *self.command, env=self.environment, cwd=ROOT, stdout=out, stderr=out
            )

    async def finish(self) -> int:
        """Until it ends by itself."""
        assert self.child is not None
        return await self.child.wait()

    async def end(self, how: int = signal.SIGKILL) -> float:
        """Send the signal and wait; how many seconds the end took."""
        began = time.monotonic()
        if self.child is not None and self.is_up:
            self.child.send_signal(how)
            await self.child.wait()
        return time.monotonic() - began

    async def keep_alive(self) -> None:
        """Start it whenever it is down, as a platform would."""
        while self.is_wanted:
            if not self.is_up:
                await self.start()
            await asyncio.sleep(0.1)


class House:
    """The practice world and the bots. With a database there are several, else one over SQLite."""

    def __init__(
        self, options: argparse.Namespace, folder: Path, slack: FakeSlack, http: aiohttp.ClientSession
    ) -> None:
        self.options, self.folder, self.slack, self.http = options, folder, slack, http
        self.world = f"http://127.0.0.1:{options.port}"
        self.bots: list[Process] = []
        self.sandbox: Process | None = None

    async def open(self) -> None:
        port, python = self.options.port, [sys.executable, "-m", "bot"]
        command = [*python, "sandbox", "--port", str(port), "--seed", "1"]
        self.sandbox = Process(command, dict(os.environ), port, self.folder / "sandbox.log")
        await self.sandbox.start()
        await self._until_up(f"{self.world}/_clock")
        migrate = Process([*python, "migrate"], self.environment(), 0, self.folder / "migrate.log")
        await migrate.start()
        if await migrate.finish():
            raise SystemExit(f"no database: {migrate.log.read_text()[-500:]}")
        for number in range(1, (self.options.processes if self.options.database else 1) + 1):
            command = [*python, "serve", "--port", str(port + number)]
            self.bots.append(Process(command, self.environment(), port + number, self.folder / f"bot{number}.log"))
            await self.bots[-1].start()
        for bot in self.bots:
            await self._until_up(f"http://127.0.0.1:{bot.port}/health")

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.options.database or f"sqlite:///{self.folder}/chaos.db",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.base_url,
            "CALCOM_API_URL": f"{self.world}/v2",
            "PENCIL_ENCRYPTION_KEY": KEY,
            "LOG_LEVEL": "info",
            "LOG_FORMAT": "json",
        }

    async def close(self) -> None:
        for process in (*self.bots, self.sandbox):
            if process is not None:
                process.is_wanted = False
                await process.end()

    async def _until_up(self, url: str) -> None:
        async with asyncio.timeout(30):
            while True:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with self.http.get(url, timeout=aiohttp.ClientTimeout(total=1)) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)

    async def set_faults(self, rules: list[dict[str, Any]]) -> None:
        async with self.http.post(f"{self.world}/_faults", json={"rules": rules}) as answer:
            answer.raise_for_status()

    async def bookings(self) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.world}/_world") as answer:
            world: dict[str, list[dict[str, Any]]] = await answer.json()
        return world["bookings"]

    # ── what breaks ────────────────────────────────────────────────────────────────────────────────────────────────

    async def cut_database(self, seconds: float) -> None:
        """Nobody may connect for a while, and every connection is ended. Needs a database that is the run's own."""
        url = self.options.database
        server, _, name = url.rpartition("/")
        async with await psycopg.AsyncConnection.connect(f"{server}/postgres", autocommit=True) as admin:
            await admin.execute(f'alter database "{name}" with allow_connections false')
            await admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
            await asyncio.sleep(seconds)
            await admin.execute(f'alter database "{name}" with allow_connections true')

    def trouble_slack(self, dice: random.Random) -> None:
        """A few of the next calls are not answered properly."""
        for method in ("chat.update", "chat.postMessage"):
            self.slack.faults[method].clear()
            self.slack.fail(method, "fatal_error", times=dice.randint(1, 4), status=500)
