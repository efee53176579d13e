"""Event types that repeat by themselves: where the type's own rule makes just the dates that were asked for, one booking
makes them all. Everything else is booked date by date, and such a type is then told to make one date only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.finding.repeating.dates import MOST_DATES
from bot.dialogue.request import people
from bot.dialogue.request.revise import on_day
from bot.dialogue.wording import booking as words
from bot.language.meaning import Frequency, Intent, Recurrence
from bot.scheduling.limits import Rhythm, starts_of
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.dialogue.families import SlotRequest
    from bot.dialogue.talk import Talk
    from bot.scheduling.limits import Repeats
    from bot.scheduling.models import EventType, Slot

_FREQUENCIES = {
    Rhythm.WEEKLY: Frequency.WEEKLY,
    Rhythm.MONTHLY: Frequency.MONTHLY,
    Rhythm.YEARLY: Frequency.YEARLY,
}


def rule_of(talk: Talk, kind: EventType) -> Repeats | None:
    """The rule of a type that repeats by itself at a service where one call makes the series."""
    can = talk.context.capabilities
    return kind.repeats if can is not None and can.recurring else None


def dates_at_once(talk: Talk, request: SlotRequest, kind: EventType, wanted: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The wanted dates where one call makes just these; else nothing."""
    rule = rule_of(talk, kind)
    attendee = people.attendee_of(request.attendee, str(talk.zone)) if request.attendee is not None else None
    if rule is None or kind.seats or len(wanted) < 2 or attendee is None:
        return ()
    zone = find_zone(attendee.zone) or talk.zone
    starts = starts_of(rule, wanted[0].start, len(wanted), zone)
    return wanted if starts == tuple(slot.start for slot in wanted) else ()


def usual_count(talk: Talk, request: SlotRequest, kind: EventType) -> int | None:
    """How often such a type repeats where nobody said how often; None where its own rule is not what was asked for."""
    rule = rule_of(talk, kind)
    said = request.recurrence
    if rule is None or said is None or _FREQUENCIES.get(rule.rhythm) is not said.frequency:
        return None
    return min(rule.most, MOST_DATES) if rule.interval == said.interval and rule.most > 1 else None


def whole_series(talk: Talk, request: SlotRequest, kind: EventType, slot: Slot) -> ButtonRow:
    """Beside a single date of such a type: all that its rule makes from there on."""
    rule = rule_of(talk, kind)
    frequency = _FREQUENCIES.get(rule.rhythm) if rule is not None else None
    if rule is None or frequency is None or rule.most < 2 or kind.seats or request.intent is Intent.HOLD:
        return ButtonRow(buttons=())
    count = min(rule.most, MOST_DATES)
    local = slot.start.astimezone(find_zone(request.zone) or talk.zone)
    again = replace(
        request,
        slot=None,
        event_type=request.event_type if request.host else kind.id,
        recurrence=Recurrence(frequency=frequency, interval=rule.interval, count=count),
        moments=(on_day(local.date(), clock=local.time().replace(tzinfo=None)),),
        excluded=(),
    )
    return ButtonRow(buttons=(resume_button("series", words.whole_series_label(count), again),))


def remark(talk: Talk, request: SlotRequest, kind: EventType, *, is_at_once: bool, fits: bool) -> str:
    """Why these dates are one series, or single ones."""
    rule = rule_of(talk, kind)
    if is_at_once and rule is not None:
        return words.one_series(kind, rule)
    if rule is not None:
        return words.series_leaves_none_out(kind) if fits else words.other_rhythm(kind, rule)
    if kind.repeats is not None:
        return words.too_old_for_series(talk.service, kind=kind)
    return "" if request.is_each else words.no_series(talk.service, kind=kind)
