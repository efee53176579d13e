"""A figure that no reading took into a wish is asked about, or is its length; it is never left out of a card in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import DoubtKind, Reference, Understanding
from bot.language.signs import Cue
from bot.language.understand import understand

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Monday, 10:00 in Berlin."""


def read(text: str) -> Understanding:
    return understand(text, Reference(now=NOW, zone=ZoneInfo("Europe/Berlin"), event_types=("Intro", "Deep dive")))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("4", "book cy@example.org thursday 3 4"),
        ("7", "book cy@example.org friday at 10 7"),
        ("8", "move nora 8 to friday 3pm"),
        ("8", "verschieb nora 8 auf freitag 15 uhr"),
    ],
)
def test_a_figure_beside_the_time_is_doubted(figure: str, text: str) -> None:
    doubt = read(text).doubt(DoubtKind.UNPLACED)

    assert doubt is not None
    assert text[doubt.span.start : doubt.span.end] == figure


@pytest.mark.parametrize(
    "text",
    [
        "i can't do 3pm but 4 works thursday with cy@example.org",  # the hour of the wish
        "nora's call: 2 instead of 10",
        "every 14 days on wednesdays at 3 with cy@example.org",
        "buche cy@example.org alle 14 tage mittwochs um 15 uhr",
        "resched nora 2 fri 3pm",
        "book cy@example.org 4 thu at 11",
        "1:1 with cy@example.org thursday at 10",
        "book cy@example.org thursday at 10 about phase 2",
        "thu 3 new candidates",
        "3",
    ],
)
def test_a_figure_that_is_accounted_for_is_not(text: str) -> None:
    assert read(text).doubt(DoubtKind.UNPLACED) is None


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(30, "grab me 30 with cy@example.org on monday"), (45, "45 with nora thu afternoon"), (25, "25 with nora friday")],
)
def test_minutes_without_their_word_are_the_length(minutes: int, text: str) -> None:
    understanding = read(text)

    assert understanding.length == timedelta(minutes=minutes)
    assert not understanding.doubts


@pytest.mark.parametrize(
    "text",
    [
        "book cy@example.org after my dentist at 2 on thursday",
        "book cy@example.org before my train at 4 on thursday",
        "buche cy@example.org nach meinem zahnarzt um 14 uhr am donnerstag",
    ],
)
def test_a_side_that_nobody_read_is_doubted(text: str) -> None:
    doubt = read(text).doubt(DoubtKind.UNREAD_THAT_MATTERS)

    assert doubt is not None
    assert doubt.cue is Cue.BOUND


@pytest.mark.parametrize(
    "text",
    [
        "book cy@example.org thursday after 2",
        "book cy@example.org after lunch on thursday",
        "book cy@example.org right after nora on thursday",
        "move nora to after 3 on friday",
        "buche cy@example.org am donnerstag nach 14 uhr",
    ],
)
def test_a_side_that_was_read_is_not(text: str) -> None:
    assert not read(text).doubts


@pytest.mark.parametrize(
    ("start", "minutes", "text"),
    [
        ("04 14:00", 60, "cy@example.org 14:00 in two days, 60 min so we can sign the contract"),
        ("04 15:00", None, "a call with cy@example.org at 3 wednesday, not next week"),
        ("06 11:00", None, "book cy@example.org friday at 4pm, no, 11"),
    ],
)
def test_what_stands_behind_a_comma_is_no_part_of_the_day(start: str, minutes: int | None, text: str) -> None:
    understanding = read(text)
    day, hours = understanding.moments[0].days, understanding.moments[0].hours

    assert len(understanding.moments) == 1
    assert day is not None
    assert hours is not None
    assert f"{day.first:%d} {hours.start:%H:%M}" == start
    assert understanding.length == (timedelta(minutes=minutes) if minutes else None)


def test_a_length_in_front_of_when_it_has_to_be_is_kept() -> None:
    understanding = read("book cy@example.org friday at 10, 60 min before the board meets next month")

    assert understanding.length == timedelta(minutes=60)
