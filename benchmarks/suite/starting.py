"""What starting costs: fresh processes in turn."""

from __future__ import annotations

import compileall
import json
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path

from suite.report import Figure, alternating

ROOT = Path(__file__).parents[2]
ROW = json.dumps({"id": "1", "text": "tomorrow 3pm", "now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin"})


def measure(names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """What is asked for, from compiled modules on both sides, as an installed package has them."""
    compileall.compile_dir(ROOT / "bot", quiet=1)
    runs = 1 if is_short else 7
    rows = (
        ("imports", "all that serve imports", ["-c", "import bot.app.serving"], _BOLT, 1.7, "`slack_bolt.async_app`"),
        ("help", "pencil --help", ["-m", "bot", "--help"], _BARE, 2.5, "bare python"),
        ("parse", "pencil parse, one line", ["-m", "bot", "parse"], _BARE, 5.0, "bare python"),
    )
    found = []
    for name, what, command, other, goal, reference in rows:
        if name in names:
            seconds(command), seconds(other)
            ours, theirs = alternating(runs, partial(seconds, command), partial(seconds, other))
            found.append(Figure(name=name, what=what, ours=ours, theirs=theirs, goal=goal, reference=reference))
    return found


_BOLT = ["-c", "import slack_bolt.async_app"]
_BARE = ["-c", "pass"]


def seconds(arguments: list[str]) -> float:
    """Milliseconds of processor that a fresh process takes; the best of three."""
    return 1000 * min(_once(arguments) for _ in range(3))


def _once(arguments: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments], input=ROW + "\n", text=True, check=True, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
