"""Sentences of the home page and of news."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import cut
from bot.scheduling.models import ChangeKind

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import AccountFacts
    from bot.scheduling.models import BookingChange, Hold

_NEWS = {
    ChangeKind.BOOKED: "New booking",
    ChangeKind.REQUESTED: "New request, waiting for your approval",
    ChangeKind.MOVED: "Moved",
    ChangeKind.CANCELLED: "Cancelled",
    ChangeKind.REJECTED: "Declined",
    ChangeKind.NO_SHOW: "Marked as a no-show",
}


def account_heading() -> str:
    return "Your calendars"


def account_line(account: AccountFacts, *, is_in_use: bool) -> str:
    """«Cal.com: Ana Amsel (ana@example.com), in use»."""
    state = {"pending": "waits for your consent", "dead": "needs to be connected again"}.get(account.status, "")
    marks = [mark for mark in ("in use" if is_in_use and not state else "", state) if mark]
    whose = f": {cut(account.label, 120)}" if account.label else ""
    return f"{account.title}{whose}{f', {marks[0]}' if marks else ''}"


def sharing_state(*, shares: bool) -> str:
    """What colleagues see."""
    return "Colleagues see free or busy, never a title" if shares else "Not shared with colleagues"


def news_state(*, is_on: bool) -> str:
    """Whether others' bookings and changes are told."""
    return "Told when somebody books, moves or cancels" if is_on else "Off"


def next_heading() -> str:
    return "Next meetings"


def pending_heading() -> str:
    return "Waiting for your approval"


def holds_heading() -> str:
    return "Held for you"


def no_holds() -> str:
    return "Nothing is held for you at the moment. Say for example «hold thursday 3pm»."


def hold_line(what: str, hold: Hold, zone: ZoneInfo, now: datetime) -> str:
    """«Thu 26 Nov 15:00–15:30 Berlin: Intro, 12 min left»."""
    left = max(timedelta(minutes=1), hold.expires_at - now)
    said = f"{cut(what)}, " if what else ""
    return f"{times.stretch(hold.slot, zone, now)}: {said}{times.length(left)} left"


def nothing_next() -> str:
    return "Nothing is coming up. Write to me, for example «book intro with priya@example.com tuesday 2pm»."


def zone(place: str) -> str:
    return f"Times are shown in {place} time."


def news(change: BookingChange, what: str, old: str) -> str:
    """What changed, empty for what nobody needs to hear."""
    kind = _NEWS.get(change.kind, "")
    if not kind:
        return ""
    reason = f" Reason: {cut(change.reason, 200)}." if change.reason else ""
    before = f" It was on {old}." if old else ""
    return f"{kind}: {what}.{before}{reason}"


def gone(change: BookingChange) -> str:
    kind = _NEWS.get(change.kind, "")
    return f"{kind}: a meeting that I can no longer look up." if kind else ""
