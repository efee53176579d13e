"""Every language stands in every place where a language must be known, and is held to rows of its own."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from reading_corpus import table

from bot.language.locales.detect import own_languages
from bot.language.locales.phrasebook import PATTERNS, patterns
from bot.language.locales.phrases import languages

CORPUS = Path(__file__).parent.parent / "corpus"
CORPORA = ("languages.toml", "lengths_languages.toml", "repeats_languages.toml", "intents_languages.toml")


def missing(language: str) -> list[str]:
    """Where the language is forgotten, as a path from the root and a table."""
    words = files("bot.language").joinpath("words")
    found = [
        f"bot/language/words/{name}"
        for name in (f"{language}.toml", f"cues/{language}.toml")
        if not words.joinpath(name).is_file()
    ]
    if language not in {one.language for one in languages()}:
        found.append(f"bot/language/words/intents_languages.toml [{language}]")
    if not (CORPUS / f"times_{language}.toml").is_file():
        found.append(f"tests/corpus/times_{language}.toml")
    return [*found, *(f"tests/corpus/{name} [{language}]" for name in CORPORA if language not in table(name))]


@pytest.mark.parametrize("language", sorted(own_languages() - {"en"}))
def test_a_language_stands_wherever_languages_are_told_apart(language: str) -> None:
    assert missing(language) == []


def test_what_is_forgotten_of_a_language_is_named() -> None:
    assert missing("xx") == [
        "bot/language/words/xx.toml",
        "bot/language/words/cues/xx.toml",
        "bot/language/words/intents_languages.toml [xx]",
        "tests/corpus/times_xx.toml",
        "tests/corpus/languages.toml [xx]",
        "tests/corpus/lengths_languages.toml [xx]",
        "tests/corpus/repeats_languages.toml [xx]",
        "tests/corpus/intents_languages.toml [xx]",
    ]


@pytest.mark.parametrize("name", sorted({*own_languages() - {"en"}, "languages"}))
def test_what_a_pattern_says_in_english_names_only_slots_that_it_has(name: str) -> None:
    wrong = [
        " ".join(pattern.elements)
        for kind in PATTERNS
        for pattern in patterns(name, kind)
        for slot in re.findall(r"[$#&@*](\d)", " ".join(part for part in pattern.template if part[0] in "$#&@"))
        if int(slot) > sum(element.startswith("<") for element in pattern.elements)
    ]

    assert not wrong
