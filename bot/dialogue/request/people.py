"""Who is meant: from mentions (name, mail and zone known), mail addresses and bare names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.addresses import bare, is_address, name_of
from bot.language.signs import Cue
from bot.scheduling.models import Attendee, Person
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.families import SlotRequest
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Booking

_MOST_GUESTS = 10


def people_in(understanding: Understanding, talk: Talk) -> tuple[Person, ...]:
    """Everybody the text names, the asker left out, mentions first."""
    u = understanding
    if not (u.people or u.emails or u.mentions):
        return ()
    mentioned = _members(u.mentions, talk) if u.mentions else []
    left = [n for n in u.people if not any(_is_part_of(n, one.name) for one in mentioned)] if u.people else []
    by_mail, left = _by_mail(u, left) if u.emails else ([], left)
    people = [*mentioned, *by_mail, *([Person(name=_titled(name)) for name in left] if left else ())]
    is_one = len(people) == 2 and len(mentioned) == 1 and not u.has(Cue.AND, Cue.ALSO)
    if is_one and mentioned[0].email is None and by_mail:
        return (replace(mentioned[0], email=by_mail[0].email),)
    return tuple(people)


def _members(mentions: Sequence[str], talk: Talk) -> list[Person]:
    """Those who are mentioned, without the asker."""
    known = {person.member: person for person in talk.context.people}
    people = [known.get(one) or Person(name="that person", member=one) for one in mentions]
    return [person for person in people if person.member != talk.context.asker.member]


def are_in_it(u: Understanding, booking: Booking) -> bool:
    """Whether those named are the ones whom the meeting is with: then something else is said of it."""
    inside = " ".join(f"{one.name} {one.email}" for one in booking.attendees).casefold()
    named = (*u.people, *u.emails)
    return bool(named) and all(name.casefold() in inside for name in named)


def attending(attendee: Attendee) -> Person:
    """The attendee of a booking, for another wish."""
    return Person(name=attendee.name, email=attendee.email, zone=attendee.zone)


def excluded_in(understanding: Understanding, talk: Talk) -> tuple[Person, ...]:
    """Everybody whom the text leaves out."""
    return _persons(understanding.excluded_people, talk)


def measured_from(understanding: Understanding, talk: Talk) -> tuple[Person, ...]:
    """In whose meeting the text measures its time from."""
    return _persons(understanding.beside_whom, talk)


def clock_owner(understanding: Understanding, talk: Talk) -> Person | None:
    """Whose clock the text names."""
    whose = understanding.clock.whose if understanding.clock is not None else ""
    return _persons((whose,), talk)[0] if whose else None


def only_told(understanding: Understanding, talk: Talk) -> list[str]:
    """Who is only to be told something, as it is said back."""
    return [one.email or _said_of(one.name) for one in _persons(understanding.told_only, talk)]


def _said_of(name: str) -> str:
    """«sam» is Sam, «my boss» your boss."""
    mine, space, role = name.partition(" ")
    return f"{_YOURS.get(mine, mine)} {role}" if space and mine in _YOURS else _titled(name)


_YOURS = {"my": "your", "our": "your", "the": "the", "his": "his", "her": "her", "their": "their"}


def _persons(named: Sequence[str], talk: Talk) -> tuple[Person, ...]:
    """The people behind names, addresses and member ids."""
    known = {person.member: person for person in talk.context.people}
    return tuple(
        known.get(one) or (Person(name=name_of(one), email=one.lower()) if is_address(one) else Person(name=one))
        for one in named
    )


def with_people(request: SlotRequest, people: tuple[Person, ...], *, adds: bool = False) -> SlotRequest:
    """The request with these people: completed, added or put in place of the ones before."""
    if not people:
        return request
    first, rest = people[0], people[1:]
    old = request.attendee
    if old is not None and is_same(old, first):
        attendee = replace(old, email=first.email or old.email, zone=first.zone or old.zone)
        kept = request.guests if adds or not rest else ()
        return replace(request, attendee=attendee, guests=_joined(kept, rest) if rest else kept)
    if old is not None and adds:
        return replace(request, guests=_joined(request.guests, people))
    return replace(request, attendee=first, guests=_joined((), rest) if rest else ())


def without_people(request: SlotRequest, people: tuple[Person, ...]) -> SlotRequest | None:
    """The request without those named («without omar»); None when nobody was taken out."""
    there = (*((request.attendee,) if request.attendee else ()), *request.guests)
    left = tuple(person for person in there if not any(is_same(person, gone) for gone in people))
    if not people or left == there:
        return None
    return replace(request, attendee=left[0] if left else None, guests=left[1:])


def is_same(old: Person, new: Person) -> bool:
    """Whether the second is the first, said again or with a missing piece."""
    if old.member and new.member:
        return old.member == new.member
    if old.email and new.email:
        return old.email.lower() == new.email.lower()
    if old.email is None and new.email and new.name == name_of(new.email):
        return True
    return _is_part_of(new.name, old.name) or _is_part_of(old.name, new.name)


def attendee_of(person: Person, zone: str) -> Attendee | None:
    """The person as an invitee; None while the address is missing."""
    if not person.email:
        return None
    return Attendee(name=person.name, zone=person.zone or zone, email=person.email)


def _by_mail(understanding: Understanding, names: Sequence[str]) -> tuple[list[Person], list[str]]:
    """People by their addresses, each with the name written in front of it or like it; and the names that are left."""
    labels = {email.lower(): name for email, name in understanding.addressed} if understanding.addressed else {}
    left, found = list(names), []
    for email in dict.fromkeys(map(str.lower, understanding.emails)):
        match = _name_beside(email, labels.get(email, ""), left) if left else None
        if match is not None:
            left.remove(match)
        found.append(Person(name=_titled(match) if match else name_of(email), email=email))
    return found, left


def _name_beside(email: str, label: str, names: Sequence[str]) -> str | None:
    """Whose address it is, of those who are named: as it is labelled, or as it reads."""
    local = email.partition("@")[0]
    match = next((n for n in names if n == label), None) or next((n for n in names if _ends_alike(n, label)), None)
    return match or next((n for n in names if n.split() and bare(n.split()[0].lower()) in local), None)


def _ends_alike(name: str, label: str) -> bool:
    """«Frau Müller <…>» is Müller, «Dr. Mai» the one whose address is labelled Mai."""
    return bool(label) and (label.endswith(f" {name}") or name.endswith(f" {label}"))


def _joined(old: tuple[Person, ...], new: Sequence[Person]) -> tuple[Person, ...]:
    fresh = [person for person in new if not any(is_same(known, person) for known in old)]
    return (*old, *fresh)[:_MOST_GUESTS]


def _is_part_of(short: str, long: str) -> bool:
    words = long.lower().split()
    return bool(short.split()) and all(word in words for word in short.lower().split())


def _titled(name: str) -> str:
    return name.title() if name.islower() else name
