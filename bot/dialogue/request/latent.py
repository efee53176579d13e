"""What is a time or a length only because we had just spoken of one: «make it 4», «no, 15», «ok the hour one», «friday 10».

The language room reads what a text says by itself; this file adds what it says as an answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import SlotRequest, booking_of
from bot.dialogue.request.fill import SEEKING
from bot.dialogue.request.revise import is_point, on_day, says_day
from bot.language.meaning import Grain, Hours, Intent, Moment, Open, Span
from bot.scheduling.times import wall_to_instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Slot

_NUMBER = re.compile(
    r"(?<![\w.:@/-])(after |from |before |by )?(\d{1,2})(?:[:.](\d\d))?(?![\w:@/-]|\.\d)", re.IGNORECASE
)
_HOUR = re.compile(r"\b(the|an|one|full|whole) hour\b|\bhour (one|long)\b|\b1h\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalf( an)?[ -]hour\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)\w*", re.IGNORECASE)
_SOON = re.compile(r"\b(today|tonight|now|this)\b", re.IGNORECASE)
SHIFT = re.compile(
    r"\b(half an?|an?|one|two|\d{1,3}(?:\.5)?)\s*(hours?|hrs?|h|minutes?|mins?|m)\s+(later|earlier|sooner|back|forward)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(earlier|sooner|before that)\b", re.IGNORECASE)
_ONE_OF_TWO = re.compile(
    r"\bthe (?:(?P<first>earlier|earliest|soonest)|later|latest)(?: (?:one|slot|time|option))?"
    r"\W*(?:please|pls|works|then|is fine)?\W*$",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(later|after that|afterwards)\b", re.IGNORECASE)
_WISHES = re.compile(
    r"\b(find|time|slot|meet|talk|call|free|available|schedule|sync|catch up|set up|arrange)\b", re.IGNORECASE
)
_CANCELS = re.compile(r"^\W*(please |pls |ok |no,? )?(cancel|delete|call off|drop)\b", re.IGNORECASE)
_ANSWERING = frozenset({Intent.AFFIRM, Intent.DENY, Intent.SELECT, Intent.REFINE, Intent.STOP})
_MOVES = re.compile(r"^\W*(please |pls |ok |no,? )?(move|reschedule|push|shift|postpone|bring)\b", re.IGNORECASE)
_IN_PASSING = re.compile(
    r"\b(was|were|went)\b.*\b(great|fun|nice|good|awesome|lovely|bad|boring|terrible|amazing|well)\b|^\W*(lol|haha|lmao)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(r"\b(my|our|the) (\w+ )?(meeting|call|appointment|booking|\d)", re.IGNORECASE)
_ANYTHING = re.compile(r"^\W*(is there |got |do you have )?(anything|any|something|sth)\b", re.IGNORECASE)
_LOOKS = re.compile(r"\b(how|what)('s|s| is| does| do| about| bout| abt)\b|\blooks?( like)?\b", re.IGNORECASE)
_OWN_CALENDAR = re.compile(r"\b(on my|my calendar|meetings?|do i have|i have)\b", re.IGNORECASE)
_GO_ON = re.compile(r"^\W*(pls|please|ok|yes)?\W*(book|confirm|do) (it|that)?\W*(pls|please)?\W*$", re.IGNORECASE)
_ASKS_FREE = re.compile(
    r"\b(is|are|am|any|anything|what|which|when)\b.*\b(free|open|available|slots?|openings?)\b", re.IGNORECASE
)
_TOLD = re.compile(r"\b(was|were|went|had|did|yesterday|lol|haha)\b", re.IGNORECASE)
_POLITE = re.compile(r"\b(i|we) (was|were) (just )?(wondering|hoping|thinking|looking)\b", re.IGNORECASE)
_UNDO = re.compile(r"^\W*(please |pls |no,? )?undo\b", re.IGNORECASE)
_SHORT = 8
"""Words; a longer text with a number in it is no answer."""


def shifted(text: str, slot: Slot, zone: ZoneInfo) -> Moment | None:
    """«an hour later», «30 min earlier»: that much away from the time we speak of."""
    found = SHIFT.search(text)
    if found is None:
        return None
    amount = found.group(1).lower()
    count = {"a": 1.0, "an": 1.0, "one": 1.0, "half an": 0.5, "half a": 0.5, "two": 2.0}.get(amount)
    size = float(amount) if count is None else count
    length = timedelta(hours=size) if found.group(2).lower().startswith("h") else timedelta(minutes=size)
    start = slot.start + (length if found.group(3).lower() in {"later", "back"} else -length)
    local = start.astimezone(zone)
    return on_day(local.date(), clock=local.time().replace(tzinfo=None))


def direction(text: str) -> int:
    """-1 for «something earlier», 1 for «any later ones», 0 for neither."""
    if _EARLIER.search(text):
        return -1
    return 1 if _LATER.search(text) else 0


def edge_meant(text: str) -> int:
    """1 for «the earlier one», -1 for «the latest»: a pick among what was offered; 0 for neither."""
    found = _ONE_OF_TWO.search(text)
    return 0 if found is None else 1 if found["first"] else -1


def as_answer(understanding: Understanding) -> Understanding:
    """The understanding with a bare number or «the hour one» read as an answer to what we offered."""
    u = understanding
    if u.moments or u.length or u.choice is not None or u.recurrence or len(u.text.split()) > _SHORT:
        return u
    if _HALF.search(u.text):
        return replace(u, length=timedelta(minutes=30))
    if _HOUR.search(u.text):
        return replace(u, length=timedelta(hours=1))
    found = _NUMBER.search(u.text)
    if found is None:
        return u
    number, minute = int(found.group(2)), int(found.group(3) or 0)
    if not found.group(3) and not found.group(1) and number >= 15 and number % 5 == 0 and number != 20:
        return replace(u, length=timedelta(minutes=number))
    moment = _clock(number, minute, found)
    return replace(u, moments=(moment,)) if moment is not None else u


def _clock(hour: int, minute: int, found: re.Match[str]) -> Moment | None:
    """A bare hour, in the part of the day that people meet in."""
    if hour > 23 or minute > 59:
        return None
    likely = hour + 12 if 1 <= hour <= 7 else hour
    clock = time(likely, minute)
    side = (found.group(1) or "").strip().lower()
    span = Span(found.start(), found.end())
    if side in {"before", "by"}:
        return Moment(span=span, grain=Grain.MINUTE, hours=Hours(start=None, end=clock), open=Open.BEFORE)
    return Moment(span=span, grain=Grain.MINUTE, hours=Hours(start=clock), open=Open.AFTER if side else None)


def next_week_when_past(understanding: Understanding, talk: Talk) -> Understanding:
    """«friday 10» said on a Friday at ten or later means the next one; what is moved «to friday» is not moved to today."""
    is_move = understanding.intent is Intent.RESCHEDULE
    moments = tuple(_later(moment, understanding.text, talk, is_move=is_move) for moment in understanding.moments)
    return replace(understanding, moments=moments)


def _later(moment: Moment, text: str, talk: Talk, *, is_move: bool) -> Moment:
    days = moment.days
    if days is None or days.first != talk.today or days.last != talk.today or not says_day(moment):
        return moment
    said = text[moment.span.start : moment.span.end]
    if _SOON.search(text) or not _WEEKDAY.search(said) or not (is_move or _has_begun(moment, talk)):
        return moment
    week = timedelta(days=7)
    return replace(moment, days=replace(days, first=days.first + week, last=days.last + week))


def _has_begun(moment: Moment, talk: Talk) -> bool:
    """Whether its clock time has come today."""
    start = moment.hours.start if moment.hours is not None and is_point(moment) else None
    return start is not None and wall_to_instant(talk.today, start, talk.zone) <= talk.now


def rescued(understanding: Understanding, request: Request | None) -> Intent:
    """The intent, or a look for times where somebody and a time are named together with a wish that was taken for talk."""
    u = understanding
    if request is not None and (meant := _in_context(u, request)) is not None:
        return meant
    if u.intent is Intent.AFFIRM and _UNDO.search(u.text):
        return Intent.DENY
    if u.intent is Intent.LIST_BOOKINGS and _ASKS_FREE.search(u.text) and not _OWN_CALENDAR.search(u.text):
        return Intent.FIND_SLOTS
    if u.intent in SEEKING and _IN_PASSING.search(u.text):
        return Intent.OUT_OF_SCOPE
    if u.intent not in {Intent.OUT_OF_SCOPE, Intent.GREETING}:
        return u.intent
    who = bool(u.people or u.mentions or u.emails)
    is_wish = u.length is not None or _WISHES.search(u.text) is not None
    asks = bool(u.moments) and _ASKS_FREE.search(u.text) is not None
    if (asks or (who and u.moments and is_wish)) and not _TOLD.search(_POLITE.sub("", u.text)):
        return Intent.FIND_SLOTS
    if u.intent is Intent.GREETING and u.moments and len(u.text.split()) <= _SHORT:
        return Intent.REFINE
    return u.intent


def _in_context(u: Understanding, request: Request) -> Intent | None:
    """What only the wish under way tells: «move it» after a list or a booking, «anything after lunch» after free times."""
    is_open = not request.is_done
    is_standing = request.intent is Intent.LIST_BOOKINGS or booking_of(request) is not None
    is_another = bool(u.moments or u.people or u.emails or u.mentions)
    is_other = (
        request.intent is not Intent.CANCEL or request.is_done or (is_another and booking_of(request) is not None)
    )
    if is_standing and is_other and u.intent in {*_ANSWERING, Intent.OUT_OF_SCOPE} and _CANCELS.search(u.text):
        return Intent.CANCEL
    is_other = request.intent is not Intent.RESCHEDULE or request.is_done
    if is_standing and is_other and u.intent in _ANSWERING and _MOVES.search(u.text):
        return Intent.RESCHEDULE
    if not is_open or not isinstance(request, SlotRequest):
        return None
    if u.intent is Intent.ADD_GUESTS and not u.people and not _STANDING.search(u.text):
        return Intent.REFINE
    is_other_day = bool(u.moments) and not _OWN_CALENDAR.search(u.text)
    if u.intent is Intent.LIST_BOOKINGS and is_other_day and (_ANYTHING.search(u.text) or _LOOKS.search(u.text)):
        return Intent.REFINE
    is_short = len(u.text.split()) <= _SHORT and not _TOLD.search(u.text) and not _IN_PASSING.search(u.text)
    if u.intent in {Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.HELP} and u.moments and is_short:
        return Intent.REFINE
    return Intent.AFFIRM if u.intent is Intent.OUT_OF_SCOPE and _GO_ON.search(f"{u.text} ") else None
