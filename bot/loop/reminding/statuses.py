"""Keeping a person's status true: in a meeting, out of office, or theirs alone. One errand a person, one process at a time.

Never over a status that was set by hand: what stands there is read first, and only nothing, or what we wrote ourselves, is
replaced. What we wrote ends by itself with its meeting; should the meeting end earlier, the next look takes it away, and
what we showed before it (out of office) comes back. The same holds for notifications: a pause of ours ends with its meeting,
also when that is cancelled or made shorter, and one that the person made for longer is left alone.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording.standing import settings as words
from bot.logs import get_logger
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus
from bot.scheduling.reminding.status import ShownStatus, StatusWish
from bot.scheduling.times import Interval, day_bounds
from bot.values import dataclass

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Booking
    from bot.scheduling.provider import Provider
    from bot.scheduling.reminding.errands import Errand
    from bot.scheduling.reminding.status import Statuses
    from bot.scheduling.times import Clock

log = get_logger("statuses")

LOOK_EVERY = timedelta(minutes=10)
_AHEAD = timedelta(hours=12)
_BACK = timedelta(hours=8)
_A_MINUTE = timedelta(minutes=1)
_ROUNDED = timedelta(seconds=90)
"""Pauses are whole minutes at the surface, so ours may end a little later than its meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the status should say now, and when to look again."""

    status: ShownStatus | None
    look_at: datetime
    is_busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What we have written and stands as far as we know."""

    status: ShownStatus | None = None
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusKeeper:
    """Looks and shows."""

    statuses: Statuses
    clock: Clock

    async def look(self, errand: Errand, wish: StatusWish, provider: Provider, zone: ZoneInfo) -> tuple[datetime, str]:
        """Make the status true; when to look again, and what we have written. Raises `Unsupported` without consent."""
        now = self.clock.now()
        window = Interval(now - _BACK, now + _AHEAD)
        query = BookingQuery(states=(BookingState.UPCOMING, BookingState.PAST), window=window, limit=50)
        found = [one for one in await provider.bookings(query) if one.status is BookingStatus.BOOKED]
        wanted = _wanted(found, wish, now, away_until=await _away_until(provider, now, zone))
        kept = _read(errand.body)
        shown = await self.statuses.shown(errand.owner)
        may_write = shown is None or shown.says_the_same(kept.status)
        if may_write and wanted.status != kept.status and (wanted.status is not None or shown is not None):
            await self.statuses.show(errand.owner, wanted.status)
            log.info("status.shown", is_busy=wanted.is_busy, is_cleared=wanted.status is None)
        is_quiet = may_write and wish.does_not_disturb and wanted.is_busy and wanted.status is not None
        quiet = await self._pause(
            errand.owner, kept.quiet_until, wanted.status.until if is_quiet and wanted.status else None
        )
        return wanted.look_at, _body(_Kept(status=wanted.status if may_write else None, quiet_until=quiet))

    async def end(self, errand: Errand) -> None:
        """Take away what we wrote."""
        kept = _read(errand.body)
        if kept.status is not None and kept.status.says_the_same(await self.statuses.shown(errand.owner)):
            await self.statuses.show(errand.owner, None)
        await self._pause(errand.owner, kept.quiet_until, None)

    async def _pause(self, owner: Owner, ours: datetime | None, until: datetime | None) -> datetime | None:
        """Let notifications pause until then, and no longer; until when they do because of us."""
        now = self.clock.now()
        ours = ours if ours is not None and ours > now else None
        if until == ours:
            return ours
        standing = await self.statuses.quiet_until(owner)
        is_ours = standing is not None and ours is not None and abs(standing - ours) < _ROUNDED
        if until is None:
            if is_ours:
                await self.statuses.disturb_not(owner, 0)
                log.info("status.pause_ended")
            return None
        if standing is not None and standing > until and not is_ours:
            return None
        await self.statuses.disturb_not(owner, -(-(until - now) // _A_MINUTE))
        return until


def _wanted(found: list[Booking], wish: StatusWish, now: datetime, *, away_until: datetime | None) -> Wanted:
    running = [one for one in found if one.slot.start <= now < one.slot.end]
    turns = [turn for one in found for turn in (one.slot.start, one.slot.end) if turn > now]
    look_at = min([now + LOOK_EVERY, *turns])
    if running:
        busiest = max(running, key=lambda one: one.slot.start)
        text = booking_words.title(busiest)[:100] if wish.shows_titles else words.BUSY_TEXT
        status = ShownStatus(text=text, emoji=words.BUSY_EMOJI, until=busiest.slot.end)
        return Wanted(status=status, look_at=look_at, is_busy=True)
    if away_until is not None:
        away = ShownStatus(text=words.OUT_OF_OFFICE, emoji=words.AWAY_EMOJI, until=away_until)
        return Wanted(status=away, look_at=look_at)
    return Wanted(status=None, look_at=look_at)


async def _away_until(provider: Provider, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The end of the days off that today is one of."""
    today = now.astimezone(zone).date()
    schedules = await provider.schedules()
    usual = next((one for one in schedules if one.is_default), schedules[0] if schedules else None)
    days = {row.day for row in usual.overrides if row.start is None} if usual is not None else set()
    last = today
    while last + timedelta(days=1) in days:
        last += timedelta(days=1)
    return day_bounds(last, zone).end if today in days else None


def _body(kept: _Kept) -> str:
    row: dict[str, str | None] = {}
    if kept.status is not None:
        until = kept.status.until.isoformat() if kept.status.until else None
        row = {"text": kept.status.text, "emoji": kept.status.emoji, "until": until}
    if kept.quiet_until is not None:
        row["quiet"] = kept.quiet_until.isoformat()
    return json.dumps(row) if row else ""


def _read(body: str) -> _Kept:
    try:
        row = json.loads(body) if body else {}
        until, quiet = (datetime.fromisoformat(row[name]) if row.get(name) else None for name in ("until", "quiet"))
        status = ShownStatus(text=row["text"], emoji=row["emoji"], until=until) if "text" in row else None
        return _Kept(status=status, quiet_until=quiet)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Kept()
