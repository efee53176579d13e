"""One's own hours and days, as they are told with an end, an exception, a correction, or a short text below the card."""

from __future__ import annotations

import pytest
from deeds import hours_written as written

BACK = [
    ("Thu 5 Mar off; Fri 6 Mar off; Sat 7 Mar off; Sun 8 Mar off; Mon 9 Mar off", [
        "i'm off from thursday, back on tuesday", "je suis absent à partir de jeudi, de retour mardi",
        "ich bin ab donnerstag im urlaub und am dienstag wieder zurück", "ab donnerstag weg, dienstag wieder da",
        "estoy fuera desde el jueves, vuelvo el martes", "sono in ferie da giovedì, rientro martedì",
        "ik ben weg vanaf donderdag, dinsdag ben ik er weer", "estou fora a partir de quinta, volto na terça",
    ]),
    ("Mon 2 Mar off; Tue 3 Mar off; Wed 4 Mar off", ["i'm sick, back on thursday"]),
    ("Tue 3 Mar off; Wed 4 Mar off", ["off tomorrow, back thursday morning"]),
    ("Tue 3 Mar off; Wed 4 Mar off; Thu 5 Mar 14:00–17:00", ["off from tomorrow, back thursday at 2pm"]),
    ("Fri 6 Mar 09:00–13:00; Fri 6 Mar 15:00–17:00", ["i'm off friday from 1, back at 3"]),
]  # fmt: skip
"""The end of being away is told by the day of the return, which stays."""


@pytest.mark.parametrize(("days", "text"), [(days, text) for days, texts in BACK for text in texts])
def test_the_day_of_the_return_is_none_off(days: str, text: str) -> None:
    assert written(text) == f"on {days}"


def test_a_return_before_one_leaves_is_asked_about() -> None:
    assert written("i'm off from the 12th of march, back on the 9th of march") == ""


