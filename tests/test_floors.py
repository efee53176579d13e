"""Who may import whom: the table of the rooms, checked over every file by its syntax tree.

Each test lists all offenders at once. An import counts wherever it stands: under TYPE_CHECKING and inside functions too.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

BOT = Path(__file__).parent.parent / "bot"

FLOORS: dict[str, int] = {
    "errors": 0, "logs": 0, "groups": 0, "values": 0,
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
    "logs": frozenset({"errors"}),
    "groups": frozenset({"errors"}),
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
INSIDE: dict[str, tuple[frozenset[str], ...]] = {
    "language": (
        frozenset({"signs", "atoms", "addresses", "triggers", "wordfiles"}),
        frozenset({"lexicon", "meaning", "slips"}),
        frozenset({"normalise"}),
        frozenset({"locales", "sketch", "times"}),
        frozenset({"entities"}),
        frozenset({"intents", "apart", "clocks", "cues", "facts", "moods"}),
        frozenset({"composing", "understand"}),
        frozenset({"report"}),
    ),
    "dialogue": (
        frozenset({"acts", "families", "cards", "conversation", "context"}),
        frozenset({"wording"}),
        frozenset({"buttons"}),
        frozenset({"talk"}),
        frozenset({"request"}),
        frozenset({"finding", "together"}),
        frozenset({"bookings", "managing"}),
        frozenset({"outcomes"}),
        frozenset({"below"}),
        frozenset({"small_talk", "answers", "cannot", "doubting", "pressing", "wishes"}),
        frozenset({"machine"}),
    ),
    "gateway": (
        frozenset({"calls", "exchange", "pacing", "practice", "shapes", "transport"}),
        frozenset({"client"}),
        frozenset({"calcom", "calendly", "maton", "oauth"}),
        frozenset({"registry"}),
    ),
}
"""The order inside a room, lowest first; what stands in one layer may know one another, without circles.

A sub-room that is missing here may be imported by nobody: give it its place when it is built.
"""
THIRD_PARTY: dict[str, frozenset[str]] = {
    "slack_bolt": frozenset({"slack"}),
    "slack_sdk": frozenset({"slack"}),
    "httpx": frozenset({"gateway"}),
    "aiohttp": frozenset({"gateway", "slack", "app"}),
    "yarl": frozenset({"gateway"}),
    "sqlalchemy": frozenset({"storage"}),
    "psycopg": frozenset({"storage"}),
    "cryptography": frozenset({"storage"}),
    "dateparser": frozenset({"language"}),
    "dateutil": frozenset({"dialogue"}),
    "mcp": frozenset({"mcp"}),
    "pydantic": frozenset({"gateway", "storage", "sandbox", "slack", "mcp", "app", "operating"}),
    "pydantic_settings": frozenset({"app"}),
    "starlette": frozenset({"sandbox", "web", "slack", "mcp", "app"}),
    "uvicorn": frozenset({"app"}),
    "uvloop": frozenset({"app"}),
    "prometheus_client": frozenset({"operating"}),
}
"""Who may import which library; a library that is not listed is nobody's."""
PURE = frozenset({"scheduling", "language", "dialogue"})
IMPURE_MODULES = frozenset(
    {"asyncio", "random", "secrets", "os", "socket", "threading", "subprocess", "time", "logging"}
)
MAY_MEASURE = "bot.language.report"
"""`pencil parse` says how long each reading took, and reads lines without a `now` against the present."""
MOST_MODULES, MOST_LOOSE = 14, 8
MOST_LINES, LONGEST_FUNCTION = 400, 60


@dataclass(slots=True)
class Facts:
    """What the rules here ask of one module."""

    name: str
    imports: set[tuple[str, str]] = field(default_factory=set)
    """(module, name taken from it)."""
    awaits: bool = False
    asks_a_clock: bool = False
    starts_tasks: bool = False
    reads_environment: bool = False

    @property
    def room(self) -> str:
        return self.name.split(".")[1]


