"""Moving a booking: where it can go, its own time not counted as busy, and the card old → new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, FindSlots, SlotsFound
from bot.dialogue.bookings import adjoining, matching
from bot.dialogue.buttons import ButtonRow, keep_button, link_button, resume_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import MoveRequest, SlotRequest, booking_of
from bot.dialogue.finding import propose, their_hours, whose_clock
from bot.dialogue.finding.event_types import TypeChoice, choose_type
from bot.dialogue.finding.slot_buttons import clocks_by_day, day_button, day_rows, on_the_wall, only_day, slot_buttons
from bot.dialogue.request import revise
from bot.dialogue.request.spoken_of.following import settled
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.language.meaning import Days, Intent, Keep, Open
from bot.scheduling.models import BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.writes import MoveBooking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.families import OnBooking
    from bot.dialogue.finding.slot_buttons import OnWall
    from bot.language.meaning import Moment
    from bot.scheduling.models import Booking, Slot
    from bot.scheduling.times import Interval


_NEAR = 4
"""So many of the nearest times of a booking's own day."""


def move(talk: Talk, request: MoveRequest) -> Step:
    """Find the booking, then the times it could go to."""
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    if request.beside is not None:
        return adjoining.look(talk, request)
    request = settled(talk, at_own_time(request, booking), booking)
    found = whose_clock.settled(talk, request, booking.attendees)
    if not isinstance(found, MoveRequest):
        return found
    request = found
    when = times.stretch(booking.slot, talk.zone, talk.now)
    if booking.status in {BookingStatus.CANCELLED, BookingStatus.REJECTED}:
        return say(talk.asking(None), words.is_cancelled_already(booking, when), is_personal=True)
    if booking.slot.end <= talk.now:
        return say(talk.asking(None), words.is_over(booking, when), is_personal=True)
    choice = type_of(talk, booking)
    if choice is None:
        return _cannot_check(talk, request, booking)
    talk = talk.asking(request)
    asked = aimed(talk, request, booking)
    return do(talk, FindSlots(queries=propose.queries(asked, propose.wish_of(asked, talk), choice, talk)), Doing.MOVING)


def at_own_time(request: MoveRequest, booking: Booking) -> MoveRequest:
    """The wish for one of several, where each of those named has a time of its own."""
    party = (*((request.attendee,) if request.attendee else ()), *request.others)
    if not request.is_each or len(party) != len(request.moments):
        return request
    named = zip(party, request.moments, strict=True)
    whose = next(((one, moment) for one, moment in named if matching.is_with(booking, one)), None)
    if whose is None:
        return request
    return replace(request, attendee=whose[0], others=(), moments=(whose[1],), is_each=False)


def slots_found(talk: Talk, outcome: Outcome) -> Step:
    """The card for the time asked for, or what is free instead."""
    request = talk.conversation.request
    booking = booking_of(request)
    if not isinstance(request, MoveRequest) or booking is None or not isinstance(outcome, SlotsFound):
        return say(talk, common.broken())
    slots = sorted(
        {s for group in outcome.slots for s in group if s.start > talk.now and s.start != booking.slot.start}
    )
    slots = list(propose.without(slots, request.avoided, talk))
    wish = propose.wish_of(aimed(talk, request, booking), talk)
    if request.slot is not None:
        return _picked(talk, request, booking, slots)
    if wish.is_point and wish.windows[0].start == booking.slot.start and len(wish.windows) == 1:
        return say(talk, words.same_time(times.stretch(booking.slot, talk.zone, talk.now)), is_personal=True)
    fits = propose.fitting(slots, wish)
    if request.edge and fits and not wish.is_point and (wish.windows or request.edge > 0):
        return _card(talk, request, booking, fits[0] if request.edge > 0 else fits[-1], slots)
    if fits and (wish.is_point or _is_filled(wish.windows, booking.slot)):
        return _card(talk, request, booking, fits[0], slots)
    return _choices(talk, request, booking, tuple(slots), why=_why(talk, request, wish, has_fits=bool(fits)), wish=wish)


def _is_filled(windows: Sequence[Interval], slot: Slot) -> bool:
    """«to friday 3-3.30» of a meeting that lasts half an hour: it fits there once only."""
    return len(windows) == 1 and windows[0].end - windows[0].start == slot.end - slot.start


def keep(talk: Talk, request: OnBooking) -> Step:
    """The booking stays as it stands."""
    booking = request.booking
    text = words.keeps(booking, times.stretch(booking.slot, talk.zone, talk.now)) if booking else words.kept()
    return say(talk.asking(None), text, is_personal=booking is not None, drops_card=True)


