"""What a generator writes is read back; no text whatever makes the reader fail or slow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_corpus import BERLIN, NOW, REFERENCE

from bot.language.meaning import Reference
from bot.language.normalise import normalise
from bot.language.report import describe
from bot.language.times.lexed import Reading
from bot.language.times.moments import TimesRead, read_moments
from bot.language.times.parse.table import find_pieces
from bot.language.understand import understand

MONTHS = ["january", "february", "march", "april", "may", "june"]
MONTHS += ["july", "august", "september", "october", "november", "december"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FRAGMENTS = [
    *MONTHS, *WEEKDAYS, "next", "last", "this", "week", "day", "after", "before", "until", "from", "to", "-", "and", "or",
    "not", "at", "3", "10", "45", "2026", "31", "pm", "am", ":", "/", ".", "half", "quarter", "past", "every", "other", "in",
    "hours", "of", "the", "first", "third", "tomorrow", "noon", "eod", "early", "end", "weekend", "cst", "utc", "+", "2", "for",
    "days", "ago", "within", "easter", "q3", "lunch",
]  # fmt: skip


DATES = ["{d} {m} {y}", "{m} {d}, {y}", "{y}-{n:02}-{d:02}", "the {d}{s} of {m} {y}", "{w}, {d}. {m} {y}"]


def read(text: str, reference: Reference = REFERENCE) -> TimesRead:
    return read_moments(normalise(text), reference)


@settings(deadline=None)  # the first text loads the word files
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    describe(understand(text, REFERENCE), REFERENCE)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
def test_no_heap_of_time_words_makes_it_fail(words: list[str]) -> None:
    describe(understand(" ".join(words), REFERENCE), REFERENCE)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8), st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_no_moment_of_writing_makes_it_fail(words: list[str], now: datetime) -> None:
    reference = Reference(now=now.replace(tzinfo=BERLIN), zone=ZoneInfo("America/St_Johns"))

    describe(understand(" ".join(words), reference), reference)


@given(
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{y}-{n:02}-{d:02}", "the {d}{s} of {m} {y}", "{w}, {d}. {m} {y}"]),
)
def test_a_written_date_is_read_back(day: date, form: str) -> None:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day.day if day.day not in {11, 12, 13} else 0, "th")
    text = form.format(d=day.day, m=MONTHS[day.month - 1], y=day.year, n=day.month, s=suffix, w=WEEKDAYS[day.weekday()])

    (moment,) = read(text).moments

    assert moment.days is not None
    assert (moment.days.first, moment.days.last) == (day, day)


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["{h:02}:{m:02}", "{c}:{m:02}{a}", "{c}.{m:02} {a}", "at {h:02}{m:02} hours"]),
)
def test_a_written_clock_is_read_back(hour: int, minute: int, form: str) -> None:
    text = "tomorrow " + form.format(h=hour, m=minute, c=hour % 12 or 12, a="am" if hour < 12 else "pm")

    (moment,) = read(text).moments

    assert moment.hours is not None
    assert moment.hours.start == time(hour, minute)


@given(st.integers(1, 90), st.sampled_from([("minutes", 1), ("min", 1), ("hours", 60), ("h", 60)]))
def test_a_distance_from_now_is_read_back(count: int, unit: tuple[str, int]) -> None:
    (moment,) = read(f"in {count} {unit[0]}" if len(unit[0]) > 1 else f"in {count}{unit[0]}").moments

    assert moment.exact == (NOW.astimezone(ZoneInfo("UTC")) + timedelta(minutes=count * unit[1]))


@given(
    st.integers(8, 11),
    st.integers(1, 6),
    st.sampled_from(["{a}-{b}pm", "{a}am to {b}pm", "from {a} to {b}", "between {a} and {b}", "{a}:00 till {c}:00"]),
)
def test_a_range_of_hours_is_read_back(start: int, end: int, form: str) -> None:
    (moment,) = read("on wednesday " + form.format(a=start, b=end, c=end + 12)).moments

    assert moment.hours is not None
    assert (moment.hours.start, moment.hours.end) == (time(start), time(end + 12))


REPEATS = [
    "1 ",
    "5-",
    "monday or ",
    "a.a@",
    "the ",
    "next ",
    "every ",
    "to ",
    "half past ",
    "3:",
    "1/",
    "<@",
    "(",
    "in 2 ",
    "week of ",
]


@pytest.mark.parametrize("piece", REPEATS)
def test_the_work_for_adversarial_repeats_is_bounded(piece: str) -> None:
    asked = []
    for length in (1000, 2000, 4000):
        reading = Reading(normalise((piece * 4000)[:length]), REFERENCE)
        asked.append(len(find_pieces(reading)))

    assert max(asked) <= 40


def test_a_wall_of_log_lines_is_read_without_complaint() -> None:
    text = "2026-03-02 10:00:01,123 INFO worker-3 took 35 ms (id=8812) at /srv/app/main.py:120\n" * 60

    assert len(read(text).moments) <= 30


BROKE = [
    ("in the next 0 weeks", "2026-03-01T09:00:00"),
    ("the 0 next months", "2026-03-01T09:00:00"),
    ("change March D0001-01-01T00:00:00:00:00:00-14:00o to", "2026-03-02T10:00:00"),
]
"""What a generator found: text, and when it was written in Kathmandu."""


@pytest.mark.parametrize(("text", "at"), BROKE)
def test_what_once_made_it_fail_is_read(text: str, at: str) -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    reference = Reference(now=datetime.fromisoformat(at).replace(tzinfo=zone), zone=zone)

    describe(understand(text, reference), reference)
