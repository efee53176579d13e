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
RELAY = 9
"""The port of the relay for the provider's news, after the first one."""
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

    folder = ROOT
    """Where it runs, and whose code."""

    def __init__(self, command: list[str], environment: dict[str, str], port: int, log: Path) -> None:
        self.command, self.environment, self.port, self.log = command, environment, port, log
        self.child: asyncio.subprocess.Process | None = None
        self.is_wanted = True

    @property
    def is_server(self) -> bool:
        """Whether it answers over HTTP; the others have a line of Socket Mode."""
        return self.port > 0

    @property
    def is_up(self) -> bool:
        return self.child is not None and self.child.returncode is None

    async def start(self) -> None:
        with self.log.open("ab") as out:
            self.child = await asyncio.create_subprocess_exec(
                *self.command,
                env=self.environment | {"PYTHONPATH": str(self.folder)},
                cwd=self.folder,
                stdout=out,
                stderr=out,
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
        self.relay_url = f"http://127.0.0.1:{options.port + RELAY}"
        self.bots: list[Process] = []
        self.sandbox: Process | None = None

    @property
    def servers(self) -> list[Process]:
        """The bots that take HTTP."""
        return [bot for bot in self.bots if bot.is_server]

    async def open(self) -> None:
        port, python = self.options.port, [sys.executable, "-m", "bot"]
        command = [*python, "sandbox", "--port", str(port), "--seed", "1"]
        self.sandbox = Process(command, dict(os.environ), port, self.folder / "sandbox.log")
        await self.sandbox.start()
        await self._until_up(f"{self.world}/_clock")
        await self.migrate(self.before)
        many = self.options.processes if self.options.database else 1
        for number in range(1, many + 1):
            is_socket = number > many - self.options.sockets
            command = self.command(number, many, is_right=self.before != ROOT)
            log, here = self.folder / f"bot{number}.log", 0 if is_socket else port + number
            self.bots.append(Process(command, self.environment(), here, log))
            self.bots[-1].folder = self.before
            await self.bots[-1].start()
        for bot in self.bots:
            await self._until_ready(bot)

    @property
    def before(self) -> Path:
        """The checkout that the run begins with."""
        return Path(self.options.before) if self.options.before else ROOT

    def command(self, number: int, many: int, *, is_right: bool = False) -> list[str]:
        """How the process of that number is started: the last ones over Socket Mode, the first with a wrong clock."""
        child = [sys.executable, str(Path(__file__).parent / "chaos_child.py")]
        wrong = ["--clock", str(self.options.skew)] if self.options.skew and number == 1 and not is_right else []
        is_socket = number > many - self.options.sockets
        return [*child, *wrong, *(["socket"] if is_socket else ["serve", "--port", str(self.options.port + number)])]

    async def migrate(self, folder: Path = ROOT) -> None:
        migrate = Process([sys.executable, "-m", "bot", "migrate"], self.environment(), 0, self.folder / "migrate.log")
        migrate.folder = folder
        for _ in range(10):  # the database may be away or read-only at that moment
            await migrate.start()
            if not await migrate.finish():
                return
            await asyncio.sleep(1)
        raise SystemExit(f"no database: {migrate.log.read_text()[-500:]}")

    async def _until_ready(self, bot: Process) -> None:
        if bot.is_server:
            await self._until_up(f"http://127.0.0.1:{bot.port}/health")
            return
        async with asyncio.timeout(60):
            while not self.slack.sockets:  # noqa: ASYNC110  the stand-in tells nobody
                await asyncio.sleep(0.05)

    async def is_answered_without(self, bot: Process) -> bool:
        """Whether another process than that one is ready."""
        others = [one for one in self.servers if one is not bot]
        if bot.is_server and self.slack.sockets:
            return True
        for one in others:
            with suppress(aiohttp.ClientError, TimeoutError):
                url = f"http://127.0.0.1:{one.port}/health"
                async with self.http.get(url, timeout=aiohttp.ClientTimeout(total=2)) as answer:
                    if answer.status == 200:
                        return True
        return False

    async def roll(self) -> None:
        """A release: the schema first, while the processes of before go on; then each ends in order and a new one comes."""
        await self.migrate()
        for number, bot in enumerate(self.bots, start=1):
            bot.command, bot.folder = self.command(number, len(self.bots)), ROOT
            await bot.end(signal.SIGTERM)
            await asyncio.sleep(2)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.options.database or f"sqlite:///{self.options.disk or self.folder}/chaos.db",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.base_url,
            "CALCOM_API_URL": f"{self.world}/v2",
            "PENCIL_ENCRYPTION_KEY": KEY,
            "SLACK_APP_TOKEN": "xapp-chaos",
            "PENCIL_PUBLIC_URL": self.relay_url,
            "LOG_LEVEL": "info",
            "LOG_FORMAT": "json",
        }

    async def close(self) -> None:
        for process in (*self.bots, self.sandbox):
            if process is not None:
                process.is_wanted = False
                await process.end()

    async def _until_up(self, url: str) -> None:
        async with asyncio.timeout(60):
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

    async def make_read_only(self, seconds: float) -> None:
        """The database takes no writes for a while: a failover that went to a replica."""
        server, _, name = self.options.database.rpartition("/")
        drop = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
        async with await psycopg.AsyncConnection.connect(f"{server}/postgres", autocommit=True) as admin:
            await admin.execute(f'alter database "{name}" set default_transaction_read_only = on')
            await admin.execute(drop, (name,))
            await asyncio.sleep(seconds)
            await admin.execute(f'alter database "{name}" reset default_transaction_read_only')
            await admin.execute(drop, (name,))

    async def fill_disk(self, seconds: float) -> None:
        """No room on the SQLite file's disk for a while; `--disk` names a small file system of the run's own."""
        ballast = Path(self.options.disk) / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
        await asyncio.sleep(seconds)
        ballast.unlink()

    def trouble_slack(self, dice: random.Random) -> None:
        """A few of the next calls are not answered properly."""
        for method in ("chat.update", "chat.postMessage"):
            self.slack.faults[method].clear()
            self.slack.fail(method, "fatal_error", times=dice.randint(1, 4), status=500)