def type_of(talk: Talk, booking: Booking) -> TypeChoice | None:
    """Which event type's free times it can go to; None where it belongs to none of the account."""
    length = booking.slot.end - booking.slot.start
    kind = talk.event_type(booking.event_type)
    if kind is not None:
        return TypeChoice(kind=kind, length=length)
    choice = choose_type(SlotRequest(intent=Intent.FIND_SLOTS, length=length), talk.context.event_types)
    return choice if choice is not None and choice.missed is None and not booking.event_type else None


def aimed(talk: Talk, request: MoveRequest, booking: Booking) -> MoveRequest:
    """The wish with the booking's own clock on days that were named alone, and its own day under a clock alone."""
    if request.edge:
        return request
    zone = find_zone(request.zone) or talk.zone
    return replace(request, moments=tuple(_aim(moment, booking, request, zone) for moment in request.moments))


def _aim(moment: Moment, booking: Booking, request: MoveRequest, zone: ZoneInfo) -> Moment:
    named = request.zone
    stands = booking.slot.start.astimezone(find_zone(moment.zone) or zone)
    if revise.says_clock(moment) and not moment.says_day:
        return replace(moment, days=Days(first=stands.date(), last=stands.date()))
    weeks = replace(moment, hours=None) if Keep.DAY in request.keeps else moment
    if request.keeps & {Keep.TIME, Keep.DAY} and (day := revise.same_weekday(weeks, stands.date())) is not None:
        moment = replace(moment, days=Days(first=day, last=day))
    if moment.days is not None and moment.days.first == moment.days.last and moment.open is not Open.BEFORE:
        return revise.at_clock((moment,), stands.time().replace(tzinfo=None), named)[0]
    return moment


def _picked(talk: Talk, request: MoveRequest, booking: Booking, slots: list[Slot]) -> Step:
    wanted = request.slot
    slot = next((slot for slot in slots if wanted is not None and slot.start == wanted.start), None)
    if slot is not None:
        return _card(talk, request, booking, slot, slots)
    taken = slot_words.taken(times.stretch(wanted, talk.zone, talk.now)) if wanted else ""
    near = propose.nearest(slots, wanted.start if wanted else talk.now, talk.zone, count=3)
    return _choices(
        talk, replace(request, slot=None), booking, near, why=f"{taken} {slot_words.nearest_are()}", wish=propose.Wish()
    )


def _card(talk: Talk, request: MoveRequest, booking: Booking, slot: Slot, slots: list[Slot]) -> Step:
    mirrored = _mirrored(talk, request, booking, slots) if request.slot is None else ()
    request = replace(request, slot=slot)
    old, new = times.stretch(booking.slot, talk.zone, talk.now), _when(talk, request, booking, slot)
    wish = propose.wish_of(aimed(talk, request, booking), talk)
    first = (*mirrored, *propose.said_too(slots, slot, wish))
    near = propose.beside(slots, slot, wish, talk.zone)
    others = (*first, *[other for other in near if other not in first][: _MOST_BESIDE - len(first) + len(mirrored)])
    write = MoveBooking(
        booking=booking.id,
        old=booking.slot,
        slot=slot,
        reason=request.reason,
        event_type=booking.event_type,
        attendee=booking.attendees[0] if booking.attendees else None,
        seat=booking.seat,
    )
    either = [words.or_other_way(times.stretch(one, talk.zone, talk.now)) for one in mirrored]
    remarks = (*either, *_remarks(talk, booking), *their_hours.remarks(talk, booking.attendees, (slot,)))
    rows = (
        ("When", times.change(old, new, talk.zone)),
        ("What", words.title(booking)),
        ("With", words.people_of(booking)),
        ("Reason", common.cut(request.reason, 300)),
    )
    day = revise.whole_day(slot.start.astimezone(talk.zone).date())
    buttons = (
        write_button("move", "Move", write),
        keep_button("keep", "Keep"),
        resume_button("more", "Other times", replace(request, slot=None, moments=(day,))),
    )
    parts: tuple[CardPart, ...] = (
        common.heading(words.move_heading(booking)),
        Facts(rows=tuple(row for row in rows if row[1])),
        *(common.line(remark) for remark in remarks),
        ButtonRow(buttons=buttons),
        ButtonRow(buttons=_slot_buttons(talk, on_the_wall(others, talk.zone)), title=slot_words.or_instead()),
        common.small(slot_words.card_until(talk.now + talk.context.card_lifetime, talk.zone)),
    )
    text = " ".join((words.move_text(booking, old, new), *remarks))
    return show(talk.having(offered=others), request, text, parts)


_MOST_BESIDE = 3
"""Other times on a card, beside the one in the other direction."""


def _mirrored(talk: Talk, request: MoveRequest, booking: Booking, slots: list[Slot]) -> tuple[Slot, ...]:
    """The free time in the other direction, where people say the same of both («a day forward»)."""
    if request.or_else is None:
        return ()
    wish = propose.wish_of(aimed(talk, replace(request, moments=(request.or_else,)), booking), talk)
    return propose.fitting(slots, wish)[:1] if wish.is_point else ()


