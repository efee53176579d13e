"""Picks and votes as Slack sends them: signed, by strangers, twice at once, late, from two processes, after a restart."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import _paths  # noqa: F401  where the stand-ins are
import httpx
import pytest
from fake_slack import TOKEN, Shown, direct
from house_worlds import FRIDAY, Block, database_bytes, open_block
from slack_worlds import ANA, CHANNEL, LEE, SECRET

from bot.app.serving import open_station
from bot.app.settings import load_settings
from bot.app.wiring import OffsetClock
from bot.sandbox.world.calendar import Busy
from bot.scheduling.accounts import Owner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CY, GUEST = "UCYCY", "UGUEST"


@pytest.fixture
async def block(tmp_path: Path) -> AsyncIterator[Block]:
    async with open_block(tmp_path) as opened:
        people(opened)
        yield opened


def people(block: Block) -> None:
    block.slack.add_user(CY, name="Cy Cole", email="cy@acme.io", tz="America/New_York")
    block.slack.add_user(GUEST, name="Gus Ferro", email="gus@elsewhere.example")
    block.slack.users[GUEST]["is_restricted"] = True


@asynccontextmanager
async def beside(block: Block, folder: Path) -> AsyncIterator[Block]:
    """A second process on the same database, the same Slack and the same calendars."""
    settings = load_settings(
        _env_file=None,
        slack_bot_token=TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=block.slack.base_url,
        database_url=f"sqlite:///{folder}/pencil.db",
    )
    async with open_station(settings, clock=OffsetClock(FRIDAY), sandbox=block.sandbox) as station:
        transport = httpx.ASGITransport(app=station.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://pencil") as http:
            real: dict[str, Any] = {
                "assistant": station.house.assistant,
                "inbox": station.house.store.inbox,
                "clock": station.house.clock,
                "line": station.line,
                "surface": station.surface,
            }
            yield Block(app=station.app, slack=block.slack, http=http, work=set(), station=station, **real)


async def private(block: Block, member: str) -> Shown:
    """What that member alone reads in the channel, the latest."""
    return [one for one in block.slack.messages(CHANNEL, reader=member) if one.only_for == member and one.labels][-1]


async def public(block: Block) -> Shown:
    """The card that everybody reads in the channel."""
    return [one for one in block.slack.messages(CHANNEL) if not one.only_for and one.blocks][-1]


async def shared(block: Block, text: str = "share intro here next week, at most 1") -> Shown:
    """Ana's times, put up in the channel with her press."""
    await block.mention(text)
    preview = await private(block, ANA)
    await block.press(preview.ts, "Share here", channel=CHANNEL)
    return await public(block)


async def picked(block: Block, card: Shown, member: str, number: int = 0) -> Shown:
    """That member's own card for a time of a shared card."""
    await block.press(card.ts, card.labels[number], member=member, channel=CHANNEL, at=f"{number}.{member}")
    return await private(block, member)


async def test_what_is_public_of_a_share_is_times_and_nothing_else(block: Block) -> None:
    card = await shared(block)

    said = str(card.blocks)
    assert "<!date^" in said
    assert "Ana Amsel" in said
    assert not any(word in said for word in ("ana@acme.io", "Stand-up", "Dentist", "meet.example.com"))
    assert block.writes() == 0


async def test_a_pick_is_two_presses_of_two_people_and_one_write_on_the_sharers_account(block: Block) -> None:
    card = await shared(block)
    own = await picked(block, card, LEE)
    before = block.writes()

    await block.press(own.ts, "Book", member=LEE, channel=CHANNEL)

    (row,) = await block.rows()
    accounts = await block.here.house.store.accounts.accounts_of(replace(row.owner, member=ANA))
    assert (before, block.writes()) == (0, 1)
    assert row.owner.member == LEE
    assert row.account == accounts[0].id
    assert "Booked" in block.slack.messages(direct(LEE))[-1].text
    assert "Lee Long picked" in block.slack.messages(direct(ANA))[-1].text
    assert "are gone or over" in (await public(block)).text


@pytest.mark.parametrize("member", [GUEST, "USTRANGER"])
async def test_a_stranger_picks_nothing(block: Block, member: str) -> None:
    card = await shared(block)

    await block.press(card.ts, card.labels[0], member=member, channel=CHANNEL)

    last = [one for one in block.slack.messages(CHANNEL, reader=member) if one.only_for == member][-1]
    assert "These times are for colleagues" in last.text
    assert not last.labels
    assert block.writes() == 0


