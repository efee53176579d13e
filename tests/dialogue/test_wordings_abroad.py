"""Plain acts and days off in wordings of several languages, and the traps beside them."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
KAI = booking_with("Kai Lund", date(2026, 3, 5), 14, number=2)
IVO = booking_with("Ivo Holm", date(2026, 3, 6), 11, number=3)


def desk() -> Desk:
    return desk_with((NORA, KAI, IVO))


CANCELLED = [
    "enlève kai de mon agenda", "togli kai dal calendario", "haal kai uit de agenda", "take kai off my calendar",
    "den termin mit kai brauchen wir nicht mehr", "kai fällt leider flach", "on fait sauter kai",
    "laisse tomber le rdv avec kai",
    "corta a call com kai",
    "kaiさんの会議はなしで", "ich schaff das mit kai nicht, sag ihm ab",
]  # fmt: skip


@pytest.mark.parametrize("text", CANCELLED)
def test_the_meeting_of_whoever_is_named_is_cancelled(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b2"}


def test_a_guest_taken_off_a_meeting_is_no_meeting_that_goes() -> None:
    talk = desk()

    assert not offered(talk, talk.say("remove kai from my meeting with nora"))
    assert not offered(talk, talk.say("sag alles am donnerstag ab, das mit kai nicht")) & {"cancel b2"}


MOVED = [
    "das mit nora muss auf do um 12, bin mittwoch im homeoffice", "die met nora moet naar do 12 uur, woensdag werk ik thuis",
    "lo de nora tiene que pasar al jueves a las 12, el miércoles teletrabajo",
    "nora needs to go to thursday at noon, i'm wfh wednesday", "nora alle 12 invece che alle 10", "nora às 12 em vez das 10",
]  # fmt: skip


@pytest.mark.parametrize("text", MOVED)
def test_it_moves_to_where_it_has_to_go(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"move b1 05 11:00"}


@pytest.mark.parametrize("text", ["my 10am on thursday needs to go", "nora's meeting has to go"])
def test_what_has_to_go_without_an_aim_is_cancelled(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b1"}


PUT = [
    "put the call with kai on friday 3pm", "pon la reunión con kai el viernes a las 15",
    "metti la call con kai venerdì alle 15",
    "coloca a reunião com kai na sexta às 15", "zet de call met kai op vrijdag 15 uur",
]  # fmt: skip


@pytest.mark.parametrize("text", PUT)
def test_a_meeting_put_at_a_time_may_be_the_one_that_stands(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "There is a meeting already" in reply.text
    assert not offered(talk, reply)


FROM_THEN_ON = [
    "verschieb alles ab donnerstag auf nächste woche", "alles ab donnerstag auf nächste woche verschieben",
    "décale tout à partir de jeudi à la semaine prochaine", "mueve todo a partir del jueves a la semana que viene",
    "passa tudo a partir de quinta para a semana que vem", "verzet alles vanaf donderdag naar volgende week",
]  # fmt: skip


@pytest.mark.parametrize("text", FROM_THEN_ON)
def test_what_stands_from_a_day_on_moves(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"move b1 12 09:00", "move b2 12 13:00", "move b3 13 10:00"}


@pytest.mark.parametrize(
    "text", ["verschieb alles von donnerstag auf nächste woche", "déplace tout jeudi à la semaine prochaine"]
)
def test_what_stands_on_a_day_moves_alone(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"move b1 12 09:00", "move b2 12 13:00"}


DAYS_OFF = {
    "de quarta a sexta não trabalho porque vou mudar de casa": "04 off; 05 off; 06 off",
    "de miércoles a viernes no trabajo porque cambio de piso": "04 off; 05 off; 06 off",
    "dal 9 al 11 marzo sono in ferie": "09 off; 10 off; 11 off",
    "bloquea el viernes, mejor el 12": "12 off",
    "venerdì sono fuori": "06 off", "je bosse pas vendredi": "06 off", "freitag bitte dicht machen": "06 off",
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS_OFF)
def test_those_days_are_taken_off(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {DAYS_OFF[text]}


EITHER = [
    "i can only do the 3rd or the 4th of december", "je suis dispo que le 3 ou le 4 décembre",
    "ich kann nur am 3. oder 4. dezember", "sólo puedo el 3 o el 4 de diciembre",
]  # fmt: skip


@pytest.mark.parametrize("text", EITHER)
def test_one_day_or_another_takes_no_day_off(text: str) -> None:
    talk = desk()

    assert not offered(talk, talk.say(text))


TWO = [
    "buche kim@example.org freitag 10 uhr. kai absagen", "boek kim@example.org vrijdag 10 uur. kai afzeggen",
    "reserva kim@example.org viernes 10h. kai cancelar",
]  # fmt: skip


@pytest.mark.parametrize("text", TWO)
def test_an_act_at_the_end_of_a_sentence_of_its_own_is_a_second_one(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "two things" in reply.text
    assert not offered(talk, reply)


@pytest.mark.parametrize("text", ["termin mit kai am 5.3. um 14 uhr absagen", "den termin am 5. mit kai absagen"])
def test_the_mark_of_a_date_ends_no_sentence(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b2"}


NOT_THEN_BUT = [
    "book kim@example.org not thursday, 13 march at 10", "boek kim@example.org niet donderdag, 13 maart om 10",
    "buche kim@example.org nicht donnerstag, 13. märz um 10", "réserve kim@example.org pas jeudi, le 13 mars à 10h",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_THEN_BUT)
def test_a_comma_parts_the_day_that_is_refused_from_the_date(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"book kim@example.org 13 09:00 1"}


FREE = [
    "cuándo tengo hueco el viernes",
    "tengo algo libre el viernes?",
    "passt freitag noch was rein",
    "周五哪些时间空着",
]


@pytest.mark.parametrize("text", FREE)
def test_free_times_of_that_day_are_shown(text: str) -> None:
    talk = desk()

    assert "Free for Intro (30 min), Berlin time: Fri 6 Mar" in talk.say(text).text


SWAPPED_DAYS = {
    "nora geht donnerstag nicht, wie wärs mit freitag 14 uhr": "move b1 06 13:00",
    "nora ne peut pas jeudi, on peut faire vendredi 14h ?": "move b1 06 13:00",
    "nora no puede el jueves, qué tal el viernes a las 14": "move b1 06 13:00",
    "nora non può giovedì, che ne dici di venerdì alle 14": "move b1 06 13:00",
    "nora passt donnerstag doch nicht, lieber freitag selbe zeit": "move b1 06 09:00",
}


@pytest.mark.parametrize("text", SWAPPED_DAYS)
def test_the_day_somebody_cannot_is_given_up_for_another(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {SWAPPED_DAYS[text]}


ALL_LATER = [
    "alle termine am donnerstag eine stunde später", "tous mes rdv de jeudi une heure plus tard",
    "todas mis reuniones del jueves una hora más tarde", "todas as reuniões de quinta uma hora mais tarde",
    "alle afspraken van donderdag een uur later",
]  # fmt: skip


@pytest.mark.parametrize("text", ALL_LATER)
def test_all_of_a_day_moves_by_an_amount(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"move b1 05 10:00", "move b2 05 14:00"}


ELSE = [
    "buche kim@example.org freitag um 10, falls das nicht geht montag um 11",
    "réserve kim@example.org vendredi 10h, si ça va pas lundi 11h",
    "reserva kim@example.org el viernes a las 10, si no se puede el lunes a las 11",
    "prenota kim@example.org venerdì alle 10, se non va bene lunedì alle 11",
    "marca kim@example.org sexta às 10, se não der segunda às 11",
    "boek kim@example.org vrijdag om 10, als dat niet lukt maandag om 11", "金曜10時か月曜11時でkim@example.orgと",
]  # fmt: skip


@pytest.mark.parametrize("text", ELSE)
def test_a_time_for_want_of_another_is_no_second_booking(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"book kim@example.org 06 09:00 1"}


@pytest.mark.parametrize(
    "text", ["nora um 12 und kai um 15 uhr", "nora a las 12 y kai a las 15", "nora at 12 and kai at 3"]
)
def test_two_people_at_two_times_are_two_things(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "two things" in reply.text
    assert not offered(talk, reply)


UNTIL = [
    "ogni lunedì alle 9 fino al 30 marzo con kim@example.org", "toda segunda às 9 até 30 de março com kim@example.org",
    "elke maandag om 9 tot 30 maart met kim@example.org",
]  # fmt: skip


@pytest.mark.parametrize("text", UNTIL)
def test_the_end_of_a_series_takes_no_clock(text: str) -> None:
    talk = desk()

    assert {deed[-8:-2] for deed in offered(talk, talk.say(text))} == {" 08:00", " 07:00"}


BETWEEN = ["kim@example.orgと金曜の10時から12時の間で", "周五10点到12点之间约kim@example.org"]


@pytest.mark.parametrize("text", BETWEEN)
def test_between_two_clocks_is_no_length(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"book kim@example.org 06 09:00 1"}


AIMED = {"déplace nora": "à vendredi", "sposta nora": "a venerdì", "改nora的会": "周五"}


@pytest.mark.parametrize("text", AIMED)
def test_a_day_below_the_question_where_it_goes_is_no_goodbye(text: str) -> None:
    talk = desk()
    talk.say(text)

    assert offered(talk, talk.say(AIMED[text])) == {"move b1 06 09:00"}


def test_a_goodbye_stays_one() -> None:
    talk = desk()
    talk.say("réserve kim@example.org vendredi à 10h")

    assert "welcome" in talk.say("merci, à vendredi").text


SECOND = [
    "annule le deuxieme rdv de jeudi",
    "annuleer de tweede afspraak van donderdag",
    "木曜の2番目の会議をキャンセル",
]


@pytest.mark.parametrize("text", SECOND)
def test_the_second_meeting_of_a_day_is_picked(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b2"}


@pytest.mark.parametrize(
    "text", ["cancela o kai mas não o ivo", "cancela kai pero no a ivo", "annuleer kai maar niet ivo"]
)
def test_whoever_is_not_meant_stays(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b2"}


@pytest.mark.parametrize("text", ["ich kann donnerstag nur vormittags", "ik kan donderdag alleen 's ochtends"])
def test_only_a_part_of_a_day_leaves_the_other_days_open(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"05 09:00-12:00"}
