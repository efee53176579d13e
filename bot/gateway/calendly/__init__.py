"""Calendly: https://developer.calendly.com/api-docs, over any route."""

from bot.gateway.calendly.changes import decode_change
from bot.gateway.calendly.provider import CalendlyProvider
from bot.gateway.calendly.shapes import AvailableTime, CalendlyEventType, Invitee, ScheduledEvent, User
from bot.gateway.calendly.wire import PROBE_PATH
from bot.gateway.shapes import learn

__all__ = ["PROBE_PATH", "CalendlyProvider", "decode_change", "warm"]


def warm() -> None:
    """Learn ahead what nearly every first turn reads."""
    learn(User, CalendlyEventType, AvailableTime, ScheduledEvent, Invitee)
