"""Tokens that live for twelve hours, where a workspace has turned rotation on: exchanged two hours before they end.

A refresh token is good for one exchange. Of two processes that exchange at once one is refused; what the other has kept by then
is read again. Without a refresh token an installation stays as it is. https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import json
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.logs import get_logger
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.times import Clock
    from bot.slack.sending.api import SlackApi
    from bot.slack.workspaces import Installations

log = get_logger("slack.rotation")

_AHEAD = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """Exchanges tokens of installations."""

    api: SlackApi
    installations: Installations
    clock: Clock
    client_id: str
    client_secret: str = field(repr=False)

    async def fresh(self, body: str, enterprise: str, team: str) -> str:
        """The installation with a token that lasts; as it was when nothing is due or Slack cannot be reached."""
        facts = _facts(body)
        refresh, ends = facts.get("bot_refresh_token"), facts.get("bot_token_expires_at")
        if not refresh or not isinstance(ends, int | float):
            return body
        if ends - self.clock.now().timestamp() > _AHEAD.total_seconds():
            return body
        try:
            answer = await self.api.exchange(
                "oauth.v2.access",
                client_id=self.client_id,
                client_secret=self.client_secret,
                grant_type="refresh_token",
                refresh_token=refresh,
            )
        except SlackRefusal as refusal:
            log.warning("slack.not_rotated", code=refusal.code)
            return await self.installations.find_installation(enterprise, team) or body
        except SlackDown:
            return body
        return await self._keep(facts, answer)

    async def _keep(self, facts: dict[str, Any], answer: dict[str, Any]) -> str:
        lasts = int(answer.get("expires_in") or 0)
        fresh = facts | {
            "bot_token": answer.get("access_token") or facts.get("bot_token"),
            "bot_refresh_token": answer.get("refresh_token") or facts.get("bot_refresh_token"),
            "bot_token_expires_at": int(self.clock.now().timestamp()) + lasts,
        }
        body = json.dumps(fresh, default=str)
        is_enterprise = bool(facts.get("is_enterprise_install"))
        await self.installations.save_installation(
            str(facts.get("enterprise_id") or ""),
            "" if is_enterprise else str(facts.get("team_id") or ""),
            is_enterprise=is_enterprise,
            installer=str(facts.get("user_id") or ""),
            body=body,
        )
        log.info("slack.rotated")
        return body


def _facts(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
