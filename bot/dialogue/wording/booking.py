"""Sentences about finding, booking and holding times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import count, cut, listed
from bot.scheduling.limits import Rhythm
from bot.scheduling.models import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, time, timedelta
    from zoneinfo import ZoneInfo

    from bot.scheduling.limits import Repeats
    from bot.scheduling.models import EventType, Person, Place

_PLACES = {
    PlaceKind.VIDEO: "video call",
    PlaceKind.LINK: "link",
    PlaceKind.PHONE: "phone",
    PlaceKind.ADDRESS: "in person",
    PlaceKind.ATTENDEE_PHONE: "phone, the attendee's number",
    PlaceKind.ATTENDEE_ADDRESS: "at the attendee's place",
    PlaceKind.ATTENDEE_CHOICE: "where the attendee chooses",
    PlaceKind.HOST_DEFAULT: "the usual video app",
    PlaceKind.OTHER: "as the event type says",
}


def person(who: Person | None) -> str:
    """Name and address: for private places only."""
    if who is None:
        return "nobody yet"
    return f"{cut(who.name)} ({who.email})" if who.email and who.email != who.name else cut(who.name)


def kind_of(kind: EventType, length: timedelta) -> str:
    team = f", team {cut(kind.team)}" if kind.team else ""
    return f"{cut(kind.title)} ({times.length(length)}{team})"


def place(where: Place) -> str:
    """Where, in words."""
    words = _PLACES[where.kind]
    if where.app:
        words = f"{where.app.replace('-', ' ').replace('_', ' ').title()}"
    words = words[:1].upper() + words[1:]
    if where.kind is PlaceKind.LINK and where.detail:
        return cut(where.detail)
    return f"{words}: {cut(where.detail)}" if where.detail else words


def ask_when_zone(zones: Sequence[str]) -> str:
    return f"That zone name can mean {listed([times.place(zone) for zone in zones], 'or')}. Which one?"


def no_event_types(service: str) -> str:
    return (
        f"Your {service} account has no event type yet, so there is nothing to book with. "
        "Say for example «create a 30 minute type called Intro»."
    )


def booking_heading(kind: EventType, who: Person | None) -> str:
    return f"Book {cut(kind.title)}{f' with {cut(who.name)}' if who else ''}?"


def hold_heading(kind: EventType) -> str:
    return f"Hold a slot for {cut(kind.title)}?"


def booking_text(what: str, people: Sequence[Person], when: str) -> str:
    whom = f" with {listed([person(who) for who in people])}" if people else ""
    return f"{what}{whom} on {when}. Nothing is booked until you press Book."


def hold_text(what: str, when: str) -> str:
    return f"Hold {when} for {what}. Nothing is held until you press Hold."


def free_text(what: str, when: str) -> str:
    return f"{when} is free for {what}."


def who_for(name: str = "") -> str:
    if name:
        return f"I have no mail address for {cut(name)}. Type it here, or press Add details."
    return "Who is it for? Mention somebody, type a mail address, or press Add details."


def asks_more(labels: Sequence[str]) -> str:
    return f"The event type also asks: {listed([cut(label) for label in labels])}. Press Add details."


def asks_choice(label: str, options: Sequence[str]) -> str:
    """A required question whose options are buttons."""
    named = listed([cut(option) for option in options], "or")
    return f"The event type also asks: {cut(label)} ({named}). Press one or say it."


def no_such_option(label: str, options: Sequence[str]) -> str:
    named = listed([cut(option) for option in options], "or")
    return f"“{cut(label)}” takes {named}, and what you wrote is neither."


def guest_without_mail(names: Sequence[str]) -> str:
    return f"I have no mail address for {listed([cut(name) for name in names])}, so they are not invited yet."


def needs_approval() -> str:
    return "This event type needs an approval: the press sends a request."


def is_paid() -> str:
    return "This event type is paid: the press sends a request, and the attendee has to pay on the booking page."


def place_not_offered(kind: EventType, wished: str) -> str:
    return f"{cut(kind.title)} does not offer {wished}, so its usual place stays."


def topic_not_sent(topic: str) -> str:
    return f"The event type has no field for a topic, so “{cut(topic)}” is not sent along."


def length_missed(missed: timedelta, length: timedelta, kind: EventType, others: Sequence[EventType]) -> str:
    more = [f"{cut(other.title)} ({times.length(other.length)})" for other in others[:3]]
    rest = f" There is also {listed(more)}." if more else ""
    return (
        f"No event type takes {times.length(missed)}. The nearest is {cut(kind.title)} "
        f"({times.length(length)}), so that is what I looked for.{rest}"
    )


def type_length_missed(missed: timedelta, kind: EventType) -> str:
    lengths = listed([times.length(own) for own in kind.lengths], "or")
    return f"{cut(kind.title)} takes {lengths}, not {times.length(missed)}."


def slots_text(groups: Mapping[date, Sequence[str]], what: str, zone: ZoneInfo, today: date) -> str:
    """«Free for Intro (30 min), Berlin time: Thu 26 Nov 09:00, 09:30; Fri 27 Nov 10:00.»"""
    pieces = [f"{times.date_words(day, today)} {', '.join(clocks)}" for day, clocks in groups.items()]
    return f"Free for {what}, {times.place(zone)} time: {'; '.join(pieces)}."


def slots_elsewhere(groups: Mapping[date, Sequence[str]], zone: ZoneInfo, today: date) -> str:
    """«In Sydney time: Fri 27 Nov 19:00, 19:30.»"""
    pieces = [f"{times.date_words(day, today)} {', '.join(clocks)}" for day, clocks in groups.items()]
    return f"In {times.place(zone)} time: {'; '.join(pieces)}."


def slots_heading(what: str, who: Person | None, zone: ZoneInfo) -> str:
    """«Free for Intro (30 min) with Dana, Berlin time»."""
    return f"Free for {what}{f' with {cut(who.name)}' if who else ''}, {times.place(zone)} time"


def pick_one() -> str:
    return "Press a time, or say for example «the second one» or «after 3»."


def taken(when: str) -> str:
    return f"{when} is not free."


def no_start(when: str, what: str) -> str:
    return f"{when} is not a time that {what} can start at. These are the nearest starts."


def nearest_are() -> str:
    return "These are the nearest free times."


def just_gone(when: str) -> str:
    return f"{when} has been taken in the meantime, so nothing was booked. These are free."


def has_passed() -> str:
    return "That time has passed already. These are the next free times."


def weekend_closed(dates: Sequence[date], today: date, next_day: str) -> str:
    verb = "is" if len(dates) == 1 else "are"
    return f"{times.days(dates, today)} {verb} the weekend and nothing is open. {next_day}"


def day_full(dates: Sequence[date], today: date, next_day: str) -> str:
    joint = "from" if len(dates) > 1 and (dates[-1] - dates[0]).days > 1 else "on"
    return f"Nothing is free {joint} {times.days(dates, today)}. {next_day}"


def stretch_full(when: str, next_day: str) -> str:
    return f"Nothing is free {when}. {next_day}"


def next_open(day: str) -> str:
    return f"The next open day is {day}."


def nothing_free(dates: Sequence[date], today: date) -> str:
    when = f" on {times.days(dates, today)} or in the days after" if dates else " in the next two weeks"
    return f"I found no free time{when}. Look further ahead, or try another event type."


def or_instead() -> str:
    return "Or at another time"


def card_until(instant: datetime, zone: ZoneInfo) -> str:
    return f"This card can be pressed until {times.clock(instant, zone)}."


def slot_label(wall: datetime, zone: ZoneInfo, today: date, *, with_day: bool) -> str:
    clock = times.wall_clock(wall, zone)
    return f"{times.date_words(wall.date(), today)} {clock}" if with_day else clock


def booked(what: str, who: str, when: str) -> str:
    return f"Booked: {what}{f' with {who}' if who else ''} on {when}."


def requested(what: str, who: str, when: str) -> str:
    return f"Requested: {what}{f' with {who}' if who else ''} on {when}. It is booked once the host approves it."


def held(what: str, when: str, until: str) -> str:
    return f"Held until {until}: {when} for {what}."


def hold_is_soft() -> str:
    return "A hold hides the time from others for a short while; it is not a booking."


def hold_ran_out(when: str) -> str:
    return f"The hold on {when} has run out, so I looked again."


def no_holds(service: str) -> str:
    return f"{service} cannot hold a slot. The nearest thing I can do is book it; you can cancel the booking later."


def series_text(what: str, who: str, free: int, asked: int) -> str:
    whom = f" with {who}" if who else ""
    return f"{count(free, 'single booking')} of {what}{whom}, {asked} asked for."


def no_date_free(title: str, asked: int, lines: Sequence[str]) -> str:
    """Every date is taken; the lines tell what is free on it."""
    return f"None of the {count(asked, 'date')} is free for {title}. {' '.join(f'{line}.' for line in lines)}"


def all_at(clock: time, zone: ZoneInfo) -> str:
    return f"All at {times.wall_clock(clock, zone)}"


def series_label(free: int) -> str:
    return f"Book {count(free, 'date')}"


def series_until(label: str) -> str:
    return f"Nothing is booked until you press {label}."


def no_series(service: str, *, kind: EventType) -> str:
    return (
        f"{cut(kind.title)} is no repeating event type in {service}, so these are single dates, booked with one press."
    )


def repeats_by_itself(kind: EventType, rule: Repeats) -> str:
    """«Weekly coaching repeats by itself, every week, at most 6 times»."""
    noun = {Rhythm.WEEKLY: "week", Rhythm.MONTHLY: "month", Rhythm.YEARLY: "year"}.get(rule.rhythm, "")
    every = "every " + (f"{rule.interval} {noun}s" if rule.interval > 1 else noun) if noun else "in its own rhythm"
    return f"{cut(kind.title)} repeats by itself, {every}, at most {rule.most} times"


def too_old_for_series(service: str, *, kind: EventType) -> str:
    return f"This {service} is too old to book a series of {cut(kind.title)} with one call, so each date is booked by itself."


def one_series(kind: EventType, rule: Repeats) -> str:
    return f"{repeats_by_itself(kind, rule)}: these dates are one series, made by one booking."


def other_rhythm(kind: EventType, rule: Repeats) -> str:
    return f"{repeats_by_itself(kind, rule)}; these dates do not fit that, so each is booked by itself."


def series_leaves_none_out(kind: EventType) -> str:
    return f"A series of {cut(kind.title)} leaves no date out, so the free ones are booked one by one."


def one_date_only(kind: EventType, rule: Repeats) -> str:
    return f"{repeats_by_itself(kind, rule)}; this books this one date."


def whole_series_label(number: int) -> str:
    return f"All {number} dates"


def whole_series_text(what: str, who: str, number: int) -> str:
    return f"A series of {number} {what}{f' with {who}' if who else ''}."


def book_series_label(number: int) -> str:
    return f"Book series of {number}"


def hosted_by(names: Sequence[str]) -> str:
    return f"{listed([cut(name) for name in names])} hosts it, so it stands in that calendar and is moved there."


def series_made(made: int, asked: int, *, is_request: bool) -> str:
    what = "Requested" if is_request else "Booked"
    return f"{what} as one series: {count(asked, 'date')}." if made >= asked else f"{made} of {asked} dates booked."


def series_stands() -> str:
    return "Say «cancel the series» for all of it; cancelling one date asks whether the later ones go as well."


def no_end_named(number: int) -> str:
    return f"You named no end, so here are the next {number} dates."


def most_dates(number: int) -> str:
    return f"One card holds at most {number} dates; ask for the later ones afterwards."


def one_date_or_more(dates: Sequence[str]) -> str:
    """Below a series a date was named that may be meant either way."""
    it = "it" if len(dates) == 1 else "they"
    return f"{listed(dates)}: {'is' if it == 'it' else 'are'} {it} meant as well, or instead of the series?"


def beside_series() -> str:
    return "As well"


def instead_of_series() -> str:
    return "Instead of it"


def series_line(when: str, *, is_free: bool, other: str = "") -> str:
    if is_free:
        return f"{when}: free"
    return f"{when}: busy, left out{f' (free that day: {other})' if other else ''}"


def which_days(often: int) -> str:
    """«twice a week» says how many days, not which."""
    return f"On which {often} days? Say them with the time, for example «every monday and thursday 9am for 4 weeks»."


def one_rule_at_a_time() -> str:
    return "I read more than one repetition in that, and a card holds one. Nothing was prepared; say them one after the other."


def no_held_series() -> str:
    return "I hold one time at once, no series. Name one date to hold, or say «book …» for the series."


def unreadable_repetition() -> str:
    return "I cannot spell out that repetition. Say it for example as «every tuesday 9am for 6 weeks»."


def series_needs_clock() -> str:
    return "At what time should each of them start? Say for example «at 9»."


def cannot_see_calendar(name: str) -> str:
    return (
        f"I cannot look into {cut(name)}'s calendar. I can show what {cut(name)}'s public booking page offers, "
        "without any titles: press Name the page and enter the page's user name."
    )


def page_times(host: str) -> str:
    return f"What {cut(host)}'s public booking page offers; titles and details stay with {cut(host)}."


def no_such_page(host: str) -> str:
    return f"There is no public booking page of «{cut(host)}», or it offers nothing."


def asker_needs_mail() -> str:
    return "To book on somebody's page I need your own mail address, and your profile does not show me one."


def not_an_address(text: str) -> str:
    return f"“{cut(text)}” is not a mail address."


def in_passing() -> str:
    return "Want me to find a time? Say who with and when, for example «30 min with @name next week»."
