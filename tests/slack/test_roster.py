from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fake_slack import TEAM
from slack_worlds import ANA, CHANNEL, LEE, World, open_world

from bot.scheduling.accounts import Owner
from bot.slack.receiving.roster import to_member
from bot.slack.sending.places import Place, Spot, write_place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OWNER = Owner("", TEAM, ANA)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as world:
        yield world


async def names(world: World) -> list[str]:
    return sorted(member.person.name for member in await world.line.roster.members(OWNER))


async def test_the_members_are_read_page_by_page_and_kept(world: World) -> None:
    world.slack.page = 2
    for number in range(5):
        world.slack.add_user(f"U{number}", name=f"Person {number}")

    first = await names(world)
    again = await names(world)

    assert len(first) == 7
    assert again == first
    assert len(world.slack.called("users.list")) == 4


async def test_who_joins_or_changes_is_read_alone(world: World) -> None:
    await names(world)
    world.slack.add_user("UNEW", name="Nora New", tz="Asia/Tokyo")
    world.slack.add_user(LEE, name="Lee Lang")

    for kind, member in (("team_join", "UNEW"), ("user_change", LEE)):
        await world.event({"type": kind, "user": {"id": member}}, event_id=f"Ev-{kind}")

    assert await names(world) == ["Ana Amsel", "Lee Lang", "Nora New"]
    assert len(world.slack.called("users.list")) == 1


async def test_what_was_known_stays_while_slack_is_away(world: World) -> None:
    before = await names(world)
    world.clock.at += timedelta(hours=2)
    world.slack.fail("users.list", "fatal_error", times=3)

    assert await names(world) == before
    assert await names(world) == before
    assert len(world.slack.called("users.list")) == 2


async def test_a_single_member_is_asked_for_alone(world: World) -> None:
    found = await world.line.roster.member(Owner("", TEAM, LEE))

    assert found is not None
    assert (found.person.name, found.person.zone) == ("Lee Long", "Europe/London")
    assert world.slack.called("users.list") == []
    assert await world.line.roster.member(Owner("", TEAM, "UNOBODY")) is None


async def test_a_group_is_its_members_and_nobody_without_the_scope(world: World) -> None:
    before = await world.line.roster.group(OWNER, "design")
    world.slack.groups["design"] = [LEE, "UGONE"]

    assert before == ()
    assert [person.name for person in await world.line.roster.group(OWNER, "design")] == ["Lee Long"]
    assert [person.name for person in await world.line.roster.group(OWNER, "Design team")] == ["Lee Long"]
    assert [person.name for person in await world.line.roster.group(OWNER, "S0")] == ["Lee Long"]
    assert await world.line.roster.group(OWNER, "sales") == ()


async def test_a_thread_is_who_wrote_in_it_or_reacted_to_its_first_message(world: World) -> None:
    world.slack.add_user("UCY", name="Cy Cole")
    first = {"user": ANA, "ts": "1.1", "reactions": [{"name": "eyes", "users": ["UCY"]}]}
    world.slack.threads[CHANNEL, "1.1"] = [first, {"user": LEE, "ts": "1.2"}, {"user": "UBOT", "bot_id": "B1"}]
    place = write_place(Place(spot=Spot.CHANNEL, channel=CHANNEL, thread="1.1", ts="1.3"))

    found = await world.line.roster.thread(OWNER, place)

    assert [person.name for person in found] == ["Ana Amsel", "Lee Long", "Cy Cole"]
    assert await world.line.roster.thread(OWNER, "") == ()


def test_a_user_is_read_with_everything_that_counts() -> None:
    profile = {"real_name": "Mei Ng", "display_name": "mei", "email": "mei@acme.io"}
    user = {"id": "U1", "name": "mei.ng", "team_id": "T1", "tz": "Asia/Tokyo", "profile": profile}

    plain = to_member(user, "T1")
    assert plain is not None
    assert (plain.person.email, plain.person.zone, plain.nicknames) == ("mei@acme.io", "Asia/Tokyo", ("mei", "mei.ng"))
    assert not plain.is_guest
    assert not plain.is_deactivated


@pytest.mark.parametrize(
    ("more", "is_guest", "is_deactivated"),
    [
        ({"is_restricted": True}, True, False),
        ({"is_ultra_restricted": True}, True, False),
        ({"is_stranger": True}, True, False),
        ({"team_id": "T2"}, True, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, False, False),
        ({"deleted": True}, False, True),
    ],
)
def test_guests_and_those_who_left_are_marked(more: dict[str, object], is_guest: bool, is_deactivated: bool) -> None:  # noqa: FBT001  cases
    found = to_member({"id": "U1", "name": "mei", "team_id": "T1"} | more, "T1")

    assert found is not None
    assert (found.is_guest, found.is_deactivated) == (is_guest, is_deactivated)


@pytest.mark.parametrize(
    "user",
    [
        None,
        "U1",
        {},
        {"id": 7},
        {"id": "U1"},
        {"id": "U1", "name": "bot", "is_bot": True},
        {"id": "USLACKBOT", "name": "s"},
    ],
)
def test_bots_and_what_is_no_user_are_left_out(user: object) -> None:
    assert to_member(user, "T1") is None
