"""Acts that a cue tells better than the words around it: hours that go, days that stay open, a meeting that stays as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.cues.amounts import are_apart
from bot.language.cues.own.telling import (
    MAY_TELL,
    is_away_until_back,
    never_on_those,
    says_first,
    tells_hours,
    told_plainly,
    week_by_cues,
)
from bot.language.meaning import Intent, Keep, Open, Under
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Moment, Reference, Sign
    from bot.language.times.moments import TimesRead

_ANSWERS = frozenset((Intent.REFINE, Intent.DENY, Intent.AFFIRM, Intent.SELECT))
_MAY_MOVE = frozenset((Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE, Intent.CHANGE_LENGTH))
"""What «lena half an hour later» may be read as by its other words."""
_LOOSE_ANSWERS = frozenset((Intent.REFINE, Intent.AFFIRM, Intent.GREETING, Intent.SELECT))  # «zet kim een dag eerder»
_ANY_TALK = frozenset((Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.FIND_SLOTS, Intent.BOOK))
_MOVES_BOTH = frozenset((Cue.MOVES, Cue.EACH))
_OF_MANY = frozenset((Cue.ALL, Cue.EXCEPT))
_CONTRASTED = frozenset((Intent.CANCEL, Intent.FIND_SLOTS, Intent.DENY, Intent.OUT_OF_SCOPE, Intent.REFINE))
"""What «i can't do 3 but 4 works» may be read as by its other words."""
_NEW = frozenset((Intent.BOOK, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE))
_BLUNT = frozenset((Intent.BOOK, Intent.HOLD, Intent.OUT_OF_SCOPE, Intent.DENY, Intent.RESCHEDULE, Intent.GREETING))
"""What «wednesday nothing after 3» may be read as; in a search it narrows."""
_DAY = timedelta(days=1)
_HOURS = frozenset((Intent.TIME_OFF, Intent.SET_HOURS))


_ONLY = frozenset((Cue.ONLY, Cue.ONLY_THEN))
_WITH_LUNCH = frozenset((Cue.WORKS, Cue.PAUSE))
"""«i work 9 to 6 with lunch 12 to 1»: no meeting over lunch."""
_TELLING = frozenset(
    (Cue.WRONG_TIME, Cue.INSTEAD, Cue.ASKS_NOTE, Cue.CLOSES, Cue.LEAVES_OPEN, Cue.EARLIER, Cue.LATER, Cue.TRAVELS,
     Cue.GOES_TO, Cue.MEETINGS, Cue.STAYS, Cue.PLACES, Cue.MUST_GO)
)  # fmt: skip
_NEAR = 4
"""Letters between «lena to» and the time behind it."""
_TALKED = frozenset((Intent.OUT_OF_SCOPE, Intent.BOOK, Intent.FIND_SLOTS, Intent.REFINE, Intent.LIST_BOOKINGS))


_NO_BUT_CANCEL = frozenset((Cue.NO, Cue.CANCELS))
"""«no, cancel lena», «actually cancel lena» below a card for somebody else."""


