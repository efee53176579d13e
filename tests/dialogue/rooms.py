"""What the tests of the deciding room share: a fixed now, invented event types and people, and a loop that fakes a provider."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.acts import (
    AccountFacts,
    BookingsFound,
    Chose,
    ConversationKey,
    Done,
    FindBookings,
    FindSlots,
    Found,
    Look,
    LookUp,
    Perform,
    Performed,
    Said,
    SlotsFound,
)
from bot.dialogue.acts.together import FindPeople, FindTogether, Known, PeopleFound, TogetherFound
from bot.dialogue.context import Context
from bot.dialogue.conversation import Conversation
from bot.dialogue.machine import advance
from bot.scheduling.accounts import Owner, Route
from bot.scheduling.ledger import ClaimVerdict, LedgerRow, WriteState
from bot.scheduling.models import (
    Attendee,
    Booking,
    BookingStatus,
    EventType,
    Hold,
    Hours,
    Person,
    Profile,
    Schedule,
    Slot,
)
from bot.scheduling.provider import Capabilities
from bot.scheduling.times import wall_to_instant
from bot.scheduling.together.people import Participant, key_of
from bot.scheduling.writes import BookSlot, HoldSlot, MoveBooking, Written

if TYPE_CHECKING:
    from bot.dialogue.acts import Effect, Outcome, Reply, Turn
    from bot.dialogue.cards import Card
    from bot.scheduling.writes import Write

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Monday, 10:00 in Berlin."""
OWNER = Owner("", "team", "ana")
KEY = ConversationKey(owner=OWNER, channel="place")
ANA = Person(name="Ana Ruiz", email="ana@acme.io", zone="Europe/Berlin", member="ana")
DANA = Person(name="Dana Weiss", email="dana@acme.io", zone="Europe/London", member="dana")
INTRO = EventType(id="1", title="Intro", slug="intro", lengths=(timedelta(minutes=30),))
DEEP = EventType(id="2", title="Deep dive", slug="deep-dive", lengths=(timedelta(minutes=60),))
ACCOUNT = AccountFacts(
    id="a1", provider="calcom", title="Cal.com", route="direct", status="active", label="Ana Ruiz (ana@acme.io)"
)
ABILITIES = Capabilities(
    provider="calcom",
    title="Cal.com",
    holds=True,
    moves=True,
    approval=True,
    changes_place=True,
    guests=True,
    adds_guests=True,
    manages_event_types=True,
    manages_schedules=True,
    manages_profile=True,
    teams=True,
    absence=True,
)
CONTEXT = Context(
    now=NOW,
    key=KEY,
    asker=ANA,
    fresh_id="card0",
    card_lifetime=timedelta(minutes=15),
    people=(DANA,),
    account=ACCOUNT,
    accounts=(ACCOUNT,),
    capabilities=ABILITIES,
    profile=Profile(id="7", name="Ana Ruiz", email="ana@acme.io", zone="Europe/Berlin"),
    event_types=(INTRO, DEEP),
    routes=(("calcom", Route.DIRECT), ("calendly", Route.DIRECT)),
    news_url="https://pencil.example.com/webhooks/calcom/secret-part",
)
SCHEDULE = Schedule(
    id="5",
    name="Working hours",
    zone="Europe/Berlin",
    is_default=True,
    hours=(Hours(weekdays=(0, 1, 2, 3, 4), start=time(9), end=time(17)),),
)


def slot_at(day: date, hour: int, minute: int = 0, length: int = 30) -> Slot:
    start = wall_to_instant(day, time(hour, minute), BERLIN)
    return Slot(start, start + timedelta(minutes=length))


def booking_with(name: str, day: date, hour: int, *, number: int = 1) -> Booking:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return Booking(
        id=f"b{number}",
        title=f"Intro between Ana Ruiz and {name}",
        slot=slot_at(day, hour),
        status=BookingStatus.BOOKED,
        event_type="1",
        attendees=(Attendee(name=name, zone="Europe/Berlin", email=email),),
    )


