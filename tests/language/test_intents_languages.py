from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.locales.phrases import languages
from bot.language.meaning import Intent, Reference
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
EXAMPLES = [(one.language, intent, text) for one in languages() for intent, text in one.examples.items()]


@pytest.mark.parametrize(("language", "intent", "text"), EXAMPLES)
def test_every_languages_example_is_read_as_its_intent(language: str, intent: str, text: str) -> None:
    assert understand(text, FIRST).intent == intent


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        (Intent.CANCEL, "bitte lösche meinen Arzttermin am Montag"),
        (Intent.CANCEL, "elimina la cita del jueves"),
        (Intent.CANCEL, "supprime ma réunion de demain"),
        (Intent.CANCEL, "desmarca a reunião de quinta"),
        (Intent.CANCEL, "把明天的会议取消"),
        (Intent.RESCHEDULE, "Kannst du das Meeting mit Omar auf Mittwoch verlegen?"),
        (Intent.RESCHEDULE, "¿Puedes aplazar mi reunión con Marta?"),
        (Intent.RESCHEDULE, "打ち合わせを来週に延期してください"),
        (Intent.BOOK, "Ich möchte einen Termin mit Lena vereinbaren"),
        (Intent.BOOK, "Quiero una cita con la doctora el lunes"),
        (Intent.BOOK, "Peux-tu organiser un appel avec Omar demain ?"),
        (Intent.BOOK, "vorrei un appuntamento con Marta domani"),
        (Intent.FIND_SLOTS, "Bin ich am Freitag frei?"),
        (Intent.FIND_SLOTS, "est-ce que je suis disponible lundi ?"),
        (Intent.FIND_SLOTS, "¿Tienes algún hueco el martes?"),
        (Intent.LIST_BOOKINGS, "Welche Termine habe ich am Mittwoch?"),
        (Intent.LIST_BOOKINGS, "muéstrame mi calendario de la semana"),
        (Intent.LIST_BOOKINGS, "quando è la mia riunione con Omar?"),
        (Intent.OUT_OF_SCOPE, "Buche mir einen Flug nach Rom am Montag"),
        (Intent.OUT_OF_SCOPE, "Reserva una mesa para dos el viernes"),
        (Intent.OUT_OF_SCOPE, "mets de la musique s'il te plaît"),
    ],
)
def test_other_languages_say_the_same_in_other_words(intent: Intent, text: str) -> None:
    assert understand(text, FIRST).intent is intent


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (2, "das zweite bitte"),
        (1, "la primera"),
        (3, "le troisième"),
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
    assert not any(line.endswith(("(de)", "(es)", "(fr)", "(pt)", "(it)")) for line in understand(text, FIRST).trace)
