"""What is said from the time we speak of, not from today: «and the week after», «the day before», «a week later».

Read by itself such a phrase counts from today; behind an answer it counts from the days of that answer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import Distance, MoveRequest, SlotRequest
from bot.dialogue.request.latent import direction
from bot.dialogue.request.revise import on_day, same_weekday, says_clock, side_of
from bot.dialogue.request.said import is_recent
from bot.dialogue.request.spoken_of.days import days_of, left_out_inside, slot_of
from bot.language.meaning import Days, Grain, Hours, Intent, Keep, Moment, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Booking, Slot

_DAYS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH})
_FAR = frozenset({Cue.EARLIER, Cue.LATER})
_STEPS = frozenset({*_FAR, Cue.BEFORE_THAT, Cue.AFTER_THAT, Cue.AFTERWARDS})
_BESIDE = frozenset({Cue.BEFORE_THAT, Cue.AFTER_THAT})
AWAY = (*_FAR, *_BESIDE)
"""Signs of a distance from what is spoken of: «later», «the week after»."""
_A_MINUTE, _WEEK = timedelta(minutes=1), timedelta(days=7)
_TALKING = frozenset(
    {Intent.FIND_SLOTS, Intent.REFINE, Intent.MORE_OPTIONS, Intent.OUT_OF_SCOPE, Intent.RESCHEDULE, Intent.DENY}
    | {Intent.LIST_BOOKINGS, Intent.SELECT, Intent.AFFIRM, Intent.GREETING}
)


def following(understanding: Understanding, talk: Talk) -> Understanding:
    """The understanding with the days that such a phrase means beside those of the wish under way."""
    request = talk.conversation.request
    u = _on_its_weekday(understanding, talk) if understanding.keeps else understanding
    if request is None or u.intent not in _TALKING or len(u.moments) > 1 or not is_recent(request, talk):
        return u
    if not isinstance(request, SlotRequest | MoveRequest) and request.intent is not Intent.LIST_BOOKINGS:
        return u
    if u.intent is Intent.RESCHEDULE and (u.people or u.mentions or u.emails or u.from_moment):
        return u
    if (distance := distance_said(u)) is None:
        return u
    spoken_of = _left_out_before(u, talk) or days_of(request, talk)
    days = _days_meant(distance, spoken_of) if spoken_of is not None else None
    if days is None or days.last < talk.today:
        return u
    if beside := _same_weekday_beside(request, u, distance, talk):
        return replace(u, moments=beside, intent=Intent.REFINE)
    first = u.moments[0] if u.moments else Moment(span=Span(0, 0), grain=days.grain)
    hours = first.hours if first.grain not in {Grain.DAY, Grain.WEEK, Grain.MONTH} else None
    grain = first.grain if hours is not None else days.grain
    moment = replace(first, days=days, hours=hours, grain=grain, exact=None)
    return replace(u, moments=(moment,), intent=_intent(u, request))


def _on_its_weekday(u: Understanding, talk: Talk) -> Understanding:
    """«same time next week», said of a friday: that week's friday, at its clock where no other is named."""
    request = talk.conversation.request
    names_other = u.intent is Intent.RESCHEDULE and bool(u.people or u.emails or u.mentions)
    slot = slot_of(request) if request is not None and is_recent(request, talk) else None
    if any(sign.cue in _BESIDE and sign.grain is Grain.WEEK for sign in u.cues):
        return u  # «the following week, same time»: behind the one that is spoken of
    if slot is None or names_other or not u.keeps & {Keep.TIME, Keep.DAY} or len(u.moments) != 1:
        return u
    (moment,), local = u.moments, slot.start.astimezone(talk.zone)
    day = same_weekday(replace(moment, hours=None), local.date())
    if day is None or (moment.hours is None and Keep.TIME not in u.keeps):
        return u
    is_week_on = moment.days is not None and moment.days.first > talk.today
    if day == local.date() and moment.hours is None and is_week_on:
        day += _WEEK  # «same time next week» of what is next week already
    hours = moment.hours or Hours(start=local.time().replace(tzinfo=None))
    return replace(u, moments=(replace(moment, days=Days(first=day, last=day), hours=hours, grain=Grain.MINUTE),))


def _same_weekday_beside(
    request: Request, u: Understanding, distance: Distance, talk: Talk
) -> tuple[Moment, ...] | None:
    """«and the week after» below a card: its weekday and its clock, a week on; with an «also» both of them."""
    picked = request.slot if isinstance(request, SlotRequest | MoveRequest) else None
    is_clocked = any(says_clock(moment) for moment in u.moments)
    if u.people or u.emails or u.mentions or u.has(Cue.MOVES):
        return None  # «shift omar to the week after»: a wish of its own
    if picked is None or distance.unit is not Grain.WEEK or distance.amount is not None or is_clocked:
        return None
    local = picked.start.astimezone(talk.zone)
    clock, week = local.time().replace(tzinfo=None), -_WEEK if distance.is_before else _WEEK
    there = on_day(local.date() + week, clock=clock)
    is_both = u.has(Cue.ALSO) and isinstance(request, SlotRequest) and request.intent is Intent.BOOK
    return (on_day(local.date(), clock=clock), there) if is_both else (there,)


