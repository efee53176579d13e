"""Wishes about routing forms, in every language: the times that answers lead to, the list, who filled one in."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Reference, Understanding
from bot.language.understand import understand

REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC),
    zone=ZoneInfo("Europe/Berlin"),
    event_types=("Intro", "Deep dive"),
    names=("Lena Ostrow", "Dana Weiss"),
)
ROUTED = [
    ("what times does the sales form give for a company of 50?", "sales", "50"),
    ("route a demo request through the sales form", "sales", ""),
    ("which slots does our support form offer for a bug next week", "support", ""),
    ("book nora@example.org through the sales form, company of 40", "sales", "40"),
    ("use the sales form for a company with 300 people", "sales", "300"),
    ("when could a team of 20 meet us via the sales form?", "sales", "20"),
    ("times through the intake form on thursday", "intake", ""),
    ("send a contract question through the sales form", "sales", ""),
    ("welche zeiten gibt das vertriebsformular für eine firma mit 50 leuten?", "vertrieb", "50"),
    ("leite eine anfrage durch das sales-formular", "sales", ""),
    ("nutze das kontaktformular für 20 leute", "kontakt", "20"),
    ("welche termine bietet das formular sales für 300 mitarbeiter an", "sales", "300"),
    ("buche nora@example.org über das sales-formular", "sales", ""),
    ("qué horas da el formulario de ventas para una empresa de 50", "ventas", "50"),
    ("reserva a nora@example.org con el formulario de ventas", "ventas", ""),
    ("quels créneaux donne le formulaire sales pour une entreprise de 50", "sales", "50"),
    ("passe une demande par le formulaire support", "support", ""),
    ("che orari dà il modulo sales per un'azienda di 50", "sales", "50"),
    ("que horários dá o formulário sales para uma empresa de 50", "sales", "50"),
    ("welke tijden geeft het sales-formulier voor een bedrijf van 50", "sales", "50"),
    ("営業フォームで50人の会社ならどの時間がありますか", "営業", "50"),
    ("销售表单给50人的公司哪些时间", "销售", "50"),
]
LISTED = [
    *("show my routing forms", "which forms do i have", "what routing forms are there", "do we have any forms"),
    *("zeig meine formulare", "welche routing-formulare gibt es", "muestra mis formularios", "qué formularios hay"),
    *("montre mes formulaires", "mostra i miei moduli", "mostre meus formulários", "toon mijn formulieren"),
    *("フォームを見せて", "显示我的表单"),
]
ANSWERED = [
    *("has anybody answered the support form", "wer hat auf das formular sales geantwortet"),
    *("who filled in the sales form?", "show the answers of the sales form", "who sent the support form lately"),
    *(
        "latest responses to the sales form",
        "wer hat das sales-formular ausgefüllt?",
        "antworten auf das support-formular",
    ),
    *("quién rellenó el formulario de ventas", "qui a rempli le formulaire sales", "réponses au formulaire sales"),
    *(
        "chi ha compilato il modulo sales",
        "quem preencheu o formulário sales",
        "wie heeft het sales-formulier ingevuld",
    ),
    *("フォームに回答した人は", "谁填写了销售表单"),
]
OTHERWISE = [
    ("book a call with lena about the tax form tomorrow 3pm", Intent.BOOK),
    ("schedule 30 min to fill in the form with dana tomorrow 3pm", Intent.BOOK),
    ("book 30 min with dana to go through the form tomorrow 3pm", Intent.BOOK),
    ("let's go through the tax form with lena friday 2pm", Intent.BOOK),
    ("buche 30 min mit lena um das formular auszufüllen morgen 15 uhr", Intent.BOOK),
    ("book lena friday at 2 in any form", Intent.BOOK),
    ("cancel the form review with omar", Intent.CANCEL),
    ("move the reform meeting to friday", Intent.RESCHEDULE),
    ("what's the form of address", Intent.OUT_OF_SCOPE),
]


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


@pytest.mark.parametrize(("text", "name", "amount"), ROUTED)
def test_the_times_of_a_form_are_asked_for(text: str, name: str, amount: str) -> None:
    found = read(text)

    assert found.intent is Intent.ROUTE_FORM
    assert (found.detail("form"), found.detail("form_amount")) == (name, amount)


@pytest.mark.parametrize("text", LISTED)
def test_forms_are_asked_for(text: str) -> None:
    assert read(text).intent is Intent.SHOW_FORMS


@pytest.mark.parametrize("text", ANSWERED)
def test_answers_are_asked_for(text: str) -> None:
    assert read(text).intent is Intent.SHOW_SUBMISSIONS


@pytest.mark.parametrize(("text", "intent"), OTHERWISE)
def test_a_form_in_passing_is_no_wish_about_one(text: str, intent: Intent) -> None:
    assert read(text).intent is intent


def test_a_number_of_people_is_no_time() -> None:
    found = read("what times does the sales form give for a company of 12 on thursday?")

    assert [str(moment.days.first) for moment in found.moments if moment.days] == ["2026-03-05"]
    assert all(moment.hours is None for moment in found.moments)
