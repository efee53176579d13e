from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fake_slack import BOT_USER, TEAM, FakeSlack, direct
from slack_worlds import (
    ANA,
    CHANNEL,
    LEE,
    SECRET,
    FakeAssistant,
    FixedClock,
    MemoryInbox,
    MemoryPages,
    NoLedger,
    World,
    open_world,
)

from bot.loop.leases import Leases
from bot.scheduling.accounts import Owner
from bot.slack.drawing import pages
from bot.slack.install import OAuthSecrets
from bot.slack.receiving.app import SCOPES
from bot.slack.receiving.members import to_person
from bot.slack.sending.api import SlackApi, open_client
from bot.slack.surface import SlackSecrets, build_surface, open_line
from bot.web import Front, build_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

OWNER = Owner("", TEAM, ANA)


class MemoryInstallations:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], str] = {}
        self.states: set[str] = set()
        self.reads = 0

    async def save_installation(
        self, enterprise: str, team: str, *, is_enterprise: bool, installer: str, body: str
    ) -> None:
        self.rows[enterprise, team] = body

    async def find_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> str | None:
        self.reads += 1
        return self.rows.get((enterprise, team)) or self.rows.get((enterprise, ""))

    async def delete_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> None:
        self.rows.pop((enterprise, "" if is_enterprise else team), None)

    async def issue_state(self, *, now: datetime, lifetime: timedelta) -> str:
        self.states.add("state-1")
        return "state-1"

    async def consume_state(self, state: str, *, now: datetime) -> bool:
        return bool(self.states) and self.states.pop() == state


def installation(token: str) -> str:
    return json.dumps({"bot_token": token, "bot_user_id": BOT_USER, "bot_id": "B1", "team_id": TEAM})


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as world:
        yield world


# ── members ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("user", "facts"),
    [
        (
            {"name": "dana", "tz": "Europe/Paris", "profile": {"email": "d@example.com"}},
            ("dana", "d@example.com", "Europe/Paris"),
        ),
        ({"name": "x", "real_name": "Dana Doe", "profile": {"real_name": "  "}}, ("Dana Doe", None, None)),
        ({"name": "guest", "tz": "Mars/Olympus", "profile": {"email": ""}}, ("guest", None, None)),
        ({"name": 7, "tz": ["Europe/Paris"], "profile": "none"}, ("", None, None)),
        (None, ("", None, None)),
    ],
)
def test_a_profile_is_read_as_far_as_it_goes(user: Any, facts: tuple[str, str | None, str | None]) -> None:
    person = to_person("U1", {"user": user})

    assert (person.name, person.email, person.zone) == facts
    assert person.member == "U1"


async def test_an_asker_without_a_zone_gets_utc(world: World) -> None:
    world.slack.add_user(ANA, tz="Nowhere/Land")

    assert (await world.line.members.asker(OWNER)).zone == "UTC"


async def test_a_mentioned_person_without_a_zone_keeps_none(world: World) -> None:
    (stranger,) = await world.line.members.mentioned(OWNER, ("USTRANGER",))

    assert (stranger.email, stranger.zone, stranger.member) == (None, None, "USTRANGER")


async def test_the_locale_of_a_member_is_asked_for_and_kept(world: World) -> None:
    world.slack.add_user(ANA, tz="Europe/Berlin", locale="en-US")

    asker = await world.line.members.asker(OWNER)

    assert asker.locale == "en-US"


async def test_members_are_asked_for_once_an_hour(world: World) -> None:
    for _ in range(3):
        await world.line.members.asker(OWNER)
    world.clock.at += timedelta(minutes=61)
    await world.line.members.asker(OWNER)

    assert len(world.slack.called("users.info")) == 2


async def test_a_changed_profile_is_read_again(world: World) -> None:
    await world.line.members.asker(OWNER)
    world.slack.add_user(ANA, tz="Asia/Tokyo")

    await world.event({"type": "user_change", "user": {"id": ANA, "tz": "Asia/Tokyo"}})

    assert (await world.line.members.asker(OWNER)).zone == "Asia/Tokyo"


async def test_a_failed_question_leaves_what_was_known_and_says_that_it_is_stale(world: World) -> None:
    fresh = await world.line.members.asker(OWNER)
    world.clock.at += timedelta(minutes=61)
    world.slack.fail("users.info", "internal_error", times=5)

    stale = await world.line.members.asker(OWNER)
    world.slack.faults["users.info"].clear()
    world.clock.at += timedelta(seconds=11)
    again = await world.line.members.asker(OWNER)

    assert (stale.name, stale.email, stale.zone) == (fresh.name, fresh.email, fresh.zone)
    assert (fresh.is_stale, stale.is_stale, again.is_stale) == (False, True, False)


