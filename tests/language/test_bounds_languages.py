"""Bounds, quarters to an hour and weeks of a month, in every language. Read on Mon 2 Mar 2026, 10:00 in Berlin."""

from __future__ import annotations

import pytest
from reading_corpus import REFERENCE, written

from bot.language.locales.translation import in_english
from bot.language.normalise import normalise
from bot.language.times.moments import read_moments

NOT_BEFORE = [
    (
        "2026-03-06T00:00.. day",
        ["niet voor vrijdag", "niet voor vrijdag de 6e", "niet voor 6 maart", "nicht vor freitag"],
    ),
    (
        "2026-03-06T00:00.. day",
        ["pas avant vendredi", "no antes del viernes", "non prima di venerdì", "não antes de sexta"],
    ),
    ("2026-03-20T00:00.. day", ["niet voor de 20e", "nicht vor dem 20.", "not before the 20th", "no antes del 20"]),
    ("2026-03-05T14:00.. minute", ["donderdag, niet voor twee uur", "quinta, mas não antes das 14h"]),
]
NOT_AFTER = [
    ("..2026-03-21T00:00 day", ["no después del 20", "non dopo il 20", "não depois do dia 20", "nicht nach dem 20."]),
    ("..2026-03-07T00:00 day", ["not after friday", "nicht nach freitag", "niet na vrijdag", "pas après vendredi"]),
    (
        "..2026-03-07T00:00 day",
        ["no después del viernes", "non dopo venerdì", "não depois de sexta", "non oltre venerdì"],
    ),
    ("..2026-03-06T00:00 day", ["before friday", "vor freitag", "金曜より前"]),
    ("..2026-03-05T11:00 minute", ["quinta de manhã, não depois das 11", "giovedì mattina, non oltre le undici"]),
]
IN_A_PART = [
    ("2026-03-04T12:00..2026-03-04T16:00 minute", ["wednesday afternoon before 4", "mittwoch nachmittag vor 16 uhr"]),
    (
        "2026-03-04T12:00..2026-03-04T16:00 minute",
        ["mercoledì pomeriggio prima delle 4", "woensdagmiddag niet na vier"],
    ),
    (
        "2026-03-04T12:00..2026-03-04T16:00 minute",
        ["周三下午，四点之前", "水曜の午後、4時まで", "quarta à tarde antes das 4"],
    ),
    ("2026-03-04T13:00..2026-03-04T16:00 minute", ["wednesday after lunch, but not after 4"]),
    ("2026-03-04T13:00..2026-03-04T16:00 minute", ["mittwoch nach der mittagspause, aber nicht nach vier"]),
    ("2026-03-06T10:00..2026-03-06T12:00 minute", ["friday morning from 10", "vendredi matin à partir de 10h"]),
    ("..2026-03-02T16:00 minute", ["before 4 in the afternoon"]),
    ("2026-03-06T14:00.. minute", ["friday afternoon from 2"]),
]
IN_A_WEEK = [
    ("2026-03-11T00:00..2026-03-16T00:00 day", ["next week from wednesday", "nächste woche, aber erst ab mittwoch"]),
    (
        "2026-03-11T00:00..2026-03-16T00:00 day",
        ["volgende week maar niet voor woensdag", "semana que vem a partir de quarta"],
    ),
    ("2026-03-11T00:00..2026-03-16T00:00 day", ["la semaine prochaine à partir de mercredi"]),
    ("2026-03-12T00:00..2026-03-16T00:00 day", ["next week after wednesday", "nächste woche nach mittwoch"]),
    ("2026-03-09T00:00..2026-03-12T00:00 day", ["next week before thursday", "la semana que viene antes del jueves"]),
    ("2026-03-09T00:00..2026-03-12T00:00 day", ["next week but not after wednesday", "volgende week voor donderdag"]),
    ("2026-03-11T00:00..2026-03-14T00:00 day", ["next week from wednesday to friday"]),
    ("..2026-03-12T00:00 day", ["before thursday next week"]),
    ("2026-03-11 day | 2026-03-13 day", ["next week wednesday or friday"]),
]
QUARTERS = [
    ("2026-03-02T11:45 minute", ["às quinze para o meio-dia", "às quinze pro meio-dia", "un quarto a mezzogiorno"]),
    (
        "2026-03-02T11:45 minute",
        ["al mediodía menos cuarto", "a un cuarto para el mediodía", "a mezzogiorno meno un quarto"],
    ),
    ("2026-03-02T11:45 minute", ["um viertel vor zwölf mittags", "kwart voor twaalf 's middags", "正午15分前"]),
    ("2026-03-02T23:45 minute", ["kwart voor middernacht", "às quinze para a meia-noite", "viertel vor mitternacht"]),
    ("2026-03-02T11:50 minute", ["às dez pro meio-dia"]),
    ("2026-03-02T10:15 minute", ["viertel elf", "um viertel 11", "viertel ab zehn"]),
    ("2026-03-02T10:45 minute", ["dreiviertel elf", "viertel vor elf"]),
    ("2026-03-02T11:15 minute", ["viertel nach elf"]),
    ("2026-03-02T17:00 minute", ["a las cinco y pico de la tarde", "às cinco e pouco da tarde"]),
]
RANGES = [
    ("2026-03-03T10:00..2026-03-03T11:30 minute", ["demain entre dix heures et onze heures et demie"]),
    ("2026-03-03T10:00..2026-03-03T11:30 minute", ["demain de dix heures à onze heures et demie"]),
    ("2026-03-03T10:00..2026-03-03T11:30 minute", ["mañana de las diez a las once y media"]),
    (
        "2026-03-03T10:00..2026-03-03T11:30 minute",
        ["domani dalle dieci alle undici e mezza", "amanhã das dez às onze e meia"],
    ),
    ("2026-03-04T13:00..2026-03-04T15:00 minute", ["quarta entre a uma e as três", "quarta da uma às três"]),
    (
        "2026-03-04T13:00..2026-03-04T15:00 minute",
        ["el miércoles de la una a las tres", "el miércoles entre la una y las tres"],
    ),
]
WEEKS_OF_A_MONTH = [
    ("2026-03-02T16:00.. minute", ["这周四点以后", "本周四点之后"]),
    ("2026-03-09T16:30.. minute", ["下周四点半以后"]),
    ("2026-03-05T15:00 minute", ["这周四三点"]),
    ("2026-12-01T00:00..2026-12-07T00:00 week", ["first week of december", "erste dezemberwoche"]),
    ("2026-12-01T00:00..2026-12-07T00:00 week", ["la première semaine de décembre", "de eerste week van december"]),
    ("2026-12-01T00:00..2026-12-07T00:00 week", ["12月の第1週", "十二月第一周"]),
    ("2026-12-07T00:00..2026-12-14T00:00 week", ["second week of december"]),
    ("2026-05-04T00:00..2026-05-11T00:00 week", ["first week of may"]),
    ("2026-11-30 day", ["monday of the first week of december"]),
    ("2026-03-09 day", ["heute in acht tagen", "de hoje a oito dias", "oggi a otto"]),
    ("2026-03-10 day", ["in acht tagen"]),
]
ROWS = [*NOT_BEFORE, *NOT_AFTER, *IN_A_PART, *IN_A_WEEK, *QUARTERS, *RANGES, *WEEKS_OF_A_MONTH]


@pytest.mark.parametrize(("expected", "text"), [(expected, text) for expected, texts in ROWS for text in texts])
def test_a_bound_is_read_as_it_was_said(expected: str, text: str) -> None:
    read = read_moments(in_english(normalise(text)), REFERENCE)

    assert " | ".join(written(moment) for moment in read.moments) == expected


def test_what_is_denied_of_one_day_is_no_bound() -> None:
    read = read_moments(in_english(normalise("niet voor maandag maar voor dinsdag")), REFERENCE)

    assert [written(moment) for moment in (*read.moments, *read.excluded)] == ["2026-03-03 day", "2026-03-09 day"]
