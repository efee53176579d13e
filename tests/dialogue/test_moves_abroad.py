"""Moves, cancellations and bookings as people type them in other languages: whose day it is, clitics, politeness, accents."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

WED, FRI = date(2026, 3, 4), date(2026, 3, 6)
MEETINGS = (
    booking_with("Lena Brandt", WED, 9, number=1),
    booking_with("Omar Haddad", WED, 14, number=2),
    booking_with("Omar Haddad", FRI, 10, number=3),
    booking_with("Zoe Petit", date(2026, 3, 10), 11, number=4),
)


def deeds(text: str) -> set[str]:
    desk = desk_with(MEETINGS)
    return offered(desk, desk.say(text))


OF_ITS_DAY = (
    "sposta il pranzo con omar di venerdì alle 15",
    "potresti spostare l'incontro con omar di venerdi alle 15?",
    "sposta la chiamata delle 10 di venerdì alle 15",
    "l'incontro con omar di venerdì, spostalo alle 15",
    "mueve la cita con omar del viernes a las 15",
    "¿me pasas la cita con omar del viernes a las 3 de la tarde?",
    "la del viernes a las 10, muévela a las 15",
    "tu peux décaler le point avec omar de vendredi à 15h ?",
)


@pytest.mark.parametrize("text", OF_ITS_DAY)
def test_the_day_of_a_meeting_is_where_it_stands_and_the_clock_behind_where_it_goes(text: str) -> None:
    assert deeds(text) == {"move b3 06 14:00"}


FROM_ITS_CLOCK = (
    "sposta la riunione delle 10 a giovedì",
    "sposta la riunione delle 10 di venerdì a giovedì",
    "dobbiamo spostare il caffè con omar di venerdì a giovedì 5",
    "mueve la reunión de las 10 al jueves",
    "mueve la reunión de las 10 del viernes al jueves",
    "déplace l'appel de 10h à jeudi",
    "il pranzo con omar di venerdì va spostato a giovedì",
    "mi cita del viernes a las 10 hay que moverla al jueves",
)


@pytest.mark.parametrize("text", FROM_ITS_CLOCK)
def test_the_clock_of_a_meeting_is_where_it_stands(text: str) -> None:
    assert deeds(text) == {"move b3 05 09:00"}


@pytest.mark.parametrize("text", ["non lavoro di lunedì", "di lunedì non ci sono mai"])
def test_mondays_are_every_monday_where_no_meeting_stands_in_front(text: str) -> None:
    assert not {deed for deed in deeds(text) if deed.startswith(("move", "cancel", "book"))}


IN_ANOTHER_FORM = (
    "me mueves lo de zoe al jueves?",
    "por favor cambie la cita con zoe al jueves",
    "tu peux decaler zoe a jeudi",
    "il faudrait deplacer le rdv avec zoe a jeudi",
    "verschiebst du mir zoe auf donnerstag?",
    "mir wäre lieb, wenn du zoe auf donnerstag verschieben könntest",
    "es wäre super, wenn du zoe auf donnerstag verlegst",
    "ce serait bien si tu pouvais décaler zoe à jeudi",
    "sarebbe meglio se spostassi zoe... anzi, spostala a giovedì la riunione con zoe",
    "mi sposti l'incontro con zoe a giovedì, se non ti dispiace",
    "mueve la cita con zoe al jueves, si no te importa",
    "metti la riunione con zoe a giovedì",
)


@pytest.mark.parametrize("text", IN_ANOTHER_FORM)
def test_polite_and_hurried_forms_move(text: str) -> None:
    assert deeds(text) == {"move b4 05 10:00"}


IN_BRACKETS = (
    "termin mit kim@example.org donnerstag um 10 (1h)",
    "afspraak met kim@example.org donderdag om 10 uur (1 uur)",
    "rdv avec kim@example.org jeudi à 10h (1 h)",
    "riunione con kim@example.org giovedì alle 10 (1h)",
    "reunião com kim@example.org quinta às 10h (1 hora)",
    "reunión con kim@example.org el jueves a las 10 (1h)",
)


@pytest.mark.parametrize("text", IN_BRACKETS)
def test_hours_in_brackets_are_how_long_it_takes(text: str) -> None:
    assert deeds(text) == {"book kim@example.org 05 09:00 2"}


NO_AFTER_ALL = (
    "réserve vendredi à 9h avec kim@example.org. ah non, 11h",
    "reserva el viernes a las 9 con kim@example.org - ay no, a las 11",
    "riunione con kim@example.org venerdì alle 9, ah no, alle 11",
    "reunião com kim@example.org sexta às 9h, ah não, às 11h",
)


@pytest.mark.parametrize("text", NO_AFTER_ALL)
def test_ah_no_takes_back_the_clock(text: str) -> None:
    assert deeds(text) == {"book kim@example.org 06 10:00 1"}


def test_the_other_week_of_a_next_weekday_is_one_press_away() -> None:
    desk = desk_with(MEETINGS)
    card = desk.say("el próximo martes a las 10 con kim@example.org")
    assert offered(desk, card) == {"book kim@example.org 10 09:00 1"}
    assert offered(desk, desk.press(card, "Tue 3 Mar instead")) == {"book kim@example.org 03 09:00 1"}


def test_a_next_weekday_of_either_week_is_asked_about() -> None:
    desk = desk_with(MEETINGS)
    asked = desk.say("nächsten donnerstag um 10 mit kim@example.org")
    assert not offered(desk, asked)
    assert offered(desk, desk.press(asked, "Thu 12 Mar 10:00")) == {"book kim@example.org 12 09:00 1"}


TOLD_BESIDE = {
    "agenda vendredi à 10h avec kim@example.org, je ne peux pas... non, en fait je peux": set(),
    "pourriez-vous annuler la réunion de vendredi à 10h, je ne peux pas": {"cancel b3"},
    "hay que cancelar mi reunión del viernes a las 10, no puedo": {"cancel b3"},
    "mi annulli la mia call di venerdì alle 10, non riesco": {"cancel b3"},
    "vrijdag 10 uur gaat niet door, ik red het niet": {"cancel b3"},
    "anula a de sexta às 10h, não consigo": {"cancel b3"},
    "verschieb zoe auf donnerstag, mir ist um 9 was dazwischengekommen": {"move b4 05 10:00"},
    "ich hätte gern am 12. um halb drei ein gespräch mit kim@example.org, montag bin ich weg": {
        "book kim@example.org 12 13:30 1"
    },
    "tengo que cancelar la reunión de las 10 del viernes, estoy enfermo": {"cancel b3"},
    "ma réunion de vendredi à 10h, annule-la, je suis malade": {"cancel b3"},
    "我想12号10点跟kim@example.org聊聊，周一我不在": {"book kim@example.org 12 09:00 1"},
    "12号9点跟kim@example.org开会，周一我不在": {"book kim@example.org 12 08:00 1"},
    "木曜14時にkim@example.orgと打ち合わせ。月曜は不在です": {"book kim@example.org 05 13:00 1"},
    "水曜14時の会議を金曜の9時にリスケして。水曜は休みなので": {"move b2 06 08:00"},
}


@pytest.mark.parametrize(("text", "wanted"), TOLD_BESIDE.items())
def test_what_is_told_beside_an_act_takes_no_hours_off(text: str, wanted: set[str]) -> None:
    found = deeds(text)
    assert found == wanted if wanted else not any("off" in deed or "-" in deed for deed in found)


OF_A_COMPOUND = {
    "verschieb den mittwochstermin mit omar auf donnerstag": {"move b2 05 13:00"},
    "sag den freitags-call mit omar ab": {"cancel b3"},
    "den 14-uhr-call am mittwoch auf donnerstag 16 uhr verschieben": {"move b2 05 15:00"},
    "schuif de vrijdagafspraak met omar naar donderdag": {"move b3 05 09:00"},
    "donnerstagmittag um 12 mit kim@example.org": {"book kim@example.org 05 11:00 1"},
    "leg am freitag um 9 einen call mit kim@example.org an": {"book kim@example.org 06 08:00 1"},
    "leg zoe auf freitag um 9": {"move b4 06 08:00"},
}


@pytest.mark.parametrize(("text", "wanted"), OF_A_COMPOUND.items())
def test_days_and_clocks_in_compounds_and_verbs_with_a_particle(text: str, wanted: set[str]) -> None:
    assert deeds(text) == wanted


BESIDE_A_CLOCK = {
    "agenda el jueves a las tres menos cuarto con kim@example.org": {"hold 05 13:30"},
    "peux-tu caler jeudi à 10h un call avec kim@example.org": {"book kim@example.org 05 09:00 1"},
    "riunione con kim@example.org giovedì 12 a mezzogiorno": {"book kim@example.org 12 11:00 1"},
    "rdv jeudi 12 à midi avec kim@example.org": {"book kim@example.org 12 11:00 1"},
    "3月12日の正午にkim@example.orgと会議": {"book kim@example.org 12 11:00 1"},
    "帮我约kim@example.org12号上午10点": {"book kim@example.org 12 09:00 1"},
    "12号下午两点跟kim@example.org开会，还是11点吧": {"book kim@example.org 12 10:00 1"},
}


@pytest.mark.parametrize(("text", "wanted"), BESIDE_A_CLOCK.items())
def test_what_stands_beside_a_clock_takes_nothing_of_it(text: str, wanted: set[str]) -> None:
    found = deeds(text)
    assert found == wanted if "menos" not in text else not found & wanted


TO_ANOTHER_WEEK = {
    "mueve lo de zoe para el lunes 9": {"move b4 09 10:00"},
    "schuif zoe naar maandag over een week": {"move b4 09 10:00"},
    "décale-moi zoe à lundi en huit": {"move b4 09 10:00"},
    "omar von freitag auf nächste woche montag verschieben": {"move b3 09 09:00"},
    "mueve la cita con omar del viernes para el viernes de la semana que viene a las 9": {"move b3 13 08:00"},
    "¿me cambias la cita con omar del viernes al 12 de marzo?": {"move b3 12 09:00"},
}


@pytest.mark.parametrize(("text", "wanted"), TO_ANOTHER_WEEK.items())
def test_a_day_of_another_week_is_where_it_goes(text: str, wanted: set[str]) -> None:
    assert deeds(text) == wanted


GONE = {
    "supprime la réunion avec omar de vendredi": {"cancel b3"},
    "supprime le rdv de zoe": {"cancel b4"},
    "lo de zoe cancelala": {"cancel b4"},
    "necesito que canceles lo de zoe": {"cancel b4"},
    "könntest du mir zoe canceln": {"cancel b4"},
    "zou u zoe willen annuleren": {"cancel b4"},
    "cancela a reunião com a zoe, a gente se fala por telefone": {"cancel b4"},
    "zoeさんとの会議をキャンセルして。すみません": {"cancel b4"},
    "周五10点的会不开了": {"cancel b3"},
    "retire omar du rdv de vendredi": set(),
}


@pytest.mark.parametrize(("text", "wanted"), GONE.items())
def test_a_meeting_goes_and_no_guest_or_surname_is_made_of_the_verb(text: str, wanted: set[str]) -> None:
    assert deeds(text) == wanted


MOVED_NOT_CANCELLED = ("取消omar周五的会，改到下周一", "金曜10時の会議、来週の月曜に変更できますか？")


@pytest.mark.parametrize("text", MOVED_NOT_CANCELLED)
def test_what_goes_to_another_day_is_moved(text: str) -> None:
    assert deeds(text) == {"move b3 09 09:00"}


def test_a_day_that_is_told_of_never_leaves_the_others_to_be_moved() -> None:
    assert len(deeds("mijn afspraak van woensdag 9 uur moet naar 12 maart, maandag komt de loodgieter")) <= 1
    assert len(deeds("水曜日の14時のミーティング、12日に変更できますか？")) == 1
