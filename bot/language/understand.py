"""The whole reading in one function: normalise → asides → corrections → times → entities → intent → cues → what nobody read.

    text ─ normalise ─ set apart ─→ the wish ─ told in English ─→ times ─┐
    the wish ─→ entities (who, what, where) ─────────────────────────────┴─→ intent ─→ cues ─→ exceptions ─→ fates, doubts

What is only told beside the wish is set apart by `facts` and `moods`; `clocks` says whose clock the times are on.

A text that corrects itself is read in two parts, of which the last holds. The order of the readers is decided here only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.apart import Apart, set_apart
from bot.language.composing import Parts, composed
from bot.language.cues.account.doubts import Account, may_doubt, unread_doubts
from bot.language.cues.account.fates import Fate, fates
from bot.language.cues.acts import act_by_cues, is_only_then
from bot.language.cues.amounts import is_step, last_step, moved_by, no_step, without_sides, without_steps
from bot.language.cues.answers import bare_number, not_then, numbered, without_goodbye
from bot.language.cues.contrast import (
    AT_ODDS,
    against,
    from_its_day,
    given_up,
    instead_of_clock,
    not_last,
    not_that_hour,
    not_those,
    other_clock,
    share_clock,
    without_reason,
    without_why,
)
from bot.language.cues.corrections import corrected_people, corrected_type, is_no_correction, part, read_correction
from bot.language.cues.ends import by_ends, doubted_ends
from bot.language.cues.hours import stretches_named
from bot.language.cues.own.edges import EDGES, HOLDING, hours_by_edge, only_then, without_parts
from bot.language.cues.own.telling import without_why_told
from bot.language.cues.reading import IN_IDIOMS, idiom_spans, outside, read_cues, words_of
from bot.language.cues.scope import closing_its_time, leave_out, without_kept
from bot.language.cues.second import (
    act_beside_absence,
    act_corrected,
    act_meant,
    act_said,
    kept_behind,
    without_other_act,
)
from bot.language.cues.two.exceptions import of_all
from bot.language.cues.two.lines import parted
from bot.language.cues.two.parts import with_parts
from bot.language.cues.verbs import without_dropped
from bot.language.cues.whom import (
    BESIDE_WHOM,
    beside_whom,
    clock_left,
    from_then_on,
    not_at_own,
    of_their_day,
    of_whom,
    on_day_left_out,
    without_both,
    without_gap,
    without_told,
)
from bot.language.entities.aside_words import Beside
from bot.language.entities.quoting import unquoted
from bot.language.entities.reading import read_entities
from bot.language.entities.said.each import with_each_listed
from bot.language.entities.said.numbered import with_numbers
from bot.language.entities.said.options import option_named
from bot.language.entities.tokens import tokens_in
from bot.language.intents.absence import booked_when_free
from bot.language.intents.finding import find_intent
from bot.language.intents.finer import finer, of_own_time, of_terms
from bot.language.intents.own_days import of_own_days
from bot.language.intents.twofold import Told, of_two
from bot.language.locales.last import read_last
from bot.language.locales.leftover import read_leftover
from bot.language.meaning import Doubt, DoubtKind, Intent, Reference, Span, Understanding
from bot.language.moods import act_told, without_speaker
from bot.language.normalise import normalise
from bot.language.signs import Cue
from bot.language.times.places import bracketed, find_place, supposed
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.cues.corrections import Corrected
    from bot.language.cues.scope import Excluded
    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead


_LEAST = 3
"""Words in front of a correction from which the act is read; «actually, scratch that, …» says nothing in front."""
_ACTS = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.BOOK, Intent.HOLD))
_PLANS = frozenset((Intent.RESCHEDULE, Intent.BOOK, Intent.HOLD))
_SEEKING = frozenset((Intent.BOOK, Intent.HOLD, Intent.FIND_SLOTS))
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_SAYS_LITTLE = frozenset((Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.DENY, Intent.AFFIRM, Intent.GREETING))
"""What the words in front of a correction may be read as while the act stands behind it («not lena, i meant …»)."""
_REFUSED = frozenset((Intent.DENY, Intent.OUT_OF_SCOPE, *_ON_STANDING))
_OPENING = {Cue.CANCELS: Intent.CANCEL, Cue.MOVES: Intent.RESCHEDULE}
_OF_STEPS = frozenset((Cue.EARLIER, Cue.LATER, Cue.BEFORE_THAT, Cue.AFTER_THAT))
_STEPS = frozenset((Cue.EARLIER, Cue.LATER))
_AMOUNTS = frozenset((*_STEPS, Cue.LONGER_BY, Cue.SHORTER_BY))
_OFF_OR_HOURS = frozenset((Intent.TIME_OFF, Intent.SET_HOURS))
_OF_DAYS_OFF = frozenset((Cue.OFF, Cue.CLOSES, Cue.SEEKS))
_OF_OTHERS = frozenset((Cue.CANCELS, Cue.MOVES, Cue.STANDING, Cue.OFF))
_TURNED_DOWN = frozenset((Cue.NEGATED, Cue.INSTEAD, Cue.CORRECTED))
_IN_CHOICES = frozenset((Cue.CONDITION, Cue.NEGATED))
_OF_ALL = frozenset((Cue.ALL, Cue.EXCEPT))
_OF_MEETINGS = frozenset((Cue.NEXT, Cue.LAST))  # which meeting, unless they are part of a time («next week»)


def understand(text: str, reference: Reference) -> Understanding:
    """What the text says, read against the reference. Pure; never raises on any text."""
    if not (inner := unquoted(text)):
        return _understood(parted(text), reference)
    read = _understood(parted(inner), reference)
    return replace(read, doubts=(*read.doubts, Doubt(kind=DoubtKind.QUOTED, span=Span(0, len(read.text)))))


def _understood(text: str, reference: Reference) -> Understanding:
    read = numbered(composed(_read(text, reference)), reference)
    if reference.choices and (option := option_named(normalise(text), reference.choices)):
        return replace(
            read, option=option, intent=Intent.REFINE, people=(), moments=(), doubts=(), unread=(), left_out=()
        )
    return with_parts(with_numbers(read, text, reference), text, lambda half: composed(_read(half, reference)))


def word_fates(text: str, reference: Reference) -> tuple[Understanding, tuple[Fate, ...]]:
    """The understanding with what became of every word of the text, for `explain`."""
    parts = _read(parted(unquoted(text) or text), reference)
    return composed(parts), fates(parts.apart.wish, parts.readers(), parts.apart.spans(Beside.QUOTED, Beside.TITLE))


def _read(text: str, reference: Reference) -> Parts:
    apart = set_apart(with_each_listed(normalise(text)), reference)
    utterance, told, written = apart.wish, apart.told, words_of(apart.wish)
    correction = read_correction(utterance, told, reference, [one.span for one in apart.times.excluded], written)
    times = _contrasted(_times(apart, reference, correction), utterance)
    entities = read_entities(utterance, reference, times, apart.asides)
    if correction is not None:
        entities = corrected_type(utterance, corrected_people(utterance, entities, correction), correction, reference)
    spoken = part(utterance, 0, correction.sign.span.start) if correction is not None else utterance
    if len(spoken.words) < _LEAST:
        spoken = utterance
    found = find_intent(spoken, reference, times, entities)
    if spoken is not utterance and found.intent in _SAYS_LITTLE:
        found = _told_behind(found, find_intent(utterance, reference, times, entities))
    idioms = idiom_spans(utterance, written)
    signs = without_goodbye(of_whom(times, _signs(apart, idioms, entities, correction, written)), utterance, reference)
    cues = frozenset([sign.cue for sign in signs])
    times, signs = _by_signs(utterance, times, entities, signs, cues)
    beside: tuple[str, ...] = ()
    if not BESIDE_WHOM.isdisjoint(cues) and found.intent is not Intent.REMIND:
        entities, beside, signs = beside_whom(utterance, entities, signs)
        times = without_gap(times, signs)
    found, times = _intent_by_signs(utterance, reference, found, times, entities, signs)
    if found.intent in _OFF_OR_HOURS and act_beside_absence(utterance, signs, ()) is None:
        times, signs = of_own_days(found.intent, times, signs, utterance, told, reference)
    if not _OF_ALL.isdisjoint(cues):
        times = of_all(times, signs, utterance, told, reference, found.intent)
    if entities.reason and found.intent in _ON_STANDING:
        times = without_why(times, utterance, entities.reason, found.intent)
    times = by_ends(times, signs, found.intent, utterance.language)
    entities, told_only = without_told(utterance, entities, signs) if Cue.MESSAGES in cues else (entities, ())
    gone = (*[moment.span for moment in times.excluded], *times.left_out)
    left = leave_out(utterance, entities, signs, times.covered, gone if found.intent in _SEEKING else ())
    quiet = tokens_in(idioms, utterance) if idioms else frozenset[int]()
    act = _act_beside(utterance, found.intent, signs, left, quiet)
    if act is not None:
        times = _by_act(act, found.intent, times, signs, told)
        found = found._replace(intent=act, trace=(*found.trace, f"intent {act.value}: the act that is to happen"))
    doubts = (*times.doubts, *entities.doubts)
    doubts += doubted_ends(utterance, found.intent, entities, times, signs)
    if may_doubt(found.intent, cues, utterance):
        account = Account(utterance, signs, (*times.covered, *entities.covered), left.used, entities.people_spans)
        doubts += unread_doubts(account, found.intent, gone, quiet)
    doubts += act_told(utterance, written, found.intent, cues, reference.under)
    doubts += of_two(spoken, Told(utterance, signs, quiet, times, left.entities), found.intent, act)
    return Parts(
        apart=apart,
        times=times,
        entities=without_speaker(left.entities, doubts),
        found=found,
        signs=without_other_act(found, utterance, signs),
        excluded_people=left.people,
        excluded_type=left.event_type,
        excluded_picks=left.picks,
        told_only=told_only,
        beside_whom=beside,
        idioms=idioms,
        doubts=doubts,
        zones=reference.zones,
    )


def _contrasted(times: TimesRead, utterance: Utterance) -> TimesRead:
    """The times with the clock that stands against one that is left out, or that is given up."""
    if times.excluded:
        return on_day_left_out(other_clock(share_clock(times, utterance), bare_number(utterance)))
    return instead_of_clock(times, bare_number(utterance)) if times.from_moment is not None else times


def _told_behind(front: IntentRead, whole: IntentRead) -> IntentRead:
    """What a text wants whose front says little: «not lena, i meant omar should be cancelled»."""
    return whole if front.intent is Intent.OUT_OF_SCOPE or whole.intent in _ACTS else front


def _by_act(act: Intent, first: Intent, times: TimesRead, signs: tuple[Sign, ...], told: Utterance) -> TimesRead:
    """The times as the act means them that is to happen, where others stood in front of it."""
    if act is Intent.RESCHEDULE:
        return from_its_day(times, signs, told) if any(sign.cue is Cue.ALL for sign in signs) else times
    return _without_plans(times, signs) if act is Intent.CANCEL and first in _PLANS else times


def _without_plans(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """«move ines to tomorrow, no, cancel it»: where it was to go says nothing of the meeting that goes."""
    place = max((sign.span.start for sign in signs if sign.cue is Cue.CORRECTED), default=0)
    said = tuple(moment for moment in times.moments if moment.span.start >= place)
    return times if len(said) == len(times.moments) else times._replace(moments=said)


def _by_signs(
    utterance: Utterance, times: TimesRead, entities: EntitiesRead, signs: tuple[Sign, ...], cues: frozenset[Cue]
) -> tuple[TimesRead, tuple[Sign, ...]]:
    """The times as the signs beside them mean them, and all signs."""
    if Cue.EITHER in cues and not cues.isdisjoint(_IN_CHOICES):  # «at 2, if not at 3»: the other choice, no condition
        signs = outside(tuple(sign.span for sign in signs if sign.cue is Cue.EITHER), signs, only=_IN_CHOICES)
        cues = frozenset([sign.cue for sign in signs])
    if not AT_ODDS.isdisjoint(cues):
        wrong = [sign.span for sign in signs if sign.cue is Cue.WRONG_TIME]
        times = given_up(times, signs, bare_number(utterance, wrong))
    if not _TURNED_DOWN.isdisjoint(cues):
        times = not_last(times, signs, utterance)
    if Cue.NEGATED in cues:
        times = not_then(not_that_hour(against(times, signs, utterance), signs, utterance), signs, utterance)
    if Cue.CLOSES in cues and cues.isdisjoint(_OF_OTHERS):
        times = without_reason(times, signs, utterance, entities.people_spans)
        times = clock_left(times, bare_number(utterance))
    times = on_day_left_out(times) if times.excluded else times
    if Cue.EACH in cues:
        times = without_both(times, signs)
    if Cue.THEIR_CLOCK in cues and Cue.SEEKS in cues:
        times = of_their_day(times, signs, utterance, entities.people_spans)
    if not _OF_MEETINGS.isdisjoint(cues):
        signs = outside(times.covered, signs, only=_OF_MEETINGS)
    if Cue.EXCEPT in cues:  # «a las ocho menos diez»
        signs = outside(tuple(moment.span for moment in times.moments), signs, only=_OF_ALL)
    if entities.signs:
        signs = (*signs, *entities.signs)
    if (times.excluded or times.left_out) and not cues.isdisjoint(_OF_DAYS_OFF):
        gone = (*[moment.span for moment in times.excluded], *times.left_out)
        is_alone = Cue.NEGATED in cues and not (times.moments or times.recurrence)  # «friday nothing»
        signs = signs if is_alone else outside(gone, signs, only=_OF_DAYS_OFF)
    return (_without_steps(times, signs) if not _AMOUNTS.isdisjoint(cues) else times), signs


def _intent_by_signs(
    utterance: Utterance,
    reference: Reference,
    found: IntentRead,
    times: TimesRead,
    entities: EntitiesRead,
    signs: tuple[Sign, ...],
) -> tuple[IntentRead, TimesRead]:
    """The intent as the signs tell it, and the times that it leaves."""
    is_named = bool(entities.topic or entities.named_type)
    own = without_why_told(entities, found.intent, signs, times, utterance) if is_named else entities
    if any(sign.cue in EDGES for sign in signs):
        by_edge = hours_by_edge(found, times, signs, reference, own)
        if by_edge is not None:
            return by_edge
    names_people = bool(entities.people or entities.emails or entities.mentions)
    if not reference.bot and (moved := moved_by(found, times, signs, entities, utterance)) is not None:
        return moved
    signs = closing_its_time(signs, utterance, times.covered, found.intent)
    found = act_by_cues(found, signs, reference, times, own)
    found = act_meant(found, utterance, signs, names_people=names_people)
    told = finer(found, signs, utterance, entities, is_timed=bool(times.moments))
    if told.intent is Intent.LIST_BOOKINGS and found.intent is Intent.RESCHEDULE:
        times = times._replace(moments=())  # «did you move lena to friday?»: of where it stands now
    found = told
    found = of_own_time(found, times, signs)
    if found.intent is Intent.CANCEL and times.since is not None:
        times = from_then_on(times)
    if found.intent in _ON_STANDING:
        times = not_those(kept_behind(times, utterance, signs, found.intent), signs, utterance)
    elif len(times.moments) > 1:
        times = not_at_own(times, utterance, found.intent, entities)
    if found.intent is Intent.RESCHEDULE and (names_people or any(sign.cue is Cue.ALL for sign in signs)):
        times = times._replace(
            moments=without_steps(times.moments, signs), from_moment=no_step(times.from_moment, signs)
        )
    dated = [moment for moment in times.moments if moment.exact is None]  # «in 20 minute steps» is no time of day
    found = booked_when_free(found, signs, utterance, entities, dated)
    if not names_people and (entities.event_type or entities.named_type):
        found = of_terms(found, utterance, entities, dated)
    if not names_people and is_only_then(found.intent, signs, times, reference):
        found = found._replace(intent=Intent.TIME_OFF, trace=(*found.trace, "intent time_off: all but what is left"))
        return found, only_then(times, signs)
    if found.intent is Intent.SET_HOURS and len(times.moments) > 1:  # «my day starts at 8:30 now»: from now on
        times = times._replace(moments=tuple(one for one in times.moments if one.exact is None) or times.moments)
    return found, times


def _signs(
    apart: Apart,
    idioms: tuple[Span, ...],
    entities: EntitiesRead,
    correction: Corrected | None,
    written: tuple[str, ...],
) -> tuple[Sign, ...]:
    """The cues, without those of set phrases, of *bold* letters and of what a correction took up."""
    utterance = apart.wish
    signs = outside(idioms, read_cues(utterance, apart.told, entities.people_spans, written=written), only=IN_IDIOMS)
    if any(sign.cue is Cue.CORRECTED for sign in signs):
        signs = tuple(s for s in signs if s.cue is not Cue.CORRECTED or not is_no_correction(utterance, s))
    signs = without_kept(utterance, signs, apart.times.excluded)
    if any(sign.cue in HOLDING for sign in signs):
        signs = without_parts(signs)
    if entities.people and any(sign.cue is Cue.DROPPED for sign in signs):
        signs = without_dropped(signs, utterance)
    if correction is not None and correction.step is not None:
        signs = outside((correction.step,), signs, only=_OF_STEPS)
    return last_step(signs, apart.times.moments)


def _act_beside(
    utterance: Utterance, intent: Intent, signs: tuple[Sign, ...], left: Excluded, quiet: Collection[int]
) -> Intent | None:
    """The act of a text that also says what stays, on what condition, or why."""
    is_condition = intent is Intent.FIND_SLOTS and any(sign.cue is Cue.IF_FREE for sign in signs)
    names_both = bool(left.people and (left.entities.people or left.entities.emails or left.entities.mentions))
    is_denial = intent is Intent.DENY and names_both
    if intent in _REFUSED and any(sign.cue is Cue.STAYS for sign in signs):  # «don't cancel, move him to monday»
        only = act_said(utterance, signs, quiet)
        if only in _ON_STANDING and only is not intent:
            return only
    corrected = act_corrected(utterance, signs, quiet) if intent in _ACTS else None
    if corrected is not None and (corrected in _ON_STANDING or intent not in _ON_STANDING):
        return corrected
    if is_condition or is_denial or left.is_kept:
        said = act_said(utterance, signs, quiet)
        return act_beside_absence(utterance, signs, quiet) if said is None and intent is Intent.TIME_OFF else said
    if intent is not Intent.TIME_OFF:
        return None
    opening = next((_OPENING[sign.cue] for sign in signs if sign.cue in _OPENING), None)
    names_one = left.entities.people or left.entities.emails or left.entities.mentions
    if opening is not None and (names_one or any(sign.cue is Cue.STANDING for sign in signs)):
        return opening  # «sag lena ab, bin krank»
    return act_beside_absence(utterance, signs, quiet)


def _without_steps(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """The times without what only says which way, and how far, something goes."""
    if times.moments:
        times = times._replace(moments=without_sides(times.moments, signs))
    is_far = times.length is not None and is_step(times.length, signs, times.moments)
    return times._replace(length=None) if is_far else times


def _times(apart: Apart, reference: Reference, correction: Corrected | None) -> TimesRead:
    times = correction.times if correction is not None and correction.has_time else apart.times
    last = read_last(apart.wish, reference)
    if last is None and not times.covered:
        last = read_leftover(apart.told, reference)
    if last is not None:
        times = times._replace(moments=(last,), covered=(*times.covered, last.span), trace=(*times.trace, last.rule))
    if stretches := stretches_named(apart.told):
        times = times._replace(stretches=stretches)
    known = times.moments
    placed, spans = bracketed(apart.wish, supposed(apart.wish, known))
    if spans:
        zone = next(moment.zone for moment in placed if moment.zone)
        times = times._replace(zone=zone, is_placed=True)
    if spans or placed is not times.moments:
        times = times._replace(moments=placed, covered=(*times.covered, *spans))
    place = find_place(apart.wish, [moment.zone for moment in times.moments if moment.zone])
    if place is None and placed is not known:  # the place of «when it's 9 in lima» is nobody's name
        place = find_place(apart.wish, ())
    if place is not None:
        is_clock = any(moment.zone == place[0] for moment in times.moments)
        times = times._replace(there=times.there if is_clock else place[0], covered=(*times.covered, place[1]))
    return times
