"""What was pressed, what people were told of it, and whether the calendars agree."""

from __future__ import annotations

import collections
import re
import statistics
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fake_slack import Shown

FAULTS = ("duplicates", "lost", "ghosts", "silent", "unpressed", "news lost", "news doubled")
OTHERS = "@others.example"
"""The mail addresses of those who book with people through the provider."""
_ENDINGS = (
    ("unknown", r"could not find out"),
    ("not written", r"did not go through|[Nn]othing was (written|booked|changed)|interrupted before|was not tried"),
    ("moved", r"\bMoved:|\bRequested:.* to move"),
    ("booked", r"\bBooked:|\bRequested:"),
    ("cancelled", r"\bCancelled:"),
    ("held", r"\bHeld until"),
)
ASKED_AGAIN = r"I could not take that just now|I have a lot to do right now|Something went wrong on my side"
"""Told that nothing was done, and asked to press again."""
_MAIL = re.compile(r"[a-z]+@[a-z]+\.example")
_HOLD = re.compile(r"[Hh]old(?: on)? (\w{3} \d+ \w{3} \d\d:\d\d)")
REPLACED = r"That card was replaced by a newer one, so nothing was changed"
"""Told of the press that is under way: nobody presses a second card before the first is answered."""
_UNDECIDED = r"Not sure yet|Working on it"
DONE = {"book": "booked", "cancel": "cancelled", "move": "moved", "hold": "held"}


@dataclass
class Act:
    """One pressed card. `since` is Slack's count of changes before the press, `pressed_at` and `told_at` are seconds."""

    kind: str
    card: tuple[str, str]
    since: int
    pressed_at: float
    told: str = ""
    told_at: float = 0.0
    refused_at: float = 0.0
    """When it was answered that its card is replaced, in a message that need not name the meeting."""
    at: str = field(default_factory=lambda: f"{datetime.now(UTC):%H:%M:%S}")
    """The time of day, for finding it in the logs."""


@dataclass
class Happening:
    """What an outsider did to a meeting; seconds of when it was delivered first, taken first, and seen told."""

    mail: str
    kind: str
    at: float
    taken_at: float = 0.0
    told_at: float = 0.0


@dataclass
class Deal:
    """One meeting wished for, with an attendee of its own. `start` is the ISO instant it was booked for."""

    person: str
    mail: str
    acts: list[Act] = field(default_factory=list)
    start: str = ""
    said: tuple[str, ...] = ()
    """What stood in the person's messages about it at the end."""

    @property
    def expected(self) -> int | None:
        """How many bookings should stand after what was told; None when that was «could not find out»."""
        standing = 0
        for act in self.acts:
            if act.told == "unknown":
                return None
            standing = {"booked": 1, "moved": 1, "cancelled": 0}.get(act.told, standing)
        return standing


@dataclass
class Report:
    """The figures of a run."""

    kills: int = 0
    cuts: int = 0
    """How often the database was taken away."""
    outages: int = 0
    """How often Slack did not answer."""
    full: int = 0
    """How often the disk was full, or the database read-only."""
    rolls: int = 0
    """How often every process was exchanged for a new one."""
    deliveries: int = 0
    """Deliveries of the provider's news that were taken, doubled ones counted twice."""
    happenings: list[Happening] = field(default_factory=list)
    untaken: int = 0
    """Presses that no process took, so that Slack showed its warning and the person pressed again."""
    strangers: int = 0
    """Presses by somebody whose card it was not."""
    deals: list[Deal] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=lambda: collections.defaultdict(list))
    history: dict[tuple[str, str], list[str]] = field(default_factory=lambda: collections.defaultdict(list))
    """What each message has said, one state after the other, with the time, by which the logs of the processes tell more."""
    changed_at: dict[tuple[str, str], float] = field(default_factory=dict)
    """When each message was posted or edited last, in seconds."""
    about: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: collections.defaultdict(set))
    """Which messages have named an attendee, or a person's hold by its time (no hold names anybody): one that lost its
    buttons names them no more in its short text.
    """

    @property
    def acts(self) -> list[Act]:
        return [act for deal in self.deals for act in deal.acts]

    @property
    def is_clean(self) -> bool:
        return not any(self.wrong[name] for name in FAULTS)

    def lines(self) -> list[str]:
        """The report as it is printed."""
        told = collections.Counter(f"{act.kind} {act.told or 'silent'}" for act in self.acts)
        waits = sorted(act.told_at - act.pressed_at for act in self.acts if act.told)
        lines = [
            f"pressed cards {len(self.acts)}, kills {self.kills}, releases rolled {self.rolls}",
            f"presses that Slack had to refuse {self.untaken}",
            f"database cuts {self.cuts}, full or read-only {self.full}, Slack outages {self.outages}",
            f"deliveries taken {self.deliveries}, of outsiders' changes {sum(bool(h.taken_at) for h in self.happenings)}",
            f"never pressed {sum(not deal.acts for deal in self.deals)}, of these pressed by strangers {self.strangers}",
            "told: " + ", ".join(f"{ending} {count}" for ending, count in sorted(told.items())),
        ]
        heard = sorted(one.told_at - one.taken_at for one in self.happenings if one.told_at and one.taken_at)
        lines += [_marks("press to truth", waits), _marks("taken to told", heard)]
        slow = [(act.told_at - act.pressed_at, act, deal) for deal in self.deals for act in deal.acts if act.told]
        slow.sort(key=lambda one: -one[0])
        lines += [
            "\n    ".join([f"  slow: {act.kind} {act.told} {wait:.0f} s", *_seen(self, deal)])
            for wait, act, deal in slow[:6]
        ]
        lines.append(", ".join(f"{name} {len(self.wrong[name])}" for name in FAULTS))
        lines += [f"  {name}: {line}" for name in FAULTS for line in self.wrong[name][:10]]
        return lines


