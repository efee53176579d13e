"""A turn is answered once in its person's eyes, whoever dies in between, and a press on a card that they see counts."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import direct
from house_worlds import WISH, Block, open_block
from slack_worlds import ANA

from bot.errors import StoreDown
from bot.sandbox import FaultRule
from bot.sandbox.controls.faults import FaultKind
from bot.scheduling.ledger import WriteState
from bot.slack.receiving.turns import Pace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

ASK = "Cancel meeting"
"""On what was booked: a card that asks once more. On that card: the press that cancels."""


@pytest.fixture
async def block(tmp_path: Path) -> AsyncIterator[Block]:
    async with open_block(tmp_path) as block:
        yield block


@contextmanager
def dying(block: Block) -> Iterator[None]:
    """Whatever is said now is not noted as said: as if the process had been killed in between."""
    inbox: Any = block.here.house.store.inbox
    answer = inbox.answer

    def killed(*_: object, **__: object) -> None:
        raise StoreDown("killed")

    inbox.answer = killed
    try:
        yield
    finally:
        inbox.answer = answer


async def replay(block: Block) -> int:
    """Another process takes up what was left; how much that was."""
    house, surface = block.here.house, block.here.surface
    assert surface is not None
    later = house.clock.now() + timedelta(minutes=1)
    left = await house.store.inbox.take_unanswered(now=later, lease=timedelta(minutes=1))
    for turn in left:
        await surface.turns.replay(turn)
    await block.settle()
    return len(left)


def shown(block: Block) -> list[tuple[str, list[str]]]:
    return [(one.text, one.labels) for one in block.slack.messages(direct(ANA))]


async def booked(block: Block) -> str:
    """The message that tells of a booking."""
    card = await block.card()
    await block.press(card.ts, "Book")
    assert "Booked:" in block.slack.shown[direct(ANA), card.ts].text
    return card.ts


async def test_an_answer_that_was_posted_before_a_kill_is_not_posted_again(block: Block) -> None:
    with dying(block):
        await block.say(WISH)
    before = shown(block)

    assert await replay(block) == 1

    assert shown(block) == before
    assert await replay(block) == 0


async def test_a_card_that_was_shown_before_a_kill_can_be_pressed_after_the_replay(block: Block) -> None:
    with dying(block):
        await block.say(WISH)
    await replay(block)
    (card,) = block.slack.messages(direct(ANA))

    await block.press(card.ts, "Book")

    assert [text.partition(":")[0] for text, _ in shown(block)] == ["Booked"]


async def test_a_card_in_a_thread_is_found_again_too(block: Block) -> None:
    with dying(block):
        await block.say(WISH, thread_ts="90.1")
    await replay(block)

    assert len(shown(block)) == 1


async def test_what_a_press_has_asked_is_not_asked_twice_after_a_kill(block: Block) -> None:
    outcome = await booked(block)
    with dying(block):
        await block.press(outcome, ASK, at="2.0")
    question = block.slack.messages(direct(ANA))[-1]

    await replay(block)
    await block.press(question.ts, ASK, at="3.0")

    said = [text.partition(":")[0] for text, _ in shown(block)]
    assert said == ["Booked", "Cancelled"]


async def test_a_press_proves_that_its_card_was_seen_also_where_nobody_may_look(block: Block) -> None:
    """Slack lets us read no history: then only the press tells that the question is out."""
    outcome = await booked(block)
    with dying(block):
        await block.press(outcome, ASK, at="2.0")
    question = block.slack.messages(direct(ANA))[-1]
    block.slack.fail("conversations.history", "missing_scope", times=9)

    await block.press(question.ts, ASK, at="3.0")

    assert await replay(block) == 0
    assert [text.partition(":")[0] for text, _ in shown(block)] == ["Booked", "Cancelled"]


@contextmanager
def stopping(block: Block) -> Iterator[None]:
    """What is accepted now is not worked on: as if the process had been killed right after it."""
    assert block.here.surface is not None
    turns = block.here.surface.turns
    spawn = turns.spawn

    def dropped(work: Any, /) -> None:
        work.close()

    object.__setattr__(turns, "spawn", dropped)
    try:
        yield
    finally:
        object.__setattr__(turns, "spawn", spawn)
        turns.at_work.clear()


async def test_a_newer_card_does_not_take_the_say_from_one_whose_press_waits(block: Block) -> None:
    outcome = await booked(block)
    await block.press(outcome, ASK, at="2.0")
    question = block.slack.messages(direct(ANA))[-1]
    with stopping(block):
        await block.press(question.ts, ASK, at="3.0")
    await block.say("cancel my meeting with priya", ts="300.1")

    await replay(block)

    assert (await block.rows())[-1].state is WriteState.DONE
    assert block.slack.shown[direct(ANA), question.ts].text.startswith("Cancelled:")


async def test_a_press_on_a_replaced_card_keeps_its_sentence_whatever_is_asked_next(block: Block) -> None:
    card = await block.card()
    payload = block.press_payload(card.ts, "Book", at="2.0")
    await block.say("book intro with omar@acme.io wednesday 11am", ts="101.1")
    await block.interact(payload)
    answer = block.slack.messages(direct(ANA))[-1]
    assert "nothing was changed" in answer.text
    assert "Book" in answer.labels

    await block.say("book intro with lena@acme.io thursday 11am", ts="102.1")

    after = block.slack.shown[direct(ANA), answer.ts]
    assert "nothing was changed" in after.text
    assert not after.labels


async def test_a_double_click_asks_once(block: Block) -> None:
    outcome = await booked(block)
    bodies = [block.press_payload(outcome, ASK, at=at) for at in ("2.0", "2.1")]

    await asyncio.gather(*(block.interact(body) for body in bodies))

    assert [text.partition(":")[0] for text, _ in shown(block)][:1] == ["Booked"]
    assert len(shown(block)) == 2


async def test_the_same_button_can_be_pressed_again_later(block: Block) -> None:
    outcome = await booked(block)
    await block.press(outcome, ASK, at="2.0")
    await block.say("thanks", ts="101.1")

    await block.press(outcome, ASK, at="3.0")

    assert block.slack.messages(direct(ANA))[-1].labels[0] == ASK


async def test_a_waiting_line_that_was_left_behind_becomes_the_answer(block: Block) -> None:
    assert block.here.surface is not None
    turns = block.here.surface.turns
    object.__setattr__(turns, "pace", Pace(wait_line=timedelta(0)))
    with waiting_for_ever(block):
        work = asyncio.create_task(block.say(WISH))
        await block.slack.until("chat.postMessage")
        work.cancel()

    await replay(block)

    ((_, labels),) = shown(block)
    assert labels[0] == "Book"


@contextmanager
def waiting_for_ever(block: Block) -> Iterator[None]:
    """The provider does not answer, and its asker is killed over it."""
    assistant: Any = block.here.house.assistant
    turns: Any = block.here.surface.turns if block.here.surface else None

    class Hanging:
        def __getattr__(self, name: str) -> Any:
            return getattr(assistant, name)

        async def take_turn(self, *_: object, **__: object) -> Any:
            await asyncio.Event().wait()

    works: list[asyncio.Task[None]] = []
    spawn = turns.spawn
    object.__setattr__(turns, "assistant", Hanging())
    object.__setattr__(turns, "spawn", lambda work: works.append(asyncio.create_task(work)))
    try:
        yield
    finally:
        for one in works:
            one.cancel()
        object.__setattr__(turns, "assistant", assistant)
        object.__setattr__(turns, "spawn", spawn)
        turns.at_work.clear()


async def test_a_process_that_stood_still_does_not_answer_what_another_has_answered(block: Block) -> None:
    """It thinks of the answer, is frozen until its lease is over, and goes on when the answer is out; it may not look."""
    assert block.here.surface is not None
    house, turns = block.here.house, block.here.surface.turns
    with stopping(block):
        await block.say(WISH)
    later = house.clock.now() + timedelta(minutes=1)
    (turn,) = await house.store.inbox.take_unanswered(now=later, lease=timedelta(minutes=1))
    await turns.replay(turn)
    before = shown(block)
    block.slack.fail("conversations.history", "missing_scope", times=9)

    await turns.replay(turn)

    assert shown(block) == before
    assert len(before) == 1


class Killed:
    """The assistant of a process that is killed when an answer has reached Slack."""

    def __init__(self, assistant: Any) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    async def delivered(self, *_: object, **__: object) -> None:
        raise StoreDown("killed")


@contextmanager
def killed_when_delivered(block: Block) -> Iterator[None]:
    turns: Any = block.here.surface.turns if block.here.surface else None
    assistant = turns.assistant
    object.__setattr__(turns, "assistant", Killed(assistant))
    try:
        yield
    finally:
        object.__setattr__(turns, "assistant", assistant)


async def said_at(block: Block, ts: str, start: str) -> None:
    """Until the message begins so."""
    async with asyncio.timeout(60):
        while not block.slack.shown[direct(ANA), ts].text.startswith(start):  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.02)


def lose_the_answer(block: Block) -> None:
    rule = FaultRule(kind=FaultKind.LOSE_ANSWER, method="POST", path="re:.*/bookings", times=1)
    block.sandbox._controls.faults.replace((rule,))


@pytest.mark.parametrize("may_look", [True, False])
async def test_not_sure_yet_before_a_kill_becomes_the_truth(block: Block, *, may_look: bool) -> None:
    card = await block.card()
    lose_the_answer(block)
    with killed_when_delivered(block):
        await block.press(card.ts, "Book")
        if not may_look:
            block.slack.fail("conversations.history", "missing_scope", times=9)
        await replay(block)

        await said_at(block, card.ts, "Booked:")
    await replay(block)

    await block.settle()
    assert [text.partition(":")[0] for text, _ in shown(block)] == ["Booked"]
    assert block.writes() == 1


async def test_not_sure_yet_that_covers_the_truth_before_a_kill_is_corrected_by_another(block: Block) -> None:
    """Slack takes its time over «not sure yet»; meanwhile the truth is told; then it arrives, and its sender is killed."""
    card = await block.card()
    lose_the_answer(block)
    late = asyncio.Event()
    block.slack.held["chat.update"].append(late)
    with killed_when_delivered(block):
        pressing = asyncio.create_task(block.press(card.ts, "Book"))
        await said_at(block, card.ts, "Booked:")
        late.set()
        await said_at(block, card.ts, "Not sure yet")
        await pressing

    await replay(block)

    await said_at(block, card.ts, "Booked:")
    assert await replay(block) == 0
    assert block.writes() == 1
