"""What a wish is for, said with an infinitive or in brackets: «um die Absage zu besprechen», «about holiday hours (24-26 dec)».

Only behind somebody or a time: «um zehn» is a clock, and «um lena zu treffen» without anybody else names who is met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Aside, Beside, Sway, aside_words
from bot.language.entities.runs import day_words, is_time, is_timed, line_end, run_of
from bot.language.lexicon import lexicon_for
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.normalise import Utterance

_PARTICLES = {"um": "zu", "om": "te"}
"""The word in front of the infinitive, by the word that opens the purpose."""
_SEPARABLE = ("ab", "an", "auf", "aus", "ein", "um", "vor", "durch", "nach", "mit", "fest", "weg", "zurück", "zusammen")
_MARKS = frozenset((",", ".", ";", "!", "?", "(", ")"))
_LEAST = 2
_LED = frozenset(("mit", "met", "bei"))


def infinitive(utterance: Utterance, index: int) -> Aside | None:
    """«… um die Absage an Lena zu besprechen», «… um den Termin abzusagen», «… om de afzegging te bespreken»."""
    words, start = utterance.words, index + 1
    if index < _LEAST or start >= len(words) or is_time(utterance, start) or not _is_led(utterance, index):
        return None
    particle = _PARTICLES[words[index]]
    ends = (at for at in range(start, len(words)) if at in utterance.atoms or words[at] in _MARKS)
    end = next(ends, len(words))
    last = max((at for at in range(start, end) if _is_infinitive(words, at, particle)), default=-1)
    return Aside(Beside.PURPOSE, start, last + 1, Sway.TRIMMED) if last >= start else None


def _is_led(utterance: Utterance, index: int) -> bool:
    """Whether somebody is met, or a time is named, in front."""
    words = utterance.words[:index]
    has_person = any(at < index for at in utterance.atoms) or not _LED.isdisjoint(words)
    return is_timed(utterance, index) if utterance.words[index - 1] == "," else has_person


def _is_infinitive(words: tuple[str, ...], at: int, particle: str) -> bool:
    """«zu besprechen», «abzusagen»."""
    word = words[at]
    if words[at - 1] == particle:
        return word.isalpha() and word.endswith("n")
    return particle == "zu" and word.endswith("n") and any(word.startswith(f"{one}zu") for one in _SEPARABLE)


def purpose_abroad(utterance: Utterance, index: int) -> Aside | None:
    """«mañana a las 14 para mover archivos»."""
    words = utterance.words
    if index < 3 or index + 1 >= len(words) or not any(word.isdecimal() for word in words[:index]):
        return None
    verb = words[index + 1]
    if len(verb) < 5 or not verb.endswith(aside_words().abroad[words[index]]):
        return None
    return Aside(Beside.PURPOSE, index + 1, run_of(utterance, index + 1), Sway.TRIMMED)


def bracket_behind(utterance: Utterance, aside: Aside) -> Aside | None:
    """«about holiday hours (24-26 dec)»: days in brackets right behind a subject are of the subject."""
    words, start = utterance.words, aside.end + 1
    if aside.kind not in _SUBJECTS or words[aside.end : start] != ("(",):
        return None
    end = next((at for at in range(start, len(words)) if words[at] == ")"), start)
    said = words[start:end]
    is_of_days = tells_days(said) and (any(map(_names_day, said)) or said.count(".") > 1)
    return Aside(Beside.TOPIC, start, end, Sway.IF_COMPLETE) if is_of_days else None


def tells_days(words: Sequence[str]) -> bool:
    """Whether nothing but days is told: «the 5th», «24-26 dec», «tuesday»."""
    return all(word.isdecimal() or word in _BETWEEN_DAYS or _names_day(word) for word in words)


def tells_length(words: Sequence[str]) -> bool:
    """Whether nothing but a length is told: «an hour», «one and a half hours», «a couple of hours»."""
    senses = [lexicon_for("en").words.get(word, {}) for word in words]
    are_parts = all(word in _OF_LENGTHS or not _COUNTS.isdisjoint(one) for word, one in zip(words, senses, strict=True))
    return are_parts and any("unit" in one for one in senses)


_OF_LENGTHS = frozenset(("a", "an", "and", "of", "full", "long", "half", "quarter", "couple", "-", "."))
_COUNTS = frozenset(("unit", "number", "fraction"))


def _names_day(word: str) -> bool:
    return word in day_words() or not _DAYS.isdisjoint(lexicon_for("en").words.get(word, ()))


_SUBJECTS = frozenset((Beside.TOPIC, Beside.PURPOSE))
_DAYS = frozenset(("weekday", "month", "relday", "ordinal"))
_BETWEEN_DAYS = frozenset(
    (
        *("-", "–", "/", ".", ",", ":", "am", "pm", "h", "uhr", "th", "st", "nd", "rd", "to", "and", "until", "of"),
        *("the", "on", "der", "den", "dem", "am", "il", "lo"),
        *("bis", "und", "vom", "from", "al", "del", "y", "de", "au", "du", "et", "el", "le"),
    )
)


def bulleted(utterance: Utterance, index: int) -> Aside | None:
    """«• bring the numbers from monday», below a wish that is whole: what is to be spoken of, and no time of it."""
    words, start = utterance.words, index + 1
    if start >= len(words) or not is_timed(utterance, index) or is_time(utterance, start) or words[start] in _OF_WISH:
        return None
    end = line_end(utterance, start)
    is_act = words[start] != "bring" and not _ACTS.isdisjoint(vocabulary().classes.get(words[start], ()))
    return (
        Aside(Beside.TOPIC, start, end, Sway.IF_COMPLETE)
        if not is_act and any(map(_names_day, words[start:end]))
        else None
    )


_OF_WISH = frozenset(
    (
        "on",
        "at",
        "from",
        "until",
        "every",
        "for",
        "with",
        "when",
        "time",
        "date",
        "day",
        "am",
        "um",
        "mit",
        "wann",
        "or",
        "not",
    )
)
_ACTS = frozenset(("bookv", "holdv", "cancelv", "movev", "addv"))
