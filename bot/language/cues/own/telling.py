"""Whether a text tells hours that are worked, by itself: a stretch of the day, hours of every week, weekdays that go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Intent
from bot.language.signs import Cue

if TYPE_CHECKING:
    from datetime import time

    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Reference, Sign, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

MAY_TELL = frozenset(
    (Intent.OUT_OF_SCOPE, Intent.CANCEL, Intent.BOOK, Intent.FIND_SLOTS, Intent.LIST_BOOKINGS, Intent.DENY,
     Intent.RESCHEDULE, Intent.AFFIRM, Intent.REFINE, Intent.TIME_OFF, Intent.SET_HOURS, Intent.GREETING, Intent.SELECT)
)  # fmt: skip
"""Intents that may be read in «can't do friday» or «never book me on mondays»."""
_DAY = timedelta(days=1)


def tells_hours(found: IntentRead, reference: Reference, times: TimesRead, entities: EntitiesRead) -> bool:
    """«fridays only until 2», said by itself: no times are on offer, and nobody is to be met."""
    is_timed = any(moment.hours is not None for moment in (*times.moments, *times.excluded)) or bool(times.stretches)
    names_somebody = entities.people or entities.emails or entities.mentions or entities.named_type or entities.topic
    return is_timed and found.intent in MAY_TELL and not reference.options and not names_somebody


_LOOSELY = frozenset(
    (Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS, Intent.LIST_BOOKINGS, Intent.BOOK, Intent.SHOW_HOURS, Intent.GREETING)
)
"""What «my hours: mon-fri 9-12» may be read as by its other words."""


def _tells_stretch(found: IntentRead, reference: Reference, times: TimesRead, entities: EntitiesRead) -> bool:
    """«ich arbeite mo-do 8-16 uhr»: a stretch of the day, by itself."""
    hours = [moment.hours for moment in times.moments if moment.hours is not None]
    is_stretch = bool(times.stretches) or any(one.start is not None and one.end is not None for one in hours)
    is_stretch = is_stretch and bool(
        times.moments or times.recurrence or times.excluded
    )  # «meine zeiten: m/w/v 9-12»: of which days?
    if not is_stretch or found.intent not in _LOOSELY:
        return False
    return tells_hours(found._replace(intent=Intent.OUT_OF_SCOPE), reference, times, entities)


