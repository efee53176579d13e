"""Who takes part in a search for a common time, and what is known of each."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo  # noqa: TC003  a field of what is made here

from bot.scheduling.models import Hours, Slot
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.models import Person
    from bot.scheduling.times import Interval

OFFICE_HOURS = (Hours(weekdays=(0, 1, 2, 3, 4), start=time(8), end=time(18)),)
"""What is taken for somebody whose own hours are not known."""


def key_of(person: Person) -> str:
    """What names a person in a search."""
    return person.member or (person.email or "").lower() or person.name.casefold()


class Source(StrEnum):
    """Where somebody's free times come from, the best first. The last three tell nothing: that person is not checked."""

    ACCOUNT = "account"
    """Their own connected account; they let colleagues see when they are free."""
    PAGE = "page"
    """What their public booking page offers."""
    ORGANISATION = "organisation"
    """The slots of members of one organisation at the provider."""
    HOURS = "hours"
    """Only their zone and office hours."""
    NOTHING = "nothing"
    """Nothing at all: nobody of this workspace, and their zone is not known either."""
    SILENT = "silent"
    """Their calendar did not answer in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One person as the search sees them. `busy` None: nothing is known, so they count as free and as not checked."""

    id: str
    zone: ZoneInfo | None
    """None: not known, so that any hour is as good as another."""
    hours: tuple[Hours, ...] = OFFICE_HOURS
    busy: tuple[Interval, ...] | None = None
    source: Source = Source.HOURS

    @property
    def is_checked(self) -> bool:
        """Whether their calendar was looked at."""
        return self.busy is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """People of whom one is enough («ana or bo»); mostly there is just one."""

    anyone: tuple[Participant, ...]
    is_required: bool = True

    def __post_init__(self) -> None:
        if not self.anyone:
            raise ValueError("a party has at least one person")


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How good a time is; smaller is better. Somebody missing weighs as much as somebody's night."""

    sacrifices: int
    """People who are needed and cannot come, and people for whom it is night."""
    optional_absent: int
    """The same for people who need not come."""
    stretch: int
    """Seconds outside of hours, over everybody who comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonTime:
    """A time with what it costs whom. The tuples hold ids, sorted; who comes is never busy then."""

    slot: Slot
    rank: Rank
    coming: tuple[str, ...]
    absent: tuple[str, ...] = ()
    """Who cannot come; of a party of several all of them."""
    stretched: tuple[str, ...] = ()
    """Who comes outside of their hours."""

    @property
    def suits_all(self) -> bool:
        """Nobody missing, nobody outside of their hours."""
        return self.rank == Rank(0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What a search came to: the best times in their order, and how many people were looked at («3 of 4 checked»)."""

    times: tuple[CommonTime, ...]
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
