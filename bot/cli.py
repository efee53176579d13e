"""The command line: one function a command, each importing only what it needs (start-up of `parse` depends on it)."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import PencilError

if TYPE_CHECKING:
    from collections.abc import Callable


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 not done, 2 unusable arguments."""
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return command(arguments)
    except PencilError as error:
        print(f"pencil: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read along has gone, as `head` does; nothing is left to say to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pencil", description="A Slack bot that schedules.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    chat = add("chat", _chat, "talk to the bot in a terminal")
    chat.add_argument("--now", type=_instant, metavar="ISO", help="pretend that it is this moment (with offset)")
    chat.add_argument("--tz", type=_zone, metavar="ZONE", help="your time zone, an IANA name")
    chat.add_argument("--as", dest="name", default="You", metavar="NAME", help="your name")
    serve = add("serve", _serve, "HTTP: Slack, OAuth, provider webhooks, health, metrics")
    serve.add_argument("--host", metavar="H", help="default 127.0.0.1; 0.0.0.0 when PORT is set")
    serve.add_argument("--port", type=int, metavar="P", help="default 3000, or PORT")
    add("socket", _socket, "the same bot over Slack's Socket Mode")
    sandbox = add("sandbox", _sandbox, "the practice world as a server")
    sandbox.add_argument("--port", type=int, default=8900, metavar="P")
    sandbox.add_argument("--seed", type=int, default=1, metavar="N")
    sandbox.add_argument("--now", type=_instant, metavar="ISO", help="the world's clock starts here")
    sandbox.add_argument("--faults", metavar="FILE", help="rules in TOML or JSON for what shall go wrong")
    parse = add("parse", _parse, "read JSON lines, write what was understood as JSON lines")
    parse.add_argument("--tz", default="UTC", type=_zone, metavar="ZONE")
    explain = add("explain", _explain, "show how one text was read")
    explain.add_argument("text", metavar="TEXT")
    explain.add_argument("--now", type=_instant, metavar="ISO")
    explain.add_argument("--tz", type=_zone, metavar="ZONE")
    mcp = add(
        "mcp", _mcp, "serve one person's desktop agent over stdio: reads, and cards that only a press carries out"
    )
    mcp.add_argument("--tz", type=_zone, metavar="ZONE", help="your time zone, an IANA name")
    mcp.add_argument("--as", dest="name", default="You", metavar="NAME", help="your name, as in `pencil chat`")
    add("doctor", _doctor, "check settings, database, Slack, providers, clock")
    migrate = add("migrate", _migrate, "bring the database to the current schema")
    migrate.add_argument("--reencrypt", action="store_true", help="seal every row with the first PENCIL_ENCRYPTION_KEY")
    migrate.add_argument(
        "--drop-unreadable", action="store_true", help="delete what none of the keys opens: a key is lost"
    )
    audit = add("audit", _audit, "print who wrote what, when, with which outcome")
    audit.add_argument("--since", type=_instant, metavar="ISO", help="default: the last seven days")
    return parser


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not ISO 8601, like 2026-11-23T10:00+01:00") from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset; write it like 2026-11-23T10:00+01:00")
    return moment.astimezone(UTC)


def _zone(text: str) -> str:
    from bot.scheduling.times import find_zone  # noqa: PLC0415  start-up

    if find_zone(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time zone; write it like Europe/Berlin")
    return text


def _own_zone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415  start-up

    from bot.scheduling.times import find_zone  # noqa: PLC0415  start-up

    name = get_localzone_name()
    return name if name and find_zone(name) else "UTC"


def _parse(arguments: argparse.Namespace) -> int:
    from bot.language.report import parse_lines  # noqa: PLC0415  start-up: nothing but the language room

    def write(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    parse_lines(sys.stdin, write, zone=arguments.tz)
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  start-up

    from bot.language.meaning import Reference  # noqa: PLC0415  start-up
    from bot.language.report import explain  # noqa: PLC0415  start-up

    now = arguments.now or datetime.now(UTC)
    print(explain(arguments.text, Reference(now=now, zone=ZoneInfo(arguments.tz or _own_zone()))))
    return 0


def _chat(arguments: argparse.Namespace) -> int:
    import asyncio  # noqa: PLC0415  start-up

    from bot.app.running import chat  # noqa: PLC0415  start-up

    return asyncio.run(chat(now=arguments.now, zone=arguments.tz or _own_zone(), name=arguments.name))


def _serve(arguments: argparse.Namespace) -> int:
    from bot.app.running import serve  # noqa: PLC0415  start-up

    return serve(host=arguments.host, port=arguments.port)


def _socket(arguments: argparse.Namespace) -> int:
    del arguments
    from bot.app.running import socket_mode  # noqa: PLC0415  start-up

    return socket_mode()


def _sandbox(arguments: argparse.Namespace) -> int:
    from bot.app.running import sandbox  # noqa: PLC0415  start-up

    return sandbox(port=arguments.port, seed=arguments.seed, now=arguments.now, faults=arguments.faults)


def _mcp(arguments: argparse.Namespace) -> int:
    import asyncio  # noqa: PLC0415  start-up

    from bot.app.running import mcp  # noqa: PLC0415  start-up

    return asyncio.run(mcp(zone=arguments.tz or _own_zone(), name=arguments.name))


def _doctor(arguments: argparse.Namespace) -> int:
    del arguments
    import asyncio  # noqa: PLC0415  start-up

    from bot.operating.doctor import examine  # noqa: PLC0415  start-up

    return asyncio.run(examine(print))


def _migrate(arguments: argparse.Namespace) -> int:
    import asyncio  # noqa: PLC0415  start-up

    from bot.app.running import migrate  # noqa: PLC0415  start-up

    return asyncio.run(migrate(print, reencrypt=arguments.reencrypt, drop_unreadable=arguments.drop_unreadable))


def _audit(arguments: argparse.Namespace) -> int:
    import asyncio  # noqa: PLC0415  start-up

    from bot.app.running import audit  # noqa: PLC0415  start-up

    return asyncio.run(audit(print, since=arguments.since))
