"""Where topics, purposes, reasons and remarks begin and end: one function a kind of word that opens them.

Each gets the utterance and the token of its word, and gives the aside behind it or None. `asides.py` goes through the text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Aside, Beside, Sway, aside_words
from bot.language.entities.people.lists import AND, ME, name_lists
from bot.language.entities.remarks import LINKS, is_itself, postscript, remark, subject_behind
from bot.language.entities.runs import (
    ARTICLES,
    THEM,
    day_words,
    has_clause,
    is_compound,
    is_thing_of_clock,
    is_thing_of_day,
    is_time,
    is_timed,
    line_end,
    run_of,
    tells_clock,
)
from bot.language.entities.said.purposes import bulleted, infinitive, purpose_abroad, tells_days, tells_length
from bot.language.entities.said.why import made_for, why_behind
from bot.language.lexicon import lexicon_for
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.language.normalise import Utterance

    Finder = Callable[[Utterance, int], Aside | None]

_NAMING = frozenset(
    (
        *("topic", "subject", "thema", "tema", "sujet", "objet", "asunto", "assunto", "oggetto", "argomento"),
        *(
            "topics",
            "themen",
            "temas",
            "agenda",
            "purpose",
            "note",
            "notes",
            "description",
            "context",
            "onderwerp",
        ),
    )
)
"""Heads that need a colon, «is» or a comma in front: «topic: billing», «…, topic billing»."""
_NOTES = frozenset(("agenda", "purpose", "note", "notes", "description", "context"))
"""Heads that are words of a wish too where they open a text."""
_FORMAL = frozenset(("re", "regarding", "concerning", "wegen", "wg", "bzgl", "bezüglich", "betreffs", "concernant"))
"""Heads that stand in front of no time."""
_SPEAKING = frozenset(("discuss", "discussing", "talk", "speak", "chat", "time"))
_PLANNED = frozenset(("meet", "occ", "bookv", "holdv", "addv", "movev", "cancelv"))
_ACTS = ("bookv", "holdv", "addv")
_SIGNS = frozenset("-–—")
_FIELDS = frozenset(("type", "typ", "event", "with", "who", "when", "where", "duration", "length", "tipo"))
_OPEN = frozenset("([|")
_CORRECTS = frozenset(
    (
        *(("make", "that"), ("make", "it"), ("change", "that"), ("scratch", "that"), ("i", "mean"), ("i", "meant")),
        *(("correction", ":"), ("edit", ":"), ("update", ":"), ("typo", ":"), ("korrektur", ":"), ("correction", ",")),
        *(("corrección", ":"), ("correzione", ":"), ("correção", ":"), ("correctie", ":")),
    )
)
_SHORTEST = 4


@cache
def finders() -> Mapping[str, Finder]:
    """Who looks whether an aside begins behind a word."""
    lists = aside_words()
    found: dict[str, Finder] = {word: _named for word, names in vocabulary().classes.items() if "bookv" in names}
    found |= dict.fromkeys(lists.heads, _topic)
    found |= dict.fromkeys(lists.because, _first_of(why_behind, _reason))
    found |= dict.fromkeys(lists.abroad, purpose_abroad)
    found |= dict.fromkeys((":", "[", "|", "/"), _colon)
    found |= dict.fromkeys(("-", "("), _first_of(why_behind, _colon))
    found |= {"#": _hashed, "p": postscript, "ps": postscript}
    found |= dict.fromkeys((",", ".", "and"), remark)
    found |= {word: _thing_of_day for word in _FOR if word not in found or word in lists.abroad}
    found |= {
        "so": _first_of(why_behind, made_for, _so),
        "damit": _so,
        "to": _first_of(made_for, _to),
        "for": _first_of(made_for, _for),
        "of": _first_of(made_for, _of),
        **dict.fromkeys(("um", "om"), infinitive),
        "over": lambda utterance, index: _topic(utterance, index) or _thing_of_day(utterance, index),
        "•": bulleted,
    }
    return found


def _first_of(*looks: Finder) -> Finder:
    """The first that finds something."""
    return lambda utterance, index: next(
        (found for look in looks if (found := look(utterance, index)) is not None), None
    )


def _topic(utterance: Utterance, index: int) -> Aside | None:
    """«about the June budget», «wegen der Zahlen», «topic: billing»; not «how about friday» and not «about 3pm»."""
    lists, words = aside_words(), utterance.words
    start = index + 1
    for rest in lists.heads[words[index]]:
        if words[start : start + len(rest)] == rest:
            start += len(rest)
            break
    else:
        return None
    before = words[index - 1] if index else ""
    if words[index] in _NAMING and start == index + 1:
        is_led = before in {",", ";", "."} or (not index and words[index] not in _NOTES)
        if not is_led and words[start : start + 1] not in ((":",), ("is",)):
            return None
    elif is_itself(utterance, index, start):
        return subject_behind(utterance, start)
    elif (before in lists.not_behind and start == index + 1) or not _is_wish(utterance, index):
        return None
    while start < len(words) and words[start] in LINKS:
        start += 1
    if start >= len(words):
        return None
    if words[index] in _NAMING and words[index + 1 : index + 2] == (":",):
        opens = not index and words[index] not in _NOTES  # «subject: cancel the old plan», said by itself
        return Aside(Beside.TOPIC, start, line_end(utterance, start), Sway.ALWAYS if opens else Sway.IF_COMPLETE)
    if not is_time(utterance, start) or is_compound(utterance, start):
        return Aside(Beside.TOPIC, start, run_of(utterance, start), Sway.TRIMMED)
    if start > index + 1 and words[start - 1] in ARTICLES and is_thing_of_clock(utterance, start):
        return Aside(Beside.TOPIC, start, run_of(utterance, start), Sway.IF_COMPLETE)  # «about the 3pm conflict»
    if words[index] not in _NAMING and words[index] not in _FORMAL:
        return None  # «about 3pm»
    return Aside(Beside.TOPIC, start, run_of(utterance, start), Sway.IF_COMPLETE)


def _is_wish(utterance: Utterance, index: int) -> bool:
    """Whether something to meet, to plan or a time stands in front; «tell me about my events» asks for them."""
    lists, known = aside_words(), vocabulary().classes
    before = utterance.words[:index]
    if not lists.telling.isdisjoint(before):
        return False
    if utterance.words[index] in _SPEAKING or not _SPEAKING.isdisjoint(before):
        return True
    if is_timed(utterance, index) or any(at < index for at in utterance.atoms):
        return True
    return any(not _PLANNED.isdisjoint(known.get(word, ())) and "showv" not in known[word] for word in before)


def _to(utterance: Utterance, index: int) -> Aside | None:
    """«book friday 3pm to cancel subscriptions»; not «I want to cancel»."""
    lists, words, known = aside_words(), utterance.words, vocabulary().classes
    if index < 2 or index + 1 >= len(words):
        return None
    verb, before = words[index + 1], words[index - 1]
    names = known.get(verb, ())
    if verb in lists.frames or before in lists.wishes:
        return None
    if verb not in lists.verbs and not {"cancelv", "movev", "bookv", "showv"}.intersection(names):
        return None
    if not any(not {*_ACTS, "modal"}.isdisjoint(known.get(word, ())) for word in words[:index]) or any(
        not {"cancelv", "movev"}.isdisjoint(known.get(word, ())) for word in words[:2]
    ):
        return None
    is_thing = before in lists.nouns or is_time(utterance, index - 1) or index - 1 in utterance.atoms
    is_thing = is_thing or not {"meet", "occ", "room"}.isdisjoint(known.get(before, ())) or before == "free"
    is_booked = any("bookv" in known.get(word, ()) or "holdv" in known.get(word, ()) for word in words[: index - 1])
    if not is_thing and not (is_booked and before not in known):
        return None
    return Aside(Beside.PURPOSE, index + 1, run_of(utterance, index + 1), Sway.TRIMMED)


def _for(utterance: Utterance, index: int) -> Aside | None:
    """«hold friday 2pm for moving desks», «30 min for the Q4 review»."""
    words, known = utterance.words, vocabulary().classes
    start = index + 1
    while start < len(words) and words[start] in ARTICLES:
        start += 1
    if start >= len(words) or index == 0:
        return None
    if has_clause(utterance, start):
        return Aside(
            Beside.TOPIC, start, run_of(utterance, start), Sway.IF_COMPLETE
        )  # «for the call we missed on monday»
    if is_time(utterance, start) or words[start] == "q":
        is_thing = is_compound(utterance, start) or (start > index + 1 and is_thing_of_day(utterance, index, start))
        return Aside(Beside.TOPIC, start, run_of(utterance, start), Sway.IF_COMPLETE) if is_thing else None
    names = known.get(words[start], ())
    is_doing = words[start].endswith("ing") and {"meet", "occ"}.isdisjoint(names)
    if not (is_doing or not {"cancelv", "movev"}.isdisjoint(names)) or not is_timed(utterance, index):
        return None
    return Aside(Beside.PURPOSE, start, run_of(utterance, start), Sway.TRIMMED)


def _thing_of_day(utterance: Utterance, index: int) -> Aside | None:
    """«per il bilancio di marzo», «für das Treffen vom Freitag», «sobre la reunión del lunes»: a day that tells which thing."""
    words, days = utterance.words, day_words()
    front = words[:index]
    is_timed_here = any(word[:1].isdecimal() or (len(word) > _SHORT_DAY and word in days) for word in front)
    if front[-1:] in _QUARTERS:
        return None  # «om kwart voor vier»
    if index < _BEHIND_WISH or not is_timed_here:
        return purpose_abroad(utterance, index) if words[index] in aside_words().abroad else None
    end = run_of(utterance, index + 1)
    linked = next((at for at in range(index + 2, end - 1) if words[at] in _LINKING and words[at + 1] in days), 0)
    if not linked:
        return purpose_abroad(utterance, index) if words[index] in aside_words().abroad else None
    between = words[index + 1 : linked]
    if not _HEADS.isdisjoint(between):
        return None  # «für eine stunde wegen des release am freitag»: the thing begins further on
    is_thing = not any(word.isdecimal() or (len(word) > _SHORT_DAY and word in days) for word in between)
    return Aside(Beside.TOPIC, index + 1, end, Sway.IF_COMPLETE) if is_thing else None


_QUARTERS = (("kwart",), ("viertel",), ("tien",), ("vijf",))
_SHORT_DAY = 2
"""Letters of «do», which is a day in German and «of the» in Portuguese."""
_BEHIND_WISH = 2
_FOR = ("für", "per", "para", "pour", "por", "voor", "over", "wegen", "sobre", "sur", "zu", "zum", "zur")
_HEADS = frozenset((*_FOR, "um"))
_LINKING = frozenset(
    (
        *("vom", "von", "des", "del", "de", "di", "du", "da", "do", "dos", "della", "van", "am", "im", "en", "em"),
        *("der", "la", "le", "of"),
    )
)


def _of(utterance: Utterance, index: int) -> Aside | None:
    """«review of May report»."""
    words = utterance.words
    start = index + 1
    while start < len(words) and words[start] in ARTICLES:
        start += 1
    if index == 0 or start >= len(words) or not is_compound(utterance, start):
        return None
    return Aside(Beside.TOPIC, start, run_of(utterance, start), Sway.IF_COMPLETE)


def _named(utterance: Utterance, index: int) -> Aside | None:
    """«book Friday retro with …»: what a time word tells of the thing, not of when."""
    words = utterance.words
    start = index + 1
    while start < len(words) and words[start] in ARTICLES:
        start += 1
    if (
        start + 1 >= len(words)
        or not (is_time(utterance, start) or words[start] == "q")
        or not is_compound(utterance, start)
    ):
        return None
    return Aside(Beside.TOPIC, start, start + (3 if words[start] == "q" else 2), Sway.IF_COMPLETE)


def _so(utterance: Utterance, index: int) -> Aside | None:
    """«…, so we can go over thursday's numbers», «damit wir die Zahlen vom Montag haben»."""
    words, start = utterance.words, index + 1
    start += words[start : start + 1] == ("that",)
    if (
        index < _BEHIND_WISH
        or not is_timed(utterance, index)
        or words[start : start + 1] == ()
        or words[start] not in THEM
    ):
        return None
    end = run_of(utterance, start)
    is_barred = not aside_words().bars.isdisjoint(words[start:end])
    return None if is_barred or end - start < _BEHIND_WISH else Aside(Beside.PURPOSE, start, end, Sway.IF_COMPLETE)


