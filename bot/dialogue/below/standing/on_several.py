"""Short texts below the card that cancels or moves several meetings: «not the second», «keep lena», «only after 1», «and
friday», «move them to friday instead», or why they are cancelled. What is not spoken of stays on the card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.bookings import cancelling, matching, moving
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.request.fill import refill
from bot.dialogue.request.people import are_in_it
from bot.dialogue.request.said import pick
from bot.dialogue.request.spoken_of.following import distance_said, noted
from bot.dialogue.talk import go_on
from bot.language.meaning import Days, Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.context import Decision
    from bot.dialogue.families import OnBooking, Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Booking

_OF_TIMES = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.FIND_SLOTS, Intent.BOOK, Intent.RESCHEDULE, Intent.DENY}
)
"""What another time for all of them is taken for by itself."""
_SPARES = (Cue.STAYS, Cue.WITHOUT, Cue.EXCEPT, Cue.NEGATED)


def on_several(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    if not isinstance(request, BookingRequest | MoveRequest) or request.is_done or u.has(Cue.QUESTION, Cue.ASKS_FREE):
        return None
    shown = _shown(talk, request)
    if len(shown) < 2:
        return None
    if isinstance(request, BookingRequest):
        changed = _with_reason(talk, u, request) or _more(talk, u, request) or _moved_instead(talk, u, shown)
    else:
        changed = _elsewhere(talk, u, shown)
    if changed is not None:
        return changed
    left = _left(talk, u, request, shown)
    if left is None or len(left) == len(shown):
        return None
    return go_on(talk, _of(request, left)) if left else moving.keep(talk, request)


def _shown(talk: Talk, request: OnBooking) -> tuple[Booking, ...]:
    """The meetings on the card; none where it is another card, or a question which one is meant."""
    if isinstance(request, MoveRequest):
        return request.bookings if request.intent is Intent.RESCHEDULE else ()
    listed = talk.conversation.listed
    is_card = request.booking is None and request.intent is Intent.CANCEL
    is_card = is_card and (cancelling.wants_all(request, listed) or matching.are_all_timed(talk, request, listed))
    return listed if is_card else ()


def _of(request: OnBooking, left: Iterable[Booking]) -> OnBooking:
    """The same wish about these of them alone."""
    bare = replace(request, attendee=None, others=(), sought=(), wanted="", which=None, several=None, loose=())
    bare = replace(bare, excluded=(), excluded_people=(), excluded_type="", excluded_picks=())
    bare = replace(bare, among=tuple(one.id for one in left), cues=request.cues | {Cue.ALL})
    return replace(bare, bookings=(), slot=None) if isinstance(bare, MoveRequest) else bare


def _left(talk: Talk, u: Understanding, request: OnBooking, shown: tuple[Booking, ...]) -> tuple[Booking, ...] | None:
    """Those that stay on the card; None where nothing is said of them."""
    may_time = isinstance(request, BookingRequest)
    out = _named(talk, u, shown, u.excluded_people, u.excluded_picks, u.excluded if may_time else ())
    times = (*u.moments, *((u.from_moment,) if u.from_moment is not None else ())) if may_time else ()
    picks = u.picks or ((u.choice,) if u.choice is not None else _run(u.several, len(shown)))
    said = _named(talk, u, shown, u.people, picks, times)
    if said is None or out is None:
        return None  # somebody else, or another time
    if u.has(Cue.STAYS) and u.has(Cue.ALL, Cue.EACH) and not (said or out):
        return ()
    if out and not (said and u.has(Cue.STAYS)):  # «keep lena and sam»
        kept = [one for one in said or shown if one not in out]
    elif said and u.has(*_SPARES):
        kept = [one for one in shown if one not in said and one not in out]
    elif said and (u.has(Cue.ONLY) or (may_time and not u.has(Cue.CANCELS, Cue.MOVES))):
        kept = said
    else:
        return None
    return tuple(kept)


def _run(several: int | None, size: int) -> tuple[int, ...]:
    """The numbers of «the first two», «the last two»."""
    if not several:
        return ()
    return tuple(range(1, size + 1))[:several] if several > 0 else tuple(range(1, size + 1))[several:]


def _named(
    talk: Talk,
    u: Understanding,
    shown: tuple[Booking, ...],
    people: tuple[str, ...],
    picks: tuple[int, ...],
    times: tuple[Moment, ...],
) -> list[Booking] | None:
    """Those of them that are named by who is in it, their number or their time; None where one fits none of them."""
    found: list[Booking] = []
    for name in people:
        theirs = [one for one in shown if are_in_it(replace(u, people=(name,), emails=(), mentions=()), one)]
        if not theirs:
            return None
        found += theirs
    for number in picks:
        one = pick(shown, number)
        if one is None:
            return None
        found.append(one)
    if times:
        then = [one for one in shown if any(_is_at(talk, moment, one) for moment in times)]
        if not then:
            return None
        found += then
    return found


def _is_at(talk: Talk, moment: Moment, booking: Booking) -> bool:
    """Whether the meeting lies at that time, on its own day where none is said."""
    day = booking.slot.start.astimezone(talk.zone).date()
    then = moment if moment.says_day or moment.hours is None else replace(moment, days=Days(first=day, last=day))
    return matching.is_when(talk, BookingRequest(intent=Intent.CANCEL, sought=(then,)), booking)


def _with_reason(talk: Talk, u: Understanding, request: BookingRequest) -> Decision | None:
    """«because i'm travelling»: why all of them are cancelled."""
    names = u.people or u.emails or u.mentions or u.choice is not None or u.picks or u.excluded_people
    if not u.reason or names or u.intent in {Intent.CANCEL, Intent.RESCHEDULE}:
        return None
    return go_on(talk, replace(request, reason=u.reason, asked_at=talk.now))


