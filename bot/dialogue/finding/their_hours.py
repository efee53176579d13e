"""The hours of somebody whose zone is known, where nobody's calendar is looked at: for series, and for bookings that move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.together import people as words
from bot.scheduling.times import find_zone
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.people import Participant, Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Attendee, Person, Slot


def inside(talk: Talk, people: Iterable[Person | Attendee], slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots that are outside of nobody's usual hours, of those whose clock is another than the asker's."""
    zones = [zone for one in people if (zone := find_zone(one.zone)) is not None]
    return tuple(slot for slot in slots if not any(_is_outside(talk, zone, slot) for zone in zones))


def remarks(talk: Talk, people: Iterable[Person | Attendee], slots: Sequence[Slot]) -> tuple[str, ...]:
    """For everybody with another clock the first of these times that is outside of their usual hours, by that clock."""
    said = []
    for person in people:
        zone = find_zone(person.zone)
        if zone is None:
            continue
        outside = next((slot for slot in slots if _is_outside(talk, zone, slot)), None)
        if outside is not None:
            said.append(words.at_their_hour(person.name, outside, talk.told_in(zone), talk.now))
    return tuple(said)


def _is_outside(talk: Talk, zone: ZoneInfo, slot: Slot) -> bool:
    if slot.start.astimezone(zone).utcoffset() == slot.start.astimezone(talk.zone).utcoffset():
        return False
    somebody = Party(anyone=(Participant(id="somebody", zone=zone),))
    return bool(find_common((slot,), (somebody,), zone=zone).times[0].stretched)
