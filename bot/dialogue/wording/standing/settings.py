"""Labels and sentences of what a person sets for themselves: the usual meeting, clock, week, and what is told by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import cut, listed
from bot.dialogue.wording.reminding import rhythm
from bot.scheduling.reminding.habits import FIRST_DAYS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.scheduling.reminding.habits import Habits
    from bot.scheduling.reminding.preferences import Preferences
    from bot.scheduling.reminding.status import StatusWish

Options = tuple[tuple[str, str], ...]

HEADING = "Settings"
TYPE, LENGTH, ZONE, CLOCK, WEEK = "Event type", "Length", "Zone", "Clock", "Week begins on"
AGENDA, AGENDA_AT, NOTE, QUIET_FROM, QUIET_TO = (
    "Agenda",
    "Agenda at",
    "Note with the join link",
    "Quiet from",
    "Quiet until",
)
STATUS = "Slack status"
STATUSES: Options = (
    ("never", "Leave it to me"),
    ("meeting", "In a meeting, out of office"),
    ("meeting_quiet", "The same, and no notifications in meetings"),
    ("titles", "With the title of the meeting"),
    ("titles_quiet", "With the title, and no notifications in meetings"),
)
BUSY_TEXT, OUT_OF_OFFICE = "In a meeting", "Out of office"
BUSY_EMOJI, AWAY_EMOJI = ":calendar:", ":palm_tree:"
ANY_TYPE, ANY_LENGTH = "Whatever fits", "As the event type has it"
ZONE_HINT = "A city or a zone, for example Lisbon or America/New_York. Empty: as in your Slack profile."
CLOCKS: Options = (("24", "24 hours, 14:00"), ("12", "12 hours, 2:00 pm"))
WEEKS: Options = tuple((str(day), times.LONG_WEEKDAYS[day]) for day in FIRST_DAYS)
RHYTHMS: Options = (
    ("never", "Never"),
    ("workdays", "Every workday"),
    ("daily", "Every day"),
    ("weekly", "Once a week, the whole week"),
)


def notes() -> Options:
    """How long before a meeting its note can come."""
    before = tuple((str(minutes), f"{minutes} min before") for minutes in (5, 10, 15, 30))
    return (("never", "Never"), *before)


def lengths() -> Options:
    """The lengths to choose from, in minutes."""
    return tuple((str(minutes), times.length(timedelta(minutes=minutes))) for minutes in (15, 20, 30, 45, 60, 90))


def type_label(title: str, length: timedelta) -> str:
    return f"{cut(title, 50)} ({times.length(length)})"


def rows(preferences: Preferences, zone: ZoneInfo, type_title: str) -> Options:
    """Everything that is set, as label and value."""
    habits, agenda, quiet = preferences.habits, preferences.agenda, preferences.quiet
    note = preferences.note_before
    return (
        ("Usual meeting", _usual(habits, type_title)),
        ("Times", f"{times.place(zone)}, {'12' if habits.is_twelve_hour else '24'}-hour clock"),
        (WEEK, times.LONG_WEEKDAYS[habits.week_starts]),
        (AGENDA, f"{rhythm(agenda.rhythm, zone)}{', in a channel' if agenda.channel else ''}" if agenda else "Never"),
        ("Note before meetings", f"{times.length(note)} before" if note else "Never"),
        (STATUS, dict(STATUSES)[status_name(preferences.status)]),
        ("Quiet hours", times.clocks(quiet.start, quiet.end, zone) if quiet else "None"),
    )


def status_name(wish: StatusWish | None) -> str:
    """Its choice in the form."""
    if wish is None:
        return "never"
    return f"{'titles' if wish.shows_titles else 'meeting'}{'_quiet' if wish.does_not_disturb else ''}"


def status_offer() -> str:
    return (
        "I do not write a status in your own words. I can show in Slack that you are in a meeting or out of office, "
        "for as long as that lasts."
    )


def status_label(*, is_on: bool) -> str:
    return "Leave my status to me" if is_on else "Show meetings in my status"


def status_set(wish: StatusWish | None) -> str:
    """What becomes of the status from now on."""
    if wish is None:
        return "I leave your Slack status to you from now on."
    titles = " with its title" if wish.shows_titles else ""
    quiet = " Notifications pause meanwhile." if wish.does_not_disturb else ""
    return (
        f"Your Slack status shows when you are in a meeting{titles} or out of office, "
        f"and never over one that you set yourself.{quiet}"
    )


def allow_status() -> str:
    return "Slack asks you once whether I may set your status and pause notifications. Until then nothing changes."


def allow_label() -> str:
    return "Allow in Slack"


def status_lost() -> str:
    return "Slack does not let me set your status, so I stopped. To have it again, choose it under Settings on my Home page."


def _usual(habits: Habits, type_title: str) -> str:
    said = [type_title, times.length(habits.length) if habits.length else ""]
    return ", ".join(one for one in said if one) or ANY_TYPE


def saved(habits: Habits, zone: ZoneInfo, type_title: str) -> str:
    """What the person is taken to be used to from now on."""
    usual = _usual(habits, type_title)
    pieces = [
        f"the usual meeting is {usual}" if usual != ANY_TYPE else "",
        f"times are told in {times.place(zone)} on a {'12' if habits.is_twelve_hour else '24'}-hour clock",
        f"weeks begin on {times.LONG_WEEKDAYS[habits.week_starts]}",
    ]
    return f"Saved: {listed([piece for piece in pieces if piece])}."


def summary(shown: Options) -> str:
    """The settings as a sentence."""
    return f"Your settings: {'; '.join(f'{label} {value}' for label, value in shown)}."