def of_that_day(u: Understanding, talk: Talk) -> Understanding:
    """«later that day» below a card: the day of the card, behind its time, and not the rest of today."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest | MoveRequest) or request.is_done or not is_recent(request, talk):
        return u
    there = [sign.span for sign in u.cues if sign.cue is Cue.THAT_DAY]
    if not there or not direction(u) or days_of(request, talk) is None:
        return u
    said = tuple(
        one for one in u.moments if not any(one.span.start < at.end and at.start < one.span.end for at in there)
    )
    is_talk = u.intent in {Intent.OUT_OF_SCOPE, Intent.LIST_BOOKINGS} and not said and not u.has(Cue.OWN_CALENDAR)
    return replace(u, moments=said, intent=Intent.REFINE if is_talk else u.intent)


def _left_out_before(u: Understanding, talk: Talk) -> tuple[date, date] | None:
    """«not tuesday, the day after»: beside the day that is left out in front of it."""
    steps = [sign.span.start for sign in u.cues if sign.cue in _BESIDE]
    if len(u.excluded) != 1 or not steps or u.excluded[0].span.end > steps[0]:
        return None
    gone = left_out_inside(replace(u, moments=()), talk).excluded[0].days
    return (gone.first, gone.last) if gone is not None and gone.first == gone.last else None


def distance_said(u: Understanding) -> Distance | None:
    """How far from what is spoken of, where the text says so."""
    if not u.has(*AWAY):
        return None
    aways = [sign for sign in u.cues if sign.cue in _FAR and sign.amount is not None and sign.grain is not None]
    far = max(aways, key=lambda sign: sign.span.end, default=None)  # «verschieb … um einen tag ‹nach vorne›»
    if far is not None and far.grain is not None:
        is_either = u.has(Cue.EITHER_WAY)
        return Distance(unit=far.grain, is_before=far.cue is Cue.EARLIER, amount=far.amount, is_either=is_either)
    hour = next((sign for sign in u.cues if sign.cue in _BESIDE and sign.grain is Grain.HOUR), None)
    if hour is not None and hour.amount is None:  # «the hour before»
        return Distance(unit=Grain.HOUR, is_before=hour.cue is Cue.BEFORE_THAT, amount=timedelta(hours=1))
    beside = next((sign for sign in u.cues if sign.cue in _BESIDE and sign.grain in _DAYS), None)
    if beside is None or beside.grain is None:
        return None
    return Distance(unit=beside.grain, is_before=beside.cue is Cue.BEFORE_THAT)


def away_again(u: Understanding) -> timedelta | None:
    """«again in two weeks»: how far behind the last time the next one is."""
    if not u.has(Cue.AGAIN):
        return None
    said = [one for one in u.moments if one.says_day]
    return said[0].away if len(said) == 1 else None


def noted(request: Request, u: Understanding) -> Request:
    """A wish to move with what counts from the booking, which is not known yet."""
    if not isinstance(request, MoveRequest) or request.beside is not None:
        return request
    if (distance := distance_said(u)) is not None:
        return replace(request, distance=distance)
    far = [sign.span for sign in u.cues if sign.cue in {*_FAR, Cue.THAT_DAY, Cue.SHIFTS}]
    said = tuple(
        one for one in request.moments if not any(one.span.start < at.end and at.start < one.span.end for at in far)
    )
    side = 0 if u.has(Cue.EITHER_WAY) or any(map(says_clock, said)) else direction(u)
    return replace(request, side=side, moments=said) if side else request


def settled(talk: Talk, request: MoveRequest, booking: Booking) -> MoveRequest:
    """The wish with the time that such a phrase means, now that the booking is known."""
    distance = request.distance
    if request.side and distance is None:
        return _on_its_side(talk, replace(request, side=0), booking, request.side)
    if distance is None:
        return request
    request = replace(request, distance=None, moved_by=distance)
    moment = _counted(talk, request, booking, distance)
    if moment is None:
        return request
    other = replace(distance, is_before=not distance.is_before)
    or_else = _counted(talk, request, booking, other) if distance.is_either else None
    return replace(request, moments=(moment,), slot=None, not_before=None, or_else=or_else)


def _on_its_side(talk: Talk, request: MoveRequest, booking: Booking, side: int) -> MoveRequest:
    """«earlier», «later that day»: its own day before or behind its time, unless another day was named."""
    own = booking.slot.start.astimezone(talk.zone)
    there = side_of(own, is_before=side < 0)
    days = [one.days for one in request.moments if one.days is not None]
    if days and not all(one.first == one.last == own.date() for one in days):
        return request
    return replace(request, moments=(there,))


def _counted(talk: Talk, request: MoveRequest, booking: Booking, distance: Distance) -> Moment | None:
    """The time so far from the booking's own."""
    if (moment := shifted(distance, booking.slot, talk.zone)) is not None:
        return moment
    local = booking.slot.start.astimezone(talk.zone)
    days = _days_meant(distance, (local.date(), local.date()))
    if days is None:
        return None
    said = next((m.hours for m in request.moments if m.hours is not None and says_clock(m)), None)
    clock = said or (Hours(start=local.time()) if days.first == days.last else None)
    return Moment(span=Span(0, 0), grain=Grain.MINUTE if clock else Grain.WEEK, days=days, hours=clock)


