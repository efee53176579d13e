"""Generated moves: which meeting, where to, a change of mind and why, put together from parts whose meaning is known.

What the card moves is counted, not read. A question is no harm; a card for another meeting or another time is.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, offered
from rooms import BERLIN, booking_with

from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    Change = Callable[[datetime], datetime]

WED, FRI = date(2026, 3, 4), date(2026, 3, 6)
DEEP = replace(booking_with("Nora Vale", FRI, 15, number=4), event_type="2", title="Deep dive")
MEETINGS = {
    booking.id: booking
    for booking in (
        booking_with("Nora Vale", WED, 10, number=1),
        booking_with("Ivo Lund", WED, 15, number=2),
        booking_with("Ivo Lund", FRI, 11, number=3),
        DEEP,
        booking_with("Greta Korn", date(2026, 3, 10), 9, number=5),
    )
}


def day(number: int) -> Change:
    return lambda at: at.replace(day=number)


def clock(hour: int, minute: int = 0) -> Change:
    return lambda at: at.replace(hour=hour, minute=minute)


def then(number: int, hour: int, minute: int = 0) -> Change:
    return lambda at: at.replace(day=number, hour=hour, minute=minute)


def by(**amount: int) -> Change:
    return lambda at: at + timedelta(**amount)


@dataclass(frozen=True)
class Words:
    """The parts of a language. A change of mind fits targets of its own kind: days on days, clocks on clocks."""

    acts: tuple[str, ...]
    """`{}` is which meeting, `{to}` where it goes."""
    which: Mapping[str, str]
    """→ the meeting's id."""
    days: Mapping[str, Change]
    clocks: Mapping[str, Change]
    others: Mapping[str, Change]
    minds: tuple[str, ...]
    other_days: Mapping[str, Change]
    other_clocks: Mapping[str, Change]
    tails: tuple[str, ...]


LANGUAGES = {
    "en": Words(
        (
            "move {} {to}", "reschedule {} {to}", "can you push {} {to}", "please shift {} {to}", "{} has to move {to}",
            "could we move {} {to}?", "bump {} {to}", "i need to move {} {to}", "let's move {} {to}",
        ),
        {
            "nora on wednesday": "b1", "my wednesday 10am": "b1", "the deep dive": "b4", "greta": "b5", "greta's": "b5",
            "the meeting with greta": "b5", "ivo's call on friday": "b3", "my 3pm on wednesday": "b2",
            "friday's meeting with ivo": "b3", "wednesday's 10 o'clock": "b1", "the friday 11am": "b3",
            "my meeting with greta next tuesday": "b5", "nora's deep dive": "b4",
        },
        {
            "to thursday": day(5), "to tomorrow": day(3), "to the 12th": day(12), "to next monday": day(9),
            "to thursday same time": day(5), "to the same time on thursday": day(5),
        },
        {"to noon": clock(12), "to 4pm": clock(16), "to 13:30": clock(13, 30), "to half past two": clock(14, 30)},
        {
            "half an hour later": by(minutes=30), "back an hour": by(hours=1), "a week later": by(weeks=1),
            "to thursday at noon": then(5, 12), "to the 12th, 4pm": then(12, 16), "by a week": by(weeks=1),
            "one week later, same time": by(weeks=1), "to next monday at 9": then(9, 9),
        },
        (", no, {}", " - actually {}", ", sorry, {}", ", i mean {}", ", or rather {}"),
        {"thursday": day(5), "the 11th": day(11)},
        {"11": clock(11), "2pm": clock(14), "10:30": clock(10, 30)},
        (
            "", " please", " because i'm at the dentist on monday", ", she's out on wednesday", ", something came up at 10",
            ", the 2pm client call moved", ", my monday got crazy", ", i can't make it", ", sorry for the mess",
            ", don't forget the slides", ", the 11 o'clock fell through",
        ),
    ),
}  # fmt: skip
EACH = 250
MOST_UNHELPED = 0.2
"""How many of these sentences may be answered by a question, or by other free times."""


def generated(words: Words, dice: random.Random) -> tuple[str, str, datetime]:
    """A sentence, the meeting that it moves, and where to, by its own clock."""
    said = dice.choice(list(words.which))
    meeting = MEETINGS[words.which[said]]
    at = meeting.slot.start.astimezone(BERLIN)
    kinds = [(words.days, words.other_days), (words.clocks, words.other_clocks), (words.others, {})]
    targets, others = dice.choice(kinds)
    to = dice.choice(list(targets))
    text = dice.choice(words.acts).format(said, to=to)
    end = targets[to](at)
    mind = dice.choice(list(others)) if others and dice.random() < 0.3 else ""
    if mind:
        return text + dice.choice(words.minds).format(mind), meeting.id, others[mind](end)
    return text + dice.choice(words.tails), meeting.id, end


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_move_is_of_another_meeting_or_to_another_time(language: str) -> None:
    dice = random.Random(language)
    verdicts: Counter[str] = Counter()
    wrong: list[str] = []
    for _ in range(EACH):
        text, meeting, end = generated(LANGUAGES[language], dice)
        if end.weekday() > 4 or end == MEETINGS[meeting].slot.start:
            continue
        talk = desk_with(tuple(MEETINGS.values()))
        deeds = offered(talk, talk.say(text))
        wanted = {f"move {meeting} {end.astimezone(MEETINGS[meeting].slot.start.tzinfo):%d %H:%M}"}
        if deeds and deeds != wanted:
            wrong.append(f"{text}: {sorted(deeds)} instead of {sorted(wanted)}")
        verdicts["right" if deeds == wanted else "less"] += 1

    assert not wrong
    assert verdicts["less"] <= EACH * MOST_UNHELPED
