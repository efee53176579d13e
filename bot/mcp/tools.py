"""The tools: their names, what they take, how they are answered. One row a tool; no tool writes to a calendar.

A tool's arguments are a pydantic model, whose JSON schema is what agents see. Its answer is an object of plain values; times
are ISO 8601 with the offset of the caller's zone, so that nobody has to convert them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.loop.agents import Prepared, Span
from bot.scheduling.models import BookingStatus, Person
from bot.scheduling.showing.inert import in_markdown, seen
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from zoneinfo import ZoneInfo

    from bot.mcp.ports import Tools
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Booking, Slot

_MOST_TIMES = 60
_MOST_MEETINGS = 50

_OURS = frozenset({"meeting", "start", "end", "zone", "link", "join_url"})
"""Ids, times and addresses that the provider or we made: nobody else wrote them."""
Length = Annotated[int | None, Field(default=None, ge=5, le=720, description="Length in minutes.")]
Day = Annotated[date | None, Field(default=None, description="A day, YYYY-MM-DD.")]


class Arguments(BaseModel):
    """Nothing but what a tool names."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class FindTimes(Arguments):
    """Which free times are looked for."""

    from_day: Day
    to_day: Day
    event_type: str = Field(default="", max_length=200, description="Title of one of the person's event types.")
    length_minutes: Length


class MyMeetings(Arguments):
    """Which meetings are looked for."""

    from_day: Day
    to_day: Day


class WhoIsFree(Arguments):
    """Whose common times are looked for."""

    people: list[str] = Field(min_length=1, max_length=9, description="Mail addresses or Slack member ids.")
    from_day: Day
    to_day: Day
    length_minutes: Length


class ProposeBooking(Arguments):
    """What the card would book."""

    start: datetime = Field(description="Start with offset, ISO 8601.")
    attendee_email: str = Field(pattern=r"^[^\s@<>]+@[^\s@<>]+$", max_length=320)
    attendee_name: str = Field(default="", max_length=200)
    event_type: str = Field(default="", max_length=200, description="Title of one of the person's event types.")
    length_minutes: Length
    topic: str = Field(default="", max_length=500, description="What the meeting is about.")


class ProposeMove(Arguments):
    """Which meeting the card would move, and where to."""

    meeting: str = Field(max_length=500, description="The id of a meeting, as my_meetings gives it.")
    start: datetime = Field(description="The new start with offset, ISO 8601.")


