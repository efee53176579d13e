"""Who is late, unknown, unconnected, a guest, or without mail and zone is answered in words, and nothing is booked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from fake_slack import direct
from slack_worlds import ANA, CHANNEL, LEE
from test_whole_house import WholeWorld, whole_world

if TYPE_CHECKING:
    from pathlib import Path

KEY = "bm90LWEtcmVhbC1rZXktMzItYnl0ZXMtbG9uZy0xMjM="
WISH = "book intro with kim@example.com tuesday 2pm"


def later(world: WholeWorld, hours: int) -> None:
    clock: Any = world.clock
    clock._offset += timedelta(hours=hours)


async def test_a_late_press_offers_the_time_again_and_books_nothing(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(WISH)
        card = world.last(direct(ANA))
        payload = world.press_payload(card.ts, "Book")
        later(world, 1)
        await world.interact(payload)
        before = len(world.bookings("kim@example.com"))
        again = world.last(direct(ANA))
        await world.press(again.ts, "Book", at="9.0")

        assert before == 0
        assert "Book" not in again.labels
        assert len(world.bookings("kim@example.com")) == 1


async def test_a_press_on_an_old_list_of_meetings_still_leads_somewhere(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("what do I have next week")
        shown = world.last(direct(ANA))
        later(world, 48)
        await world.press(shown.ts, shown.labels[0])
        last = world.last(direct(ANA))

    assert last.text
    assert "went wrong" not in last.text


async def test_who_has_no_calendar_is_shown_how_to_connect_one(tmp_path: Path) -> None:
    async with whole_world(tmp_path, maton_api_key="k", pencil_encryption_key=KEY) as world:
        await world.say(WISH)
        said = world.last(direct(ANA))
        await world.event(
            {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"}, event_id="E1"
        )
        page = str(world.slack.homes[ANA]["blocks"])

    assert any("Connect" in label for label in said.labels)
    assert "Book" not in said.labels
    assert "Connect" in page
    assert "Next meetings" not in page


async def test_a_guest_of_the_workspace_has_a_calendar_of_their_own(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        world.slack.users[LEE] |= {"is_restricted": True}
        await world.say(WISH, member=LEE)
        card = world.last(direct(LEE), reader=LEE)
        await world.press(card.ts, "Book", member=LEE)

        assert len(world.bookings("kim@example.com")) == 1
        assert world.slack.messages(direct(ANA)) == []


async def test_who_has_no_zone_reads_in_which_the_times_are(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        world.slack.users[ANA] = {"id": ANA, "name": "ana", "profile": {"real_name": "Ana"}}
        await world.say(WISH)
        card = world.last(direct(ANA))

    assert "UTC" in card.text


async def test_an_attendee_without_a_mail_address_is_asked_for_and_not_guessed(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        world.slack.add_user("UZOE11", name="Zoe")
        await world.say("book intro with <@UZOE11> tuesday 2pm")
        card = world.last(direct(ANA))

    assert "Book" not in card.labels
    assert "Zoe" in card.text


async def test_a_revoked_token_ends_the_turn_and_a_new_one_goes_on(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(WISH)
        world.slack.fail("chat.update", "token_revoked", times=2)
        world.slack.fail("chat.postMessage", "token_revoked", times=2)
        await world.press(world.last(direct(ANA)).ts, "Book")
        booked = len(world.bookings("kim@example.com"))
        world.slack.faults.clear()
        await world.say("what do I have next week", ts="300.1")
        last = world.last(direct(ANA))

    assert booked == 1
    assert "Kim" in last.text


async def test_somebody_else_presses_nothing_on_a_news_message(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("book interview with kim@example.com tuesday 2pm")
        await world.press(world.last(direct(ANA)).ts, "Book")
        await world.say("show pending requests", ts="200.1")
        card = world.last(direct(ANA))
        payload = world.press_payload(card.ts, "Approve") | {"user": {"id": LEE, "team_id": "T1"}}
        await world.interact(payload)
        states = [str(one.state.value) for one in world.bookings("kim@example.com")]

    assert states == ["pending"]


async def test_a_channel_without_us_costs_nobody_their_answer(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        world.slack.closed_channels.add(CHANNEL)
        await world.command(WISH)
        (answer,) = [one for one in world.slack.messages(CHANNEL, reader=ANA) if one.only_for == ANA]

    assert "Book" in answer.labels
