"""Who is met, who is only told, who comes without a name; names that are words; courtesies that name a day.

Deeds say when in UTC, an hour before Berlin.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import CONTEXT, Desk, booking_with

STANDING = (
    booking_with("Will Turner", date(2026, 3, 5), 10, number=1),
    booking_with("Mark Bell", date(2026, 3, 6), 11, number=2),
    booking_with("Jan Vogel", date(2026, 3, 4), 14, number=3),
)


def said(*texts: str) -> tuple[Desk, str]:
    desk = Desk(context=replace(CONTEXT, people=()), bookings=STANDING)
    replies = [desk.say(text) for text in texts]
    return desk, replies[-1].text


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("move will to friday at 3", "move b1 06 14:00"),
        ("please move mark to friday at 2", "move b2 06 13:00"),
        ("will i be able to move mark to friday 3pm?", "move b2 06 14:00"),
        ("cancel will", "cancel b1"),
        ("can you cancel mark, please", "cancel b2"),
        ("sag jan ab", "cancel b3"),
    ],
)
def test_a_name_that_is_a_word_is_a_name_behind_what_is_done_to_meetings(text: str, deed: str) -> None:
    desk = desk_with(STANDING)

    assert offered(desk, desk.say(text)) == {deed}


@pytest.mark.parametrize("text", ["book will for thursday 2pm", "book mark and will thursday 2pm"])
def test_a_name_that_is_a_word_is_not_lost_from_a_booking(text: str) -> None:
    _, answer = said(text)

    assert "no mail address for" in answer
    assert "Will" in answer


def test_a_word_that_is_no_name_stays_one() -> None:
    _, answer = said("cancel the bill")

    assert "Which one" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "book sam@acme.io thursday 4pm and let nora@example.org know",
        "book sam@acme.io thursday 4pm. give nora@example.org a heads up",
        "buche sam@acme.io am donnerstag um 16 uhr und gib nora@example.org bescheid",
        "réserve sam@acme.io jeudi 16h et préviens nora@example.org",
    ],
)
def test_who_is_only_told_is_spoken_of_and_not_invited(text: str) -> None:
    desk = desk_with(())
    reply = desk.say(text)

    assert offered(desk, reply) == {"book sam@acme.io 05 15:00 1"}
    assert "nora@example.org will hear nothing from me" in reply.text


def test_a_role_that_is_only_told_is_spoken_of() -> None:
    _, answer = said("book nora@example.org friday 10am and tell my boss about it")

    assert "your boss will hear nothing from me" in answer


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("book kim@acme.io and 2 of her colleagues friday 10", "2 of her colleagues"),
        ("book kim@acme.io and a colleague friday 10", "a colleague"),
        ("book kim@acme.io +1 friday 10", "+1"),
        ("book kim@acme.io with her team friday 10", "her team"),
        ("book kim@acme.io & co friday 10", "co"),
        ("book kim@acme.io and my boss friday 10", "my boss"),
        ("buche kim@acme.io und zwei kollegen freitag 10 uhr", "zwei kollegen"),
        ("reserva con kim@acme.io y dos colegas el viernes a las 10", "dos colegas"),
        ("réserve kim@acme.io et deux collègues vendredi 10h", "deux collègues"),
    ],
)
def test_who_is_to_come_without_a_name_is_asked_about(text: str, who: str) -> None:
    desk, answer = said(text)

    assert f"Who is “{who}”?" in answer
    assert not offered(desk, desk.say(text))


@pytest.mark.parametrize(
    "text",
    [
        "book kim@acme.io and her boss lee@acme.io friday 10",
        "book kim@acme.io about her boss and the guy from sales friday 10",
        "book kim@acme.io friday 10am UTC+1",
    ],
)
def test_nobody_is_missing_where_everybody_is_named(text: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {"book kim@acme.io 06 09:00 1"}


@pytest.mark.parametrize(
    "text", ["book room 4 for thursday 2pm", "need a room tomorrow at 1", "reserve room b tomorrow"]
)
def test_a_room_alone_is_no_meeting(text: str) -> None:
    _, answer = said(text)

    assert "cannot reserve rooms" in answer


@pytest.mark.parametrize(
    "text",
    [
        "see you monday at 9",
        "thx! see you monday at 9",
        "have a great thursday",
        "talk to you tomorrow at 10",
        "ok great, see ya tomorrow at 3",
        "danke, schönen donnerstag noch",
        "wir sehen uns donnerstag um 3",
        "merci beaucoup, à lundi",
        "gracias! nos vemos el jueves a las 3",
        "até amanhã",
        "bedankt, tot maandag",
    ],
)
def test_a_courtesy_plans_nothing_whatever_day_it_names(text: str) -> None:
    desk = desk_with(())
    reply = desk.say(text)

    assert not reply.choices
    assert not reply.card


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("see kim@acme.io friday at 9", "book kim@acme.io 06 08:00 1"),
        ("see you monday, and book kim@acme.io thursday at 3", "book kim@acme.io 05 14:00 1"),
        ("i'd like to see you thursday at 3 with kim@acme.io", "book kim@acme.io 05 14:00 1"),
    ],
)
def test_a_courtesy_beside_a_wish_takes_nothing_from_it(text: str, deed: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {deed}


@pytest.mark.parametrize(
    "text",
    [
        "remind me of the thursday meeting an hour before",
        "remind me an hour before thursday's meeting",
        "erinnere mich eine stunde vor dem termin am donnerstag",
        "rappelle-moi la réunion de jeudi une heure avant",
    ],
)
def test_a_reminder_of_one_meeting_is_of_that_one_alone(text: str) -> None:
    _, answer = said(text)

    assert answer == "I will remind you of Intro with Will Turner on Thu 5 Mar 09:00 Berlin."


@pytest.mark.parametrize(
    "text", ["is sam on vacation next week", "my boss is on vacation next week", "am i on vacation next week?"]
)
def test_nobody_elses_absence_closes_a_day(text: str) -> None:
    desk = desk_with(())

    assert not offered(desk, desk.say(text))


@pytest.mark.parametrize("text", ["is kim free thursday at 2?", "does kim have time friday", "wann hat kim zeit"])
def test_whose_calendar_cannot_be_seen_is_said(text: str) -> None:
    _, answer = said(text)

    assert "I know nobody here called Kim, so only your own times count." in answer


@pytest.mark.parametrize(
    "text", ['please rename thursday\'s meeting to "Friday prep"', "could you rename my thursday meeting Friday prep"]
)
def test_a_new_name_for_what_stands_cannot_be_given(text: str) -> None:
    desk, answer = said(text)

    assert "cannot change a meeting that stands" in answer
    assert not offered(desk, desk.say(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Buche Herrn August (august@firma.de) am Freitag um 9", "August"),
        ("buche meier (meier@firma.de) freitag 9 uhr", "Meier"),
        ("Termin mit Frau Dr. Mai, mai@praxis.de, Freitag 9 Uhr", "Dr. Mai"),
        ("book dr. patel, patel@clinic.org, friday 9am", "Dr. Patel"),
    ],
)
def test_a_title_and_a_verb_are_no_part_of_a_name(text: str, name: str) -> None:
    _, answer = said(text)

    assert f"with {name} (" in answer
    assert "no mail address" not in answer


def test_a_courtesy_is_no_second_person() -> None:
    _, answer = said("Buche Frau Müller <mueller@firma.de> am Freitag um 9")

    assert "no mail address" not in answer


SAMS = (
    booking_with("Sam Ng", date(2026, 3, 5), 10, number=1),
    booking_with("Sam Ortiz", date(2026, 3, 6), 11, number=2),
)


@pytest.mark.parametrize(
    ("text", "deed"),
    [("cancel sam n", "cancel b1"), ("move sam o to friday 2pm", "move b2 06 13:00"), ("cancel sam o.", "cancel b2")],
)
def test_an_initial_tells_which_of_two_of_one_name(text: str, deed: str) -> None:
    desk = desk_with(SAMS)

    assert offered(desk, desk.say(text)) == {deed}


@pytest.mark.parametrize(
    "text",
    [
        "did you cancel sam ng?",
        "did you move sam ng to friday?",
        "have you cancelled sam ng yet?",
        "was sam ng's meeting cancelled?",
        "i didn't cancel sam ng",
        "i just moved sam ng to friday",
        "great job moving sam ng to friday",
        "glad sam ng could move to friday",
        "so glad sam ng moved to friday",
        "sorry for cancelling sam ng",
        "hast du sam ng schon verschoben?",
        "as-tu annulé sam ng ?",
    ],
)
def test_what_was_done_is_no_order(text: str) -> None:
    desk = desk_with(SAMS)

    assert not offered(desk, desk.say(text))


@pytest.mark.parametrize("text", ["could you cancel sam ng?", "please cancel sam ng", "i need you to cancel sam ng"])
def test_an_order_put_as_a_question_is_one(text: str) -> None:
    desk = desk_with(SAMS)

    assert offered(desk, desk.say(text)) == {"cancel b1"}
