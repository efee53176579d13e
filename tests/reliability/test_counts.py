"""What one turn of each kind costs, in exact counts: jobs of the database, statements, sealings, calls to provider and Slack.

Time is noise; these are not. A count that goes up is a decision, and stands here.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from house_worlds import WISH, Block, open_block
from slack_worlds import ANA

sys.path.append(str(Path(__file__).parents[1] / "storage"))

from storage_worlds import Counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ASKED = "what is free thursday afternoon"


@dataclass
class Cost:
    jobs: int = 0
    statements: int = 0
    transactions: int = 0
    sealed: int = 0
    opened: int = 0
    provider: int = 0
    slack: list[str] = field(default_factory=list)


class Meter:
    """Counts between two looks."""

    def __init__(self, block: Block) -> None:
        self._block = block
        store: Any = block.here.house.store
        self._statements = Counted(store.database.book)
        self.jobs = self.sealed = self.opened = 0
        self.texts = self._statements.statements
        """What has been run since the last look."""
        _listen(store.database, "_queue", lambda: self._count("jobs"))
        _listen(store.vault.ring, "seal", lambda: self._count("sealed"))
        _listen(store.vault.ring, "open", lambda: self._count("opened"))
        self.take()

    def _count(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)

    def take(self) -> Cost:
        statements, transactions = self._statements.take()
        entries, calls = self._block.sandbox._controls.record.entries, self._block.slack.calls
        cost = Cost(
            jobs=self.jobs,
            statements=statements,
            transactions=transactions,
            sealed=self.sealed,
            opened=self.opened,
            provider=len(entries),
            slack=[call.method for call in calls],
        )
        self.jobs = self.sealed = self.opened = 0
        entries.clear()
        calls.clear()
        return cost


def _listen(where: Any, name: str, heard: Any) -> None:
    inner = getattr(where, name)

    def listening(*arguments: Any, **named: Any) -> Any:
        heard()
        return inner(*arguments, **named)

    setattr(where, name, listening)


@pytest.fixture
async def block(tmp_path: Path) -> AsyncIterator[Block]:
    async with open_block(tmp_path) as opened:
        for task in opened.here.house.crew._loops:  # recovery and upkeep look now and then: not a turn's cost
            task.cancel()
        await opened.say("help", ts="1.1")
        await opened.say(ASKED, ts="2.1")
        yield opened


async def test_a_look_up_takes_three_jobs_and_nine_statements(block: Block) -> None:
    meter = Meter(block)

    await block.say(ASKED, ts="3.1")

    cost = meter.take()
    assert (cost.jobs, cost.statements, cost.transactions) == (3, 8, 3)
    assert cost.sealed == 4  # the request, the conversation, the card, its place
    assert cost.opened == 1  # the account: the conversation has the bytes that were written here
    assert cost.provider == 1
    assert cost.slack == ["chat.postMessage"]


async def test_a_look_up_asks_for_no_rows_that_it_has_changed(block: Block) -> None:
    """SQLite makes a table of its own for what `returning` returns, which costs as much as the change itself."""
    meter = Meter(block)

    await block.say(ASKED, ts="3.2")

    assert len(meter.texts) == 8
    assert [text for text in meter.texts if "returning" in text.lower()] == []


async def test_a_press_takes_six_jobs(block: Block) -> None:
    card = await block.card(WISH, ts="4.1")
    meter = Meter(block)

    await block.press(card.ts, "Book")

    cost = meter.take()
    assert cost.opened == 3  # the account, what is offered, where the card stands; the card itself is at hand
    assert cost.jobs == 6  # accept, claim, sent, finished, keep, close
    assert cost.provider == 2  # is it still free, book it
    assert cost.slack == ["chat.update"]
    assert block.writes() == 0  # the record was emptied: it is counted above


async def test_small_talk_asks_nobody(block: Block) -> None:
    meter = Meter(block)

    await block.say("thanks", ts="5.1")

    cost = meter.take()
    assert cost.jobs == 3
    assert cost.provider == 0
    assert cost.slack == ["chat.postMessage"]


async def test_a_delivery_that_comes_again_takes_one_job(block: Block) -> None:
    meter = Meter(block)

    await block.say(ASKED, ts="2.1")

    cost = meter.take()
    assert (cost.jobs, cost.statements, cost.opened) == (1, 1, 0)
    assert cost.slack == []


async def test_what_is_overheard_elsewhere_takes_one_statement(block: Block) -> None:
    meter = Meter(block)
    event = {"type": "message", "channel_type": "channel", "channel": "C9", "user": ANA, "text": "lunch?"}

    await block.event(event | {"ts": "9.2", "thread_ts": "9.1"}, event_id="Ev-overheard")

    cost = meter.take()
    assert (cost.jobs, cost.statements) == (1, 1)
    assert cost.slack == []
