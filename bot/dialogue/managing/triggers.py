"""What a provider can send news about, in its own words and in ours."""

from __future__ import annotations

_NEWS = {
    "calcom": ("BOOKING_CREATED", "BOOKING_REQUESTED", "BOOKING_RESCHEDULED", "BOOKING_CANCELLED", "BOOKING_REJECTED"),
    "calendly": ("invitee.created", "invitee.canceled"),
}
_WORDS = {
    "BOOKING_CREATED": "new bookings",
    "BOOKING_REQUESTED": "booking requests",
    "BOOKING_RESCHEDULED": "moves",
    "BOOKING_CANCELLED": "cancellations",
    "BOOKING_REJECTED": "refusals",
    "BOOKING_NO_SHOW_UPDATED": "no-shows",
    "MEETING_STARTED": "meeting starts",
    "MEETING_ENDED": "meeting ends",
    "invitee.created": "new bookings",
    "invitee.canceled": "cancellations and moves",
    "invitee_no_show.created": "no-shows",
    "invitee_no_show.deleted": "no-shows taken back",
}
_NAMED = {
    "calcom": {
        "created": "BOOKING_CREATED",
        "new": "BOOKING_CREATED",
        "booked": "BOOKING_CREATED",
        "booking": "BOOKING_CREATED",
        "request": "BOOKING_REQUESTED",
        "reschedul": "BOOKING_RESCHEDULED",
        "move": "BOOKING_RESCHEDULED",
        "cancel": "BOOKING_CANCELLED",
        "reject": "BOOKING_REJECTED",
        "decline": "BOOKING_REJECTED",
        "no_show": "BOOKING_NO_SHOW_UPDATED",
        "no-show": "BOOKING_NO_SHOW_UPDATED",
        "no show": "BOOKING_NO_SHOW_UPDATED",
        "start": "MEETING_STARTED",
        "end": "MEETING_ENDED",
    },
    "calendly": {
        "created": "invitee.created",
        "new": "invitee.created",
        "booked": "invitee.created",
        "booking": "invitee.created",
        "cancel": "invitee.canceled",
        "move": "invitee.canceled",
        "no_show": "invitee_no_show.created",
        "no-show": "invitee_no_show.created",
        "no show": "invitee_no_show.created",
    },
}


def news_triggers(provider: str) -> tuple[str, ...]:
    """What we subscribe to for telling a person their news."""
    return _NEWS.get(provider, _NEWS["calcom"])


def named_triggers(provider: str, text: str) -> tuple[str, ...]:
    """The triggers that a person names; all of ours when none is named."""
    rows = _NAMED.get(provider, _NAMED["calcom"])
    lowered = text.lower()
    found = tuple(dict.fromkeys(trigger for word, trigger in rows.items() if word in lowered))
    return found or news_triggers(provider)


def trigger_words(triggers: tuple[str, ...]) -> tuple[str, ...]:
    """The triggers in words."""
    return tuple(dict.fromkeys(_WORDS.get(trigger, trigger) for trigger in triggers))
