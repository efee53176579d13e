"""Calendly's resources → our nouns. Pure.

Ids are Calendly's URIs, unchanged. A booking is a scheduled event with its invitees; what belongs to one invitee (the
reference, the page to move it) is taken from the one that is still invited, or from the last one of a cancelled event.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from bot.errors import ProviderChanged
from bot.gateway.calendly.places import join_link, place_in_words, place_offered
from bot.gateway.calendly.shapes import LONGEST_MINUTES
from bot.scheduling.models import (
    Attendee,
    Booking,
    BookingStatus,
    BusyTime,
    EventType,
    Hours,
    Override,
    Person,
    Profile,
    Question,
    QuestionKind,
    Schedule,
    Slot,
    Team,
    Webhook,
)
from bot.scheduling.times import Interval, as_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.gateway.calendly.shapes import (
        AvailabilityRule,
        AvailabilitySchedule,
        AvailableTime,
        BusyStretch,
        CalendlyEventType,
        CustomQuestion,
        Invitee,
        Membership,
        ScheduledEvent,
        User,
        WebhookSubscription,
    )

_QUESTION_KINDS = {
    "string": QuestionKind.TEXT,
    "text": QuestionKind.LONG_TEXT,
    "phone_number": QuestionKind.PHONE,
    "single_select": QuestionKind.CHOICE,
    "multi_select": QuestionKind.CHOICES,
}
_STATUSES = {"active": BookingStatus.BOOKED, "canceled": BookingStatus.CANCELLED}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVENT_PART = re.compile(r"/scheduled_events/[^/]+")


def profile_of(user: User) -> Profile:
    """Whose account it is."""
    return Profile(
        id=user.uri,
        name=user.name or user.email,
        email=user.email.lower(),
        username=user.slug,
        zone=user.timezone or "UTC",
        organization=user.current_organization,
        booking_page=user.scheduling_url,
    )


def event_type_of(found: CalendlyEventType) -> EventType:
    """A bookable type. It has one length: a booking cannot name another one."""
    profile = found.profile
    return EventType(
        id=found.uri,
        title=found.name or found.slug or "Meeting",
        slug=found.slug,
        lengths=(timedelta(minutes=found.duration),),
        other_lengths=tuple(
            timedelta(minutes=each)
            for each in sorted(found.duration_options)
            if 0 < each <= LONGEST_MINUTES and each != found.duration
        ),
        description=found.description_plain,
        questions=tuple(question_of(question) for question in asked(found)),
        places=tuple(place_offered(location) for location in found.locations if location.kind),
        is_hidden=found.secret or not found.active,
        buffer_before=timedelta(minutes=found.before_buffer),
        buffer_after=timedelta(minutes=found.after_buffer),
        interval=timedelta(minutes=found.start_time_increment) if found.start_time_increment > 0 else None,
        booking_url=found.scheduling_url,
        team=profile.name if profile and profile.type == "Team" else "",
    )


def asked(found: CalendlyEventType) -> tuple[CustomQuestion, ...]:
    """The questions that are asked, in their order."""
    return tuple(sorted((one for one in found.custom_questions if one.enabled), key=lambda one: one.position))


def question_of(question: CustomQuestion) -> Question:
    """A question; its own text is its key."""
    return Question(
        key=question.name,
        label=question.name,
        kind=_QUESTION_KINDS.get(question.type, QuestionKind.TEXT),
        is_required=question.required,
        options=tuple(question.answer_choices),
    )


def slots_of(times: Iterable[AvailableTime], length: timedelta, window: Interval) -> tuple[Slot, ...]:
    """Open starts inside the window as slots, by start."""
    starts = {as_instant(one.start_time) for one in times if one.status == "available"}
    return tuple(Slot(start, start + length) for start in sorted(starts) if window.contains(start))


def busy_of(stretches: Iterable[BusyStretch], window: Interval) -> tuple[BusyTime, ...]:
    """Busy stretches that touch the window, by start; one that two pieces report comes once."""
    found: dict[Interval, BusyTime] = {}
    for stretch in stretches:
        start, end = as_instant(stretch.start_time), as_instant(stretch.end_time)
        if end > start and (interval := Interval(start, end)).overlaps(window):
            found.setdefault(interval, BusyTime(interval=interval, source=stretch.type))
    return tuple(found[interval] for interval in sorted(found))


def booking_of(event: ScheduledEvent, invitees: Sequence[Invitee], *, me: Profile | None = None) -> Booking:
    """A scheduled event and its invitees. A marked absence shows on the attendee."""
    chief = _chief(invitees)
    start, end = as_instant(event.start_time), as_instant(event.end_time)
    if end <= start:
        raise ProviderChanged(field="scheduled_event.end_time")
    return Booking(
        id=event.uri,
        title=event.name or "Meeting",
        slot=Slot(start, end),
        status=_STATUSES.get(event.status, BookingStatus.OTHER),
        event_type=event.event_type,
        attendees=tuple(attendee_of(one) for one in _shown(event, invitees) if one.email),
        hosts=_hosts(event, me),
        guests=tuple(guest.email for guest in event.event_guests if guest.email),
        place=place_in_words(event.location),
        join_url=join_link(event.location),
        reference=chief.tracking.utm_content if chief and chief.tracking else "",
        replaces=event_uri(chief.old_invitee) if chief else "",
        replaced_by=event_uri(chief.new_invitee) if chief else "",
        cancel_reason=event.cancellation.reason if event.cancellation else "",
        move_url=chief.reschedule_url if chief and "canceled" not in {event.status, chief.status} else "",
        created_at=as_instant(event.created_at) if event.created_at else None,
    )


def attendee_of(invitee: Invitee) -> Attendee:
    """An invitee. Calendly may know no zone. Raises `ProviderChanged` for one who cannot be reached at all."""
    if not invitee.email and not invitee.text_reminder_number:
        raise ProviderChanged(field="invitee.email")
    return Attendee(
        name=invitee.name or invitee.email,
        zone=invitee.timezone or "UTC",
        email=invitee.email,
        phone=invitee.text_reminder_number or None,
        is_absent=invitee.no_show is not None,
        id=invitee.uri,
    )


def event_uri(invitee_uri: str) -> str:
    """The scheduled event that an invitee's URI belongs to; empty for none."""
    found = _EVENT_PART.search(invitee_uri)
    return invitee_uri[: found.end()] if found else ""