def shifted(distance: Distance, slot: Slot, zone: ZoneInfo) -> Moment | None:
    """«an hour later», «30 min earlier»: that much away from a slot; None where days are counted."""
    if distance.amount is None or distance.unit in _DAYS:
        return None
    start = slot.start + (-distance.amount if distance.is_before else distance.amount)
    local = start.astimezone(zone)
    return replace(on_day(local.date(), clock=local.time().replace(tzinfo=None)), zone=zone.key)


def _intent(u: Understanding, request: Request) -> Intent:
    if request.intent is Intent.LIST_BOOKINGS:
        return Intent.LIST_BOOKINGS if u.intent is not Intent.RESCHEDULE else u.intent
    return Intent.REFINE


def days_beside(u: Understanding, days: Sequence[Days]) -> Days | None:
    """«the day after» of what begins and ends with these days; None where nothing of that kind is said."""
    distance = distance_said(u)
    if distance is None or not days:
        return None
    return _days_meant(distance, (min(one.first for one in days), max(one.last for one in days)))


def slot_spoken_of(talk: Talk) -> Slot | None:
    """The time of the card, of the meeting made just now, or of the one meeting that was listed."""
    request, listed = talk.conversation.request, talk.conversation.listed
    if request is None or not is_recent(request, talk):
        return None
    return slot_of(request) or (listed[0].slot if len(listed) == 1 else None)


def time_beside(u: Understanding, slot: Slot, zone: ZoneInfo) -> Moment | None:
    """«right after that», «an hour after that», «half an hour earlier»: a time told by the slot that was spoken of."""
    distance = distance_said(u)
    if distance is not None and distance.amount is not None and distance.unit not in _DAYS:
        is_behind = (
            u.has(Cue.AFTER_THAT)
            and not distance.is_before
            and any(sign.amount for sign in u.cues if sign.cue is Cue.AFTER_THAT)
        )
        return shifted(distance, replace(slot, start=slot.end, end=slot.end + _A_MINUTE) if is_behind else slot, zone)
    if not u.has(Cue.AFTERWARDS):
        return None
    local = slot.end.astimezone(zone)
    return replace(on_day(local.date(), clock=local.time().replace(tzinfo=None)), zone=zone.key)


def says_other_time(u: Understanding) -> bool:
    """Whether a time is named beside «half an hour later» and «right after that», which may be read as times too."""
    steps = [sign.span for sign in u.cues if sign.cue in _STEPS]
    return any(not any(m.span.start < at.end and at.start < m.span.end for at in steps) for m in u.moments)


def days_spoken_of(talk: Talk) -> tuple[date, date] | None:
    """The first and last day of what was asked for or shown last: of a card, of a meeting, of a list."""
    request = talk.conversation.request
    if request is None or not is_recent(request, talk):
        return None
    days = [booking.slot.start.astimezone(talk.zone).date() for booking in talk.conversation.listed]
    if slot_of(request) is None and days:
        return min(days), max(days)
    return days_of(request, talk)


def _days_meant(distance: Distance, spoken_of: tuple[date, date]) -> Days | None:
    if distance.unit not in _DAYS:
        return None
    if distance.amount is None:
        return _beside(distance.unit, spoken_of, is_before=distance.is_before)
    step = -distance.amount if distance.is_before else distance.amount
    return Days(first=spoken_of[0] + step, last=spoken_of[1] + step)


def _beside(unit: Grain, spoken_of: tuple[date, date], *, is_before: bool) -> Days:
    first, last = spoken_of
    if unit is Grain.DAY:
        day = first - timedelta(days=1) if is_before else last + timedelta(days=1)
        return Days(first=day, last=day)
    if unit is Grain.WEEK:
        anchor = first - timedelta(days=7) if is_before else last + timedelta(days=7)
        monday = anchor - timedelta(days=anchor.weekday())
        return Days(first=monday, last=monday + timedelta(days=6), grain=Grain.WEEK)
    end = first.replace(day=1) - timedelta(days=1) if is_before else _month_end(last) + timedelta(days=1)
    start = end.replace(day=1)
    return Days(first=start, last=_month_end(start), grain=Grain.MONTH)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
