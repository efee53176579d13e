"""Generated cancellations with an exception, in seven languages: what the card cancels is never more than what was said.

Each sentence is put together from parts whose meaning is known (which meetings, which of them stay), so what it asks for is
counted, not read. A question is no harm; a card for anything else is.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, played
from rooms import booking_with

from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.scheduling.models import Booking

    Fits = Callable[[Booking], bool]

WED, FRI = date(2026, 3, 4), date(2026, 3, 6)
DEEP = replace(booking_with("Nora Vale", FRI, 15, number=4), event_type="2", title="Deep dive")
MEETINGS = (
    booking_with("Nora Vale", WED, 10, number=1),
    booking_with("Ivo Lund", WED, 15, number=2),
    booking_with("Ivo Lund", FRI, 11, number=3),
    DEEP,
    booking_with("Mia Korn", date(2026, 3, 10), 9, number=5),
    booking_with("Ivo Lund", date(2026, 3, 11), 14, number=6),
)


def with_(name: str) -> Fits:
    return lambda booking: booking.attendees[0].name.startswith(name)


def on(*days: int) -> Fits:
    return lambda booking: booking.slot.start.day in days


def either(one: Fits, other: Fits) -> Fits:
    return lambda booking: one(booking) or other(booking)


def both(one: Fits, other: Fits) -> Fits:
    return lambda booking: one(booking) and other(booking)


def everything(_: Booking) -> bool:
    return True


def this_week(booking: Booking) -> bool:
    return booking.slot.start.day < 9


def before_friday(booking: Booking) -> bool:
    return booking.slot.start.day < 6


def at_three(booking: Booking) -> bool:
    return booking.slot.start.hour == 14


FIRST, LAST = "first", "last"
IVO, NORA, MIA = with_("Ivo"), with_("Nora"), with_("Mia")


@dataclass(frozen=True)
class Words:
    """The parts of a language; `{}` in an act or a link is where the rest goes."""

    acts: tuple[str, ...]
    scopes: tuple[str, ...]
    filters: tuple[tuple[str, Fits], ...]
    links: tuple[str, ...]
    kept: tuple[tuple[str, Fits | str], ...]


LANGUAGES = {
    "en": Words(
        ("cancel {}", "please cancel {}", "drop {}", "can you cancel {}"),
        ("everything", "all my meetings", "all of my calls", "every meeting"),
        (
            ("", everything), ("with ivo", IVO), ("on friday", on(6)), ("this week", this_week), ("with nora", NORA),
            ("with ivo this week", both(IVO, this_week)), ("before friday", before_friday),
            ("with ivo and nora", either(IVO, NORA)), ("on friday with ivo", both(IVO, on(6))),
        ),
        ("except", "but", "apart from", "other than", "but not", "except for", "but keep", "but leave", "excluding"),
        (
            ("nora", NORA), ("the one with nora", NORA), ("friday", on(6)), ("the friday one", on(6)), ("ivo's", IVO),
            ("the one on friday", on(6)), ("the 3pm", at_three), ("the one at 3pm", at_three), ("the first", FIRST),
            ("the last one", LAST), ("nora and mia", either(NORA, MIA)), ("nora's on friday", both(NORA, on(6))),
            ("the one next tuesday", on(10)),
        ),
    ),
    "de": Words(
        ("sag {} ab", "storniere {}", "lösche {}"),
        ("alles", "alle meine termine", "sämtliche termine"),
        (
            ("", everything), ("mit ivo", IVO), ("am freitag", on(6)), ("diese woche", this_week), ("mit nora", NORA),
            ("mit ivo und nora", either(IVO, NORA)),
        ),
        ("außer", "bis auf", "ausgenommen", ", aber nicht", "mit ausnahme von"),
        (
            ("nora", NORA), ("den mit nora", NORA), ("freitag", on(6)), ("den am freitag", on(6)), ("ivo", IVO),
            ("den letzten", LAST), ("den ersten", FIRST), ("nora und mia", either(NORA, MIA)),
        ),
    ),
    "es": Words(
        ("cancela {}", "por favor cancela {}", "anula {}"),
        ("todo", "todas mis reuniones", "todas las citas"),
        (
            ("", everything), ("con ivo", IVO), ("del viernes", on(6)), ("de esta semana", this_week),
            ("con nora", NORA), ("con ivo y nora", either(IVO, NORA)),
        ),
        ("menos", "excepto", "salvo", "pero no", "pero deja"),
        (
            ("nora", NORA), ("la de nora", NORA), ("el viernes", on(6)), ("la del viernes", on(6)), ("ivo", IVO),
            ("la última", LAST), ("la primera", FIRST),
        ),
    ),
    "fr": Words(
        ("annule {}", "annule {} s'il te plaît", "supprime {}"),
        ("tout", "tous mes rendez-vous", "toutes mes réunions"),
        (
            ("", everything), ("avec ivo", IVO), ("vendredi", on(6)), ("cette semaine", this_week),
            ("avec nora", NORA), ("avec ivo et nora", either(IVO, NORA)),
        ),
        ("sauf", "excepté", "à part", "mais pas", "mais garde"),
        (
            ("nora", NORA), ("celui avec nora", NORA), ("vendredi", on(6)), ("celui de vendredi", on(6)),
            ("ivo", IVO), ("le dernier", LAST), ("le premier", FIRST),
        ),
    ),
    "it": Words(
        ("cancella {}", "annulla {}"),
        ("tutto", "tutti i miei appuntamenti", "tutte le riunioni"),
        (
            ("", everything), ("con ivo", IVO), ("di venerdì", on(6)), ("di questa settimana", this_week),
            ("con nora", NORA), ("con ivo e nora", either(IVO, NORA)),
        ),
        ("tranne", "eccetto", "a parte", "ma non", "ma tieni"),
        (
            ("nora", NORA), ("quello con nora", NORA), ("venerdì", on(6)), ("quello di venerdì", on(6)), ("ivo", IVO),
        ),
    ),
    "nl": Words(
        ("annuleer {}",),
        ("alles", "al mijn afspraken", "alle afspraken"),
        (
            ("", everything), ("met ivo", IVO), ("op vrijdag", on(6)), ("deze week", this_week), ("met nora", NORA),
            ("met ivo en nora", either(IVO, NORA)),
        ),
        ("behalve", "uitgezonderd", "maar niet", "maar houd"),
        (("nora", NORA), ("die met nora", NORA), ("vrijdag", on(6)), ("die van vrijdag", on(6)), ("ivo", IVO)),
    ),
    "pt": Words(
        ("cancela {}", "cancele {}"),
        ("tudo", "todas as minhas reuniões", "todas as reuniões"),
        (
            ("", everything), ("com o ivo", IVO), ("de sexta", on(6)), ("desta semana", this_week),
            ("com a nora", NORA), ("com o ivo e a nora", either(IVO, NORA)),
        ),
        ("menos", "exceto", "salvo", "mas não", "mas mantém"),
        (
            ("a nora", NORA), ("a da nora", NORA), ("sexta", on(6)), ("a de sexta", on(6)), ("o ivo", IVO),
            ("a última", LAST),
        ),
    ),
}  # fmt: skip
EACH = 300
MOST_UNHELPED = 0.15
"""How many of these sentences may be answered by a question, or with fewer meetings than were said."""


def stays(kept: Fits | str, among: list[Booking]) -> set[str]:
    if callable(kept):
        return {booking.id for booking in among if kept(booking)}
    picked = among[:1] if kept == FIRST else among[-1:]
    return {booking.id for booking in picked}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exception_cancels_more_than_was_said(language: str) -> None:
    words, dice = LANGUAGES[language], random.Random(language)

    def sentence() -> tuple[str, set[str]]:
        (said, fits), (name, kept) = dice.choice(words.filters), dice.choice(words.kept)
        link = dice.choice(words.links)
        rest = " ".join(filter(None, (dice.choice(words.scopes), said)))
        text = dice.choice(words.acts).format(f"{rest}{link if link[0] == ',' else f' {link}'} {name}")
        among = [booking for booking in MEETINGS if fits(booking)]
        return text, {f"cancel {booking.id}" for booking in among if booking.id not in stays(kept, among)}

    wrong, unhelped = played([sentence() for _ in range(EACH)], lambda: desk_with(MEETINGS), is_part_right=True)

    assert not wrong
    assert unhelped <= EACH * MOST_UNHELPED
