"""How far a part of a text goes, and whether a time stands somewhere: what the finders of asides ask."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.aside_words import aside_words
from bot.language.lexicon import lexicon_for, place_names
from bot.language.locales.phrasebook import phrasebook
from bot.language.locales.phrases import languages
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

ARTICLES = frozenset(("the", "a", "an", "our", "my", "your", "their", "his", "her", "this", "that", "some", "all"))
THEM = frozenset(("we", "i", "they", "he", "she", "you", "wir", "ich", "sie", "er", "that"))

_STOPS = frozenset((".", "?", "!", ";", ",", "(", ")", "\n"))


def run_of(utterance: Utterance, start: int, *, through_commas: bool = False) -> int:
    """The token behind the part that starts here: a mark, a new line, an address or a word that ends topics ends it."""
    words, size, index = utterance.words, len(utterance.words), start
    ends = aside_words().end
    has_lines = "\n" in utterance.text
    while index < size:
        word = words[index]
        is_stop = word in _STOPS and not (through_commas and word == ",") and not _is_ordinal(utterance, index)
        if index in utterance.atoms or is_stop:
            break
        if index > start and (word in ends or (has_lines and _is_new_line(utterance, index))):
            break
        index += 1
    return index


def _is_ordinal(utterance: Utterance, index: int) -> bool:
    """«14. dezember»: the full stop of a figure."""
    words = utterance.words
    is_figure = words[index] == "." and index > 0 and words[index - 1].isdecimal() and utterance.is_glued(index)
    return is_figure and words[index + 1 : index + 2] != () and words[index + 1] in day_words()


def line_end(utterance: Utterance, start: int) -> int:
    """The token behind the line; where something on it bounds or corrects the wish, only what stands in front of a mark."""
    size = len(utterance.words)
    end = next((index for index in range(start + 1, size) if _is_new_line(utterance, index)), size)
    return end if aside_words().bars.isdisjoint(utterance.words[start:end]) else run_of(utterance, start)


def _is_new_line(utterance: Utterance, index: int) -> bool:
    return "\n" in utterance.text[utterance.ends[index - 1] : utterance.starts[index]]


def is_time(utterance: Utterance, index: int) -> bool:
    """Whether a time, a length or a number begins here."""
    word = utterance.words[index] if index < len(utterance.words) else ""
    return word.isdecimal() or word in vocabulary().marks


def is_timed(utterance: Utterance, index: int) -> bool:
    """Whether a figure or a time word stands in front of the token: something was already said of when."""
    return any(is_time(utterance, at) for at in range(index))


def is_compound(utterance: Utterance, index: int) -> bool:
    """«May report», «Q4 numbers», «monday incident»: a time word that tells which thing it is."""
    words = utterance.words
    behind = (
        index + 2
        if words[index] == "q" and words[index + 1 : index + 2] and words[index + 1].isdecimal()
        else index + 1
    )
    if behind >= len(words) or words[index].isdecimal():
        return False
    word = words[behind]
    return word in aside_words().compounds


def day_words() -> frozenset[str]:
    """The names of weekdays and months in every language."""
    return _names("weekday", "month", "relday")


def month_words() -> frozenset[str]:
    """The names of months in every language."""
    return _names("month")


@cache
def _names(*kinds: str) -> frozenset[str]:
    return frozenset(
        first
        for one in languages()
        for first, phrases in phrasebook(one.language).phrases.items()
        if any(phrase.meaning.kind in kinds and len(phrase.tokens) == 1 for phrase in phrases.get("", ()))
    )


def is_thing_of_clock(utterance: Utterance, start: int) -> bool:
    """«3pm conflict», «friday outage», «9:30 sync»: a time that tells which thing."""
    words, at = utterance.words, start
    while at < len(words) and (is_time(utterance, at) or words[at] in {":", ".", "am", "pm", "h", "uhr", "o'clock"}):
        at += 1
    return (
        start < at < len(words)
        and words[at].isalpha()
        and words[at] not in _BETWEEN
        and len(words[at]) > _LEAST_OF_THING
    )


_BETWEEN = frozenset(("with", "from", "until", "till", "then", "please", "next", "this", "and", "mit", "oder"))
_LEAST_OF_THING = 3


def is_thing_of_day(utterance: Utterance, index: int, start: int) -> bool:
    """«tomorrow 2pm for the friday demo», «… for the Q1 2027 review»: a thing of another day, where the time is said."""
    words = utterance.words
    front, behind = words[:index], start + 1 + (words[start] == "q")
    is_day = words[start] == "q" or _is_day(words[start])
    has_both = any(map(_is_day, front)) and any(word[:1].isdecimal() for word in front)
    thing = next((word for word in words[behind:] if not word.isdecimal()), "")
    return is_day and has_both and thing not in _SLOTS and is_thing_of_clock(utterance, behind - 1)


def _is_day(word: str) -> bool:
    return not _DAYS.isdisjoint(lexicon_for("en").words.get(word, ()))


_DAYS = frozenset(("weekday", "month", "relday"))
_SLOTS = frozenset(("slot", "slots", "time", "times", "spot", "opening"))


def has_clause(utterance: Utterance, start: int) -> bool:
    """«the call we missed», «the 1:1 she moved»: a thing that a clause tells of."""
    words = utterance.words
    thing = start + 3 if words[start : start + 3] in (("1", ":", "1"), ("1", "-", "1")) else start
    clause = next((at for at in range(max(thing, start + 1), min(start + 5, len(words) - 1)) if words[at] in THEM), 0)
    between = words[thing:clause]
    return (
        bool(clause)
        and words[start - 1] in ARTICLES
        and all(word.isalpha() for word in between)
        and not any(is_time(utterance, at) for at in range(thing, clause))
    )


def tells_clock(utterance: Utterance, start: int, end: int) -> bool:
    """«(her time)», «(GMT+1)», «（日本時間）»."""
    known, words = lexicon_for("en").words, utterance.words[start:end]
    is_zone = any(not {"zone", "zones"}.isdisjoint(known.get(word, ())) for word in words)
    text = utterance.text[utterance.starts[start] : utterance.ends[end - 1]]
    return is_zone or not _CLOCKS.isdisjoint(words) or text.endswith(_ASIAN_CLOCKS) or " ".join(words) in place_names()


_ASIAN_CLOCKS = ("時間", "时间", "時刻")
_CLOCKS = frozenset(
    (
        *(
            "time",
            "timezone",
            "zone",
            "tz",
            "clock",
            "zeit",
            "zeitzone",
            "ortszeit",
            "hora",
            "horario",
            "horário",
            "huso",
        ),
        *("fuso", "heure", "fuseau", "ora", "orario", "tijd", "tijdzone", "her", "his", "their"),
    )
)
"""«(her time)», «(hora peninsular)»: whose clock it is, and no topic."""
