"""Break it while it works, and compare what people were told with what the calendars hold.

    python benchmarks/chaos.py --writes 2000 --kills 100 [--database postgresql://…/own_database] [--processes 3]

Bot processes are real subprocesses of `pencil serve` against a real `pencil sandbox` with faults, and a Slack stand-in. People
connect, ask, press (now and then twice at once, on different processes), hold, move and cancel, while processes are killed
(SIGKILL, one in ten SIGTERM) and come back, the database is cut off (PostgreSQL) and Slack does not answer for a while. Slack's
deliveries are doubled, late and retried as Slack does it. Everything runs on loopback, bounded in count and time. Afterwards
the faults end, recovery gets its time, and every press is judged:

    duplicates   more than one standing booking for one meeting   lost       told «booked», and there is none
    ghosts       a standing booking that was told as not booked    silent     pressed, and never told an ending
    unpressed    a booking of a card that nobody pressed, or that somebody else pressed
    news lost    taken from the provider, and never told           news doubled   standing twice, or one's own deed told

`--sockets` runs processes over Socket Mode, `--skew` sets one's clock wrong, `--rolling` exchanges the processes one by one now
and then; with `--before` (a checkout of an earlier release) the run begins with those and their schema, which is migrated while
they work. `--outsiders` lets others change meetings through the provider.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "tests" / "slack")]

from chaos_house import FAULTS, House, is_hang  # noqa: E402  beside this file, which is run as a script
from chaos_judge import Report, judge, note_state  # noqa: E402  as above
from chaos_news import Outsider, Relay, judge_news, note_told  # noqa: E402  as above
from chaos_people import Somebody, until  # noqa: E402  as above
from chaos_street import Street  # noqa: E402  as above
from fake_slack import FakeSlack, Shown  # noqa: E402  the stand-in of the tests

if TYPE_CHECKING:
    from collections.abc import Callable


class Chaos:
    """One run."""

    def __init__(self, options: argparse.Namespace, house: House) -> None:
        self.options, self.house = options, house
        self.dice = random.Random(options.seed)
        self.report = Report()
        self.ends_at = time.monotonic() + options.seconds
        self.is_over = False
        self.people: list[Somebody] = []

    async def run(self) -> Report:
        """Live, break, settle, judge."""
        names = [f"U{number:04}" for number in range(self.options.people)]
        street = Street(self.house, self.dice, itertools.count(1))
        for name in names:
            self.house.slack.add_user(name, name=f"Person {name}", email=f"{name.lower()}@acme.example")
            strangers = tuple(other for other in names if other != name)
            self.people.append(Somebody(name, street, self.report, self.is_enough, strangers))
        self.house.slack.on_change = self._note
        await self.house.set_faults([rule for rule in FAULTS if self.options.hangs or not is_hang(rule)])
        async with asyncio.TaskGroup() as crew:
            relay = Relay(street, self.report, crew)
            await relay.open()
            for bot in self.house.bots:
                crew.create_task(bot.keep_alive())
            crew.create_task(self.break_things())
            async with asyncio.TaskGroup() as crowd:
                for person in self.people:
                    crowd.create_task(person.live())
                for name in names[: self.options.outsiders]:
                    crowd.create_task(Outsider(name, street, self.report, self.is_enough).live())
            self.is_over = True
            await self.settle(street)
            for bot in self.house.bots:
                bot.is_wanted = False
            await relay.close()
        judge(self.report, await self.house.bookings())
        judge_news(self.report, street, names)
        return self.report

    def _note(self, message: Shown) -> None:
        note_told(self.report, message)
        note_state(self.report, message)

    def is_enough(self) -> bool:
        return bool(len(self.report.acts) >= self.options.writes or time.monotonic() > self.ends_at)

    async def settle(self, street: Street) -> None:
        """No more faults; until every press has its ending, and a moment longer for what would change it again."""
        await self.house.set_faults([])
        self.house.slack.faults.clear()
        await until(self._is_all_told, self.options.settle)
        await until(lambda: self._is_all_heard(street), self.options.settle)
        await asyncio.sleep(8)
        for person in self.people:
            person.learn_all()

    def _is_all_told(self) -> bool:
        of = {person.name: person for person in self.people}
        return all(of[deal.person].learn(deal, act) for deal in self.report.deals for act in deal.acts[-1:])

    def _is_all_heard(self, street: Street) -> bool:
        last = {one.mail: one for one in self.report.happenings if one.taken_at}
        watches = [Outsider(person.name, street, self.report, self.is_enough) for person in self.people]
        return all(any(watch.is_told(one.mail, one.kind) for watch in watches) for one in last.values())

    async def break_things(self) -> None:
        """Kill, cut off and silence, each at its own beat."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._every(self.options.pause, self._kill))
            if self.options.outages:
                group.create_task(self._every(12, self._trouble_slack))
                if self.options.database:
                    group.create_task(self._every(25, self._cut))
                    group.create_task(self._every(35, self._make_read_only))
                elif self.options.disk:
                    group.create_task(self._every(30, self._fill))
            if self.options.rolling:
                group.create_task(self._every(self.options.rolling, self._roll))

    async def _every(self, pause: float, deed: Callable[[], asyncio.Future[None] | object]) -> None:
        while not self.is_over:
            await until(lambda: self.is_over, self.dice.uniform(0.5, 1.5) * pause)
            if not self.is_over:
                done = deed()
                if asyncio.iscoroutine(done):
                    await done

    async def _kill(self) -> None:
        if self.report.kills >= self.options.kills:
            return
        up = [bot for bot in self.house.bots if bot.is_up]
        victim = self.dice.choice(up) if up else None
        if victim is None or (self.options.leave and not await self.house.is_answered_without(victim)):
            return
        self.report.kills += 1
        await victim.end(signal.SIGTERM if self.dice.random() < 0.1 else signal.SIGKILL)

    async def _cut(self) -> None:
        self.report.cuts += 1
        await self.house.cut_database(self.dice.uniform(0.0, 3.0))

    async def _make_read_only(self) -> None:
        self.report.full += 1
        await self.house.make_read_only(self.dice.uniform(1.0, 4.0))

    async def _fill(self) -> None:
        self.report.full += 1
        await self.house.fill_disk(self.dice.uniform(1.0, 4.0))

    async def _roll(self) -> None:
        self.report.rolls += 1
        await self.house.roll()

    def _trouble_slack(self) -> None:
        self.report.outages += 1
        self.house.trouble_slack(self.dice)


