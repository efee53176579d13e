"""Times on other clocks: what is free by the clock elsewhere, what time it is for somebody, where one lives, others' hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import writes_below
from rooms import CONTEXT, Desk, booking_with

from bot.dialogue.acts.together import Known
from bot.scheduling.models import Person
from bot.scheduling.writes import AddGuests, BookSlot, ChangeProfile

YUKI = Person(name="Yuki Tanaka", email="yuki@acme.io", zone="Asia/Tokyo", member="yuki")
MIRA = Person(name="Mira Voss", email="mira@acme.io", zone="America/New_York", member="mira")


def desk() -> Desk:
    known: dict[str, tuple[Known, ...]] = {"yuki": (Known(person=YUKI),), "mira": (Known(person=MIRA),)}
    return Desk(
        context=replace(CONTEXT, people=()), known=known, bookings=(booking_with("Nora Lund", date(2026, 3, 5), 10),)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is free friday in sydney time", "In Sydney time: Fri 6 Mar"),
        ("show me friday's free times in new york time", "In New York time: Fri 6 Mar 03:00"),
        ("was ist freitag in londoner zeit frei", "In London time: Fri 6 Mar 08:00"),
        ("my free times on friday, in utc", "In UTC time: Fri 6 Mar 08:00"),
        ("what's free friday, times in pst please", "In Los Angeles time: Fri 6 Mar 00:00"),
        ("what's free friday (est)", "In New York time: Fri 6 Mar 03:00"),
    ],
)
def test_free_times_are_listed_on_the_clock_that_is_named_too(text: str, said: str) -> None:
    assert said in desk().say(text).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what time is it for mira right now", "04:00 on Mon 2 Mar in New York"),
        ("what time is it where yuki is", "18:00 on Mon 2 Mar in Tokyo"),
        ("wie spät ist es bei mira", "04:00 on Mon 2 Mar in New York"),
        ("what time is 3pm for yuki", "23:00 Tokyo is Mon 2 Mar 15:00 Berlin"),
        ("what's 9am berlin for mira and yuki", "03:00 New York is"),
        ("what's 9am berlin for mira and yuki", "17:00 Tokyo is"),
        ("how late is it for yuki at 4pm", "Tue 3 Mar 00:00 Tokyo is Mon 2 Mar 16:00 Berlin"),
        ("what time is it for tessa", "do not know where"),
        ("convert 3pm cet to jst", "15:00 Berlin is Mon 2 Mar 23:00 Tokyo"),
    ],
)
def test_the_time_for_somebody_is_that_of_their_clock(text: str, said: str) -> None:
    assert said in desk().say(text).text


@pytest.mark.parametrize("text", ["i moved to london", "i've moved to london", "we relocated to london"])
def test_who_moved_is_who_writes_and_no_meeting(text: str) -> None:
    assert "London time" in desk().say(text).text


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("use UTC from now on", "Etc/UTC"),
        ("use lisbon time from now on", "Europe/Lisbon"),
        ("from now on london time please", "Europe/London"),
        ("set my timezone to UTC", "Etc/UTC"),
    ],
)
def test_a_zone_for_good_is_a_card_for_the_profile(text: str, zone: str) -> None:
    (write,) = writes_below(desk(), (text,))

    assert isinstance(write, ChangeProfile)
    assert write.zone == zone


@pytest.mark.parametrize("text", ["when are mira's working hours", "when does yuki start work", "wann arbeitet mira"])
def test_hours_of_others_are_not_shown_as_ones_own(text: str) -> None:
    said = desk().say(text).text

    assert "do not see" in said
    assert "09:00" not in said


@pytest.mark.parametrize(
    "text", ["find time with mira, not too early for her", "zeit mit mira finden, nicht zu früh für sie"]
)
def test_not_too_early_for_somebody_is_what_their_hours_say_anyhow(text: str) -> None:
    talk = desk()
    talk.say(text)

    assert len({slot.start.date() for slot in talk.conversation.offered}) > 1


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("remind me one day before the meeting with nora", 24),
        ("remind me the day before the meeting with nora", 24),
        ("remind me a day before nora's meeting", 24),
        ("remind me an hour before nora's meeting", 1),
    ],
)
def test_a_day_in_front_of_a_meeting_is_a_day(text: str, hours: int) -> None:
    talk = desk()

    said = talk.say(text).text

    assert said.endswith({24: "Wed 4 Mar 10:00 Berlin.", 1: "Thu 5 Mar 09:00 Berlin."}[hours])


def test_a_clock_in_front_of_a_month_is_no_day_of_it() -> None:
    writes = writes_below(desk(), ("book yuki tuesdays at 10 in april",))

    starts = [f"{write.slot.start:%d.%m. %H:%M}" for write in writes if isinstance(write, BookSlot)]
    assert starts == ["07.04. 08:00", "14.04. 08:00", "21.04. 08:00", "28.04. 08:00"]


@pytest.mark.parametrize("text", ["release my hold", "let go of my hold", "gib die reservierung frei"])
def test_a_hold_that_is_not_there_is_no_meeting_to_cancel(text: str) -> None:
    reply = desk().say(text)

    assert "cancel" not in reply.text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "lösche yuki aus dem termin mit nora",
        "streich yuki aus dem termin mit nora",
        "yuki soll aus noras termin raus",
        "change the color of nora's meeting to red",
        "attach the slides to nora's meeting",
        "change nora's email to nora2@example.org",
        "make nora's meeting recurring",
        "turn nora's meeting into a weekly",
        "mach aus noras termin eine serie",
        "mach noras termin privat",
        "give thursday's meeting to mira",
        "hand thursday's meeting to mira",
        "let mira take thursday's meeting",
        "nora's meeting without yuki please",
    ],
)
def test_what_cannot_be_changed_is_said_and_nothing_is_cancelled(text: str) -> None:
    talk = desk()

    assert "cannot" in talk.say(text).text
    assert not writes_below(desk(), (text,))


def test_minutes_for_somebody_say_no_clock() -> None:
    talk = desk()
    talk.say("finde 30 minuten für mira, yuki und mich am donnerstag")

    assert talk.conversation.offered


def test_a_guest_is_added_to_the_meeting_that_is_named_by_its_person() -> None:
    for text in ("invite mira to nora's meeting", "lade mira zu noras termin ein"):
        (write,) = writes_below(desk(), (text,))
        assert isinstance(write, AddGuests), text


def test_a_date_that_goes_without_is_left_out_of_a_series() -> None:
    writes = writes_below(desk(), ("buche mira jeden dienstag um 9 für vier wochen", "ohne den 17. märz"))

    assert [f"{write.slot.start:%d}" for write in writes if isinstance(write, BookSlot)] == ["03", "10", "24"]
