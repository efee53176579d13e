"""The global shortcut: its form stands open within the trigger's three seconds, from nothing but the calendar's date, and is
filled in with the person's event types as soon as they are known.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.dialogue.acts import ConversationKey
from bot.errors import PencilError
from bot.logs import bind_turn, get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.times import find_zone
from bot.slack.drawing.booking_form import CALLBACK, booking_form, form_mistakes
from bot.slack.drawing.views import form_blocks_of, form_values, form_view
from bot.slack.ids import FormOrigin
from bot.slack.sending.places import Spot
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import Person
    from bot.scheduling.times import Clock
    from bot.slack.ports import Assistant, Spawn
    from bot.slack.receiving.members import Members
    from bot.slack.receiving.payloads import Payload
    from bot.slack.sending.outbox import Outbox

log = get_logger("slack.shortcuts")

BOOK = "book_a_meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcuts:
    """Opens the form and looks over what was sent."""

    assistant: Assistant
    members: Members
    outbox: Outbox
    clock: Clock
    spawn: Spawn

    def open(self, payload: Payload) -> None:
        """Open the form beside the ack; the trigger is good for three seconds and one use."""
        member = payload.user.id if payload.user else None
        if member and payload.trigger_id:
            owner = Owner(payload.enterprise_of, payload.team_of, member)
            self.spawn(self._open(owner, payload.trigger_id))

    async def _open(self, owner: Owner, trigger: str) -> None:
        with bind_turn(secrets.token_hex(6)):
            asker = await self.members.asker(owner)
            today = self.clock.now().astimezone(_zone(asker)).date()
            bare = form_view(booking_form((), today), FormOrigin(card=BOOK, option=BOOK), callback=CALLBACK)
            opened = await self.outbox.open_view(owner, trigger, bare)
            if opened is None:
                return
            channel = await self.outbox.direct_channel(owner)
            try:
                kinds = await self.assistant.event_types(ConversationKey(owner=owner, channel=channel), asker)
            except PencilError as error:
                log.info("shortcut.no_types", why=type(error).__name__)
                return
            if kinds:
                origin = FormOrigin(card=BOOK, option=BOOK, channel=channel, spot=Spot.DIRECT)
                full = form_view(booking_form(kinds, today), origin, callback=CALLBACK)
                await self.outbox.update_view(owner, opened, full)

    async def mistakes(self, payload: Payload) -> dict[str, str]:
        """What to say under which input."""
        view, member = payload.view, payload.user.id if payload.user else None
        if view is None or not member:
            return {}
        asker = await self.members.asker(Owner(payload.enterprise_of, payload.team_of, member))
        wrong = form_mistakes(dict(form_values(view.state)), self._now(), _zone(asker))
        blocks = form_blocks_of(view.state)
        return {blocks[name]: text for name, text in wrong.items() if name in blocks}

    def _now(self) -> datetime:
        return self.clock.now()


def _zone(person: Person) -> ZoneInfo:
    zone = find_zone(person.zone)
    if zone is None:
        raise ValueError(f"{person.zone} is no zone")
    return zone
