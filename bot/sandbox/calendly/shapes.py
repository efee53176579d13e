"""Rows of the world as Calendly shows them.

The world's event types may be written in Cal.com's words; places and questions are then translated, so that every
account shows the same calendar whichever service it is looked at through.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    PAGES,
    identifier,
    iso_micros,
    organization_uri,
    type_uri,
    uri,
    user_uri,
)
from bot.sandbox.world.calendar import State
from bot.sandbox.world.exchange import whole_minutes

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Booking, EventType, Guest, Schedule, Webhook, World

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TRACKING = ("utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_term", "salesforce_uuid")
_VIDEO = {
    "zoom": "zoom_conference",
    "google-meet": "google_conference",
    "office365-video": "microsoft_teams_conference",
}
_PLACES = {"phone": "inbound_call", "attendeePhone": "outbound_call", "attendeeAddress": "ask_invitee"}
_QUESTIONS = {"textarea": "text", "phone": "phone_number", "select": "single_select", "radio": "single_select"}
_MANY = {"multiselect": "multi_select", "checkbox": "multi_select"}
_BUILT_IN = frozenset({"name", "email", "title", "location", "guests", "rescheduleReason", "notes"})
_BORN = "2025-01-06T09:00:00.000000Z"


def user_shape(world: World, account: Account) -> dict[str, Any]:
    """A user, with the organisation."""
    return {**_member_shape(account), "current_organization": organization_uri(world, account)}


def membership_shape(world: World, account: Account, role: str) -> dict[str, Any]:
    """A user's place in the organisation."""
    return {
        "uri": uri("organization_memberships", identifier("membership", account.id)),
        "role": role,
        "user": _member_shape(account),
        "organization": organization_uri(world, account),
        "created_at": _BORN,
        "updated_at": _BORN,
    }


def type_shape(world: World, kind: EventType) -> dict[str, Any]:
    """An event type. Of several lengths only the default can be booked by API."""
    owner = world.accounts[kind.hosts[0]]
    team = world.teams.get(kind.team) if kind.team else None
    made = iso_micros(kind.created_at)
    pooling = {"roundRobin": "round_robin", "collective": "collective"}.get(kind.scheduling or "")
    return {
        "uri": type_uri(kind.id),
        "name": kind.title,
        "active": kind.settings.get("active", True),
        "slug": kind.slug,
        "scheduling_url": f"{PAGES}/{team.slug if team else owner.username}/{kind.slug}",
        "duration": whole_minutes(kind.length),
        "duration_options": sorted(whole_minutes(each) for each in kind.lengths) if kind.has_options else None,
        "start_time_increment": whole_minutes(kind.slot_interval or timedelta(minutes=30)),
        "before_buffer": whole_minutes(kind.buffer_before),
        "after_buffer": whole_minutes(kind.buffer_after),
        "kind": "group" if kind.seat_count else "solo",
        "pooling_type": pooling,
        "type": "StandardEventType",
        "color": "#0088cc",
        "created_at": made,
        "updated_at": made,
        "internal_note": None,
        "description_plain": kind.description,
        "description_html": f"<p>{kind.description}</p>" if kind.description else None,
        "profile": {
            "type": "Team" if team else "User",
            "name": team.name if team else owner.name,
            "owner": uri("teams", identifier("team", team.id)) if team else user_uri(owner.id),
        },
        "secret": kind.is_hidden,
        "booking_method": "instant",
        "custom_questions": question_shapes(kind),
        "deleted_at": None,
        "kind_description": _kind_in_words(kind, pooling),
        "admin_managed": False,
        "locations": location_shapes(kind),
        "position": sum(other.id < kind.id for other in world.event_types.values() if other.hosts == kind.hosts),
    }


def location_shapes(kind: EventType) -> list[dict[str, Any]]:
    """The places that a type offers."""
    return [_location(place) for place in kind.places]


def question_shapes(kind: EventType) -> list[dict[str, Any]]:
    """What a type asks beside name and address."""
    asked = [question for question in kind.questions if question.get("slug") not in _BUILT_IN]
    return [_question(question, position) for position, question in enumerate(asked)]


