"""What the core wants done, and is told, about several people: the part of `acts.py` that is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.scheduling.models import Person, Slot, SlotQuery
    from bot.scheduling.together.people import Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPeople:
    """Ask whom these names can mean: in the workspace, among remembered addresses, among people met before."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTogether:
    """Ask the provider for free slots and, side by side, when these people are free, as far as they let us see it."""

    queries: tuple[SlotQuery, ...]
    people: tuple[Person, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherFound:
    """Slots per query as in `SlotsFound`, and the people asked for in their order. Never stored."""

    slots: tuple[tuple[Slot, ...], ...]
    people: tuple[Participant, ...]
