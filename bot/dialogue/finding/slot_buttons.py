"""Slots as buttons, and the way to another day: the same on a booking's card, on a list, and where a booking could go."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from bot.dialogue.acts import FieldKind, FormField
from bot.dialogue.buttons import ButtonRow, form_button, press_button, resume_button
from bot.dialogue.cards import TakeSlot
from bot.dialogue.families import HoursRequest
from bot.dialogue.request.forms import one_field
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import times
from bot.language.meaning import Intent
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.buttons import Button
    from bot.dialogue.families import MoveRequest, SlotRequest
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Slot


_DAY = attrgetter("day")


@dataclass(frozen=True, slots=True)
class OnWall:
    """A slot, and its ends as the asker's clock has them: a list says each in three places, and the change takes a while."""

    slot: Slot
    start: datetime
    end: datetime
    day: date
    """The date on which it begins there."""


def on_the_wall(slots: Iterable[Slot], zone: ZoneInfo) -> tuple[OnWall, ...]:
    """The slots by the clock of that zone, in their order."""
    return tuple(
        [OnWall(slot, start := slot.start.astimezone(zone), slot.end.astimezone(zone), start.date()) for slot in slots]
    )


def slot_buttons(
    talk: Talk,
    slots: Sequence[OnWall],
    *,
    day: date | None,
    hint: Callable[[OnWall], str] | None = None,
) -> tuple[Button, ...]:
    """One button a slot that goes to its card; slots on another date than `day`, which the card names anyway, carry their date.

    `hint`: what a screen reader says of it, where that is more than when it is.
    """
    zone, today = talk.zone, talk.today
    return tuple(
        [
            press_button(
                f"s{number}",
                words.slot_label(one.start, zone, today, with_day=one.day != day),
                TakeSlot(slot=one.slot),
                hint=hint(one) if hint is not None else times.walled(one.start, one.end, zone, today),
            )
            for number, one in enumerate(slots, start=1)
        ]
    )


def day_rows(talk: Talk, slots: Sequence[OnWall], buttons: Sequence[Button]) -> tuple[ButtonRow, ...]:
    """The buttons of these slots, a row a day under its date."""
    today = talk.today
    rows: dict[date, list[Button]] = {}
    for one, button in zip(slots, buttons, strict=True):
        rows.setdefault(one.day, []).append(button)
    return tuple(ButtonRow(buttons=tuple(row), title=times.date_words(day, today)) for day, row in rows.items())


def clocks_by_day(slots: Sequence[OnWall], zone: ZoneInfo) -> dict[date, list[str]]:
    """The same in words: each day with its clock times."""
    groups: dict[date, list[str]] = {}
    for one in slots:
        groups.setdefault(one.day, []).append(times.wall_clock(one.start, zone))
    return groups


def day_button(request: SlotRequest | MoveRequest | None = None) -> Button:
    """The way to any other day, for the request of the card where none is named."""
    field = FormField(name="day", label="Day", kind=FieldKind.DATE)
    return form_button("day", "Pick another day", one_field("Another day", field), request)


def only_day(slots: Iterable[OnWall]) -> date | None:
    """The date that all of them are on; None when they are on several."""
    days = set(map(_DAY, slots))
    return days.pop() if len(days) == 1 else None


def local_date(slot: Slot, zone: ZoneInfo) -> date:
    """The date on which it begins there."""
    return slot.start.astimezone(zone).date()


def by_day(slots: Iterable[Slot], zone: ZoneInfo) -> dict[date, list[Slot]]:
    """The slots grouped by local date, in order."""
    groups: dict[date, list[Slot]] = {}
    for slot in slots:
        groups.setdefault(slot.start.astimezone(zone).date(), []).append(slot)
    return groups


def private_button(talk: Talk, request: SlotRequest) -> tuple[Button, ...]:
    """For a stretch that is one's own affair, with nobody invited («dentist wednesday 8 to 10»): kept free of bookings."""
    can = talk.context.capabilities
    is_ours = request.intent in {Intent.BOOK, Intent.HOLD} and request.attendee is None and not request.host
    if not is_ours or can is None or not can.manages_schedules or len(request.moments) != 1:
        return ()
    stretches = [m for m in request.moments if m.says_day and m.hours is not None and m.hours.start and m.hours.end]
    if not stretches:
        return ()
    wish = HoursRequest(intent=Intent.BLOCK_TIME, moments=request.moments, zone=request.zone)
    return (resume_button("private", "Keep that time private", wish),)
