"""What a person asked to be told by itself: the agenda of a day or a week, and that a meeting begins soon.

Pure like the rest of the room. These cards belong to no conversation; their buttons work like any other card's.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Reply, Subheading
from bot.dialogue.buttons import ButtonRow, link_button, press_button, stay_button
from bot.dialogue.cards import RunLate
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.talk import Talk, show
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import reminding as words
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.acts import Part
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.cards import Card
    from bot.dialogue.context import Context, Step
    from bot.scheduling.models import Booking

_MOST = 15
NOBODY: Mapping[str, str] = MappingProxyType({})


def tell_agenda(
    context: Context, bookings: tuple[Booking, ...], *, is_weekly: bool, colleagues: Mapping[str, str] = NOBODY
) -> tuple[Reply, tuple[Card, ...]]:
    """The agenda, by day. `colleagues`: the surface's ids of people, by mail address, who can be told of a delay."""
    talk = _talk(context)
    heading = words.week_heading(talk.today) if is_weekly else words.day_heading(talk.today)
    parts: list[CardPart] = [common.heading(heading)]
    day = None
    for number, booking in enumerate(bookings[:_MOST], start=1):
        starts = booking.slot.start.astimezone(talk.zone).date()
        if is_weekly and starts != day:
            parts.append(Subheading(text=times.date_words(starts, talk.today)))
        day = starts
        title = words.item(booking, talk.zone)
        parts.append(ButtonRow(buttons=_with_late(booking, number, colleagues), title=title))
    if not bookings:
        parts.append(common.line(words.nothing(is_weekly=is_weekly)))
    parts.append(common.small(words.foot(times.place(talk.zone))))
    text = words.agenda_text(heading, bookings, talk.zone, is_weekly=is_weekly)
    return _told(show(talk, None, text, tuple(parts), is_live=False))


def public_agenda(context: Context, bookings: tuple[Booking, ...], *, is_weekly: bool) -> Reply:
    """The same for a channel: when, and which kind of meeting; no names, no links, nothing to press."""
    talk = _talk(context)
    heading = words.channel_heading(context.asker.name, talk.today, is_weekly=is_weekly)
    parts: list[Part] = [common.heading(heading)]
    lines: list[str] = []
    day = None
    for booking in bookings[:_MOST]:
        starts = booking.slot.start.astimezone(talk.zone).date()
        if is_weekly and starts != day:
            parts.append(Subheading(text=times.date_words(starts, talk.today)))
        day = starts
        kind = talk.event_type(booking.event_type)
        line = words.channel_item(booking, kind.title if kind is not None else "", talk.zone)
        parts.append(common.line(line))
        lines.append(f"{times.date_words(starts, talk.today)} {line}" if is_weekly else line)
    if not bookings:
        parts.append(common.line(words.nothing(is_weekly=is_weekly)))
    parts.append(common.small(words.foot_in_channel(times.place(talk.zone))))
    return Reply(text=f"{heading}: {'; '.join(lines) or words.nothing(is_weekly=is_weekly)}", parts=tuple(parts))


def tell_note(
    context: Context, booking: Booking, *, colleagues: Mapping[str, str] = NOBODY
) -> tuple[Reply, tuple[Card, ...]]:
    """A meeting begins soon."""
    talk = _talk(context)
    text = words.soon(booking, booking.slot.start - talk.now, talk.zone)
    rows = (("When", times.stretch(booking.slot, talk.zone, talk.now)), ("With", booking_words.people_of(booking)))
    parts = (
        common.heading(words.soon_heading(booking, booking.slot.start - talk.now)),
        Facts(rows=tuple(row for row in rows if row[1])),
        ButtonRow(buttons=_with_late(booking, 1, colleagues)),
    )
    return _told(show(talk, None, text, parts, is_live=False))


def _with_late(booking: Booking, number: int, colleagues: Mapping[str, str]) -> tuple[Button, ...]:
    """What can be done with a meeting; its attendee can be told of a delay where they are a colleague."""
    buttons = agenda_buttons(booking, number)
    guests = ((one.name, colleagues.get((one.email or "").lower(), "")) for one in booking.attendees)
    name, member = next((guest for guest in guests if guest[1]), ("", ""))
    if not member:
        return buttons
    late = press_button(f"l{number}", "Running late", RunLate(booking=booking, member=member, name=name))
    at = 1 if buttons[0].url else 0
    return (*buttons[:at], late, *buttons[at:])


def agenda_buttons(booking: Booking, number: int) -> tuple[Button, ...]:
    """What can be done with one meeting; the card stays as it is."""
    url = booking.join_url
    join = (link_button(f"j{number}", "Join", url),) if url.startswith("https://") else ()
    return (
        *join,
        stay_button(f"m{number}", "Move", MoveRequest(booking=booking)),
        stay_button(f"c{number}", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )


def _talk(context: Context) -> Talk:
    return Talk(conversation=Conversation(key=context.key), context=replace(context, pressed=None))


def _told(step: Step) -> tuple[Reply, tuple[Card, ...]]:
    if step.reply is None:
        raise ValueError("a card is a reply")
    return step.reply, step.cards
