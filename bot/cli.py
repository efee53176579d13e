"""The command line: one function a command, each importing only what it needs (start-up of `parse` depends on it)."""

from __future__ import annotations

import argparse
import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="pencil", description="A Slack bot that schedules.")
    commands = parser.add_subparsers(dest="command", required=True)
    parse = commands.add_parser("parse", help="read JSON lines, write what was understood as JSON lines")
    parse.add_argument("--tz", default="UTC", metavar="ZONE")
    arguments = parser.parse_args(argv)
    return _parse(arguments)


def _parse(arguments: argparse.Namespace) -> int:
    from bot.language.report import parse_lines  # noqa: PLC0415  start-up: nothing but the language room

    def write(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    parse_lines(sys.stdin, write, zone=arguments.tz)
    return 0
