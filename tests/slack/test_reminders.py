"""What happens by itself, through everything real: errands in the store, the practice world's bookings, Slack's stand-in."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.app.chatting import PracticeTeam
from bot.app.settings import load_settings
from bot.app.wiring import open_house
from bot.dialogue.acts import Chose, ConversationKey, Said, Submitted, Wished
from bot.dialogue.families import ReminderRequest, SlotRequest
from bot.errors import Unsupported
from bot.language.meaning import Grain, Intent, Moment, Span
from bot.scheduling.accounts import Owner
from bot.scheduling.models import BookingQuery, Person
from bot.scheduling.reminding.errands import ErrandKind
from bot.scheduling.reminding.preferences import AgendaWish, Preferences, Quiet, Rhythm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app.wiring import House
    from bot.dialogue.acts import Reply
    from bot.loop.messenger import Once
    from bot.loop.reminding.rounds import Rounds

ANA = Owner("", "T1", "UANA")
BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY_NIGHT = datetime(2026, 3, 8, 21, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class SetClock:
    at: datetime = SUNDAY_NIGHT

    def now(self) -> datetime:
        return self.at

    def go(self, hour: int, minute: int = 0, *, day: int = 9, month: int = 3) -> None:
        self.at = datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@dataclass
class Letters:
    """A messenger that keeps what it was given. `is_away`: nothing arrives."""

    zone: str = "Europe/Berlin"
    told: list[Reply] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)

    async def say_to(self, owner: Owner, text: str) -> None:
        self.said.append((owner.member, text))

    announced: list[tuple[str, str, str]] = field(default_factory=list)
    is_shut_out: bool = False

    async def announce(self, owner: Owner, channel: str, place: str, reply: Reply, *, once: Once | None = None) -> str:
        if self.is_shut_out:
            raise Unsupported("not_in_channel")
        self.announced.append((channel, place, reply.text))
        return place or f"channel{len(self.announced)}"

    async def person(self, owner: Owner) -> Person:
        return Person(name="Ana", email="ana@acme.io", zone=self.zone, member=owner.member)

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        if once is not None and once.key in self.keys:
            return self.keys[once.key]
        self.told.append(reply)
        self.places.append(place)
        if once is not None:
            self.keys[once.key] = f"place{len(self.told)}"
        return place or f"place{len(self.told)}"


@dataclass
class Mornings:
    """A house whose clock is set, with its rounds."""

    house: House
    clock: SetClock
    letters: Letters

    @property
    def rounds(self) -> Rounds:
        return self.house.rounds(self.letters)

    async def want(self, **wanted: object) -> None:
        preferences = Preferences(**wanted)  # type: ignore[arg-type]  # named fields
        await self.house.assistant.effects.reminders.prefer(ANA, preferences, ZoneInfo(self.letters.zone))

    async def book(self, hour: int, minute: int = 0, *, day: int = 9) -> str:
        """Ana books a meeting with Kai by pressing; its id."""
        start = datetime(2026, 3, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)
        moment = Moment(span=Span(0, 0), grain=Grain.MINUTE, exact=start)
        kai = Person(name="Kai Brunner", email="kai@example.org")
        wish = SlotRequest(intent=Intent.BOOK, attendee=kai, moments=(moment,))
        card = await self.turn(Wished(request=wish))
        booked = await self.turn(Chose(card=card.card, option="book"))
        assert "Booked" in booked.text, booked.text
        return (await self.standing(start))[0]

    async def standing(self, start: datetime) -> list[str]:
        person = await self.letters.person(ANA)
        provider = (await self.house.keeper.known(ANA, person)).provider
        assert provider is not None
        return [one.id for one in await provider.bookings(BookingQuery()) if one.slot.start == start]

    async def turn(self, turn: object) -> Reply:
        key = ConversationKey(owner=ANA, channel="D1")
        person = await self.letters.person(ANA)
        reply = await self.house.assistant.take_turn(turn, key=key, asker=person, place="", is_public=False)  # type: ignore[arg-type]
        await self.house.assistant.delivered(reply, "")
        return reply

    @property
    def texts(self) -> list[str]:
        return [reply.text for reply in self.letters.told]


@asynccontextmanager
async def mornings(folder: Path) -> AsyncIterator[Mornings]:
    settings = load_settings(_env_file=None, database_url=f"sqlite:///{folder}/pencil.db")
    clock = SetClock()
    async with open_house(settings, clock=clock, migrate=True) as house:
        yield Mornings(house, clock, Letters())


@pytest.fixture
async def ana(tmp_path: Path) -> AsyncIterator[Mornings]:
    async with mornings(tmp_path) as found:
        yield found


AT_EIGHT = AgendaWish(rhythm=Rhythm(at=time(8)))


async def test_the_agenda_comes_in_the_morning_and_not_before(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(7, 59)
    await ana.rounds.sweep()
    before = list(ana.texts)
    ana.clock.go(8)
    await ana.rounds.sweep()

    assert before == []
    (text,) = ana.texts
    assert text.startswith("Today, Mon 9 Mar, 1 meeting (Berlin time): 11:00–11:30: Intro with Kai Brunner.")
    assert [choice.label for choice in ana.letters.told[0].choices][-2:] == ["Move", "Cancel meeting"]


async def test_the_agenda_comes_once_a_day_from_two_processes(ana: Mornings) -> None:
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(8, 1)

    await asyncio.gather(ana.rounds.sweep(), ana.rounds.sweep(), ana.rounds.sweep())
    await ana.rounds.sweep()

    assert len(ana.texts) == 1


async def test_what_was_sent_before_a_crash_is_not_sent_again(ana: Mornings) -> None:
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(8, 1)
    due = await ana.house.store.errands.take_due(now=ana.clock.at)
    (taken,) = [errand for errand in due if errand.kind is ErrandKind.AGENDA]
    await ana.rounds._tell_agenda(taken, AT_EIGHT, await ana.letters.person(ANA))
    ana.clock.go(8, 5)

    await ana.rounds.sweep()

    assert len(ana.texts) == 1


async def test_it_stays_eight_over_the_clock_change(ana: Mornings) -> None:
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(8, 1, day=27)
    await ana.rounds.sweep()

    (waiting,) = await ana.house.store.errands.of(ANA, ErrandKind.AGENDA)

    assert waiting.due_at == datetime(2026, 3, 30, 6, 0, tzinfo=UTC)


async def test_an_hour_late_is_told_and_five_hours_late_is_left(ana: Mornings) -> None:
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(9)
    await ana.rounds.sweep()
    ana.clock.go(13, day=10)
    await ana.rounds.sweep()

    assert len(ana.texts) == 1
    (waiting,) = await ana.house.store.errands.of(ANA, ErrandKind.AGENDA)
    assert waiting.due_at == datetime(2026, 3, 11, 7, 0, tzinfo=UTC)


async def test_who_has_travelled_west_hears_at_eight_there(ana: Mornings) -> None:
    await ana.want(agenda=AT_EIGHT)
    ana.letters.zone = "America/New_York"
    ana.clock.go(8, 1)
    await ana.rounds.sweep()
    at_home = list(ana.texts)
    ana.clock.at = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    await ana.rounds.sweep()

    assert at_home == []
    assert len(ana.texts) == 1


async def test_the_agenda_edits_itself_when_the_day_changes(ana: Mornings) -> None:
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(8)
    await ana.rounds.sweep()
    await ana.book(11)
    ana.clock.go(8, 20)
    await ana.rounds.sweep()
    ana.clock.go(8, 40)
    await ana.rounds.sweep()

    assert ana.letters.places == ["", "place1"]
    assert "11:00–11:30" in ana.texts[1]


async def test_a_note_comes_before_each_meeting_once(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(note_before=10 * MINUTE)
    ana.clock.go(8)
    await ana.rounds.sweep()
    ana.clock.go(10, 50)
    await asyncio.gather(ana.rounds.sweep(), ana.rounds.sweep())
    ana.clock.go(10, 55)
    await ana.rounds.sweep()

    assert ana.texts == ["Intro with Kai Brunner begins in 10 min, at 11:00 Berlin."]


IN_CHANNEL = AgendaWish(rhythm=Rhythm(at=time(8)), channel="C7")


async def test_an_agenda_in_a_channel_names_nobody_and_edits_itself(ana: Mornings) -> None:
    ana.house.voices.surface = ana.house.voices.announcer = ana.letters
    await ana.book(11)
    await ana.want(agenda=IN_CHANNEL)
    ana.clock.go(8)
    await asyncio.gather(ana.rounds.sweep(), ana.rounds.sweep())
    await ana.book(15)
    ana.clock.go(8, 20)
    await ana.rounds.sweep()

    assert ana.letters.announced == [
        ("C7", "", "Ana's Mon 9 Mar: 11:00–11:30: Intro"),
        ("C7", "channel1", "Ana's Mon 9 Mar: 11:00–11:30: Intro; 15:00–15:30: Intro"),
    ]
    assert ana.texts == []


async def test_an_agenda_whose_channel_shut_us_out_ends_with_a_word(ana: Mornings) -> None:
    ana.house.voices.surface = ana.house.voices.announcer = ana.letters
    await ana.want(agenda=IN_CHANNEL)
    ana.letters.is_shut_out = True
    ana.clock.go(8)
    await ana.rounds.sweep()

    assert [member for member, text in ana.letters.said if "/invite" in text] == ["UANA"]
    assert (await ana.house.store.preferences.load(ANA)).agenda is None


async def test_words_put_the_agenda_into_a_channel_and_take_it_out_again(ana: Mornings) -> None:
    ana.house.voices.surface = ana.house.voices.announcer = ana.letters
    begun = await ana.turn(Said(text="post my agenda in <#C7|team> every monday at 9"))
    kept = (await ana.house.store.preferences.load(ANA)).agenda
    ended = await ana.turn(Said(text="stop my agenda"))

    assert begun.text.startswith(
        "From now on I send you your agenda every Monday at 09:00 Berlin time in that channel."
    )
    assert kept == AgendaWish(rhythm=Rhythm(at=time(9), weekdays=(0,)), is_weekly=True, channel="C7")
    assert [text for _, _, text in ana.letters.announced] == [
        "Ana's agenda comes here every Monday at 09:00 Berlin time: times and kinds of meetings only."
    ]
    assert ended.text == "I send you nothing by itself any more."
    assert await ana.house.store.errands.of(ANA, ErrandKind.AGENDA) == ()


async def test_the_week_comes_on_mondays(ana: Mornings) -> None:
    await ana.book(11, day=11)
    await ana.turn(Said(text="every monday at 9 send me my week"))
    ana.clock.go(9)
    await ana.rounds.sweep()
    ana.clock.go(9, day=10)
    await ana.rounds.sweep()

    (text,) = ana.texts
    assert text.startswith("Your week from Mon 9 Mar, ")
    assert "Wed 11:00–11:30: Intro with Kai Brunner" in text


async def test_a_colleague_is_told_of_a_delay_once(ana: Mornings) -> None:
    kai = Person(name="Kai Brunner", email="kai@example.org", zone="Europe/Berlin", member="UKAI")
    ana.house.faces.surface = PracticeTeam((kai,))
    ana.house.voices.surface = ana.letters
    await ana.book(11)
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(8)
    await ana.rounds.sweep()
    (agenda,) = ana.letters.told

    first = await ana.turn(Chose(card=agenda.card, option="l1"))
    await ana.turn(Chose(card=agenda.card, option="l1"))

    assert [choice.label for choice in agenda.choices][-3:] == ["Running late", "Move", "Cancel meeting"]
    assert first.text == "I told Kai Brunner that you are running a few minutes late."
    assert ana.letters.said == [("UKAI", "Ana is running a few minutes late for Intro.")]


async def test_nothing_is_sent_for_a_meeting_that_was_cancelled_or_moved(ana: Mornings) -> None:
    booking = await ana.book(11)
    await ana.want(note_before=10 * MINUTE)
    ana.clock.go(8)
    await ana.rounds.sweep()
    sandbox = ana.house.sandbox
    assert sandbox is not None
    from bot.sandbox.world.calendar import State  # noqa: PLC0415  beside its only use

    (key,) = [key for key, one in sandbox.world.bookings.items() if one.uid == booking]
    sandbox.world.bookings[key] = replace(sandbox.world.bookings[key], state=State.CANCELLED)
    ana.clock.go(10, 50)
    await ana.rounds.sweep()

    assert ana.texts == []


async def test_quiet_hours_are_quiet(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(note_before=10 * MINUTE, quiet=Quiet(start=time(10), end=time(12)))
    ana.clock.go(8)
    await ana.rounds.sweep()
    ana.clock.go(10, 50)
    await ana.rounds.sweep()

    assert ana.texts == []


async def test_a_note_that_was_due_while_nobody_ran_is_told_late_or_left(ana: Mornings) -> None:
    await ana.book(11)
    await ana.book(15)
    await ana.want(note_before=10 * MINUTE)
    ana.clock.go(8)
    await ana.rounds.sweep()
    ana.clock.go(11, 3)
    await ana.rounds.sweep()
    ana.clock.go(15, 30)
    await ana.rounds.sweep()

    assert ana.texts == ["Intro with Kai Brunner begins now, at 11:00 Berlin."]


async def test_one_reminder_before_the_next_meeting(ana: Mornings) -> None:
    await ana.book(11)
    wish = ReminderRequest(intent=Intent.REMIND, before=10 * MINUTE, is_once=True)
    said = await ana.turn(Wished(request=wish))
    ana.clock.go(10, 50)
    await ana.rounds.sweep()

    assert said.text == "I will remind you of Intro with Kai Brunner on Mon 9 Mar 10:50 Berlin."
    assert len(ana.texts) == 1
    assert await ana.house.store.preferences.load(ANA) == Preferences()


async def test_everything_is_set_in_one_form_and_stopped_there(ana: Mornings) -> None:
    first = await ana.turn(Wished(request=ReminderRequest(intent=Intent.AGENDA)))
    values = (
        ("agenda", "weekly"),
        ("agenda_at", "09:00"),
        ("note", "15"),
        ("quiet_from", "20:00"),
        ("quiet_to", "07:00"),
    )
    changed = await ana.turn(Submitted(card=first.card, option="change", values=values))
    nothing = (("agenda", "never"), ("note", "never"), ("quiet_from", ""), ("quiet_to", ""))
    stopped = await ana.turn(Submitted(card=changed.card, option="change", values=nothing))

    assert "your agenda every workday at 08:00 Berlin time" in first.text
    assert changed.text == (
        "From now on I send you your agenda every Monday at 09:00 Berlin time and a note 15 min before each meeting. "
        "Quiet from 20:00 to 07:00."
    )
    assert stopped.text == "I send you nothing by itself any more."
    assert await ana.house.store.errands.of(ANA, ErrandKind.AGENDA) == ()


async def test_who_lost_their_account_stops_nobody_else(ana: Mornings) -> None:
    lee = Owner("", "T1", "ULEE")
    await ana.want(agenda=AT_EIGHT)
    await ana.house.assistant.effects.reminders.prefer(lee, Preferences(agenda=AT_EIGHT), BERLIN)
    ana.clock.go(8)

    await ana.rounds.sweep()

    assert len(ana.texts) == 2


async def test_move_on_the_agenda_offers_the_nearest_free_times_and_leaves_it_standing(ana: Mornings) -> None:
    await ana.book(11)
    await ana.want(agenda=AT_EIGHT)
    ana.clock.go(8)
    await ana.rounds.sweep()
    (agenda,) = ana.letters.told
    move = next(choice.id for choice in agenda.choices if choice.label == "Move")

    offered = await ana.turn(Chose(card=agenda.card, option=move))

    labels = [choice.label for choice in offered.choices]
    assert offered.is_news
    assert any("11:30" in label for label in labels), labels
    assert agenda.card not in offered.retires
