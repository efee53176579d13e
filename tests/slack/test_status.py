"""A person's status: with their own consent, never over what they set by hand, and ending with its meeting."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from fake_slack import TEAM, direct
from slack_worlds import ANA as MEMBER
from slack_worlds import FixedClock
from test_own_settings import set_up
from test_reminders import ANA, BERLIN, Mornings, SetClock, mornings
from test_whole_house import WholeWorld, whole_world

from bot.dialogue.acts import Chose, Said
from bot.errors import Unsupported
from bot.sandbox.world.calendar import State
from bot.scheduling.reminding.errands import ErrandKind
from bot.scheduling.reminding.status import ShownStatus, StatusWish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.scheduling.accounts import Owner


class Board:
    """One person's status, as the surface has it."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.paused: datetime | None = None
        self.status: ShownStatus | None = None
        self.shows = 0
        self.quiet_for: list[int] = []
        self.has_consent = True

    async def consent_link(self, owner: Owner) -> str:
        return "" if self.has_consent else "https://slack.example.com/consent"

    async def shown(self, owner: Owner) -> ShownStatus | None:
        if not self.has_consent:
            raise Unsupported("no consent")
        return self.status

    async def show(self, owner: Owner, status: ShownStatus | None) -> None:
        self.status, self.shows = status, self.shows + 1

    async def quiet_until(self, owner: Owner) -> datetime | None:
        return self.paused

    async def disturb_not(self, owner: Owner, minutes: int) -> None:
        self.quiet_for.append(minutes)
        self.paused = self.clock.now() + timedelta(minutes=minutes) if minutes else None


@pytest.fixture
async def ana(tmp_path: Path) -> AsyncIterator[Mornings]:
    async with mornings(tmp_path) as found:
        found.house.voices.boards.surface = Board(found.clock)
        found.house.voices.surface = found.letters
        yield found


def board(ana: Mornings) -> Board:
    found = ana.house.voices.boards.surface
    assert isinstance(found, Board)
    return found


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 9, hour, minute, tzinfo=BERLIN).astimezone(UTC)


PLAIN = StatusWish()
MEETING = ShownStatus(text="In a meeting", emoji=":calendar:", until=at(11, 30))
BY_HAND = ShownStatus(text="Deep work", emoji=":headphones:")


async def look(ana: Mornings, hour: int, minute: int = 0) -> None:
    ana.clock.go(hour, minute)
    await ana.rounds.sweep()


async def test_a_meeting_shows_and_ends(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=PLAIN)
    await look(ana, 10, 58)
    before = board(ana).status
    await look(ana, 11)
    during = board(ana).status
    await look(ana, 11, 30)

    assert (before, during, board(ana).status) == (None, MEETING, None)


async def test_what_was_set_by_hand_stays(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=PLAIN)
    board(ana).status = BY_HAND
    await look(ana, 11)
    await look(ana, 11, 30)

    assert board(ana).status == BY_HAND
    assert board(ana).shows == 0


async def test_what_is_set_by_hand_during_a_meeting_stays_after_it(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=PLAIN)
    await look(ana, 11)
    board(ana).status = BY_HAND
    await look(ana, 11, 10)
    await look(ana, 11, 30)

    assert board(ana).status == BY_HAND


async def test_a_title_is_shown_only_where_it_is_wanted_and_notifications_pause(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=StatusWish(shows_titles=True, does_not_disturb=True))
    await look(ana, 11)

    shown = board(ana).status
    assert shown is not None
    assert shown.text == "Intro"
    assert board(ana).quiet_for == [30]


QUIET = StatusWish(does_not_disturb=True)


def becomes(ana: Mornings, **changes: object) -> None:
    """Somebody else has changed the meeting at the provider."""
    assert ana.house.sandbox is not None
    kept = ana.house.sandbox.world.bookings
    found = next(
        one for one in kept.values() if one.start == at(11) and any("kai" in guest.email for guest in one.guests)
    )
    kept[found.uid] = replace(found, **changes)  # type: ignore[arg-type]  # named fields


