"""The cues of an utterance: one pass over its words, each looked up once among the first words of the rows."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.amounts import amount_near, is_count, is_unit
from bot.language.cues.rows import GAP, as_written, cue_rows
from bot.language.entities.tokens import span_of, tokens_in
from bot.language.meaning import Grain, Sign, Span
from bot.language.normalise import HIDDEN
from bot.language.signs import Cue
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bot.language.cues.rows import CueRows, Row, Starts, Step
    from bot.language.normalise import Utterance

_GAP_LENGTH = 6
_MOST = 160
"""Words of a text in which cues are looked for; what stands further down a wall of text changes no wish."""
_STOPS = frozenset((".", "!", "?", ";", "\n"))
_FAR = frozenset(
    (
        *(Cue.EARLIER, Cue.LATER, Cue.BEFORE_THAT, Cue.AFTER_THAT, Cue.LONGER_BY, Cue.SHORTER_BY),
        *(Cue.AFTER_WHOM, Cue.BEFORE_WHOM, Cue.WHOSE_TIME),
    )
)

_OF_DAYS = frozenset((Cue.BEFORE_THAT, Cue.AFTER_THAT))
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_A_DAY = ("tags ", "lendemain", "veille", "día", "dia ", "giorno", "日", "天")
"""What rows say of a day that is told in English as one word («the next day») and so has no unit."""

IN_IDIOMS = frozenset(Cue) - {Cue.IF_TAKEN, Cue.EITHER}
"""Cues that are none inside a set phrase; «if that's taken» and «else» are such phrases themselves."""


def read_cues(
    utterance: Utterance,
    told: Utterance,
    people: Sequence[Span] = (),
    *,
    only: Cue | None = None,
    written: tuple[str, ...] | None = None,
) -> tuple[Sign, ...]:
    """Every cue (or one of them), in the order of the text; `told` is the utterance in English, where amounts are read.

    `written`: its words as `words_of` gives them, where somebody has asked for them already.
    """
    if only is Cue.CORRECTED and utterance.language == "en" and not utterance.triggers & _CORRECTING:
        return ()
    signs = _Pass(utterance, told, people, written).signs(only)
    if any(sign.cue is Cue.ASKS_GUEST_OUT for sign in signs):
        signs = _with_guests_alone(signs, utterance, people)
    ones = tuple(sign.span for sign in signs if sign.cue in _ONES)
    signs = outside(ones, signs, only=_STEPS) if ones else signs  # «the later one with lena»: which, and no step
    return _without_limits(signs)


