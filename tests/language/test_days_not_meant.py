"""A last day behind a «not», a condition of an order and a question for free weekdays, in other languages."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Moment, Reference
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Berlin")), zone=ZoneInfo("Europe/Berlin"))


def days(moments: tuple[Moment, ...]) -> list[int]:
    return [
        moment.windows(REFERENCE.now.date(), REFERENCE.zone)[0].start.astimezone(REFERENCE.zone).day
        for moment in moments
    ]


@pytest.mark.parametrize(
    ("text", "meant", "gone"),
    [
        ("agenda com nora@acme.io terça às 11h, não quarta", 3, 4),
        ("agenda com nora@acme.io terça às 11h, não na quarta", 3, 4),
        ("fissa con nora@acme.io martedì alle 11, non mercoledì", 3, 4),
        ("reserva con nora@acme.io el martes a las 11, no miércoles", 3, 4),
        ("约nora@acme.io周二上午十一点,不是周三", 3, 4),
        ("火曜11時にnora@acme.ioと予約して、水曜じゃなくて", 3, 4),
        ("noraとの打ち合わせを木曜11時に変更して、水曜ではなく", 5, 4),
        ("mueve la llamada con nora al jueves, no al miércoles", 5, 4),
        ("sposta nora a giovedì, non a mercoledì", 5, 4),
        ("passa a reunião da nora para quinta às 11h, não para quarta", 5, 4),
    ],
)
def test_a_last_day_behind_a_not_is_left_out(text: str, meant: int, gone: int) -> None:
    read = understand(text, REFERENCE)

    assert days(read.moments) == [meant]
    assert days(read.excluded) == [gone]
    assert read.from_moment is None
    assert read.doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "sag nora nur ab, wenn sie noch nicht zugesagt hat",
        "cancela lo de nora solo si no ha confirmado",
        "annule nora seulement si elle n'a pas confirmé",
        "annulla nora solo se non ha confermato",
        "cancela a reunião com a nora só se não confirmou",
        "annuleer nora alleen als ze niet heeft bevestigd",
    ],
)
def test_what_is_known_of_a_meeting_may_be_the_condition_of_an_order(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.intent is Intent.CANCEL
    assert read.doubts


@pytest.mark.parametrize(
    "text", ["cuándo estoy libre los martes", "quando estou livre às terças", "quando sono libero il martedì"]
)
def test_when_somebody_is_free_on_weekdays_is_asked(text: str) -> None:
    assert understand(text, REFERENCE).intent is Intent.FIND_SLOTS
