"""Sentences as people type them in chats, by kind: when, until when, when not, how long, how often."""

from __future__ import annotations

import pytest
from reading_corpus import misread, table
from shorthand import MONDAY, in_clocks, in_short

from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.language.understand import understand

KINDS = {
    kind: families
    for file in ("times_chat.toml", "times_put_together.toml")
    for kind, families in table(file).items()
    if isinstance(families, dict)
}


@pytest.mark.parametrize("kind", KINDS)
def test_times_of_a_kind_are_read(kind: str) -> None:
    rows = [(expected, text) for expected, texts in KINDS[kind].items() for text in texts]

    assert misread(rows, in_short) == []


@pytest.mark.parametrize(
    "text",
    [
        "never outside 10 to 4", "no meetings outside 10 to 4", "don't book me outside 10 to 4", "nothing outside 10-16",
        "keine termine außerhalb von 10 bis 16 uhr", "nie außerhalb von 10 bis 16 uhr", "jamais en dehors de 10h à 16h",
        "nunca fuera de 10 a 16", "nessuna riunione fuori dalle 10 alle 16", "nunca fora das 10 às 16",
    ],
)  # fmt: skip
def test_nothing_outside_of_hours_is_a_wish_about_hours(text: str) -> None:
    read = understand(text, MONDAY)

    assert read.intent is Intent.SET_HOURS
    assert read.has(Cue.OUTSIDE)
    assert [in_clocks(moment) for moment in (*read.moments, *read.excluded)] == ["10:00..16:00"]
    assert not read.doubts


@pytest.mark.parametrize(
    "text",
    [
        "30 min next week except friday with omar", "every weekday except friday at 9 with omar until christmas",
        "book tomorrow except lunch with omar", "30 min nächste woche außer freitag mit omar",
        "30 minutes la semaine prochaine sauf vendredi avec omar", "30 min la próxima semana excepto el viernes con omar",
    ],
)  # fmt: skip
def test_an_exception_of_time_leaves_nobody_out(text: str) -> None:
    read = understand(text, MONDAY)

    assert [name.lower() for name in read.people] == ["omar"]
    assert not read.excluded_people


def test_an_exception_in_a_cancellation_still_reaches_whose_meeting_it_is() -> None:
    assert understand("cancel everything this week except friday with omar", MONDAY).excluded_people
