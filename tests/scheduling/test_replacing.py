"""`replace` gives what the standard library's gives, and slots made at once are slots made one by one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from dataclasses import replace as standard
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.dialogue.acts import ConversationKey
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import SlotRequest
from bot.language.meaning import Intent
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Slot, slots_from
from bot.scheduling.replacing import replace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HALF = timedelta(minutes=30)
KEY = ConversationKey(owner=Owner("", "T1", "U1"), channel="D1")

VALUES: list[tuple[Any, dict[str, Any]]] = [
    (SlotRequest(intent=Intent.BOOK, topic="garden"), {"length": HALF, "topic": ""}),
    (Conversation(key=KEY, turns=3), {"version": 2, "last_said": "Free at noon."}),
    (Slot(NOON, NOON + HALF), {"end": NOON + 2 * HALF}),
    (KEY, {}),
]


@dataclass(frozen=True, slots=True)
class Alone:
    word: str


@pytest.mark.parametrize(("value", "changes"), [*VALUES, (Alone("a"), {"word": "b"})])
def test_it_gives_what_the_standard_library_gives(value: Any, changes: dict[str, Any]) -> None:
    before = standard(value)

    new = replace(value, **changes)

    assert new == standard(value, **changes)
    assert type(new) is type(value)
    assert value == before
    with pytest.raises((FrozenInstanceError, TypeError)):
        new.word = "c"


def test_what_a_class_forbids_stays_forbidden() -> None:
    with pytest.raises(ValueError, match="ends at"):
        replace(Slot(NOON, NOON + HALF), end=NOON)
    with pytest.raises(TypeError, match="no field 'colour'"):
        replace(KEY, colour="red")  # type: ignore[call-arg]  # on purpose


def test_slots_made_at_once_are_slots_made_one_by_one() -> None:
    starts = [NOON + HALF * number for number in range(5)]

    assert slots_from(starts, HALF) == tuple(Slot(start, start + HALF) for start in starts)
    assert slots_from([], HALF) == ()


@pytest.mark.parametrize(
    ("starts", "length"),
    [
        ([NOON], timedelta(0)),
        ([NOON.replace(tzinfo=None)], HALF),
        ([NOON.astimezone(), NOON.replace(tzinfo=None)], HALF),
    ],
)
def test_slots_that_cannot_be_are_refused_at_once_too(starts: list[datetime], length: timedelta) -> None:
    with pytest.raises(ValueError, match=r"slots of the length|has no zone"):
        slots_from(starts, length)
