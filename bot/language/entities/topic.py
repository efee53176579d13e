"""What a meeting is about or called, and why something is cancelled, moved or refused."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.language.addresses import is_address
from bot.language.entities.aside_words import Beside, aside_words
from bot.language.entities.people.lists import name_lists
from bot.language.entities.tokens import STOPS, phrase_at, run_until, span_of, written
from bot.language.entities.words import entity_words
from bot.language.meaning import Span
from bot.language.sketch import vocabulary
from bot.language.triggers import trigger
from bot.language.wordfiles import word_tables
from bot.values import NamedTuple, pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.language.entities.aside_words import Aside
    from bot.language.entities.words import EntityWords
    from bot.language.normalise import Utterance

_QUOTED = pattern(r"[\"«“„]([^\"«»“”„]{2,80})[\"»”“]|(?<!\w)'([^']{2,80})'(?!\w)")
_WITH = frozenset(("with", "w/", "mit", "con", "avec", "com", "met"))
_ARTICLES = frozenset(
    (
        *("a", "an", "the", "my", "our", "this", "that", "some", "to", "in", "up", "out", "off", "down"),
        *("all", "of", "rest", "most", "whole", "entire", "me", "us"),
    )
)  # fmt: skip
_SUBJECTS = frozenset(
    ("he", "she", "they", "i", "we", "he's", "she's", "they're", "i'm", "we're", "hes", "shes", "theyre", "im")
)
_BREAKS = frozenset((",", ";", ".", "-", "–", "—", "(", "!", ":"))
_STATES = frozenset(
    ("is", "are", "was", "has", "have", "got", "isn't", "isnt", "can't", "cant", "cannot", "caught", "fell", "feels")
)
_REFUSALS = frozenset(
    ("cancel", "decline", "reject", "refuse", "delete", "move", "reschedule", "drop", "postpone", "turn")
)


_NAMING = trigger(lambda word: word in entity_words().naming)
_REASONING = trigger(lambda word: word in entity_words().reasoning)
_STATE = trigger(lambda word: word in entity_words().signs)
_PLANS = frozenset(("addv", "bookv", "holdv"))
_PLANNING = trigger(lambda word: not _PLANS.isdisjoint(vocabulary().classes.get(word, ())))
_OF_A_KIND = trigger(lambda word: _names_kind(vocabulary().classes.get(word, ())))


class Said(NamedTuple):
    """A piece of text and where it stood."""

    text: str
    span: Span


def quoted_in(utterance: Utterance, event_types: Collection[str] = ()) -> tuple[Said, ...]:
    """What stands between quotation marks and is a title: no address, no event type of the account, nobody's name."""
    text = utterance.text
    if '"' not in text and "'" not in text and "«" not in text:
        return ()
    types = {title.casefold() for title in event_types}
    return tuple(
        Said(found.strip(), Span(match.start(), match.end()))
        for match in _QUOTED.finditer(text)
        if (found := match[1] or match[2]).strip()
        and found.strip().casefold() not in types
        and not is_address(found)
        and not _is_time(found)
        and not _is_name(text[: match.start()], found)
        and not _labels(text, match.end(), found)
        and not _is_speech(text[: match.start()])
    )


def _is_speech(before: str) -> bool:
    """«omar said "can we move to friday?"», «lena: "3 is better"»: somebody's words, and no title."""
    front = before.rstrip(" :,").lower().rpartition(" ")
    speaker = _SPEAKER.fullmatch(before)
    return front[2] in _reporting() or (speaker is not None and name_lists().is_first(speaker[1].lower()))


_SPEAKER = pattern(r"\s*([^\W\d_]{2,20})(?: [^\W\d_]{2,20})?:\s*")


@cache
def _reporting() -> frozenset[str]:
    """Verbs that somebody's words stand behind, in every language."""
    return frozenset(word for table in word_tables("told").values() for word in table.get("reports", "").split())


def _is_time(quoted: str) -> bool:
    """«'3pm'», «"friday"»: figures and days set in quotation marks."""
    words = re.findall(r"[^\W\d_]+|\d+", quoted.lower())
    marks = vocabulary().marks
    return any(word.isdecimal() for word in words) and all(
        word.isdecimal() or word in marks or word in _HALVES for word in words
    )


_HALVES = frozenset(("am", "pm", "h", "uhr", "noon", "at", "o", "clock"))
_MOST_OF_NAME = 3


def _labels(text: str, end: int, quoted: str) -> bool:
    """«"Ort, Ana" <ana@acme.io>», «"ana ort" ana@acme.io»: the name of whose address it is."""
    address = _ADDRESS.match(text, end)
    if address is None:
        return False
    words = re.findall(r"[^\W\d_]{2,}", quoted.lower())
    return bool(address[1]) or any(word in address[2].lower() for word in words)


_ADDRESS = pattern(r"\s?([<(]?)\s?([^\s<>()@]{1,64})@")


