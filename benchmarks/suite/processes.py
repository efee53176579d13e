"""Several processes of Pencil on one PostgreSQL: look-ups a second that they answer together, against one alone.

The driver, Slack, the provider and the server need the cores too, so what is asked is how much each further process adds
until the cores are used up. Without a server that the tests may use nothing is measured.
"""

from __future__ import annotations

import asyncio
import os
import time

import pytest
from storage_worlds import postgres_schema

from suite.report import Figure
from suite.street import Street, open_street
from suite.turns import ASKED

COUNTS = (1, 2, 4)


def measure(_names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """A row for each number of processes above one."""
    people, seconds, runs = (6, 1.0, 1) if is_short else (60, 6.0, 5)
    try:
        held = {count: asyncio.run(_held(count, people, seconds, runs)) for count in COUNTS}
    except pytest.skip.Exception as error:
        print(f"no processes on PostgreSQL: {error}")
        return []
    cores = os.cpu_count() or 1
    return [
        Figure(
            name="processes",
            what=f"{count} processes on one PostgreSQL, turns a second",
            ours=held[count],
            theirs=held[1],
            unit="1/s",
            goal=0.8 * count if count <= cores // 2 else None,
            is_floor=True,
            reference="one process",
        )
        for count in COUNTS
        if count > 1
    ]


async def _held(count: int, people: int, seconds: float, runs: int) -> list[float]:
    """Turns a second, with everybody asking again as soon as they have their answer."""
    with postgres_schema() as url:
        async with open_street(people, processes=count, database=url) as street:
            await _flooded(street, seconds / 2)
            return [await _flooded(street, seconds) for _ in range(runs)]


async def _flooded(street: Street, seconds: float) -> float:
    until, done = time.monotonic() + seconds, 0

    async def ask(number: int, person: str) -> None:
        nonlocal done
        while time.monotonic() < until:
            heard = street.expect(person)
            if await street.say(street.all[number % len(street.all)], person, ASKED) == 200:
                await asyncio.wait_for(heard, 30)
                done += 1

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number, person in enumerate(street.people):
            group.create_task(ask(number, person))
    return done / (time.monotonic() - began)
