"""`pencil doctor`: one line a thing that can be wrong: ok, or what is wrong and where to get it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.app.settings import Settings, load_settings
from bot.errors import BadSettings, NotConnected, PencilError
from bot.gateway.client import ApiClient
from bot.gateway.exchange import NoAnswer, Sent
from bot.gateway.maton import Maton, MatonAddresses
from bot.gateway.transport import Transport
from bot.logs import configure
from bot.operating.offered import offered
from bot.slack.checkup import examine_app_token, examine_cards, examine_token
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.storage import open_store, parse_keys, schema_state
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import SecretStr

MOST_SKEW_SECONDS = 60
"""Slack refuses signatures five minutes off; a clock a minute off is on its way there."""
SHORTEST_TOKEN = 16
MAKE_KEY = "make one with: openssl rand -base64 32"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `is_needed`: without it the bot cannot do what its settings ask for."""

    name: str
    text: str
    is_ok: bool
    is_needed: bool = True

    def __str__(self) -> str:
        """The line as it is printed."""
        mark = "ok  " if self.is_ok else ("BAD " if self.is_needed else "note")
        return f"{mark}  {self.name}: {self.text}"


async def examine(say: Callable[[str], None]) -> int:
    """Check everything and print it; 1 when something needed is missing or wrong."""
    configure("error", "text")
    try:
        settings = load_settings()
    except BadSettings as error:
        for piece in str(error).split("; "):
            say(str(Finding("settings", piece, is_ok=False)))
        return 1
    findings = [Finding("settings", "readable", is_ok=True)]
    findings += await _database(settings)
    findings += await _slack(settings)
    findings += await _providers(settings)
    findings += [Finding(name, text, is_ok=is_ok, is_needed=False) for name, text, is_ok in await offered(settings)]
    findings += _public(settings)
    findings += _metrics(settings)
    for finding in findings:
        say(str(finding))
    return 1 if any(not finding.is_ok and finding.is_needed for finding in findings) else 0


async def _database(settings: Settings) -> list[Finding]:
    try:
        state = await schema_state(settings.database_url)
    except PencilError as error:
        return [Finding("DATABASE_URL", str(error), is_ok=False)]
    name = "DATABASE_URL"
    if state.is_old and not settings.database_url.startswith("sqlite"):
        return [Finding(name, f"schema {state.current} of {state.expected}; run: pencil migrate", is_ok=False)]
    return [Finding(name, f"answers, schema {state.current} of {state.expected}", is_ok=True), *await _keys(settings)]


async def _keys(settings: Settings) -> list[Finding]:
    name = "PENCIL_ENCRYPTION_KEY"
    try:
        keys = parse_keys(settings.encryption_keys)
    except BadSettings as error:
        return [Finding(name, str(error), is_ok=False)]
    if not keys:
        is_fine = settings.uses_sandbox and not settings.slack_client_id
        text = "not set; only the sandbox works without it" if is_fine else f"needed for real accounts; {MAKE_KEY}"
        return [Finding(name, text, is_ok=is_fine)]
    try:
        store = await open_store(settings.database_url, keys, migrate=settings.database_url.startswith("sqlite"))
    except PencilError as error:
        return [Finding(name, str(error), is_ok=False)]
    try:
        stale = {table: count for table, count in (await store.upkeep.stale_rows()).items() if count}
    finally:
        await store.close()
    if stale:
        told = ", ".join(f"{count} in {table}" for table, count in stale.items())
        return [
            Finding(
                name,
                f"rows still under an older key: {told}; run: pencil migrate --reencrypt",
                is_ok=False,
                is_needed=False,
            )
        ]
    return [Finding(name, f"{len(keys)} key{'s' * (len(keys) > 1)}, every row under the first", is_ok=True)]


async def _slack(settings: Settings) -> list[Finding]:
    if not settings.has_slack and not settings.slack_app_token:
        text = "not set: only the terminal chat works; create an app from slack_manifest.yml at api.slack.com/apps"
        return [Finding("SLACK_BOT_TOKEN", text, is_ok=False, is_needed=False)]
    findings = [_is_there("SLACK_SIGNING_SECRET", settings.slack_signing_secret, "Basic Information › App Credentials")]
    if settings.slack_bot_token:
        findings += await _bot_token(settings.slack_api_url, settings.slack_bot_token.get_secret_value())
    if settings.slack_app_token:
        findings.append(await _app_token(settings.slack_api_url, settings.slack_app_token.get_secret_value()))
    return findings


def _is_there(name: str, value: SecretStr | None, where: str) -> Finding:
    if value:
        return Finding(name, "set", is_ok=True)
    return Finding(name, f"empty; copy it from {where}", is_ok=False)


