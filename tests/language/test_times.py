"""Times, lengths and repetitions against the corpora of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading_corpus import REFERENCE, misread, rows, texts, written

from bot.language.normalise import normalise
from bot.language.report import rrule
from bot.language.times.moments import read_moments

if TYPE_CHECKING:
    from bot.language.times.moments import TimesRead


def read(text: str) -> TimesRead:
    return read_moments(normalise(text), REFERENCE)


def minutes_in(text: str) -> str:
    length = read(text).length
    return "none" if length is None else f"{length.total_seconds() / 60:g}"


def repetition_in(text: str) -> str:
    recurrence = read(text).recurrence
    return "none" if recurrence is None else rrule(recurrence)


def test_a_time_is_read_in_all_its_phrasings() -> None:
    assert not misread(rows("times_en.toml"), lambda text: " | ".join(written(moment) for moment in read(text).moments))


def test_a_length_is_read_in_all_its_phrasings() -> None:
    assert not misread(rows("lengths_en.toml"), minutes_in)


def test_a_repetition_is_read_in_all_its_phrasings() -> None:
    assert not misread(rows("repeats_en.toml"), repetition_in)


def test_what_is_no_time_is_not_read_as_one() -> None:
    assert not [text for text in texts("never") if (read(text).moments, read(text).recurrence) != ((), None)]


def test_a_bare_number_is_no_time_unless_asked_for() -> None:
    assert not [text for text in texts("latent") if read(text).moments]
