"""What a figure is, and how figures are shown: a table, JSON, bars."""

from __future__ import annotations

import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass, field, fields
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LIBRARIES = ("slack-bolt", "aiohttp", "httpx", "pydantic", "SQLAlchemy", "uvicorn", "dateparser")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row: ours and the reference's, run by run. Without a reference `theirs` is empty and the unit says it all."""

    name: str
    what: str
    ours: list[float]
    theirs: list[float] = field(default_factory=list)
    unit: str = "ms"
    goal: float | None = None
    """The largest ratio that is meant; with `is_floor` the smallest."""
    is_floor: bool = False
    reference: str = ""

    @property
    def ratio(self) -> float | None:
        """The median of the ratios, run by run."""
        if not self.theirs:
            return None
        return statistics.median(mine / other for mine, other in zip(self.ours, self.theirs, strict=True))

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None or self.ratio is None:
            return None
        return self.ratio >= self.goal if self.is_floor else self.ratio <= self.goal


def alternating(runs: int, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Both in turns: what disturbs one run disturbs its neighbour as well."""
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return [mine for mine, _ in pairs], [other for _, other in pairs]


def house() -> str:
    """On what it was measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {libraries}"


def table(figures: Sequence[Figure]) -> str:
    """For the terminal."""
    lines = [f"{'figure':46} {'ours':>10} {'reference':>10} {'ratio':>7} {'goal':>7}"]
    for one in figures:
        theirs = f"{statistics.median(one.theirs):10.3g}" if one.theirs else " " * 10
        ratio = f"{one.ratio:7.2f}" if one.ratio is not None else " " * 7
        goal = f"{'≥' if one.is_floor else '≤'} {one.goal:g}" if one.goal is not None else ""
        mark = {True: "", False: "  missed", None: ""}[one.is_met]
        lines.append(
            f"{one.what[:46]:46} {statistics.median(one.ours):10.3g} {theirs} {ratio} {goal:>7} {one.unit}{mark}"
        )
    return "\n".join(lines)


def write_json(figures: Sequence[Figure], path: Path) -> None:
    """Every run of every figure, and the house."""
    rows = [asdict(one) | {"ratio": one.ratio, "is_met": one.is_met} for one in figures]
    path.write_text(json.dumps({"house": house(), "figures": rows}, indent=1, ensure_ascii=False) + "\n")


def read_json(path: Path) -> list[Figure]:
    """What an earlier run has written."""
    names = {one.name for one in fields(Figure)}
    rows = json.loads(path.read_text())["figures"]
    return [Figure(**{name: value for name, value in row.items() if name in names}) for row in rows]


def draw(figures: Sequence[Figure], path: Path) -> None:
    """Ratios as bars, with a mark at each goal. Needs the `bench` group."""
    from matplotlib import pyplot as plt  # noqa: PLC0415  only who draws needs it

    rows = [one for one in figures if one.ratio is not None and one.goal is not None]
    _, axes = plt.subplots(figsize=(8, 0.34 * len(rows) + 1))
    places = range(len(rows))
    colours = ["#1f3a5f" if one.is_met is not False else "#b5533c" for one in rows]
    axes.barh(places, [one.ratio or 0 for one in rows], color=colours, height=0.6)
    for place, one in zip(places, rows, strict=True):
        if one.goal is not None:
            axes.plot([one.goal, one.goal], [place - 0.4, place + 0.4], color="#444", linewidth=2)
    axes.set_yticks(list(places), [one.what for one in rows], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("× the reference (the mark is the goal)")
    axes.spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.savefig(path)
    plt.close()
