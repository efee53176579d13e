"""Corrections, other choices, conditions, thanks and days off as they are said in other languages than English."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
KAI = booking_with("Kai Lund", date(2026, 3, 5), 15, number=2)
IVO = booking_with("Ivo Lund", date(2026, 3, 9), 9, number=3)


def desk() -> Desk:
    return desk_with((NORA, KAI, IVO))


CORRECTED = [
    "termin mit omar morgen 14 uhr, nein, doch lieber 15 uhr",
    "termin mit omar morgen 14 uhr nee lieber 15 uhr",
    "rdv avec omar demain 14h, non, plutôt 15h",
    "cita con omar mañana a las 14, no, mejor a las 15",
    "appuntamento con omar domani alle 14, no, meglio alle 15",
    "afspraak met omar morgen om 14 uur, nee, toch liever 15 uur",
    "reunião com o omar amanhã às 14h, não, melhor às 15h",
]


@pytest.mark.parametrize("text", CORRECTED)
def test_what_comes_last_holds(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "Tue 3 Mar 15:00" in reply.text
    assert "14:00–14:30" not in reply.text


OTHERWISE = [
    "termin mit omar freitag um zehn oder, wenn nicht, dann um drei",
    "rdv avec omar vendredi à dix heures, sinon à quinze heures",
    "cita con omar el viernes a las diez o, si no, a las tres",
    "appuntamento con omar venerdì alle dieci, se no alle tre",
    "reunião com o omar sexta às dez, se não às três",
    "afspraak met omar vrijdag om tien, zo niet om drie",
    "omarさんと金曜10時、だめなら15時",
    "约omar周五十点，不行就三点",
]


@pytest.mark.parametrize("text", OTHERWISE)
def test_the_first_choice_is_offered_with_the_other_one(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "Fri 6 Mar 10:00" in reply.text
    assert any("15:00" in option.label for option in talk.cards[reply.card].options)


CONDITIONS = [
    "wenn nicht alle können, sag nora ab",
    "si no pueden todos, cancela a nora",
    "se não der pra todos, cancela a nora",
    "se non può kai, annulla nora",
    "kaiさんがだめならnoraさんをキャンセル",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_no_condition_is_taken_for_another_choice(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert not any(deed.startswith("cancel") for deed in offered(talk, reply))


@pytest.mark.parametrize("text", ["thanks, cancel nora", "danke, sag nora ab", "gracias, cancela a nora"])
def test_a_wish_behind_a_thank_you_is_heard(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "Cancel" in reply.text
    assert "Nora Vale" in reply.text


@pytest.mark.parametrize(
    "text", ["thanks for cancelling nora", "danke fürs absagen von nora", "ありがとう、このままで大丈夫"]
)
def test_a_thank_you_for_what_was_done_asks_for_nothing(text: str) -> None:
    assert "You're welcome" in desk().say(text).text


AWAY = [
    "el viernes no estoy, no me pongas nada",
    "venerdì non ci sono, non mettermi niente",
    "sexta não tô, não marca nada",
]


@pytest.mark.parametrize("text", AWAY)
def test_a_day_on_which_nothing_is_to_be_put_is_taken_off(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert not any(deed.startswith(("book", "hold", "cancel")) for deed in offered(talk, reply))
    assert "not sure what is not to happen" not in reply.text
    assert "nothing was changed" not in reply.text


def test_a_number_that_is_a_weekday_too_is_the_number_below_a_list_without_that_day() -> None:
    talk = desk()
    talk.say("o que tenho na quinta?")

    reply = talk.say("cancela a segunda")

    assert "Kai Lund" in reply.text


@pytest.mark.parametrize("text", ["cancela a de segunda", "cancela a reunião de segunda"])
def test_the_meeting_of_that_weekday_is_told_by_its_of(text: str) -> None:
    talk = desk()
    talk.say("o que tenho na quinta?")

    reply = talk.say(text)

    assert "Ivo Lund" in reply.text


@pytest.mark.parametrize("text", ["周四我要见谁", "周四都见谁"])
def test_whom_one_meets_is_a_look_up(text: str) -> None:
    assert "Nora Vale" in desk().say(text).text


BARE_ABROAD = ["ines vendredi 15h", "ines venerdì 15", "ines viernes 15h", "ines sexta 15h", "ines freitag 15 uhr"]


@pytest.mark.parametrize("text", BARE_ABROAD)
def test_a_name_and_a_time_are_a_booking(text: str) -> None:
    assert "Fri 6 Mar 15:00" in desk().say(text).text


LATER = [
    ("omar mercredi à 9h", "une demi-heure plus tard, c'est possible ?"),
    ("omar el miércoles a las 9", "¿puede ser media hora más tarde?"),
    ("omar quarta às 9", "dá pra ser meia hora mais tarde?"),
    ("omar mercoledì alle 9", "si può mezz'ora dopo?"),
    ("omar周三九点", "晚半小时行吗"),
    ("omar wednesday at 9", "half an hour later possible?"),
]


@pytest.mark.parametrize(("wish", "answer"), LATER)
def test_later_by_an_amount_is_counted_from_the_card(wish: str, answer: str) -> None:
    talk = desk()
    talk.say(wish)

    assert "Wed 4 Mar 09:30" in talk.say(answer).text


BUSY = [
    "bin ich donnerstag um 10 schon verplant?",
    "est-ce que je suis déjà pris jeudi à 10h ?",
    "giovedì alle 10 sono già occupato?",
    "zit ik donderdag om 10 al vol?",
    "木曜10時ってもう埋まってる?",
    "周四十点我是不是已经有会了",
]


@pytest.mark.parametrize("text", BUSY)
def test_whether_a_time_is_taken_is_a_look_up(text: str) -> None:
    assert "Nora Vale" in desk().say(text).text


def test_the_same_time_is_kept_without_borders_of_words() -> None:
    assert "to Fri 6 Mar 15:00" in desk().say("kaiさんを金曜の同じ時間に").text


WHY = [
    "nora kann nicht, verschieb sie auf freitag um 9",
    "nora ne peut pas, décale-la à vendredi 9h",
    "nora non può, spostala a venerdì alle 9",
    "nora kan niet, verzet haar naar vrijdag om 9",
    "a nora não pode, passa ela pra sexta às 9",
    "noraさんが来られないので金曜9時に変更",
    "nora来不了，改到周五九点吧",
    "nora can't make it, move her to friday at 9",
]


@pytest.mark.parametrize("text", WHY)
def test_who_cannot_come_is_the_reason_of_a_move(text: str) -> None:
    assert "to Fri 6 Mar 09:00" in desk().say(text).text


@pytest.mark.parametrize("text", ["nora kann nicht, sag kai ab", "nora can't, cancel kai"])
def test_two_people_in_two_clauses_are_asked_about(text: str) -> None:
    talk = desk()

    assert not any(deed.startswith("cancel") for deed in offered(talk, talk.say(text)))


RESTRICTED = [
    "termin mit omar am mittwoch, hauptsache nachmittags",
    "cita con omar el miércoles, siempre que sea por la tarde",
    "rdv avec omar mercredi, tant que c'est l'après-midi",
    "incontro con omar mercoledì, basta che sia di pomeriggio",
    "reunião com o omar na quarta, desde que seja à tarde",
    "afspraak met omar woensdag, als het maar 's middags is",
]


@pytest.mark.parametrize("text", RESTRICTED)
def test_as_long_as_it_is_then_says_when(text: str) -> None:
    reply = desk().say(text)

    assert "Wed 4 Mar 12:00" in reply.text
    assert "09:00" not in reply.text


@pytest.mark.parametrize("text", ["sag nora ab, sofern es regnet", "solange er krank ist, sag nora ab"])
def test_as_long_as_something_else_is_is_a_condition(text: str) -> None:
    talk = desk()

    assert not any(deed.startswith("cancel") for deed in offered(talk, talk.say(text)))


SWAPPED = ["kannst du nora und ivo tauschen?", "kun je nora en ivo omwisselen?"]


@pytest.mark.parametrize("text", SWAPPED)
def test_two_meetings_are_swapped(text: str) -> None:
    assert "Swap" in desk().say(text).text


def test_before_somebodys_meeting_is_measured_from_it() -> None:
    assert "Thu 5 Mar 09:30" in desk().say("preciso falar com o omar antes da reunião com a nora").text


@pytest.mark.parametrize("text", ["desmarca tudo menos a nora", "cancela tudo menos a nora"])
def test_a_name_with_its_article_is_left_out(text: str) -> None:
    reply = desk().say(text)

    assert "Kai Lund" in reply.text
    assert "Nora Vale" not in reply.text


def test_the_last_one_of_the_week_is_that_of_this_week() -> None:
    assert "Kai Lund" in desk().say("qual é a minha última reunião da semana?").text


THAT_DAY = [
    "i can't make it thursday, move everything to tuesday",
    "donnerstag schaffe ich nicht, verschieb alles auf dienstag",
    "jeudi je peux pas, décale tout à mardi",
    "jueves no puedo, pasa todo al martes",
    "giovedì non ce la faccio, sposta tutto a martedì",
    "quinta não consigo, passa tudo pra terça",
    "donderdag kan ik niet, verzet alles naar dinsdag",
    "周四不行，都改到周二",
    "木曜は無理なので全部火曜にずらして",
]


@pytest.mark.parametrize("text", THAT_DAY)
def test_everything_of_the_day_that_fails_moves(text: str) -> None:
    reply = desk().say(text)

    assert "Nora Vale" in reply.text
    assert "Kai Lund" in reply.text
    assert "Ivo Lund" not in reply.text


@pytest.mark.parametrize(
    "text", ["move everything except thursday to tuesday", "verschieb alles außer donnerstag auf dienstag"]
)
def test_a_day_that_is_left_out_of_everything_stays(text: str) -> None:
    reply = desk().say(text)

    assert "Nora Vale" not in reply.text


@pytest.mark.parametrize("text", ["nora dice que mejor el viernes a las 12", "nora sagt lieber freitag um 12"])
def test_what_somebody_would_rather_have_is_asked_about(text: str) -> None:
    assert "There is a meeting already" in desk().say(text).text


@pytest.mark.parametrize(
    "text",
    [
        "não quero reunião na sexta depois das 15h",
        "no quiero reuniones el viernes después de las 15",
        "non voglio riunioni venerdì dopo le 15",
    ],
)
def test_no_meetings_then_takes_the_hours_off(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert not any(deed.startswith(("book", "hold", "cancel")) for deed in offered(talk, reply))
    assert "Want me to find a time" not in reply.text


def test_a_verb_with_a_sign_of_denial_in_it_moves() -> None:
    assert "Thu 5 Mar 16:00" in desk().say("kaiさん、やっぱり1時間後ろにずらして").text


@pytest.mark.parametrize("text", ["move today's meetings to tomorrow", "heute geht nicht, verschieb alles auf morgen"])
def test_today_is_never_the_same_weekday_a_week_later(text: str) -> None:
    talk = desk()

    assert not any(deed.startswith("move") for deed in offered(talk, talk.say(text)))
