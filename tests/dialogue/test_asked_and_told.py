"""What a text leaves open is asked about, what it leaves out is left alone, and what cannot be done is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rooms import BERLIN, CONTEXT, Desk, booking_with

from bot.dialogue.cards import WriteOut
from bot.scheduling.models import Person
from bot.scheduling.writes import BookSlot, CancelBooking, ChangeSchedule, MoveBooking, Write

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply
    from bot.scheduling.models import Booking

LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1)
OMAR = booking_with("Omar Haddad", date(2026, 3, 6), 11, number=2)
TIA = booking_with("Tia Novak", date(2026, 3, 4), 15, number=3)


def desk(*bookings: Booking) -> Desk:
    return Desk(context=replace(CONTEXT, people=()), bookings=bookings)


def writes(talk: Desk, reply: Reply) -> list[Write]:
    card = talk.cards.get(reply.card)
    options = card.options if card is not None else ()
    return [write for option in options if isinstance(option.press, WriteOut) for write in option.press.writes]


def cancelled(talk: Desk, reply: Reply) -> set[str]:
    return {write.booking for write in writes(talk, reply) if isinstance(write, CancelBooking)}


@pytest.mark.parametrize(
    "text",
    [
        "cancel everything this week apart from lena",
        "cancel all my meetings but lena",
        "sag alle Termine ab außer lena",
        "cancela todas las reuniones menos lena",
    ],
)
def test_who_is_excepted_keeps_their_meeting(text: str) -> None:
    talk = desk(LENA, OMAR, TIA)

    assert cancelled(talk, talk.say(text)) == {"b2", "b3"}


@pytest.mark.parametrize(
    "text", ["cancel lena and omar", "storniere die Termine mit lena und omar", "cancela a lena y a omar"]
)
def test_two_people_are_two_meetings_on_one_card(text: str) -> None:
    talk = desk(LENA, OMAR, TIA)

    assert cancelled(talk, talk.say(text)) == {"b1", "b2"}


def test_who_has_no_meeting_is_named() -> None:
    talk = desk(LENA, OMAR)

    reply = talk.say("cancel lena and bob")

    assert "no meeting with" in reply.text
    assert "ob" in reply.text


def test_two_meetings_are_swapped_by_three_moves_of_one_card() -> None:
    talk = desk(LENA, OMAR)

    moves = [write for write in writes(talk, talk.say("swap lena and omar")) if isinstance(write, MoveBooking)]

    assert [move.booking for move in moves] == ["b1", "b2", "b1"]
    assert moves[1].slot.start == LENA.slot.start
    assert moves[2].slot.start == OMAR.slot.start
    assert moves[2].old == moves[0].slot


def test_several_meetings_go_to_another_day_each_at_its_own_time() -> None:
    talk = desk(LENA, OMAR)

    moves = [
        write for write in writes(talk, talk.say("move lena and omar to monday")) if isinstance(write, MoveBooking)
    ]

    assert [move.booking for move in moves] == ["b1", "b2"]
    assert [move.slot.start.time() for move in moves] == [LENA.slot.start.time(), OMAR.slot.start.time()]


def test_two_meetings_that_cannot_both_go_there_are_asked_about() -> None:
    talk = desk(LENA, OMAR)

    reply = talk.say("move lena and omar to friday 3pm")

    assert "Which one shall I move?" in reply.text
    assert not writes(talk, reply)


def test_a_day_against_its_date_is_asked_with_both_as_buttons() -> None:
    talk = desk()

    reply = talk.say("book omar@example.org tuesday 5 march 2pm")
    labels = [choice.label for choice in reply.choices]

    assert not writes(talk, reply)
    assert any("5 Mar" in label for label in labels)
    assert len(labels) >= 2


def test_the_reading_that_is_pressed_becomes_the_card() -> None:
    talk = desk()
    reply = talk.say("book omar@example.org tuesday 5 march 2pm")
    label = next(choice.label for choice in reply.choices if "5 Mar" in choice.label)

    card = talk.press(reply, label)

    assert [write.slot.start.day for write in writes(talk, card) if isinstance(write, BookSlot)] == [5]


def test_two_acts_are_asked_about_and_either_can_be_pressed() -> None:
    talk = desk(LENA)

    reply = talk.say("book omar@example.org on thursday at 2pm and cancel lena")
    second = talk.press(reply, next(choice.label for choice in reply.choices if "cancel" in choice.label))

    assert not writes(talk, reply)
    assert cancelled(talk, second) == {"b1"}


def test_a_condition_is_left_out_only_by_a_press() -> None:
    talk = desk()

    reply = talk.say("book omar@example.org thursday 2pm if tia agrees")
    card = talk.press(reply, reply.choices[0].label)

    assert any(isinstance(write, BookSlot) for write in writes(talk, card))


@pytest.mark.parametrize(
    "text",
    [
        "rename my meeting with lena to Review",
        "shorten lena to 15 minutes",
        "add a note to my meeting with lena",
        "take tia off my meeting with lena",
        "resend the invite to lena",
        "cancel lena without telling her",
        "nenne das Treffen mit lena in Auftakt um",
    ],
)
def test_what_cannot_be_changed_is_said_without_a_card(text: str) -> None:
    talk = desk(LENA, OMAR)

    reply = talk.say(text)

    assert "cannot" in reply.text
    assert not writes(talk, reply)


def test_what_is_taken_back_in_the_same_breath_changes_nothing() -> None:
    talk = desk(LENA)

    reply = talk.say("move lena to friday 2pm, actually no, leave it")

    assert "nothing was changed" in reply.text
    assert not writes(talk, reply)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("push lena back an hour", (5, 13)),
        ("verschiebe lena um eine stunde nach hinten", (5, 13)),
        ("bring lena forward by a day", (4, 12)),
        ("aplaza la reunión con lena una semana", (12, 12)),
    ],
)
def test_a_move_counts_from_the_booking(text: str, start: tuple[int, int]) -> None:
    talk = desk(LENA)

    moved = [write.slot.start for write in writes(talk, talk.say(text)) if isinstance(write, MoveBooking)]

    assert [(one.day, one.hour + 1) for one in moved] == [start]


def test_her_time_is_asked_about_where_her_zone_is_not_known() -> None:
    talk = desk()

    reply = talk.say("book omar@example.org thursday 3pm his time")

    assert "time zone" in reply.text
    assert not writes(talk, reply)


def test_a_stay_holds_for_its_days_only() -> None:
    talk = desk()
    talk.say("i'm in lisbon from 9 to 13 march")

    here, there = talk.say("book omar@example.org tomorrow 2pm"), talk.say("book omar@example.org on 10 march at 2pm")

    assert "14:00–14:30 Berlin" in here.text
    assert "Lisbon" in there.text


@pytest.mark.parametrize("text", ["can't do friday", "i'm not available on friday", "el viernes no estoy disponible"])
def test_a_day_that_does_not_suit_is_a_day_off_not_a_cancellation(text: str) -> None:
    talk = desk(LENA)

    reply = talk.say(text)

    assert "Fri 6 Mar" in reply.text
    assert not cancelled(talk, reply)


def test_never_on_mondays_shows_the_week_before_and_after() -> None:
    talk = desk()

    reply = talk.say("never book me on mondays")

    assert "Mon–Fri" in reply.text
    assert "Tue–Fri" in reply.text


def test_a_day_that_stays_open_is_not_closed() -> None:
    talk = desk()

    reply = talk.say("leave wednesday open please")

    assert not writes(talk, reply)


def test_an_address_is_never_widened_to_a_namesake() -> None:
    sam = replace(booking_with("Sam Ortiz", date(2026, 3, 6), 11, number=4))
    talk = desk(sam)

    reply = talk.say("cancel my meeting with sam2@example.org")

    assert not cancelled(talk, reply)


def test_a_wish_after_help_is_a_wish() -> None:
    talk = desk()
    talk.say("help")

    reply = talk.say("thursday 3pm with omar@example.org")

    assert any(isinstance(write, BookSlot) for write in writes(talk, reply))


def test_a_clock_elsewhere_is_told_and_nothing_is_booked() -> None:
    talk = desk()

    reply = talk.say("what time is friday 3pm in tokyo")

    assert "15:00 Berlin is" in reply.text
    assert "23:00 Tokyo" in reply.text
    assert not writes(talk, reply)


def test_days_abroad_are_those_of_the_stay() -> None:
    reply = desk().say("i'll be in new york next week, what's free there on tuesday")

    assert "Tue 10 Mar" in reply.text
    assert "Tue 3 Mar" not in reply.text
    assert "New York" in reply.text


def test_a_stretch_that_no_type_takes_is_said() -> None:
    reply = desk().say("book omar@example.org tomorrow 2-2:15")

    assert "15 min" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "how late is it in sydney",
        "wie spät ist es in sydney",
        "qué hora es en sydney",
        "quelle heure est-il à sydney",
        "che ore sono a sydney",
        "que horas são em sydney",
        "悉尼现在几点",
        "シドニーは今何時ですか",
    ],
)
def test_the_time_elsewhere_is_told_in_every_language(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "Mon 2 Mar 20:00 Sydney" in reply.text
    assert not reply.card


def test_a_time_there_is_told_on_the_clock_of_a_third_place() -> None:
    assert "17:00 Lisbon is Tue 3 Mar 02:00 Tokyo" in desk().say("what time is 5pm lisbon in tokyo").text


def test_the_time_at_home_is_told_once() -> None:
    assert desk().say("how late is it in berlin").text == "It is 10:00 on Mon 2 Mar in Berlin."


def starts(talk: Desk) -> set[tuple[int, int]]:
    """(day, hour) of what was offered last."""
    return {(one.start.astimezone(BERLIN).day, one.start.astimezone(BERLIN).hour) for one in talk.conversation.offered}


@pytest.mark.parametrize(
    "text",
    [
        "free wednesday to friday? not mornings",
        "what's open wednesday to friday but no mornings",
        "was ist mittwoch bis freitag frei, aber nicht vormittags",
    ],
)
def test_hours_without_a_day_are_left_out_on_every_day(text: str) -> None:
    talk = desk()

    talk.say(text)

    assert len({day for day, _ in starts(talk)}) > 1
    assert min(hour for _, hour in starts(talk)) >= 12


@pytest.mark.parametrize("text", ["can't do mornings actually", "not in the morning", "nicht vormittags"])
def test_hours_ruled_out_take_the_clock_with_them_and_leave_the_day(text: str) -> None:
    talk = desk()
    talk.say("book sam@example.org on thursday at 10")

    talk.say(text)

    assert {day for day, _ in starts(talk)} == {5}
    assert min(hour for _, hour in starts(talk)) >= 12


@pytest.mark.parametrize("text", ["not tomorrow", "nicht morgen", "pas demain"])
def test_a_day_ruled_out_makes_way_for_the_days_behind_it(text: str) -> None:
    talk = desk()
    talk.say("what's free tomorrow")

    talk.say(text)

    assert min(day for day, _ in starts(talk)) == 4


def hours_written(talk: Desk, reply: Reply) -> list[str]:
    """The other hours of single days that the card writes: «5 off», «5 09:00–12:00»."""
    found = [write.overrides for write in writes(talk, reply) if isinstance(write, ChangeSchedule) and write.overrides]
    return [
        f"{row.day.day} {row.start:%H:%M}–{row.end:%H:%M}" if row.start and row.end else f"{row.day.day} off"
        for rows in found
        for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("i'm off thursday and friday but not friday afternoon", ["5 off", "6 12:00–17:00"]),
        ("i'm off next week except wednesday", [f"{day} off" for day in (9, 10, 12, 13, 14, 15)]),
        ("off thursday but not the afternoon", ["5 12:00–17:00"]),
        ("i'm on vacation monday to wednesday next week, not tuesday", ["9 off", "11 off"]),
        ("i only work mornings next week", [f"{day} 09:00–12:00" for day in (9, 10, 11, 12, 13)]),
        ("i only work 10 to 4 next week", [f"{day} 10:00–16:00" for day in (9, 10, 11, 12, 13)]),
        ("on saturday i work 10 to 2", ["7 10:00–14:00"]),
    ],
)
def test_hours_change_on_the_days_and_for_the_part_that_was_said(text: str, rows: list[str]) -> None:
    talk = desk()

    assert hours_written(talk, talk.say(text)) == rows


def test_hours_of_one_weekday_can_be_for_every_week() -> None:
    talk = desk()

    assert "Every Saturday" in [choice.label for choice in talk.say("on saturday i work 10 to 2").choices]


@pytest.mark.parametrize(
    "text",
    [
        "keep omar, cancel lena",
        "cancel lena and keep omar",
        "leave omar alone and cancel lena",
        "behalte omar, sag lena ab",
    ],
)
def test_who_is_kept_stays_beside_one_who_goes(text: str) -> None:
    talk = desk(LENA, OMAR, TIA)

    assert cancelled(talk, talk.say(text)) == {"b1"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("cancel my next two meetings", {"b1", "b3"}),
        ("cancel the last two", {"b1", "b2"}),
        ("sag die nächsten beiden termine ab", {"b1", "b3"}),
    ],
)
def test_so_many_are_so_many(text: str, gone: set[str]) -> None:
    talk = desk(LENA, OMAR, TIA)

    assert cancelled(talk, talk.say(text)) == gone


def test_so_many_meetings_are_listed() -> None:
    talk = desk(LENA, OMAR, TIA)

    talk.say("show my next two meetings")

    assert [booking.id for booking in talk.conversation.listed] == ["b3", "b1"]


@pytest.mark.parametrize(
    "text",
    [
        "book lea@example.org thursday at 10 and rob@example.org at 11",
        "book lea@example.org thursday at 10 or rob@example.org friday at 11",
        "move lena to thursday 2pm and omar to monday 10",
        "verschiebe lena auf donnerstag 14 uhr und omar auf montag 10 uhr",
    ],
)
def test_two_people_at_two_times_are_two_wishes(text: str) -> None:
    talk = desk(LENA, OMAR)

    reply = talk.say(text)

    assert not writes(talk, reply)
    assert len(reply.choices) == 2


def test_one_of_two_strangers_is_booked_alone() -> None:
    talk = desk()

    reply = talk.say("book lea@example.org or rob@example.org on thursday at 10")

    assert {write.guests for write in writes(talk, reply) if isinstance(write, BookSlot)} == {()}
    assert "rob" in " ".join(choice.label for choice in reply.choices).casefold()


@pytest.mark.parametrize("text", ["none of these", "show me more", "later"])
def test_behind_a_day_that_was_shown_whole_come_the_next_days(text: str) -> None:
    talk = desk()
    talk.say("what's free thursday")

    talk.say(text)

    assert min(day for day, _ in starts(talk)) == 6


def test_a_whole_question_takes_no_clock_from_the_card_before_it() -> None:
    talk = desk()
    talk.say("book lea@example.org thursday at 10")

    reply = talk.say("what's free friday")

    assert not writes(talk, reply)
    assert len(starts(talk)) > 3


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("book lea@example.org tomorrow at 10\n*thursday 2pm", (5, 14)),
        ("book lea@example.org tomorrow at 10\n*11", (3, 11)),
        ("buche lea@example.org morgen um 10 uhr\n*donnerstag", (5, 10)),
        ("book *lea@example.org* *tomorrow* at 10", (3, 10)),
    ],
)
def test_an_asterisk_corrects_and_a_pair_of_them_does_not(text: str, start: tuple[int, int]) -> None:
    talk = desk()

    booked = [write.slot.start for write in writes(talk, talk.say(text)) if isinstance(write, BookSlot)]

    assert [(one.astimezone(BERLIN).day, one.astimezone(BERLIN).hour) for one in booked] == [start]


@pytest.mark.parametrize("text", ["cancel all my meetings", "move all my meetings one hour later"])
def test_what_one_card_cannot_hold_is_said(text: str) -> None:
    many = [booking_with(f"Guest {n}", date(2026, 3, 3 + n), 12, number=n) for n in range(1, 11)]
    talk = desk(*many)

    reply = talk.say(text)

    assert 0 < len(writes(talk, reply)) <= 8
    assert "2 more meetings would fit and stay as they are" in reply.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("when it's 9am in lima, what time is it here?", "09:00 Lima is Tue 3 Mar 15:00 Berlin"),
        (
            "if it's 6pm in dublin on friday what time is that for me",
            "Fri 6 Mar 18:00 Dublin is Fri 6 Mar 19:00 Berlin",
        ),
        ("what will be the time in sydney when it is noon here", "12:00 Berlin is Mon 2 Mar 22:00 Sydney"),
        ("si son las 4 en madrid qué hora es en bogotá", "16:00 Madrid is Mon 2 Mar 10:00 Bogota"),
        ("quand il est 17h à tokyo quelle heure est-il à lisbonne", "17:00 Tokyo is Mon 2 Mar 08:00 Lisbon"),
        ("what's 9 in the morning in perth for us", "09:00 Perth is Tue 3 Mar 02:00 Berlin"),
        ("how late will it be in seoul at 9am berlin time", "09:00 Berlin is Tue 3 Mar 17:00 Seoul"),
        ("qual é a hora em luanda agora?", "10:00 Luanda"),
        ("3pm here is what in denver", "15:00 Berlin is Mon 2 Mar 07:00 Denver"),
        ("current time in são paulo", "06:00 Sao Paulo"),
        ("tell me the time in nairobi", "12:00 Nairobi"),
    ],
)
def test_a_clock_supposed_somewhere_is_told_elsewhere(text: str, told: str) -> None:
    assert told in desk().say(text).text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("i'm in tokyo until wednesday", "Tokyo time for Mon 2 Mar to Wed 4 Mar,"),
        ("bin bis Mittwoch in Lissabon", "Lisbon time for Mon 2 Mar to Wed 4 Mar,"),
        ("je suis à lisbonne jusqu'à mercredi", "Lisbon time for Mon 2 Mar to Wed 4 Mar,"),
        ("ich bin vom 9. bis 13. März in Lissabon", "Lisbon time for Mon 9 Mar to Fri 13 Mar,"),
        ("i'm in lisbon thursday and friday", "Lisbon time for Thu 5 Mar and Fri 6 Mar,"),
        ("i'm in lisbon on friday", "Lisbon time for Fri 6 Mar,"),
        ("from the 9th i'm based in lisbon for two weeks", "Lisbon time for Mon 9 Mar to Sun 22 Mar,"),
        ("set my timezone to lisbon for this week", "Lisbon time for Mon 2 Mar to Sun 8 Mar,"),
        ("ab morgen bin ich eine Woche in Tokio", "Tokyo time for Tue 3 Mar to Mon 9 Mar,"),
        ("i land in tokyo on the 9th and fly home on the 12th", "Tokyo time for Mon 9 Mar to Thu 12 Mar,"),
        ("flying to tokyo tomorrow, back on sunday", "Tokyo time for Tue 3 Mar to Sun 8 Mar,"),
        ("i'll be on lisbon time all next week", "Lisbon time for Mon 9 Mar to Sun 15 Mar,"),
        ("i'm in tokyo from thursday on", "Tokyo time from Thu 5 Mar on"),
    ],
)
def test_a_stay_has_the_days_that_were_said(text: str, days: str) -> None:
    assert days in desk().say(text).text


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("i'm in lisbon on friday, move lena to friday 3pm", "Fri 6 Mar 16:00"),
        ("i'm in lisbon on wednesday, move lena to friday 3pm", "Fri 6 Mar 15:00"),
    ],
)
def test_a_stay_said_beside_a_move_is_not_where_the_meeting_goes(text: str, when: str) -> None:
    talk = desk(LENA)

    reply = talk.say(text)

    assert f"to {when}" in reply.text
    assert [write for write in writes(talk, reply) if isinstance(write, MoveBooking)]


@pytest.mark.parametrize("text", ["取消和林静的会议", "高橋さんとの会議をキャンセル", "マルコとの会議をキャンセル"])
def test_nobody_elses_meeting_is_cancelled_in_scripts_without_spaces(text: str) -> None:
    talk = desk(LENA)

    assert not cancelled(talk, talk.say(text))


@pytest.mark.parametrize("text", ["取消和Lena的会议", "Lenaさんとの会議をキャンセル"])
def test_a_name_in_another_script_is_found(text: str) -> None:
    talk = desk(LENA, OMAR)

    assert cancelled(talk, talk.say(text)) == {"b1"}


@pytest.mark.parametrize(
    "text",
    [
        "book thursday with omar@example.org at 3",
        "put tomorrow with omar@example.org at 11",
        "buche „Intro“ mit omar@example.org am Freitag um 10",
    ],
)
def test_a_day_or_a_type_is_no_topic(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert any(isinstance(write, BookSlot) for write in writes(talk, reply))
    assert "topic" not in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "احجز مع omar@example.org الخميس 2pm",
        "book omar@example.org 14:00 в четверг",
        "목요일 omar@example.org 2pm",
    ],
)
def test_a_day_in_a_script_that_is_not_read_is_no_card_for_today(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "I cannot read" in reply.text
    assert not writes(talk, reply)


def test_an_address_beside_somebody_is_not_theirs() -> None:
    talk = Desk(context=replace(CONTEXT, people=(Person(name="Omar", member="U9"),)))

    reply = talk.say("book <@U9|Omar> and ana.ort@example.org thursday 3pm")

    assert not any(write.attendee.name == "Omar" for write in writes(talk, reply) if isinstance(write, BookSlot))


@pytest.mark.parametrize(
    "text", ["book <@U8|Tia> friday noon for her, that's 1 for me", "<@U8|Tia> friday noon (her time)"]
)
def test_the_clock_that_is_said_first_is_meant(text: str) -> None:
    tia = Person(name="Tia", email="tia@example.org", zone="Europe/London", member="U8")
    talk = Desk(context=replace(CONTEXT, people=(tia,)))

    booked = [write for write in writes(talk, talk.say(text)) if isinstance(write, BookSlot)]

    assert [write.slot.start.astimezone(BERLIN).hour for write in booked] == [13]


@pytest.mark.parametrize(
    "text",
    [
        "reserva con <@U8|Tia> el viernes a las 11 de allí",
        "réserve avec <@U8|Tia> vendredi à 11h chez elle",
        "<@U8|Tia> can we do friday 11:00 your time",
        "buche <@U8|Tia> am Freitag um 11 Uhr dortiger Zeit",
        "marca com <@U8|Tia> sexta às 11 de lá",
        "book 30 min on friday when it's 11am for <@U8|Tia>",
        "meeting with <@U8|Tia> friday 11am - her clock, not mine",
    ],
)
def test_their_clock_is_read_in_every_language(text: str) -> None:
    tia = Person(name="Tia", email="tia@example.org", zone="Europe/London", member="U8")
    talk = Desk(context=replace(CONTEXT, people=(tia,)))

    booked = [write for write in writes(talk, talk.say(text)) if isinstance(write, BookSlot)]

    assert [write.slot.start.astimezone(BERLIN).hour for write in booked] == [12]


@pytest.mark.parametrize(
    "text",
    [
        "buche omar@example.org am Freitag um 11 Uhr Ortszeit Athen",
        "book omar@example.org friday 11am local time in athens",
        "book omar@example.org friday 11am (athens)",
    ],
)
def test_a_place_behind_a_clock_says_whose_it_is(text: str) -> None:
    assert "Fri 6 Mar 10:00–10:30 Berlin (11:00–11:30 Athens)" in desk().say(text).text


def test_an_amount_is_no_clock_elsewhere() -> None:
    assert "to Thu 5 Mar 14:00" in desk(LENA).say("move lena 2 hours later, lisbon time").text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("what time is it for <@U8|Tia>?", "09:00"),
        ("what would 4pm thursday be for <@U8|Tia>", "15:00 London is Thu 5 Mar 16:00 Berlin"),
    ],
)
def test_the_clock_of_a_person_is_told(text: str, told: str) -> None:
    tia = Person(name="Tia", email="tia@example.org", zone="Europe/London", member="U8")

    assert told in Desk(context=replace(CONTEXT, people=(tia,))).say(text).text


@pytest.mark.parametrize("text", ["qué hay libre el martes", "cosa c'è libero martedì", "o que tem livre na terça"])
def test_a_question_for_free_times_takes_no_day_off(text: str) -> None:
    assert "Free for Intro" in desk().say(text).text


def test_an_offset_is_told_as_it_was_said() -> None:
    assert "15:00–15:30 UTC+2" in desk().say("book omar@example.org friday 15:00 UTC+2").text