def schedule_of(found: AvailabilitySchedule) -> Schedule:
    """Working hours and the dates that differ. Rules of a kind we do not know are left out."""
    by_hours: dict[tuple[time, time], list[int]] = {}
    overrides: list[Override] = []
    for rule in found.rules:
        if rule.type == "wday" and rule.wday in _WEEKDAYS:
            for opens, closes in _clock_times(rule):
                by_hours.setdefault((opens, closes), []).append(_WEEKDAYS.index(rule.wday))
        elif rule.type == "date":
            overrides.extend(_overrides(rule))
    hours = (Hours(weekdays=tuple(sorted(set(days))), start=start, end=end) for (start, end), days in by_hours.items())
    return Schedule(
        id=found.uri,
        name=found.name,
        zone=found.timezone,
        is_default=found.default,
        hours=tuple(sorted(hours, key=lambda one: (one.weekdays, one.start))),
        overrides=tuple(sorted(overrides, key=lambda one: (one.day, one.start or time(0)))),
    )


def teams_of(mine: Sequence[Membership], everybody: Sequence[Membership]) -> tuple[Team, ...]:
    """The organisations of the account, with the members it may see. Calendly gives an organisation no name."""
    return tuple(
        Team(
            id=one.organization,
            name="Calendly organisation",
            organization=one.organization,
            members=tuple(_member(each) for each in everybody if each.organization == one.organization),
            role=one.role,
        )
        for one in mine
    )


def webhook_of(found: WebhookSubscription) -> Webhook:
    """A subscription."""
    return Webhook(
        id=found.uri, url=found.callback_url, triggers=tuple(found.events), is_active=found.state == "active"
    )


def _chief(invitees: Sequence[Invitee]) -> Invitee | None:
    active = [one for one in invitees if one.status == "active"]
    if active:
        return active[0]
    return invitees[-1] if invitees else None


def _shown(event: ScheduledEvent, invitees: Sequence[Invitee]) -> Sequence[Invitee]:
    """Who still comes; of a cancelled event, who would have come."""
    if event.status != "active":
        return invitees
    return [one for one in invitees if one.status != "canceled"]


def _hosts(event: ScheduledEvent, me: Profile | None) -> tuple[Person, ...]:
    hosts = []
    for member in event.event_memberships:
        is_me = me is not None and member.user == me.id
        name = member.user_name or (me.name if me and is_me else "")
        email = member.user_email or (me.email if me and is_me else "")
        hosts.append(Person(name=name, email=email or None, zone=me.zone if me and is_me else None))
    return tuple(hosts)


def _member(membership: Membership) -> Person:
    user = membership.user
    return Person(name=user.name or user.email, email=user.email or None, zone=user.timezone or None)


def _overrides(rule: AvailabilityRule) -> tuple[Override, ...]:
    try:
        year, month, number = (int(part) for part in rule.date.split("-"))
        day = date(year, month, number)
    except ValueError:
        raise ProviderChanged(field="availability_schedule.rules.date") from None
    if not rule.intervals:
        return (Override(day=day),)
    return tuple(Override(day=day, start=opens, end=closes) for opens, closes in _clock_times(rule))


def _clock_times(rule: AvailabilityRule) -> tuple[tuple[time, time], ...]:
    return tuple((_clock_time(one.opens), _clock_time(one.closes)) for one in rule.intervals)


def _clock_time(text: str) -> time:
    """`09:30`; `24:00` is midnight, as the end of a day."""
    hours, _, minutes = text.partition(":")
    try:
        return time(int(hours) % 24, int(minutes))
    except ValueError:
        raise ProviderChanged(field="availability_schedule.rules.intervals") from None
