"""`docs/glossary.md` is true of the code: no name uses a word that the glossary bans."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parent.parent
ALLOWED = frozenset({"pencil_proposal_seconds"})
"""A setting that operators use under this name."""


def rows(title: str) -> list[list[str]]:
    """The cells of the table under that heading."""
    text = (
        (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    )
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def banned() -> dict[str, frozenset[str]]:
    """Each banned word with the rooms that may use it all the same."""
    everywhere = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8").partition("banned everywhere: ")[2]
    words = [word.strip() for word in everywhere.partition(".")[0].split(",")]
    words += [word.strip() for *_, never in rows("Ours") for word in never.split(",") if word.strip()]
    found = dict.fromkeys(words, frozenset[str]())
    return found | {word: frozenset(map(str.strip, rooms.split(","))) for word, _, rooms in rows("Theirs")}


@cache
def names() -> dict[str, list[tuple[str, str]]]:
    """Every name in the code by its words in lower case, parted by spaces, with its room and file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in (HOUSE / "bot").rglob("*.py"):
        where = path.relative_to(HOUSE / "bot")
        for name in {*_named(ast.parse(path.read_text(encoding="utf-8"))), path.stem}:
            if name not in ALLOWED:
                words = " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)).lower()
                found.setdefault(words, []).append((where.parts[0].removesuffix(".py"), f"{where}: {name}"))
    return found


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def test_no_name_uses_a_banned_word() -> None:
    wrong = [
        f"{place} ({word})"
        for word, rooms in banned().items()
        for words, places in names().items()
        if re.search(rf"\b{word}\b(?! types?\b)", words)
        for room, place in places
        if room not in rooms
    ]

    assert not sorted(wrong)


def test_every_word_is_explained_once() -> None:
    words = [word.strip() for first, *_ in rows("Ours") for word in first.split(",")]

    assert len(set(words)) == len(words)
    assert not set(words) & {word for word, rooms in banned().items() if not rooms}
    assert all(means for _, means, _ in rows("Ours"))
