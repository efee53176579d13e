from __future__ import annotations

import asyncio

from bot.groups import Gate


async def test_a_gate_lets_so_many_through_and_the_others_in_their_order() -> None:
    gate, began = Gate(2), list[int]()

    async def pass_through(number: int, until: asyncio.Event) -> None:
        await gate.enter()
        began.append(number)
        await until.wait()
        gate.leave()

    async with asyncio.TaskGroup() as group:
        ends = [asyncio.Event() for _ in range(4)]
        for number, end in enumerate(ends):
            group.create_task(pass_through(number, end))
        await asyncio.sleep(0)
        assert began == [0, 1]
        ends[1].set()
        await _settle()
        assert began == [0, 1, 2]
        for end in ends:
            end.set()
    assert began == [0, 1, 2, 3]


async def test_who_gives_up_waiting_takes_no_place_with_them() -> None:
    gate = Gate(1)
    await gate.enter()
    gone, given, next_one = (asyncio.create_task(gate.enter()) for _ in range(3))
    await _settle()
    gone.cancel()
    await _settle()

    gate.leave()  # `given` has the place now, and is cancelled before it knows
    given.cancel()
    await asyncio.wait_for(next_one, 1)

    assert gone.cancelled()
    assert given.cancelled()
    gate.leave()
    await asyncio.wait_for(gate.enter(), 1)


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)