def cancelled(ana: Mornings) -> None:
    becomes(ana, state=State("cancelled"))


def shortened(ana: Mornings, length: timedelta) -> None:
    becomes(ana, end=at(11) + length)


async def test_notifications_come_back_when_the_meeting_is_cancelled(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=QUIET)
    await look(ana, 11)
    cancelled(ana)
    await look(ana, 11, 10)

    assert board(ana).quiet_for == [30, 0]
    assert board(ana).status is None


async def test_a_meeting_cancelled_in_slack_ends_its_status_at_the_next_round(ana: Mornings) -> None:
    card = await ana.turn(Said(text="book intro with kai@example.org monday 9 march at 11"))
    booked = await ana.turn(Chose(card=card.card, option="book"))
    await ana.want(status=QUIET)
    await look(ana, 11)
    for reply in (booked, None):
        asked = reply or card
        option = next(one.id for one in asked.choices if one.label == "Cancel meeting")
        card = await ana.turn(Chose(card=asked.card, option=option))
    await look(ana, 11, 1)

    assert board(ana).quiet_for == [30, 0]
    assert board(ana).status is None


async def test_notifications_come_back_when_a_shorter_meeting_ends(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=QUIET)
    await look(ana, 11)
    shortened(ana, timedelta(minutes=20))
    await look(ana, 11, 10)

    assert board(ana).quiet_for == [30, 10]


async def test_a_pause_of_ones_own_is_neither_cut_short_nor_ended(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=QUIET)
    board(ana).paused = at(13)
    await look(ana, 11)
    before = list(board(ana).quiet_for)
    board(ana).paused = None
    await look(ana, 11, 10)
    board(ana).paused = at(14)
    cancelled(ana)
    await look(ana, 11, 20)

    assert (before, board(ana).quiet_for) == ([], [20])
    assert board(ana).paused == at(14)


async def test_turning_it_off_ends_the_pause_too(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=QUIET)
    await look(ana, 11)
    await ana.want(status=None)
    await look(ana, 11, 1)

    assert board(ana).quiet_for == [30, 0]


async def test_out_of_office_comes_back_after_a_meeting(ana: Mornings) -> None:
    await ana.book(11)
    card = await ana.turn(Said(text="i'm off on 9 march"))
    await ana.turn(Chose(card=card.card, option=next(one.id for one in card.choices if one.label == "Take off")))
    await ana.want(status=PLAIN)
    shown = []
    for hour, minute in ((10, 0), (11, 0), (11, 30)):
        await look(ana, hour, minute)
        status = board(ana).status
        shown.append(status.text if status else "")

    assert shown == ["Out of office", "In a meeting", "Out of office"]


async def test_one_process_of_two_shows_it_and_another_goes_on_after_a_restart(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=PLAIN)
    ana.clock.go(11)
    await asyncio.gather(ana.rounds.sweep(), ana.rounds.sweep(), ana.rounds.sweep())
    shows = board(ana).shows
    await look(ana, 11, 30)

    assert shows == 1
    assert board(ana).status is None


async def test_turning_it_off_takes_away_what_was_shown(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=PLAIN)
    await look(ana, 11)
    await ana.want(status=None)
    await look(ana, 11, 1)

    assert board(ana).status is None
    assert await ana.house.store.errands.of(ANA, ErrandKind.STATUS) == ()


