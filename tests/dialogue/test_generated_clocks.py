"""Generated bookings on other people's clocks: theirs, mine, that of a place, where one is that day, and of two the last.

The instant is counted by `zoneinfo`. A question is no harm; a card for another instant, or for two of them, is.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from clocks_said import CLOCKS
from deeds import played
from rooms import CONTEXT, Desk

from bot.dialogue.acts.together import Known
from bot.scheduling.models import Person, Slot
from bot.scheduling.times import wall_to_instant

if TYPE_CHECKING:
    from clocks_said import Clocks

HERE = "Europe/Berlin"
DANA = Person(name="Dana Weiss", email="dana@acme.io", zone="Europe/London", member="dana")
OMAR = Person(name="Omar Haddad", email="omar@acme.io", zone="America/New_York", member="omar")
EACH = 40
MOST_UNHELPED = 0.25
NEXT_WEEK = range(9, 16)


class AlwaysFree(Desk):
    """Everybody's nights are free too: what is offered is then the time that was said."""

    def _free(self, start: datetime, end: datetime, kind: str) -> tuple[Slot, ...]:
        length, half = timedelta(minutes=60 if kind == "2" else 30), timedelta(minutes=30)
        first = datetime.fromtimestamp(-(-start.timestamp() // 1800) * 1800, UTC)
        starts = (first + half * n for n in range(int((end - first) / half) + 1))
        return tuple(Slot(one, one + length) for one in starts if one + length <= end)


def desk() -> Desk:
    people = (DANA, OMAR)
    known: dict[str, tuple[Known, ...]] = {one.name.split()[0].lower(): (Known(person=one),) for one in people}
    return AlwaysFree(context=replace(CONTEXT, people=people), known=known)


def generated(words: Clocks, dice: random.Random) -> tuple[str, str]:
    """A sentence, and what a card for it would book."""
    who = dice.choice((DANA, OMAR))
    said_day, said_hour = dice.choice(list(words.days)), dice.choice(list(words.hours))
    place, other = dice.choice(list(words.places)), dice.choice(list(words.places))
    theirs, there = dice.choice(words.hers if who is DANA else words.his), dice.choice(words.there)
    day, zone, clock, front, behind = words.days[said_day], HERE, said_hour, "", ""
    match dice.randrange(7):
        case 0:
            clock, zone = theirs.format(c=said_hour), who.zone or HERE
        case 1:
            clock = dice.choice(words.mine).format(c=said_hour)
        case 2:
            clock, zone = there.format(c=said_hour, z=place), words.places[place]
        case 3:
            front, is_bare = words.stay.format(z=place), day in {5, 6}
            day = day + 7 if is_bare else day  # «next week …: thursday» is one of that week
            zone = words.places[place] if day in NEXT_WEEK else HERE
        case 4:
            behind, zone = words.then.format(z=place), words.places[place]
        case 5:
            clock = there.format(c=said_hour, z=other)
            behind, zone = dice.choice(words.minds).format(x=theirs.format(c=said_hour)), who.zone or HERE
        case _:
            behind = dice.choice(words.tails)
    text = front + dice.choice(words.acts).format(w=who.name.split()[0].lower(), d=said_day, c=clock) + behind
    start = wall_to_instant(date(2026, 3, day), time(*words.hours[said_hour]), ZoneInfo(zone))
    return text, f"book {who.email} {start:%d %H:%M} 1"


@pytest.mark.parametrize("language", CLOCKS)
def test_no_booking_is_on_another_clock_than_was_said(language: str) -> None:
    dice = random.Random(language)
    sentences = [generated(CLOCKS[language], dice) for _ in range(EACH)]

    wrong, unhelped = played(((text, {wanted}) for text, wanted in sentences), desk)

    assert not wrong
    assert unhelped <= EACH * MOST_UNHELPED
