"""Cal.com event types as they go out under 2024-06-14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.world.exchange import whole_minutes

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import EventType, World

BOOKING_PAGES = "https://app.example.com"
_PLAIN_FIELDS: tuple[tuple[str, Any], ...] = (
    ("disableGuests", False),
    ("price", 0),
    ("currency", "usd"),
    ("lockTimeZoneToggleOnBookingPage", False),
    ("forwardParamsSuccessRedirect", True),
    ("successRedirectUrl", None),
    ("isInstantEvent", False),
    ("onlyShowFirstAvailableSlot", False),
    ("requiresBookerEmailVerification", False),
    ("hideCalendarNotes", False),
    ("useDestinationCalendarEmail", False),
    ("hideCalendarEventDetails", False),
    ("hideOrganizerEmail", False),
    ("calVideoSettings", {"sendTranscriptionEmails": True}),
    ("bookingRequiresAuthentication", False),
    ("bookerActiveBookingsLimit", {"disabled": True}),
    ("disableCancelling", {"disabled": False}),
    ("disableRescheduling", {"disabled": False}),
    ("interfaceLanguage", None),
    ("allowReschedulingPastBookings", False),
    ("allowReschedulingCancelledBookings", False),
    ("showOptimizedSlots", False),
)
_OPTIONAL_FIELDS = (
    "color",
    "bookingLimitsCount",
    "bookingLimitsDuration",
    "bookerLayouts",
    "customName",
    "destinationCalendar",
)


def event_type_shape(world: World, kind: EventType, *, is_listed: bool = False) -> dict[str, Any]:
    """An event type as it goes out; a list leaves out the hidden title question."""
    shape: dict[str, Any] = {
        "id": kind.id,
        "lengthInMinutes": whole_minutes(kind.length),
        "title": kind.title,
        "slug": kind.slug,
        "description": kind.description or "",
        "locations": [dict(place) for place in kind.places],
        "bookingFields": booking_fields(kind, is_listed=is_listed),
        "recurrence": {"disabled": False, **kind.recurrence} if kind.recurrence else None,
        "slotInterval": whole_minutes(kind.slot_interval) if kind.slot_interval else None,
        "minimumBookingNotice": whole_minutes(kind.notice),
        "beforeEventBuffer": whole_minutes(kind.buffer_before),
        "afterEventBuffer": whole_minutes(kind.buffer_after),
        "metadata": dict(kind.metadata),
        "scheduleId": kind.schedule,
        "offsetStart": whole_minutes(kind.offset),
        "bookingWindow": dict(kind.window) if kind.window else {"disabled": True},
        "confirmationPolicy": _policy(kind),
        "seats": {"disabled": False, **kind.seats} if kind.seats else {"disabled": True},
        "hidden": kind.is_hidden,
    }
    shape |= {name: kind.settings.get(name, default) for name, default in _PLAIN_FIELDS}
    shape |= {name: kind.settings[name] for name in _OPTIONAL_FIELDS if name in kind.settings}
    if kind.has_options:
        shape["lengthInMinutesOptions"] = sorted(whole_minutes(length) for length in kind.lengths)
    return shape | (_team_part(world, kind) if kind.team else _personal_part(world, kind))


def booking_fields(kind: EventType, *, is_listed: bool = False) -> list[dict[str, Any]]:
    """The questions: name, address and place, then the type's own, then the standing rest."""
    name: dict[str, Any] = {
        "isDefault": True,
        "type": "name",
        "slug": "name",
        "required": True,
        "disableOnPrefill": False,
    }
    if kind.is_modern:
        name["label"] = "your_name"
    own = [{"isDefault": False, "disableOnPrefill": False, "hidden": False, **question} for question in kind.questions]
    title = [_default_field("text", "title", is_required=True, is_hidden=True)]
    return [
        name,
        _default_field("email", "email", is_required=True),
        {"isDefault": True, "type": "radioInput", "slug": "location", "required": False, "hidden": False},
        *own,
        *([] if is_listed else title),
        _default_field("textarea", "notes"),
        _default_field("multiemail", "guests"),
        _default_field("textarea", "rescheduleReason"),
    ]


def user_shape(account: Account) -> dict[str, Any]:
    """A host inside an event type."""
    return {
        "id": account.id,
        "name": account.name,
        "username": account.username,
        "avatarUrl": account.profile.get("avatarUrl"),
        "brandColor": None,
        "darkBrandColor": None,
        "weekStart": account.week_start,
        "metadata": {},
    }


def booking_page(world: World, kind: EventType) -> str:
    """The public page of a type."""
    if kind.team and kind.team in world.teams:
        return f"{BOOKING_PAGES}/team/{world.teams[kind.team].slug}/{kind.slug}"
    owner = world.accounts.get(kind.owner or 0)
    return f"{BOOKING_PAGES}/{owner.username if owner else 'nobody'}/{kind.slug}"


def _default_field(kind: str, slug: str, *, is_required: bool = False, is_hidden: bool = False) -> dict[str, Any]:
    return {
        "isDefault": True,
        "type": kind,
        "slug": slug,
        "required": is_required,
        "disableOnPrefill": False,
        "hidden": is_hidden,
    }


def _policy(kind: EventType) -> dict[str, Any]:
    if not kind.approval:
        return {"disabled": True}
    kept = {name: value for name, value in kind.approval.items() if name != "blocks"}
    return {**kept, "blockUnconfirmedBookingsInBooker": bool(kind.approval.get("blocks"))}


def _personal_part(world: World, kind: EventType) -> dict[str, Any]:
    return {
        "ownerId": kind.owner,
        "users": [user_shape(world.accounts[host]) for host in kind.hosts if host in world.accounts],
        "bookingUrl": booking_page(world, kind),
    }


def _team_part(world: World, kind: EventType) -> dict[str, Any]:
    team = world.teams[kind.team or 0]
    hosts = [world.accounts[host] for host in kind.hosts if host in world.accounts]
    return {
        "teamId": team.id,
        "ownerId": None,
        "parentEventTypeId": None,
        "schedulingType": kind.scheduling,
        "assignAllTeamMembers": False,
        "hosts": [
            {
                "userId": host.id,
                "name": host.name,
                "username": host.username,
                "avatarUrl": None,
                "mandatory": kind.scheduling == "collective",
                "priority": "medium",
            }
            for host in hosts
        ],
        "team": {
            "id": team.id,
            "slug": team.slug,
            "bannerUrl": "",
            "name": team.name,
            "logoUrl": "",
            "weekStart": "Monday",
            "brandColor": "#292929",
            "darkBrandColor": "#fafafa",
            "theme": "light",
        },
    }
