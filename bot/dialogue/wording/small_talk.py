"""Sentences beside the work: help, greetings, thanks, what is not for us."""

from __future__ import annotations


def help_heading() -> str:
    return "What I can do"


def help_lines() -> tuple[str, ...]:
    """What a person can say, one family a line."""
    return (
        "Find times: «what's free thursday afternoon», then «after 3» or «the second one»",
        "Book: «book intro with @dana tuesday 2pm», «30 min with sam@example.com next week», «every tuesday 9am for 6 weeks»",
        "Hold: «hold thursday 3pm for 30 minutes»",
        "Change: «move priya to wednesday same time», «cancel my meeting with sam»",
        "See: «what do I have tomorrow», «when do I see priya next», «show pending requests»",
        "Manage: «show my event types», «what are my working hours», «I'm off 24 to 31 december»",
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


def zone_set(zone: str) -> str:
    return f"I use {zone} time in this conversation from now on."


def release(when: str) -> str:
    return f"Release the hold on {when}? It stands until you press Release hold, or until it runs out."


def no_hold() -> str:
    return "I hold nothing for you at the moment."


def keeps_length() -> str:
    return "A move keeps the meeting's length; for another length, cancel it and book anew."


def okay_not() -> str:
    return "All right, nothing was written."
