from __future__ import annotations

import subprocess
import sys

HEAVY = """
import sys
from bot.language.warming import warm
warm()
before = set(sys.modules)
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from bot.language.meaning import Reference
from bot.language.understand import understand
here = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
for text in ("book intro with ana@acme.io tomorrow 2pm", "was ist am Donnerstag frei", "mañana a las 10"):
    understand(text, here)
print(sorted(set(sys.modules) - before))
"""


def test_the_first_message_loads_nothing_any_more() -> None:
    done = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
