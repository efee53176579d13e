"""Several meetings on one card: moved together, each by a write of its own, or two of them swapped.

Two meetings cannot stand at one time, so a swap is three moves in a row: the first waits at a free time, the second takes its
place, the first takes the place of the second. It stops where one fails, and what then stands where is told line by line.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import FindSlots, SlotsFound
from bot.dialogue.bookings import matching, moving
from bot.dialogue.buttons import ButtonRow, keep_button, resume_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import MoveRequest
from bot.dialogue.finding import propose
from bot.dialogue.request import revise
from bot.dialogue.request.spoken_of.following import settled
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import several as words
from bot.language.meaning import Intent, Keep
from bot.scheduling.models import BookingStatus, Slot, SlotQuery
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval
from bot.scheduling.writes import MoveBooking
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import CardPart
    from bot.dialogue.context import Step
    from bot.scheduling.models import Booking

_WAITS_WITHIN = timedelta(days=14)
_BEYOND = timedelta(hours=1)


def move_all(talk: Talk, request: MoveRequest, found: tuple[Booking, ...]) -> Step:
    """Look for the time that each of them is to have."""
    standing = (BookingStatus.BOOKED, BookingStatus.REQUESTED)
    coming = tuple(b for b in sorted(found, key=_start) if b.slot.start > talk.now and b.status in standing)
    is_one_time = bool(request.moments) and all(revise.is_point(m) and m.says_day for m in request.moments)
    if is_one_time and request.distance is None and not request.others:
        return matching.ask_which(talk, request, coming or found, question=words.one_at_a_time())
    request = replace(request, bookings=coming[: matching.MOST_SHOWN])
    if len(coming) > len(request.bookings):
        talk = talk.leading(booking_words.more_stay(len(coming) - len(request.bookings), len(request.bookings)))
    if not request.moments and request.distance is None:
        return say(talk.asking(request), words.where_to_all(len(request.bookings)))
    queries = tuple(query for booking in request.bookings for query in _queries(talk, request, booking))
    return do(talk.asking(request), FindSlots(queries=queries), Doing.MOVING_SEVERAL)


def swap(talk: Talk, request: MoveRequest, found: tuple[Booking, ...]) -> Step:
    """Look whether each fits where the other is, and where the first could wait."""
    pair = _pair(request, found)
    if len(pair) != 2:
        return say(talk.asking(replace(request, bookings=())), words.which_two(), is_personal=True)
    first, second = pair
    can = talk.context.capabilities
    if can is None or not can.moves:
        return _cannot(talk, pair, words.no_swap_here(talk.service, _short(first), _short(second)))
    zone = str(talk.zone)
    soon = Interval(talk.now, talk.now + _WAITS_WITHIN)
    queries = (
        SlotQuery(event_type=second.event_type, window=_at(first.slot), zone=zone, moving=first.id),
        SlotQuery(event_type=first.event_type, window=_at(second.slot), zone=zone, moving=second.id),
        SlotQuery(event_type=first.event_type, window=soon, zone=zone, moving=first.id),
    )
    if not first.event_type or not second.event_type:
        return _cannot(talk, pair, words.cannot_swap(_short(first), _short(second), words.no_type()))
    return do(talk.asking(replace(request, bookings=pair)), FindSlots(queries=queries), Doing.MOVING_SEVERAL)


def slots_found(talk: Talk, outcome: Outcome) -> Step:
    """The card with a line for each."""
    request = talk.conversation.request
    if not isinstance(request, MoveRequest) or not isinstance(outcome, SlotsFound) or not request.bookings:
        return say(talk, common.broken())
    if request.intent is Intent.SWAP:
        return _swap_card(talk, request, outcome)
    return _card(talk, request, _placed(talk, request, outcome))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where one of them goes; None: it stays, and `why` says why."""

    booking: Booking
    slot: Slot | None = None
    why: str = ""


