"""Whose clock the times of a text are on, beside a zone that is named with them.

`corrected.py` lets the last of several clocks hold, `whose.py` tells whose clock is meant, `again.py` finds a time that is
said a second time on another clock, `placed.py` a place beside a clock («3pm in london»), `owner.py` a name in front of one;
`their_hours.py` reads when somebody else works, told beside a wish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.clocks.their_hours import TheirHours, read_their_hours, within_their_hours
from bot.language.clocks.whose import by_clocks

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Understanding
    from bot.language.normalise import Utterance

__all__ = ["TheirHours", "on_whose_clock", "read_their_hours"]


def on_whose_clock(
    read: Understanding, wish: Utterance, entities: EntitiesRead, theirs: TheirHours | None
) -> Understanding:
    """The reading with whose clock its times are on, and within the hours of somebody else."""
    return within_their_hours(by_clocks(read, wish, entities), theirs)