NOTHING = [
    "freitags nichts nach 15 uhr", "los viernes nada después de las 15", "le vendredi rien après 15h",
    "il venerdì niente dopo le 15", "vrijdags niets na 15 uur", "às sextas nada depois das 15h",
    "fridays nothing after 3 please", "pas de réunion après 15h le vendredi", "niente riunioni dopo le 15 il venerdì",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_what_nothing_stands_before_goes(text: str) -> None:
    assert written(text) == "Mon–Thu 09:00–17:00; Fri 09:00–15:00"


NO_WORK = [
    "ich arbeite freitag nachmittag nicht, sorry", "ik werk vrijdagmiddag niet alsjeblieft",
    "no estoy el viernes a partir de las 12, gracias", "sexta à tarde não trabalho, desculpem",
    "ik ben vrijdag vanaf 12 uur op vakantie", "no calls after 12 on friday the 6th - gym",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_WORK)
def test_a_part_of_a_day_without_work_is_not_the_part_that_is_worked(text: str) -> None:
    assert written(text) == "on Fri 6 Mar 09:00–12:00"


ANEW = [
    ("Mon, Tue, Wed and Fri 09:00–17:00", [
        "i don't work fridays, no, thursdays", "freitags arbeite ich nicht, nein, donnerstags",
        "los viernes no trabajo, perdón, los jueves", "ferme les vendredis, pardon, le jeudi",
        "il venerdì non lavoro, scusa, il giovedì", "geen afspraken op vrijdagen, sorry, donderdags",
        "às sextas não trabalho, desculpa, às quintas",
    ]),
    ("Mon–Fri 09:00–17:00; Sat 10:00–15:00", [
        "open saturdays 10 to 2, sorry, till 3", "samstags arbeite ich von 10 bis 14 uhr, sorry, bis 15 uhr",
        "abre los sábados de 10 a 14, no, hasta las 15", "ouvre le samedi de 10h à 14h, non, jusqu'à 15h",
        "lavoro il sabato dalle 10 alle 14, no, fino alle 15",
    ]),
    ("Mon–Thu 09:00–17:00; Fri 09:00–16:00", [
        "freitags nichts nach 15 uhr, nein, 16 uhr", "il venerdì niente dopo le 15, anzi le 16",
        "vrijdags niets na 15 uur, nee, 16 uur", "às sextas nada depois das 15h, não, 16h",
    ]),
    ("Mon–Fri 09:00–17:00; Sun 10:00–14:00", [
        "i work saturdays 10 to 2, sorry, sundays", "ouvre le samedi de 10h à 14h, non, le dimanche",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("week", "text"), [(week, text) for week, texts in ANEW for text in texts])
def test_hours_said_anew_take_the_place_of_the_first(week: str, text: str) -> None:
    assert written(text) == week


OPEN_STILL = "Mon, Tue, Wed and Fri 09:00–16:00; Thu 09:00–17:00"
SUITS = [
    ("no calls after 4", ["except thursdays", "thursdays are fine though", "thursdays are ok"]),
    ("keine calls nach 16 uhr", ["außer donnerstags", "donnerstags geht aber"]),
    ("sin llamadas después de las 16", ["menos los jueves", "los jueves sí"]),
    ("pas d'appels après 16h", ["sauf le jeudi", "le jeudi ça va"]),
    ("niente chiamate dopo le 16", ["tranne il giovedì", "il giovedì va bene"]),
    ("geen calls na 16 uur", ["behalve donderdags", "donderdags kan wel"]),
    ("sem chamadas depois das 16h", ["exceto às quintas", "às quintas pode"]),
]


@pytest.mark.parametrize(("first", "then"), [(first, then) for first, texts in SUITS for then in texts])
def test_days_that_suit_stay_open_below_hours_that_go(first: str, then: str) -> None:
    assert written(first, then) == OPEN_STILL
    assert written(f"{first}, {then}") in {OPEN_STILL, ""}


@pytest.mark.parametrize(
    "text", ["no calls after 4, but thursdays are fine", "nothing after 4 every day, thursdays are still ok"]
)
def test_days_that_suit_stay_open_in_the_same_sentence(text: str) -> None:
    assert written(text) == OPEN_STILL


WITHIN = [
    ("i'm off next week", "wednesday is fine"), ("ich bin nächste woche nicht da", "mittwoch bin ich aber da"),
    ("no estoy la próxima semana", "pero el miércoles sí"), ("je ne suis pas là la semaine prochaine", "mais mercredi oui"),
    ("non ci sono la prossima settimana", "ma mercoledì sì"), ("ik ben er volgende week niet", "maar woensdag wel"),
    ("não estou na próxima semana", "mas quarta sim"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then"), WITHIN)
def test_a_day_that_suits_stays_open_below_days_off(first: str, then: str) -> None:
    days = written(first, then)

    assert "Tue 10 Mar off; Thu 12 Mar off" in days
    assert "Wed" not in days


BOUNDS = [
    ("no calls after 4", ["no, 3", "make it 3pm", "actually 3"]),
    ("keine calls nach 16 uhr", ["nein, 15 uhr", "lieber 15 uhr"]),
    ("sin llamadas después de las 16", ["no, las 15"]), ("pas d'appels après 16h", ["non, 15h", "plutôt 15h"]),
    ("niente chiamate dopo le 16", ["no, le 15"]), ("geen calls na 16 uur", ["nee, 15 uur"]),
    ("sem chamadas depois das 16h", ["não, 15h"]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then"), [(first, then) for first, texts in BOUNDS for then in texts])
def test_another_clock_below_a_bound_is_the_same_bound(first: str, then: str) -> None:
    assert written(first, then) == "Mon–Fri 09:00–15:00"


def test_a_clock_alone_is_no_bound_of_a_stretch() -> None:
    assert written("open saturdays 10 to 2", "no, 3") == ""


PARTS = [
    ("i don't work fridays", "only the afternoons"), ("freitags arbeite ich nicht", "nur nachmittags"),
    ("los viernes no trabajo", "solo por la tarde"), ("je ne travaille pas le vendredi", "seulement l'après-midi"),
    ("il venerdì non lavoro", "solo il pomeriggio"), ("op vrijdagen werk ik niet", "alleen 's middags"),
    ("às sextas não trabalho", "só à tarde"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then"), PARTS)
def test_a_part_of_the_day_below_weekdays_that_go_is_what_goes_of_them(first: str, then: str) -> None:
    assert written(first, then) == "Mon–Thu 09:00–17:00; Fri 09:00–12:00"


WHOLE = [
    ("i'm off friday afternoon", "the whole day actually"), ("ich bin freitag nachmittag nicht da", "nein, ganztägig"),
    ("no estoy el viernes por la tarde", "mejor todo el día"),
    ("je ne suis pas là vendredi aprem", "plutôt toute la journée"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then"), WHOLE)
def test_the_whole_day_below_a_part_of_it(first: str, then: str) -> None:
    assert written(first, then) == "on Fri 6 Mar off"


HABITS = [
    ("pas de réunion le vendredi", "Mon–Thu 09:00–17:00"), ("niente riunioni il venerdì", "Mon–Thu 09:00–17:00"),
    ("il venerdì comincio alle 11", "Mon–Thu 09:00–17:00; Fri 11:00–17:00"),
    ("ouvre le samedi de 10h à 14h", "Mon–Fri 09:00–17:00; Sat 10:00–14:00"),
    ("le vendredi 6 mars je ne travaille pas", "on Fri 6 Mar off"), ("pas de réunion vendredi", "on Fri 6 Mar off"),
    ("niente riunioni venerdì", "on Fri 6 Mar off"),
    ("ik werk niet op maandagen en woensdagen", "Tue, Thu and Fri 09:00–17:00"),
    ("周五14点以后不要安排会议", "on Fri 6 Mar 09:00–14:00"), ("以后周五不上班", "Mon–Thu 09:00–17:00"),
    ("nothing after 4pm from now on", "Mon–Fri 09:00–16:00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hours"), HABITS)
def test_every_week_or_one_date(text: str, hours: str) -> None:
    assert written(text) == hours


PLAIN = [
    ("on Fri 6 Mar 09:00–12:00", [
        "this friday only till noon", "am freitag nur bis 12 uhr, danke", "este viernes solo hasta las 12",
        "ce vendredi seulement jusqu'à midi", "questo venerdì solo fino alle 12", "deze vrijdag alleen tot 12 uur",
        "esta sexta só até as 12h, obrigado", "friday i leave at 12 - gym", "am freitag mache ich um 12 schluss wegen der kita",
    ]),
    ("on Mon 9 Mar 10:00–13:00", [
        "next monday only 10 to 1 - gym", "nächsten montag nur von 10 bis 13 uhr", "el lunes que viene solo de 10 a 13",
        "lundi prochain seulement de 10h à 13h merci", "na próxima segunda só das 10h às 13h",
        "i'm working next monday from 10 to 1",
    ]),
    ("on Fri 6 Mar off", [
        "not this friday", "diesen freitag nicht", "este viernes no", "pas ce vendredi", "questo venerdì no",
        "deze vrijdag niet", "esta sexta não, tenho ginásio",
    ]),
    ("Mon–Thu 09:00–17:00", [
        "freitags nie", "los viernes no", "pas le vendredi", "mai il venerdì", "nooit op vrijdag", "nunca às sextas",
    ]),
    ("Mon–Fri 10:00–17:00", [
        "nie vor 10 uhr", "nunca antes de las 10", "jamais avant 10h", "mai prima delle 10", "nunca antes das 10h",
        "bitte nichts vor 10 wegen der kita",
    ]),
    ("Mon–Thu 09:00–17:00; Fri 11:00–17:00", [
        "fridays from 11", "freitags ab 11 uhr", "le vendredi à partir de 11h", "il venerdì dalle 11",
        "vrijdags pas vanaf 11 uur", "às sextas a partir das 11h",
    ]),
    ("Mon 08:00–14:00; Tue 12:00–18:00; Wed–Fri 09:00–17:00", [
        "montags 8-14, dienstags 12-18 uhr", "le lundi 8h-14h et le mardi 12h-18h", "il lunedì 8-14 e il martedì 12-18",
        "às segundas das 8h às 14h e às terças das 12h às 18h",
    ]),
    ("Mon–Fri 09:00–12:00; Mon–Fri 13:00–17:00", [
        "pausa pranzo dalle 12 alle 13 tutti i giorni", "mittagspause täglich 12 bis 13 uhr",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "text"), [(hours, text) for hours, texts in PLAIN for text in texts])
def test_hours_told_without_a_verb_as_the_first_words(hours: str, text: str) -> None:
    assert written(text) == hours


ASIDES = [
    ("i'm not available friday afternoon, kid's birthday", "on Fri 6 Mar 09:00–12:00"),
    ("i'm off tomorrow - i mean next monday", "on Mon 9 Mar off"),
    ("je ne travaille pas vendredi, je veux dire lundi prochain", "on Mon 9 Mar off"),
    ("montags und mittwochs arbeite ich nicht, da ist sport", "Tue, Thu and Fri 09:00–17:00"),
    ("trabalho aos sábados das 10h às 14h, tenho as crianças", "Mon–Fri 09:00–17:00; Sat 10:00–14:00"),
    ("thursday the 12th no meetings", "on Thu 12 Mar off"), ("am 12. keine termine", "on Thu 12 Mar off"),
    ("i'm off the 12th because i'm moving house", "on Thu 12 Mar off"),
    ("金曜は休みます。よろしくお願いします", "on Fri 6 Mar off"),
    ("no puedo el 12, perdón por avisar tarde", "on Thu 12 Mar off"),
    ("ik ben er op 12 maart niet want ik verhuis", "on Thu 12 Mar off"),
    ("sin reuniones antes de las 10 los lunes", "Mon 10:00–17:00; Tue–Fri 09:00–17:00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hours"), ASIDES)
def test_what_is_told_behind_changes_nothing(text: str, hours: str) -> None:
    assert written(text) == hours


@pytest.mark.parametrize(
    "text",
    ["fridays after 2 with kim@example.org", "this friday only 30 min", "never mind", "thursday is fine", "back on friday",
     "is thursday ok?", "not this friday, cancel kim", "only fridays?"],
)  # fmt: skip
def test_what_tells_no_hours_changes_none(text: str) -> None:
    assert written(text) == ""
