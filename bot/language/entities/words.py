"""The word lists of `words/entities.toml`, read once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.meaning import Keep
from bot.language.wordfiles import word_tables
from bot.scheduling.models import PlaceKind
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

Phrase = tuple[str, ...]
Listed = tuple[tuple[Phrase, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityWords:
    """Phrases by their first word, with what they mean; single words as sets."""

    apps: Mapping[str, Listed]
    media: Mapping[str, tuple[tuple[Phrase, PlaceKind], ...]]
    on: frozenset[str]
    at_not: frozenset[str]
    the_not: frozenset[str]
    in_what: frozenset[str]
    place_end: frozenset[str]
    named: frozenset[str]
    about: frozenset[str]
    topic_end: frozenset[str]
    generic: frozenset[str]
    because: frozenset[str]
    because_abroad: frozenset[str]
    """In other languages than English; those that are other words too with the comma that must stand in front of them."""
    signs: frozenset[str]
    reasons: Mapping[str, tuple[Phrase, ...]]
    order: Mapping[str, int]
    numbers: Mapping[str, int]
    last: frozenset[str]
    top: frozenset[str]
    thing: frozenset[str]
    mark: frozenset[str]
    counting: Mapping[str, frozenset[str]]
    """What says that a number counts: `many` behind it, `enough` near it, `alone` in front of it and nothing else."""
    not_behind: frozenset[str]
    light: frozenset[str]
    several: Mapping[str, int]
    """Numbers in words that can stand beside `first_ones` and `last_ones`."""
    first_ones: frozenset[str]
    last_ones: frozenset[str]
    before_pick: frozenset[str]
    """Small words between an exception and the number that it leaves out."""
    around_option: frozenset[str]
    """What may stand beside an option that is named in answer to a question."""
    keep: frozenset[str]
    """In front of somebody who is to be left as they are."""
    same: frozenset[str]
    kept: Mapping[str, Keep]
    """What stays the same in other languages: the clock or the day."""
    title_generic: frozenset[str]
    managing: frozenset[str]
    placing: frozenset[str]
    """Without any of these words no place is named; the next ones likewise."""
    naming: frozenset[str]
    reasoning: frozenset[str]
    picking: frozenset[str]


@cache
def entity_words() -> EntityWords:
    """The lists; read once."""
    tables = word_tables("entities")
    media: dict[str, list[tuple[Phrase, PlaceKind]]] = {}
    for text, kind in tables["medium"].items():
        phrase = tuple(text.split())
        media.setdefault(phrase[0], []).append((phrase, PlaceKind(kind)))
    apps: dict[str, list[tuple[Phrase, str]]] = {}
    for text, name in tables["app"].items():
        phrase = tuple(text.split())
        apps.setdefault(phrase[0], []).append((phrase, name))
    reasons: dict[str, list[Phrase]] = {}
    for line in tables["reason"]["whole"].replace("\n", "|").split("|"):
        if phrase := tuple(line.split()):
            reasons.setdefault(phrase[0], []).append(phrase)
    place, topic, pick = tables["place"], tables["topic"], tables["pick"]
    because, abroad, signs = (_set(tables["reason"][name]) for name in ("because", "because_abroad", "signs"))
    return EntityWords(
        apps={first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in apps.items()},
        media={first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in media.items()},
        on=_set(place["on"]),
        at_not=_set(place["at_not"]),
        the_not=_set(place["the_not"]),
        in_what=_set(place["in_what"]),
        place_end=_set(place["end"]),
        named=_set(topic["named"]),
        about=_set(topic["about"]),
        topic_end=_set(topic["end"]),
        generic=_set(topic["generic"]),
        because=because,
        because_abroad=abroad,
        signs=signs,
        reasons={first: tuple(found) for first, found in reasons.items()},
        order={word: place + 1 for place, word in enumerate(pick["order"].split())},
        numbers={word: place + 1 for place, word in enumerate(pick["numbers"].split())},
        last=_set(pick["last"]),
        top=_set(pick["top"]),
        thing=_set(pick["thing"]),
        mark=_set(pick["mark"]),
        counting={name: _set(pick[name]) for name in _COUNTING},
        not_behind=_set(pick["not_behind"]),
        light=_set(pick["light"]),
        several=_numbers(tables["several"]),
        first_ones=_set(tables["several"]["first"]),
        last_ones=_set(tables["several"]["last"]),
        before_pick=_set(tables["before_pick"]["words"]),
        around_option=_set(tables["option"]["around"]),
        keep=_set(tables["keep"]["words"]),
        same=_set(tables["same"]["words"]),
        kept=dict.fromkeys(_set(tables["same"]["time"]), Keep.TIME)
        | dict.fromkeys(_set(tables["same"]["day"]), Keep.DAY),
        title_generic=_set(tables["title"]["generic"]),
        managing=_set(tables["managing"]["words"]),
        placing=frozenset(
            (*apps, *media, "at", "in", "@", "+", "call", "phone", "ring", "dial", "number", "mobile", "cell")
        ),
        naming=_set(topic["named"]) | _set(topic["about"]),
        reasoning=because | {word.lstrip(",") for word in abroad} | signs | {"due", "reason", ":", *reasons},
        picking=_set(" ".join(pick[name] for name in ("order", "numbers", "last", "top", "mark"))),
    )


_COUNTING = ("many", "enough", "alone")


def _numbers(table: Mapping[str, str]) -> dict[str, int]:
    """The number words of a table whose keys are their values; its other keys are lists."""
    return {word: int(value) for value, words in table.items() if value.isdecimal() for word in words.split()}


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())
