"""Every usual writing of a day beside every usual writing of a clock, in both orders; and what only looks like one."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Reference
from bot.language.report import bounds
from bot.language.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
REFERENCE = Reference(now=datetime(2026, 3, 2, 10, 0, tzinfo=BERLIN), zone=BERLIN)

DAYS = {
    date(2026, 3, 3): [
        "tomorrow",
        "tue",
        "the 3rd",
        "march 3rd",
        "third of march",
        "3.3.",
        "tue march 3 2026",
        "3-mar",
    ],
    date(2026, 3, 11): [
        *("wednesday week", "wed next week", "the eleventh", "march eleventh", "11/3", "wednesday, the 11th of march"),
        *("in 9 days", "the day after next tuesday", "2026-03-11", "the 11th of this month", "11.03.26"),
    ],
    date(2026, 3, 20): [
        "the twentieth",
        "fri. mar. 20",
        "20th of mar.",
        "two weeks from friday",
        "friday in two weeks",
    ],
    date(2026, 4, 2): ["thursday, april the second", "first thursday in april", "02.04.", "thurs 2 apr", "apr 2"],
}
BEHIND = {
    time(9, 30): [
        "at 9:30",
        "9.30am",
        "half past nine",
        "half 9",
        "nine thirty",
        "0930",
        "thirty past nine",
        "30 past 9",
    ],
    time(11): ["11am", "eleven o'clock", "eleven in the morning", "1100", "11 sharp", "around 11", "at eleven"],
    time(14, 30): [
        "2:30pm",
        "2.30",
        "2.30p",
        "@ 2.30p",
        "14.30",
        "half two",
        "two thirty",
        "at 2 30",
        "1430",
        "half past 2 pm",
    ],
    time(15): ["at 3", "3 p.m.", "15h", "three pm", "three in the afternoon", "1500"],
}
IN_FRONT = {
    time(9, 30): ["9:30", "9.30am", "half past nine", "0930", "half 9"],
    time(11): ["at 11", "11am", "eleven o'clock", "11 sharp"],
    time(14, 30): ["2:30pm", "14.30", "at 2 30", "half past two"],
    time(15): ["at 3", "3 p.m.", "three pm"],
}
_AMOUNTS = {("in 9 days", "15h"), ("wednesday week", "11 sharp")}
"""«in 9 days 15h» may be so long from now; «wednesday week 11» of a week in the calendar."""


def start_of(text: str) -> list[str]:
    return [str(bounds(moment, REFERENCE)["start"])[:16] for moment in understand(text, REFERENCE).moments]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_clocks_behind_days_are_kept(day: date) -> None:
    wrong = []
    for said, (clock, clocks) in product(DAYS[day], BEHIND.items()):
        for told in clocks:
            text = f"book kim@acme.io {said} {told}"
            expected = [f"{day}T{clock:%H:%M}"]
            wrong += [text] if (said, told) not in _AMOUNTS and start_of(text) != expected else []
    assert wrong == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_clocks_in_front_of_days_are_kept(day: date) -> None:
    wrong = []
    for said, (clock, clocks) in product(DAYS[day], IN_FRONT.items()):
        for told in clocks:
            text = f"book kim@acme.io {told} {said}"
            wrong += [text] if start_of(text) != [f"{day}T{clock:%H:%M}"] else []
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("book kim@acme.io friday at 10 for version 2.10", ["2026-03-06T10:00"]),
        ("book kim@acme.io friday, room 2.30", ["2026-03-06T00:00"]),
        ("book kim@acme.io on march 6 for 2.50 euros", ["2026-03-06T00:00"]),
        ("book kim@acme.io march 6, 5 options please", ["2026-03-06T00:00"]),
        ("what's free march 3, 5, 9", ["2026-03-03T00:00", "2026-03-05T00:00", "2026-03-09T00:00"]),
        ("what's free monday of week 11", ["2026-03-09T00:00"]),
        ("book kim@acme.io tomorrow fortnight at 2", ["2026-03-17T14:00"]),
        ("book kim@acme.io wednesday of week 12 at 3", ["2026-03-18T15:00"]),
        ("what's free in the second half of march", ["2026-03-16T00:00"]),
        ("book kim@acme.io march 6 27", ["2027-03-06T00:00"]),
        ("book kim@acme.io 12 march 11", ["2026-03-12T11:00"]),
        ("book kim@acme.io at 12 march 6", ["2026-03-06T12:00"]),
        ("book kim@acme.io twelve march 6th", ["2026-03-06T12:00"]),
        ("book kim@acme.io thursday 15 to 3", ["2026-03-05T14:45"]),
        ("book kim@acme.io friday 20 to 4", ["2026-03-06T15:40"]),
        ("what's free 20 to 24 march", ["2026-03-20T00:00"]),
        ("book the fifth at nine", ["2026-03-05T09:00"]),
        ("what's free the fifth", ["2026-03-05T00:00"]),
        ("book kim@acme.io tuesday 3, 1h", ["2026-03-03T15:00"]),
        ("book kim@acme.io tuesday 10, 2pm", ["2026-03-10T14:00"]),
        ("book kim@acme.io friday 15h, 30 min", ["2026-03-06T15:00"]),
        ("we eat at 12, find 30 min on friday", ["2026-03-06T00:00"]),
    ],
)
def test_numbers_near_days_are_what_they_are(text: str, expected: list[str]) -> None:
    assert start_of(text) == expected


@pytest.mark.parametrize("text", ["cancel the first two", "cancel the second", "the second, 3pm", "the first of them"])
def test_ordinals_of_what_was_offered_are_no_days(text: str) -> None:
    assert not any(moment.says_day for moment in understand(text, REFERENCE).moments)


@pytest.mark.parametrize(
    "text",
    [
        *("book kim@acme.io 3 mar 9h30", "book kim@acme.io 11-mar-2026 3 p.m.", "3 mar, 9h30 with kim@acme.io"),
        *("book kim@acme.io on the 3rd 14h30", "book kim@acme.io 3 mar 11 sharp"),
    ],
)
def test_nothing_but_whom_and_when_is_a_booking(text: str) -> None:
    assert understand(text, REFERENCE).intent is Intent.BOOK


STRETCHES = {
    ("2026-03-09", "2026-03-12"): [
        *("9-11 march", "9-11/3", "9.-11.3.", "the ninth to the eleventh", "march ninth to eleventh", "9/3-11/3"),
        *("mon 9 - wed 11", "9 thru 11 march", "mon-wed next week", "9.3.-11.3.", "the 9th to the 11th"),
    ],
    ("2026-03-06T09:00", "2026-03-06T11:00"): [
        *(
            "6/3 9-11",
            "6/3, 9-11",
            "6.3. 9-11",
            "9-11 6/3",
            "9 to 11 the 6th",
            "the 6th nine to eleven",
            "6.3., 0900-1100",
        ),
        *("fri 9-11", "9am to 11 march 6", "on the 6th, 9 to 11"),
    ],
    ("2026-03-06T11:30", "2026-03-06T13:00"): [
        "fri 11.30-1",
        "11:30-1 march 6",
        "6/3, 1130-1300",
        "the 6th 11:30 to 1",
    ],
}


@pytest.mark.parametrize("ends", STRETCHES, ids=str)
def test_stretches_have_both_ends(ends: tuple[str, str]) -> None:
    read = {text: understand(f"what's free {text}", REFERENCE).moments for text in STRETCHES[ends]}
    told = {
        text: [(bounds(one, REFERENCE)["start"], bounds(one, REFERENCE)["end"]) for one in read[text]] for text in read
    }
    wrong = [
        text
        for text, said in told.items()
        if [(str(start)[: len(ends[0])], str(end)[: len(ends[1])]) for start, end in said] != [ends]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("book kim@acme.io friday at 10 (60)", 60),
        ("book kim@acme.io friday at 10 [30]", 30),
        ("book kim@acme.io friday 1pm (an hour)", 60),
        ("book kim@acme.io friday 1pm (one and a half hours)", 90),
        ("book kim@acme.io friday 1pm (a quarter of an hour)", 15),
        ("book kim@acme.io friday 1pm 1 h", 60),
        ("book kim@acme.io 1 h friday at 1", 60),
        ("friday at 1 half an hour with kim@acme.io", 30),
        ("friday at 1 three quarters of an hour with kim@acme.io", 45),
        ("book kim@acme.io friday at 10 (2)", None),
        ("book kim@acme.io friday at 10 (3rd round)", None),
    ],
)
def test_lengths_in_brackets_and_behind_clocks(text: str, minutes: int | None) -> None:
    length = understand(text, REFERENCE).length

    assert (length.total_seconds() / 60 if length is not None else None) == minutes


@pytest.mark.parametrize("text", ["book kim@acme.io friday ten past", "book kim@acme.io friday at twenty past"])
def test_minutes_past_no_hour_are_asked_about(text: str) -> None:
    assert understand(text, REFERENCE).doubts
