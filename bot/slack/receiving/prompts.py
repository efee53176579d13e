"""What is offered to be said when somebody opens the messages of the agent: it fits what they have, and costs one call.

Where the app is no agent, Slack refuses that once and is not asked again. https://docs.slack.dev/ai/developing-agents
"""

from __future__ import annotations

import secrets
from dataclasses import field
from typing import TYPE_CHECKING

from bot.dialogue.acts import ConversationKey
from bot.errors import PencilError
from bot.logs import bind_turn, get_logger
from bot.scheduling.accounts import Owner
from bot.slack.drawing import phrases
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.slack.ports import Assistant, Spawn
    from bot.slack.receiving.members import Members
    from bot.slack.receiving.payloads import Payload
    from bot.slack.sending.outbox import Outbox
    from bot.slack.sending.sessions import Sessions

log = get_logger("slack.prompts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """Offers sentences. `refused` holds the teams where the app is no agent."""

    assistant: Assistant
    members: Members
    outbox: Outbox
    sessions: Sessions
    spawn: Spawn
    refused: set[tuple[str, str]] = field(default_factory=set)

    def open(self, payload: Payload) -> None:
        """Offer what fits, beside the ack."""
        event = payload.event
        if event is None or not isinstance(event.user, str) or not event.channel:
            return
        owner = Owner(payload.enterprise_of, payload.team_of, event.user)
        if (owner.enterprise, owner.team) not in self.refused:
            self.spawn(self._offer(owner, event.channel))

    async def _offer(self, owner: Owner, channel: str) -> None:
        with bind_turn(secrets.token_hex(6)):
            asker = await self.members.asker(owner)
            try:
                offered = await self.assistant.prompts(key=ConversationKey(owner=owner, channel=channel), asker=asker)
            except PencilError:
                offered = phrases.prompts()
            try:
                await self.outbox.suggest(owner, channel, offered)
                self.sessions.learn(owner)
            except SlackRefusal as refusal:
                self.refused.add((owner.enterprise, owner.team))
                log.info("slack.no_prompts", code=refusal.code)
            except SlackDown:
                log.info("slack.no_prompts", code="down")