def _more(talk: Talk, u: Understanding, request: BookingRequest) -> Decision | None:
    """«and friday» below the card for all of thursday: those as well."""
    is_more = (u.has(Cue.ALSO) or u.begins_with(Cue.AND)) and not u.has(*_SPARES, Cue.MOVES, Cue.INSTEAD)
    names = u.people or u.emails or u.mentions or u.choice is not None
    if not is_more or not u.moments or not request.sought or names:
        return None
    sought = (*request.sought, *u.moments)
    return go_on(talk, replace(request, sought=sought, cues=request.cues | {Cue.ALL}, among=(), asked_at=talk.now))


def _moved_instead(talk: Talk, u: Understanding, shown: tuple[Booking, ...]) -> Decision | None:
    """«move them to friday instead», «an hour later instead»: none is cancelled."""
    names = u.people or u.emails or u.mentions or u.choice is not None or u.picks or u.from_moment is not None
    if not u.has(Cue.MOVES) or names or u.excluded:
        return None
    return _moved(talk, u, shown)


def _elsewhere(talk: Talk, u: Understanding, shown: tuple[Booking, ...]) -> Decision | None:
    """«monday instead» below the card that moves several: all of them."""
    names = u.people or u.emails or u.mentions or u.choice is not None or u.picks or u.several or u.from_moment
    if names or u.excluded or u.intent not in _OF_TIMES or u.has(*_SPARES, Cue.ONLY) or distance_said(u) is not None:
        return None
    return _moved(talk, u, shown)


def _moved(talk: Talk, u: Understanding, shown: tuple[Booking, ...]) -> Decision | None:
    """All of them to the time that is said, or as far."""
    move = MoveRequest(among=tuple(one.id for one in shown), cues=frozenset({Cue.ALL}), asked_at=talk.now)
    distance = distance_said(u)
    if distance is not None and distance.amount is not None:
        return go_on(talk, replace(move, distance=distance))
    filled = noted(refill(replace(u, intent=Intent.RESCHEDULE), talk, move), u) if u.moments else None
    return go_on(talk, replace(filled, cues=filled.cues | {Cue.ALL})) if isinstance(filled, MoveRequest) else None
