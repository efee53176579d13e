"""Whether a text can name anybody at all, told by its words alone."""

from __future__ import annotations

from bot.language.entities.people.lists import ME, name_lists
from bot.language.triggers import trigger


def _begins_name(word: str) -> bool:
    """Whether a name may begin at the word or behind it, wherever it stands."""
    lists, base = name_lists(), word.removesuffix("'s")
    is_told = word == "@" or lists.pushes(word) or word in lists.titles or word in lists.group_heads
    is_first = lists.is_first(base) or base in lists.shy or (base[-1:] == "s" and base[:-1] in lists.first)
    return is_told or is_first or base != word


BEGINS = trigger(_begins_name)
OURS = trigger(lambda word: word in ME)
_JOINS = trigger(lambda word: word in ("and", "&"))


def may_name(triggers: int) -> bool:
    """Whether a text may name anybody; «me and …» is the one place that its own words do not tell."""
    return bool(triggers & BEGINS or (triggers & OURS and triggers & _JOINS))