async def test_a_changed_profile_that_cannot_be_read_is_still_the_one_that_was_known(world: World) -> None:
    fresh = await world.line.members.asker(OWNER)
    world.slack.fail("users.info", "internal_error", times=5)

    await world.event({"type": "user_change", "user": {"id": ANA, "tz": "Asia/Tokyo"}})

    assert (await world.line.members.asker(OWNER)).zone == fresh.zone


async def test_somebody_unknown_is_asked_for_again_soon(world: World) -> None:
    world.slack.fail("users.info", "internal_error", times=5)
    nobody = await world.line.members.asker(OWNER)
    world.slack.faults["users.info"].clear()
    world.clock.at += timedelta(seconds=11)

    known = await world.line.members.asker(OWNER)

    assert (nobody.name, nobody.zone) == ("somebody", "UTC")
    assert known.zone == "Europe/Berlin"


# ── workspaces ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_one_workspace_is_asked_for_its_name_once(world: World) -> None:
    await world.line.workspaces.prime()
    for ts in ("1.1", "1.2", "1.3"):
        await world.say("hi", ts=ts)

    assert len(world.slack.called("auth.test")) == 1


async def test_each_team_is_served_with_its_own_token() -> None:
    installs = MemoryInstallations()
    installs.rows["", TEAM] = installation("xoxb-team-1")
    async with open_world(token="", installations=installs) as world:
        await world.say("hi")
        await world.say("hi again", ts="100.2")

        tokens = {call.token for call in world.slack.calls if call.method == "chat.postMessage"}
        assert tokens == {"xoxb-team-1"}
        assert installs.reads == 1


async def test_a_team_that_did_not_install_us_is_not_served() -> None:
    async with open_world(token="", installations=MemoryInstallations()) as world:
        answer = await world.say("hi")

        assert answer.status_code == 200
        assert world.assistant.asked == []


async def test_a_command_without_an_installation_is_answered_in_words() -> None:
    async with open_world(token="", installations=MemoryInstallations()) as world:
        await world.command("what is free")

        (shown,) = world.slack.messages(CHANNEL, reader=ANA)
        assert "not installed" in shown.text


def rotating(clock: FixedClock, *, hours: float) -> str:
    ends = int(clock.now().timestamp() + hours * 3600)
    return json.dumps(
        json.loads(installation("xoxb-old"))
        | {"bot_refresh_token": "xoxe-1", "bot_token_expires_at": ends, "user_id": ANA, "enterprise_id": None}
    )


async def rotated(slack: FakeSlack, installs: MemoryInstallations, *, hours: float) -> str:
    """The token that serves the team, when its installation's ends in so many hours."""
    clock = FixedClock()
    installs.rows["", TEAM] = rotating(clock, hours=hours)
    async with open_client(slack.base_url) as client:
        secrets = SlackSecrets(signing_secret=SECRET, oauth=OAuthSecrets(client_id="1.2", client_secret="s"))
        line = open_line(SlackApi(client), secrets, clock, installations=installs)
        found = await line.workspaces.find("", TEAM)
    return found.token if found else ""


FRESH = {"ok": True, "access_token": "xoxb-fresh", "refresh_token": "xoxe-2", "expires_in": 43200}


async def test_a_token_that_ends_soon_is_exchanged_and_kept() -> None:
    installs = MemoryInstallations()
    async with FakeSlack() as slack:
        slack.faults["oauth.v2.access"] = [(200, FRESH, {})]

        assert await rotated(slack, installs, hours=1) == "xoxb-fresh"

        (asked,) = slack.called("oauth.v2.access")
        kept = json.loads(installs.rows["", TEAM])
        assert asked["refresh_token"] == "xoxe-1"
        assert (kept["bot_token"], kept["bot_refresh_token"]) == ("xoxb-fresh", "xoxe-2")


async def test_a_token_that_lasts_is_left_alone() -> None:
    async with FakeSlack() as slack:
        assert await rotated(slack, MemoryInstallations(), hours=3) == "xoxb-old"
        assert slack.called("oauth.v2.access") == []


async def test_who_comes_second_uses_what_the_first_has_kept() -> None:
    class Overtaken(MemoryInstallations):
        async def find_installation(self, enterprise: str, team: str, *, is_enterprise: bool = False) -> str | None:
            found = await super().find_installation(enterprise, team)
            self.rows["", TEAM] = installation("xoxb-of-the-first")
            return found

    async with FakeSlack() as slack:
        slack.fail("oauth.v2.access", "invalid_refresh_token")

        assert await rotated(slack, Overtaken(), hours=1) == "xoxb-of-the-first"


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}]
)
async def test_an_uninstall_forgets_the_token_at_once(event: dict[str, Any]) -> None:
    installs = MemoryInstallations()
    installs.rows["", TEAM] = installation("xoxb-team-1")
    async with open_world(token="", installations=installs) as world:
        await world.say("hi")
        await world.event(event, event_id="Ev9")
        await world.say("hi again", ts="100.2")

        assert installs.rows == {}
        assert len(world.assistant.asked) == 1


