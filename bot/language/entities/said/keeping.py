"""What is to stay as it was: «same time», «keep the day», «gleiche Zeit»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of
from bot.language.entities.words import entity_words
from bot.language.lexicon import segments
from bot.language.meaning import Keep
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.meaning import Span
    from bot.language.normalise import Utterance

_KEPT = {
    word: keep
    for keep, words in (
        (Keep.TIME, "time times hour hours clock slot slots"),
        (Keep.DAY, "day date weekday days"),
        (Keep.PERSON, "person people guy attendee attendees guests"),
        (Keep.LENGTH, "length duration"),
    )
    for word in words.split()
}
_KEPT_BY_SIGNS = {
    said: keep
    for keep, sayings in (
        (Keep.TIME, "同じ時間 同じ時刻 同時刻 同一时间 同样时间 同樣時間 同一時間"),
        (Keep.DAY, "同じ日 同一天 同日"),
    )
    for said in sayings.split()
}
_BETWEEN = frozenset(("and", "the", "same", ",", "&"))
_BESIDE = frozenset(("before", "after"))
_MOST = 6
"""Words of «same day and the same time»."""
_KEEPING = trigger(lambda word: word in ("same", "keep"))


def read_keeps(utterance: Utterance) -> tuple[frozenset[Keep], tuple[Span, ...]]:
    """«same time», «keep the day», and where they stood."""
    if utterance.language != "en":
        return _keeps_abroad(utterance)
    if not utterance.triggers & _KEEPING:
        return frozenset(), ()
    words = utterance.words
    found: set[Keep] = set()
    spans = []
    for index, word in enumerate(words):
        if word == "same" or (word == "keep" and words[index + 1 : index + 2] == ("the",)):
            first = index + (1 if word == "same" else 2)
            end = _end_of(words, first)
            found |= {_KEPT[said] for said in words[first:end] if said in _KEPT}
            if end > index + 1:
                spans.append(span_of(utterance, index, end))
    return frozenset(found), tuple(spans)


def _end_of(words: tuple[str, ...], first: int) -> int:
    """Where what stays ends; in «same time the day after» the day is another."""
    at = first
    while at < len(words) and at < first + _MOST and (words[at] in _KEPT or words[at] in _BETWEEN):
        at += 1
    is_beside = at - first > 1 and words[at : at + 1] and words[at] in _BESIDE and words[at - 2] == "the"
    return at - 2 if is_beside else at


def _keeps_abroad(utterance: Utterance) -> tuple[frozenset[Keep], tuple[Span, ...]]:
    """«gleiche Zeit», «a la misma hora», «même heure»."""
    if segments(utterance.text):
        return frozenset(keep for said, keep in _KEPT_BY_SIGNS.items() if said in utterance.text), ()
    words, same, kept = utterance.words, entity_words().same, entity_words().kept
    pairs = [at for at in range(len(words) - 1) if words[at] in same and words[at + 1] in kept]
    return frozenset(kept[words[at + 1]] for at in pairs), tuple(span_of(utterance, at, at + 2) for at in pairs)
