"""Team types that serve a wish better than an own type with colleagues as guests.

A collective type books all of its hosts at once, a round robin whoever of them is free: both fit when somebody from outside is
to meet exactly those colleagues, all of them or one of them. Its hosts are nobody's guests then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.finding.event_types import TypeChoice, choose_type
from bot.dialogue.together.company import people_of
from bot.dialogue.wording.together import people as words
from bot.scheduling.models import Pooling
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import SlotRequest
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import EventType, Person


def team_choice(talk: Talk, request: SlotRequest) -> TypeChoice | None:
    """The team type that fits better, with the own types beside it; None where none does."""
    if request.event_type is not None or request.host_type is not None or request.host or not request.guests:
        return None
    fitting = [kind for kind in talk.context.event_types if _fits(talk, request, kind)]
    own = choose_type(request, talk.context.event_types, talk.context.habits)
    if len(fitting) != 1 or own is None:
        return None
    (kind,) = fitting
    return TypeChoice(kind=kind, length=request.length or kind.length, others=(own.kind, *own.others))


def _fits(talk: Talk, request: SlotRequest, kind: EventType) -> bool:
    wanted = Pooling.ROUND_ROBIN if request.is_either else Pooling.COLLECTIVE
    if kind.is_hidden or kind.pooling is not wanted or (request.length and request.length not in kind.lengths):
        return False
    profile = talk.context.profile
    asker = {name.casefold() for name in (talk.context.asker.name, profile.name if profile else "")}
    hosts = {name.casefold() for name in kind.hosts}
    hosting = {one.name.casefold() for one in hosts_in(request, kind)}
    rest = [one for one in people_of(request) if one.name.casefold() not in hosting]
    return len(hosting) > 1 and hosts <= hosting | asker and len(rest) == 1 and not rest[0].member


def hosts_in(request: SlotRequest, kind: EventType) -> tuple[Person, ...]:
    """The people of the wish who host that type."""
    if kind.pooling is None:
        return ()
    hosts = {name.casefold() for name in kind.hosts}
    return tuple(one for one in people_of(request) if one.member and one.name.casefold() in hosts)


def hosted(request: SlotRequest, kind: EventType) -> SlotRequest:
    """The wish as that type books it: its hosts are there anyway."""
    hosting = hosts_in(request, kind)
    if not hosting:
        return request
    invited = tuple(one for one in people_of(request) if one not in hosting)
    return replace(
        request,
        attendee=invited[0] if invited else None,
        guests=invited[1:],
        is_either=False,
        event_type=kind.id,
    )


def remark(request: SlotRequest, kind: EventType) -> str:
    """What it does, said before its times; empty where no host was named."""
    names = [one.name for one in hosts_in(request, kind)]
    if not names:
        return ""
    return words.round_robin(kind, names) if kind.pooling is Pooling.ROUND_ROBIN else words.collective(kind, names)
