"""Ways of saying whose clock a time is on, in seven languages, for `test_generated_clocks.py`.

In an act `{w}` is who, `{d}` the day, `{c}` the clock; in a clock `{c}` is the hour, `{z}` a place. Days are of March 2026,
when it is Monday the 2nd.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Clocks:
    """The parts of a language."""

    acts: tuple[str, ...]
    days: Mapping[str, int]
    hours: Mapping[str, tuple[int, int]]
    hers: tuple[str, ...]
    his: tuple[str, ...]
    mine: tuple[str, ...]
    places: Mapping[str, str]
    there: tuple[str, ...]
    """By the clock of a place."""
    stay: str
    """In a place next week, said in front."""
    then: str
    """In a place that day, said behind."""
    minds: tuple[str, ...]
    tails: tuple[str, ...]
    """What names places and says nothing of clocks."""


_LONDON, _NEW_YORK, _TOKYO, _LISBON = "Europe/London", "America/New_York", "Asia/Tokyo", "Europe/Lisbon"
_CHICAGO, _WEST, _DELHI, _SAO_PAULO = "America/Chicago", "America/Los_Angeles", "Asia/Kolkata", "America/Sao_Paulo"

CLOCKS = {
    "en": Clocks(
        ("book {w} {d} {c}", "{d} {c} with {w}", "can you set up 30 min with {w} {d} {c}", "{c} {d} with {w}"),
        {"thursday": 5, "on friday": 6, "tomorrow": 3, "next tuesday": 10, "on march 12": 12, "the 12th": 12},
        {"at 10": (10, 0), "9am": (9, 0), "at 2:30pm": (14, 30), "16:00": (16, 0), "at noon": (12, 0)},
        ("{c} her time", "{c} in her time zone", "{c} (her time)", "{c} for her", "{c} her local time", "{c} dana's time"),
        ("{c} his time", "{c} in his timezone", "{c} on his clock", "{c} for him", "{c} for Omar", "{c} Omar time"),
        ("{c} my time", "{c} berlin time", "{c} CET", "{c} for me"),
        {"london": _LONDON, "new york": _NEW_YORK, "tokyo": _TOKYO, "san francisco": _WEST, "delhi": _DELHI},
        ("{c} {z} time", "{c} ({z})", "{z} time {c}", "{c} {z}"),
        "i'm in {z} next week. ", ", i'm in {z} that day",
        (", no, {x}", " - sorry, {x}", ", i mean {x}"),
        ("", " about the london office", ", i fly to tokyo on saturday", ", it's for the lisbon team"),
    ),
    "de": Clocks(
        ("buche {w} {d} {c}", "{d} {c} mit {w}", "termin mit {w} {d} {c}", "bitte {d} {c} mit {w} eintragen"),
        {"donnerstag": 5, "am freitag": 6, "morgen": 3, "dienstag nächste woche": 10, "am 12. märz": 12},
        {"um 10": (10, 0), "um 9 uhr": (9, 0), "um 14:30": (14, 30), "16:00": (16, 0), "um halb drei": (14, 30)},
        ("{c} ihrer zeit", "{c} nach ihrer zeit", "{c} für sie", "{c} in ihrer zeitzone", "{c} danas zeit"),
        ("{c} seiner zeit", "{c} (seine zeit)", "{c} für ihn", "{c} seiner ortszeit", "{c} für Omar"),
        ("{c} meiner zeit", "{c} berliner zeit", "{c} MEZ"),
        {"london": _LONDON, "tokio": _TOKYO, "lissabon": _LISBON, "chicago": _CHICAGO, "delhi": _DELHI},
        ("{c} {z}er zeit", "{c} ({z})", "{c} ortszeit {z}", "{c} {z}"),
        "ich bin nächste woche in {z}, ", ", da bin ich in {z}",
        (", nein, {x}", ", sorry, {x}", ", ich meine {x}"),
        ("", " wegen dem büro in london", ", ich fliege samstag nach tokio", ", es geht um den launch in chicago"),
    ),
    "es": Clocks(
        ("agenda una llamada con {w} {d} {c}", "{d} {c} con {w}", "reserva {d} {c} con {w}", "cita con {w} {d} {c}"),
        {"el jueves": 5, "el viernes": 6, "mañana": 3, "el martes de la semana que viene": 10, "el 12 de marzo": 12},
        {"a las 10": (10, 0), "a las 9": (9, 0), "a las 14:30": (14, 30), "a las 16:00": (16, 0), "al mediodía": (12, 0)},
        ("{c} su hora", "{c} hora suya", "{c} en su zona horaria", "{c} para ella", "{c} hora de Dana"),
        ("{c} su hora local", "{c} para él", "{c} (hora de él)", "{c} para Omar"),
        ("{c} mi hora", "{c} hora de berlín"),
        {"londres": _LONDON, "nueva york": _NEW_YORK, "tokio": _TOKYO, "lisboa": _LISBON, "san francisco": _WEST},
        ("{c} hora de {z}", "{c} ({z})", "{c}, hora de {z}", "{c} {z}"),
        "la semana que viene estoy en {z}, ", ", ese día estoy en {z}",
        (", no, {x}", ", perdón, {x}", ", digo {x}"),
        ("", " sobre la oficina de londres", ", el sábado vuelo a tokio"),
    ),
    "fr": Clocks(
        ("prends un rdv avec {w} {d} {c}", "{d} {c} avec {w}", "rdv avec {w} {d} {c}", "réserve {d} {c} avec {w}"),
        {"jeudi": 5, "vendredi": 6, "demain": 3, "mardi de la semaine prochaine": 10, "le 12 mars": 12, "le 12": 12},
        {"à 10h": (10, 0), "à 9h": (9, 0), "à 14h30": (14, 30), "à 16h": (16, 0), "à midi": (12, 0)},
        ("{c} son heure", "{c} à son heure", "{c} pour elle", "{c} dans son fuseau", "{c} heure de Dana"),
        ("{c} (son heure)", "{c} pour lui", "{c} dans son fuseau horaire", "{c} pour Omar"),
        ("{c} mon heure", "{c} heure de berlin"),
        {"londres": _LONDON, "new york": _NEW_YORK, "tokyo": _TOKYO, "lisbonne": _LISBON, "são paulo": _SAO_PAULO},
        ("{c} heure de {z}", "{c} ({z})", "{c}, heure de {z}", "{c} {z}"),
        "la semaine prochaine je suis à {z}, ", ", je serai à {z} ce jour-là",
        (", non, {x}", ", pardon, {x}", ", je veux dire {x}"),
        ("", " à propos du bureau de londres", ", samedi je vole à tokyo"),
    ),
    "it": Clocks(
        ("fissa una call con {w} {d} {c}", "{d} {c} con {w}", "appuntamento con {w} {d} {c}"),
        {"giovedì": 5, "venerdì": 6, "domani": 3, "martedì della prossima settimana": 10, "il 12 marzo": 12},
        {"alle 10": (10, 0), "alle 9": (9, 0), "alle 14:30": (14, 30), "alle 16": (16, 0), "a mezzogiorno": (12, 0)},
        ("{c} ora sua", "{c} la sua ora", "{c} ora locale sua", "{c} per lei", "{c} ora di Dana"),
        ("{c} nel suo fuso", "{c} per lui", "{c} (ora sua)", "{c} per Omar"),
        ("{c} ora mia", "{c} ora di berlino"),
        {"londra": _LONDON, "new york": _NEW_YORK, "tokyo": _TOKYO, "lisbona": _LISBON, "san francisco": _WEST},
        ("{c} ora di {z}", "{c} ({z})", "{c}, ora di {z}", "{c} {z}"),
        "la settimana prossima sono a {z}, ", ", quel giorno sono a {z}",
        (", no, {x}", ", scusa, {x}", ", volevo dire {x}"),
        ("", " sull'ufficio di londra", ", sabato volo a tokyo"),
    ),
    "nl": Clocks(
        ("plan een call met {w} {d} {c}", "{d} {c} met {w}", "afspraak met {w} {d} {c}", "boek {w} {d} {c}"),
        {"donderdag": 5, "vrijdag": 6, "morgen": 3, "dinsdag volgende week": 10, "12 maart": 12},
        {"om 10 uur": (10, 0), "om 9 uur": (9, 0), "om 14:30": (14, 30), "om half drie": (14, 30), "om 12 uur": (12, 0)},
        ("{c} haar tijd", "{c} in haar tijdzone", "{c} voor haar", "{c} haar lokale tijd", "{c} de tijd van Dana"),
        ("{c} zijn tijd", "{c} (zijn tijd)", "{c} voor hem", "{c} voor Omar"),
        ("{c} mijn tijd", "{c} berlijnse tijd"),
        {"londen": _LONDON, "new york": _NEW_YORK, "tokio": _TOKYO, "lissabon": _LISBON, "chicago": _CHICAGO},
        ("{c} tijd in {z}", "{c} ({z})", "{c} {z} tijd", "{c} {z}"),
        "volgende week ben ik in {z}, ", ", dan zit ik in {z}",
        (", nee, {x}", ", sorry, {x}", ", ik bedoel {x}"),
        ("", " over het kantoor in londen", ", zaterdag vlieg ik naar tokio"),
    ),
    "pt": Clocks(
        ("agenda uma chamada com {w} {d} {c}", "{d} {c} com {w}", "marca {w} {d} {c}"),
        {"quinta": 5, "na sexta": 6, "amanhã": 3, "terça da semana que vem": 10, "dia 12 de março": 12},
        {"às 10h": (10, 0), "às 9h": (9, 0), "às 14h30": (14, 30), "às 16h": (16, 0), "ao meio-dia": (12, 0)},
        ("{c} hora dela", "{c} no horário dela", "{c} no fuso dela", "{c} para ela", "{c} hora de Dana"),
        ("{c} hora dele", "{c} (hora dele)", "{c} para ele", "{c} no horário de Omar"),
        ("{c} minha hora", "{c} hora de berlim"),
        {"londres": _LONDON, "nova york": _NEW_YORK, "tóquio": _TOKYO, "lisboa": _LISBON, "são paulo": _SAO_PAULO},
        ("{c} hora de {z}", "{c} ({z})", "{c} horário de {z}", "{c} {z}"),
        "semana que vem estou em {z}, ", ", nesse dia estou em {z}",
        (", não, {x}", ", desculpa, {x}", ", quer dizer, {x}"),
        ("", " sobre o escritório de londres", ", sábado vou para tóquio"),
    ),
}  # fmt: skip
