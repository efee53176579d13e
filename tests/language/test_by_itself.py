"""What is to come by itself, and what is to come no more: the agenda, reminders, and what is posted in a channel."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Frequency, Intent, Reference, Understanding
from bot.language.signs import Cue
from bot.language.understand import understand

REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"), event_types=("Intro", "Sales demo")
)
BEGINS = [
    "every monday at 9 send me my week",
    "send me my week every friday at 4pm",
    "post my agenda in <#C7|team> every monday at 9",
    "schick mir jeden montag um 9 meine woche",
    "envíame mi agenda cada lunes a las 8",
    "envoie moi mon agenda chaque lundi à 9h",
    "mandami la mia agenda ogni lunedì alle 9",
    "me envie minha agenda toda segunda às 9",
    "每天早上8点把日程发给我",
    "毎朝8時に予定を送って",
]
ENDS = [
    "stop my agenda",
    "no more agenda please",
    "turn off my agenda",
    "stop sending me the agenda",
    "keine agenda mehr",
    "deja de enviarme la agenda",
    "arrête mon agenda",
    "smetti di mandarmi la mia agenda",
    "pare a minha agenda",
    "不要再发日程",
    "予定の送信をやめて",
]


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


@pytest.mark.parametrize("text", BEGINS)
def test_an_agenda_is_asked_for(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.AGENDA
    assert found.recurrence is not None
    assert found.moments
    assert not found.has(Cue.ENDS)


@pytest.mark.parametrize("text", ENDS)
def test_an_agenda_is_stopped(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.AGENDA
    assert found.has(Cue.ENDS)


def test_a_day_of_the_week_is_once_a_week() -> None:
    found = read("every monday at 9 send me my week")

    assert found.recurrence is not None
    assert (found.recurrence.frequency, found.recurrence.weekdays) == (Frequency.WEEKLY, (0,))


@pytest.mark.parametrize(
    ("text", "intent", "event_type"),
    [
        ("post sales demos in <#C7|sales>", Intent.NEWS_ON, "Sales demo"),
        ("announce intro in <#C7|sales>", Intent.NEWS_ON, "Intro"),
        ("stop posting sales demos in <#C7|sales>", Intent.NEWS_OFF, "Sales demo"),
    ],
)
def test_a_channel_is_told_by_its_id(text: str, intent: Intent, event_type: str) -> None:
    found = read(text)

    assert (found.intent, found.event_type, found.detail("channel")) == (intent, event_type, "C7")


def test_reminders_are_stopped() -> None:
    found = read("stop the reminders before meetings")

    assert (found.intent, found.has(Cue.ENDS)) == (Intent.REMIND, True)
