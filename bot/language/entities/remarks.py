"""What is told of somebody's day, or of the meeting itself: «…, he lands at 1pm», «P.S. i'm off on friday», «it's about …»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Aside, Beside, Sway, aside_words
from bot.language.entities.runs import ARTICLES, is_compound, is_thing_of_clock, is_time, line_end, run_of
from bot.language.entities.said.why import why_behind
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

LINKS = frozenset((":", "*", "_", "is", "-", "=", "the", "our", "my", "a", "an", "das", "die", "der", "el", "la", "le"))
"""What may stand between a word for a subject and the subject."""
_LEAST = 2
_WHOSE = frozenset(
    (
        *("he", "she", "they", "his", "her", "their", "our", "my", "the", "your", "er", "sie", "sein", "ihr"),
        *("él", "ella", "il", "elle", "su"),
    )
)


def remark(utterance: Utterance, index: int) -> Aside | None:
    """«…, he lands at 1pm»."""
    if (why := why_behind(utterance, index)) is not None:
        return why
    lists, words = aside_words(), utterance.words
    start = index + 1
    while start < len(words) and words[start] in {"and", "but", "as", "since", "und"}:
        start += 1
    verb = next(
        (
            at
            for at in range(start + 1, min(start + 5, len(words)))
            if words[at] in lists.remarks or words[at : at + 2] in lists.remark_pairs
        ),
        0,
    )
    if not verb or not (words[start] in _WHOSE or words[start].isalpha()):
        return (
            _echo(utterance, start)
            or _own_day(utterance, start)
            or _its_day(utterance, start)
            or _to_do(utterance, start)
        )
    end = run_of(utterance, start)
    if end <= verb or not lists.bars.isdisjoint(words[start:end]) or words[start] in _NO_SUBJECTS:
        return None
    return Aside(Beside.REMARK, start, end, Sway.IF_TIMED)


_NO_SUBJECTS = frozenset(("i", "we", "just", "only", "please", "pls", "leave", "keep", "let"))
"""«…, just leave omar»: an order, and nothing that somebody does."""


def _echo(utterance: Utterance, start: int) -> Aside | None:
    """«friday 10am UK, that's 11 here»: the same clock once more, on ours."""
    words, end = utterance.words, run_of(utterance, start)
    if words[start : start + 1] == () or words[start] not in _SAME or end - start > _LONGEST_ECHO:
        return None
    is_ours = words[end - 1] in _OURS or words[end - 2 : end] in _OUR_CLOCK
    return Aside(Beside.REMARK, start, end, Sway.IF_TIMED) if is_ours else None


_SAME = frozenset(("that's", "thats", "which's", "which", "das", "c'est", "ossia", "also"))
_OURS = frozenset(("here", "me", "us", "mine", "ours", "hier", "uns", "mir", "ici", "nous", "aquí"))
_OUR_CLOCK = (("my", "time"), ("our", "time"), ("local", "time"), ("berlin", "time"))
_LONGEST_ECHO = 8


def _its_day(utterance: Utterance, start: int) -> Aside | None:
    """«…, her deadline is friday noon»: a thing of somebody's, and its day."""
    words = utterance.words
    if words[start : start + 1] == () or words[start] not in _OWNERS:
        return None
    verb = next((at for at in range(start + 2, min(start + 4, len(words))) if words[at] in _HAPPENS), 0)
    is_clock = any("time" in word or word in {"clock", "tz", "zone"} for word in words[start + 1 : verb])
    if not verb or is_clock or {"meeting", "call", "appointment", "slot"} & set(words[start + 1 : verb]):
        return None
    end = run_of(utterance, start)
    is_barred = not aside_words().bars.isdisjoint(words[start:end])
    return None if is_barred or end <= verb + 1 else Aside(Beside.REMARK, start, end, Sway.IF_COMPLETE)


_OWNERS = frozenset(
    ("her", "his", "their", "our", "my", "the", "its", "ihre", "ihr", "sein", "seine", "unser", "unsere")
)
_HAPPENS = frozenset(
    ("is", "are", "was", "starts", "begins", "ends", "closes", "finishes", "opens", "expires", "due", "ist", "endet")
)


def _to_do(utterance: Utterance, start: int) -> Aside | None:
    """«…, we need to cover march and april», «… and we'll look at the weekly numbers»: what the meeting is for."""
    words, known = utterance.words, vocabulary().classes
    said = tuple(words[start : start + 2])
    length = 1 if said[:1] in _LEADS else 2 if said in _LEADS else 0
    at = start + length + (words[start + length : start + length + 1] == ("to",))
    if not length or at >= len(words) or not words[at].isalpha():
        return None
    is_act = not _ACTS.isdisjoint(known.get(words[at], ())) or words[at] in _NO_TASKS
    end = run_of(utterance, start, through_commas=True)
    is_barred = not aside_words().bars.isdisjoint(words[start:end])
    return None if is_act or is_barred or end - at < _LEAST else Aside(Beside.TOPIC, start, end, Sway.IF_COMPLETE)