def schedule_shape(world: World, schedule: Schedule) -> dict[str, Any]:
    """Working hours: one rule a weekday and one a date."""
    owner = world.accounts[schedule.owner]
    weekly = [
        {
            "type": "wday",
            "wday": name,
            "intervals": [
                _interval(h.start, h.end) for h in sorted(schedule.hours, key=_by_start) if day in h.weekdays
            ],
        }
        for day, name in enumerate(WEEKDAYS)
    ]
    days = sorted({override.day for override in schedule.overrides})
    dated = [
        {
            "type": "date",
            "date": day.isoformat(),
            "intervals": [
                _interval(o.start, o.end)
                for o in schedule.overrides
                if o.day == day and o.start is not None and o.end is not None
            ],
        }
        for day in days
    ]
    return {
        "uri": uri("user_availability_schedules", identifier("schedule", schedule.id)),
        "default": owner.default_schedule == schedule.id,
        "name": schedule.name,
        "user": user_uri(owner.id),
        "timezone": schedule.zone,
        "rules": weekly + dated,
    }


def event_shape(world: World, booking: Booking) -> dict[str, Any]:
    """A scheduled event."""
    kind = world.event_types.get(booking.event_type)
    is_active = booking.state is not State.CANCELLED
    shape: dict[str, Any] = {
        "uri": event_uri(booking),
        "name": kind.title if kind else booking.title,
        "status": "active" if is_active else "canceled",
        "start_time": iso_micros(booking.start),
        "end_time": iso_micros(booking.end),
        "event_type": type_uri(booking.event_type),
        "location": location_of(booking),
        "invitees_counter": {
            "total": len(booking.guests),
            "active": len(booking.guests) if is_active else 0,
            "limit": (kind.seat_count if kind else None) or 1,
        },
        "created_at": iso_micros(booking.created_at),
        "updated_at": iso_micros(booking.updated_at),
        "event_memberships": [_host_shape(world.accounts[host]) for host in booking.hosts],
        "event_guests": [_guest_shape(booking, email) for email in booking.extra_guests],
        "calendar_event": None,
        "meeting_notes_plain": None,
        "meeting_notes_html": None,
    }
    return shape if is_active else {**shape, "cancellation": cancellation_shape(booking)}


def location_of(booking: Booking) -> dict[str, Any] | None:
    """Where a booking happens, in Calendly's own words or translated."""
    kept = booking.settings.get("location")
    if isinstance(kept, Mapping):
        return dict(kept)
    return conference("zoom_conference", booking.uid) if booking.place.startswith("integrations:") else None


def conference(kind: str, uid: str) -> dict[str, Any]:
    """A video place with its join link."""
    shape: dict[str, Any] = {"type": kind, "status": "pushed", "join_url": f"https://video.example.com/j/{uid}"}
    return {**shape, "data": None} if kind != "google_conference" else shape


def invitee_shape(booking: Booking, guest: Guest) -> dict[str, Any]:
    """Somebody invited to one event."""
    is_active = booking.state is not State.CANCELLED
    last = identifier("invitee", guest.id)
    shape: dict[str, Any] = {
        "uri": invitee_uri(booking, guest),
        "email": guest.email,
        "first_name": None,
        "last_name": None,
        "name": guest.name,
        "status": "active" if is_active else "canceled",
        "questions_and_answers": [dict(answer) for answer in guest.responses.get("answers", ())],
        "timezone": guest.zone,
        "event": event_uri(booking),
        "created_at": iso_micros(booking.created_at),
        "updated_at": iso_micros(booking.updated_at),
        "tracking": {key: guest.metadata.get(key) for key in TRACKING},
        "text_reminder_number": guest.phone,
        "rescheduled": bool(booking.moved_to),
        "old_invitee": booking.settings.get("old_invitee"),
        "new_invitee": booking.settings.get("new_invitee"),
        "cancel_url": f"{PAGES}/cancellations/{last}",
        "reschedule_url": f"{PAGES}/reschedulings/{last}",
        "routing_form_submission": None,
        "payment": None,
        "no_show": no_show_mark(booking, guest),
        "reconfirmation": None,
        "scheduling_method": booking.settings.get("method"),
        "invitee_scheduled_by": None,
    }
    return shape if is_active else {**shape, "cancellation": cancellation_shape(booking)}


