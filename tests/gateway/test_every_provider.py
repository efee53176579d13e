"""A provider of the registry has the whole port, and is known wherever a service is named."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from gateway_fakes import NOW
from gateway_worlds import OWNER, open_world

from bot.app.settings import Settings
from bot.dialogue.families import AccountRequest
from bot.dialogue.managing.connecting import provider_named
from bot.dialogue.managing.triggers import news_triggers
from bot.dialogue.wording.connecting import key_form
from bot.gateway.maton import APPS
from bot.gateway.oauth import SCOPES
from bot.gateway.registry import FAMILIES
from bot.language.meaning import Intent, Reference
from bot.language.understand import understand
from bot.scheduling.accounts import Account, Route
from bot.scheduling.provider import TITLES, Provider

PORT = sorted(name for name in vars(Provider) if not name.startswith("_"))
KNOWN = {
    "TITLES in bot/scheduling/provider.py": set(TITLES),
    "APPS in bot/gateway/maton.py": set(APPS),
    "SCOPES in bot/gateway/oauth.py": set(SCOPES),
}

SETTINGS = ("{}_api_url", "{}_client_id", "{}_client_secret")
"""What an operator sets for a provider."""


@pytest.mark.parametrize("name", FAMILIES)
async def test_a_provider_has_the_whole_port(name: str) -> None:
    world = await open_world("current", Route.DIRECT)
    account = Account(id="x", owner=OWNER, provider=name, route=Route.DIRECT, secret="cal_live_example")

    port = type(world.registry.provider(account))

    assert [method for method in PORT if not hasattr(port, method)] == []
    await world.http.aclose()


@pytest.mark.parametrize("where", KNOWN)
def test_every_provider_is_known_where_services_are_named(where: str) -> None:
    assert KNOWN[where] == set(FAMILIES)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_service_is_found_by_its_title(name: str) -> None:
    assert provider_named(AccountRequest(intent=Intent.CONNECT, provider=TITLES[name])) == name


@pytest.mark.parametrize("name", FAMILIES)
def test_an_operator_can_set_it_and_a_person_finds_their_key(name: str) -> None:
    missing = [field.format(name) for field in SETTINGS if field.format(name) not in Settings.model_fields]

    assert missing == []
    assert key_form(name)[2] != key_form("nobody's")[2]


@pytest.mark.parametrize("name", FAMILIES)
def test_it_is_understood_by_its_title_and_its_news_are_its_own(name: str) -> None:
    read = understand(f"connect {TITLES[name]}", Reference(now=NOW, zone=ZoneInfo("Europe/Berlin")))
    others = [news_triggers(other) for other in FAMILIES if other != name]

    assert (read.intent, read.detail("provider")) == (Intent.CONNECT, name)
    assert news_triggers(name) not in others
