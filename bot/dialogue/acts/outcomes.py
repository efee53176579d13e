"""What came of an effect."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from bot.dialogue.acts.effects import Effect, Look  # noqa: TC001  read at run time by pydantic adapters
from bot.dialogue.acts.together import TogetherOutcome
from bot.scheduling.models import Booking, Slot  # noqa: TC001  as above
from bot.scheduling.times import Interval  # noqa: TC001  as above
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.errors import PencilError
    from bot.scheduling.ledger import ClaimVerdict, LedgerRow


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
class Clash:
    """A stretch that is taken already: by another booking, or, without one, by an entry of a connected calendar."""

    interval: Interval
    booking: Booking | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clashing:
    """A request as it is now, and what its time clashes with."""

    booking: Booking
    clashes: tuple[Clash, ...]


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
    clashing: Clashing | None = None
    """A request that was to be approved although its time is taken (then too nothing was claimed or written)."""


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
    """An effect with nothing to tell (an account chosen, a person forgotten), but perhaps where consent is given to it."""

    effect: Effect
    link: str = field(default="", repr=False)


Outcome = SlotsFound | BookingsFound | Found | TogetherOutcome | Performed | Failed | Done