def _of_own_hours(
    found: IntentRead,
    signs: tuple[Sign, ...],
    cues: set[Cue],
    reference: Reference,
    times: TimesRead,
    entities: EntitiesRead,
) -> IntentRead | None:
    """Hours and days off of one's own that are told by themselves; None for anything else."""
    if not cues.isdisjoint(_ONLY) and Cue.RECURRING in cues and tells_hours(found, reference, times, entities):
        return found._replace(intent=Intent.SET_HOURS, trace=(*found.trace, "intent set_hours: only these, every week"))
    is_never_outside = {Cue.OUTSIDE, Cue.NEGATED} <= cues and (
        not cues.isdisjoint((Cue.RECURRING, Cue.CLOSES)) or signs[0].cue is Cue.NEGATED
    )
    loosely = found._replace(intent=Intent.OUT_OF_SCOPE) if found.intent is Intent.HOLD else found
    if is_never_outside and tells_hours(loosely, reference, times, entities):
        return found._replace(
            intent=Intent.SET_HOURS, trace=(*found.trace, "intent set_hours: nothing outside of these")
        )
    if why := week_by_cues(found, cues, reference, times, entities):
        return found._replace(intent=Intent.SET_HOURS, trace=(*found.trace, f"intent set_hours: {why}"))
    if never_on_those(found, cues, reference, times, entities):
        return found._replace(intent=Intent.TIME_OFF, trace=(*found.trace, "intent time_off: never on those days"))
    if (plain := told_plainly(found, signs, cues, reference, times, entities)) is not None:
        intent, why = plain
        return found._replace(intent=intent, trace=(*found.trace, f"intent {intent.value}: {why}"))
    if Cue.RETURNS in cues and is_away_until_back(found, cues, reference, times, entities):
        return found._replace(intent=Intent.TIME_OFF, trace=(*found.trace, "intent time_off: away until back"))
    return None


