"""The days that are spoken of, and which day a weekday is beside them: «wednesday instead» below a card for next week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request.said import is_recent
from bot.language.meaning import Days, Grain, Intent
from bot.language.signs import Cue
from bot.scheduling.models import BookingStatus
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Slot

_SHORT, _LONG = 6, 12
"""Words of a text that names a weekday of what is spoken of: by itself, and where it says that it goes on."""
_WEEK = timedelta(days=7)
_FORTNIGHT = timedelta(days=14)
_GOES_ON = (Cue.INSTEAD, Cue.NO, Cue.CORRECTED, Cue.FOLLOWS, Cue.PUTS)
_BY_ITSELF = frozenset({Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD, Intent.LIST_BOOKINGS})
_STANDING = frozenset({BookingStatus.BOOKED, BookingStatus.REQUESTED})


def slot_of(request: Request) -> Slot | None:
    """The slot picked; failing that, the booking's own, while no other time was named for it."""
    picked, booking = (request.slot if isinstance(request, SlotRequest | MoveRequest) else None), booking_of(request)
    is_timed = isinstance(request, SlotRequest | MoveRequest) and bool(request.moments)
    return picked or (booking.slot if booking is not None and not is_timed else None)


def days_of(request: Request, talk: Talk) -> tuple[date, date] | None:
    """The first and last day of what was asked for or shown last."""
    slot = slot_of(request)
    if slot is not None:
        day = slot.start.astimezone(talk.zone).date()
        return day, day
    said = [moment.days for moment in _moments_of(request) if moment.days is not None]
    offered = talk.conversation.offered
    is_paged = isinstance(request, SlotRequest | MoveRequest) and request.not_before is not None
    if said and not is_paged:
        return min(days.first for days in said), max(days.last for days in said)
    if not offered:
        return None
    return offered[0].start.astimezone(talk.zone).date(), offered[-1].start.astimezone(talk.zone).date()


def _moments_of(request: Request) -> tuple[Moment, ...]:
    match request:
        case MoveRequest():
            return request.sought or request.moments
        case BookingRequest():
            return request.sought
        case SlotRequest():
            return request.moments
        case _:
            return ()


def inside(u: Understanding, talk: Talk) -> Understanding:
    """«tuesday afternoon» below times or a card of next week: the tuesday of that week, where the one read lies before it."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest | MoveRequest) or not is_recent(request, talk):
        return u
    if u.people or u.emails or u.mentions or u.recurrence or u.has(Cue.SOON):
        return u
    days = _around(u, talk, request)
    if days is None:
        return u
    kept = tuple(one if _is_left(one, request, talk) else of_range(one, days, u) for one in u.moments)
    return replace(u, moments=kept)


def _is_left(moment: Moment, request: SlotRequest | MoveRequest, talk: Talk) -> bool:
    """«no, friday was better»: the last of its name that stood on the card before, where another day stands there now."""
    day = moment.days.first if moment.days is not None and moment.days.first == moment.days.last else None
    if day is None or request.slot is None or request.slot.start.astimezone(talk.zone).weekday() == day.weekday():
        return False
    return day == next((one for one in reversed(request.left_days) if one.weekday() == day.weekday()), None)


def _around(u: Understanding, talk: Talk, request: SlotRequest | MoveRequest) -> Days | None:
    """The days among which a weekday is meant: those that are shown, or the week of the one day that is spoken of."""
    said = request.moments[0].days if len(request.moments) == 1 else None
    if request.slot is None and not request.is_done:
        if said is not None and said.first < said.last:
            is_short = u.size <= _SHORT or _goes_on(u)
            return said if is_short and said.last - said.first < _FORTNIGHT else None
        return _week_of(said.first) if said is not None and _goes_on(u) else None
    booking = booking_of(request)
    is_gone = request.is_done and (booking is None or booking.status not in _STANDING)
    slot = booking.slot if request.is_done and booking is not None else request.slot
    if slot is None or is_gone or not _goes_on(u):
        return None
    return _week_of(slot.start.astimezone(talk.zone).date())


def _goes_on(u: Understanding) -> bool:
    """«wednesday instead», «no, thursday», «and on friday?», as opposed to a wish of its own."""
    says_so = u.has(*_GOES_ON) and not u.has(Cue.ASKS_FREE)
    return u.size <= _LONG and (says_so or u.intent not in _BY_ITSELF)


def _week_of(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return Days(first=monday, last=monday + timedelta(days=6))


def on_another_day(u: Understanding, talk: Talk) -> Understanding:
    """«i'm out wednesday. on thursday?» below a card for that Wednesday: another day for it, and no day off."""
    request = talk.conversation.request
    is_chosen = isinstance(request, SlotRequest | MoveRequest) and is_recent(request, talk)
    there = days_of(request, talk) if request is not None and is_chosen else None
    if (
        there is None
        or there[0] != there[1]
        or u.intent is not Intent.TIME_OFF
        or not u.moments
        or u.people
        or u.emails
        or u.mentions
    ):
        return u
    day = there[0]
    said = (*u.excluded, *(u.moments if u.has(Cue.QUESTION, Cue.POLITE) else ()))
    told = [within_days(one, _week_of(day)) if one.rule.startswith("weekday") else one for one in said]
    out = [one.span for one in told if one.days is not None and one.days.first <= day <= one.days.last]
    left = tuple(one for one in u.moments if one.span not in out)
    return replace(u, intent=Intent.REFINE, moments=left, excluded=()) if out and left else u


