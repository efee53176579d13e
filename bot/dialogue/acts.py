"""The closed vocabulary between surfaces, the loop and the deciding core: turns, effects, outcomes, replies.

A surface turns bytes into a `Turn` and a `Reply` into pixels. The core answers a turn or an outcome with an effect (the loop
performs it and comes back with its outcome) or with a reply. Nothing here does anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  as below
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.dialogue.acts_together import TogetherEffect, TogetherOutcome
from bot.scheduling.accounts import Owner  # noqa: TC001  stored by pydantic adapters, which read annotations
from bot.scheduling.models import (  # noqa: TC001  as above
    Booking,
    BookingQuery,
    Person,
    Slot,
    SlotQuery,
)
from bot.scheduling.reminding.preferences import Preferences  # noqa: TC001  as above
from bot.scheduling.times import Interval  # noqa: TC001  as above

if TYPE_CHECKING:
    from bot.dialogue.families import Request
    from bot.errors import PencilError
    from bot.scheduling.ledger import ClaimVerdict, LedgerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationKey:
    """Whose conversation, and where. `channel` and `thread` are opaque ids of the surface; `thread` is empty outside one."""

    owner: Owner
    channel: str
    thread: str = ""


# ── turns ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody wrote something to us. `people` are the members mentioned; `text` has their ids as `<@ID>`."""

    text: str
    people: tuple[Person, ...] = ()
    is_addressed: bool = True
    """False for a message in a thread we take part in that does not mention us: answered only when it is for us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chose:
    """Somebody pressed a button: option `option` of the card `card`."""

    card: str
    option: str
    is_replayed: bool = False
    """Taken up again after a crash or an outage: an outcome that is known by then is recovery's to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Somebody sent a form that an option of a card had opened. `values` are (field name, text), empty ones included."""

    card: str
    option: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody opened our home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A wish that came as fields instead of words: from a form that no card opened, a workflow step, an agent's tool."""

    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Somebody pointed at a message and wants a time for what it says. `people`: who wrote it, who is named in it, and who
    else speaks in its thread, without the one who pointed.
    """

    text: str
    people: tuple[Person, ...] = ()


Turn = Said | Chose | Submitted | Opened | Wished | Pointed


# ── effects: what the core wants done ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSlots:
    """Ask the provider for free slots, one answer a query."""

    queries: tuple[SlotQuery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindBookings:
    """Ask the provider for bookings."""

    query: BookingQuery


class Look(StrEnum):
    """What else can be looked up; the value of `Found` is a tuple of the noun behind the dash."""

    BOOKING = "booking"  # - Booking; `argument` is its id
    PROFILE = "profile"  # - Profile
    EVENT_TYPES = "event_types"  # - EventType, read afresh; `argument` a user name for a public page
    SCHEDULES = "schedules"  # - Schedule
    CALENDARS = "calendars"  # - Calendar
    CONFERENCING = "conferencing"  # - ConferencingApp
    BUSY = "busy"  # - BusyTime; needs `window`
    DAY = "day"  # - Schedule, BusyTime and Booking of `window`, mixed: everything that makes times free or not
    TEAMS = "teams"  # - Team
    WEBHOOKS = "webhooks"  # - Webhook
    EMAILS = "emails"  # - str
    HOLD = "hold"  # - Hold; `argument` is its id; empty when it ran out
    HOLDS = "holds"  # - Hold, by start: all that stand in the account, as our own ledger knows them
    ACCOUNTS = "accounts"  # - AccountFacts
    PREFERENCES = "preferences"  # - Preferences
    CONNECTION = "connection"  # - AccountFacts, after asking the gateway whether the person has consented


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Ask the provider (or our own store, for accounts) for something else."""

    what: Look
    argument: str = ""
    window: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform:
    """Claim one option of a card and carry its writes out."""

    card: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectKey:
    """Check a key that a person entered and keep it as their account. `key` is a secret."""

    provider: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAccount:
    """Make one of the person's accounts the default."""

    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMe:
    """Delete everything kept about this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefer:
    """From now on this is told by itself. `zone` is where the person is, for times of the day."""

    preferences: Preferences
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLate:
    """Tell a colleague, once a meeting, that the person comes a little later."""

    booking: Booking
    member: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """Tell of that one meeting at that time."""

    booking: Booking
    at: datetime


Effect = (
    FindSlots
    | FindBookings
    | LookUp
    | Perform
    | ConnectKey
    | ChooseAccount
    | ForgetMe
    | TogetherEffect
    | Prefer
    | Remind
    | TellLate
)


# ── outcomes: what came of an effect ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsFound:
    """Slots per query, in the queries' order, each by start."""

    slots: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingsFound:
    """Bookings, by start."""

    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a look-up gave; the nouns are named at `Look`."""

    what: Look
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """What a press came to. `rows` as the ledger has them now: all closed, or some still uncertain."""

    card: str
    option: str
    verdict: ClaimVerdict
    rows: tuple[LedgerRow, ...] = ()
    gone: tuple[Slot, ...] = ()
    """Slots of the option that the check just before the write found taken (then nothing was claimed or written)."""
    busy: tuple[str, ...] = ()
    """Who else was found busy by then, by name (then too nothing was claimed or written)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """An account as its owner may see it. `url`: the private link while consent is missing."""

    id: str
    provider: str
    title: str
    route: str
    status: str
    label: str = ""
    is_default: bool = False
    connection: str = field(default="", repr=False)
    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An effect that could not be done. The error names what happened; nothing was written."""

    effect: Effect
    error: PencilError


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An effect with nothing to tell (an account chosen, a person forgotten)."""

    effect: Effect


