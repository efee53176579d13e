"""The commands as a person runs them: real processes, no settings, no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

ROOT_NAMES = ("SLACK_", "MATON_", "CALCOM_", "CALENDLY_", "DATABASE_URL", "PENCIL_", "PORT", "LOG_")


def pencil(*arguments: str, folder: Path, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ROOT_NAMES)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=folder,
        env=bare | settings,
    )


def test_a_pipe_books_with_one_message_and_one_press(tmp_path: Path) -> None:
    talk = "book intro with priya@acme.io tomorrow 2pm\n1\n"

    run = pencil("chat", "--now", "2026-11-23T10:00+01:00", "--tz", "Europe/Berlin", folder=tmp_path, given=talk)

    lines = run.stdout.splitlines()
    assert run.returncode == 0, run.stderr
    assert lines.index("[1] Book") < next(n for n, line in enumerate(lines) if line.startswith("Booked: "))
    assert "Tue 24 Nov 14:00–14:30 Berlin" in run.stdout
    assert not list(tmp_path.iterdir())


def test_a_reader_that_leaves_early_sees_no_traceback(tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": "tomorrow 3pm", "now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin"})
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ROOT_NAMES)}
    run = subprocess.Popen(
        [sys.executable, "-m", "bot", "parse"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=bare,
    )
    assert run.stdin is not None
    assert run.stdout is not None
    assert run.stderr is not None

    run.stdout.close()
    run.stdin.write((row + "\n") * 500)
    run.stdin.close()

    assert "Traceback" not in run.stderr.read()
    run.stderr.close()
    assert run.wait(timeout=60) == 1


def test_parse_answers_every_line_in_order(tmp_path: Path) -> None:
    rows = [
        {
            "id": "a",
            "text": "book 30 min with Dana tomorrow 3pm",
            "now": "2026-03-02T10:00:00+01:00",
            "tz": "Europe/Berlin",
        },
        {"id": "b", "text": "", "now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin"},
    ]

    run = pencil("parse", folder=tmp_path, given="\n".join(map(json.dumps, rows)) + "\nnot json\n")

    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["id"] for answer in answers][:2] == ["a", "b"]
    assert len(answers) == 3
    assert (answers[0]["intent"], answers[0]["start"]) == ("book", "2026-03-03T15:00:00+01:00")
    assert (answers[0]["duration_minutes"], answers[0]["people"]) == (30, ["Dana"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chat", "--now", "2026-11-23T10:00"), "has no offset"),
        (("chat", "--tz", "Berlin"), "is not a time zone"),
        (("parse", "--tz", "Mars/Base"), "is not a time zone"),
        (("sing",), "invalid choice"),
    ],
)
def test_unusable_arguments_are_named(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    run = pencil(*arguments, folder=tmp_path)

    assert run.returncode == 2
    assert said in run.stderr


def test_the_doctor_names_what_is_wrong_and_where_to_get_it(tmp_path: Path) -> None:
    run = pencil(
        "doctor", folder=tmp_path, SLACK_APP_TOKEN="", DATABASE_URL="mysql://somewhere/x", PENCIL_ENCRYPTION_KEY="short"
    )

    assert run.returncode == 1
    assert "DATABASE_URL" in run.stdout
    assert "sqlite:///pencil.db" in run.stdout


def test_the_doctor_is_content_with_nothing(tmp_path: Path) -> None:
    run = pencil("doctor", folder=tmp_path)

    assert run.returncode == 0, run.stdout
    assert "sandbox" in run.stdout


def test_serve_without_a_signing_secret_says_where_to_get_it(tmp_path: Path) -> None:
    run = pencil("serve", "--port", "0", folder=tmp_path, SLACK_BOT_TOKEN="xoxb-1")

    assert run.returncode == 1
    assert "SLACK_SIGNING_SECRET is empty; copy it from Basic Information" in run.stderr


def test_socket_without_an_app_token_says_where_to_get_it(tmp_path: Path) -> None:
    run = pencil("socket", folder=tmp_path)

    assert run.returncode == 1
    assert "SLACK_APP_TOKEN is empty" in run.stderr


def test_an_audit_of_a_fresh_database_is_empty(tmp_path: Path) -> None:
    assert pencil("migrate", folder=tmp_path).returncode == 0

    run = pencil("audit", folder=tmp_path)

    assert (run.returncode, run.stdout) == (0, "")
