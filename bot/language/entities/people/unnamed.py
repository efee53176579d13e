"""Who is to come without a name: «kim and her boss», «kim and two colleagues», «kim & co», «kim +1».

They stand behind somebody, by nothing but what they are to them or how many they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.meaning import Span
    from bot.language.normalise import Utterance

_JOINING = frozenset(
    (
        *("and", "&", "+", "plus", "with", "n", "und", "mit", "samt", "y", "con", "et", "avec", "e", "com", "en", "met"),
        *("including", "incl", "inklusive", "incluyendo", "dont"),
    )
)  # fmt: skip
_WHOSE = frozenset(
    (
        *("her", "his", "their", "ihr", "ihre", "ihrer", "ihrem", "ihren", "sein", "seine", "seiner", "seinem", "seinen"),
        *("su", "sus", "son", "sa", "ses", "leur", "leurs", "suo", "sua", "suoi", "seu", "haar", "zijn", "hun"),
    )
)  # fmt: skip
_ROLES = frozenset(
    (
        *("boss", "manager", "assistant", "colleague", "lead", "husband", "wife", "partner", "lawyer", "coworker"),
        *("intern", "client", "customer", "director", "cto", "ceo", "cfo", "pm", "deputy", "friend", "teammate"),
        *("chef", "chefin", "kollege", "kollegin", "assistent", "assistentin", "anwalt", "mann", "frau", "guy", "guest"),
        *("jefe", "jefa", "colega", "patron", "patronne", "collègue", "capo", "collega", "chefe", "baas"),
        *("leidinggevende", "person", "bruder", "schwester", "brother", "sister", "mentor", "secretary", "amigo"),
    )
)  # fmt: skip
_SEVERAL = frozenset(
    (
        *("colleagues", "interns", "clients", "customers", "friends", "teammates", "coworkers", "people", "folks", "guys"),
        *("others", "guests", "partners", "kollegen", "kolleginnen", "leute", "leuten", "gäste", "gästen", "andere"),
        *("anderen", "colegas", "personas", "invitados", "amigos", "collègues", "personnes", "invités", "amis"),
        *("colleghi", "persone", "collega's"),
    )
)  # fmt: skip
_TEAMS = frozenset(("team", "equipo", "équipe", "squadra", "equipe", "crew"))
_MINE = frozenset(("my", "our", "mein", "meine", "meinem", "meinen", "meiner", "mi", "mis", "mon", "ma", "mes"))
_COUNTS = frozenset(
    (
        *("a", "an", "one", "two", "three", "four", "some", "few", "couple", "other", "another", "more", "of", "the", "rest"),
        *("all", "both", "ein", "eine", "einem", "einen", "einer", "zwei", "drei", "vier", "paar", "weitere", "weiteren"),
        *("andere", "anderen", "von", "noch", "un", "una", "dos", "tres", "otro", "otra", "otros", "otras", "algunos"),
        *("unos", "de", "deux", "trois", "autre", "autres", "quelques", "des", "due", "tre", "altri", "twee", "drie"),
    )
)  # fmt: skip
_AND_SO_ON = frozenset(("co", "company", "konsorten", "cía"))
_MOST = 5
"""Words between what joins and what they are."""
_TELLING = trigger(
    lambda word: word in _ROLES or word in _SEVERAL or word in _TEAMS or word in _AND_SO_ON or word == "+"
)


def may_be_unnamed(utterance: Utterance) -> bool:
    """Whether a word stands in the text by which somebody can be meant without a name."""
    return bool(utterance.triggers & _TELLING)


def unnamed_guest(utterance: Utterance, people: Collection[int]) -> Span | None:
    """Where somebody is said to come without a name, behind one of those who stand at these letters."""
    words, starts = utterance.words, utterance.starts
    for at in utterance.where(_TELLING):
        if not any(start < starts[at] for start in people):
            continue
        if words[at] == "+":
            if is_one_more(utterance, at):
                return span_of(utterance, at, at + 2)
            continue
        first = _joined_from(words, at)
        behind = at + 1 + (words[at + 1 : at + 2] == ("(",))
        is_named = behind < len(words) and (behind in utterance.atoms or starts[behind] in people)
        if first and not is_named:
            return span_of(utterance, first, at + 1)
    return None


def is_one_more(utterance: Utterance, index: int) -> bool:
    """«kim@acme.io +1», not «UTC+1» and not «+1 hour»."""
    words = utterance.words
    is_figure = words[index + 1 : index + 2] != () and words[index + 1].isdecimal() and len(words[index + 1]) == 1
    is_glued = is_figure and utterance.is_glued(index + 1) and not utterance.is_glued(index)
    behind = words[index + 2 : index + 3]
    return is_glued and index > 0 and index - 1 in utterance.atoms and behind not in _UNITS


_UNITS = tuple(
    (word,) for word in ("h", "hour", "hours", "min", "minutes", "day", "days", "week", "weeks", "-", "/", ".")
)


def _joined_from(words: tuple[str, ...], at: int) -> int:
    """The token where «her boss», «two of her colleagues» begins, behind an «and»; 0 when nobody more is meant."""
    first, is_whose = at, False
    while (
        first > 1
        and at - first < _MOST
        and (words[first - 1] in _COUNTS | _WHOSE | _MINE or words[first - 1].isdecimal())
    ):
        first -= 1
        is_whose = is_whose or words[first] in _WHOSE
    if words[first - 1] not in _JOINING:
        return 0
    if words[at] in _AND_SO_ON:
        return first if first == at else 0
    if words[at] in _TEAMS:
        return first if is_whose else 0
    return first if first < at or words[at] in _SEVERAL else 0
