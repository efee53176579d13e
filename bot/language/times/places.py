"""Places named as such: «i'm in dubai from 1 to 15 december», «what time is that in tokyo». Their zone, no time of the message.

Which of the two is meant, a stay or a question, is for the cues. The data stand in `words/places.toml`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from bot.language.lexicon import places, segments
from bot.language.meaning import Span
from bot.language.triggers import trigger
from bot.language.wordfiles import word_tables
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from bot.language.meaning import Moment
    from bot.language.normalise import Utterance

_LONGEST = 4
"""Words of the longest name."""
_MOST = 80
"""Words of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class _Places:
    zones: Mapping[str, str]
    firsts: frozenset[str]
    signs: Mapping[str, str]
    """Names in scripts without spaces, and those with letters that English has not."""
    letters: Mapping[str, tuple[str, ...]]
    """Of the letters that English has not: which of these names begin with one, or hold it as the first of such letters."""
    leading: frozenset[str]
    supposing: frozenset[str]
    ours: frozenset[str]
    """Words that end a question for what a clock elsewhere is here."""
    behind: frozenset[str]


@cache
def _places() -> _Places:
    tables = word_tables("places")
    zones = {name: zone for zone, names in places().items() for name in names}
    return _Places(
        zones={name: zone for name, zone in zones.items() if not segments(name)},
        firsts=frozenset(name.split(" ", 1)[0] for name in zones),
        signs={name: zone for name, zone in zones.items() if segments(name) or not name.isascii()},
        letters=_by_letter(name for name in zones if not name.isascii()),
        leading=frozenset(tables["leading"]["words"].split()),
        supposing=frozenset(tables["supposing"]["words"].split()),
        ours=frozenset(tables["supposing"]["ends"].split()),
        behind=frozenset(tables["behind"]["signs"]),
    )


