"""Several things at once, with the errors of one: what fails first is raised bare, never in a group. Floor 0.

Rule for the next editor: a task costs a turn of the loop. One thing alone is awaited, not given a task.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from bot.errors import PencilError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

First = TypeVar("First")
Second = TypeVar("Second")
Value = TypeVar("Value")


async def both(
    first: Coroutine[object, object, First], second: Coroutine[object, object, Second]
) -> tuple[First, Second]:
    """Two different things side by side; the first error cancels the other."""
    try:
        async with asyncio.TaskGroup() as group:
            one, two = group.create_task(first), group.create_task(second)
    except BaseExceptionGroup as failures:
        raise first_of(failures) from failures
    return one.result(), two.result()


async def side_by_side(asked: Sequence[Coroutine[object, object, Value]]) -> tuple[Value, ...]:
    """What all of them give, in the same order; the first error cancels the others."""
    if len(asked) == 1:
        return (await asked[0],)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in asked]
    except BaseExceptionGroup as failures:
        raise first_of(failures) from failures
    return tuple(task.result() for task in tasks)


async def a_few_at_once(jobs: Sequence[Callable[[], Awaitable[Value]]], *, most: int) -> tuple[Value, ...]:
    """As `side_by_side`, with at most so many under way."""
    gate = asyncio.Semaphore(most)

    async def run(job: Callable[[], Awaitable[Value]]) -> Value:
        async with gate:
            return await job()

    return await side_by_side([run(job) for job in jobs])


class Gate:
    """Lets so many through at once. Whoever comes later gets the place of one who leaves, in the order in which they came."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> None:
        """Returns with a place, which must be left again."""
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # it had just been given
                self.leave()
            raise

    def leave(self) -> None:
        """Somebody else may have the place."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


def first_of(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error to speak of: a bug before an expected one, else the first, however deep it lies."""
    flat = _flat(failures)
    return next((error for error in flat if not isinstance(error, PencilError)), flat[0])


def _flat(failures: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    return [
        error
        for failure in failures.exceptions
        for error in (_flat(failure) if isinstance(failure, BaseExceptionGroup) else (failure,))
    ]
