from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from reading_corpus import misread, rows

from bot.language.locales.phrases import languages
from bot.language.meaning import Reference
from bot.language.understand import understand

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
FIRST = Reference(now=NOW, zone=ZONE)
OFFERED = Reference(
    now=NOW,
    zone=ZONE,
    bot="Which one works?",
    turn=1,
    options=(datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, 14, tzinfo=UTC)),
)
SAID = rows("intents_languages.toml")
EXAMPLES = [(one.language, intent, text) for one in languages() for intent, text in one.examples.items()]


@pytest.mark.parametrize(("language", "intent", "text"), EXAMPLES)
def test_every_languages_example_is_read_as_its_intent(language: str, intent: str, text: str) -> None:
    assert understand(text, FIRST).intent == intent


def test_other_languages_say_the_same_in_other_words() -> None:
    assert not misread(SAID, lambda text: understand(text, FIRST).intent)


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (2, "das zweite bitte"),
        (1, "la primera"),
        (3, "le troisième"),
        (2, "de tweede alsjeblieft"),
        (2, "第二个"),
        (1, "一番目"),
        (-1, "l'ultimo, o ultimo"),
    ],
)
def test_ordinals_of_other_languages_pick_an_option(choice: int, text: str) -> None:
    assert understand(text, OFFERED).choice == choice


@pytest.mark.parametrize(
    "text",
    [
        "book a call with Marco on monday",
        "no, the other one",
        "cancel la fiesta on friday",
        "meeting in Die Halle tomorrow at 3",
    ],
)
def test_foreign_words_in_an_english_text_change_nothing(text: str) -> None:
    assert "(en)" not in understand(text, FIRST).trace
    assert not any(
        line.endswith(("(de)", "(es)", "(fr)", "(pt)", "(it)", "(nl)")) for line in understand(text, FIRST).trace
    )
