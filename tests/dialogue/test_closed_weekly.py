"""Parts of a day that go every week are taken out of its hours; they never become the hours."""

from __future__ import annotations

import pytest
from rooms import CONTEXT, Desk

from bot.dialogue.cards import WriteOut
from bot.scheduling.writes import ChangeSchedule


def hours_after(text: str) -> str:
    """The week on the card, a run of weekdays and clocks each."""
    desk = Desk(context=CONTEXT)
    reply = desk.say(text)
    card = desk.cards.get(reply.card)
    writes = [
        write
        for option in (card.options if card is not None else ())
        if isinstance(option.press, WriteOut)
        for write in option.press.writes
        if isinstance(write, ChangeSchedule)
    ]
    rows = writes[0].hours or () if writes else ()
    return "; ".join(f"{row.weekdays[0]}-{row.weekdays[-1]} {row.start:%H:%M}-{row.end:%H:%M}" for row in rows)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ("0-4 10:00-17:00", "never book me before 10"),
        ("0-4 10:00-17:00", "no bookings on weekdays before 10"),
        ("0-4 10:00-17:00", "nie wieder termine vor 10"),
        ("0-4 10:00-17:00", "nunca me agendes antes de las 10"),
        ("0-4 10:00-17:00", "plus jamais de réunions avant 10h"),
        ("0-4 09:00-16:00", "keine termine mehr nach 16 uhr, generell"),
        ("0-4 09:00-12:00; 0-4 13:00-17:00", "never book me between 12 and 1"),
        ("0-4 09:00-12:00; 0-4 13:00-17:00", "no meetings from 12 to 1 ever"),
        ("0-3 09:00-17:00; 4-4 09:00-15:00", "no meetings on fridays after 3"),
        ("0-3 09:00-17:00; 4-4 09:00-16:00", "i never work after 4 on fridays"),
        ("0-3 09:00-17:00; 4-4 09:00-12:00", "los viernes por la tarde no trabajo"),
        ("0-0 12:00-17:00; 1-4 09:00-17:00", "i don't work mondays before noon"),
        ("0-3 09:00-17:00", "le vendredi je ne travaille pas"),
        ("0-3 09:00-17:00", "il venerdì non lavoro"),
        ("0-4 10:00-16:00", "my working hours are 10 to 4"),
    ],
)
def test_a_part_that_goes_every_week_leaves_the_rest(left: str, text: str) -> None:
    assert hours_after(text) == left
