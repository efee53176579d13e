"""Limits as people say them: what is protected, how long, how many. The second set was written before the reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.entities.said.limits import read_limits
from bot.language.meaning import Intent, LimitKind, LimitWish, Reference
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 11, 23, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


def after(minutes: int) -> LimitWish:
    return LimitWish(kind=LimitKind.BUFFER_AFTER, length=timedelta(minutes=minutes))


def before(minutes: int) -> LimitWish:
    return LimitWish(kind=LimitKind.BUFFER_BEFORE, length=timedelta(minutes=minutes))


def notice(hours: float) -> LimitWish:
    return LimitWish(kind=LimitKind.NOTICE, length=timedelta(hours=hours))


def ahead(days: int, *, working: bool = False) -> LimitWish:
    return LimitWish(kind=LimitKind.WINDOW, length=timedelta(days=days), is_working=working)


def cap(count: int, period: str) -> LimitWish:
    return LimitWish(kind=LimitKind.CAP, count=count, period=period)


KNOWN = [
    ((after(30),), "half an hour between calls please"),
    ((LimitWish(kind=LimitKind.APPROVAL, lifts=True),), "approve bookings automatically"),
    ((after(10),), "give me 10 minutes to breathe after each call"),
    ((notice(24),), "at least a day's warning before anyone books"),
    ((notice(24),), "people shouldn't be able to book me same day"),
    ((ahead(42),), "don't let people book further out than 6 weeks"),
    ((LimitWish(kind=LimitKind.NOTICE, lifts=True),), "no minimum notice"),
    ((LimitWish(kind=LimitKind.BUFFER_AFTER, lifts=True),), "get rid of the buffer"),
    ((LimitWish(kind=LimitKind.CAP, lifts=True),), "lift the daily cap"),
    ((after(15),), "15 minutes of air after every deep dive"),
    ((after(10),), "a 10 min buffer after intros"),
    ((before(10),), "buffer of 10 minutes before intro"),
    ((before(5), after(5)), "5 minutes of space around each call"),
    ((ahead(42),), "nobody books me more than six weeks ahead"),
    ((ahead(30),), "only 30 days in advance"),
    ((cap(3, "day"),), "three a day at most"),
    ((cap(3, "day"),), "no more than 3 meetings a day"),
    ((cap(10, "week"),), "at most 10 intros per week"),
    ((notice(4),), "at least 4 hours notice for intro"),
    ((notice(24),), "nobody can book on the same day"),
    ((notice(24),), "not on the same day"),
    ((LimitWish(kind=LimitKind.SEATS, count=6),), "6 seats per slot for the deep dive"),
    ((LimitWish(kind=LimitKind.BUFFER_AFTER, lifts=True),), "remove the buffer of intro"),
    ((), "book intro with sam tuesday 3pm"),
    ((), "what's free this week?"),
]
BLIND = [
    ((after(30),), "half an hour of rest after interviews"),
    ((before(15),), "give me a 15 minute gap before each intro"),
    ((ahead(60),), "people should book at most two months out"),
    ((cap(2, "day"),), "max two deep dives a day"),
    ((notice(2),), "two hours notice please"),
    ((notice(48),), "I need 2 days notice"),
    ((cap(5, "week"),), "five calls a week"),
]


@pytest.mark.parametrize(("expected", "text"), KNOWN, ids=[text for _, text in KNOWN])
def test_a_limit_is_read(expected: tuple[LimitWish, ...], text: str) -> None:
    assert read_limits(text) == expected


def test_limits_that_were_not_looked_at_are_mostly_read() -> None:
    right = [text for expected, text in BLIND if read_limits(text) == expected]

    assert len(right) >= 6, f"{len(right)} of {len(BLIND)}: {right}"


SPOKEN = {
    (notice(24),): [
        "mindestens 24 stunden vorlauf",
        "au moins 24 h de préavis",
        "24 horas de antelación mínima",
        "antecedência mínima de 24 horas",
        "preavviso di almeno 24 ore",
        "minstens 24 uur van tevoren",
        "24時間前までの事前通知",
        "至少提前24小时通知",
        "at least a day's notice",
    ],
    (notice(4),): [
        "niemand soll mich früher als 4 stunden vorher buchen",
        "4 hours notice",
    ],
    (cap(3, "day"),): [
        "höchstens 3 termine pro tag",
        "nicht mehr als drei termine am tag",
        "3 réunions par jour maximum",
        "no más de 3 citas por día",
        "at most 3 intros a day",
    ],
    (cap(10, "week"),): [
        "maximal 10 meetings pro woche",
        "como máximo 10 reuniones por semana",
    ],
    (after(15),): [
        "15 minuten puffer nach jedem termin",
        "15 minutes de battement après chaque réunion",
        "15 minutos de margen después de cada reunión",
        "15 minutos de intervalo entre as reuniões",
        "15 minuti di pausa tra una riunione e l'altra",
        "15 minuten buffer na elke afspraak",
        "会議の間に15分の休憩を",
        "会议之间间隔15分钟",
        "15 minutes of air after every deep dive",
    ],
    (after(10),): [
        "10 minuten pause zwischen meetings",
        "10 minutes de pause entre les réunions",
        "10 minutos de descanso entre reuniones",
        "10 minuti di margine dopo ogni appuntamento",
        "10 minuten pauze tussen afspraken",
    ],
    (before(15),): [
        "eine viertelstunde puffer vor jedem termin",
    ],
    (ahead(42),): [
        "termine höchstens 6 wochen im voraus",
        "pas de réservation plus de 6 semaines à l'avance",
        "nobody books me more than six weeks ahead",
    ],
    (notice(2),): [
        "préavis de 2 heures minimum",
    ],
    (cap(4, "day"),): [
        "pas plus de 4 rendez-vous par jour",
        "máximo 4 reuniones al día",
        "no máximo 4 reuniões por dia",
        "al massimo 4 riunioni al giorno",
        "maximaal 4 afspraken per dag",
        "一日最大4件まで",
        "每天最多4个会议",
    ],
    (cap(3, "week"),): [
        "no máximo 3 reuniões por semana",
    ],
    (cap(5, "day"),): [
        "no more than 5 calls per day",
    ],
    (notice(48),): [
        "two days notice minimum",
    ],
    (notice(1.5),): [
        "i need an hour and a half notice",
    ],
}


@pytest.mark.parametrize(
    ("expected", "text"), [(expected, text) for expected, texts in SPOKEN.items() for text in texts]
)
def test_a_limit_is_read_in_every_language(expected: tuple[LimitWish, ...], text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.intent is Intent.SET_LIMITS
    assert read.limits == expected


def test_room_before_and_after_is_both() -> None:
    assert read_limits("10 min buffer before and after meetings") == (before(10), after(10))