def cancellation_shape(booking: Booking) -> dict[str, Any]:
    """Who cancelled and why."""
    return {
        "canceled_by": booking.cancelled_by or "",
        "reason": booking.cancel_reason,
        "canceler_type": booking.settings.get("canceler_type", "host"),
        "created_at": iso_micros(booking.updated_at),
    }


def no_show_mark(booking: Booking, guest: Guest) -> dict[str, Any] | None:
    """The mark on an invitee who did not come."""
    if not guest.is_absent:
        return None
    return {"uri": no_show_uri(guest), "created_at": iso_micros(booking.updated_at)}


def webhook_shape(world: World, hook: Webhook) -> dict[str, Any]:
    """A subscription."""
    owner = world.accounts[hook.owner or 0]
    made = iso_micros(hook.created_at)
    return {
        "uri": uri("webhook_subscriptions", hook.id),
        "callback_url": hook.url,
        "created_at": made,
        "updated_at": made,
        "retry_started_at": None,
        "state": "active" if hook.is_active else "disabled",
        "events": list(hook.triggers),
        "scope": hook.settings.get("scope", "user"),
        "organization": organization_uri(world, owner),
        "user": user_uri(owner.id) if hook.settings.get("scope", "user") == "user" else None,
        "creator": user_uri(owner.id),
    }


def event_uri(booking: Booking) -> str:
    """The URI of a scheduled event."""
    return uri("scheduled_events", booking.uid)


def invitee_uri(booking: Booking, guest: Guest) -> str:
    """The URI of an invitee."""
    return f"{event_uri(booking)}/invitees/{identifier('invitee', guest.id)}"


def no_show_uri(guest: Guest) -> str:
    """The URI of a no-show mark."""
    return uri("invitee_no_shows", identifier("no-show", guest.id))


def _member_shape(account: Account) -> dict[str, Any]:
    return {
        "uri": user_uri(account.id),
        "name": account.name,
        "slug": account.username,
        "email": account.email,
        "scheduling_url": f"{PAGES}/{account.username}",
        "timezone": account.zone,
        "avatar_url": None,
        "created_at": _BORN,
        "updated_at": _BORN,
    }


def _host_shape(account: Account) -> dict[str, Any]:
    return {"user": user_uri(account.id), "user_email": account.email, "user_name": account.name}


def _guest_shape(booking: Booking, email: str) -> dict[str, Any]:
    made = iso_micros(booking.created_at)
    return {"email": email, "created_at": made, "updated_at": made}


def _location(place: Mapping[str, Any]) -> dict[str, Any]:
    if "kind" in place:
        return dict(place)
    kind = str(place.get("type"))
    if kind == "integration":
        return {"kind": _VIDEO.get(str(place.get("integration")), "zoom_conference")}
    if kind == "address":
        return {"kind": "physical", "location": place.get("address") or ""}
    if kind == "link":
        return {"kind": "custom", "location": place.get("link") or ""}
    found = {"kind": _PLACES.get(kind, "ask_invitee")}
    return {**found, "phone_number": place.get("phone")} if kind == "phone" else found


def _question(question: Mapping[str, Any], position: int) -> dict[str, Any]:
    kind = str(question.get("type"))
    options = question.get("options") or []
    return {
        "name": question.get("name") or question.get("label") or question.get("slug") or "",
        "type": {**_QUESTIONS, **_MANY}.get(kind, kind if kind in {"text", "string", "phone_number"} else "string"),
        "position": position,
        "enabled": True,
        "required": bool(question.get("required")),
        "answer_choices": [str(option) for option in options],
        "include_other": False,
    }


def _kind_in_words(kind: EventType, pooling: str | None) -> str:
    if pooling:
        return "Round Robin" if pooling == "round_robin" else "Collective"
    return "Group" if kind.seat_count else "One-on-One"


def _interval(start: time, end: time) -> dict[str, str]:
    return {"from": f"{start:%H:%M}", "to": "24:00" if end == time(0) else f"{end:%H:%M}"}


def _by_start(hours: Any) -> time:
    start: time = hours.start
    return start
