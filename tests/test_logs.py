from __future__ import annotations

import asyncio
import io
import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.logs import bind_turn, configure, get_logger, redact, redact_fields, turn_id

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = tuple(root.handlers), root.level
    stream = io.StringIO()
    configure("debug", "json", stream=stream)
    yield stream
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)


def test_a_line_has_its_event_and_fields(lines: io.StringIO) -> None:
    get_logger("probe").info("slots.found", provider="calcom", count=12, ms=212.12345)

    line = json.loads(lines.getvalue())
    assert line["event"] == "slots.found"
    assert (line["provider"], line["count"], line["ms"], line["level"]) == ("calcom", 12, 212.123, "info")


def test_a_turn_id_runs_through_tasks_started_inside_it(lines: io.StringIO) -> None:
    async def work() -> None:
        get_logger("probe").info("inner")

    async def turn() -> None:
        with bind_turn("t-17"):
            async with asyncio.TaskGroup() as group:
                group.create_task(work())

    asyncio.run(turn())

    assert json.loads(lines.getvalue())["turn"] == "t-17"
    assert turn_id() == ""


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("no booking for zoe.miller+x@acme.io", "acme.io"),
        ("search?attendeeEmail=zoe%40acme.io", "acme.io"),
        ("key cal_live_0a1b2c3d4e was refused", "0a1b"),
        ("token xoxb-123-456-abc", "123-456"),
        ("token xoxe.xoxp-1-abc", "1-abc"),
        ("app xapp-1-A0-77", "A0-77"),
        ("Authorization: Bearer abc.DEF-123", "DEF"),
        ("open https://connect.example.com/link?session=s3cret", "s3cret"),
        ("join https://meet.example.com/j/998877?pwd=q", "998877"),
        ("call +49 151 1234567", "1234567"),
        ("signed whsec_abcdef", "abcdef"),
    ],
)
def test_secrets_inside_a_text_are_replaced(text: str, secret: str) -> None:
    assert secret not in redact(text)


def test_an_ordinary_text_stays_as_it_is() -> None:
    text = "GET /bookings answered 502 after 3 tries at 2026-03-02T10:00:00+01:00"

    assert redact(text) == text


def test_personal_fields_are_hidden_by_name() -> None:
    fields = redact_fields({"email": "a@b.io", "Title": "Layoffs", "join_url": "x", "count": 3, "ok": True})

    assert fields == {"email": "[hidden]", "Title": "[hidden]", "join_url": "[hidden]", "count": 3, "ok": True}


def test_prose_is_replaced_by_its_length() -> None:
    assert redact_fields({"why": "blah " * 100})["why"] == "[text of 500]"


def test_a_cause_tells_class_and_place_and_is_redacted(lines: io.StringIO) -> None:
    try:
        raise ValueError("zoe@acme.io is not free")  # noqa: TRY301
    except ValueError as error:
        get_logger("probe").error("turn.failed", cause=error)

    line = json.loads(lines.getvalue())
    assert line["cause"] == "ValueError"
    assert "acme" not in lines.getvalue()
    assert line["at"].startswith("test_logs.py:")


def test_lines_of_libraries_are_redacted_too(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("sent to %s with xoxb-1-2-3", "zoe@acme.io")

    assert "acme" not in lines.getvalue()
    assert "xoxb-1" not in lines.getvalue()


def test_text_form_is_one_readable_line() -> None:
    root = logging.getLogger()
    before, level = tuple(root.handlers), root.level
    stream = io.StringIO()
    configure("info", "text", stream=stream)
    get_logger("probe").info("hold.made", provider="calcom")
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)

    assert stream.getvalue().rstrip().endswith("info    hold.made provider=calcom")