def _marks(name: str, waits: list[float]) -> str:
    if len(waits) < 2:
        return f"{name}: too few"
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    marks = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "longest": waits[-1]}
    return f"{name}: " + ", ".join(f"{mark} {wait:.1f} s" for mark, wait in marks.items())


def ending(act: Act, about: Sequence[Shown]) -> tuple[str, Shown | None]:
    """What the newest of the messages about its meeting says of it since, and which one; empty while none is definite."""
    about = [one for one in about if one.changed > act.since]
    for message in sorted(about, key=lambda one: one.changed, reverse=True):
        found = verdict(message.text)
        if found == "undecided":
            break
        if found in {DONE[act.kind], "not written", "unknown"}:
            return found, message
    return "", None


def verdict(text: str) -> str:
    """The ending that a text tells; «undecided» while it is looked into, empty when it is about something else."""
    if re.search(_UNDECIDED, text):
        return "undecided"
    return next((name for name, pattern in _ENDINGS if re.search(pattern, text)), "")


def judge(report: Report, bookings: list[dict[str, Any]]) -> None:
    """Compare what was told with what stands."""
    standing: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for booking in bookings:
        if booking["state"] in {"accepted", "pending"}:
            for mail in booking["attendees"]:
                standing[mail].append(booking)
    for deal in report.deals:
        for fault in _faults_of(deal, standing[deal.mail]):
            told = ", ".join(f"{act.kind}: {act.told or 'nothing'}" for act in deal.acts) or "never pressed"
            line = f"{deal.person} {deal.mail} {told}; {len(standing[deal.mail])} stand; said: {' | '.join(deal.said)}"
            report.wrong[fault].append("\n    ".join([line, *_seen(report, deal)]))


def note_state(report: Report, message: Shown) -> None:
    """What a message says now, for whoever must find out how it came to that."""
    labels = ", ".join(message.labels)
    report.changed_at[message.channel, message.ts] = time.monotonic()
    report.history[message.channel, message.ts].append(f"{datetime.now(UTC):%H:%M:%S}: {message.text} [{labels}]")
    for mail in _MAIL.findall(message.text):
        report.about[mail].add((message.channel, message.ts))
    for hold in _HOLD.findall(message.text):
        report.about[hold].add((message.channel, message.ts))


def _seen(report: Report, deal: Deal) -> list[str]:
    """What the person saw of it, state by state, and when each card was pressed."""
    cards = {act.card for act in deal.acts}
    told = [f"{act.kind} pressed at {act.at} on {act.card[1]}" for act in deal.acts]
    for at, states in report.history.items():
        if at in cards or any(deal.mail in state for state in states):
            told += [f"{at[1]} {state}" for state in states]
    return told


def _faults_of(deal: Deal, standing: list[dict[str, Any]]) -> list[str]:
    found = ["duplicates"] if len(standing) > 1 else []
    if not any(act.kind in {"book", "move", "cancel"} for act in deal.acts):
        found += ["unpressed"] if standing else []
    found += ["silent" for act in deal.acts if not act.told]
    if found or deal.expected is None:
        return found
    if deal.expected > len(standing):
        return ["lost"]
    if deal.expected < len(standing):
        return ["ghosts"]
    return _misplaced(deal, standing)


def _misplaced(deal: Deal, standing: list[dict[str, Any]]) -> list[str]:
    """Told as moved and still at the old time, or the other way round."""
    moves = [act for act in deal.acts if act.kind == "move"]
    if not moves or not standing:
        return []
    is_elsewhere = standing[0]["start"][:16] != deal.start[:16]
    was_moved = any(act.told == "moved" for act in moves)
    if was_moved == is_elsewhere:
        return []
    return ["lost"] if was_moved else ["ghosts"]
