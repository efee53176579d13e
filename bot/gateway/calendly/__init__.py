"""Calendly: https://developer.calendly.com/api-docs, over any route."""

from bot.gateway.calendly.changes import decode_change
from bot.gateway.calendly.provider import CalendlyProvider
from bot.gateway.calendly.wire import PROBE_PATH

__all__ = ["PROBE_PATH", "CalendlyProvider", "decode_change"]
