"""Cues in other languages: the same signs from their own rows, and the same corrections and exceptions."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from bot.language.cues.rows import cue_rows
from bot.language.locales.detect import own_languages
from bot.language.meaning import Intent, Reference, Understanding
from bot.language.report import bounds
from bot.language.signs import Cue
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
LANGUAGES = sorted(own_languages())


def read(text: str, language: str | None = None) -> Understanding:
    reference = REFERENCE
    if language is not None:
        reference = Reference(now=REFERENCE.now, zone=REFERENCE.zone, language=language)
    return understand(text, reference)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_can_be_said_in_every_language(language: str) -> None:
    table = tomllib.loads(files("bot.language").joinpath(f"words/cues/{language}.toml").read_text(encoding="utf-8"))
    said = {Cue(name) for name, rows in table["cues"].items() if rows}

    assert cue_rows(language).language == language
    assert said == set(Cue) - {Cue.QUOTED}


ENDS_A_SERIES = [
    "end the coaching series with lena",
    "stop the series with lena",
    "cancel every future session with lena",
    "sag die serie mit lena ab",
    "brich die serie mit lena ab",
    "beende die serie mit lena",
    "storniere die ganze terminserie",
    "cancela esta y todas las siguientes",
    "anula toda la serie",
    "annule celle-ci et toutes les suivantes",
    "annulla la serie con lena",
    "cancele a série com a lena",
    "zeg de reeks met lena af",
    "レナとのシリーズをキャンセルして",
    "取消和lena的系列",
]


@pytest.mark.parametrize("text", ENDS_A_SERIES)
def test_a_series_is_ended_as_a_whole(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.CANCEL
    assert found.has(Cue.SERIES)


LATER = [
    "verschiebe das treffen mit omar um eine stunde nach hinten",
    "una hora más tarde por favor",
    "décale la réunion avec omar d'une heure",
    "sposta la riunione con omar di un'ora",
    "adia a reunião com o omar uma hora",
    "verplaats de vergadering met omar met een uur naar achteren",
    "把和小王的会议推迟一小时",
    "会議を1時間後ろ倒しにしてください",
]


@pytest.mark.parametrize("text", LATER)
def test_an_hour_later_is_an_hour_in_each(text: str) -> None:
    found = read(text).sign(Cue.LATER)

    assert found is not None
    assert found.amount == timedelta(hours=1)


EXCEPT = [
    "sag alle termine diese woche ab außer tia",
    "cancela todas las reuniones menos tia",
    "annule toutes les réunions sauf tia",
    "cancella tutte le riunioni tranne tia",
    "cancela todas as reuniões exceto tia",
    "annuleer alle afspraken deze week behalve tia",
]


@pytest.mark.parametrize("text", EXCEPT)
def test_an_exception_leaves_somebody_out_in_each(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.CANCEL
    assert found.excluded_people == ("tia",)
    assert not found.people
    assert not found.doubts


CORRECTED = [
    "buche omar am freitag um 14 uhr, nein, 15 uhr",
    "reserva con omar@example.org el viernes a las 14, no, a las 15",
    "réserve avec omar vendredi à 14h, non pardon, 15h",
    "prenota con omar venerdì alle 14, anzi, alle 15",
    "marca com o omar na sexta às 14h, aliás, às 15h",
    "boek met omar op vrijdag om 14 uur, nee, 15 uur",
]


@pytest.mark.parametrize("text", CORRECTED)
def test_what_comes_last_holds_in_each(text: str) -> None:
    found = read(text)

    assert [str(bounds(moment, REFERENCE)["start"])[5:16] for moment in found.moments] == ["03-06T15:00"]
    assert found.intent is Intent.BOOK


THEIRS = [
    "buche omar am freitag um 15 uhr seiner zeit",
    "reserva con omar el viernes a las 15 hora de él",
    "réserve avec omar vendredi à 15h à son heure",
    "prenota con omar venerdì alle 15 ora sua",
    "marca com o omar na sexta às 15h no fuso dele",
    "boek met omar op vrijdag om 15 uur zijn tijd",
    "和小王约周五下午三点，他的时间",
    "金曜の15時、相手の時間で会議を予約して",
]


@pytest.mark.parametrize("text", THEIRS)
def test_somebody_elses_clock_is_noticed_in_each(text: str) -> None:
    assert read(text).has(Cue.THEIR_CLOCK)


STAYS = [
    ("de", "nein, lass es so"),
    ("es", "no, déjalo como está"),
    ("fr", "non, laisse tomber"),
    ("it", "no, lascia stare"),
    ("pt", "não, deixa assim"),
    ("nl", "nee, laat maar zo"),
    ("zh", "算了，不用改"),
    ("ja", "いいえ、そのままで"),
]


@pytest.mark.parametrize(("language", "text"), STAYS)
def test_what_stands_can_be_left_in_each(language: str, text: str) -> None:
    assert read(text, language).has(Cue.STAYS)


def test_an_unknown_language_is_read_with_the_english_rows() -> None:
    assert cue_rows("sv") is cue_rows("en")


OTHERS = [
    ("de", "nein, den anderen"),
    ("es", "la otra cita"),
    ("fr", "l'autre réunion"),
    ("it", "non quello"),
    ("pt", "a outra reunião"),
    ("nl", "de andere afspraak"),
    ("zh", "不是这个，另一个"),
    ("ja", "もう一つの会議"),
]


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_the_other_one_is_told_in_each(language: str, text: str) -> None:
    assert read(text, language).has(Cue.OTHER_ONE)
