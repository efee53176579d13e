"""What each write of a host's own comes to at Calendly, and how it is found again after a lost answer.

Every write is one call. Working hours are read first, because a change sends the whole set back; a share that the plan or the
grant refuses becomes the older single-use link, which was certainly not made before.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never
from zoneinfo import ZoneInfo

from bot.errors import NotFound, Refused, Uncertain, Unsupported
from bot.gateway.calendly import reading
from bot.gateway.calendly import wire as plain
from bot.gateway.calendly.managing import wire
from bot.gateway.calendly.refusals import EXISTS, MISSING_SCOPE, PERMISSION, PLAN
from bot.gateway.calendly.write_wire import create_link
from bot.scheduling.hosting import SharedLink
from bot.scheduling.hosting_writes import CreateOneOff, DeleteLink
from bot.scheduling.limits import Aspect
from bot.scheduling.times import find_zone
from bot.scheduling.writes import ChangeEventType, ChangeSchedule, CreateEventType, CreateLink, CreateSchedule, Written

if TYPE_CHECKING:
    from datetime import date

    from bot.gateway.calendly.account import CalendlyAccount
    from bot.gateway.calendly.managing.shapes import Share
    from bot.gateway.calendly.shapes import CalendlyEventType
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import EventType, Schedule

    ManagingWrite = (
        CreateEventType | ChangeEventType | CreateSchedule | ChangeSchedule | CreateLink | DeleteLink | CreateOneOff
    )

ASPECTS = frozenset(
    {
        Aspect.TITLE,
        Aspect.LENGTHS,
        Aspect.DESCRIPTION,
        Aspect.VISIBILITY,
        Aspect.PLACES,
        Aspect.BUFFERS,
        Aspect.INTERVAL,
    }
)
CLOCKS_DIFFER = timedelta(minutes=2)
NOT_SOLO = "Calendly lets me change one-on-one types only; group and team types are changed in Calendly itself."
NOT_THERE = (
    "Calendly has no call for that limit: notice, how far ahead, caps, seats and questions are set in Calendly itself, "
    "on the event type."
)
PLAIN_LINK = "Calendly made a plain link that books once: it does not let me give links of their own terms here."
ONCE = "A link of Calendly books once; for several people I can make several, or share the booking page."
LOST_LINK = "I cannot see whether Calendly made the link. An unused one does no harm: ask me for one again."
LOST_ONE_OFF = "I cannot see whether Calendly made it. An unused one does no harm: ask me for one again."
SAME_NAME = "Working hours of that name exist already; change those, or pick another name."


async def write(account: CalendlyAccount, claimed: Claimed, wanted: ManagingWrite) -> Written:
    """See the port."""
    match wanted:
        case CreateEventType():
            made = await account.session.write(wire.create_event_type(wanted, (await account.profile()).id), claimed)
            account.forget()
            return Written(event_type=reading.event_type_of(made))
        case ChangeEventType():
            return await _change_event_type(account, claimed, wanted)
        case CreateSchedule() | ChangeSchedule():
            return await _write_hours(account, claimed, wanted)
        case CreateLink():
            return await _create_link(account, claimed, wanted)
        case DeleteLink():
            return await _delete_link(account, claimed, wanted)
        case CreateOneOff():
            one_off = await account.session.write(wire.create_one_off(wanted, (await account.profile()).id), claimed)
            return Written(link=one_off.scheduling_url)
        case _:
            assert_never(wanted)


async def _change_event_type(account: CalendlyAccount, claimed: Claimed, wanted: ChangeEventType) -> Written:
    beyond = (wanted.minimum_notice, wanted.window, wanted.caps, wanted.seats, wanted.questions, wanted.needs_approval)
    if any(each is not None for each in beyond):
        raise Unsupported("a limit without a call", for_person=NOT_THERE)
    found = await account.type_of(wanted.event_type)
    if found.kind not in {"", "solo"} or found.pooling_type:
        raise Unsupported(f"changing a {found.kind} type", for_person=NOT_SOLO)
    own = timedelta(minutes=found.duration)
    changed = await account.session.write(wire.change_event_type(wanted, own), claimed)
    account.forget()
    return Written(event_type=reading.event_type_of(changed))


async def _write_hours(account: CalendlyAccount, claimed: Claimed, wanted: CreateSchedule | ChangeSchedule) -> Written:
    if isinstance(wanted, CreateSchedule):
        if any(each.name.casefold() == wanted.name.casefold() for each in await account.schedules()):
            raise Refused("a schedule of that name", code=EXISTS, for_person=SAME_NAME)
        rules = wire.rules_of(wanted.hours, wanted.overrides, today=_today(account, wanted.zone))
        made = await account.session.write(wire.create_schedule(wanted.name, wanted.zone, rules), claimed)
        return Written(schedule=reading.schedule_of(made))
    now = reading.schedule_of(await account.session.read(wire.schedule(wanted.schedule)))
    changed = await account.session.write(
        wire.change_schedule(
            wanted.schedule,
            name=wanted.name,
            timezone=wanted.zone,
            default=True if wanted.is_default else None,
            rules=_whole_set(account, wanted, now),
        ),
        claimed,
    )
    return Written(schedule=reading.schedule_of(changed))


def _whole_set(account: CalendlyAccount, wanted: ChangeSchedule, now: Schedule) -> list[dict[str, object]] | None:
    """What is written of the rules: what is wanted, and what stands of the rest."""
    if wanted.hours is None and wanted.overrides is None:
        return None
    hours = now.hours if wanted.hours is None else wanted.hours
    overrides = now.overrides if wanted.overrides is None else wanted.overrides
    return wire.rules_of(hours, overrides, today=_today(account, wanted.zone or now.zone))


def _today(account: CalendlyAccount, zone: str) -> date:
    return account.session.now().astimezone(find_zone(zone) or ZoneInfo("UTC")).date()


async def _create_link(account: CalendlyAccount, claimed: Claimed, wanted: CreateLink) -> Written:
    if wanted.uses != 1 or wanted.expires_at is not None:
        raise Unsupported("a link for several bookings", for_person=ONCE)
    event_type = plain.uri_of(wanted.event_type, "event_types")
    has_terms = bool(wanted.title or wanted.length or wanted.first)
    try:
        share = await account.session.write(wire.create_share(wanted, event_type), claimed)
    except (NotFound, Refused) as error:
        if isinstance(error, Refused) and error.code not in {PLAN, PERMISSION, MISSING_SCOPE}:
            raise
        made = await account.session.write(create_link(event_type), claimed)
        return Written(link=made.booking_url, note=PLAIN_LINK if has_terms else "")
    if not share.url:
        raise Uncertain("shares.create: written, but the answer names no link")
    return Written(link=share.url, shared=link_of(share, event_type))


async def _delete_link(account: CalendlyAccount, claimed: Claimed, wanted: DeleteLink) -> Written:
    """One that is gone already counts as withdrawn."""
    try:
        await account.session.write(wire.delete_share(wanted.link), claimed)
    except NotFound:
        return Written()
    return Written()


def link_of(share: Share, event_type: str = "") -> SharedLink:
    """A share, in our words."""
    return SharedLink(
        id=share.uri,
        event_type=share.event_type or event_type,
        url=share.url,
        title=share.share_override.name if share.share_override else "",
        used=1 if share.status == "booked" else 0,
        is_over=share.status in {"booked", "expired"},
    )


async def look(account: CalendlyAccount, claimed: Claimed, wanted: ManagingWrite) -> Written | None:
    """What stands, if it is what the write wanted."""
    match wanted:
        case CreateEventType():
            since = claimed.claimed_at - CLOCKS_DIFFER
            made = [
                one
                for one in await account.types()
                if one.name == wanted.title and wire.is_newer(one.created_at, since)
            ]
            return Written(event_type=reading.event_type_of(made[0])) if made else None
        case ChangeEventType():
            now = await account.session.read(plain.event_type(plain.uri_of(wanted.event_type, "event_types")))
            return Written(event_type=reading.event_type_of(now)) if _has_changed(now, wanted) else None
        case CreateSchedule():
            there = [one for one in await account.schedules() if one.name == wanted.name]
            return Written(schedule=there[0]) if there else None
        case ChangeSchedule():
            schedule = reading.schedule_of(await account.session.read(wire.schedule(wanted.schedule)))
            return Written(schedule=schedule) if _hours_fit(account, schedule, wanted) else None
        case DeleteLink():
            listed = await account.session.read_all(wire.shares)
            return None if any(one.uri == wanted.link for one in listed) else Written()
        case CreateLink() | CreateOneOff():
            lost = Uncertain("links cannot be told apart", is_lasting=True)
            lost.for_person = LOST_LINK if isinstance(wanted, CreateLink) else LOST_ONE_OFF
            raise lost
        case _:
            assert_never(wanted)


def _has_changed(found: CalendlyEventType, wanted: ChangeEventType) -> bool:
    now: EventType = reading.event_type_of(found)
    step = wanted.interval if wanted.interval is None or wanted.interval else now.length
    return (
        wanted.title in (None, now.title)
        and wanted.description in (None, now.description)
        and (wanted.is_hidden is None or wanted.is_hidden is not found.active)
        and (wanted.lengths is None or set(wanted.lengths) == {*now.lengths, *now.other_lengths})
        and wanted.buffer_before in (None, now.buffer_before)
        and wanted.buffer_after in (None, now.buffer_after)
        and (step is None or step == (now.interval or now.length))
        and (wanted.places is None or [each.kind for each in wanted.places] == [each.kind for each in now.places])
    )


def _hours_fit(account: CalendlyAccount, now: Schedule, wanted: ChangeSchedule) -> bool:
    today = _today(account, now.zone)
    rules = _whole_set(account, wanted, now)
    same_rules = rules is None or rules == wire.rules_of(now.hours, now.overrides, today=today)
    names = wanted.name in (None, now.name) and wanted.zone in (None, now.zone)
    return same_rules and names and (not wanted.is_default or now.is_default)
