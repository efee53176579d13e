"""The rows of `words/cues/<language>.toml`, compiled once: what a sign of each cue looks like in a language.

    [language]
    openers = "please ok …"        # words that may stand before what «^» opens, and
    closers = "please thanks …"    # behind what «$» ends; marks may stand there anyhow

    [cues]
    except = ["apart|aside from", "but not"]      # a key is a cue, its list the rows that say it

A row is a run of words. `a|b` is either word, `word?` may be missing, `..` stands for up to six words of the same sentence, `^`
means that the text opens with it and `$` that it ends with it; `^^` allows no opener;
a last `~word` must follow and is no part of it. Slots: `<n>` a number in figures or words
(«an» counts), `<unit>` a unit of time, `<who>` a person that was read, `<whose>` the same with an «'s», `<any>` one word of any
kind; `<who>|her`: or that word. Words are compared without accents in languages other than English; Chinese and Japanese
rows sign by sign.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.language.lexicon import plain, segments
from bot.language.signs import Cue
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP = ".."
"""Up to six words of one sentence."""
SLOTS = frozenset(("<n>", "<unit>", "<who>", "<whose>", "<any>"))
_BESIDE_WORDS = ("<who>", "<n>", "<unit>")
"""Slots in whose place certain words may stand as well."""
_FOLLOWS = "~"
_OTHERS = frozenset(
    ("la", "a", "ou", "si", "se", "e", "el", "mas", "esta", "de", "da", "te", "tu", "mi", "so", "do", "ai", "ne")
)
_REMEMBERED = 8192
"""Words whose writing is kept; they recur."""
_PAIR = 2
_SHORT = 4
"""Letters of a word whose accents tell it from another."""
_MARKS = frozenset(("^", "^^", "$"))


class Step(NamedTuple):
    """One place of a row: the words that may stand there, or a slot or gap."""

    words: frozenset[str]
    slot: str = ""
    may_miss: bool = False


class Row(NamedTuple):
    """One way of saying a cue."""

    cue: Cue
    text: str
    steps: tuple[Step, ...]
    opens: bool = False
    opens_at_once: bool = False
    ends: bool = False
    is_word: bool = False
    """One word and nothing else: most rows."""
    ahead: int = 0
    """Words at its end that must follow and are no part of the sign."""
    needs: frozenset[str] = frozenset()
    """One of these words must stand somewhere in the text, else the row need not be tried."""
    others: tuple[frozenset[str], ...] = ()
    """The same of its steps between the first and that last one."""
    begun: int = 0
    """How many of its steps stand where it is looked for: the first, unless that is a slot or may be missing."""
    is_pair: bool = False
    """Two words and nothing else, both of which must stand there: where it is looked for, both do."""
    is_placed: bool = False
    """Whether it must stand at the opening or at the end of the text."""


class Tried(NamedTuple):
    """A row that may stand at a word."""

    place: int
    """Among the rows of that word: in this order they are tried."""
    row: Row
    leading: int
    """How many slots stand in front («<n> <unit> later» is looked for where «later» stands, two words back)."""


class Opening(NamedTuple):
    """The rows that are looked for at one word: whenever it stands there, by the next word, or by one that must follow."""

    always: tuple[Tried, ...]
    by_next: Mapping[str, tuple[Tried, ...]]
    """With those that are looked for whenever it stands there, in order."""
    by_need: Mapping[str, tuple[Tried, ...]]

    def every(self) -> Iterable[Row]:
        """All of its rows, some of them more than once."""
        groups = (self.always, *self.by_next.values(), *self.by_need.values())
        return (one.row for group in groups for one in group)


Starts = Mapping[str, Opening]
"""By the word at which rows are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class CueRows:
    """The rows of one language by the word that they are looked for at."""

    language: str
    starts: Starts
    correcting: Starts
    """The rows of corrections alone, which are looked for before anything else is read."""
    idioms: Starts
    openers: frozenset[str]
    closers: frozenset[str]
    quiet: frozenset[str]
    """Words that nobody wants said back when they went unread."""


@cache
def cue_rows(language: str) -> CueRows:
    """The rows of a language, English when it has none; read when first asked for."""
    home = files("bot.language").joinpath(f"words/cues/{language}.toml")
    if not home.is_file():
        return cue_rows("en")
    tables = tomllib.loads(home.read_text(encoding="utf-8"))
    rows = [_row(Cue(name), text) for name, texts in tables["cues"].items() for text in texts]
    head = tables["language"]
    return CueRows(
        language=language,
        starts=_starts(rows),
        correcting=_starts([row for row in rows if row.cue is Cue.CORRECTED]),
        idioms=_starts([_row(Cue.QUOTED, text) for text in head["idioms"]]),
        openers=_spellings(head["openers"].split()),
        closers=_spellings(head["closers"].split()),
        quiet=frozenset(head.get("quiet", "").split()),
    )


