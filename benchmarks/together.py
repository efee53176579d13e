"""How long a common time of many people takes, beside comparing every start with every busy time of everybody.

    uv run python benchmarks/together.py

Ten people in four zones, ten working days, five hundred starts. CPU time of this process: the calls to the calendars are not
in it. Read the ratio: absolute times belong to the machine.
"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.scheduling.models import Slot
from bot.scheduling.times import Interval
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.people import Participant, Party

ROUNDS = 30
PEOPLE, DAYS, STARTS, MEETINGS = 10, 10, 500, 6
MONDAY = datetime(2026, 3, 23, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (BERLIN, ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo"))
HALF = timedelta(minutes=30)


def world() -> tuple[list[Slot], list[Party]]:
    chance = random.Random(1)
    days = [MONDAY + timedelta(days=n + 2 * (n // 5)) for n in range(DAYS)]
    starts = [day + timedelta(hours=5, minutes=15 * n) for day in days for n in range(STARTS // DAYS)]
    parties = []
    for number in range(PEOPLE):
        taken = [day + timedelta(minutes=15 * chance.randrange(20, 72)) for day in days for _ in range(MEETINGS)]
        busy = tuple(Interval(start, start + HALF * chance.randint(1, 3)) for start in taken)
        person = Participant(id=f"p{number}", zone=ZONES[number % len(ZONES)], busy=busy)
        parties.append(Party(anyone=(person,)))
    return [Slot(start, start + HALF) for start in starts], parties


def each_with_each(slots: list[Slot], parties: list[Party]) -> int:
    people = [person for party in parties for person in party.anyone]
    return sum(
        not any(taken.overlaps(slot.interval) for person in people for taken in person.busy or ()) for slot in slots
    )


def best_of(rounds: int, work: object, *arguments: object) -> float:
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work(*arguments)  # type: ignore[operator]  # called as it is
        times.append(time.process_time() - began)
    return min(times) * 1000


def main() -> None:
    slots, parties = world()
    ours = best_of(ROUNDS, lambda: find_common(slots, parties, zone=BERLIN))
    plain = best_of(5, each_with_each, slots, parties)
    print(f"{PEOPLE} people x {DAYS} working days x {len(slots)} starts, {MEETINGS} meetings a day each")
    print(f"  best times, ranked   {ours:7.2f} ms CPU")
    print(f"  each with each       {plain:7.2f} ms CPU   x {plain / ours:.1f}")


if __name__ == "__main__":
    main()
