"""What an operator sees and can rely on: figures, the audit, the modes, ages, and that forgetting forgets."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import TEAM, direct
from house_worlds import WISH, Block, open_block
from slack_worlds import ANA, LEE

from bot.loop.upkeep import KEEP_CONVERSATIONS, KEEP_LEDGER
from bot.operating.audit import audit_lines, rows_since
from bot.sandbox import FaultRule
from bot.scheduling.accounts import Owner
from bot.scheduling.ledger import Why
from bot.scheduling.models import Person

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OWNER = Owner("", TEAM, ANA)


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} ([0-9.e+-]+)$", text, re.MULTILINE)
    assert found, name
    return float(found.group(1))


async def booked(block: Block) -> None:
    card = await block.card()
    await block.press(card.ts, "Book")


async def test_the_figures_count_turns_intents_calls_and_writes(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        await booked(block)

        text = await block.metrics()

    assert figure(text, 'pencil_turn_seconds_count{ending="replied",kind="said"}') == 1
    assert figure(text, 'pencil_turn_seconds_count{ending="replied",kind="chose"}') == 1
    assert figure(text, 'pencil_intents_total{intent="book"}') == 1
    calls = 'pencil_provider_call_seconds_count{operation="bookings.create",outcome="ok",provider="calcom"}'
    assert figure(text, calls) == 1
    assert figure(text, 'pencil_writes_total{kind="book",state="done"}') == 1
    assert "pencil_ledger_open_writes{" not in text
    assert figure(text, "pencil_inbox_lag_seconds") == 0
    assert figure(text, "pencil_turns_under_way") == 0
    assert figure(text, "pencil_calcom_old_hosts") == 0


async def test_a_write_that_recovery_settled_is_open_no_more(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        card = await block.card()
        rule = FaultRule.model_validate({"kind": "lose_answer", "method": "POST", "times": 1})
        block.sandbox._controls.faults.replace((rule,))
        await block.press(card.ts, "Book")
        recovery = block.here.house.recovery(_Nobody(), _no_replay)
        await recovery.sweep()

        text = await block.metrics()

    assert figure(text, 'pencil_writes_total{kind="book",state="uncertain"}') == 1
    assert "pencil_ledger_open_writes{" not in text


class _Nobody:
    async def person(self, owner: Owner) -> Person:
        return Person(name="Ana", zone="Europe/Berlin", member=owner.member)

    async def tell(self, owner: Owner, place: str, reply: object, *, once: object = None) -> str:
        return place


async def _no_replay(accepted: object) -> None:
    raise AssertionError("nothing waits in the inbox here")


async def test_the_audit_says_who_did_what_without_saying_with_whom(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        await booked(block)

        (line,) = audit_lines(await block.rows())

    when, who, _, kind, what, outcome, told, reference = line.split("  ")
    assert datetime.fromisoformat(when).tzinfo == UTC
    assert (who, kind, what, outcome, told) == (
        f"{TEAM}/{ANA}",
        "book",
        "nothing → 2026-03-10T13:00Z/13:30Z",
        "done",
        "told",
    )
    assert reference.startswith("pencil-")
    assert "priya" not in line


async def test_the_audit_reads_everything_however_much_it_is(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        for number, day in enumerate(("tuesday", "wednesday", "thursday")):
            card = await block.card(WISH.replace("tuesday", day), ts=f"{number}.1")
            await block.press(card.ts, "Book", at=f"{number}.2")
        since = block.here.house.clock.now() - timedelta(days=1)

        rows = [row async for row in rows_since(block.here.house.store.ledger, since, page=2)]

    assert len({row.reference for row in rows}) == len(rows) == 3


async def test_read_only_offers_no_write_and_carries_none_out(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        card = await block.card()
        old_press = block.press_payload(card.ts, "Book")
    async with open_block(tmp_path, pencil_read_only=True) as block:
        block.slack.shown[direct(ANA), card.ts] = card

        await block.interact(old_press)
        await block.say(WISH, ts="200.1")

        assert block.writes() == 0
        assert not await block.rows()
        newer = [one for one in block.slack.messages(direct(ANA)) if one.ts != card.ts]
        assert all("Book" not in one.labels for one in newer)


async def test_a_dry_run_records_the_write_and_sends_nothing(tmp_path: Path) -> None:
    async with open_block(tmp_path, pencil_dry_run=True) as block:
        card = await block.card()
        await block.press(card.ts, "Book")

        (row,) = await block.rows()
        assert block.writes() == 0
        assert row.why is Why.DRY_RUN
        assert "dry run" in block.slack.shown[direct(ANA), card.ts].text


async def test_old_conversations_and_old_ledger_rows_go_by_age(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        await booked(block)
        store, now = block.here.house.store, block.here.house.clock.now()
        keep = {"keep_conversations": KEEP_CONVERSATIONS, "keep_ledger": KEEP_LEDGER}

        soon = await store.purge(now, **keep)
        later = await store.purge(now + KEEP_CONVERSATIONS + timedelta(days=1), **keep)
        kept = await block.rows()
        last = await store.purge(now + KEEP_LEDGER + timedelta(days=1), **keep)

    assert not sum(soon.values())
    assert later["conversations"] == 1
    assert len(kept) == 1
    assert last["offers"] >= 1


async def test_forget_me_forgets_one_person_and_nobody_else(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        await booked(block)
        await block.say("what's free tomorrow?", member=LEE, ts="150.1")
        await block.say("forget me", ts="200.1")
        card = next(one for one in reversed(block.slack.messages(direct(ANA))) if one.labels)
        label = next(one for one in card.labels if "orget" in one or "elete" in one)
        await block.press(card.ts, label, at="9.1")

        accounts = block.here.house.store.accounts
        (row,) = await block.rows()
        assert await accounts.accounts_of(OWNER) == ()
        assert len(await accounts.accounts_of(Owner("", TEAM, LEE))) == 1
        assert "priya" not in str(row.write)


async def test_an_uninstall_deletes_the_workspace_and_no_other(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        await booked(block)
        accounts = block.here.house.store.accounts

        await block.raw({"type": "event_callback", "team_id": "T9", "event": {"type": "app_uninstalled"}})
        assert len(await accounts.accounts_of(OWNER)) == 1
        await block.raw({"type": "event_callback", "team_id": TEAM, "event": {"type": "app_uninstalled"}})

        (row,) = await block.rows()
        assert await accounts.accounts_of(OWNER) == ()
        assert "priya" not in str(row.write)
