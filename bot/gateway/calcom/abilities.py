"""What Cal.com can do, in the shapes of either of its hosts."""

from __future__ import annotations

from functools import cache

from bot.scheduling.limits import Aspect
from bot.scheduling.provider import Capabilities

_OLD_ASPECTS = frozenset({Aspect.TITLE, Aspect.LENGTHS, Aspect.DESCRIPTION, Aspect.VISIBILITY})


@cache
def abilities(*, is_current: bool) -> Capabilities:
    """Of a host that speaks today's shapes, or the old ones."""
    return Capabilities(
        provider="calcom",
        title="Cal.com",
        holds=True,
        moves=True,
        approval=is_current,
        calendar_links=is_current,
        changes_place=is_current,
        is_old=not is_current,
        guests=True,
        adds_guests=is_current,
        manages_event_types=True,
        type_aspects=frozenset(Aspect) if is_current else _OLD_ASPECTS,
        deletes=True,
        manages_schedules=True,
        manages_profile=True,
        teams=is_current,
        absence=is_current,
        links=True,
        changes_webhooks=True,
        link_uses=True,
        away=True,
        several_hosts=is_current,
        removes_guests=is_current,
        changes_entries=is_current,
        recurring=is_current,
        forms=is_current,
        routes=is_current,
    )
