"""What was taken from a message that somebody pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.scheduling.models import Person


def took(attendee: Person | None, guests: Sequence[Person], dates: Sequence[date], topic: str, today: date) -> str:
    """«From that message I took: with Dana and Omar, Thu 26 Nov, about “budget”.»"""
    people = [cut(one.name) for one in (*((attendee,) if attendee else ()), *guests)]
    pieces = [
        f"with {listed(people)}" if people else "",
        times.days(dates, today) if dates else "",
        f"about “{cut(topic)}”" if topic else "",
    ]
    said = ", ".join(piece for piece in pieces if piece)
    if not said:
        return "I found neither people nor a day in that message, so here are your next free times."
    return f"From that message I took: {said}."
