"""Times, lengths and repetitions in languages other than English, against the corpora of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_corpus import REFERENCE, misread, rows, table, written

from bot.language.locales.detect import find_language, own_languages
from bot.language.locales.phrasebook import phrasebook
from bot.language.locales.translation import in_english
from bot.language.normalise import normalise
from bot.language.report import rrule
from bot.language.times.moments import read_moments
from bot.language.understand import understand

if TYPE_CHECKING:
    from bot.language.times.moments import TimesRead

LANGUAGES = sorted(own_languages() - {"en"})


def read(text: str) -> TimesRead:
    return read_moments(in_english(normalise(text)), REFERENCE)


def lists(name: str) -> list[tuple[str, str]]:
    found = table(name)
    return [(key, text) for key, texts in found.items() if isinstance(texts, list) for text in texts]


def minutes_in(text: str) -> str:
    length = read(text).length
    return "none" if length is None else f"{length.total_seconds() / 60:g}"


def repetition_in(text: str) -> str:
    recurrence = read(text).recurrence
    return "none" if recurrence is None else rrule(recurrence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_is_read_in_every_language(language: str) -> None:
    expected = rows(f"times_{language}.toml")

    assert not misread(expected, lambda text: " | ".join(written(moment) for moment in read(text).moments))


def test_a_length_is_read_in_every_language() -> None:
    assert not misread(rows("lengths_languages.toml"), minutes_in)


def test_a_repetition_is_read_in_every_language() -> None:
    assert not misread(rows("repeats_languages.toml"), repetition_in)


def test_what_is_no_time_in_its_language_is_not_read_as_one() -> None:
    found = {text: read(text) for _, text in lists("not_times_languages.toml")}

    assert not [text for text, one in found.items() if (one.moments, one.recurrence, one.length) != ((), None, None)]


def test_the_language_is_found_by_its_words() -> None:
    assert not misread(lists("languages.toml"), lambda text: find_language(normalise(text)))


def test_what_the_writer_is_known_to_use_decides_where_the_text_does_not() -> None:
    assert find_language(normalise("mar 3"), "es") == "es"
    assert find_language(normalise("let's meet next week on Tuesday"), "es") == "en"


def test_english_is_told_as_it_stands() -> None:
    utterance = normalise("tomorrow at 3 with Dana")

    assert in_english(utterance) is utterance


def test_spans_point_into_the_text_as_it_was_written() -> None:
    text = "Können wir uns morgen um halb vier sehen?"

    span = read(text).moments[0].span

    assert text[span.start : span.end] == "morgen um halb vier"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "fredag", "2026-03-06 day"),
        ("pl", "jutro o 15:00", "2026-03-03T15:00 minute"),
        ("ru", "5 марта", "2026-03-05 day"),
    ],
)
def test_a_language_without_a_word_file_is_read_as_a_whole(language: str, text: str, expected: str) -> None:
    found = understand(text, replace(REFERENCE, language=language))

    assert " | ".join(written(moment) for moment in found.moments) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("da", "marts"), ("da", "mange tak"), ("da", "4 mennesker"), ("pl", "o 5"), ("xx", "abc def")],
)
def test_what_the_last_resort_would_have_to_invent_is_refused(language: str, text: str) -> None:
    assert understand(text, replace(REFERENCE, language=language)).moments == ()


_SOME = [word for name in LANGUAGES for first in phrasebook(name).phrases for word in (first,)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_SOME) | st.sampled_from([".", ",", ":", "-", "3", "15", "2026", "30"]), max_size=14))
def test_no_heap_of_words_makes_it_fail(words: list[str]) -> None:
    understand(" ".join(words), REFERENCE)


def test_a_day_left_out_in_front_of_the_days_of_every_week() -> None:
    read = understand("keine montage, werktags um 9", REFERENCE)

    assert read.recurrence is not None
    assert read.recurrence.weekdays == (1, 2, 3, 4)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_no_text_makes_any_language_fail(text: str, language: str) -> None:
    read_moments(in_english(normalise(text), language), REFERENCE)


@pytest.mark.parametrize("text", ["approve sam", "mark sam as no-show", "move dom to friday"])
def test_a_first_name_alone_gives_no_other_language_away(text: str) -> None:
    assert find_language(normalise(text)) == "en"
