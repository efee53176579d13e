"""What is said right below a list of meetings is said of those on it."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 4), 10, number=1)
OMAR = booking_with("Omar Haddad", date(2026, 3, 9), 9, number=2)
PRIYA = booking_with("Priya Shah", date(2026, 3, 9), 14, number=3)
GRETA = booking_with("Greta Korn", date(2026, 3, 10), 9, number=4)


def below(listing: str, text: str) -> set[str]:
    talk = desk_with((NORA, OMAR, PRIYA, GRETA))
    talk.say(listing)
    return offered(talk, talk.say(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("cancel the first two", (2, 3)),
        ("cancel the first two, thanks", (2, 3)),
        ("cancel all but greta", (2, 3)),
        ("cancel everything, sorry", (2, 3, 4)),
        ("cancel all but the last", (2, 3)),
    ],
)
def test_how_many_and_all_but_somebody_are_of_the_list(text: str, numbers: tuple[int, ...]) -> None:
    assert below("what do i have next week?", text) == {f"cancel b{number}" for number in numbers}


@pytest.mark.parametrize(
    ("listing", "text", "numbers"),
    [
        ("was habe ich nächste woche?", "die letzten zwei absagen", (3, 4)),
        ("was habe ich nächste woche?", "sag die ersten beiden ab", (2, 3)),
        ("was habe ich nächste woche?", "alle absagen, danke", (2, 3, 4)),
        ("¿qué tengo la próxima semana?", "cancela las dos últimas", (3, 4)),
    ],
)
def test_so_it_is_in_other_languages(listing: str, text: str, numbers: tuple[int, ...]) -> None:
    assert below(listing, text) == {f"cancel b{number}" for number in numbers}


def test_what_says_itself_what_it_is_said_of_is_no_pick_of_the_list() -> None:
    assert below("what do i have next week?", "cancel all my meetings") == {f"cancel b{n}" for n in (1, 2, 3, 4)}


@pytest.mark.parametrize("text", ["cancel all but the first", "cancel all but nora", "cancel everything except nora"])
def test_all_but_the_only_one_on_it_is_none(text: str) -> None:
    assert below("what do i have on wednesday?", text) == set()
