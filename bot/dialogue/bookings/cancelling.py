"""Cancelling a booking: the card that names it, its reason, and the press."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Style
from bot.dialogue.bookings import matching
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, write_button
from bot.dialogue.request import forms
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.language.meaning import Intent
from bot.scheduling.models import BookingStatus
from bot.scheduling.writes import CancelBooking

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Step
    from bot.dialogue.families import BookingRequest
    from bot.scheduling.models import Booking


def wants_all(request: BookingRequest, found: tuple[Booking, ...]) -> bool:
    """«cancel everything on monday», «all but lena», «cancel lena and sam»."""
    return request.intent is Intent.CANCEL and (
        matching.is_for_all(request) or bool(request.others) or matching.are_all_named(request, found)
    )


def cancel_all(talk: Talk, request: BookingRequest, found: tuple[Booking, ...]) -> Step:
    """Several on one card: each named, one write each."""
    coming = tuple(booking for booking in found if booking.slot.end > talk.now)
    shown = coming[: matching.MOST_SHOWN]
    if len(coming) > len(shown):
        talk = talk.leading(words.more_stay(len(coming) - len(shown), len(shown)))
    writes = tuple(
        CancelBooking(booking=b.id, slot=b.slot, reason=request.reason, seat=b.seat, before=b) for b in shown
    )
    label = f"Cancel {common.count(len(shown), 'meeting')}"
    form = forms.reason_form("Reason for cancelling", request.reason)
    buttons = (
        write_button("cancel", label, *writes, style=Style.DANGER, is_sequence=False),
        keep_button("keep", "Keep"),
        form_button("reason", "Give a reason" if not request.reason else "Change the reason", form, request),
    )
    lines = "\n".join(
        f"{n}. {words.one_line(booking, talk.zone, talk.now)}" for n, booking in enumerate(shown, start=1)
    )
    text = words.cancel_all_text(shown, talk.zone, talk.now)
    parts = (common.heading(f"{label}?"), common.line(lines), ButtonRow(buttons=buttons))
    return show(talk.having(listed=shown, offered=()), request, text, parts)


def cancel(talk: Talk, request: BookingRequest) -> Step:
    """Find the booking, then show what cancelling it means."""
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    when = times.stretch(booking.slot, talk.zone, talk.now)
    if booking.status in {BookingStatus.CANCELLED, BookingStatus.REJECTED}:
        return say(talk.asking(None), words.is_cancelled_already(booking, when), is_personal=True)
    if booking.slot.end <= talk.now:
        return say(talk.asking(None), words.is_over(booking, when), is_personal=True)
    write = CancelBooking(
        booking=booking.id, slot=booking.slot, reason=request.reason, seat=booking.seat, before=booking
    )
    form = forms.reason_form("Reason for cancelling", request.reason)
    buttons: tuple[Button, ...] = (
        write_button("cancel", "Cancel meeting", write, style=Style.DANGER),
        keep_button("keep", "Keep"),
        form_button("reason", "Give a reason" if not request.reason else "Change the reason", form, request),
    )
    if booking.series:
        following = replace(write, and_following=True)
        buttons = (
            *buttons[:1],
            write_button("series", "Cancel this and later ones", following, style=Style.DANGER),
            *buttons[1:],
        )
    rows = (
        ("What", words.title(booking)),
        ("When", when),
        ("With", words.people_of(booking)),
        ("Reason", common.cut(request.reason, 300) or "none"),
    )
    kind = talk.event_type(booking.event_type)
    remark = words.goes_to_everybody(booking)
    if kind is not None and not kind.can_cancel:
        remark = f"{remark} {words.cannot_cancel()}"
    text = f"{words.cancel_text(booking, when, request.reason)} {remark}"
    parts = (
        common.heading(words.cancel_heading(booking)),
        Facts(rows=tuple(row for row in rows if row[1])),
        common.line(remark),
        ButtonRow(buttons=buttons),
    )
    return show(talk, request, text, parts)
