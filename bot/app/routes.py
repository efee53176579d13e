"""The ways to the providers, as the settings name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.gateway.maton import MatonAddresses
from bot.gateway.oauth import OAuth, OAuthClient
from bot.gateway.registry import Routes
from bot.scheduling.accounts import Route
from bot.scheduling.provider import TITLES

if TYPE_CHECKING:
    from bot.app.settings import Settings
    from bot.gateway.client import ApiClient
    from bot.scheduling.grants import Grants

SANDBOX_URL = "http://sandbox"


def build_oauth(settings: Settings, client: ApiClient, grants: Grants) -> OAuth | None:
    """Consent at the providers whose application the settings name; None without any."""
    urls = {"calcom": settings.calcom_api_url, "calendly": settings.calendly_api_url}
    known = tuple(
        OAuthClient(provider=provider, client_id=found[0], client_secret=found[1], api_url=urls[provider])
        for provider in TITLES
        if (found := settings.application(provider))
    )
    return OAuth(client, grants, known, public_url=settings.pencil_public_url or "") if known else None


def build_routes(settings: Settings) -> Routes:
    """Where each way to a provider leads."""
    key = settings.maton_api_key.get_secret_value() if settings.maton_api_key else ""
    maton = MatonAddresses(key=key, base_url=settings.maton_api_url, connections_url=settings.connections_url)
    return Routes(
        offered=_offered(settings),
        maton=maton if key else None,
        calcom_url=settings.calcom_api_url,
        calendly_url=settings.calendly_api_url,
        sandbox_url=SANDBOX_URL,
    )


def _offered(settings: Settings) -> tuple[tuple[str, Route], ...]:
    """What people can connect: through the gateway where there is one, else by consent or key, else in the sandbox."""
    if settings.maton_api_key:
        return tuple((provider, Route.MATON) for provider in TITLES)
    if settings.uses_sandbox:
        return (("calcom", Route.SANDBOX),)
    consents = tuple((provider, Route.OAUTH) for provider in TITLES if settings.application(provider))
    return (*consents, *((provider, Route.DIRECT) for provider in TITLES))
