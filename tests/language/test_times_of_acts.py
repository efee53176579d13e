"""Times of wishes that write: second choices, corrections, what is left out of «all», figures for words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from reading_corpus import misread, table
from shorthand import MONDAY, in_short

from bot.language.meaning import DoubtKind, Intent
from bot.language.understand import understand
from bot.scheduling.replacing import replace

WEDNESDAY = replace(MONDAY, now=MONDAY.now + timedelta(days=2))

KINDS = {kind: families for kind, families in table("times_of_acts.toml").items() if isinstance(families, dict)}


@pytest.mark.parametrize("kind", KINDS)
def test_times_of_wishes_that_write_are_read(kind: str) -> None:
    rows = [(expected, text) for expected, texts in KINDS[kind].items() for text in texts]

    assert misread(rows, in_short) == []


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("12-01 10:00; 12-02 11:00", "book ines tues at 10 / weds at 11"),
        ("12-01 10:00; 12-02 11:00", "book ines tuesday at 10 or wednesday at 11"),
        ("11-25 11:00; 11-26 09:00", "book ines weds at 11 or thu at 9"),
        ("11-25 11:00", "book ines weds at 11"),
    ],
)
def test_a_weekday_named_behind_a_coming_one_is_not_today(expected: str, text: str) -> None:
    assert in_short(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("april", "push april a week"),
        ("april", "cancel april but not lena"),
        ("june", "move june up an hour"),
        ("lena", "no, cancel lena"),
    ],
)
def test_a_word_of_time_behind_a_verb_is_somebody(name: str, text: str) -> None:
    read = understand(text, MONDAY)

    assert [one.lower() for one in read.people] == [name]
    assert not read.moments


def test_everything_but_april_spares_a_person() -> None:
    assert understand("cancel everything but april", MONDAY).excluded_people == ("april",)
    assert not understand("cancel everything in may but june", MONDAY).excluded_people


@pytest.mark.parametrize("text", ["book kim at acme.io thursday 3pm", "lunch with lena at joes.com friday"])
def test_an_address_with_a_spelt_at_is_not_complete(text: str) -> None:
    assert [doubt.kind for doubt in understand(text, MONDAY).doubts] == [DoubtKind.BROKEN_ADDRESS]


@pytest.mark.parametrize("text", ["meet ines at zoom.us thursday 4", "book ines thursday at 3.45", "call at noon.at 3"])
def test_where_and_when_behind_an_at_are_no_address(text: str) -> None:
    assert not understand(text, MONDAY).doubts


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        (Intent.FIND_SLOTS, "what have you got later than 3 on thursday?"),
        (Intent.BOOK, "no later than 3, ines@example.org friday"),
        (Intent.BOOK, "schedule ines@example.org friday 2pm unless it snows"),
    ],
)
def test_limits_do_not_hide_what_is_wanted(intent: Intent, text: str) -> None:
    assert understand(text, MONDAY).intent is intent
