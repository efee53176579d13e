"""Short texts below the card for one time: «make it till 1», «in her time», «if that's taken, 10», «make that two hours» of a
move that was told by an amount; and below a list of times, «just the afternoons».
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request import revise
from bot.dialogue.request.fill import refill
from bot.dialogue.request.latent import as_answer, direction
from bot.dialogue.request.people import is_same, people_in
from bot.dialogue.request.said import EDGES, edge_said, pick
from bot.dialogue.request.spoken_of.following import (
    distance_said,
    says_other_time,
    shifted,
    slot_spoken_of,
    time_beside,
)
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.dialogue.wording import times
from bot.language.meaning import Frequency, Grain, Intent, Keep, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Distance, Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Recurrence, Understanding
    from bot.scheduling.models import Hold, Slot

_FEW = 3
"""Words of «no, 3» and «3 pm»."""
_HALF_DAY, _DAY = timedelta(hours=12), timedelta(days=1)
_ANSWERS = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.MORE_OPTIONS, Intent.SELECT, Intent.DENY, Intent.AFFIRM}
    | {Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD, Intent.RESCHEDULE, Intent.CHANGE_LENGTH, Intent.LIST_BOOKINGS}
)
"""What such texts are taken for by themselves."""


def on_card(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    if not isinstance(request, SlotRequest | MoveRequest) or u.intent not in _ANSWERS:
        return None
    is_named = bool(u.people or u.emails or u.mentions)
    if isinstance(request, SlotRequest):
        if u.several is not None and (first := _several_of_list(talk, u, request, u.several)) is not None:
            return first
        if is_named:
            return _of_people(talk, u, request)
        if request.hold is not None and (held := _held_elsewhere(talk, u, request, request.hold)) is not None:
            return held
    elif is_named:
        return None
    if u.has(Cue.UNTIL) and (until := _until(talk, u, request)) is not None:
        return until
    if request.is_done:
        return None
    if isinstance(request, SlotRequest) and request.guests and (whom := _only_the_nth(talk, u, request)) is not None:
        return whom
    if request.slot is None:
        return _parts_of_days(talk, u, request, u.recurrence) if u.recurrence is not None else None
    if (clock := _but_at(talk, u, request, request.slot) or _past_hour(talk, u, request, request.slot)) is not None:
        return clock
    if u.has(*EDGES) and (edge := _edge_of_day(talk, u, request, request.slot)) is not None:
        return edge
    return _if_taken(talk, u, request, request.slot) or _by_their_clock(talk, u, request) or _farther(talk, u, request)


def _of_people(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """What is said of somebody by name."""
    if (theirs := _theirs_beside(talk, u, request)) is not None:
        return theirs
    if u.people and u.has(Cue.SHIFTS):
        return _theirs_shifted(talk, u, request)
    if u.intent is Intent.OUT_OF_SCOPE and _are_only(talk, u, request):
        return go_on(talk, refill(replace(u, intent=Intent.REFINE), talk, request))
    return None


def _several_of_list(talk: Talk, u: Understanding, request: SlotRequest, number: int) -> Decision | None:
    """«book the first two for ivy» below free times: each of them."""
    offered = talk.conversation.offered
    if not offered or request.slot is not None or request.is_done or request.recurrence is not None:
        return None
    if u.moments or u.intent is Intent.HOLD or u.has(Cue.HOLDS, Cue.WITHOUT, Cue.EXCEPT, Cue.NEGATED, Cue.QUESTION):
        return None
    taken = offered[:number] if number > 0 else offered[number:]
    local = [slot.start.astimezone(talk.zone) for slot in taken]
    days = tuple(revise.on_day(one.date(), clock=one.time().replace(tzinfo=None)) for one in local)
    bare = replace(u, intent=Intent.REFINE, choice=None, several=None, topic="")
    filled = refill(bare, talk, replace(request, intent=Intent.BOOK))
    return go_on(talk, replace(filled, moments=days, is_each=True) if isinstance(filled, SlotRequest) else filled)


def _but_at(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest, slot: Slot) -> Decision | None:
    """«perfect, except at 3»: all of it, at that clock; it leaves nothing out that would be on the card."""
    if len(u.excluded) != 1 or u.moments or not u.has(Cue.EXCEPT) or u.has(Cue.ALL, Cue.ANYTHING):
        return None
    moment, at = u.excluded[0], slot.start.astimezone(talk.zone).time()
    start = moment.hours.start if moment.hours is not None and not moment.says_day and revise.is_point(moment) else None
    if start is None or start == at:
        return None
    return go_on(talk, refill(replace(u, intent=Intent.REFINE, moments=(moment,), excluded=()), talk, request))


def _past_hour(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest, slot: Slot) -> Decision | None:
    """«half past» below the card for ten: half past ten."""
    minute = 30 if u.has(Cue.HALF_PAST) else 15
    if not u.has(Cue.HALF_PAST, Cue.QUARTER_PAST) or u.moments:
        return None
    local = slot.start.astimezone(find_zone(request.zone) or talk.zone)
    there = revise.on_day(local.date(), clock=local.time().replace(minute=minute, tzinfo=None))
    return go_on(talk, replace(request, moments=(there,), slot=None, not_before=None))


def _held_elsewhere(talk: Talk, u: Understanding, request: SlotRequest, hold: Hold) -> Decision | None:
    """«make it 3» below what is held: that other time is to be held, for nobody yet."""
    if request.attendee is not None:
        return None
    u = as_answer(u)
    is_other = u.has(Cue.PUTS, Cue.CORRECTED, Cue.INSTEAD, Cue.NO) or u.size <= _FEW
    if len(u.moments) != 1 or not is_other or u.intent is Intent.BOOK or u.has(Cue.QUESTION, Cue.ASKS_FREE, Cue.UNTIL):
        return None
    until = times.moment(hold.expires_at, talk.zone, talk.now)
    told = words.held_until(times.stretch(hold.slot, talk.zone, talk.now), until)
    keeps = u.keeps if revise.says_clock(u.moments[0]) else u.keeps | {Keep.TIME}
    elsewhere = replace(request, intent=Intent.HOLD, hold=None, slot=hold.slot, is_done=False)
    return go_on(talk.leading(told), refill(replace(u, intent=Intent.REFINE, keeps=keeps), talk, elsewhere))


def _until(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest) -> Decision | None:
    """«till 4»: it begins when it did and ends then; nothing begins earlier for that."""
    booking = booking_of(request)
    slot = request.slot or (booking.slot if booking is not None and request.is_done else None)
    if slot is None or _is_not_until(u) or len(u.moments) != 1:
        return None
    length = _length_until(talk, request, slot, u.moments[0])
    if length is None:
        return None
    if isinstance(request, SlotRequest) and not request.is_done:
        return go_on(talk, refill(replace(u, intent=Intent.REFINE, moments=(), length=length), talk, request))
    can = talk.context.capabilities
    if request.is_done and booking is not None and can is not None and can.changes_entries:
        return go_on(talk, BookingRequest(intent=Intent.CHANGE_LENGTH, booking=booking, length=length))
    return say(talk, words.keeps_length())


def _is_not_until(u: Understanding) -> bool:
    """«not until 3», as opposed to «no, until 3»."""
    nos = {sign.span for sign in u.cues if sign.cue is Cue.NO}
    return any(sign.cue is Cue.NEGATED and sign.span not in nos for sign in u.cues)


def _length_until(talk: Talk, request: SlotRequest | MoveRequest, slot: Slot, moment: Moment) -> timedelta | None:
    """From the start of the slot to that clock time on its day; None where the day is another, or it has begun by then."""
    hours = moment.hours
    if hours is None or moment.exact is not None or moment.open not in {None, Open.BEFORE}:
        return None
    clock = hours.end if moment.open is Open.BEFORE else hours.start
    start = slot.start.astimezone(find_zone(moment.zone or request.zone) or talk.zone)
    days = moment.days
    is_other_day = moment.says_day and days is not None and not days.first <= start.date() <= days.last
    if clock is None or is_other_day or (moment.open is None and hours.end is not None):
        return None
    end = datetime.combine(start.date(), clock, start.tzinfo)
    if end <= start and clock.hour < _HALF_DAY.seconds // 3600:
        end += _HALF_DAY
    return end - start if end > start else None


def _theirs_beside(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«and zoe@acme.io right after that», «… the hour before» below a card or what was booked: one more, beside it."""
    people, slot = people_in(u, talk), slot_spoken_of(talk)
    if not people or slot is None or says_other_time(u):
        return None
    if u.has(Cue.QUESTION, Cue.MOVES):  # «push lena an hour later»: a meeting that stands
        return None
    there = (request.attendee, *request.guests) if request.attendee is not None else ()
    if any(is_same(one, person) for one in there for person in people):
        return None
    beside = time_beside(u, slot, talk.zone)
    if beside is None:
        return None
    fresh = SlotRequest(intent=Intent.BOOK, event_type=request.event_type, asked_at=talk.now)
    filled = refill(replace(u, intent=Intent.BOOK, length=None, moments=()), talk, fresh)
    return go_on(talk, replace(filled, moments=(beside,)) if isinstance(filled, SlotRequest) else filled)