_LEADS = frozenset(
    (
        *(
            (subject, verb)
            for subject in ("we", "i")
            for verb in ("need", "have", "want", "will", "should", "plan", "must")
        ),
        *((("we'll",), ("i'll",))),
    )
)
_NO_TASKS = frozenset(
    ("be", "have", "meet", "start", "finish", "end", "do", "it", "a", "an", "the", "that", "this", "at", "on", "about")
)
_ACTS = frozenset(("bookv", "holdv", "addv", "movev", "cancelv"))


_OTHERS = frozenset(("he", "she", "they", "er", "sie", "él", "ella", "il", "elle", "lui", "lei", "ele", "ela"))
_HAVE = frozenset(
    (
        *("has", "have", "hat", "haben", "tiene", "a", "ha", "tem", "gets", "starts", "finishes", "works", "goes"),
        *("part", "rentre", "parte", "sai", "sale", "vertrekt", "fährt", "geht", "torna", "vuelve", "volta"),
    )
)


def _own_day(utterance: Utterance, start: int) -> Aside | None:
    """«…, she has a train at 5:40», «…, he's back on monday»: what somebody else's day holds."""
    words = utterance.words
    if words[start : start + 1] == () or words[start + 1 : start + 2] == ():
        return None
    is_having = words[start] in _OTHERS and words[start + 1] in _HAVE and words[start + 2 : start + 3] != ("to",)
    behind = start + (1 if words[start] in _THEY_ARE else 2)
    is_state = words[start] in _THEY_ARE or (words[start] in _OTHERS and words[start + 1] in _ARE)
    is_state = is_state and not aside_words().states.isdisjoint(words[behind : behind + 2])
    if not is_having and not is_state:
        return None
    end = run_of(utterance, start)
    is_why = is_state and any("cancelv" in vocabulary().classes.get(word, ()) for word in words[:start])
    if not (aside_words().bars - (_UNTIL if is_why else frozenset())).isdisjoint(words[start:end]):
        return None
    return Aside(Beside.REASON if is_why else Beside.REMARK, start, end, Sway.ALWAYS if is_why else Sway.IF_COMPLETE)


_UNTIL = frozenset(("until", "till", "bis"))
_THEY_ARE = frozenset(("he's", "she's", "they're", "hes", "shes", "theyre"))
_ARE = frozenset(("is", "are", "will", "was", "ist", "sind", "kommt"))


def postscript(utterance: Utterance, index: int) -> Aside | None:
    """«P.S. i'm off on monday»: a remark of the writer's, behind the wish."""
    words, start = utterance.words, index
    if index < _LEAST or not _begins_line(utterance, index):
        return None
    while start < len(words) and words[start] in {"p", "s", "ps", ".", ":", ","}:
        start += 1
    is_remark = start - index > 1 and start < len(words) and words[start] in _TELLING
    end = line_end(utterance, start) if is_remark else index
    return Aside(Beside.REMARK, index, end) if end > index and aside_words().bars.isdisjoint(words[start:end]) else None


_TELLING = frozenset(
    ("i'm", "im", "i", "he", "she", "he's", "she's", "they", "they're", "we", "we're", "ich", "wir", "er", "sie")
)


def _begins_line(utterance: Utterance, index: int) -> bool:
    return "\n" in utterance.text[utterance.ends[index - 1] : utterance.starts[index]]


def is_itself(utterance: Utterance, index: int, start: int) -> bool:
    """«it's about …», «…, this is about …», «es geht um …», with which a clause opens: nothing else is said of it."""
    words = utterance.words
    if index == 0:
        return start > 1 and words[0] in _ITSELF
    first = next((at + 1 for at in range(index - 1, max(index - _OPENING_WORDS - 1, 0), -1) if words[at] in _BREAKS), 0)
    if first and words[first] not in _POINTING:
        return False
    is_near = first < index <= first + _OPENING_WORDS
    return is_near and words[first] in _ITSELF and _IS_ABOUT.issuperset(words[first + 1 : index])


_OPENING_WORDS = 4
_BREAKS = frozenset((",", ".", ";", "?", "!", "-", "–", "—"))
_POINTING = frozenset(("it's", "its", "it", "this", "that's", "that", "ce", "c'est"))
"""What says inside a text that a clause is about the meeting."""
_ITSELF = frozenset(
    (
        *(
            "it's",
            "its",
            "it",
            "this",
            "that's",
            "that",
            "the",
            "we'll",
            "we",
            "es",
            "geht",
            "het",
            "c'est",
            "il",
            "se",
            "si",
        ),
        *("trata", "trata-se", "é", "è", "dabei", "ce"),
    )
)
_IS_ABOUT = frozenset(
    (
        *(
            "is",
            "meeting",
            "call",
            "will",
            "be",
            "mostly",
            "just",
            "all",
            "really",
            "mainly",
            "to",
            "want",
            "need",
            "ist",
        ),
        *("est", "sera", "sarà", "será", "gaat", "is"),
    )
)


def subject_behind(utterance: Utterance, start: int) -> Aside | None:
    """What it is about, a day in it included; a time alone is none («it's about 3»)."""
    words = utterance.words
    while start < len(words) and words[start] in LINKS | ARTICLES:
        start += 1
    if start >= len(words):
        return None
    end = run_of(utterance, start)
    if is_time(utterance, start) and not is_thing_of_clock(utterance, start) and not is_compound(utterance, start):
        return None
    return Aside(Beside.TOPIC, start, end) if end > start else None
