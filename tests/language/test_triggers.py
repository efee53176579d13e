"""Triggers: a text's bits are those of its words, also when words are hidden and when a reader comes later."""

from __future__ import annotations

from bot.language.apart import hidden
from bot.language.entities.aside_words import Aside, Beside
from bot.language.normalise import normalise
from bot.language.triggers import DIGITS, POSSESSIVE, trigger, triggers_in


def test_a_text_has_the_bits_of_its_words() -> None:
    utterance = normalise("see lena's page 7")

    assert utterance.triggers & DIGITS
    assert utterance.triggers & POSSESSIVE
    assert [bool(bits & DIGITS) for bits in utterance.bits] == [word.isdecimal() for word in utterance.words]


def test_a_hidden_word_concerns_no_reader() -> None:
    utterance = normalise("see page 7")

    assert not hidden(utterance, [Aside(Beside.TOPIC, 2, 3)]).triggers & DIGITS


def test_a_reader_that_comes_later_is_told_of_words_met_before() -> None:
    assert triggers_in(("wombat",)) == triggers_in(("wombat",))

    late = trigger(lambda word: word == "wombat")

    assert triggers_in(("a", "wombat"))[1] & late
    assert not triggers_in(("a", "wombat"))[0] & late
