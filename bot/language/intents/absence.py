"""What a text with a word of days off means: whether somebody is away at all, and from when until when."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.language.cues.verbs import clause_acts
from bot.language.lexicon import plain
from bot.language.meaning import Certainty, Doubt, DoubtKind, Grain, Hours, Intent, Open, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Moment, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_WEEK = timedelta(days=7)


def in_one_stretch(times: TimesRead) -> TimesRead:
    """«from thursday i'm on vacation until tuesday»: both ends of one stretch, whatever stands between them."""
    said = times.moments
    if len(said) > 1 and times.recurrence is None and (whole := _whole_behind(said)) != said:
        return times._replace(moments=whole)
    if len(said) == 1 and times.length is not None and times.length.days and times.recurrence is None:
        return _so_long(times, said[0], times.length)
    if len(said) != 2 or times.recurrence is not None:
        return times
    joined = _stretch(*said)
    return times._replace(moments=(joined,), trace=(*times.trace, joined.rule)) if joined is not None else times


def _whole_behind(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """«freitag nachmittag nicht und montag auch nicht»: all of the day behind, and not the same hours of it."""
    found: list[Moment] = []
    for one in moments:
        is_bare = one.hours is None and one.open is None and one.says_day and one.exact is None
        is_behind = is_bare and any(before.hours is not None and before.says_day for before in found)
        found.append(replace(one, hours=Hours(start=time(0), end=time(0))) if is_behind else one)
    return tuple(found)


def with_edges_asked(times: TimesRead, signs: Collection[Sign]) -> TimesRead:
    """«je prends mon vendredi, et lundi je commence qu'à 11h»: a day off and where another begins are two things."""
    edge = next((sign.span for sign in signs if sign.cue in _EDGES), None)
    if edge is None or len({one.days for one in times.moments}) < 2:
        return times
    return times._replace(doubts=(*times.doubts, Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=edge)))


_EDGES = frozenset((Cue.BEGINS_DAY, Cue.ENDS_DAY))


def but_there(times: TimesRead, utterance: Utterance) -> TimesRead:
    """«venerdì non ci sono, giovedì invece sì dalle 14»: what is said of being there is asked about, and takes nothing off."""
    places = [utterance.starts[at] for at, word in enumerate(utterance.words) if plain(word) in _THERE]
    said = (*times.moments, *times.excluded)
    first = min((one.span.start for one in said), default=0)
    yes = next((place for place in places if place > first), None)
    if yes is None or len(said) < 2:
        return times
    begin = max((start for start in clause_starts(utterance) if start <= yes), default=0)
    kept = tuple(one for one in times.moments if one.span.start < begin)
    gone = tuple(one for one in times.excluded if one.span.start < begin)
    if not (kept or gone) or len(kept) == len(times.moments):
        return times
    doubt = Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=Span(begin, len(utterance.text)))
    kept, gone = (kept, gone) if kept else (gone, ())
    return times._replace(moments=kept, excluded=gone, doubts=(*times.doubts, doubt))


def clause_starts(utterance: Utterance, joins: Collection[str] = ()) -> list[int]:
    """Where the clauses behind the first begin; `joins` are words that begin one too."""
    words = utterance.words
    marks = (at for at, word in enumerate(words) if word in joins or (word in _PARTS and not _is_of_date(words, at)))
    return [utterance.starts[at + 1] for at in marks if at + 1 < len(words)]


def _is_of_date(words: tuple[str, ...], at: int) -> bool:
    """Whether a dot belongs to a day of the month («am 14. wieder da»)."""
    return words[at] == "." and at > 0 and words[at - 1].isdecimal()


_PARTS = frozenset((",", ".", ";", "，", "、", "。", "but"))
BUTS = frozenset(("aber", "doch", "pero", "mais", "ma", "però", "maar", "mas", "porém", "only", "though"))
ANDS = frozenset(("and", "und", "y", "e", "et", "en", "then", "dann"))
_THERE = frozenset(("yes", "si", "oui", "sim", "dafur", "schon", "wel"))


def _so_long(times: TimesRead, first: Moment, length: timedelta) -> TimesRead:
    """«quinze jours de congé à partir du 14 décembre»: so many days from that one on."""
    days = first.days
    if days is None or first.open is not Open.AFTER or first.hours is not None or days.first != days.last:
        return times
    last = days.first + timedelta(days=length.days - 1)
    whole = replace(first, days=replace(days, last=last), open=None, rule="day range")
    return times._replace(moments=(whole,), length=None, trace=(*times.trace, whole.rule))


def _stretch(low: Moment, high: Moment) -> Moment | None:
    if low.open is not Open.AFTER or high.open is not Open.BEFORE or low.days is None or high.days is None:
        return None
    if low.days.certainty is not Certainty.KNOWN or not high.says_day or high.span.start < low.span.end:
        return None
    last = high.days.last
    while last < low.days.first and high.rule.startswith("weekday"):
        last += _WEEK
    if last < low.days.first:
        return None
    days = replace(low.days, last=last)
    start = low.hours.start if low.hours is not None else None
    end = (high.hours.start or high.hours.end) if high.hours is not None else None
    if start is None and end is None:
        return replace(low, days=days, hours=None, open=None, grain=Grain.DAY, rule="day range")
    hours = Hours(start=start or time(0), end=end or time(0))
    return replace(low, days=days, hours=hours, open=None, is_through=True, rule="time range")


def booked_when_free(
    found: IntentRead, signs: Collection[Sign], utterance: Utterance, entities: EntitiesRead, dated: Sequence[Moment]
) -> IntentRead:
    """«tengo libre el jueves a las 15, reserva con …»: the word of days off tells when there is time, for whom is named."""
    if found.intent is not Intent.TIME_OFF or any(sign.cue in _AWAY for sign in signs):
        return found
    free = [sign.span for sign in signs if sign.cue in _FREE]
    off = [sign.span for sign in signs if sign.cue in _OFF]
    is_free = any(one.start < other.end and other.start < one.end for one in free for other in off)
    if not is_free or not dated or any(one.hours is None for one in dated):
        return found
    if not (entities.people or entities.emails or entities.mentions):
        is_point = all(one.hours and one.hours.end is None and one.open is None for one in dated)
        is_asked = is_point and any(sign.cue is Cue.ASKS_FREE for sign in signs)
        trace = (*found.trace, "intent find_slots: free at a clock time")
        return found._replace(intent=Intent.FIND_SLOTS, trace=trace) if is_asked else found
    acts = {act for act, _, _ in clause_acts(utterance, ())}
    is_invited = bool(entities.emails or entities.mentions) and acts.isdisjoint(_ON_STANDING)
    if is_invited or (entities.people and acts == {Intent.BOOK}):
        return found._replace(intent=Intent.BOOK, trace=(*found.trace, "intent book: in the time that is free"))
    return found


_FREE = frozenset((Cue.SEEKS, Cue.ASKS_FREE))
_OFF = frozenset((Cue.OFF, Cue.CLOSES))
_AWAY = frozenset((Cue.OUT_OF_OFFICE, Cue.VACATION, Cue.SICK, Cue.ON_A_TRIP, Cue.PUBLIC_HOLIDAY, Cue.NEGATED))
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.UNDO))
