"""Generated days off and hours of one's own: a return, an exception, why, put together from parts whose meaning is known.

What the card writes is counted, not read. A question is no harm; a card for other hours or other days is.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, time

import pytest
from deeds import writes_below
from rooms import CONTEXT, Desk

from bot.scheduling.writes import ChangeSchedule

Stretches = tuple[tuple[int, int], ...]
USUAL: Stretches = ((9, 17),)
OFF: Stretches = ()
NOON, TWO = ((9, 12),), ((9, 14),)
WEEKDAYS = range(5)


def week(changes: dict[int, Stretches]) -> dict[int | date, Stretches]:
    return {day: hours for day, hours in (dict.fromkeys(WEEKDAYS, USUAL) | changes).items() if hours}


def each(hours: Stretches, *days: int) -> dict[int, Stretches]:
    return dict.fromkeys(days or WEEKDAYS, hours)


def dates(hours: Stretches, *days: int) -> dict[int | date, Stretches]:
    return dict.fromkeys((date(2026, 3, day) for day in days), hours)


MEANT: dict[str, dict[int | date, Stretches]] = {
    "fri": dates(OFF, 6), "tomorrow": dates(OFF, 3), "the12": dates(OFF, 12), "nextweek": dates(OFF, 9, 10, 11, 12, 13),
    "wed_to_fri": dates(OFF, 4, 5, 6), "fri_pm": dates(NOON, 6), "thu_am": dates(((12, 17),), 5), "fri_from2": dates(TWO, 6),
    "wed_1_3": dates(((9, 13), (15, 17)), 4), "nextweek_but_wed": dates(OFF, 9, 10, 12, 13),
    "thu_back_tue": dates(OFF, 5, 6, 9), "tom_back_fri": dates(OFF, 3, 4, 5), "9_back_14": dates(OFF, 9, 10, 11, 12, 13),
    "sat_10_2": week({5: ((10, 14),)}), "nb10_mon": week({0: ((10, 17),)}), "na4": week(each(((9, 16),))),
    "na3_fri": week({4: ((9, 15),)}), "fri_noon": week({4: NOON}), "no_fri": week({4: OFF}), "no_wed_pm": week({2: NOON}),
    "mon_thu_fri": week({**each(((8, 17),), 0, 1, 2, 3), 4: ((8, 12),)}), "lunch": week(each(((9, 12), (13, 17)))),
    "na4_but_thu": week(each(((9, 16),), 0, 1, 2, 4)), "fri_from11": week({4: ((11, 17),)}),
    "no_mon_wed": week(each(OFF, 0, 2)),
    "thisfri_noon": dates(NOON, 6), "nextmon_10_1": dates(((10, 13),), 9), "thisfri_na3": dates(((9, 15),), 6),
    "tom_nb11": dates(((11, 17),), 3), "notthisfri": dates(OFF, 6), "sat7_10_1": dates(((10, 13),), 7),
}  # fmt: skip
"""Hours by weekday, of every week, or by date; the weekend is closed anyhow."""


@dataclass(frozen=True)
class Words:
    """The parts of a language; `{}` in what is told of days off is where they stand."""

    off: tuple[str, ...]
    days: tuple[tuple[str, str], ...]
    whole: tuple[tuple[str, str], ...]
    """What stands by itself."""
    tails: tuple[str, ...]


LANGUAGES = {
    "en": Words(
        (
            "i'm off {}", "off {}", "i'm out {}", "i won't be in {}", "taking {} off", "i'm not working {}",
            "no meetings {}",
        ),
        (
            ("fri", "friday"), ("tomorrow", "tomorrow"), ("the12", "the 12th"), ("nextweek", "next week"),
            ("wed_to_fri", "wednesday to friday"), ("fri_pm", "friday afternoon"), ("thu_am", "thursday morning"),
            ("fri_from2", "friday from 2"), ("wed_1_3", "wednesday 1 to 3"),
            ("nextweek_but_wed", "next week except wednesday"),
        ),
        (
            ("thu_back_tue", "out from thursday, back on tuesday"), ("tom_back_fri", "i'm off tomorrow, back on friday"),
            ("9_back_14", "i'm away from the 9th, back on the 14th"), ("sat_10_2", "open saturdays 10 to 2"),
            ("sat_10_2", "i work saturdays 10 to 2"), ("nb10_mon", "no meetings before 10 on mondays"),
            ("nb10_mon", "mondays nothing before 10"), ("na4", "no calls after 4"), ("na4", "nothing after 4pm from now on"),
            ("na3_fri", "no meetings after 3 on fridays"), ("na3_fri", "fridays nothing after 3"),
            ("fri_noon", "fridays only till noon"), ("fri_noon", "on fridays i only work until 12"),
            ("no_fri", "no fridays"), ("no_fri", "no meetings on fridays"),
            ("no_wed_pm", "no meetings wednesday afternoons"), ("no_wed_pm", "i don't work wednesday afternoons"),
            ("mon_thu_fri", "mon-thu 8-5, fri 8-12"),
            ("mon_thu_fri", "i work monday to thursday 8 to 5 and fridays 8 to noon"),
            ("lunch", "no meetings between 12 and 1"), ("lunch", "i have lunch 12-1 every day"),
            ("na4_but_thu", "no calls after 4 except thursdays"), ("na4_but_thu", "no calls after 4, but thursdays are ok"),
            ("fri_from11", "fridays from 11"), ("fri_from11", "fridays only from 11 on"),
            ("no_mon_wed", "no mondays and no wednesdays"), ("no_mon_wed", "i don't work mondays or wednesdays"),
            ("thisfri_noon", "this friday only till noon"), ("nextmon_10_1", "next monday only 10 to 1"),
            ("thisfri_na3", "no meetings after 3 this friday"), ("tom_nb11", "tomorrow nothing before 11"),
            ("notthisfri", "not this friday"), ("sat7_10_1", "open this saturday 10 to 1"),
        ),
        (
            "", " please", " - dentist", ", kid's birthday", " because i'm moving house", ", thanks", ", kids",
        ),
    ),
    "de": Words(
        (
            "ich bin {} nicht da", "{} bin ich weg", "ich kann {} nicht", "{} bin ich im urlaub", "bitte {} blocken",
            "{} keine termine", "bin {} nicht im büro",
        ),
        (
            ("fri", "freitag"), ("tomorrow", "morgen"), ("the12", "am 12."), ("nextweek", "nächste woche"),
            ("wed_to_fri", "mittwoch bis freitag"), ("fri_pm", "freitag nachmittag"), ("thu_am", "donnerstag vormittag"),
            ("fri_from2", "freitag ab 14 uhr"), ("wed_1_3", "mittwoch von 13 bis 15 uhr"),
            ("nextweek_but_wed", "nächste woche außer mittwoch"),
        ),
        (
            ("thu_back_tue", "ab donnerstag weg, dienstag wieder da"), ("tom_back_fri", "ab morgen weg, freitag wieder da"),
            ("9_back_14", "ich bin ab dem 9. weg, am 14. wieder da"), ("sat_10_2", "samstags 10 bis 14 uhr öffnen"),
            ("sat_10_2", "samstags arbeite ich von 10 bis 14 uhr"), ("nb10_mon", "montags keine termine vor 10"),
            ("nb10_mon", "keine meetings vor 10 uhr am montag, jede woche"), ("na4", "keine calls nach 16 uhr"),
            ("na4", "ab jetzt nichts mehr nach 16 uhr"), ("na3_fri", "freitags keine termine nach 15 uhr"),
            ("na3_fri", "freitags nichts nach 15 uhr"), ("fri_noon", "freitags nur bis 12"),
            ("fri_noon", "freitags nur bis mittag"), ("no_fri", "freitags nie"), ("no_fri", "keine termine freitags"),
            ("no_wed_pm", "mittwochs nachmittags keine termine"), ("no_wed_pm", "mittwochnachmittags arbeite ich nicht"),
            ("mon_thu_fri", "mo-do 8-17, fr 8-12"),
            ("mon_thu_fri", "montag bis donnerstag 8 bis 17 uhr und freitags 8 bis 12 uhr"),
            ("lunch", "keine termine zwischen 12 und 13 uhr"), ("lunch", "mittagspause täglich 12 bis 13 uhr"),
            ("na4_but_thu", "keine calls nach 16 uhr außer donnerstags"),
            ("na4_but_thu", "nichts nach 16 uhr, außer donnerstags"), ("fri_from11", "freitags erst ab 11"),
            ("fri_from11", "freitags ab 11 uhr"), ("no_mon_wed", "montags und mittwochs arbeite ich nicht"),
            ("no_mon_wed", "montags und mittwochs keine termine"), ("thisfri_noon", "diesen freitag nur bis 12"),
            ("nextmon_10_1", "nächsten montag nur von 10 bis 13 uhr"), ("thisfri_na3", "diesen freitag nichts nach 15 uhr"),
            ("tom_nb11", "morgen nichts vor 11"), ("notthisfri", "diesen freitag nicht"),
            ("sat7_10_1", "diesen samstag arbeite ich von 10 bis 13 uhr"),
        ),
        (
            "", " bitte", ", zahnarzt", ", danke", ", kindergeburtstag", ", da ist sport",
        ),
    ),
    "es": Words(
        (
            "no estoy {}", "estoy fuera {}", "{} no trabajo", "no puedo {}", "bloquea {}", "estoy de vacaciones {}",
            "{} no hay reuniones",
        ),
        (
            ("fri", "el viernes"), ("tomorrow", "mañana"), ("the12", "el 12"), ("nextweek", "la semana que viene"),
            ("wed_to_fri", "de miércoles a viernes"), ("fri_pm", "el viernes por la tarde"),
            ("thu_am", "el jueves por la mañana"), ("fri_from2", "el viernes a partir de las 14"),
            ("wed_1_3", "el miércoles de 13 a 15"), ("nextweek_but_wed", "la semana que viene menos el miércoles"),
        ),
        (
            ("thu_back_tue", "fuera desde el jueves, vuelvo el martes"),
            ("tom_back_fri", "estoy fuera desde mañana, vuelvo el viernes"),
            ("9_back_14", "estoy de vacaciones desde el 9, vuelvo el 14"), ("sat_10_2", "abre los sábados de 10 a 14"),
            ("nb10_mon", "los lunes nada antes de las 10"), ("na4", "sin llamadas después de las 16"),
            ("na3_fri", "los viernes nada después de las 15"), ("fri_noon", "los viernes solo hasta las 12"),
            ("no_fri", "los viernes no"), ("no_wed_pm", "los miércoles por la tarde no trabajo"),
            ("mon_thu_fri", "de lunes a jueves de 8 a 17 y los viernes de 8 a 12"),
            ("lunch", "sin reuniones entre las 12 y las 13"),
            ("na4_but_thu", "sin llamadas después de las 16 excepto los jueves"),
            ("fri_from11", "los viernes a partir de las 11"), ("no_mon_wed", "no trabajo los lunes ni los miércoles"),
            ("thisfri_noon", "este viernes solo hasta las 12"), ("nextmon_10_1", "el lunes que viene solo de 10 a 13"),
            ("thisfri_na3", "este viernes nada después de las 15"), ("tom_nb11", "mañana nada antes de las 11"),
            ("notthisfri", "este viernes no"), ("sat7_10_1", "abre este sábado de 10 a 13"),
        ),
        (
            "", " por favor", ", dentista", ", gracias", " porque me mudo", ", por los niños",
        ),
    ),
    "fr": Words(
        (
            "je ne suis pas là {}", "je suis absent {}", "je suis en congé {}", "je ne travaille pas {}",
            "pas de réunion {}", "je suis off {}", "bloque {}",
        ),
        (
            ("fri", "vendredi"), ("tomorrow", "demain"), ("the12", "le 12"), ("nextweek", "la semaine prochaine"),
            ("wed_to_fri", "de mercredi à vendredi"), ("fri_pm", "vendredi après-midi"), ("thu_am", "jeudi matin"),
            ("fri_from2", "vendredi à partir de 14h"), ("wed_1_3", "mercredi de 13h à 15h"),
            ("nextweek_but_wed", "la semaine prochaine sauf mercredi"),
        ),
        (
            ("thu_back_tue", "absent à partir de jeudi, de retour mardi"),
            ("tom_back_fri", "absent à partir de demain, de retour vendredi"),
            ("9_back_14", "en vacances à partir du 9, retour le 14"), ("sat_10_2", "ouvre le samedi de 10h à 14h"),
            ("nb10_mon", "pas de réunion avant 10h le lundi"), ("na4", "pas d'appels après 16h"),
            ("na3_fri", "le vendredi rien après 15h"), ("fri_noon", "le vendredi seulement jusqu'à midi"),
            ("no_fri", "pas le vendredi"), ("no_wed_pm", "pas de réunion le mercredi après-midi"),
            ("mon_thu_fri", "du lundi au jeudi 8h-17h, le vendredi 8h-12h"), ("lunch", "pas de réunion entre 12h et 13h"),
            ("na4_but_thu", "pas d'appels après 16h sauf le jeudi"), ("fri_from11", "le vendredi à partir de 11h"),
            ("no_mon_wed", "je ne travaille ni le lundi ni le mercredi"),
            ("thisfri_noon", "ce vendredi seulement jusqu'à midi"),
            ("nextmon_10_1", "lundi prochain seulement de 10h à 13h"), ("thisfri_na3", "ce vendredi rien après 15h"),
            ("tom_nb11", "demain rien avant 11h"), ("notthisfri", "pas ce vendredi"),
            ("sat7_10_1", "ouvre ce samedi de 10h à 13h"),
        ),
        (
            "", " merci", ", dentiste", " s'il te plaît", ", anniversaire de ma fille", ", j'ai les enfants",
        ),
    ),
    "it": Words(
        (
            "non ci sono {}", "sono in ferie {}", "{} non lavoro", "sono assente {}", "blocca {}", "niente riunioni {}",
            "non posso {}",
        ),
        (
            ("fri", "venerdì"), ("tomorrow", "domani"), ("the12", "il 12"), ("nextweek", "la prossima settimana"),
            ("wed_to_fri", "da mercoledì a venerdì"), ("fri_pm", "venerdì pomeriggio"), ("thu_am", "giovedì mattina"),
            ("fri_from2", "venerdì dalle 14"), ("wed_1_3", "mercoledì dalle 13 alle 15"),
            ("nextweek_but_wed", "la prossima settimana tranne mercoledì"),
        ),
        (
            ("thu_back_tue", "via da giovedì, torno martedì"), ("tom_back_fri", "sono via da domani, torno venerdì"),
            ("9_back_14", "in ferie dal 9, rientro il 14"), ("sat_10_2", "apri il sabato dalle 10 alle 14"),
            ("nb10_mon", "il lunedì niente prima delle 10"), ("na4", "niente chiamate dopo le 16"),
            ("na3_fri", "il venerdì niente dopo le 15"), ("fri_noon", "il venerdì solo fino alle 12"),
            ("no_fri", "mai il venerdì"), ("no_wed_pm", "il mercoledì pomeriggio non lavoro"),
            ("mon_thu_fri", "dal lunedì al giovedì 8-17, il venerdì 8-12"), ("lunch", "niente riunioni tra le 12 e le 13"),
            ("na4_but_thu", "niente chiamate dopo le 16 tranne il giovedì"), ("fri_from11", "il venerdì dalle 11"),
            ("no_mon_wed", "non lavoro il lunedì e il mercoledì"), ("thisfri_noon", "questo venerdì solo fino alle 12"),
            ("nextmon_10_1", "lunedì prossimo solo dalle 10 alle 13"), ("thisfri_na3", "questo venerdì niente dopo le 15"),
            ("tom_nb11", "domani niente prima delle 11"), ("notthisfri", "questo venerdì no"),
            ("sat7_10_1", "apri questo sabato dalle 10 alle 13"),
        ),
        (
            "", " grazie", ", dentista", " per favore", ", compleanno di mia figlia", ", ho i bambini",
        ),
    ),
    "nl": Words(
        (
            "ik ben er {} niet", "ik werk {} niet", "{} ben ik weg", "geen afspraken {}", "ik kan {} niet", "blokkeer {}",
            "ik ben {} op vakantie",
        ),
        (
            ("fri", "vrijdag"), ("tomorrow", "morgen"), ("the12", "de 12e"), ("nextweek", "volgende week"),
            ("wed_to_fri", "van woensdag tot en met vrijdag"), ("fri_pm", "vrijdagmiddag"), ("thu_am", "donderdagochtend"),
            ("fri_from2", "vrijdag vanaf 14 uur"), ("wed_1_3", "woensdag van 13 tot 15 uur"),
            ("nextweek_but_wed", "volgende week behalve woensdag"),
        ),
        (
            ("thu_back_tue", "vanaf donderdag weg, dinsdag weer terug"), ("tom_back_fri", "vanaf morgen weg, vrijdag terug"),
            ("9_back_14", "ik ben weg vanaf de 9e, terug op de 14e"), ("sat_10_2", "open zaterdags van 10 tot 14 uur"),
            ("nb10_mon", "geen afspraken voor 10 uur op maandagen"), ("na4", "geen calls na 16 uur"),
            ("na3_fri", "vrijdags niets na 15 uur"), ("fri_noon", "vrijdags alleen tot 12 uur"),
            ("no_fri", "nooit op vrijdag"), ("no_wed_pm", "geen afspraken op woensdagmiddagen"),
            ("mon_thu_fri", "ma-do 8-17, vr 8-12"), ("lunch", "geen afspraken tussen 12 en 13 uur"),
            ("na4_but_thu", "geen calls na 16 uur behalve donderdags"), ("fri_from11", "vrijdags pas vanaf 11 uur"),
            ("no_mon_wed", "ik werk niet op maandagen en woensdagen"), ("thisfri_noon", "deze vrijdag alleen tot 12 uur"),
            ("nextmon_10_1", "volgende maandag alleen van 10 tot 13 uur"), ("thisfri_na3", "deze vrijdag niets na 15 uur"),
            ("tom_nb11", "morgen niets voor 11 uur"), ("notthisfri", "deze vrijdag niet"),
            ("sat7_10_1", "open deze zaterdag van 10 tot 13 uur"),
        ),
        (
            "", " alsjeblieft", ", tandarts", ", bedankt", ", verjaardag van mijn dochter", ", dan heb ik de kinderen",
        ),
    ),
    "pt": Words(
        (
            "não estou {}", "estou fora {}", "{} não trabalho", "estou de férias {}", "não posso {}", "bloqueia {}",
            "sem reuniões {}",
        ),
        (
            ("fri", "na sexta"), ("tomorrow", "amanhã"), ("the12", "no dia 12"), ("nextweek", "na próxima semana"),
            ("wed_to_fri", "de quarta a sexta"), ("fri_pm", "sexta à tarde"), ("thu_am", "quinta de manhã"),
            ("fri_from2", "sexta a partir das 14h"), ("wed_1_3", "quarta das 13h às 15h"),
            ("nextweek_but_wed", "na próxima semana exceto quarta"),
        ),
        (
            ("thu_back_tue", "fora a partir de quinta, volto na terça"),
            ("tom_back_fri", "fora a partir de amanhã, volto na sexta"),
            ("9_back_14", "de férias a partir do dia 9, volto dia 14"), ("sat_10_2", "abre aos sábados das 10h às 14h"),
            ("nb10_mon", "às segundas nada antes das 10h"), ("na4", "sem chamadas depois das 16h"),
            ("na3_fri", "às sextas nada depois das 15h"), ("fri_noon", "às sextas só até as 12h"),
            ("no_fri", "às sextas não"), ("no_wed_pm", "às quartas à tarde não trabalho"),
            ("mon_thu_fri", "de segunda a quinta das 8h às 17h e às sextas das 8h às 12h"),
            ("lunch", "sem reuniões entre as 12h e as 13h"),
            ("na4_but_thu", "sem chamadas depois das 16h exceto às quintas"), ("fri_from11", "às sextas a partir das 11h"),
            ("no_mon_wed", "não trabalho às segundas nem às quartas"), ("thisfri_noon", "esta sexta só até as 12h"),
            ("nextmon_10_1", "na próxima segunda só das 10h às 13h"), ("thisfri_na3", "esta sexta nada depois das 15h"),
            ("tom_nb11", "amanhã nada antes das 11h"), ("notthisfri", "esta sexta não"),
            ("sat7_10_1", "abre este sábado das 10h às 13h"),
        ),
        (
            "", " por favor", ", dentista", ", obrigado", ", tenho as crianças",
        ),
    ),
}  # fmt: skip
EACH = 130
MOST_UNHELPED = 0.2
"""How many of these sentences may be answered by a question, or by times to meet."""


def generated(words: Words, dice: random.Random) -> tuple[str, dict[int | date, Stretches]]:
    """A sentence, and the hours that it means."""
    if dice.random() < 0.5:
        key, days = dice.choice(words.days)
        said = dice.choice(words.off).format(days)
    else:
        key, said = dice.choice(words.whole)
    return said + dice.choice(words.tails), MEANT[key]


def written(text: str) -> dict[int | date, Stretches]:
    """What the first button that writes would set; a date that stays as its weekday is no change."""
    talk = Desk(context=replace(CONTEXT, people=()), bookings=())
    first = next(iter(writes_below(talk, [text])), None)
    if first is None:
        return {}
    assert isinstance(first, ChangeSchedule), text
    found: dict[int | date, Stretches] = {}
    for row in first.hours or ():
        for day in row.weekdays:
            found[day] = (*found.get(day, ()), (_hour(row.start), _hour(row.end)))
    for other in first.overrides or ():
        stretch = ((_hour(other.start), _hour(other.end)),) if other.start and other.end else ()
        found[other.day] = (*found.get(other.day, ()), *stretch)
    return {day: hours for day, hours in found.items() if isinstance(day, int) or hours != _usual(day)}


def _usual(day: date) -> Stretches:
    return USUAL if day.weekday() in WEEKDAYS else OFF


def _hour(clock: time) -> int:
    return clock.hour if not clock.minute else -1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_sets_other_hours_than_were_told(language: str) -> None:
    dice = random.Random(language)
    verdicts: Counter[str] = Counter()
    wrong: list[str] = []
    for _ in range(EACH):
        text, meant = generated(LANGUAGES[language], dice)
        found = written(text)
        if found and found != meant:
            wrong.append(f"{text}: {found} instead of {meant}")
        verdicts["right" if found == meant else "less"] += 1

    assert not wrong
    assert verdicts["less"] <= EACH * MOST_UNHELPED
