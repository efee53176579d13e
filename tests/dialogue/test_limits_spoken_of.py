"""Limits said right after an event type: of that one, and of no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deeds import writes_below
from rooms import ABILITIES, CONTEXT, Desk

from bot.scheduling.limits import Aspect
from bot.scheduling.writes import ChangeEventType


def changed(*texts: str) -> list[str | None]:
    """Which event types the card below the last text would change."""
    able = replace(ABILITIES, type_aspects=frozenset(Aspect))
    talk = Desk(context=replace(CONTEXT, people=(), capabilities=able), bookings=())
    writes = [write for write in writes_below(talk, texts) if isinstance(write, ChangeEventType)]
    titles = {kind.id: kind.title for kind in CONTEXT.event_types}
    return [titles.get(write.event_type) for write in writes]


@pytest.mark.parametrize(
    "text", ["and max 4 a day", "max 4 a day", "und höchstens 4 pro tag", "et 4 par jour maximum", "y máximo 4 al día"]
)
def test_a_second_limit_is_of_the_type_of_the_first(text: str) -> None:
    assert changed("24 hours notice for intro", text) == ["Intro"]


@pytest.mark.parametrize("text", ["with a 10 min buffer after", "mit 10 minuten puffer danach", "max 4 a day"])
def test_what_is_said_of_a_type_still_to_be_made_changes_no_other(text: str) -> None:
    assert changed("create a 20 min type called Triage", text) == []
