"""A short run of `benchmarks/chaos.py`: real processes, killed while they work; every press is told and every telling true."""

from __future__ import annotations

import asyncio
import socket

import _paths  # noqa: F401  where the stand-ins are
import chaos


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def test_killed_while_it_works_it_loses_nothing_and_says_nothing_false() -> None:
    port = str(free_port())
    bounds = ["--writes", "40", "--people", "8", "--kills", "3", "--pause", "2.5", "--seconds", "6", "--settle", "45"]
    options = chaos.read_options([*bounds, "--patience", "4", "--no-hangs", "--port", port])

    report = asyncio.run(chaos.run(options))

    assert report.acts
    assert report.kills
    assert report.is_clean, "\n".join(report.lines())
