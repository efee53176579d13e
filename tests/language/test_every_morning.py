"""«every morning», in languages that tell it otherwise; its clock may stand behind the week."""

from __future__ import annotations

from datetime import time

import pytest
from reading_corpus import REFERENCE

from bot.language.meaning import Frequency
from bot.language.understand import understand


@pytest.mark.parametrize(
    "text",
    [
        "every morning at 9",
        "jeden morgen um 9",
        "cada mañana a las 9",
        "chaque matin à 9h",
        "ogni mattina alle 9",
        "elke ochtend om 9 uur",
        "todas as manhãs às 9h",
    ],
)
def test_it_comes_round_every_day(text: str) -> None:
    read = understand(f"{text} nora@example.org", REFERENCE)

    assert read.recurrence is not None
    assert read.recurrence.frequency is Frequency.DAILY
    assert [one.hours.start for one in read.moments if one.hours is not None] == [time(9)]


@pytest.mark.parametrize(
    "text",
    [
        "every morning next week at 9",
        "every morning at 9 next week",
        "jeden morgen nächste woche um 9",
        "nächste woche jeden morgen um 9",
    ],
)
def test_its_clock_may_stand_behind_the_week(text: str) -> None:
    read = understand(text, REFERENCE)

    (moment,) = read.moments
    assert moment.hours is not None
    assert moment.days is not None
    assert (str(moment.days.first), moment.hours.start) == ("2026-03-09", time(9))
    assert read.recurrence is not None
    assert str(read.recurrence.until) == "2026-03-15"


@pytest.mark.parametrize("text", ["in 45 with sam", "can sam and i talk in 45?", "in ner dreiviertelstunde mit sam"])
def test_minutes_from_now_need_no_unit(text: str) -> None:
    (moment,) = understand(text, REFERENCE).moments

    assert str(moment.exact)[11:16] == "09:45"


@pytest.mark.parametrize(
    "text", ["jeden dienstag um 10 mit nora@example.org, bis ende märz", "every tuesday at 10, until the end of march"]
)
def test_an_end_behind_an_address_is_no_fact(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.recurrence is not None
    assert str(read.recurrence.until) == "2026-03-31"
