"""A meeting that is told to be at another time is moved, and what is on is no time that is sought."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Reference
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Berlin")), zone=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    "text",
    [
        *("lena to friday 2pm", "lena's meeting to friday 2pm", "lena's to friday at 2", "lena is now friday 2pm"),
        *("april's is friday 2pm now", "lena auf freitag 14 uhr", "lena ist jetzt freitag 14 uhr", "lena jetzt freitag 14 uhr"),
        *("lena al viernes a las 14", "lena para sexta às 14h", "lena naar vrijdag 14 uur", "lena est maintenant vendredi 14h"),
    ],
)  # fmt: skip
def test_where_a_meeting_goes_is_a_move(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.intent is Intent.RESCHEDULE
    assert [moment.windows(REFERENCE.now.date(), REFERENCE.zone)[0].start.day for moment in read.moments] == [6]


@pytest.mark.parametrize(
    "text", ["lena friday 2pm", "lena a las 14 el viernes", "talk to lena friday 2pm", "lena à 14h vendredi"]
)
def test_a_name_beside_a_time_is_no_move(text: str) -> None:
    assert understand(text, REFERENCE).intent is not Intent.RESCHEDULE


@pytest.mark.parametrize(
    "text",
    [
        "lena at 10 doesn't work, how about 2",
        "lena thursday at 10 won't work, thursday at 2?",
        "lena um 10 passt nicht, wie wäre 14 uhr",
        "lena a las 10 no va, mejor a las 14",
    ],
)
def test_of_two_times_the_one_that_does_not_do_is_given_up(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.intent is Intent.RESCHEDULE
    assert [moment.hours.start.hour for moment in read.moments if moment.hours and moment.hours.start] == [14]
    assert not read.doubts


def test_a_time_that_does_not_do_is_not_booked() -> None:
    assert understand("book lena thursday 10 doesn't work", REFERENCE).doubts


@pytest.mark.parametrize(
    "text",
    [
        *("meetings this week?", "any meetings tomorrow?", "termine diese woche?", "reuniones mañana?"),
        *("réunions demain?", "riunioni domani?", "reuniões amanhã?", "afspraken morgen?"),
    ],
)
def test_meetings_then_is_a_question_for_what_is_on(text: str) -> None:
    assert understand(text, REFERENCE).intent is Intent.LIST_BOOKINGS


@pytest.mark.parametrize("text", ["meeting with lena this week?", "30 minute meetings this week?"])
def test_a_meeting_with_somebody_is_sought(text: str) -> None:
    assert understand(text, REFERENCE).intent is not Intent.LIST_BOOKINGS
