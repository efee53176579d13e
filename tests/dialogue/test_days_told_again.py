"""Days told twice, days that may be clocks, months that are people, own chores, and the first of a series or of every week."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "book kim@acme.io friday at 2pm (the 5th)",
            "book kim@acme.io friday at 2pm (7 march)",
            "hold friday 2pm (the 7th)",
        ),
        *("book kim@acme.io tomorrow 2pm (wednesday)", "book kim@acme.io on the 6th at 2pm (thursday)"),
        *("book kim@acme.io 6 march 2pm, thursday", "move lena to monday 2pm (march 10)"),
        *("buche kim@acme.io freitag um 14 uhr (5.3.)", "book kim@acme.io friday at 2pm (7/3)"),
    ],
)
def test_another_day_behind_the_clock_is_asked_about(text: str) -> None:
    talk = desk_with((LENA,))
    reply = talk.say(text)

    assert "contradicts itself" in reply.text
    assert offered(talk, reply) == set()


@pytest.mark.parametrize(
    "text",
    [
        *("book kim@acme.io friday at 2pm (the 6th)", "book kim@acme.io friday 2pm (mar 6)"),
        *("book kim@acme.io on the 6th at 2pm (friday)", "book kim@acme.io friday at 2pm (first call)"),
        *("book kim@acme.io friday at 2pm (Q2 review)", "buche kim@acme.io 6.3. 14 uhr (freitag)"),
    ],
)
def test_the_same_day_or_a_subject_in_brackets_is_not(text: str) -> None:
    talk = desk_with((LENA,))

    assert offered(talk, talk.say(text)) == {"book kim@acme.io 06 13:00 1"}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("book kim@acme.io tuesday 10", "Tue 10 Mar instead"),
        ("move lena to tuesday 10", "Tue 10 Mar instead"),
        ("book kim@acme.io tuesday at 10", ""),
        ("book kim@acme.io tuesday 11", ""),
        ("book kim@acme.io tuesday 10am", ""),
        ("book kim@acme.io tuesday 3", ""),
    ],
)
def test_an_hour_that_may_be_the_date_has_the_date_beside_it(text: str, other: str) -> None:
    reply = desk_with((LENA,)).say(text)

    assert [one.label for one in reply.choices if one.label.endswith("instead")] == ([other] if other else [])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("June friday at 10", "hold 06 09:00"),
        ("April, tomorrow at 4", "hold 03 15:00"),
        ("june on friday at 10", "hold 06 09:00"),
        ("june 5 friday at 10", "hold 05 08:00"),
        ("june, monday 8 at 10", "hold 08 08:00"),
    ],
)
def test_a_month_in_front_of_a_day_of_this_week_is_who_comes(text: str, held: str) -> None:
    talk = desk_with(())

    assert offered(talk, talk.say(text)) == {held}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        *(("i do the school run at 2", "14:00"), ("i pick up the kids at 3", "15:00"), ("we eat at 12", "12:00")),
        *(("i drop my son off at 9", "09:00"), ("i walk the dog at noon", "12:00"), ("kids swim at 3", "15:00")),
    ],
)
def test_own_chores_below_free_times_take_theirs(text: str, gone: str) -> None:
    talk = desk_with(())
    talk.say("what's free thursday")
    reply = talk.say(text)

    assert offered(talk, reply) == set()
    labels = {one.label for one in reply.choices}
    assert gone not in labels
    assert "10:00" in labels


@pytest.mark.parametrize(
    ("text", "held"),
    [
        *(("i do the 2pm one", "13:00"), ("i'll pick the one at 2", "13:00"), ("i pick 2pm", "13:00")),
        *(("i do the earlier one", "08:00"), ("we do the 2pm slot", "13:00")),
    ],
)
def test_what_was_offered_is_no_chore(text: str, held: str) -> None:
    talk = desk_with(())
    talk.say("what's free thursday")

    assert offered(talk, talk.say(text)) == {f"hold 05 {held}"}


@pytest.mark.parametrize("text", ["any morning but monday", "any morning next week but monday"])
def test_any_part_of_the_day_but_one_weekday(text: str) -> None:
    talk = desk_with(())
    talk.say("what's free next week")
    shown = talk.say(text).text

    assert "Tue 10 Mar 09:00" in shown
    assert "Mon" not in shown
    assert "14:00" not in shown


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("the first saturday only", set()),
        ("only the first saturday", set()),
        ("only saturday the 7th", {"07 10:00-14:00"}),
        ("only on the first saturday in march", {"07 10:00-14:00"}),
        ("only on saturday the 7th and the 14th", {"07 10:00-14:00; 14 10:00-14:00"}),
    ],
)
def test_dates_below_hours_of_every_week_are_no_week(text: str, deeds: set[str]) -> None:
    talk = desk_with(())
    talk.say("open saturdays 10 to 2")

    assert offered(talk, talk.say(text)) == deeds


@pytest.mark.parametrize(
    ("text", "day"), [("the first tuesday only", "03"), ("only the second tuesday", "10"), ("only the 10th", "10")]
)
def test_one_date_of_a_series_by_its_place(text: str, day: str) -> None:
    talk = desk_with(())
    talk.say("book kim@acme.io every tuesday at 10")

    assert offered(talk, talk.say(text)) == {f"book kim@acme.io {day} 09:00 1"}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("half past", "book kim@acme.io 06 09:30 1"),
        ("make it half past", "book kim@acme.io 06 09:30 1"),
        ("half past 2", "book kim@acme.io 06 13:30 1"),
        ("10-11", "book kim@acme.io 06 09:00 2"),
        ("hour later", "book kim@acme.io 06 10:00 1"),
        ("week later", "book kim@acme.io 13 09:00 1"),
    ],
)
def test_a_few_words_below_the_card_for_ten(text: str, deed: str) -> None:
    talk = desk_with(())
    talk.say("book kim@acme.io friday at 10")

    assert offered(talk, talk.say(text)) == {deed}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("move lena a fortnight out", "move b1 19 09:00"),
        ("move lena to friday 3-3.30", "move b1 06 14:00"),
        ("move my 10am thursday to 3-3.30", "move b1 05 14:00"),
        ("move lena to friday 3-4", ""),
    ],
)
def test_moves_by_a_fortnight_and_into_their_own_length(text: str, deed: str) -> None:
    talk = desk_with((LENA,))

    assert offered(talk, talk.say(text)) == ({deed} if deed else set())


@pytest.mark.parametrize("text", ["mondays are tough", "monday is tricky", "monday is impossible for me"])
def test_hard_days_below_free_times_are_left_out(text: str) -> None:
    talk = desk_with(())
    talk.say("what's free next week")
    shown = talk.say(text).text

    assert "Tue 10 Mar 09:00" in shown
    assert "Mon" not in shown
