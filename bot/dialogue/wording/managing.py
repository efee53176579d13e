"""Sentences about managing an account: event types, hours, profile, requests, webhooks and what is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.booking import place
from bot.dialogue.wording.common import count, cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, timedelta
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import (
        BusyTime,
        Calendar,
        ConferencingApp,
        EventType,
        Hours,
        Override,
        Schedule,
        Team,
        Webhook,
    )

_WEEK = tuple(range(7))


def until_press(label: str) -> str:
    return f"Nothing changes until you press {label}."


def cannot(service: str, what: str, instead: str) -> str:
    """One plain sentence what the service cannot do, and the nearest thing it can."""
    return f"{service} does not let me {what}. {instead}"


# event types


def event_type_line(kind: EventType) -> str:
    lengths = listed([times.length(own) for own in kind.lengths], "or")
    marks = [
        "hidden" if kind.is_hidden else "",
        "needs approval" if kind.needs_approval else "",
        f"team {cut(kind.team)}" if kind.team else "",
        "paid" if kind.is_paid else "",
        f"{kind.seats} seats" if kind.seats else "",
    ]
    where = place(kind.places[0]) if kind.places else ""
    return ", ".join(piece for piece in (f"{cut(kind.title)}: {lengths}", where, *marks) if piece)


def event_types_heading(number: int) -> str:
    return count(number, "event type")


def no_event_types_yet() -> str:
    return "There is no event type yet. Say for example «create a 30 minute type called Intro»."


def which_event_type() -> str:
    return "Which event type do you mean?"


def create_type(title: str, length: timedelta) -> str:
    return f"Create the event type {cut(title)} ({times.length(length)})? {until_press('Create')}"


def type_exists(title: str) -> str:
    return f"There is an event type called {cut(title)} already."


def change_type(title: str, changes: Sequence[str]) -> str:
    return f"Change the event type {cut(title)}: {listed(changes)}? {until_press('Change')}"


def what_to_change(title: str) -> str:
    return f"What shall change about {cut(title)}: its name, its length, or whether it is hidden?"


def no_change(title: str) -> str:
    return f"{cut(title)} is that way already, so nothing needs to change."


def delete_type(kind: EventType) -> str:
    what_then = "Standing meetings stay, but its page is gone for good."
    return f"Delete the event type {event_type_line(kind)}? {what_then} {until_press('Delete')}"


def created_type(title: str, length: timedelta) -> str:
    return f"Created: event type {cut(title)} ({times.length(length)})."


def changed_type(title: str) -> str:
    return f"Changed: event type {cut(title)}."


def deleted_type(title: str) -> str:
    return f"Deleted: event type {cut(title)}."


# hours


def hours_of(hours: Sequence[Hours]) -> tuple[str, ...]:
    """«Mon–Thu 09:00–17:00», one line a stretch."""
    return tuple(f"{weekdays(row.weekdays)} {row.start:%H:%M}–{row.end:%H:%M}" for row in hours) or ("no hours",)


def weekdays(days: Sequence[int]) -> str:
    """«Mon–Fri», «Mon, Wed and Fri»."""
    ordered = sorted(set(days))
    if len(ordered) > 2 and ordered == list(_WEEK[ordered[0] : ordered[-1] + 1]):
        return f"{times.WEEKDAYS[ordered[0]]}–{times.WEEKDAYS[ordered[-1]]}"
    return listed([times.WEEKDAYS[day] for day in ordered])


def override_line(row: Override, today: date) -> str:
    when = times.date_words(row.day, today)
    return f"{when} {row.start:%H:%M}–{row.end:%H:%M}" if row.start and row.end else f"{when} off"


def schedule_heading(schedule: Schedule) -> str:
    return f"{cut(schedule.name)}{' (default)' if schedule.is_default else ''}, {times.place(schedule.zone)} time"


def no_schedules() -> str:
    return "There are no working hours yet."


def which_schedule(names: Sequence[str]) -> str:
    return f"Which schedule: {listed([cut(name) for name in names], 'or')}?"


def set_hours(name: str, before: str, after: str) -> str:
    return f"Change the hours of {cut(name)} from {before} to {after}? {until_press('Change hours')}"


def other_hours(lines: str, name: str) -> str:
    return f"Only on these dates, change the hours of {cut(name)}: {lines}? {until_press('Change hours')}"


def what_hours() -> str:
    return "Which hours, on which days? Say for example «set fridays 9 to 1»."


def time_off(days: str, name: str) -> str:
    return f"Mark {days} as off in {cut(name)}? Nobody can book you then; standing meetings stay. {until_press('Take off')}"


def part_off(lines: str, name: str) -> str:
    return f"Take the rest of the day off in {cut(name)}, so that this is left: {lines}? {until_press('Take off')}"


def which_days_off() -> str:
    return "Which days are you off? Say for example «I'm off 24 to 31 december»."


def too_many_days(most: int) -> str:
    return f"That is more than {most} days; name a shorter stretch."


def create_schedule(name: str, zone: str, hours: str) -> str:
    return f"Create the schedule {cut(name)} in {times.place(zone)} time with {hours}? {until_press('Create')}"


def delete_schedule(name: str) -> str:
    return f"Delete the schedule {cut(name)}? {until_press('Delete')}"


def default_stays() -> str:
    return "The default schedule cannot be deleted; make another one the default first."


def changed_hours(schedule: str) -> str:
    return f"Changed: hours of {cut(schedule)}."


def days_off_set(days: str, schedule: str) -> str:
    return f"Off: {days}, in {cut(schedule)}. Nobody can book you then."


def created_schedule(name: str) -> str:
    return f"Created: schedule {cut(name)}."


def deleted_schedule(name: str) -> str:
    return f"Deleted: schedule {cut(name)}."


# profile


def change_profile(changes: Sequence[str]) -> str:
    return f"Change your profile: {listed(changes)}? {until_press('Change')}"


def what_profile() -> str:
    return "What shall change, your name or your zone? Say for example «set my time zone to Lisbon»."


def changed_profile(name: str, zone: str) -> str:
    return f"Changed: your profile now says {cut(name)}, zone {times.place(zone)}."


# requests


def pending_text(number: int, lines: str) -> str:
    return f"{count(number, 'request')} waiting for you: {lines}."


def nothing_pending() -> str:
    return "No request is waiting for your approval."


def approve_text(line: str) -> str:
    return f"Approve {line}? {until_press('Approve')}"


def decline_text(line: str, reason: str) -> str:
    why = f" Reason: {cut(reason, 200)}." if reason else ""
    return f"Decline {line}?{why} {until_press('Decline')}"


def is_not_pending(line: str) -> str:
    return f"{line} is not waiting for approval any more."


def approved(line: str) -> str:
    return f"Approved: {line}."


def declined(line: str) -> str:
    return f"Declined: {line}."


# one booking


def guests_text(emails: Sequence[str], line: str) -> str:
    return f"Add {listed(list(emails))} as guests to {line}? They get an invitation. {until_press('Add guests')}"


def whom_to_add() -> str:
    return "Whom shall I add? Type mail addresses, or mention somebody."


def guests_added(emails: Sequence[str], line: str) -> str:
    return f"Added {listed(list(emails))} to {line}."


def absent_text(names: Sequence[str], line: str, *, is_absent: bool) -> str:
    deed = "Mark" if is_absent else "Take back that"
    rest = "as absent from" if is_absent else "was absent from"
    return f"{deed} {listed(list(names))} {rest} {line}? {until_press('Mark no-show')}"


def not_begun(line: str) -> str:
    return f"{line} has not begun yet; a no-show can only be marked afterwards."


def marked_absent(line: str) -> str:
    return f"Marked: no-show for {line}."


def place_text(old: str, new: str, line: str) -> str:
    return f"Change where {line} takes place from {old or 'the usual place'} to {new}? {until_press('Change place')}"


def which_place() -> str:
    return "Where should it be? Say for example «on zoom», «at the office» or «by phone +49 30 1234567»."


def place_changed(line: str) -> str:
    return f"Changed: the place of {line}."


def invitees_text(line: str, people: Sequence[str]) -> str:
    return f"Invited to {line}: {listed(list(people)) if people else 'nobody'}."


# lists


def team_line(team: Team) -> str:
    members = [f"{cut(member.name)}{f' ({member.email})' if member.email else ''}" for member in team.members[:15]]
    whose = f": {listed(members)}" if members else ""
    role = f", your role is {cut(team.role)}" if team.role else ""
    return f"{cut(team.name)}{role}{whose}"


def no_teams() -> str:
    return "Your account belongs to no team."


def team_types(titles: Sequence[str]) -> str:
    return f"Team types you can book: {listed([cut(title) for title in titles])}."


def calendar_line(calendar: Calendar) -> str:
    marks = [
        "primary" if calendar.is_primary else "",
        "checked for conflicts" if calendar.is_selected else "not checked",
        "read-only" if calendar.is_read_only else "",
        f"error: {cut(calendar.error)}" if calendar.error else "",
    ]
    return f"{cut(calendar.name)} ({cut(calendar.integration.replace('_', ' '))}): {', '.join(mark for mark in marks if mark)}"


def no_calendars(service: str) -> str:
    return f"No calendar is connected in {service}; connect one there so that busy times are known."


def conferencing_line(app: ConferencingApp) -> str:
    name = app.slug.replace("-", " ").replace("_", " ").title()
    return f"{name}{' (default)' if app.is_default else ''}{': needs to be connected again' if app.is_invalid else ''}"


def no_conferencing(service: str) -> str:
    return f"No video app is connected in {service}."


def busy_line(busy: BusyTime, zone: ZoneInfo, now: datetime) -> str:
    start, end = busy.interval.start, busy.interval.end
    same = start.astimezone(zone).date() == end.astimezone(zone).date()
    last = times.clock(end, zone) if same else times.moment(end, zone, now)
    return f"{times.moment(start, zone, now)}–{last}"


def busy_text(number: int, when: str, zone: ZoneInfo) -> str:
    return f"{count(number, 'busy stretch', 'busy stretches')} {when}, {times.place(zone)} time:"


def not_busy(when: str) -> str:
    return f"Nothing is marked busy {when}."


def emails_text(emails: Sequence[str]) -> str:
    return (
        f"Verified addresses: {listed(list(emails))}." if emails else "No address is verified beside the account's own."
    )


def link_text(kind: EventType) -> str:
    return f"Make a single-use link for {cut(kind.title)}? Whoever has it can book once. {until_press('Make link')}"


def link_made() -> str:
    return "Here is the link. It works for one booking."


def page_link(kind: EventType) -> str:
    return f"{cut(kind.title)} can be booked at {kind.booking_url}"


def no_link(service: str) -> str:
    return f"{service} makes no single-use links; the nearest is an event type's own page."


# webhooks


def webhook_line(hook: Webhook, triggers: Sequence[str]) -> str:
    state = "" if hook.is_active else ", paused"
    return f"{cut(hidden_url(hook.url), 120)}: {listed(list(triggers))}{state}"


def hidden_url(url: str) -> str:
    """Our own address ends in something nobody should see."""
    head, mark, _ = url.partition("/webhooks/")
    if not mark:
        return url
    provider = url[len(head) + len(mark) :].partition("/")[0]
    return f"{head}{mark}{provider}/…"


def no_webhooks() -> str:
    return "There is no webhook."


def create_webhook(url: str, triggers: Sequence[str], service: str) -> str:
    return (
        f"Create a webhook: {service} will send {listed(list(triggers))} to {cut(url, 200)}, "
        f"with attendees' names and addresses in them? {until_press('Create webhook')}"
    )


def which_url() -> str:
    return "Which address shall it send to? It must begin with https://."


def bad_url(url: str) -> str:
    return f"“{cut(url)}” is no address that a webhook can be sent to; it must begin with https://."


def pause_webhook(line: str) -> str:
    return f"Pause the webhook to {line}? {until_press('Pause')}"


def resume_webhook(line: str) -> str:
    return f"Resume the webhook to {line}? {until_press('Resume')}"


def delete_webhook(line: str) -> str:
    return f"Delete the webhook to {line}? {until_press('Delete')}"


def which_webhook() -> str:
    return "Which webhook?"


def webhook_created(url: str) -> str:
    return f"Created: a webhook to {cut(hidden_url(url), 120)}."


def webhook_changed(*, is_active: bool) -> str:
    return (
        "Resumed: the webhook sends again." if is_active else "Paused: the webhook sends nothing until you resume it."
    )


def webhook_deleted() -> str:
    return "Deleted: the webhook."


def news_off_text() -> str:
    return f"Turn news off? I then hear nothing of changes that others make. {until_press('Turn news off')}"


def news_is_off() -> str:
    return "News is off."


# what services cannot do


def no_types_here(service: str) -> str:
    return cannot(service, "change event types from outside", f"Do it in {service}; I show them and book with them.")


def no_hours_here(service: str) -> str:
    return cannot(
        service, "change hours from outside", f"Do it in {service}; I show them with «what are my working hours»."
    )


def no_profile_here(service: str) -> str:
    return cannot(
        service, "change the profile from outside", f"Do it in {service}; I show it with «who am I connected as»."
    )


def no_approval_here(service: str) -> str:
    return cannot(
        service, "approve or decline: it knows no requests", "Meetings there stand at once; I can move or cancel them."
    )


def no_guests_here(service: str) -> str:
    return cannot(
        service, "add guests to a meeting that stands", "I can book it anew with the guests and cancel the old one."
    )


def no_absence_here(service: str) -> str:
    return cannot(service, "mark a no-show", "Mark it there.")


def no_place_here(service: str) -> str:
    return cannot(
        service,
        "change the place of a meeting that stands",
        "I can book it anew at the other place and cancel the old one.",
    )


def no_teams_here(service: str) -> str:
    return cannot(service, "see teams", "I can show your own event types.")


def no_webhooks_here(service: str) -> str:
    return cannot(service, "make webhooks", "I look for changes whenever you ask.")
