"""Sentences about one booking beside moving and cancelling it: requests, guests, no-shows, its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import count, cut, listed
from bot.dialogue.wording.managing import cannot, until_press

if TYPE_CHECKING:
    from collections.abc import Sequence


# requests


def pending_text(number: int, lines: str) -> str:
    return f"{count(number, 'request')} waiting for you: {lines}."


def nothing_pending() -> str:
    return "No request is waiting for your approval."


def approve_text(line: str) -> str:
    return f"Approve {line}? {until_press('Approve')}"


def clashes(line: str, taken: Sequence[str]) -> str:
    """The time of a request that is to be approved is not free any more."""
    return f"{line} clashes with {listed(list(taken))}. Approve it all the same? {until_press('Approve anyway')}"


def taken_by_calendar(when: str) -> str:
    return f"something in your calendar on {when}"


def decline_text(line: str, reason: str) -> str:
    why = f" Reason: {cut(reason, 200)}." if reason else ""
    return f"Decline {line}?{why} {until_press('Decline')}"


def is_not_pending(line: str) -> str:
    return f"{line} is not waiting for approval any more."


def approved(line: str) -> str:
    return f"Approved: {line}."


def declined(line: str) -> str:
    return f"Declined: {line}."


# one booking


def guests_text(emails: Sequence[str], line: str) -> str:
    role = "a guest" if len(emails) == 1 else "guests"
    return f"Add {listed(list(emails))} as {role} to {line}? They get an invitation. {until_press('Add guests')}"


def whom_to_add(names: Sequence[str]) -> str:
    """`names`: who was named, without an address."""
    if names:
        return (
            f"I have no mail address for {listed([cut(name) for name in names])}. Type it here, or press Add details."
        )
    return "Whom shall I add? Type mail addresses, or mention somebody."


def guests_added(emails: Sequence[str], line: str) -> str:
    return f"Added {listed(list(emails))} to {line}."


def absent_text(names: Sequence[str], line: str, *, is_absent: bool) -> str:
    deed = "Mark" if is_absent else "Take back that"
    rest = "as absent from" if is_absent else "was absent from"
    return f"{deed} {listed(list(names))} {rest} {line}? {until_press('Mark no-show')}"


def not_begun(line: str) -> str:
    return f"{line} has not begun yet; a no-show can only be marked afterwards."


def marked_absent(line: str) -> str:
    return f"Marked: no-show for {line}."


def mark_taken_back(line: str) -> str:
    return f"Taken back: {line} is not a no-show."


def place_text(old: str, new: str, line: str) -> str:
    return f"Change where {line} takes place from {old or 'the usual place'} to {new}? {until_press('Change place')}"


def which_place() -> str:
    return "Where should it be? Say for example «on zoom», «at the office» or «by phone +49 30 1234567»."


def place_changed(line: str) -> str:
    return f"Changed: the place of {line}."


def invitees_text(line: str, people: Sequence[str]) -> str:
    return f"Invited to {line}: {listed(list(people)) if people else 'nobody'}."


# what services cannot do


def no_approval_here(service: str) -> str:
    return cannot(
        service, "approve or decline: it knows no requests", "Meetings there stand at once; I can move or cancel them."
    )


def too_old_for_requests(service: str) -> str:
    here = "answer requests on its own page, or move or cancel them here"
    return f"This {service} is too old to let me approve or decline; {here}."


def too_old_for_place(service: str) -> str:
    return f"This {service} is too old to let me change the place of a meeting; change it on its own page."


def no_guests_here(service: str) -> str:
    return cannot(service, "add guests to a meeting that stands", "Cancel it, and I book it again with them.")


def no_absence_here(service: str) -> str:
    return cannot(service, "mark a no-show", "Mark it there.")


def no_place_here(service: str) -> str:
    return cannot(
        service,
        "change the place of a meeting that stands",
        "Cancel it, and I book it again at the other place.",
    )
