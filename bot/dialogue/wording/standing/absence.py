"""What is said about being away: out of office, who takes over, and time that is kept private."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import cut, listed
from bot.dialogue.wording.managing import until_press
from bot.scheduling.hosting import AwayReason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.hosting import Away
    from bot.scheduling.times import Interval

_REASONS = {
    AwayReason.UNSPECIFIED: "",
    AwayReason.VACATION: "vacation",
    AwayReason.TRAVEL: "travel",
    AwayReason.SICK: "sick",
    AwayReason.PUBLIC_HOLIDAY: "public holiday",
}


def reason(why: AwayReason) -> str:
    return _REASONS[why]


def away_text(days: str, service: str, *, stand_in: str) -> str:
    covers = f" Whoever wants to book you is led to {cut(stand_in)}." if stand_in else ""
    return (
        f"Set {days} as out of office in {service}? Nobody can book you then, and standing meetings stay.{covers} "
        f"{until_press('Set out of office')}"
    )


def whole_days(interval: Interval, zone: ZoneInfo, now: datetime, service: str) -> str:
    """The days as the service counts them, where that is not how they are counted here."""
    start, end = times.moment(interval.start, zone, now), times.moment(interval.end, zone, now)
    return f"{service} counts whole days in UTC: by your clock that is {start} to {end} {times.place(zone)}."


def no_away_here(service: str) -> str:
    return f"{service} has no out of office here, so I would close those days in your working hours."


def nobody_to_cover(name: str, service: str) -> str:
    return f"I know no {cut(name)} in your teams at {service}, so nobody is named to take over."


def no_cover_in_hours(name: str) -> str:
    return f"Closed days name nobody to take over, so tell people about {cut(name)} yourself."


def away_line(away: Away, today: date) -> str:
    """«Tue 22 Dec to Sat 26 Dec: vacation»."""
    first = times.dates(_days(away.first, away.last), today)
    told = ", ".join(piece for piece in (reason(away.reason), cut(away.note)) if piece)
    return f"{first}{f': {told}' if told else ''}"


def aways_text(lines: Sequence[str]) -> str:
    return f"Out of office: {'; '.join(lines)}."


def never_away() -> str:
    return "You are not out of office on any day to come. Say for example «I'm out of office 22 to 26 december»."


def days_off_text(days: Sequence[str], service: str) -> str:
    return f"{service} has no out of office here; these days are closed in your working hours: {listed(list(days))}."


def away_already(line: str) -> str:
    return f"You are out of office then already: {line}."


def away_set(first: date, last: date, today: date) -> str:
    return f"Out of office: {times.dates(_days(first, last), today)}. Nobody can book you then."


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def away_removed(line: str) -> str:
    return f"No longer out of office: {line}." if line else "No longer out of office."


# private time


def block_text(stretch: str, left: str, schedule: str) -> str:
    return (
        f"Keep {stretch} private? Nobody can book you then; what is left of that day in {cut(schedule)}: {left}. "
        f"Standing meetings stay, and no calendar shows it. {until_press('Block time')}"
    )


def other_schedules(names: Sequence[str]) -> str:
    return f"Event types that use {listed([cut(name) for name in names])} are not touched."


def not_bookable_anyway(stretch: str) -> str:
    return f"Nobody can book you on {stretch} anyway: it lies outside of your working hours."


def when_to_block() -> str:
    return "Which day, from when to when? Say for example «plumber comes wednesday 8 to 10»."


def blocked(stretch: str, schedule: str) -> str:
    return f"Private: {stretch}, in {cut(schedule)}. Nobody can book you then."


def which_half(*, is_done: bool) -> str:
    if is_done:
        return "The whole day is off by now. Take that back with «undo», then say for example «friday afternoon off»."
    return "Which half is to be off? Say for example «only the morning» or «only the afternoon»."
