"""Which booking is meant: by who is in it, when it is, what it is called, or its number on the list last shown.

wish about a booking ──> FindBookings ──> none: what there is │ one: on with the wish │ several: a numbered list
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound, FindBookings, Found, Look, LookUp
from bot.dialogue.bookings.called import best_named, is_like, words_of
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.request import revise
from bot.dialogue.request.intervals import is_open_days, windows_of, windows_of_one
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.attending import nothing_pending
from bot.language.meaning import Days, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.models import Booking, BookingQuery, BookingState, BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval, find_zone
from bot.scheduling.together.directory import name_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.dialogue.families import OnBooking
    from bot.language.meaning import Moment
    from bot.scheduling.models import Person

MOST_SHOWN = 8
_OF_SEVERAL = frozenset({Intent.CANCEL, Intent.RESCHEDULE})
_PAST = timedelta(days=30)
_EMPTY_WORDS = frozenset(
    (
        *("meeting", "meetings", "call", "calls", "appointment", "appointments", "booking", "bookings", "event"),
        *("the", "my", "with", "chat", "mtg", "sync"),
    )
)


def find(talk: Talk, request: OnBooking) -> Step:
    """Look for the booking meant, or read the one picked afresh."""
    talk = talk.asking(request)
    if request.booking is not None:
        return do(talk, LookUp(what=Look.BOOKING, argument=request.booking.id), Doing.REFRESHING)
    return do(talk, FindBookings(query=_query(talk, request)), Doing.MATCHING)


def is_fresh(talk: Talk, request: OnBooking) -> bool:
    """Whether the booking was read in this very turn."""
    return request.booking is not None and talk.facts.fresh == request.booking.id


def freshly(talk: Talk, request: OnBooking, booking: Booking) -> tuple[Talk, OnBooking]:
    """The talk and request with a booking read just now."""
    request = replace(request, booking=booking)
    return talk.noting(fresh=booking.id).having(request=request, listed=(booking,), offered=()), request


def refreshed(outcome: Outcome) -> Booking | None:
    """The booking of a look-up."""
    values = outcome.values if isinstance(outcome, Found) else ()
    return next((value for value in values if isinstance(value, Booking)), None)


def matches(talk: Talk, request: OnBooking, outcome: Outcome) -> tuple[Booking, ...]:
    """The bookings that fit everything said; when nothing fits all of it, those that fit who and what."""
    found = outcome.bookings if isinstance(outcome, BookingsFound) else ()
    standing = found if request.intent is Intent.BOOKING_STATUS else _standing(found)
    if request.among:
        standing = tuple(b for b in standing if b.id in request.among)
    if request.intent in {Intent.APPROVE, Intent.DECLINE}:
        standing = tuple(b for b in standing if b.status is BookingStatus.REQUESTED)
    if request.intent is Intent.SHOW_ROOM:
        standing = tuple(b for b in standing if b.slot.end > talk.now)
    standing = tuple(booking for booking in standing if not is_left_out(talk, request, booking))
    if request.attendee is not None:
        beside = _named_in(request, standing) if Cue.AND in request.cues and request.intent in _OF_SEVERAL else ()
        standing = tuple(booking for booking in standing if is_with_party(request, booking) or booking in beside)
        standing = best_named((request.attendee, *request.others), standing)
    titled = tuple(booking for booking in standing if request.wanted and is_called(booking, request.wanted))
    standing = titled or standing
    timed = tuple(booking for booking in standing if is_when(talk, request, booking))
    if not timed and request.sought:
        later = _a_week_on(talk, request)
        timed = tuple(booking for booking in standing if is_when(talk, later, booking))
    if not timed and request.attendee is not None and not is_for_all(request):
        timed = tuple(booking for booking in standing if _is_at_that_part(talk, request, booking))
    if timed:
        return _said_by_name(request, timed)
    if request.attendee is None and request.intent is Intent.LIST_BOOKINGS:
        return ()
    if request.sought and is_for_all(request):
        return ()  # «all with sam on friday», where there is none: those of other days are not meant
    return standing if request.attendee is not None else _named_in(request, standing)


def _standing(found: tuple[Booking, ...]) -> tuple[Booking, ...]:
    return tuple(b for b in found if b.status in {BookingStatus.BOOKED, BookingStatus.REQUESTED})


def is_left_out(talk: Talk, request: OnBooking, booking: Booking) -> bool:
    """Whether the wish excepts it: by who is in it, by its time, by its kind."""
    is_theirs = any(is_with(booking, person) for person in request.excluded_people)
    gone = tuple(_on_its_day(moment, talk, booking) for moment in request.excluded)
    is_then = bool(gone) and is_when(talk, replace(request, sought=gone), booking)
    if booking.id in request.rejected or (is_theirs and is_then):
        return True
    if (is_theirs or is_then) and not request.excluded_as_one:
        return True
    kind = talk.event_type(booking.event_type)
    title = request.excluded_type
    return bool(title) and (is_called(booking, title) or (kind is not None and kind.title == title))


def _on_its_day(moment: Moment, talk: Talk, booking: Booking) -> Moment:
    """«this week except the mornings», «except fridays»: what is left out of every day, or of that one each week."""
    is_weekly = moment.recurs_on(booking.slot.start.astimezone(talk.zone).date())
    if not is_weekly and (moment.days is None or moment.hours is None or moment.says_day):
        return moment
    return _on_day_of(moment, talk, booking)


def _on_day_of(moment: Moment, talk: Talk, booking: Booking) -> Moment:
    day = booking.slot.start.astimezone(talk.zone).date()
    return replace(moment, days=Days(first=day, last=day))


def leaves_none_out(talk: Talk, request: OnBooking, outcome: Outcome) -> bool:
    """Whether people or days were left out among whom no booking lies."""
    if not (request.excluded_people or request.excluded):
        return False
    found = outcome.bookings if isinstance(outcome, BookingsFound) else ()
    return not any(is_left_out(talk, request, booking) for booking in _standing(found))


def is_for_all(request: OnBooking) -> bool:
    """Whether every booking that fits is meant: said so, or by what is left out."""
    is_but = bool(request.excluded_people or request.excluded or request.excluded_type or request.excluded_picks)
    return Cue.ALL in request.cues or is_but or request.several is not None


def are_all_named(request: OnBooking, found: tuple[Booking, ...]) -> bool:
    """«cancela a lena y a sam», «the lena call and sam»: a list of names, of which each is in a booking of its own."""
    others = tuple(booking for booking in found if not is_with_party(request, booking))
    people = {attendee.email or attendee.name for booking in others for attendee in booking.attendees[:1]}
    is_one_each = len(people) == len(others) == len(_named_in(request, others))
    return Cue.AND in request.cues and bool(others) and is_one_each


def is_with_party(request: OnBooking, booking: Booking) -> bool:
    """Whether somebody of those named is in it."""
    party = (*((request.attendee,) if request.attendee else ()), *request.others)
    return any(is_with(booking, person) for person in party)


def are_all_timed(talk: Talk, request: OnBooking, found: tuple[Booking, ...]) -> bool:
    """«cancel the thursday one and the friday one»: as many times as bookings, and one booking at each."""
    if Cue.AND not in request.cues or len(request.sought) != len(found):
        return False
    at = [[b.id for b in found if is_when(talk, replace(request, sought=(one,)), b)] for one in request.sought]
    return all(len(ids) == 1 for ids in at) and len({ids[0] for ids in at}) == len(found)


def without_any(request: OnBooking, found: tuple[Booking, ...]) -> tuple[Person, ...]:
    """Who of those named is in none of the bookings."""
    party = (*((request.attendee,) if request.attendee else ()), *request.others)
    return tuple(person for person in party if not any(is_with(booking, person) for booking in found))


def misses(talk: Talk, request: OnBooking, found: tuple[Booking, ...]) -> bool:
    """Whether a time was said at which none of these lies."""
    later = _a_week_on(talk, request)
    if all(_is_at_that_part(talk, request, booking) for booking in found):
        return False
    return bool(found) and not any(is_when(talk, wish, b) for b in found for wish in (request, later))


def _a_week_on(talk: Talk, request: OnBooking) -> OnBooking:
    """The wish a week on, where a weekday was said that is today; «today» itself is no other day."""
    if Cue.SOON in request.cues:
        return request
    return replace(request, sought=tuple(_a_week_later(moment, talk) for moment in request.sought))


def _a_week_later(moment: Moment, talk: Talk) -> Moment:
    """«friday» said on a Friday, when nothing is on today any more."""
    days = moment.days
    if days is None or days.first != talk.today or days.last != talk.today or moment.exact is not None:
        return moment
    week = timedelta(days=7)
    return replace(moment, days=replace(days, first=days.first + week, last=days.last + week))


def _said_by_name(request: OnBooking, found: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """Those whose attendee's name stands in the text, where the reader took nobody for a person."""
    if request.attendee is not None or len(found) < 2 or (Cue.ALL in request.cues and Cue.EACH not in request.cues):
        return found
    return _named_in(request, found) or found


