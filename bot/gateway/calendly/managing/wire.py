"""Calendly's calls for what a host manages: how they are asked and how their answers are read. Pure.

Traps obeyed here. A change of working hours replaces the whole set of rules: exactly one rule a weekday, empty for a closed
day, and no date before today. `default` can be set, never taken away. Buffers are of a fixed list of minutes. Only one-on-one
types can be changed. https://developer.calendly.com/release-notes
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.errors import Refused
from bot.gateway.calendly import shapes
from bot.gateway.calendly.managing import shapes as managed
from bot.gateway.calendly.wire import PAGE_SIZE, Page, last_part, one_call, page_call
from bot.gateway.calls import ApiRequest, Call, body, query
from bot.scheduling.models import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.scheduling.hosting_writes import CreateOneOff
    from bot.scheduling.models import Hours, Override, Place
    from bot.scheduling.writes import ChangeEventType, CreateEventType, CreateLink

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BUFFERS = (0, 5, 10, 15, 30, 45, 60, 90, 120, 150, 180)
MOST_LENGTHS = 4
MOST_SUBMISSIONS = 20
LONGEST = timedelta(minutes=720)
SHORTEST_STEP = timedelta(minutes=5)
APPS = {
    "zoom": "zoom_conference",
    "google-meet": "google_conference",
    "gotomeeting": "gotomeeting_conference",
    "teams": "microsoft_teams_conference",
    "office365-video": "microsoft_teams_conference",
    "webex": "webex_conference",
}
KINDS = {
    PlaceKind.ADDRESS: "physical",
    PlaceKind.LINK: "custom",
    PlaceKind.OTHER: "custom",
    PlaceKind.PHONE: "inbound_call",
    PlaceKind.ATTENDEE_PHONE: "outbound_call",
    PlaceKind.ATTENDEE_ADDRESS: "ask_invitee",
    PlaceKind.ATTENDEE_CHOICE: "ask_invitee",
}


def create_event_type(write: CreateEventType, owner: str) -> Call[shapes.CalendlyEventType]:
    """A one-on-one type of the account's own."""
    lengths = minutes_of(write.lengths)
    content = body(
        name=write.title,
        owner=owner,
        duration=lengths[0],
        duration_options=sorted(lengths) if len(lengths) > 1 else None,
        description=write.description or None,
        locations=[location_of(place) for place in write.places] or None,
        active=not write.is_hidden,
        before_buffer=buffer_of(write.buffer_before),
        after_buffer=buffer_of(write.buffer_after),
        start_time_increment=step_of(write.interval, write.lengths[0]),
    )
    return _sent("POST", "/event_types", "event_types.create", content, shapes.CalendlyEventType)


def change_event_type(write: ChangeEventType, length: timedelta) -> Call[shapes.CalendlyEventType]:
    """What is None stays. `length` is the type's own, for a step that is to be as long as the meeting."""
    lengths = minutes_of(write.lengths) if write.lengths is not None else ()
    content = body(
        name=write.title,
        duration=lengths[0] if lengths else None,
        duration_options=(sorted(lengths) if len(lengths) > 1 else []) if lengths else None,
        description=write.description,
        locations=None if write.places is None else [location_of(place) for place in write.places],
        active=None if write.is_hidden is None else not write.is_hidden,
        before_buffer=buffer_of(write.buffer_before),
        after_buffer=buffer_of(write.buffer_after),
        start_time_increment=step_of(write.interval, write.lengths[0] if write.lengths else length),
    )
    path = f"/event_types/{last_part(write.event_type, 'event_types')}"
    return _sent("PATCH", path, "event_types.change", content, shapes.CalendlyEventType)


def create_one_off(write: CreateOneOff, host: str) -> Call[managed.OneOff]:
    """These days for one person."""
    content = body(
        name=write.title,
        host=host,
        duration=minutes_of((write.length,))[0],
        timezone=write.zone,
        date_setting={
            "type": "date_range",
            "start_date": write.first.isoformat(),
            "end_date": write.last.isoformat(),
        },
        location=location_of(write.place) if write.place else None,
    )
    return _sent("POST", "/one_off_event_types", "one_off.create", content, managed.OneOff)


def create_share(write: CreateLink, event_type: str) -> Call[managed.Share]:
    """A link for one booking, with what is its own; the event type stays as it is."""
    days = {"period_type": "fixed", "start_date": write.first, "end_date": write.last or write.first}
    content = body(
        event_type=event_type,
        name=write.title[:55] or None,
        duration=minutes_of((write.length,))[0] if write.length else None,
        **({key: str(value) for key, value in days.items()} if write.first else {}),
    )
    return _sent("POST", "/shares", "shares.create", content, managed.Share)


def shares(token: str = "") -> Call[Page[managed.Share]]:
    """Links for one booking."""
    return page_call("/shares", "shares.list", managed.Share, query(count=PAGE_SIZE, page_token=token))


def delete_share(uri: str) -> Call[None]:
    """Withdraw one that is not booked yet."""
    path = f"/shares/{last_part(uri, 'shares')}"
    return Call(ApiRequest(method="DELETE", path=path, operation="shares.delete"), lambda _: None)


def schedule(uri: str) -> Call[shapes.AvailabilitySchedule]:
    """Working hours, read before they are written."""
    path = f"/user_availability_schedules/{last_part(uri, 'user_availability_schedules')}"
    return one_call(path, "schedules.get", shapes.AvailabilitySchedule)


def create_schedule(name: str, zone: str, rules: Sequence[dict[str, Any]]) -> Call[shapes.AvailabilitySchedule]:
    """Applies to no type by itself."""
    content = {"name": name, "timezone": zone, "rules": list(rules)}
    return _sent("POST", "/user_availability_schedules", "schedules.create", content, shapes.AvailabilitySchedule)