async def test_a_pick_that_is_forged_onto_another_person_books_nothing(block: Block) -> None:
    card = await shared(block)
    own = await picked(block, card, LEE)
    stolen = block.press_payload(own.ts, "Book", member=LEE, channel=CHANNEL)
    stolen["user"] = {"id": CY, "team_id": "T1"}

    await block.interact(stolen)

    assert block.writes() == 0


async def test_two_picks_of_the_last_place_at_once_are_one_booking(block: Block, tmp_path: Path) -> None:
    card = await shared(block)
    lees, cys = await picked(block, card, LEE, 0), await picked(block, card, CY, 1)

    async with beside(block, tmp_path) as other:
        await asyncio.gather(
            block.press(lees.ts, "Book", member=LEE, channel=CHANNEL),
            other.press(cys.ts, "Book", member=CY, channel=CHANNEL),
        )

    assert block.writes() == 1
    assert len(await block.rows()) == 1


async def test_a_double_click_on_a_pick_is_one_booking(block: Block) -> None:
    own = await picked(block, await shared(block), LEE)

    await asyncio.gather(
        *(block.press(own.ts, "Book", member=LEE, channel=CHANNEL, at=f"{number}") for number in (1, 2))
    )

    assert block.writes() == 1


async def test_a_press_after_the_share_ended_books_nothing(block: Block) -> None:
    card = await shared(block)
    own = await picked(block, card, LEE)
    ended = await private(block, ANA)
    await block.press(ended.ts, "End it now", channel=CHANNEL)

    await block.press(own.ts, "Book", member=LEE, channel=CHANNEL)

    assert block.writes() == 0
    assert "are gone or over" in (await public(block)).text


async def test_a_shared_card_works_after_a_restart(block: Block, tmp_path: Path) -> None:
    card = await shared(block)

    async with beside(block, tmp_path) as after:
        own = await picked(after, card, LEE)
        await after.press(own.ts, "Book", member=LEE, channel=CHANNEL)

        assert after.writes() == 1
        assert "are gone or over" in (await public(after)).text


# ── polls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def polled(block: Block) -> Shown:
    await block.mention(f"poll <@{LEE}> and <@{CY}>: mon 2pm, tue 2pm or wed 2pm")
    preview = await private(block, ANA)
    await block.press(preview.ts, "Post poll", channel=CHANNEL)
    return await public(block)


async def vote(block: Block, card: Shown, member: str, number: int, *, at: str = "1.0") -> None:
    await block.press(card.ts, card.labels[number], member=member, channel=CHANNEL, at=f"{at}{member}")


async def test_votes_at_once_from_two_processes_both_count(block: Block, tmp_path: Path) -> None:
    card = await polled(block)

    async with beside(block, tmp_path) as other:
        await asyncio.gather(vote(block, card, LEE, 1), vote(other, card, CY, 1))

        (asked,) = await block.here.house.store.polls.polls_of(Owner("", "T1", ANA), now=FRIDAY)
        assert sorted((one.member, one.option) for one in asked.votes) == [(CY, 1), (LEE, 1)]
        assert "2 of 2 can" in block.slack.messages(direct(ANA))[-1].text


async def test_votes_stand_on_the_card_in_its_own_place_and_survive_a_restart(block: Block, tmp_path: Path) -> None:
    card = await polled(block)
    await vote(block, card, LEE, 0)

    async with beside(block, tmp_path) as after:
        await vote(after, await public(after), CY, 0, at="2.0")

    assert (await public(block)).ts == card.ts
    assert "2 of 2 (Cy Cole and Lee Long)" in (await public(block)).text
    assert block.writes() == 0


async def test_a_vote_that_is_run_again_after_a_crash_is_not_taken_back(block: Block) -> None:
    card = await polled(block)
    payload = block.press_payload(card.ts, card.labels[0], member=LEE, channel=CHANNEL)

    await block.interact(payload)
    await block.interact(payload)  # Slack's retry
    await block.interact(payload | {"actions": [payload["actions"][0] | {"action_ts": "1.0"}]})

    assert "1 of 2 (Lee Long)" in (await public(block)).text


