"""Names of people in an utterance: who stands behind «with», in and-lists, behind titles, in front of «'s calendar».

A name needs a reason: a place where names stand (behind «with»), a capital, a title, or the list of first names. Words that
are something else first (May, Will, Bill) need a capital or «with». Meeting kinds, places behind «at», weekdays and roles (my
boss) are nobody's names.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.entities.people.groups import group_start
from bot.language.entities.people.lists import (
    AND,
    EVERYBODY,
    LITTLE,
    ME,
    MONTHS,
    OF_MONTH,
    PLACE_BEFORE,
    Push,
)
from bot.language.entities.people.parts import NameParts
from bot.language.entities.people.signs import BEGINS, OURS, is_expected, is_object, is_split, is_venue, may_name
from bot.language.entities.people.unspaced import read_unspaced
from bot.language.locales.phrasebook import phrasebook
from bot.language.locales.phrases import act_words
from bot.language.meaning import Span
from bot.language.triggers import trigger
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance


_OF_PEOPLE = frozenset(("slot", "spot", "meeting", "call", "booking", "appointment", "calendar"))
_EVERY = frozenset(("all", "every", "any", "both"))
_OLD = frozenset(("old", "former", "previous", "original"))


_REMINDS = trigger(
    lambda word: word in {"erinnere", "erinner", "erinnern", "erinnerst", "herinner", "herinneren"},
)
_OF_WHOM = ("an", "aan")
"""Behind a word of reminding these lead to somebody: «erinnere mich eine stunde vorher an lena»."""


class PeopleRead(NamedTuple):
    """Names as written with their spans, in order; `groups` are teams («the design team»)."""

    names: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    groups: tuple[str, ...] = ()
    group_spans: tuple[Span, ...] = ()


_JOINED = frozenset(("and", "&", "+"))
_SENT = frozenset(("request", "requests", "invite", "invitation", "booking", "bookings"))
_LINKED = 2
_OPENING = 3
_NOTHING = PeopleRead()
_NOBODY: Mapping[int, int] = MappingProxyType({})


def read_people(
    utterance: Utterance, reference: Reference, barred: Collection[int], named: Mapping[int, int] = _NOBODY
) -> PeopleRead:
    """The people named; `barred` are tokens that something else stands on (times, titles, quotations).

    `named` are names found before times were read: their first tokens, and the tokens behind them.
    """
    if utterance.language in ("zh", "ja"):
        unspaced = read_unspaced(utterance, barred)
        return PeopleRead(tuple(name for name, _ in unspaced), tuple(span for _, span in unspaced))
    if not (named or reference.names or may_name(utterance.triggers)):
        return _NOTHING
    search = _Search(utterance, reference, barred, named)
    search.run()
    return search.result()


def _own_words(utterance: Utterance, known: frozenset[str]) -> Iterator[int]:
    """Where small words of another language stand: «uma» and «al» are names in English only."""
    for index, (word, start) in enumerate(zip(utterance.words, utterance.starts, strict=True)):
        if word in known and utterance.text[start].islower():
            yield index


def given_first(name: str) -> str:
    """«Vega, Ana» is Ana Vega."""
    last, comma, first = name.strip("\"' ").partition(", ")
    return f"{first} {last}" if comma else last


class _Search(NameParts):
    """One pass over the tokens. Lives as long as one call of `read_people`."""

    __slots__ = ("found", "groups", "push", "whole")

    def __init__(
        self, utterance: Utterance, reference: Reference, barred: Collection[int], named: Mapping[int, int]
    ) -> None:
        super().__init__(utterance, barred, named)
        language = utterance.language
        self.push = self.lists.push
        if language != "en":
            self.push = {**self.push, **self.lists.push_elsewhere.get(language, {})}
            if utterance.triggers & _REMINDS:
                self.push = {**self.push, **dict.fromkeys(_OF_WHOM, Push.VERB)}
            known = phrasebook(language).words | act_words(language)
            self.barred = {*barred, *_own_words(utterance, known - self.push.keys())}
        self.whole = {tuple(name.lower().split()) for name in reference.names if name.strip()}
        self.found: list[tuple[int, int]] = []
        self.groups: list[tuple[int, int]] = []

    def run(self) -> None:
        words, lists = self.words, self.lists
        done = 0
        for index in range(len(words)) if self.whole or self.named else self.utterance.where(BEGINS | OURS):
            if index < done:
                continue
            word = words[index]
            if word in lists.group_heads and index and (start := group_start(words, index)) is not None:
                self.groups.append((start, index + 1))
                self.found = [piece for piece in self.found if piece[0] < start]
                continue
            push = self.push.get(word)
            if push is not None and index not in self.barred:
                done = self.run_list(self.skip_little(index + 1, push), push)
                continue
            is_dull = word in lists.dull and not (word in lists.shy and self.is_announced(index, Push.NONE))
            if not is_dull or self.whole or index in self.named:
                done = self.run_list(index, Push.NONE)
        self.found = [one for one in self.found if not self.is_aside(*one)]
        if self.found:
            self.found = [*self.in_front(), *self.found]

    def in_front(self) -> Iterator[tuple[int, int]]:
        """«for me, Ola and Jens»: an unknown name with a capital, in front of a known one of its list."""
        at = self.found[0][0] - _LINKED
        words = self.words
        if at < 1 or words[at + 1] not in (",", "and", "&") or words[at - 1] not in ("for", ",", "with", "between"):
            return
        is_plain = at not in self.barred and at not in self.utterance.atoms and words[at].isalpha()
        word = words[at]
        is_unknown = word not in self.known and word not in self.times and word not in self.not_names
        is_listed = words[at - 1] != "," or words[at - _LINKED] in ME
        if is_plain and is_unknown and is_listed and self.is_capital(at):
            yield at, at + 1

    def is_aside(self, start: int, end: int) -> bool:
        """«hi, Tariq here, …» tells who writes; «about ben's contract» what it is about."""
        words = self.words
        behind = words[end] if end < len(words) else ""
        if behind == "here" and start <= _OPENING and words[end + 1 : end + 2] in ((), (",",), (".",), (":",), ("-",)):
            return True
        is_about = words[start - 1 : start] in (("about",), ("re",), ("regarding",))
        return is_about and words[end - 1].endswith("'s") and behind not in self.lists.owned and behind.isalpha()

    def skip_little(self, index: int, push: Push) -> int:
        """Past «only», «my friend», the dot or slash of «w/» and the colon of «optional:»."""
        words = self.words
        while index < len(words) and (
            not words[index]
            or words[index] in LITTLE
            or (words[index] == "in" and words[index - 1] in ("loop", "bring"))
            or (push is Push.WITH and words[index] in ("/", ".", ":", ")"))
        ):
            index += 1
        return index

    def run_list(self, index: int, push: Push) -> int:
        """Read names from here on while «and» and commas join more; the index behind, at least one further."""
        words, size = self.words, len(self.words)
        end = self.name_end(index, push) if index < size else 0
        if not end:
            joined = index < size and words[index] in ME and index + 2 < size and words[index + 1] in ("and", "&")
            if joined and (end := self.name_end(index + 2, max(push, Push.VERB))):
                self.found.append((index + 2, end))
                return end
            return index + 1 if push is Push.NONE else index
        self.found.append((index, end))
        while end < size and words[end] in AND:
            start, comma = end, words[end] in (",", "/", "or")
            while start < size and (words[start] in AND or words[start] in LITTLE):
                comma = comma and words[start] in (",", "/", "or")
                start += 1
            if start >= size:
                break
            if words[start] in ME:
                end = start + 1
                continue
            further = self.name_end(start, self.push_behind(start, push, comma=comma))
            if not further:
                break
            self.found.append((start, further))
            end = further
        return end

    def push_behind(self, index: int, push: Push, *, comma: bool) -> Push:
        """How strongly a list asks for one more name; «Lena and Zibbel»: a capital is enough behind an «and»."""
        if push is Push.NONE and self.words[index - 1] in _JOINED and self.is_capital(index):
            return Push.VERB
        return min(push, Push.VERB) if comma or push is Push.NONE else push

    def name_end(self, index: int, push: Push) -> int:
        """The token behind the name that starts here; 0 when none does."""
        words = self.words
        if index >= len(words):
            return 0
        word = words[index]
        if not word or index in self.utterance.atoms:
            return 0
        for whole in self.whole:
            if words[index : index + len(whole)] == whole:
                return index + len(whole)
        if index in self.named:
            return max(self.extend(index), self.named[index])
        if len(word) == 1 and push and self.is_initial(index):
            return self.extend(index)
        if not word[0].isalpha():
            is_handle = word == "@" and index + 1 < len(words) and self.utterance.is_glued(index + 1)
            return index + 2 if is_handle and words[index + 1].isalpha() and words[index + 1] not in EVERYBODY else 0
        if word in self.lists.titles and (end := self.titled_end(index)):
            return end
        if index in self.barred and not (push is Push.WITH and self.is_month_name(index)):
            return 0
        return self.extend(index) if self.is_name(index, push) else 0

    def titled_end(self, index: int) -> int:
        at = index + 1
        words = self.words
        while at < len(words) and (words[at] == "." or words[at] in self.lists.titles):
            at += 1
        if at in self.named:
            return max(self.extend(at), self.named[at])
        if at >= len(words) or not words[at].isalpha() or at in self.barred or words[at] in self.lists.not_names:
            return 0
        is_short = self.lists.titles and len(words[index]) <= 4
        if self.is_capital(at) or words[at] in self.lists.first or (is_short and words[at] not in self.known):
            return self.extend(at)
        return 0

    def is_month_name(self, index: int) -> bool:
        words = self.words
        after = words[index + 1] if index + 1 < len(words) else ""
        before = words[index - 1] if index else ""
        return (
            words[index] in MONTHS and not after.isdecimal() and after not in ("the", "of") and before not in OF_MONTH
        )

    def is_name(self, index: int, push: Push) -> bool:
        words, lists = self.words, self.lists
        word = words[index]
        base = word.removesuffix("'s")
        before = words[index - 1] if index else ""
        is_first = lists.is_first(base) or base in lists.shy
        is_capital = self.is_capital(index)
        if before == "the" and base in lists.shy and not is_capital:
            return False  # «i need to see the bill»
        if base in self.not_names and not (base in lists.shy and self.is_announced(index, push)):
            return False
        if push is Push.NONE and self.is_in_place(index, before, is_sender=self.is_sender(index)):
            return False
        if push is Push.NONE:
            return self.is_known_anywhere(index, base, is_capital=is_capital)
        if is_first:
            return True
        if base in self.known or len(base) < 2 or ("'" in base and not (is_capital and is_split(base))):
            return False
        if is_capital and base not in self.times:
            return not self.heads_group(index)
        return push is Push.WITH and base.isalpha() and base not in self.times and not self.heads_group(index)

    def is_announced(self, index: int, push: Push) -> bool:
        """Whether a little word is a name all the same: behind «with», what is moved, a capital behind a verb or in a list."""
        if push is Push.WITH or is_object(self.words, index):
            return True
        after = self.words[index + 1] if index + 1 < len(self.words) else ""
        return self.is_capital(index) and (bool(push) or (index > 0 and after in ("and", "&")))

    def is_sender(self, index: int) -> bool:
        """«a booking from Rita»; a name that is a word too only behind what somebody sends."""
        lists, base = self.lists, self.words[index].removesuffix("'s")
        sent = self.words[index - 2 : index - 1]
        return lists.is_first(base) and (base not in lists.shy or (bool(sent) and sent[0] in _SENT))

    def is_in_place(self, index: int, before: str, *, is_sender: bool) -> bool:
        """Behind «at», or the second word of «at Cafe Luna»; «from Rita» names somebody, «from Paris» does not."""
        if self.words[index].endswith("'s") and self.is_owner(index):
            return False
        if is_venue(self.words, index) or (
            before in PLACE_BEFORE and not ((before == "from" and is_sender) or self.is_of_every(index))
        ):
            return True
        return (
            index > 1
            and self.words[index - 2] in ("at", "in")
            and self.is_capital(index - 1)
            and self.is_capital(index)
        )

    def is_owner(self, index: int) -> bool:
        """«in lena's slot», «at sam's old time»: no place is called so."""
        after = self.words[index + 1 : index + 3]
        return bool(after) and (after[0] in _OF_PEOPLE or (after[0] in _OLD and after[-1] in _OF_PEOPLE))

    def is_known_anywhere(self, index: int, base: str, *, is_capital: bool) -> bool:
        words, lists = self.words, self.lists
        after = words[index + 1] if index + 1 < len(words) else ""
        if base in lists.shy:
            if base not in MONTHS and (is_expected(words, index) or self.is_beside_name(index, after)):
                return True
            if not is_capital or (base in MONTHS and not self.is_month_name(index)):
                return False
            starts = index == 0 or words[index - 1] in (".", "?", "!", ":")
            return words[index].endswith("'s") or not starts or after in ("and", "&", "is", "can", "can't")
        if lists.is_first(base):
            return base not in self.known or is_capital
        owns = after in lists.owned
        if words[index].endswith("'s") and owns and is_capital:
            return base not in self.known and base not in self.times
        is_several = self.is_of_every(index)  # «all sams»
        return (owns or is_several) and base.endswith("s") and base[:-1] in lists.first and base[:-1] not in lists.shy

    def is_of_every(self, index: int) -> bool:
        """«all sams», «all the sams», «both of the sams»."""
        front = self.words[max(index - 2, 0) : index]
        is_several = bool(front) and (
            front[-1] in _EVERY or (front[-1] in {"the", "my"} and front[0] in {*_EVERY, "of"})
        )
        return is_several and self.words[index].endswith("s")

    def is_beside_name(self, index: int, after: str) -> bool:
        """«hope + grace», «pat's time», «the request from bea»: small letters where only a person stands."""
        words, lists = self.words, self.lists
        before = words[index - 2 : index]
        if words[index].endswith("'s") and after in lists.owned:
            return True
        if before[-1:] == ("from",) and before[0] in _SENT:
            return True
        beside = (
            words[index + 2 : index + 3] if after in _JOINED else (),
            before[:1] if not _JOINED.isdisjoint(before[-1:]) else (),
        )
        return any(word and lists.is_first(word[0]) and word[0] not in MONTHS for word in beside)

    def result(self) -> PeopleRead:
        if not self.found and not self.groups:
            return _NOTHING
        utterance = self.utterance
        names: list[str] = []
        spans: list[Span] = []
        for start, end in self.found:
            first, last = utterance.starts[start], utterance.ends[end - 1]
            name = self.text[utterance.starts[self.behind_courtesy(start, end)] : last].lstrip("@").rstrip(".,")
            tail = self.words[end - 1]
            if tail.endswith("'s"):
                name = name[:-2]
            elif self.is_bare_possessive(end - 1):
                name = name[:-1]
            name = given_first(name)
            if name and name.casefold() not in (other.casefold() for other in names):
                names.append(name)
            spans.append(Span(first, last))
        groups = [(utterance.starts[start], utterance.ends[end - 1]) for start, end in self.groups]
        return PeopleRead(
            names=tuple(names),
            spans=tuple(spans),
            groups=tuple(self.text[start:end] for start, end in groups),
            group_spans=tuple(Span(start, end) for start, end in groups),
        )

    def behind_courtesy(self, start: int, end: int) -> int:
        """The token of the name itself: «Mrs. Ort» is Ort."""
        at = start
        if self.words[at] in self.lists.courtesy:
            at += 1
            while at < end and self.words[at] == ".":
                at += 1
        return at if at < end else start

    def is_bare_possessive(self, index: int) -> bool:
        """«sams calendar»."""
        word = self.words[index]
        after = self.words[index + 1] if index + 1 < len(self.words) else ""
        return (
            word.endswith("s")
            and word not in self.lists.first
            and word[:-1] in self.lists.first
            and (after in self.lists.owned or self.is_of_every(index))
        )