def _are_only(talk: Talk, u: Understanding, request: SlotRequest) -> bool:
    """«nur ben» below the card for two."""
    there = (request.attendee, *request.guests) if request.attendee is not None else ()
    people = people_in(u, talk) if u.has(Cue.ONLY) and not (u.moments or request.is_done) else ()
    return bool(people) and all(any(is_same(one, person) for one in there) for person in people)


def _theirs_shifted(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«can kim be earlier» below the card for Kim: that card, and no meeting that stands."""
    people = people_in(u, talk)
    is_theirs = request.attendee is not None and len(people) == 1 and is_same(request.attendee, people[0])
    if request.is_done or request.slot is None or not is_theirs:
        return None
    distance, side = distance_said(u), direction(u)
    there = shifted(distance, request.slot, talk.zone) if distance is not None else None
    if there is not None:
        return go_on(talk, replace(request, moments=(there,), slot=None, not_before=None))
    if not side:
        return None
    around = revise.side_of(request.slot.start.astimezone(talk.zone), is_before=side < 0)
    return go_on(talk, replace(request, intent=Intent.FIND_SLOTS, moments=(around,), slot=None, not_before=None))


def _only_the_nth(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«just the first», «without the second» of two people below a card: that one comes and nobody else, or does not."""
    if request.attendee is None or u.choice is None or u.moments:
        return None
    there = (request.attendee, *request.guests)
    chosen = pick(there, u.choice)
    if chosen is None or not u.has(Cue.ONLY, Cue.WITHOUT):
        return None
    left = (chosen,) if u.has(Cue.ONLY) else tuple(one for one in there if one is not chosen)
    return go_on(talk, replace(request, attendee=left[0], guests=left[1:]))


def _edge_of_day(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest, slot: Slot) -> Decision | None:
    """«the earliest» below the card for eleven: the first free time of that day, or of the days that are named."""
    if u.recurrence is not None or u.has(Cue.NEGATED, Cue.QUESTION):
        return None
    days = u.moments or (revise.on_day(slot.start.astimezone(talk.zone).date()),)
    return go_on(talk, replace(request, edge=edge_said(u), slot=None, moments=days, not_before=None))


def _if_taken(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest, slot: Slot) -> Decision | None:
    """«if that's taken, 10»: the card is for a free time, so it stays."""
    if not u.has(Cue.IF_TAKEN) or not (u.moments or u.bare is not None):
        return None
    when = times.stretch(slot, talk.zone, talk.now)
    return go_on(talk.noting(unread="").leading(words.is_free_as_asked(when)), request)


def _by_their_clock(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest) -> Decision | None:
    """«in her time»: the same figures on the attendee's clock."""
    if not u.has(Cue.THEIR_CLOCK) or u.has(Cue.OWN_CLOCK, Cue.QUESTION) or u.moments or u.zone or request.slot is None:
        return None
    local = request.slot.start.astimezone(find_zone(request.zone) or talk.zone)
    moment = revise.on_day(local.date(), clock=local.time().replace(tzinfo=None))
    base = replace(request, slot=None, moments=(moment,), zone=None, not_before=None, is_their_clock=True)
    return go_on(talk, refill(replace(u, intent=Intent.REFINE), talk, base))


def _farther(talk: Talk, u: Understanding, request: SlotRequest | MoveRequest) -> Decision | None:
    """«make that two hours», «another half hour» below «move lena an hour later»: how far it goes, not how long it takes."""
    if not isinstance(request, MoveRequest) or u.length is None or u.moments or request.booking is None:
        return None
    before = request.moved_by
    if before is None or before.amount is None or u.intent is Intent.HOLD:
        return None if u.length < _DAY else say(talk, words.which_change())
    amount = u.length if u.by is None else before.amount + u.by
    if amount <= timedelta():
        return None
    far = replace(before, amount=amount, unit=_unit(before, amount), is_either=False)
    base = replace(request, slot=None, moments=(), not_before=None, or_else=None, distance=far, moved_by=None)
    return go_on(talk, base)


def _unit(before: Distance, amount: timedelta) -> Grain:
    """Whether it is told in days, which keep the clock, or in hours."""
    if amount % _DAY:
        return Grain.HOUR
    return before.unit if before.unit in {Grain.DAY, Grain.WEEK, Grain.MONTH} else Grain.DAY


def _parts_of_days(
    talk: Talk, u: Understanding, request: SlotRequest | MoveRequest, repeats: Recurrence
) -> Decision | None:
    """«just the afternoons»: of the days that are shown, and no series."""
    if not talk.conversation.offered or u.has(Cue.RECURRING, Cue.EACH, Cue.CLOSES):
        return None
    is_daily = repeats.frequency is Frequency.DAILY and repeats.interval == 1 and not repeats.weekdays
    is_bounded = repeats.count is not None or repeats.until is not None
    parts = tuple(replace(one, days=None) for one in u.moments if one.hours is not None and not one.says_day)
    if not is_daily or is_bounded or not parts or len(parts) != len(u.moments):
        return None
    wish = replace(u, intent=Intent.REFINE, recurrence=None, moments=parts)
    base = replace(request, intent=Intent.FIND_SLOTS) if isinstance(request, SlotRequest) else request
    return go_on(talk, refill(wish, talk, base))
