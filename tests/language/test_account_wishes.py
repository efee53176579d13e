"""What manages an account, said in everyday words: event types, hours, limits, webhooks, links, what comes by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Reference, Understanding
from bot.language.signs import Cue
from bot.language.understand import understand

REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"), event_types=("Intro", "Site visit", "Demo")
)
SAID = {
    Intent.SHOW_EVENT_TYPES: [
        "was kann man denn bei mir buchen",
        "zeig mal meine terminarten",
        "welche termintypen gibt es",
    ],
    Intent.CREATE_EVENT_TYPE: [
        "set up a bookable 75 min audit",
        "we want to offer a 10 minute triage",
        "leg bitte einen termintyp probestunde mit 45 min an",
        "ich würde gern eine 20 minuten sprechstunde anbieten",
        "crea un nuevo tipo de cita de 20 minutos",
    ],
    Intent.CHANGE_EVENT_TYPE: [
        "I don't want anyone to book site visits for now",
        "put the site visit back online",
        "take the demo offline",
        "call the demo Tour from now on",
        "demo soll künftig 50 minuten dauern",
        "blende die demo aus",
        "masque le type de rendez-vous demo",
    ],
    Intent.DELETE_EVENT_TYPE: [
        "den termintyp demo brauch ich nicht mehr",
        "lösch mal den typ demo",
        "supprime le type demo",
    ],
    Intent.SHOW_HOURS: ["which hours do clients see", "wann bin ich eigentlich buchbar"],
    Intent.SET_HOURS: ["tuesdays I finish at 2"],
    Intent.TIME_OFF: ["make sure nobody books me on thursday", "sorg dafür dass mich am donnerstag keiner bucht"],
    Intent.SHOW_AWAY: ["which days have I booked off", "am I away any day in april", "ich bin doch nicht im urlaub"],
    Intent.SET_LIMITS: [
        "clients can book at most 20 days out",
        "man soll mich maximal 3 wochen im voraus buchen können",
    ],
    Intent.CREATE_WEBHOOK: [
        "call https://hooks.example.com/in each time somebody cancels",
        "leg einen webhook an für neue buchungen: https://hooks.example.com/in",
    ],
    Intent.SHOW_WEBHOOKS: ["are there any webhooks", "welche webhooks haben wir", "mes webhooks"],
    Intent.PAUSE_WEBHOOK: ["halt den webhook mal an", "pausa el webhook", "webhook pausieren"],
    Intent.RESUME_WEBHOOK: ["schalt den webhook wieder ein"],
    Intent.DELETE_WEBHOOK: ["bin the webhook", "webhook löschen", "elimina il webhook"],
    Intent.CREATE_LINK: ["schick mir den link für eine demo", "ich bräuchte meinen buchungslink"],
    Intent.SHOW_ROOM: ["what's the video link for Omar's call", "where do I dial into Omar's meeting"],
    Intent.REMIND: ["nudge me 20 minutes before Omar"],
    Intent.SET_STATUS: ["do not disturb please while I'm in calls", "dnd on when I'm in meetings"],
    Intent.AGENDA: ["put my week in here every sunday at 6pm", "die übersicht jeden morgen reicht mir nicht mehr"],
    Intent.SHOW_POLLS: ["what's the state of the poll", "wie steht es mit der abstimmung, wie steht die umfrage"],
    Intent.SHOW_TEAM: ["wer ist denn noch im team", "teammitglieder"],
    Intent.SHOW_CALENDARS: ["which calendar do you check", "welche kalender sind denn verbunden"],
    Intent.WHOAMI: ["mit welchem konto bin ich drin"],
    Intent.DISCONNECT: ["sign me out", "meld mich bitte ab", "déconnecte-moi"],
    Intent.CREATE_SCHEDULE: ["I need a separate winter schedule"],
    Intent.STOP_SHARING: ["the team shouldn't see when I'm free any more"],
    Intent.CHANGE_NOTE: ["add to Omar's invite: please bring the keys", "drop the agenda from Omar's invite"],
    Intent.CHANGE_TITLE: ["can omars invite have a new title"],
    Intent.ADD_GUESTS: ["get priya@example.org on the call with Omar", "pull priya@example.org into Omar's demo"],
}
ROWS = [(intent, text) for intent, texts in SAID.items() for text in texts]
MORE = {
    Intent.SHOW_EVENT_TYPES: ["what's bookable here at the moment", "do I have a 20 minute type"],
    Intent.CREATE_EVENT_TYPE: ["bitte neuen typ anlegen: sprechstunde, 20 min", "let clients book a 5 min hello"],
    Intent.CHANGE_EVENT_TYPE: [
        "versteck die demo",
        "mach die demo wieder sichtbar",
        "demo 20 minutes please, always",
    ],
    Intent.SHOW_HOURS: ["von wann bis wann kann man mich buchen", "wie sind meine zeiten denn eingestellt"],
    Intent.SET_HOURS: ["saturdays open 10 to 1 please"],
    Intent.SHOW_AWAY: ["steht mein urlaub schon drin"],
    Intent.SET_LIMITS: [
        "nicht mehr als 3 demos am tag",
        "buchungen bitte nur bis 20 tage im voraus",
        "kurzfristige termine vermeiden",
    ],
    Intent.DELETE_WEBHOOK: ["nimm den webhook bitte raus"],
    Intent.NEWS_ON: ["message me whenever somebody reschedules"],
    Intent.NEWS_OFF: ["stop those booking alerts", "benachrichtigungen bitte abstellen"],
    Intent.AGENDA: ["jeden abend um 7 was morgen ansteht"],
    Intent.REMIND: ["5 minutes heads-up before calls"],
    Intent.SET_STATUS: ["match my slack status with my calendar", "zeig in slack wenn ich in terminen bin"],
    Intent.SHOW_POLLS: ["end the vote"],
    Intent.SHARE_TIMES: ["suggest a few slots to Omar"],
    Intent.STOP_SHARING: ["stop publishing my availability", "hör auf meine zeiten zu teilen"],
    Intent.USE_ACCOUNT: ["change to my personal account", "wechsel auf das andere konto"],
    Intent.SHOW_PENDING: ["any requests open?"],
    Intent.SHOW_HOLDS: ["am I holding any slots"],
    Intent.LIST_BOOKINGS: ["next week's meetings", "tomorrow's calls"],
}
ROWS += [(intent, text) for intent, texts in MORE.items() for text in texts]
WIDER = {
    Intent.SHOW_EVENT_TYPES: ["show what clients can reserve"],
    Intent.CREATE_EVENT_TYPE: ["launch a 35 minute onboarding type"],
    Intent.CHANGE_EVENT_TYPE: ["pull the demo from my booking page"],
    Intent.DELETE_EVENT_TYPE: ["remove the demo permanently"],
    Intent.SHOW_HOURS: ["which times am I open for appointments"],
    Intent.SET_HOURS: ["thursdays end at 3 from now on"],
    Intent.SHOW_AWAY: ["any vacation planned"],
    Intent.NEWS_ON: ["inform me about every booking"],
    Intent.AGENDA: ["my agenda every weekday at 7"],
    Intent.SHARE_TIMES: ["send Omar a few slots for next week"],
    Intent.SHOW_PENDING: ["which ones are waiting for approval"],
}
ROWS += [(intent, text) for intent, texts in WIDER.items() for text in texts]
NOT_SO = [
    ("I want to offer Omar a 30 minute slot on friday", Intent.CREATE_EVENT_TYPE),
    ("book the demo with omar@example.org online", Intent.CHANGE_EVENT_TYPE),
    ("what's the link", Intent.SHOW_ROOM),
    ("send my link to omar@example.org", Intent.SHOW_ROOM),
    ("Omar is off friday, move him to monday", Intent.LIST_BOOKINGS),
    ("I'm off friday, Omar covers", Intent.LIST_BOOKINGS),
    ("get me on a call with Omar", Intent.ADD_GUESTS),
]


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


@pytest.mark.parametrize(("intent", "text"), ROWS)
def test_a_wish_about_the_account_is_read_in_everyday_words(intent: Intent, text: str) -> None:
    assert read(text).intent is intent


@pytest.mark.parametrize(("text", "intent"), NOT_SO)
def test_words_like_those_mean_something_else_elsewhere(text: str, intent: Intent) -> None:
    assert read(text).intent is not intent


@pytest.mark.parametrize(
    "text", ["take the demo offline", "blende die demo aus", "oculta el tipo demo", "demo offline nehmen"]
)
def test_an_event_type_is_hidden_by_what_says_so(text: str) -> None:
    assert read(text).has(Cue.HIDDEN)


@pytest.mark.parametrize(
    "text", ["Omar is out tomorrow", "Omar's off friday", "Omar is on leave next week", "Omar is sick on thursday"]
)
def test_somebody_elses_absence_closes_nothing_of_the_askers(text: str) -> None:
    assert read(text).intent is Intent.LIST_BOOKINGS


@pytest.mark.parametrize(
    ("text", "title"), [("book two demos on friday", "Demo"), ("no more site visits", "Site visit")]
)
def test_an_event_type_is_named_by_its_plural(text: str, title: str) -> None:
    assert read(text).event_type == title


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no fridays", Intent.TIME_OFF),
        ("4 day week please, no mondays", Intent.TIME_OFF),
        ("keine montage", Intent.TIME_OFF),
        ("30 min with ana next week, no fridays", Intent.BOOK),
        ("mon-thu 8-4 and fri 8-12 please", Intent.SET_HOURS),
        ("mon-thu 8-4 or fri 8-12 works for me", Intent.FIND_SLOTS),
        ("tue-thu 9-11 and fri 2-4", Intent.FIND_SLOTS),
        ("6 hours notice for intro", Intent.SET_LIMITS),
        ("half day tomorrow, only mornings", Intent.SET_HOURS),
        ("find half a day next week, only mornings", Intent.FIND_SLOTS),
        ("dentist friday 10 to 11", Intent.BLOCK_TIME),
        ("i'm at the vet friday 10 to 11", Intent.BLOCK_TIME),
        ("dentist friday 10 to 11, put it in", Intent.BOOK),
        ("nur mo bis do arbeite ich, 8 bis 16 uhr", Intent.SET_HOURS),
        ("solo trabajo de lunes a jueves, de 8 a 16", Intent.SET_HOURS),
        ("je travaille seulement du lundi au jeudi, de 8h à 16h", Intent.SET_HOURS),
    ],
)
def test_hours_of_every_week_are_told_from_a_search(text: str, intent: Intent) -> None:
    assert read(text).intent is intent


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("i only work mon to thu, 8 to 16", (4, 5, 6)),
        ("ich arbeite nur mo bis do, 8 bis 16 uhr", (4, 5, 6)),
        ("i work mondays only until 2", ()),
    ],
)
def test_only_these_weekdays_leaves_the_others_out(text: str, gone: tuple[int, ...]) -> None:
    assert read(text).weekdays_out == gone
