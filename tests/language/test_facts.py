"""What a clause beside a wish tells of somebody's day, and what it does to the times of the wish."""

from __future__ import annotations

import pytest
from reading_corpus import misread, table
from shorthand import MONDAY, in_short

from bot.language.meaning import Intent
from bot.language.understand import understand

KINDS = {kind: rows for kind, rows in table("facts.toml").items() if isinstance(rows, dict)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_gives_its_time_to_no_wish(kind: str) -> None:
    rows = [(expected, text) for expected, texts in KINDS[kind].items() for text in texts]

    assert misread(rows, in_short) == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("sam can't do friday, can we do monday 2pm", "sam"), ("lena's away thursday, find a slot with her", "lena"),
        ("omar is out until wednesday, book him for an hour", "omar"),
    ],
)  # fmt: skip
def test_who_is_told_of_is_meant(text: str, person: str) -> None:
    assert understand(text, MONDAY).people == (person,)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i'm out thursday, what do i have on friday", Intent.LIST_BOOKINGS), ("i'm off thursday", Intent.TIME_OFF),
        ("i'm in a meeting until 3, what's free after", Intent.FIND_SLOTS),
        ("since i'm flying wednesday, can kim@example.org do thursday morning?", Intent.FIND_SLOTS),
    ],
)  # fmt: skip
def test_a_fact_is_no_wish_of_its_own(text: str, intent: Intent) -> None:
    assert understand(text, MONDAY).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "ich bin donnerstag krank, sag alles ab", "bin am donnerstag krank, bitte alle termine absagen",
        "estoy enfermo el jueves, cancela todo", "je suis malade jeudi, annule tout", "sono malato giovedì, cancella tutto",
        "estou doente na quinta, cancela tudo", "ik ben donderdag ziek, zeg alles af", "i'm sick thursday, cancel everything",
        "木曜は病気なので、全部キャンセルして", "我周四生病了，全部取消",
    ],
)  # fmt: skip
def test_who_is_sick_and_cancels_wants_no_day_off(text: str) -> None:
    read = understand(text, MONDAY)

    assert read.intent is Intent.CANCEL
    assert in_short(text).startswith("11-26")


@pytest.mark.parametrize(
    "text",
    [
        "schedule a planning session with lee and his boss at carlo's on thursday at 4 pm for 1 hour",
        "book lee and her manager at dino's on thursday at 4pm for an hour",
    ],
)
def test_a_place_that_is_called_after_somebody_tells_nothing(text: str) -> None:
    read = understand(text, MONDAY)

    assert not read.excluded
    assert [moment.days.first.weekday() for moment in read.moments if moment.days] == [3]
