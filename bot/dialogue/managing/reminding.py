"""What is told by itself, set from words or from the form of all settings: the agenda, notes before meetings.

Nothing of this reaches a calendar, so it is done at once and said, with a button to change it.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import (
    BookingsFound,
    Done,
    Facts,
    FindBookings,
    Found,
    Look,
    LookUp,
    Prefer,
    Remind,
    TellLate,
)
from bot.dialogue.bookings.matching import is_with
from bot.dialogue.buttons import ButtonRow, form_button, link_button, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import ReminderRequest
from bot.dialogue.managing.settings import MORNING, read_settings, settings_form
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import reminding as words
from bot.dialogue.wording.standing import settings as settings_words
from bot.language.meaning import Frequency, Intent, Open
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus
from bot.scheduling.reminding.preferences import EVERY_DAY, WORKDAYS, AgendaWish, Preferences, Rhythm
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.acts import Outcome
    from bot.dialogue.cards import RunLate
    from bot.dialogue.context import Step
    from bot.dialogue.families import Request
    from bot.language.meaning import Moment, Recurrence
    from bot.scheduling.models import Booking

_USUAL_NOTE = timedelta(minutes=10)
_ALL_SETTINGS = frozenset((Intent.SET_STATUS, Intent.SHOW_SETTINGS))
_LEAVE_STATUS = (("status", "never"),)
_SHOW_MEETINGS = (("status", "meeting"),)


def look(talk: Talk, request: ReminderRequest) -> Step:
    """Read what is set; a single reminder asks for the next meeting instead."""
    talk = talk.asking(request).noting(unread="")
    if request.intent is Intent.AGENDA and request.recurrence is not None and request.recurrence.turns:
        return say(talk.asking(None), words.one_clock_only())
    if request.booking is not None:
        return _remind(talk, request, request.booking)
    if request.is_open:
        return _ask_of_which(talk, request)
    if request.intent is Intent.REMIND and request.is_once and not request.is_off:
        query = BookingQuery(
            states=(BookingState.UPCOMING,), limit=5 if request.whose is None and not request.moments else 50
        )
        return do(talk, FindBookings(query=query), Doing.NEXT_TO_REMIND)
    return do(talk, LookUp(what=Look.PREFERENCES), Doing.READING_PREFERENCES)


def preferences_found(talk: Talk, outcome: Outcome) -> Step:
    """What was set, with the wish on top."""
    request = talk.conversation.request
    if not isinstance(request, ReminderRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    known = next((one for one in outcome.values if isinstance(one, Preferences)), Preferences())
    settings = _LEAVE_STATUS if request.intent is Intent.SET_STATUS and request.is_off else request.settings
    if request.intent in _ALL_SETTINGS and not settings:
        return _shown(talk, request, known)
    wanted = read_settings(known, dict(settings)) if settings else _from_words(known, request)
    zone = wanted.habits.zone or str(talk.zone)
    effect = Prefer(preferences=wanted, zone=zone, before=known, intro=_intro(talk, wanted, known))
    return do(talk.asking(request), effect, Doing.PREFERRING)


def _shown(talk: Talk, request: ReminderRequest, known: Preferences) -> Step:
    """All that is set, and the form to change it; or what becomes of the status, where that was asked for."""
    form = settings_form(known, talk.context.event_types)
    change = form_button("change", "Change settings", form, ReminderRequest(intent=Intent.AGENDA))
    if request.intent is not Intent.SET_STATUS:
        rows = settings_words.rows(known, talk.zone, type_title(talk, known))
        parts = (common.heading(settings_words.HEADING), Facts(rows=rows), ButtonRow(buttons=(change,)))
        return show(talk, request, settings_words.summary(rows), parts, is_live=False)
    text = settings_words.status_offer() if known.status is None else settings_words.status_set(known.status)
    settings = _SHOW_MEETINGS if known.status is None else _LEAVE_STATUS
    label = settings_words.status_label(is_on=known.status is not None)
    switch = resume_button("status", label, ReminderRequest(intent=Intent.SET_STATUS, settings=settings))
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(switch, change))), is_live=False)


def preferred(talk: Talk, outcome: Outcome) -> Step:
    """It is so from now on."""
    request = talk.conversation.request
    if not isinstance(outcome, Done) or not isinstance(outcome.effect, Prefer):
        return say(talk, common.broken())
    wanted, before = outcome.effect.preferences, outcome.effect.before
    talk = Talk(
        conversation=talk.conversation,
        context=replace(talk.context, habits=wanted.habits, asker=wanted.habits.at_home(talk.context.asker)),
    )
    if wanted.habits != before.habits:
        talk = talk.leading(settings_words.saved(wanted.habits, talk.zone, type_title(talk, wanted)))
    text = _said_of(talk, request, wanted, before)
    form = settings_form(wanted, talk.context.event_types)
    change = form_button("change", "Change", form, ReminderRequest(intent=Intent.AGENDA))
    done = replace(request, is_done=True) if request is not None else None
    stops = (
        (resume_button("no_agenda", "Stop the agenda", ReminderRequest(intent=Intent.AGENDA, is_off=True)),)
        if wanted.agenda
        else (),
        (resume_button("no_notes", "Stop the notes", ReminderRequest(intent=Intent.REMIND, is_off=True)),)
        if wanted.note_before
        else (),
    )
    allow = (link_button("allow", settings_words.allow_label(), outcome.link),) if outcome.link else ()
    text = f"{text} {settings_words.allow_status()}" if outcome.link else text
    row = ButtonRow(buttons=(*allow, change, *(button for some in stops for button in some)))
    return show(talk, done, text, (common.line(text), row), is_live=False)


def _said_of(talk: Talk, request: Request | None, wanted: Preferences, before: Preferences) -> str:
    """What of it is new, and what is told by itself now."""
    is_told_else = replace(wanted, habits=before.habits, status=before.status) != before
    if wanted.status != before.status or (request is not None and request.intent is Intent.SET_STATUS):
        said = settings_words.status_set(wanted.status)
        return f"{said} {words.saved(wanted, talk.zone)}" if is_told_else else said
    return words.saved(wanted, talk.zone) if is_told_else or wanted == before else words.set_up(wanted, talk.zone)


def _intro(talk: Talk, wanted: Preferences, known: Preferences) -> str:
    """What a channel reads that the agenda has not stood in until now."""
    agenda, before = wanted.agenda, known.agenda
    if agenda is None or not agenda.channel or (before is not None and before.channel == agenda.channel):
        return ""
    return words.channel_intro(talk.context.asker.name, agenda.rhythm, talk.zone)


def type_title(talk: Talk, wanted: Preferences) -> str:
    """What the usual event type is called; empty when none was set, or it is gone."""
    kind = talk.event_type(wanted.habits.event_type)
    return kind.title if kind is not None else ""


def next_found(talk: Talk, outcome: Outcome) -> Step:
    """The meeting that the reminder is for."""
    request = talk.conversation.request
    if not isinstance(request, ReminderRequest) or not isinstance(outcome, BookingsFound):
        return say(talk, common.broken())
    ahead = [one for one in outcome.bookings if one.status is BookingStatus.BOOKED and one.slot.start > talk.now]
    if request.whose is not None:
        ahead = [one for one in ahead if is_with(one, request.whose)]
    days = [day for moment in request.moments if (day := _day_of(moment)) is not None and day >= talk.today]
    if days and request.is_once:
        ahead = [one for one in ahead if one.slot.start.astimezone(talk.zone).date() in days]
    if not ahead:
        whom = request.whose.name if request.whose is not None else ""
        return say(talk.asking(None), words.nothing_to_remind_of(whom), is_personal=True)
    return _remind(talk, request, ahead[0])


def _remind(talk: Talk, request: ReminderRequest, booking: Booking) -> Step:
    at = max(talk.now, booking.slot.start - (request.before or _USUAL_NOTE))
    return do(talk.asking(request), Remind(booking=booking, at=at), Doing.REMINDING)


def _ask_of_which(talk: Talk, request: ReminderRequest) -> Step:
    """«remind me an hour before»: of the next meeting alone, or of each from now on."""
    known = replace(request, is_open=False)
    buttons = (
        resume_button("next", words.before_next(), replace(known, is_once=True)),
        resume_button("each", words.before_each(), known),
    )
    text = words.of_which_meetings()
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))


def _day_of(moment: Moment) -> date | None:
    """The day of the meeting: «of the thursday meeting», «an hour before thursday's»."""
    if moment.days is None or not moment.says_day:
        return None
    is_before = moment.open is Open.BEFORE and moment.hours is None
    return moment.days.last + timedelta(days=1) if is_before else moment.days.last


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