async def test_consent_that_was_taken_back_ends_it_with_a_word(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(status=PLAIN)
    await look(ana, 11)
    board(ana).has_consent = False
    await look(ana, 11, 30)

    assert (await ana.house.store.preferences.load(ANA)).status is None
    assert [member for member, text in ana.letters.said if "status" in text] == [ANA.member]


async def test_consent_is_waited_for(ana: Mornings) -> None:
    await ana.book(11)
    board(ana).has_consent = False
    await ana.want(status=PLAIN)
    await look(ana, 10, 50)
    board(ana).has_consent = True
    await look(ana, 11)

    assert board(ana).status == MEETING
    assert ana.letters.said == []


# ── in Slack ───────────────────────────────────────────────────────────────────────────────────────────────────────────


KEY = "bm90LWEtcmVhbC1rZXktMzItYnl0ZXMtbG9uZy0xMjM="
GRANT = {
    "ok": True,
    "authed_user": {"id": MEMBER, "access_token": "xoxp-own"},
    "team": {"id": TEAM},
    "enterprise": None,
}


async def consented(world: WholeWorld) -> str:
    """Ana turns it on, presses the link, and comes back; the sentence that offered it."""
    await set_up(world, Slack_status="titles_quiet")
    blocks = world.slack.homes[MEMBER]["blocks"]
    elements = [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
    link = next(one["url"] for one in elements if one["text"]["text"] == "Allow in Slack")
    query = parse_qs(urlsplit(link).query)
    world.slack.faults["oauth.v2.access"] = [(200, GRANT, {})]
    answer = await world.http.get("/oauth/slack", params={"state": query["state"][0], "code": "c"})
    again = await world.http.get("/oauth/slack", params={"state": query["state"][0], "code": "c"})
    assert (answer.status_code, again.status_code) == (200, 400)
    return str(query["user_scope"][0])


def settings() -> dict[str, object]:
    return {
        "slack_client_id": "1.2",
        "slack_client_secret": "s",
        "pencil_public_url": "https://bot.example.com",
        "pencil_encryption_key": KEY,
    }


async def test_each_person_consents_for_themselves_and_the_token_is_theirs(tmp_path: Path) -> None:
    async with whole_world(tmp_path, **settings()) as world:
        scopes = await consented(world)
        assert world.station is not None
        statuses = world.line.statuses
        assert statuses is not None
        await statuses.show(owner(), ShownStatus(text="x" * 200, emoji=":calendar:", until=FixedClock().now()))
        await statuses.disturb_not(owner(), 30)
        used = {call.token for call in world.slack.calls if call.method.startswith(("users.profile", "dnd"))}
        secret = [call.arguments for call in world.slack.calls if call.method == "oauth.v2.access"]

    assert scopes == "dnd:read,dnd:write,users.profile:read,users.profile:write"
    assert used == {"xoxp-own"}
    assert (len(world.slack.status["status_text"]), world.slack.snoozed) == (100, 30)
    assert secret[0]["redirect_uri"] == "https://bot.example.com/oauth/slack"


def owner() -> Owner:
    return replace(ANA, team=TEAM, member=MEMBER)


async def test_a_revoked_token_is_dropped(tmp_path: Path) -> None:
    async with whole_world(tmp_path, **settings()) as world:
        await consented(world)
        assert world.station is not None
        statuses = world.line.statuses
        assert statuses is not None
        world.slack.fail("users.profile.get", "token_revoked")
        with pytest.raises(Unsupported):
            await statuses.shown(owner())
        kept = await world.station.house.store.member_tokens.member_token(owner())

    assert kept == ""


async def test_consent_that_is_taken_back_in_slack_is_gone_at_once(tmp_path: Path) -> None:
    async with whole_world(tmp_path, **settings()) as world:
        await consented(world)
        await world.event({"type": "tokens_revoked", "tokens": {"oauth": [MEMBER], "bot": []}}, event_id="Ev-revoked")
        assert world.station is not None
        kept = await world.station.house.store.member_tokens.member_token(owner())

    assert kept == ""


async def test_where_consent_cannot_be_asked_for_nothing_is_set(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await set_up(world, Slack_status="meeting")
        shown = str(world.slack.homes[MEMBER]["blocks"][0])
        assert world.station is not None
        kept = await world.station.house.store.preferences.load(owner())

    assert "SLACK_CLIENT_ID" in shown
    assert kept.status is None
    assert world.slack.messages(direct(MEMBER)) == []
