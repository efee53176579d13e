"""A person's Slack status and notifications, with a token of their own: asked for by a private link, kept sealed, dropped when
Slack says that it is gone. https://docs.slack.dev/reference/methods/users.profile.set
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from bot.errors import Unsupported
from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.status import ShownStatus
from bot.slack.drawing import phrases
from bot.slack.sending.api import SlackDown, SlackRefusal

if TYPE_CHECKING:
    from bot.scheduling.times import Clock
    from bot.slack.install import OAuthSecrets
    from bot.slack.sending.api import SlackApi
    from bot.slack.workspaces import Installations

log = get_logger("slack.status")

USER_SCOPES = ("dnd:read", "dnd:write", "users.profile:read", "users.profile:write")
"""Asked of each person who wants it, and of nobody else."""
CONSENT_PATH = "/oauth/slack"
AUTHORIZE = "https://slack.com/oauth/v2/authorize"
_GONE = frozenset({"missing_scope", "no_permission", "not_allowed_token_type", "user_not_found"})
_LIFETIME = timedelta(minutes=10)


class MemberTokens(Protocol):
    """Keeps people's own tokens, sealed."""

    async def member_token(self, owner: Owner) -> str:
        """That person's; empty when there is none."""
        ...

    async def keep_member_token(self, owner: Owner, token: str) -> None:
        """Insert or replace."""
        ...

    async def drop_member_token(self, owner: Owner) -> None:
        """Forget it."""
        ...


class SlackStatuses:
    """Implements the port `Statuses` over the Web API."""

    def __init__(
        self, api: SlackApi, tokens: MemberTokens, states: Installations, clock: Clock, secrets: OAuthSecrets | None
    ) -> None:
        self._api = api
        self._tokens = tokens
        self._states = states
        self._clock = clock
        self._secrets = secrets

    async def consent_link(self, owner: Owner) -> str:
        """Where the person consents; empty when they have."""
        if await self._tokens.member_token(owner):
            return ""
        secrets = self._secrets
        if secrets is None or not secrets.public_url:
            raise Unsupported("no client id", for_person=phrases.no_status_here())
        state = await self._states.issue_state(now=self._clock.now(), lifetime=_LIFETIME)
        query = {
            "client_id": secrets.client_id,
            "scope": "",
            "user_scope": ",".join(USER_SCOPES),
            "redirect_uri": f"{secrets.public_url}{CONSENT_PATH}",
            "state": state,
            "team": owner.team,
        }
        return f"{AUTHORIZE}?{urlencode(query)}"

    async def take_consent(self, state: str, code: str) -> Owner | None:
        """A person comes back from Slack: whose token it is; None when the link was not ours, or used, or refused."""
        secrets = self._secrets
        if secrets is None or not code or not await self._states.consume_state(state, now=self._clock.now()):
            return None
        arguments = {
            "client_id": secrets.client_id,
            "client_secret": secrets.client_secret,
            "code": code,
            "redirect_uri": f"{secrets.public_url}{CONSENT_PATH}",
        }
        try:
            answer = await self._api.exchange("oauth.v2.access", **arguments)
        except (SlackRefusal, SlackDown) as error:
            log.info("status.no_consent", code=getattr(error, "code", "down"))
            return None
        person, team, enterprise = (_table(answer.get(name)) for name in ("authed_user", "team", "enterprise"))
        token, member = str(person.get("access_token") or ""), str(person.get("id") or "")
        if not token or not member:
            return None
        owner = Owner(str(enterprise.get("id") or ""), str(team.get("id") or ""), member)
        await self._tokens.keep_member_token(owner, token)
        log.info("status.consented")
        return owner

    async def forget(self, owner: Owner) -> None:
        """The person took their consent back."""
        await self._tokens.drop_member_token(owner)

    async def shown(self, owner: Owner) -> ShownStatus | None:
        """What stands there now."""
        profile = _table((await self._ask(owner, "users.profile.get")).get("profile"))
        text, emoji = str(profile.get("status_text") or ""), str(profile.get("status_emoji") or "")
        if not text and not emoji:
            return None
        until = int(profile.get("status_expiration") or 0)
        return ShownStatus(text=text, emoji=emoji, until=datetime.fromtimestamp(until, UTC) if until else None)

    async def show(self, owner: Owner, status: ShownStatus | None) -> None:
        """This from now on; it ends by itself."""
        until = int(status.until.timestamp()) if status is not None and status.until is not None else 0
        profile = {
            "status_text": status.text[:100] if status is not None else "",
            "status_emoji": status.emoji if status is not None else "",
            "status_expiration": until,
        }
        await self._call(owner, "users.profile.set", profile=profile)

    async def quiet_until(self, owner: Owner) -> datetime | None:
        """When notifications come back. Whoever consented before this was asked for is not asked again: then it is unknown."""
        try:
            answer = await self._api.ask("dnd.info", await self._token(owner))
        except SlackRefusal as refusal:
            if refusal.code == "missing_scope":
                return None
            raise await self._translated(owner, refusal) from refusal
        until = int(answer.get("snooze_endtime") or 0) if answer.get("snooze_enabled") else 0
        return datetime.fromtimestamp(until, UTC) if until else None

    async def disturb_not(self, owner: Owner, minutes: int) -> None:
        """No notifications for a while."""
        if minutes > 0:
            await self._ask(owner, "dnd.setSnooze", num_minutes=minutes)
        else:
            await self._call(owner, "dnd.endSnooze")

    async def _ask(self, owner: Owner, method: str, **arguments: Any) -> dict[str, Any]:
        try:
            return await self._api.ask(method, await self._token(owner), **arguments)
        except SlackRefusal as refusal:
            raise await self._translated(owner, refusal) from refusal

    async def _call(self, owner: Owner, method: str, **arguments: Any) -> dict[str, Any]:
        try:
            return await self._api.call(method, await self._token(owner), **arguments)
        except SlackRefusal as refusal:
            raise await self._translated(owner, refusal) from refusal

    async def _token(self, owner: Owner) -> str:
        token = await self._tokens.member_token(owner)
        if not token:
            raise Unsupported("no consent", for_person=phrases.status_lost())
        return token

    async def _translated(self, owner: Owner, refusal: SlackRefusal) -> SlackRefusal | Unsupported:
        if not refusal.is_dead_token and refusal.code not in _GONE:
            return refusal
        await self._tokens.drop_member_token(owner)
        log.info("status.token_gone", code=refusal.code)
        return Unsupported(refusal.code, for_person=phrases.status_lost())


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
