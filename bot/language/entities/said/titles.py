"""The new title of a meeting that stands: «change lena's meeting title to Kickoff», «nenne das Treffen mit Lena in Auftakt um».

Only where a word of renaming and a meeting are named. Event types are renamed elsewhere (`details.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of, written
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.entities.topic import Said
    from bot.language.meaning import Span
    from bot.language.normalise import Utterance

_RENAMING = frozenset(
    (
        *("rename", "retitle", "title", "subject", "name", "umbenennen", "benenne", "nenne", "titel", "namen", "betreff"),
        *("titulo", "título", "nombre", "asunto", "renombra", "renombrar", "renomme", "renommer", "titre", "nom", "objet"),
        *("rinomina", "rinominare", "titolo", "nome", "oggetto", "renomeia", "renomeie", "assunto"),
    )
)  # fmt: skip
_TELLS = trigger(lambda word: word in _RENAMING)
_BOOKINGS = frozenset(
    (
        *("meeting", "call", "appointment", "booking", "sync", "chat", "session", "interview", "termin", "treffen"),
        *("besprechung", "gespräch", "anruf", "reunión", "reunion", "cita", "llamada", "réunion", "rendez", "rdv", "appel"),
        *("entretien", "riunione", "appuntamento", "incontro", "chiamata", "reunião", "reuniao", "compromisso", "chamada"),
    )
)  # fmt: skip
_WITH = frozenset(("with", "mit", "con", "avec", "com"))
_JOINTS = frozenset(
    ("to", "into", "as", "in", "auf", "zu", "a", "en", "por", "como", "à", "para", ":", "->", "→", "be", "sein")
)
_CLOSERS = frozenset(("um", "please", "pls", "thanks", "bitte", "danke", "gracias", "merci", "grazie", "obrigado"))


def read_new_title(utterance: Utterance, quoted: tuple[Said, ...]) -> tuple[str, Span] | None:
    """The title and where it stands with the word in front of it; None where no meeting gets one."""
    words = utterance.words
    if not utterance.triggers & _TELLS or not _is_of_a_booking(words):
        return None
    if quoted:
        return quoted[-1].text, quoted[-1].span
    end = len(words)
    while end and (words[end - 1] in _CLOSERS or not words[end - 1][:1].isalnum()):
        end -= 1
    split = next((place for place in range(end - 2, 1, -1) if words[place] in _JOINTS), None)
    if split is None or not _has_booking(words[:split]):
        return None
    return written(utterance, split + 1, end).strip("\"'«»“”„ "), span_of(utterance, split, end)


def _is_of_a_booking(words: tuple[str, ...]) -> bool:
    """A meeting with somebody, or somebody's: «the title of the meeting type» is none."""
    is_whose = any(word.endswith("'s") for word in words) or not _WITH.isdisjoint(words)
    return is_whose and _has_booking(words) and "type" not in words


def _has_booking(words: tuple[str, ...]) -> bool:
    return not _BOOKINGS.isdisjoint(words)
