"""What is said from the time we speak of, not from today: «and the week after», «the day before», «a week later».

Read by itself such a phrase counts from today; behind an answer it counts from the days of that answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request.fill import is_recent
from bot.dialogue.request.latent import SHIFT, shifted
from bot.dialogue.request.revise import on_day, says_clock
from bot.language.meaning import Days, Grain, Hours, Intent, Moment, Span

if TYPE_CHECKING:
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Booking, Slot

_BESIDE = re.compile(
    r"\b(?P<unit>day|week|month) (?P<side>after|before)(?: that| this| then)?"
    r"(?=\s*(?:$|[?.!,;:)]|please|pls|instead|maybe|then|works?|same|in the|at |for ))|"
    r"\b(?:the|on|in) (?P<side_too>following|next|previous) (?P<unit_too>day|week|month)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?P<count>an?|one|two|three|\d{1,2}) (?P<unit>day|week)s? (?P<side>later|earlier|sooner)\b", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?P<verb>push|shift|delay|postpone|move|bring|pull)\b.*\bby (?P<count>half an?|an?|one|two|three|\d{1,3}) "
    r"?(?P<unit>h|hr|hour|m|min|minute|day|week)s?\b",
    re.IGNORECASE,
)
_STEPS = {"h": 60, "m": 1, "d": 24 * 60, "w": 7 * 24 * 60}
_AHEAD = re.compile(r"\b(bring|pull|earlier|sooner)\b", re.IGNORECASE)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_BEFORE = frozenset({"before", "previous", "earlier", "sooner"})
_TALKING = frozenset(
    {Intent.FIND_SLOTS, Intent.REFINE, Intent.MORE_OPTIONS, Intent.OUT_OF_SCOPE, Intent.RESCHEDULE, Intent.DENY}
    | {Intent.LIST_BOOKINGS, Intent.SELECT, Intent.AFFIRM, Intent.GREETING}
)


def following(understanding: Understanding, talk: Talk) -> Understanding:
    """The understanding with the days that such a phrase means beside those of the wish under way."""
    u, request = understanding, talk.conversation.request
    if request is None or u.intent not in _TALKING or len(u.moments) > 1 or not is_recent(request, talk):
        return u
    if not isinstance(request, SlotRequest | MoveRequest) and request.intent is not Intent.LIST_BOOKINGS:
        return u
    if u.intent is Intent.RESCHEDULE and (u.people or u.mentions or u.emails or u.from_moment):
        return u
    spoken_of = _spoken_of(request, talk)
    days = _days_meant(u.text, spoken_of) if spoken_of is not None else None
    if days is None or days.last < talk.today:
        return u
    first = u.moments[0] if u.moments else Moment(span=Span(0, 0), grain=days.grain)
    hours = first.hours if first.grain not in {Grain.DAY, Grain.WEEK, Grain.MONTH} else None
    grain = first.grain if hours is not None else days.grain
    moment = replace(first, days=days, hours=hours, grain=grain, exact=None)
    return replace(u, moments=(moment,), intent=_intent(u, request))


def noted(request: Request, text: str) -> Request:
    """A wish to move with the phrase that counts from the booking, which is not known yet."""
    if not isinstance(request, MoveRequest) or not any(one.search(text) for one in (_BY, _AWAY, _BESIDE, SHIFT)):
        return request
    return replace(request, away=text)


def settled(talk: Talk, request: MoveRequest, booking: Booking) -> MoveRequest:
    """The wish with the time that such a phrase means, now that the booking is known."""
    text = request.away
    if not text:
        return request
    request = replace(request, away="")
    moment = _by(text, booking.slot, talk) or shifted(text, booking.slot, talk.zone)
    if moment is None:
        local = booking.slot.start.astimezone(talk.zone)
        days = _days_meant(text, (local.date(), local.date()))
        said = next((m.hours for m in request.moments if m.hours is not None and says_clock(m)), None)
        clock = said or (Hours(start=local.time()) if days is not None and days.first == days.last else None)
        grain = Grain.MINUTE if clock is not None else Grain.WEEK
        moment = Moment(span=Span(0, 0), grain=grain, days=days, hours=clock) if days is not None else None
    return request if moment is None else replace(request, moments=(moment,), slot=None, not_before=None)


def _by(text: str, slot: Slot, talk: Talk) -> Moment | None:
    """«push it by two hours»; days keep the clock."""
    found = _BY.search(text)
    if found is None:
        return None
    word = found["count"].lower()
    count = 0.5 if word.startswith("half") else float(_COUNTS.get(word) or word)
    step = timedelta(minutes=count * _STEPS[found["unit"][0].lower()]) * (-1 if _AHEAD.search(text) else 1)
    local = slot.start.astimezone(talk.zone)
    if found["unit"][0].lower() in "dw":
        return on_day(local.date() + step, clock=local.time())
    there = (slot.start + step).astimezone(talk.zone)
    return on_day(there.date(), clock=there.time())


def _intent(u: Understanding, request: Request) -> Intent:
    if request.intent is Intent.LIST_BOOKINGS:
        return Intent.LIST_BOOKINGS if u.intent is not Intent.RESCHEDULE else u.intent
    return Intent.REFINE


def _spoken_of(request: Request, talk: Talk) -> tuple[date, date] | None:
    """The first and last day of what was asked for or shown last."""
    slot = _slot_of(request)
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


def _slot_of(request: Request) -> Slot | None:
    """The slot picked; failing that, the booking's own, while no other time was named for it."""
    picked, booking = (request.slot if isinstance(request, SlotRequest | MoveRequest) else None), booking_of(request)
    is_timed = isinstance(request, SlotRequest | MoveRequest) and bool(request.moments)
    return picked or (booking.slot if booking is not None and not is_timed else None)


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


def _days_meant(text: str, spoken_of: tuple[date, date]) -> Days | None:
    if away := _AWAY.search(text):
        count = _COUNTS.get(away["count"].lower()) or int(away["count"])
        step = timedelta(days=count * (7 if away["unit"].lower() == "week" else 1))
        sign = -1 if away["side"].lower() in _BEFORE else 1
        return Days(first=spoken_of[0] + sign * step, last=spoken_of[1] + sign * step)
    beside = _BESIDE.search(text)
    if beside is None:
        return None
    is_before = (beside["side"] or beside["side_too"]).lower() in _BEFORE
    return _beside((beside["unit"] or beside["unit_too"]).lower(), spoken_of, is_before=is_before)


def _beside(unit: str, spoken_of: tuple[date, date], *, is_before: bool) -> Days:
    first, last = spoken_of
    if unit == "day":
        day = first - timedelta(days=1) if is_before else last + timedelta(days=1)
        return Days(first=day, last=day)
    if unit == "week":
        anchor = first - timedelta(days=7) if is_before else last + timedelta(days=7)
        monday = anchor - timedelta(days=anchor.weekday())
        return Days(first=monday, last=monday + timedelta(days=6), grain=Grain.WEEK)
    end = first.replace(day=1) - timedelta(days=1) if is_before else _month_end(last) + timedelta(days=1)
    start = end.replace(day=1)
    return Days(first=start, last=_month_end(start), grain=Grain.MONTH)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