async def _bot_token(base_url: str, token: str) -> list[Finding]:
    name = "SLACK_BOT_TOKEN"
    try:
        facts = await examine_token(base_url, token)
    except SlackRefusal as error:
        return [Finding(name, f"Slack refuses it ({error}); copy it from OAuth & Permissions", is_ok=False)]
    except SlackDown as error:
        return [Finding("SLACK_API_URL", f"no answer ({error})", is_ok=False)]
    missing = ", ".join(facts.missing_scopes)
    text = f"lacks {missing}; add them under OAuth & Permissions and reinstall" if missing else f"works in {facts.team}"
    findings = [Finding(name, text, is_ok=not missing)]
    findings += await _cards(base_url, token)
    if facts.slack_time is not None:
        skew = abs((datetime.now(UTC) - facts.slack_time).total_seconds())
        fine = skew <= MOST_SKEW_SECONDS
        findings.append(Finding("clock", f"{skew:.0f} s off Slack's" + ("" if fine else "; set it by NTP"), is_ok=fine))
    return findings


async def _cards(base_url: str, token: str) -> list[Finding]:
    """Whether Slack takes what we draw; newer blocks that it does not take have a plain twin."""
    try:
        wrong = await examine_cards(base_url, token)
    except SlackDown as error:
        return [Finding("cards", f"could not be checked ({error})", is_ok=False, is_needed=False)]
    text = f"Slack objects: {'; '.join(wrong)}" if wrong else "Slack takes them"
    return [Finding("cards", text, is_ok=not wrong, is_needed=False)]


async def _app_token(base_url: str, token: str) -> Finding:
    try:
        await examine_app_token(base_url, token)
    except SlackRefusal as error:
        text = f"Slack refuses it ({error}); make one with connections:write under Basic Information › App-Level Tokens"
        return Finding("SLACK_APP_TOKEN", text, is_ok=False)
    except SlackDown as error:
        return Finding("SLACK_APP_TOKEN", f"could not be checked ({error})", is_ok=False, is_needed=False)
    return Finding("SLACK_APP_TOKEN", "opens a socket", is_ok=True)


async def _providers(settings: Settings) -> list[Finding]:
    if settings.maton_api_key:
        return [await _maton(settings, settings.maton_api_key.get_secret_value())]
    if settings.uses_sandbox:
        return [Finding("providers", "none set: everybody gets an account in the sandbox", is_ok=True)]
    urls = {
        "CALCOM_API_URL": f"{settings.calcom_api_url}/me",
        "CALENDLY_API_URL": f"{settings.calendly_api_url}/users/me",
    }
    return [await _answers(name, url) for name, url in urls.items() if settings.is_set(name.lower())]


async def _maton(settings: Settings, key: str) -> Finding:
    addresses = MatonAddresses(key=key, base_url=settings.maton_api_url, connections_url=settings.connections_url)
    try:
        async with Transport() as http:
            await Maton(ApiClient(http=http), addresses).connections("calcom")
    except (BadSettings, NotConnected) as error:
        return Finding(
            "MATON_API_KEY", f"the gateway refuses it ({error}); copy it from maton.ai › Settings", is_ok=False
        )
    except PencilError as error:
        return Finding("MATON_API_URL", f"no usable answer ({type(error).__name__}: {error})", is_ok=False)
    return Finding("MATON_API_KEY", "the gateway takes it", is_ok=True)


async def _answers(name: str, url: str) -> Finding:
    """Without a key the right address answers 401; anything else is not this API."""
    try:
        async with Transport() as http, asyncio.timeout(6):
            status = (await http.exchange(Sent("GET", url, ()), connect=2, read=4)).status
    except TimeoutError as error:
        return Finding(name, f"no answer ({type(error).__name__})", is_ok=False)
    except NoAnswer as error:
        return Finding(name, f"no answer ({error.why})", is_ok=False)
    text = "answers" if status == 401 else f"answered {status} where 401 is expected without a key; check the path"
    return Finding(name, text, is_ok=status == 401)


def _metrics(settings: Settings) -> list[Finding]:
    """What of the figures the outside could see."""
    name = "PENCIL_METRICS_TOKEN"
    if settings.pencil_metrics_token is None:
        return [Finding(name, "empty: /metrics answers on this machine only", is_ok=True)]
    if len(settings.pencil_metrics_token.get_secret_value()) < SHORTEST_TOKEN:
        text = "is short enough to be guessed, and /metrics is public with it; make one with: openssl rand -hex 24"
        return [Finding(name, text, is_ok=False, is_needed=False)]
    return [Finding(name, "set: /metrics answers whoever has it, wherever they are", is_ok=True)]


def _public(settings: Settings) -> list[Finding]:
    name = "PENCIL_PUBLIC_URL"
    if settings.pencil_public_url:
        fine = settings.pencil_public_url.startswith("https://")
        return [
            Finding(
                name, "set" if fine else "is not https: Slack's OAuth and webhooks need it", is_ok=fine, is_needed=False
            )
        ]
    is_needed = bool(settings.slack_client_id)
    return [Finding(name, "empty: no news from providers, no installs", is_ok=False, is_needed=is_needed)]
