"""The new title of a meeting that stands: «change lena's meeting title to Kickoff», «nenne das Treffen mit Lena in Auftakt um».

Only where a word of renaming and a meeting are named. Event types are renamed elsewhere (`details.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
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
_TITLES = frozenset(("title", "subject"))
_CLOSERS = frozenset(("um", "please", "pls", "thanks", "bitte", "danke", "gracias", "merci", "grazie", "obrigado"))


def read_new_title(utterance: Utterance, quoted: tuple[Said, ...]) -> tuple[str, Span] | None:
    """The title and where it stands with the word in front of it; None where no meeting gets one."""
    words = utterance.words
    if not utterance.triggers & _TELLS or not (_is_of_a_booking(words) or _is_somebodys(words)):
        return None
    if quoted:
        return quoted[-1].text, quoted[-1].span
    end = len(words)
    while end and (words[end - 1] in _CLOSERS or not words[end - 1][:1].isalnum()):
        end -= 1
    split = next((place for place in range(end - 2, 1, -1) if words[place] in _JOINTS), None)
    if split is None or not (_has_booking(words[:split]) or _is_somebodys(words[:split])):
        return None
    return written(utterance, split + 1, end).strip("\"'«»“”„ "), span_of(utterance, split, end)


_CALLING = frozenset(("call", "name", "title", "nenn", "nenne", "noem", "appelle", "appelez", "nomme"))
_CALLS_IT = frozenset(("llámalo", "llamalo", "llámala", "llamala", "chiamalo", "chiamala", "chame", "chama"))
_SETTING = frozenset(("change", "set", "make", "update"))
_CALLS = trigger(lambda word: word in _CALLING or word in _CALLS_IT or word in ("title", "subject"))
_IT = frozenset(("it", "this", "that", "es", "das", "den", "ihn", "het", "dit", "le", "la", "de", "-"))
_WHICH = frozenset(("first", "second", "third", "last", "one", "other"))
_NO_NAMES = frozenset(
    (
        *("off", "back", "in", "a", "an", "the", "quits", "again", "when", "if", "at", "on", "for", "to", "tomorrow", "with"),
        *("today", "now", "please", "and", "or", "me", "him", "her", "them", "us", "up", "out", "over", "ab", "so", "is"),
    )
)  # fmt: skip
_OPENING = 3
"""Words within which such a verb opens the text."""
_LONGEST = 6
_BEHIND_NAMES = frozenset(("instead", "then", "thanks", "please", "pls", "bitte", "danke", "stattdessen", "lieber"))


def read_name_given(utterance: Utterance) -> tuple[str, Span] | None:
    """«call it kickoff», «name the first one retro», «nenn es Auftakt»: the name, and where it stands; not «call it off»."""
    if not utterance.triggers & _CALLS:
        return None
    words = utterance.words
    known = _CALLING | _CALLS_IT | _SETTING
    verb = next((at for at in range(min(_OPENING, len(words))) if words[at] in known), None)
    if verb is None:
        return None
    start = _behind_it(words, verb) if words[verb] not in _SETTING else _behind_title(words, verb)
    end = len(words)
    while end > start and (words[end - 1] in _BEHIND_NAMES or not words[end - 1][:1].isalnum()):
        end -= 1
    if not verb < start < end or end - start > _LONGEST or words[start] in _NO_NAMES:
        return None
    if not utterance.atoms.keys().isdisjoint(range(start, end)):
        return None
    return written(utterance, start, end).strip("\"'«»“”„ "), span_of(utterance, start, end)


def _behind_title(words: tuple[str, ...], verb: int) -> int:
    """The word behind «change the title to»; the verb's own place where it is no title that is changed."""
    at = verb + 1 + (words[verb + 1 : verb + 2] in (("the",), ("its",)))
    is_title = words[at : at + 1] in (("title",), ("subject",)) and words[at + 1 : at + 2] in (("to",), (":",))
    return at + 2 if is_title else verb


def _behind_it(words: tuple[str, ...], verb: int) -> int:
    """The word behind «call it», «name the second one», «llámalo»; the verb's own place where neither stands."""
    if words[verb] in _CALLS_IT:
        return verb + 1 + (words[verb + 1 : verb + 2] == ("de",))
    at = verb + 1
    if words[at : at + 1] == ("the",) and words[at + 1 : at + 2] and words[at + 1] in _WHICH:
        at += 2
        return at + (words[at : at + 1] in (("one",), ("meeting",)))
    while at < len(words) and words[at] in _IT:
        at += 1
    return at if at > verb + 1 else verb


def _is_of_a_booking(words: tuple[str, ...]) -> bool:
    """A meeting with somebody, or somebody's: «the title of the meeting type» is none."""
    is_whose = any(word.endswith("'s") for word in words) or not _WITH.isdisjoint(words)
    is_whose = is_whose or ("of" in words and "my" in words)
    return is_whose and _has_booking(words) and "type" not in words


def _is_somebodys(words: tuple[str, ...]) -> bool:
    """«(change) lena's title (to …)»."""
    return any(
        word.endswith("'s") and words[at + 1] in _TITLES and word.removesuffix("'s") in name_lists().first
        for at, word in enumerate(words[:-1])
    )


def _has_booking(words: tuple[str, ...]) -> bool:
    return not _BOOKINGS.isdisjoint(words)
