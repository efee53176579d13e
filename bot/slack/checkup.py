"""What an operator wants to know of a Slack token before anything is said with it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.drawing.samples import sample_cards, sample_form
from bot.slack.receiving.app import SCOPES
from bot.slack.sending.api import SlackDown, SlackRefusal, open_client
from bot.values import dataclass

_HAS_NO_CHECK = frozenset({"unknown_method", "feature_not_enabled", "not_allowed_token_type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFacts:
    """Whose token it is and what it lacks. `slack_time`: Slack's clock in its answer, if it told."""

    team: str
    missing_scopes: tuple[str, ...]
    slack_time: datetime | None


async def examine_token(base_url: str, token: str) -> TokenFacts:
    """Ask Slack about a bot token. Raises `SlackRefusal` and `SlackDown`."""
    async with open_client(base_url) as client:
        try:
            answer = await client.api_call("auth.test", headers={"Authorization": f"Bearer {token}"})
        except SlackApiError as error:
            raise SlackRefusal("auth.test", str(error.response.get("error") or "unknown")) from error
        except (TimeoutError, aiohttp.ClientError, SlackClientError, ValueError) as error:
            raise SlackDown(f"auth.test: {type(error).__name__}") from error
    headers = {name.lower(): value for name, value in dict(answer.headers or {}).items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",") if scope.strip()}
    missing = tuple(scope for scope in SCOPES if scope not in granted) if granted else ()
    return TokenFacts(
        team=str(answer.get("team_id") or ""), missing_scopes=missing, slack_time=_time(headers.get("date"))
    )


async def examine_cards(base_url: str, token: str) -> tuple[str, ...]:
    """What Slack has against our cards, in its own words; nothing when it takes them, or has no such check.

    https://docs.slack.dev/reference/methods/blocks.validate
    """
    asked: list[tuple[str, dict[str, object]]] = [
        (name, {"blocks": list(blocks)}) for name, blocks in sample_cards().items()
    ]
    asked.append(("a form", {"view": sample_form()}))
    found: list[str] = []
    async with open_client(base_url) as client:
        for name, arguments in asked:
            try:
                await client.api_call("blocks.validate", json=arguments, headers={"Authorization": f"Bearer {token}"})
            except SlackApiError as error:
                code = str(error.response.get("error") or "unknown")
                if code in _HAS_NO_CHECK:
                    return ()
                found.append(f"{name}: {_first(error.response.get('errors')) or code}")
            except (TimeoutError, aiohttp.ClientError, SlackClientError, ValueError) as error:
                raise SlackDown(f"blocks.validate: {type(error).__name__}") from error
    return tuple(found)


def _first(errors: object) -> str:
    """The first of Slack's remarks: where, and what."""
    one = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return " ".join(str(one[name]) for name in ("pointer", "message") if one.get(name))


async def examine_app_token(base_url: str, token: str) -> None:
    """Ask Slack whether an app-level token may open a socket. Raises `SlackRefusal` and `SlackDown`."""
    async with open_client(base_url) as client:
        try:
            await client.api_call("apps.connections.open", headers={"Authorization": f"Bearer {token}"})
        except SlackApiError as error:
            raise SlackRefusal("apps.connections.open", str(error.response.get("error") or "unknown")) from error
        except (TimeoutError, aiohttp.ClientError, SlackClientError, ValueError) as error:
            raise SlackDown(f"apps.connections.open: {type(error).__name__}") from error


def _time(header: object) -> datetime | None:
    try:
        return parsedate_to_datetime(str(header)).astimezone(UTC) if header else None
    except ValueError:
        return None