async def test_nothing_of_a_share_or_a_poll_is_logged(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    card = await shared(block)
    own = await picked(block, card, LEE)
    await block.press(own.ts, "Book", member=LEE, channel=CHANNEL)

    logged = "".join(capsys.readouterr())
    assert not any(word in logged for word in ("Lee", "Ana", "acme.io", "Intro"))


async def test_an_edit_that_comes_late_leaves_the_newest_votes_on_the_card(block: Block, tmp_path: Path) -> None:
    card = await polled(block)
    late = asyncio.Event()

    async with beside(block, tmp_path) as other:
        block.slack.held["chat.update"].append(late)
        lees = asyncio.create_task(vote(block, card, LEE, 1))
        await block.slack.until("chat.update", len(block.slack.called("chat.update")) + 1)
        await vote(other, card, CY, 1)
        late.set()
        await lees

    assert "2 of 2 (Cy Cole and Lee Long)" in (await public(block)).text


async def test_everybody_has_answered_is_told_once(block: Block) -> None:
    card = await polled(block)
    for member in (LEE, CY):
        await vote(block, card, member, 1)
    await vote(block, await public(block), LEE, 0, at="2.0")

    told = [one.text for one in block.slack.messages(direct(ANA)) if "can" in one.text and "2 of 2" in one.text]
    assert len(told) == 1


async def test_a_poll_in_direct_messages_shows_every_vote_to_everybody(block: Block) -> None:
    await block.say(f"poll <@{LEE}> and <@{CY}>: mon 2pm, tue 2pm or wed 2pm")
    preview = [one for one in block.slack.messages(direct(ANA)) if one.labels][-1]
    await block.press(preview.ts, "Post poll")
    card = [one for one in block.slack.messages(direct(LEE)) if one.labels][-1]

    await block.press(card.ts, card.labels[1], member=LEE)

    assert "1 of 2 (Lee Long)" in block.slack.messages(direct(CY))[-1].text


# ── whose free times ───────────────────────────────────────────────────────────────────────────────────────────────────


async def lee_shares(block: Block) -> None:
    await block.say("share my free times", member=LEE)
    card = [one for one in block.slack.messages(direct(LEE)) if one.labels][-1]
    await block.press(card.ts, "Share free times", member=LEE)


def fill(block: Block, email: str, start: datetime) -> None:
    """That person's calendar is full for half an hour."""
    owner = next(one for one in block.sandbox.world.accounts.values() if one.email == email)
    end = start + timedelta(minutes=30)
    block.sandbox.world.busy.append(Busy(owner=owner.id, start=start, end=end, title="Oncologist"))


async def test_who_is_busy_by_now_is_not_booked_and_the_same_card_shows_the_next_best(block: Block) -> None:
    await lee_shares(block)
    card = await block.card(f"intro with <@{LEE}> monday 2pm")
    fill(block, "lee@acme.io", datetime(2026, 3, 9, 13, tzinfo=UTC))

    await block.press(card.ts, "Book")

    after = next(one for one in block.slack.messages(direct(ANA)) if one.ts == card.ts)
    assert block.writes() == 0
    assert "Lee Long has something else on Mon 9 Mar 14:00" in after.text
    assert "nothing was booked" in after.text
    assert "Book" not in after.labels
    assert any("Mon 9 Mar" in label or ":" in label for label in after.labels)
    assert "Oncologist" not in str([call.arguments for call in block.slack.calls])


async def test_a_guest_is_told_nothing_of_anybodys_calendar_or_address(block: Block) -> None:
    await block.say(f"30 min with <@{LEE}> on monday", member=GUEST)
    before = block.slack.messages(direct(GUEST))[-1]
    await lee_shares(block)
    for hour in range(8, 17):
        fill(block, "lee@acme.io", datetime(2026, 3, 9, hour, tzinfo=UTC))

    await block.say(f"30 min with <@{LEE}> on monday", member=GUEST, ts="101.1")
    after = block.slack.messages(direct(GUEST))[-1]
    await block.say("book intro with lee monday 3pm", member=GUEST, ts="102.1")

    assert (after.text, after.labels) == (before.text, before.labels)
    assert "lee@acme.io" not in block.slack.messages(direct(GUEST))[-1].text


async def test_a_guest_asks_nobody_for_their_free_times(block: Block) -> None:
    await block.say(f"30 min with <@{LEE}> and <@{CY}> on monday", member=GUEST)
    card = [one for one in block.slack.messages(direct(GUEST)) if one.labels][-1]
    ask = next(label for label in card.labels if label.startswith("Ask"))

    await block.press(card.ts, ask, member=GUEST)

    assert "members of this workspace only" in block.slack.messages(direct(GUEST))[-1].text
    assert block.slack.messages(direct(LEE)) == []
    assert block.slack.messages(direct(CY)) == []


async def test_free_times_of_others_are_nowhere_in_the_database(block: Block, tmp_path: Path) -> None:
    await lee_shares(block)
    fill(block, "lee@acme.io", datetime(2026, 3, 9, 13, 7, tzinfo=UTC))
    await block.say(f"30 min with <@{LEE}> and <@{CY}> next week", ts="102.1")

    assert b"Oncologist" not in database_bytes(tmp_path)
    assert b"13:07" not in database_bytes(tmp_path)
    assert block.here.house.colleagues._kept  # in memory, for five minutes
