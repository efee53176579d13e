"""Whose is it: presses, forms, webhooks and states that are forged, guessed, replayed or somebody else's do nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import direct
from house_worlds import Block, open_block
from slack_worlds import ANA, LEE, submission

from bot.scheduling.accounts import Owner
from bot.slack.ids import FormOrigin, write_origin, write_pressed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def block(tmp_path: Path) -> AsyncIterator[Block]:
    async with open_block(tmp_path) as opened:
        yield opened


def value_of(payload: dict[str, Any]) -> str:
    value: str = payload["actions"][0]["value"]
    return value


async def test_a_card_is_nobody_elses_whoever_signs_the_press(block: Block) -> None:
    card = await block.card()
    stolen = block.press_payload(card.ts, "Book")
    stolen["user"] = {"id": LEE, "team_id": "T1"}

    await block.interact(stolen)

    assert block.writes() == 0
    assert "Book" in block.slack.shown[direct(ANA), card.ts].labels


async def test_the_same_member_id_in_another_team_is_another_person(block: Block) -> None:
    card = await block.card()
    foreign = block.press_payload(card.ts, "Book")
    foreign["team"] = {"id": "T9"}
    foreign["user"] = {"id": ANA, "team_id": "T9"}

    await block.interact(foreign)

    assert block.writes() == 0


async def test_the_same_member_id_in_another_organisation_is_another_person(block: Block) -> None:
    card = await block.card()
    foreign = block.press_payload(card.ts, "Book") | {"enterprise": {"id": "E9"}}

    await block.interact(foreign)

    assert block.writes() == 0


@pytest.mark.parametrize(
    "value",
    ["", "p1/guessed/book", "p1/../book", "p9/x/y", "card-1", "p1/" + "a" * 2900 + "/book", "p1/%00/%ff", "null", "💥"],
)
async def test_a_guessed_value_writes_nothing_and_is_answered_in_words(block: Block, value: str) -> None:
    card = await block.card()
    forged = block.press_payload(card.ts, "Book")
    forged["actions"][0]["value"] = value

    answer = await block.interact(forged)

    assert answer.status_code == 200
    assert block.writes() == 0
    assert "no longer have that card" in block.slack.messages(direct(ANA))[-1].text


async def test_an_option_that_the_card_does_not_have_writes_nothing(block: Block) -> None:
    card = await block.card()
    forged = block.press_payload(card.ts, "Book")
    stolen = value_of(forged).split("/")[1]
    forged["actions"][0]["value"] = write_pressed(stolen, "release")

    await block.interact(forged)

    assert block.writes() == 0


async def test_a_press_that_is_replayed_writes_nothing_more(block: Block) -> None:
    card = await block.card()
    press = block.press_payload(card.ts, "Book")
    await block.interact(press)
    before = block.writes()

    await block.interact(press)
    await block.interact(press | {"actions": [press["actions"][0] | {"action_ts": "9.9"}]})

    assert block.writes() == before
    assert len(await block.rows()) == 1


async def test_a_form_for_somebody_elses_card_changes_nothing(block: Block) -> None:
    card = await block.card()
    stolen = value_of(block.press_payload(card.ts, "Book")).split("/")[1]
    forged = write_origin(FormOrigin(card=stolen, option="edit", channel=direct(LEE), spot="direct"))
    view = {"id": "V1", "type": "modal", "private_metadata": forged, "blocks": []}

    await block.interact(submission(view, {}, member=LEE))

    assert block.writes() == 0
    assert all("priya" not in one.text for one in block.slack.messages(direct(LEE)))


@pytest.mark.parametrize("metadata", ["", "p1", "p1/x/y", "{}", "p1/" + "/".join("abcdef"), "\x00" * 40])
async def test_a_forged_form_is_refused_in_words(block: Block, metadata: str) -> None:
    await block.card()
    view = {"id": "V1", "type": "modal", "private_metadata": metadata, "blocks": []}

    answer = await block.interact(submission(view, {}, member=LEE))

    assert answer.status_code == 200
    assert block.writes() == 0


async def test_webhooks_need_an_address_that_was_given_out_and_a_signature(block: Block) -> None:
    await block.card()
    (account,) = await block.here.house.store.accounts.accounts_of(await _owner(block))
    body = b'{"triggerEvent":"BOOKING_CANCELLED","createdAt":"2026-03-06T09:00:00Z","payload":{"uid":"x"}}'
    before = len(block.slack.calls)

    statuses = [
        (await block.http.post(path, content=body, headers={"x-cal-signature-256": signature})).status_code
        for path, signature in (
            ("/webhooks/calcom/guessed", "0" * 64),
            ("/webhooks/calendly/" + account.webhook_token, "0" * 64),
            ("/webhooks/calcom/" + account.webhook_token, "0" * 64),
            ("/webhooks/calcom/" + account.webhook_token, "no-secret-provided"),
            ("/webhooks/calcom/" + account.webhook_token, ""),
            ("/webhooks/nobody/" + account.webhook_token, "0" * 64),
        )
    ]
    await block.settle()

    assert statuses == [404, 404, 401, 401, 401, 404]
    assert len(block.slack.calls) == before


async def _owner(block: Block) -> Owner:
    rows = await block.here.house.store.conversations._database.one(
        lambda connection: connection.exec_driver_sql("select enterprise, team, member from accounts").all()
    )
    return Owner(*rows[0])


async def test_two_people_do_not_see_each_others_meetings(block: Block) -> None:
    card = await block.card()
    await block.press(card.ts, "Book")

    await block.say("what's on my calendar next tuesday?", member=LEE, ts="300.1")

    assert all("priya" not in str((one.text, one.blocks)) for one in block.slack.messages(direct(LEE)))


async def test_refusals_are_logged_without_what_was_tried(block: Block, caplog: pytest.LogCaptureFixture) -> None:
    card = await block.card()
    forged = block.press_payload(card.ts, "Book")
    forged["actions"][0]["value"] = "p1/planted-guess-7731/book"
    await block.interact(forged)
    await block.http.post("/webhooks/calcom/planted-token-7731", content=b"{}")
    await block.send("{}", secret="planted-secret-7731")
    await asyncio.sleep(0)

    assert "7731" not in caplog.text
