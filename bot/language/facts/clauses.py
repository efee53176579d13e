"""Which clauses of a text only tell something: a subject and a verb of being, having, coming, going or being unable.

    tokens ─ borders ─→ clauses ─ subject, verb, no wish, no question, nothing of being free ─→ facts

A clause is a fact only beside another one that wishes or asks something. Where a text says nothing else («i'm out thursday»),
it is left to the readers of absences.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.cues.verbs import act_at
from bot.language.entities.aside_words import aside_words
from bot.language.entities.people.lists import name_lists
from bot.language.entities.runs import day_words, is_time
from bot.language.facts.beside import is_what_moves, speaks_of_it, wishes
from bot.language.facts.fact import Bearing, Fact
from bot.language.facts.subjects import english_verb, is_timely, leads, verb_of
from bot.language.facts.telling import OFFERED, bearing_of
from bot.language.facts.unspaced import unspaced_facts
from bot.language.facts.words import FactWords, fact_verbs, fact_words
from bot.language.lexicon import place_names, segments
from bot.language.locales.detect import find_language
from bot.language.meaning import Under
from bot.language.sketch import vocabulary
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance


_VERB = trigger(lambda word: word in fact_verbs() or word.endswith("'s") or segments(word))
_MARKS = frozenset((",", ".", ";", "!", "?", ":", "(", ")", "-", "–", "—", "、", "。", "，"))
_LOOKED_AT = 110


def facts_alone(utterance: Utterance, reference: Reference) -> tuple[Fact, ...]:
    """The clauses of a text that is nothing but facts, as one is said below times that were offered.

    Below a card «i'm off friday» is a wish of its own, «she's off friday» and «because i'm off friday» are told.
    """
    if not utterance.words or len(utterance.words) > _LONGEST_ALONE:
        return ()
    language = find_language(utterance, reference.language)
    if any(map(segments, utterance.words)):
        return unspaced_facts(utterance, language, is_alone=True)
    words = fact_words(language)
    if _picks(utterance, words) or _goes_back(utterance, words):
        return ()
    denied = not words.no.union(words.unable, words.past).isdisjoint(utterance.words)
    if denied and words.work.union(words.present).isdisjoint(utterance.words):
        return ()  # «i can't do friday» turns down what was offered, which others read; «she doesn't work mondays» is told
    clauses = tuple(_clauses(utterance, words, language))
    found = [_fact_in(utterance, start, end, words, language) for start, end in clauses]
    facts = tuple(fact for fact in found if fact is not None)
    is_own = utterance.words[0] not in words.clauses and not words.me.isdisjoint(utterance.words)
    if reference.under is Under.CARD and is_own and any(fact.bearing is Bearing.AWAY for fact in facts):
        return ()
    if any(speaks_of_it(utterance, fact) for fact in facts):
        return ()  # «the meeting is on thursday», said of the one on the card
    others = [at for (start, end), fact in zip(clauses, found, strict=True) if fact is None for at in range(start, end)]
    return facts if all(utterance.words[at] in words.links | words.open for at in others) else ()


_LONGEST_ALONE = 24


def _picks(utterance: Utterance, words: FactWords) -> bool:
    """«i'll take 10:30», «i'll pick the one at 2»: one of what was offered; «i'll take the train at 9» is told."""
    said = utterance.words
    front = range(1, min(_FRONT, len(said) - 1))
    takes = [at for at in front if said[at] in words.takes and not words.me.isdisjoint(said[:at])]
    return any(
        said[at + 1].isdecimal() or said[at + 1] in _CLOCKS or not OFFERED.isdisjoint(said[at + 1 : at + _FRONT])
        for at in takes
    )


def _goes_back(utterance: Utterance, words: FactWords) -> bool:
    """«back to friday», «doch wieder freitag»: that day once more; «wieder da am freitag» is told."""
    said = utterance.words
    at = next((at for at, word in enumerate(said[:_FRONT]) if word in words.back), len(said))
    behind = next((one for one in range(at + 1, min(at + 3, len(said))) if said[one] not in _TO), -1)
    is_day = behind > 0 and (said[behind] in day_words() or is_time(utterance, behind)) and not said[behind].isdecimal()
    return is_day and all(word in words.links or word in _TURNING or not word[:1].isalpha() for word in said[:at])