def _when(talk: Talk, request: MoveRequest, booking: Booking, slot: Slot) -> str:
    zones = [find_zone(request.zone), *(find_zone(attendee.zone) for attendee in booking.attendees[:1])]
    named = find_zone(request.zone)
    here = slot.start.astimezone(talk.zone).utcoffset()
    involved = [
        zone
        for zone in zones
        if zone is not None and (zone == named or slot.start.astimezone(zone).utcoffset() != here)
    ]
    return times.both(slot, talk.zone, involved, talk.now)


def _remarks(talk: Talk, booking: Booking) -> tuple[str, ...]:
    capabilities = talk.context.capabilities
    remarks = (
        words.no_native_move(talk.service) if capabilities and not capabilities.moves else "",
        words.approves_itself() if booking.status is BookingStatus.REQUESTED else "",
    )
    return tuple(remark for remark in remarks if remark)


def _why(talk: Talk, request: MoveRequest, wish: propose.Wish, *, has_fits: bool) -> str:
    if not wish.windows:
        return slot_words.has_passed() if wish.has_passed else ""
    if has_fits:
        return ""
    if wish.dates and all(day.weekday() >= 5 for day in wish.dates):
        return slot_words.weekend_closed(wish.dates, talk.today, slot_words.nearest_are())
    if wish.is_point:
        zone = find_zone(request.zone) or talk.zone
        wished = times.moment_at(wish.windows[0].start, zone, talk.zone, talk.now)
        return f"{slot_words.taken(wished)} {slot_words.nearest_are()}"
    return slot_words.day_full(wish.dates, talk.today, slot_words.nearest_are())


def _choices(
    talk: Talk, request: MoveRequest, booking: Booking, slots: tuple[Slot, ...], *, why: str, wish: propose.Wish
) -> Step:
    """Times that it could go to, each a press away from the card."""
    slots = their_hours.inside(talk, booking.attendees, slots) or slots
    fits = propose.fitting(slots, wish)
    target = wish.windows[0].start if wish.windows else None
    source = fits or slots
    if wish.is_point and target is not None and slots:
        shown = propose.nearest(slots, target, talk.zone)
    elif not request.moments and request.not_before is None:
        shown = _around(talk, booking, slots)
    else:
        shown = propose.spread(source, talk.zone, days=3, a_day=5)
    walls = on_the_wall(shown, talk.zone)
    old = times.stretch(booking.slot, talk.zone, talk.now)
    question = words.where_to(booking)
    why = " ".join(piece for piece in (why, *their_hours.remarks(talk, booking.attendees, shown)) if piece)
    free = (
        slot_words.slots_text(clocks_by_day(walls, talk.zone), words.title(booking), talk.zone, talk.today)
        if shown
        else slot_words.nothing_free(wish.dates, talk.today)
    )
    buttons = _slot_buttons(talk, walls)
    more = (
        day_button(),
        keep_button("keep", "Keep"),
    )
    parts: tuple[CardPart, ...] = (
        common.heading(words.move_heading(booking)),
        Facts(rows=(("Now", old), ("With", words.people_of(booking)))),
        *((common.line(why),) if why else ()),
        *(() if shown else (common.line(free),)),
        *day_rows(talk, walls, buttons),
        ButtonRow(buttons=more),
    )
    text = " ".join(piece for piece in (f"{words.title(booking)} is on {old}.", why or question, free) if piece)
    return show(talk.having(offered=shown, listed=(booking,)), request, text, parts)


def _around(talk: Talk, booking: Booking, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Nothing was said of when: the nearest free times of its own day, then some of the other days."""
    day = booking.slot.start.astimezone(talk.zone).date()
    same_day = [
        slot for slot in slots if slot.start.astimezone(talk.zone).date() == day and slot.start != booking.slot.start
    ]
    near = propose.nearest(same_day, booking.slot.start, talk.zone, count=_NEAR)
    elsewhere = [slot for slot in slots if slot.start.astimezone(talk.zone).date() != day]
    return tuple(sorted((*near, *propose.spread(elsewhere, talk.zone, days=2 if near else 3, a_day=5))))


def _slot_buttons(talk: Talk, slots: tuple[OnWall, ...]) -> tuple[Button, ...]:
    return slot_buttons(talk, slots, day=only_day(slots))


def _cannot_check(talk: Talk, request: MoveRequest, booking: Booking) -> Step:
    text = words.cannot_check(booking)
    links = (link_button("open", "Open its own page", booking.move_url),) if booking.move_url else ()
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(*links, keep_button("keep", "Keep")))))
