"""Texts that answer what stands before them: a pick, a change, a yes or no, «something else», stop."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeGuard

from bot.dialogue.bookings import changing, matching, moving
from bot.dialogue.buttons import ButtonRow, keep_button, write_button
from bot.dialogue.families import (
    AccountRequest,
    BookingRequest,
    EventTypeRequest,
    HoursRequest,
    ListRequest,
    MoveRequest,
    ProfileRequest,
    SlotRequest,
    TalkRequest,
    WebhookRequest,
    booking_of,
)
from bot.dialogue.finding import looking
from bot.dialogue.finding.card import other_times
from bot.dialogue.finding.event_types import question_asked
from bot.dialogue.request import revise
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.latent import direction, moves_other
from bot.dialogue.request.people import attending
from bot.dialogue.request.said import (
    at_pick,
    changes_times,
    is_recent,
    listed_on,
    offered_at,
    pick,
    says_anything,
    slot_picked,
)
from bot.dialogue.request.seeking import revised
from bot.dialogue.request.spoken_of.following import distance_said, noted, shifted
from bot.dialogue.request.standing import refill_on_booking
from bot.dialogue.talk import Talk, go_on, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.writes import ReleaseHold

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import OnBooking, Request
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Slot

_FEW = 4  # words that say only on which side («trop tard»)
_ADJUSTING = frozenset(
    {Intent.REFINE, Intent.MORE_OPTIONS, Intent.SELECT, Intent.DENY, Intent.RESCHEDULE, Intent.FIND_SLOTS}
)


def select(talk: Talk, u: Understanding) -> Decision:
    """One of what was offered, by number, by time or by what it is."""
    conversation = talk.conversation
    request = conversation.request
    if isinstance(request, SlotRequest) and request.zones and u.choice is not None:
        zone = pick(request.zones, u.choice)
        return looking.zone_picked(talk, request, zone) if zone else _which(talk, u)
    if u.choice is None:
        slot = offered_at(talk, u.moments)
        return _take_slot(talk, u, slot) if slot is not None else refine(talk, u)
    if (option := _option_picked(talk, u)) and request is not None:
        return go_on(talk, refill(replace(u, intent=Intent.REFINE, option=option, choice=None), talk, request))
    if conversation.offered:
        slot = slot_picked(talk, u)
        return _take_slot(talk, u, slot) if slot is not None else _which(talk, u)
    if conversation.listed:
        return _take_booking(talk, u)
    return refine(talk, u) if request is not None and says_anything(replace(u, choice=None)) else _which(talk, u)


def _option_picked(talk: Talk, u: Understanding) -> str:
    """«the second» below a question that the card asks with its options: the second of those."""
    question = question_asked(talk)
    says_more = u.moments or u.people or u.emails or u.mentions or u.bare is not None
    return pick(question.options, u.choice or 0) or "" if question is not None and not says_more else ""


def refine(talk: Talk, u: Understanding) -> Decision:
    """A change to the wish under way; without one, what was said is the wish."""
    request = talk.conversation.request
    if request is None or not is_recent(request, talk) or _is_new_wish(u, request):
        if not says_anything(u):
            return say(talk, words.which_change())
        return go_on(talk, noted(fill(replace(u, intent=_wish_by_itself(u)), talk), u))
    if isinstance(request, SlotRequest) and request.zones:
        if zone := _zone_in(request.zones, u):
            return looking.zone_picked(talk, request, zone)
        if not says_anything(u):
            return go_on(talk, request)
    if (kept := _kept(talk, u, request)) is not None:
        return kept
    if (decision := changing.said_beside(talk, u, request)) is not None:
        return decision
    if request.is_done:
        return _after_done(talk, u, request)
    is_listed = bool(talk.conversation.listed) and not (u.has(Cue.ALSO) and (u.people or u.emails or u.mentions))
    if _is_open(request) and is_listed and request.intent is not Intent.LIST_BOOKINGS:
        return _narrow(talk, u, request)
    if isinstance(request, SlotRequest) and (slot := offered_at(talk, u.moments)) is not None and u.length is None:
        return _take_slot(talk, u, slot)
    if not says_anything(u):
        return say(talk, words.which_change())
    if isinstance(request, SlotRequest) and request.slot is not None and _only_keeps_day(u):
        day = revise.whole_day(request.slot.start.astimezone(talk.zone).date())
        return go_on(talk, replace(request, intent=Intent.FIND_SLOTS, slot=None, moments=(day,), not_before=None))
    return go_on(talk, refill(u, talk, request))


def _only_keeps_day(u: Understanding) -> bool:
    """«another time, same day»."""
    return Keep.DAY in u.keeps and not says_anything(replace(u, keeps=frozenset()))


def _wish_by_itself(u: Understanding) -> Intent:
    """What a text is that was taken for an answer, where nothing is there that it could answer."""
    if u.has(Cue.MOVES) and (u.people or u.emails or u.mentions):
        return Intent.RESCHEDULE
    return Intent.BOOK if u.emails or u.mentions else Intent.FIND_SLOTS


def _is_new_wish(u: Understanding, request: Request) -> bool:
    """Whether a text is a wish by itself, whatever was spoken of before: that can take nothing of it, or all is said anew."""
    says_who = bool(u.people or u.emails or u.mentions)
    if isinstance(
        request, AccountRequest | TalkRequest | ListRequest | EventTypeRequest | WebhookRequest | ProfileRequest
    ):
        return bool(u.moments or u.recurrence) and (says_who or not isinstance(request, ListRequest | EventTypeRequest))
    is_whole = any(moment.says_day and revise.says_clock(moment) for moment in u.moments)
    if isinstance(request, HoursRequest):
        return says_who and is_whole
    is_over = request.is_done or request.intent is Intent.LIST_BOOKINGS
    return is_over and bool(u.emails or u.mentions) and is_whole


def affirm(talk: Talk, u: Understanding) -> Decision:
    """A typed yes writes nothing: what it adds is taken up, and the card comes again with its button."""
    request = talk.conversation.request
    if request is None or request.is_done or not is_recent(request, talk):
        return say(talk, common.nothing_waiting())
    if (kept := _kept(talk, u, request)) is not None:
        return kept
    if request.intent in {Intent.CANCEL, Intent.DECLINE} and not u.reason and not u.moments:
        u = replace(u, reason=u.remark)
    if says_anything(u):
        request = refill(u, talk, request)
    if isinstance(request, SlotRequest) and request.slot is None and not request.recurrence:
        offered = talk.conversation.offered
        if len(offered) == 1:
            return looking.pick_slot(talk, request, offered[0])
        return go_on(talk, request) if says_anything(u) else say(talk, words.which_one())
    if _is_open(request) and len(talk.conversation.listed) > 1:
        return say(talk, words.which_one())
    return go_on(talk.noting(is_affirmed=True), request)


def deny(talk: Talk, u: Understanding) -> Decision:
    """No: with something new it is a change, without it the card goes."""
    request = talk.conversation.request
    if request is None or not is_recent(request, talk):
        return say(talk, words.okay_not())
    if request.is_done:
        return _deny_done(talk, u)
    if isinstance(request, BookingRequest) and request.intent is Intent.APPROVE and request.booking is not None:
        return go_on(talk, replace(request, intent=Intent.DECLINE, reason=u.reason or u.remark or request.reason))
    if _may_be_kept(request) and (u.has(Cue.STAYS) or not says_anything(u)):
        return moving.keep(talk, request)
    if says_anything(u):
        return refine(talk, u)
    if isinstance(request, SlotRequest) and request.hold is not None:
        return release(talk, request)
    is_series = isinstance(request, SlotRequest) and (request.recurrence is not None or request.is_each)
    is_list = isinstance(request, SlotRequest) and request.slot is None and bool(talk.conversation.offered)
    if isinstance(request, SlotRequest) and is_list and not is_series and not u.has(Cue.DROPPED, Cue.THANKS):
        return looking.more_options(talk, request)
    if isinstance(request, SlotRequest) and request.slot is not None:
        text = words.okay_not()
        parts = (common.line(text), ButtonRow(buttons=(other_times(talk, request, request.slot),)))
        return show(talk, replace(request, is_done=True), text, parts)
    return say(talk.asking(None), words.okay_not(), drops_card=True)


def _deny_done(talk: Talk, u: Understanding) -> Decision:
    """A no below what was carried out or dropped: with something new a change to it, without it all stays."""
    if changes_times(u) or u.length is not None:
        return refine(talk, u)
    request = talk.conversation.request
    if u.people and u.has(Cue.CORRECTED) and request is not None and _may_be_kept(request):  # «wrong one, i meant omar»
        fresh = talk.asking(None).leading(words.all_stays())
        return go_on(fresh, fill(replace(u, intent=request.intent), fresh))
    return say(talk, words.all_stays() if talk.conversation.undo is not None else words.okay_not())


def more(talk: Talk, u: Understanding) -> Decision:
    """Something else than what was offered."""
    request = talk.conversation.request
    if request is None or not is_recent(request, talk):
        return refine(talk, u)
    if says_anything(u):
        return refine(talk, u)
    if isinstance(request, SlotRequest):
        return looking.more_options(talk, replace(request, is_done=False))
    if isinstance(request, MoveRequest) and request.booking is not None:
        slot = request.slot or request.booking.slot
        day = revise.whole_day(slot.start.astimezone(talk.zone).date())
        return go_on(talk, replace(request, slot=None, moments=(day,)))
    return go_on(talk, request)


def shift(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«an hour later», «something earlier»: away from the time we speak of; None when nothing of that kind was said."""
    if not isinstance(request, SlotRequest | MoveRequest) or request.is_done or not is_recent(request, talk):
        return None
    slot = request.slot or (request.booking.slot if isinstance(request, MoveRequest) and request.booking else None)
    names = u.people or u.mentions or u.emails or u.from_moment
    if (u.intent is Intent.RESCHEDULE and names) or moves_other(u, request):
        return None
    distance = distance_said(u)
    if distance is not None and distance.is_either and isinstance(request, MoveRequest) and not _is_aimed(request):
        return go_on(talk, replace(request, distance=distance))
    if slot is not None and distance is not None and (moment := shifted(distance, slot, talk.zone)) is not None:
        return go_on(talk, _at(request, moment))
    side = direction(u)
    is_few = u.size <= _FEW + 1 and not u.has(Cue.GO_AHEAD)  # «vale, más tarde ese día», «eerder die dag graag»
    is_side = u.intent in _ADJUSTING or (u.intent in {Intent.OUT_OF_SCOPE, Intent.AFFIRM} and is_few)
    if side == 0 or u.moments or u.people or u.emails or not is_side:
        return None
    offered = talk.conversation.offered
    edge = slot or (offered[0 if side < 0 else -1] if offered else None)
    if edge is None:
        return None
    if side > 0 and slot is None and isinstance(request, SlotRequest):
        return looking.more_options(talk, request)
    first = edge.start.astimezone(talk.zone).date()
    if side < 0 and slot is None and first > talk.today and not revise.is_part_of_day(request.moments):
        earlier = revise.from_to(talk.today, first - timedelta(days=1))
        return go_on(talk, _at(request, earlier))
    around = revise.side_of(edge.start.astimezone(talk.zone), is_before=side < 0)
    if isinstance(request, SlotRequest) and request.intent is Intent.BOOK:
        request = replace(request, intent=Intent.FIND_SLOTS)
    return go_on(talk, _at(request, around))