def act_by_cues(
    found: IntentRead, signs: tuple[Sign, ...], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> IntentRead:
    """The intent, or that of working hours where somebody says when they are not to be met."""
    cues = {sign.cue for sign in signs}
    is_turned = (
        found.intent is Intent.REFINE and Cue.CANCELS in cues and Cue.CORRECTED in cues and Cue.WITHOUT not in cues
    )
    if entities.people and ((cues >= _NO_BUT_CANCEL and found.intent is Intent.DENY) or is_turned):
        return found._replace(intent=Intent.CANCEL, trace=(*found.trace, "intent cancel: no, but this"))
    if cues >= _WITH_LUNCH:
        entities = entities._replace(named_type="", topic="")
    if Cue.NOTHING_THEN in cues and Cue.MOVES not in cues:
        is_first = found.intent is Intent.FIND_SLOTS and says_first(cues, reference, times, entities)
        cues |= {Cue.CLOSES} if found.intent in _BLUNT or is_first else set()
    if (told := _of_own_hours(found, signs, cues, reference, times, entities)) is not None:
        return told
    if cues.isdisjoint(_TELLING) and not entities.keeps:
        return found
    if (changed := _of_a_booking(found, signs, cues, reference, times, entities)) is not None:
        return changed
    if not _is_of_hours(found, signs, cues, times) or _only_asks(found, signs, cues):
        return found
    if (
        found.intent is Intent.FIND_SLOTS
        and Cue.NEGATED not in cues
        and times.moments
        and all(map(_is_instant, times.moments))
    ):
        return found  # «ich habe freitag um 14 uhr frei»
    is_contrast = bool(Cue.CLOSES in cues and times.excluded and times.moments and found.intent in _CONTRASTED)
    if is_contrast and (entities.emails or entities.mentions):
        return found._replace(
            intent=Intent.BOOK, trace=(*found.trace, "intent book: another time than the one left out")
        )
    is_short = times.length is not None and times.length < _DAY
    names_somebody = (
        entities.people or entities.emails or entities.mentions or is_short or entities.topic or entities.named_type
    )
    is_timed = bool(times.moments or times.excluded or times.recurrence)
    is_asked = bool(reference.options or (reference.bot and found.intent in _ANSWERS))
    is_answer = is_asked and Cue.RECURRING not in cues and found.intent not in _HOURS
    if names_somebody or not is_timed or is_answer:
        return found
    if found.intent is Intent.SET_HOURS and Cue.LEAVES_OPEN in cues and times.recurrence is not None:
        return found  # «open up saturdays 10 to 2»
    row = next(sign.row for sign in signs if sign.cue in {Cue.CLOSES, Cue.LEAVES_OPEN, Cue.NOTHING_THEN})
    intent = Intent.SET_HOURS if Cue.RECURRING in cues and Cue.LEAVES_OPEN not in cues else Intent.TIME_OFF
    return found._replace(intent=intent, trace=(*found.trace, f"intent {intent.value}: cue row «{row}»"))


_NOT_LEFT = frozenset((Cue.CANCELS, Cue.MOVES, Cue.QUESTION, Cue.ASKS_FREE, Cue.CONDITION, Cue.EARLIER, Cue.LATER))


def _leaves_it(found: IntentRead, cues: set[Cue], times: TimesRead, entities: EntitiesRead) -> bool:
    """«leave kim's meeting as it is»: somebody's meeting stays, and nothing else is said."""
    is_loose = found.intent in _TALKED and cues.isdisjoint(_NOT_LEFT)
    return is_loose and bool(entities.people or entities.mentions) and not (times.moments or times.length)


def _is_shifted(found: IntentRead, signs: tuple[Sign, ...], times: TimesRead) -> bool:
    """«can lena be earlier that day»: a meeting that stands, and no clock that it is to have."""
    shifts = [sign.span for sign in signs if sign.cue is Cue.SHIFTS]
    if not shifts or found.intent not in _MAY_SHIFT or any(sign.cue in _NO_SHIFT for sign in signs):
        return False
    said = (one for one in times.moments if not any(at.start <= one.span.start < at.end for at in shifts))
    return not any(map(_is_instant, said))


_PLACED = frozenset((Intent.ADD_GUESTS, Intent.BOOK, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE))
_NO_SHIFT = frozenset((Cue.AGAIN, Cue.LONGER_BY, Cue.SHORTER_BY))


_MAY_SHIFT = frozenset(
    (Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS, Intent.BOOK, Intent.REFINE, Intent.LIST_BOOKINGS, Intent.MORE_OPTIONS)
)


def _is_instant(moment: Moment) -> bool:
    hours = moment.hours
    return moment.open is None and hours is not None and hours.start is not None and hours.end is None


def _of_a_booking(
    found: IntentRead,
    signs: tuple[Sign, ...],
    cues: set[Cue],
    reference: Reference,
    times: TimesRead,
    entities: EntitiesRead,
) -> IntentRead | None:
    """A move by an amount or on its own day, a note that goes, somewhere else for a while; None for anything else."""
    if Cue.STAYS in cues and _leaves_it(found, cues, times, entities):
        return found._replace(intent=Intent.DENY, trace=(*found.trace, "intent deny: it stays as it is"))
    is_first = not reference.bot and not reference.options
    keeps_day = Keep.DAY in entities.keeps and found.intent in _NEW
    is_told = found.intent is Intent.BOOK and Cue.STANDING in cues and bool(times.excluded and times.moments)
    keeps_time = Keep.TIME in entities.keeps and (is_told or found.intent in {Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE})
    if is_first and (keeps_day or keeps_time) and entities.people and not entities.emails:
        return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: on its own day"))
    if Cue.ASKS_NOTE in cues and found.intent is Intent.CANCEL:
        return found._replace(
            intent=Intent.CHANGE_NOTE, trace=(*found.trace, "intent change_note: the note goes, not the meeting")
        )
    if entities.people and not entities.emails and _is_at_another_time(found, cues, times):
        return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: not then, but then"))
    if entities.people and not entities.emails and _is_shifted(found, signs, times):
        return found._replace(
            intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: before or behind its time")
        )
    may_go = found.intent in _TALKED or (found.intent is Intent.CANCEL and Cue.MUST_GO in cues)
    if entities.people and not entities.emails and may_go and _is_given_a_time(signs, times):
        return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: where a meeting goes"))
    if Cue.PLACES in cues and found.intent in _PLACED and entities.people and not entities.emails and times.moments:
        return found._replace(intent=Intent.BOOK, trace=(*found.trace, "intent book: a meeting is put at a time"))
    if _asks_for_meetings(found, cues, times, entities):
        return found._replace(
            intent=Intent.LIST_BOOKINGS, trace=(*found.trace, "intent list_bookings: what is on then")
        )
    is_one_more = Cue.AGAIN in cues and Cue.MOVES not in cues and found.intent in {Intent.RESCHEDULE, Intent.BOOK}
    if is_one_more and entities.people:
        return found._replace(intent=Intent.BOOK, trace=(*found.trace, "intent book: one more of what there was"))
    is_far = any(sign.cue in {Cue.EARLIER, Cue.LATER} and sign.amount is not None for sign in signs)
    is_of_many = cues >= _MOVES_BOTH or (found.intent is Intent.OUT_OF_SCOPE and not cues.isdisjoint(_OF_MANY))
    if (
        is_far and is_of_many and found.intent in _ANY_TALK
    ):  # «push both of them back by an hour», «all but the last by 30»
        return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: both, by an amount"))
    if is_far and Cue.ALL in cues and Cue.QUESTION not in cues and found.intent in _TALKED and is_first:
        return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: all, by an amount"))
    is_only_far = _is_only_far(signs, times, entities)
    is_of_one = is_only_far and reference.under is Under.NOTHING  # below a list, or below nothing
    may_move = found.intent in _MAY_MOVE or (found.intent in _LOOSE_ANSWERS and is_of_one)
    is_loose = Cue.EITHER_WAY in cues or Keep.TIME in entities.keeps or is_only_far
    may_move = may_move or (found.intent is Intent.BOOK and is_loose)
    if may_move and entities.people and is_far and not are_apart(entities.people, entities.people_spans):
        return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: by an amount"))
    is_off = found.intent is Intent.TIME_OFF or (found.intent is Intent.CANCEL and Cue.CANCELS not in cues)
    if is_off and Cue.TRAVELS in cues and times.there is not None:
        intent = Intent.FIND_SLOTS if Cue.ASKS_FREE in cues else Intent.OUT_OF_SCOPE
        return found._replace(intent=intent, trace=(*found.trace, "intent: somewhere else, not off"))
    return None


def _is_at_another_time(found: IntentRead, cues: set[Cue], times: TimesRead) -> bool:
    """«lena at 10 is too early, make it 2pm», «lena 11 instead of 10»: the time of a meeting is given up for another."""
    if found.intent is Intent.LIST_BOOKINGS and Cue.CLOSES in cues and times.moments:
        return bool(times.excluded)  # «sam can't do friday, try thursday at 4»
    if found.intent not in {*_NEW, Intent.CANCEL} or not times.moments:
        return False
    is_given_up = Cue.WRONG_TIME in cues and (Cue.CORRECTED in cues or bool(times.excluded))
    return is_given_up or (Cue.INSTEAD in cues and times.from_moment is not None)


def _is_given_a_time(signs: tuple[Sign, ...], times: TimesRead) -> bool:
    """«lena to friday 2pm», «april's is friday 2pm now»: the time stands in the sign, or right behind it."""
    ends = [sign.span for sign in signs if sign.cue in {Cue.GOES_TO, Cue.MUST_GO}]
    starts = [one.span.start for one in times.moments if one.exact is None]
    return any(span.start < at <= span.end + _NEAR for span in ends for at in starts)


def _asks_for_meetings(found: IntentRead, cues: set[Cue], times: TimesRead, entities: EntitiesRead) -> bool:
    """«meetings this week?»: what is on then, and no time that is sought."""
    if found.intent not in _TALKED or not {Cue.MEETINGS, Cue.QUESTION} <= cues or not times.moments:
        return False
    names_somebody = entities.people or entities.emails or entities.mentions
    return not names_somebody and times.length is None and Cue.ASKS_FREE not in cues


def _is_only_far(signs: tuple[Sign, ...], times: TimesRead, entities: EntitiesRead) -> bool:
    """«omar 45 later pls», «lena two days later»: a name and how far, and no time at which anything new could be."""
    far = [sign.span for sign in signs if sign.cue in {Cue.EARLIER, Cue.LATER} and sign.holds_amount]
    others = (one for one in times.moments if not any(one.span.start < s.end and s.start < one.span.end for s in far))
    return bool(far) and not (entities.emails or entities.mentions) and next(others, None) is None


def _is_of_hours(found: IntentRead, signs: tuple[Sign, ...], cues: set[Cue], times: TimesRead) -> bool:
    """Whether hours may be meant that close or stay open."""
    is_act = Cue.ALL not in cues and not cues.isdisjoint((Cue.MOVES, Cue.PUTS))
    if found.intent is Intent.RESCHEDULE and times.moments and (is_act or times.from_moment is not None):
        return False  # «move my wednesday 10am to noon, i can't make it»
    is_window = bool(times.moments) and all(m.hours is not None and m.hours.end is not None for m in times.moments)
    is_closed_then = is_window and Cue.CLOSES in cues and Cue.NO in cues
    may_be = found.intent in MAY_TELL or (
        found.intent is Intent.HOLD and (times.recurrence is not None or _repeats(signs) or is_closed_then)
    )
    return may_be and bool(cues & {Cue.CLOSES, Cue.LEAVES_OPEN}) and Cue.CANCELS not in cues


def _only_asks(found: IntentRead, signs: tuple[Sign, ...], cues: set[Cue]) -> bool:
    """«¿libre los días 14 y 15?», «qué tienes libre el jueves»: the word that closes is part of a question for free times."""
    if found.intent not in {Intent.FIND_SLOTS, Intent.LIST_BOOKINGS}:
        return False
    if Cue.QUESTION in cues and Cue.NEGATED not in cues:
        return True
    if Cue.ASKS_FREE not in cues or Cue.NEGATED in cues:
        return False
    asked = next(sign.span for sign in signs if sign.cue is Cue.ASKS_FREE)
    asks_when = any(sign.cue is Cue.NEXT and asked.start <= sign.span.start < asked.end for sign in signs)
    if Cue.RECURRING in cues and not asks_when:  # «cuándo estoy libre los martes» asks, «estoy libre los martes» tells
        return False
    return any(sign.cue is Cue.CLOSES and asked.start < sign.span.start < asked.end for sign in signs)


def _repeats(signs: tuple[Sign, ...]) -> bool:
    """Whether every week is meant by more than a «never»."""
    nots = [sign.span for sign in signs if sign.cue is Cue.NEGATED]
    return any(sign.cue is Cue.RECURRING and sign.span not in nots for sign in signs)


_HOURS_TOO = frozenset((Intent.OUT_OF_SCOPE, Intent.SET_HOURS, Intent.BOOK, Intent.FIND_SLOTS, Intent.TIME_OFF))


def is_only_then(intent: Intent, signs: tuple[Sign, ...], times: TimesRead, reference: Reference) -> bool:
    """«i can only do friday this week», where nothing was asked."""
    cues = [sign.cue for sign in signs]
    if Cue.ONLY_THEN not in cues or not times.moments or (intent is Intent.SET_HOURS and Cue.RECURRING in cues):
        return False
    if any(m.open is Open.AFTER and m.hours and m.hours.start and m.hours.end for m in times.moments):
        return False  # «ab nächster woche arbeite ich nur vormittags»: from then on, in every week
    if intent is Intent.SET_HOURS and Cue.WORKS in cues and times.stretches:
        return False  # «ich arbeite nur mo bis do, 8 bis 16 uhr»: the hours of every week
    if Cue.EITHER in cues:
        return False  # «i can only do the 3rd or the 4th»: either suits
    says_i = Cue.OWN in cues or Cue.ASKS_FREE not in cues
    may_be = intent in _HOURS_TOO or (intent is Intent.RESCHEDULE and Cue.MOVES not in cues)
    is_other = may_be and not reference.options and not reference.bot and says_i
    return is_other and times.length is None and times.recurrence is None and not times.excluded
