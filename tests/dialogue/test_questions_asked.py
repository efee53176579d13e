"""A question costs little: of plain sentences, hardly any is answered by one."""

from __future__ import annotations

import tomllib
from pathlib import Path

from rooms import BERLIN, CONTEXT, KEY

from bot.dialogue.conversation import Conversation
from bot.dialogue.doubting import doubted
from bot.dialogue.talk import Talk
from bot.language.meaning import Reference
from bot.language.understand import understand

CORPUS = Path(__file__).parent.parent / "corpus"
WISHES = ("book", "hold", "cancel", "reschedule", "find_slots", "list_bookings")
TALK = Talk(conversation=Conversation(key=KEY), context=CONTEXT)
MOST = 0.02


def plain_wishes() -> tuple[str, ...]:
    """What people ask for in the corpora of first turns, in whole sentences; none of them was written to be doubtful."""
    tables = [
        tomllib.loads((CORPUS / f"intents_{name}.toml").read_text(encoding="utf-8"))
        for name in ("first", "chat", "wider")
    ]
    return tuple(text for table in tables for wish in WISHES for text in table.get(wish, ()))


def is_asked_about(text: str) -> bool:
    return doubted(TALK, understand(text, Reference(now=CONTEXT.now, zone=BERLIN)), None) is not None


def test_few_plain_wishes_are_answered_by_a_question() -> None:
    wishes = plain_wishes()

    asked = [text for text in wishes if is_asked_about(text)]

    assert len(wishes) > 500
    assert len(asked) <= MOST * len(wishes), asked
