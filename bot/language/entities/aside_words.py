"""What a part beside the wish is, and the word lists of `words/asides.toml`, read once."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from bot.language.wordfiles import word_tables
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


class Beside(StrEnum):
    """What a part of a text is, beside the wish."""

    QUOTED = "quoted"
    TITLE = "title"
    TOPIC = "topic"
    PURPOSE = "purpose"
    REASON = "reason"
    REMARK = "remark"
    FACT = "fact"
    """A clause of fact, whose times go or bound the wish: `bot/language/facts`."""
    TOLD = "told"
    """What is only told beside a whole wish: `bot/language/moods`."""
    AMOUNT = "amount"
    NAME = "name"
    TYPE = "type"
    """The name of an event type that would be read as a repetition."""


class Sway(StrEnum):
    """When a part counts as told beside the wish."""

    ALWAYS = "always"
    TRIMMED = "trimmed"
    """Always; but a time at its end belongs to the wish unless the rest names day and clock."""
    IF_TIMED = "if_timed"
    """Only when the rest names any time."""
    IF_DAYED = "if_dayed"
    """Only when the rest names a day."""
    IF_COMPLETE = "if_complete"
    """Only when the rest names day and clock."""


class Aside(NamedTuple):
    """A part of a text: tokens `start` … `end` (exclusive)."""

    kind: Beside
    start: int
    end: int
    sway: Sway = Sway.ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideWords:
    """The lists of `words/asides.toml`."""

    heads: Mapping[str, tuple[tuple[str, ...], ...]]
    """The further words of what may stand behind each first word."""
    not_behind: frozenset[str]
    end: frozenset[str]
    telling: frozenset[str]
    verbs: frozenset[str]
    wishes: frozenset[str]
    nouns: frozenset[str]
    frames: frozenset[str]
    abroad: Mapping[str, tuple[str, ...]]
    remarks: frozenset[str]
    remark_pairs: frozenset[tuple[str, ...]]
    states: frozenset[str]
    behind_amount: frozenset[str]
    before_amount: frozenset[str]
    counted: frozenset[str]
    """Whose people are counted: «a company of 12»."""
    compounds: frozenset[str]
    because: frozenset[str]
    i_am: frozenset[str]
    """Of why a meeting is cancelled, with somebody else's name; the next ones likewise."""
    not_being: frozenset[str]
    i_do: frozenset[str]
    having: frozenset[str]
    theirs: frozenset[str]
    clashes: frozenset[str]
    makes: frozenset[str]
    able: frozenset[str]
    all_of: frozenset[str]
    no_why: frozenset[str]
    bars: frozenset[str]


@cache
def aside_words() -> AsideWords:
    """The lists; read once."""
    tables = word_tables("asides")
    heads: dict[str, list[tuple[str, ...]]] = {}
    for phrase in tables["topic"]["heads"].replace("\n", "").split("|"):
        words = phrase.split()
        heads.setdefault(words[0], []).append(tuple(words[1:]))
    purpose = tables["purpose"]
    return AsideWords(
        heads={first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in heads.items()},
        not_behind=_set(tables["topic"]["not_behind"]),
        end=_set(tables["topic"]["end"]),
        telling=_set(tables["topic"]["telling"]),
        verbs=_set(purpose["verbs"]),
        wishes=_set(purpose["wishes"]),
        nouns=_set(purpose["nouns"]),
        frames=_set(purpose["frames"]),
        abroad={word: tuple(ends.split()) for word, ends in purpose["abroad"].items()},
        remarks=_set(tables["remark"]["verbs"]),
        states=_set(tables["remark"]["states"]),
        remark_pairs=frozenset(tuple(pair.split()) for pair in tables["remark"]["pairs"].split("|")),
        behind_amount=_set(tables["amount"]["behind"]),
        before_amount=_set(tables["amount"]["before"]),
        counted=_set(tables["amount"]["whose"]),
        compounds=_set(tables["compound"]["nouns"]),
        because=_set(tables["reason"]["heads"]),
        i_am=_set(tables["why"]["i_am"]),
        not_being=_set(tables["why"]["not_being"]),
        i_do=_set(tables["why"]["i_do"]),
        having=_set(tables["why"]["having"]),
        theirs=_set(tables["why"]["theirs"]),
        clashes=_set(tables["why"]["clashes"]),
        makes=_set(tables["why"]["makes"]),
        able=_set(tables["why"]["able"]),
        all_of=_set(tables["why"]["all"]),
        no_why=_set(tables["why"]["no_why"]),
        bars=_set(tables["bars"]["words"]),
    )


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())
