"""What is done to one only is never done to the first of several: holds, and a series with one of two people."""

from __future__ import annotations

import pytest
from deeds import desk_with, offered

KIM, SAM = "kim@example.org", "sam@example.org"


@pytest.mark.parametrize(
    "texts",
    [
        (f"hold 10-11 and 3-4 tomorrow for {KIM}",),
        (f"hold wednesday 2pm and thursday 2pm for {KIM}",),
        (f"halte mir morgen 10 bis 11 und 15 bis 16 uhr frei für {KIM}",),
        ("hold tomorrow 10-11", "also 3 to 4"),
    ],
)
def test_two_times_to_hold_are_no_card_for_one(texts: tuple[str, ...]) -> None:
    talk = desk_with(())
    replies = [talk.say(text) for text in texts]

    assert not offered(talk, replies[-1])
    assert "one time at once" in replies[-1].text


def test_one_of_two_times_can_be_held() -> None:
    talk = desk_with(())

    assert offered(talk, talk.say(f"hold wednesday 2pm or thursday 2pm for {KIM}")) == {"hold 04 13:00"}


def test_who_of_two_comes_to_a_series_is_asked() -> None:
    talk = desk_with(())
    reply = talk.say(f"every tuesday at 9 with {KIM} or {SAM}")

    assert not offered(talk, reply)
    assert "Kim" in reply.text
    assert "Sam" in reply.text
