"""What was done to a meeting, asked or told: «did you cancel lena?», «i didn't move it», «hast du sie verschoben?».

It orders nothing. A question is answered by what stands; what is only told is talk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.cues.verbs import act_at
from bot.language.meaning import Intent
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_ASKING = frozenset(("did", "was", "were"))
_HAVE = frozenset(("have", "has", "haven't", "hasn't", "didn't", "wasn't"))
_SUBJECTS = frozenset(("i", "we", "you", "u", "he", "she", "they", "i've", "we've"))
_DENYING = frozenset(("didn't", "didnt", "haven't", "havent", "never", "already", "just"))
_PRAISING = (
    *(("great", "job"), ("good", "job"), ("nice", "job"), ("great", "work"), ("good", "work"), ("nice", "work")),
    *(("well", "done"), ("glad", "you"), ("glad", "that"), ("glad", "we"), ("sorry", "for"), ("sorry", "about")),
    *(("thanks", "for"), ("thank", "you"), ("happy", "you"), ("happy", "that")),
)
_LEADING = frozenset(("so", "very", "really", "i'm", "im"))
_PLEASED = frozenset(("glad", "pleased", "relieved"))
_ABROAD = {
    "de": (("hast", "du"), ("habt", "ihr"), ("haben", "sie"), ("wurde",), ("wurden",), ("warum",), ("wieso",)),
    "fr": (
        ("as", "-", "tu"),
        ("tu", "as"),
        ("avez", "-", "vous"),
        ("vous", "avez"),
        ("est", "-", "ce", "que", "tu", "as"),
    ),
    "es": (("has",), ("habéis",), ("ha", "sido"), ("se", "ha"), ("fue",)),
}
_DONE = frozenset(
    (
        *("cancelled", "canceled", "moved", "rescheduled", "postponed", "deleted", "pushed", "shifted", "delayed"),
        *("abgesagt", "verschoben", "storniert", "gecancelt", "verlegt", "gelöscht", "annulé", "annulée", "déplacé"),
        *("déplacée", "décalé", "reporté", "supprimé", "cancelado", "cancelada", "movido", "movida", "aplazado"),
    )
)
_TELLING = trigger(
    (_ASKING | _HAVE | _DENYING | _DONE | _PLEASED | {"happy", "job", "work", "done", "sorry"}).__contains__
)


def deed_of(utterance: Utterance, found: Intent) -> Intent | None:
    """What a text that asks for or tells a deed is, where an act on a meeting was read of it; None where it orders one."""
    if found not in _ON_STANDING or not utterance.triggers & _TELLING:
        return None
    words, language = utterance.words, utterance.language
    if sum(act_at(words, at, language) is not None or words[at] in _DONE for at in range(len(words))) > 1:
        return None
    if language != "en":
        is_asked = any(words[: len(opening)] == opening for opening in _ABROAD.get(language, ()))
        return Intent.LIST_BOOKINGS if is_asked and not _DONE.isdisjoint(words) else None
    if words[:1] and words[0] in _ASKING:
        return Intent.LIST_BOOKINGS
    if (
        words[0] in _HAVE
        and ((words[1:2] and words[1] in _SUBJECTS) or "been" in words)
        and not _DONE.isdisjoint(words)
    ):
        return Intent.LIST_BOOKINGS
    is_told = (
        words[0] in _SUBJECTS and len(words) > 1 and words[1] in _DENYING and act_at(words, 2, language) is not None
    )
    is_told = is_told and (words[1] not in {"already", "just"} or not _DONE.isdisjoint(words))
    opening = words[1:] if words[0] in _LEADING else words  # «so glad lena could move to friday»
    is_pleased = not _PLEASED.isdisjoint(opening[:1]) and opening[1:2] != ("to",)
    return Intent.OUT_OF_SCOPE if is_told or is_pleased or words[:2] in _PRAISING else None
