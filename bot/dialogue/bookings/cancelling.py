"""Cancelling a booking: the card that names it, its reason, and the press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Style
from bot.dialogue.bookings import matching
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, write_button
from bot.dialogue.request import forms
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.models import BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.writes import CancelBooking

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Step
    from bot.dialogue.families import BookingRequest
    from bot.scheduling.models import Booking

    Dates = tuple[Booking, ...]


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


def cancel_series(talk: Talk, request: BookingRequest, found: tuple[Booking, ...], standing: Dates) -> Step | None:
    """«cancel the series with lena»: one card, and one write where the provider knows it; None where no series is meant.

    `standing`: everything that stands, to see whether what was found is all that is left of it.
    """
    if request.intent is not Intent.CANCEL or Cue.SERIES not in request.cues or len(found) < 2:
        return None
    alike: dict[tuple[str, ...], list[Booking]] = {}
    for booking in sorted(found, key=lambda one: one.slot):
        alike.setdefault(_series_of(talk, booking), []).append(booking)
    several = [tuple(dates) for dates in alike.values() if len(dates) > 1]
    if len(several) != 1:
        return matching.ask_which(talk, request, [dates[0] for dates in several]) if several else None
    dates = several[0]
    left = {one.id for one in standing if one.series == dates[0].series and one.slot.start >= dates[0].slot.start}
    if not dates[0].series or left != {one.id for one in dates}:
        return cancel_all(talk, request, dates)
    return _series_card(talk, request, dates)


def _series_of(talk: Talk, booking: Booking) -> tuple[str, ...]:
    """What its dates have in common: the provider's series, else type, people and clock."""
    if booking.series:
        return (booking.series,)
    people = sorted(each.email or each.name for each in booking.attendees)
    return (booking.event_type, booking.slot.start.astimezone(talk.zone).strftime("%H:%M"), *people)


def _series_card(talk: Talk, request: BookingRequest, dates: tuple[Booking, ...]) -> Step:
    first = dates[0]
    write = CancelBooking(
        booking=first.id, slot=first.slot, reason=request.reason, and_following=True, seat=first.seat, before=first
    )
    label = words.cancel_series_label(len(dates))
    form = forms.reason_form("Reason for cancelling", request.reason)
    buttons = (
        write_button("cancel", label, write, style=Style.DANGER),
        keep_button("keep", "Keep"),
        form_button("reason", "Give a reason" if not request.reason else "Change the reason", form, request),
    )
    lines = [words.one_line(booking, talk.zone, talk.now) for booking in dates]
    text = words.cancel_series_text(dates, talk.zone, talk.now, request.reason)
    numbered = common.line("\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1)))
    parts = (common.heading(f"{label}?"), numbered, ButtonRow(buttons=buttons))
    return show(talk.having(listed=dates, offered=()), request, text, parts)


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
