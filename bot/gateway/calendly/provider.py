"""The port over one Calendly account. Thin: reads are in `account.py`, writes in `writing.py`, look-ups in `lookup.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import Unsupported
from bot.gateway.calendly import writing
from bot.gateway.calendly.account import CalendlyAccount, another_page
from bot.gateway.calendly.lookup import WAITS, look_up
from bot.gateway.calendly.managing import reading as managed
from bot.gateway.calendly.managing import writing as managing
from bot.gateway.calendly.managing.writing import ASPECTS
from bot.gateway.calendly.reading import event_type_of
from bot.gateway.calendly.session import Session
from bot.scheduling.hosting_writes import CreateOneOff, DeleteLink
from bot.scheduling.provider import Capabilities
from bot.scheduling.writes import (
    BookSlot,
    CancelBooking,
    ChangeEventType,
    ChangeSchedule,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeleteWebhook,
    MarkAbsent,
    MoveBooking,
    Written,
)

if TYPE_CHECKING:
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
        BookingQuery,
        BusyTime,
        Calendar,
        ConferencingApp,
        EventType,
        Hold,
        Person,
        Place,
        Profile,
        Schedule,
        Slot,
        SlotQuery,
        Team,
        Webhook,
    )
    from bot.scheduling.times import Interval

CAPABILITIES = Capabilities(
    provider="calendly",
    title="Calendly",
    guests=True,
    teams=True,
    absence=True,
    manages_event_types=True,
    type_aspects=ASPECTS,
    manages_schedules=True,
    links=True,
    link_terms=True,
    one_off=True,
    contacts=True,
    forms=True,
)
_AWAY = "Calendly has no out of office; I can close those days in your working hours instead."
_NO_ROUTING = (
    "Calendly's routing forms can be read from here, not asked for times; I can show who filled one in, "
    "or the times of the event type that it leads to."
)
_CANNOT = {
    "hold": "Calendly cannot keep a time; I can book it at once, or make a link that books once.",
    "release": "Calendly keeps no times, so there is nothing to release; I can cancel a booking.",
    "approve": "In Calendly a booking needs no approval: it stands at once. I can cancel or move it.",
    "decline": "In Calendly a booking needs no approval: it stands at once. I can cancel it with your reason.",
    "add_guests": "Calendly takes guests only while booking; I can book anew with them, or you forward the invitation.",
    "change_place": "Calendly cannot change the place of a standing meeting; I can cancel it and book it at the other place.",
    "remove_guests": "Calendly cannot take a guest off a booking; I can cancel it and book it again without them.",
    "change_entry": "Calendly cannot change a standing booking; I can book it anew and cancel the old one.",
    "delete_event_type": "Calendly deletes event types in Calendly itself; I can switch this one off, so that nobody books it.",
    "delete_schedule": "Calendly deletes working hours in Calendly itself; I can change them.",
    "create_away": _AWAY,
    "delete_away": _AWAY,
    "change_profile": "Calendly's profile is changed in Calendly itself, under Account settings; I can show it.",
    "change_webhook": "Calendly cannot change a subscription; I can delete it to pause it, and make it anew to resume.",
}
"""What Calendly cannot do, each with the nearest thing that it can."""


class CalendlyProvider:
    """One person's account at Calendly. `emails` are addresses of theirs beside the one that Calendly knows."""

    def __init__(self, api: Api, *, emails: tuple[str, ...] = ()) -> None:
        self._account = CalendlyAccount(Session(api), frozenset(email.lower() for email in emails))

    @property
    def capabilities(self) -> Capabilities:
        """What Calendly can do."""
        return CAPABILITIES

    @property
    def known(self) -> tuple[Profile, tuple[EventType, ...]] | None:
        """See the port."""
        known = self._account.known
        return None if known is None else (known[0], tuple(event_type_of(one) for one in known[1]))

    async def profile(self) -> Profile:
        """See the port."""
        return await self._account.profile()

    async def event_types(self) -> tuple[EventType, ...]:
        """See the port."""
        return tuple(event_type_of(one) for one in await self._account.types())

    async def public_event_types(self, username: str) -> tuple[EventType, ...]:
        """Raises `Unsupported`: an account reads nothing of somebody else's page."""
        raise another_page(username)

    async def find_slots(self, query: SlotQuery) -> tuple[Slot, ...]:
        """See the port. Another length than the type's, or another's page: `Unsupported`."""
        return await self._account.find_slots(query)

    async def bookings(self, query: BookingQuery) -> tuple[Booking, ...]:
        """See the port."""
        return await self._account.bookings(query)

    async def booking(self, booking_id: str) -> Booking:
        """See the port."""
        return await self._account.booking(booking_id)

    async def held(self, hold_id: str) -> Hold | None:  # noqa: ARG002  the port's
        """None: Calendly keeps no times."""
        return None

    async def schedules(self) -> tuple[Schedule, ...]:
        """See the port."""
        return await self._account.schedules()

    async def calendars(self) -> tuple[Calendar, ...]:
        """Raises `Unsupported`: there is no call for it."""
        raise Unsupported(
            "calendars", for_person="Calendly does not tell which calendars are connected; I can show your busy times."
        )

    async def busy_times(self, window: Interval, zone: str) -> tuple[BusyTime, ...]:  # noqa: ARG002  the port's
        """See the port. What is past is left out: Calendly tells only of the future."""
        return await self._account.busy_times(window)

    async def conferencing(self) -> tuple[ConferencingApp, ...]:
        """Raises `Unsupported`: there is no call for it."""
        raise Unsupported(
            "conferencing",
            for_person="Calendly does not tell which video apps are connected; I can show the places of an event type.",
        )

    async def teams(self) -> tuple[Team, ...]:
        """The organisation, with the members that the account may see."""
        return await self._account.teams()

    async def webhooks(self) -> tuple[Webhook, ...]:
        """See the port."""
        return await self._account.webhooks()

    async def verified_emails(self) -> tuple[str, ...]:
        """Raises `Unsupported`: there is no call for it."""
        raise Unsupported(
            "verified addresses", for_person="Calendly keeps no list of verified addresses; I can show your profile."
        )

    async def types_using(self, schedule: str) -> tuple[EventType, ...]:
        """See the port."""
        return await managed.types_using(self._account, schedule)

    async def links(self, event_type: str = "") -> tuple[SharedLink, ...]:
        """See the port."""
        return await managed.links(self._account, event_type)

    async def aways(self) -> tuple[Away, ...]:
        """Raises `Unsupported`: days off stand in the working hours."""
        raise Unsupported("out of office", for_person=_AWAY)

    async def contacts(self, name: str) -> tuple[Person, ...]:
        """See the port."""
        return await managed.contacts(self._account, name)

    async def meeting_places(self) -> tuple[Place, ...]:
        """See the port."""
        return await managed.meeting_places(self._account)

    async def records(self, booking: str) -> tuple[MeetingRecord, ...]:
        """See the port."""
        return await managed.records(self._account, booking)

    async def room(self, booking: str) -> RoomState:  # noqa: ARG002  the port's
        """Raises `Unsupported`: there is no call for it."""
        raise Unsupported("the room", for_person="Calendly does not tell who is in the room; the join link shows it.")

    async def calendar_links(self, booking: str) -> tuple[CalendarLink, ...]:  # noqa: ARG002  the port's
        """Raises `Unsupported`: Calendly mails the invitation itself."""
        raise Unsupported(
            "calendar links", for_person="Calendly makes no calendar links; its mail carries the invitation."
        )

    async def routing_forms(self) -> tuple[RoutingForm, ...]:
        """See the port."""
        return await managed.routing_forms(self._account)

    async def form_submissions(self, form: RoutingForm) -> tuple[FormSubmission, ...]:
        """See the port."""
        return await managed.form_submissions(self._account, form)

    async def route(self, form: str, answers: tuple[tuple[str, str], ...], window: Interval, zone: str) -> Routed:  # noqa: ARG002
        """Raises `Unsupported`: its forms can be read, not asked."""
        raise Unsupported("routing", for_person=_NO_ROUTING)

    async def features(self) -> tuple[FeatureState, ...]:
        """See the port."""
        return await managed.features(self._account)

    async def write(self, claimed: Claimed, *, secret: str = "") -> Written:
        """See the port."""
        account = self._account
        match claimed.write:
            case BookSlot() as write:
                return await writing.book(account, claimed, write)
            case MoveBooking() as write:
                return await writing.move(account, claimed, write)
            case CancelBooking() as write:
                return await writing.cancel(account, claimed, write)
            case MarkAbsent() as write:
                return await writing.mark_absent(account, claimed, write)
            case (
                CreateEventType()
                | ChangeEventType()
                | CreateSchedule()
                | ChangeSchedule()
                | CreateLink()
                | DeleteLink()
                | CreateOneOff()
            ) as write:
                return await managing.write(account, claimed, write)
            case CreateWebhook() as write:
                return await writing.create_webhook(account, claimed, write, secret)
            case DeleteWebhook() as write:
                return await writing.delete_webhook(account, claimed, write.webhook)
            case write:
                raise Unsupported(f"{write.kind} at calendly", for_person=_CANNOT.get(write.kind))

    async def look_up(self, claimed: Claimed, *, is_glance: bool = False) -> Written | None:
        """See the port."""
        return await look_up(self._account, claimed, () if is_glance else WAITS)
