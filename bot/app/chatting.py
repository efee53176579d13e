"""`pencil chat`: the house with a terminal on it. Without settings it talks to the sandbox and keeps nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app.wiring import OffsetClock, open_house
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person
from bot.scheduling.together.directory import Member
from bot.scheduling.together.sharing import Consent
from bot.terminal import Terminal, colour_writer, lines_of, plain_writer, read_lines
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.settings import Settings
    from bot.app.wiring import House
    from bot.dialogue.acts import Reply
    from bot.loop.messenger import Once

MEMORY = "sqlite://"
COLLEAGUES = (
    Person(name="Priya Raman", email="priya@acme.io", zone="Europe/London", member="priya"),
    Person(name="Dana Weiss", email="dana@acme.io", zone="Europe/Berlin", member="dana"),
    Person(name="Mateo Silva", email="mateo@acme.io", zone="Europe/Lisbon", member="mateo"),
    Person(name="Omar Haddad", email="omar@acme.io", zone="America/New_York", member="omar"),
    Person(name="Yuki Tanaka", email="yuki@acme.io", zone="Asia/Tokyo", member="yuki"),
)
"""The invented team of the practice world, for `@dana`."""
KEEP_TO_THEMSELVES = frozenset({"mateo"})
"""Those of them who let nobody see when they are free."""
LAST_WAIT = timedelta(seconds=60)
"""How long the end of a chat waits for the truth about an uncertain write."""


@dataclass(frozen=True, slots=True)
class PracticeTeam:
    """The invented team as a directory."""

    people: tuple[Person, ...]

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        """Everybody there is."""
        del owner
        return tuple(Member(person=person) for person in self.people)

    async def member(self, owner: Owner) -> Member | None:
        """The one of that name."""
        return next((Member(person=person) for person in self.people if person.member == owner.member), None)

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        """There are no groups in a terminal."""
        del owner, group
        return ()

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        """Nor threads."""
        del owner, place
        return ()


@dataclass(frozen=True, slots=True)
class Printer:
    """Says unasked things in the terminal."""

    chat: Terminal

    async def person(self, owner: Owner) -> Person:
        """The one person there is."""
        del owner
        return self.chat.asker

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """Print it."""
        del place, once
        if owner == self.chat.owner:
            await self.chat.show(reply)
        else:
            self.chat.write("\n".join((f"(to {owner.member})", *lines_of(reply, buttons=False))))
        return "terminal"

    async def post(self, owner: Owner, place: str, reply: Reply) -> str:
        """Print what everybody would read."""
        del owner, place
        self.chat.write("\n".join(("(for everybody here)", *lines_of(reply, buttons=False))))
        return "terminal"

    async def say_to(self, owner: Owner, text: str) -> None:
        """What somebody else would read."""
        self.chat.write(f"(to @{owner.member}) {text}")


async def run_chat(settings: Settings, *, now: datetime | None, zone: str, name: str) -> int:
    """Chat until the input ends or the person leaves."""
    if settings.uses_sandbox and not settings.is_set("database_url"):
        settings = settings.model_copy(update={"database_url": MEMORY})
    async with open_house(settings, clock=OffsetClock(now) if now else None, migrate=True) as house:
        is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        slug = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum()) or "you"
        owner = Owner("", "terminal", slug)
        chat = Terminal(
            assistant=house.assistant,
            owner=owner,
            asker=Person(name=name, email=f"{slug}@example.com", zone=zone, member=slug),
            write=colour_writer() if is_terminal else plain_writer(),
            people=tuple(person for person in COLLEAGUES if person.member != slug),
        )
        house.faces.surface = PracticeTeam((chat.asker, *chat.people))
        if settings.uses_sandbox:
            await _let_the_team_share(house, chat)
        house.voices.surface = house.voices.post_office = Printer(chat)
        notices = house.notices(Printer(chat))
        recovery = house.recovery(Printer(chat), notices.replay)
        house.crew.keep(recovery.run())
        house.crew.keep(house.rounds(Printer(chat)).run())
        house.crew.keep(notices.watch_connections())
        house.crew.keep(house.closing.run())
        await read_lines(chat, sys.stdin, is_terminal=is_terminal)
        if not await recovery.finish(LAST_WAIT):
            chat.write("I could not find out in time what became of the last write. Please check your calendar.")
    return 0


async def _let_the_team_share(house: House, chat: Terminal) -> None:
    """The invented colleagues have agreed to be seen as free or busy, all but one, so that both can be tried."""
    for person in chat.people:
        owner = replace(chat.owner, member=person.member or "")
        if person.member in KEEP_TO_THEMSELVES:
            await house.store.consents.withdraw(owner, now=house.clock.now())
        else:
            for account in await house.keeper.accounts_of(owner):
                await house.store.consents.grant(Consent(owner=owner, account=account.id), now=house.clock.now())