def _tells_week(
    found: IntentRead, cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> bool:
    """«samstags 10-13 zusätzlich», «les lundis et vendredis de 10h à 15h»: hours of weekdays of every week, by themselves."""
    weekly = times.recurrence is not None and times.recurrence.weekdays and times.recurrence.count is None
    asks = reference.bot or not cues.isdisjoint((*_SEARCHING, Cue.EITHER, Cue.REMINDS)) or times.length is not None
    return bool(weekly and not asks) and _tells_stretch(found, reference, times, entities)


def _is_week_told(
    found: IntentRead, cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> bool:
    """«mo-fr 9-17, mittwochs geschlossen», said by itself: hours of several days, and no question."""
    if found.intent is Intent.TIME_OFF:
        return True
    is_run = any(m.days is not None and m.days.last > m.days.first for m in times.moments) or bool(times.left_out)
    asks = not cues.isdisjoint((Cue.QUESTION, Cue.ASKS_FREE, Cue.EXCEPT)) or bool(reference.bot)
    may_be = found.intent in _LOOSELY or found.intent is Intent.AFFIRM
    told = found._replace(intent=Intent.OUT_OF_SCOPE) if found.intent is Intent.SHOW_HOURS else found
    return may_be and is_run and not asks and tells_hours(told, reference, times, entities)


_HALF_DAY = timedelta(hours=4)
_WORKING_DAY = 6
"""Hours from which a stretch is a day of work rather than when somebody has time."""


def _is_week_of_runs(
    found: IntentRead, cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> bool:
    """«mon-wed 9-5 and thu 9-12 please»: whole days of work for a run of weekdays, others beside it."""
    asks = not cues.isdisjoint((Cue.QUESTION, Cue.ASKS_FREE, Cue.SEEKS, Cue.EITHER, Cue.STANDING)) or reference.bot
    is_plain = times.length is None and times.recurrence is None and not times.excluded and not asks
    if not is_plain or len(times.stretches) < 2 or not tells_hours(found, reference, times, entities):
        return False
    runs = [m for m in times.moments if m.days is not None and 0 < (m.days.last - m.days.first).days < _WEEKDAYS]
    hours = [m.hours for m in times.moments if m.days is not None and m.hours is not None]
    is_all = len(hours) == len(times.moments) and all(one.start and one.end for one in hours)
    is_long = any(m.hours and m.hours.start and m.hours.end and _long(m.hours.start, m.hours.end) for m in runs)
    return is_all and is_long and found.intent in _LOOSELY


_WEEKDAYS = 7


def _long(start: time, end: time) -> bool:
    return end.hour - start.hour >= _WORKING_DAY


def never_on_those(
    found: IntentRead, cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> bool:
    """«no saturdays» as the first words: weekdays of every week, left out of nothing that was asked for."""
    if found.intent not in _NO_DAYS or reference.bot or reference.options or times.moments or not times.excluded:
        return False
    if not {Cue.NEGATED, Cue.RECURRING} <= cues or not cues.isdisjoint(_SEARCHING) or _names_anything(entities):
        return False
    is_plain = times.length is None or times.length > _DAY  # «4 day week please, no fridays»
    return is_plain and all(one.hours is None for one in times.excluded)


_NO_DAYS = frozenset((Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS, Intent.DENY, Intent.REFINE, Intent.BOOK))
_SEARCHING = frozenset((Cue.SEEKS, Cue.ASKS_FREE, Cue.QUESTION, Cue.STANDING, Cue.CANCELS, Cue.MOVES, Cue.LEAVES_OPEN))


def _names_anything(entities: EntitiesRead) -> bool:
    return bool(
        entities.people or entities.emails or entities.mentions or entities.named_type or entities.topic
        or entities.event_type
    )  # fmt: skip


def _leaves_weekdays_out(times: TimesRead) -> bool:
    """«mon-thu 9-5, fri off»: hours of some days, and days off without any."""
    if not times.excluded:
        return bool(times.left_out) and times.recurrence is not None  # «weekdays 9 to 5, wednesday off»
    is_timed = bool(times.moments) and all(one.hours and one.hours.start and one.hours.end for one in times.moments)
    return is_timed and all(one.hours is None for one in times.excluded)


def week_by_cues(
    found: IntentRead, cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> str:
    """Why it tells hours that are worked; empty where it does not."""
    is_of_days = times.recurrence or times.excluded or times.left_out or times.stretches or times.length
    if not is_of_days and Cue.WORKS not in cues:
        return ""
    is_set = found.intent is Intent.RESCHEDULE and Cue.MOVES not in cues  # «工作时间改成周一到周四9点到18点»
    told = found._replace(intent=Intent.OUT_OF_SCOPE) if is_set else found
    if Cue.WORKS in cues and Cue.QUESTION not in cues and _tells_stretch(told, reference, times, entities):
        return "when somebody works"
    if _tells_week(found, cues, reference, times, entities):
        return "hours of every week"
    if Cue.SEEKS not in cues and _leaves_weekdays_out(times) and _is_week_told(found, cues, reference, times, entities):
        return "all but a day off"
    is_half = times.length == _HALF_DAY and Cue.ONLY in cues and found.intent is Intent.FIND_SLOTS
    if is_half and Cue.SEEKS not in cues and tells_hours(found, reference, times, entities):
        return "half a day of work"
    return "a week of hours" if _is_week_of_runs(found, cues, reference, times, entities) else ""


def is_away_until_back(
    found: IntentRead, cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead
) -> bool:
    """«ab donnerstag weg, dienstag wieder da»: days on which somebody is away, said by itself."""
    is_away = not cues.isdisjoint(_ABSENT) and cues.isdisjoint((Cue.QUESTION, Cue.ASKS_FREE, Cue.CANCELS, Cue.MOVES))
    is_plain = not (entities.people or entities.emails or entities.mentions or reference.options)
    is_dated = any(one.says_day for one in times.moments) and times.recurrence is None
    return is_away and is_plain and is_dated and found.intent in _LOOSELY


_ABSENT = frozenset((Cue.OFF, Cue.CLOSES, Cue.OUT_OF_OFFICE, Cue.VACATION, Cue.SICK, Cue.ON_A_TRIP))


_PLAINLY = frozenset((*_LOOSELY, Intent.DENY, Intent.AFFIRM, Intent.REFINE, Intent.RESCHEDULE))
"""What «este viernes no» and «never before 10» may be read as by their other words."""
_OF_OTHER_THINGS = frozenset((*_SEARCHING, Cue.EITHER, Cue.REMINDS, Cue.MESSAGES, Cue.CONDITION, Cue.BETWEEN, Cue.ALSO))


def told_plainly(
    found: IntentRead,
    signs: tuple[Sign, ...],
    cues: set[Cue],
    reference: Reference,
    times: TimesRead,
    entities: EntitiesRead,
) -> tuple[Intent, str] | None:
    """Hours or days off that are the first words of all and nothing else, and why they are taken for that."""
    if times.recurrence is None and _TELLING.isdisjoint(cues):
        return None
    if found.intent not in _PLAINLY or not says_first(cues, reference, times, entities):
        return None
    timed = [one for one in (*times.moments, *times.excluded) if one.hours is not None]
    is_weekly = not cues.isdisjoint((Cue.RECURRING, Cue.HABITUAL)) or _is_every_week(times)
    if Cue.PAUSE in cues and timed and is_weekly:
        return Intent.TIME_OFF, "a break of every day"
    if Cue.NEGATED in cues:
        return _refused(signs, times, is_weekly=is_weekly)
    if times.excluded or not (timed and (is_weekly or timed[0].says_day)):
        return None
    is_whole = all(one.hours is not None and None not in {one.hours.start, one.hours.end} for one in timed)
    if Cue.HABITUAL in cues and is_whole:
        return Intent.SET_HOURS, "hours of every week"
    if len(timed) > 1:
        return None
    if Cue.ONLY in cues and (is_whole or timed[0].open is not None):
        return Intent.SET_HOURS, "only then"
    is_edge = timed[0].open is not None and any(word in timed[0].rule.split() for word in ("from", "onward", "by"))
    return (Intent.SET_HOURS, "where a day of every week begins or ends") if is_weekly and is_edge else None


_TELLING = frozenset((Cue.PAUSE, Cue.NEGATED, Cue.HABITUAL, Cue.ONLY, Cue.RECURRING))


def says_first(cues: set[Cue], reference: Reference, times: TimesRead, entities: EntitiesRead) -> bool:
    """Whether nothing was spoken of before, nobody and nothing is named, and nothing is sought."""
    is_first = not (reference.bot or reference.options)
    return is_first and times.length is None and cues.isdisjoint(_OF_OTHER_THINGS) and not _names_anything(entities)


def _is_every_week(times: TimesRead) -> bool:
    repeat = times.recurrence
    return repeat is not None and repeat.count is None and repeat.until is None and repeat.interval == 1


def _refused(signs: tuple[Sign, ...], times: TimesRead, *, is_weekly: bool) -> tuple[Intent, str] | None:
    """«never before 10», «pas le vendredi», «este viernes no»: without a verb, right beside the time."""
    said = (*times.moments, *times.excluded)
    nots = [sign.span for sign in signs if sign.cue is Cue.NEGATED]
    always = [sign.span for sign in signs if sign.cue in {Cue.RECURRING, Cue.HABITUAL}]
    bounds = [one for one in said if one.hours is not None]
    if len(bounds) == 1 and bounds[0].open is not None and any(span in always for span in nots):
        is_within = any(bounds[0].span.start <= span.start < bounds[0].span.end for span in nots)
        return (Intent.SET_HOURS if is_within else Intent.TIME_OFF), "never then"
    if bounds or not said or not any(_touches(no, one.span) for no in nots for one in said):
        return None
    if is_weekly:
        return Intent.TIME_OFF, "never on those days"
    dates = [sign.span for sign in signs if sign.cue is Cue.ONE_DATE]
    is_one = len(said) == 1 and any(_touches(date, said[0].span) for date in dates)
    return (Intent.TIME_OFF, "not on that date") if is_one else None


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end + _NEAR and other.start <= one.end + _NEAR


_NEAR = 4
"""Letters between «nunca» and «às sextas»."""


def without_why_told(
    entities: EntitiesRead, intent: Intent, signs: tuple[Sign, ...], times: TimesRead, utterance: Utterance
) -> EntitiesRead:
    """«no calls before 11 tomorrow - gym», «i'm not available friday, kid's birthday»: what is named behind it all is why."""
    is_told = intent is not Intent.HOLD  # «block friday at 2 for a demo» is about that demo
    said = [
        sign.span.end
        for sign in signs
        if sign.cue in _OWN_SAID or (is_told and sign.cue is Cue.CLOSES) or _refuses(sign, signs)
    ]
    read = [one.span.end for one in (*times.moments, *times.excluded)]
    if not (said and read):
        return entities
    end = max(min(said), *read)
    front, topic = utterance.text[end:].casefold(), entities.topic.casefold()
    place = front.rfind(topic) if topic else -1
    is_why = place > 0 and not _WHY.isdisjoint(front[:place].replace(",", " , ").split())
    is_behind = entities.type_span is not None and entities.type_span.start > end
    return entities._replace(
        topic="" if is_why else entities.topic, named_type="" if is_behind else entities.named_type
    )


def _refuses(sign: Sign, signs: tuple[Sign, ...]) -> bool:
    """Whether it closes by a «no»: «no calls», «not available», «arbeite … nicht»."""
    nots = [one.span.start for one in signs if one.cue is Cue.NEGATED]
    return sign.cue is Cue.CLOSES and any(sign.span.start <= at < sign.span.end for at in nots)


_OWN_SAID = frozenset(
    (Cue.NOTHING_THEN, Cue.BEGINS_DAY, Cue.ENDS_DAY, Cue.WORKS, Cue.PAUSE, Cue.OUT_OF_OFFICE, Cue.VACATION, Cue.ONLY)
)
_WHY = frozenset(
    ("-", "–", "—", "(", ",", "because", "for", "due", "wegen", "weil", "por", "porque", "pour", "car", "per", "perché",
     "want", "vanwege", "voor")
)  # fmt: skip