def _at(request: SlotRequest | MoveRequest, moment: Moment) -> SlotRequest | MoveRequest:
    """The wish at another time."""
    base = replace(request, moments=(moment,), slot=None, not_before=None)
    return replace(base, or_else=None) if isinstance(base, MoveRequest) else base


def _is_aimed(request: MoveRequest) -> bool:
    """Whether it was said where the booking is to go."""
    return request.booking is None or request.slot is not None or bool(request.moments)


def release(talk: Talk, request: SlotRequest) -> Decision:
    """The hold that stands, with the button that gives it back."""
    talk = talk.noting(unread="")
    hold = request.hold
    if hold is None or hold.expires_at <= talk.now:
        return say(talk.asking(replace(request, hold=None)), words.no_hold())
    text = words.release(times.stretch(hold.slot, talk.zone, talk.now))
    write = write_button("release", "Release hold", ReleaseHold(hold=hold.id, slot=hold.slot))
    parts = (common.line(text), ButtonRow(buttons=(write, keep_button("keep", "Keep"))))
    return show(talk, request, text, parts, expires_at=hold.expires_at)


def stop(talk: Talk, _u: Understanding) -> Decision:
    """Everything open in this conversation is dropped."""
    had_card = bool(talk.conversation.card)
    emptied = talk.having(request=None, offered=(), listed=(), shown=())
    return say(emptied, common.stopped(had_card=had_card), drops_card=True)


