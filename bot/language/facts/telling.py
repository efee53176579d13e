"""What a clause of fact says of its time, by its verb and by what it holds: `Bearing`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.facts.fact import Bearing
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from bot.language.facts.words import FactWords
    from bot.language.normalise import Utterance

_MET = frozenset(("meet", "occ"))


def bearing_of(
    utterance: Utterance, start: int, verb: int, end: int, known: FactWords, *, is_behind: bool = False
) -> Bearing | None:
    """What the clause says of its time; None where it is a wish or says when somebody can be met.

    `is_behind`: whether it stands behind an act, so that what was done to a meeting in it is why.
    """
    end -= len(_THAT_DAY) if utterance.words[max(end - len(_THAT_DAY), start) : end] == _THAT_DAY else 0
    words = utterance.words[start:end]
    said = frozenset(words)
    leaves, is_away = said & known.leaves, said & known.away
    if known.moving and any(one in known.being and two in known.moving for one, two in pairwise(words)):
        return None  # «das mit lena muss auf donnerstag um 12»
    if (
        is_behind
        and said & known.wishes <= _SOMETHING
        and (said & known.past or _is_undone(words, known, is_behind=True))
    ):
        return Bearing.PAST  # «…, um 10 kam was dazwischen»
    if (said & known.wishes) - known.duties or (said & known.duties & known.wishes and not leaves):
        return None
    if said & known.past or _is_undone(words, known, is_behind=is_behind):
        return Bearing.PAST
    if said & known.unable or is_chore(utterance.words[:end], verb, known):
        return Bearing.BUSY
    behind = frozenset(utterance.words[verb:end]) if known.bound else said
    is_running = utterance.words[verb] in known.runs and bool(said & known.until)
    opens = (bool(behind & known.open) and not is_running) or _is_in(words)
    if said & known.no:
        return Bearing.BUSY if opens or said & known.present else None
    if leaves and not said & known.comes:
        return Bearing.AWAY if _is_aboard(words, known) else Bearing.LEAVES
    if said & known.comes and not opens:
        return Bearing.COMES
    if is_away:
        return Bearing.LEAVES if "by" in said else Bearing.AWAY  # «i have to be out by 2:30»
    if opens or said & known.only:
        return Bearing.ONLY if opens and said & known.only else Bearing.OPEN
    return _bearing_of_thing(utterance, start, verb, said, known)


_THAT_DAY = ("jour", "-", "là")
"""«ce jour-là»: no «je suis là»."""


def _bearing_of_thing(
    utterance: Utterance, start: int, verb: int, said: frozenset[str], known: FactWords
) -> Bearing | None:
    """«the review ends at 3», «my shift starts at 2», «i finish at 4», «i have the dentist»."""
    is_planned = bool(said & known.planned) or any(
        not _MET.isdisjoint(vocabulary().classes.get(word, ())) for word in said
    )
    front = utterance.words[start : verb + 1]
    is_person = bool(frozenset(front) & (known.subjects | known.bound))
    is_named = any(start + at in utterance.atoms or name_lists().is_first(word) for at, word in enumerate(front))
    if utterance.words[verb] in known.visits and utterance.words[verb - 1] == "que":
        return None  # «el martes de la semana que viene», «terça da semana que vem»
    if said & known.visits:
        if verb > start and utterance.words[verb - 1] in _WHICH:
            return None
        return Bearing.COMES if is_person or is_named else Bearing.BUSY
    if said & known.ends:
        return Bearing.LEAVES if is_person or not is_planned else Bearing.COMES
    if said & known.starts:
        return Bearing.COMES if is_person else Bearing.LEAVES
    tells = known.being | known.bound | known.states | known.there | known.telegram | known.runs | known.doing
    if "by" in said:
        return None  # «she has to be in by thursday»
    is_contracted = utterance.words[verb].endswith("'s")  # «friday's a holiday», «my calendar's a mess»
    return Bearing.BUSY if is_contracted or utterance.words[verb] in tells else None


def is_chore(words: tuple[str, ...], verb: int, known: FactWords) -> bool:
    """«i do the school run at 2», «i pick up my son at 3»; not «i do 2», «i pick the second one»."""
    thing = verb + 1 + (words[verb + 1 : verb + 2] in _PARTICLES)
    is_thing = thing < len(words) and words[thing] in _OWNED
    return words[verb] in known.chores and is_thing and OFFERED.isdisjoint(words[thing:])


_PARTICLES = (("up",), ("off",), ("out",))
_OWNED = frozenset(("the", "a", "my", "our", "some", "kids", "children", "his", "her"))
OFFERED = frozenset(
    ("one", "ones", "option", "slot", "slots", "first", "second", "third", "last", "other", "later", "earlier")
)
"""Words for what was offered, which is nobody's chore."""


_WHICH = frozenset(("que", "che", "qui"))
"""«la semana que viene» is a week, and nothing that comes."""


def _is_undone(words: tuple[str, ...], known: FactWords, *, is_behind: bool) -> bool:
    """«lena's flight got cancelled», «we moved offices»: of a thing that is no meeting of ours, or told of what was done."""
    names = vocabulary().classes
    if not any(word in known.done for word in words):
        return False
    if not known.bound:  # «der kundentermin hat sich verschoben»
        wanted = (known.wishes | known.duties) - _SOMETHING
        return is_behind and not known.passive.isdisjoint(words) and wanted.isdisjoint(words)
    at = next(place for place, word in enumerate(words) if word in known.done)
    front = [word for word in words[:at] if word not in known.adverbs and word not in _PERFECT]
    if len(front) == 1:
        is_name = words[at] in known.undone and name_lists().is_first(front[0])
        return front[0] in known.subjects or is_name
    if at == len(words) - 1 and words[0] in known.owners and words[at - 1] not in known.passive:
        return True  # «the 2pm client call moved»
    is_ours = not is_behind and any("meet" in names.get(word, ()) for word in words[:at])
    return words[at - 1] in known.passive and not is_ours and words[0] not in known.others


_SOMETHING = frozenset(("was", "wat"))
_PERFECT = frozenset(("has", "have", "had"))


def _is_aboard(words: tuple[str, ...], known: FactWords) -> bool:
    """«we're on a train all wednesday»."""
    return any(word in known.leaves and {"on", "im"} & set(words[max(at - 2, 0) : at]) for at, word in enumerate(words))


_MINDED = frozenset(("up", "down", "set", "all", "i'm", "we're", "am", "are", "is"))
_UNTIL = frozenset(
    (
        *("on", "until", "till", "from", "today", "tomorrow", "this", "next", "all"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "mon", "tue", "wed", "thu", "fri"),
    )
)


def _is_in(words: tuple[str, ...]) -> bool:
    """«she's in on tuesdays», «i'm in until 3»."""
    is_for = any(before in _MINDED and word == "for" for before, word in pairwise(words))  # «i'm up for thursday»
    return words[-1] == "in" or is_for or any(before == "in" and word in _UNTIL for before, word in pairwise(words))