def _is_name(before: str, quoted: str) -> bool:
    """«with "Ines Vidal"»: one or more words with capitals, behind «with»."""
    words = quoted.split()
    leading = before.split()[-1:]
    is_led = bool(leading) and leading[0].lower() in _WITH
    return is_led and len(words) <= _MOST_OF_NAME and all(_is_part_of_name(word) for word in words)


def _is_part_of_name(word: str) -> bool:
    known, lowered = vocabulary(), word.lower()
    return word.isalpha() and word[0].isupper() and lowered not in known.classes and lowered not in known.marks


_SUBJECTS_BESIDE = (Beside.TITLE, Beside.TOPIC, Beside.PURPOSE)


def topic_beside(utterance: Utterance, asides: Sequence[Aside]) -> Said | None:
    """What it is about, as told beside the wish: a title before a topic before a purpose."""
    for kind in _SUBJECTS_BESIDE:
        for aside in asides:
            if aside.kind is kind:
                text = written(utterance, aside.start, aside.end).strip("\"'«»“”„ ")
                return Said(text, span_of(utterance, _head_of(utterance, aside.start), aside.end))
    return None


_IS = frozenset(
    ("is", "ist", "es", "est", "è", "é", "the", "a", "an", "our", "my", "das", "der", "die", "el", "la", "le")
)


def _head_of(utterance: Utterance, start: int) -> int:
    """Where the word stands that says that a topic follows: it is read with it."""
    heads, at = aside_words().heads, start
    while at and (not utterance.words[at - 1][:1].isalnum() or utterance.words[at - 1] in _IS):
        at -= 1
    return at - 1 if at and utterance.words[at - 1] in heads else start


def read_topic(utterance: Utterance, barred: Collection[int], quoted: tuple[Said, ...]) -> Said | None:
    """What it is about or called: a quotation, «called …», «about …», or the unknown words behind «add»."""
    if quoted:
        return quoted[0]
    lists = entity_words()
    words = utterance.words
    if utterance.triggers & _NAMING:
        for index, word in enumerate(words):
            if word in lists.naming and (found := _behind(utterance, index, barred, lists)):
                return found
    return _added(utterance, barred, lists) if utterance.triggers & _PLANNING else None


def _behind(utterance: Utterance, index: int, barred: Collection[int], lists: EntityWords) -> Said | None:
    words = utterance.words
    start = index + 1
    is_name = words[index] in ("name", "title")
    if words[index] == "about" and index and words[index - 1] in ("how", "what", "think", "forget"):
        return None
    if is_name and not (start < len(words) and words[start] in (":", "it", "as", "is")):
        return None
    while start < len(words) and words[start] in (":", "it", "as", "is", "the", "our", "my", "a", "an"):
        start += 1
    end = run_until(utterance, start, barred, lists.topic_end)
    if end <= start or not words[start][:1].isalnum():
        return None
    return Said(written(utterance, start, end), Span(utterance.starts[index], utterance.ends[end - 1]))


def _added(utterance: Utterance, barred: Collection[int], lists: EntityWords) -> Said | None:
    """«add Zorbing to my calendar»: the words between the verb and the next preposition, if one is nobody's."""
    words, known = utterance.words, vocabulary().classes
    for index, word in enumerate(words[:8]):
        names = known.get(word, ())
        if _PLANS.isdisjoint(names):
            continue
        start = index + 1
        while start < len(words) and (
            words[start] in _ARTICLES or words[start] == ":" or words[start] in lists.generic
        ):
            if start in barred:
                return None
            start += 1
        end = run_until(utterance, start, barred, _AFTER_NOUN)
        if end <= start or not words[start][:1].isalnum() or words[start] in _NOT_NOUNS:
            return None
        if all(item in lists.generic or item in known for item in words[start:end]):
            return None
        return Said(written(utterance, start, end), span_of(utterance, start, end))
    return None


_AFTER_NOUN = frozenset(
    (
        "with",
        "w",
        "on",
        "to",
        "in",
        "at",
        "for",
        "from",
        "by",
        "into",
        "via",
        "over",
        "about",
        "because",
        "please",
        "and",
        "that",
        "every",
    )
)
_NOT_NOUNS = frozenset(
    (
        "nothing",
        "with",
        "for",
        "on",
        "at",
        "and",
        "or",
        "between",
        "what",
        "when",
        "if",
        "from",
        "in",
        "to",
        "about",
        "is",
        "outside",
        "sure",
        "certain",
    )
)


