"""Below what was just shown: the other one, so much later, what else is on that day, another name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import ABILITIES, CONTEXT, Desk, booking_with

from bot.dialogue.families import booking_of

THURSDAY, FRIDAY = date(2026, 3, 5), date(2026, 3, 6)


def two_meetings() -> Desk:
    """A desk with Ada's meeting on Thursday at 12:00 and Ben's on Friday at 14:00, in Berlin."""
    return desk_with((booking_with("Ada Orth", THURSDAY, 12, number=1), booking_with("Ben Vale", FRIDAY, 14, number=2)))


OTHERS = ["the other one", "no, the other one", "not that one", "sorry, the other meeting", "den anderen", "non quello"]


@pytest.mark.parametrize("text", OTHERS)
def test_the_other_one_is_not_the_one_on_the_card(text: str) -> None:
    desk = two_meetings()
    assert offered(desk, desk.say("cancel ada")) == {"cancel b1"}

    assert offered(desk, desk.say(text)) == {"cancel b2"}


def test_the_other_one_is_moved_to_the_time_that_was_said() -> None:
    desk = two_meetings()
    desk.say("move ada to friday 10am")

    assert offered(desk, desk.say("not that one")) == {"move b2 06 09:00"}


@pytest.mark.parametrize("text", ["the other type please", "the other kind"])
def test_the_other_event_type_is_looked_for_in_the_same_time(text: str) -> None:
    desk = Desk()
    desk.say("any time friday morning for an intro?")

    reply = desk.say(text)

    assert "Deep dive (60 min)" in reply.text
    assert "Fri 6 Mar" in reply.text


LATER = [
    ("the second one an hour later please", "move b2 06 14:00"),
    ("push the 2nd by an hour", "move b2 06 14:00"),
    ("the first one half an hour earlier", "move b1 05 10:30"),
    ("den zweiten bitte eine stunde später", "move b2 06 14:00"),
]


@pytest.mark.parametrize(("text", "moved"), LATER)
def test_one_of_a_list_so_much_later_is_moved(text: str, moved: str) -> None:
    desk = two_meetings()
    desk.say("what's on this week?")

    assert offered(desk, desk.say(text)) == {moved}


def test_so_much_later_below_several_meetings_asks_which() -> None:
    desk = two_meetings()
    desk.say("what's on this week?")

    reply = desk.say("half an hour later")

    assert offered(desk, reply) == set()
    assert "Which one shall I move?" in reply.text


def test_so_much_later_below_free_times_books_nothing_from_now() -> None:
    desk = Desk()
    desk.say("what's free on thursday?")

    reply = desk.say("half an hour later")

    assert offered(desk, reply) == set()
    assert "Fri 6 Mar" in reply.text


@pytest.mark.parametrize("text", ["push both of them back by an hour", "move both of them an hour later"])
def test_both_are_moved_by_an_amount(text: str) -> None:
    desk = two_meetings()

    assert offered(desk, desk.say(text)) == {"move b1 05 12:00", "move b2 06 14:00"}


@pytest.mark.parametrize("text", ["do i have anything right before it?", "what else do i have that day?"])
def test_what_lies_beside_the_time_on_the_card_is_listed(text: str) -> None:
    desk = two_meetings()
    desk.say("book intro with lee@example.org thursday at 2pm")

    reply = desk.say(text)

    assert "Ada Orth" in reply.text
    assert "Ben Vale" not in reply.text


def test_what_is_after_a_list_are_the_meetings_of_the_days_behind() -> None:
    desk = two_meetings()
    desk.say("what's on this week?")

    assert "Mon 9 Mar" in desk.say("thanks! what's after that?").text


@pytest.mark.parametrize("text", ["call it harvest", "name it harvest", "nenn es harvest"])
def test_a_name_that_is_given_below_a_card_is_what_it_is_about(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday at 2pm")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 05 13:00 1"}
    assert "harvest" in reply.text.lower() or any("harvest" in str(part).lower() for part in reply.parts)


def test_call_it_off_is_no_name() -> None:
    desk = two_meetings()
    desk.say("move ada to friday 10am")

    assert offered(desk, desk.say("call it off")) == {"cancel b1"}


def test_a_name_that_is_given_to_one_of_a_list_is_its_title() -> None:
    desk = two_meetings()
    desk.context = replace(CONTEXT, capabilities=replace(ABILITIES, changes_entries=True))
    desk.say("what's on this week?")

    reply = desk.say("call the first one harvest")

    assert offered(desk, reply) == {"ChangeEntry"}
    assert "Ada Orth" in reply.text
    assert "harvest" in reply.text


NEW_TYPES = [("hidden please", "hidden"), ("call it tea", "event type tea"), ("25 would be better", "25 min")]


@pytest.mark.parametrize(("text", "told"), NEW_TYPES)
def test_what_is_said_of_a_new_event_type_changes_its_card(text: str, told: str) -> None:
    desk = Desk()
    desk.say("create an event type coffee 20 minutes")

    reply = desk.say(text)

    assert offered(desk, reply) == {"CreateEventType"}
    assert told in reply.text


def test_where_a_new_event_type_takes_place_is_not_left_out_in_silence() -> None:
    desk = Desk()
    desk.say("create an event type coffee 20 minutes")

    assert "cannot be set on this card" in desk.say("on zoom").text


@pytest.mark.parametrize("text", ["just the first two", "only the first two please"])
def test_a_series_is_cut_to_its_first_dates(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org every monday at 2pm")

    assert len(offered(desk, desk.say(text))) == 2


@pytest.mark.parametrize("text", ["wrong person, it's kim@example.org", "wrong guest: kim@example.org"])
def test_whoever_was_the_wrong_person_is_not_joined_by_the_right_one(text: str) -> None:
    desk = Desk()
    desk.press(desk.say("book intro with lee@example.org thursday at 2pm"), "Book")

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "cannot be changed" in reply.text


def test_the_week_after_a_time_on_a_card_is_its_weekday() -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday at 2pm")

    assert offered(desk, desk.say("and also the week after")) == {
        "book lee@example.org 05 13:00 1",
        "book lee@example.org 12 13:00 1",
    }


HOURS = [
    ("start at 10", "Mon–Fri 10:00–16:00"),
    ("no, till 6", "Mon–Fri 09:00–18:00"),
    ("not on wednesdays", "Mon, Tue, Thu and Fri 09:00–16:00"),
    ("lunch break 12 to 1", "Mon–Fri 09:00–12:00; Mon–Fri 13:00–16:00"),
]


@pytest.mark.parametrize(("text", "hours"), HOURS)
def test_below_hours_a_few_words_change_what_they_name(text: str, hours: str) -> None:
    desk = Desk()
    desk.say("set my hours to 9 to 4")

    reply = desk.say(text)

    assert offered(desk, reply)
    assert f"to {hours}?" in reply.text


def test_below_the_hours_that_stand_another_beginning_is_a_card() -> None:
    desk = Desk()
    desk.say("what are my working hours")

    assert "to Mon–Fri 10:00–17:00?" in desk.say("start at 10").text


def test_days_off_until_a_weekday_begin_where_they_began() -> None:
    desk = desk_without_away()
    desk.say("take friday off")

    assert "Fri 6 Mar to Wed 11 Mar" in desk.say("until wednesday").text


def test_half_a_day_off_is_asked_about() -> None:
    desk = desk_without_away()
    desk.say("take friday off")
    reply = desk.say("make it half a day")
    assert offered(desk, reply) == set()
    assert "Which half" in reply.text

    assert offered(desk, desk.say("the afternoon")) == {"06 09:00-12:00"}


def desk_without_away() -> Desk:
    return Desk(context=replace(CONTEXT, capabilities=replace(ABILITIES, absence=False)))


@pytest.mark.parametrize("text", ["not on thursday, sorry", "not on thursday"])
def test_not_then_below_what_was_booked_moves_it(text: str) -> None:
    desk = Desk()
    desk.press(desk.say("book intro with lee@example.org thursday at 2pm"), "Book")
    booking = booking_of(desk.conversation.request)
    assert booking is not None
    desk.bookings = (booking,)

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "Where shall Intro" in reply.text
    assert "Thu 5 Mar 0" not in reply.text


def test_why_not_another_day_below_a_card_is_a_proposal() -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday at 2pm")

    assert offered(desk, desk.say("why not friday?")) == {"book lee@example.org 06 13:00 1"}


@pytest.mark.parametrize("text", ["i can't do the morning", "can't do mornings"])
def test_what_does_not_suit_goes_out_of_the_times(text: str) -> None:
    desk = Desk()
    desk.say("what's free on thursday?")

    reply = desk.say(text)

    assert "Thu 5 Mar" in reply.text
    assert "09:00" not in reply.text


def test_and_somebody_too_is_about_both_in_german() -> None:
    desk = two_meetings()
    desk.say("sag ada ab")

    assert offered(desk, desk.say("und ben auch")) == {"cancel b1", "cancel b2"}


def test_where_one_of_a_list_is() -> None:
    desk = two_meetings()
    desk.say("what's on this week?")

    assert "Ben Vale" in desk.say("where is the second one?").text


@pytest.mark.parametrize("text", ["make ada's meeting friday at 1pm", "move ada's to friday 1pm"])
def test_somebodys_meeting_is_made_another_time(text: str) -> None:
    desk = two_meetings()

    assert offered(desk, desk.say(text)) == {"move b1 06 12:00"}


@pytest.mark.parametrize("before", ["what's on this week?", "book intro with lee@example.org thursday at 2pm"])
def test_a_title_that_is_changed_is_no_kind_of_meeting(before: str) -> None:
    desk = desk_with((booking_with("Ada Orth", THURSDAY, 12, number=1),))
    desk.context = replace(CONTEXT, capabilities=replace(ABILITIES, changes_entries=True))
    desk.say(before)

    reply = desk.say("change the title to harvest review")

    assert "harvest review" in reply.text or any("harvest review" in str(part) for part in reply.parts)


def test_who_else_is_free_lists_no_times() -> None:
    desk = Desk()
    desk.say("what's free on thursday?")

    assert "Name them" in desk.say("who else is free then?").text


SKIPPED = [("skip the second one", "12"), ("without the last one", "26")]


@pytest.mark.parametrize(("text", "gone"), SKIPPED)
def test_one_date_of_a_series_is_left_out_by_its_number(text: str, gone: str) -> None:
    desk = Desk()
    before = offered(desk, desk.say("book intro with lee@example.org every thursday at 2pm"))

    after = offered(desk, desk.say(text))

    assert {one.split()[2] for one in before - after} == {gone}


@pytest.mark.parametrize("text", ["until when?", "how long is it held", "bis wann", "hasta cuándo?"])
def test_how_long_a_hold_stands_is_told(text: str) -> None:
    desk = Desk()
    desk.press(desk.say("hold thursday 2pm"), "Hold")

    assert "is held until" in desk.say(text).text


WRONG = [
    ("cancel ada", "not ada"),
    ("cancel ada", "wrong ada"),
    ("move ada to friday 10am", "not this ada"),
    ("sag ada ab", "nicht ada"),
    ("sag ada ab", "falsche ada"),
]


@pytest.mark.parametrize(("before", "text"), WRONG)
def test_the_meeting_of_whoever_is_not_meant_stays(before: str, text: str) -> None:
    desk = two_meetings()
    assert offered(desk, desk.say(before))

    reply = desk.say(text)

    assert "Nothing changed" in reply.text
    assert not offered(desk, reply)


@pytest.mark.parametrize("text", ["that's the wrong kim", "wrong kim", "not that kim", "i meant another kim"])
def test_whoever_is_not_meant_is_booked_no_longer(text: str) -> None:
    desk = two_meetings()
    desk.say("book kim@example.org friday at 2")

    reply = desk.say(text)

    assert "Who is it for?" in reply.text
    assert not any(deed.startswith("book ") for deed in offered(desk, reply))


@pytest.mark.parametrize("text", ["instead of cy, kim@example.org", "rather than cy, kim@example.org"])
def test_who_stands_behind_the_one_left_out_comes(text: str) -> None:
    desk = two_meetings()
    desk.say("book cy@example.org friday at 2")

    assert offered(desk, desk.say(text)) == {"book kim@example.org 06 13:00 1"}


@pytest.mark.parametrize(("before", "text"), [("", " for 2 days"), ("", " for 36 hours"), ("|", "for 4 weeks")])
def test_no_meeting_lasts_days(before: str, text: str) -> None:
    desk = two_meetings()
    said = "book cy@example.org friday at 2"
    reply = desk.say(said + text) if not before else (desk.say(said), desk.say(text))[1]

    assert "No meeting lasts that long" in reply.text
    assert not offered(desk, reply)


def test_so_many_weeks_below_a_series_are_its_length() -> None:
    desk = two_meetings()
    desk.say("book cy@example.org every monday at 2")

    assert len(offered(desk, desk.say("for 3 weeks"))) == 3
