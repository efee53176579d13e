"""Slots as buttons, and the way to another day: the same on a booking's card, on a list, and where a booking could go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import FieldKind, FormField
from bot.dialogue.buttons import ButtonRow, form_button, press_button, resume_button
from bot.dialogue.families import HoursRequest
from bot.dialogue.request.forms import one_field
from bot.dialogue.request.revise import says_day
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import times
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.dialogue.buttons import Button
    from bot.dialogue.cards import Press
    from bot.dialogue.families import MoveRequest, SlotRequest
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Slot


def slot_buttons(
    talk: Talk,
    slots: Sequence[Slot],
    *,
    day: date | None,
    pick: Callable[[Slot], Press],
    hint: Callable[[Slot], str],
) -> tuple[Button, ...]:
    """One button a slot; slots on another date than `day`, which the card names anyway, carry their date."""
    zone, now = talk.zone, talk.now
    dates = [local_date(slot, zone) for slot in slots]
    return tuple(
        [
            press_button(
                f"s{number}", words.slot_label(slot, zone, now, with_day=on != day), pick(slot), hint=hint(slot)
            )
            for number, (slot, on) in enumerate(zip(slots, dates, strict=True), start=1)
        ]
    )


def day_rows(talk: Talk, slots: Sequence[Slot], buttons: Sequence[Button]) -> tuple[ButtonRow, ...]:
    """The buttons of these slots, a row a day under its date."""
    zone, today = talk.zone, talk.today
    rows: dict[date, list[Button]] = {}
    for slot, button in zip(slots, buttons, strict=True):
        rows.setdefault(local_date(slot, zone), []).append(button)
    return tuple(ButtonRow(buttons=tuple(row), title=times.date_words(day, today)) for day, row in rows.items())


def clocks_by_day(talk: Talk, slots: Sequence[Slot]) -> list[tuple[str, list[str]]]:
    """The same in words: each day with its clock times."""
    return [
        (times.date_words(day, talk.today), [times.clock(slot.start, talk.zone) for slot in group])
        for day, group in by_day(slots, talk.zone).items()
    ]


def day_button(request: SlotRequest | MoveRequest) -> Button:
    """The way to any other day."""
    field = FormField(name="day", label="Day", kind=FieldKind.DATE)
    return form_button("day", "Pick another day", one_field("Another day", field), request)


def only_day(slots: Iterable[Slot], zone: ZoneInfo) -> date | None:
    """The date that all of them are on; None when they are on several."""
    days = {local_date(slot, zone) for slot in slots}
    return days.pop() if len(days) == 1 else None


def local_date(slot: Slot, zone: ZoneInfo) -> date:
    """The date on which it begins there."""
    return slot.start.astimezone(zone).date()


def by_day(slots: Iterable[Slot], zone: ZoneInfo) -> dict[date, list[Slot]]:
    """The slots grouped by local date, in order."""
    groups: dict[date, list[Slot]] = {}
    for slot in slots:
        groups.setdefault(local_date(slot, zone), []).append(slot)
    return groups


def private_button(talk: Talk, request: SlotRequest) -> tuple[Button, ...]:
    """For a stretch that is one's own affair, with nobody invited («dentist wednesday 8 to 10»): kept free of bookings."""
    can = talk.context.capabilities
    is_ours = request.intent in {Intent.BOOK, Intent.HOLD} and request.attendee is None and not request.host
    stretches = [m for m in request.moments if says_day(m) and m.hours is not None and m.hours.start and m.hours.end]
    if not is_ours or can is None or not can.manages_schedules or len(stretches) != 1 or len(request.moments) != 1:
        return ()
    wish = HoursRequest(intent=Intent.BLOCK_TIME, moments=request.moments, zone=request.zone)
    return (resume_button("private", "Keep that time private", wish),)
