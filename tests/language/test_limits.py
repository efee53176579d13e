"""Limits as people say them: what is protected, how long, how many. The second set was written before the reader."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.language.entities.said.limits import read_limits
from bot.language.meaning import LimitKind, LimitWish


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
