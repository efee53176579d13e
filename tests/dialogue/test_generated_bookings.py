"""Generated bookings: day, clock, length, a change of mind and what it is about, in seven languages.

Each sentence is put together from parts whose meaning is known. A question or a list of times is no harm; a card for
another day, clock, length or guest is.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, played

if TYPE_CHECKING:
    from collections.abc import Mapping

KIM = "kim@example.org"
SHORT, LONG = "1", "2"
"""The event types of half an hour and of an hour."""


@dataclass(frozen=True)
class Words:
    """The parts of a language; in an act `{}` is who, `{when}` day and clock, `{long}` the length."""

    acts: tuple[str, ...]
    days: Mapping[str, int]
    """→ the day of March 2026; it is Monday the 2nd."""
    clocks: Mapping[str, tuple[int, int]]
    lengths: Mapping[str, str]
    minds: tuple[str, ...]
    other_days: Mapping[str, int]
    other_clocks: Mapping[str, tuple[int, int]]
    tails: tuple[str, ...]


LANGUAGES = {
    "en": Words(
        (
            "book {} {when}{long}", "schedule a call with {} {when}{long}", "set up time with {} {when}{long}",
            "{} {when}{long}", "{when} with {}{long}", "meet {} {when}{long}", "can you book {} {when}{long}",
        ),
        {
            "thursday": 5, "on friday": 6, "tomorrow": 3, "next tuesday": 10, "on march 12": 12, "on the 12th": 12,
            "this friday": 6, "in two days": 4,
        },
        {"at 10": (10, 0), "10am": (10, 0), "at 2:30pm": (14, 30), "at half past nine": (9, 30), "14:00": (14, 0)},
        {"": SHORT, " for 30 min": SHORT, " for an hour": LONG, ", 60 min": LONG},
        (", no, {}", " - actually {}", ", sorry, {}", ", i mean {}", ", or rather {}"),
        {"thursday": 5, "friday": 6, "the 12th": 12},
        {"11": (11, 0), "3pm": (15, 0), "10:30": (10, 30)},
        (
            "", " about the budget", " for the friday release", ", i'm out on monday", ", he's back on tuesday",
            " because the monday call fell through", ", don't forget the slides", " re: moving the launch",
            " so we can cancel the contract", ", not on monday",
        ),
    ),
    "de": Words(
        (
            "buche {} {when}{long}", "bitte trag {} {when} ein{long}", "termin mit {} {when}{long}", "{} {when}{long}",
            "{when} mit {}{long}",
        ),
        {"morgen": 3, "am donnerstag": 5, "am 12. märz": 12, "am 12.": 12, "übermorgen": 4, "diesen freitag": 6},
        {"um 10": (10, 0), "um 14 uhr": (14, 0), "um halb drei": (14, 30), "mittags um 12": (12, 0), "14:30": (14, 30)},
        {"": SHORT, ", eine stunde": LONG, " für 60 minuten": LONG, ", 30 min": SHORT},
        (", nein, {}", ", doch lieber {}", ", sorry, {}", ", ich meine {}"),
        {"freitag": 6, "mittwoch": 4, "am 11.": 11},
        {"11 uhr": (11, 0), "16 uhr": (16, 0)},
        (
            "", " bitte", ", es geht um den release am freitag", " wegen der zahlen von q4", ", montag bin ich weg",
            ", der call um 14 uhr ist ausgefallen", ", vergiss die folien nicht",
        ),
    ),
    "es": Words(
        ("agenda una llamada con {} {when}{long}", "{when} con {}{long}", "cita con {} {when}{long}"),
        {"mañana": 3, "el jueves": 5, "el 12 de marzo": 12, "el día 12": 12, "pasado mañana": 4, "este viernes": 6},
        {"a las 10": (10, 0), "a las 14": (14, 0), "a las dos y media": (14, 30), "al mediodía": (12, 0)},
        {"": SHORT, ", una hora": LONG, " durante 60 minutos": LONG},
        (", no, mejor {}", ", perdón, {}", ", digo {}"),
        {"el viernes": 6, "el miércoles": 4},
        {"a las 11": (11, 0), "a las 16": (16, 0)},
        ("", " por favor", " para hablar del lanzamiento del viernes", ", el lunes no estoy", ", no olvides las diapositivas"),
    ),
    "fr": Words(
        ("prends un rdv avec {} {when}{long}", "{when} avec {}{long}", "rdv avec {} {when}{long}"),
        {"demain": 3, "jeudi": 5, "le 12 mars": 12, "le 12": 12, "après-demain": 4, "ce vendredi": 6},
        {"à 10h": (10, 0), "à 14h": (14, 0), "à 14h30": (14, 30), "à quinze heures": (15, 0), "à midi": (12, 0)},
        {"": SHORT, ", une heure": LONG, " pendant 60 minutes": LONG},
        (", non, plutôt {}", ", pardon, {}", ", je veux dire {}"),
        {"vendredi": 6, "mercredi": 4},
        {"à 11h": (11, 0), "à 16h": (16, 0)},
        ("", " merci", " pour parler de la release de vendredi", ", lundi je ne suis pas là", ", n'oublie pas les slides"),
    ),
    "it": Words(
        ("fissa una call con {} {when}{long}", "{when} con {}{long}"),
        {"domani": 3, "giovedì": 5, "il 12 marzo": 12, "il 12": 12, "dopodomani": 4, "questo venerdì": 6},
        {"alle 10": (10, 0), "alle 14": (14, 0), "alle 14:30": (14, 30), "a mezzogiorno": (12, 0)},
        {"": SHORT, ", un'ora": LONG, " per 60 minuti": LONG},
        (", no, meglio {}", ", scusa, {}", ", anzi {}"),
        {"venerdì": 6, "mercoledì": 4},
        {"alle 11": (11, 0), "alle 16": (16, 0)},
        ("", " grazie", " per parlare del rilascio di venerdì", ", lunedì non ci sono", ", non dimenticare le slide"),
    ),
    "nl": Words(
        ("plan een call met {} {when}{long}", "{when} met {}{long}"),
        {"morgen": 3, "donderdag": 5, "12 maart": 12, "de 12e": 12, "overmorgen": 4, "deze vrijdag": 6},
        {"om 10 uur": (10, 0), "om 14 uur": (14, 0), "om half drie": (14, 30), "om 12 uur": (12, 0)},
        {"": SHORT, ", een uur": LONG, " voor 60 minuten": LONG},
        (", nee, {}", ", sorry, {}", ", toch liever {}"),
        {"vrijdag": 6, "woensdag": 4},
        {"11 uur": (11, 0), "16 uur": (16, 0)},
        ("", " alsjeblieft", " over de release van vrijdag", ", maandag ben ik er niet", ", vergeet de slides niet"),
    ),
    "pt": Words(
        ("agenda uma chamada com {} {when}{long}", "{when} com {}{long}"),
        {"amanhã": 3, "quinta": 5, "dia 12 de março": 12, "no dia 12": 12, "depois de amanhã": 4, "nesta sexta": 6},
        {"às 10h": (10, 0), "às 14h": (14, 0), "às 14h30": (14, 30), "às três da tarde": (15, 0), "ao meio-dia": (12, 0)},
        {"": SHORT, ", uma hora": LONG, " por 60 minutos": LONG},
        (", não, melhor {}", ", desculpa, {}", ", quer dizer, {}"),
        {"sexta": 6, "quarta": 4},
        {"às 11h": (11, 0), "às 16h": (16, 0)},
        ("", " por favor", " para falar do lançamento de sexta", ", segunda não estou", ", não esqueças os slides"),
    ),
}  # fmt: skip
EACH = 200
MOST_UNHELPED = 0.3


def generated(words: Words, dice: random.Random) -> tuple[str, str]:
    """A sentence, and what a card for it would book (clocks of UTC, an hour behind Berlin)."""
    said_day, said_clock, long = (dice.choice(list(parts)) for parts in (words.days, words.clocks, words.lengths))
    day, (hour, minute) = words.days[said_day], words.clocks[said_clock]
    text = dice.choice(words.acts).format(KIM, when=f"{said_day} {said_clock}", long=long)
    chance = dice.random()
    if chance < 0.15:
        mind = dice.choice(list(words.other_days))
        text, day = text + dice.choice(words.minds).format(mind), words.other_days[mind]
    elif chance < 0.3:
        mind = dice.choice(list(words.other_clocks))
        text, (hour, minute) = text + dice.choice(words.minds).format(mind), words.other_clocks[mind]
    else:
        text += dice.choice(words.tails)
    return text, f"book {KIM} {day:02} {hour - 1:02}:{minute:02} {words.lengths[long]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_booking_is_for_anything_else_than_was_said(language: str) -> None:
    dice = random.Random(language)
    sentences = [generated(LANGUAGES[language], dice) for _ in range(EACH)]

    wrong, unhelped = played(((text, {wanted}) for text, wanted in sentences), lambda: desk_with(()))

    assert not wrong
    assert unhelped <= EACH * MOST_UNHELPED
