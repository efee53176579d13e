"""Below event types, hours, holds and meetings, a few words are about what was shown or made last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from deeds import desk_with, offered, writes_below
from rooms import ABILITIES, CONTEXT, DEEP, INTRO, Desk, booking_with

from bot.dialogue.cards import WriteOut
from bot.scheduling.writes import ChangeEventType, ChangeSchedule, CreateLink, CreateWebhook, DeleteEventType, Write

THURSDAY, TUESDAY, APRIL = date(2026, 3, 5), date(2026, 3, 10), date(2026, 4, 7)
ABLE = replace(CONTEXT, capabilities=replace(ABILITIES, deletes=True, links=True))


def first_write(desk: Desk, card: str) -> Write | None:
    options = desk.cards[card].options if card in desk.cards else ()
    presses = (option.press for option in options if isinstance(option.press, WriteOut))
    return next((press.writes[0] for press in presses), None)


@pytest.mark.parametrize("text", ["link to the second", "send me the link of the second one"])
def test_a_link_to_the_second_of_the_types_shown(text: str) -> None:
    desk = Desk(context=ABLE)
    desk.say("show my event types")

    write = first_write(desk, desk.say(text).card)

    assert isinstance(write, CreateLink)
    assert write.event_type == DEEP.id
    assert write.expires_at is None


@pytest.mark.parametrize("text", ["hide the second one", "blende den zweiten aus", "hide the last one please"])
def test_the_second_of_the_types_shown_is_hidden(text: str) -> None:
    desk = Desk(context=ABLE)
    desk.say("show my event types")

    write = first_write(desk, desk.say(text).card)

    assert isinstance(write, ChangeEventType)
    assert (write.event_type, write.is_hidden) == (DEEP.id, True)


@pytest.mark.parametrize("before", ["show my event types", "delete an event type"])
def test_the_first_of_the_types_shown_is_deleted(before: str) -> None:
    desk = Desk(context=ABLE)
    desk.say(before)

    assert first_write(desk, desk.say("delete the first one").card) == DeleteEventType(event_type=INTRO.id)


def test_another_type_below_a_new_name_hides_nothing() -> None:
    desk = Desk(context=ABLE)
    desk.say("rename intro to hello")

    write = first_write(desk, desk.say("no, deep dive").card)

    assert isinstance(write, ChangeEventType)
    assert (write.event_type, write.title, write.is_hidden) == (DEEP.id, "hello", None)


@pytest.mark.parametrize(
    "text",
    ["fridays only till 3", "friday only till 3", "freitags nur bis 15 uhr", "los viernes solo hasta las 15"],
)
def test_one_weekday_below_hours_of_the_week_keeps_those_of_the_others(text: str) -> None:
    desk = Desk()
    desk.say("set my hours to 10 to 6")

    write = first_write(desk, desk.say(text).card)

    assert isinstance(write, ChangeSchedule)
    assert write.hours is not None
    assert [(row.weekdays, row.start, row.end) for row in write.hours] == [
        ((0, 1, 2, 3), time(10), time(18)),
        ((4,), time(10), time(15)),
    ]


def test_another_weekday_with_a_no_takes_the_place_of_the_one_before() -> None:
    desk = Desk()
    desk.say("set fridays 9 to 1")

    write = first_write(desk, desk.say("no, mondays 9 to 1").card)

    assert isinstance(write, ChangeSchedule)
    assert write.hours is not None
    assert [(row.weekdays, row.end) for row in write.hours] == [((0,), time(13)), ((1, 2, 3, 4), time(17))]


@pytest.mark.parametrize(
    ("text", "when"),
    [("make it 3", "06 14:00"), ("no, 3", "06 14:00"), ("no, thursday", "05 13:00"), ("mach 15 uhr draus", "06 14:00")],
)
def test_another_time_below_what_is_held_is_held(text: str, when: str) -> None:
    desk = Desk()
    desk.press(desk.say("hold friday 2pm"), "Hold")

    reply = desk.say(text)

    assert offered(desk, reply) == {f"hold {when}"}
    assert "Fri 6 Mar 14:00–14:30 Berlin is held until" in reply.text


@pytest.mark.parametrize("text", ["what's the link?", "send me the link", "wie ist der link?", "cuál es el enlace?"])
def test_a_link_of_nothing_is_asked_about(text: str) -> None:
    reply = Desk(context=ABLE).say(text)

    assert "Which link" in reply.text
    assert [choice.label for choice in reply.choices] == ["Link of my next meeting", "Links of my event types"]


@pytest.mark.parametrize("text", ["send her the link", "what's the link?", "schick ihr den link", "envoie-lui le lien"])
def test_a_link_below_the_one_meeting_listed_is_that_meetings(text: str) -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("when do i meet lena")

    reply = desk.say(text)

    assert "Thu 5 Mar 10:00–10:30" in reply.text
    assert offered(desk, reply) == set()


@pytest.mark.parametrize(
    ("text", "number"),
    [("the last one in march", 2), ("the first one in april", 3), ("the second", 2), ("the first one next week", 2)],
)
def test_a_pick_with_a_time_is_among_the_meetings_of_that_time(text: str, number: int) -> None:
    days = (THURSDAY, TUESDAY, APRIL)
    desk = desk_with(tuple(booking_with("Sam Ng", day, 15, number=at) for at, day in enumerate(days, start=1)))
    desk.say("cancel sam")

    assert offered(desk, desk.say(text)) == {f"cancel b{number}"}


def test_the_2nd_below_times_of_one_day_is_the_second_of_them() -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10),))
    desk.say("move lena")
    desk.say("friday morning")

    assert offered(desk, desk.say("the 2nd")) == {"move b1 06 08:30"}


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("add one for https://example.org/hook when something gets cancelled", ("BOOKING_CANCELLED",)),
        ("new webhook https://example.org/hook for cancellations", ("BOOKING_CANCELLED",)),
        ("neuen webhook https://example.org/hook für absagen", ("BOOKING_CANCELLED",)),
        ("add a webhook for new bookings to https://example.org/hook", ("BOOKING_CREATED",)),
    ],
)
def test_a_webhook_sends_what_was_named_and_no_more(text: str, triggers: tuple[str, ...]) -> None:
    desk = Desk(context=replace(ABLE, capabilities=replace(ABILITIES, webhooks=True)))
    desk.say("which webhooks are there")

    (write,) = writes_below(desk, [text])

    assert isinstance(write, CreateWebhook)
    assert write.triggers == triggers


@pytest.mark.parametrize("text", ["delete it", "remove it", "lösch es"])
def test_an_event_type_that_was_changed_is_deleted_and_its_change_not_taken_back(text: str) -> None:
    desk = Desk(context=ABLE)
    desk.press(desk.say("rename deep dive to Focus"), "Change")

    writes = writes_below(desk, [text])

    assert [type(write).__name__ for write in writes] == ["DeleteEventType"]