_TURNING = frozenset(
    ("no", "nope", "ok", "sorry", "rather", "lets", "nein", "nee", "doch", "ach", "lieber", "non", "nee")
)
_TO = frozenset(("to", "auf", "am", "zum", "naar", "à", "a", "para"))
_FRONT = 5
"""Words of «ok, i'll go for …»."""
_CLOCKS = frozenset(("half", "halb", "noon", "midday"))


def read_facts(utterance: Utterance, known: str | None) -> tuple[Fact, ...]:
    """The clauses of fact beside a wish, in order; none where the text is nothing else."""
    if not utterance.triggers & _VERB:
        return ()
    if any(map(segments, utterance.words)):
        return unspaced_facts(utterance, find_language(utterance, known))
    language = find_language(utterance, known)
    words = fact_words(language)
    clauses = tuple(_clauses(utterance, words, language))
    if len(clauses) < 2:
        return ()
    found = _facts_in(utterance, clauses, words, language)
    is_open = all(fact.bearing is Bearing.OPEN for fact in found)
    told = {at for fact in found if is_open or fact.bearing is not Bearing.OPEN for at in range(fact.start, fact.end)}
    rest = [
        index
        for start, end in clauses
        if not _is_subject(utterance, start)
        for index in range(start, end)
        if index not in told
    ]
    if not found or not wishes(utterance, rest, words, language):
        return ()
    has_act = any(
        at in utterance.atoms
        or utterance.words[at] in words.wishes
        or act_at(utterance.words, at, language) is not None
        for at in rest
    )
    acts = any(utterance.words[at] in words.wishes or act_at(utterance.words, at, language) is not None for at in rest)
    found = [_without_name(utterance, fact, rest, words) for fact in found]
    return tuple(
        fact
        for fact in found
        if (has_act or not fact.is_of_time)
        and (acts or not speaks_of_it(utterance, fact))
        and not is_what_moves(utterance, fact, rest, language)
    )


def _is_subject(utterance: Utterance, start: int) -> bool:
    """«…, es geht um den umzug»: what it is about, and no wish of its own."""
    heads = aside_words().heads.get(utterance.words[start], ())
    return any(rest and utterance.words[start + 1 : start + 1 + len(rest)] == rest for rest in heads)


def _without_name(utterance: Utterance, fact: Fact, rest: list[int], known: FactWords) -> Fact:
    """«lena cancelled, book kim at 3»: who is told of is no guest where somebody else is named."""
    is_undone = fact.hidden > fact.start and not known.undone.isdisjoint(utterance.words[fact.start : fact.end])
    others = (at in utterance.atoms or name_lists().is_first(utterance.words[at].removesuffix("'s")) for at in rest)
    return fact._replace(hidden=fact.start) if is_undone and any(others) else fact


def _facts_in(
    utterance: Utterance, clauses: tuple[tuple[int, int], ...], known: FactWords, language: str
) -> list[Fact]:
    """The clauses of fact; what a comma adds to one («i have a train at 9, lunch at 12») is one as well."""
    found: list[Fact] = []
    told = not known.done.union(known.past).isdisjoint(utterance.words)
    acts = (at for at in range(clauses[-1][1]) if told and act_at(utterance.words, at, language) is not None)
    act = next(acts, _LOOKED_AT)  # only what was or was done tells something else behind an act
    for start, end in clauses:
        fact = _fact_in(utterance, start, end, known, language, is_behind=act < start)
        is_next = bool(found) and language == "en" and found[-1].end == start - 1 and found[-1].bearing in _HAVING
        if fact is None and is_next and _is_listed(utterance, start, end, known):
            fact = Fact(start, end, start, Bearing.BUSY)
        found += [fact] if fact is not None else []
    return found


_HAVING = frozenset((Bearing.BUSY, Bearing.LEAVES, Bearing.COMES))


def _is_listed(utterance: Utterance, start: int, end: int, known: FactWords) -> bool:
    """«lunch at 12», «then a call at 2»: a thing and its clock."""
    words = utterance.words
    said = [at for at in range(start, end) if words[at] not in _ARTICLES and words[at] not in {"and", "then"}]
    place = next((at for at in said if words[at] == "at" or is_timely(utterance, at, "en")), -1)
    things = [at for at in said if at < place]
    is_timed = any(words[at].isdecimal() for at in said if at > place)
    are_things = all(_is_content(utterance, at, known, "en") and not _is_act(words, at, "en") for at in things)
    others = known.wishes | known.links | known.open
    return is_timed and 0 < len(things) < _LONG_THING and are_things and others.isdisjoint(words[start:end])


