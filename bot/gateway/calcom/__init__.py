"""Cal.com: https://cal.com/docs/api-reference/v2, over any route, current or old shapes."""

from bot.gateway.calcom.changes import decode_change
from bot.gateway.calcom.provider import CalcomProvider
from bot.gateway.calcom.session import Dialect
from bot.gateway.calcom.wire import Versions

__all__ = ["PROBE_PATH", "CalcomProvider", "Dialect", "Versions", "decode_change"]

PROBE_PATH = "/me"
