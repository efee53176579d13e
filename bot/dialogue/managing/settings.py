"""Everything that a person sets for themselves, in one form, and what was sent of it read back.

What cannot be read is left as it was: the surface says under its field what is wrong before it sends anything.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import FieldKind, Form, FormField
from bot.dialogue.wording.standing import settings as words
from bot.scheduling.reminding.habits import FIRST_DAYS, Habits
from bot.scheduling.reminding.preferences import EVERY_DAY, WORKDAYS, AgendaWish, Preferences, Quiet, Rhythm
from bot.scheduling.reminding.status import StatusWish
from bot.scheduling.replacing import replace
from bot.scheduling.times import zone_called

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.scheduling.models import EventType

MORNING = time(8)
_USUAL = "usual"
_MOST_TYPES = 60


def settings_form(known: Preferences, kinds: tuple[EventType, ...]) -> Form:
    """The form, filled in with what is set."""
    agenda, quiet, habits = known.agenda, known.quiet, known.habits
    note = str(_minutes(known.note_before)) if known.note_before else "never"
    length = str(_minutes(habits.length)) if habits.length else _USUAL
    types = tuple((kind.id, words.type_label(kind.title, kind.length)) for kind in kinds[:_MOST_TYPES])
    chosen = habits.event_type if habits.event_type in dict(types) else _USUAL
    return Form(
        title=words.HEADING,
        submit="Save",
        fields=(
            _choice("type", words.TYPE, ((_USUAL, words.ANY_TYPE), *types), chosen),
            _choice("length", words.LENGTH, ((_USUAL, words.ANY_LENGTH), *words.lengths()), length),
            FormField(
                name="zone",
                label=words.ZONE,
                kind=FieldKind.ZONE,
                value=habits.zone,
                hint=words.ZONE_HINT,
                is_required=False,
            ),
            _choice("clock", words.CLOCK, words.CLOCKS, "12" if habits.is_twelve_hour else "24"),
            _choice("week", words.WEEK, words.WEEKS, str(habits.week_starts)),
            _choice("agenda", words.AGENDA, words.RHYTHMS, _rhythm_name(agenda)),
            _time("agenda_at", words.AGENDA_AT, agenda.rhythm.at if agenda else MORNING),
            _choice("note", words.NOTE, words.notes(), note),
            _choice("status", words.STATUS, words.STATUSES, words.status_name(known.status)),
            _time("quiet_from", words.QUIET_FROM, quiet.start if quiet else None),
            _time("quiet_to", words.QUIET_TO, quiet.end if quiet else None),
        ),
    )


def read_settings(known: Preferences, given: Mapping[str, str]) -> Preferences:
    """What is set once the form was sent; `given` by field name. Fields that are not there change nothing."""
    habits = _habits(known.habits, given)
    start, end = _clock(given.get("quiet_from", "")), _clock(given.get("quiet_to", ""))
    note = given.get("note", "")
    return replace(
        known,
        agenda=_agenda(known, given, habits) if "agenda" in given else known.agenda,
        note_before=_note(note) if "note" in given else known.note_before,
        quiet=_quiet(start, end) if {"quiet_from", "quiet_to"} & given.keys() else known.quiet,
        habits=habits,
        looks_for_news=given["news"] == "on" if "news" in given else known.looks_for_news,
        status=_status(known, given.get("status", "")),
    )


def _note(minutes: str) -> timedelta | None:
    return timedelta(minutes=int(minutes)) if minutes.isdecimal() else None


def _quiet(start: time | None, end: time | None) -> Quiet | None:
    return Quiet(start=start, end=end) if start and end and start != end else None


def _status(known: Preferences, chosen: str) -> StatusWish | None:
    if not chosen:
        return known.status
    kind, _, quiet = chosen.partition("_")
    return None if kind == "never" else StatusWish(shows_titles=kind == "titles", does_not_disturb=bool(quiet))


def _agenda(known: Preferences, given: Mapping[str, str], habits: Habits) -> AgendaWish | None:
    """A weekly one comes as the week begins, or on the day that was named for it in words."""
    agenda = known.agenda
    has_own_day = agenda is not None and agenda.is_weekly and habits.week_starts == known.habits.week_starts
    weekly = agenda.rhythm.weekdays if agenda is not None and has_own_day else (habits.week_starts,)
    days = {"workdays": WORKDAYS, "daily": EVERY_DAY, "weekly": weekly}.get(given.get("agenda", ""))
    if days is None:
        return None
    at = _clock(given.get("agenda_at", "")) or MORNING
    wish = AgendaWish(rhythm=Rhythm(at=at, weekdays=days), is_weekly=given.get("agenda") == "weekly")
    return wish if agenda is None else replace(agenda, rhythm=wish.rhythm, is_weekly=wish.is_weekly)


def _habits(known: Habits, given: Mapping[str, str]) -> Habits:
    zone = zone_called(given.get("zone", ""))
    week = given.get("week", "")
    minutes = given.get("length", "")
    return replace(
        known,
        event_type=_kept(known.event_type, given.get("type"), ""),
        length=timedelta(minutes=int(minutes)) if minutes.isdecimal() else None if minutes else known.length,
        zone=zone.key if zone else "" if "zone" in given else known.zone,
        is_twelve_hour=given["clock"] == "12" if given.get("clock") else known.is_twelve_hour,
        week_starts=int(week) if week.isdecimal() and int(week) in FIRST_DAYS else known.week_starts,
    )


def _kept(known: str, chosen: str | None, none: str) -> str:
    if not chosen:
        return known
    return none if chosen == _USUAL else chosen


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _choice(name: str, label: str, options: words.Options, value: str) -> FormField:
    return FormField(name=name, label=label, kind=FieldKind.CHOICE, options=options, value=value, is_required=False)


def _time(name: str, label: str, value: time | None) -> FormField:
    told = f"{value:%H:%M}" if value else ""
    return FormField(name=name, label=label, kind=FieldKind.TIME, value=told, is_required=False)


def _rhythm_name(agenda: AgendaWish | None) -> str:
    if agenda is None:
        return "never"
    if agenda.is_weekly:
        return "weekly"
    return "daily" if agenda.rhythm.weekdays == EVERY_DAY else "workdays"


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None
