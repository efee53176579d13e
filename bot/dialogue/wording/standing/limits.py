"""What is said about limits of event types."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.booking import place as place_words
from bot.dialogue.wording.common import count, cut, listed
from bot.dialogue.wording.managing import until_press
from bot.language.meaning import LimitKind
from bot.scheduling.limits import WindowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.limits import BookingWindow, Cap
    from bot.scheduling.models import Place

_DAY = timedelta(days=1)
_NAMES = {
    LimitKind.BUFFER_BEFORE: "a buffer before a meeting",
    LimitKind.BUFFER_AFTER: "a buffer after a meeting",
    LimitKind.NOTICE: "the notice",
    LimitKind.WINDOW: "how far ahead one can book",
    LimitKind.CAP: "how many are booked in a day or week",
    LimitKind.SEATS: "seats",
    LimitKind.APPROVAL: "asking you before it is booked",
    LimitKind.INTERVAL: "how far apart times are",
    LimitKind.LENGTHS: "several lengths",
    LimitKind.PLACE: "where it takes place",
    LimitKind.DESCRIPTION: "a description",
    LimitKind.QUESTION: "questions that must be answered",
}


def which_limit() -> str:
    return (
        "Which limit? For example: 15 minutes of air after every deep dive · nobody books me more than six weeks ahead · "
        "at most 3 intros a day · 4 hours notice · offer intro every 45 minutes · intro must ask for the budget."
    )


def make_it_first() -> str:
    return "The new event type is not made yet. Press Create first, then say that again."


def no_such_limit(service: str, kind: LimitKind) -> str:
    return f"{service} has no call for {_NAMES[kind]}: set it on the event type in {service} itself. I can set buffers here."


def is_so_already() -> str:
    return "It is so already; nothing would change."


def change_label(types: int) -> str:
    return "Change" if types == 1 else f"Change {count(types, 'event type')}"


def limits_text(lines: Sequence[str], label: str) -> str:
    return f"{'; '.join(lines)}? {until_press(label)}"


def buffer_before(old: timedelta, new: timedelta) -> str:
    return "" if old == new else f"buffer before a meeting {_span(old)} → {_span(new)}"


def buffer_after(old: timedelta, new: timedelta) -> str:
    return "" if old == new else f"buffer after a meeting {_span(old)} → {_span(new)}"


def notice(old: timedelta, new: timedelta) -> str:
    return "" if old == new else f"notice {_span(old)} → {_span(new)}"


def window(old: BookingWindow | None, new: BookingWindow) -> str:
    before, after = window_words(old), window_words(new)
    return "" if before == after else f"how far ahead: {before} → {after}"


def window_words(value: BookingWindow | None) -> str:
    """How far ahead, in words."""
    if value is None or value.kind is WindowKind.ANY:
        return "any time"
    if value.kind is WindowKind.DATES and value.first and value.last:
        return f"{value.first:%d %b} to {value.last:%d %b}"
    if value.kind is WindowKind.CALENDAR_DAYS and value.days % 7 == 0:
        return count(value.days // 7, "week")
    return f"{value.days} {'working ' if value.kind is WindowKind.WORKING_DAYS else ''}days"


def caps(old: Sequence[Cap], new: Sequence[Cap]) -> str:
    before, after = caps_words(old), caps_words(new)
    return "" if before == after else f"at most: {before} → {after}"


def caps_words(values: Sequence[Cap]) -> str:
    """How many, in words."""
    said = [
        f"{cap.count if cap.count is not None else times.length(cap.length or _DAY)} a {cap.period}" for cap in values
    ]
    return ", ".join(said) or "no limit"


def seats(old: int, new: int) -> str:
    return "" if old == new else f"seats {old or 'none'} → {new or 'none'}"


def approval(old: bool, new: bool) -> str:  # noqa: FBT001  before and after, as the others
    said = {True: "after your approval", False: "at once"}
    return "" if old is new else f"booked: {said[old]} → {said[new]}"


def interval(old: timedelta, new: timedelta) -> str:
    return "" if old == new else f"times every {times.length(old)} → {times.length(new)}"


def lengths(old: Sequence[timedelta], new: Sequence[timedelta]) -> str:
    before, after = (listed([times.length(one) for one in each], "or") for each in (old, new))
    return "" if set(old) == set(new) else f"length {before} → {after}"


def places(old: Sequence[Place], new: Sequence[Place]) -> str:
    before, after = (listed([place_words(one) for one in each], "or") or "none" for each in (old, new))
    return "" if before == after else f"place {before} → {after}"


def description(old: str, new: str) -> str:
    return "" if old == new else f"description {cut(old, 120) or 'none'} → {cut(new, 200)}"


def question(label: str) -> str:
    return f"asks before booking: {cut(label, 80)} (required)"


def _span(value: timedelta) -> str:
    if not value:
        return "none"
    if value >= _DAY and value % _DAY == timedelta(0):
        return count(value // _DAY, "day")
    return times.length(value)
