"""Statements of fact beside a wish: where somebody is, what they have, until when a thing goes.

`clauses.py` finds them (`unspaced.py` in Chinese and Japanese), `words.py` holds their vocabulary, `bearing.py` says what their
times take away from the wish, `pointing.py` where the wish points at them («… what's free before»).
"""

from bot.language.facts.bearing import Told, beside_clock, clear_of, is_told, on_told_days, told_in, without_told
from bot.language.facts.clauses import facts_alone, read_facts
from bot.language.facts.fact import Fact
from bot.language.facts.pointing import at_its_clock, beside_told

__all__ = [
    "Fact",
    "Told",
    "at_its_clock",
    "beside_clock",
    "beside_told",
    "clear_of",
    "facts_alone",
    "is_told",
    "on_told_days",
    "read_facts",
    "told_in",
    "without_told",
]