async def run(options: argparse.Namespace) -> Report:
    """One whole run in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with FakeSlack(began_at=int(time.time())) as slack, aiohttp.ClientSession(connector=connector) as http:
            house = House(options, Path(options.keep or folder), slack, http)
            try:
                await house.open()
                return await Chaos(options, house).run()
            finally:
                await house.close()


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Break Pencil while it works.")
    parser.add_argument("--writes", type=int, default=200, help="how many cards are pressed")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--leave", action="store_true", help="kill none while no other answers: for slow machines")
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--processes", type=int, default=3, help="with --database; SQLite has one")
    parser.add_argument("--sockets", type=int, default=0, help="so many of them over Socket Mode")
    parser.add_argument("--skew", type=float, default=0, help="seconds that the clock of the first process is off")
    parser.add_argument("--rolling", type=float, default=0, help="mean seconds between releases that exchange them all")
    parser.add_argument("--before", default="", help="a checkout of an earlier release, whose processes begin the run")
    parser.add_argument("--outsiders", type=int, default=0, help="so many people whose meetings others change")
    parser.add_argument("--disk", default="", help="a small file system for the SQLite file, which is filled at times")
    parser.add_argument("--database", default="", help="a PostgreSQL URL whose database is this run's own")
    parser.add_argument("--pause", type=float, default=2.0, help="mean seconds between kills")
    parser.add_argument("--seconds", type=float, default=600, help="the longest the people go on")
    parser.add_argument("--patience", type=float, default=80, help="seconds that a person waits before they go on")
    parser.add_argument("--settle", type=float, default=120, help="the longest that recovery gets at the end")
    parser.add_argument("--port", type=int, default=8950)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--no-hangs", dest="hangs", action="store_false", help="let the provider answer or fail at once"
    )
    parser.add_argument("--no-outages", dest="outages", action="store_false", help="leave Slack and the database alone")
    parser.add_argument("--keep", default="", help="a folder for logs and the SQLite file")
    return parser.parse_args(arguments)


def main() -> int:
    options, began = read_options(), time.monotonic()
    report = asyncio.run(run(options))
    where = f"PostgreSQL, {options.processes} processes" if options.database else "SQLite, 1 process"
    print(f"{where}, {options.people} people, {time.monotonic() - began:.0f} s")
    print("\n".join(report.lines()))
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
