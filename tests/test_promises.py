"""Promises to people outside: README, settings, command line, manifest and Procfile say the same as the code."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from bot.app.settings import Settings
from bot.cli import _parser
from bot.errors import Bug
from bot.scheduling.claims import Claimed
from bot.scheduling.times import SystemClock
from bot.scheduling.writes import ReleaseHold

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_readme_and_no_other() -> None:
    table = README.partition("## Settings")[2].partition("## ")[0]
    told = set(
        re.findall(r"`([A-Z][A-Z_]+)`", "".join(line.split("|")[1] for line in table.splitlines() if "|" in line))
    )

    assert told == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_is_for(name: str) -> None:
    assert Settings.model_fields[name].description


def test_every_command_stands_in_the_readme_with_its_options() -> None:
    commands = next(action for action in _parser()._actions if action.choices)
    told = README.partition("## Commands")[2].partition("## ")[0]

    for name, command in dict(commands.choices or {}).items():
        row = next((line for line in told.splitlines() if f"`pencil {name}" in line), "")
        assert row, f"{name} is not in the README"
        for action in command._actions:
            option = action.option_strings[-1] if action.option_strings else ""
            assert option in {"", "--help"} or f"[{option}" in row, f"{name} {option}"


def test_the_procfile_names_commands_that_exist() -> None:
    commands = next(action for action in _parser()._actions if action.choices)
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()

    assert [line.split(": pencil ")[0] for line in lines] == ["release", "web", "worker"]
    assert all(line.split(": pencil ")[1] in (commands.choices or {}) for line in lines)


def test_a_claim_cannot_be_made_outside_the_ledger() -> None:
    with pytest.raises(Bug):
        Claimed(reference="r", write=ReleaseHold(hold="h"), account="a", claimed_at=SystemClock().now())


def test_only_the_client_sends_requests() -> None:
    """Everything else in the gateway goes through it, and it asks every request but a GET for a `Claimed`."""
    sending = {
        path.name
        for path in sorted((ROOT / "bot" / "gateway").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "http"
    }

    assert sending == {"client.py"}


ROOMS = sorted(".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "bot").rglob("__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_the_public_names_of_a_room_exist(room: str) -> None:
    module = importlib.import_module(room)

    assert all(hasattr(module, name) for name in getattr(module, "__all__", ()))


def test_every_test_that_the_security_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert named
    assert {name for name in named if f"def {name}(" not in tests} == set()
