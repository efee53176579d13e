"""What the readers of a text gave, put together to an Understanding; small facts that only answers and lists ask for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.clocks import on_whose_clock
from bot.language.cues.account.doubts import other_script
from bot.language.cues.account.fates import Read, unread_spans, worth_saying
from bot.language.cues.account.unplaced import may_miss, with_placed
from bot.language.cues.amounts import length_change
from bot.language.cues.answers import (
    bare_length,
    bare_number,
    count_words,
    is_courtesy,
    loose_words,
    says_contrast,
    says_no_act,
    whose_calendar,
    without_wish,
    zone_meant,
)
from bot.language.cues.hours import only_weekdays, opened_and_closed, week_named, weekdays_held, weekdays_named
from bot.language.cues.reading import outside
from bot.language.cues.two.listed import of_each
from bot.language.cues.verbs import says_book
from bot.language.cues.whom import BESIDE_WHOM
from bot.language.entities.aside_words import Beside
from bot.language.entities.people.company import ALL_NEEDED, counted, read_company, read_limit
from bot.language.entities.people.pairs import paired
from bot.language.entities.said.abroad import without_same
from bot.language.entities.said.city import city_zone, note_said
from bot.language.entities.said.forms import read_form
from bot.language.entities.said.limits import limits_said
from bot.language.entities.said.terms import Terms, read_terms
from bot.language.entities.topic import begins_with_why
from bot.language.facts import clear_of
from bot.language.meaning import DoubtKind, Intent, Open, Understanding
from bot.language.moods import remark_behind
from bot.language.signs import Cue
from bot.language.times.places import find_stays
from bot.scheduling.replacing import replace
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.apart import Apart
    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Doubt, LimitWish, SaidWeekday, Sign, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_UNTOLD = frozenset((Beside.NAME, Beside.TYPE))
"""Asides that are read by others all the same."""
_LIMITING = frozenset({Intent.SET_LIMITS, Intent.CHANGE_EVENT_TYPE, Intent.DENY})
_UNSPACED = frozenset(("ja", "zh"))
_SEEKING = frozenset((Intent.BOOK, Intent.FIND_SLOTS))
_OF_COMPANY = frozenset((Cue.OPTIONAL, Cue.REQUIRED, Cue.EITHER, Cue.AND))
_OF_LENGTH = frozenset((Cue.LONGER_BY, Cue.SHORTER_BY))
_MAY_SEEK = frozenset(
    (
        *(Intent.BOOK, Intent.HOLD, Intent.FIND_SLOTS, Intent.NEXT_OPENING, Intent.OUT_OF_SCOPE),
        *(Intent.REFINE, Intent.SELECT, Intent.MORE_OPTIONS, Intent.AFFIRM, Intent.DENY),
    )
)
"""What a text can be that is about free times; in any other «the first slot» is a meeting that stands."""
_EDGES = frozenset((Cue.FIRST_FREE, Cue.LAST_FREE))
_OF_MEETINGS = frozenset((Cue.NEXT, Cue.LAST))
_OTHER_WORDS = frozenset((Cue.INSTEAD, Cue.NO, Cue.CORRECTED, Cue.PUTS))
_FEW_WORDS = 8
_LIKE_THEIRS = frozenset((Cue.SAME_DAY_WHOM, Cue.SAME_TIME_WHOM))
_ANSWERS = frozenset((Cue.YES, Cue.NO))
_SEVERAL = frozenset((Cue.AND, Cue.ALSO))
_CHANGING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_TURNED_ROUND = frozenset((Cue.EXCEPT, Cue.ALL, Cue.NEGATED))
_GONE = frozenset((Cue.OFF, Cue.CLOSES, Cue.NEGATED))
_OF_HOURS = frozenset((Intent.SET_HOURS, Intent.TIME_OFF, Intent.OUT_OF_SCOPE))


class Parts(NamedTuple):
    """What each reader gave of one text."""

    apart: Apart
    times: TimesRead
    entities: EntitiesRead
    found: IntentRead
    signs: tuple[Sign, ...]
    excluded_people: tuple[str, ...]
    excluded_type: str
    excluded_picks: tuple[int, ...]
    told_only: tuple[str, ...]
    beside_whom: tuple[str, ...]
    idioms: tuple[Span, ...]
    doubts: tuple[Doubt, ...]
    zones: tuple[str, ...]
    """Candidates of the zone that we asked about."""

    def readers(self) -> tuple[Read, ...]:
        """Who stood where."""
        entities, asides = self.entities, self.apart.asides
        return (
            *(Read(self.apart.span(aside), aside.kind.value) for aside in asides if aside.kind not in _UNTOLD),
            *(Read(span, "time") for span in self.times.covered),
            *(Read(span, "people") for span in entities.people_spans),
            *(Read(span, "entity") for span in entities.covered),
            *(Read(span, "idiom") for span in self.idioms),
            *(Read(sign.span, f"cue {sign.cue.value}") for sign in self.signs),
            *(Read(span, "intent") for span in self.found.covered),
        )

    def covered(self) -> tuple[Span, ...]:
        """Where anybody stood; a cue alone covers only its own words."""
        signs = [sign.span for sign in self.signs]
        asides = [self.apart.span(aside) for aside in self.apart.asides]
        return (*asides, *self.times.covered, *self.entities.covered, *self.found.covered, *self.idioms, *signs)


def composed(parts: Parts) -> Understanding:
    """What the readers gave as one value, with what nobody read."""
    utterance, (times, entities, found, signs) = parts.apart.wish, parts[1:5]
    terms, cues = _terms(parts), {sign.cue for sign in signs}
    unread = unread_spans(utterance, (*parts.covered(), *terms.spans))
    company = read_company(utterance, entities, signs) if not _OF_COMPANY.isdisjoint(cues) else ALL_NEEDED
    read = Understanding(
        text=utterance.text,
        intent=found.intent,
        moments=times.moments,
        from_moment=times.from_moment,
        from_others=times.from_others,
        excluded=times.excluded,
        recurrence=times.recurrence,
        length=times.length,
        length_side=times.length_side,
        by=length_change(times.length, signs) if not _OF_LENGTH.isdisjoint(cues) else None,
        stretch=times.stretch,
        people=entities.people,
        emails=entities.emails,
        mentions=entities.mentions,
        addressed=entities.addressed or paired(utterance, entities, is_several=bool(cues & _SEVERAL)),
        limit=read_limit(utterance, signs, times.covered) if Cue.BOUND in cues else None,
        excluded_people=parts.excluded_people,
        excluded_type=parts.excluded_type,
        excluded_picks=parts.excluded_picks,
        told_only=parts.told_only,
        event_type=entities.event_type,
        named_type=entities.named_type,
        place=entities.place,
        topic="" if Cue.COPIES in cues else entities.topic,
        reason=entities.reason,
        zone=zone_meant(utterance, signs, found.intent, parts.zones) or times.zone,
        zones=times.zones,
        there=times.there,
        choice=entities.choice,
        count=entities.how_many,
        several=entities.several,
        limits=_limits(parts, terms),
        keeps=entities.keeps,
        is_negated=entities.is_negated or Cue.NEGATED in cues,
        whose=whose_calendar(utterance, entities, signs),
        bare=bare_number(utterance, [sign.span for sign in signs if sign.cue is Cue.WRONG_TIME]),
        bare_length=bare_length(utterance),
        remark=remark_behind(utterance, signs) if not _ANSWERS.isdisjoint(cues) else "",
        loose=loose_words(utterance, (*times.covered, *entities.people_spans)),
        size=count_words(utterance),
        details=(*entities.details, *_behind(found.intent, utterance.text, cues)),
        cues=signs,
        doubts=(*parts.doubts, *other_script(utterance.text, unread)),
        language=utterance.language,
        score=found.score,
        rivals=found.rivals,
        unread=unread,
        left_out=worth_saying(utterance, unread),
        trace=(*times.trace, *entities.trace, *found.trace),
    )
    return _settled(counted(read, company), parts, cues)


def _settled(read: Understanding, parts: Parts, cues: set[Cue]) -> Understanding:
    """With what few texts say, and with its times on the clock that is meant."""
    read = _all_placed(_with_week(_beside_facts(_further(read, parts, cues), parts), parts), parts)
    return on_whose_clock(read, parts.apart.wish, parts.entities, parts.apart.theirs)


def _all_placed(read: Understanding, parts: Parts) -> Understanding:
    """With a doubt about a figure that is no part of the wish; a number alone is an answer (`bare`)."""
    if not may_miss(read, parts.apart.wish, parts.apart.told):
        return read
    apart, times, entities = parts.apart, parts.times, parts.entities
    decided = (*map(apart.span, apart.asides), *times.covered, *times.left_out, *entities.covered, *parts.idioms)
    return with_placed(read, apart.wish, apart.told, (*entities.people_spans, *parts.found.covered), decided)


def _further(read: Understanding, parts: Parts, cues: set[Cue]) -> Understanding:
    """What few texts say: whose meeting a time is measured from, that no act was named, another name."""
    if Cue.FAREWELL in cues and is_courtesy(read):
        return without_wish(read)
    if read.intent is Intent.TIME_OFF and read.reason and not read.moments and begins_with_why(parts.apart.wish):
        read = replace(read, intent=Intent.OUT_OF_SCOPE)  # «weil ich krank bin», said below what is cancelled
    if not cues.isdisjoint(_OTHER_WORDS) and (rest := _beside_cues(parts.apart.wish, parts.signs)):
        read = replace(read, rest=rest)
    if read.excluded_people and read.excluded and _is_one(parts):
        read = replace(read, excluded_as_one=True)
    if read.intent in _CHANGING:
        read = of_each(read, parts.apart.wish, parts.entities, parts.times.covered)
    is_skipped = read.intent is Intent.CANCEL and read.excluded and not read.moments and read.begins_with(Cue.WITHOUT)
    if is_skipped and cues.isdisjoint(_TURNED_ROUND):
        read = replace(read, moments=read.excluded, excluded=())  # «skip this week's call with kim»
    if parts.beside_whom:
        is_like = not _LIKE_THEIRS.isdisjoint([sign.cue for sign in parts.signs])
        read = replace(read, beside_whom=parts.beside_whom, keeps=frozenset() if is_like else read.keeps)
    if read.has(Cue.FIRST_FREE, Cue.LAST_FREE):
        read = _of_what_is_free(read, parts)
    if read.intent in _WISHES and (thanks := read.sign(Cue.THANKS)) is not None and _goes_on(read, thanks.span.end):
        read = replace(read, cues=tuple(sign for sign in read.cues if sign.cue is not Cue.THANKS))
    may_book = read.intent is Intent.BOOK or (read.intent in _LOOSE_ABROAD and read.language != "en")
    may_book = may_book and read.doubt(DoubtKind.TOLD) is None
    beside = [sign.span for sign in parts.signs if sign.cue in BESIDE_WHOM] if parts.beside_whom else []
    rather = [sign.span for sign in parts.signs if sign.cue in _RATHER] if may_book else []
    if may_book and says_no_act(parts.apart.wish, parts.times, parts.entities, beside, rather):
        return replace(read, is_bare=True, intent=Intent.BOOK if read.intent is Intent.OUT_OF_SCOPE else read.intent)
    if (
        read.excluded
        and read.intent in _MAY_CONTRAST
        and says_contrast(read.intent, parts.times, parts.entities, read.cues)
    ):
        intent = Intent.FIND_SLOTS if read.intent is Intent.OUT_OF_SCOPE else read.intent
        return replace(read, is_bare=True, intent=intent)
    return read


def _beside_facts(read: Understanding, parts: Parts) -> Understanding:
    """Clear of the times of what was told beside the wish, or below one."""
    apart = parts.apart
    if apart.is_alone:
        return replace(read, intent=Intent.REFINE, excluded=apart.gone, size=len(apart.wish.words))
    if not apart.gone:
        return read
    if read.intent is Intent.TIME_OFF and read.language in _UNSPACED:
        read = replace(
            read, intent=Intent.FIND_SLOTS
        )  # their phrases are looked for in the text, what is told included
    gone = apart.gone[0].days if len(apart.gone) == 1 else None
    if gone is not None and read.intent is Intent.RESCHEDULE and read.has(Cue.ALL) and read.from_moment is None:
        is_day = apart.gone[0].hours is None and gone.first == gone.last and not (read.people or apart.names_absent)
        if is_day and read.moments and not read.has(Cue.EXCEPT):
            return replace(
                read, from_moment=apart.gone[0], excluded=()
            )  # «thursday i can't, move everything to friday»
    kept = clear_of(apart.gone, parts.times, read.intent, [sign.cue for sign in parts.signs])
    read = replace(read, excluded=kept.excluded)
    if read.intent is Intent.OUT_OF_SCOPE and read.has(Cue.SEEKS, Cue.ASKS_FREE):
        read = replace(read, intent=Intent.FIND_SLOTS)  # «lena's away thursday, find another time»
    is_absent = apart.names_absent and read.intent in _SEEKING and len(read.people) == 1 and not read.emails
    return replace(read, is_bare=True) if is_absent and not says_book(apart.wish) else read


def _of_what_is_free(read: Understanding, parts: Parts) -> Understanding:
    """«move lena to the last free slot»: no word of it says which meeting; in «move my last slot to friday» it does."""
    edges = [sign.span for sign in read.cues if sign.cue in _EDGES]
    named = [*parts.entities.people_spans, *(sign.span for sign in read.cues if sign.cue is Cue.FOLLOWS)]
    is_aim = read.intent is Intent.RESCHEDULE and any(span.end <= edges[0].start for span in named)
    if read.intent not in _MAY_SEEK and not is_aim:
        return replace(read, cues=tuple(sign for sign in read.cues if sign.cue not in _EDGES))
    where = parts.entities.choice_span
    is_pick = where is not None and not any(one.start <= where.start < one.end for one in edges)
    is_for = bool(read.people or read.emails or read.mentions)
    said = tuple(one for one in read.moments if one.exact is None or one.open is not Open.AFTER)
    if read.intent is Intent.SELECT and not is_for:
        return replace(read, moments=said)
    cues = outside(tuple(edges), read.cues, only=_OF_MEETINGS)
    intent = Intent.BOOK if is_for and read.intent in {Intent.SELECT, Intent.NEXT_OPENING} else read.intent
    return replace(read, cues=cues, choice=read.choice if is_pick else None, moments=said, intent=intent)


def _goes_on(read: Understanding, end: int) -> bool:
    """Whether a wish for somebody stands behind a thank-you: «thanks, cancel kim», not «thanks for cancelling kim»."""
    return bool(read.people or read.picks or read.choice) and read.text[end:].lstrip()[:1] in _STOPS


_STOPS = frozenset(",.!;，、。！")
_WISHES = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.BOOK, Intent.HOLD))
_RATHER = frozenset((Cue.INSTEAD, Cue.CORRECTED))
_LOOSE_ABROAD = frozenset((Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE))
"""What «ines mercredi à 9h» may be read as by its few words."""
_MAY_CONTRAST = frozenset((Intent.BOOK, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE))


def _with_week(read: Understanding, parts: Parts) -> Understanding:
    """With the weekdays and the stretches of the day that were named, where a pick stood, and where somebody is when."""
    if parts.entities.choice_span is not None:
        read = replace(read, choice_span=parts.entities.choice_span)
    told, times = parts.apart.told, parts.times
    if read.has(Cue.TRAVELS) and (stays := find_stays(parts.apart.wish, times.moments)):
        read = replace(read, stays=stays)
    weekdays, out = _weekdays(parts.apart.facts or told, times, is_corrected=read.has(Cue.CORRECTED))
    if read.intent is Intent.SET_HOURS and read.has(Cue.ONLY):
        out = (*out, *only_weekdays(told, weekdays, read.cues))
    if not (weekdays or out or times.stretches):
        return read
    if times.stretches and len(weekdays) > 1 and not out and read.intent in _OF_HOURS and read.has(Cue.OFF, Cue.CLOSES):
        parted = opened_and_closed(told, read.cues)
        if parted is not None:
            weekly, closed = parted
            signs = tuple(sign for sign in read.cues if sign.cue not in _GONE)  # they are in `weekdays_out`
            read = replace(read, intent=Intent.SET_HOURS, weekdays_out=closed, excluded=(), cues=signs)
            return replace(read, weekdays=weekdays, stretches=times.stretches, week=weekly)
    week = week_named(told) if times.stretches and read.intent in _OF_HOURS else ()
    return replace(read, weekdays=weekdays, weekdays_out=out, stretches=times.stretches, week=week)


def _weekdays(
    told: Utterance, times: TimesRead, *, is_corrected: bool
) -> tuple[tuple[SaidWeekday, ...], tuple[int, ...]]:
    """The weekdays named, and those among them that the times leave out."""
    named = weekdays_held(weekdays_named(told), times) if is_corrected else weekdays_named(told)
    is_beside = bool(times.moments or times.recurrence is not None)
    if not (named and is_beside and (times.excluded or times.left_out)):
        return named, ()
    whole = [*(one.span for one in times.excluded if one.hours is None), *times.left_out]
    gone = [one.span for one in times.excluded if one.hours is not None]
    out = [said for said in named if any(one.start <= said.span.start < one.end for one in whole)]
    kept = [said for said in named if not any(one.start <= said.span.start < one.end for one in (*whole, *gone))]
    return tuple(kept), tuple(dict.fromkeys(said.day for said in out))


def _is_one(parts: Parts) -> bool:
    """Whether no «and» stands between who and when is left out."""
    utterance, gone = parts.apart.wish, [name.casefold() for name in parts.excluded_people]
    text = utterance.text.casefold()
    spans = [one for one in parts.entities.people_spans if any(name in text[one.start : one.end] for name in gone)]
    for moment in parts.times.excluded:
        behind = [one for one in spans if one.end <= moment.span.start]
        if not behind:
            return False
        first = bisect_left(utterance.starts, behind[-1].end)
        last = bisect_left(utterance.starts, moment.span.start)
        if not _APART.isdisjoint(utterance.words[first:last]):
            return False
    return True


_APART = frozenset((",", ";", "&", "and", "or", "und", "oder", "y", "o", "et", "ou", "e", "en", "of", "nor"))


def _terms(parts: Parts) -> Terms:
    """What is said of the terms of an event type, only where one was named."""
    entities = parts.entities
    utterance, intent = parts.apart.wish, parts.found.intent
    is_named = bool(entities.event_type or entities.named_type)
    if intent not in _LIMITING or not (is_named or (intent is Intent.SET_LIMITS and utterance.language != "en")):
        return Terms()
    return read_terms(utterance.text, entities.place, utterance.language)


def _limits(parts: Parts, terms: Terms) -> tuple[LimitWish, ...]:
    """Every limit that is said."""
    if parts.found.intent not in _LIMITING:
        return ()
    known = {(limit.kind, limit.period) for limit in terms.limits}
    said = without_same(limits_said(parts.apart.wish, parts.apart.told), terms.limits)
    return (*(limit for limit in said if (limit.kind, limit.period) not in known), *terms.limits)


def _beside_cues(utterance: Utterance, signs: tuple[Sign, ...]) -> str:
    """The few words beside «… instead», «no, …», «make it …»: a name, where one is being given."""
    if len(utterance.words) > _FEW_WORDS:
        return ""
    gone = {at for sign in signs if sign.cue in _OTHER_WORDS for at in range(sign.span.start, sign.span.end)}
    return "".join(letter for at, letter in enumerate(utterance.text) if at not in gone).strip(" ,.;:!-\"'«»“”„")


def _behind(intent: Intent, text: str, cues: Collection[Cue]) -> tuple[tuple[str, str], ...]:
    """Details that only some wishes have: the city of a question about time, the words of a note."""
    match intent:
        case Intent.TELL_TIME if zone := city_zone(text):
            return (("zone", zone),)
        case Intent.CHANGE_NOTE if note := note_said(text):
            return (("note", note),)
        case Intent.ROUTE_FORM | Intent.SHOW_SUBMISSIONS | Intent.SHOW_FORMS:
            return read_form(text)
        case Intent.REFINE if Cue.ASKS_NOTE in cues and (note := note_said(text)):
            return (("note", note),)
        case _:
            return ()
