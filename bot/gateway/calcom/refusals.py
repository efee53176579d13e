"""What Cal.com's refusals mean: a table of status and words, first row that fits wins.

Words are compared without case and with straight apostrophes. An unknown wording is a plain refusal, never «done».
Only 4xx answers come here; whatever leaves a write's fate open is raised by the client. `too_old` is our own refusal, where
a host's shapes lack what is wanted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import NotConnected, NotFound, Refused, SlotTaken, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.errors import PencilError
    from bot.gateway.calls import ApiAnswer, Problem

ALREADY_CANCELLED = "already_cancelled"
ALREADY_CONFIRMED = "already_confirmed"
MOVED_ALREADY = "moved_already"
MISSING_SCOPE = "missing_scope"


def _taken(sentence: str | None = None) -> Callable[[Problem], PencilError]:
    return lambda problem: SlotTaken(problem.message, for_person=sentence)


def _refused(sentence: str, code: str = "") -> Callable[[Problem], PencilError]:
    return lambda problem: Refused(problem.message, reason=problem.message, code=code, for_person=sentence)


def _missing(sentence: str | None = None) -> Callable[[Problem], PencilError]:
    return lambda problem: NotFound(problem.message, for_person=sentence)


def _unconnected(problem: Problem) -> PencilError:
    return NotConnected(problem.message, repair=True)


def _absent_route(problem: Problem) -> PencilError:
    return Unsupported(problem.message, for_person="This Cal.com does not offer that.")


_SCOPE = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*_(?:READ|WRITE)\b")


def _missing_scope(problem: Problem) -> PencilError:
    named = _SCOPE.search(f"{problem.code} {problem.message}")
    what = f"«{named.group()}»" if named else "that"
    return Refused(
        problem.message,
        reason=problem.message,
        code=MISSING_SCOPE,
        for_person=f"Your Cal.com connection lacks the permission {what}: connect Cal.com again and grant it.",
    )


ANY = 0
TABLE: tuple[tuple[int, str, Callable[[Problem], PencilError]], ...] = (
    (401, "not authorized to confirm", _refused("Only a host can approve or decline that booking.")),
    (401, "credentials do not belong", _refused("That calendar is not connected to this account.")),
    (401, "", _unconnected),
    (403, "no authentication provided", _unconnected),
    (404, "cannot ", _absent_route),
    (403, "insufficient_scope", _missing_scope),
    # the time
    (ANY, "already has booking at this time", _taken()),
    (ANY, "booking_conflict_error", _taken()),
    (ANY, "no_available_users_found_error", _taken()),
    (ANY, "already reserved by another", _taken("Somebody else is holding that time at the moment.")),
    (ANY, "event is already booked", _taken()),
    (ANY, "no more seats", _taken("No seat is left at that time.")),
    (ANY, "seats_full", _taken("No seat is left at that time.")),
    (ANY, "in the past", _taken("That time has already passed.")),
    (ANY, "can't be booked at the", _taken("That time is too soon, or too far ahead, for this event type.")),
    (ANY, "booking_limit_reached", _refused("The booking limit of this event type is reached for that time.")),
    (ANY, "maximum number of active bookings", _refused("This attendee has as many open bookings as the type allows.")),
    # who may
    (ANY, "cannot use this email", _refused("That address may not be used for a booking here.")),
    (ANY, "email has been blocked", _refused("That address may not be used for a booking here.")),
    (
        ANY,
        "email_verification_required",
        _refused("This event type asks attendees to confirm their address on its page."),
    ),
    (
        ANY,
        "invalid_verification_code",
        _refused("This event type asks attendees to confirm their address on its page."),
    ),
    (ANY, "email_validation_error", _refused("That mail address is not valid.")),
    (ANY, "emails_must_be_unique_valid", _refused("Those guests are already invited, or an address is not valid.")),
    (ANY, "you_do_not_have_permission", _refused("You may not add guests to that booking.")),
    # what is asked
    (
        ANY,
        "missing required booking field",
        _refused("This event type asks a question that was not answered.", "question"),
    ),
    (ANY, "error_required_field", _refused("This event type asks for something that was not given.", "question")),
    (ANY, "invalid option", _refused("One answer is not among the choices.", "question")),
    (ANY, "missing attendee phone", _refused("This event type needs the attendee's phone number.", "question")),
    (ANY, "lengthinminutes", _refused("This event type cannot be booked with that length.", "length")),
    # the state of a booking
    (ANY, "cancelled and rescheduled already", _refused("That booking has been moved already.", MOVED_ALREADY)),
    (ANY, "can't reschedule booking", _refused("That booking is cancelled, so it cannot be moved.", ALREADY_CANCELLED)),
    (ANY, "cancelled already", _refused("That booking is already cancelled.", ALREADY_CANCELLED)),
    (ANY, "already been cancelled", _refused("That booking is already cancelled.", ALREADY_CANCELLED)),
    (ANY, "already ended", _refused("That meeting is already over.")),
    (ANY, "cancellation reason is required", _refused("A reason is needed to cancel that booking.", "reason")),
    (ANY, "does not allow cancellations", _refused("Bookings of this event type cannot be cancelled.")),
    (404, "could not find original booking", _refused("A declined booking cannot be moved.")),
    (ANY, "minimum notice period", _refused("It is too late to move that booking.")),
    (ANY, "already confirmed", _refused("That booking is already approved.", ALREADY_CONFIRMED)),
    (ANY, "marked as absent after", _refused("Somebody can be marked as absent only after the meeting has begun.")),
    # managing
    (ANY, "with this slug", _refused("There is already an event type with that short name.", "slug")),
    (ANY, "already exists", _refused("That exists already.", "exists")),
    (ANY, "record that already exists", _refused("That exists already.", "exists")),
    (ANY, "webhook url is not allowed", _refused("Cal.com does not send news to that address.")),
    (400, "does not exist", _missing()),
    (422, "", _taken("No host is free at that time.")),
    (404, "", _missing()),
    (403, "", _refused("The connected account does not have the right to do that.", "forbidden")),
)


def refusal(answer: ApiAnswer) -> PencilError:
    """What a 4xx answer means, as one of our errors."""
    problem = answer.problem
    words = f"{problem.message} {problem.code}".lower().replace("’", "'")
    for status, text, make in TABLE:
        if status in (ANY, answer.status) and text in words:
            return make(problem)
    return Refused(problem.message, reason=problem.message)


def too_old(what: str) -> Unsupported:
    """What to say when the old shapes lack something."""
    return Unsupported(
        f"{what} needs a newer Cal.com",
        for_person=f"This Cal.com is too old to {what} from here; do it on its web page.",
    )
