"""Generated frames: what is told, thanked, quoted or signed beside a wish of known meaning leaves its card as it is.

A question is no harm; a card for something else than the wish alone is, and any card that writes where only the frame was said.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, offered, played
from rooms import booking_with

if TYPE_CHECKING:
    from collections.abc import Mapping

TED = "ted@example.org"
WED, FRI = date(2026, 3, 4), date(2026, 3, 6)
MEETINGS = (booking_with("Lena Fuchs", WED, 11, number=1), booking_with("Omar Haddad", FRI, 10, number=2))


@dataclass(frozen=True)
class Words:
    """The parts of a language: a frame stands in front of a wish, or behind one."""

    wishes: Mapping[str, str]
    """→ what its card would do (clocks of UTC)."""
    front: tuple[str, ...]
    back: tuple[str, ...]
    alone: tuple[str, ...]
    """What writes nothing, said by itself."""


LANGUAGES = {
    "en": Words(
        {
            f"book {TED} friday at 10": f"book {TED} 06 09:00 1", "please cancel lena": "cancel b1",
            "move omar to thursday at 2pm": "move b2 05 13:00", "push lena back an hour": "move b1 04 11:00",
        },
        (
            "Hi Sonja,\n", "sonja cancelled on me yesterday. ", "we moved offices last month. ", "sonja told me to do this: ",
            "i booked sonja last week, that was great. ", "thanks for moving sonja yesterday! ", "as agreed with sonja: ",
            "sonja moved her call to monday, so ", "i'm at cafe luna with sonja, ", "just got off a call with sonja. ",
            "sonja says i should finally do it. ", "by mistake i cancelled sonja. ", "our launch got pushed to april. ",
        ),
        (
            ", because sonja cancelled", ". sonja knows already", ". i also spoke to sonja yesterday", ", sonja told me to",
            ", since sonja moved to lima", "\n\nBest,\nAna", ". see you tomorrow", ". thanks for cancelling sonja",
            "\n\n> sonja: let's cancel friday", ". the last one was cancelled", ". it was moved twice already",
            ". i'll bring the slides from monday", ". don't ask why",
        ),
        (
            "lena cancelled on me", "omar has moved our meeting to friday at 3pm", "should i cancel lena?", "lena might cancel",
            "i almost moved omar to thursday at 2pm", "i wish i could cancel lena", "i've already cancelled lena",
            "omar is going to cancel, i bet", "i was about to cancel lena", "sonja wrote: cancel lena",
            "you booked lena at 3pm",
            "has omar moved to thursday?", "Canceled: Intro with Lena, Wed 4 Mar 11:00",
            "omar has a meeting with lena at 3 on friday",
            "i had lunch with omar at 12", "cancel lena, just kidding", "i wanted to cancel lena but she is so nice",
        ),
    ),
    "de": Words(
        {
            f"buche {TED} am freitag um 10": f"book {TED} 06 09:00 1", "bitte sag lena ab": "cancel b1",
            "verschieb omar auf donnerstag um 14 uhr": "move b2 05 13:00",
        },
        (
            "Hallo Sonja,\n", "sonja hat gestern abgesagt. ", "wir sind letzten monat umgezogen. ",
            "sonja meinte, ich soll das machen: ",
            "ich habe sonja letzte woche gebucht, das war super. ", "sonja hat abgesagt, also ",
            "danke fürs verschieben gestern! ",
            "komme gerade aus einem call mit sonja. ", "sonja hat am montag geburtstag. ",
            "das standup wurde auf 9:15 verlegt. ",
        ),
        (
            ", weil sonja abgesagt hat", ". sonja weiß schon bescheid", ". ich habe gestern auch mit sonja gesprochen",
            "\n\nViele Grüße\nAna", ". bis morgen", ". schönen montag noch", ". wurde schon zweimal verschoben",
            ". frag nicht warum",
        ),
        (
            "lena hat abgesagt", "omar hat unser treffen auf freitag um 15 uhr verschoben", "soll ich lena absagen?",
            "lena sagt ab",
            "ich hätte omar fast auf donnerstag um 14 uhr verschoben", "lena könnte absagen", "ich habe lena schon abgesagt",
            "omar meinte freitag um 15 uhr passt ihm", "sonja schrieb: bitte sag lena ab",
            "omars termin ist am freitag um 15 uhr",
            "ich war mit omar um 12 essen", "Re: Freitag absagen", "sag lena ab, war ein scherz",
        ),
    ),
    "es": Words(
        {
            f"agenda una llamada con {TED} el viernes a las 10": f"book {TED} 06 09:00 1",
            "por favor cancela a lena": "cancel b1",
            "mueve a omar al jueves a las 14": "move b2 05 13:00",
        },
        (
            "Hola Sonja,\n", "sonja canceló ayer. ", "sonja ha cancelado, así que ", "ayer cancelé a sonja por error. ",
            "gracias por cancelar a sonja! ", "estuve con sonja en el café luna. ",
        ),
        (
            ", porque sonja canceló", ". ayer también hablé con sonja", "\n\nUn abrazo,\nAna",
            ". hasta mañana", ". ya se movió dos veces",
        ),
        (
            "lena canceló", "omar movió nuestra reunión al viernes a las 15", "lena va a cancelar", "casi cancelo a lena",
            "iba a cancelar a lena", "ya cancelé a lena", "sonja escribió: cancela a lena", "no voy a cancelar a lena",
        ),
    ),
    "fr": Words(
        {
            f"prends un rdv avec {TED} vendredi à 10h": f"book {TED} 06 09:00 1", "annule lena s'il te plaît": "cancel b1",
            "décale omar à jeudi 14h": "move b2 05 13:00",
        },
        ("Bonjour Sonja,\n", "sonja a annulé hier. ", "sonja a annulé, donc ", "hier j'ai annulé sonja par erreur. "),
        (
            ", parce que sonja a annulé", ". j'ai aussi parlé à sonja hier", "\n\nBises,\nAna", ". à demain",
            ". ne demande pas pourquoi",
        ),
        (
            "lena a annulé", "omar a déplacé notre rendez-vous à vendredi 15h", "lena va annuler", "j'ai failli annuler lena",
            "j'ai déjà annulé lena", "lena annule toujours", "sonja a écrit : annule lena", "j'ai déjeuné avec omar à 12h",
        ),
    ),
    "it": Words(
        {
            f"fissa una call con {TED} venerdì alle 10": f"book {TED} 06 09:00 1", "per favore annulla lena": "cancel b1",
            "sposta omar a giovedì alle 14": "move b2 05 13:00",
        },
        ("Ciao Sonja,\n", "sonja ha annullato ieri. ", "sonja ha annullato, quindi ", "ero con sonja al bar luna. "),
        (", perché sonja ha annullato", ". ieri ho parlato anche con sonja", ". a domani", ". è già stata spostata due volte"),
        (
            "lena ha annullato", "omar ha spostato la nostra riunione a venerdì alle 15", "lena vuole annullare",
            "ho quasi annullato lena", "stavo per annullare lena", "ho già annullato lena", "sonja ha scritto: annulla lena",
        ),
    ),
    "nl": Words(
        {
            f"plan een call met {TED} vrijdag om 10 uur": f"book {TED} 06 09:00 1", "annuleer lena": "cancel b1",
            "verplaats omar naar donderdag om 14 uur": "move b2 05 13:00",
        },
        ("Hoi Sonja,\n", "sonja heeft gisteren afgezegd. ", "sonja heeft afgezegd, dus ", "ik heb sonja gisteren geboekt. "),
        (
            ", omdat sonja heeft afgezegd", "\n\nGroetjes,\nAna", ". tot morgen", ". is al twee keer verzet",
            ". vraag niet waarom",
        ),
        (
            "lena heeft afgezegd", "omar heeft onze afspraak naar vrijdag om 15 uur verzet", "moet ik lena afzeggen?",
            "lena wil afzeggen", "ik had lena bijna afgezegd", "ik heb lena al afgezegd", "sonja schreef: annuleer lena",
        ),
    ),
    "pt": Words(
        {
            f"agenda uma chamada com {TED} sexta às 10h": f"book {TED} 06 09:00 1", "por favor cancela a lena": "cancel b1",
            "move o omar para quinta às 14h": "move b2 05 13:00",
        },
        ("Olá Sonja,\n", "a sonja cancelou ontem. ", "a sonja cancelou, então ", "ontem cancelei a sonja por engano. "),
        (
            ", porque a sonja cancelou", ". ontem também falei com a sonja", "\n\nAbraço,\nAna",
            ". até amanhã", ". não perguntes porquê",
        ),
        (
            "a lena cancelou", "o omar mudou a nossa reunião para sexta às 15h", "a lena vai cancelar", "quase cancelei a lena",
            "já cancelei a lena", "a sonja escreveu: cancela a lena", "achas que devo cancelar a lena?",
        ),
    ),
}  # fmt: skip
EACH = 40
MOST_UNHELPED = 0.1
"""How many framed wishes may be answered by a question."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_frame_leaves_the_card_of_the_wish_as_it_is(language: str) -> None:
    words, dice = LANGUAGES[language], random.Random(language)

    def sentence() -> tuple[str, set[str]]:
        wish = dice.choice(list(words.wishes))
        is_front = dice.random() < 0.5
        text = dice.choice(words.front) + wish if is_front else wish + dice.choice(words.back)
        return text, {words.wishes[wish]}

    wrong, unhelped = played([sentence() for _ in range(EACH)], lambda: desk_with(MEETINGS))

    assert not wrong
    assert unhelped <= EACH * MOST_UNHELPED


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, words in LANGUAGES.items() for text in words.alone]
)
def test_what_is_only_told_writes_nothing(language: str, text: str) -> None:
    talk = desk_with(MEETINGS)

    assert not offered(talk, talk.say(text)), language
