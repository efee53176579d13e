"""What a host manages at Calendly, read; and which of it this plan and grant offer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.errors import NotFound, PencilError, Refused, Unsupported
from bot.gateway.calendly import reading
from bot.gateway.calendly import wire as plain
from bot.gateway.calendly.managing import shapes, wire
from bot.gateway.calendly.managing.writing import link_of
from bot.gateway.calendly.places import place_offered
from bot.gateway.calendly.refusals import MISSING_SCOPE, PERMISSION, PLAN
from bot.gateway.calendly.session import MOST_AT_ONCE
from bot.groups import a_few_at_once
from bot.scheduling.hosting import (
    Feature,
    FeatureState,
    FormSubmission,
    MeetingRecord,
    Offered,
    RecordKind,
    RoutingForm,
)
from bot.scheduling.models import BookingQuery, BookingState, Person, Question, QuestionKind

if TYPE_CHECKING:
    from bot.gateway.calendly.account import CalendlyAccount
    from bot.gateway.calendly.managing.shapes import Recap
    from bot.gateway.calls import Call
    from bot.scheduling.hosting import SharedLink
    from bot.scheduling.models import EventType, Place

_CLOSED = frozenset({PLAN, PERMISSION, MISSING_SCOPE})
NO_RECAPS = "Calendly keeps recaps on paid plans only, and shows them where the connection may read them."


async def types_using(account: CalendlyAccount, schedule: str) -> tuple[EventType, ...]:
    """The types whose hours these are; a type that does not tell is left out."""
    kinds = [one for one in await account.types() if not one.pooling_type]

    async def uses(uri: str) -> bool:
        try:
            return schedule.encode() in await account.session.read(wire.schedules_of_type(uri))
        except PencilError:
            return False

    told = await a_few_at_once([partial(uses, one.uri) for one in kinds], most=MOST_AT_ONCE)
    return tuple(reading.event_type_of(one) for one, is_used in zip(kinds, told, strict=True) if is_used)


async def links(account: CalendlyAccount, event_type: str) -> tuple[SharedLink, ...]:
    """Shares, newest first as Calendly lists them."""
    found = [link_of(one) for one in await account.session.read_all(wire.shares)]
    return tuple(one for one in found if not event_type or one.event_type in {"", event_type})


async def contacts(account: CalendlyAccount, name: str) -> tuple[Person, ...]:
    """Kept contacts; where those may not be read, people of past and coming meetings."""
    wanted = name.casefold()
    try:
        rows = await account.session.read_all(wire.contacts, enough=1000)
        people = {
            one.email.lower(): Person(name=one.full_name, email=one.email, zone=one.timezone or None) for one in rows
        }
    except (NotFound, Refused):
        states = (BookingState.UPCOMING, BookingState.PAST)
        met = [one for booking in await account.bookings(BookingQuery(states=states)) for one in booking.attendees]
        people = {one.email.lower(): Person(name=one.name, email=one.email, zone=one.zone) for one in met if one.email}
    return tuple(one for email, one in people.items() if email and (wanted in one.name.casefold() or wanted in email))


async def meeting_places(account: CalendlyAccount) -> tuple[Place, ...]:
    """Places that the account may offer."""
    user = (await account.profile()).id
    return tuple(place_offered(one) for one in await account.session.read_all(partial(wire.places, user)) if one.kind)


async def records(account: CalendlyAccount, booking: str) -> tuple[MeetingRecord, ...]:
    """Recaps of an own meeting."""
    meeting = await account.meeting(booking)
    try:
        found = await account.session.read_all(partial(wire.recaps, meeting.event.uri))
    except (NotFound, Refused) as error:
        if isinstance(error, Refused) and error.code not in _CLOSED:
            raise
        raise Unsupported("no recaps", for_person=NO_RECAPS) from error
    return tuple(_record(one) for one in found)


async def routing_forms(account: CalendlyAccount) -> tuple[RoutingForm, ...]:
    """Of the organisation, drafts included."""
    organization = (await account.profile()).organization
    rows = await account.session.read_all(partial(wire.routing_forms, organization))
    return tuple(_form(row) for row in rows)


async def form_submissions(account: CalendlyAccount, form: RoutingForm) -> tuple[FormSubmission, ...]:
    """The newest page."""
    page = await account.session.read(wire.submissions(form.id))
    return tuple(
        FormSubmission(
            answers=tuple(
                (one.question, one.answer) for one in row.questions_and_answers if one.question and one.answer
            ),
            sent_at=row.created_at,
            is_booked=bool(row.submitter),
        )
        for row in page.items
    )


def _form(row: shapes.RoutingForm) -> RoutingForm:
    return RoutingForm(
        id=row.uri,
        name=row.name,
        questions=tuple(
            Question(
                key=one.uuid or one.name,
                label=one.name,
                kind=QuestionKind.CHOICE if one.answer_choices else QuestionKind.TEXT,
                is_required=one.required,
                options=tuple(one.answer_choices),
            )
            for one in row.questions
        ),
        is_open=row.status != "draft",
    )


def _record(recap: Recap) -> MeetingRecord:
    text = recap.summary if isinstance(recap.summary, str) else ""
    length = recap.end_time - recap.start_time if recap.start_time and recap.end_time else None
    return MeetingRecord(
        kind=RecordKind.RECAP,
        title=recap.title or recap.name or "Recap",
        url=recap.url,
        text=text,
        started_at=recap.start_time,
        length=length,
    )


async def features(account: CalendlyAccount) -> tuple[FeatureState, ...]:
    """One harmless read each. What may be written shows only when it is written, or in a missing scope."""
    me = await account.profile()
    asked: list[tuple[Feature, Call[Any]]] = [
        (Feature.EVENT_TYPES, plain.event_types(me.id)),
        (Feature.HOURS, plain.availability_schedules(me.id)),
        (Feature.BOOKINGS, plain.scheduled_events(plain.EventFilter(user=me.id), count=1)),
        (Feature.SHARED_LINKS, wire.shares()),
        (Feature.CONTACTS, wire.contacts()),
        (Feature.RECORDS, wire.recaps("")),
        (Feature.PLACES, wire.places(me.id)),
        (Feature.TEAMS, plain.memberships_of_user(me.id)),
        (Feature.NEWS, plain.webhooks(me.organization, me.id)),
        (Feature.FORMS, wire.routing_forms(me.organization)),
    ]
    return await a_few_at_once([partial(_state, account, feature, call) for feature, call in asked], most=MOST_AT_ONCE)


async def _state(account: CalendlyAccount, feature: Feature, call: Call[Any]) -> FeatureState:
    try:
        await account.session.read(call)
    except NotFound:
        return FeatureState(feature=feature, offered=Offered.NO, why="Calendly answers 404")
    except Refused as error:
        return FeatureState(feature=feature, offered=Offered.FORBIDDEN, why=error.for_person)
    except PencilError as error:
        return FeatureState(feature=feature, offered=Offered.UNTRIED, why=type(error).__name__)
    return FeatureState(feature=feature, offered=Offered.YES)
