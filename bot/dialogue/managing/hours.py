"""Working hours: show, change, take days off, another schedule. Schedules are read first, so before → after is true."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, FormField, Found, Look, LookUp, Style
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, resume_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import HoursRequest
from bot.dialogue.managing.absence import away, blocking
from bot.dialogue.managing.absence.time_off import days_left, left_of_days, on_open_days
from bot.dialogue.managing.hours_said import (
    MOST_DAYS_OFF,
    WORKDAYS,
    dates_counted,
    days_of,
    days_said,
    hours_on,
    is_weekly,
    later_start,
    means_every_week,
    on_dates,
    week_said,
)
from bot.dialogue.request.forms import one_field
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as words
from bot.dialogue.wording import small_talk as doubt_words
from bot.language.meaning import Frequency, Intent, Open, SaidHours
from bot.language.signs import Cue
from bot.scheduling.hosting import UsedBy
from bot.scheduling.models import Hours, Override, Schedule
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.writes import ChangeSchedule, CreateSchedule, DeleteSchedule

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.scheduling.writes import Write


_EVERY_WEEK = frozenset((Frequency.WEEKLY, Frequency.DAILY))
_TOUCHING = frozenset({Intent.SET_HOURS, Intent.TIME_OFF})
"""Wishes whose card says which event types are touched."""


def look_at_hours(talk: Talk, request: HoursRequest) -> Step:
    """Read the schedules; what was asked is decided on them."""
    if Cue.LEAVES_OPEN in request.cues and request.intent is Intent.TIME_OFF:
        days = sorted({day for day in days_said(request) if day >= talk.today})
        said = times.dates(days, talk.today) if days else "That"
        return say(talk.asking(None), doubt_words.stays_open(said), is_personal=True)
    changes = request.intent not in {Intent.SHOW_HOURS, Intent.SHOW_AWAY}
    if changes and (talk.context.capabilities is None or not talk.context.capabilities.manages_schedules):
        return say(talk, words.no_hours_here(talk.service))
    if request.intent is Intent.DELETE_SCHEDULE and not (
        talk.context.capabilities and talk.context.capabilities.deletes
    ):
        return say(talk, words.no_deleting_schedules(talk.service))
    if away.is_wanted(talk, request):
        return away.look(talk, request)
    look = LookUp(what=Look.SCHEDULES, argument="used" if request.intent in _TOUCHING else "")
    return do(talk.asking(request), look, Doing.READING_HOURS)


def hours_found(talk: Talk, outcome: Outcome) -> Step:
    """The card or list for what was asked."""
    request = talk.conversation.request
    if not isinstance(request, HoursRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    schedules = tuple(value for value in outcome.values if isinstance(value, Schedule))
    talk = talk.noting(used_by=tuple(value for value in outcome.values if isinstance(value, UsedBy)))
    match request.intent:
        case Intent.CREATE_SCHEDULE:
            return _create(talk, request, schedules)
        case Intent.SHOW_HOURS:
            return _show(talk, request, schedules)
        case Intent.SHOW_AWAY:
            return away.shown(talk, request, outcome)
        case Intent.TIME_OFF if outcome.what is Look.ABSENCE and not away.has_none(outcome) and days_said(request):
            return away.offered(talk, request, outcome)
        case _:
            pass
    schedule = _meant(request, schedules)
    if schedule is None:
        return _which(talk, request, schedules)
    match request.intent:
        case Intent.TIME_OFF if is_weekly(request):
            return _set_hours(talk, request, schedule)
        case Intent.TIME_OFF:
            return _time_off(away.instead(talk, request), request, schedule)
        case Intent.BLOCK_TIME:
            return blocking.block(talk, request, schedule, schedules)
        case Intent.DELETE_SCHEDULE:
            return _delete(talk, request, schedule)
        case _:
            return _set_hours(talk, request, schedule)


def _show(talk: Talk, request: HoursRequest, schedules: tuple[Schedule, ...]) -> Step:
    if not schedules:
        return say(talk, words.no_schedules(), is_personal=True)
    parts: list[CardPart] = []
    said: list[str] = []
    for schedule in schedules[:6]:
        lines = list(words.hours_of(schedule.hours, talk.zone))
        lines += [
            words.override_line(row, talk.today, talk.zone) for row in schedule.overrides if row.day >= talk.today
        ][:15]
        parts += [common.heading(words.schedule_heading(schedule)), common.line("\n".join(lines))]
        said.append(f"{words.schedule_heading(schedule)}: {'; '.join(lines)}.")
    return show(talk, replace(request, is_done=True), " ".join(said), tuple(parts), is_live=False)


def _set_hours(talk: Talk, request: HoursRequest, schedule: Schedule) -> Step:
    repeated = request.recurrence
    if repeated is not None and (repeated.interval > 1 or repeated.frequency not in _EVERY_WEEK):
        return say(talk.asking(None), words.only_every_week(), is_personal=True)
    if repeated is not None and (counted := dates_counted(request)):
        cues = request.cues | {Cue.RECURRING}
        once = replace(request, only_on=counted, recurrence=replace(repeated, count=None), cues=cues)
        return _set_hours(talk, once, schedule)
    single = on_open_days(_single_days(request, schedule, talk.today), request.moments, schedule)
    if single and not request.only_on:
        return _other_hours(talk, request, schedule, single)
    if (begins := later_start(request, talk.today)) is not None:
        now = replace(request, moments=tuple(replace(m, days=None) if m.days else m for m in request.moments))
        text = words.hours_begin_now(times.date_words(begins, talk.today))
        buttons = (resume_button("now", words.from_now_on(), now), keep_button("keep", "Keep"))
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))
    week_before = tuple(Hours(weekdays=one.weekdays, start=one.start, end=one.end) for one in request.onto)
    new = week_said(request, replace(schedule, hours=week_before) if week_before else schedule)
    if new is None:
        return say(talk.asking(request), words.what_hours())
    shown = tuple(SaidHours(weekdays=row.weekdays, start=row.start, end=row.end) for row in new)
    if request.only_on:
        dated = on_dates(request, schedule, new, talk.today)
        return _other_hours(talk, request, schedule, dated) if dated else _is_so(talk, schedule, request)
    before, after = "; ".join(words.hours_of(schedule.hours, talk.zone)), "; ".join(words.hours_of(new, talk.zone))
    if before == after:
        return _is_so(talk, schedule, replace(request, shown=shown))
    text = words.set_hours(schedule.name, before, after)
    named = Facts(rows=(("Schedule", words.schedule_heading(schedule)),))
    week = Facts(rows=(("Hours", f"{before} → {after}"),), table=words.week_table(schedule, new, talk.zone))
    write = ChangeSchedule(schedule=schedule.id, hours=new, before=schedule)
    return _card(talk, replace(request, shown=shown), text, (named, week), "Change hours", write)


def _is_so(talk: Talk, schedule: Schedule, request: HoursRequest) -> Step:
    return say(talk.asking(request), words.no_change(schedule.name), is_personal=True)


def _single_days(request: HoursRequest, schedule: Schedule, today: date) -> tuple[Override, ...]:
    """Other hours on dates of the calendar, as opposed to weekdays of every week."""
    if request.recurrence is not None or means_every_week(request):
        return ()
    rows = [
        Override(day=day, start=start, end=end)
        for moment in request.moments
        if moment.days is not None and moment.says_day
        for day in days_left(days_of(moment), request.excluded)
        for start, end in hours_on(request, moment, day, schedule)
        if day >= today
    ]
    return tuple(rows[:MOST_DAYS_OFF])


def _other_hours(talk: Talk, request: HoursRequest, schedule: Schedule, rows: tuple[Override, ...]) -> Step:
    days = {row.day for row in rows}
    kept = tuple(row for row in schedule.overrides if row.day not in days)
    overrides = tuple(sorted((*kept, *rows), key=lambda row: row.day))
    lines = "; ".join(words.override_line(row, talk.today, talk.zone) for row in rows)
    text = words.other_hours(lines, schedule.name)
    shown = (("Schedule", words.schedule_heading(schedule)), ("Only on", lines))
    write = ChangeSchedule(schedule=schedule.id, overrides=overrides, before=schedule)
    weekly: tuple[Button, ...] = ()
    if request.only_on:
        weekly = (resume_button("weekly", words.every_week(), replace(request, only_on=())),)
    elif request.weekdays:
        every = replace(request, cues=request.cues | {Cue.RECURRING})
        weekly = (resume_button("weekly", words.every_weekday(request.weekdays[0]), every),)
    return _card(talk, request, text, (Facts(rows=shown),), "Change hours", write, *weekly)


def _time_off(talk: Talk, request: HoursRequest, schedule: Schedule) -> Step:
    zone = find_zone(schedule.zone) or talk.zone
    today = talk.now.astimezone(zone).date()
    days = [day for day in days_left(days_said(request), request.excluded) if day >= today]
    if not days:
        return say(talk.asking(request), words.which_days_off())
    if (opens := _open_end(request, days)) is not None:
        return say(talk.asking(request), words.off_until_when(times.date_words(opens, talk.today)))
    if len(days) > MOST_DAYS_OFF:
        return say(talk.asking(request), words.too_many_days(MOST_DAYS_OFF))
    kept = tuple(row for row in schedule.overrides if row.day not in days)
    rows = left_of_days(request.moments, schedule, days, kept=request.excluded)
    overrides = tuple(sorted((*kept, *rows), key=lambda row: (row.day, row.start or time(0))))
    write = ChangeSchedule(schedule=schedule.id, overrides=overrides, before=schedule)
    name = ("Schedule", words.schedule_heading(schedule))
    if any(row.start is not None for row in rows):
        rows = _of_open_days(rows, schedule)
        overrides = tuple(sorted((*kept, *rows), key=lambda row: (row.day, row.start or time(0))))
        write = replace(write, overrides=overrides)
        lines = "; ".join(words.override_line(row, talk.today, talk.zone) for row in rows)
        return _card(
            talk,
            request,
            words.part_off(lines, schedule.name),
            (Facts(rows=(name, ("Left", lines))),),
            "Take off",
            write,
        )
    said = times.dates(days, talk.today)
    shown = (name, ("Off", f"{said} ({common.count(len(days), 'day')})"))
    return _card(talk, request, words.time_off(said, schedule.name), (Facts(rows=shown),), "Take off", write)


def _of_open_days(rows: tuple[Override, ...], schedule: Schedule) -> tuple[Override, ...]:
    """Without days off that are never open: of «only mornings this week» the weekend is no news."""
    open_days = {day for one in schedule.hours for day in one.weekdays}
    return tuple(row for row in rows if row.start is not None or row.day.weekday() in open_days)


def _open_end(request: HoursRequest, days: list[date]) -> date | None:
    """The first day of «from thursday on», which says no last one."""
    is_open = len(days) == 1 and any(m.open is Open.AFTER and m.hours is None and m.says_day for m in request.moments)
    return days[0] if is_open else None


def _create(talk: Talk, request: HoursRequest, schedules: tuple[Schedule, ...]) -> Step:
    name = (request.name or request.schedule or request.topic).strip()
    if not name or any(schedule.name.lower() == name.lower() for schedule in schedules):
        text = "What is the schedule called?"
        form = one_field("New schedule", FormField(name="name", label="Name"))
        button = form_button("edit", "Add details", form, request, style=Style.PRIMARY)
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button,))))
    zone = request.zone or (talk.context.profile.zone if talk.context.profile else str(talk.zone))
    empty = Schedule(id="", name=name, zone=zone, is_default=False)
    usual = (Hours(weekdays=WORKDAYS, start=time(9), end=time(17)),)
    hours = week_said(request, empty) or usual
    after = "; ".join(words.hours_of(hours, talk.zone))
    text = words.create_schedule(name, zone, after)
    rows = (("Name", common.cut(name)), ("Zone", times.place(zone)), ("Hours", after))
    return _card(talk, request, text, (Facts(rows=rows),), "Create", CreateSchedule(name=name, zone=zone, hours=hours))


def _delete(talk: Talk, request: HoursRequest, schedule: Schedule) -> Step:
    if schedule.is_default:
        return say(talk, words.default_stays())
    rows = (
        ("Schedule", words.schedule_heading(schedule)),
        ("Hours", "; ".join(words.hours_of(schedule.hours, talk.zone))),
    )
    text = words.delete_schedule(schedule.name)
    named = replace(request, schedule=schedule.name, name="")
    return _card(talk, named, text, (Facts(rows=rows),), "Delete", DeleteSchedule(schedule=schedule.id))


def _card(
    talk: Talk,
    request: HoursRequest,
    text: str,
    facts: tuple[Facts, ...],
    label: str,
    write: Write,
    *others: Button,
) -> Step:
    used = next(
        (one for one in talk.facts.used_by if isinstance(write, ChangeSchedule) and one.schedule == write.schedule),
        None,
    )
    if used is not None and used.titles:
        facts = (*facts, Facts(rows=(("Used by", words.used_by(used.titles)),)))
    style = Style.DANGER if isinstance(write, DeleteSchedule) else Style.PRIMARY
    buttons = (write_button("write", label, write, style=style), *others, keep_button("keep", "Keep"))
    return show(
        talk,
        request,
        text,
        (common.heading(f"{label}?"), *facts, common.line(text), ButtonRow(buttons=buttons)),
    )


def _meant(request: HoursRequest, schedules: tuple[Schedule, ...]) -> Schedule | None:
    name = (request.schedule or request.name).lower()
    if name:
        named = [schedule for schedule in schedules if name in schedule.name.lower()]
        if named:
            return named[0]
    if request.intent is Intent.DELETE_SCHEDULE:
        return next((s for s in schedules if s.name.lower().split()[0] in request.loose), None)
    return next((schedule for schedule in schedules if schedule.is_default), schedules[0] if schedules else None)


def _which(talk: Talk, request: HoursRequest, schedules: tuple[Schedule, ...]) -> Step:
    if not schedules:
        return say(talk, words.no_schedules(), is_personal=True)
    buttons = tuple(
        resume_button(
            f"k{number}",
            common.cut(f"Take {schedule.name}", 60),
            replace(request, schedule=schedule.name),
        )
        for number, schedule in enumerate(schedules[:10], start=1)
    )
    text = words.which_schedule([schedule.name for schedule in schedules])
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))
