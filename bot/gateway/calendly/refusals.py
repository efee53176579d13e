"""What Calendly's refusals mean: status and wording → one of our errors, as a table. Pure.

Rule for the next editor: a new wording is a row. Wordings are matched as lower-case parts, the first row that fits wins,
and whatever fits no row is a plain refusal with Calendly's own words, never «done».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import NotConnected, NotFound, PencilError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.gateway.calls import Problem

PLAN = "plan"
PERMISSION = "permission"
ALREADY_CANCELLED = "already_cancelled"
IN_THE_PAST = "in_the_past"
EXISTS = "exists"
EXTERNAL_CALENDAR = "external_calendar"
INVALID = "invalid"


def refusal(status: int, problem: Problem) -> PencilError:
    """What a 4xx of Calendly's means."""
    said = f"{problem.code} {problem.message}".lower()
    for row in _ROWS:
        if row.status == status and row.part in said:
            return row.error(problem)
    return Refused(f"calendly refused with {status}", reason=problem.message, code=str(status))


@dataclass(frozen=True, slots=True)
class _Row:
    status: int
    part: str
    error: Callable[[Problem], PencilError]


def _refused(code: str, for_person: str) -> Callable[[Problem], PencilError]:
    return lambda problem: Refused(
        f"calendly refused: {code}", reason=problem.message, code=code, for_person=for_person
    )


def _invalid(problem: Problem) -> PencilError:
    return Refused(
        "calendly refused: invalid",
        reason=problem.message,
        code=INVALID,
        for_person=f"Calendly did not accept that: {problem.message}",
    )


_ROWS = (
    _Row(400, "", _invalid),
    _Row(401, "", lambda _: NotConnected("calendly refuses the token", repair=True)),
    _Row(403, "upgrade", _refused(PLAN, "Your Calendly plan does not include that; Calendly offers it on paid plans.")),
    _Row(403, "already canceled", _refused(ALREADY_CANCELLED, "That meeting is cancelled already.")),
    _Row(403, "in the past", _refused(IN_THE_PAST, "That meeting is over, so Calendly will not cancel it.")),
    _Row(403, "not allowed to cancel", _refused(PERMISSION, "Calendly lets only a host of the meeting cancel it.")),
    _Row(403, "not allowed to view", lambda _: NotFound("the meeting is somebody else's")),
    _Row(
        403,
        "not in your organization",
        _refused(
            PERMISSION, "That person is not in your Calendly organisation, so Calendly shows me nothing of theirs."
        ),
    ),
    _Row(
        403,
        "",
        _refused(
            PERMISSION,
            "Calendly does not allow that for your account: its plan, your role or the granted permissions are not enough.",
        ),
    ),
    _Row(404, "", lambda _: NotFound("calendly knows nothing of that id")),
    _Row(409, "hook with this url", _refused(EXISTS, "Calendly sends news to that address already.")),
    _Row(409, "", _invalid),
    _Row(422, "", _invalid),
    _Row(
        424,
        "",
        _refused(
            EXTERNAL_CALENDAR,
            "Calendly cannot read one of your calendars; reconnect that calendar in Calendly's own calendar settings.",
        ),
    ),
)
