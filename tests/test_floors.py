"""Who may import whom: the table of the rooms, checked over every file by its syntax tree."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"

FLOORS: dict[str, int] = {
    "errors": 0, "groups": 0, "logs": 0,
    "scheduling": 1,
    "language": 2,
    "dialogue": 3,
    "gateway": 4, "storage": 4, "sandbox": 4,
    "loop": 5,
    "slack": 6, "mcp": 6, "web": 6, "terminal": 6,
    "operating": 7, "app": 7, "cli": 7, "__main__": 7,
}  # fmt: skip
"""Every room with its floor. A room imports from its own floor only where SIDEWAYS says so, and never from above."""

SIDEWAYS: dict[str, frozenset[str]] = {
    "groups": frozenset({"errors"}),
    "logs": frozenset({"errors"}),
    "operating": frozenset({"app"}),
    "app": frozenset({"operating"}),
    "cli": frozenset({"app", "operating"}),
    "__main__": frozenset({"cli"}),
}
NEVER: dict[str, frozenset[str]] = {
    "gateway": frozenset({"language", "dialogue"}),
    "storage": frozenset({"language"}),
    "sandbox": frozenset({"language", "dialogue", "gateway", "storage", "logs"}),
    "loop": frozenset({"gateway", "storage", "sandbox"}),
    "slack": frozenset({"gateway", "storage", "sandbox", "web", "terminal"}),
    "mcp": frozenset({"gateway", "storage", "sandbox", "slack", "web", "terminal"}),
    "web": frozenset({"gateway", "storage", "sandbox", "slack", "terminal"}),
    "terminal": frozenset({"gateway", "storage", "sandbox", "slack", "web"}),
}
THIRD_PARTY: dict[str, frozenset[str]] = {
    "slack_bolt": frozenset({"slack"}),
    "slack_sdk": frozenset({"slack"}),
    "httpx": frozenset({"gateway", "app", "operating"}),
    "httpx_aiohttp": frozenset({"gateway"}),
    "aiohttp": frozenset({"gateway", "slack", "app"}),
    "sqlalchemy": frozenset({"storage"}),
    "psycopg": frozenset({"storage"}),
    "cryptography": frozenset({"storage"}),
    "dateparser": frozenset({"language"}),
    "mcp": frozenset({"mcp"}),
    "pydantic": frozenset({"gateway", "storage", "sandbox", "slack", "mcp", "app", "operating"}),
    "pydantic_settings": frozenset({"app"}),
    "starlette": frozenset({"sandbox", "web", "slack", "mcp", "app"}),
    "uvicorn": frozenset({"app"}),
    "uvloop": frozenset({"app"}),
    "prometheus_client": frozenset({"operating"}),
}
"""Who may import which library; a library that is not listed is nobody's."""
PURE = ("scheduling", "language", "dialogue")
IMPURE_MODULES = frozenset(
    {"asyncio", "random", "secrets", "os", "socket", "threading", "subprocess", "time", "logging"}
)
ASKED_ABOUT = (ast.Import, ast.ImportFrom, ast.Await, ast.Call, ast.Attribute)
MAY_MEASURE = {BOT / "language" / "report.py"}
"""`pencil parse` says how long each reading took, and reads lines without a `now` against the present."""


def room_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


@cache
def files() -> list[Path]:
    return [path for path in sorted(BOT.rglob("*.py")) if path != BOT / "__init__.py"]


@cache
def nodes(path: Path) -> list[ast.AST]:
    """The nodes that the rules here ask about; the rest of the tree is let go."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ASKED_ABOUT)]


@cache
def imported(path: Path) -> list[tuple[str, str]]:
    """(module, name) for every import of a file, also under TYPE_CHECKING and inside functions."""
    found: list[tuple[str, str]] = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found.extend((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.extend((node.module or "", alias.name) for alias in node.names)
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(BOT)))
def test_a_room_imports_only_from_below(path: Path) -> None:
    room = room_of(path)

    for module, name in imported(path):
        if not module.startswith("bot"):
            continue
        parts = module.split(".")
        other = parts[1] if len(parts) > 1 else name
        if other == room:
            continue
        assert other not in NEVER.get(room, frozenset()), f"{room} → {other}"
        is_below = FLOORS[other] < FLOORS[room]
        assert is_below or other in SIDEWAYS.get(room, frozenset()), f"{room} → {other}"
        assert not name.startswith("_"), f"{room} takes {other}'s private {name}"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(BOT)))
def test_a_library_stays_in_its_room(path: Path) -> None:
    room = room_of(path)

    for module, _ in imported(path):
        library = module.split(".")[0]
        if library in THIRD_PARTY:
            assert room in THIRD_PARTY[library], f"{room} imports {library}"


@pytest.mark.parametrize("path", [p for p in files() if room_of(p) in PURE], ids=lambda p: str(p.relative_to(BOT)))
def test_the_core_is_pure(path: Path) -> None:
    allowed = {"time"} if path in MAY_MEASURE else set()

    assert not ({module for module, _ in imported(path)} & IMPURE_MODULES) - allowed
    assert not [node for node in nodes(path) if isinstance(node, ast.Await)]
    if room_of(path) != "scheduling" and path not in MAY_MEASURE:
        assert not [node for node in nodes(path) if _asks_a_clock(node)]


def _asks_a_clock(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    )


def test_only_the_store_mints_claims() -> None:
    minting = [path for path in files() if ("bot.scheduling.claims", "mint") in imported(path)]

    assert {room_of(path) for path in minting} <= {"storage"}


def test_only_one_room_reads_the_environment() -> None:
    reading = [
        path
        for path in files()
        if "environ" in path.read_text(encoding="utf-8") and path != BOT / "app" / "settings.py"
    ]

    assert not reading


def test_calcom_and_calendly_do_not_know_each_other() -> None:
    for path in files():
        parts = path.relative_to(BOT).parts
        if parts[0] == "gateway" and len(parts) > 2:
            others = {"calcom", "calendly"} - {parts[1]}
            assert not [m for m, _ in imported(path) if any(f"gateway.{other}" in m for other in others)], path


def test_tasks_are_started_in_groups_only() -> None:
    for path in files():
        for node in nodes(path):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "asyncio":
                assert node.attr not in {"create_task", "gather", "ensure_future"}, f"{path}: asyncio.{node.attr}"
