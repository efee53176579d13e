"""What reading a text gives: the types between the language room and everyone else. No logic of reading lives here."""

from bot.language.meaning.details import (
    LAST,
    BareNumber,
    ClockSaid,
    Doubt,
    DoubtKind,
    Keep,
    LimitKind,
    LimitWish,
    PlaceWish,
    Rival,
    SaidHours,
    SaidWeekday,
    Sign,
    Under,
)
from bot.language.meaning.intents import Intent
from bot.language.meaning.times import Certainty, Days, Frequency, Grain, Hours, Moment, Open, Recurrence, Span, Turn
from bot.language.meaning.understanding import Reference, Understanding

__all__ = [
    "LAST",
    "BareNumber",
    "Certainty",
    "ClockSaid",
    "Days",
    "Doubt",
    "DoubtKind",
    "Frequency",
    "Grain",
    "Hours",
    "Intent",
    "Keep",
    "LimitKind",
    "LimitWish",
    "Moment",
    "Open",
    "PlaceWish",
    "Recurrence",
    "Reference",
    "Rival",
    "SaidHours",
    "SaidWeekday",
    "Sign",
    "Span",
    "Turn",
    "Under",
    "Understanding",
]
