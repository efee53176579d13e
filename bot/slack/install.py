"""Installing into many workspaces: Bolt's OAuth pages over our own store of installations."""

from __future__ import annotations

import json
import logging
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from slack_bolt import BoltResponse
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.slack.drawing import pages
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.scheduling.times import Clock
    from bot.slack.workspaces import Installations

log = get_logger("slack.install")

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
_STATE_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthSecrets:
    """What Slack knows this app by. `public_url` is where browsers reach us."""

    client_id: str
    client_secret: str = field(repr=False)
    public_url: str = ""


class StateStore(AsyncOAuthStateStore):
    """States of installs under way: issued once, used once."""

    def __init__(self, installations: Installations, clock: Clock) -> None:
        self._installations = installations
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """Bolt asks for it."""
        return logging.getLogger(__name__)

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:  # noqa: ARG002  Bolt's signature
        """A new state."""
        return await self._installations.issue_state(now=self._clock.now(), lifetime=_STATE_LIFETIME)

    async def async_consume(self, state: str) -> bool:
        """Whether it was ours and fresh."""
        return await self._installations.consume_state(state, now=self._clock.now())


class InstallationStore(AsyncInstallationStore):
    """Bolt's view of our installations."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    @property
    def logger(self) -> logging.Logger:
        """Bolt asks for it."""
        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Keep it; an organisation-wide one stands under the organisation alone."""
        is_enterprise = bool(installation.is_enterprise_install)
        await self._installations.save_installation(
            installation.enterprise_id or "",
            "" if is_enterprise else installation.team_id or "",
            is_enterprise=is_enterprise,
            installer=installation.user_id or "",
            body=json.dumps(installation.to_dict(), default=str),
        )

    async def async_save_bot(self, bot: Bot) -> None:
        """The whole installation is kept; its bot needs no row of its own."""

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002  Bolt's signature
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation that serves this team."""
        body = await self._installations.find_installation(
            enterprise_id or "", team_id or "", is_enterprise=bool(is_enterprise_install)
        )
        return Installation(**json.loads(body)) if body else None

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Its bot."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget it."""
        await self._installations.delete_installation(enterprise_id or "", team_id or "", is_enterprise=not team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget it, unless only one person's grant went."""
        if user_id is None:
            await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)


def build_oauth(
    secrets: OAuthSecrets,
    store: InstallationStore,
    states: StateStore,
    *,
    scopes: Sequence[str],
    client: AsyncWebClient,
    welcome: Callable[[Owner], object],
) -> AsyncOAuthFlow:
    """The two pages of an install. `welcome` greets whoever installed us; it must not wait."""
    settings = AsyncOAuthSettings(
        client_id=secrets.client_id,
        client_secret=secrets.client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=f"{secrets.public_url}{REDIRECT_PATH}" if secrets.public_url else None,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        installation_store=store,
        state_store=states,
        state_expiration_seconds=int(_STATE_LIFETIME.total_seconds()),
    )
    flow = _Flow(client=client, settings=settings)

    async def greet(arguments: AsyncSuccessArgs) -> BoltResponse:
        installed = arguments.installation
        if installed.user_id:
            welcome(Owner(installed.enterprise_id or "", installed.team_id or "", installed.user_id))
        team = "" if installed.is_enterprise_install else f"&team={quote(installed.team_id or '')}"
        url = f"https://slack.com/app_redirect?app={quote(installed.app_id or '')}{team}"
        return _shown(pages.installed_page(installed.team_name or installed.enterprise_name or "", url))

    async def explain(arguments: AsyncFailureArgs) -> BoltResponse:
        log.info("slack.install_failed", why=arguments.reason[:80])
        page = pages.failed_page(arguments.reason, f"{secrets.public_url}{INSTALL_PATH}")
        return _shown(page, status=arguments.suggested_status_code)

    flow.success_handler = greet
    flow.failure_handler = explain
    return flow


class _Flow(AsyncOAuthFlow):
    """Bolt's pages with our own face."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002  Bolt's signature
        """What is asked for and why, before Slack asks."""
        return pages.install_page(url)


def _shown(page: str, *, status: int = 200) -> BoltResponse:
    return BoltResponse(status=status, body=page, headers={"Content-Type": "text/html; charset=utf-8"})