_LONG_THING = 3


def _clauses(utterance: Utterance, known: FactWords, language: str) -> Iterator[tuple[int, int]]:
    words, size = utterance.words, min(len(utterance.words), _LOOKED_AT)
    start = 0
    for at in range(size):
        is_mark = words[at] in _MARKS and _is_border(utterance, at)
        if is_mark or (at > start and _opens(utterance, start, at, known, language)):
            if at > start:
                yield start, at
            start = at + 1 if is_mark else at
    if size > start:
        yield start, size


def _is_border(utterance: Utterance, at: int) -> bool:
    """Whether a mark stands between clauses: not inside «3:30», «a.m.», «12-1»."""
    is_tight = at + 1 < len(utterance.words) and utterance.is_glued(at + 1)
    if at and utterance.words[at] == "." and (utterance.words[at - 1] in _TITLES or _is_date_led_on(utterance, at)):
        return False
    return not is_tight or utterance.words[at] in {"(", ")", "!", "?"}


def _is_date_led_on(utterance: Utterance, at: int) -> bool:
    """«auf den 12. um 16 uhr»: the mark of a date with its clock behind."""
    return utterance.words[at - 1].isdecimal() and utterance.words[at + 1 : at + 2] == ("um",)


def _opens(utterance: Utterance, start: int, at: int, known: FactWords, language: str) -> bool:
    """Whether a clause begins at a word: «because …», «so …», «and i'm …», behind a time «… i'm …», «… move …», a new line."""
    words = utterance.words
    if "\n" in utterance.text[utterance.ends[at - 1] : utterance.starts[at]]:
        return True
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
    if (word in known.clauses and words[at - 2 : at] != _AS_LONG) or (
        word == "so" and behind not in {"that", "far", "much"}
    ):
        return True
    begins = word in known.bound or (word in known.subjects and behind in known.verbs)
    if word in known.ands:
        return at - start > 1 and _begins_behind(utterance, at + 1, known, language)
    if not is_timely(utterance, at - 1, language) or all(
        is_timely(utterance, one, language) or words[one] in known.leading or leads(words, one, known)
        for one in range(start, at)
    ):
        return False  # «thursday i have the dentist» is one clause
    is_last = language in _VERB_LAST and (not behind or behind in _MARKS | _PASSIVE)
    return begins or (_is_act(words, at, language) and not is_last and not is_time(utterance, at))


_VERB_LAST = frozenset(("de", "nl"))
"""«ich muss den call auf 12 uhr verlegen, …»: the verb at the end opens no clause."""
_PASSIVE = frozenset(("werden", "worden"))
_AS_LONG = ("als", "het")
"""«als het maar 's middags is»: on that condition alone."""


def _begins_behind(utterance: Utterance, at: int, known: FactWords, language: str) -> bool:
    """«… and i'm …», «… und mittwoch bin ich …», «… and book …»."""
    words = utterance.words
    if _is_act(words, at, language):
        return True
    while at < len(words) and (is_timely(utterance, at, language) or words[at] in known.leading):
        at += 1
    if at >= len(words):
        return False
    if language != "en":
        return words[at] in known.verbs or words[at] in known.subjects
    behind = words[at + 1] if at + 1 < len(words) else ""
    return words[at] in known.bound or (words[at] in known.subjects | known.owners and not behind.isdecimal())


def _is_act(words: tuple[str, ...], at: int, language: str) -> bool:
    return at < len(words) and act_at(words, at, language) is not None


def _fact_in(
    utterance: Utterance, start: int, end: int, known: FactWords, language: str, *, is_behind: bool = False
) -> Fact | None:
    words, first = utterance.words, start
    while start < end and words[start] in known.links and words[start] not in known.verbs:
        start += 1
    if start >= end or (end < len(words) and words[end] == "?"):
        return None
    verb, shown = (
        english_verb(utterance, start, end, known) if language == "en" else verb_of(utterance, start, end, known)
    )
    if verb < 0:
        return None
    bearing = bearing_of(utterance, start, verb, end, known, is_behind=is_behind)
    if bearing is Bearing.BUSY and (_is_stay(words[start:end], known) or not _BUT.isdisjoint(words[end : end + 2])):
        return None
    if bearing is None or (bearing is not Bearing.PAST and _holds_act(words, start, end, known, language)):
        return None
    if bearing is Bearing.BUSY and _is_of_day(utterance, (start, verb, end), known, language):
        return None
    if bearing is Bearing.BUSY and not _says_what(utterance, (start, verb, end), known, language):
        return None
    is_of_time = (
        language == "en"
        and verb > start
        and all(is_timely(utterance, at, language) or words[at] in known.leading for at in range(start, verb))
    )
    is_of_time = is_of_time or (verb == start and words[verb].endswith("'s"))
    begin = first if _TAKING_BACK.isdisjoint(words[first:start]) else start
    return Fact(begin, end, begin if shown == start else shown, bearing, is_of_time and words[verb] not in known.bound)


