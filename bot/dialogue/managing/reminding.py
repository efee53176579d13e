"""What is told by itself, set from words or from one form: the agenda, notes before meetings, quiet hours.

Nothing of this reaches a calendar, so it is done at once and said, with a button to change it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import (
    BookingsFound,
    Done,
    FieldKind,
    FindBookings,
    Form,
    FormField,
    Found,
    Look,
    LookUp,
    Prefer,
    Remind,
    TellLate,
)
from bot.dialogue.conversation import Doing
from bot.dialogue.families import ReminderRequest
from bot.dialogue.talk import ButtonRow, Talk, do, form_button, resume_button, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import reminding as words
from bot.language.meaning import Frequency, Intent
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus
from bot.scheduling.reminding.preferences import EVERY_DAY, WORKDAYS, AgendaWish, Preferences, Quiet, Rhythm

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.cards import RunLate
    from bot.dialogue.context import Step
    from bot.language.meaning import Recurrence

_MORNING = time(8)
_USUAL_NOTE = timedelta(minutes=10)
_CHOICES = (("", "Never"), ("workdays", "Every workday"), ("daily", "Every day"), ("weekly", "Mondays, the whole week"))
_NOTES = (
    ("", "Never"),
    ("5", "5 min before"),
    ("10", "10 min before"),
    ("15", "15 min before"),
    ("30", "30 min before"),
)


def look(talk: Talk, request: ReminderRequest) -> Step:
    """Read what is set; a single reminder asks for the next meeting instead."""
    talk = talk.asking(request).noting(unread="")
    if request.intent is Intent.REMIND and request.is_once and not request.is_off:
        query = BookingQuery(states=(BookingState.UPCOMING,), limit=5)
        return do(talk, FindBookings(query=query), Doing.NEXT_TO_REMIND)
    return do(talk, LookUp(what=Look.PREFERENCES), Doing.READING_PREFERENCES)


def preferences_found(talk: Talk, outcome: Outcome) -> Step:
    """What was set, with the wish on top."""
    request = talk.conversation.request
    if not isinstance(request, ReminderRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    known = next((one for one in outcome.values if isinstance(one, Preferences)), Preferences())
    wanted = _from_form(known, dict(request.settings)) if request.settings else _from_words(known, request)
    return do(talk.asking(request), Prefer(preferences=wanted, zone=str(talk.zone)), Doing.PREFERRING)


def preferred(talk: Talk, outcome: Outcome) -> Step:
    """It is so from now on."""
    request = talk.conversation.request
    if not isinstance(outcome, Done) or not isinstance(outcome.effect, Prefer):
        return say(talk, common.broken())
    wanted = outcome.effect.preferences
    text = words.saved(wanted, talk.zone)
    change = form_button("change", "Change", settings_form(wanted), ReminderRequest(intent=Intent.AGENDA))
    done = replace(request, is_done=True) if request is not None else None
    stops = (
        (resume_button("no_agenda", "Stop the agenda", ReminderRequest(intent=Intent.AGENDA, is_off=True)),)
        if wanted.agenda
        else (),
        (resume_button("no_notes", "Stop the notes", ReminderRequest(intent=Intent.REMIND, is_off=True)),)
        if wanted.note_before
        else (),
    )
    row = ButtonRow(buttons=(change, *(button for some in stops for button in some)))
    return show(talk, done, text, (common.line(text), row), is_live=False)


def next_found(talk: Talk, outcome: Outcome) -> Step:
    """The meeting that the reminder is for."""
    request = talk.conversation.request
    if not isinstance(request, ReminderRequest) or not isinstance(outcome, BookingsFound):
        return say(talk, common.broken())
    ahead = [one for one in outcome.bookings if one.status is BookingStatus.BOOKED and one.slot.start > talk.now]
    if not ahead:
        return say(talk.asking(None), words.nothing_to_remind_of(), is_personal=True)
    at = max(talk.now, ahead[0].slot.start - (request.before or _USUAL_NOTE))
    return do(talk.asking(request), Remind(booking=ahead[0], at=at), Doing.REMINDING)


def reminded(talk: Talk, outcome: Outcome) -> Step:
    """The reminder is set."""
    if not isinstance(outcome, Done) or not isinstance(outcome.effect, Remind):
        return say(talk, common.broken())
    effect = outcome.effect
    return say(talk.asking(None), words.will_remind(effect.booking, effect.at, talk.zone, talk.now), is_personal=True)


def run_late(talk: Talk, press: RunLate) -> Step:
    """The colleague is told; the card with its buttons stays."""
    text = words.running_late(talk.context.asker.name, press.booking)
    effect = TellLate(booking=press.booking, member=press.member, name=press.name, text=text)
    return do(talk.noting(stays=True), effect, Doing.TELLING_LATE)


def late_told(talk: Talk, outcome: Outcome) -> Step:
    """It has been said."""
    if not isinstance(outcome, Done) or not isinstance(outcome.effect, TellLate):
        return say(talk, common.broken())
    return say(talk, words.told_late(outcome.effect.name), is_personal=True)


def settings_form(known: Preferences) -> Form:
    """Everything that is told by itself, in one form."""
    agenda, quiet = known.agenda, known.quiet
    note = str(int(known.note_before.total_seconds() // 60)) if known.note_before else ""
    return Form(
        title="What I send by itself",
        submit="Save",
        fields=(
            _choice("agenda", "Agenda", _CHOICES, _rhythm_name(agenda)),
            _time("agenda_at", "Agenda at", agenda.rhythm.at if agenda else _MORNING),
            _choice("note", "Note with the join link", _NOTES, note),
            _time("quiet_from", "Quiet from", quiet.start if quiet else None),
            _time("quiet_to", "Quiet until", quiet.end if quiet else None),
        ),
    )


def _choice(name: str, label: str, options: tuple[tuple[str, str], ...], value: str) -> FormField:
    named = tuple((key or "never", text) for key, text in options)
    return FormField(
        name=name, label=label, kind=FieldKind.CHOICE, options=named, value=value or "never", is_required=False
    )


def _time(name: str, label: str, value: time | None) -> FormField:
    told = f"{value:%H:%M}" if value else ""
    return FormField(name=name, label=label, kind=FieldKind.TIME, value=told, is_required=False)


def _rhythm_name(agenda: AgendaWish | None) -> str:
    if agenda is None:
        return ""
    if agenda.is_weekly:
        return "weekly"
    return "daily" if agenda.rhythm.weekdays == EVERY_DAY else "workdays"


def _from_form(known: Preferences, given: dict[str, str]) -> Preferences:
    at = _clock(given.get("agenda_at", "")) or _MORNING
    days = {"workdays": WORKDAYS, "daily": EVERY_DAY, "weekly": (0,)}.get(given.get("agenda", ""))
    agenda = AgendaWish(rhythm=Rhythm(at=at, weekdays=days), is_weekly=len(days) == 1) if days else None
    note = given.get("note", "")
    start, end = _clock(given.get("quiet_from", "")), _clock(given.get("quiet_to", ""))
    return replace(
        known,
        agenda=agenda,
        note_before=timedelta(minutes=int(note)) if note.isdecimal() else None,
        quiet=Quiet(start=start, end=end) if start and end and start != end else None,
    )


def _from_words(known: Preferences, request: ReminderRequest) -> Preferences:
    if request.intent is Intent.REMIND:
        return replace(known, note_before=None if request.is_off else request.before or _USUAL_NOTE)
    if request.is_off:
        return replace(known, agenda=None)
    at = next((m.hours.start for m in request.moments if m.hours is not None and m.hours.start is not None), _MORNING)
    days, is_weekly = _days_of(request.recurrence)
    return replace(known, agenda=AgendaWish(rhythm=Rhythm(at=at, weekdays=days), is_weekly=is_weekly))


def _days_of(recurrence: Recurrence | None) -> tuple[tuple[int, ...], bool]:
    """The weekdays of a repetition, and whether it is one day a week, for the week ahead."""
    if recurrence is None:
        return WORKDAYS, False
    days = tuple(sorted(recurrence.weekdays))
    if recurrence.frequency is Frequency.WEEKLY:
        return days or (0,), len(days) < 2
    return days or EVERY_DAY, False


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None
