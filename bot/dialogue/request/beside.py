"""A time measured from a meeting that stands: «right after lena's», «again, same time», «another one a week later»."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import Beside, MoveRequest, Side, SlotRequest
from bot.dialogue.request.people import measured_from, people_in
from bot.dialogue.request.revise import on_its_day, says_clock
from bot.dialogue.request.spoken_of.following import (
    away_again,
    days_beside,
    days_spoken_of,
    says_other_time,
    slot_spoken_of,
    time_beside,
)
from bot.language.meaning import Days, Grain, Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.talk import Talk
    from bot.language.meaning import Sign, Understanding
    from bot.scheduling.models import Person

_DAYS: Mapping[Grain | None, timedelta] = {Grain.DAY: timedelta(days=1), Grain.WEEK: timedelta(days=7)}


def measured(u: Understanding, talk: Talk, request: SlotRequest | MoveRequest) -> SlotRequest | MoveRequest:
    """The wish with the meeting that its time is measured from, where the text names one."""
    if u.beside_whom:
        whose = measured_from(u, talk)[0]
        return replace(request, beside=replace(_beside(u, whose), names_no_act=_names_no_act(u, talk, request)))
    if isinstance(request, MoveRequest):
        return request
    if Keep.DAY in u.keeps or u.has(Cue.THAT_DAY):
        request = _that_day(talk, request)
    if not people_in(u, talk):
        return request
    if talk.conversation.request is not None:
        request = _beside_that(u, talk, request)
    if request.attendee is None:
        return request
    keeps_clock = (
        (Keep.TIME in u.keeps or u.has(Cue.COPIES)) and bool(u.moments) and not any(map(says_clock, request.moments))
    )
    names_no_act = _names_no_act(u, talk, request)
    if names_no_act and not keeps_clock:
        return replace(request, beside=Beside(whose=request.attendee, side=Side.PERHAPS_IT))
    if u.has(Cue.AGAIN):
        step = u.sign(Cue.LATER, Cue.EARLIER)
        if step is not None and step.amount is not None and step.holds_amount:
            return replace(request, beside=Beside(whose=request.attendee, side=Side.LATER, gap=_step(step)), moments=())
        if (away := away_again(u)) is not None and request.recurrence is None:  # «book lena again in two weeks»
            return replace(request, beside=Beside(whose=request.attendee, side=Side.LATER, gap=away))
    if keeps_clock and request.recurrence is None:
        beside = Beside(whose=request.attendee, side=Side.SAME_CLOCK, names_no_act=names_no_act)
        return replace(request, beside=beside)
    return request


def _names_no_act(u: Understanding, talk: Talk, request: SlotRequest | MoveRequest) -> bool:
    """«sam after lena», «put the call with lena on friday»: nobody said whether what stands moves or one more is wanted."""
    if isinstance(request, MoveRequest) or request.intent is Intent.HOLD or request.guests or request.zones:
        return False
    return (u.is_bare or u.has(Cue.PLACES)) and not u.has(Cue.AGAIN) and request.attendee is not None and _begins(talk)


def _beside_that(u: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """«book kim right after her»: beside what was spoken of last, where the text names no other time."""
    slot = slot_spoken_of(talk)
    if slot is None or request.slot is not None:
        return request
    day = slot.start.astimezone(talk.zone).date()
    if (days := days_beside(u, (Days(first=day, last=day),))) is not None:  # «book kim the day after»
        return replace(request, moments=on_its_day(request.moments, days.first, days.last))
    if says_other_time(u) or u.has(Cue.AGAIN):
        return request
    there = time_beside(u, slot, talk.zone)
    return replace(request, moments=(there,)) if there is not None else request


def _that_day(talk: Talk, request: SlotRequest) -> SlotRequest:
    """«book kim the same day at 4»: on the day of what was spoken of last, where the text and the wish say none.

    Where several days were spoken of, it is looked for on all of them.
    """
    is_dated = any(one.says_day for one in request.moments)
    if request.slot is not None or request.recurrence is not None or is_dated:
        return request
    days = days_spoken_of(talk)
    return replace(request, moments=on_its_day(request.moments, *days)) if days is not None else request


def _begins(talk: Talk) -> bool:
    """Whether no wish for a time is under way that a person and a time could be an answer to."""
    before = talk.conversation.request
    if not isinstance(before, SlotRequest) or before.is_done:
        return True
    return before.beside is not None and before.beside.side is Side.PERHAPS_IT


def _beside(u: Understanding, whose: Person) -> Beside:
    """«right after sam», «the day after sam's», «the same day as sam», «the same time as sam», «… day and time …»."""
    if u.has(Cue.WHOSE_TIME):
        return Beside(whose=whose, side=Side.ITS_TIME)
    has_day, has_clock = u.has(Cue.SAME_DAY_WHOM), u.has(Cue.SAME_TIME_WHOM)
    if has_day or has_clock:
        step = u.sign(Cue.LATER, Cue.EARLIER)  # «… but a week later»
        if step is not None and step.amount is not None and step.holds_amount and has_clock:
            return Beside(whose=whose, side=Side.LATER, gap=_step(step))
        side = Side.SAME_CLOCK if not has_day else Side.LATER if has_clock else Side.SAME_DAY
        return Beside(whose=whose, side=side)
    sign = u.sign(Cue.AFTER_WHOM, Cue.BEFORE_WHOM)
    is_before = u.has(Cue.BEFORE_WHOM)
    side = Side.BEFORE if is_before else Side.AFTER
    if sign is None or not sign.holds_amount:
        return Beside(whose=whose, side=side)
    if sign.amount is None and sign.grain in _DAYS:
        return Beside(whose=whose, side=Side.SAME_DAY, gap=-_DAYS[sign.grain] if is_before else _DAYS[sign.grain])
    return Beside(whose=whose, side=side, gap=sign.amount or timedelta())


def _step(sign: Sign) -> timedelta:
    amount = sign.amount or timedelta()
    return -amount if sign.cue is Cue.EARLIER else amount
