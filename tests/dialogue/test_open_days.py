"""Days that are open to one side: «until thursday» begins now, «after wednesday» goes on."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import BERLIN, Desk, booking_with

TUE = booking_with("Nora Vale", date(2026, 3, 3), 10, number=1)
THU = booking_with("Ivo Lund", date(2026, 3, 5), 15, number=2)
NEXT = booking_with("Mia Korn", date(2026, 3, 10), 11, number=3)
LATE = booking_with("Mia Korn", date(2026, 3, 31), 11, number=4)
ALL = (TUE, THU, NEXT, LATE)

BEFORE = [
    ("cancel everything before thursday", {1}),
    ("cancel everything until thursday", {1, 2}),
    ("cancel all meetings by thursday", {1, 2}),
    ("sag alles vor donnerstag ab", {1}),
    ("sag alles bis donnerstag ab", {1, 2}),
    ("cancela todo antes del jueves", {1}),
    ("annule tout jusqu'à jeudi", {1, 2}),
    ("annule tout avant jeudi", {1}),
    ("cancella tutto prima di giovedì", {1}),
]


@pytest.mark.parametrize(("text", "gone"), BEFORE)
def test_up_to_a_day_begins_today(text: str, gone: set[int]) -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say(text)) == {f"cancel b{number}" for number in gone}


@pytest.mark.parametrize(
    "text", ["cancel everything after thursday", "sag alles nach donnerstag ab", "cancela todo después del jueves"]
)
def test_behind_a_day_has_no_end(text: str) -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say(text)) == {"cancel b3", "cancel b4"}


@pytest.mark.parametrize(
    ("text", "shown", "hidden"),
    [
        ("what do i have before thursday", ["Nora"], ["Ivo", "Mia"]),
        ("what's on until thursday", ["Nora", "Ivo"], ["Mia"]),
        ("what do i have after thursday", ["10 Mar", "31 Mar"], ["Nora", "Ivo"]),
        ("was habe ich bis donnerstag", ["Nora", "Ivo"], ["Mia"]),
    ],
)
def test_meetings_up_to_a_day_and_behind_it(text: str, shown: list[str], hidden: list[str]) -> None:
    reply = desk_with(ALL).say(text)

    assert all(name in reply.text for name in shown)
    assert not any(name in reply.text for name in hidden)


@pytest.mark.parametrize(
    ("text", "days", "not_days"),
    [
        ("what's free before thursday", ["Tue 3 Mar", "Wed 4 Mar"], ["Thu 5 Mar"]),
        ("find 30 min with lee@example.org by thursday", ["Tue 3 Mar", "Thu 5 Mar"], ["Fri 6 Mar"]),
        ("anything free after wednesday", ["Thu 5 Mar", "Fri 6 Mar", "Mon 9 Mar"], ["Wed 4 Mar"]),
        ("was ist bis donnerstag frei", ["Tue 3 Mar", "Thu 5 Mar"], ["Fri 6 Mar"]),
        ("qué hay libre antes del jueves", ["Tue 3 Mar", "Wed 4 Mar"], ["Thu 5 Mar"]),
    ],
)
def test_free_times_up_to_a_day_and_behind_it(text: str, days: list[str], not_days: list[str]) -> None:
    reply = Desk().say(text)

    assert all(day in reply.text for day in days)
    assert not any(day in reply.text for day in not_days)


@pytest.mark.parametrize(
    "text", ["cancel all my meetings with nora on friday", "cancel everything with nora on thursday but not thursday"]
)
def test_all_of_nothing_is_not_all_of_the_rest(text: str) -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say(text)) == set()


BOTH = [
    ("what's free after wednesday after 2", {5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19}, 14, 24),
    ("what's free before thursday before 11", {2, 3, 4}, 0, 11),
    ("what's free in the afternoon before thursday", {2, 3, 4}, 12, 24),
    ("any free slots until wednesday between 10 and 12", {2, 3, 4}, 10, 12),
    ("was ist nach mittwoch zwischen 10 und 12 uhr frei", {5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19}, 10, 12),
    ("qué hay libre antes del jueves después de las 14", {2, 3, 4}, 14, 24),
    ("qu'est-ce qui est libre avant jeudi après 14h", {2, 3, 4}, 14, 24),
]


@pytest.mark.parametrize(("text", "days", "first", "end"), BOTH)
def test_a_bound_of_days_beside_hours_keeps_both(text: str, days: set[int], first: int, end: int) -> None:
    talk = Desk()
    talk.say(text)

    times = [slot.start.astimezone(BERLIN) for slot in talk.conversation.offered]
    assert times
    assert {one.day for one in times} <= days
    assert all(first <= one.hour < end for one in times)
    assert len({one.day for one in times}) > 1
