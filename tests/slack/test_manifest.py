from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from plain_yaml import read_yaml

from bot.slack.install import REDIRECT_PATH
from bot.slack.receiving.app import COMMAND, EVENTS, SCOPES

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "specs" / "slack-manifest.schema.json"


@pytest.fixture(scope="module")
def manifest() -> Any:
    return read_yaml((ROOT / "slack_manifest.yml").read_text())


def test_the_manifest_obeys_slacks_schema(manifest: Any) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"{SCHEMA.name} is not beside this checkout")

    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(manifest)


def test_the_manifest_and_the_code_name_the_same_scopes(manifest: Any) -> None:
    assert manifest["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}


def test_every_subscribed_event_has_a_listener(manifest: Any) -> None:
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


def test_there_is_one_command_and_it_escapes_mentions(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert (command["command"], command["should_escape"]) == (COMMAND, True)


def test_people_can_write_to_us_and_open_our_home(manifest: Any) -> None:
    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_every_address_is_a_route_of_ours(manifest: Any) -> None:
    routes = {
        manifest["features"]["slash_commands"][0]["url"],
        manifest["settings"]["event_subscriptions"]["request_url"],
        manifest["settings"]["interactivity"]["request_url"],
    }
    assert routes == {"https://pencil.example.com/slack/events"}
    assert manifest["oauth_config"]["redirect_urls"] == [f"https://pencil.example.com{REDIRECT_PATH}"]