class ProposeCancel(Arguments):
    """Which meeting the card would cancel."""

    meeting: str = Field(max_length=500, description="The id of a meeting, as my_meetings gives it.")
    reason: str = Field(default="", max_length=500, description="Told to the attendee.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One row of the table."""

    name: str
    title: str
    description: str
    takes: type[Arguments]
    answer: Callable[[Tools, Owner, Any], Awaitable[dict[str, Any]]]
    is_read_only: bool


async def _find_times(tools: Tools, owner: Owner, asked: FindTimes) -> dict[str, Any]:
    found = await tools.find_times(
        owner,
        _span(asked.from_day, asked.to_day),
        event_type=seen(asked.event_type),
        length=_length(asked.length_minutes),
    )
    return {
        "zone": found.zone.key,
        "event_type": found.event_type,
        "length_minutes": int(found.length.total_seconds() // 60),
        "times": [_stretch(slot, found.zone) for slot in found.slots[:_MOST_TIMES]],
        "left_out": max(0, len(found.slots) - _MOST_TIMES),
    }


async def _my_meetings(tools: Tools, owner: Owner, asked: MyMeetings) -> dict[str, Any]:
    found = await tools.my_meetings(owner, _span(asked.from_day, asked.to_day))
    return {
        "zone": found.zone.key,
        "meetings": [_meeting(booking, found.zone) for booking in found.bookings[:_MOST_MEETINGS]],
        "left_out": max(0, len(found.bookings) - _MOST_MEETINGS),
    }


async def _who_is_free(tools: Tools, owner: Owner, asked: WhoIsFree) -> dict[str, Any]:
    people = tuple(_person(one) for one in asked.people)
    found = await tools.who_is_free(
        owner, people, _span(asked.from_day, asked.to_day), length=_length(asked.length_minutes)
    )
    return {
        "zone": found.zone.key,
        "times": [
            _stretch(time.slot, found.zone)
            | {
                "free": [found.names.get(one, one) for one in time.coming],
                "busy": [found.names.get(one, one) for one in time.absent],
            }
            for time in found.common.times
        ],
        "not_checked": [found.names.get(one, one) for one in found.common.unchecked],
    }


async def _propose_booking(tools: Tools, owner: Owner, asked: ProposeBooking) -> dict[str, Any]:
    who = Person(name=asked.attendee_name or asked.attendee_email, email=asked.attendee_email)
    length = _length(asked.length_minutes)
    return _card(
        await tools.prepare_booking(
            owner, who, asked.start, event_type=seen(asked.event_type), length=length, topic=asked.topic
        )
    )


async def _propose_move(tools: Tools, owner: Owner, asked: ProposeMove) -> dict[str, Any]:
    return _card(await tools.prepare_move(owner, asked.meeting, asked.start))


async def _propose_cancel(tools: Tools, owner: Owner, asked: ProposeCancel) -> dict[str, Any]:
    return _card(await tools.prepare_cancel(owner, asked.meeting, asked.reason))


TOOLS = (
    Tool(
        name="find_times",
        title="Find free times",
        description="Free times of one of the person's event types, in their zone. Reads only.",
        takes=FindTimes,
        answer=_find_times,
        is_read_only=True,
    ),
    Tool(
        name="my_meetings",
        title="List my meetings",
        description="The person's meetings and requests, with ids for propose_move and propose_cancel. Reads only.",
        takes=MyMeetings,
        answer=_my_meetings,
        is_read_only=True,
    ),
    Tool(
        name="who_is_free",
        title="Find a time for several people",
        description="Times that suit the person and others; says whose calendar could not be checked. Reads only.",
        takes=WhoIsFree,
        answer=_who_is_free,
        is_read_only=True,
    ),
    Tool(
        name="propose_booking",
        title="Prepare a booking",
        description="Puts a card into the person's direct messages. Nothing is booked before they press Book on it.",
        takes=ProposeBooking,
        answer=_propose_booking,
        is_read_only=False,
    ),
    Tool(
        name="propose_move",
        title="Prepare a move",
        description="Puts a card into the person's direct messages. Nothing moves before they press Move on it.",
        takes=ProposeMove,
        answer=_propose_move,
        is_read_only=False,
    ),
    Tool(
        name="propose_cancel",
        title="Prepare a cancellation",
        description="Puts a card into the person's direct messages. Nothing is cancelled before they press on it.",
        takes=ProposeCancel,
        answer=_propose_cancel,
        is_read_only=False,
    ),
)


def harmless(found: Any) -> Any:
    """An answer whose texts carry nothing live: agents read them as Markdown, and as more than data."""
    match found:
        case str():
            return in_markdown(found)
        case dict():
            return {name: value if name in _OURS else harmless(value) for name, value in found.items()}
        case list():
            return [harmless(one) for one in found]
        case _:
            return found


def _card(prepared: Prepared) -> dict[str, Any]:
    return {
        "card": prepared.text,
        "link": prepared.link,
        "status": "waits for the person's press" if prepared.waits else "nothing to press; read the card",
    }


def _span(first: date | None, last: date | None) -> Span:
    return Span(first=first, last=last)


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


def _person(named: str) -> Person:
    return Person(name=named, email=named) if "@" in named else Person(name=named, member=named.strip("<@>"))


def _stretch(slot: Slot, zone: ZoneInfo) -> dict[str, Any]:
    return {"start": slot.start.astimezone(zone).isoformat(), "end": slot.end.astimezone(zone).isoformat()}


def _meeting(booking: Booking, zone: ZoneInfo) -> dict[str, Any]:
    return _stretch(booking.slot, zone) | {
        "meeting": booking.id,
        "title": booking.title,
        "with": [attendee.name for attendee in booking.attendees],
        "waits_for_approval": booking.status is BookingStatus.REQUESTED,
        "join_url": booking.join_url,
    }