def _reason(utterance: Utterance, index: int) -> Aside | None:
    """«because I have a dentist at 3pm»; a text that is nothing else gives its times to nothing."""
    words, start = utterance.words, index + 1
    start += words[start : start + 1] == ("que",) and not index
    end = run_of(utterance, start)
    if index or start >= end:
        return Aside(Beside.REASON, start, end, Sway.IF_TIMED) if index and start < end else None
    known = vocabulary().classes
    is_act = any(not _PLANS.isdisjoint(known.get(word, ())) for word in words[start:end])
    return Aside(Beside.REASON, start, end) if end >= len(words) - (words[-1] in {".", "!"}) and not is_act else None


_PLANS = frozenset(("bookv", "movev", "cancelv", "holdv"))


def _colon(utterance: Utterance, index: int) -> Aside | None:
    """«friday 10am: Q2 review», «… 10am - prep», «… 10am (prep)»: what stands behind a wish that is whole already."""
    words = utterance.words
    start = index + 1
    if index < 2 or start >= len(words) or not is_timed(utterance, index) or _is_tight(utterance, index):
        return None
    if words[index - 1] in name_lists().push or words[index - 1] in _FIELDS:  # «optional: mateo», «type: deep dive»
        return None
    while start < len(words) - 1 and words[index] == words[start] == "/":
        start += 1
    if start in utterance.atoms or (is_time(utterance, start) and not _tells_thing(utterance, start)):
        return _figured(utterance, start) if words[index] == ":" else None
    is_repeat = not _REPEATING.isdisjoint(lexicon_for("en").words.get(words[start], ()))
    if (
        is_repeat or words[start : start + 2] in _CORRECTS or words[start] in _CONDITIONS
    ):  # «… 10am - make that thursday»
        return None
    if words[start] == "q" and not is_compound(utterance, start):
        return None
    if words[start] in _WEEK_SIGNS and _WEEKDAY_SIGNS.intersection(words[start + 1 : start + 2]):  # «2月9号（周一）»
        return None
    end = run_of(utterance, start, through_commas=True)
    if end - start <= _SHORTEST and tells_clock(utterance, start, end):
        return None
    while end > start and words[end - 1] in {"]", "|"}:
        end -= 1
    if end <= start or not words[start][:1].isalnum() or _tells_who(words[start:end]):
        return None
    if words[index] in {"(", "-"} and (tells_days(words[start:end]) or tells_length(words[start:end])):
        return None  # «friday at 2pm (the 5th)»: the day once more, or another one
    is_barred = not aside_words().bars.isdisjoint(words[start:end])
    if is_barred and (
        words[index] != ":" or aside_words().bars & {words[start], *_CORRECTING}.intersection(words[start:end])
    ):
        return None
    return Aside(Beside.TOPIC, start, end, Sway.TRIMMED if words[index] == ":" and not is_barred else Sway.IF_COMPLETE)


