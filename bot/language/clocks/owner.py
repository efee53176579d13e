"""«omar's time», «in omar's time zone», «omars zeit»: whose clock it is, by a name that is nothing else in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.meaning import Span
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_CLOCKS = frozenset(("time", "timezone", "tz", "clock", "zeit", "zeitzone", "ortszeit", "tijd", "tijdzone"))
_OF_CLOCKS = trigger(_CLOCKS.__contains__)


def owner_of_clock(wish: Utterance) -> tuple[str, Span] | None:
    """The name as written, and where it and the clock stand; None where no name stands in front of a clock."""
    for at in wish.where(_OF_CLOCKS):
        word = wish.words[at - 1] if at else ""
        name = word.removesuffix("'s") if word.endswith("'s") else word.removesuffix("s")
        if name != word and name_lists().is_first(name):
            written = wish.text[wish.starts[at - 1] : wish.starts[at - 1] + len(name)]
            return written, Span(wish.starts[at - 1], wish.ends[at])
    return None