def _queries(talk: Talk, request: MoveRequest, booking: Booking) -> tuple[SlotQuery, ...]:
    choice = moving.type_of(talk, booking)
    if choice is None:
        return ()
    asked = _asked(talk, request, booking)
    return propose.queries(asked, propose.wish_of(asked, talk), choice, talk)


def _asked(talk: Talk, request: MoveRequest, booking: Booking) -> MoveRequest:
    """The wish as it is for one of them: «an hour later» counts from its own time, a day keeps its own clock."""
    keeps = request.keeps | {Keep.DAY}  # each on the weekday that it has
    wish = moving.at_own_time(replace(request, booking=booking, bookings=(), keeps=keeps), booking)
    one = settled(talk, wish, booking)
    return moving.aimed(talk, one, booking)


def _placed(talk: Talk, request: MoveRequest, outcome: SlotsFound) -> list[_Place]:
    """One after the other; what leaves its time in the same press frees it for the others."""
    groups = iter(outcome.slots)
    leaving = [booking.slot.interval for booking in request.bookings]
    taken: list[Interval] = []
    places: list[_Place] = []
    for booking in request.bookings:
        found = [slot for _ in _queries(talk, request, booking) for slot in next(groups, ())]
        if moving.type_of(talk, booking) is None:
            places.append(_Place(booking=booking, why=words.no_type()))
            continue
        wish = propose.wish_of(_asked(talk, request, booking), talk)
        free = [slot for slot in propose.fitting(sorted(found), wish) if slot.start > talk.now]
        if wish.target is not None and not free:
            free = [Slot(wish.target, wish.target + booking.slot.interval.length)]
            others = [one for one in leaving if one != booking.slot.interval]
            free = [slot for slot in free if any(one.overlaps(slot.interval) for one in others)]
        slot = next((one for one in free if not any(one.interval.overlaps(other) for other in taken)), None)
        if slot is None or slot.start == booking.slot.start:
            wished = times.moment(wish.target, talk.zone, talk.now) if wish.target else ""
            places.append(_Place(booking=booking, why=words.not_free(wished) if wished else words.nothing_free()))
            continue
        taken.append(slot.interval)
        places.append(_Place(booking=booking, slot=slot))
    return places


def _card(talk: Talk, request: MoveRequest, places: list[_Place]) -> Step:
    lines = [_line(talk, place) for place in places]
    moves = [(place.booking, place.slot) for place in places if place.slot is not None]
    if not moves:
        return say(talk.asking(replace(request, bookings=())), words.none_can_move(lines), is_personal=True)
    if request.others and len(moves) < len(places):
        question = words.not_all_can_move(lines)
        return matching.ask_which(talk, replace(request, bookings=()), request.bookings, question=question)
    label = words.move_all_label(len(moves))
    writes = tuple(_move(booking, booking.slot, slot, request.reason) for booking, slot in _in_order(moves))
    can = talk.context.capabilities
    remarks = (booking_words.no_native_move(talk.service),) if can is not None and not can.moves else ()
    text = " ".join((words.move_all_text(lines, label), *remarks))
    numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    parts: tuple[CardPart, ...] = (
        common.heading(f"{label}?"),
        common.line(numbered),
        *(common.line(remark) for remark in remarks),
        ButtonRow(buttons=(write_button("move", label, *writes, is_sequence=False), keep_button("keep", "Keep"))),
    )
    return show(talk.having(listed=request.bookings, offered=()), request, text, parts)


def _in_order(moves: list[tuple[Booking, Slot]]) -> list[tuple[Booking, Slot]]:
    """Where one goes to the time that another leaves, the other leaves first."""
    meets = any(
        slot.interval.overlaps(other.slot.interval) for one, slot in moves for other, _ in moves if one != other
    )
    return list(reversed(moves)) if meets and moves[0][1].start > moves[0][0].slot.start else moves


