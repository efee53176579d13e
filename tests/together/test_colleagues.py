"""Whose calendar is looked at, and what is kept of it: through the real house and the practice world."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.app.settings import load_settings
from bot.app.wiring import open_house
from bot.dialogue.acts.together import Known
from bot.errors import Refused
from bot.loop.together.looking import MOST_PEOPLE
from bot.loop.together.published import Through
from bot.sandbox import FaultRule, create_sandbox
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person
from bot.scheduling.provider import Capabilities
from bot.scheduling.times import Interval
from bot.scheduling.together.directory import Member
from bot.scheduling.together.people import Source
from bot.scheduling.together.sharing import Consent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app.wiring import House
    from bot.sandbox import Sandbox
    from bot.scheduling.models import Booking

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEK = Interval(datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC))
VIEWER = Owner("", "T1", "you")
DANA = Person(name="Dana Weiss", email="dana@acme.io", zone="Europe/Berlin", member="dana")
OMAR = Person(name="Omar Haddad", email="omar@acme.io", zone="America/New_York", member="omar")
MATEO = Person(name="Mateo Silva", email="mateo@acme.io", zone="Europe/Lisbon", member="mateo")
YUKI = Person(name="Yuki Tanaka", email="yuki@acme.io", zone="Asia/Tokyo", member="yuki")
GUS = Person(name="Gus Ferro", email="gus@elsewhere.example", zone="Europe/Rome", member="gus")
YOU = Person(name="You", member="you")


@dataclass
class SetClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Team:
    """A directory with a guest in it."""

    people: tuple[Member, ...] = tuple(Member(person=one, is_guest=one is GUS) for one in (DANA, OMAR, YUKI, GUS, YOU))

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        return self.people

    async def member(self, owner: Owner) -> Member | None:
        return next((one for one in self.people if one.person.member == owner.member), None)

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        return ()

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        return ()


@dataclass
class Room:
    house: House
    world: Sandbox
    clock: SetClock
    team: Team = field(default_factory=Team)

    async def consent(
        self, person: Person, *, team: str = "T1", viewer: str = "", until: datetime | None = None
    ) -> None:
        owner = Owner("", team, person.member or "")
        (account,) = await self.house.keeper.accounts_of(owner)
        consent = Consent(owner=owner, account=account.id, viewer=viewer, until=until)
        await self.house.store.consents.grant(consent, now=self.clock.now())

    async def sources(self, *people: Person, viewer: Owner = VIEWER, fresh: bool = False) -> list[Source]:
        found = await self.house.colleagues.look(viewer, people, WEEK, fresh=fresh)
        return [one.source for one in found]

    async def through(self, viewer: Owner = VIEWER, **changed: object) -> Through:
        """The viewer's own account at the practice service, otherwise than it is there as far as `changed` says."""
        person = Person(name="You", email="you@acme.io", zone="Europe/Berlin", member=viewer.member)
        known = await self.house.keeper.known(viewer, person)
        assert known.account is not None
        assert known.provider is not None
        (number,) = [id_ for id_, one in self.world.world.accounts.items() if one.email == person.email]
        self.world.world.accounts[number] = replace(self.world.world.accounts[number], **changed)  # type: ignore[arg-type]
        known.provider.forget()  # type: ignore[attr-defined]  # Cal.com's keeps the profile
        return Through(account=known.account.id, provider=known.provider)

    def taken(self, person: Person) -> set[tuple[datetime, datetime]]:
        """When that person has something else, in the week."""
        account = next(one for one in self.world.world.accounts.values() if one.email == person.email)
        busy = {(one.start, one.end) for one in self.world.world.busy if one.owner == account.id}
        busy |= {(one.start, one.end) for one in self.world.world.bookings_of(account.id)}
        return {one for one in busy if one[0] < WEEK.end and one[1] > WEEK.start}

    @property
    def calls(self) -> int:
        return len(self.world._controls.record.entries)

    def fault(self, path: str) -> None:
        rule = {"method": "GET", "path": path, "times": 20, "kind": "status", "status": 400}
        self.world._controls.faults.replace((FaultRule.model_validate(rule),))


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    clock = SetClock()
    world = create_sandbox(seed=1, now=NOW, clock=clock.now)
    settings = load_settings(_env_file=None, database_url="sqlite://")
    async with open_house(settings, clock=clock, migrate=True, sandbox=world) as house:
        room = Room(house, world, clock)
        house.faces.surface = room.team
        yield room


