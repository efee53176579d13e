"""What is said below the dates of a series: which of them go, how long it goes on, another rhythm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deeds import offered
from rooms import CONTEXT, Desk

SIX = "every tuesday at 9 with kim@example.org for six weeks"
"""3, 10, 17, 24 and 31 March, 7 April."""


def below(text: str, series: str = SIX) -> list[str]:
    """The days of the card below such a text, by day and clock of UTC, an hour behind Berlin until 29 March."""
    talk = Desk(context=replace(CONTEXT, people=()))
    talk.say(series)
    return sorted({deed.split(" ", 2)[2] for deed in offered(talk, talk.say(text))})


def on(*days: str, clock: str = "08:00") -> list[str]:
    """These days with the clock that is nine in Berlin, summer time included."""
    return sorted(f"{day} {'07' + clock[2:] if day in {'31', '07'} else clock} 1" for day in days)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("skip the 2nd and 4th", ("03", "17", "31", "07")),
        ("skip the second and the fourth", ("03", "17", "31", "07")),
        ("drop the 2nd", ("03", "17", "24", "31", "07")),
        ("drop the last two", ("03", "10", "17", "24")),
        ("skip the first two", ("17", "24", "31", "07")),
        ("only the first and the fourth", ("03", "24")),
        ("ohne den zweiten und vierten", ("03", "17", "31", "07")),
        ("sin la segunda y la cuarta", ("03", "17", "31", "07")),
        ("skip the 3rd", ("10", "17", "24", "31", "07")),
        ("without the 10th and the 24th", ("03", "17", "31", "07")),
        ("skip march 10 and 24", ("03", "17", "31", "07")),
    ],
)
def test_dates_go_by_their_place_or_by_their_day(text: str, days: tuple[str, ...]) -> None:
    assert below(text) == on(*days)


@pytest.mark.parametrize("text", ["skip the 3rd and the 5th", "only the first and the third"])
def test_a_number_that_may_be_a_day_or_a_place_is_asked_about(text: str) -> None:
    assert below(text) == []


@pytest.mark.parametrize("text", ["skip march 2", "without the 18th", "not on march 12"])
def test_a_day_on_which_no_date_lies_is_said_to_leave_none_out(text: str) -> None:
    talk = Desk(context=replace(CONTEXT, people=()))
    talk.say(SIX)

    assert "leaves none of them out" in talk.say(text).text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("for 4 weeks", ("03", "10", "17", "24")),
        ("for four weeks, thanks", ("03", "10", "17", "24")),
        ("vier wochen lang bitte", ("03", "10", "17", "24")),
        ("solo tres semanas", ("03", "10", "17")),
    ],
)
def test_weeks_are_how_long_it_goes_on_and_no_length_of_a_meeting(text: str, days: tuple[str, ...]) -> None:
    assert below(text) == on(*days)


def test_more_weeks_are_added_at_the_end() -> None:
    assert len(below("two more weeks")) == 8


@pytest.mark.parametrize("text", ["thursdays instead", "lieber donnerstags", "plutôt les jeudis", "melhor às quintas"])
def test_another_weekday_keeps_how_many_there_are(text: str) -> None:
    assert below(text) == sorted(["05 08:00 1", "12 08:00 1", "19 08:00 1", "26 08:00 1", "02 07:00 1", "09 07:00 1"])


def test_another_rhythm_ends_when_the_first_one_did() -> None:
    assert below("every other week") == on("03", "17", "31")


def test_another_weekday_can_be_said_before_any_clock_was() -> None:
    talk = Desk(context=replace(CONTEXT, people=()))
    talk.say("every tuesday with kim@example.org for six weeks")

    assert talk.say("rather on thursday").text
