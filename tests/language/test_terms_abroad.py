"""Terms of event types in other languages: each amount on the term that was said, and on no other."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, LimitKind, Reference, Understanding
from bot.language.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
REFERENCE = Reference(now=datetime(2026, 3, 2, 10, tzinfo=BERLIN), zone=BERLIN, event_types=("Intro", "Deep dive"))


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


def said(text: str) -> str:
    """The terms that are read, in short."""
    parts = []
    for one in sorted(read(text).limits, key=lambda one: (one.kind.value, one.period)):
        length = f" {one.length // timedelta(minutes=1)}" if one.length else ""
        count = f" {one.count}" if one.count else ""
        lengths = " " + "/".join(str(each // timedelta(minutes=1)) for each in one.lengths) if one.lengths else ""
        text = f" {one.text}" if one.text else ""
        parts.append(
            f"{one.kind.value}{length}{count}{lengths}{text} {one.period}{'lifted' if one.lifts else ''}".strip()
        )
    return "; ".join(parts)


TERMS = {
    "notice 1440": [
        "intro mindestens 24 stunden vorher buchen", "intro nur mit einem tag vorlauf",
        "l'intro doit être réservée au moins 24 heures à l'avance", "intro con 24 horas de antelación",
        "intro con almeno 24 ore di anticipo", "intro minstens 24 uur van tevoren boeken",
        "intro com 24 horas de antecedência",
        "introは24時間前までに予約", "intro要提前24小时预约", "intro至少提前24小时",
    ],
    "window 43200": [
        "intro kann man nur 30 tage im voraus buchen", "intro höchstens 30 tage im voraus",
        "intro pas plus de 30 jours à l'avance",
        "intro réservable 30 jours à l'avance maximum", "intro como máximo con 30 días de antelación",
        "intro si prenota al massimo 30 giorni prima", "intro hoogstens 30 dagen van tevoren te boeken",
        "intro pode ser marcado até 30 dias antes", "introは30日先まで予約可能", "intro最多提前30天预约",
    ],
    "buffer_before 10": [
        "vor jedem intro 10 minuten puffer", "10 minutes de battement avant chaque intro",
        "laisse 10 minutes avant chaque intro",
        "10 minutos de margen antes de cada intro", "10 minuti di margine prima di ogni intro",
        "10 minuten speling voor elke intro", "10 minutos de intervalo antes de cada intro", "introの前に10分空けて",
        "每次intro前留10分钟",
    ],
    "buffer_after 15": [
        "nach jedem intro 15 minuten pause", "15 minutes de pause après chaque intro",
        "15 minutos de descanso después de cada intro",
        "15 minuti di pausa dopo ogni intro", "15 minuten pauze na elke intro", "15 minutos de pausa depois de cada intro",
        "introの後に15分休憩", "每次intro后休息15分钟",
    ],
    "buffer_after 5; buffer_before 5": ["give intro a 5 minute buffer on both sides"],
    "buffer_after 10; buffer_before 10": [
        "intro vor und nach 10 minuten puffer", "10 minutes avant et après chaque intro",
        "10 minutos antes y después de cada intro",
        "10 minuti prima e dopo ogni intro", "10 minuten voor en na elke intro", "10 minutos antes e depois de cada intro",
    ],
    "buffer_after 10; buffer_before 30": [
        "half an hour before and 10 min after each intro", "30 min vor und 10 min nach jedem intro",
        "30 minutes avant et 10 minutes après chaque intro", "30 minutos antes y 10 minutos después de cada intro",
        "30 minuti prima e 10 minuti dopo ogni intro", "30 minuten voor en 10 minuten na elke intro",
    ],
    "cap 2 day; cap 8 week": [
        "no more than 2 intros a day and 8 a week", "intro höchstens 2 pro tag und höchstens 8 pro woche",
    ],
    "cap 3 day": [
        "intro höchstens 3 pro tag", "intro maximum 3 par jour", "intro máximo 3 al día", "intro massimo 3 al giorno",
        "intro maximaal 3 per dag", "intro no máximo 3 por dia", "introは1日3件まで", "intro每天最多3个",
    ],
    "cap 10 week": [
        "intro höchstens 10 pro woche", "pas plus de 10 intros par semaine", "no más de 10 intros por semana",
        "non più di 10 intro a settimana", "intro hoogstens 10 per week", "introは週10件まで", "intro每周最多10个",
    ],
    "seats 6": [
        "intro hat 6 plätze", "intro : 6 places", "intro con 6 plazas", "intro con 6 posti", "intro heeft 6 plaatsen",
        "intro com 6 vagas", "introは6名まで", "intro有6个名额",
    ],
    "approval": [
        "intro muss ich erst bestätigen", "je dois confirmer chaque intro", "tengo que confirmar cada intro",
        "devo confermare ogni intro", "ik moet elke intro bevestigen", "preciso confirmar cada intro", "introは承認制にして",
        "intro需要我确认",
    ],
    "approval lifted": [
        "remove the approval from intro",
        "intro ohne bestätigung", "intro sans confirmation", "intro sin confirmación", "intro senza conferma",
        "intro zonder bevestiging", "intro sem confirmação", "introは承認なしで", "intro不需要确认",
    ],
    "interval 15": [
        "intro alle 15 minuten anbieten", "propose intro toutes les 15 minutes", "ofrece intro cada 15 minutos",
        "offri intro ogni 15 minuti", "bied intro elke 15 minuten aan", "ofereça intro a cada 15 minutos", "introを15分おきに",
        "intro每15分钟一个时段", "let people book intro every 15 minutes",
    ],
    "lengths 15/30/45": [
        "intro kann 15, 30 oder 45 minuten dauern", "intro peut durer 15, 30 ou 45 minutes",
        "intro puede durar 15, 30 o 45 minutos", "intro può durare 15, 30 o 45 minuti",
        "intro kan 15, 30 of 45 minuten duren",
        "intro pode durar 15, 30 ou 45 minutos", "introは15分、30分、45分から選べる", "intro可以是15、30或45分钟",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("terms", "text"), [(terms, text) for terms, texts in TERMS.items() for text in texts])
def test_a_term_is_read_in_every_language(terms: str, text: str) -> None:
    found = read(text)

    assert (found.intent, found.event_type, said(text)) == (Intent.SET_LIMITS, "Intro", terms)


@pytest.mark.parametrize("text", ["intro findet per zoom statt", "intro se passe sur zoom", "intro es por zoom",
                                  "intro gaat via zoom", "introはzoomで", "intro用zoom"])  # fmt: skip
def test_where_a_type_is_held(text: str) -> None:
    assert [one.kind for one in read(text).limits] == [LimitKind.PLACE]


@pytest.mark.parametrize("text", ["intro verstecken", "oculta intro", "nascondi intro", "verberg intro",
                                  "introを非表示に", "隐藏intro"])  # fmt: skip
def test_a_type_is_hidden(text: str) -> None:
    assert (read(text).intent, read(text).event_type) == (Intent.CHANGE_EVENT_TYPE, "Intro")


@pytest.mark.parametrize(
    "text",
    ["intro mit lena morgen um 10", "intro nächste woche mit sam@acme.io", "wann ist das nächste intro", "intro提前2小时",
     "un intro con sam mañana a las 15", "intro demain à 10h avec lena", "book intro for 3 people tomorrow at 3",
     "mueve el intro a mañana", "has my vacation request been approved", "intro 30 minutes plus tard"],
)  # fmt: skip
def test_what_is_no_term(text: str) -> None:
    assert read(text).intent is not Intent.SET_LIMITS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("neuer termintyp: Erstgespräch, 40 minuten", "Erstgespräch"),
        ("lege einen termintyp namens Kaffee mit 25 minuten an", "Kaffee"),
        ("crée un type de rendez-vous Bilan de 20 minutes", "Bilan"),
        ("crée un type Point de 20 minutes", "Point"),
        ("nuevo tipo de cita Revisión de 25 minutos", "Revisión"),
        ("crea un tipo di appuntamento Prima chiamata da 30 minuti", "Prima chiamata"),
        ("cria um tipo de reunião Conversa de 15 minutos", "Conversa"),
        ("maak een afspraaktype Kennismaking van 30 minuten", "Kennismaking"),
        ("新建一个20分钟的会议类型叫初次沟通", "初次沟通"),
        ("25分の「面談」という種類を作って", "面談"),
    ],
)
def test_a_new_type_is_named_in_every_language(text: str, name: str) -> None:
    assert (read(text).intent, read(text).detail("name")) == (Intent.CREATE_EVENT_TYPE, name)


@pytest.mark.parametrize(
    "text",
    ["a webhook if someone cancels to https://hooks.example.com/c",
     "crée un webhook pour les annulations vers https://hooks.example.com/c",
     "webhook für absagen an https://hooks.example.com/c"],
)  # fmt: skip
def test_a_webhook_tells_of_what_was_said(text: str) -> None:
    assert (read(text).intent, read(text).detail("triggers"), read(text).doubts) == (
        Intent.CREATE_WEBHOOK,
        "cancelled",
        (),
    )


@pytest.mark.parametrize(
    "text",
    ["book lena@example.org mon and wed at 9 for 3 weeks", "montag und mittwoch um 9 mit lena@example.org, 3 wochen lang",
     "lunes y miércoles a las 9 durante 3 semanas con lena@example.org"],
)  # fmt: skip
def test_weekdays_for_some_weeks_are_a_series(text: str) -> None:
    found = read(text)

    assert (found.recurrence and found.recurrence.weekdays, found.length, found.left_out) == ((0, 2), None, ())
