"""Names in Chinese and Japanese texts: 王芳 behind 和, 李老师, 田中さん, and Latin names among them.

No spaces tell where a name ends: a surname begins it, and a form of address, a particle or a word that goes on ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.meaning import Span
from bot.language.wordfiles import word_tables
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bot.language.normalise import Utterance

_LATIN = re.compile(r"[A-Za-z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'-]+)*")
_RUN = r"[一-龯々]{1,6}|[ァ-ヴー]{2,12}(?:・[ァ-ヴー]{2,12})?|[A-Za-z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)?"
_CLAUSE = re.compile("(?:^|[，。,；;！!？?]) ?")
_MOST_GIVEN = 2
_APPS = frozenset(
    ("zoom", "teams", "google", "meet", "slack", "skype", "webex", "mtg", "intro", "deep", "calendly", "cal")
)


@dataclass(frozen=True, slots=True, eq=False)
class _Asia:
    """The lists of `words/people_asia.toml`."""

    surnames: tuple[str, ...]
    familiar: frozenset[str]
    titles: tuple[str, ...]
    stops: tuple[str, ...]
    owning: tuple[str, ...]
    """What stands behind a name that begins a clause: 陈琳的会."""
    nobody: frozenset[str]
    joined: re.Pattern[str]
    addressed: re.Pattern[str]
    plain: re.Pattern[str]
    not_japanese: frozenset[str]
    things: frozenset[str]


@cache
def _lists() -> _Asia:
    tables = word_tables("people_asia")
    zh, ja = tables["zh"], tables["ja"]
    surnames = "|".join(_longest(ja["plain"].split()))
    return _Asia(
        surnames=_longest(zh["surnames"].split()),
        familiar=frozenset(zh["familiar"].split()),
        titles=_longest(zh["honorifics"].split()),
        stops=_longest(zh["stops"].split()),
        owning=tuple(zh["opens"].split()),
        nobody=frozenset(zh["nobody"].split()),
        joined=re.compile(f"(?:{'|'.join(_longest(zh['joiners'].split()))}) ?"),
        addressed=re.compile(rf"({_RUN}) ?(?:{'|'.join(_longest(ja['honorifics'].split()))})"),
        plain=re.compile(
            rf"((?:{surnames})[一-龯々]{{0,3}}?|[ァ-ヴー]{{2,12}}(?:・[ァ-ヴー]{{2,12}})?|[A-Z][A-Za-z'-]+)(?=と)"
        ),
        not_japanese=frozenset(ja["nobody"].split()),
        things=frozenset(ja["things"].split()),
    )


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def read_unspaced(utterance: Utterance, barred: Collection[int]) -> tuple[tuple[str, Span], ...]:
    """The names with their places, in order; `barred` are tokens that something else stands on."""
    found: dict[str, Span] = {}
    places = _chinese(utterance, barred) if utterance.language == "zh" else _japanese(utterance, barred)
    for start, end in (*places, *_known(utterance, barred)):
        name = utterance.text[start:end]
        if name and name not in found and not any(span.start < end and start < span.end for span in found.values()):
            found[name] = Span(start, end)
    return tuple(sorted(found.items(), key=lambda one: one[1].start))


def _is_free(utterance: Utterance, barred: Collection[int], place: int) -> bool:
    index = bisect_left(utterance.starts, place)
    return index >= len(utterance.starts) or (index not in barred and index not in utterance.atoms)


def _known(utterance: Utterance, barred: Collection[int]) -> Iterator[tuple[int, int]]:
    """First names that are known anywhere, in Latin letters."""
    for match in _LATIN.finditer(utterance.text):
        first = match[0].split()[0].lower()
        is_name = name_lists().is_first(first) and first not in name_lists().shy and first not in _APPS
        if is_name and _is_free(utterance, barred, match.start()):
            yield match.span()


def _chinese(utterance: Utterance, barred: Collection[int]) -> Iterator[tuple[int, int]]:
    text, lists = utterance.text, _lists()
    for match in lists.joined.finditer(text):
        start = match.end()
        if not _is_free(utterance, barred, start):
            continue
        latin = _LATIN.match(text, start)
        if latin is not None and latin[0].lower() not in _APPS:
            yield latin.span()
        elif end := _chinese_end(utterance, barred, start):
            yield start, end
    for match in _CLAUSE.finditer(text):
        start = match.end()
        if start < len(text) and _is_free(utterance, barred, start):
            end = _chinese_end(utterance, barred, start)
            is_before_time = start < end < len(text) and not _is_free(utterance, barred, end)  # «王芳周五有空吗»
            joint = lists.joined.match(text, end) if end else None  # «林静和孙浩周五有空吗»
            is_listed = joint is not None and bool(_chinese_end(utterance, barred, joint.end()))
            if end and (is_before_time or is_listed or text.startswith(lists.owning, end)):
                yield start, end


def _chinese_end(utterance: Utterance, barred: Collection[int], start: int) -> int:
    """Where the name ends that begins here; 0 when none does."""
    text, lists = utterance.text, _lists()
    if any(text.startswith(word, start) for word in lists.nobody):
        return 0
    if text[start : start + 1] in lists.familiar:
        behind = text[start + 1 : start + 2]
        return start + 2 if behind in lists.surnames and _is_free(utterance, barred, start + 1) else 0
    surname = next((name for name in lists.surnames if text.startswith(name, start)), "")
    if not surname:
        return 0
    end = start + len(surname)
    for size in range(_MOST_GIVEN + 1):
        title = next((word for word in lists.titles if text.startswith(word, end)), "")
        if title:
            return end + len(title)
        is_over = end >= len(text) or not "一" <= text[end] <= "龯" or not _is_free(utterance, barred, end)
        if is_over or size == _MOST_GIVEN or any(text.startswith(word, end) for word in lists.stops):
            break
        end += 1
    return end if end > start + len(surname) else 0


def _japanese(utterance: Utterance, barred: Collection[int]) -> Iterator[tuple[int, int]]:
    text, lists = utterance.text, _lists()
    for pattern in (lists.addressed, lists.plain):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            while start < end and not _is_free(utterance, barred, start):
                start += 1
            name = text[start:end]
            is_nobody = name in lists.not_japanese or name.lower() in _APPS or text[start - 1 : start] in {"お", "ご"}
            if name and not is_nobody and not any(thing in name for thing in lists.things):
                yield start, end
