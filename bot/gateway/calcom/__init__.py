"""Cal.com: https://cal.com/docs/api-reference/v2, over any route, current or old shapes."""

from bot.gateway.calcom.changes import decode_change
from bot.gateway.calcom.provider import CalcomProvider
from bot.gateway.calcom.session import Dialect
from bot.gateway.calcom.wire import Versions
from bot.gateway.calcom.wire_account import MeRow
from bot.gateway.calcom.wire_bookings import BookingRow
from bot.gateway.calcom.wire_event_types import EventTypeRow
from bot.gateway.shapes import learn

__all__ = ["PROBE_PATH", "CalcomProvider", "Dialect", "Versions", "decode_change", "warm"]

PROBE_PATH = "/me"


def warm() -> None:
    """Learn ahead what nearly every first turn reads."""
    learn(MeRow, EventTypeRow, BookingRow)
