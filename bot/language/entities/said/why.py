"""Why a meeting is cancelled or moved, told with another name: «cancel lena, i'm meeting omar then», «…, omar needs the slot».

Who is named there is no part of what is cancelled or moved. Only where somebody else is named in front, whose meeting it is;
«cancel everything, omar stays» and «cancel lena, omar too» say something of Omar's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.entities.aside_words import Aside, Beside, aside_words
from bot.language.entities.people.lists import name_lists
from bot.language.entities.runs import is_time
from bot.language.locales.phrases import first_words
from bot.language.meaning import Intent
from bot.language.sketch import vocabulary
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_ENDS = frozenset((".", ";", "!", "?", ",", "(", ")", "\n"))
_LINKS = frozenset(
    ("and", "but", "und", "aber", "y", "pero", "et", "mais", "e", "ma", "mas", "en", "maar", "-", "–", "—")
)
_LONGEST = 14
_NEAR = 4
"""Words between somebody and what they do: «omar's call usually runs over»."""


def _is_changing(word: str) -> bool:
    return word in _changing_words()


_CHANGING = trigger(_is_changing)


def why_behind(utterance: Utterance, index: int) -> Aside | None:
    """The clause that begins behind the mark or word at `index`, where it tells why and names somebody else."""
    if not utterance.triggers & _CHANGING:
        return None
    words, start = utterance.words, index + 1
    while start < len(words) and words[start] in _LINKS:
        start += 1
    end = _clause_end(utterance, start)
    if words[start : start + 1] != () and words[start] in _act_words():
        return _why_in_front(utterance, index, start)
    others = [at for at in range(start, end) if _is_name(utterance, at)]
    if not others or not _changes_somebody(utterance, range(index), others):
        return None
    is_said = words[index] in aside_words().because
    is_why = (is_said or _tells_why(utterance, start, end)) and _is_plain(words[start:end])
    return Aside(Beside.REASON if is_said else Beside.REMARK, start, end) if is_why else None


def _why_in_front(utterance: Utterance, index: int, act: int) -> Aside | None:
    """«i'm meeting omar, so cancel lena», «because of omar, cancel lena»."""
    words, end = utterance.words, _clause_end(utterance, act)
    others = [at for at in range(index) if _is_name(utterance, at)]
    if not others or not _changes_somebody(utterance, range(act, end), others) or not _is_plain(words[:index]):
        return None
    is_why = words[0] in aside_words().because or _tells_why(utterance, 0, index)
    return Aside(Beside.REMARK, 0, index) if is_why else None


def _is_plain(said: tuple[str, ...]) -> bool:
    return len(said) <= _LONGEST and aside_words().no_why.isdisjoint(said) and _act_words().isdisjoint(said)


def _tells_why(utterance: Utterance, start: int, end: int) -> bool:
    words = utterance.words
    name = next(at for at in range(start, end) if _is_name(utterance, at))
    return _is_own(words, start) or _is_theirs(utterance, start, name) or _clashes(words, start)


def made_for(utterance: Utterance, index: int) -> Aside | None:
    """«cancel lena to make room for omar», «… so i can meet omar», «… for omar», «… due to omar»: for whom or what."""
    if not utterance.triggers & _CHANGING:
        return None
    words, lists = utterance.words, aside_words()
    end = _clause_end(utterance, index + 1)
    others = [at for at in range(index + 1, end) if _is_name(utterance, at)]
    if not others or not _changes_somebody(utterance, range(index), others) or not _is_plain(words[index + 1 : end]):
        return None
    match words[index]:
        case "to":
            is_why = words[index + 1] in lists.makes or words[index - 1] in _DUE
        case "of":
            is_why = words[index - 1] in _SAKES
        case "for":
            is_why = others[0] == index + 1 and words[index - 1] not in _LINKS
        case _:
            is_why = not lists.able.isdisjoint(words[index + 1 : index + 1 + _NEAR])
    return Aside(Beside.REMARK, index + 1, end) if is_why else None


_DUE = frozenset(("due", "thanks", "owing"))
_SAKES = frozenset(("favor", "favour", "account", "sake", "because"))


def _clause_end(utterance: Utterance, start: int) -> int:
    """The next mark, or the next «and» behind which a verb of another act stands."""
    words, verbs = utterance.words, _act_words()
    for at in range(start, len(words)):
        is_glued = at + 1 < len(words) and utterance.is_glued(at + 1)
        if words[at] in _ENDS and not is_glued:
            return at
        if words[at] in _LINKS and words[at + 1 : at + 2] != () and words[at + 1] in verbs:
            return at
    return len(words)


def _is_name(utterance: Utterance, at: int) -> bool:
    atom = utterance.atoms.get(at)
    return atom[0] in PEOPLE if atom is not None else name_lists().is_first(utterance.words[at].removesuffix("'s"))


def _changes_somebody(utterance: Utterance, where: range, others: list[int]) -> bool:
    """Whether a verb of cancelling or moving stands there with somebody, or a clock, and none of these people."""
    words = utterance.words
    act = next((at for at in where if words[at] in _changing_words()), -1)
    behind = range(act + 1, where.stop) if act >= 0 else range(0)
    named = {words[at].removesuffix("'s") for at in behind if _is_name(utterance, at)}
    is_timed = not where.start and any(words[at].isdecimal() for at in behind)
    is_all = not aside_words().all_of.isdisjoint(words[where.start : where.stop])
    return (bool(named) or is_timed) and not is_all and named.isdisjoint(words[at].removesuffix("'s") for at in others)


def _is_own(words: tuple[str, ...], start: int) -> bool:
    """«i'm meeting …», «i have … with …», «ich habe …»; not «i can …» and not «i need …», which wish something."""
    lists, word = aside_words(), words[start]
    behind = words[start + 1 : start + 3]
    if word in lists.i_am:
        return not behind or behind[0] not in lists.not_being
    return word in lists.i_do and not lists.having.isdisjoint(behind) and behind[-1:] != ("to",)


def _is_theirs(utterance: Utterance, start: int, name: int) -> bool:
    """«omar needs the slot», «omar's call ran over»; not «omar needs 3pm», which may be when it is to be."""
    words, lists = utterance.words, aside_words()
    if name > start + 1:
        return False
    last = name + 1 + (_NEAR if words[name].endswith("'s") else 2)
    verb = next((at for at in range(name + 1, min(last, len(words))) if words[at] in lists.theirs), -1)
    return verb > 0 and not is_time(utterance, verb + 1) and words[verb + 1 : verb + 2] not in (("at",), ("on",))


def _clashes(words: tuple[str, ...], start: int) -> bool:
    """«it clashes with omar», «conflict with omar»."""
    return not aside_words().clashes.isdisjoint(words[start : start + _NEAR])


@cache
def _changing_words() -> frozenset[str]:
    """Single words that cancel or move, in any language with word borders."""
    named = {word for word, names in vocabulary().classes.items() if not {"cancelv", "movev"}.isdisjoint(names)}
    return frozenset(named) | first_words(Intent.CANCEL, Intent.RESCHEDULE)


@cache
def _act_words() -> frozenset[str]:
    """The same, and those that book and hold."""
    named = {word for word, names in vocabulary().classes.items() if not {"bookv", "holdv"}.isdisjoint(names)}
    return frozenset(named) | _changing_words() | first_words(Intent.BOOK, Intent.HOLD)
