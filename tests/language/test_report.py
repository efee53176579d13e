"""`pencil parse` and `pencil explain`."""

from __future__ import annotations

import json

from reading_corpus import REFERENCE

from bot.language.report import explain, parse_lines

KEYS = {
    "id", "intent", "wish", "start", "end", "grain", "times", "recurring", "duration_minutes", "people", "emails", "mentions",
    "event_type", "timezone", "choice", "unread", "cues", "doubts", "ms",
}  # fmt: skip


def answer(*lines: str, zone: str = "Europe/Berlin") -> list[dict[str, object]]:
    written: list[str] = []
    parse_lines(lines, written.append, zone=zone)
    return [json.loads(line) for line in written]


def row(text: str, **more: object) -> str:
    return json.dumps({"id": "a", "text": text, "now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin", **more})


def test_the_keys_are_those_of_the_contract() -> None:
    (found,) = answer(row("tomorrow at 3 for 30 min"))

    assert set(found) == KEYS
    assert found["start"] == "2026-03-03T15:00:00+01:00"
    assert found["duration_minutes"] == 30
    assert found["id"] == "a"


def test_an_open_side_is_said() -> None:
    (found,) = answer(row("after 3"))

    assert (found["open"], found["end"]) == ("after", None)


def test_every_option_stands_among_times() -> None:
    (found,) = answer(row("tuesday at 3 or wednesday at 11"))

    times = found["times"]
    assert isinstance(times, list)
    assert [time["start"] for time in times] == ["2026-03-03T15:00:00+01:00", "2026-03-04T11:00:00+01:00"]


def test_a_repetition_is_an_rrule() -> None:
    (found,) = answer(row("every other tuesday until june"))

    assert found["recurring"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20260531"


def test_bad_lines_are_answered_and_blank_ones_skipped() -> None:
    found = answer("{", "", "[1]", "null", row("hi"), '{"id": 7}', row("x", now="never", tz="Nowhere/City", context=3))

    assert [line["id"] for line in found] == [None, None, None, "a", 7, "a"]
    assert all(set(line) == KEYS for line in found)


def test_answers_come_in_the_order_of_the_lines() -> None:
    found = answer(*(json.dumps({"id": number, "text": "tomorrow"}) for number in range(5)))

    assert [line["id"] for line in found] == [0, 1, 2, 3, 4]


def test_explain_names_words_rule_and_intent() -> None:
    shown = explain("book Lee tomorrow at 3", REFERENCE)

    assert "«tomorrow at 3»" in shown
    assert "2026-03-03T15:00" in shown
    assert "intent" in shown
