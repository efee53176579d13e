"""Which token and which bot user serve a team: one token for one workspace, or one installation each for many.

Answers are cached; an installation that is revoked or uninstalled is dropped at once here and, in other processes, when its
time in the cache is up.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from bot.logs import get_logger
from bot.values import dataclass

if TYPE_CHECKING:
    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.scheduling.times import Clock
    from bot.slack.sending.api import SlackApi

ForgetTeam = Callable[[str, str], Awaitable[None]]
"""(enterprise, team); an empty team is the whole organisation."""

log = get_logger("slack.workspaces")

_FRESH_FOR = timedelta(minutes=10)


class Installations(Protocol):
    """Keeps who installed us where, and the states of installs under way. Bodies are secret: encrypted at rest."""

    async def save_installation(
        self, enterprise: str, team: str, *, is_enterprise: bool, installer: str, body: str
    ) -> None:
        """Insert or replace; `team` is empty for an organisation-wide install."""
        ...

    async def find_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> str | None:
        """The body of the team's installation, or of its organisation's."""
        ...

    async def delete_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> None:
        """Forget it."""
        ...

    async def issue_state(self, *, now: datetime, lifetime: timedelta) -> str:
        """A new unguessable state, good for one install."""
        ...

    async def consume_state(self, state: str, *, now: datetime) -> bool:
        """Whether the state was issued and neither used nor too old; it is used now."""
        ...


class Rotates(Protocol):
    """Exchanges tokens that end soon."""

    async def fresh(self, body: str, enterprise: str, team: str) -> str:
        """The installation's body with a token that lasts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One installation as far as we need it."""

    token: str = field(repr=False)
    bot_user: str = ""
    bot_id: str = ""
    team: str = ""
    enterprise: str = ""


class Workspaces:
    """Finds the workspace of a team. With `token` there is one; with `installations` there are many."""

    def __init__(
        self,
        api: SlackApi,
        clock: Clock,
        *,
        token: str = "",
        installations: Installations | None = None,
        forget_team: ForgetTeam | None = None,
        rotation: Rotates | None = None,
    ) -> None:
        self._rotation = rotation
        self._forget_team = forget_team
        self._api = api
        self._clock = clock
        self._token = token
        self._installations = installations
        self._known: dict[tuple[str, str], tuple[datetime, Workspace]] = {}

    async def prime(self) -> Workspace | None:
        """Ask Slack once who we are, before the first request; None with many workspaces."""
        return await self.find("", "") if self._token else None

    async def find(self, enterprise: str, team: str) -> Workspace | None:
        """The workspace that serves this team, None when we are not installed there."""
        key = ("", "") if self._token else (enterprise, team)
        known = self._known.get(key)
        if known and (self._token or self._clock.now() < known[0]):
            return known[1]
        found = await self._ask_slack() if self._token else await self._load(enterprise, team)
        if found:
            self._known[key] = (self._clock.now() + _FRESH_FOR, found)
        return found

    async def drop(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> None:
        """The installation was revoked: forget it here and in the store; an organisation's serves all of its teams."""
        for key in tuple(self._known):
            if key == (enterprise, team) or (is_enterprise and key[0] == enterprise):
                del self._known[key]
        if self._installations is not None:
            await self._installations.delete_installation(enterprise, team, is_enterprise=is_enterprise)
        log.info("slack.uninstalled", team=team)

    async def forget(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> None:
        """We were uninstalled: everything that is kept of the workspace, or of the organisation, is deleted."""
        await self.drop(enterprise, team, is_enterprise=is_enterprise)
        if self._forget_team is not None:
            await self._forget_team(enterprise, "" if is_enterprise else team)

    def suspect(self, enterprise: str, team: str) -> None:
        """Slack refused the token: look the installation up again next time."""
        self._known.pop((enterprise, team), None)

    async def _ask_slack(self) -> Workspace:
        facts = await self._api.call("auth.test", self._token)
        return Workspace(
            token=self._token,
            bot_user=str(facts.get("user_id") or ""),
            bot_id=str(facts.get("bot_id") or ""),
            team=str(facts.get("team_id") or ""),
            enterprise=str(facts.get("enterprise_id") or ""),
        )

    async def _load(self, enterprise: str, team: str) -> Workspace | None:
        if self._installations is None:
            return None
        body = await self._installations.find_installation(enterprise, team)
        if body and self._rotation is not None:
            body = await self._rotation.fresh(body, enterprise, team)
        return read_installation(body) if body else None


def read_installation(body: str) -> Workspace | None:
    """The workspace in an installation's body; None when it holds no bot token."""
    try:
        facts: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(facts, dict) or not facts.get("bot_token"):
        return None
    return Workspace(
        token=str(facts["bot_token"]),
        bot_user=str(facts.get("bot_user_id") or ""),
        bot_id=str(facts.get("bot_id") or ""),
        team=str(facts.get("team_id") or ""),
        enterprise=str(facts.get("enterprise_id") or ""),
    )


class Authorizer(AsyncAuthorize):
    """Bolt's question «may this request come in, and as whom do we act», answered from the cache."""

    def __init__(self, workspaces: Workspaces) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt has no hint there
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002  Bolt's signature, as are the others
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult | None:
        """The workspace as Bolt wants it; None refuses the request."""
        found = await self._workspaces.find(enterprise_id or "", team_id or "")
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=found.bot_user,
            bot_id=found.bot_id,
            bot_token=found.token,
            user_id=user_id,
        )
