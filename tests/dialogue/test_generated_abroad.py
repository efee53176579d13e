"""Generated moves, cancellations, look-ups and bookings as people type them abroad: clitics, politeness, missing accents.

Each sentence is put together from parts whose meaning is known. A question is no harm; a card for another meeting, another
time or another act is. Japanese and Chinese are among them.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, played
from rooms import BERLIN, booking_with

if TYPE_CHECKING:
    from collections.abc import Mapping

KIM = "kim@example.org"
TODAY = date(2026, 3, 2)
MEETINGS = {
    booking.id: booking
    for booking in (
        booking_with("Lena Brandt", date(2026, 3, 4), 9, number=1),
        booking_with("Omar Haddad", date(2026, 3, 4), 14, number=2),
        booking_with("Omar Haddad", date(2026, 3, 6), 10, number=3),
        booking_with("Zoe Petit", date(2026, 3, 10), 11, number=4),
    )
}
WHOLE_WEEK = {"b1", "b2", "b3"}


@dataclass(frozen=True)
class Words:
    """The parts of a language: `{}` is which meeting (in bookings with whom), `{to}` where it goes, `{when}` day and clock."""

    moves: tuple[str, ...]
    cancels: tuple[str, ...]
    which: Mapping[str, str]
    """→ the meeting's id."""
    to: Mapping[str, tuple[int | None, tuple[int, int] | None]]
    """→ the day of March and the clock, None for as it was."""
    books: tuple[str, ...]
    days: Mapping[str, int]
    clocks: Mapping[str, tuple[int, int]]
    looks: tuple[str, ...]
    stretches: Mapping[str, set[str]]
    """→ the meetings that are on then."""
    tails: tuple[str, ...]