async def test_a_persons_own_revoked_token_changes_nothing() -> None:
    installs = MemoryInstallations()
    installs.rows["", TEAM] = installation("xoxb-team-1")
    async with open_world(token="", installations=installs) as world:
        await world.event({"type": "tokens_revoked", "tokens": {"oauth": [LEE], "bot": []}})

        assert installs.rows


# ── installing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


# slack_sdk signs in with a class that aiohttp will drop in version 4
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_an_install_is_stored_once_and_only_for_the_browser_that_began_it() -> None:
    installs = MemoryInstallations()
    async with installing(installs) as (http, slack):
        page = await http.get("/slack/install")
        link = urlsplit(page.text.partition('<a href="')[2].partition('"')[0].replace("&amp;", "&"))
        cookie = SimpleCookie(page.headers["set-cookie"])
        http.cookies.clear()
        jar = {"cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookie.items())}
        slack.faults["oauth.v2.access"] = [(200, GRANT, {})]

        state = parse_qs(link.query)["state"][0]
        stranger = await http.get("/slack/oauth_redirect", params={"code": "c", "state": state})
        done = await http.get("/slack/oauth_redirect", params={"code": "c", "state": state}, headers=jar)
        again = await http.get("/slack/oauth_redirect", params={"code": "c", "state": state}, headers=jar)

        assert set(parse_qs(link.query)["scope"][0].split(",")) == set(SCOPES)
        assert (stranger.status_code, done.status_code, again.status_code) == (400, 200, 401)
        assert json.loads(installs.rows["", "T7"])["bot_token"] == "xoxb-new"
        assert ("Acme" in done.text, "app=A1&amp;team=T7" in done.text) == (True, True)
        assert ("another browser" in stranger.text, "Try again" in stranger.text) == (True, True)
        await slack.until("chat.postMessage")
        (welcome,) = slack.messages(direct(ANA))
        assert "/pencil" in welcome.text


GRANT = {
    "ok": True,
    "access_token": "xoxb-new",
    "token_type": "bot",
    "scope": "chat:write",
    "bot_user_id": BOT_USER,
    "app_id": "A1",
    "team": {"id": "T7", "name": "Acme"},
    "enterprise": None,
    "is_enterprise_install": False,
    "authed_user": {"id": ANA},
}


class installing:  # noqa: N801  reads as a context, not as a class
    def __init__(self, installs: MemoryInstallations) -> None:
        self._installs = installs

    async def __aenter__(self) -> tuple[httpx.AsyncClient, FakeSlack]:
        self._slack = await FakeSlack().__aenter__()
        self._opened = open_client(self._slack.base_url)
        api = SlackApi(await self._opened.__aenter__())
        oauth = OAuthSecrets(client_id="1.2", client_secret="s", public_url="https://bot.example.com")
        line = open_line(
            api, SlackSecrets(signing_secret=SECRET, oauth=oauth), FixedClock(), installations=self._installs
        )
        self._group = await asyncio.TaskGroup().__aenter__()
        inbox = MemoryInbox()
        leases = Leases(inbox=inbox, ledger=NoLedger(), clock=line.clock)  # type: ignore[arg-type]  # what it renews
        surface = build_surface(line, FakeAssistant(), inbox, leases, self._group.create_task, pages=MemoryPages())
        web = build_web(Front(slack=surface.door, webhook=_refuse, is_healthy=_yes, metrics=_text))
        transport = httpx.ASGITransport(app=web)
        self._http = httpx.AsyncClient(transport=transport, base_url="https://bot.example.com")
        return self._http, self._slack

    async def __aexit__(self, *_: object) -> None:
        await self._group.__aexit__(None, None, None)
        await self._http.aclose()
        await self._opened.__aexit__(None, None, None)
        await self._slack.__aexit__(None, None, None)


async def _refuse(*_: object) -> int:
    return 404


async def _yes() -> bool:
    return True


async def _text() -> str:
    return ""


def test_an_install_page_says_what_is_asked_for_and_why() -> None:
    page = pages.install_page('https://slack.com/oauth/v2/authorize?client_id=1.2&scope="x"')

    assert all(what in page and why in page for what, why, _ in pages.REASONS)
    assert "&amp;scope=&quot;x&quot;" in page


def test_nothing_from_outside_stands_on_a_page_as_it_came() -> None:
    shown = pages.installed_page("<script>", 'x" onclick="') + pages.failed_page("<script>", "'><script>")

    assert "<script>" not in shown
    assert 'onclick="' not in shown


async def test_without_installs_the_pages_are_not_there(world: World) -> None:
    answers = [await world.http.get(path) for path in ("/slack/install", "/slack/oauth_redirect")]

    assert [one.status_code for one in answers] == [404, 404]