def _tells_who(words: Sequence[str]) -> bool:
    """«the three of us (me, ines and raj)»: who is meant, and no subject."""
    return all(word in ME or word in AND or name_lists().is_first(word) for word in words)


_WEEK_SIGNS = frozenset("周週星礼禮")
_WEEKDAY_SIGNS = frozenset("一二三四五六日天期拜")
_REPEATING = frozenset(("every", "often"))
"""«… at 3 (every week)»: how often it is to be."""
_CONDITIONS = frozenset(
    (
        *("if", "unless", "else", "otherwise", "falls", "wenn", "sonst", "si", "sinon", "se", "altrimenti", "senão"),
        *("als", "anders", "hm", "hmm", "hmmm", "er", "erm", "uh", "um", "wait", "oops"),
    )
)
"""«thu 2 - if that's gone, 3», «- hmm, half an hour will do»: what else would do."""
_CORRECTING = frozenset(("actually", "instead", "sorry", "wait", "rather", "doch", "lieber", "not", "no"))


def _figured(utterance: Utterance, start: int) -> Aside | None:
    """«friday 3pm: 9/11 memorial»: figures in front of a thing, without a length among them."""
    words, end = utterance.words, run_of(utterance, start)
    is_date_like = words[start + 1 : start + 2] == ("/",) and utterance.is_glued(start + 1)
    has_thing = any(
        word.isalpha() and len(word) > _LEAST_OF_THING and word not in lexicon_for("en").words
        for word in words[start:end]
    )
    return Aside(Beside.TOPIC, start, end, Sway.IF_COMPLETE) if is_date_like and has_thing else None