def _without_limits(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs without a refusal that is but a limit: «kan het morgen niet voor 10 uur», not before ten."""
    limits = [sign.span for sign in signs if sign.cue is Cue.BOUND]
    if not limits or not any(sign.cue is Cue.CLOSES for sign in signs):
        return signs
    ends = {end for one in limits for end in range(one.start + 1, one.end)}
    return tuple(sign for sign in signs if sign.cue is not Cue.CLOSES or sign.span.end not in ends)


def _with_guests_alone(signs: tuple[Sign, ...], utterance: Utterance, people: Sequence[Span]) -> tuple[Sign, ...]:
    """The signs without a guest where a meeting goes: «supprime la réunion avec lena», «enlève lena de mon agenda»."""
    off = [sign.span for sign in signs if sign.cue is Cue.FROM_CALENDAR]
    standing = [sign.span.start for sign in signs if sign.cue is Cue.STANDING]
    whom = [span.start for span in people]
    whom += [utterance.starts[at] for at, (kind, _) in utterance.atoms.items() if kind in PEOPLE]

    def is_no_guest(sign: Sign) -> bool:
        start, end = sign.span.start, sign.span.end
        is_behind = bool(whom) and all(place >= end for place in whom)
        is_off = any(start < one.start < end for one in off)
        return is_off or (GAP in sign.row and (is_behind or any(0 < at - start <= _VERB for at in standing)))

    return tuple(sign for sign in signs if sign.cue is not Cue.ASKS_GUEST_OUT or not is_no_guest(sign))


_VERB = 12
"""Letters of a verb and the space behind it."""
_ONES = frozenset((Cue.EARLIER_ONE, Cue.LATER_ONE))
_STEPS = frozenset((Cue.EARLIER, Cue.LATER))

_IDIOMATIC = trigger(lambda word: word in cue_rows("en").idioms)
_CORRECTING = trigger(lambda word: word in cue_rows("en").correcting)


def idiom_spans(utterance: Utterance, written: tuple[str, ...] | None = None) -> tuple[Span, ...]:
    """Where set phrases stand that change nothing («no rush», «if possible»)."""
    if utterance.language == "en" and not utterance.triggers & _IDIOMATIC:
        return ()
    search = _Pass(utterance, utterance, (), written)
    found = search.matches(search.rows.idioms)
    return tuple(span_of(utterance, start, end) for _, start, end in found)


def outside(
    taken: tuple[Span, ...], signs: tuple[Sign, ...], *, only: Collection[Cue] | None = None
) -> tuple[Sign, ...]:
    """The signs (of some cues only, where these are given) that are no part of a stretch that was taken."""
    if not taken or not signs or (only is not None and not any(sign.cue in only for sign in signs)):
        return signs
    return tuple(
        sign
        for sign in signs
        if (only is not None and sign.cue not in only)
        or not any(one.start <= sign.span.start and sign.span.end <= one.end for one in taken)
    )


def words_of(utterance: Utterance) -> tuple[str, ...]:
    """The words that rows are compared with: as respelt in English, as written elsewhere, long ones without accents."""
    if utterance.language == "en":
        return utterance.words[:_MOST]
    text, words = utterance.text, utterance.words[:_MOST]
    spelt = [text[start:end].lower() for start, end in zip(utterance.starts[:_MOST], utterance.ends, strict=False)]
    if HIDDEN in words:
        spelt = [HIDDEN if word == HIDDEN else said for word, said in zip(words, spelt, strict=True)]
    return tuple(map(as_written, spelt))


class _Pass:
    """One pass over the words. Lives as long as one call of `read_cues`."""

    __slots__ = ("named", "people", "rows", "told", "utterance", "words")

    def __init__(
        self, utterance: Utterance, told: Utterance, people: Sequence[Span], written: tuple[str, ...] | None
    ) -> None:
        self.utterance, self.told, self.people = utterance, told, people
        self.rows: CueRows = cue_rows(utterance.language)
        self.words = words_of(utterance) if written is None else written
        self.named: Collection[int] | None = None

    def signs(self, only: Cue | None) -> tuple[Sign, ...]:
        found: list[Sign] = []
        places: dict[Cue, list[int]] = {}
        for row, start, end in self.matches(self.rows.correcting if only is Cue.CORRECTED else self.rows.starts):
            if not row.is_placed or self.is_placed(row, start, end):
                self.add(found, places.setdefault(row.cue, []), row, span_of(self.utterance, start, end))
        return tuple(sorted(found, key=_place)) if len(found) > 1 else tuple(found)

    def matches(self, starts: Starts) -> Iterator[tuple[Row, int, int]]:
        """Each row that stands in the text, wherever that is, with the tokens from which and up to which."""
        words, size = self.words, len(self.words)
        for index in compress(range(size), map(starts.__contains__, words)):
            word = words[index]
            tried, by_next, by_need = starts[word]
            behind = ""
            if by_next:
                behind = words[index + 1] if index + 1 < size else ""
                tried = by_next.get(behind or self.behind(index), tried)
            if by_need and not by_need.keys().isdisjoint(words):
                needed = {one.place: one for word in by_need.keys() & words for one in by_need[word]}
                tried = tuple(sorted([*tried, *(one for one in needed.values() if self.may_stand(one.row))]))
            for _, row, leading in tried:
                start = index - leading
                if row.is_word:
                    yield row, start, index + 1 - row.ahead
                elif row.is_pair and behind and word:
                    yield row, start, index + 2 - row.ahead
                elif start >= 0:
                    begun = row.begun if word else 0
                    if end := self.end_of(row.steps, begun, start + begun):
                        yield row, start, end - row.ahead

    def may_stand(self, row: Row) -> bool:
        """Whether a word of each of its steps stands somewhere in the text."""
        words = self.words
        for step in row.others:  # noqa: SIM110  asked often; a generator takes three times as long
            if step.isdisjoint(words):
                return False
        return True

    def behind(self, index: int) -> str:
        """The next word that was not taken into the one before it; empty at the end."""
        return next(filter(None, self.words[index + 1 :]), "")

    def add(self, found: list[Sign], places: list[int], row: Row, span: Span) -> None:
        """One sign a cue and place: the longest way of saying it stands for the others; `places` are those of its cue."""
        for place in places:
            other = found[place].span
            if other.start < span.end and span.start < other.end:
                if span.end - span.start > other.end - other.start:
                    found[place] = self.sign(row, span)
                return
        places.append(len(found))
        found.append(self.sign(row, span))

    def sign(self, row: Row, span: Span) -> Sign:
        far = amount_near(self.told, span) if row.cue in _FAR else None
        if far is None and row.cue in _OF_DAYS and any(day in row.text for day in _A_DAY):
            return Sign(cue=row.cue, span=span, row=row.text, grain=Grain.DAY)
        if far is None:
            return Sign(cue=row.cue, span=span, row=row.text)
        return Sign(cue=row.cue, span=span, row=row.text, amount=far[0], grain=far[1], holds_amount=far[2])

    def end_of(self, steps: tuple[Step, ...], step: int, at: int) -> int:
        """The token behind the rest of a row that begins here; 0 when it does not."""
        words, size, last = self.words, len(self.words), len(steps)
        while step < last:
            wanted, slot, may_miss = steps[step]
            if slot == GAP:
                return self.behind_gap(steps, step + 1, at)
            word = words[at] if at < size else None
            if word == "":
                at += 1
                continue
            step += 1
            if word is not None and (self.fits_slot(steps[step - 1], at) if slot else word in wanted):
                if may_miss and not self.end_of(steps, step, at + 1):
                    return self.end_of(steps, step, at)
                at += 1
                while slot == "<n>" and at < size and self.fits_slot(steps[step - 1], at) and not self.is_unit(at):
                    at += 1  # «half an», «one and a half»
            elif not may_miss:
                return 0
        return at

    def behind_gap(self, steps: tuple[Step, ...], step: int, at: int) -> int:
        words = self.words
        want = steps[step] if step < len(steps) else None
        known = want.words if want is not None and not (want.slot or want.may_miss) else None
        for place in range(at, min(at + _GAP_LENGTH + 1, len(words))):
            is_tried = known is None or words[place] in known or not words[place]
            if is_tried and (end := self.end_of(steps, step, place)):
                return end
            if words[place] in _STOPS and not self.is_ordinal_dot(place):
                return 0
        return 0

    def is_ordinal_dot(self, at: int) -> bool:
        """«vom 7. bis 11. Dezember»: a dot behind a number ends no sentence."""
        is_dot = at > 0 and self.words[at] == "." and self.words[at - 1].isdecimal() and at + 1 < len(self.words)
        behind = self.utterance.text[self.utterance.starts[at + 1]] if is_dot else ""
        return behind.islower() or (is_dot and self.utterance.language == "de")

    def fits_slot(self, want: Step, at: int) -> bool:
        if self.words[at] in want.words:
            return True
        match want.slot:
            case "<n>":
                return is_count(self.told, self.utterance, at) and not self.is_ordinal(at)
            case "<unit>":
                return is_unit(self.told, self.utterance, at)
            case "<who>":
                return self.is_named(at)
            case "<whose>":
                return self.words[at].endswith(("'s", "s")) and (self.is_named(at) or self.is_owner(at))
            case _:
                return self.words[at][:1].isalnum()

    def is_ordinal(self, at: int) -> bool:
        """«the 13th», as opposed to «the 13»."""
        behind = at + 1
        return behind < len(self.words) and self.words[behind] in _SUFFIXES and self.utterance.is_glued(behind)

    def is_unit(self, at: int) -> bool:
        return is_unit(self.told, self.utterance, at)

    def is_named(self, at: int) -> bool:
        if self.named is None:
            self.named = tokens_in(self.people, self.utterance).union(self.utterance.atoms)
        return at in self.named

    def is_owner(self, at: int) -> bool:
        """«danas zeit» beside «dana»: the name of somebody named elsewhere, with an «s» behind it."""
        base = self.words[at].removesuffix("s")
        return any(self.words[one] == base for one in range(len(self.words)) if self.is_named(one))

    def is_placed(self, row: Row, start: int, end: int) -> bool:
        """Whether the row stands where it says: at the opening or at the end of the text."""
        words, rows = self.words, self.rows
        if row.opens or row.opens_at_once:
            soft = () if row.opens_at_once else rows.openers
            if any(word[:1].isalnum() and word not in soft for word in words[:start]):
                return False
        if row.ends:
            return not any(word[:1].isalnum() and word not in rows.closers for word in words[end:])
        return True


def _place(sign: Sign) -> int:
    return sign.span.start
