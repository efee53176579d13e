"""Numbers of a list of meetings go on counting what was shown, once something was done, or kept, with one of them."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

THREE = (
    booking_with("Nora Vale", date(2026, 3, 5), 10, number=1),
    booking_with("Ivo Lund", date(2026, 3, 6), 15, number=2),
    booking_with("Zoe Marsh", date(2026, 3, 9), 11, number=3),
)


def below(*texts: str, press: str = "") -> Desk:
    desk = desk_with(THREE)
    desk.say("what do i have coming up")
    for text in texts:
        reply = desk.say(text)
    if press:
        desk.press(reply, press)
    return desk


FOLLOW_UPS = [
    ("move the last to thursday", {"move b3 05 10:00"}),
    ("move the third to thursday", {"move b3 05 10:00"}),
    ("move the last one to friday 9", {"move b3 06 08:00"}),
    ("push the first by an hour", {"move b1 05 10:00"}),
    ("cancel the third", {"cancel b3"}),
    ("cancel the last one please", {"cancel b3"}),
    ("cancel the first and the third", {"cancel b1", "cancel b3"}),
    ("verschieb das letzte auf donnerstag", {"move b3 05 10:00"}),
    ("annule la dernière", {"cancel b3"}),
]


@pytest.mark.parametrize(("text", "deeds"), FOLLOW_UPS)
def test_the_numbers_stay_once_one_was_kept(text: str, deeds: set[str]) -> None:
    desk = below("cancel the second", press="Keep")

    assert offered(desk, desk.say(text)) == deeds


@pytest.mark.parametrize(("text", "deeds"), FOLLOW_UPS)
def test_the_numbers_stay_below_the_card_for_another(text: str, deeds: set[str]) -> None:
    desk = below("cancel the second")

    assert offered(desk, desk.say(text)) == deeds


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        *FOLLOW_UPS,
        ("the third too", {"cancel b3"}),
        ("and the last one too", {"cancel b3"}),
    ],
)
def test_the_numbers_stay_once_one_was_cancelled(text: str, deeds: set[str]) -> None:
    desk = below("cancel the second", press="Cancel meeting")

    assert offered(desk, desk.say(text)) == deeds


def test_a_number_that_was_not_listed_is_said_and_nothing_else_taken() -> None:
    desk = below("cancel the second", press="Keep")

    reply = desk.say("cancel the fifth")

    assert not offered(desk, reply)
    assert "number 5" in reply.text


def test_below_times_of_a_move_a_number_is_one_of_the_times() -> None:
    desk = below("move the second")

    (deed,) = offered(desk, desk.say("the second one"))
    assert deed.startswith("move b2")


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("cancel the other two", {"cancel b1", "cancel b3"}),
        ("cancel the others", {"cancel b1", "cancel b3"}),
        ("die anderen beiden absagen", {"cancel b1", "cancel b3"}),
        ("annule les autres", {"cancel b1", "cancel b3"}),
        ("move the other two an hour later", {"move b1 05 10:00", "move b3 09 11:00"}),
    ],
)
@pytest.mark.parametrize("press", ["", "Keep", "Cancel meeting"])
def test_the_others_are_all_but_the_one_spoken_of(text: str, deeds: set[str], press: str) -> None:
    desk = below("cancel the second", press=press)

    assert offered(desk, desk.say(text)) == deeds


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("the third one, can you move it to friday 9", {"move b3 06 08:00"}),
        ("cancel the last one, i have to leave early", {"cancel b3"}),
        ("push them all by an hour", {"move b1 05 10:00", "move b2 06 15:00", "move b3 09 11:00"}),
        ("move all of them an hour later", {"move b1 05 10:00", "move b2 06 15:00", "move b3 09 11:00"}),
        ("cancel the third and move the first to friday", set[str]()),
        ("push everything after 1 by half an hour", set[str]()),
    ],
)
def test_what_is_said_of_a_list_is_done_in_full_or_asked_about(text: str, deeds: set[str]) -> None:
    desk = below()

    assert offered(desk, desk.say(text)) == deeds
