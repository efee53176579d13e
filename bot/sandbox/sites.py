"""The providers of the sandbox. Adding one is one line in `build_sites`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.calcom import CalcomSite
from bot.sandbox.calendly import CalendlySite

if TYPE_CHECKING:
    from bot.sandbox.calendar import World
    from bot.sandbox.exchange import Site
    from bot.sandbox.throttle import Throttle


def build_sites(world: World, throttle: Throttle) -> tuple[Site, ...]:
    """Every provider, in the order in which they are asked whether a path without gateway prefix is theirs."""
    return (CalcomSite(world, throttle), CalendlySite(world, throttle))
