"""The port over Cal.com: everything that is read, and the way to what is written.

Other people's bookings, which an admin's key can see, are left out here, once for all: a booking is the account's own when
one of its addresses, or its id, is among hosts, attendees or guests.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import NotFound, PencilError, PersonError, ProviderDown, Unsupported
from bot.gateway.calcom.abilities import abilities
from bot.gateway.calcom.hosting.forms import FormReads
from bot.gateway.calcom.hosting.reading import HostingReads, people_met
from bot.gateway.calcom.hosting.teams import TeamReads
from bot.gateway.calcom.listing import fits, is_backwards, with_move_page
from bot.gateway.calcom.looking_up import PAUSES, LookUps
from bot.gateway.calcom.refusals import too_old
from bot.gateway.calcom.session import Dialect, Kept, Session, Wires
from bot.gateway.calcom.wire import Versions
from bot.gateway.calcom.wire_event_types import EventTypesWire
from bot.gateway.calcom.wire_slots import SlotsWire
from bot.gateway.calcom.writing import Writing
from bot.groups import both, side_by_side
from bot.scheduling.models import BookingQuery, BookingState, Place, PlaceKind
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.gateway.calcom.wire_bookings import Found
    from bot.gateway.client import Api
    from bot.scheduling.claims import Claimed
    from bot.scheduling.hosting import (
        Away,
        CalendarLink,
        FeatureState,
        FormSubmission,
        MeetingRecord,
        RoomState,
        Routed,
        RoutingForm,
        SharedLink,
    )
    from bot.scheduling.models import (
        Booking,
        BusyTime,
        Calendar,
        ConferencingApp,
        EventType,
        Hold,
        Person,
        Profile,
        Schedule,
        Slot,
        SlotQuery,
        Team,
        Webhook,
    )
    from bot.scheduling.provider import Capabilities
    from bot.scheduling.times import Interval
    from bot.scheduling.writes import Written

EVENT_TYPES_SECONDS = 180.0
"""How long a type made in the browser may be missed. What is written through us drops what is kept."""
TEAM_TYPES_SECONDS = 600.0
"""Those of teams change less, and cost a call a team."""
PROFILE_SECONDS = 300.0
MOST_PAGES = 40
MOST_TEAMS = 20


class CalcomProvider:
    """One account at Cal.com."""

    def __init__(
        self,
        api: Api,
        *,
        emails: tuple[str, ...] = (),
        versions: Versions | None = None,
        dialect: Dialect | None = None,
        keep: float = EVENT_TYPES_SECONDS,
    ) -> None:
        self._session = Session(api, versions or Versions(), dialect or Dialect())
        self._emails = frozenset(email.lower() for email in emails)
        self._profile: Kept[Profile] = Kept(max(keep, PROFILE_SECONDS) if keep else 0.0)
        self._types: Kept[tuple[EventType, ...]] = Kept(keep)
        self._of_teams: Kept[tuple[EventType, ...]] = Kept(max(keep, TEAM_TYPES_SECONDS) if keep else 0.0)
        self._of_organization: Kept[tuple[EventType, ...]] = Kept(max(keep, TEAM_TYPES_SECONDS) if keep else 0.0)
        self._pages: dict[str, Kept[tuple[EventType, ...]]] = {}
        self._keep = keep
        self._hosting = HostingReads(self._session)
        self._teams = TeamReads(self._session, self.profile)
        self._forms = FormReads(self._session, self._teams, self.profile)
        self._writing = Writing(self._session, self, self._hosting)
        self._look_ups = LookUps(self._session, self, self._hosting)

    @property
    def capabilities(self) -> Capabilities:
        """Of the shapes that the host is known to speak now."""
        return abilities(is_current=not self._session.dialect.is_legacy)

    def forget(self) -> None:
        """Drop what is cached; after every write, whatever came of it."""
        self._profile.drop()
        self._types.drop()
        self._of_teams.drop()
        self._of_organization.drop()
        self._pages.clear()

    @property
    def known(self) -> tuple[Profile, tuple[EventType, ...]] | None:
        """See the port."""
        profile, types = self._profile.get(), self._types.get()
        return None if profile is None or types is None else (profile, types)

    async def profile(self) -> Profile:
        """Whose account it is."""
        return self._profile.get() or self._profile.put(await self._session.read(lambda wires: wires.account.me()))

    async def event_types(self) -> tuple[EventType, ...]:
        """Own types first, then those of teams. A host without teams, or a team that refuses, takes nothing away."""
        known = self._types.get()
        if known is not None:
            return known
        own, of_teams = await both(self._session.read(lambda wires: wires.event_types.own()), self._team_types())
        seen = {each.id for each in own}
        return self._types.put(own + tuple(each for each in of_teams if each.id not in seen))

    async def _team_types(self) -> tuple[EventType, ...]:
        known = self._of_teams.get()
        if known is not None:
            return known
        try:
            teams = await self._teams.all()
        except Unsupported:
            return self._of_teams.put(())
        except PencilError:
            return ()
        lists = await side_by_side([self._types_of(team) for team in teams[:MOST_TEAMS]])
        return self._of_teams.put(tuple(each for one in lists for each in one))

    async def _types_of(self, team: Team) -> tuple[EventType, ...]:
        try:
            return await self._session.read(
                lambda wires: _modern_types(wires).of_team(team.id, team.organization, team.name)
            )
        except PencilError:
            return ()

    async def public_event_types(self, username: str) -> tuple[EventType, ...]:
        """An unknown user's list is empty there, so an empty list is `NotFound`."""
        kept = self._pages.setdefault(username, Kept(self._keep))
        known = kept.get()
        if known is None:
            known = await self._session.read(lambda wires: wires.event_types.public(username))
            if not known:
                raise NotFound("the public page is unknown or empty", for_person="I found no such booking page.")
            kept.put(known)
        return known

    async def type_of(self, identifier: str, host: str | None = None) -> EventType:
        """A type by id, or by slug on somebody's page."""
        kinds = await self.public_event_types(host) if host else await self.event_types()
        for kind in kinds:
            if identifier in ((kind.slug, kind.id) if host else (kind.id,)):
                return kind
        of_others = () if host else await self._organization_types()
        for kind in of_others:
            if kind.id == identifier:
                return kind
        raise NotFound("no such event type", for_person="That event type does not exist any more.")

    async def _organization_types(self) -> tuple[EventType, ...]:
        """Types of teams that the account is not in, to which a routing form may lead."""
        organization = (await self.profile()).organization
        if not organization or self._session.dialect.is_legacy:
            return ()
        known = self._of_organization.get()
        if known is not None:
            return known
        try:
            found = await self._session.read(lambda wires: _modern_types(wires).of_organization(organization))
        except PersonError:
            found = ()
        return self._of_organization.put(found)

    async def find_slots(self, query: SlotQuery) -> tuple[Slot, ...]:
        """See the port."""
        if query.people:
            return await self._slots_of_several(query)
        kind = await self.type_of(query.event_type, query.host)
        length, ask_length = wanted_length(kind, query.length)
        return await self._session.read(lambda wires: wires.slots.find(query, length=length, ask_length=ask_length))

    async def _slots_of_several(self, query: SlotQuery) -> tuple[Slot, ...]:
        """Of one organisation: the account's own."""
        slug = await self._teams.organization_slug()
        if not slug:
            raise Unsupported("no organisation", for_person="Your Cal.com account belongs to no organisation.")
        length = query.length or timedelta(minutes=30)
        return await self._session.read(
            lambda wires: _modern_slots(wires).find_common(query, length=length, organization=slug)
        )

    async def bookings(self, query: BookingQuery) -> tuple[Booking, ...]:
        """All pages, filtered again: an unknown parameter is dropped there without a word."""
        found = await self.listed(query)
        kinds = self._types.get() or ()
        own = [with_move_page(each.booking, kinds) for each in found if await self.is_own(each)]
        wanted = sorted((each for each in own if fits(each, query)), key=lambda booking: booking.slot)
        return tuple(wanted[-query.limit :] if is_backwards(query) else wanted[: query.limit])

    async def listed(self, query: BookingQuery) -> tuple[Found, ...]:
        """Everything the server lists for a query, whoever it belongs to; each booking once."""
        rows: dict[str, Found] = {}
        for wish in self._session.wires.bookings.listings(query):
            for found in await self._pages_of(wish):
                rows[found.booking.id] = found
        return tuple(rows.values())

    async def _pages_of(self, wish: BookingQuery) -> list[Found]:
        rows: list[Found] = []
        for _ in range(MOST_PAGES):
            skip = len(rows)
            page = await self._session.read(
                lambda wires, skip=skip: wires.bookings.page(wish, skip=skip, newest_first=is_backwards(wish))  # type: ignore[misc]
            )
            rows += page
            if len(page) < self._session.wires.bookings.page_size:
                break
        return rows

    async def booking(self, booking_id: str) -> Booking:
        """Not theirs reads as not there."""
        return with_move_page((await self.own_booking(booking_id)).booking, self._types.get() or ())

    async def own_booking(self, booking_id: str, *, reference: str = "") -> Found:
        """The booking with its hosts' ids; `NotFound` when it is somebody else's. One that carries the `reference` of a write
        of the account's own is theirs too: a team's type may have given it to another host.
        """
        found = await self._session.read(lambda wires: wires.bookings.one(booking_id))
        is_made_here = bool(reference) and found.booking.reference == reference
        if not is_made_here and not await self.is_own(found):
            raise NotFound("the booking is somebody else's")
        return found

    async def is_own(self, found: Found) -> bool:
        """Whether the account takes part in the booking."""
        booking = found.booking
        hosts = {person.email.lower() for person in booking.hosts if person.email}
        invited = {person.email.lower() for person in booking.attendees if person.email}
        people = hosts | invited | set(booking.guests)
        if self._emails & people:
            return True
        me = await self.profile()
        return me.email in people or me.id in found.host_ids

    async def own_emails(self) -> frozenset[str]:
        """The account's addresses."""
        return self._emails | {(await self.profile()).email}

    async def held(self, hold_id: str) -> Hold | None:
        """One that has run out reads as gone."""
        hold = await self._session.read(lambda wires: _modern_slots(wires).held(hold_id))
        return hold if hold and hold.expires_at > self._session.api.client.clock.now() else None

    async def schedules(self) -> tuple[Schedule, ...]:
        """The default first. Some builds fail on the list; then the default alone."""
        try:
            found = await self._session.read(lambda wires: wires.schedules.all())
        except ProviderDown as error:
            if error.status != 500:
                raise
            found = await self._session.read(lambda wires: wires.schedules.default())
        return tuple(sorted(found, key=lambda schedule: not schedule.is_default))

    async def calendars(self) -> tuple[Calendar, ...]:
        """Connected calendars, those in trouble included."""
        return await self._session.read(lambda wires: wires.account.calendars())

    async def busy_times(self, window: Interval, zone: str) -> tuple[BusyTime, ...]:
        """Of the calendars that are checked for conflicts; nothing connected is nothing busy."""
        checked = tuple(each for each in await self.calendars() if each.is_selected and each.id and each.credential)
        if not checked:
            return ()
        times = await self._session.read(lambda wires: wires.account.busy_times(window, zone, checked))
        return tuple(each for each in times if each.interval.overlaps(window))

    async def conferencing(self) -> tuple[ConferencingApp, ...]:
        """The default marked."""
        apps, default = await both(
            self._session.read(lambda wires: wires.account.conferencing()),
            self._session.read(lambda wires: wires.account.default_conferencing()),
        )
        return tuple(replace(app, is_default=app.slug == default) for app in apps)

    async def teams(self) -> tuple[Team, ...]:
        """With their members; a team that does not show them comes without."""
        teams = await self._teams.all()
        return await side_by_side([self._teams.with_members(team) for team in teams])

    async def webhooks(self) -> tuple[Webhook, ...]:
        """Subscriptions of the account and of each of its own event types."""
        return await self._hosting.webhooks(await self._session.read(lambda wires: wires.event_types.own()))

    async def verified_emails(self) -> tuple[str, ...]:
        """Addresses that the account has verified."""
        return await self._session.read(lambda wires: wires.account.verified_emails())

    async def types_using(self, schedule: str) -> tuple[EventType, ...]:
        """A type that names no hours uses the default."""
        default = (await self.profile()).default_schedule
        return tuple(
            kind for kind in await self.event_types() if not kind.team and (kind.schedule or default) == schedule
        )

    async def links(self, event_type: str = "") -> tuple[SharedLink, ...]:
        """Private links of one type, or of all personal ones."""
        if event_type:
            return await self._hosting.links(event_type)
        return await self._hosting.links_of(tuple(kind for kind in await self.event_types() if not kind.team))

    async def aways(self) -> tuple[Away, ...]:
        """Where the host has them."""
        return await self._hosting.aways()

    async def contacts(self, name: str) -> tuple[Person, ...]:
        """Cal.com keeps no contacts: whom the account has met lately is read off its bookings."""
        states = (BookingState.UPCOMING, BookingState.REQUESTED, BookingState.PAST)
        return people_met(await self.bookings(BookingQuery(states=states)), name, await self.own_emails())

    async def meeting_places(self) -> tuple[Place, ...]:
        """The conferencing apps."""
        return tuple(Place(kind=PlaceKind.VIDEO, app=app.slug) for app in await self.conferencing())

    async def records(self, booking: str) -> tuple[MeetingRecord, ...]:
        """Of an own booking."""
        return await self._hosting.records((await self.booking(booking)).id)

    async def room(self, booking: str) -> RoomState:
        """Of an own booking."""
        return await self._hosting.room((await self.booking(booking)).id)

    async def calendar_links(self, booking: str) -> tuple[CalendarLink, ...]:
        """Of an own booking."""
        return await self._hosting.calendar_links((await self.booking(booking)).id)

    async def routing_forms(self) -> tuple[RoutingForm, ...]:
        """Of the account's organisation."""
        return await self._forms.all()

    async def form_submissions(self, form: RoutingForm) -> tuple[FormSubmission, ...]:
        """The newest first."""
        return await self._forms.submissions(form)

    async def route(self, form: str, answers: tuple[tuple[str, str], ...], window: Interval, zone: str) -> Routed:
        """To one of the account's types, its teams' and its organisation's included."""
        return await self._forms.route(form, answers, window, zone, self.type_of)

    async def features(self) -> tuple[FeatureState, ...]:
        """Asked of the host, one harmless read each."""
        return await self._hosting.features(await self.event_types(), (await self.profile()).organization)

    async def write(self, claimed: Claimed, *, secret: str = "") -> Written:
        """See the port."""
        try:
            return await self._writing.write(claimed, secret=secret)
        finally:
            self.forget()

    async def look_up(self, claimed: Claimed, *, is_glance: bool = False) -> Written | None:
        """See the port."""
        self.forget()
        return await self._look_ups.look_up(claimed, PAUSES[:1] if is_glance else PAUSES)


def wanted_length(kind: EventType, wish: timedelta | None) -> tuple[timedelta, bool]:
    """The length that is meant, and whether it must be named: only a type with several takes one, and only of its own."""
    return (wish if wish in kind.lengths else None) or kind.length, len(kind.lengths) > 1


def _modern_types(wires: Wires) -> EventTypesWire:
    if isinstance(wires.event_types, EventTypesWire):
        return wires.event_types
    raise too_old("show event types of teams")


def _modern_slots(wires: Wires) -> SlotsWire:
    if isinstance(wires.slots, SlotsWire):
        return wires.slots
    raise too_old("show a hold")
