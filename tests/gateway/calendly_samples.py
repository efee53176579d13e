"""Calendly bodies written for these tests: `samples/calendly/<case>/<status>.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent / "samples" / "calendly"
API = "https://api.calendly.com"
ME = f"{API}/users/UANA"
ORGANIZATION = f"{API}/organizations/OACME"
INTRO = f"{API}/event_types/TINTRO"
EVENT = f"{API}/scheduled_events/EONE"
INVITEE = f"{EVENT}/invitees/IDANA"


def sample(case: str, status: int | str = 200) -> Any:
    return json.loads((ROOT / case / f"{status}.json").read_text())


def without(data: Any, *path: str | int) -> Any:
    """The same body with one key taken out."""
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]
    return data
