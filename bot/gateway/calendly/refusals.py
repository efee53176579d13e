"""What Calendly's refusals mean: status and wording → one of our errors, as a table. Pure.

Rule for the next editor: a new wording is a row. Wordings are matched as lower-case parts, the first row that fits wins,
and whatever fits no row is a plain refusal with Calendly's own words, never «done».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import NotConnected, NotFound, PencilError, Refused
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.gateway.calls import ApiRequest, Problem

PLAN = "plan"
PERMISSION = "permission"
ALREADY_CANCELLED = "already_cancelled"
IN_THE_PAST = "in_the_past"
EXISTS = "exists"
EXTERNAL_CALENDAR = "external_calendar"
INVALID = "invalid"
MISSING_SCOPE = "missing_scope"
_SCOPE = re.compile(r"\b[a-z_]+:(?:read|write)\b")
_FAMILIES = {
    "users": "users",
    "event_types": "event_types",
    "one_off": "event_types",
    "available_times": "availability",
    "busy_times": "availability",
    "schedules": "availability",
    "scheduled_events": "scheduled_events",
    "invitees": "scheduled_events",
    "no_shows": "scheduled_events",
    "shares": "shares",
    "links": "scheduling_links",
    "memberships": "organizations",
    "webhooks": "webhooks",
    "contacts": "contacts",
    "forms": "routing_forms",
    "recaps": "meeting_recaps",
}
"""Which scope a family of calls needs, by the first part of our name of the call."""


def scope_for(request: ApiRequest) -> str:
    """The scope that a call needs; empty where it is not known. `:write` includes `:read`."""
    family = _FAMILIES.get(request.operation.partition(".")[0], "")
    return f"{family}:{'read' if request.is_read else 'write'}" if family else ""


def refusal(status: int, problem: Problem, request: ApiRequest | None = None) -> PencilError:
    """What a 4xx of Calendly's means. On a missing right the scope is named: its own word for it, else the call's."""
    said = f"{problem.code} {problem.message}".lower()
    if status == 403 and ("scope" in said or _SCOPE.search(said)):
        named = _SCOPE.search(said)
        return _missing_scope(problem, named.group() if named else scope_for(request) if request else "")
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


def _missing_scope(problem: Problem, scope: str) -> Refused:
    what = f"«{scope}»" if scope else "a permission that was not granted"
    return Refused(
        f"calendly refused: no scope {scope}",
        reason=problem.message,
        code=MISSING_SCOPE,
        for_person=f"Your Calendly connection lacks the permission {what}: connect Calendly again and grant it.",
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
