"""A short run of `benchmarks/chaos.py`: a real process, killed while it works; whatever is told is true, and all is told."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket

import _paths  # noqa: F401  where the stand-ins are
import chaos
import pytest
from chaos_judge import FAULTS

pytestmark = pytest.mark.slow


def free_ports(count: int) -> int:
    """The first of so many free ports in a row, below those that outgoing connections take."""
    for first in random.sample(range(20_000, 30_000, 10), 50):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first
    raise OSError("no free ports")


def test_killed_while_it_works_it_loses_nothing_and_says_nothing_false() -> None:
    bounds = ["--writes", "40", "--people", "6", "--kills", "3", "--pause", "2", "--seconds", "6", "--settle", "60"]
    options = chaos.read_options([*bounds, "--patience", "30", "--no-hangs", "--port", str(free_ports(10))])

    report = asyncio.run(chaos.run(options))

    assert report.kills
    assert any(act.told for act in report.acts)
    assert not [name for name in FAULTS if report.wrong[name]], "\n".join(report.lines())
