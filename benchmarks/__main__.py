"""`uv run python -m benchmarks [NAME…]`: the figures of docs/performance.md, as a table and as JSON.

Without names all of them; `--short` runs a few turns of each, for CI, and judges nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "slack"), str(HERE.parent / "tests" / "storage")]

from suite import growth, parts, processes, promises, report, starting, turns  # noqa: E402  beside this file

if TYPE_CHECKING:
    from collections.abc import Callable

    from suite.report import Figure

GROUPS: tuple[tuple[Callable[..., list[Figure]], tuple[str, ...]], ...] = (
    (parts.measure, ("ack", "reading", "claim", "slots")),
    (starting.measure, ("imports", "help", "parse")),
    (growth.measure, ("growth",)),
    (promises.measure, ("promises",)),
    (turns.measure, ("turn", "press", "burst", "memory", "capacity")),
    (processes.measure, ("processes",)),
)
NAMES = tuple(name for _, names in GROUPS for name in names)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--short", action="store_true", help="a few runs of each: whether it works, not what it costs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run there")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the ratios (needs: uv sync --group bench)")
    parser.add_argument(
        "--join", type=Path, nargs="*", default=[], metavar="FILE", help="with what these runs have written"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no figure is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    wanted = frozenset(options.names or (() if options.join else NAMES))
    figures: list[Figure] = [one for path in options.join for one in report.read_json(path)]
    if figures:
        print(report.table(figures), flush=True)
    print(report.house(), flush=True)
    for measure, names in GROUPS:
        if mine := wanted & set(names):
            found = measure(mine, is_short=options.short)
            print(report.table(found), flush=True)
            figures += found
    if options.json:
        report.write_json(figures, options.json)
    if options.plot:
        report.draw(figures, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
