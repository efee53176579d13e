"""Event types named in a text: by the words of their titles, as a slug, with a slip of the finger."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of
from bot.language.entities.words import entity_words
from bot.language.lexicon import TOKEN
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.meaning import Reference, Span
    from bot.language.normalise import Utterance

_ELIDED = frozenset(("l", "d", "un", "all", "dell", "dall", "nell", "sull", "quell", "qu", "s"))
"""What stands in front of an apostrophe: «l'intro», «dell'intro»."""
Places = dict[str, list[int]]
"""The tokens of a text by their first letter."""
_FUZZY_FROM = 5
_PLURAL_FROM = 4
"""Letters of a word from which on its plural is the word («deep dives»)."""


class Title(NamedTuple):
    """An event type's title, its words and those of them that tell it apart."""

    title: str
    words: tuple[str, ...]
    telling: tuple[str, ...]


class Named(NamedTuple):
    """The title of the type that was named and where."""

    title: str
    span: Span


@lru_cache(maxsize=256)
def titles_of(event_types: tuple[str, ...]) -> tuple[Title, ...]:
    """The titles, taken apart."""
    found = []
    generic = entity_words().title_generic
    for title in event_types:
        words = tuple(word for word in TOKEN.findall(title.lower()) if word[0].isalnum())
        found.append(Title(title, words, tuple(word for word in words if word not in generic and not word.isdecimal())))
    return tuple(found)


def read_event_type(utterance: Utterance, reference: Reference, barred: Collection[int]) -> Named | None:
    """The event type whose title is said best; None when nothing tells one from another."""
    if not reference.event_types:
        return None
    titles, places = titles_of(reference.event_types), _by_initial(utterance)
    best: tuple[float, Named] | None = None
    for title in titles:
        found = (
            _whole(utterance, title, places)
            or _slug(utterance, title, places)
            or _telling(utterance, title, titles, barred, places)
        )
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _by_initial(utterance: Utterance) -> Places:
    """The tokens by their first letter, and by that of what stands behind an apostrophe («l'intro»)."""
    places: Places = {}
    for index, word in enumerate(utterance.words):
        places.setdefault(word[:1], []).append(index)
        if "'" in word and (rest := word.partition("'")[2][:1]) != word[:1]:
            places.setdefault(rest, []).append(index)
    return places


def _whole(utterance: Utterance, title: Title, places: Places) -> tuple[float, Named] | None:
    """All words of the title, one behind the other."""
    if not title.words or (not title.telling and len(title.words) < 2):
        return None
    words, size = utterance.words, len(title.words)
    first = title.words[0]
    for index in places.get(first[:1], ()):
        if not _alike(words[index], first):
            continue
        at, matched = index, 0
        while at < len(words) and matched < size:
            if words[at] in ("-", "_", "", ".", "/", "'"):
                at += 1
            elif _alike(words[at], title.words[matched]):
                at += 1
                matched += 1
            else:
                break
        if matched == size:
            return 2.0 + size, Named(title.title, span_of(utterance, index, at))
    return None


def whole_title(utterance: Utterance, title: Title) -> Span | None:
    """Where all words of the title stand, one behind the other."""
    found = _whole(utterance, title, _by_initial(utterance))
    return found[1].span if found is not None else None


def _slug(utterance: Utterance, title: Title, places: Places) -> tuple[float, Named] | None:
    """«deepdive», «30min»."""
    if len(title.words) < 2:
        return None
    joined = "".join(title.words)
    for index in places.get(joined[:1], ()):
        word = utterance.words[index]
        if len(word) > _FUZZY_FROM and (word == joined or (word[0] == joined[0] and _alike(word, joined))):
            return 2.0 + len(title.words), Named(title.title, span_of(utterance, index, index + 1))
    return None


def _telling(
    utterance: Utterance, title: Title, titles: tuple[Title, ...], barred: Collection[int], places: Places
) -> tuple[float, Named] | None:
    """Some of the telling words, if no other type has them."""
    hits = [
        (index, wanted)
        for wanted in title.telling
        for index in places.get(wanted[:1], ())
        if index not in barred and _alike(utterance.words[index], wanted)
    ]
    if not hits:
        return None
    hits.sort(key=itemgetter(0))
    hits = [hit for hit in hits if not any(hit[1] in other.telling for other in titles if other is not title)]
    if not hits or len({wanted for _, wanted in hits}) * 2 < len(title.telling):
        return None
    share = len({wanted for _, wanted in hits}) / len(title.telling)
    return share, Named(title.title, span_of(utterance, hits[0][0], hits[-1][0] + 1))


def _alike(word: str, wanted: str) -> bool:
    """Equal, or one slip apart in a long word; its first letter is always right."""
    if word[:1] != wanted[:1]:
        front, mark, rest = word.partition("'") if "'" in word else (word, "", "")
        return bool(mark) and front in _ELIDED and _alike(rest, wanted)
    if word == wanted or (len(wanted) >= _PLURAL_FROM and word in {wanted + "s", wanted + "'s"}):
        return True
    if len(wanted) < _FUZZY_FROM or len(word) < _FUZZY_FROM - 1 or abs(len(word) - len(wanted)) > 1:
        return False
    if wanted.isdecimal():
        return word == wanted + "s"
    return _one_slip(word, wanted)


def _one_slip(word: str, wanted: str) -> bool:
    """Whether one letter was left out, added, changed, or two neighbours were swapped."""
    at = 0
    shorter = min(len(word), len(wanted))
    while at < shorter and word[at] == wanted[at]:
        at += 1
    if len(word) == len(wanted):
        rest, other = word[at + 1 :], wanted[at + 1 :]
        swapped = word[at : at + 2] == wanted[at : at + 2][::-1] and word[at + 2 :] == wanted[at + 2 :]
        return rest == other or swapped
    longer, brief = (word, wanted) if len(word) > len(wanted) else (wanted, word)
    return longer[at + 1 :] == brief[at:]
