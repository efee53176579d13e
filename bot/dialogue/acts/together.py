"""What the core wants done, and is told, about several people: a family of effects and outcomes of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.scheduling.models import Person, Slot, SlotQuery
    from bot.scheduling.together.people import Participant
    from bot.scheduling.together.polls import Poll
    from bot.scheduling.together.sharing import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPeople:
    """Ask whom these names can mean: in the workspace, among remembered addresses, among people met before."""

    names: tuple[str, ...]
    groups: tuple[str, ...] = ()
    """Groups whose members are asked for, by handle."""
    in_thread: bool = False
    """Whether everybody who takes part in the thread of the talk is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTogether:
    """Ask the provider for free slots and, side by side, when these people are free, as far as they let us see it."""

    queries: tuple[SlotQuery, ...]
    people: tuple[Person, ...]
    length: timedelta | None = None
    """How long the meeting is to be, where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody a name can mean."""

    person: Person
    is_guest: bool = False
    is_deactivated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """For each name everybody it can mean, best first; nobody for most names of people outside."""

    found: tuple[tuple[str, tuple[Known, ...]], ...]
    gathered: tuple[Person, ...] = ()
    """The members of the groups and of the thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherFound:
    """Slots per query as in `SlotsFound`, and the people asked for in their order. Never stored."""

    slots: tuple[tuple[Slot, ...], ...]
    people: tuple[Participant, ...]


# ── letting colleagues see, pick and vote ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepConsent:
    """Let colleagues see when the person is free (`viewer`: that one only); with `is_withdrawn` take all of it back."""

    viewer: str = ""
    until: datetime | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepShare:
    """Keep a new share."""

    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtShare:
    """Read a share; with `ends` end it first."""

    share: str
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPoll:
    """Keep a new poll."""

    poll: Poll


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Turn one vote of the person who presses on or off; None: they can at none of the times."""

    poll: str
    option: int | None = None
    only_looks: bool = False
    """The press is run again after a crash, and may have counted: turning it once more could take it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseThePoll:
    """Take no more votes."""

    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOnce:
    """Whether that colleague may be asked: once a day, whoever asks them."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """Keep name and address for the person who presses."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareFound:
    """A share as it stands; None when it is unknown. `may_pick`: whether the person who pressed is a colleague it is for."""

    share: Share | None
    may_pick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFound:
    """A poll as it stands after what was done; None when it is unknown. `counts`: whether that was still taken."""

    poll: Poll | None
    counts: bool = True
    is_full: bool = False
    """Everybody has answered, and the asker has not been told of it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whether the colleague is asked now; False: they were asked today already."""

    person: Person
    is_first: bool
    is_allowed: bool = True
    """False: a guest asks, who could not be shown anybody's times anyway."""


TogetherEffect = (
    FindPeople
    | FindTogether
    | KeepConsent
    | KeepShare
    | LookAtShare
    | KeepPoll
    | Vote
    | CloseThePoll
    | AskOnce
    | Remember
)
TogetherOutcome = PeopleFound | TogetherFound | ShareFound | PollFound | Asked
