"""Why a meeting goes, said in other languages: on the card, and below it."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

STANDING = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),
    booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
)

BEHIND = [
    ("sag lena ab weil ich krank bin", "ich krank bin"),
    ("sag lena ab, denn ich bin krank", "ich bin krank"),
    ("annule lena parce que je suis malade", "je suis malade"),
    ("cancela lena porque estoy enfermo", "estoy enfermo"),
    ("annulla lena perché sono malato", "sono malato"),
    ("annuleer lena omdat ik ziek ben", "ik ziek ben"),
    ("cancela lena porque estou doente", "estou doente"),
]


@pytest.mark.parametrize(("text", "reason"), BEHIND)
def test_a_reason_stands_on_the_card(text: str, reason: str) -> None:
    desk = desk_with(STANDING)
    reply = desk.say(text)

    assert offered(desk, reply) == {"cancel b1"}
    assert f"Reason: {reason}." in reply.text


def test_a_reason_below_the_card_is_no_day_off() -> None:
    desk = desk_with(STANDING)
    desk.say("sag lena ab")
    reply = desk.say("weil ich krank bin")

    assert offered(desk, reply) == {"cancel b1"}
    assert "Reason: ich krank bin." in reply.text


WEEKLY = ["jede woche", "every week", "chaque semaine", "cada semana", "elke week", "wöchentlich"]


@pytest.mark.parametrize("text", WEEKLY)
def test_how_often_below_a_card_makes_it_a_series(text: str) -> None:
    desk = desk_with(())
    desk.say("book 30 min with kim@example.org friday at 10")

    assert len(offered(desk, desk.say(text))) == 4
