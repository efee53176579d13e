"""Picks and small words: which option, how many, whether it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.entities.said.from_end import NEAR_END, before_last
from bot.language.entities.tokens import span_of
from bot.language.entities.words import entity_words
from bot.language.lexicon import segments
from bot.language.locales.phrases import foreign_ordinals
from bot.language.meaning import LAST, Span
from bot.language.triggers import DIGITS, trigger
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from bot.language.entities.words import EntityWords
    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance

_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_LETTERS = "abcdef"
_MOST = 20
_PAIR = 2
_FEW_WORDS = 5
_NEXT_BUT_ONE = "übernächste"
_NEGATIONS = frozenset(
    (
        "not",
        "don't",
        "dont",
        "no",
        "nope",
        "nah",
        "never",
        "won't",
        "wont",
        "can't",
        "cant",
        "cannot",
        "doesn't",
        "doesnt",
        "isn't",
    )
)


_PICKING = DIGITS | trigger(lambda word: word in entity_words().picking)
_OF_THEM = (("them",), ("those",), ("these",))
_COUNTING = trigger(lambda word: any(word in words for words in entity_words().counting.values()))
_SEVERAL = trigger(lambda word: word in entity_words().first_ones or word in entity_words().last_ones)
_AFTER_NEXT = trigger(lambda word: word == "after" or word.startswith(_NEXT_BUT_ONE))
_NOT_BARE = frozenset(("the", "please", "thanks"))
_BARE = trigger(lambda word: word[:1].isalnum() and word not in _NOT_BARE)
_NEGATING = trigger(lambda word: word in _NEGATIONS)


class Picked(NamedTuple):
    """The ordinal of an option (from 1, `LAST` for the last) and where it stood."""

    choice: int
    span: Span


def read_choice(utterance: Utterance, reference: Reference, barred: Collection[int]) -> Picked | None:
    """Which of what was offered; dates («the 15th») and bare times are no picks."""
    answers = bool(reference.bot or reference.options or reference.turn)
    if utterance.triggers & NEAR_END and (near := before_last(utterance)) is not None:
        return Picked(LAST - 1, near)
    if utterance.triggers & _AFTER_NEXT and (second := _after_next(utterance, barred)) is not None:
        return second
    if not utterance.triggers & _PICKING:
        return _by_order(utterance, reference) or _abroad(utterance, barred, answers=answers)
    lists = entity_words()
    words = utterance.words
    bare = utterance.where(_BARE)
    for index in utterance.where(_PICKING):
        word = words[index]
        after = words[index + 1] if index + 1 < len(words) else ""
        if word in lists.mark and (found := _marked(utterance, index, lists)):
            return found
        if word.isdecimal() and len(word) <= 2 and after in _SUFFIXES and utterance.is_glued(index + 1):
            behind = words[index + 2] if index + 2 < len(words) else ""
            alone = len(bare) == 2 and answers and int(word) <= max(len(reference.options), 3)
            is_moved = _is_moved(words, index, behind) and int(word) <= len(reference.options)
            is_date = {index, index - 1} <= {*barred} and words[index - 1] != "the"  # «the december 1st one»
            if 0 < int(word) <= _MOST and not is_date and (behind in lists.thing or alone or is_moved):
                return Picked(int(word), span_of(utterance, index, index + 2 + (behind in lists.thing)))
        if word.isdecimal() and bare == [index] and answers and 0 < int(word) <= max(len(reference.options), 9):
            return Picked(int(word), span_of(utterance, index, index + 1))
        if word.isdecimal():
            continue
        picked = _by_word(utterance, index, lists, alone=len(bare) == 1 and answers)
        value = lists.order.get(word, 0)
        if picked is None and 0 < value <= len(reference.options) and _is_moved(words, index, after):
            picked = Picked(value, span_of(utterance, index, index + 1))
        is_dated = index in barred and (after not in lists.thing or index + 1 in barred)  # «january fourth one thirty»
        if picked is not None and not (is_dated and not answers):
            return picked
    return _by_order(utterance, reference) or _abroad(utterance, barred, answers=answers)


def _abroad(utterance: Utterance, barred: Collection[int], *, answers: bool) -> Picked | None:
    """A pick in another language: below what was shown any ordinal, else one with a meeting behind it."""
    is_foreign = utterance.language != "en" or not utterance.triggers & _PICKING
    return _foreign(utterance, barred) if answers and is_foreign else _foreign_booking(utterance)


_MOVING = frozenset(("move", "push", "shift", "reschedule", "bring", "pull", "delay", "postpone"))


def _is_moved(words: tuple[str, ...], index: int, behind: str) -> bool:
    """«move the first to friday», «push the 2nd by an hour», below a list; «from the 2nd to the 4th» are dates."""
    return behind in ("to", "by") and index > 1 and words[index - 1] == "the" and words[index - 2] in _MOVING


def _after_next(utterance: Utterance, timed: Collection[int]) -> Picked | None:
    """«the sam meeting after next», «das übernächste Treffen»."""
    words = utterance.words
    for index, word in enumerate(words):
        is_said = word == "after" and words[index + 1 : index + 2] == ("next",)
        is_said = is_said or (word.startswith(_NEXT_BUT_ONE) and words[index + 1 : index + 2] != ())
        if is_said and index not in timed and index + 1 not in timed:
            return Picked(2, span_of(utterance, index, index + 1 + (word == "after")))
    return None


_MEETINGS = frozenset(("meeting", "call", "appointment", "booking", "session", "chat", "sync", "mtg", "slot"))
_BOOKINGS = frozenset(
    (
        *("treffen", "termin", "meeting", "gespräch", "besprechung", "anruf", "reunión", "cita", "llamada", "réunion"),
        *("rendez", "rdv", "appel", "riunione", "appuntamento", "incontro", "reunião", "compromisso", "reunion", "reuniao"),
        *("call", "visio", "chiamata", "chamada", "junta", "afspraak", "vergadering", "gesprek", "overleg"),
    )
)  # fmt: skip


DAYS_TOO = {"segunda": 2, "terceira": 3}
"""Ordinals that are a day elsewhere: only a meeting behind them tells."""


def _foreign_booking(utterance: Utterance) -> Picked | None:
    """«das zweite Treffen mit Sam», «la segunda reunión»: which of the meetings that stand."""
    if utterance.language == "en":
        return None
    ordinals, words = {**foreign_ordinals(), **DAYS_TOO}, utterance.words
    for index, word in enumerate(words[:-1]):
        if word in ordinals and words[index + 1] in _BOOKINGS:
            return Picked(ordinals[word], span_of(utterance, index, index + 1))
    for word, value in ordinals.items() if utterance.language == "ja" else ():
        at = utterance.text.find(f"{word}の")
        if at >= 0 and utterance.text.startswith(_MEETINGS_JA, at + len(word) + 1):
            return Picked(value, Span(at, at + len(word)))
    return None


_MEETINGS_JA = ("会議", "ミーティング", "打ち合わせ", "打合せ", "予定", "面談")


_NUMBERED_DAYS = {"segunda": (2, 0), "quarta": (4, 2), "quinta": (5, 3), "sexta": (6, 4)}
"""Portuguese weekdays that count as well: the number, and the weekday, Monday being 0."""
_ACTED_ON = frozenset(("para", "pra", "pro", "por", "pf", "pfv", ",", ".", "!"))


def number_or_weekday(utterance: Utterance, weekdays: tuple[int, ...]) -> Picked | None:
    """«cancela a segunda» below a list without a monday: the second of it. `weekdays`: those of what is listed."""
    words = utterance.words
    for index, word in enumerate(words[1:], start=1):
        number, weekday = _NUMBERED_DAYS.get(word, (0, 0))
        behind = words[index + 1] if index + 1 < len(words) else "."
        is_said = words[index - 1] == "a" and words[index - 2 : index - 1] not in (("para",), ("até",)) and index > 1
        if number and is_said and behind in _ACTED_ON and number <= len(weekdays) and weekday not in weekdays:
            return Picked(number, span_of(utterance, index - 1, index + 1))
    return None


def _foreign(utterance: Utterance, barred: Collection[int]) -> Picked | None:
    """«la segunda», «das letzte», «第二个»: ordinals of other languages, in answers only; «am ersten april» is a day."""
    ordinals = {**foreign_ordinals(), **(DAYS_TOO if utterance.language == "es" else {})}
    for index, word in enumerate(utterance.words):
        if word in ordinals and index not in barred:
            return Picked(ordinals[word], span_of(utterance, index, index + 1))
    if segments(utterance.text):
        for word, value in ordinals.items():
            at = utterance.text.find(word)
            if at >= 0 and segments(word):
                return Picked(value, Span(at, at + len(word)))
    return None


def _marked(utterance: Utterance, index: int, lists: EntityWords) -> Picked | None:
    """«option 2», «#2», «option b», «number two»."""
    words = utterance.words
    at = index + 1
    if at < len(words) and words[at] in ("#", ".", "("):
        at += 1
    if at >= len(words):
        return None
    word = words[at]
    value = int(word) if word.isdecimal() and len(word) <= 2 else lists.numbers.get(word, 0)
    if not value and len(word) == 1 and word in _LETTERS and words[index] in ("option", "choice", "variant"):
        value = _LETTERS.index(word) + 1
    return Picked(value, span_of(utterance, index, at + 1)) if 0 < value <= _MOST else None


