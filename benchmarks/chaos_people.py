"""The people of a run: they connect, ask, press (now and then twice at once), hold, move and cancel."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from chaos_judge import ASKED_AGAIN, DONE, REPLACED, Act, Deal, Report, ending
from fake_slack import direct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chaos_street import Card, Street
    from fake_slack import Shown

ZONE = ZoneInfo("Europe/Berlin")


@dataclass
class Somebody:
    """One person with a calendar of their own. Lives until `is_enough` says so."""

    name: str
    street: Street
    report: Report
    is_enough: Callable[[], bool]
    strangers: tuple[str, ...] = ()

    @property
    def messages(self) -> list[Shown]:
        return self.street.house.slack.messages(direct(self.name))

    async def live(self) -> None:
        """Connect, then make meetings and change them."""
        if not await self.connect():
            return
        await self.turn_news_on()
        times = some_times()
        while not self.is_enough():
            fate = self.street.dice.random()
            deal = await (self.book(next(times)) if fate > 0.12 else self.hold_and_book(next(times)))
            if deal is None or not deal.acts or deal.acts[-1].told != "booked":
                continue
            if fate > 0.8:
                await self.cancel(deal)
            elif fate > 0.6:
                await self.move(deal, next(times))

    async def connect(self) -> bool:
        """The real way: say it, open the form, enter a key."""
        views = self.street.house.slack.views
        while not self.is_enough():
            seen = len(views)
            await self.street.say(self.name, "connect cal.com")
            card = await until(lambda: self.button("Connect"), self.moment(15))
            if card is None:
                continue
            await self.street.press(self.name, card)
            view = await until(partial(self._form, seen), self.moment(6))
            if view is not None:
                await self.street.submit(self.name, view, f"cal_chaos_{self.name.lower()}")
                if await until(lambda: any("onnected" in one.text for one in self.messages), self.moment(15)):
                    return True
        return False

    async def turn_news_on(self) -> None:
        """Hear of what others do."""
        while not self.is_enough() and not any("News is on" in one.text for one in self.messages):
            since = self.street.house.slack.ticks
            await self.street.say(self.name, "turn news on")
            card = await until(partial(self.button, "Turn news on", since=since), self.moment(15))
            if card is not None:
                await self.street.press(self.name, card)
                await until(lambda: any("ews is " in one.text for one in self.messages), self.moment(30))

    def _form(self, seen: int) -> dict[str, Any] | None:
        """The form that was opened for this person: its metadata names their direct messages."""
        opened = self.street.house.slack.views[seen:]
        return next((view for view in opened if direct(self.name) in view.get("private_metadata", "")), None)

    def moment(self, seconds: float) -> float:
        """That long, or as long as this person waits at all."""
        return min(seconds, float(self.street.house.options.patience))

    def button(self, label: str, about: str = "", *, since: int = 0) -> Card | None:
        """The newest card with such a button, and the button."""
        for message in sorted(self.messages, key=lambda one: one.changed, reverse=True):
            if message.changed > since and (about in message.text or about in json.dumps(message.blocks)):
                for element in message.elements:
                    if element["type"] == "button" and element["text"]["text"] == label:
                        return message, element
        return None

    # ── what they do ───────────────────────────────────────────────────────────────────────────────────────────────

    async def book(self, when: datetime) -> Deal | None:
        deal = self._wish(when)
        await self.street.say(self.name, f"book intro with {deal.mail} on {spoken(when)}")
        card: Card | None = await until(lambda: self.button("Book", deal.mail), self.moment(20))
        if card is None:
            return None
        self.report.deals.append(deal)
        if self.street.dice.random() < 0.05:
            await self._stranger(card)
            return deal
        await self.press(deal, "book", card)
        return deal

    def _wish(self, when: datetime) -> Deal:
        start = when.astimezone(UTC).isoformat()
        return Deal(self.name, f"{lettered(next(self.street.numbers))}@guests.example", start=start)

    async def _stranger(self, card: Card) -> None:
        """Somebody else presses it, which must do nothing."""
        if self.strangers:
            self.report.strangers += 1
            await self.street.press(self.street.dice.choice(self.strangers), card)

    async def press(self, deal: Deal, kind: str, card: Card) -> Act:
        """Press and wait for the truth, as long as a person would."""
        slack, message = self.street.house.slack, card[0]
        act = Act(kind, (message.channel, message.ts), slack.ticks, time.monotonic())
        deal.acts.append(act)
        patience: float = self.street.house.options.patience
        ends_at, since = time.monotonic() + patience, act.since
        while time.monotonic() < ends_at:
            if not await self.street.press(self.name, card):
                self.report.untaken += 1
                act.pressed_at = time.monotonic()
                ends_at = act.pressed_at + patience
                continue
            await until(partial(self._is_through, deal, act, since), patience)
            if act.told:
                break
            since = self.street.house.slack.ticks
            await asyncio.sleep(1)
        return act

    def _is_through(self, deal: Deal, act: Act, since: int) -> bool:
        """Whether there is an ending, or a word that nothing was done and the press should be repeated."""
        for one in self.messages:
            if one.changed > since and re.search(REPLACED, one.text):
                act.refused_at = act.refused_at or self.report.changed_at[one.channel, one.ts]
        return self.learn(deal, act) or any(
            one.changed > since and re.search(ASKED_AGAIN, one.text) for one in self._visible()
        )

    def _visible(self) -> list[Shown]:
        """With what is whispered to this person."""
        return self.street.house.slack.messages(direct(self.name), reader=self.name)

    def learn_all(self) -> None:
        """Look once more at everything that was told."""
        for deal in self.report.deals:
            if deal.person == self.name and deal.acts:
                self.learn(deal, deal.acts[-1])

    def learn(self, deal: Deal, act: Act) -> bool:
        """Note what this act has come to, as told."""
        hold = f"{datetime.fromisoformat(deal.start).astimezone(ZONE):%a %-d %b %H:%M}"
        places = {act.card, *self.report.about[deal.mail], *(self.report.about[hold] if act.kind == "hold" else ())}
        about = [one for one in self.messages if (one.channel, one.ts) in places]
        told, message = ending(act, about)
        if message is not None and told != act.told:
            act.told_at = self.report.changed_at[message.channel, message.ts]
        if not told and act.refused_at:
            told, act.told_at = "not written", act.told_at or act.refused_at
        act.told = told
        deal.said = tuple(one.text for one in about)
        return bool(told)

    async def cancel(self, deal: Deal) -> None:
        card = await self._asked(deal, "Cancel meeting")
        if card is not None:
            await self.press(deal, "cancel", card)

    async def move(self, deal: Deal, when: datetime) -> None:
        await self.street.say(self.name, f"move my meeting with {deal.mail} to {spoken(when)}")
        card: Card | None = await until(
            lambda: self.button("Move", "Nothing moves until you press Move."), self.moment(12)
        )
        if card is not None and deal.mail in card[0].text:
            await self.press(deal, "move", card)

    async def _asked(self, deal: Deal, label: str) -> Card | None:
        """The button on the outcome opens a card that asks once more."""
        first = self.button(label, deal.mail)
        if first is None:
            return None
        since = self.street.house.slack.ticks
        await self.street.press(self.name, first)
        found: Card | None = await until(lambda: self._danger(label, deal.mail, since), self.moment(12))
        return found

    def _danger(self, label: str, mail: str, since: int) -> Card | None:
        found = self.button(label, mail, since=since)
        return found if found is not None and found[1].get("style") == "danger" else None

    async def hold_and_book(self, when: datetime) -> Deal | None:
        deal = self._wish(when)
        since = self.street.house.slack.ticks
        await self.street.say(self.name, f"hold {spoken(when)} for intro with {deal.mail}")
        card = await until(lambda: self.button("Hold", deal.mail, since=since), self.moment(20))
        if card is None:
            return None
        self.report.deals.append(deal)
        act = await self.press(deal, "hold", card)
        if act.told != DONE["hold"]:
            return deal
        held = await until(lambda: self.button("Book", deal.mail, since=act.since), 5)
        if held is not None:
            await self.press(deal, "book", held)
        return deal


def some_times() -> Iterator[datetime]:
    """Half hours of working days from tomorrow on."""
    day = datetime.now(UTC).date() + timedelta(days=1)
    while True:
        if day.weekday() < 5:
            for half in range(18, 34):
                yield datetime(day.year, day.month, day.day, half // 2, 30 * (half % 2), tzinfo=ZONE)
        day += timedelta(days=1)


def lettered(number: int) -> str:
    """A number as a name, because people are told apart by their names."""
    letters = ""
    while number:
        number, digit = divmod(number, 20)
        letters = "bcdfghjklmnpqrstvwxz"[digit] + letters
    return f"gu{letters}a"


def spoken(when: datetime) -> str:
    return f"{when:%d %B %Y %H:%M}"


async def until(check: Callable[[], Any], seconds: float) -> Any:
    """What the check finds, or None after so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        await asyncio.sleep(0.05)
    return None
