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


@pytest.mark.parametrize(
    "text",
    [
        "nein, Freitag",
        "vendredi ça va pas",
        "não, sexta",
        "nee, vrijdag",
        "terça não, melhor quarta",
        "不要周二，周三吧",
    ],
)
def test_a_no_with_a_day_is_another_time(text: str) -> None:
    assert understand(text, OFFERED).intent == "refine"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("山本", "金曜の予定を山本さん以外全部消して"),
        ("李娜", "把周五的会都删了，除了跟李娜的"),
        ("李娜", "周五的会除了李娜的以外都取消"),
    ],
)
def test_who_is_left_out_behind_or_in_front_of_the_sign(name: str, text: str) -> None:
    read = understand(text, FIRST)

    assert (read.intent, read.people, read.excluded_people) == ("cancel", (), (name,))


@pytest.mark.parametrize(
    "text",
    [
        "schuif Bruno van dinsdag naar donderdag, zelfde tijd",
        "passa o Bruno de terça pra quinta no mesmo horário",
        "sposta Bruno da martedì a giovedì stessa ora",
        "把小王从周二挪到周四同一时间",
        "火曜の会議を木曜に移して",
        "把周二的会都挪到周四",
    ],
)
def test_a_move_says_from_which_day_to_which(text: str) -> None:
    read = understand(text, FIRST)

    assert read.from_moment is not None
    assert [(m.days.first.day if m.days else None) for m in (read.from_moment, *read.moments)] == [3, 5]


@pytest.mark.parametrize(
    ("gone", "kept", "text"),
    [
        ("Bruno", "Nadia", "annulla Bruno ma lascia Nadia"),
        ("Bruno", "Nadia", "cancela a Bruno pero deja a Nadia"),
        ("Bruno", "Nadia", "zeg Bruno af maar laat Nadia staan"),
        ("小林", "中村", "小林さんはキャンセル、中村さんはそのままで"),
        ("赵强", "陈琳", "取消赵强的，陈琳的保留"),
    ],
)
def test_who_is_to_stay_beside_who_goes(gone: str, kept: str, text: str) -> None:
    read = understand(text, FIRST)

    assert (read.intent, read.people, read.excluded_people) == ("cancel", (gone,), (kept,))


@pytest.mark.parametrize("text", ["adia a reunião com a Nadia em 15 minutos", "aplaza la cita con Nadia en 15 minutos"])
def test_how_far_a_meeting_moves_is_no_time_from_now(text: str) -> None:
    read = understand(text, FIRST)

    assert (read.intent, read.moments) == ("reschedule", ())


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("refine", "lieber etwas später"),
        ("refine", "un peu plus tard plutôt"),
        ("refine", "もう少し遅い時間で"),
        ("select", "l'ultimo mi va bene"),
        ("select", "最後のがいいです"),
        ("affirm", "はい、お願いします"),
        ("more_options", "t'as rien l'après-midi ?"),
    ],
)
def test_an_answer_in_other_words(intent: str, text: str) -> None:
    assert understand(text, OFFERED).intent == intent


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (1, "verschieb den ersten auf freitag 15 uhr"),
        (1, "sposta la prima a venerdì alle 15"),
        (2, "pasa la segunda al viernes a las 15"),
        (1, "最初のを金曜15時に変更して"),
        (None, "am ersten april um 10"),
        (None, "primeiro de abril às 10"),
    ],
)
def test_which_of_a_list_is_told_beside_a_time_and_a_date_is_no_pick(choice: int | None, text: str) -> None:
    assert understand(text, OFFERED).choice == choice