async def test_who_lets_colleagues_look_is_seen_with_zone_hours_and_busy_times(room: Room) -> None:
    await room.consent(DANA)

    (dana,) = await room.house.colleagues.look(VIEWER, [DANA], WEEK)

    account = next(one for one in room.world.world.accounts.values() if one.email == DANA.email)
    taken = {(one.start, one.end) for one in room.world.world.busy if one.owner == account.id}
    booked = {(one.start, one.end) for one in room.world.world.bookings_of(account.id)}
    expected = {one for one in taken | booked if one[0] < WEEK.end and one[1] > WEEK.start}
    assert dana.busy is not None
    assert expected
    assert {(one.start, one.end) for one in dana.busy} == expected
    assert (dana.zone, dana.hours[0].start.hour, dana.hours[0].end.hour) == (ZoneInfo("Europe/Berlin"), 9, 17)


async def test_unknown_counts_as_no(room: Room) -> None:
    await room.consent(DANA)

    jo = Person(name="Jo", email="jo@client.example", zone="Europe/Paris")
    kim = Person(name="Kim", email="kim@client.example")

    assert await room.sources(DANA, OMAR, jo, kim) == [Source.ACCOUNT, Source.HOURS, Source.HOURS, Source.NOTHING]


async def test_of_very_many_people_the_last_are_counted_and_not_checked(room: Room) -> None:
    many = [replace(OMAR, name=f"Omar {number}", member=f"o{number}") for number in range(MOST_PEOPLE)]
    await room.consent(DANA)

    found = await room.sources(*many, DANA)

    assert found == [Source.HOURS] * (MOST_PEOPLE + 1)


async def test_taking_a_consent_back_works_at_once(room: Room) -> None:
    await room.consent(DANA)
    before = await room.sources(DANA)

    await room.house.store.consents.withdraw(Owner("", "T1", "dana"), now=NOW)

    assert before == [Source.ACCOUNT]
    assert await room.sources(DANA) == [Source.HOURS]


async def test_a_guest_sees_nobody(room: Room) -> None:
    await room.consent(DANA)
    calls = room.calls

    assert await room.sources(DANA, viewer=replace(VIEWER, member="gus")) == [Source.HOURS]
    assert await room.sources(DANA, viewer=replace(VIEWER, member="nobody")) == [Source.HOURS]
    assert room.calls == calls


async def test_a_consent_of_another_workspace_is_none_here(room: Room) -> None:
    await room.consent(DANA, team="T2")

    assert await room.sources(DANA) == [Source.HOURS]


async def test_a_consent_for_once_is_for_one_viewer_and_runs_out(room: Room) -> None:
    await room.consent(DANA, viewer="you", until=NOW + timedelta(hours=1))

    now = await room.sources(DANA)
    other = await room.sources(DANA, viewer=replace(VIEWER, member="omar"))
    room.clock.at += timedelta(hours=1)

    assert (now, other, await room.sources(DANA)) == ([Source.ACCOUNT], [Source.HOURS], [Source.HOURS])


async def test_a_calendar_that_does_not_answer_is_not_checked_and_fails_nobody_else(room: Room) -> None:
    await room.consent(DANA)
    await room.consent(OMAR)
    room.fault("/v2/calendars*")

    found = await room.sources(DANA, OMAR)
    room.world._controls.faults.replace(())

    assert found == [Source.SILENT, Source.SILENT]
    assert await room.sources(DANA, OMAR) == [Source.ACCOUNT, Source.ACCOUNT]


async def test_an_answer_is_kept_for_five_minutes_and_no_longer(room: Room) -> None:
    await room.consent(DANA)
    await room.sources(DANA)
    first = room.calls

    await room.sources(DANA)
    again = room.calls
    await room.sources(DANA, fresh=True)
    fresh = room.calls
    room.clock.at += timedelta(minutes=5)
    await room.sources(DANA)

    assert again == first
    assert fresh > again
    assert room.calls > fresh
    assert len(room.house.colleagues._kept) == 1


