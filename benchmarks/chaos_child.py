"""`python chaos_child.py [--clock SECONDS] serve …`: the program on a machine whose clock is off by so much."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta

from bot.cli import main as run
from bot.scheduling import times


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clock", type=float, default=0)
    options, command = parser.parse_known_args()
    if options.clock:
        off = timedelta(seconds=options.clock)
        times.SystemClock.now = lambda self: datetime.now(UTC) + off  # type: ignore[method-assign]  # noqa: ARG005  a method
    return run(command)


if __name__ == "__main__":
    sys.exit(main())