def change_schedule(uri: str, **changes: Any) -> Call[shapes.AvailabilitySchedule]:
    """What is None stays."""
    path = f"/user_availability_schedules/{last_part(uri, 'user_availability_schedules')}"
    return _sent("PATCH", path, "schedules.change", body(**changes), shapes.AvailabilitySchedule)


def schedules_of_type(event_type: str) -> Call[bytes]:
    """Which hours a type uses, as it came: the shape of the answer is not published, the URI of the hours stands in it."""
    request = ApiRequest(
        method="GET",
        path="/event_type_availability_schedules",
        operation="event_types.schedules",
        query=query(event_type=event_type),
    )
    return Call(request, lambda data: repr(data).encode())


def contacts(token: str = "") -> Call[Page[managed.Contact]]:
    """People the account has met."""
    return page_call("/contacts", "contacts.list", managed.Contact, query(count=PAGE_SIZE, page_token=token))


def recaps(event: str, token: str = "") -> Call[Page[managed.Recap]]:
    """What is kept of one meeting."""
    pairs = query(event=event, count=PAGE_SIZE, page_token=token)
    return page_call("/meeting_recaps", "recaps.list", managed.Recap, pairs)


def places(user: str, token: str = "") -> Call[Page[shapes.OfferedLocation]]:
    """Places that the account may offer."""
    pairs = query(user=user, count=PAGE_SIZE, page_token=token)
    return page_call("/user_meeting_locations", "places.list", shapes.OfferedLocation, pairs)


def rules_of(hours: Sequence[Hours], overrides: Sequence[Override], *, today: date) -> list[dict[str, Any]]:
    """The whole set: a rule a weekday, a rule a date from today on."""
    weekly: list[dict[str, Any]] = [
        {
            "type": "wday",
            "wday": name,
            "intervals": [
                _interval(each.start, each.end)
                for each in sorted(hours, key=lambda one: one.start)
                if weekday in each.weekdays
            ],
        }
        for weekday, name in enumerate(WEEKDAYS)
    ]
    days = sorted({each.day for each in overrides if each.day >= today})
    return weekly + [{"type": "date", "date": day.isoformat(), "intervals": _on(day, overrides)} for day in days]


def _on(day: date, overrides: Sequence[Override]) -> list[dict[str, str]]:
    return [
        _interval(each.start, each.end)
        for each in overrides
        if each.day == day and each.start is not None and each.end is not None and each.start != each.end
    ]


def _interval(start: time, end: time) -> dict[str, str]:
    return {"from": f"{start:%H:%M}", "to": "24:00" if end == time(0) else f"{end:%H:%M}"}


def minutes_of(lengths: Sequence[timedelta]) -> tuple[int, ...]:
    """Lengths in whole minutes; `Refused` for what Calendly does not take."""
    if len(lengths) > MOST_LENGTHS or not all(timedelta(minutes=1) <= each <= LONGEST for each in lengths):
        raise Refused(
            "lengths out of range",
            code="length",
            for_person=f"Calendly takes up to {MOST_LENGTHS} lengths, each from 1 minute to 12 hours.",
        )
    return tuple(int(each.total_seconds() // 60) for each in lengths)


def buffer_of(length: timedelta | None) -> int | None:
    """A buffer in minutes; `Refused` for one that is not on Calendly's list."""
    if length is None:
        return None
    minutes = int(length.total_seconds() // 60)
    if minutes not in BUFFERS:
        known = ", ".join(str(each) for each in BUFFERS)
        raise Refused(f"a buffer of {minutes}", code="buffer", for_person=f"Calendly takes buffers of {known} minutes.")
    return minutes


def step_of(length: timedelta | None, own: timedelta) -> int | None:
    """How far apart starts are; nothing means as far as the meeting is long."""
    if length is None:
        return None
    wanted = length or own
    if not SHORTEST_STEP <= wanted <= LONGEST:
        raise Refused(
            "a step out of range",
            code="interval",
            for_person="Calendly offers starts from 5 minutes to 12 hours apart.",
        )
    return int(wanted.total_seconds() // 60)


def location_of(place: Place) -> dict[str, str]:
    """A place that a type offers."""
    if place.kind in {PlaceKind.VIDEO, PlaceKind.HOST_DEFAULT}:
        kind = APPS.get(place.app, "" if place.app else "zoom_conference")
        if not kind:
            raise Refused(
                f"video app {place.app[:20]!r}", code="place", for_person="Calendly does not know that video app."
            )
        return {"kind": kind}
    kind = KINDS[place.kind]
    if kind == "inbound_call":
        return {"kind": kind, "phone_number": place.detail}
    return {"kind": kind, "location": place.detail} if place.detail else {"kind": kind}


def is_newer(made_at: datetime | None, since: datetime) -> bool:
    """Whether something was made since then; not known counts as not."""
    return made_at is not None and made_at >= since


def _sent(method: str, path: str, operation: str, payload: dict[str, Any], shape: type[shapes.S]) -> Call[shapes.S]:
    request = ApiRequest(method=method, path=path, operation=operation, body=payload)
    return Call(request, lambda data: shapes.read_resource(shape, data, where=operation))


def routing_forms(organization: str, token: str = "") -> Call[Page[managed.RoutingForm]]:
    """Of the organisation."""
    pairs = query(organization=organization, count=PAGE_SIZE, page_token=token)
    return page_call("/routing_forms", "forms.list", managed.RoutingForm, pairs)


def submissions(form: str) -> Call[Page[managed.Submission]]:
    """Of one form, the newest first."""
    pairs = query(form=form, count=MOST_SUBMISSIONS, sort="created_at:desc")
    return page_call("/routing_form_submissions", "forms.submissions", managed.Submission, pairs)
