"""Where the stand-ins of other rooms are, and `benchmarks/`. Import it before them."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
for folder in (TESTS / "slack", TESTS / "dialogues", TESTS.parent / "benchmarks"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