async def test_nothing_of_a_calendar_is_logged(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    await room.consent(DANA)

    await room.sources(DANA, YUKI)

    logged = "".join(capsys.readouterr())
    assert not any(word in logged for word in ("Dana", "dana@acme.io", "2026-12"))


# ── what is public of those who have not connected ─────────────────────────────────────────────────────────────────────


async def test_members_of_the_viewers_organisation_are_seen_by_its_slots_call(room: Room) -> None:
    found = await room.house.colleagues.look(VIEWER, [DANA, MATEO], WEEK, through=await room.through())

    calls = [one for one in room.world._controls.record.entries if "usernames=" in str(one)]
    assert [one.source for one in found] == [Source.ORGANISATION, Source.ORGANISATION]
    assert len(calls) == 2
    asked = [one.path for one in room.world._controls.record.entries if one.path.endswith("/memberships")]
    assert asked
    assert len(asked) == len(set(asked))  # however many people are looked at
    for person, seen in zip((DANA, MATEO), found, strict=True):
        assert room.taken(person)
        assert all(
            any(gap.start <= start and end <= gap.end for gap in seen.busy or ()) for start, end in room.taken(person)
        )


async def test_outside_of_an_organisation_the_public_page_of_a_team_mate_is_read(room: Room) -> None:
    through = await room.through(organization=None)

    (dana,) = await room.house.colleagues.look(VIEWER, [DANA], WEEK, through=through, length=timedelta(minutes=30))

    assert dana.source is Source.PAGE
    assert dana.busy is not None
    assert all(any(gap.start <= start and end <= gap.end for gap in dana.busy) for start, end in room.taken(DANA))
    assert any(not gap.overlaps(Interval(*_noon(day))) for day in range(5) for gap in dana.busy)


def _noon(day: int) -> tuple[datetime, datetime]:
    start = WEEK.start + timedelta(days=day, hours=13)
    return start, start + timedelta(minutes=30)


async def test_their_own_account_is_known_better_than_the_organisation(room: Room) -> None:
    await room.consent(DANA)

    (dana,) = await room.house.colleagues.look(VIEWER, [DANA], WEEK, through=await room.through())

    assert dana.source is Source.ACCOUNT


async def test_a_no_holds_for_what_is_public_too(room: Room) -> None:
    await room.house.store.consents.withdraw(Owner("", "T1", "dana"), now=NOW)
    through = await room.through()
    calls = room.calls

    (dana,) = await room.house.colleagues.look(VIEWER, [DANA], WEEK, through=through)

    assert (dana.source, room.calls) == (Source.HOURS, calls)


async def test_a_guest_sees_nothing_public_either_and_learns_nobodys_name(room: Room) -> None:
    guest = replace(VIEWER, member="gus")
    through = await room.through(guest)
    calls = room.calls

    (dana,) = await room.house.colleagues.look(guest, [DANA], WEEK, through=through)
    found = await room.house.colleagues.find(guest, ("dana",), None)

    assert (dana.source, room.calls, found) == (Source.HOURS, calls, (("dana", ()),))
    assert await room.house.colleagues.find(VIEWER, ("dana",), None) == (("dana", (Known(person=DANA),)),)


async def test_who_is_in_no_team_of_the_viewer_is_not_looked_for(room: Room) -> None:
    stranger = Person(name="Vera Ruiz", email="vera@acme.io", zone="Europe/Madrid", member="vera")

    (vera,) = await room.house.colleagues.look(VIEWER, [stranger], WEEK, through=await room.through())

    assert vera.source is Source.HOURS


async def test_an_organisation_that_does_not_answer_fails_nobody(room: Room) -> None:
    through = await room.through()
    room.fault("/v2/slots*")

    (dana,) = await room.house.colleagues.look(VIEWER, [DANA], WEEK, through=through)

    assert dana.source is Source.SILENT


# ── whose name it is ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Book:
    """A provider that keeps contacts, or may not tell them."""

    people: tuple[Person, ...] | None
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(provider="book", title="Book", contacts=True)
    )
    asked: list[str] = field(default_factory=list)

    async def bookings(self, query: object) -> tuple[Booking, ...]:
        self.asked.append("bookings")
        return ()

    async def contacts(self, name: str) -> tuple[Person, ...]:
        self.asked.append("contacts")
        if self.people is None:
            raise Refused("missing scope contacts:read", reason="missing scope", for_person="")
        return self.people


async def test_contacts_are_asked_last_once_for_all_names(room: Room) -> None:
    lena = Person(name="Lena Ostrow", email="lena@client.example")
    book = Book((lena,))

    found = await room.house.colleagues.find(VIEWER, ("dana", "lena", "zoe"), book)  # type: ignore[arg-type]  # a part of one

    assert dict(found) == {"dana": (Known(person=DANA),), "lena": (Known(person=lena),), "zoe": ()}
    assert book.asked == ["bookings", "contacts"]


async def test_contacts_that_may_not_be_read_are_passed_over(room: Room) -> None:
    found = await room.house.colleagues.find(VIEWER, ("lena",), Book(None))  # type: ignore[arg-type]  # as above

    assert found == (("lena", ()),)


async def test_a_remembered_address_comes_before_the_bookings_and_goes_with_the_person(room: Room) -> None:
    jo = Person(name="Jo Berg", email="jo@client.example")
    await room.house.store.addresses.remember(VIEWER, jo)
    book = Book(())

    found = await room.house.colleagues.find(VIEWER, ("jo",), book)  # type: ignore[arg-type]  # as above
    await room.house.store.conversations.forget(VIEWER)

    assert (found, book.asked) == ((("jo", (Known(person=jo),)),), [])
    assert await room.house.colleagues.find(VIEWER, ("jo",), Book(())) == (("jo", ()),)  # type: ignore[arg-type]  # as above