def _tells_thing(utterance: Utterance, index: int) -> bool:
    """«monday incident», «friday deploy»: a time word in front of a noun that is nothing of when."""
    words, known = utterance.words, vocabulary()
    word = words[index + 1] if index + 1 < len(words) else ""
    if is_compound(utterance, index) or words[index].isdecimal():
        return is_compound(utterance, index)
    is_known = word in known.marks or word in known.classes or word in lexicon_for("en").words
    return word.isalpha() and len(word) > _LEAST_OF_THING and not is_known and word not in _NO_THINGS


_LEAST_OF_THING = 3
_NO_THINGS = frozenset(
    (
        *("works", "work", "please", "would", "could", "should", "will", "preferred", "preferably", "ideally"),
        *("possible", "instead", "better", "maybe"),
    )
)


def _hashed(utterance: Utterance, index: int) -> Aside | None:
    """«#january-launch»: a tag or a channel that was typed by hand."""
    words, end = utterance.words, index + 1
    if end >= len(words) or not utterance.is_glued(end) or not words[end].isalpha():
        return None
    while end < len(words) and utterance.is_glued(end) and end not in utterance.atoms:
        end += 1
    return Aside(Beside.TOPIC, index + 1, end)


def _is_tight(utterance: Utterance, index: int) -> bool:
    """A mark inside a clock, a range, a word."""
    word = utterance.words[index]
    if word in _OPEN:
        return False
    if word == "/":  # «3/12», «sam/omar»
        return utterance.words[index + 1] != "/" or not utterance.is_glued(index + 1)
    return utterance.is_glued(index + 1) or (word in _SIGNS and utterance.is_glued(index))
