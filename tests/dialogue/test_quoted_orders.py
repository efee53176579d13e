"""A message that stands in quotation marks, or is set as code, orders nothing: it is asked about, and a typed yes goes on."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with


def _desk() -> Desk:
    return desk_with(
        (
            booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),
            booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
        )
    )


_WHOLE = [
    *('"cancel lena"', "“cancel lena”", "'cancel lena'", "‘cancel lena’", "`cancel lena`", "```cancel lena```"),
    *(
        "```\ncancel lena\n```",
        "„sag lena ab“",
        "«annule lena»",
        "»sag lena ab«",
        '"cancel lena".',
        "'cancel lena's meeting'",
    ),
]


@pytest.mark.parametrize("text", _WHOLE)
def test_a_message_in_quotes_is_asked_about(text: str) -> None:
    desk = _desk()

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "stands in quotes" in reply.text
    assert offered(desk, desk.press(reply, "Yes, cancel it")) == {"cancel b1"}


@pytest.mark.parametrize("text", ["yes", "ja bitte", "ok do it", "yes please"])
def test_a_typed_yes_goes_on_with_what_was_asked(text: str) -> None:
    desk = _desk()
    desk.say('"cancel lena"')

    assert offered(desk, desk.say(text)) == {"cancel b1"}


@pytest.mark.parametrize("text", ["no", "nein", "no thanks, leave it"])
def test_a_typed_no_prepares_nothing(text: str) -> None:
    desk = _desk()
    desk.say('"cancel lena"')

    assert offered(desk, desk.say(text)) == set()
    assert offered(desk, desk.say("yes")) == set()


@pytest.mark.parametrize("text", ["yes but at 3", "at 3", "no, 3"])
def test_a_change_below_the_question_keeps_the_rest(text: str) -> None:
    desk = _desk()
    desk.say('"book kim@example.org friday at 2"')

    assert offered(desk, desk.say(text)) == {"book kim@example.org 06 14:00 1"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('book "cancel gym" with kim@example.org friday 2pm', {"book kim@example.org 06 13:00 1"}),
        ("book kim@example.org friday `14:00`", {"book kim@example.org 06 13:00 1"}),
        ("*cancel* _lena_", {"cancel b1"}),
        ("*cancel lena*", {"cancel b1"}),
    ],
)
def test_a_quotation_within_a_wish_is_no_quoted_wish(text: str, wanted: set[str]) -> None:
    desk = _desk()

    assert offered(desk, desk.say(text)) == wanted


def test_a_time_as_code_picks_it_from_a_list() -> None:
    desk = _desk()
    desk.say("what's free friday")

    assert "Fri 6 Mar 10:30" in desk.say("`10:30`").text


@pytest.mark.parametrize("text", ['"what\'s free friday"', "`what do i have thursday`"])
def test_a_quoted_question_is_answered(text: str) -> None:
    assert "stands in quotes" not in _desk().say(text).text


@pytest.mark.parametrize(
    ("answer", "day"),
    [("tuesday", "03"), ("the first", "03"), ("the 3rd", "03"), ("no, wednesday", "04"), ("den dienstag", "03")],
)
def test_a_day_typed_below_a_date_at_odds_keeps_who_and_the_clock(answer: str, day: str) -> None:
    desk = Desk()
    desk.say("book kim@example.org monday 3 march 2pm")

    assert offered(desk, desk.say(answer)) == {f"book kim@example.org {day} 13:00 1"}


def test_a_yes_to_two_readings_asks_which() -> None:
    desk = Desk()
    desk.say("book kim@example.org monday 3 march 2pm")

    assert "Which one?" in desk.say("yes").text
    assert offered(desk, desk.say("the first")) == {"book kim@example.org 03 13:00 1"}


def test_a_question_is_answered_by_the_next_message_only() -> None:
    desk = _desk()
    desk.say('"cancel lena"')
    desk.say("what's free friday")

    assert offered(desk, desk.say("yes")) == set()
