"""Where a name ends that begins at a token: capitals, particles («van der Berg»), initials, a surname in small letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import AND, LETTER_WORDS, PARTICLES, STRONG_PARTICLES, name_lists
from bot.language.lexicon import lexicon_for
from bot.language.locales.phrasebook import phrasebook
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.language.normalise import Utterance

_SURNAMES = frozenset(("said",))
_MOST_PARTS = 6
_BEHIND_INITIAL = frozenset(("", ".", "to", "on", "at", "from", "by", "and", "?", "please", "pls"))
"""Behind these «o» and «e» are initials in English too: «move sam o to friday»."""
_MOST_PARTICLES = 3


class NameParts:
    """Questions about the tokens of one utterance as parts of names."""

    __slots__ = (
        "barred",
        "has_capitals",
        "known",
        "lists",
        "named",
        "not_names",
        "text",
        "times",
        "utterance",
        "words",
    )

    def __init__(self, utterance: Utterance, barred: Collection[int], named: Mapping[int, int]) -> None:
        self.utterance = utterance
        self.words = utterance.words
        self.text = utterance.text
        self.lists = lists = name_lists()
        self.known = vocabulary().classes
        language = utterance.language
        self.not_names = lists.not_names
        if language != "en":
            self.not_names = lists.not_names | lists.not_names_elsewhere.get(language, frozenset())
        self.times = lexicon_for(language).words if language == "en" else phrasebook(language).words
        self.barred = barred
        self.named = named
        self.has_capitals = self.text != self.text.upper()

    def is_capital(self, index: int) -> bool:
        return self.has_capitals and self.text[self.utterance.starts[index]].isupper()

    def extend(self, index: int) -> int:
        """Past further parts of the name: capitals, initials, or one more unknown word in a text without capitals."""
        words, utterance = self.words, self.utterance
        end = index + 1
        if words[index].endswith("'s"):
            return end
        is_capital = self.is_capital(index)
        while end < len(words) and end - index < _MOST_PARTS:
            behind = self.behind_particles(end) if is_capital else 0
            if not behind and not self.is_further(end, is_capital=is_capital):
                break
            end = behind or end + 1
            if words[end - 1].endswith("'s"):
                break
        if end > index + 1 and words[end - 1] == "." and end < len(words) and not self.is_capital(end):
            end -= 1
        if end == index + 1 and not is_capital and words[index] in self.lists.first and self.is_surname(end):
            end += 1
        elif end == index + 1 and not is_capital and (behind := self.behind_initial(end)):
            end = behind
        return end if utterance.ends[end - 1] - utterance.starts[index] < 60 else index + 1

    def behind_particles(self, index: int) -> int:
        """Past «van der Berg», «de la Vega», «d'Arcy»; 0 where no such part of a name begins."""
        words, at = self.words, index
        while at < len(words) and at - index < _MOST_PARTICLES and words[at] in PARTICLES:
            at += 1
        is_strong = not STRONG_PARTICLES.isdisjoint(words[index:at])
        if at == index:
            word = self.text[self.utterance.starts[at] : self.utterance.ends[at]]
            return at + 1 if word[1:2] in ("'", "’") and word[:1] in "dlo" and word[2:3].isupper() else 0
        is_tied = words[at - 1] in {"al", "el"} and words[at : at + 1] == ("-",) and self.utterance.is_glued(at)
        if is_tied and at + 1 < len(words) and self.is_capital(at + 1):
            return at + 2
        if not is_strong or at >= len(words) or at in self.barred or not self.is_capital(at):
            return 0
        base = words[at].removesuffix("'s")
        is_word = base in self.not_names and base not in _SURNAMES
        is_word = is_word or base in self.times or base in self.lists.group_heads
        return 0 if is_word or not base.isalpha() else at + 1

    def behind_initial(self, index: int) -> int:
        """Past «n.» or «n» in «sam n. tomorrow»; 0 when no initial stands there."""
        words = self.words
        if index >= len(words) or len(words[index]) != 1 or not words[index].isalpha() or index in self.barred:
            return 0
        if index in self.utterance.atoms:
            return 0
        has_dot = index + 1 < len(words) and words[index + 1] == "." and self.utterance.is_glued(index + 1)
        if has_dot and index + 2 < len(words):
            return index + 2
        is_and = words[index] == "n" and index + 1 < len(words) and self.lists.is_first(words[index + 1])
        behind = words[index + 1] if index + 1 < len(words) else ""
        is_placed = (
            self.utterance.language == "en" and behind in _BEHIND_INITIAL and words[index] not in ("a", "i", "w")
        )
        is_word = words[index] in LETTER_WORDS and not is_placed
        return 0 if is_word or is_and else index + 1

    def is_initial(self, index: int) -> bool:
        """«A. Vega»: a capital, a dot and another capital."""
        words, utterance = self.words, self.utterance
        has_dot = words[index + 1 : index + 2] == (".",) and utterance.is_glued(index + 1)
        if not (has_dot and index + 2 < len(words) and self.is_capital(index) and words[index].isalpha()):
            return False
        return self.is_capital(index + 2) and index + 2 not in self.barred and words[index + 2] not in self.not_names

    def is_further(self, index: int, *, is_capital: bool) -> bool:
        words = self.words
        word = words[index]
        if word in (".", "-"):
            initial = words[index - 1]
            return self.utterance.is_glued(index) and (
                (word == "." and len(initial) == 1)
                or (word == "-" and index + 1 < len(words) and self.is_capital(index + 1))
                or (word == "-" and self.is_double(index))
            )
        if words[index - 1] == "-" and index > 1 and self.is_double(index - 1):
            return True
        if index in self.named:
            return is_capital and self.is_capital(index)
        if (
            not word
            or index in self.barred
            or index in self.utterance.atoms
            or not is_capital
            or not self.is_capital(index)
        ):
            return False
        base = word.removesuffix("'s")
        if len(word) == 1 and words[index + 1 : index + 2] == (".",):
            return word.isalpha()
        return base not in self.known and base not in self.lists.not_names and base not in self.times

    def is_double(self, index: int) -> bool:
        """«ana-maria»: two first names tied by a dash, in small letters."""
        words, first = self.words, self.lists.first
        is_tied = index + 1 < len(words) and self.utterance.is_glued(index + 1)
        return is_tied and words[index - 1] in first and words[index + 1].removesuffix("'s") in first

    def is_surname(self, index: int) -> bool:
        """An unknown lower-case word behind a lower-case first name, with nothing or something known behind it."""
        words = self.words
        if index >= len(words) or index in self.barred:
            return False
        word = words[index].removesuffix("'s")
        is_owner = word != words[index]  # «sam ortiz's meeting»
        if (
            not word.isalpha()
            or (len(word) < 3 - is_owner and word not in self.lists.short_surnames)
            or word in self.known
            or word in self.times
            or word in self.not_names
        ):
            return False
        if word.endswith(("ing", "ed", "ly")) or word in AND or word in self.lists.push:
            return False
        if index > 1 and word in self.lists.first and words[index - 2] in self.lists.first:
            return False  # «dana omar lena» are three
        after = words[index + 1] if index + 1 < len(words) and not is_owner else ""
        return not after or index + 1 in self.barred or after in self.times or not after[0].isalpha() or after in AND

    def heads_group(self, index: int) -> bool:
        """«acme team», «sales group»: the next words make it a group or a thing."""
        words = self.words
        return any(word in self.lists.group_heads for word in words[index + 1 : index + 3] if word not in AND)