@cache
def house() -> dict[str, Facts]:
    """Every module by its full name."""
    paths = [path for path in sorted(BOT.rglob("*.py")) if path != BOT / "__init__.py"]
    return {facts.name: facts for facts in map(facts_of, paths)}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def facts_of(path: Path) -> Facts:
    parts = ("bot", *path.relative_to(BOT).with_suffix("").parts)
    facts = Facts(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    source = path.read_text(encoding="utf-8")
    facts.reads_environment = "environ" in source
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import():
                facts.imports |= {(alias.name, "") for alias in node.names}
            case ast.ImportFrom():
                assert node.level == 0, f"{path}: relative import"
                facts.imports |= {(node.module or "", alias.name) for alias in node.names}
            case ast.Await():
                facts.awaits = True
            case ast.Attribute(value=ast.Name(id="asyncio"), attr="create_task" | "gather" | "ensure_future"):
                facts.starts_tasks = True
            case ast.Call(func=ast.Attribute(attr="now" | "today" | "utcnow", value=ast.Name(id="datetime" | "date"))):
                facts.asks_a_clock = True
    return facts


@cache
def known(module: str, name: str) -> str:
    """The module of ours that an import reaches; empty when it is not ours."""
    if f"{module}.{name}" in house():
        return f"{module}.{name}"
    return module if module in house() else ""


@cache
def edges() -> dict[str, frozenset[str]]:
    """Module → the modules of ours that it imports."""
    return {name: frozenset(known(*one) for one in facts.imports) - {"", name} for name, facts in house().items()}


def sub_room(module: str) -> str:
    """The folder or file on the first level of its room."""
    return module.split(".")[2] if module.count(".") > 1 else ""


def between_rooms() -> list[tuple[str, str, str]]:
    return [
        (name, to, to.split(".")[1])
        for name, targets in edges().items()
        for to in targets
        if to.split(".")[1] != house()[name].room
    ]


def test_a_room_imports_only_from_below() -> None:
    wrong = [
        f"{name} → {to}"
        for name, to, room in between_rooms()
        if room in NEVER.get(house()[name].room, frozenset())
        or not (FLOORS[room] < FLOORS[house()[name].room] or room in SIDEWAYS.get(house()[name].room, frozenset()))
    ]

    assert not wrong


def test_sub_rooms_stand_in_their_order() -> None:
    wrong = []
    for room, layers in INSIDE.items():
        place = {name: number for number, layer in enumerate(layers) for name in layer}
        for name, targets in edges().items():
            own = sub_room(name)
            inside = [to for to in targets if house()[name].room == room and to.startswith(f"bot.{room}.") and own]
            wrong += [
                f"{name} → {to}"
                for to in inside
                if sub_room(to) != own and place.get(sub_room(to), len(layers)) > place.get(own, len(layers))
            ]

    assert not wrong


def test_there_are_no_circles() -> None:
    assert not [" ↔ ".join(sorted(circle)) for circle in circles(edges())]


def test_a_circle_would_be_found() -> None:
    ring = {"a": {"b", "d"}, "b": {"c"}, "c": {"a"}, "d": set(), "e": {"a"}, "f": {"g"}, "g": {"f"}}

    found = circles({name: frozenset(to) for name, to in ring.items()})

    assert sorted(map(sorted, found)) == [["a", "b", "c"], ["f", "g"]]


def circles(reach: dict[str, frozenset[str]]) -> list[set[str]]:
    """Modules that reach themselves: what is left after everything that imports nothing left has been taken away, twice."""
    backwards = {name: frozenset(other for other, to in reach.items() if name in to) for name in reach}
    left = _peeled(_peeled(set(reach), reach), backwards)
    found: list[set[str]] = []
    while left:
        start = left.pop()
        circle = _reached(start, reach, left) & _reached(start, backwards, left)
        found.append({start, *circle})
        left -= circle
    return [circle for circle in found if len(circle) > 1]


def _peeled(left: set[str], to: dict[str, frozenset[str]]) -> set[str]:
    while loose := {name for name in left if not to[name] & left}:
        left = left - loose
    return left


def _reached(start: str, to: dict[str, frozenset[str]], within: set[str]) -> set[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        new = (to[ahead.pop()] & within) - seen
        seen |= new
        ahead += new
    return seen


def test_private_names_stay_in_their_module() -> None:
    assert not [
        f"{name} takes {module}'s {taken}"
        for name, facts in house().items()
        for module, taken in facts.imports
        if module.startswith("bot.") and taken.startswith("_") and not taken.startswith("__")
    ]


def test_no_folder_is_crowded() -> None:
    folders = Counter(path.parent for path in BOT.rglob("*.py") if path.name != "__init__.py")
    loose = folders.pop(BOT)

    crowded = {str(folder.relative_to(BOT)): count for folder, count in folders.items() if count > MOST_MODULES}

    assert not crowded
    assert loose <= MOST_LOOSE


def test_modules_and_functions_are_short() -> None:
    lengths = {path: path.read_text(encoding="utf-8") for path in BOT.rglob("*.py")}
    functions = {
        f"{path.relative_to(BOT)} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in lengths
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert not [str(path.relative_to(BOT)) for path, source in lengths.items() if source.count("\n") > MOST_LINES]
    assert not [name for name, lines in functions.items() if lines > LONGEST_FUNCTION]


def test_a_library_stays_in_its_room() -> None:
    assert not [
        f"{name} imports {module}"
        for name, facts in house().items()
        for module, _ in facts.imports
        if facts.room not in THIRD_PARTY.get(module.split(".")[0], {facts.room})
    ]


def test_the_core_is_pure() -> None:
    core = [facts for facts in house().values() if facts.room in PURE and facts.name != MAY_MEASURE]

    assert not [
        f"{facts.name} imports {module}" for facts in core for module, _ in facts.imports if module in IMPURE_MODULES
    ]
    assert not [facts.name for facts in core if facts.awaits]
    assert not [facts.name for facts in core if facts.asks_a_clock and facts.room != "scheduling"]


def test_only_the_reader_looks_at_texts() -> None:
    reading = {facts.name for facts in house().values() if facts.room == "dialogue" and ("re", "") in facts.imports}

    assert not reading


def test_only_the_store_mints_claims() -> None:
    minting = {f.room for f in house().values() if ("bot.scheduling.claims", "mint") in f.imports}

    assert minting == {"storage"}


def test_values_are_declared_with_our_own_decorator() -> None:
    """The standard one costs a millisecond of every start for each class."""
    declaring = {facts.name for facts in house().values() if ("dataclasses", "dataclass") in facts.imports}

    assert declaring == {"bot.values"}


def test_only_the_settings_read_the_environment() -> None:
    reading = {facts.name for facts in house().values() if facts.reads_environment}

    assert reading <= {"bot.app.settings"}


def test_calcom_and_calendly_do_not_know_each_other() -> None:
    for one, other in (("calcom", "calendly"), ("calendly", "calcom")):
        for room in ("gateway", "sandbox"):
            assert not [
                f"{name} → {to}"
                for name, targets in edges().items()
                for to in targets
                if name.startswith(f"bot.{room}.{one}") and to.startswith(f"bot.{room}.{other}")
            ]


def test_tasks_are_started_in_groups_only() -> None:
    assert not [facts.name for facts in house().values() if facts.starts_tasks]