def _by_letter(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        letter = next(letter for letter in name if not letter.isascii())
        found[letter] = (*found.get(letter, ()), name)
    return found


_PLACES = trigger(lambda word: word in _places().firsts)


def is_place(name: str) -> bool:
    """Whether a place is called so."""
    return name in _places().zones


def find_place(utterance: Utterance, read: Collection[str] = ()) -> tuple[str, Span] | None:
    """The zone of the first place that stands behind a word that leads to one, and where; none of those read with a clock."""
    if not (utterance.triggers & _PLACES) and utterance.text.isascii():
        return None
    known = _places()
    if not utterance.text.isascii() and (sign := _sign_in(utterance.text, known)) is not None:
        return sign
    words = utterance.words[:_MOST]
    for index in utterance.where(_PLACES):
        if not 0 < index < len(words) or words[index - 1] not in known.leading:
            continue
        there = _place_at(utterance, index, known)
        if there is not None and there[0] not in read:
            return there
    return None


def find_stays(utterance: Utterance, moments: tuple[Moment, ...]) -> tuple[tuple[str, Moment], ...]:
    """«in lisbon monday and in tokyo thursday»: each zone with its days; none where fewer than two places are named."""
    if len(moments) < _SEVERAL or not utterance.triggers & _PLACES:
        return ()
    known, words = _places(), utterance.words
    said = [
        place
        for index in utterance.where(_PLACES)
        if index and (words[index - 1] in known.leading or words[index - 1] in _GOING_ON)
        if (place := _place_at(utterance, index, known)) is not None
    ]
    if len({zone for zone, _ in said}) < _SEVERAL:
        return ()
    return tuple((min(said, key=lambda place: _apart(place[1], moment.span))[0], moment) for moment in moments)


_SEVERAL = 2
_GOING_ON = frozenset(
    (",", "and", "then", "und", "dann", "et", "puis", "y", "luego", "e", "poi", "depois", "en", "daarna")
)


def _apart(one: Span, other: Span) -> int:
    """How many letters lie between the two."""
    return max(one.start - other.end, other.start - one.end)


def named_places(utterance: Utterance, *, only_led: bool = False) -> Iterator[tuple[str, Span]]:
    """The zone of each place that is named, and where; with `only_led` of those behind a word that leads to one."""
    if not utterance.triggers & _PLACES:
        return
    known, words = _places(), utterance.words
    for index in utterance.where(_PLACES):
        is_led = index > 0 and words[index - 1] in known.leading
        if (is_led or not only_led) and (place := _place_at(utterance, index, known)) is not None:
            start = utterance.starts[index - 1] if only_led else place[1].start
            yield place[0], Span(start, place[1].end)


def _place_at(utterance: Utterance, index: int, known: _Places) -> tuple[str, Span] | None:
    """The zone of the longest name of a place that begins at the token."""
    words = utterance.words
    if index >= len(words):
        return None
    for size in range(min(_LONGEST, len(words) - index), 0, -1):
        zone = known.zones.get(" ".join(words[index : index + size]))
        if zone is not None:
            return zone, Span(utterance.starts[index], utterance.ends[index + size - 1])
    return None


def supposed(utterance: Utterance, moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """«when it's 9 in lima, what time is it here»: the first clock is that of the place behind it."""
    known = _places()
    if not moments or not utterance.triggers & _PLACES:
        return moments
    last = next((word for word in reversed(utterance.words) if word[:1].isalnum()), "")
    if known.supposing.isdisjoint(utterance.words) and last not in known.ours:
        return moments
    first = moments[0]
    behind = bisect_left(utterance.starts, first.span.end)
    is_led = behind < len(utterance.words) and utterance.words[behind] in known.leading
    before = utterance.words[: bisect_left(utterance.starts, first.span.start)]
    is_supposed = last in known.ours or not known.supposing.isdisjoint(before)
    if first.hours is None or first.zone is not None or not is_led or not is_supposed:
        return moments
    there = _place_at(utterance, behind + 1, known)
    return (replace(first, zone=there[0]), *moments[1:]) if there is not None else moments


def bracketed(utterance: Utterance, moments: tuple[Moment, ...]) -> tuple[tuple[Moment, ...], tuple[Span, ...]]:
    """«thursday 10am (lima)», «9 Uhr Ortszeit Athen», «9:00 lissabon»: a place behind a clock says whose it is; and where such
    places stand.
    """
    if not utterance.triggers & _PLACES:
        return moments, ()
    there = [_place_of_clock(utterance, moment) for moment in moments]
    placed = tuple(replace(moment, zone=one[0]) if one else moment for moment, one in zip(moments, there, strict=True))
    return placed, tuple(one[1] for one in there if one)


def _place_of_clock(utterance: Utterance, moment: Moment) -> tuple[str, Span] | None:
    words, behind = utterance.words, bisect_left(utterance.starts, moment.span.end)
    if moment.hours is None or behind >= len(words):
        return None
    if words[behind - 1] in _BY_PLACE or words[behind - 2 : behind] == ("local", "time"):
        return _place_at(utterance, behind + (words[behind] in _places().leading), _places())
    opens = words[behind] if behind + 1 < len(words) else ""
    if moment.zone is not None:
        return None
    if opens not in _BY_PLACE:
        return _place_right_behind(utterance, behind)
    there = _place_at(utterance, behind + 1, _places())
    if there is None:
        return None
    end = bisect_left(utterance.starts, there[1].end)
    is_closed = opens != "(" or words[end : end + 1] == (")",)
    return (there[0], Span(utterance.starts[behind], there[1].end)) if is_closed else None


def _place_right_behind(utterance: Utterance, behind: int) -> tuple[str, Span] | None:
    """«14:00 lissabon / 9:00 new york»: a place that nothing leads to, and that is no part of a name («3pm london trip»)."""
    there = _place_at(utterance, behind, _places())
    if there is None:
        return None
    end = bisect_left(utterance.starts, there[1].end)
    after = utterance.words[end] if end < len(utterance.words) else ""
    return there if not after.isalpha() or after in _GOES_ON else None


_GOES_ON = frozenset(
    ("with", "mit", "con", "avec", "met", "com", "für", "para", "pour", "per", "voor", "bitte", "please", "pls")
)
"""Words behind a place with which a wish goes on."""
_BY_PLACE = frozenset(("(", "ortszeit", "lokalzeit"))


def _sign_in(text: str, known: _Places) -> tuple[str, Span] | None:
    if known.letters.keys().isdisjoint(text):
        return None
    names = {name for letter in known.letters.keys() & text for name in known.letters[letter] if name in text}
    for name, zone in known.signs.items() if names else ():
        if name not in names:
            continue
        at = text.find(name)
        is_led = at > 0 and text[at - 1] in known.leading
        if is_led or text[at + len(name) : at + len(name) + 1] in known.behind:
            return zone, Span(at, at + len(name))
    return None