def _starts(rows: Sequence[Row]) -> Starts:
    """Rows by their first word, in the order of the file; then those that begin with slots, by the word behind these."""
    found: dict[str, dict[tuple[Row, int], None]] = {}
    for slotted in (False, True):
        for row in rows:
            for word, is_slotted in _firsts(row):
                if is_slotted is slotted:
                    found.setdefault(word, {})[row, _leading(row) if slotted else 0] = None
    return {word: _opening(word, home) for word, home in found.items()}


def _opening(word: str, rows: Iterable[tuple[Row, int]]) -> Opening:
    always: list[Tried] = []
    by_next: dict[str, list[Tried]] = {}
    by_need: dict[str, list[Tried]] = {}
    for place, (row, leading) in enumerate(rows):
        one = Tried(place, row, leading)
        behind = None if leading or row.is_word else _behind(row.steps, word)
        if behind is None and not row.needs:
            always.append(one)
        for other in row.needs if behind is None else behind:
            (by_need if behind is None else by_next).setdefault(other, []).append(one)
    by_next = {word: sorted([*always, *group]) for word, group in by_next.items()}
    return Opening(tuple(always), _closed(by_next), _closed(by_need))


def _closed(groups: Mapping[str, list[Tried]]) -> Mapping[str, tuple[Tried, ...]]:
    return {word: tuple(group) for word, group in groups.items()}


def _behind(steps: tuple[Step, ...], word: str) -> frozenset[str] | None:
    """The words of which one must stand right behind a row's first; None when it may be any word, or none."""
    found: set[str] = set()
    for at, step in enumerate(steps):
        if word in step.words:
            follows = _fixed(steps[at + 1 :])
            if follows is None:
                return None
            found |= follows
        if not step.may_miss:
            break
    return frozenset(found)


def _fixed(steps: tuple[Step, ...]) -> frozenset[str] | None:
    """The words with which these steps begin; None when they may begin with a slot, or with nothing."""
    found: set[str] = set()
    for step in steps:
        if step.slot:
            return None
        found |= step.words
        if not step.may_miss:
            return frozenset(found)
    return None


def _leading(row: Row) -> int:
    """How many slots stand in front of the first word of a row."""
    return next((count for count, step in enumerate(row.steps) if not step.slot), 0)


def _row(cue: Cue, text: str) -> Row:
    parts = [piece for part in text.split() for piece in _cut(part)]
    marks = [part for part in parts if part in _MARKS]
    steps = tuple(_step(part.removeprefix(_FOLLOWS)) for part in parts if part not in _MARKS)
    fixed = [step.words for step in steps if step.words and not step.slot and not step.may_miss]
    return Row(
        cue,
        text,
        steps,
        opens=bool({"^", "^^"} & {*marks}),
        opens_at_once="^^" in marks,
        ends="$" in marks,
        is_word=len(steps) == 1 and bool(fixed),
        ahead=sum(part.startswith(_FOLLOWS) for part in parts),
        needs=fixed[-1] if len(fixed) > 1 else frozenset(),
        others=tuple(fixed[1:-1]),
        begun=int(not (steps[0].slot or steps[0].may_miss)),
        is_pair=len(fixed) == len(steps) == _PAIR,
        is_placed=not _MARKS.isdisjoint(marks),
    )


def _cut(part: str) -> Iterable[str]:
    """Rows of scripts without spaces are cut into their signs."""
    if segments(part) and "|" not in part and not part.endswith("?"):
        return tuple(part)
    return (part,)


@lru_cache(maxsize=_REMEMBERED)
def as_written(word: str) -> str:
    """A word as rows know it: without accents, but for short ones, in which they tell words apart («si», «sí»)."""
    return word if len(word) <= _SHORT else plain(word)


def _spellings(words: Iterable[str]) -> frozenset[str]:
    """The words as written and, for who leaves accents out, without, unless that is another word."""
    return frozenset(
        spelt
        for word in words
        for spelt in (plain(word), as_written(word))
        if spelt == word or (spelt and spelt not in _OTHERS)  # an arrow without its accents is no word
    )


@cache
def _step(part: str) -> Step:
    """Equal ones are the same: half of all of them."""
    if part == GAP or part in SLOTS:
        return Step(frozenset(), part)
    may_miss = part.endswith("?") and len(part) > 1
    words = part.removesuffix("?") if may_miss else part
    slot = next((one for one in _BESIDE_WORDS if one in part), "")
    if slot:
        others = words.replace(slot, "").split("|")
        return Step(_spellings(word for word in others if word), slot, may_miss)
    return Step(_spellings(word.removesuffix("?") or word for word in words.split("|")), may_miss=may_miss)


def _firsts(row: Row) -> Iterable[tuple[str, bool]]:
    """The words under which a row is found, and whether they stand behind leading slots."""
    is_slotted = False
    for step in row.steps:
        if step.slot:
            is_slotted = True
            continue
        for word in step.words:
            yield word, is_slotted
        if not step.may_miss:
            return
