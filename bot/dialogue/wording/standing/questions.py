"""Answers to questions about times: what it is elsewhere, and why nothing is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import count, cut, listed
from bot.dialogue.wording.standing.limits import window_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, timedelta
    from zoneinfo import ZoneInfo

    from bot.scheduling.limits import BookingWindow
    from bot.scheduling.times import Interval


def same_time(start: datetime, here: ZoneInfo, there: ZoneInfo, now: datetime) -> str:
    """«Fri 6 Mar 15:00 Berlin is Fri 6 Mar 23:00 Tokyo.»."""
    one, other = (f"{times.moment(start, zone, now)} {times.place(zone)}" for zone in (here, there))
    return f"{one} is {other}."


def time_here(now: datetime, zone: ZoneInfo) -> str:
    return f"It is {_at(now, zone)} in {times.place(str(zone))}."


def time_there(now: datetime, there: ZoneInfo, here: ZoneInfo) -> str:
    return f"It is {_at(now, there)} in {times.place(str(there))}, and {_at(now, here)} in {times.place(str(here))}."


def zone_unknown(name: str) -> str:
    return f"I do not know where {cut(name)} is. Say the place, for example «what time is it in lisbon»."


def counted(number: int, when: str, who: str = "") -> str:
    """«You have 2 meetings with Priya this month.»"""
    beside = f" with {who}" if who else ""
    return f"You have {count(number, 'meeting')}{beside} {when}." if number else f"You have no meetings{beside} {when}."


def why_heading(when: str) -> str:
    return f"Why nothing is free on {when}"


def free_heading(when: str) -> str:
    return f"Free on {when}"


def nothing_in_the_way(when: str, still_open: str) -> str:
    return f"Nothing stands in the way on {when}. {still_open}"


def why_text(when: str, reasons: Sequence[str]) -> str:
    return f"On {when}: {' '.join(reasons)}"


def no_reason(when: str) -> str:
    return (
        f"I see no reason: your hours on {when} are open and nothing stands in them. The calendar service may count a "
        "calendar that I cannot see; ask for free times of that day again."
    )


def is_past() -> str:
    return "That day is over."


def too_soon(title: str, notice: timedelta) -> str:
    return f"{cut(title)} needs {times.length(notice)} notice; say «1 hour notice for {cut(title, 40)}» to change that."


def too_far(title: str, window: BookingWindow) -> str:
    return (
        f"{cut(title)} can be booked {window_words(window)} ahead only; «no limit ahead for {cut(title, 40)}» lifts it."
    )


def cap_reached(title: str, most: int) -> str:
    return f"{cut(title)} has its {most} of the day; say «{most + 1} {cut(title, 40)} a day» to allow more."


def no_hours() -> str:
    return "There are no working hours at all; say «set mondays to fridays 9 to 5»."


def day_off(when: str, schedule: str) -> str:
    return f"{when} is a day off in {cut(schedule)}; say «set {when} 9 to 5» to open it."


def closed_weekday(day: date, schedule: str) -> str:
    return f"{day:%A}s are closed in {cut(schedule)}; say «set {day:%A}s 9 to 5» to open them."


def busy(stretch: Interval, title: str, zone: ZoneInfo) -> str:
    start, end = stretch.start.astimezone(zone), stretch.end.astimezone(zone)
    what = f"{cut(title)}" if title else "busy in your calendar"
    return f"{times.clocks(start, end, zone)} {what}."


def still_open(stretches: Sequence[Interval], zone: ZoneInfo) -> str:
    said = [times.clocks(one.start.astimezone(zone), one.end.astimezone(zone), zone) for one in stretches]
    return f"Still open: {', '.join(said)}."


def buffers(title: str, before: timedelta, after: timedelta) -> str:
    sides = [f"{times.length(before)} before"] if before else []
    sides += [f"{times.length(after)} after"] if after else []
    return (
        f"{cut(title)} keeps {' and '.join(sides)} each meeting free; say «no buffer for {cut(title, 40)}» to lift it."
    )


def _at(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{times.wall_clock(local, zone)} on {local:%a} {local.day} {local:%b}"


def which_clock(zones: Sequence[str]) -> str:
    """Whose clock is meant."""
    return f"Is that {listed([times.place(zone) for zone in zones], 'or')} time?"


def use_clock(zone: str) -> str:
    return f"Use {times.place(zone)} time"


def told(start: datetime, zone: ZoneInfo) -> str:
    """A clock with its place, for a button."""
    return f"{times.clock(start, zone)} {times.place(str(zone))}"


def not_the_same(start: datetime, zone: ZoneInfo, there: ZoneInfo, said: datetime) -> str:
    """Two clocks that were said to be one time, and are not."""
    elsewhere = times.place(str(there))
    return (
        f"{told(start, zone)} is {times.clock(start, there)} in {elsewhere}, not {times.clock(said, there)}. "
        "Which of the two do you mean?"
    )


def one_hold_at_a_time() -> str:
    """Several times were to be held."""
    return "I hold one time at once, and prepared nothing new. Hold one of them, then say the other."


def which_for_all(people: Sequence[str]) -> str:
    """A series with one of several people."""
    named = " or ".join(people)
    return (
        f"Every date of a series is with the same people, so I prepared nothing. Shall it be {named}? Say it once more."
    )
