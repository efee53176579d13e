"""What is told beside a wish that says by itself what is wanted: «greta moved her call. book kim friday at 10».

    words ─ marks, «because», «so» ─→ pieces ─ told, and the others a whole wish ─→ asides

Nothing of such a piece counts: neither who is named in it, nor its times and verbs. Where the wish leans on it («greta can't do
friday, move her»), names the same person, or lacks a day or a clock that it has, it is left to the readers of facts.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.cues.rows import as_written
from bot.language.cues.verbs import LINKS
from bot.language.entities.aside_words import Aside, Beside
from bot.language.entities.runs import day_words, is_time
from bot.language.lexicon import lexicon_for
from bot.language.locales.detect import find_language
from bot.language.meaning import Intent
from bot.language.moods.texts import BREAKS, QUOTES, STOPS, Text
from bot.language.moods.words import all_mood_words, mood_words
from bot.language.sketch import vocabulary
from bot.language.times.places import named_places
from bot.language.triggers import DIGITS, trigger
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance

_MOST = 120
_FRONT = 4
"""Tokens of an address, and from a name to its verb."""
_REPORT = 6
"""Tokens from a name to the verb of their words."""
_OF_THANKS = 2
"""Tokens behind «thanks for» in which an act is what was done."""
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_ACTS = _ON_STANDING | {Intent.BOOK, Intent.HOLD}
_NEEDS_NOBODY = _ON_STANDING | {Intent.HOLD}
_DAYS = ("weekday", "month", "relday", "ordinal")


@cache
def _telling_words() -> frozenset[str]:
    lists = ("telling", "third", "greets", "closes", "aux")
    found = [known.words[name] for known in all_mood_words() for name in lists]
    return frozenset().union(
        *found, *(known.phrases[name] for known in all_mood_words() for name in ("courtesy", "being"))
    )


@cache
def _parting_words() -> frozenset[str]:
    lists = ("because", "so", "reports")
    return frozenset().union(STOPS, BREAKS, *(known.words[name] for known in all_mood_words() for name in lists))


_TELLS = trigger(lambda word: word in _telling_words() or as_written(word) in _telling_words())
_PARTS = trigger(lambda word: word in _parting_words() or as_written(word) in _parting_words())


class _Piece(NamedTuple):
    """A stretch between marks: tokens, whether it is a sentence and only tells, and who is named in it."""

    start: int
    end: int
    is_whole: bool
    is_told: bool
    people: frozenset[str]


def told_beside(utterance: Utterance, reference: Reference) -> list[Aside]:
    """The pieces of a text that only tell something beside a whole wish."""
    if len(utterance.words) > _MOST or (utterance.text.isascii() and not utterance.triggers & _TELLS):
        return []
    if not utterance.triggers & _PARTS and "\n" not in utterance.text:
        return []  # one piece is the whole wish
    known = mood_words(language := find_language(utterance, reference.language))
    if known is None:
        return []
    text = _Pieces(utterance.in_language(language), known)
    pieces = [text.piece(start, end) for start, end in text.cut()]
    told = [one for one in pieces if one.is_told]
    rest = [at for one in pieces if not one.is_told for at in range(one.start, one.end)]
    if not told or not text.is_wish(rest, reference.event_types):
        return []
    return [Aside(Beside.TOLD, one.start, one.end) for one in told if text.is_apart(one, rest)]


class _Pieces(Text):
    """The pieces of one text."""

    __slots__ = ()

    def cut(self) -> Iterator[tuple[int, int]]:
        """What stands between marks, and what «because» and «so» begin."""
        for start, end in self.sentences:
            marks = [at for at in range(start, end) if self.is_break(at) and not self.opens_words(at)]
            heads = [at for at in range(start + 1, end) if self.begins_clause(at)]
            for first, last in pairwise(sorted({start, end, *marks, *heads})):
                begin = first + 1 if first in marks else first
                order = self.order_reported(begin, last)
                if begin < order:
                    yield begin, order
                if order < last:
                    yield order, last

    def begins_clause(self, at: int) -> bool:
        """«… because greta cancelled», «… so book kim»."""
        words, known = self.words, self.known
        if known.has("because", words[at]):
            return at + 1 < len(words) and not self.is_timely(at + 1) and not self.is_break(at + 1)
        return known.has("so", words[at]) and self.act(at + 1) is not None

    def reports(self, start: int) -> int:
        """The verb of «greta said …», «greta hat mir gesagt …», which begins here; 0 where none does."""
        if (name := self.name_at(start)) < 0:
            return 0
        front = range(name + 1, min(name + _REPORT, len(self.words)))
        return next((at for at in front if self.known.has("reports", self.words[at])), 0)

    def opens_words(self, at: int) -> bool:
        """«greta meinte, ich soll …»: the comma in front of somebody's words."""
        return self.words[at] == "," and any(self.reports(one) == at - 1 > 0 for one in range(max(at - _REPORT, 0), at))

    def order_reported(self, start: int, end: int) -> int:
        """Where the order begins that somebody asked to pass on («greta told me to | cancel lena»); else the end."""
        verb = self.reports(start)
        order = next((at for at in range(verb + 1, end) if self.is_order(at, start)), end) if verb else end
        return end if any(word in QUOTES for word in self.words[verb + 1 : order]) else order

    def piece(self, start: int, end: int) -> _Piece:
        """One stretch as it is meant."""
        is_whole = (start, end) in self.sentences
        return _Piece(start, end, is_whole, self.only_tells(start, end), self.people(range(start, end)))

    def only_tells(self, start: int, end: int) -> bool:
        """Whether nothing is ordered or wished in a stretch, and something told."""
        words, known = self.words, self.known
        while start < end and (words[start] in LINKS or known.has("because", words[start])):
            start += 1
        if start >= end or words[end : end + 1] == ("?",):
            return False
        thanks = known.phrase_at("courtesy", words, start)  # «thanks for moving greta»
        first = thanks + _OF_THANKS if thanks else start
        if any(self.is_order(at, start) for at in range(first, end)):
            return False
        if thanks:
            return True
        if self.answers_wish(start, end):
            return False
        if self.is_address(start, end) or self.reports(start):
            return True
        if known.phrase_at("being", words, start):
            is_timed = any(map(self.is_timely, range(start, end)))
            return bool(self.people(range(start, end))) and not (is_timed or self.names_place(start, end))
        return not (self.says("wishing", start, end) or self.says("polite", start, end)) and self.narrates(start, end)

    def names_place(self, start: int, end: int) -> bool:
        """«i'm in new york next week»: where somebody is, whose clock then holds; «york» is nobody's name."""
        first, last = self.utterance.starts[start], self.utterance.ends[end - 1]
        return any(first <= span.start < last for _, span in named_places(self.utterance))

    def narrates(self, start: int, end: int) -> bool:
        """«we moved offices», «greta hat geschrieben», «greta is moving to lisbon»."""
        if self.says("telling", start, end) or self.says("met_past", start, end):
            return True
        if self.says("aux", start, end) and any(map(self.known.is_participle, self.written[start:end])):
            return True
        name = self.name_at(start)
        return 0 <= name < end - 2 and self.says("third", name + 1, min(name + _FRONT, end))

    def answers_wish(self, start: int, end: int) -> bool:
        """«greta wrote: …», «… but i won't», «… just kidding», «if she came»: what changes what the rest means."""
        words, known = self.words, self.known
        if known.has("but", words[start]) or self.says("if", start, start + 2):
            return True
        if any(known.phrase_at(name, words, at) for name in ("taken_back", "counts") for at in range(start, end)):
            return True
        return words[end : end + 1] == (":",) and known.has("reports", words[end - 1])

    def is_address(self, start: int, end: int) -> bool:
        """«Hi Petra,» in front, «LG Ana» behind: who is greeted, and who writes."""
        words, known = self.words, self.known
        is_front = not any(word[:1].isalnum() for word in words[:start])
        kind = "greets" if is_front else "closes" if end == len(words) else ""
        if kind == "closes" and start > 1 and words[start - 1] == "," and known.has("closes", words[start - 2]):
            start -= 2  # «Best, Ana»
        if not kind or not known.has(kind, words[start]) or end - start > _FRONT:
            return False
        return all(
            self.is_named(at) or known.has(kind, words[at]) or words[at] in LINKS for at in range(start + 1, end)
        )

    def is_order(self, at: int, start: int) -> bool:
        """Whether a verb stands here that says an act as an order."""
        word, known = self.written[at], self.known
        if word in known.past or word in known.done or (word in known.third_acts and at > start):
            return False
        return not known.has("weak", self.words[at]) and self.act(at) in _ACTS

    def is_timely(self, at: int) -> bool:
        """Whether a day or a figure stands here."""
        return self.is_day(at) or self.utterance.words[at].isdecimal()

    def is_day(self, at: int) -> bool:
        word = self.utterance.words[at]
        if self.utterance.language != "en":
            return len(word) > 2 and word in day_words()
        return is_time(self.utterance, at) and not lexicon_for("en").words.get(word, {}).keys().isdisjoint(_DAYS)

    def is_wish(self, rest: list[int], event_types: Collection[str]) -> bool:
        """Whether what is left says an act and whom or which meeting it is about, by itself."""
        words, known = self.words, self.known
        acts = self.acts(rest)
        if any(known.has("pointing", words[at]) for at in rest):
            return False
        if not acts and not any(known.has("wishing", words[at]) for at in rest):
            return False
        if any(map(self.is_surely_named, rest)):
            return True
        if any(known.has("back_to", words[at]) for at in rest):
            return False
        said = {self.utterance.words[at] for at in rest}
        is_timed = any(map(self.is_timely, rest))
        if not acts & _ON_STANDING:
            return is_timed
        says_meet = any("meet" in vocabulary().classes.get(word, ()) for word in said)
        return (says_meet and is_timed) or any(said.issuperset(title.lower().split()) for title in event_types)

    def acts(self, rest: list[int]) -> frozenset[Intent]:
        """The acts that are said there, weak ones too."""
        return frozenset(act for at in rest if (act := self.act(at)) is not None)

    def is_apart(self, told: _Piece, rest: list[int]) -> bool:
        """Whether the wish does without the piece, and something could be read from it that is not meant."""
        named = self.people(rest)
        if not named.isdisjoint(told.people) or (not named and told.people and not self.acts(rest) & _NEEDS_NOBODY):
            return False
        if not named and self.is_address(told.start, told.end):
            return False
        return self.can_mislead(told) and self.has_its_time(told, rest)

    def can_mislead(self, told: _Piece) -> bool:
        """Whether anything stands in the piece that a wish could be read from; what does not is left as why."""
        tokens = range(told.start, told.end)
        words, known = self.written, self.known
        return (
            told.is_whole
            or bool(told.people)
            or self.says("long_ago", told.start, told.end)
            or bool(known.phrase_at("courtesy", self.words, told.start))
            or any(self.is_timely(at) or self.act(at) is not None for at in tokens)
            or any(words[at] in known.past or words[at] in known.done or words[at] in known.third_acts for at in tokens)
        )

    def has_its_time(self, told: _Piece, rest: list[int]) -> bool:
        """Whether the wish has a day and figures of its own where the piece has some, or needs none."""
        if self.acts(rest) == {Intent.CANCEL}:
            return True
        tokens = range(told.start, told.end)
        digits = set(self.utterance.where(DIGITS))
        lacks_day = any(map(self.is_day, tokens)) and not any(map(self.is_day, rest))
        return not lacks_day and (digits.isdisjoint(tokens) or not digits.isdisjoint(rest))
