"""«um 14 uhr 30 min mit sam»: minutes with their unit behind an hour are how long it takes, and none of the clock."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from shorthand import MONDAY

from bot.language.understand import understand


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("buch mir morgen um 14 uhr 30 min mit sam@acme.io", 30),
        ("morgen 14 uhr 45 minuten mit sam@acme.io", 45),
        ("boek morgen om 14 uur 30 min met sam@acme.io", 30),
        ("reserva mañana a las 14 30 min con sam@acme.io", 30),
        ("book tomorrow at 2 30 min with sam@acme.io", 30),
    ],
)
def test_minutes_with_their_unit_are_the_length(text: str, minutes: int) -> None:
    read = understand(text, MONDAY)

    assert read.length == timedelta(minutes=minutes)
    assert [one.hours.start for one in read.moments if one.hours is not None] == [time(14)]


@pytest.mark.parametrize("text", ["morgen um 14 uhr 30 mit sam@acme.io", "morgen um 14 uhr und 30 minuten"])
def test_minutes_without_it_are_of_the_clock(text: str) -> None:
    read = understand(text, MONDAY)

    assert read.length is None
    assert [one.hours.start for one in read.moments if one.hours is not None] == [time(14, 30)]