_TAKING_BACK = frozenset(("wait", "oops", "hm", "hmm", "argh", "ugh", "moment", "halt"))
"""Words in front of a fact that take back what stands before them."""


def _is_of_day(utterance: Utterance, clause: tuple[int, int, int], known: FactWords, language: str) -> bool:
    """«thursday is great», «10 uur is prima»: what is said of a time, unless it says that it is taken or what is on."""
    words, (start, verb, end) = utterance.words, clause
    is_contracted = verb == start and words[verb].endswith("'s") and words[verb] not in known.bound  # «friday's great»
    if not (words[verb] in known.copula or is_contracted) or not known.taken.isdisjoint(words[start:end]):
        return False
    front = range(start, verb)
    if any(not (is_timely(utterance, at, language) or words[at] in known.leading | _DUMMIES) for at in front):
        return False
    if not known.no.isdisjoint(words[start:end]):
        return False  # «thursday isn't good»
    behind = words[verb + 1 : end]
    is_thing = bool(behind) and behind[0] in _ARTICLES and known.open.union(known.fields).isdisjoint(behind)
    return not (language == "en" and is_thing)


_DUMMIES = frozenset(("it", "es", "dat", "das", "ce", "c'est"))
_ARTICLES = frozenset(("a", "an", "the", "my", "our", "his", "her", "their"))


def _says_what(utterance: Utterance, clause: tuple[int, int, int], known: FactWords, language: str) -> bool:
    """«i have the dentist at 2», and not «i have thursday at 2», which may be when it is to be."""
    words, (start, verb, end) = utterance.words, clause
    if language != "en" or not known.no.union(known.unable).isdisjoint(words[verb:end]) or words[verb] in known.doing:
        return True
    told = [at for at in (*range(start, verb), *range(verb + 1, end)) if words[at][:1].isalpha()]
    return any(_is_content(utterance, at, known, language) for at in told)


def _is_content(utterance: Utterance, at: int, known: FactWords, language: str) -> bool:
    word = utterance.words[at]
    empty = known.leading | known.adverbs | known.subjects | known.bound
    is_person = at in utterance.atoms or name_lists().is_first(word.removesuffix("'s"))
    return not (word in empty or is_person or is_timely(utterance, at, language))


_BUT = frozenset(("but", "aber", "maar", "pero", "mais", "ma", "mas"))
"""«i can't do 3 but 4 works»: two times against one another, which others read."""


def _is_stay(words: tuple[str, ...], known: FactWords) -> bool:
    """«i'm in lisbon on friday»: whose clock holds on those days; «i fly to rome» only tells of the journey."""
    places = place_names()
    into = _INTO if known.going.isdisjoint(words) else _INTO - {"to"}
    pairs = pairwise((*words, ""))
    return any(
        before in into and (word in places or f"{word} {behind}" in places)
        for before, (word, behind) in zip(words, list(pairs)[1:], strict=False)
    )


_INTO = frozenset(("in", "to", "at", "from", "nach", "en", "à", "a", "em", "naar", "aus"))


def _holds_act(words: tuple[str, ...], start: int, end: int, known: FactWords, language: str) -> bool:
    return any(
        act_at(words, at, language) is not None and words[at] not in known.verbs and not _is_thing(words, at)
        for at in range(start, end)
    )


def _is_thing(words: tuple[str, ...], at: int) -> bool:
    """Whether a verb of acting is a noun here: «i have a stop», «a call», «arzttermin»."""
    if words[at].endswith("termin"):
        return True
    names = vocabulary().classes.get(words[at], ())
    is_made = {"addv"}.intersection(names) and not {"bookv", "movev", "cancelv", "holdv"}.intersection(names)
    return bool(is_made) or (at > 0 and words[at - 1] in {"a", "an", "the", "my", "tied", "already", "fully"})


_TITLES = frozenset(("dr", "prof", "mr", "mrs", "ms", "st", "hr", "fr", "sr", "sra"))
