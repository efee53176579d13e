"""What is inferred: event type, people, dates of a repetition, and which slots are offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from rooms import ANA, BERLIN, CONTEXT, DANA, DEEP, INTRO, KEY, slot_at

from bot.dialogue.conversation import Conversation
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding import propose
from bot.dialogue.finding.event_types import choose_type
from bot.dialogue.finding.repeating.dates import MOST_DATES, dates_of
from bot.dialogue.request import revise
from bot.dialogue.request.people import people_in, with_people, without_people
from bot.dialogue.talk import Talk
from bot.language.addresses import addresses_in, is_address, name_of
from bot.language.meaning import (
    Certainty,
    Days,
    Frequency,
    Grain,
    Hours,
    Intent,
    Moment,
    Open,
    Recurrence,
    Span,
    Understanding,
)
from bot.scheduling.models import Person

TALK = Talk(conversation=Conversation(key=KEY), context=CONTEXT)
BOOK = SlotRequest(intent=Intent.BOOK)
DAILY, WEEKLY, MONTHLY, YEARLY = Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.YEARLY
TUESDAY = date(2026, 3, 3)


def moment(
    day: date | None = None, hour: int | None = None, *, side: Open | None = None, zone: str | None = None
) -> Moment:
    days = Days(first=day, last=day) if day else None
    hours = Hours(start=time(hour)) if hour is not None else None
    return Moment(span=Span(0, 0), grain=Grain.MINUTE, days=days, hours=hours, open=side, zone=zone)


def test_the_usual_type_is_the_half_hour() -> None:
    choice = choose_type(BOOK, (DEEP, INTRO))

    assert choice is not None
    assert choice.kind is INTRO
    assert choice.others == (DEEP,)


def test_a_length_picks_the_type_that_takes_it() -> None:
    choice = choose_type(replace(BOOK, length=timedelta(hours=1)), (INTRO, DEEP))

    assert choice is not None
    assert choice.kind is DEEP
    assert choice.missed is None


def test_of_two_equally_near_lengths_the_longer_is_offered() -> None:
    choice = choose_type(replace(BOOK, length=timedelta(minutes=45)), (INTRO, DEEP))

    assert choice is not None
    assert choice.kind is DEEP
    assert choice.missed == timedelta(minutes=45)


def test_hidden_and_team_types_are_not_inferred() -> None:
    hidden, team = replace(INTRO, id="8", is_hidden=True), replace(INTRO, id="9", team="Sales")

    choice = choose_type(BOOK, (hidden, team, DEEP))

    assert choice is not None
    assert choice.kind is DEEP


def test_a_type_with_several_lengths_is_asked_for_one() -> None:
    many = replace(INTRO, lengths=(timedelta(minutes=30), timedelta(minutes=15)))

    choice = choose_type(replace(BOOK, length=timedelta(minutes=15)), (many,))

    assert choice is not None
    assert choice.asked_length == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("sam@example.org", True),
        ("sam@example", False),
        ("@sam", False),
        ("a b@c.de", False),
        ("a..b@example.org", False),
    ],
)
def test_a_mail_address_is_known_by_its_shape(text: str, *, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_a_name_comes_from_the_address() -> None:
    assert name_of("john.doe+x@example.com") == "John Doe"


def test_typed_addresses_are_taken_once() -> None:
    assert addresses_in("Sam@example.org, lee@acme.io; sam@example.org") == ("sam@example.org", "lee@acme.io")


def test_a_mention_brings_mail_and_zone() -> None:
    u = Understanding(text="", intent=Intent.BOOK, mentions=("dana", "ana"), people=("Dana",))

    assert people_in(u, TALK) == (DANA,)
    assert ANA not in people_in(u, TALK)


def test_a_name_and_an_address_are_one_person() -> None:
    u = Understanding(text="", intent=Intent.BOOK, people=("sam reed",), emails=("sam@example.org",))

    assert people_in(u, TALK) == (Person(name="Sam Reed", email="sam@example.org"),)


def test_an_address_completes_the_name_said_before() -> None:
    request = replace(BOOK, attendee=Person(name="Sam", zone="Europe/London"))

    revised = with_people(request, (Person(name="Sam", email="sam@example.org"),))

    assert revised.attendee == Person(name="Sam", email="sam@example.org", zone="Europe/London")


def test_somebody_else_takes_the_place() -> None:
    request = replace(BOOK, attendee=DANA)

    assert with_people(request, (Person(name="Omar"),)).attendee == Person(name="Omar")


def test_somebody_more_becomes_a_guest() -> None:
    omar = Person(name="Omar", email="omar@acme.io")

    revised = with_people(replace(BOOK, attendee=DANA), (omar,), adds=True)

    assert revised.attendee is DANA
    assert revised.guests == (omar,)


def test_somebody_can_be_taken_out() -> None:
    omar = Person(name="Omar", email="omar@acme.io")

    revised = without_people(replace(BOOK, attendee=DANA, guests=(omar,)), (Person(name="Omar"),))

    assert revised is not None
    assert revised.guests == ()


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        (Recurrence(frequency=WEEKLY, weekdays=(1,), count=3), ["2026-03-03", "2026-03-10", "2026-03-17"]),
        (Recurrence(frequency=WEEKLY, interval=2, weekdays=(0,), count=2), ["2026-03-02", "2026-03-16"]),
        (
            Recurrence(frequency=DAILY, weekdays=(0, 1, 2, 3, 4), count=6),
            ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09"],
        ),
        (Recurrence(frequency=MONTHLY, weekdays=(0,), nth=(1,), count=2), ["2026-03-02", "2026-04-06"]),
        (
            Recurrence(frequency=MONTHLY, weekdays=(1,), nth=(1, 3), count=4),
            ["2026-03-03", "2026-03-17", "2026-04-07", "2026-04-21"],
        ),
        (Recurrence(frequency=MONTHLY, weekdays=(4,), nth=(-1,), count=1), ["2026-03-27"]),
        (Recurrence(frequency=MONTHLY, month_days=(1, 15), count=2), ["2026-03-15", "2026-04-01"]),
        (Recurrence(frequency=MONTHLY, month_days=(-1,), count=2), ["2026-03-31", "2026-04-30"]),
        (Recurrence(frequency=YEARLY, count=3), ["2026-03-02", "2027-03-02"]),
        (Recurrence(frequency=Frequency.HOURLY, count=3), []),
        (Recurrence(frequency=WEEKLY, weekdays=(4,), until=date(2026, 3, 13)), ["2026-03-06", "2026-03-13"]),
    ],
)
def test_a_repetition_is_spelled_out(recurrence: Recurrence, days: list[str]) -> None:
    assert [str(day) for day in dates_of(recurrence, date(2026, 3, 2))] == days


def test_a_repetition_ends_somewhere() -> None:
    assert len(dates_of(Recurrence(frequency=DAILY, count=400), date(2026, 3, 2))) == MOST_DATES
    assert dates_of(Recurrence(frequency=DAILY, until=date(2026, 3, 4)), date(2026, 3, 2))[-1] == date(2026, 3, 4)


def test_a_day_keeps_the_clock_and_a_clock_the_day() -> None:
    old = (moment(TUESDAY, 14, zone="Europe/London"),)

    day = revise.merge(old, (moment(date(2026, 3, 5)),), day=None, keeps_zone=True)[0]
    clock = revise.merge(old, (moment(hour=16),), day=None, keeps_zone=True)[0]

    assert day.hours == Hours(start=time(14))
    assert day.zone == "Europe/London"
    assert clock.days == Days(first=TUESDAY, last=TUESDAY)
    assert clock.zone == "Europe/London"


def test_an_implied_day_gives_way_to_the_day_of_the_slot_picked() -> None:
    implied = replace(moment(TUESDAY, 16), days=Days(first=TUESDAY, last=TUESDAY, certainty=Certainty.IMPLIED))

    merged = revise.merge((), (implied,), day=date(2026, 3, 6), keeps_zone=True)[0]

    assert merged.days == Days(first=date(2026, 3, 6), last=date(2026, 3, 6))


def test_a_query_is_never_longer_than_two_weeks() -> None:
    month = replace(moment(), days=Days(first=date(2026, 3, 4), last=date(2026, 4, 30)))
    request = replace(BOOK, moments=(month,))
    choice = choose_type(request, (INTRO,))
    assert choice is not None

    queries = propose.queries(request, propose.wish_of(request, TALK), choice, TALK)

    assert queries
    assert all(query.window.length <= propose.LONGEST_QUERY for query in queries)


def test_a_clock_that_is_past_today_means_tomorrow() -> None:
    wish = propose.wish_of(replace(BOOK, moments=(moment(hour=8),)), TALK)

    assert wish.target == slot_at(TUESDAY, 8).start


def test_a_day_that_is_past_is_said_to_be() -> None:
    assert propose.wish_of(replace(BOOK, moments=(moment(date(2026, 2, 20), 14),)), TALK).has_passed


def test_the_nearest_slots_are_those_of_the_day() -> None:
    slots = [slot_at(TUESDAY, 9), slot_at(TUESDAY, 11), slot_at(date(2026, 3, 4), 14)]

    assert propose.nearest(slots, slot_at(TUESDAY, 14).start, BERLIN, count=1) == (slot_at(TUESDAY, 11),)


def test_slots_are_spread_over_the_day() -> None:
    day = [slot_at(TUESDAY, 9 + n // 2, 30 * (n % 2)) for n in range(16)]

    shown = propose.spread(day, BERLIN, a_day=4)

    assert [slot.start.astimezone(BERLIN).hour for slot in shown] == [9, 11, 14, 16]
