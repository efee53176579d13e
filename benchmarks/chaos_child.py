"""`python chaos_child.py [--clock SECONDS] [--earlier] serve …`: the program with something wrong that no setting allows.

`--clock`: its machine's clock is off by so much. `--earlier`: it takes the schema before the last step for the newest, as the
release before this one did: what it shares the tables with is then ahead of it.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta

from bot.scheduling import times
from bot.storage.database import migrations


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clock", type=float, default=0)
    parser.add_argument("--earlier", action="store_true")
    options, command = parser.parse_known_args()
    if options.clock:
        off = timedelta(seconds=options.clock)
        times.SystemClock.now = lambda self: datetime.now(UTC) + off  # type: ignore[method-assign]  # noqa: ARG005  a method
    if options.earlier:
        migrations.STEPS = migrations.STEPS[:-1]
        migrations.EXPECTED = len(migrations.STEPS)
    from bot.cli import main as run  # noqa: PLC0415  only now: modules keep what they import

    return run(command)


if __name__ == "__main__":
    sys.exit(main())