def _kept(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«4 as scheduled is fine»: the booking that was to be moved or cancelled stays."""
    return moving.keep(talk, request) if _may_be_kept(request) and u.has(Cue.STAYS) else None


def _may_be_kept(request: Request) -> TypeGuard[OnBooking]:
    return request.intent in {Intent.RESCHEDULE, Intent.CANCEL}


def _is_open(request: Request) -> TypeGuard[OnBooking]:
    """Whether it is about a booking that is still to be picked."""
    return isinstance(request, BookingRequest | MoveRequest) and request.booking is None


def _take_slot(talk: Talk, u: Understanding, slot: Slot) -> Decision:
    bare, old = replace(u, moments=(), excluded=(), choice=None), talk.conversation.request
    if isinstance(old, MoveRequest):
        moved = refill(bare, talk, at_pick(replace(old, is_done=False), slot, talk))
        return go_on(talk, replace(moved, slot=slot) if isinstance(moved, MoveRequest) else moved)
    base = old if isinstance(old, SlotRequest) else SlotRequest(intent=Intent.BOOK)
    held = Intent.HOLD if u.has(Cue.HOLDS) else base.intent
    request = revised(bare, talk, at_pick(replace(base, is_done=False, intent=held), slot, talk))
    return looking.pick_slot(talk.asking(request), request, slot) if talk.context.account else go_on(talk, request)


def _take_booking(talk: Talk, u: Understanding) -> Decision:
    chosen = pick(listed_on(talk, u), u.choice or 0)
    request = talk.conversation.request
    if u.has(Cue.GOES_TO) and u.moments and (moved := pick(talk.conversation.listed, u.choice or 0)) is not None:
        return go_on(talk, MoveRequest(booking=moved, moments=u.moments))  # «the last one to wednesday at 10»
    if chosen is None:
        return _which(talk, u)
    if not isinstance(request, BookingRequest | MoveRequest):
        request = BookingRequest(intent=Intent.LIST_BOOKINGS)
    if request.intent is Intent.LIST_BOOKINGS:
        day = chosen.slot.start.astimezone(talk.zone)
        return go_on(talk, replace(request, sought=(revise.on_day(day.date(), clock=day.time()),), attendee=None))
    reason = u.reason or request.reason
    return go_on(talk, replace(request, booking=chosen, reason=reason))


def _which(talk: Talk, u: Understanding) -> Decision:
    if talk.conversation.offered or talk.conversation.listed:
        return say(talk, words.which_one())
    return say(talk, words.nothing_listed(u.choice or 0))


def _narrow(talk: Talk, u: Understanding, request: OnBooking) -> Decision:
    """Several matched: what was added picks among them."""
    moments = (*u.moments, *((u.from_moment,) if u.from_moment else ()))
    narrower = refill_on_booking(u, talk, request)
    sought = replace(narrower, sought=moments or narrower.sought)
    left = matching.narrowed(talk, sought)
    if len(left) == 1:
        if isinstance(sought, MoveRequest) and isinstance(request, MoveRequest):
            sought = replace(sought, moments=request.moments)
        return go_on(talk, replace(sought, booking=left[0]))
    if left:
        return matching.ask_which(talk, narrower, left)
    return go_on(talk, narrower)


def _after_done(talk: Talk, u: Understanding, request: Request) -> Decision:
    """A change to what has been carried out: a move of the booking just made, or the same wish once more."""
    who, booking = bool(u.people or u.emails or u.mentions), booking_of(request)
    if u.has(Cue.AGAIN) and u.moments and (again := _once_more(talk, request)) is not None:
        return go_on(talk, refill(replace(u, keeps=u.keeps | {Keep.TIME}), talk, again))
    if booking is not None and u.moments and not who and isinstance(request, SlotRequest | MoveRequest):
        return go_on(talk, refill(u, talk, MoveRequest(booking=booking)))
    if not says_anything(u):
        return say(talk, common.nothing_waiting())
    if isinstance(request, SlotRequest):
        again = replace(request, booking=None, hold=None, slot=None if u.moments else request.slot, is_done=False)
        return go_on(talk, refill(u, talk, again))
    return go_on(talk, refill(u, talk, replace(request, is_done=False)))


def _once_more(talk: Talk, request: Request) -> SlotRequest | None:
    """The wish for what was booked, or for what was cancelled, as it was."""
    if isinstance(request, SlotRequest):
        return replace(request, booking=None, hold=None, is_done=False)
    gone = talk.conversation.undo.booking if talk.conversation.undo is not None else None
    if request.intent is not Intent.CANCEL or gone is None or not gone.attendees:
        return None
    attendee = attending(gone.attendees[0])
    return SlotRequest(intent=Intent.BOOK, event_type=gone.event_type, attendee=attendee, slot=gone.slot)


def _zone_in(zones: tuple[str, ...], u: Understanding) -> str:
    """Which of the candidates was named."""
    return u.zone if u.zone in zones and u.zone is not None else ""
