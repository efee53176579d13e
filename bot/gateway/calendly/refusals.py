"""What Calendly's refusals mean: status and wording → one of our errors, as a table. Pure.

Rule for the next editor: a new wording is a row. Wordings are matched as lower-case parts, the first row that fits wins,
and whatever fits no row is a plain refusal with Calendly's own words, never «done».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import NotConnected, NotFound, PencilError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_REASON = 300
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_LINK = re.compile(r"https?://\S+")

PLAN = "plan"
PERMISSION = "permission"
ALREADY_CANCELLED = "already_cancelled"
IN_THE_PAST = "in_the_past"
EXISTS = "exists"
EXTERNAL_CALENDAR = "external_calendar"
INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error body of Calendly's. `details` are (parameter, what is wrong with it)."""

    title: str
    message: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Its own words in one line, cut, without addresses and links."""
        notes = "; ".join(f"{name}: {text}" if name else text for name, text in self.details)
        text = f"{self.message} ({notes})" if notes else self.message or self.title
        return _LINK.sub("…", _MAIL.sub("…", " ".join(text.split())))[:_LONGEST_REASON]

    def names(self, parameter: str) -> bool:
        """Whether it complains about that parameter."""
        return any(parameter in name for name, _ in self.details)


def read_problem(data: object) -> Problem | None:
    """The error body, or None when these are not Calendly's words."""
    if not isinstance(data, dict) or not isinstance(data.get("title"), str) or not isinstance(data.get("message"), str):
        return None
    raw = data.get("details")
    details = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    return Problem(
        title=data["title"],
        message=data["message"],
        details=tuple((str(one.get("parameter") or ""), str(one.get("message") or "")) for one in details),
    )


def refusal(status: int, problem: Problem) -> PencilError:
    """What a 4xx of Calendly's means."""
    said = f"{problem.title} {problem.message}".lower()
    for row in _ROWS:
        if row.status == status and row.part in said:
            return row.error(problem)
    return Refused(f"calendly refused with {status}", reason=problem.reason, code=str(status))


@dataclass(frozen=True, slots=True)
class _Row:
    status: int
    part: str
    error: Callable[[Problem], PencilError]


def _refused(code: str, for_person: str) -> Callable[[Problem], PencilError]:
    return lambda problem: Refused(f"calendly refused: {code}", reason=problem.reason, code=code, for_person=for_person)


def _invalid(problem: Problem) -> PencilError:
    return Refused(
        "calendly refused: invalid",
        reason=problem.reason,
        code=INVALID,
        for_person=f"Calendly did not accept that: {problem.reason}",
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
