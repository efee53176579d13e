"""Times, lengths and repetitions against the corpora of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_corpus import REFERENCE, rows, texts, written

from bot.language.normalise import normalise
from bot.language.report import rrule
from bot.language.times.moments import read_moments

if TYPE_CHECKING:
    from bot.language.times.moments import TimesRead


def read(text: str) -> TimesRead:
    return read_moments(normalise(text), REFERENCE)


@pytest.mark.parametrize(("expected", "text"), rows("times_en.toml"))
def test_a_time_is_read_in_all_its_phrasings(expected: str, text: str) -> None:
    assert " | ".join(written(moment) for moment in read(text).moments) == expected


@pytest.mark.parametrize(("minutes", "text"), rows("lengths_en.toml"))
def test_a_length_is_read_in_all_its_phrasings(minutes: str, text: str) -> None:
    length = read(text).length

    assert length is not None
    assert length.total_seconds() / 60 == float(minutes)


@pytest.mark.parametrize(("rule", "text"), rows("repeats_en.toml"))
def test_a_repetition_is_read_in_all_its_phrasings(rule: str, text: str) -> None:
    recurrence = read(text).recurrence

    assert recurrence is not None
    assert rrule(recurrence) == rule


@pytest.mark.parametrize("text", texts("never"))
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    found = read(text)

    assert (found.moments, found.recurrence) == ((), None)


@pytest.mark.parametrize("text", texts("latent"))
def test_a_bare_number_is_no_time_unless_asked_for(text: str) -> None:
    assert read(text).moments == ()
