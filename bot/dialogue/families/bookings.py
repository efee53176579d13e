"""Requests for a time, and about bookings that stand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.dialogue.families.anything import AnyRequest
from bot.language.meaning import ClockSaid, Grain, Intent, Keep, Moment, Open, PlaceWish, Recurrence
from bot.language.signs import Cue  # noqa: TC001  as above
from bot.scheduling.models import Booking, EventType, Hold, Person, Slot  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far from a time that is spoken of: by an amount, or (without one) the unit beside it («the week after»)."""

    unit: Grain
    is_before: bool
    amount: timedelta | None = None
    is_either: bool = False
    """People say it of both directions («a day forward»)."""


class Side(StrEnum):
    """Where a time lies, measured from a meeting."""

    BEFORE = "before"
    AFTER = "after"
    SAME_CLOCK = "same_clock"
    """At the clock time of that meeting, on the days that were named."""
    SAME_DAY = "same_day"
    """On the day of that meeting, or so many days from it, at the clock times that were named."""
    ITS_TIME = "its_time"
    """At the time of that meeting, or the one that it had until it was moved or cancelled just now."""
    LATER = "later"
    """So much later than it begins (earlier, below zero)."""
    PERHAPS_IT = "perhaps_it"
    """Perhaps that meeting itself is meant («sam's at four on friday»), which is asked where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """«Right after lena's meeting»: the time is measured from a meeting that stands, told by who is in it."""

    whose: Person
    side: Side
    gap: timedelta = timedelta()
    names_no_act: bool = False
    """«sam after lena»: whether a meeting with Sam that stands is to go there, or one more is wanted, was not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRequest(AnyRequest):
    """A time is wanted: to be shown, booked or held, once or on several dates, here or on somebody's public page."""

    intent: Literal[Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD]
    event_type: str | None = None
    length: timedelta | None = None
    length_side: Open | None = None
    """Whether the length is the longest or the shortest that will do."""
    attendee: Person | None = None
    guests: tuple[Person, ...] = ()
    is_either: bool = False
    """One of the people is enough («ana or bo»)."""
    optional: tuple[str, ...] = ()
    """Who need not come, by the key that names them in a search."""
    quorum: int | None = None
    """How many of the people are enough («at least two of …»)."""
    outsiders: tuple[str, ...] = ()
    """Names that were looked for and fit nobody we know."""
    groups: tuple[str, ...] = ()
    """Groups that were named, until their members are known."""
    in_thread: bool = False
    """Everybody of the thread is meant, until they are known."""
    share: str = ""
    """The share it is picked from; the account that books is then the sharer's."""
    rechecks: bool = False
    """Everybody was free when the card was shown, and is looked at again before the write."""
    moments: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    is_each: bool = False
    """Every time named is wanted («tuesday and thursday»), not one of them."""
    zone: str | None = None
    """The zone that was named for these times; None: the asker's own."""
    is_their_clock: bool = False
    """The times are meant by the attendee's clock, whose zone is still to be known."""
    clock: ClockSaid | None = None
    """What was said of whose clock it is, until everybody's zone is known."""
    timekeeper: Person | None = None
    """Whose clock it is, where they do not come themselves («lena at 10, omar's time»)."""
    zones: tuple[str, ...] = ()
    """Candidates of an ambiguous zone name, until one is picked."""
    slot: Slot | None = None
    """The slot picked, once there is one."""
    left_days: tuple[date, ...] = ()
    """Days that stood on the card before another one was named: «friday» after «monday» goes back to that Friday."""
    not_before: datetime | None = None
    """Only later slots: the earlier ones were shown already."""
    hold: Hold | None = None
    place: PlaceWish | None = None
    answers: tuple[tuple[str, str], ...] = ()
    """The event type's questions, answered: (key, text)."""
    topic: str = ""
    wanted: str = ""
    """Words that name the kind of meeting and fit no event type."""
    host: str | None = None
    """Whose public page is booked on, by user name at the provider; the attendee is then the asker."""
    host_type: EventType | None = None
    """The type picked on that page."""
    whose: str = ""
    """The name of the person whose calendar was asked for; their page must be named before it can be read."""
    beside: Beside | None = None
    """Measured from which meeting, until that is found."""
    edge: int = 0
    """1: the first of what is free then is wanted («the first free slot on friday»); -1: the last."""
    booking: Booking | None = None
    """What was made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyBookingRequest(AnyRequest):
    """What every request about a booking has: which one is meant, by what was said of it or by having been found."""

    booking: Booking | None = None
    """The booking meant, once it was found."""
    attendee: Person | None = None
    """Who is in it."""
    others: tuple[Person, ...] = ()
    """Who else was named: each in a booking of their own, or in the same."""
    is_either: bool = False
    """Only one of them is meant, and which was left open («cancel lena or kim»)."""
    excluded_people: tuple[Person, ...] = ()
    """In whose bookings nothing is to happen («all but lena»)."""
    excluded_as_one: bool = False
    """Whether those people at those times are meant («except sam on friday»), not either."""
    excluded: tuple[Moment, ...] = ()
    """At which times nothing is to happen."""
    excluded_type: str = ""
    """Bookings of which kind are left out."""
    excluded_picks: tuple[int, ...] = ()
    """Which of those that fit are left out, in the order of their times, from 1; -1 is the last."""
    which: int | None = None
    """The nth of those that fit, in the order of their times, from 1; -1 is the last."""
    several: int | None = None
    """So many of those that fit, the first ones; below zero the last ones."""
    among: tuple[str, ...] = ()
    """The bookings of the list that it was said below («cancel that», «both of them»); none: of all."""
    rejected: tuple[str, ...] = ()
    """Bookings that were shown and are not the one meant, by id."""
    sought: tuple[Moment, ...] = ()
    """Its present time («tuesday's 3pm»)."""
    wanted: str = ""
    """Words that name it."""
    zone: str | None = None
    """The zone that was named for these times; None: the asker's own."""
    cues: frozenset[Cue] = frozenset()
    """What the text said beside that (all of them, the next one)."""
    loose: tuple[str, ...] = ()
    """Words of the text that may name it or somebody in it."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRequest(AnyBookingRequest):
    """Something about a booking beside its time: list, cancel, decide on it, its people, its place."""

    intent: Literal[
        Intent.LIST_BOOKINGS,
        Intent.CANCEL,
        Intent.APPROVE,
        Intent.DECLINE,
        Intent.ADD_GUESTS,
        Intent.MARK_ABSENT,
        Intent.SHOW_INVITEES,
        Intent.CHANGE_PLACE,
        Intent.COUNT_BOOKINGS,
        Intent.REMOVE_GUESTS,
        Intent.CHANGE_LENGTH,
        Intent.CHANGE_TITLE,
        Intent.CHANGE_NOTE,
        Intent.RESEND,
        Intent.ASK_NEW_TIME,
        Intent.BOOKING_STATUS,
        Intent.SHOW_RECORDS,
        Intent.SHOW_ROOM,
        Intent.SHOW_CALENDAR_LINKS,
    ]
    length: timedelta | None = None
    """How long it is to be."""
    longer_by: timedelta | None = None
    """How much longer, or below zero shorter, than it is."""
    text: str = ""
    """The title or the note it is to have."""
    guests: tuple[Person, ...] = ()
    """Who is to be added, or was absent."""
    outsiders: tuple[str, ...] = ()
    """Names of them, in lower case, that nobody here is called by."""
    place: PlaceWish | None = None
    typed_place: str = ""
    """Where it is to be, as typed into the form: an address or a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRequest(AnyBookingRequest):
    """A booking is to be at another time; or two of them at one another's."""

    intent: Literal[Intent.RESCHEDULE, Intent.SWAP] = Intent.RESCHEDULE
    moments: tuple[Moment, ...] = ()
    """Where it is to go."""
    is_each: bool = False
    """The first of them is for the attendee's booking, the next ones for those of the others, in their order."""
    avoided: tuple[Moment, ...] = ()
    """Where it is not to go («anywhere but friday»)."""
    is_their_clock: bool = False
    """The times are meant by the attendee's clock."""
    clock: ClockSaid | None = None
    """What was said of whose clock it is, until the booking is known."""
    zones: tuple[str, ...] = ()
    """Candidates of an ambiguous zone name."""
    slot: Slot | None = None
    """The slot picked, once there is one."""
    left_days: tuple[date, ...] = ()
    """Days that stood on the card before another one was named: «friday» after «monday» goes back to that Friday."""
    not_before: datetime | None = None
    """Only later slots: the earlier ones were shown already."""
    bookings: tuple[Booking, ...] = ()
    """Several that are moved together."""
    keeps: frozenset[Keep] = frozenset()
    """What is to stay as it is: the clock, the weekday («next week, same time»)."""
    distance: Distance | None = None
    """What counts from the booking («a week later»), until the booking is known."""
    moved_by: Distance | None = None
    """By how much it goes, where that is how it was told; «make that two hours» changes it."""
    beside: Beside | None = None
    """Measured from which other meeting, until that is found."""
    side: int = 0
    """-1: to any time before its own («earlier that day»), 1: to any behind it; until the booking is known."""
    edge: int = 0
    """1: to the first of what is free then («to the first free slot on friday»); -1: to the last."""
    or_else: Moment | None = None
    """The same distance the other way, where either may be meant."""