def _named_in(request: OnBooking, found: tuple[Booking, ...]) -> tuple[Booking, ...]:
    said = {word.removesuffix("s") for word in request.loose} | set(request.loose)
    return tuple(b for b in found if any(said & set(words_of(a.name)) for a in b.attendees))


def narrowed(talk: Talk, request: OnBooking) -> tuple[Booking, ...]:
    """Those of the list last shown that fit what was added."""
    found = BookingsFound(bookings=talk.conversation.listed)
    return matches(talk, request, found)


def ask_which(
    talk: Talk, request: OnBooking, found: Sequence[Booking], *, is_rest: bool = False, question: str = ""
) -> Step:
    """Several match, or are all there is: numbered, with a button each; asked with our words or those given."""
    shown = tuple(found[:MOST_SHOWN])
    buttons = tuple(
        resume_button(f"b{n}", _label(talk, n, booking), replace(request, booking=booking))
        for n, booking in enumerate(shown, start=1)
    )
    told = [f"{n}. {words.one_line(booking, talk.zone, talk.now)}" for n, booking in enumerate(shown, start=1)]
    text = words.several(str(request.intent), shown, talk.zone, talk.now, is_rest=is_rest)
    text = f"{question} {'; '.join(told)}." if question else text
    left = words.more_not_shown(len(found) - len(shown)) if len(found) > len(shown) else ""
    asked = question or text.partition("?")[0] + "?"
    parts = (
        common.line(asked),
        common.line("\n".join(told)),
        ButtonRow(buttons=buttons),
        *((common.small(left),) if left else ()),
    )
    talk = talk.having(listed=shown, shown=shown, offered=(), left=tuple(one.id for one in shown))
    return show(talk, request, f"{text} {left}".strip(), parts)