Outcome = SlotsFound | BookingsFound | Found | TogetherOutcome | Performed | Failed | Done


# ── replies ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Style(StrEnum):
    """How a button looks. At most one is primary: the one that does what the card shows."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


class FieldKind(StrEnum):
    """How a form's field is filled in."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    NUMBER = "number"
    URL = "url"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    """Somebody the surface knows: its own id."""
    PEOPLE = "people"
    SECRET = "secret"  # noqa: S105  a kind of field, not a secret
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field. `options` are (value, label) for choices."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = True
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a button opens when something must be typed. Sending it gives `Submitted` for that card and option."""

    title: str
    fields: tuple[FormField, ...]
    submit: str = "Continue"
    intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button. `id` is the option of the card; with `url` it opens that address; with `form` it opens a form."""

    id: str
    label: str
    style: Style = Style.PLAIN
    url: str = field(default="", repr=False)
    form: Form | None = None
    hint: str = ""
    """A longer label for screen readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The card's title line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """A title inside a card: a day."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What would happen, as label and value: When, With, Where … A struck value is the old one in «old → new»."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Times for several readers, one a line: (slot, how it is said in words, what follows); each reads their own clock."""

    rows: tuple[tuple[Slot, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """A row of buttons; `title` names the group (a day)."""

    choices: tuple[Choice, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Many choices of one kind behind one control."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One of several equal things: what it is called, its facts in a few words, and what can be pressed on it."""

    title: str
    subtitle: str = ""
    body: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Equal things beside one another, where a surface can show them so."""

    tiles: tuple[Tile, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every button on them."""
        return tuple(choice for tile in self.tiles for choice in tile.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Small print: what was left out, until when the card can be pressed."""

    text: str


Part = Heading | Subheading | Line | Facts | Moments | Buttons | Menu | Tiles | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What we say. `text` is a full sentence with the outcome (notifications, screen readers, terminals without cards).

    All text is plain: surfaces escape it. `parts` is the card; empty means that `text` is all there is.
    """

    text: str
    parts: tuple[Part, ...] = ()
    card: str = ""
    """The card whose options the choices are."""
    is_personal: bool = False
    """Holds somebody's calendar, address or phone: in a public place it goes to the asker only."""
    trace: str = ""
    """What everybody may read in a public place when the reply itself is personal; empty: nothing is said there."""
    retires: tuple[str, ...] = ()
    """Cards that lose their buttons now."""
    retired: tuple[str, ...] = ()
    """Where those of them stood that could still write: the surface's own notes, which the loop fills in."""
    is_news: bool = False
    """Posted as a new message even after a press, leaving the pressed card to `closes`."""
    closes: Reply | None = None
    """What the pressed card becomes, when the reply itself is posted as a new message."""
    form: Form | None = None
    """Opens at once where the press allows it; `card` and `form_option` say what it belongs to."""
    form_option: str = ""
    tells: tuple[str, ...] = ()
    """Offers whose outcome this reply tells; once it is delivered their ledger rows count as told."""
    awaits: tuple[str, ...] = ()
    """Offers that this reply calls undecided: if they are decided by the time it is delivered, that is told again."""
    is_silent: bool = False
    """Nothing is to be said (a message in a thread that was not for us)."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every button, in reading order."""
        return tuple(c for part in self.parts if isinstance(part, Buttons | Menu | Tiles) for c in part.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The page a person sees when they open the app: replies stacked as sections, each with its own card."""

    sections: tuple[Reply, ...]
