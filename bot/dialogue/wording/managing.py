"""Sentences about managing an account: event types, hours, profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Table
from bot.dialogue.wording import times
from bot.dialogue.wording.booking import place
from bot.dialogue.wording.common import count, cut, listed
from bot.scheduling.models import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, timedelta
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import EventType, Hours, Override, Schedule

_WEEK = tuple(range(7))
_MOST_TITLES = 5


def until_press(label: str) -> str:
    return f"Nothing changes until you press {label}."


def cannot(service: str, what: str, instead: str) -> str:
    """One plain sentence what the service cannot do, and the nearest thing it can."""
    return f"{service} does not let me {what}. {instead}"


# event types


def event_type_line(kind: EventType) -> str:
    return ", ".join(piece for piece in (f"{cut(kind.title)}: {type_lengths(kind)}", type_facts(kind)) if piece)


def type_lengths(kind: EventType) -> str:
    """«30 min», «15 min or 30 min»."""
    return listed([times.length(own) for own in kind.lengths], "or")


def type_facts(kind: EventType) -> str:
    """Where it is and what is special about it; a link is called one, its address is behind its button."""
    marks = [
        "hidden" if kind.is_hidden else "",
        "needs approval" if kind.needs_approval else "",
        f"team {cut(kind.team)}" if kind.team else "",
        "paid" if kind.is_paid else "",
        f"{kind.seats} seats" if kind.seats else "",
    ]
    where = place(kind.places[0]) if kind.places else ""
    if kind.places and kind.places[0].kind is PlaceKind.LINK:
        where = "meeting link"
    return ", ".join(piece for piece in (where, *marks) if piece)


def event_types_heading(number: int) -> str:
    return count(number, "event type")


def no_event_types_yet() -> str:
    return "There is no event type yet. Say for example «create a 30 minute type called Intro»."


def which_event_type() -> str:
    return "Which event type do you mean?"


def create_type(title: str, length: timedelta, *, is_hidden: bool = False) -> str:
    hidden = ", hidden" if is_hidden else ""
    return f"Create the event type {cut(title)} ({times.length(length)}{hidden})? {until_press('Create')}"


def place_comes_later(title: str) -> str:
    return f"Where it takes place cannot be set on this card: once it is made, say «offer {cut(title)} on …»."


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


def hours_of(hours: Sequence[Hours], zone: ZoneInfo) -> tuple[str, ...]:
    """«Mon–Thu 09:00–17:00», one line a stretch. `zone` says which clock is read."""
    return tuple(f"{weekdays(row.weekdays)} {times.hours(row.start, row.end, zone)}" for row in hours) or ("no hours",)


def week_table(schedule: Schedule, then: Sequence[Hours], zone: ZoneInfo) -> Table:
    """The week before and after, day by day."""
    rows = tuple(
        (times.WEEKDAYS[day], _on(day, schedule.hours, zone), _on(day, then, zone))
        for day in range(len(times.WEEKDAYS))
    )
    return Table(caption=f"{cut(schedule.name)}, before and after", columns=("Day", "Now", "Then"), rows=rows)


def _on(day: int, hours: Sequence[Hours], zone: ZoneInfo) -> str:
    stretches = [times.hours(row.start, row.end, zone) for row in hours if day in row.weekdays]
    return ", ".join(stretches) or "closed"


def only_every_week() -> str:
    return (
        "Working hours are the same in every week; I cannot change every second one, or one a month. "
        "Name the dates, for example «I'm off 4 and 18 december»."
    )


def every_week() -> str:
    """The button that lets hours of some dates hold in every week."""
    return "Every week"


def every_weekday(day: int) -> str:
    return f"Every {times.LONG_WEEKDAYS[day]}"


def weekdays(days: Sequence[int]) -> str:
    """«Mon–Fri», «Mon, Wed and Fri»."""
    ordered = sorted(set(days))
    if len(ordered) > 2 and ordered == list(_WEEK[ordered[0] : ordered[-1] + 1]):
        return f"{times.WEEKDAYS[ordered[0]]}–{times.WEEKDAYS[ordered[-1]]}"
    return listed([times.WEEKDAYS[day] for day in ordered])


def override_line(row: Override, today: date, zone: ZoneInfo) -> str:
    when = times.date_words(row.day, today)
    if row.start is None or row.end is None:
        return f"{when} off"
    return f"{when} {times.hours(row.start, row.end, zone)}"


def schedule_heading(schedule: Schedule) -> str:
    return f"{cut(schedule.name)}{' (default)' if schedule.is_default else ''}, {times.place(schedule.zone)} time"


def used_by(titles: Sequence[str]) -> str:
    """«Intro, Deep dive and 3 more»."""
    shown = [cut(title, 40) for title in titles[:_MOST_TITLES]]
    more = len(titles) - len(shown)
    return listed([*shown, *([f"{more} more"] if more else [])])


def no_schedules() -> str:
    return "There are no working hours yet."


def which_schedule(names: Sequence[str]) -> str:
    return f"Which schedule: {listed([cut(name) for name in names], 'or')}?"


def set_hours(name: str, before: str, after: str) -> str:
    return f"Change the hours of {cut(name)} from {before} to {after}? {until_press('Change hours')}"


def other_hours(lines: str, name: str) -> str:
    return f"Only on these dates, change the hours of {cut(name)}: {lines}? {until_press('Change hours')}"


def hours_begin_now(begins: str) -> str:
    return f"Hours of every week change at once; I cannot let them begin on {begins}. Shall they change now?"


def from_now_on() -> str:
    return "From now on"


def what_hours() -> str:
    return "Which hours, on which days? Say for example «set fridays 9 to 1»."


def time_off(days: str, name: str) -> str:
    return f"Mark {days} as off in {cut(name)}? Nobody can book you then; standing meetings stay. {until_press('Take off')}"


def part_off(lines: str, name: str) -> str:
    return f"Take that off in {cut(name)}, so that this is left: {lines}? {until_press('Take off')}"


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


def part_off_set(left: str, schedule: str) -> str:
    return f"Off, in {cut(schedule)}; what is left: {left}."


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


# what services cannot do


def no_deleting_types(service: str) -> str:
    return f"{service} deletes event types in {service} itself; I can hide one, so that nobody books it."


def no_deleting_schedules(service: str) -> str:
    return f"{service} deletes working hours in {service} itself; I can change them."


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


def off_until_when(first: str) -> str:
    """Days off that have a first day and no last one."""
    return f"Off from {first} until when? Say both days, for example «off from thursday to 4 december»."