def _by_word(utterance: Utterance, index: int, lists: EntityWords, *, alone: bool) -> Picked | None:
    """«the first one», «the second», «last», «the top option»."""
    words = utterance.words
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else ""
    before = words[index - 1] if index else ""
    value = lists.order.get(word, 0) or (1 if word in lists.top else LAST if word in lists.last else 0)
    if value:
        if _is_of_somebody(words, index + 1):
            return Picked(value, span_of(utterance, index, index + 1))
        if after in lists.thing and not (after == "time" and before not in ("the", "")):
            return Picked(value, span_of(utterance, index, index + 2))
        if after == "of" and before == "the" and words[index + 2 : index + 3] in _OF_THEM:
            return Picked(value, span_of(utterance, index, index + 3))
        told = (
            before == "the" and after not in lists.not_behind and not (after[:1].isalnum() and after not in lists.light)
        ) or (before == "the" and _is_alone(words, index))
        return (
            Picked(value, span_of(utterance, index, index + 1)) if told or alone or (not before and not after) else None
        )
    if alone and word in lists.numbers:
        return Picked(lists.numbers[word], span_of(utterance, index, index + 1))
    return None


def _is_alone(words: tuple[str, ...], index: int) -> bool:
    """«the first saturday only», «only the first saturday»; not «… of the month»."""
    is_only = words[index + 2 : index + 3] == ("only",) or (index > 1 and words[index - 2] in {"only", "just"})
    return is_only and words[index + 2 : index + 3] not in (("of",), ("in",))