def _from_words(known: Preferences, request: ReminderRequest) -> Preferences:
    if request.intent is Intent.REMIND:
        return replace(known, note_before=None if request.is_off else request.before or _USUAL_NOTE)
    if request.is_off:
        return replace(known, agenda=None)
    standing = known.agenda
    at = next((m.hours.start for m in request.moments if m.hours is not None and m.hours.start is not None), None)
    if at is None and request.hour is not None and request.hour < 24:
        at = time(request.hour)
    if standing is not None and request.recurrence is None and not request.channel:  # «the agenda at 9»: only its hour
        return replace(known, agenda=replace(standing, rhythm=replace(standing.rhythm, at=at or standing.rhythm.at)))
    days, is_weekly = _days_of(request.recurrence)
    rhythm = Rhythm(at=at or MORNING, weekdays=days)
    return replace(known, agenda=AgendaWish(rhythm=rhythm, is_weekly=is_weekly, channel=request.channel))


def _days_of(recurrence: Recurrence | None) -> tuple[tuple[int, ...], bool]:
    """The weekdays of a repetition, and whether it is one day a week, for the week ahead."""
    if recurrence is None:
        return WORKDAYS, False
    days = tuple(sorted(recurrence.weekdays))
    if recurrence.frequency is Frequency.WEEKLY:
        return days or (0,), len(days) < 2
    return days or EVERY_DAY, False
