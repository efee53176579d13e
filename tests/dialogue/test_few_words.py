"""Below what is being chosen, a few words change just what they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import BERLIN, DANA, Desk, booking_with

from bot.dialogue.acts.together import Known
from bot.scheduling.together.people import Participant, key_of


@pytest.mark.parametrize("text", ["not monday", "not on monday please", "without monday", "nicht montag", "pas lundi"])
def test_a_weekday_that_is_not_wanted_is_the_one_that_was_offered(text: str) -> None:
    desk = Desk()  # it is a Monday
    assert "Mon 2 Mar" in desk.say("what's free this week?").text

    reply = desk.say(text)

    assert "Mon 2 Mar" not in reply.text
    assert "Tue 3 Mar" in reply.text


@pytest.mark.parametrize("text", ["not 11, 2", "not 11 but 2", "nicht 11, 14", "pas 11, 14"])
def test_of_two_hours_the_refused_one_is_not_taken(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday at 11")

    assert offered(desk, desk.say(text)) == {"book lee@example.org 04 13:00 1"}


@pytest.mark.parametrize("text", ["and kim@example.org", "und kim@example.org", "kim@example.org too"])
def test_somebody_more_leaves_the_first_in(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday at 11")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 04 10:00 1"}
    assert "kim@example.org" in reply.text


@pytest.mark.parametrize("before", ["what's free this week?", "book intro with lee@example.org wednesday at 11"])
def test_a_bare_cancel_below_what_is_being_chosen_drops_it(before: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),))
    desk.say(before)

    reply = desk.say("cancel")

    assert offered(desk, reply) == set()
    assert "Nothing is pending" in reply.text


@pytest.mark.parametrize(("text", "day"), [("the last one on thursday", "05"), ("the first on tuesday", "03")])
def test_a_pick_with_a_day_is_among_those_of_that_day(text: str, day: str) -> None:
    desk = Desk()
    desk.say("what's free with lee@example.org this week?")

    (booking,) = offered(desk, desk.say(text))

    assert booking.startswith(f"book lee@example.org {day}")


OFF = [
    ("thursday too", "05 off; 06 off"),
    ("and thursday", "05 off; 06 off"),
    ("donnerstag auch", "05 off; 06 off"),
    ("thursday instead", "05 off"),
    ("not friday, thursday", "05 off"),
    ("only the afternoon", "06 09:00-12:00"),
    ("until noon", "06 12:00-17:00"),
    ("nur nachmittags", "06 09:00-12:00"),
    ("from 2 on", "06 09:00-14:00"),
]


@pytest.mark.parametrize(("text", "becomes"), OFF)
def test_a_day_off_that_is_being_taken_is_changed_as_far_as_it_is_said(text: str, becomes: str) -> None:
    desk = Desk()
    assert offered(desk, desk.say("i'm off friday")) == {"06 off"}

    assert offered(desk, desk.say(text)) == {becomes}


def test_the_whole_week_is_that_of_the_day() -> None:
    desk = Desk()
    desk.say("i'm off friday")

    (write,) = offered(desk, desk.say("the whole week"))

    assert write.startswith("02 off; 03 off; 04 off; 05 off; 06 off")


@pytest.mark.parametrize("before", ["i'm off friday", "create an event type coffee 20 min"])
def test_a_bare_cancel_drops_a_card_that_is_about_no_meeting(before: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),))
    desk.say(before)

    assert "Nothing is pending" in desk.say("cancel").text


TWO = tuple(
    booking_with(name, date(2026, 3, day), 12, number=day) for name, day in (("Lena Ostrow", 4), ("Omar Haddad", 5))
)


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("move the first to friday at 2", "move b4 06 13:00"),
        ("move the second one to friday at 2", "move b5 06 13:00"),
        ("add kim@example.org to the first one", "AddGuests"),
    ],
)
def test_one_of_a_list_is_named_by_its_number(text: str, deed: str) -> None:
    desk = desk_with(TWO)
    desk.say("what's on this week?")

    assert offered(desk, desk.say(text)) == {deed}


@pytest.mark.parametrize("text", ["make a poll", "poll them", "ask them to vote", "lass sie abstimmen"])
def test_times_for_several_are_put_to_the_vote_in_a_few_words(text: str) -> None:
    people = tuple(replace(DANA, name=name.title(), email=f"{name}@acme.io", member=name) for name in ("kim", "tia"))
    desk = Desk(
        known={one.name.lower(): (Known(person=one),) for one in people},
        colleagues={key_of(one): Participant(id=key_of(one), zone=BERLIN) for one in people},
    )
    desk.say("when are kim and tia and i free this week?")

    reply = desk.say(text)

    assert reply.text.startswith("Ask Kim and Tia about ")
    assert any(choice.label == "Post poll" for choice in reply.choices)


OF_SEVERAL = [
    ("thursday or friday at 2", "the second one", "06 13:00"),
    ("thursday or friday at 2", "the first", "05 13:00"),
    ("thursday or friday at 2", "the latter", "06 13:00"),
    ("thursday at 2, 3 or 4", "the last one works", "05 15:00"),
    ("thursday at 2, 3 or 4", "the second", "05 14:00"),
    ("tomorrow afternoon", "the first works", "03 11:00"),
    ("tomorrow afternoon", "the second one", "03 11:30"),
]


@pytest.mark.parametrize(("when", "text", "start"), OF_SEVERAL)
def test_a_number_counts_the_times_that_were_said(when: str, text: str, start: str) -> None:
    desk = Desk()
    desk.say(f"book lee@example.org {when}")

    assert offered(desk, desk.say(text)) == {f"book lee@example.org {start} 1"}


@pytest.mark.parametrize(("text", "start"), [("the second", "09 14:00"), ("the first one please", "06 13:00")])
def test_a_move_offers_both_times_that_were_said(text: str, start: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),))
    reply = desk.say("move lena to friday 2 or monday 3")

    assert any("Mon 9 Mar 15:00" in choice.label for choice in reply.choices)
    assert offered(desk, desk.say(text)) == {f"move b1 {start}"}


@pytest.mark.parametrize(
    "text", ["not monday, the day after", "hmm not monday, the day after, morning", "nicht montag, am tag danach"]
)
def test_the_day_after_one_that_is_left_out_is_beside_it(text: str) -> None:
    desk = Desk()
    desk.say("book lee@example.org next week")

    reply = desk.say(text)

    assert "Tue 10 Mar 09:00" in reply.text
    assert "9 Mar" not in reply.text


@pytest.mark.parametrize(("text", "start"), [("2", "05 13:00"), ("11", "05 10:00"), ("the 2nd", "05 08:30")])
def test_a_number_alone_is_the_hour_that_was_offered(text: str, start: str) -> None:
    desk = Desk()
    desk.say("book lee@example.org")
    desk.say("thursday")

    assert offered(desk, desk.say(text)) == {f"book lee@example.org {start} 1"}


def test_a_number_that_is_no_hour_offered_is_asked_about() -> None:
    desk = Desk()
    desk.say("what's free thursday?")

    assert not offered(desk, desk.say("8"))


@pytest.mark.parametrize("text", ["same time next week", "next week same day and time", "gleiche zeit nächste woche"])
def test_the_same_time_next_week_is_on_the_same_weekday(text: str) -> None:
    desk = Desk()
    desk.say("book lee@example.org friday 3pm")

    assert offered(desk, desk.say(text)) == {"book lee@example.org 13 14:00 1"}
