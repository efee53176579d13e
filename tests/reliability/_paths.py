"""These tests stand on the stand-ins of the Slack tests and run the chaos of `benchmarks/`."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
for folder in (TESTS / "slack", TESTS.parent / "benchmarks"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