def _line(talk: Talk, place: _Place) -> str:
    what, old = _short(place.booking), times.stretch(place.booking.slot, talk.zone, talk.now)
    if place.slot is None:
        return words.stays_line(what, old, place.why)
    return words.move_line(what, times.change(old, times.stretch(place.slot, talk.zone, talk.now), talk.zone))


def _swap_card(talk: Talk, request: MoveRequest, outcome: SlotsFound) -> Step:
    first, second = request.bookings
    second_fits, first_fits, waits = outcome.slots
    first_to = _starting(first_fits, second.slot, first)
    second_to = _starting(second_fits, first.slot, second)
    pair = (first, second)
    for booking, target, there in ((first, first_to, second.slot), (second, second_to, first.slot)):
        if target is None:
            why = words.too_long_there(_short(booking), times.stretch(there, talk.zone, talk.now))
            return _cannot(talk, pair, words.cannot_swap(_short(first), _short(second), why))
    busy = [slot.interval for slot in (first.slot, second.slot, first_to, second_to) if slot is not None]
    free = [slot for slot in waits if slot.start > talk.now and not any(slot.interval.overlaps(one) for one in busy)]
    near = propose.nearest(free, first.slot.start, talk.zone, count=1)
    if not near or first_to is None or second_to is None:
        return _cannot(talk, pair, words.cannot_swap(_short(first), _short(second), words.no_resting_time()))
    writes = (
        _move(first, first.slot, near[0], request.reason),
        _move(second, second.slot, second_to, request.reason),
        _move(first, near[0], first_to, request.reason),
    )
    lines = [
        words.move_line(
            _short(one),
            times.change(
                times.stretch(one.slot, talk.zone, talk.now), times.stretch(to, talk.zone, talk.now), talk.zone
            ),
        )
        for one, to in ((first, first_to), (second, second_to))
    ]
    resting = times.stretch(near[0], talk.zone, talk.now)
    text = words.swap_text(lines[0], lines[1], resting, twice=booking_words.names_of(first))
    parts: tuple[CardPart, ...] = (
        common.heading("Swap two meetings?"),
        common.line("\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))),
        common.line(text),
        ButtonRow(buttons=(write_button("swap", "Swap", *writes), keep_button("keep", "Keep"))),
    )
    return show(talk.having(listed=request.bookings, offered=()), request, text, parts)


def _pair(request: MoveRequest, found: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """The two that are meant: the next one with each of two people, or the only two that fit."""
    people = (*((request.attendee,) if request.attendee else ()), *request.others)
    ordered = sorted(found, key=_start)
    if len(people) != 2:
        return tuple(ordered) if len(ordered) == 2 else ()
    picked = [next((one for one in ordered if matching.is_with(one, person)), None) for person in people]
    pair = tuple(one for one in picked if one is not None)
    return pair if len({one.id for one in pair}) == 2 else ()


def _starting(slots: tuple[Slot, ...], where: Slot, booking: Booking) -> Slot | None:
    """The time of the other one with this one's length, where that is free once the other has left."""
    if not any(slot.start == where.start for slot in slots):
        return None
    return Slot(where.start, where.start + booking.slot.interval.length)


def _move(booking: Booking, old: Slot, slot: Slot, reason: str) -> MoveBooking:
    return MoveBooking(
        booking=booking.id,
        old=old,
        slot=slot,
        reason=reason,
        event_type=booking.event_type,
        attendee=booking.attendees[0] if booking.attendees else None,
        seat=booking.seat,
    )


def _cannot(talk: Talk, pair: tuple[Booking, ...], text: str) -> Step:
    buttons = tuple(
        resume_button(f"m{number}", common.cut(f"Move {_short(booking)}", 60), MoveRequest(booking=booking))
        for number, booking in enumerate(pair, start=1)
    )
    return show(talk, None, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def _at(slot: Slot) -> Interval:
    return Interval(slot.start, slot.end + _BEYOND)


def _short(booking: Booking) -> str:
    return booking_words.short(booking)


def _start(booking: Booking) -> Slot:
    return booking.slot
