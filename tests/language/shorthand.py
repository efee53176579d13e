"""What was read about times, in one line: the notation of corpus/times_chat.toml, read on a Monday in November 2026.

11-24 15:00          a day and a clock; 11-24..11-26 days, 15:00..16:00 hours, @morning a part of the day
>11-24 15:00         from then on, <11-24 until then
-11-25               left out; «-12:00..13:00» on every day
^11-26               where it stands now, in a move
{Tokyo}              the zone that was named, there:Tokyo a place that was
L30 L30- L30+        minutes, at most, at least
R:WEEKLY,TU          a repetition, as RFC 5545 has it; x2 at its end: twice in each week
?no_such_date        a doubt
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.language.meaning import Certainty, DoubtKind, Grain, Open, Reference
from bot.language.report import rrule
from bot.language.understand import understand

if TYPE_CHECKING:
    from datetime import date

    from bot.language.meaning import Hours, Moment, Recurrence

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = Reference(now=datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN), zone=BERLIN)
_SIDES = {None: "", Open.AFTER: "+", Open.BEFORE: "-"}


def in_short(text: str, reference: Reference = MONDAY) -> str:
    """Everything that was read about times, separated by «; »; two orders of one date are no news here."""
    read = understand(text, reference)
    found = [_moment(moment) for moment in read.moments]
    found += [f"^{_moment(read.from_moment)}"] if read.from_moment else []
    found += [f"-{_moment(moment, is_left_out=True)}" for moment in read.excluded]
    if read.length is not None:
        found.append(f"L{read.length.total_seconds() / 60:g}{_SIDES[read.length_side]}")
    if read.recurrence is not None:
        found.append(_repetition(read.recurrence))
    if read.there:
        found.append(f"there:{read.there.rpartition('/')[2]}")
    found += [f"?{doubt.kind.value}" for doubt in read.doubts if doubt.kind is not DoubtKind.TWO_ORDERS]
    return "; ".join(found)


def in_clocks(moment: Moment) -> str:
    """The hours of a moment alone."""
    return _hours(moment.hours, moment.open) if moment.hours is not None else ""


def _moment(moment: Moment, *, is_left_out: bool = False) -> str:
    if moment.exact is not None:
        written = f"{_date(moment.exact.astimezone(BERLIN).date())} {moment.exact.astimezone(BERLIN):%H:%M}"
    else:
        written = _days_and_hours(moment, is_left_out=is_left_out)
    zone = f"{{{moment.zone.rpartition('/')[2]}}}" if moment.zone else ""
    return {None: "", Open.AFTER: ">", Open.BEFORE: "<"}[moment.open] + written + zone + ("{?}" if moment.zones else "")


def _days_and_hours(moment: Moment, *, is_left_out: bool) -> str:
    days, hours = moment.days, moment.hours
    is_any_day = days is None or (is_left_out and days.certainty is Certainty.IMPLIED)
    if days is not None and hours is not None and moment.is_through:
        start, end = hours.start or time(0), hours.end or time(0)
        return f"{_date(days.first)} {start:%H:%M}..{_date(days.last)} {end:%H:%M}"
    day = "" if days is None or is_any_day else _date(days.first)
    day += f"..{_date(days.last)}" if days is not None and day and days.last != days.first else ""
    return f"{day} {_hours(hours, moment.open)}".strip() if hours is not None else day


def _hours(hours: Hours, side: Open | None) -> str:
    if hours.grain is Grain.PART and hours.name:
        return f"@{hours.name}"
    start = f"{hours.start:%H:%M}" if hours.start else ""
    end = f"{hours.end:%H:%M}" if hours.end else ""
    return start + (".." if end and not (side is Open.BEFORE and not start) else "") + end


def _date(day: date) -> str:
    return f"{day:%m-%d}" if day.year == MONDAY.now.year else f"{day:%Y-%m-%d}"


def _repetition(repeated: Recurrence) -> str:
    rule = rrule(repeated)
    for word in ("FREQ=", "BYDAY="):
        rule = rule.replace(word, "")
    rule += f";x{repeated.often}" if repeated.often > 1 else ""
    return "R:" + rule.replace(";", ",").replace("INTERVAL=", "I=").replace("BYMONTHDAY=", "D=")
