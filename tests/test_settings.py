from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.app.settings import load_settings
from bot.errors import BadSettings

if TYPE_CHECKING:
    from bot.app.settings import Settings


def settings(**given: object) -> Settings:
    return load_settings(_env_file=None, **given)


def test_nothing_set_means_the_sandbox() -> None:
    assert settings().uses_sandbox


@pytest.mark.parametrize(
    "given",
    [
        {"maton_api_key": "practice"},
        {"calcom_api_url": "https://api.cal.com/v2"},
        {"calendly_api_url": "https://calendly.example.com"},
    ],
)
def test_any_provider_setting_ends_the_sandbox(given: dict[str, str]) -> None:
    assert not settings(**given).uses_sandbox


def test_the_gateways_connections_stand_below_it_unless_said_otherwise() -> None:
    assert settings(maton_api_url="https://gateway.example/").connections_url == "https://gateway.example/connections"
    assert (
        settings(maton_connections_url="https://ctrl.example/connections").connections_url
        == "https://ctrl.example/connections"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"calcom_api_url": "api.cal.com"}, "CALCOM_API_URL: api.cal.com is not an http(s) address"),
        ({"slack_api_url": "https://slack.example/"}, "SLACK_API_URL: https://slack.example/ must end in /api/"),
        ({"port": "eighty"}, "PORT: "),
        ({"pencil_proposal_seconds": 1}, "PENCIL_PROPOSAL_SECONDS: "),
        ({"log_level": "loud"}, "LOG_LEVEL: "),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(given: dict[str, object], said: str) -> None:
    with pytest.raises(BadSettings, match=re.escape(said)):
        settings(**given)


def test_a_secret_is_never_repeated() -> None:
    secret = "xoxb-very-secret"

    with pytest.raises(BadSettings) as caught:
        settings(slack_bot_token=secret, port="eighty")

    assert secret not in str(caught.value)
    assert secret not in repr(settings(slack_bot_token=secret))


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings(), "port", 1)  # noqa: B010  the type checker knows that it cannot be set