def read_kind(utterance: Utterance, barred: Collection[int]) -> Said | None:
    """The words that name a kind of meeting, as written: «dentist appointment», «intro», «coffee»."""
    if not utterance.triggers & _OF_A_KIND:
        return None
    words, plain = utterance.words, entity_words().generic
    best: tuple[int, int] | None = None
    of_a_kind = [index for index in utterance.where(_OF_A_KIND) if index not in barred]
    end = -1
    for index in of_a_kind:
        if index < end:
            continue
        end = index + 1
        while end in of_a_kind:
            end += 1
        if any(word not in plain for word in words[index:end]):
            return Said(written(utterance, index, end), span_of(utterance, index, end))
        best = best or (index, end)
    return (
        Said(written(utterance, *best), span_of(utterance, *best))
        if best and words[best[0]] in ("call", "chat")
        else None
    )


_VERBS = frozenset(("cancelv", "showv", "movev"))


def _names_kind(names: tuple[str, ...]) -> bool:
    return ("meet" in names or "occ" in names) and _VERBS.isdisjoint(names)


def read_reason(utterance: Utterance) -> Said | None:
    """Why: behind «because», a clause like «he's sick», or what follows a colon in a refusal."""
    if not utterance.triggers & _REASONING:
        return None
    lists = entity_words()
    words = utterance.words
    size = len(words)
    has_state = utterance.triggers & _STATE
    for index in range(size) if has_state else utterance.where(_REASONING):
        word = words[index]
        is_why = word in lists.because or (word == "due" and index + 1 < size and words[index + 1] == "to")
        if is_why or (utterance.language != "en" and _says_why(words, index, lists)):
            found = _clause(utterance, index, lists)
            if found:
                return found
        for phrase in lists.reasons.get(word, ()):
            if phrase_at(words, index, phrase):
                return Said(
                    written(utterance, index, index + len(phrase)), span_of(utterance, index, index + len(phrase))
                )
        if has_state and _says_state(words, index, lists):
            end = run_until(utterance, index, (), _CLAUSE_END)
            return Said(written(utterance, index, end), span_of(utterance, index, end))
        if (
            word == ":"
            and 0 < index < size - 1
            and not _REFUSALS.isdisjoint(words[:index])
            and not _in_clock(words, index)
        ):
            return Said(written(utterance, index + 1, size), span_of(utterance, index, size))
        if word == "reason" and index + 1 < size:
            start = index + 1 + (words[index + 1] in (":", "is"))
            if start < size:
                return Said(written(utterance, start, size), span_of(utterance, index, size))
    return None


def _says_why(words: Sequence[str], index: int, lists: EntityWords) -> bool:
    """«…, weil ich krank bin», «… perché sono malato»; not «perché?», which asks."""
    is_marked = index > 0 and words[index - 1] in _BREAKS and f",{words[index]}" in lists.because_abroad
    return (words[index] in lists.because_abroad or is_marked) and (index > 0 or "?" not in words)


def begins_with_why(utterance: Utterance) -> bool:
    """«weil ich krank bin»: a clause that only gives a reason."""
    return bool(utterance.words) and utterance.words[0] in entity_words().because_abroad


def _in_clock(words: Sequence[str], index: int) -> bool:
    """«to 13:30»: between two figures a colon is part of a clock."""
    return words[index - 1].isdecimal() and words[index + 1].isdecimal()


def _says_state(words: Sequence[str], index: int, lists: EntityWords) -> bool:
    """«he's sick» anywhere; behind a comma or dash somebody else too: «…, ravi is down with flu»."""
    if words[index] in _SUBJECTS:
        return any(item in lists.signs for item in words[index + 1 : index + 4])
    if index == 0 or words[index - 1] not in _BREAKS:
        return False
    if words[index].endswith("'s"):
        return any(item in lists.signs for item in words[index + 1 : index + 4])
    verb = next((at for at in range(index + 1, min(index + 4, len(words))) if words[at] in _STATES), None)
    return verb is not None and any(item in lists.signs for item in words[verb + 1 : verb + 5])


_CLAUSE_END = frozenset(("so", "then", "please", "can", "could", "and", "but"))


_ANDS = frozenset(("und", "et", "y", "e", "ed", "en"))
_NOT = frozenset(("nicht", "kein", "keine", "keinen", "ne", "n'ai", "no", "non", "não", "nao", "niet", "geen"))


def _clause(utterance: Utterance, index: int, lists: EntityWords) -> Said | None:
    words = utterance.words
    start = index + 1
    if words[index] == "due":
        start += 1
    if start < len(words) and words[start] in {"of", "que"}:
        start += 1
    if words[index] in ("since", "as", "cause") and not (start < len(words) and words[start] in _SUBJECTS):
        return None
    end, is_abroad = start, utterance.language != "en"
    while end < len(words) and (words[end] not in STOPS or words[end] in (",", ":")) and end - start < 30:
        if is_abroad and words[end] in _ANDS and words[end + 1 : end + 2] and words[end + 1] not in _NOT:
            break  # «…, weil ich krank bin, und buche kim …»
        end += 1
    end -= end > start and words[end - 1] == ","
    if end <= start or lists is None:
        return None
    return Said(written(utterance, start, end), span_of(utterance, index, end))
