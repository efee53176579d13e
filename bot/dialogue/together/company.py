"""The people of a wish for a slot: who they are, who of them is needed, who of them is still only a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import BookingRequest, SlotRequest, TimeRequest, TogetherRequest
from bot.scheduling.replacing import replace
from bot.scheduling.together.people import Participant, Party, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.scheduling.models import Person

Peopled = SlotRequest | TogetherRequest | BookingRequest | TimeRequest
"""A wish that names people."""
_MOST = 11
_SEVERAL = 2


def people_of(request: Peopled) -> tuple[Person, ...]:
    """Everybody the wish names, the attendee first."""
    if isinstance(request, TogetherRequest | TimeRequest):
        return request.people
    if isinstance(request, BookingRequest):
        return request.guests
    return (*((request.attendee,) if request.attendee else ()), *request.guests)


def bare_names(request: Peopled) -> tuple[str, ...]:
    """Names that nobody has looked for yet."""
    keeper = request.timekeeper if isinstance(request, SlotRequest) else None
    asked = (*people_of(request), *((keeper,) if keeper is not None and not keeper.zone else ()))
    names = [one.name for one in asked if not one.email and not one.member]
    if not names:
        return ()
    return tuple(name for name in dict.fromkeys(names) if name.casefold() not in request.outsiders)


def to_look_at(request: SlotRequest, asker: Person) -> tuple[Person, ...]:
    """Whose calendars or hours count: nobody's where all are strangers to us (unless one of them is to be chosen), on a
    public page, or for several dates.
    """
    if request.host or request.recurrence is not None or request.is_each:
        return ()
    people: list[Person] = []
    is_known = False
    for one in people_of(request):
        if not one.member or one.member != asker.member:
            people.append(one)
            is_known = is_known or bool(one.member or one.zone)
    is_choice = request.is_either and len(people) >= _SEVERAL
    return tuple(people) if is_choice or is_known else ()


def renamed(request: Peopled, swap: Callable[[Person], Person | None]) -> Peopled:
    """The wish with everybody swapped; None takes somebody out."""
    if isinstance(request, SlotRequest):
        return _renamed(request, swap)
    if isinstance(request, BookingRequest):
        return replace(request, guests=_swapped(request.guests, swap))
    return replace(request, people=_swapped(request.people, swap))


def _renamed(request: SlotRequest, swap: Callable[[Person], Person | None]) -> SlotRequest:
    old = people_of(request)
    keys = {one.name.casefold(): key_of(new) for one in old if (new := swap(one)) is not None}
    people, keeper = _swapped(old, swap), request.timekeeper
    return replace(
        request,
        timekeeper=(swap(keeper) or keeper) if keeper is not None else None,
        attendee=people[0] if people else None,
        guests=people[1:],
        optional=tuple(keys.get(key.casefold(), key) for key in request.optional),
    )


def halves_of(name: str) -> tuple[str, ...]:
    """«dana omar»: what may be two people where nobody is called so."""
    words = name.split()
    return tuple(words) if len(words) == _SEVERAL else ()


def parted(request: Peopled, name: str, people: Sequence[Person]) -> Peopled:
    """The wish with two people in the place of one who was taken for both."""
    both = [one for old in people_of(request) for one in (people if old.name == name else (old,))]
    both = [*{key_of(one): one for one in both}.values()]
    if isinstance(request, SlotRequest):
        return replace(request, attendee=both[0], guests=tuple(both[1:]))
    if isinstance(request, BookingRequest):
        return replace(request, guests=tuple(both))
    return replace(request, people=tuple(both))


def _swapped(people: tuple[Person, ...], swap: Callable[[Person], Person | None]) -> tuple[Person, ...]:
    return tuple({key_of(new): new for one in people if (new := swap(one)) is not None}.values())


def joined(request: SlotRequest, others: Sequence[Person]) -> SlotRequest:
    """The wish with these people too, each once."""
    people = tuple({key_of(one): one for one in (*people_of(request), *others)}.values())[:_MOST]
    return replace(request, attendee=people[0] if people else None, guests=people[1:])


def only(request: SlotRequest, coming: Sequence[str]) -> SlotRequest:
    """The wish with those who come alone."""
    return _renamed(request, lambda one: one if key_of(one) in coming else None)


def parties(request: SlotRequest, seen: Sequence[Participant]) -> tuple[Party, ...]:
    """The people as the search takes them: one party each, those of whom one is enough one party."""
    either = alternatives(request, seen)
    needed = tuple(
        Party(anyone=(one,), is_required=one.id not in request.optional and not request.quorum)
        for one in seen
        if one not in either
    )
    return (*needed, Party(anyone=either)) if either else needed


def alternatives(request: SlotRequest, seen: Sequence[Participant]) -> tuple[Participant, ...]:
    """Those of whom one is enough. Whoever comes from outside is who is met: then it is one of the colleagues."""
    if not request.is_either or len(seen) < _SEVERAL:
        return ()
    members = {key_of(one) for one in people_of(request) if one.member}
    colleagues = tuple(one for one in seen if one.id in members)
    return colleagues if len(colleagues) >= _SEVERAL else tuple(seen)
