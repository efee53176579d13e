"""What we say: sentences, the parts of a card, buttons and the forms that they open."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from bot.scheduling.models import Slot  # noqa: TC001  read at run time by pydantic adapters
from bot.scheduling.reminding.telling import About  # noqa: TC001  as above
from bot.scheduling.together.polls import Poll  # noqa: TC001  as above
from bot.scheduling.together.sharing import Share  # noqa: TC001  as above
from bot.values import dataclass


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
    ADDRESSEE = "addressee"
    """A mail address, or somebody whom the surface knows: then it brings their address and name."""
    PEOPLE = "people"
    SECRET = "secret"  # noqa: S105  a kind of field, not a secret
    DATE = "date"
    TIME = "time"
    ZONE = "zone"
    """A city or an IANA name, typed."""


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
class Table:
    """Rows under named columns. The first column says what a row is about; every row has as many cells as there are columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What would happen, as label and value: When, With, Where … A struck value is the old one in «old → new»."""

    rows: tuple[tuple[str, str], ...]
    table: Table | None = None
    """The same as a table, where a surface can draw one."""


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
    lead: str = ""
    """What the card opens with, about what was said or pressed before it: it holds when a newer card has replaced this one."""
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
    about: About | None = None
    """The bookings whose message this is from now on; their news goes below it."""
    shows: Poll | Share | None = None
    """What stands on this card and others change too: shown anew when something newer stands by the time it is delivered."""
    in_thread: bool = False
    """News of a message that stands: that becomes `closes`, and this stands in its thread."""
    awaits: tuple[str, ...] = ()
    """Offers that this reply calls undecided: if they are decided by the time it is delivered, that is told again."""
    is_silent: bool = False
    """Nothing is to be said (a message in a thread that was not for us)."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every button, in reading order."""
        found: list[Choice] = []
        for part in self.parts:
            if isinstance(part, Buttons | Menu | Tiles):
                found += part.choices
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The page a person sees when they open the app: replies stacked as sections, each with its own card."""

    sections: tuple[Reply, ...]