LANGUAGES = {
    "de": Words(
        (
            "verschiebst du mir {} {to}?", "würdest du bitte {} {to} legen", "{} muss {to}", "kannst du {} {to} packen",
            "mir wäre lieb, wenn du {} {to} verschieben könntest", "{} {to} schieben bitte", "verschieben sie bitte {} {to}",
        ),
        ("{} kann weg", "sagst du {} bitte ab", "könntest du mir {} canceln", "streich {}", "würden sie {} bitte stornieren"),
        {
            "zoe": "b4", "das meeting mit zoe": "b4", "den mittwochstermin mit lena": "b1",
            "den freitags-call mit omar": "b3", "das gespräch mit lena am mittwoch": "b1",
        },
        {
            "auf donnerstag": (5, None), "auf den zwölften": (12, None), "auf montag in einer woche": (9, None),
            "auf halb drei": (None, (14, 30)), "auf donnerstagmittag um 12": (5, (12, 0)), "auf übermorgen": (4, None),
        },
        ("trag mir {} {when} ein", "leg {when} einen call mit {} an", "ich hätte gern {when} ein gespräch mit {}"),
        {"am do": 5, "übermorgen": 4, "am 12.3.": 12, "mittwoch in einer woche": 11},
        {"um halb drei": (14, 30), "früh um 9": (9, 0), "um 13h": (13, 0), "mittags um 12": (12, 0)},
        ("was hab ich {}?", "was steht {} an", "hab ich {} was?", "mit wem treffe ich mich {}?"),
        {"am mittwoch": {"b1", "b2"}, "diese woche": WHOLE_WEEK, "am 10. märz": {"b4"}, "übermorgen": {"b1", "b2"}},
        ("", " bitte", ", mir ist um 8 was dazwischengekommen", ", danke"),
    ),
    "es": Words(
        (
            "¿me mueves {} {to}?", "por favor cambie {} {to}", "{} hay que moverlo {to}", "{}, muévelo {to}",
            "podrías mover {} {to}", "quisiera cambiar {} {to}",
        ),
        ("me cancelas {}?", "necesito que canceles {}", "{} cancélala", "ya no hace falta {}", "tengo que cancelar {}"),
        {
            "lo de zoe": "b4", "la reunión con zoe": "b4", "la cita con omar del viernes": "b3",
            "la reunión del miércoles con lena": "b1",
        },
        {
            "al jueves": (5, None), "para el lunes 9": (9, None), "a las dos y media": (None, (14, 30)),
            "al jueves a las 12": (5, (12, 0)), "para el día 12": (12, None), "a pasado mañana": (4, None),
        },
        ("resérvame {when} con {}", "me gustaría reunirme con {} {when}", "quiero quedar con {} {when}"),
        {"el jueves 12": 12, "dentro de dos días": 4, "este viernes": 6, "el miércoles 11": 11},
        {"a las diez y media": (10, 30), "a las dos y media": (14, 30), "al mediodía": (12, 0)},
        ("qué tengo {}?", "tengo algo {}?", "enséñame la agenda {}", "con quién quedo {}?"),
        {"el miércoles": {"b1", "b2"}, "esta semana": WHOLE_WEEK, "el 10 de marzo": {"b4"}},
        ("", " porfa", ", no puedo", ", gracias"),
    ),
    "fr": Words(
        (
            "tu peux décaler {} {to} ?", "il faudrait décaler {} {to}", "merci de déplacer {} {to}", "{}, décale-le {to}",
            "j'aimerais déplacer {} {to}", "décale-moi {} {to}",
        ),
        ("tu peux annuler {} ?", "supprime {}", "pourriez-vous annuler {}", "{} c'est annulé", "je dois annuler {}"),
        {
            "zoe": "b4", "le rdv avec zoe": "b4", "le point avec omar de vendredi": "b3",
            "la réunion avec lena de mercredi": "b1",
        },
        {
            "à jeudi": (5, None), "à lundi en huit": (9, None), "à 14h30": (None, (14, 30)), "à jeudi 12h": (5, (12, 0)),
            "au 12 mars": (12, None), "d'une heure": (None, None),
        },
        ("cale-moi un point avec {} {when}", "peux-tu caler {when} un call avec {}", "j'aimerais voir {} {when}"),
        {"jeudi 12": 12, "dans deux jours": 4, "ce vendredi": 6, "le 12 mars": 12},
        {"à 10h": (10, 0), "à midi": (12, 0), "à quinze heures trente": (15, 30)},
        ("j'ai quoi {} ?", "quels rdv ai-je {} ?", "est-ce que j'ai quelque chose {} ?"),
        {"mercredi": {"b1", "b2"}, "cette semaine": WHOLE_WEEK, "le 10 mars": {"b4"}},
        ("", " stp", ", je ne peux pas", ", merci d'avance"),
    ),
    "it": Words(
        (
            "mi sposti {} {to}?", "{} va spostato {to}", "{}, spostalo {to}", "dobbiamo spostare {} {to}",
            "potresti spostare {} {to}", "bisogna spostare {} {to}",
        ),
        ("mi cancelli {}?", "disdici {}", "{} annullala", "potresti cancellare {}", "{} salta"),
        {
            "zoe": "b4", "quella con zoe": "b4", "la call con omar di venerdì": "b3", "la call delle 10 di venerdì": "b3",
            "l'incontro con lena di mercoledì": "b1",
        },
        {
            "a giovedì": (5, None), "al 12 marzo": (12, None), "alle 14:30": (None, (14, 30)), "a giovedì 5": (5, None),
            "a giovedì alle 12": (5, (12, 0)), "di un'ora": (None, None),
        },
        ("fissami {when} con {}", "mi fissi un incontro con {} {when}", "vorrei vedere {} {when}"),
        {"giovedì 12": 12, "fra due giorni": 4, "questo venerdì": 6},
        {"a mezzogiorno": (12, 0), "alle due e mezza": (14, 30), "alle 14.30": (14, 30)},
        ("cosa ho {}?", "ho qualcosa {}?", "chi vedo {}?"),
        {"mercoledì": {"b1", "b2"}, "questa settimana": WHOLE_WEEK, "il 10 marzo": {"b4"}},
        ("", " grazie", ", non riesco", ", per favore"),
    ),
    "nl": Words(
        (
            "zou je {} {to} kunnen verzetten", "schuif {} {to}", "{} moet {to}", "ik wil {} graag {to} verplaatsen",
            "kunt u {} {to} verplaatsen",
        ),
        ("zeg {} af", "{} gaat niet door", "zou u {} willen annuleren", "schrap {}", "{} kan vervallen"),
        {
            "zoe": "b4", "de afspraak met zoe": "b4",
            "de call met omar op vrijdag": "b3", "het overleg met lena op woensdag": "b1",
        },
        {
            "naar donderdag": (5, None), "naar maandag over een week": (9, None), "naar half drie": (None, (14, 30)),
            "naar donderdag om 12 uur": (5, (12, 0)), "naar de 12e": (12, None),
        },
        ("boek {} {when}", "kun je {when} een meeting met {} inplannen", "prik {when} een moment met {}"),
        {"donderdag de 12e": 12, "over twee dagen": 4, "deze vrijdag": 6},
        {"om half drie": (14, 30), "om 12 uur": (12, 0), "'s ochtends om 9 uur": (9, 0)},
        ("wat heb ik {}?", "heb ik {} iets?", "met wie spreek ik {} af?"),
        {"woensdag": {"b1", "b2"}, "deze week": WHOLE_WEEK, "op 10 maart": {"b4"}},
        ("", " aub", ", ik red het niet", ", bedankt"),
    ),
    "pt": Words(
        (
            "você pode mover {} {to}?", "dá pra mover {} {to}", "preciso mover {} {to}", "tenho que mudar {} {to}",
            "poderia remarcar {} {to}",
        ),
        ("desmarca {}", "você poderia cancelar {}", "tira {} da agenda", "não precisa mais {}", "tenho que desmarcar {}"),
        {
            "a zoe": "b4", "a conversa com a zoe": "b4",
            "a call de sexta com o omar": "b3", "a reunião com a lena de quarta": "b1",
        },
        {
            "pra quinta": (5, None), "para o dia 12": (12, None), "para as 14h30": (None, (14, 30)),
            "para quinta às 12h": (5, (12, 0)), "uma hora mais tarde": (None, None),
        },
        ("marca {when} com {}", "me agenda {when} com {}", "preciso de um horário com {} {when}"),
        {"quinta dia 12": 12, "daqui a dois dias": 4, "nesta sexta": 6},
        {"às duas e meia": (14, 30), "ao meio-dia": (12, 0), "às 9 da manhã": (9, 0)},
        ("o que eu tenho {}?", "tenho alguma coisa {}?", "com quem eu me encontro {}?"),
        {"na quarta": {"b1", "b2"}, "esta semana": WHOLE_WEEK, "no dia 10 de março": {"b4"}},
        ("", " pfv", ", não consigo", ", a gente se fala por telefone"),
    ),
    "ja": Words(
        ("{}を{to}に変更して", "{}、{to}に変更できますか", "{}は{to}に移してください", "{}を{to}にリスケして"),
        ("{}をキャンセルして", "{}を取り消して", "{}はキャンセルで", "{}をなしにして"),
        {"zoeさんとの会議": "b4", "金曜のomarさんとの会議": "b3", "水曜のlenaさんとの打ち合わせ": "b1", "水曜9時の会議": "b1"},
        {
            "木曜": (5, None), "14時半": (None, (14, 30)), "木曜12時": (5, (12, 0)),
            "3月12日": (12, None), "来週の月曜": (9, None),
        },
        ("{}と{when}に会議を入れて", "{when}に{}と打ち合わせ", "{when}、{}とミーティングを設定してください"),
        {"木曜": 5, "3月12日": 12, "明後日": 4},
        {"正午": (12, 0), "14時半": (14, 30), "午後3時": (15, 0)},
        ("{}の予定は？", "{}は何がありますか", "{}の会議を教えて"),
        {"水曜": {"b1", "b2"}, "今週": WHOLE_WEEK, "3月10日": {"b4"}},
        ("", "。お願いします", "。すみません", "。月曜は不在です"),
    ),
    "zh": Words(
        ("把{}改到{to}", "{}改成{to}", "帮我把{}移到{to}", "能把{}改到{to}吗"),
        ("取消{}", "把{}取消", "{}不开了", "能取消{}吗"),
        {"跟zoe的会": "b4", "周五和omar的会议": "b3", "周三跟lena的会": "b1", "周三9点的会": "b1"},
        {
            "周四": (5, None), "下午两点半": (None, (14, 30)), "周四12点": (5, (12, 0)),
            "3月12号": (12, None), "下周一": (9, None),
        },
        ("帮我约{}{when}", "{when}跟{}开会", "我想{when}跟{}聊聊"),
        {"周四": 5, "3月12号": 12, "后天": 4},
        {"中午12点": (12, 0), "下午两点半": (14, 30), "上午9点": (9, 0)},
        ("{}有什么安排？", "{}有安排吗", "看看{}的日程"),
        {"周三": {"b1", "b2"}, "这周": WHOLE_WEEK, "3月10号": {"b4"}},
        ("", "，谢谢", "，来不了", "，拜托了"),
    ),
}  # fmt: skip
EACH = 35
MOST_UNHELPED = 0.3
"""How many of these sentences may be answered by a question, or by other free times."""
_LISTED = re.compile(r"\d\. \w+ (\d+ Mar \d\d:\d\d)")


