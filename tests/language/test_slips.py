from __future__ import annotations

import pytest

from bot.language.normalise import normalise
from bot.language.slips import meant


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("bokking", "booking"),
        ("meetnig", "meeting"),
        ("mettings", "meetings"),
        ("resheduel", "reschedule"),
        ("shcedule", "schedule"),
        ("appoitment", "appointment"),
        ("avaliability", "availability"),
        ("cacnel", "cancel"),
        ("interveiw", "interview"),
        ("tomorow", "tomorrow"),
    ],
)
def test_a_slip_in_a_word_of_the_trade_is_undone(typed: str, right: str) -> None:
    assert normalise(f"my {typed} please").words[1] == right


@pytest.mark.parametrize(
    "word",
    [
        "melting",
        "cancer",
        "cancela",
        "confirme",
        "interviewer",
        "posting",
        "calendario",
        "greeting",
        "bookmark",
        "schneider",
    ],
)
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    assert meant(word) == word


def test_a_name_is_never_respelt() -> None:
    assert normalise("call with Metting and Booking").words == ("call", "with", "metting", "and", "booking")
