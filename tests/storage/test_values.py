"""Everything that is stored comes back equal, field by field, also the fields that other rooms will add."""

from __future__ import annotations

import dataclasses
import json
import types
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from storage_worlds import NOW

from bot.dialogue.cards import Card, Option, Press
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import Request
from bot.scheduling.limits import BookingWindow, Cap, Period, WindowKind
from bot.scheduling.models import Slot
from bot.scheduling.times import Interval
from bot.scheduling.writes import Write, Written
from bot.storage.database.values import (
    ACCOUNT_SECRETS,
    ASKED_WRITE,
    CARD,
    CONVERSATION,
    OFFERED_WRITES,
    SECOND,
    WRITE_RESULT,
    AccountSecrets,
    AskedWrite,
    Shape,
    WriteResult,
)

PLAIN: dict[Any, Any] = {
    str: 'Zoë «x» \\ " \u2028 日',
    int: 7,
    bool: True,
    float: 1.5,
    datetime: NOW + timedelta(microseconds=1),
    date: date(2026, 3, 2),
    time: time(15, 30),
    timedelta: timedelta(minutes=45, microseconds=1),
    Slot: Slot(NOW, NOW + timedelta(minutes=30)),
    Interval: Interval(NOW, NOW + timedelta(days=1)),
    Cap: Cap(period=Period.WEEK, length=timedelta(hours=7)),
    BookingWindow: BookingWindow(kind=WindowKind.DATES, days=2, first=date(2026, 3, 2), last=date(2026, 4, 2)),
}


def filled(kind: Any) -> Any:
    """A value of that type in which every field is set, and set to something else than its default where it has one."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return filled(next(one for one in arguments if one is not type(None)))
    if origin is Literal:
        return arguments[0]
    if origin is frozenset:
        return frozenset({filled(arguments[0])})
    if origin is tuple:
        inner = arguments[:1] if arguments[-1] is Ellipsis else arguments
        return tuple(filled(one) for one in inner)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    hints = get_type_hints(kind)
    return kind(**{field.name: filled(hints[field.name]) for field in dataclasses.fields(kind)})


def bare(kind: type[Any]) -> Any:
    """A value of that type with nothing but what must be given."""
    hints = get_type_hints(kind)
    missing = dataclasses.MISSING
    needed = [f for f in dataclasses.fields(kind) if f.default is missing and f.default_factory is missing]
    return kind(**{field.name: filled(hints[field.name]) for field in needed})


@pytest.mark.parametrize("make", [filled, bare])
@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (CONVERSATION, Conversation),
        (CARD, Card),
        (ASKED_WRITE, AskedWrite),
        (WRITE_RESULT, WriteResult),
        (ACCOUNT_SECRETS, AccountSecrets),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_stored_value_comes_back_equal(shape: Shape[Any], kind: type[Any], make: Any) -> None:
    value = make(kind)

    assert shape.load(shape.dump(value)) == value


@pytest.mark.parametrize("make", [filled, bare])
@pytest.mark.parametrize("kind", get_args(Write), ids=lambda kind: kind.__name__)
def test_every_write_comes_back_as_the_same_write(kind: type[Any], make: Any) -> None:
    write = make(kind)

    assert ASKED_WRITE.load(ASKED_WRITE.dump(AskedWrite(write, ""))).write == write
    assert OFFERED_WRITES.load(OFFERED_WRITES.dump((("a", (write, write)),))) == (("a", (write, write)),)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Written)])
def test_every_result_comes_back(field: str) -> None:
    written = Written(**{field: getattr(filled(Written), field)})

    assert WRITE_RESULT.load(WRITE_RESULT.dump(WriteResult(written))).written == written


def test_every_kind_of_write_is_told_apart() -> None:
    kinds = [bare(kind).kind for kind in get_args(Write)]

    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("make", [filled, bare])
@pytest.mark.parametrize("kind", get_args(Press), ids=lambda kind: kind.__name__)
def test_every_press_comes_back_as_the_same_press(kind: type[Any], make: Any) -> None:
    card = dataclasses.replace(filled(Card), options=(Option(id="a", label="A", press=make(kind)),))

    assert CARD.load(CARD.dump(card)) == card


@pytest.mark.parametrize("make", [filled, bare])
@pytest.mark.parametrize("kind", get_args(Request), ids=lambda kind: kind.__name__)
def test_every_request_comes_back_as_the_same_request(kind: type[Any], make: Any) -> None:
    conversation = dataclasses.replace(bare(Conversation), request=make(kind))

    assert CONVERSATION.load(CONVERSATION.dump(conversation)) == conversation


def test_what_has_its_default_is_not_stored() -> None:
    assert json.loads(CONVERSATION.dump(bare(Conversation)).removeprefix(SECOND)).keys() == {"key"}
