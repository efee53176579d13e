"""What is said of the terms of an event type that was named; and what only sounds so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, LimitKind, Reference, Understanding
from bot.language.understand import understand

REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC),
    zone=ZoneInfo("Europe/Berlin"),
    event_types=("Intro", "Deep dive", "Help desk"),
)


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


def minutes(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=number) for number in numbers)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("offer intro every 45 minutes", 45),
        ("intro only every 45 minutes", 45),
        ("start intros every half hour", 30),
        ("deep dive in 20 minute steps", 20),
        ("intro in steps of 10 minutes", 10),
        ("let help desk start every quarter of an hour", 15),
        ("deep dive alle 20 minuten anbieten", 20),
        ("ofrece help desk cada 20 minutos", 20),
        ("propose help desk toutes les 20 minutes", 20),
        ("introを20分ごとに", 20),
    ],
)
def test_how_far_apart_times_are(text: str, length: int) -> None:
    (wish,) = read(text).limits

    assert read(text).intent is Intent.SET_LIMITS
    assert (wish.kind, wish.length) == (LimitKind.INTERVAL, timedelta(minutes=length))


@pytest.mark.parametrize(
    ("text", "seats"),
    [
        ("6 seats for help desk", 6),
        ("intro has four seats", 4),
        ("8 plätze für intro", 8),
        ("8 places pour intro", 8),
        ("8 plazas para intro", 8),
        ("8 posti per intro", 8),
        ("introは8席", 8),
        ("let 6 people book help desk", 6),
        ("up to 12 people can join the help desk", 12),
        ("no seats for help desk", None),
    ],
)
def test_seats(text: str, seats: int | None) -> None:
    (wish,) = read(text).limits

    assert (wish.kind, wish.count, wish.lifts) == (LimitKind.SEATS, seats, seats is None)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("intro can be 15, 30 or 45 minutes", (15, 30, 45)),
        ("deep dive takes 60 or 90 min", (60, 90)),
        ("offer intro for 15 and 30 minutes", (15, 30)),
    ],
)
def test_several_lengths(text: str, lengths: tuple[int, ...]) -> None:
    (wish,) = read(text).limits

    assert (wish.kind, wish.lengths) == (LimitKind.LENGTHS, minutes(*lengths))


@pytest.mark.parametrize(
    ("text", "app"),
    [
        ("deep dive takes place on zoom", "zoom"),
        ("intro is on google meet", "google meet"),
        ("offer help desk on teams", "teams"),
    ],
)
def test_where_it_takes_place(text: str, app: str) -> None:
    (wish,) = read(text).limits

    assert wish.kind is LimitKind.PLACE
    assert wish.place is not None
    assert wish.place.app == app


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("intro must ask for the budget", "budget"),
        ("ask for the budget in every intro", "budget"),
        ("ask everyone who books intro for their company", "company"),
        ("people must tell their budget when they book intro", "budget"),
        ("add a required question to intro: what is your team size", "what is your team size"),
        ("deep dive should ask about the current tools", "current tools"),
    ],
)
def test_what_must_be_answered(text: str, asked: str) -> None:
    (wish,) = read(text).limits

    assert read(text).intent is Intent.SET_LIMITS
    assert (wish.kind, wish.text) == (LimitKind.QUESTION, asked)


@pytest.mark.parametrize(
    "text",
    [
        "describe intro as: A first talk",
        "set the description of intro to A first talk",
        "change the description of the intro: “A first talk”",
    ],
)
def test_a_description(text: str) -> None:
    (wish,) = read(text).limits

    assert (wish.kind, wish.text) == (LimitKind.DESCRIPTION, "A first talk")


@pytest.mark.parametrize("text", ["not on the same day", "nobody can book me on the same day", "never on the same day"])
def test_not_on_the_same_day_is_a_days_notice(text: str) -> None:
    assert [(wish.kind, wish.length) for wish in read(text).limits] == [(LimitKind.NOTICE, timedelta(days=1))]


@pytest.mark.parametrize(
    "text",
    [
        "book intro with lena@example.org friday at 10, either 15 or 30 minutes",
        "book intro on zoom with lena@example.org tomorrow at 3",
        "find 30 or 45 minutes for a deep dive next week",
        "what's free for intro every 30 minutes on friday",
        "book help desk for 6 people tomorrow at 3",
        "ask @dana for a deep dive next week",
    ],
)
def test_a_booking_is_no_term(text: str) -> None:
    assert read(text).intent is not Intent.SET_LIMITS


def test_what_a_term_does_not_cover_is_left_out() -> None:
    found = read("intro has 6 seats and costs 20 euros")

    assert [found.text[span.start : span.end] for span in found.left_out] == ["costs"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("intro muss nach dem firmennamen fragen", "firmennamen"),
        ("intro doit demander le téléphone", "téléphone"),
        ("help desk debe preguntar el teléfono", "teléfono"),
        ("intro moet naar het telefoonnummer vragen", "telefoonnummer"),
    ],
)
def test_what_is_asked_before_a_booking_in_other_languages(text: str, asked: str) -> None:
    (wish,) = read(text).limits

    assert (read(text).intent, wish.kind, wish.text) == (Intent.SET_LIMITS, LimitKind.QUESTION, asked)