def typed(text: str, language: str, dice: random.Random) -> str:
    """As it is typed in a hurry: now and then without accents, now and then with a capital."""
    if language in {"es", "fr", "it", "pt"} and dice.random() < 0.25:
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return text[:1].upper() + text[1:] if dice.random() < 0.25 else text


def moved(words: Words, dice: random.Random) -> tuple[str, set[str]]:
    said, to = dice.choice(list(words.which)), dice.choice(list(words.to))
    meeting, (day, clock) = MEETINGS[words.which[said]], words.to[to]
    at = meeting.slot.start.astimezone(BERLIN)
    if day is None and clock is None:
        at = at.replace(hour=at.hour + 1)
    at = at.replace(day=day or at.day, hour=clock[0] if clock else at.hour, minute=clock[1] if clock else at.minute)
    text = dice.choice(words.moves).format(said, to=to)
    return text, {f"move {meeting.id} {at.astimezone(meeting.slot.start.tzinfo):%d %H:%M}"}


def cancelled(words: Words, dice: random.Random) -> tuple[str, set[str]]:
    said = dice.choice(list(words.which))
    return dice.choice(words.cancels).format(said) + dice.choice(words.tails), {f"cancel {words.which[said]}"}


def booked(words: Words, dice: random.Random) -> tuple[str, set[str]]:
    day, clock = dice.choice(list(words.days)), dice.choice(list(words.clocks))
    glue = " " if words.books[0].isascii() or " " in words.books[0] else ""
    hour, minute = words.clocks[clock]
    text = dice.choice(words.books).format(KIM, when=f"{day}{glue}{clock}")
    return text, {f"book {KIM} {words.days[day]:02} {hour - 1:02}:{minute:02} 1"}


@pytest.mark.parametrize("made", [moved, cancelled, booked], ids=["moves", "cancellations", "bookings"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_is_for_anything_else_than_was_said(language: str, made: type) -> None:
    dice = random.Random(f"{language} {made.__name__}")

    def sentence() -> tuple[str, set[str]]:
        text, wanted = made(LANGUAGES[language], dice)
        return typed(text, language, dice), wanted

    wrong, unhelped = played([sentence() for _ in range(EACH)], lambda: desk_with(tuple(MEETINGS.values())))

    assert not wrong
    assert unhelped <= EACH * MOST_UNHELPED


@pytest.mark.parametrize("language", LANGUAGES)
def test_look_ups_show_what_is_on_then(language: str) -> None:
    words = LANGUAGES[language]
    for look in words.looks:
        for stretch, wanted in words.stretches.items():
            reply = desk_with(tuple(MEETINGS.values())).say(look.format(stretch))
            starts = {f"{MEETINGS[one].slot.start.astimezone(BERLIN):%-d Mar %H:%M}" for one in wanted}
            assert set(_LISTED.findall(reply.text)) == starts, look.format(stretch)
