"""Short texts that go on with a card, or leave it: what turns a time down, a change with a thank-you, a look-up of its own."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import BERLIN, Desk, booking_with

from bot.language.meaning import Intent

LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 10)
GRETA = booking_with("Greta Korn", date(2026, 3, 10), 9, number=3)
KIM = "book kim@example.org thursday at 10"


def said(*texts: str) -> tuple[Desk, set[str]]:
    """The desk after these texts, and what the first button below the last of them would do."""
    talk = desk_with((LENA, GRETA))
    replies = [talk.say(text) for text in texts]
    return talk, offered(talk, replies[-1])


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["move greta to wednesday", "9 is too early, 12"], "move b3 04 11:00"),
        (["move lena to wednesday at 1:30pm", "1:30pm is too early, 2:30pm"], "move b1 04 13:30"),
        (["book kim@example.org thursday 10:30", "10:30 is too early, 4 please"], "book kim@example.org 05 15:00 1"),
        (["book kim@example.org tuesday at noon", "noon is too early, 1pm"], "book kim@example.org 03 12:00 1"),
        (["book kim@example.org tuesday at 9", "9 is a bit early, 10:30?"], "book kim@example.org 03 09:30 1"),
        (["termin mit kim@example.org dienstag um 9", "weder noch, 11"], "book kim@example.org 03 10:00 1"),
        (["déplace lena à vendredi à 10h", "ni l'un ni l'autre, mercredi à 14h30"], "move b1 04 13:30"),
    ],
)
def test_the_time_behind_one_that_is_turned_down_is_meant(texts: list[str], deed: str) -> None:
    assert said(*texts)[1] == {deed}


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["hold wednesday 1:30pm", "not wednesday, thursday", "ok, make it wednesday 11:30"], "hold 04 10:30"),
        (
            ["book kim@example.org thursday 11:30 for an hour", "not 11:30, 10:30", "half an hour later"],
            "book kim@example.org 05 10:00 2",
        ),
    ],
)
def test_what_was_ruled_out_may_be_named_again(texts: list[str], deed: str) -> None:
    assert said(*texts)[1] == {deed}


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["book kim@example.org thursday afternoon", "a bit later", "the last one", "the day after"], "06 15:30"),
        (["what's free tuesday after 2", "the second one", "wednesday instead"], "04 13:30"),
    ],
)
def test_a_pick_out_of_a_part_of_the_day_keeps_its_clock(texts: list[str], deed: str) -> None:
    _, deeds = said(*texts)

    assert all(deed in one for one in deeds)
    assert deeds


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["termin mit kim@example.org donnerstag um 10", "eine stunde, danke"], "book kim@example.org 05 09:00 2"),
        (["cita con kim@example.org el jueves a las 10", "pero una hora, gracias"], "book kim@example.org 05 09:00 2"),
        (
            ["plan een call met kim@example.org donderdag om 10 uur", "maar een uur, bedankt"],
            "book kim@example.org 05 09:00 2",
        ),
        (["book kim@example.org march 10 at 3", "ok monday then"], "book kim@example.org 09 14:00 1"),
        (["reserva con kim@example.org el jueves a las 14", "ponlo el martes"], "book kim@example.org 03 13:00 1"),
        (
            ["termin mit kim@example.org donnerstag um 10", "tags drauf zur gleichen zeit"],
            "book kim@example.org 06 09:00 1",
        ),
        (["rdv avec kim@example.org jeudi à midi", "le lendemain à la même heure"], "book kim@example.org 06 11:00 1"),
        (["cambia lo de lena al viernes a las 9", "a la misma hora la semana que viene"], "move b1 13 08:00"),
    ],
)
def test_a_change_is_one_whatever_courtesy_stands_beside_it(texts: list[str], deed: str) -> None:
    assert said(*texts)[1] == {deed}


@pytest.mark.parametrize(
    ("texts", "before"),
    [
        (["reserveer woensdag om 14 uur", "eerder die dag graag"], 14),
        (["termin mit kim@example.org mittwoch um 14 uur", "was früheres?"], 14),
        (["reserva con kim@example.org el miércoles a las 14", "vale, más temprano ese día"], 14),
    ],
)
def test_earlier_that_day_is_of_the_card_in_other_languages(texts: list[str], before: int) -> None:
    talk, _ = said(*texts)
    there = [slot.start.astimezone(BERLIN) for slot in talk.conversation.offered]

    assert there
    assert all(at.day == 4 and at.hour < before for at in there)


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (["rdv avec kim@example.org jeudi à midi", "quels créneaux la semaine prochaine, 30 min?"], 9),
        (["verzet lena naar woensdag om 13 uur", "welke tijden zijn er volgende week, 30 min"], 9),
        (["reserva con kim@example.org el 12 a las 13", "qué huecos tengo el miércoles por la tarde"], 4),
        ([KIM, "and what's free on friday?"], 6),
        ([KIM, "show me times on friday after 2"], 6),
    ],
)
def test_a_look_up_that_is_whole_shows_times_and_no_card(texts: list[str], day: int) -> None:
    talk, deeds = said(*texts)

    assert not deeds
    assert talk.conversation.request is not None
    assert talk.conversation.request.intent is Intent.FIND_SLOTS
    assert talk.conversation.offered[0].start.day == day


@pytest.mark.parametrize(
    "texts",
    [
        ["cancela lo de lena", "no importa"],
        ["reserva con kim@example.org el jueves a las 10", "no importa"],
        ["qué hay libre la próxima semana?", "olvídalo"],
    ],
)
def test_never_mind_leaves_nothing_to_press(texts: list[str]) -> None:
    assert said(*texts)[1] == set()


def test_a_day_is_no_number_of_a_meeting() -> None:
    assert said("what do i have on thursday?", "book kim@example.org the 13th at 9")[1] == {
        "book kim@example.org 13 08:00 1"
    }


def test_a_number_with_a_mark_counts_and_a_bare_one_is_a_clock() -> None:
    assert said("book kim@example.org thursday", "#2")[1] == {"book kim@example.org 05 08:30 1"}
    assert said("book kim@example.org thursday", "11 please")[1] == {"book kim@example.org 05 10:00 1"}


@pytest.mark.parametrize("text", ["bloquea el miércoles a las 3 de la tarde", "bloquea el miércoles a las 15"])
def test_a_clock_with_its_part_of_the_day_is_held_and_closes_nothing(text: str) -> None:
    assert said(text)[1] == {"hold 04 14:00"}


@pytest.mark.parametrize("text", ["i'll take 10:30", "i'll go for half past 10", "we'll take 10:30", "i'll do 10:30"])
def test_a_time_that_is_taken_is_picked_and_not_ruled_out(text: str) -> None:
    assert said("book kim@example.org on friday", text)[1] == {"book kim@example.org 06 09:30 1"}


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["book kim@example.org tuesday at 3", "the following week, same time"], "book kim@example.org 10 14:00 1"),
        (["hold 12 march 9:30", "well, 60 min", "half an hour later"], "hold 12 09:00"),
        (
            ["book kim@example.org thursday 2pm", "i have the dentist then, friday same time"],
            "book kim@example.org 06 13:00 1",
        ),
        (
            ["book kim@example.org thursday 3pm", "kim can't that day, how about friday"],
            "book kim@example.org 06 14:00 1",
        ),
        (
            ["termin mit kim@example.org donnerstag um 9", "donnerstag bin ich weg, dienstag bitte"],
            "book kim@example.org 03 08:00 1",
        ),
        (["verschiebe lena auf mittwoch", "ok, 13:30 wäre besser"], "move b1 04 12:30"),
        (["cita con kim@example.org el jueves a las 9", "mueve lo de lena al martes"], "move b1 03 09:00"),
        (["book kim@example.org thursday 2pm", "not thursday, friday", "thursday?"], "book kim@example.org 05 13:00 1"),
    ],
)
def test_a_change_that_tells_why_is_one_all_the_same(texts: list[str], deed: str) -> None:
    assert said(*texts)[1] == {deed}


@pytest.mark.parametrize("text", ["was steht morgen an?", "qu'est-ce qui est libre mardi matin?"])
def test_a_question_below_a_card_shows_no_card(text: str) -> None:
    assert said("bloque mercredi à 11h", text)[1] == set()
