"""Sentences beside the work: help, greetings, thanks; what a text leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import cut, listed
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLANS = frozenset({Intent.BOOK, Intent.HOLD})


def help_heading() -> str:
    return "What I can do"


def help_lines() -> tuple[str, ...]:
    """What a person can say, one family a line."""
    return (
        "Find times: «what's free thursday afternoon», then «after 3» or «the second one»",
        "Book: «book intro with @dana tuesday 2pm», «30 min with sam@example.com next week», «every tuesday 9am for 6 weeks»",
        (
            "Together: «30 min with @dana and @omar next week», «ask @omar when he can», «poll @dana @omar: tue 3 or wed 10», "
            "«share my times next week with @bo», «share my free times»"
        ),
        "Hold: «hold thursday 3pm for 30 minutes»",
        "Change: «move priya to wednesday same time», «cancel my meeting with sam»",
        "See: «what do I have tomorrow», «when do I see priya next», «show pending requests»",
        "Manage: «show my event types», «what are my working hours», «I'm off 24 to 31 december»",
        "By itself: «every morning at 8 send me my agenda», «remind me 10 minutes before my next meeting», «settings»",
        "Account: «connect cal.com», «who am I connected as», «turn news on», «stop»",
    )


def help_foot() -> str:
    return "Nothing is written to a calendar before you press a button on a card that shows it."


def hello(name: str) -> str:
    whom = f", {name}" if name else ""
    example = "«book intro with priya@example.com tuesday 2pm»"
    return f"Hello{whom}. Tell me who to meet and when, for example {example}, or say «help»."


def welcome() -> str:
    return "You're welcome."


def goodbye() -> str:
    return "You too. Whenever something is to be planned, say who with and when."


def not_for_me() -> str:
    return "I only do scheduling: finding times, booking, moving, cancelling. For example «what's free thursday afternoon?»"


def nothing_said() -> str:
    return "I did not find anything to schedule in that. Try «book intro with priya@example.com tuesday 2pm», or say «help»."


def which_change() -> str:
    return "I am not sure what to change. Start with what you need, for example «find 30 min with @dana next week»."


def nothing_listed(number: int) -> str:
    asked = f"number {number}" if number > 0 else "that one"
    return f"I have nothing listed as {asked}. Ask for times first, for example «what's free thursday afternoon?»"


def which_one() -> str:
    return "Which one? Press a button, or say for example «the second one»."


def zone_on(stays: Sequence[tuple[str, str]]) -> str:
    """Each zone with its days."""
    said = ", ".join(f"{zone} time for {days}" for zone, days in stays)
    return f"I use {said}, and your own on all other days."


def zone_from(zone: str, day: str) -> str:
    return f"I use {zone} time from {day} on, and your own before."


def hours_of_others(name: str) -> str:
    who = cut(name)
    return (
        f"I do not see {who}'s working hours; my times for both of you keep inside them where they are known. "
        f"Ask for example «when are {who} and I free this week»."
    )


def zone_set(zone: str) -> str:
    return f"I use {zone} time in this conversation from now on."


def release(when: str) -> str:
    return f"Release the hold on {when}? It stands until you press Release hold, or until it runs out."


def no_hold() -> str:
    return "I hold nothing for you at the moment."


def is_free_as_asked(when: str) -> str:
    """Nothing else is needed: the time on the card is free."""
    return f"{when} is free, so nothing else is needed."


def keeps_length() -> str:
    return "A move keeps the meeting's length; for another length, cancel it and book anew."


def okay_not() -> str:
    return "All right, nothing was written."


def all_stays() -> str:
    """A no below what was carried out, which only its own buttons take back."""
    return "All right, I leave it as it is. To take it back, say «undo»."


def not_now(*, is_open: bool) -> str:
    """«not now»: neither a yes nor a no."""
    rest = " What I showed stays open for a while." if is_open else ""
    return f"All right, nothing happens now.{rest} Name another day or time when it suits, or say «stop» to drop it."


def contradiction(said: str, named: str) -> str:
    return f"«{said}» contradicts itself: {named}. Which day do you mean?"


def two_weeks(said: str, named: str) -> str:
    return f"«{said}» may be {named}. Which day do you mean?"


def no_such_date(said: str, last_day: str) -> str:
    nearest = f" The last day before it is {last_day}." if last_day else ""
    return f"There is no such date as «{said}».{nearest} Nothing was offered for it; name another day or press one."


def not_every_year(said: str, leap_day: str) -> str:
    return f"Not every year has «{said}»; the next is {leap_day}. Nothing was offered for it; name another day or press one."


def no_such_time(said: str, *, has_day: bool) -> str:
    day = ", or press the day for its free times" if has_day else ""
    return f"There is no such time as «{said}». Nothing was offered for it; name another time{day}."


def backward(said: str) -> str:
    return f"«{said}» ends before it begins. Which way round do you mean it?"


def two_lengths(said: str) -> str:
    return f"«{said}» names two lengths. How long shall it be?"


def two_acts() -> str:
    return "That is two things at once, and I do one at a time. Which shall I start with?"


def first_act(act: str) -> str:
    return f"Start with «{act}»"


def unplaced(said: str, text: str) -> str:
    return f"I do not know what the {said} in «{text}» is, so I prepared nothing. Say it once more with the whole time."


def unread_exception(said: str) -> str:
    return (
        f"I did not understand what «{said}» leaves out, so I prepared nothing. Say it once more with a name or a day."
    )


def unread_not(said: str) -> str:
    return (
        f"You said «{said}», and I am not sure what is not to happen. Nothing was prepared; say what you want instead."
    )


def condition(said: str) -> str:
    return f"I cannot wait for a condition («{said}»). Nothing was prepared. Shall I go on without it?"


def unread_bound(said: str) -> str:
    return f"I did not understand what «{said}» limits, so I prepared nothing. Say it once more with a time."


def without_condition() -> str:
    return "Go on without the condition"


def unnamed_guest(said: str) -> str:
    return f"Who is “{said}”? Mention them or type a mail address and say it again; or go on without them."


def only_told(said: str) -> str:
    return f"I am not sure that anything is to happen by «{said}», so I prepared nothing. Shall it?"


def on_card() -> str:
    return "This is all that I can tell of it:"


def only_quoted(said: str) -> str:
    return f"«{said}» stands in quotes, so I took it for no order and prepared nothing. Shall I do it?"


def do_it(act: Intent) -> str:
    return {Intent.CANCEL: "Yes, cancel it", Intent.RESCHEDULE: "Yes, move it"}.get(
        act, "Yes, plan it" if act in _PLANS else "Yes, do it"
    )


def without_them() -> str:
    return "Without them"


def broken_address(said: str) -> str:
    return f"«{said}» is not a complete address. Write it in full, for example «priya@example.com»."


def other_script(said: str) -> str:
    return (
        f"I cannot read «{said}». I read English, German, Spanish, French, Portuguese, Italian, Dutch, Chinese and Japanese. "
        "Say it in one of them, for example «30 min with priya@example.com thursday 3pm»."
    )


def stays_open(days: str) -> str:
    return f"{days} stays open as it is; nothing was closed and nothing changed."


def nothing_changes() -> str:
    return "All right, everything stays as it is; nothing was changed."


def reminds_of_meetings() -> str:
    return "I remind you of meetings only. Say for example «remind me 10 minutes before my next meeting»."


def no_rooms() -> str:
    return "I cannot reserve rooms, only times with people. Say who it is with, and the room can stand in the note."


def nobody_instead() -> str:
    return "I cannot put somebody else in a meeting. Cancel it, and book the other person at that time."


def room_is_not_reserved() -> str:
    return "I cannot reserve rooms, so none is reserved with this."


def one_at_a_time() -> str:
    return "I book one meeting at a time, or a series («every tuesday at 10 for 3 weeks»); this is about the first."


def each_by_themselves(first: str) -> str:
    return f"I book one meeting at a time, and nothing was prepared. Say the first, for example «book {first} thursday at 10»."


def no_splitting() -> str:
    return "I cannot split or merge meetings. I can book another one («book … friday at 10») or move this one."


def no_marks() -> str:
    return "I cannot mark a meeting as private or important; that is done in the calendar. I can move or cancel it."


def no_series_of_one() -> str:
    return "A meeting that stands cannot be made to repeat. Book a series, for example «… every tuesday at 10 for 4 weeks»."


def not_by_another() -> str:
    return "I cannot tell a meeting by the one beside it. Nothing was prepared; name who is in it, or its time."


def how_often() -> str:
    return "How often, and until when? Say for example «every tuesday for 6 weeks»."


def no_days_long() -> str:
    return (
        "No meeting lasts that long, so I prepared nothing. Say how long it is to be, for example «30 min», "
        "or how often, for example «every week for 4 weeks»."
    )


def keeps_place() -> str:
    return "A move keeps where the meeting is. Press Move first, then say the place again."


def kind_stays(whose: str) -> str:
    return (
        f"The kind of {whose} cannot be changed once it is booked. Cancel it and book the other kind anew, or move it to "
        "another time."
    )


def host_stays() -> str:
    return "Who hosts a meeting cannot be changed from here. Cancel it and book it anew with the other host's page."


def attendee_stays() -> str:
    return (
        "Who a meeting is with cannot be changed once it is booked. Cancel it and book it anew, or add them as a guest."
    )


def no_buffers() -> str:
    return (
        "I cannot tell from that which buffer is meant. Say for example «15 minutes of air after every intro»; "
        "or take time off with «I'm off friday 2 to 3»."
    )


def no_limits() -> str:
    return (
        "I cannot tell from that which limit is meant. "
        "Say for example «three a day at most» or «nobody books me more than six weeks ahead»."
    )


def no_resending() -> str:
    return (
        "I cannot send an invitation or a reminder again. Open the booking's own page to do that, or move the meeting: "
        "a move tells everybody."
    )


def always_mails() -> str:
    return (
        "That cannot be done quietly: the service mails everybody whatever changes. "
        "Say it without that and I show you the card."
    )


def no_prices() -> str:
    return "I cannot see or change prices and payments. Look in the event type's own settings page."


def a_standing_booking(name: str) -> str:
    return f"the meeting with {name}" if name else "a meeting that stands"


def invited_already(name: str) -> str:
    return f"{name} is invited to that meeting already, so there is nothing to add."


def whose_zone(name: str, clock: str) -> str:
    at = f" {clock}" if clock else " that time"
    who = f"{name} is" if name else "they are"
    return (
        f"I do not know which time zone {who} in, so I cannot tell when{at} is there. "
        "Say the zone or a city, for example «tokyo time»."
    )


def writes_to_nobody(names: list[str]) -> str:
    """A message to somebody who is not in the meeting."""
    return f"I send no messages of my own, so {listed(names)} will hear nothing from me."


def who_of_whom() -> str:
    return "I see your own calendar, and those of colleagues who let me. Name them, for example «is @dana free on friday at 2»."


def with_or_without(name: str) -> str:
    """A no beside one of several who are to come."""
    return (
        f"Shall it be without {name}, or at another time? Say «without {name}», or name a time. "
        "The card above stays as it is."
    )


def optional_now(names: list[str]) -> str:
    return f"{listed(names)} can come, but no time is left out for that."


def held_until(slot: str, until: str) -> str:
    return f"{slot} is held until {until}. Press Book before that, or say «release it»."
