"""One verb for several meetings, each with a time of its own: «move bo and ana to 2 and 3», «… to friday, ana at 10 bo at 11».

Which time is whose is told by who stands right in front of each, or by the order of both lists.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.verbs import links_of
from bot.language.entities.tokens import span_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.language.meaning import Span
    from bot.language.normalise import Utterance

_LEAST = 2


def times_of_each(utterance: Utterance, people: Collection[Span], times: Sequence[Span]) -> tuple[int, ...]:
    """For each of the people, in the order in which they are asked for, which of the times is theirs; else nothing.

    `people` are the spans of names; members come first, then addresses, then names.
    """
    if len(times) < _LEAST:
        return ()
    named = _said(utterance, people)
    order = tuple(dict.fromkeys(who for _, _, who in sorted(named)))
    if len(order) != len(times):
        return ()
    places = sorted((span.start, span.end, at) for at, span in enumerate(times))
    marks = sorted((start, who) for _, start, who in named)
    owners = _right_in_front(marks, places) or _in_order(utterance, marks, places)
    return tuple(owners[who] for who in order) if set(owners) == set(order) else ()


def says_each_again(utterance: Utterance, people: Collection[Span], times: Sequence[Span]) -> bool:
    """«move ana and bo to friday, bo at 10 and ana at 11»: a list of whom, and then the time of each."""
    count = len(_said(utterance, people))
    return count >= 2 * len(times) and bool(times_of_each(utterance, people, times))


def _said(utterance: Utterance, people: Collection[Span]) -> list[tuple[int, int, str]]:
    """Everybody named, as often as they are: the kind of naming, where, and how."""
    atoms = [(kind, span_of(utterance, at, at + 1)) for at, (kind, _) in utterance.atoms.items() if kind in PEOPLE]
    found = [(_KINDS[kind], span.start, _spelt(utterance, span)) for kind, span in atoms]
    return [*found, *((_NAME, span.start, _spelt(utterance, span)) for span in people)]


_KINDS = {"mention": 0, "email": 1}
_NAME = 2


def _spelt(utterance: Utterance, span: Span) -> str:
    return utterance.text[span.start : span.end].casefold().removesuffix("'s")


def _right_in_front(marks: list[tuple[int, str]], places: list[tuple[int, int, int]]) -> dict[str, int]:
    """Whose each time is by who was named last in front of it, since the time before."""
    owners: dict[str, int] = {}
    before = 0
    for start, end, at in places:
        near = [who for place, who in marks if before <= place < start]
        if not near or near[-1] in owners:
            return {}
        owners[near[-1]] = at
        before = end
    return owners


def _in_order(utterance: Utterance, marks: list[tuple[int, str]], places: list[tuple[int, int, int]]) -> dict[str, int]:
    """«ana and bo to friday at 2 and 3»: all of them, and then all times, with nothing but links between these."""
    if marks[-1][0] > places[0][0] or len(marks) != len(places):
        return {}
    links = links_of(utterance.language) | {"at", "um", "à", "a", "alle", "às", "om", "on", "pm", "am"}
    for (_, end, _), (start, _, _) in pairwise(places):
        if not links.issuperset(utterance.text[end:start].replace(",", " , ").casefold().split()):
            return {}
    return {who: at for (_, who), (_, _, at) in zip(marks, places, strict=True)}
