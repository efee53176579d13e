"""Cal.com: private links, out of office, and what hangs on a booking. The calls, and how their answers are read. No I/O.

Traps obeyed here. Private links answer only where no version is named: `2024-06-14` and its like give 404 `Cannot POST`. An out
of office is kept in whole UTC days, its start floored and its end raised, so midnight in UTC is sent for each. The calendar
entry of a booking is a resource of the host's calendar, found by the booking's references.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from bot.gateway.calcom.wire import (
    Flag,
    Id,
    Instant,
    Items,
    Model,
    Text,
    Versions,
    data_of,
    iso,
    nothing,
    read_many,
    read_one,
)
from bot.gateway.calls import ApiRequest, Call, body
from bot.scheduling.hosting import Away, AwayReason, CalendarLink, MeetingRecord, RecordKind, RoomState, SharedLink
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.hosting_writes import CreateAway
    from bot.scheduling.writes import ChangeEntry, CreateLink

LAST_MOMENT = time(23, 59, 59)
CALENDARS = {"google_calendar": "google", "office365_calendar": "office365", "apple_calendar": "apple"}
"""Kinds of a booking's references, and how the calendar routes call them."""
READY = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link(Model):
    link_id: Id
    booking_url: str
    event_type_id: Id = ""
    is_expired: Flag = False
    expires_at: Instant | None = None
    max_usage_count: int | None = None
    usage_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Away(Model):
    id: Id
    start: Instant
    end: Instant
    notes: Text = ""
    reason: Text = ""
    to_user_id: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _CalendarLink(Model):
    label: Text = ""
    link: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording(Model):
    room_name: Text = ""
    start_ts: float | None = None
    duration: float | None = None
    status: Text = ""
    download_link: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Participant(Model):
    user_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session(Model):
    ongoing: Flag = False
    participants: Annotated[tuple[_Participant, ...], Items] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference(Model):
    type: Text = ""
    event_uid: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seated(Model):
    id: Id
    email: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(Model):
    id: Id
    title: Text = ""
    description: Text = ""
    end: Any = None


class HostingWire:
    """Builds and reads the calls."""

    def __init__(self, versions: Versions) -> None:
        self._bookings = versions.header("bookings")
        self._other = versions.header("other")

    def links(self, event_type: str) -> Call[tuple[SharedLink, ...]]:
        """Private links of a type."""
        request = ApiRequest(method="GET", path=_links(event_type), operation="links.list")
        return Call(request, lambda answer: tuple(_link(row, event_type) for row in read_many(_Link, data_of(answer))))

    def create_link(self, write: CreateLink) -> Call[SharedLink]:
        """So many uses, or until an instant; the two exclude one another."""
        content = body(
            maxUsageCount=write.uses if write.expires_at is None else None,
            expiresAt=iso(write.expires_at) if write.expires_at else None,
        )
        request = ApiRequest(method="POST", path=_links(write.event_type), operation="links.create", body=content)
        return Call(request, lambda answer: _link(read_one(_Link, data_of(answer)), write.event_type))

    def delete_link(self, link: str, event_type: str) -> Call[None]:
        """Withdraw one."""
        path = f"{_links(event_type)}/{quote(link, safe='')}"
        return Call(ApiRequest(method="DELETE", path=path, operation="links.delete"), nothing)

    def aways(self) -> Call[tuple[Away, ...]]:
        """Out of office of the account."""
        request = self._ooo("GET", "", "away.list")
        return Call(request, lambda answer: tuple(_away(row) for row in read_many(_Away, data_of(answer))))

    def create_away(self, write: CreateAway) -> Call[Away]:
        """Whole UTC days, both ends included."""
        content = body(
            start=iso(_midnight(write.first)),
            end=iso(datetime.combine(write.last, LAST_MOMENT, tzinfo=UTC)),
            notes=write.note or None,
            reason=str(write.reason),
            toUserId=int(write.stand_in) if write.stand_in.isdigit() else None,
        )
        return Call(
            self._ooo("POST", "", "away.create", content), lambda answer: _away(read_one(_Away, data_of(answer)))
        )

    def delete_away(self, identifier: str) -> Call[None]:
        """Take one away."""
        return Call(self._ooo("DELETE", f"/{quote(identifier, safe='')}", "away.delete"), nothing)

    def calendar_links(self, booking: str) -> Call[tuple[CalendarLink, ...]]:
        """Those that are addresses; the file that some hosts send as one long text is left out."""
        return Call(self._of(booking, "calendar-links", "bookings.calendar_links"), _read_calendar_links)

    def recordings(self, booking: str) -> Call[tuple[MeetingRecord, ...]]:
        """Of a meeting in the provider's own video room."""
        return Call(self._of(booking, "recordings", "bookings.recordings"), _read_recordings)

    def transcripts(self, booking: str) -> Call[tuple[MeetingRecord, ...]]:
        """Links to transcripts."""
        return Call(self._of(booking, "transcripts", "bookings.transcripts"), _read_transcripts)

    def sessions(self, booking: str) -> Call[RoomState]:
        """Who is in the video room."""
        return Call(self._of(booking, "conferencing-sessions", "bookings.room"), _read_sessions)

    def attendees(self, booking: str) -> Call[tuple[tuple[str, str], ...]]:
        """Address and number of each attendee."""
        call = self._of(booking, "attendees", "bookings.attendees")
        return Call(
            call, lambda answer: tuple((row.email.lower(), row.id) for row in read_many(_Seated, data_of(answer)))
        )

    def remove_attendee(self, booking: str, attendee: str) -> Call[None]:
        """The first attendee cannot be removed."""
        path = f"/bookings/{quote(booking, safe='')}/attendees/{quote(attendee, safe='')}"
        request = ApiRequest(method="DELETE", path=path, operation="bookings.remove_attendee", headers=self._bookings)
        return Call(request, nothing)

    def entry_of(self, booking: str) -> Call[tuple[str, str] | None]:
        """Calendar and id of a booking's entry there; None where it has none that can be changed."""
        return Call(self._of(booking, "references", "bookings.references"), _read_reference)

    def entry(self, calendar: str, uid: str) -> Call[tuple[str, str, datetime | None]]:
        """Title, note and end of an entry."""
        path = f"/calendars/{calendar}/event/{quote(uid, safe='')}"
        request = ApiRequest(method="GET", path=path, operation="entries.get", headers=self._other)
        return Call(request, _read_entry)

    def change_entry(self, calendar: str, uid: str, write: ChangeEntry) -> Call[tuple[str, str, datetime | None]]:
        """What is None stays."""
        content = body(
            title=write.title,
            description=write.note,
            end={"time": iso(write.end), "timeZone": "UTC"} if write.end else None,
        )
        path = f"/calendars/{calendar}/events/{quote(uid, safe='')}"
        request = ApiRequest(method="PATCH", path=path, operation="entries.change", body=content, headers=self._other)
        return Call(request, _read_entry)

    def _of(self, booking: str, what: str, operation: str) -> ApiRequest:
        path = f"/bookings/{quote(booking, safe='')}/{what}"
        return ApiRequest(method="GET", path=path, operation=operation, headers=self._bookings)

    def _ooo(self, method: str, rest: str, operation: str, content: dict[str, Any] | None = None) -> ApiRequest:
        return ApiRequest(method=method, path=f"/me/ooo{rest}", operation=operation, body=content, headers=self._other)


