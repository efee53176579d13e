"""Triggers: what a text must hold so that a reader is worth entering. Most readers have nothing to do in most texts.

A reader says once which words make it look and gets a bit. Each word's bits are found once and kept (`Utterance.bits`), those
of a text are those of its words together (`Utterance.triggers`). So a reader that is not concerned costs one look at a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Test = Callable[[str], bool]
_REMEMBERED = 16_384
"""Words whose bits are kept; they recur."""


class _Bits(dict[str, int]):
    """The bits of each word, found when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self.tests: list[Test] = []

    def __missing__(self, word: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = bits = sum(1 << place for place, test in enumerate(self.tests) if test(word))
        return bits


_BITS = _Bits()


def trigger(test: Test) -> int:
    """A bit of its own for the words that pass the test."""
    _BITS.clear()
    _BITS.tests.append(test)
    return 1 << (len(_BITS.tests) - 1)


def triggers_in(words: Iterable[str]) -> tuple[int, ...]:
    """The bits of each of the words."""
    return tuple(map(_BITS.__getitem__, words))


DIGITS = trigger(str.isdecimal)
POSSESSIVE = trigger(lambda word: word.endswith("'s"))