def left_out_inside(u: Understanding, talk: Talk) -> Understanding:
    """«not monday» below this week's times, said on a Monday: the monday that was offered, not the next one."""
    request = talk.conversation.request
    if not u.excluded or not isinstance(request, SlotRequest | MoveRequest) or request.is_done:
        return u
    sought = days_of(replace(request, slot=None), talk)
    is_series = isinstance(request, SlotRequest) and request.recurrence is not None
    if sought is None or any(one.says_day for one in u.moments) or is_series or not is_recent(request, talk):
        return u
    return replace(u, excluded=tuple(_same_weekday(u, moment, sought) for moment in u.excluded))


def _same_weekday(u: Understanding, moment: Moment, sought: tuple[date, date]) -> Moment:
    """The day of the weekday named among those sought, where the one read lies outside of them and they have just one."""
    days, (first, last) = moment.days, sought
    is_named = any(moment.span.start <= said.span.start < moment.span.end for said in u.weekdays)
    is_named = is_named or (days is not None and days.first.weekday() in u.weekdays_out)
    is_named = is_named or moment.rule.startswith("weekday")  # told of somebody's day («she's out monday»)
    if not is_named or days is None or days.first != days.last or last - first >= _WEEK or first <= days.first <= last:
        return moment
    there = first + timedelta(days=(days.first - first).days % 7)
    return replace(moment, days=replace(days, first=there, last=there)) if there <= last else moment


def of_range(moment: Moment, days: Days, u: Understanding) -> Moment:
    """The same weekday among those days, where it was named without a date and the one read lies before them."""
    named = [said for said in u.weekdays if moment.span.start <= said.span.start < moment.span.end]
    is_before = moment.days is not None and moment.days.first == moment.days.last < days.first
    is_bare = moment.days is not None and moment.days.grain is Grain.DAY and moment.exact is None
    is_named = bool(named) and not any(said.is_this for said in named)
    return within_days(moment, days) if is_named and is_before and is_bare else moment


def within_days(moment: Moment, stay: Days) -> Moment:
    """The same weekday among the days of the stay, where the one read lies before them."""
    days = moment.days
    if days is None or stay.first <= days.first <= stay.last:
        return moment
    step = timedelta(days=(days.first.weekday() - stay.first.weekday()) % 7)
    there = stay.first + step
    return replace(moment, days=replace(days, first=there, last=there)) if there <= stay.last else moment
