"""The verbs that say an act: book, hold, cancel, move; by the word classes in English, by the phrases elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from bot.language.cues.account.fates import is_filler
from bot.language.entities.words import entity_words
from bot.language.locales.phrases import languages
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance

LINKS = frozenset(
    (
        *(
            "and",
            "then",
            "also",
            "so",
            ",",
            ";",
            ".",
            "&",
            "+",
            "plus",
            "n",
            "but",
            "afterwards",
            "und",
            "dann",
            "danach",
        ),
        *("deshalb", "daher", "y", "luego", "después", "entonces", "así", "et", "puis", "ensuite", "donc", "e", "ed"),
        *("poi", "quindi", "depois", "então", "dus"),
    )
)
"""Behind these a clause of its own may open."""
_MORE_LINKS = {"nl": frozenset(("en",))}
"""Words that lead on in one language and are something else in another."""
MODALS = frozenset(
    (
        *("kannst", "könntest", "können", "könnten", "könnt", "kun", "kan", "kunt", "zou", "je", "u"),
        *("puedes", "podrías", "puede", "podría", "podés", "puoi", "potresti", "può", "potrebbe"),
        *("peux", "pourrais", "pouvez", "pourriez", "tu", "vous", "pode", "podes", "podia", "poderia", "você"),
    )
)
"""«can you»: words in front of the verb that opens a clause."""
ORS = frozenset(("or", "oder", "o", "ou", "oppure"))
COUNTING = frozenset(("first", "firstly", "second", "secondly", "third", "finally", "lastly"))
"""«first cancel lena, second move kim»: what may stand in front of an act."""
BESIDE_LINKS = frozenset(("instead", "rather", "stattdessen", "lieber", "better"))
"""«cancel lena and instead book kim»: likewise."""
_MOST = 80
ActAt = Callable[[tuple[str, ...], int, str], tuple[Intent, int] | None]
"""Which act stands at a word."""

_ACTS = (
    ("cancelv", Intent.CANCEL),
    ("movev", Intent.RESCHEDULE),
    ("holdv", Intent.HOLD),
    ("bookv", Intent.BOOK),
    ("addv", Intent.BOOK),
)
_BY_PHRASE = (Intent.CANCEL, Intent.RESCHEDULE, Intent.HOLD, Intent.BOOK)


def act_at(words: tuple[str, ...], index: int, language: str) -> tuple[Intent, int] | None:
    """The act whose verb stands here, and the word behind it."""
    if language != "en":
        act = _verbs(language).get(words[index])
        return (act, index + 1) if act is not None else None
    known = vocabulary()
    for rest, piece in known.phrases.get(words[index], ()):
        end = index + 1 + len(rest)
        if words[index + 1 : end] == rest and (named := _named(piece.classes)) is not None:
            return named, end
    named = _named(known.classes.get(words[index], ()))
    return (named, index + 1) if named is not None else None


def clause_acts(utterance: Utterance, quiet: Collection[int], at: ActAt = act_at) -> list[tuple[Intent, int, int]]:
    """The verbs that open a clause: the act, where it begins and where what follows does."""
    links = links_of(utterance.language)
    links = links if at is act_at else links | ORS
    words, language = utterance.words[:_MOST], utterance.language
    found: list[tuple[Intent, int, int]] = []
    opens, asked = True, _NOWHERE
    for index, word in enumerate(words):
        if word in links:
            opens = True
        elif opens and word in MODALS:
            asked = index if asked == _NOWHERE else asked
        elif opens and index not in quiet and word not in COUNTING and (word not in BESIDE_LINKS or not index):
            act = at(words, index, language)
            if act is not None:
                found.append((act[0], index, act[1]))
            if act is not None or (not is_filler(word, language) and word[:1].isalnum()):
                opens = False
        if not opens and asked != _NOWHERE:  # «kun je ana annuleren»: the verb is the last word of what is asked
            act = at(words, index, language)
            if act is not None and language in _VERB_LAST and (not found or found[-1][1] < asked):
                found.append((act[0], asked, asked + 1))
            asked = _NOWHERE if act is not None else asked
    return found


_NOWHERE = -1
_VERB_LAST = frozenset(("de", "nl"))


@cache
def links_of(language: str) -> frozenset[str]:
    """The words behind which a clause of its own may open in a language."""
    return LINKS | _MORE_LINKS.get(language, frozenset())


_FURTHER = {
    "en": {
        **dict.fromkeys(("rename", "retitle"), Intent.CHANGE_TITLE),
        **dict.fromkeys(("extend", "lengthen", "shorten", "prolong"), Intent.CHANGE_LENGTH),
        **dict.fromkeys(("add", "invite", "include"), Intent.ADD_GUESTS),
        **dict.fromkeys(("find", "suggest", "propose"), Intent.FIND_SLOTS),
        "remind": Intent.REMIND,
        "confirm": Intent.APPROVE,
    },
    "de": {
        "verlängere": Intent.CHANGE_LENGTH,
        "verkürze": Intent.CHANGE_LENGTH,
        "erinnere": Intent.REMIND,
        "bestätige": Intent.APPROVE,
    },
    "fr": {
        "renomme": Intent.CHANGE_TITLE,
        "prolonge": Intent.CHANGE_LENGTH,
        "raccourcis": Intent.CHANGE_LENGTH,
        "confirme": Intent.APPROVE,
    },
    "es": {
        "renombra": Intent.CHANGE_TITLE,
        "alarga": Intent.CHANGE_LENGTH,
        "acorta": Intent.CHANGE_LENGTH,
        "confirma": Intent.APPROVE,
    },
    "it": {
        "rinomina": Intent.CHANGE_TITLE,
        "allunga": Intent.CHANGE_LENGTH,
        "accorcia": Intent.CHANGE_LENGTH,
        "conferma": Intent.APPROVE,
    },
    "pt": {
        "renomeia": Intent.CHANGE_TITLE,
        "alonga": Intent.CHANGE_LENGTH,
        "encurta": Intent.CHANGE_LENGTH,
        "confirma": Intent.APPROVE,
    },
    "nl": {
        "hernoem": Intent.CHANGE_TITLE,
        "verleng": Intent.CHANGE_LENGTH,
        "verkort": Intent.CHANGE_LENGTH,
        "bevestig": Intent.APPROVE,
    },
}
"""Verbs of acts on a meeting that stands, beside booking, holding, moving and cancelling."""
_NO_GUESTS = frozenset(("a", "an", "the", "note", "it", "my", "that", "this", "some", "another", "more", "extra"))
_UNITS = frozenset(("hour", "hours", "hr", "hrs", "h", "min", "mins", "minutes", "minute", "m"))
_TO_UNIT = 3


def further_at(words: tuple[str, ...], index: int, language: str) -> tuple[Intent, int] | None:
    """Another act on a meeting that stands: rename, extend, invite, «make it an hour», remind."""
    word, behind = words[index], words[index + 1 : index + 2]
    act = _FURTHER.get(language, {}).get(word)
    if language != "en":
        return (act, index + 1) if act is not None else None
    if word == "make" and behind == ("it",) and not _UNITS.isdisjoint(words[index + 2 : index + 2 + _TO_UNIT]):
        return Intent.CHANGE_LENGTH, index + 2
    if word in {"put", "place"} and words[index + 1 : index + 3] == ("a", "hold"):
        return Intent.HOLD, index + 3
    if act is Intent.FIND_SLOTS and behind == ("out",):
        return None
    if act is Intent.REMIND and behind not in (("me",), ("us",)):
        return None
    if act is Intent.ADD_GUESTS and (not behind or behind[0] in _NO_GUESTS):
        return None
    return (act, index + 1) if act is not None else None


def kind_at(words: tuple[str, ...], index: int, language: str) -> tuple[Intent, int] | None:
    """Any act that a verb says of a meeting."""
    return further_at(words, index, language) or act_at(words, index, language)


def _named(classes: tuple[str, ...]) -> Intent | None:
    return next((act for name, act in _ACTS if name in classes), None)


@cache
def _verbs(language: str) -> Mapping[str, Intent]:
    """The single words that say an act in a language."""
    phrases = next((one for one in languages() if one.language == language), None)
    if phrases is None or not phrases.has_borders:
        return {}
    return {
        pieces[0][0]: intent
        for intent, choices in phrases.intents
        if intent in _BY_PHRASE
        for pieces in choices
        if len(pieces[0]) == 1
    }


def says_book(utterance: Utterance) -> bool:
    """Whether a verb says that something new is to be planned; «find», «add» and the like may be said of what stands."""
    words, known = utterance.words, vocabulary().classes
    if utterance.language == "en":
        return any("bookv" in known.get(word, ()) for word in words)
    return any((act := act_at(words, at, utterance.language)) and act[0] is Intent.BOOK for at in range(len(words)))


def kept_heads(utterance: Utterance) -> list[int]:
    """Where «keep» begins a clause of its own: «…, but keep lena»."""
    words, keep = utterance.words, entity_words().keep
    return [at for at in range(2, len(words)) if words[at] in keep and words[at - 1] in _BESIDE_KEPT]


_BESIDE_KEPT = frozenset(
    (
        *(
            "and",
            "then",
            "also",
            "so",
            ",",
            ";",
            ".",
            "&",
            "plus",
            "but",
            "just",
            "please",
            "und",
            "dann",
            "aber",
            "bitte",
        ),
        *("y", "luego", "pero", "et", "puis", "mais", "e", "ed", "poi", "ma", "però", "mas", "en", "maar", "dan"),
    )
)


def behind_why(found: IntentRead, utterance: Utterance) -> IntentRead:
    """«my flight got moved, cancel thursday»: the verb that opens the last clause is what is to be done."""
    if found.intent not in _OF_MEETINGS or _BREAKS.isdisjoint(utterance.words):
        return found
    if found.intent is Intent.RESCHEDULE and utterance.language == "en" and _only_cancels(utterance):
        return found._replace(intent=Intent.CANCEL, trace=(*found.trace, "intent cancel: the only verb"))
    acts = clause_acts(utterance, ())
    is_other = len(acts) == 1 and acts[0][0] in _OF_MEETINGS and acts[0][0] is not found.intent
    if not is_other or not any(word in _BREAKS for word in utterance.words[max(acts[0][1] - 2, 0) : acts[0][1]]):
        return found
    return found._replace(intent=acts[0][0], trace=(*found.trace, f"intent {acts[0][0].value}: behind why"))


def _only_cancels(utterance: Utterance) -> bool:
    """«i need to cancel all of my calls this week, not wednesday»: no verb of the text moves anything."""
    cancels = False
    for at in range(len(utterance.words)):
        act = act_at(utterance.words, at, "en")
        if act is not None and act[0] is not Intent.CANCEL:
            return False
        cancels = cancels or act is not None
    return cancels


_BREAKS = frozenset((",", ";", ".", "so", "!"))
_OF_MEETINGS = frozenset((Intent.CANCEL, Intent.RESCHEDULE))


def acts_in_front(utterance: Utterance, place: int) -> bool:
    """Whether a verb of cancelling or moving stands in front of that letter."""
    front = range(bisect_left(utterance.starts, place))
    acts = (act_at(utterance.words, at, utterance.language) for at in front)
    return any(act is not None and act[0] in _OF_MEETINGS for act in acts)


def without_dropped(signs: tuple[Sign, ...], utterance: Utterance) -> tuple[Sign, ...]:
    """The signs without «drop it» where nothing stands in front that it would take back: «lena cancelled, can you drop it»."""
    place = next((sign.span.start for sign in signs if sign.cue is Cue.DROPPED), 0)
    words, at = utterance.words, bisect_left(utterance.starts, place)
    acts = [act_at(words, index, utterance.language) for index in range(at + 1)] if place else []
    is_act = bool(acts) and acts[-1] is not None and acts[-1][0] is Intent.CANCEL
    if not is_act or any(act is not None for act in acts[:-1]):
        return signs
    return tuple(sign for sign in signs if sign.span.start != place or sign.cue not in _OF_DROPPED)


_OF_DROPPED = frozenset((Cue.DROPPED, Cue.WITHOUT))
