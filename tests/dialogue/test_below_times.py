"""Below a card for one time or a list of meetings, a few words change what they name and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from deeds import desk_with, offered
from rooms import DANA, Desk, booking_with

from bot.dialogue.cards import WriteOut
from bot.scheduling.writes import BookSlot, HoldSlot

THURSDAY, TUESDAY = date(2026, 3, 5), date(2026, 3, 10)


def lengths(desk: Desk, card: str) -> set[timedelta]:
    writes = [one for option in desk.cards[card].options if isinstance(option.press, WriteOut) for one in option.writes]
    return {one.slot.end - one.slot.start for one in writes if isinstance(one, BookSlot | HoldSlot)}


@pytest.mark.parametrize(
    "text",
    [
        *("make it till 3", "until 3", "no, till 3", "actually till 3pm", "bis 15 uhr", "hasta las 15", "jusqu'à 15h"),
        *("fino alle 15", "até às 15h", "tot 15 uur", "15時まで", "到15点"),
    ],
)
def test_an_end_below_a_card_keeps_its_beginning(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 04 13:00 2"}
    assert lengths(desk, reply.card) == {timedelta(hours=1)}


@pytest.mark.parametrize("text", ["make it till 1", "bis 13 uhr", "until 1"])
def test_a_hold_that_is_to_end_later_begins_when_it_did(text: str) -> None:
    desk = Desk()
    desk.say("block thursday 11 to 12")

    reply = desk.say(text)

    assert offered(desk, reply) == {"hold 05 10:00"}
    assert "No event type takes 2 h" in reply.text


def test_not_until_is_no_end() -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say("not until 3")

    assert "book lee@example.org 04 13:00 2" not in offered(desk, reply)


@pytest.mark.parametrize(
    "text",
    [
        *("if that's taken, 10", "otherwise 10", "wenn das belegt ist, 10 uhr", "si está ocupado, a las 10"),
        *("sinon plutôt à 10h", "altrimenti alle 10", "senão às 10h", "anders om 10 uur graag"),
    ],
)
def test_what_is_for_when_it_is_taken_leaves_a_free_time_on_the_card(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday 9")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 05 08:00 1"}
    assert "is free" in reply.text


@pytest.mark.parametrize(
    "text", ["in her time", "her time, i mean", "nach ihrer uhr", "en su zona horaria", "in haar tijd"]
)
def test_her_clock_below_a_card_takes_its_figures_on_hers(text: str) -> None:
    lena = booking_with("Lena Ostrow", THURSDAY, 10)
    there = replace(lena, attendees=(replace(lena.attendees[0], zone="Europe/London"),))
    desk = replace(desk_with((there,)), bookings=(there,))
    desk.say("move lena to friday 2pm")

    assert offered(desk, desk.say(text)) == {"move b1 06 14:00"}


def test_her_clock_below_a_new_booking_is_the_attendees() -> None:
    desk = Desk()
    desk.say("book intro with <@dana> thursday 3pm")

    reply = desk.say("in her time")

    assert offered(desk, reply) == {f"book {DANA.email} 05 15:00 1"}


@pytest.mark.parametrize("text", ["just the afternoons", "afternoons", "only afternoons"])
def test_parts_of_the_days_shown_are_no_series(text: str) -> None:
    desk = Desk()
    desk.say("what's free thursday and friday?")

    reply = desk.say(text)

    assert "single bookings" not in reply.text
    assert "09:00" not in reply.text
    assert "Thu 5 Mar" in reply.text
    assert "Fri 6 Mar" in reply.text


@pytest.mark.parametrize(("text", "when"), [("make that two hours", "05 11:00"), ("another half hour", "05 10:30")])
def test_an_amount_below_a_move_by_an_amount_is_how_far_it_goes(text: str, when: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("move lena an hour later")

    assert offered(desk, desk.say(text)) == {f"move b1 {when}"}


def test_a_week_instead_of_a_day_is_no_length() -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("push lena by a day")

    assert offered(desk, desk.say("make that a week")) == {"move b1 12 09:00"}


@pytest.mark.parametrize(
    ("text", "when"),
    [
        *(("make it friday", "06 09:00"), ("can we do friday at 2?", "06 13:00"), ("mach es am freitag", "06 09:00")),
        *(("put it off a week", "12 09:00"), ("push it 30", "05 09:30"), ("verschieb das um eine woche", "12 09:00")),
        *(("ponlo el viernes", "06 09:00"), ("mets-le vendredi", "06 09:00"), ("spostalo a venerdì", "06 09:00")),
        *(("muda para sexta", "06 09:00"), ("zet het op vrijdag", "06 09:00")),
    ],
)
def test_below_the_one_meeting_listed_it_is_that_meeting(text: str, when: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("when do i meet lena")

    assert offered(desk, desk.say(text)) == {f"move b1 {when}"}


@pytest.mark.parametrize("text", ["can we do it earlier?", "können wir das früher machen?"])
def test_earlier_below_the_one_meeting_listed_moves_it(text: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("when do i meet lena")

    reply = desk.say(text)

    assert "Where shall Intro" in reply.text
    assert "09:30" in reply.text


@pytest.mark.parametrize("text", ["and friday?", "friday?", "what about friday"])
def test_another_day_below_a_list_is_still_a_look(text: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("what do i have on thursday")

    assert offered(desk, desk.say(text)) == set()


@pytest.mark.parametrize(
    "text", ["both of them", "both", "all of them", "beide", "los dos", "les deux", "entrambi", "as duas", "allebei"]
)
def test_both_below_the_question_which_is_both(text: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10), booking_with("Lena Ostrow", TUESDAY, 15, number=2)))
    desk.say("cancel lena")

    assert offered(desk, desk.say(text)) == {"cancel b1", "cancel b2"}


@pytest.mark.parametrize("text", ["no, the first", "no the first one", "nein, das erste", "the first one instead"])
def test_another_of_the_list_below_the_card_for_one(text: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10), booking_with("Sam Ng", TUESDAY, 15, number=2)))
    desk.say("what do i have in march")
    assert offered(desk, desk.say("cancel the second")) == {"cancel b2"}

    assert offered(desk, desk.say(text)) == {"cancel b1"}


@pytest.mark.parametrize("text", ["den mit lena aber nicht", "but not lena", "except lena", "pero no la de lena"])
def test_somebody_left_out_below_the_card_for_all(text: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10), booking_with("Sam Ng", TUESDAY, 15, number=2)))
    desk.say("cancel all my meetings")

    assert offered(desk, desk.say(text)) == {"cancel b2"}


FACTS = [
    "i'm at the dentist thursday", "because i'm out on thursday", "thursday is full", "ich bin donnerstag beim zahnarzt",
    "je suis absent jeudi", "el jueves estoy fuera", "giovedì sono fuori", "na quinta estou fora", "donderdag ben ik weg",
    "木曜は出張です", "我周四出差",
]  # fmt: skip


@pytest.mark.parametrize("text", FACTS)
def test_a_day_told_to_be_taken_is_kept_clear_below_free_times(text: str) -> None:
    desk = Desk()
    desk.say("what's free this week")

    reply = desk.say(text)

    assert "Thu 5" not in reply.text
    assert "Wed 4" in reply.text
    assert "Fri 6" in reply.text


@pytest.mark.parametrize("text", [*FACTS, "i have the dentist at 1", "my train leaves on wednesday at 4"])
def test_a_fact_below_a_card_moves_nothing(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 04 13:00 1"}


ABOUT = [
    "it's about the friday release", "this is about thursday's outage", "es geht um die zahlen vom freitag",
    "il s'agit du bilan de vendredi", "es sobre la reunión del lunes", "het gaat over de cijfers van vrijdag",
]  # fmt: skip


@pytest.mark.parametrize("text", ABOUT)
def test_a_day_in_what_it_is_about_moves_no_card(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 04 13:00 1"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("she doesn't work mondays", "Mon 9 Mar"), ("he's on holiday monday and tuesday", "Tue 10 Mar"),
        ("we're on a train all wednesday", "Wed 11 Mar"), ("oh wait, tuesday i'm at my kid's school", "Tue 10 Mar"),
        ("tuesday is the offsite, otherwise fine", "Tue 10 Mar"),
    ],
)  # fmt: skip
def test_a_weekday_told_below_the_times_of_a_week_is_that_weeks(text: str, gone: str) -> None:
    desk = Desk()
    desk.say("when can i meet lee@example.org next week")

    reply = desk.say(text)

    assert "Thu 12 Mar" in reply.text
    assert gone not in reply.text


@pytest.mark.parametrize("text", ["i'm free friday after 3", "my only gap is friday at 3"])
def test_when_somebody_is_free_is_where_a_meeting_under_way_may_go(text: str) -> None:
    desk = desk_with((booking_with("Nora Vale", THURSDAY, 10, number=1),))
    desk.say("move nora")

    reply = desk.say(text)

    assert "Intro with Nora Vale" in reply.text
    assert "Fri 6 Mar 15:00" in reply.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [("because i'm at the dentist thursday", "i'm at the dentist thursday"), ("because she is sick", "she is sick")],
)
def test_a_text_that_only_says_why_is_the_reason_of_a_cancellation(text: str, reason: str) -> None:
    desk = desk_with((booking_with("Nora Vale", THURSDAY, 10, number=1),))
    desk.say("cancel nora")

    reply = desk.say(text)

    assert offered(desk, reply) == {"cancel b1"}
    assert f"Reason: {reason}" in reply.text


@pytest.mark.parametrize("text", ["why?", "why"])
def test_why_is_no_yes(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say(text)

    assert "A typed yes" not in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "find 30 min with lee@example.org by friday", "find 30 min with lee@example.org before saturday",
        "such 30 min mit lee@example.org bis freitag", "find 30 min with lee@example.org until friday",
    ],
)  # fmt: skip
def test_a_day_that_bounds_a_search_is_its_end_and_not_all_of_it(text: str) -> None:
    desk = Desk()

    reply = desk.say(text)

    assert "Tue 3 Mar" in reply.text
    assert "Sat 7" not in reply.text
    assert "Mon 9" not in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "i teach from 10 to 12", "ich hab von 10 bis 12 ein meeting", "je déjeune de 10h à 12h", "de 10 a 12 tengo reunión",
        "dalle 10 alle 12 sono in riunione", "das 10 às 12 tenho reunião", "van 10 tot 12 zit ik in een overleg",
        "10時から12時まで会議です", "10点到12点我要开会",
    ],
)  # fmt: skip
def test_what_takes_an_hour_of_the_day_shown_is_left_out(text: str) -> None:
    desk = Desk()
    desk.say("what's free tomorrow")

    reply = desk.say(text)

    assert "09:30" in reply.text
    assert "12:00" in reply.text
    assert not any(clock in reply.text for clock in ("10:00", "10:30", "11:00", "11:30"))


def test_an_hour_that_is_taken_below_a_card_leaves_its_day() -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say("wait, the fire inspection is wednesday 1 to 3")

    assert "Wed 4 Mar 09:00" in reply.text
    assert "13:00" not in reply.text
    assert "15:00" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "i take 11", "i choose 11:00", "we go with 11", "i pick 11:00", "ich nehme 11 uhr", "je prends 11h", "io prendo le 11",
        "ik neem 11 uur", "eu fico com as 11", "11時にします",
    ],
)  # fmt: skip
def test_what_is_taken_of_the_times_shown_is_picked(text: str) -> None:
    desk = Desk()
    desk.say("find 30 min with lee@example.org tomorrow")

    reply = desk.say(text)

    assert offered(desk, reply) == {"book lee@example.org 03 10:00 1"}


@pytest.mark.parametrize(
    "text", ["the meeting is on thursday", "i said thursday", "kim is on thursday", "it's thursday"]
)
def test_a_day_with_nothing_told_of_it_is_where_the_card_goes(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday 2pm")

    reply = desk.say(text)

    assert offered(desk, reply) <= {"book lee@example.org 05 13:00 1"}


@pytest.mark.parametrize(
    "text",
    [
        "thursday is great", "thursday is the one", "thursday's perfect", "my favourite is thursday", "donnerstag ist super",
        "es ist donnerstag", "el jueves es ideal", "jeudi c'est parfait", "giovedì è perfetto", "quinta é perfeito",
        "donderdag is prima", "i'm happy with thursday", "we're up for thursday",
        "i'm thinking thursday", "ich bin für donnerstag",
        "je suis d'accord pour jeudi", "estoy de acuerdo con el jueves", "sono d'accordo per giovedì", "ik ben voor donderdag",
    ],
)  # fmt: skip
def test_a_day_that_is_praised_below_free_times_is_looked_at(text: str) -> None:
    desk = Desk()
    desk.say("what's free this week")

    reply = desk.say(text)

    assert "Thu 5 Mar" in reply.text
    assert "Wed 4" not in reply.text
