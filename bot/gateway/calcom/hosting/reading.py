"""What an account has at Cal.com beside types and bookings, read; and which of it this host offers at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.errors import NotConnected, NotFound, PencilError, PersonError, Refused, Unsupported
from bot.gateway.calcom.hosting.forms import list_path
from bot.gateway.calcom.wire import MOST_A_PAGE, nothing
from bot.gateway.calls import ApiRequest, Call
from bot.groups import side_by_side
from bot.scheduling.hosting import Feature, FeatureState, Offered
from bot.scheduling.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.gateway.calcom.hosting.wire import HostingWire
    from bot.gateway.calcom.session import Session
    from bot.scheduling.hosting import Away, CalendarLink, MeetingRecord, RoomState, SharedLink
    from bot.scheduling.models import Booking, EventType, Webhook

Read = TypeVar("Read")

NO_AWAY = "This Cal.com has no out of office; I can close those days in your working hours instead."
NO_LINKS = "This Cal.com has no private links; its booking page can be shared."
NO_ENTRY = "That booking has no calendar entry that I can change."
MOST_PAGES = 40
_NO_TYPE = "no event type to try it with"
_UNTRIED = {Feature.FORMS: "the account belongs to no organisation"}
NO_BOOKING = "0"
"""An id that no booking has: whoever knows the route says that the booking is unknown, everybody else `Cannot GET`."""


class HostingReads:
    """Reads of one account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def links(self, event_type: str) -> tuple[SharedLink, ...]:
        """Private links of one type."""
        return await self._of_host(lambda wire: wire.links(event_type), NO_LINKS)

    async def links_of(self, kinds: tuple[EventType, ...]) -> tuple[SharedLink, ...]:
        """Private links of several types."""
        lists = await side_by_side([self.links(kind.id) for kind in kinds])
        return tuple(link for links in lists for link in links)

    async def aways(self) -> tuple[Away, ...]:
        """By first day."""
        found = await self._of_host(lambda wire: wire.aways(), NO_AWAY)
        return tuple(sorted(found, key=lambda away: (away.first, away.last)))

    async def records(self, booking: str) -> tuple[MeetingRecord, ...]:
        """Recordings and transcripts; a host that has one of the two takes nothing away from the other."""
        kept: list[MeetingRecord] = []
        refused: PersonError | None = None
        for make in (lambda wire: wire.recordings(booking), lambda wire: wire.transcripts(booking)):
            try:
                kept += await self._of_host(make, "This Cal.com keeps no recordings.")
            except PersonError as error:
                refused = error
        if refused is not None and not kept and not isinstance(refused, NotFound):
            raise refused
        return tuple(kept)

    async def room(self, booking: str) -> RoomState:
        """Only for meetings in the provider's own video room."""
        return await self._of_host(
            lambda wire: wire.sessions(booking), "This Cal.com does not tell who is in the room."
        )

    async def calendar_links(self, booking: str) -> tuple[CalendarLink, ...]:
        """Links that add a booking to a calendar."""
        return await self._of_host(lambda wire: wire.calendar_links(booking), "This Cal.com makes no calendar links.")

    async def attendees(self, booking: str) -> tuple[tuple[str, str], ...]:
        """Address and number of each attendee."""
        return await self._of_host(lambda wire: wire.attendees(booking), "This Cal.com does not list attendees.")

    async def entry_of(self, booking: str) -> tuple[str, str]:
        """Calendar and id of a booking's entry; raises `Unsupported` where there is none that can be changed."""
        found = await self._of_host(lambda wire: wire.entry_of(booking), NO_ENTRY)
        if found is None:
            raise Unsupported("no reference to a calendar entry", for_person=NO_ENTRY)
        return found

    async def entry(self, calendar: str, uid: str) -> tuple[str, str, datetime | None]:
        """Title, note and end of an entry."""
        return await self._of_host(lambda wire: wire.entry(calendar, uid), NO_ENTRY)

    async def webhooks(self, kinds: tuple[EventType, ...]) -> tuple[Webhook, ...]:
        """Subscriptions of the account and of these types."""
        lists = await side_by_side([self._webhooks_of(""), *(self._webhooks_of(kind.id) for kind in kinds)])
        return tuple({hook.id: hook for hooks in lists for hook in hooks}.values())

    async def _webhooks_of(self, event_type: str) -> tuple[Webhook, ...]:
        found: list[Webhook] = []
        for _ in range(MOST_PAGES):
            skip = len(found)
            page = await self._session.read(
                lambda wires, skip=skip: wires.account.webhooks(skip=skip, event_type=event_type)  # type: ignore[misc]
            )
            found += page
            if len(page) < MOST_A_PAGE:
                break
        return tuple(replace(hook, event_type=event_type) for hook in found)

    async def features(self, kinds: tuple[EventType, ...], organization: str) -> tuple[FeatureState, ...]:
        """One harmless read each."""
        own = next((kind.id for kind in kinds if not kind.team), "")
        account = self._session.wires.account
        asked: list[tuple[Feature, ApiRequest | None]] = [
            (Feature.SHARED_LINKS, self._wire.links(own).request if own else None),
            (Feature.AWAY, self._wire.aways().request),
            (Feature.RECORDS, self._wire.recordings(NO_BOOKING).request),
            (Feature.ROOM, self._wire.sessions(NO_BOOKING).request),
            (Feature.CALENDAR_LINKS, self._wire.calendar_links(NO_BOOKING).request),
            (Feature.CALENDAR_ENTRIES, self._wire.entry_of(NO_BOOKING).request),
            (Feature.TEAMS, account.teams().request),
            (Feature.NEWS, account.webhooks().request),
        ]
        forms = ApiRequest(method="GET", path=list_path(organization), operation="forms.list") if organization else None
        asked.append((Feature.FORMS, forms))
        states = await side_by_side([self._state(feature, request) for feature, request in asked])
        return (*states, self._series(kinds))

    def _series(self, kinds: tuple[EventType, ...]) -> FeatureState:
        """Whether one call books a series: by the types and shapes alone, because trying it would write."""
        if self._session.dialect.is_legacy:
            return FeatureState(feature=Feature.SERIES, offered=Offered.NO, why="the host speaks older shapes")
        if not any(kind.repeats for kind in kinds):
            return FeatureState(feature=Feature.SERIES, offered=Offered.UNTRIED, why="no event type repeats by itself")
        return FeatureState(feature=Feature.SERIES, offered=Offered.YES)

    async def _state(self, feature: Feature, request: ApiRequest | None) -> FeatureState:
        if request is None:
            return FeatureState(feature=feature, offered=Offered.UNTRIED, why=_UNTRIED.get(feature, _NO_TYPE))
        try:
            await self._session.read(lambda _: Call(request, nothing))
        except NotFound:
            return FeatureState(feature=feature, offered=Offered.YES)
        except Unsupported:
            return FeatureState(feature=feature, offered=Offered.NO, why="the host has no such call")
        except NotConnected as error:
            return FeatureState(feature=feature, offered=Offered.UNTRIED, why=str(error))
        except Refused as error:
            return FeatureState(feature=feature, offered=Offered.FORBIDDEN, why=error.reason)
        except PencilError as error:
            return FeatureState(feature=feature, offered=Offered.UNTRIED, why=type(error).__name__)
        return FeatureState(feature=feature, offered=Offered.YES)

    @property
    def _wire(self) -> HostingWire:
        return self._session.wires.hosting

    async def _of_host(self, make: Callable[[HostingWire], Call[Read]], otherwise: str) -> Read:
        try:
            return await self._session.read(lambda wires: make(wires.hosting))
        except Unsupported as error:
            raise Unsupported(str(error), for_person=otherwise) from error


def people_met(bookings: tuple[Booking, ...], name: str, own: frozenset[str]) -> tuple[Person, ...]:
    """Attendees of bookings whose name or address fits, without the account's own."""
    wanted = name.casefold()
    met = [each for booking in bookings for each in booking.attendees]
    people = {each.email: Person(name=each.name, email=each.email, zone=each.zone) for each in met if each.email}
    return tuple(
        person
        for email, person in people.items()
        if email.lower() not in own and (wanted in person.name.casefold() or wanted in email.lower())
    )