def none_found(talk: Talk, request: OnBooking, outcome: Outcome) -> Step:
    """Nothing matches: say so, and show what there is."""
    whom = request.attendee.name if request.attendee else meaningful(request.wanted)
    kind = "recent" if request.intent in {Intent.MARK_ABSENT, Intent.SHOW_RECORDS} else "upcoming"
    text = words.none_match(whom, times_said(talk, request), kind=kind)
    there = outcome.bookings if isinstance(outcome, BookingsFound) else ()
    there = tuple(b for b in there if b.status in {BookingStatus.BOOKED, BookingStatus.REQUESTED})
    if request.intent in {Intent.APPROVE, Intent.DECLINE} and not any(
        b.status is BookingStatus.REQUESTED for b in there
    ):
        return say(talk.asking(replace(request, booking=None)), nothing_pending(), is_personal=True)
    if not there or request.intent is Intent.LIST_BOOKINGS:
        return say(talk.asking(replace(request, booking=None)), text, is_personal=True)
    wider = replace(request, attendee=None, sought=(), wanted="")
    return ask_which(talk.leading(f"{text} {words.but_there_are()}"), wider, there, is_rest=True)


def is_with(booking: Booking, person: Person) -> bool:
    """Whether that person is among its attendees, hosts, guests or in its title."""
    mail = person.email.lower() if person.email else ""
    addresses = {(a.email or "").lower() for a in booking.attendees} | {guest.lower() for guest in booking.guests}
    addresses |= {(host.email or "").lower() for host in booking.hosts}
    if mail and mail in addresses:
        return True
    wanted = list(name_words(person.name)) or words_of(person.name)
    if mail:  # an address is one person: nobody who is merely called alike
        return bool(wanted) and len(wanted) > 1 and any(words_of(a.name) == wanted for a in booking.attendees)
    held = [words_of(a.name) for a in booking.attendees] + [words_of(host.name) for host in booking.hosts]
    if len(wanted) > 1 and len(wanted[-1]) == 1:  # «sam n»
        first, initial = wanted[:-1], wanted[-1]
        return any(
            all(is_like(word, names) for word in first) and names[-1].startswith(initial) for names in held if names[1:]
        )
    held += [words_of(address.partition("@")[0]) for address in addresses] + [words_of(booking.title)]
    return bool(wanted) and any(all(is_like(word, words_) for word in wanted) for words_ in held)


def is_called(booking: Booking, wanted: str) -> bool:
    """Whether its title holds those words."""
    asked = words_of(meaningful(wanted))
    return bool(asked) and all(is_like(word, words_of(booking.title)) for word in asked)


def meaningful(wanted: str) -> str:
    """The words of a title without those that name any meeting."""
    return " ".join(word for word in wanted.split() if word.lower() not in _EMPTY_WORDS)


