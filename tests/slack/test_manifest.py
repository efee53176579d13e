from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from plain_yaml import read_yaml
from slack_bolt import BoltResponse
from slack_worlds import World, open_world

from bot.slack.install import REDIRECT_PATH
from bot.slack.receiving.app import AGENT_EVENTS, AGENT_SCOPES, COMMAND, EVENTS, SAID, SCOPES
from bot.slack.receiving.inbound import FIND
from bot.slack.receiving.payloads import payload_of
from bot.slack.receiving.requests import ReadRequest
from bot.slack.receiving.shortcuts import BOOK
from bot.slack.receiving.steps import STEPS
from bot.slack.sending.status import CONSENT_PATH, USER_SCOPES

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "specs" / "slack-manifest.schema.json"


PLAIN, AGENT = "slack_manifest.yml", "slack_manifest.agent.yml"


def read(name: str) -> Any:
    return read_yaml((ROOT / name).read_text())


@pytest.fixture(params=[PLAIN, AGENT])
def manifest(request: pytest.FixtureRequest) -> Any:
    return read(request.param)


def test_the_manifest_obeys_slacks_schema(manifest: Any) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"{SCHEMA.name} is not beside this checkout")

    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(manifest)


def test_the_manifests_and_the_code_name_the_same_scopes() -> None:
    own = {"user": sorted(USER_SCOPES), "user_optional": sorted(USER_SCOPES)}
    assert read(PLAIN)["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)} | own
    assert read(AGENT)["oauth_config"]["scopes"] == {"bot": sorted((*SCOPES, *AGENT_SCOPES))} | own


def test_every_scope_has_its_reason_in_the_readme() -> None:
    told = (ROOT / "README.md").read_text().partition("### Scopes")[2].partition("\n## ")[0]

    assert [scope for scope in (*SCOPES, *AGENT_SCOPES, *USER_SCOPES) if f"`{scope}`" not in told] == []


def test_every_subscribed_event_has_a_listener() -> None:
    def events(name: str) -> Any:
        return read(name)["settings"]["event_subscriptions"]["bot_events"]

    assert events(PLAIN) == list(EVENTS)
    assert events(AGENT) == sorted((*EVENTS, *AGENT_EVENTS))


def test_every_shortcut_and_step_has_its_code(manifest: Any) -> None:
    shortcuts = {one["callback_id"]: one["type"] for one in manifest["features"]["shortcuts"]}

    assert shortcuts == {FIND: "message", BOOK: "global"}
    assert tuple(read(AGENT)["functions"]) == STEPS


def test_a_step_names_its_parameters_as_it_reads_them() -> None:
    for step in read(AGENT)["functions"].values():
        for parameters in (step["input_parameters"], step["output_parameters"]):
            assert [key for key, one in parameters.items() if one["name"] != key] == []


def test_the_agent_is_the_same_app_with_an_agent_beside_it() -> None:
    plain, agent = read(PLAIN), read(AGENT)
    for place in ("functions", "mcp_servers"):
        agent.pop(place)
    agent["features"].pop("agent_view")
    agent["settings"].pop("function_runtime")
    agent["settings"]["org_deploy_enabled"] = plain["settings"]["org_deploy_enabled"]
    agent["oauth_config"]["scopes"]["bot"].remove(*AGENT_SCOPES)
    for event in AGENT_EVENTS:
        agent["settings"]["event_subscriptions"]["bot_events"].remove(event)

    assert agent == plain


def test_slacks_assistant_reaches_the_tools_signed() -> None:
    assert read(AGENT)["mcp_servers"] == {
        "pencil": {"url": "https://pencil.example.com/mcp", "auth_type": "slack_identity_auth"}
    }


async def test_bolts_table_names_what_the_manifest_names() -> None:
    async with open_world() as world:
        listeners = [listener.ack_function.__name__ for listener in world.surface.door._app._async_listeners]
        asked = set[str]()
        for event in {event.partition(".")[0] for event in (*EVENTS, *AGENT_EVENTS)} - SAID:
            asked.add(await _taken_by(world, {"type": event}))

    assert asked == {"on_opened", "on_member_changed", "on_uninstalled", "on_revoked", "on_step", "on_stopped"}
    assert set(listeners) == asked | {"on_request", "on_book", "on_booking_form", "on_form", "on_other"}


async def _taken_by(world: World, event: dict[str, Any]) -> str:
    """The listener of Bolt's table that takes an event."""
    payload = payload_of({"type": "event_callback", "team_id": "T1", "event": event})
    assert payload is not None
    request = ReadRequest(payload, mode="http")
    for listener in world.surface.door._app._async_listeners:
        if await listener.async_matches(req=request, resp=BoltResponse(status=200)):
            return listener.ack_function.__name__
    return ""


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
    pages = [f"https://pencil.example.com{path}" for path in (REDIRECT_PATH, CONSENT_PATH)]
    assert manifest["oauth_config"]["redirect_urls"] == pages
