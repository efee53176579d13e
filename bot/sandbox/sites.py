"""The providers of the sandbox. Adding one is one line in `build_sites`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.calcom.site import CalcomSite
from bot.sandbox.calendly.site import CalendlySite

if TYPE_CHECKING:
    from bot.sandbox.consents import Consents
    from bot.sandbox.world.calendar import World
    from bot.sandbox.world.exchange import Site
    from bot.sandbox.world.throttle import Throttle


def build_sites(world: World, throttle: Throttle, consents: Consents) -> tuple[Site, ...]:
    """Every provider, in the order in which they are asked whether a path without gateway prefix is theirs."""
    return (CalcomSite(world, throttle, consents), CalendlySite(world, throttle, consents))
