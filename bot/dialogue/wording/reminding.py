"""Sentences about what is told by itself: the agenda, notes before meetings, and what was set for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.wording import bookings, times
from bot.dialogue.wording.common import count, cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import Booking
    from bot.scheduling.reminding.preferences import Preferences, Rhythm


def day_heading(today: date) -> str:
    return f"Today, {times.date_words(today, today)}"


def week_heading(today: date) -> str:
    return f"Your week from {times.date_words(today, today)}"


def item(booking: Booking, zone: ZoneInfo) -> str:
    """«10:00–10:30: Intro with Kai»."""
    return f"{times.span(booking.slot, zone)}: {bookings.short(booking)}"


def nothing(*, is_weekly: bool) -> str:
    return "Nothing is booked this week." if is_weekly else "Nothing is booked today."


def foot(place: str) -> str:
    return f"Times in {place}. This list keeps itself up to date during the day; when it comes is set on my Home page."


def foot_in_channel(place: str) -> str:
    return f"Times in {place}. This list keeps itself up to date during the day."


def agenda_text(heading: str, meetings: Sequence[Booking], zone: ZoneInfo, *, is_weekly: bool) -> str:
    """The whole agenda as a sentence."""
    if not meetings:
        return f"{heading}: {nothing(is_weekly=is_weekly)}"
    said = [
        f"{times.WEEKDAYS[one.slot.start.astimezone(zone).weekday()]} {item(one, zone)}"
        if is_weekly
        else item(one, zone)
        for one in meetings
    ]
    return f"{heading}, {count(len(meetings), 'meeting')} ({times.place(zone)} time): {'; '.join(said)}."


def channel_intro(name: str, wish: Rhythm, zone: ZoneInfo) -> str:
    """What a channel reads before the first agenda."""
    return f"{cut(name)}'s agenda comes here {rhythm(wish, zone)} {times.place(zone)} time: times and kinds of meetings only."


def one_clock_only() -> str:
    return "Your agenda comes at one time of day. Nothing was set; name one time, for example «on weekdays at 8»."


def channel_heading(name: str, today: date, *, is_weekly: bool) -> str:
    """Whose day or week it is."""
    return f"{cut(name)}'s {'week from ' if is_weekly else ''}{times.date_words(today, today)}"


def channel_item(booking: Booking, kind: str, zone: ZoneInfo) -> str:
    """«10:00–10:30: Intro»: what kind it is, not with whom."""
    return f"{times.span(booking.slot, zone)}: {cut(kind) or 'Busy'}"


def channel_lost() -> str:
    return (
        "I can no longer write in the channel of your agenda, so I stopped it. "
        "Invite me there with /invite, or say «every morning at 8 send me my agenda» to have it here."
    )


def soon_heading(booking: Booking, ahead: timedelta) -> str:
    return f"{bookings.short(booking)} {_when(ahead)}"


def soon(booking: Booking, ahead: timedelta, zone: ZoneInfo) -> str:
    start = f"{times.clock(booking.slot.start, zone)} {times.place(zone)}"
    return f"{bookings.short(booking)} begins {_when(ahead)}, at {start}."


def _when(ahead: timedelta) -> str:
    minutes = round(ahead.total_seconds() / 60)
    return f"in {times.length(timedelta(minutes=minutes))}" if minutes > 0 else "now"


def rhythm(wish: Rhythm, zone: ZoneInfo) -> str:
    """«every workday at 08:00»."""
    days = sorted(set(wish.weekdays))
    named = {tuple(range(5)): "every workday", tuple(range(7)): "every day"}.get(tuple(days))
    said = named or f"every {listed([times.LONG_WEEKDAYS[day] for day in days])}"
    return f"{said} at {times.wall_clock(wish.at, zone)}"


def saved(wanted: Preferences, zone: ZoneInfo) -> str:
    """Everything that is told by itself now."""
    where = " in that channel" if wanted.agenda and wanted.agenda.channel else ""
    said = [
        f"your agenda {rhythm(wanted.agenda.rhythm, zone)} {times.place(zone)} time{where}" if wanted.agenda else "",
        f"a note {times.length(wanted.note_before)} before each meeting" if wanted.note_before else "",
        "news of your bookings, within minutes" if wanted.looks_for_news else "",
    ]
    told = listed([one for one in said if one])
    hours = [times.wall_clock(one, zone) for one in (wanted.quiet.start, wanted.quiet.end)] if wanted.quiet else []
    quiet = f" Quiet from {' to '.join(hours)}." if hours else ""
    return (f"From now on I send you {told}." if told else "I send you nothing by itself any more.") + quiet


def set_up(wanted: Preferences, zone: ZoneInfo) -> str:
    """What is told by itself, as a state."""
    if wanted.agenda is None and wanted.note_before is None and not wanted.looks_for_news:
        return "Nothing yet. I can send you your agenda in the morning, and a note with the link before a meeting."
    return saved(wanted, zone).replace("From now on I send you", "I send you", 1)


def will_remind(booking: Booking, at: datetime, zone: ZoneInfo, now: datetime) -> str:
    return f"I will remind you of {bookings.short(booking)} on {times.moment(at, zone, now)} {times.place(zone)}."


def running_late(name: str, booking: Booking) -> str:
    """What the colleague reads."""
    return f"{cut(name)} is running a few minutes late for {bookings.title(booking)}."


def told_late(name: str) -> str:
    return f"I told {cut(name)} that you are running a few minutes late."


def of_which_meetings() -> str:
    """A reminder that was wanted of nothing in particular."""
    return "Before your next meeting alone, or before every meeting from now on?"


def before_next() -> str:
    return "Before the next one"


def before_each() -> str:
    return "Before every meeting"


def nothing_to_remind_of(whom: str = "") -> str:
    return f"You have no meeting ahead{f' with {whom}' if whom else ''} that I could remind you of."
