"""Two acts and two meetings of one message in seven languages: both are on the card, or it is asked which comes first."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 4), 10, number=1)
OMAR = booking_with("Omar Haddad", date(2026, 3, 6), 11, number=2)
KIM = "kim@example.org"


def desk() -> Desk:
    return desk_with((NORA, OMAR))


@pytest.mark.parametrize(
    "text",
    [
        "annule le rdv avec nora, décale la réunion avec omar à jeudi",
        "peux-tu annuler le rdv avec nora, reporte le rdv avec omar à jeudi",
        f"réserve avec {KIM} jeudi à 16h et reporte la réunion avec omar au 12",
        f"planifie un appel avec {KIM} demain à 15h, peux-tu annuler le rdv avec nora",
        "anula la cita con nora, cambia la reunión con omar al 12 a las 10 por favor",
        "por favor cancela lo de nora y también mueve la cita con omar al 12 a las 10",
        f"prenota con {KIM} domani alle 15; puoi spostare la riunione con nora a venerdì alle 15",
        f"fissa una call con {KIM} venerdì alle 10. cancella la riunione con omar",
        "verzet de afspraak met nora naar 11 uur; kun je het gesprek met omar annuleren",
        "kun je nora naar vrijdag verzetten en omar annuleren",
        "schieb den termin mit nora auf 16 uhr und das treffen mit omar absagen",
        f"termin mit {KIM} am 12. um 14 uhr, dann sag nora ab",
        f"call with {KIM} friday at 3 and cancel nora",
    ],
)
def test_two_acts_are_asked_about(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert not offered(talk, reply)
    assert "two things" in reply.text


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("move nora to thursday and omar to 4pm", "move b1 05 09:00", "move b2 06 15:00"),
        ("kannst du nora auf donnerstag und omar auf 16 uhr legen", "move b1 05 09:00", "move b2 06 15:00"),
        ("cambia nora al jueves y omar al lunes", "move b1 05 09:00", "move b2 09 10:00"),
        ("move nora to thursday at 2, omar to 4pm", "move b1 05 13:00", "move b2 05 15:00"),
    ],
)
def test_each_goes_where_it_was_said_to_go(text: str, first: str, second: str) -> None:
    found = []
    for number in range(2):
        talk = desk()
        reply = talk.say(text)
        found.append(offered(talk, talk.press(reply, reply.choices[number].label)))

    assert found == [{first}, {second}]


@pytest.mark.parametrize(
    "text",
    [
        "cancel the nora call and omar",
        "drop omar and the nora call",
        "cancel the nora call and the omar one",
        "storniere noras termin und omar",
        "kun je nora en omar annuleren",
        "könntest du bitte nora und omar absagen",
    ],
)
def test_one_act_for_two_is_one_card(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b1", "cancel b2"}


def test_a_step_later_for_two_is_no_swap() -> None:
    talk = desk()

    assert offered(talk, talk.say("cambia nora y omar una hora más tarde")) == {"move b1 04 10:00", "move b2 06 11:00"}


def test_who_is_only_told_is_not_cancelled() -> None:
    talk = desk()

    assert offered(talk, talk.say("cancel the omar call and let nora know")) == {"cancel b2"}


@pytest.mark.parametrize(
    "text",
    [
        "sag alles ab außer nora, ich bin krank",
        "annule tout sauf nora, je suis malade",
        "cancela todo menos nora, estoy enfermo",
        "annulla tutto tranne nora, sono malato",
        "annuleer alles behalve nora, ik ben ziek",
        "cancela tudo menos nora, estou doente",
        "alles absagen, aber nora bleibt, ich bin krank",
    ],
)
def test_why_behind_a_cancellation_closes_no_days(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b2"}
