"""What a Calendly token may do: since March 2026 new ones start with nothing, and each family of paths has its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.calendly.calls import denied

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account

_FAMILIES = {
    "users": "users",
    "event_types": "event_types",
    "one_off_event_types": "event_types",
    "event_type_available_times": "availability",
    "event_type_availability_schedules": "availability",
    "user_busy_times": "availability",
    "user_availability_schedules": "availability",
    "scheduled_events": "scheduled_events",
    "invitees": "scheduled_events",
    "invitee_no_shows": "scheduled_events",
    "scheduling_links": "scheduling_links",
    "shares": "shares",
    "contacts": "contacts",
    "routing_forms": "routing_forms",
    "routing_form_submissions": "routing_forms",
    "meeting_recaps": "meeting_recaps",
    "organization_memberships": "organizations",
    "webhook_subscriptions": "webhooks",
}


def require_scope(account: Account, method: str, path: str) -> None:
    """403 that names the scope, for an account whose token has a list of them. `:write` includes `:read`."""
    granted = account.profile.get("scopes")
    family = _FAMILIES.get(path.strip("/").partition("/")[0])
    if granted is None or family is None:
        return
    needed = f"{family}:read" if method == "GET" else f"{family}:write"
    if needed not in granted and f"{family}:write" not in granted:
        raise denied(f"The access token does not have the required scope {needed}")
