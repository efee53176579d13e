"""Small readings that an answer, a list or a look at a page asks for: bare numbers, what follows a yes, loose words."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.cues.account.fates import is_filler, own_fillers
from bot.language.entities.people.lists import name_lists
from bot.language.entities.pick import number_or_weekday
from bot.language.entities.tokens import span_of, tokens_in
from bot.language.meaning import BareNumber, Intent, Open, Span, Under
from bot.language.normalise import normalise
from bot.language.signs import Cue
from bot.language.sketch import vocabulary
from bot.language.triggers import DIGITS, trigger
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Moment, Reference, Sign, Understanding
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_SHORT = 8
"""Words; a longer text with a number in it is no answer."""
_SIDES = {"after": Open.AFTER, "from": Open.AFTER, "before": Open.BEFORE, "by": Open.BEFORE}
_TIES = frozenset(":/@-.")
_HOURS = frozenset(("the", "an", "one", "full", "whole"))
_CALENDARS = frozenset(("calendar", "calender", "schedule", "diary", "agenda", "planner"))
_NOBODY = frozenset(
    ("my", "our", "your", "this", "it", "today", "todays", "tomorrow", "tomorrows", "what", "when", "who", "where", "how",
     "there", "here", "that", "let", "show", "week", "weeks", "month", "months")
)  # fmt: skip
_OF_PLACES = frozenset((Cue.TRAVELS, Cue.CONVERTS))
"""Cues beside which a city alone names a zone."""
_MOST_LOOSE = 24
_AREAS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic")


_HOUR = trigger(lambda word: word == "hour")
_CALENDAR = trigger(lambda word: word in _CALENDARS)
_WORD = trigger(lambda word: word[:1].isalnum())
_CONTENT = trigger(lambda word: word[:1].isalpha() and word not in vocabulary().classes and not is_filler(word, "en"))


_NOT = frozenset(("not", "nicht", "niet", "pas"))
"""What refuses the number behind it; a bare «no» answers what was offered instead."""
_BUT = frozenset(("but", "aber", "dafür", "pero", "mais", "mas", "ma", "maar"))


def bare_number(utterance: Utterance, refused: Sequence[Span] = ()) -> BareNumber | None:
    """A number alone: «make it 4», «after 3»; figures inside a date, an address or a clock with am are none.

    `refused`: where times are turned down («9 is too early, 12»), which name none.
    """
    words = utterance.words
    if not utterance.triggers & DIGITS or len(words) > 3 * _SHORT:
        return None
    but = -1 if _BUT.isdisjoint(words) else next(at for at, word in enumerate(words) if word in _BUT)
    figures = utterance.where(DIGITS)
    for index in figures:
        word = words[index]
        if index < but < figures[-1]:
            continue  # «can't do 2 but 3 works»
        if len(word) > 2 or index in utterance.atoms or _is_tied(utterance, index):
            continue
        end, minute = index + 1, None
        if utterance.is_glued(end) if end < len(words) else False:
            if (
                words[end] in (":", ".")
                and end + 1 < len(words)
                and words[end + 1].isdecimal()
                and len(words[end + 1]) == 2
            ):
                minute, end = int(words[end + 1]), end + 2
            elif words[end][:1].isalnum() or words[end] in _TIES - {"."}:
                continue
        before = words[index - 1] if index else ""
        is_refused = any(one.start < utterance.ends[end - 1] and utterance.starts[index] < one.end for one in refused)
        if before in _NOT or is_refused:
            continue  # «not 9, 10», «9 is too early, 10»
        start = index - 1 if before in _SIDES else index
        return BareNumber(number=int(word), minute=minute, side=_SIDES.get(before), span=span_of(utterance, start, end))
    return None


def _is_tied(utterance: Utterance, index: int) -> bool:
    if not (index and utterance.is_glued(index)):
        return False
    before = utterance.words[index - 1]
    return before in _TIES or before[:1].isalnum()


def bare_length(utterance: Utterance) -> timedelta | None:
    """«ok the hour one», «the half hour»."""
    if not utterance.triggers & _HOUR:
        return None
    words = utterance.words
    for index, word in enumerate(words[: 2 * _SHORT]):
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if word == "hour":
            earlier = words[index - 2] if index > 1 else ""
            if "half" in (before, earlier) and before in ("half", "an", "-"):
                return timedelta(minutes=30)
            if before in _HOURS or after in ("one", "long"):
                return timedelta(hours=1)
    return None


_PLEASE = frozenset(("pls", "plz", "thanks", "let's", "lets"))


def whose_calendar(utterance: Utterance, entities: EntitiesRead, signs: tuple[Sign, ...]) -> str:
    """The name of somebody else whose calendar is asked for; empty when it is nobody's or the asker's own."""
    if not utterance.triggers & _CALENDAR or any(sign.cue is Cue.OWN for sign in signs):
        return ""
    words = utterance.words
    for index, word in enumerate(words):
        if word not in _CALENDARS or not index:
            continue
        for place in (index - 1, index - 2):
            if place < 0:
                continue
            if utterance.atoms.get(place, ("",))[0] == "mention":
                return utterance.text[utterance.starts[place] : utterance.ends[place]].lstrip("@")
            base = words[place].removesuffix("'s")
            is_time = base in vocabulary().marks and not any(base in name.lower().split() for name in entities.people)
            is_owner = (
                words[place].endswith("s")
                and len(base) > 1
                and base not in _NOBODY
                and words[place] not in _PLEASE
                and not is_time
            )
            if is_owner and (words[place] != base or base.removesuffix("s") not in vocabulary().classes):
                return base.removesuffix("s").capitalize() if words[place] == base else base.capitalize()
    return entities.people[0] if entities.people and any(word == "'s" for word in words) else ""


def loose_words(utterance: Utterance, taken: Iterable[Span]) -> tuple[str, ...]:
    """Content words that stand for no time and no known person: they may name a meeting or somebody in it."""
    if not utterance.triggers & _CONTENT:
        return ()
    inside, fillers = tokens_in(taken, utterance), own_fillers(utterance.language)
    places = [index for index in utterance.where(_CONTENT) if index not in inside]
    found = [
        word.removesuffix("'s")
        for word in [utterance.words[index] for index in places if index not in utterance.atoms]
        if word not in fillers
    ]
    return tuple(dict.fromkeys(found))[:_MOST_LOOSE]


def count_words(utterance: Utterance) -> int:
    """How many words the text has; addresses, links and emoji are none."""
    words, count = utterance.words, 0
    if not utterance.atoms and ":" not in words:
        return sum(map(_WORD.__and__, utterance.bits)) // _WORD
    for index, word in enumerate(words):
        if not word[:1].isalnum() or index in utterance.atoms:
            continue
        is_emoji = 0 < index < len(words) - 1 and words[index - 1] == ":" == words[index + 1] and not word.isdecimal()
        count += not is_emoji
    return count


def zone_meant(utterance: Utterance, signs: tuple[Sign, ...], intent: Intent, asked: tuple[str, ...]) -> str | None:
    """The zone of a place named alone: one of those we asked about, or where the asker is («i'm in lisbon»)."""
    if asked:
        words = " ".join(utterance.words)
        return next((zone for zone in asked if zone.rpartition("/")[2].replace("_", " ").lower() in words), None)
    if intent is not Intent.CHANGE_PROFILE and _OF_PLACES.isdisjoint([sign.cue for sign in signs]):
        return None
    said = [word.title() for word in utterance.words if word[:1].isalpha() and word.isascii()]
    places = (*said, *("_".join(pair) for pair in pairwise(said)))
    zones = (find_zone(f"{area}/{city}") for city in reversed(places) for area in _AREAS)
    return next((str(zone) for zone in zones if zone is not None), None)


_SAYS_NEW = frozenset(("bookv", "meet", "occ", "holdv", "linkw", "type", "free", "freetime"))
"""Classes of words that name a meeting to be made."""
_MOST = 2
"""Words beside the person and the time that may say nothing («lena suggested monday 11»)."""


def says_no_act(
    utterance: Utterance,
    times: TimesRead,
    entities: EntitiesRead,
    beside: Collection[Span],
    rather: Collection[Span] = (),
) -> bool:
    """Whether one person and a time are all there is. Other languages than English must leave no word over.

    `beside`: where it says in whose meeting the time is measured from; that is a time too. `rather`: where «rather» stands.
    """
    is_more = entities.emails or entities.event_type or entities.named_type or entities.topic or entities.place
    if is_more or len(entities.people) + len(entities.mentions) != 1 or "?" in utterance.words:
        return False
    if times.length is not None or times.recurrence is not None or len(times.moments) > 1:
        return False
    if not (beside or any(map(_is_one_time, times.moments))):
        return False
    known = vocabulary().classes
    kept = entities.covered if entities.keeps else ()
    taken = tokens_in((*times.covered, *entities.people_spans, *beside, *rather, *kept), utterance).union(
        utterance.atoms
    )
    left = [word for at, word in enumerate(utterance.words) if at not in taken and word[:1].isalpha()]
    if utterance.language != "en" or not left:
        return name_lists().beside_times.get(utterance.language, _NONE).issuperset(left)
    if any(not _SAYS_NEW.isdisjoint(known.get(word, ())) for word in left):
        return False
    return sum(not is_filler(word, "en") for word in left) <= _MOST


_NONE: frozenset[str] = frozenset()
_OTHER_THAN_CONTRAST = frozenset(
    (Cue.CANCELS, Cue.MOVES, Cue.ALSO, Cue.AGAIN, Cue.CONDITION, Cue.RECURRING, Cue.CLOSES, Cue.HOLDS, Cue.QUESTION)
)


def says_contrast(intent: Intent, times: TimesRead, entities: EntitiesRead, signs: Collection[Sign]) -> bool:
    """«lena not thursday but wednesday», «the meeting with lena is not on thursday, it's on wednesday»: no act is named.

    Where a meeting stands on the day that is given up, it is the one that moves.
    """
    is_more = entities.emails or entities.event_type or entities.topic or entities.place
    if is_more or len(entities.people) + len(entities.mentions) != 1 or times.recurrence is not None or times.length:
        return False
    gone = [one for one in times.excluded if one.days is not None and one.days.first == one.days.last]
    if not gone or len(gone) < len(times.excluded) or len(times.moments) != 1 or times.moments[0].days is None:
        return False
    if times.moments[0].span.start < gone[-1].span.start or not _is_one_time(times.moments[0]):
        return False
    refused = gone[
        -1
    ].span  # «lena geht donnerstag nicht, wie wärs mit freitag»: the day that closes is the one given up
    cues = {
        sign.cue
        for sign in signs
        if sign.cue is not Cue.CLOSES or not sign.span.start < refused.start < refused.end < sign.span.end
    }
    is_new = intent is Intent.BOOK or not cues.isdisjoint((Cue.SEEKS, Cue.ASKS_FREE))
    return cues.isdisjoint(_OTHER_THAN_CONTRAST) and (not is_new or Cue.STANDING in cues)


def _is_one_time(moment: Moment) -> bool:
    """A clock, a part of a day, or one day."""
    return moment.hours is not None or (moment.days is not None and moment.days.first == moment.days.last)


_COURTESY = frozenset(
    (
        ",",
        ".",
        "!",
        ";",
        "please",
        "pls",
        "bitte",
        "por",
        "favor",
        "per",
        "favore",
        "grazie",
        "stp",
        "svp",
        "graag",
        "merci",
    )
)


def not_then(times: TimesRead, signs: Collection[Sign], utterance: Utterance) -> TimesRead:
    """«por la mañana no», «donnerstag nicht», «in the morning no»: the only time is left out by what ends the text."""
    is_one = len(times.moments) == 1 and not times.excluded and times.recurrence is None
    if not is_one or "?" in utterance.words or any(sign.cue in _ON_THOSE for sign in signs):
        return times
    gone, text = times.moments[0], utterance.text
    for sign in signs:
        between = text[gone.span.end : sign.span.start]
        rest = text[sign.span.end :].strip(" .!").split()
        is_behind = sign.cue is Cue.NEGATED and sign.span.start > gone.span.end and not between.strip()
        if is_behind and len(text[: gone.span.start].split()) < _FEW and all(word in _COURTESY for word in rest):
            span = Span(gone.span.start, sign.span.end)
            return times._replace(moments=(), excluded=(replace(gone, span=span),), covered=(*times.covered, span))
    return times


_ON_THOSE = frozenset((Cue.CANCELS, Cue.MOVES, Cue.STAYS, Cue.CONDITION))
_FEW = 4
"""Words in front of a day that is turned down behind it: «y con ines el lunes no»."""


def from_failed_day(times: TimesRead, signs: Collection[Sign]) -> TimesRead | None:
    """«thursday i can't, move everything to friday»: it is said of the day in front, and «everything» is what is on it."""
    whole = [sign.span.start for sign in signs if sign.cue is Cue.ALL]
    if len(times.excluded) != 1 or len(times.moments) != 1 or not whole:
        return None
    gone = times.excluded[0]
    is_in_front = gone.days is not None and gone.span.end <= times.moments[0].span.start
    is_spared = any(sign.cue is Cue.EXCEPT and sign.span.start <= gone.span.start for sign in signs)
    if not is_in_front or is_spared or min(whole) < gone.span.end:
        return None
    return times._replace(from_moment=gone, excluded=(), left_out=(*times.left_out, gone.span))


def is_courtesy(read: Understanding) -> bool:
    """«thanks, see you monday at 9», «have a great thursday»: nobody is named, nothing is sought, asked or done."""
    names = read.people or read.emails or read.mentions or read.event_type or read.named_type or read.length
    if names or read.has(*_MORE_THAN_COURTESY) or read.size > _MOST_OF_COURTESY:
        return False
    said = [sign.span for sign in read.cues if sign.cue is Cue.FAREWELL]
    seeks = (sign.span.start for sign in read.cues if sign.cue is Cue.SEEKS)  # «talk to you tomorrow»
    return all(any(span.start <= start < span.end for span in said) for start in seeks)


def without_goodbye(signs: tuple[Sign, ...], utterance: Utterance, reference: Reference) -> tuple[Sign, ...]:
    """«à vendredi» as all that is said below times: where it is to go, and no «see you on Friday»."""
    if reference.under is Under.NOTHING or sum(word[:1].isalnum() for word in utterance.words) > _WHERE_TO:
        return signs
    size = len(utterance.text.rstrip(" .!"))
    return tuple(sign for sign in signs if sign.cue is not Cue.FAREWELL or sign.span.end - sign.span.start < size)


_WHERE_TO = 2
"""Words of «à vendredi»."""


def without_wish(read: Understanding) -> Understanding:
    """The understanding as a greeting, which says nothing of when."""
    return replace(
        read, intent=Intent.GREETING, moments=(), from_moment=None, excluded=(), recurrence=None, topic="", doubts=()
    )


_MORE_THAN_COURTESY = (
    *(Cue.ASKS_FREE, Cue.CANCELS, Cue.MOVES, Cue.STANDING, Cue.OWN_CALENDAR, Cue.PUTS),
    *(Cue.CLOSES, Cue.OFF, Cue.INSTEAD, Cue.CORRECTED),
)
_MOST_OF_COURTESY = 16


def numbered(read: Understanding, reference: Reference) -> Understanding:
    """«cancela a segunda»: by number, where no listed one is on a monday."""
    if len(reference.options) < 2 or read.language != "pt":
        return read
    weekdays = tuple(one.astimezone(reference.zone).weekday() for one in reference.options)
    picked = number_or_weekday(normalise(read.text), weekdays)
    if picked is None or read.intent not in _BY_NUMBER:
        return read
    said = picked.span
    timed = tuple(
        one if one.span.end <= said.start or one.span.start >= said.end else replace(one, days=None)
        for one in read.moments
        if one.hours is not None or one.span.end <= said.start or one.span.start >= said.end
    )
    source = read.from_moment if read.from_moment and read.from_moment.span.start >= said.end else None
    return replace(read, choice=picked.choice, choice_span=said, moments=timed, from_moment=source)


_BY_NUMBER = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.SELECT))