def is_when(talk: Talk, request: OnBooking, booking: Booking) -> bool:
    """Whether it lies at the time said; anything does when none was said."""
    if not request.sought:
        return True
    zone = find_zone(request.zone) or talk.zone
    for moment in request.sought:
        windows = windows_of_one(moment, talk, zone)
        if revise.says_clock(moment) and revise.is_point(moment) and not moment.says_day:
            clocks = {window.start.astimezone(zone).time() for window in windows}
            if booking.slot.start.astimezone(zone).time() in clocks:
                return True
        elif any(window.overlaps(booking.slot.interval) for window in windows) or _is_beyond(moment, windows, booking):
            return True
    return False


def _is_at_that_part(talk: Talk, request: OnBooking, booking: Booking) -> bool:
    """«lena's morning meeting»: a part of the day that was said without a day, on the day that the booking is on."""
    return any(
        moment.hours is not None
        and bool(moment.hours.name)
        and not moment.says_day
        and is_when(talk, replace(request, sought=(_on_day_of(moment, talk, booking),)), booking)
        for moment in request.sought
    )


def _is_beyond(moment: Moment, windows: tuple[Interval, ...], booking: Booking) -> bool:
    """«everything after wednesday», «all meetings after november»: from those days on."""
    is_open = moment.open is Open.AFTER and moment.hours is None and moment.says_day
    return is_open and bool(windows) and booking.slot.start >= windows[0].start


def times_said(talk: Talk, request: OnBooking) -> str:
    """«on Sat 21 Nov» or «at 15:00 on Sat 21 Nov», for the time said."""
    zone = find_zone(request.zone) or talk.zone
    windows = windows_of(request.sought, talk, zone)
    if not windows:
        return ""
    if len(windows) == 1 and request.sought[0].open is Open.AFTER and is_open_days(request.sought[0]):
        return f"from {times.day(windows[0].start, talk.zone, talk.now)} on"
    clock = ""
    if len(windows) == 1 and all(revise.is_point(moment) for moment in request.sought):
        clock = f"at {times.clock(windows[0].start, talk.zone)} "
        if not any(moment.says_day for moment in request.sought):
            return clock.strip()
    dates = sorted({day for w in windows for day in (_first(w, talk), _last(w, talk))})
    joint = "from" if len(dates) > 1 and (dates[-1] - dates[0]).days > 1 else "on"
    hours = ""
    if len(dates) == 1 and not clock and all(revise.says_clock(moment) for moment in request.sought):
        start, end = (instant.astimezone(talk.zone) for instant in (windows[0].start, windows[-1].end))
        hours = f" {times.clocks(start, end, talk.zone)}"
    return f"{clock}{joint} {times.days(dates, talk.today)}{hours}"


def times_left_out(talk: Talk, request: OnBooking) -> str:
    """«Wed 2 Dec»: the days that were left out."""
    windows = windows_of(request.excluded, talk, find_zone(request.zone) or talk.zone)
    return times.days(sorted({day for w in windows for day in (_first(w, talk), _last(w, talk))}), talk.today)


def _first(window: Interval, talk: Talk) -> date:
    return window.start.astimezone(talk.zone).date()


def _last(window: Interval, talk: Talk) -> date:
    return (window.end - timedelta(seconds=1)).astimezone(talk.zone).date()


def _query(talk: Talk, request: OnBooking) -> BookingQuery:
    if request.intent is Intent.MARK_ABSENT:
        window = Interval(talk.now - _PAST, talk.now + timedelta(days=1))
        return BookingQuery(states=(BookingState.PAST, BookingState.UPCOMING), window=window)
    if request.intent in {Intent.APPROVE, Intent.DECLINE}:
        return BookingQuery(states=(BookingState.REQUESTED,))
    if request.intent is Intent.SHOW_RECORDS:
        return BookingQuery(states=(BookingState.PAST,), window=Interval(talk.now - _PAST, talk.now))
    if request.intent is Intent.SHOW_ROOM:
        window = Interval(talk.now - timedelta(hours=12), talk.now + timedelta(days=60))
        return BookingQuery(states=(BookingState.PAST, BookingState.UPCOMING), window=window)
    if request.intent is Intent.BOOKING_STATUS:
        return BookingQuery(states=(BookingState.UPCOMING, BookingState.REQUESTED, BookingState.CANCELLED))
    return BookingQuery()


def _label(talk: Talk, number: int, booking: Booking) -> str:
    return common.cut(
        f"Take {number}: {times.moment(booking.slot.start, talk.zone, talk.now)} {words.names_of(booking)}", 70
    )