def _is_of_somebody(words: tuple[str, ...], at: int) -> bool:
    """«the second sam meeting», «my last call»: a meeting stands behind, with or without whose it is."""
    at += at < len(words) and words[at].removesuffix("'s") in name_lists().first
    return at < len(words) and words[at] in _MEETINGS


def _by_order(utterance: Utterance, reference: Reference) -> Picked | None:
    """«the earlier one», «the latest» among the options offered."""
    if not reference.options:
        return None
    words = utterance.words
    for index, word in enumerate(words[:-1] if len(words) > 1 else ()):
        if word in ("earlier", "earliest", "soonest", "later", "latest") and words[index + 1] in (
            "one",
            "slot",
            "option",
        ):
            best = (min if word in ("earlier", "earliest", "soonest") else max)(reference.options)
            return Picked(reference.options.index(best) + 1, span_of(utterance, index, index + 2))
    return None


def read_count(utterance: Utterance) -> tuple[int, Span] | None:
    """«three options», «2 slots», «two are enough», «only three»: how many are wanted."""
    if not utterance.triggers & _COUNTING:
        return None
    lists = entity_words()
    words = utterance.words
    for index, word in enumerate(words):
        known = lists.numbers.get(word) or lists.several.get(word, 0)
        value = int(word) if word.isdecimal() and len(word) <= 2 else known
        if 0 < value <= _MOST and (index == 0 or words[index - 1] not in (":", ".")) and _is_counted(words, index):
            return value, span_of(utterance, index, min(index + 2, len(words)))
    return None


def _is_counted(words: tuple[str, ...], index: int) -> bool:
    """Whether a number counts what is wanted: by the word behind it, or in a text that says no more than how many."""
    lists, behind = entity_words(), words[index + 1] if index + 1 < len(words) else ""
    if behind in lists.counting["many"] and behind not in ("option", "slot", "choice"):
        return True
    if len(words) == index + 1 == _PAIR and words[0] in lists.counting["alone"]:
        return not words[index].isdecimal()  # «only 4» may be a clock
    return len(words) <= _FEW_WORDS and not lists.counting["enough"].isdisjoint(words)


def read_several(utterance: Utterance, timed: AbstractSet[int]) -> tuple[int, Span] | None:
    """«the last two», «my next 3 meetings»: so many of what fits, the last below zero; not «the next two weeks»."""
    if not utterance.triggers & _SEVERAL:
        return None
    lists, words = entity_words(), utterance.words
    sides = utterance.where(_SEVERAL)
    for index in sorted({*sides, *(side - 1 for side in sides if side)}):
        if index + 1 == len(words):
            break
        pair, behind = words[index : index + 2], index + 2
        side = next((word for word in pair if word in lists.first_ones or word in lists.last_ones), "")
        number = next((word for word in pair if word in lists.several or (word.isdecimal() and len(word) == 1)), "")
        is_first = number == pair[0] and not number.isdecimal()  # «las dos últimas» is no two o'clock
        if not side or not number or not timed.isdisjoint((index + is_first, index + 1)):
            continue
        value = lists.several.get(number) or int(number)
        if value > 1:
            return value if side in lists.first_ones else -value, span_of(utterance, index, behind)
    return None


def is_negated(utterance: Utterance) -> bool:
    """Whether something was refused or excluded in words."""
    return bool(utterance.triggers & _NEGATING)
