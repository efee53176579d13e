"""The form behind the global shortcut: who, when, how long, what for. Drawn at once, and once more when the types are known.

Pure. Sending it is a wish like any other: its answer is a card, and nothing is booked before that is pressed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import FieldKind, Form, FormField
from bot.dialogue.families import SlotRequest
from bot.language.meaning import Days, Grain, Hours, Intent, Moment, Span
from bot.scheduling.models import Person
from bot.slack.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import EventType

CALLBACK = "p1/book"
_LENGTHS = (15, 20, 30, 45, 60, 90)
_MOST_TYPES = 60


def booking_form(kinds: tuple[EventType, ...], today: date) -> Form:
    """The form. Without event types it asks for a length alone."""
    shown = [kind for kind in kinds if not kind.is_hidden][:_MOST_TYPES]
    types = tuple((kind.id, f"{kind.title} ({int(kind.length.total_seconds() // 60)} min)") for kind in shown)
    lengths = tuple((str(minutes), f"{minutes} min") for minutes in _LENGTHS)
    return Form(
        title="Book a meeting",
        submit="Show the card",
        intro="You see a card next. Nothing is booked before you press Book on it.",
        fields=(
            FormField(name="person", label="With", kind=FieldKind.PERSON, is_required=False),
            FormField(name="email", label="Or a mail address", kind=FieldKind.EMAIL, is_required=False),
            *(
                (FormField(name="type", label="Event type", kind=FieldKind.CHOICE, options=types, is_required=False),)
                if types
                else ()
            ),
            FormField(name="day", label="Day", kind=FieldKind.DATE, value=today.isoformat()),
            FormField(
                name="start",
                label="Start",
                kind=FieldKind.TIME,
                hint="Leave it empty to see what is free that day.",
                is_required=False,
            ),
            FormField(name="length", label="Length", kind=FieldKind.CHOICE, options=lengths, is_required=False),
            FormField(name="guests", label="Guests", kind=FieldKind.PEOPLE, is_required=False),
            FormField(name="topic", label="What it is about", kind=FieldKind.LONG_TEXT, is_required=False),
        ),
    )


def form_wish(given: Mapping[str, str]) -> SlotRequest:
    """The wish that the form states; members stand there by their ids, for whoever knows them."""
    members = [*_ids(given.get("person", "")), *_ids(given.get("guests", ""))]
    people = [Person(name="", member=member) for member in dict.fromkeys(members)]
    if email := given.get("email", ""):
        people.insert(1 if given.get("person") else 0, Person(name=email, email=email))
    minutes = given.get("length", "")
    return SlotRequest(
        intent=Intent.BOOK,
        event_type=given.get("type") or None,
        length=timedelta(minutes=int(minutes)) if minutes.isdecimal() else None,
        attendee=people[0] if people else None,
        guests=tuple(people[1:]),
        moments=_moments(given.get("day", ""), given.get("start", "")),
        topic=given.get("topic", ""),
    )


def form_mistakes(given: Mapping[str, str], now: datetime, zone: ZoneInfo) -> dict[str, str]:
    """What is wrong, by field name, beyond what each field says of itself."""
    out: dict[str, str] = {}
    if not given.get("person") and not given.get("email"):
        out["email"] = phrases.nobody_chosen()
    day, start, here = _date(given.get("day", "")), _time(given.get("start", "")), now.astimezone(zone)
    if day is not None and day < here.date():
        out["day"] = phrases.day_over()
    elif day == here.date() and start is not None and start <= here.time():
        out["start"] = phrases.time_over()
    return out


def _moments(day: str, start: str) -> tuple[Moment, ...]:
    when, clock = _date(day), _time(start)
    if when is None:
        return ()
    hours = Hours(start=clock) if clock is not None else None
    grain = Grain.DAY if hours is None else Grain.MINUTE
    return (Moment(span=Span(0, 0), grain=grain, days=Days(first=when, last=when), hours=hours),)


def _ids(text: str) -> list[str]:
    return [one for one in text.split("\n") if one]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
