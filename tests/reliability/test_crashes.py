"""A process stops at an instruction; another one finds out what came of it. Once written, once told, and the truth."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from crash_worlds import ASKER, KEY, MONDAY, WISH, Town, open_town, press_of

from bot.dialogue.acts import Said
from bot.scheduling.ledger import Accepted, WriteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as opened:
        yield opened


BOOKED = (
    {"after": "claim"},
    {"before": "mark_sent"},
    {"before": "finish"},
    {"after": "finish"},
    {"before": "close"},
)


@pytest.mark.parametrize("where", BOOKED, ids=str)
async def test_a_press_interrupted_there_books_once_and_is_told(town: Town, where: dict[str, Any]) -> None:
    press = await town.card()

    await town.crash(press, **where)
    await town.two.recover()

    assert len(town.bookings()) == 1
    assert [reply.text.partition(":")[0] for reply in town.two.told] == ["Booked"]
    assert [row.told_at is not None for row in await town.two.rows()] == [True]


async def test_a_press_interrupted_before_its_claim_wrote_nothing_and_can_be_repeated(town: Town) -> None:
    press = await town.card()

    await town.crash(press, before="claim")
    await town.two.recover()
    assert not town.bookings()
    again = await town.two.take(press)

    assert again.text.startswith("Booked")
    assert len(town.bookings()) == 1


async def test_a_write_that_never_left_is_told_as_not_written(town: Town) -> None:
    press = await town.card()

    await town.crash(press, after="mark_sent")
    await town.two.recover()

    assert not town.bookings()
    assert "did not go through" in town.two.told[-1].text
    assert "priya@acme.io" in town.two.told[-1].text


async def test_what_is_sent_by_a_process_that_was_only_frozen_is_told_after_all(town: Town) -> None:
    press = await town.card()
    stops = await town.crash(press, after="mark_sent")
    await town.two.recover()
    assert "did not go through" in town.two.told[-1].text

    await town.wake(stops)
    await town.two.recover()

    assert len(town.bookings()) == 1
    rows = await town.two.rows()
    assert [row.state for row in rows] == [WriteState.DONE]
    assert all(row.told_at for row in rows)


async def test_a_frozen_process_sends_nothing_that_another_has_taken_on(town: Town) -> None:
    press = await town.card()
    stops = await town.crash(press, before="mark_sent")
    await town.two.recover()

    await town.wake(stops)

    assert town.writes() == 1
    assert len(town.bookings()) == 1


async def test_two_processes_recover_the_same_press_once(town: Town) -> None:
    press = await town.card()
    await town.crash(press, after="claim")

    await asyncio.gather(town.one.sweep(), town.two.sweep(), town.one.sweep(), town.two.sweep())
    await town.two.recover()

    assert town.writes() == 1
    assert len(town.one.told + town.two.told) == 1


async def test_a_living_turn_keeps_its_write_to_itself(town: Town) -> None:
    press = await town.card()
    assistant, stops = town.one.stopping(before="finish")
    task = asyncio.create_task(town.one.take(press, through=assistant))
    await stops.reached.wait()

    taken = await town.two.sweep()
    stops.let_go.set()
    reply = await task

    assert taken == 0
    assert reply.text.startswith("Booked")
    assert not town.two.told


async def test_a_repeated_press_never_covers_the_truth_with_not_sure_yet(town: Town) -> None:
    press = await town.card()
    await town.crash(press, before="finish")
    late, stops = town.two.stopping(before="keep")
    second = asyncio.create_task(town.two.take(press, through=late))
    await stops.reached.wait()
    await town.one.recover()
    assert town.one.told[-1].text.startswith("Booked")

    stops.let_go.set()
    covering = await second
    await town.one.recover()

    assert "Not sure yet" in covering.text
    assert len(town.one.told) == 2
    assert town.one.told[-1].text.startswith("Booked")


async def test_a_write_that_nobody_took_up_in_time_is_not_sent_late(town: Town) -> None:
    press = await town.card()
    await town.crash(press, after="claim")
    town.clock.instant += timedelta(minutes=3)

    await town.two.recover()

    assert not town.bookings()
    assert "nothing was written" in town.two.told[-1].text


async def test_a_hold_that_was_booked_is_released_by_whoever_comes_after(town: Town) -> None:
    held = await town.one.take(await town.card("hold intro tuesday 2pm", "Hold"))
    assert held.text.startswith("Held")
    card = await town.one.take(Said(text="book it for priya@acme.io"))

    await town.crash(press_of(card, "Book"), after="finish")
    assert len(town.holds()) == 1
    await town.two.recover()

    assert len(town.bookings()) == 1
    assert not town.holds()
    assert [row.state for row in await town.two.rows()] == [WriteState.DONE] * 3


async def test_what_is_left_of_several_bookings_is_booked_by_whoever_comes_after(town: Town) -> None:
    press = await town.card("book intro with priya@acme.io every tuesday 2pm for 3 weeks", "Book 3")

    await town.crash(press, after="finish")
    assert len(town.bookings()) == 1
    await town.two.recover()

    assert len(town.bookings()) == 3
    assert "3 of 3" in town.two.told[-1].text


async def test_an_uncertain_booking_keeps_its_hold_until_it_is_known(town: Town) -> None:
    await town.one.take(await town.card("hold intro tuesday 2pm", "Hold"))
    card = await town.one.take(Said(text="book it for priya@acme.io"))
    town.fault("lose_answer")

    reply = await town.one.take(press_of(card, "Book"))
    assert "Booked" not in reply.text
    await town.two.recover()

    assert len(town.bookings()) == 1
    assert not town.holds()
    assert town.two.told[-1].text.startswith("Booked")


LOST = ("lose_answer", "malformed")
UNSENT = ("refuse",)


@pytest.mark.parametrize("kind", LOST)
async def test_a_lost_answer_is_looked_up_and_never_sent_again(town: Town, kind: str) -> None:
    press = await town.card()
    town.fault(kind)

    reply = await town.one.take(press)
    await town.two.recover()

    assert town.writes() == 1
    assert len(town.bookings()) == 1
    assert "priya@acme.io" in reply.text
    assert town.two.told[-1].text.startswith("Booked")
    assert town.clock.now() - MONDAY < timedelta(seconds=30)


@pytest.mark.parametrize(
    ("status", "after_commit"), [(500, True), (502, True), (504, True), (500, False), (503, False)]
)
async def test_a_server_error_is_looked_up(town: Town, status: int, after_commit: bool) -> None:  # noqa: FBT001
    press = await town.card()
    town.fault("status", status=status, after_commit=after_commit)

    await town.one.take(press)
    await town.two.recover()

    told = town.two.told[-1].text
    assert len(town.bookings()) == int(after_commit)
    assert told.startswith("Booked") if after_commit else "did not go through" in told
    assert town.clock.now() - MONDAY < timedelta(seconds=30)


async def test_a_write_cut_off_before_it_left_is_not_called_written(town: Town) -> None:
    press = await town.card()
    town.fault("refuse")

    await town.one.take(press)
    await town.two.recover()

    assert not town.bookings()
    assert "did not go through" in (town.two.told or [await town.one.take(press)])[-1].text


async def test_a_hold_whose_answer_was_lost_says_what_cannot_be_known(town: Town) -> None:
    press = await town.card("hold intro tuesday 2pm", "Hold")
    town.fault("lose_answer", path="re:.*/slots/reservations")

    reply = await town.one.take(press)
    await town.two.recover()

    assert "Not sure yet" in reply.text
    assert "could not find out" in town.two.told[-1].text
    assert town.clock.now() - MONDAY < timedelta(seconds=30)


async def test_a_provider_that_cannot_be_asked_is_asked_until_it_answers(town: Town) -> None:
    press = await town.card()
    town.fault("lose_answer")
    await town.one.take(press)
    town.fault("status", method="GET", path="*", status=503, times=60)

    for _ in range(3):
        await town.two.sweep()
        town.clock.instant += timedelta(seconds=15)
    assert not town.two.told
    town.fault("latency", seconds=0)
    await town.two.recover()

    assert town.two.told[-1].text.startswith("Booked")


async def test_what_cannot_be_found_out_is_said_in_the_end(town: Town) -> None:
    press = await town.card()
    town.fault("lose_answer")
    await town.one.take(press)
    town.fault("status", method="GET", path="*", status=503, times=1000)
    town.clock.instant += timedelta(minutes=16)

    await town.two.sweep()

    assert "could not find out" in town.two.told[-1].text


async def test_a_newer_card_takes_no_card_away_that_is_being_carried_out(town: Town) -> None:
    press = await town.card()
    assistant, stops = town.one.stopping(before="finish")
    task = asyncio.create_task(town.one.take(press, through=assistant))
    await stops.reached.wait()

    newer = await town.two.take(Said(text=WISH.replace("2pm", "4pm")))
    stops.let_go.set()
    outcome = await task

    assert press.card not in newer.retires
    assert outcome.text.startswith("Booked")


async def test_a_press_that_is_replayed_after_its_outcome_was_told_says_nothing(town: Town) -> None:
    press = await town.card()
    await town.one.take(press)

    again = await town.two.take(replace(press, is_replayed=True))

    assert again.is_silent
    assert len(town.bookings()) == 1


async def test_a_press_that_is_replayed_before_its_outcome_was_told_leaves_that_to_recovery(town: Town) -> None:
    press = await town.card()
    await town.crash(press, after="finish")

    again = await town.two.take(replace(press, is_replayed=True))
    await town.two.recover()

    assert again.is_silent
    assert [reply.text.partition(":")[0] for reply in town.two.told] == ["Booked"]


async def test_a_press_that_is_replayed_while_it_is_looked_up_says_so(town: Town) -> None:
    press = await town.card()
    await town.crash(press, before="finish")
    quick = replace(town.two.house.assistant.limits, wait_for_other=timedelta(0))
    assistant = replace(town.two.house.assistant, limits=quick)

    again = await town.two.take(replace(press, is_replayed=True), through=assistant)

    assert "Not sure yet" in again.text


async def test_nothing_is_called_unwritten_while_it_may_still_land(town: Town) -> None:
    press = await town.card()
    stops = await town.crash(press, after="mark_sent")

    await town.two.sweep()
    assert not town.two.told
    await town.wake(stops)
    await town.two.recover()

    assert len(town.bookings()) == 1
    assert all("did not go through" not in reply.text for reply in town.two.told)


async def test_a_second_press_that_comes_late_never_covers_a_newer_outcome(town: Town) -> None:
    hold = await town.card("hold intro with priya@acme.io tuesday 2pm", "Hold")
    held = await town.one.take(hold)
    booked = await town.one.take(press_of(held, "Book"))
    assert not booked.is_news

    late = await town.two.take(hold)

    assert late.text.startswith("Held")
    assert late.is_news


async def test_an_older_outcome_never_covers_a_newer_one_on_the_same_card(town: Town) -> None:
    hold = await town.card("hold intro with priya@acme.io tuesday 2pm", "Hold")
    assistant = town.one.house.assistant
    held = await assistant.take_turn(hold, key=KEY, asker=ASKER, place="here", is_public=False)
    booked = await town.one.take(press_of(held, "Book"))
    assert booked.text.startswith("Booked")
    town.clock.instant += timedelta(seconds=13)

    await town.two.recover()

    assert [(reply.text[:4], reply.is_news) for reply in town.two.told] == [("Held", True)]


async def test_a_booking_that_stands_is_told_although_its_hold_could_not_be_released(town: Town) -> None:
    await town.one.take(await town.card("hold intro with priya@acme.io tuesday 2pm", "Hold"))
    card = await town.one.take(Said(text="book it for priya@acme.io"))
    await town.crash(press_of(card, "Book"), after="finish")
    await town.two.take(Said(text="book intro with omar@acme.io wednesday 2pm"))
    town.fault("status", method="DELETE", path="re:.*/slots/reservations.*", status=500)

    await town.two.recover()

    assert len(town.bookings()) == 1
    assert "Booked" in town.two.told[-1].text
    assert "nothing was written" not in town.two.told[-1].text


async def test_a_process_that_was_frozen_takes_no_say_from_the_card_that_another_has_shown(town: Town) -> None:
    """It has decided the same turn and is about to keep its card, when the other one's is out and may be pressed."""
    turn = Accepted(key="said", surface="slack", payload="{}", accepted_at=town.clock.now())
    await town.one.house.store.turns.accept(turn, lease=timedelta(seconds=5), key=KEY)
    frozen, stops = town.one.stopping(before="keep")
    others = town.two.house.assistant
    how: dict[str, Any] = {"key": KEY, "asker": ASKER, "place": "here", "is_public": False, "answers": "said"}
    late = asyncio.create_task(frozen.take_turn(Said(text=WISH), **how))
    await stops.reached.wait()
    shown = await others.take_turn(Said(text=WISH), **how)
    await others.delivered(shown, "here", answers="said")

    stops.let_go.set()

    assert (await late).is_silent
    assert (await town.two.take(press_of(shown, "Book"))).text.startswith("Booked")