@dataclass(slots=True)
class Desk:
    """A loop with a provider of values: weekdays nine to five are free, but for what is taken."""

    context: Context = CONTEXT
    conversation: Conversation = field(default_factory=lambda: Conversation(key=KEY))
    bookings: tuple[Booking, ...] = ()
    known: dict[str, tuple[Known, ...]] = field(default_factory=dict)
    colleagues: dict[str, Participant] = field(default_factory=dict)
    taken: set[Slot] = field(default_factory=set)
    cards: dict[str, Card] = field(default_factory=dict)
    written: list[Write] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    steps: int = 0

    def say(self, text: str) -> Reply:
        return self.take(Said(text=text, people=self.context.people))

    def press(self, reply: Reply, label: str) -> Reply:
        choice = next(choice for choice in reply.choices if choice.label == label)
        return self.take(Chose(card=reply.card, option=choice.id))

    def take(self, turn: Turn, **changes: object) -> Reply:
        pressed = self.cards.get(getattr(turn, "card", ""))
        context = replace(self.context, pressed=pressed, **changes)  # type: ignore[arg-type]  # named fields
        act: Turn | Outcome = turn
        for _ in range(12):
            self.steps += 1
            step = advance(self.conversation, act, replace(context, fresh_id=f"card{self.steps}"))
            self.conversation = step.conversation
            self.cards |= {card.id: card for card in step.cards}
            if step.reply is not None:
                return step.reply
            assert step.effect is not None
            self.effects.append(step.effect)
            act = self.do(step.effect)
        raise AssertionError("no reply")

    def do(self, effect: Effect) -> Outcome:
        match effect:
            case FindSlots(queries=queries):
                return SlotsFound(slots=tuple(self._free(q.window.start, q.window.end, q.event_type) for q in queries))
            case FindTogether(queries=queries, people=people):
                return TogetherFound(
                    slots=tuple(self._free(q.window.start, q.window.end, q.event_type) for q in queries),
                    people=tuple(self.colleagues.get(key_of(one)) or unseen(one) for one in people),
                )
            case FindPeople(names=names):
                return PeopleFound(found=tuple((name, self.known.get(name.casefold(), ())) for name in names))
            case FindBookings():
                return BookingsFound(bookings=self.bookings)
            case LookUp(what=Look.BOOKING, argument=number):
                return Found(what=Look.BOOKING, values=tuple(b for b in self.bookings if b.id == number))
            case LookUp(what=Look.SCHEDULES):
                return Found(what=Look.SCHEDULES, values=(SCHEDULE,))
            case LookUp(what=what):
                return Found(what=what, values=())
            case Perform(card=card, option=option):
                return self._perform(card, option)
            case _:
                return Done(effect=effect)

    def _perform(self, card: str, option_id: str) -> Performed:
        option = self.cards[card].option(option_id)
        assert option is not None
        self.written += option.writes
        rows = tuple(
            LedgerRow(
                reference=f"r{number}",
                offer=card,
                option=option_id,
                position=number,
                owner=OWNER,
                account="a1",
                write=write,
                state=WriteState.DONE,
                written=outcome_of(write),
                claimed_at=NOW,
            )
            for number, write in enumerate(option.writes)
        )
        return Performed(card=card, option=option_id, verdict=ClaimVerdict.WON, rows=rows)

    def _free(self, start: datetime, end: datetime, kind: str) -> tuple[Slot, ...]:
        length = timedelta(minutes=60 if kind == "2" else 30)
        day, found = start.astimezone(BERLIN).date(), []
        while wall_to_instant(day, time(0), BERLIN) < end:
            if day.weekday() < 5:
                opening = wall_to_instant(day, time(9), BERLIN)
                starts = [opening + timedelta(minutes=30 * n) for n in range(16)]
                closing = opening + timedelta(hours=8)
                found += [Slot(s, s + length) for s in starts if start <= s < end and s + length <= closing]
            day += timedelta(days=1)
        return tuple(slot for slot in found if slot not in self.taken)


def unseen(person: Person) -> Participant:
    return Participant(id=key_of(person), zone=ZoneInfo(person.zone or "UTC"))


def outcome_of(write: Write) -> Written:
    match write:
        case BookSlot(slot=slot, attendee=attendee):
            booking = Booking(
                id="new", title="Intro", slot=slot, status=BookingStatus.BOOKED, event_type="1", attendees=(attendee,)
            )
            return Written(booking=booking)
        case HoldSlot(slot=slot):
            return Written(hold=Hold(id="h1", event_type="1", slot=slot, expires_at=NOW + timedelta(minutes=5)))
        case MoveBooking(slot=slot, attendee=attendee):
            people = (attendee,) if attendee else ()
            return Written(
                booking=Booking(id="new", title="Intro", slot=slot, status=BookingStatus.BOOKED, attendees=people)
            )
        case _:
            return Written()
