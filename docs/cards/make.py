"""Makes the pictures in `docs/pictures`: the bot answers in the practice world, `page.py` draws its blocks, Chromium looks.

    uv run python docs/cards/make.py [name …]

Every scene is a conversation that really takes place, at a fixed hour; a picture changes only when a card does.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from page import drawn, form_page, home_page, message_page, said

from bot.app.chatting import PracticeTeam
from bot.app.settings import Settings
from bot.app.wiring import open_house
from bot.dialogue.acts import Chose, ConversationKey, Said
from bot.dialogue.outcomes.agenda import tell_agenda
from bot.dialogue.together.polling import public
from bot.scheduling.accounts import Owner
from bot.scheduling.models import BookingQuery, Person, Slot
from bot.scheduling.times import Interval
from bot.scheduling.together.polls import Poll, Vote
from bot.scheduling.together.sharing import Consent
from bot.slack.drawing.render import render
from bot.slack.drawing.views import form_view, home_view
from bot.slack.ids import FormOrigin

if TYPE_CHECKING:
    from bot.app.wiring import House
    from bot.dialogue.acts import Reply, Turn

PICTURES = Path(__file__).parent.parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
OWNER = Owner("", "TACME", "UALICE")
ALICE = Person(name="Alice Anderson", email="alice@example.com", zone="Europe/Berlin", member="UALICE")
TEAM = (
    Person(name="Dana Weiss", email="dana@example.com", zone="Europe/London", member="UDANA"),
    Person(name="Omar Haddad", email="omar@example.com", zone="America/New_York", member="UOMAR"),
)
POLLED = tuple(NOW.astimezone(UTC) + timedelta(days=day, hours=hours) for day, hours in ((1, 5), (2, 0), (3, 4)))
WIDTH = 760


class Standstill:
    """A clock that shows the hour of the scenes."""

    def now(self) -> datetime:
        """Always the same."""
        return NOW.astimezone(UTC)


@dataclass
class Scene:
    """One conversation; `shown` is what the picture holds."""

    house: House
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    last: Reply | None = None

    async def say(self, text: str, *, is_shown: bool = True) -> None:
        """Alice writes."""
        people = tuple(person for person in TEAM if f"<@{person.member}>" in text)
        spoken = re.sub(r"<@U(\w)(\w+)>", lambda found: f"@{found[1]}{found[2].lower()}", text)
        await self._take(Said(text=text, people=people), spoken if is_shown else "", is_shown=is_shown)

    async def press(self, label: str, *, is_shown: bool = True) -> None:
        """Alice presses a button of the last card, which then becomes the answer."""
        if self.last is None:
            raise LookupError(label)
        choice = next(one for one in self.last.choices if one.label == label)
        if is_shown and self.shown:
            self.shown.pop()
        await self._take(Chose(card=self.last.card, option=choice.id), "", is_shown=is_shown)

    async def form(self, label: str) -> str:
        """The form that a button of the last card opens."""
        choice = next((one for one in (self.last.choices if self.last else ()) if one.label == label), None)
        if choice is None or choice.form is None:
            raise LookupError(label)
        return form_page(form_view(choice.form, FormOrigin(card="card", option=choice.id)))

    async def _take(self, turn: Turn, spoken: str, *, is_shown: bool) -> None:
        key = ConversationKey(owner=OWNER, channel="DALICE")
        self.last = await self.house.assistant.take_turn(turn, key=key, asker=ALICE, place="", is_public=False)
        await self.house.assistant.delivered(self.last, "")
        if spoken:
            self.shown.append(("Alice Anderson", f"{NOW:%H:%M}", said(spoken)))
        if is_shown:
            self.shown.append(("Pencil", f"{NOW:%H:%M}", drawn(list(render(self.last).blocks))))

    @property
    def page(self) -> str:
        """The picture so far."""
        return message_page(self.shown)


async def times(scene: Scene) -> str:
    """Free times of some days."""
    await scene.say("what's free this week for an intro?")
    return scene.page


async def book(scene: Scene) -> str:
    """A card to press."""
    await scene.say("book intro with priya@example.com tuesday 2pm")
    return scene.page


async def booked(scene: Scene) -> str:
    """What the press came to."""
    await scene.say("book intro with priya@example.com tuesday 2pm")
    await scene.press("Book")
    return scene.page


async def move(scene: Scene) -> str:
    """An old and a new time."""
    await scene.say("book intro with priya@example.com tuesday 2pm", is_shown=False)
    await scene.press("Book", is_shown=False)
    await scene.say("move priya to wednesday same time")
    return scene.page


async def meetings(scene: Scene) -> str:
    """What is on."""
    await scene.say("what do I have this week")
    return scene.page


async def agenda(scene: Scene) -> str:
    """What comes by itself on a morning."""
    await scene.say("book intro with priya@example.com today 11:00", is_shown=False)
    await scene.press("Book", is_shown=False)
    await scene.say("book quick chat with dana@example.com today 2pm", is_shown=False)
    await scene.press("Book", is_shown=False)
    context = await scene.house.assistant.context_for(OWNER, ALICE)
    today = Interval(NOW.astimezone(UTC), NOW.astimezone(UTC) + timedelta(hours=12))
    provider = (await scene.house.keeper.known(OWNER, ALICE)).provider
    booked = await provider.bookings(BookingQuery(window=today)) if provider else ()
    reply, _ = tell_agenda(context, booked, is_weekly=False, colleagues={"dana@example.com": "UDANA"})
    scene.shown = [("Pencil", "08:00", drawn(list(render(reply).blocks)))]
    return scene.page


async def group(scene: Scene) -> str:
    """A time for several people, who let colleagues see when they are free."""
    scene.house.faces.surface = PracticeTeam((ALICE, *TEAM))
    for person in TEAM:
        owner = Owner("", "TACME", person.member or "")
        for account in await scene.house.keeper.accounts_of(owner):
            await scene.house.store.consents.grant(
                Consent(owner=owner, account=account.id), now=scene.house.clock.now()
            )
    await scene.say("30 min with <@UDANA> and <@UOMAR> next week")
    return scene.page


async def request(scene: Scene) -> str:
    """Somebody asks for a time, and waits for an answer."""
    await scene.say("book interview with priya@example.com tuesday 2pm", is_shown=False)
    await scene.press("Book", is_shown=False)
    await scene.say("show pending requests")
    return scene.page


async def types(scene: Scene) -> str:
    """The event types."""
    await scene.say("show my event types")
    return scene.page


async def hours(scene: Scene) -> str:
    """The week before and after."""
    await scene.say("set fridays 9 to 1")
    return scene.page


async def form(scene: Scene) -> str:
    """The form of a card."""
    await scene.say("book intro with priya@example.com tuesday 2pm")
    return await scene.form("Edit")


async def poll(scene: Scene) -> str:
    """Colleagues vote on times."""
    scene.house.faces.surface = PracticeTeam((ALICE, *TEAM))
    slots = tuple(Slot(start, start + timedelta(minutes=30)) for start in POLLED)
    asked = Poll(
        id="poll",
        owner=OWNER,
        title="Intro",
        slots=slots,
        invited=TEAM,
        closes_at=POLLED[-1],
        zone="Europe/Berlin",
        asker=ALICE.name,
        votes=(
            Vote(member="UDANA", name="Dana Weiss", option=0),
            Vote(member="UDANA", name="Dana Weiss", option=2),
            Vote(member="UOMAR", name="Omar Haddad", option=2),
        ),
        voted=("UDANA", "UOMAR"),
    )
    reply, _ = public(asked, "poll", NOW.astimezone(UTC))
    scene.shown = [("Pencil", f"{NOW:%H:%M}", drawn(list(render(reply).blocks)))]
    return scene.page


async def home(scene: Scene) -> str:
    """The home tab."""
    key = ConversationKey(owner=OWNER, channel="DALICE")
    return home_page(home_view(await scene.house.assistant.home(key=key, asker=ALICE)))


SCENES = {
    scene.__name__: scene
    for scene in (times, book, booked, move, meetings, agenda, group, request, poll, types, hours, form, home)
}


async def pages(names: list[str]) -> dict[str, str]:
    """Each scene's page, in a world of its own."""
    out = {}
    for name in names:
        settings = Settings.model_validate({"database_url": "sqlite://"})
        async with open_house(settings, clock=Standstill(), migrate=True) as house:
            out[name] = await SCENES[name](Scene(house))
    return out


def photograph(page: str, picture: Path) -> None:
    """The page as a picture, as high as it is."""
    browser = next((found for found in map(shutil.which, BROWSERS) if found), None)
    if browser is None:
        sys.exit("Chromium is not installed; apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        measured = (
            "<script>document.title = Math.ceil(document.querySelector('main').getBoundingClientRect().height)</script>"
        )
        file.write_text(page + measured, encoding="utf-8")
        flags = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--virtual-time-budget=1000",
        ]
        seen = subprocess.run([*flags, "--dump-dom", file.as_uri()], capture_output=True, text=True, check=True).stdout
        height = next(iter(re.findall(r"<title>(\d+)</title>", seen)), "600")
        size = [f"--window-size={WIDTH},{height}", "--force-device-scale-factor=1.5"]
        shot = [f"--screenshot={picture}", file.as_uri()]
        subprocess.run([*flags, *size, *shot], capture_output=True, check=True)


def main() -> None:
    """The pictures that were named, or all."""
    names = sys.argv[1:] or list(SCENES)
    PICTURES.mkdir(exist_ok=True)
    for name, page in asyncio.run(pages(names)).items():
        photograph(page, PICTURES / f"{name}.png")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
