"""Groups that are named instead of people: «the design team»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADS = frozenset(("team", "teams", "group", "department", "dept", "staff", "crew", "board", "committee"))
_LONGEST = 3


def group_start(words: Sequence[str], index: int) -> int | None:
    """Where «the design team» starts; None when the word alone says nothing."""
    lists, start = name_lists(), index
    while start > 0 and index - start < _LONGEST and words[start - 1] in lists.group_words:
        start -= 1
    article = start > 0 and words[start - 1] in ("the", "my", "our", "whole", "entire")
    announced = start > 0 and words[start - 1] in lists.push
    if words[index] in _HEADS:
        return start if start < index or article or announced else None
    return None