def _links(event_type: str) -> str:
    return f"/event-types/{quote(event_type, safe='')}/private-links"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=UTC)


def _link(row: _Link, event_type: str) -> SharedLink:
    uses = row.max_usage_count if row.expires_at is None else None
    used = row.usage_count or 0
    return SharedLink(
        id=row.link_id,
        event_type=row.event_type_id or event_type,
        url=row.booking_url,
        uses=uses,
        used=used,
        expires_at=row.expires_at,
        is_over=row.is_expired or (uses is not None and used >= uses),
    )


def _away(row: _Away) -> Away:
    return Away(
        id=row.id,
        first=row.start.date(),
        last=(row.end - timedelta(milliseconds=1)).date() if row.end.time() == time(0) else row.end.date(),
        reason=AwayReason(row.reason) if row.reason in set(AwayReason) else AwayReason.UNSPECIFIED,
        note=row.notes,
        stand_in=row.to_user_id or "",
    )


def _read_calendar_links(answer: Any) -> tuple[CalendarLink, ...]:
    rows = read_many(_CalendarLink, data_of(answer))
    return tuple(CalendarLink(label=row.label, url=row.link) for row in rows if row.link.startswith("https://"))


def _read_recordings(answer: Any) -> tuple[MeetingRecord, ...]:
    rows = read_many(_Recording, data_of(answer))
    return tuple(
        MeetingRecord(
            kind=RecordKind.RECORDING,
            title="Recording" if row.status in {"", READY} else f"Recording, {row.status}",
            url=row.download_link,
            started_at=datetime.fromtimestamp(row.start_ts, UTC) if row.start_ts else None,
            length=timedelta(seconds=row.duration) if row.duration else None,
        )
        for row in rows
    )


def _read_transcripts(answer: Any) -> tuple[MeetingRecord, ...]:
    data = data_of(answer)
    links = [each for each in data if isinstance(each, str)] if isinstance(data, list) else []
    return tuple(MeetingRecord(kind=RecordKind.TRANSCRIPT, title="Transcript", url=link) for link in links)


def _read_sessions(answer: Any) -> RoomState:
    open_now = [row for row in read_many(_Session, data_of(answer)) if row.ongoing]
    names = dict.fromkeys(each.user_name for row in open_now for each in row.participants if each.user_name)
    return RoomState(is_open=bool(open_now), names=tuple(names))


def _read_reference(answer: Any) -> tuple[str, str] | None:
    for row in read_many(_Reference, data_of(answer)):
        if row.type in CALENDARS and row.event_uid:
            return CALENDARS[row.type], row.event_uid
    return None


def _read_entry(answer: Any) -> tuple[str, str, datetime | None]:
    row = read_one(_Entry, data_of(answer))
    end = row.end.get("time") if isinstance(row.end, dict) else None
    instant = datetime.fromisoformat(end) if isinstance(end, str) else None
    if instant is not None:
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    return row.title, row.description, instant
