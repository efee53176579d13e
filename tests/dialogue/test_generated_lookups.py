"""Generated look-ups: days, hours of each day and an exception, put together from parts whose meaning is known.

Every time that is shown lies where all three allow it. Nothing shown (a question, or «nothing is free») is no harm.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from rooms import BERLIN, Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Allows = Callable[[datetime], bool]
    Parts = tuple[tuple[str, ...], dict[str, Allows], dict[str, Allows], dict[str, Allows]]


def up_to(day: int) -> Allows:
    return lambda at: at.day <= day


def since(day: int) -> Allows:
    return lambda at: at.day >= day


def from_to(first: int, last: int) -> Allows:
    return lambda at: first <= at.day <= last


def hours(first: int, end: int) -> Allows:
    return lambda at: first <= at.hour < end


def no(weekday: int) -> Allows:
    return lambda at: at.weekday() != weekday


def not_at_noon(at: datetime) -> bool:
    return not 12 <= at.hour < 14


def any_time(_: datetime) -> bool:
    return True


LANGUAGES: dict[str, Parts] = {
    "en": (
        ("what's free", "find 30 min with lee@example.org", "when am i free"),
        {
            "this week": up_to(8), "next week": from_to(9, 15), "until thursday": up_to(5), "before friday": up_to(5),
            "after wednesday": since(5), "on friday": from_to(6, 6), "from wednesday to friday": from_to(4, 6),
        },
        {
            "": any_time, "in the morning": hours(0, 12), "after 2": hours(14, 24), "before 11": hours(0, 11),
            "between 10 and 12": hours(10, 12),
        },
        {
            "": any_time, "but not on tuesday": no(1), "except friday": no(4), ", not wednesday": no(2),
            "except between 12 and 2": not_at_noon, ", i'm out on thursday": no(3),
        },
    ),
    "de": (
        ("was ist frei", "finde 30 min mit lee@example.org", "wann habe ich zeit"),
        {
            "diese woche": up_to(8), "nächste woche": from_to(9, 15), "bis donnerstag": up_to(5),
            "vor freitag": up_to(5), "nach mittwoch": since(5), "am freitag": from_to(6, 6),
            "von mittwoch bis freitag": from_to(4, 6),
        },
        {
            "": any_time, "vormittags": hours(0, 12), "nach 14 uhr": hours(14, 24), "vor 11 uhr": hours(0, 11),
            "zwischen 10 und 12 uhr": hours(10, 12),
        },
        {
            "": any_time, "aber nicht am dienstag": no(1), "außer freitag": no(4), ", nicht mittwoch": no(2),
            ", außer zwischen 12 und 14 uhr": not_at_noon, ", donnerstag bin ich weg": no(3),
        },
    ),
    "es": (
        ("qué hay libre", "busca 30 min con lee@example.org", "cuándo estoy libre"),
        {
            "esta semana": up_to(8), "la próxima semana": from_to(9, 15), "hasta el jueves": up_to(5),
            "antes del viernes": up_to(5), "después del miércoles": since(5), "el viernes": from_to(6, 6),
            "de miércoles a viernes": from_to(4, 6),
        },
        {
            "": any_time, "por la mañana": hours(0, 12), "después de las 14": hours(14, 24),
            "antes de las 11": hours(0, 11), "entre las 10 y las 12": hours(10, 12),
        },
        {
            "": any_time, "pero no el martes": no(1), "excepto el viernes": no(4), "menos el miércoles": no(2),
            "salvo entre las 12 y las 14": not_at_noon, ", el jueves no puedo": no(3),
        },
    ),
    "fr": (
        ("qu'est-ce qui est libre", "trouve 30 min avec lee@example.org", "quand suis-je libre"),
        {
            "cette semaine": up_to(8), "la semaine prochaine": from_to(9, 15), "jusqu'à jeudi": up_to(5),
            "avant vendredi": up_to(5), "après mercredi": since(5), "vendredi": from_to(6, 6),
            "de mercredi à vendredi": from_to(4, 6),
        },
        {
            "": any_time, "le matin": hours(0, 12), "après 14h": hours(14, 24), "avant 11h": hours(0, 11),
            "entre 10h et 12h": hours(10, 12),
        },
        {
            "": any_time, "mais pas mardi": no(1), "sauf vendredi": no(4), "sauf entre 12h et 14h": not_at_noon,
            ", jeudi je ne peux pas": no(3),
        },
    ),
    "it": (
        ("cosa c'è di libero", "trova 30 min con lee@example.org"),
        {
            "questa settimana": up_to(8), "la prossima settimana": from_to(9, 15), "fino a giovedì": up_to(5),
            "prima di venerdì": up_to(5), "dopo mercoledì": since(5), "da mercoledì a venerdì": from_to(4, 6),
        },
        {"": any_time, "di mattina": hours(0, 12), "dopo le 14": hours(14, 24), "tra le 10 e le 12": hours(10, 12)},
        {"": any_time, "ma non martedì": no(1), "tranne venerdì": no(4), ", giovedì non posso": no(3)},
    ),
    "nl": (
        ("wat is er vrij", "zoek 30 min met lee@example.org"),
        {
            "deze week": up_to(8), "volgende week": from_to(9, 15), "tot en met donderdag": up_to(5),
            "na woensdag": since(5), "van woensdag tot vrijdag": from_to(4, 6),
        },
        {"": any_time, "'s ochtends": hours(0, 12), "na 14 uur": hours(14, 24), "tussen 10 en 12 uur": hours(10, 12)},
        {"": any_time, "maar niet op dinsdag": no(1), "behalve vrijdag": no(4), ", donderdag kan ik niet": no(3)},
    ),
    "pt": (
        ("o que está livre", "encontra 30 min com lee@example.org"),
        {
            "esta semana": up_to(8), "na próxima semana": from_to(9, 15), "até quinta": up_to(5),
            "antes de sexta": up_to(5), "depois de quarta": since(5), "de quarta a sexta": from_to(4, 6),
        },
        {"": any_time, "de manhã": hours(0, 12), "depois das 14h": hours(14, 24), "entre as 10h e as 12h": hours(10, 12)},
        {"": any_time, "mas não na terça": no(1), "exceto sexta": no(4), ", quinta não posso": no(3)},
    ),
}  # fmt: skip
EACH = 150
SAYS_NONE = ("not free", "nearest", "Nothing", "next open day")
"""Words of an answer that says that nothing fits, and shows what else there is."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_time_shown_lies_where_all_parts_allow_it(language: str) -> None:
    heads, days, clocks, exceptions = LANGUAGES[language]
    dice = random.Random(language)
    wrong: list[str] = []
    shown = 0
    for _ in range(EACH):
        day, clock, exception = (dice.choice(list(parts)) for parts in (days, clocks, exceptions))
        text = f"{dice.choice(heads)} " + " ".join(filter(None, (day, clock)))
        text += exception if exception.startswith(",") else f" {exception}".rstrip()
        talk = Desk()
        reply = talk.say(text)
        request = talk.conversation.request
        slot = getattr(request, "slot", None)
        times = [one.start.astimezone(BERLIN) for one in ((slot,) if slot else talk.conversation.offered)]
        allowed = (days[day], clocks[clock], exceptions[exception])
        outside = [at for at in times if not all(allows(at) for allows in allowed)]
        shown += bool(times)
        if outside and not any(words in reply.text for words in SAYS_NONE):
            wrong.append(f"{text}: {outside[0]:%a %d %H:%M}")

    assert not wrong
    assert shown > EACH * 0.6
