"""What each command runs: the house opened, a surface put on it, and an orderly end."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.settings import load_settings
from bot.logs import configure

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app.settings import Settings


def start_logging(settings: Settings) -> None:
    """Log as the settings say: text on a terminal, json elsewhere, when they say nothing."""
    form = settings.log_format or ("text" if sys.stderr.isatty() else "json")
    configure(settings.log_level, form)


async def migrate(say: Callable[[str], None], *, reencrypt: bool, drop_unreadable: bool = False) -> int:
    """Bring the database to the current schema; with `reencrypt` also every row under the first key.

    `drop_unreadable` deletes what none of the keys opens.
    """
    from bot.storage import bring_up_to_date, open_store, parse_keys  # noqa: PLC0415  start-up

    settings = load_settings()
    start_logging(settings)
    steps = await bring_up_to_date(settings.database_url)
    say("the database is up to date" if not steps else f"the database was brought up to date in {steps} steps")
    if reencrypt or drop_unreadable:
        store = await open_store(settings.database_url, parse_keys(settings.encryption_keys), migrate=False)
        try:
            if drop_unreadable:
                say(f"{await store.keys.drop_unreadable()} values that no key opens were deleted")
            if reencrypt:
                say(f"{await store.upkeep.reencrypt()} values were sealed anew")
        finally:
            await store.close()
    return 0


async def audit(say: Callable[[str], None], *, since: datetime | None) -> int:
    """Print one line a write: when, who, where, what, with which outcome and under which reference."""
    from bot.operating.audit import audit_lines, rows_since  # noqa: PLC0415  start-up
    from bot.storage import open_store, parse_keys  # noqa: PLC0415  start-up

    settings = load_settings()
    start_logging(settings)
    store = await open_store(settings.database_url, parse_keys(settings.encryption_keys), migrate=False)
    try:
        async for row in rows_since(store.ledger, since or datetime.now(UTC) - timedelta(days=7)):
            for line in audit_lines((row,)):
                say(line)
    finally:
        await store.close()
    return 0


def sandbox(*, port: int, seed: int, now: datetime | None, faults: str | None) -> int:
    """Serve the practice world until it is stopped."""
    import uvicorn  # noqa: PLC0415  start-up

    from bot.sandbox import create_sandbox, load_faults, serve_settings_text  # noqa: PLC0415  start-up

    rules = load_faults(Path(faults)) if faults else ()
    app = create_sandbox(seed=seed, now=now or datetime.now(UTC), faults=rules)
    print(serve_settings_text(f"http://127.0.0.1:{port}"), flush=True)  # noqa: T201  it is what the command prints
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", lifespan="on", timeout_graceful_shutdown=3)
    return 0


async def chat(*, now: datetime | None, zone: str, name: str) -> int:
    """Talk in the terminal, or answer a pipe."""
    from bot.app.chatting import run_chat  # noqa: PLC0415  start-up

    configure("error", "text")
    return await run_chat(load_settings(), now=now, zone=zone, name=name)


async def mcp(*, zone: str, name: str) -> int:
    """Serve a desktop agent over stdio."""
    from bot.app.tooling import run_mcp  # noqa: PLC0415  start-up

    configure("error", "text")
    return await run_mcp(load_settings(), zone=zone, name=name)


def serve(*, host: str | None, port: int | None) -> int:
    """Serve HTTP until SIGTERM, then finish what was accepted."""
    from bot.app.serving import run_server  # noqa: PLC0415  start-up

    settings = load_settings()
    start_logging(settings)
    return run_server(settings, host=host, port=port)


def socket_mode() -> int:
    """The same bot over Socket Mode."""
    from bot.app.serving import run_fast, run_socket  # noqa: PLC0415  start-up

    settings = load_settings()
    start_logging(settings)
    return run_fast(run_socket(settings))
