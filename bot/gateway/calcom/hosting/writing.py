"""Carries out, and looks up, what is written around bookings and types: links, time away, guests taken off, calendar entries.

Guests are taken off one call each, so some may be off before one fails: then that is what is told. Every other write here is
one call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from bot.errors import NotFound, PencilError, Uncertain, Unsupported
from bot.gateway.calcom.hosting.reading import NO_AWAY, NO_ENTRY, NO_LINKS
from bot.scheduling.hosting_writes import CreateAway, DeleteAway, DeleteLink
from bot.scheduling.writes import ChangeEntry, CreateLink, RemoveGuests, Written

if TYPE_CHECKING:
    from bot.gateway.calcom.hosting.reading import HostingReads
    from bot.gateway.calcom.session import Session
    from bot.gateway.calcom.wire_bookings import Found
    from bot.scheduling.claims import Claimed
    from bot.scheduling.hosting import Away
    from bot.scheduling.models import Booking

    HostingWrite = CreateLink | DeleteLink | CreateAway | DeleteAway | RemoveGuests | ChangeEntry

SOME_REMOVED = "Cal.com took only some of them off; the others are still invited."
LINK_TERMS = "A private link of Cal.com has the length and title of its event type; I can limit its uses or its days."


class HostingWrites:
    """Writes of one account."""

    def __init__(self, session: Session, reads: HostingReads) -> None:
        self._session = session
        self._reads = reads

    async def write(self, write: HostingWrite, claimed: Claimed, booking: Found | None = None) -> Written:
        """`booking` is the one that a write about a booking names, read already."""
        try:
            match write:
                case CreateLink():
                    return await self._create_link(write, claimed)
                case DeleteLink():
                    return await self._delete(claimed, write)
                case CreateAway():
                    made = await self._session.write(lambda wires: wires.hosting.create_away(write), claimed)
                    return Written(away=made)
                case DeleteAway():
                    return await self._delete(claimed, write)
                case RemoveGuests():
                    return await self._remove(write, claimed, booking)
                case ChangeEntry():
                    return await self._change_entry(write, claimed, booking)
                case _:
                    assert_never(write)
        except Unsupported as error:
            raise Unsupported(str(error), for_person=_nearest(write, error)) from error

    async def _create_link(self, write: CreateLink, claimed: Claimed) -> Written:
        if write.title or write.length or write.first:
            raise Unsupported("a link with terms of its own", for_person=LINK_TERMS)
        made = await self._session.write(lambda wires: wires.hosting.create_link(write), claimed)
        return Written(link=made.url, shared=made)

    async def _delete(self, claimed: Claimed, write: DeleteLink | DeleteAway) -> Written:
        """One that is gone already counts as done."""
        try:
            if isinstance(write, DeleteLink):
                await self._session.write(
                    lambda wires: wires.hosting.delete_link(write.link, write.event_type), claimed
                )
            else:
                await self._session.write(lambda wires: wires.hosting.delete_away(write.away), claimed)
        except NotFound:
            return Written()
        return Written()

    async def _remove(self, write: RemoveGuests, claimed: Claimed, booking: Found | None) -> Written:
        known = dict(await self._reads.attendees(write.booking))
        wanted = [email.lower() for email in write.emails]
        missing = [email for email in wanted if email not in known]
        if missing and len(missing) == len(wanted):
            raise NotFound("not invited", for_person="That person is not invited to the meeting.")
        note = SOME_REMOVED if missing else ""
        done: list[str] = []
        for email in (each for each in wanted if each in known):
            try:
                await self._session.write(
                    lambda wires, number=known[email]: wires.hosting.remove_attendee(write.booking, number),  # type: ignore[misc]
                    claimed,
                )
            except PencilError as error:
                if not done or isinstance(error, Uncertain):
                    raise
                note = SOME_REMOVED
                break
            done.append(email)
        return Written(booking=_without(booking, done), note=note)

    async def _change_entry(self, write: ChangeEntry, claimed: Claimed, booking: Found | None) -> Written:
        calendar, uid = await self._reads.entry_of(write.booking)
        await self._session.write(lambda wires: wires.hosting.change_entry(calendar, uid, write), claimed)
        return Written(booking=booking.booking if booking else None)

    async def look(self, write: HostingWrite) -> Written | None:
        """What stands, if it is what the write wanted."""
        match write:
            case CreateLink():
                return None
            case DeleteLink():
                there = await self._reads.links(write.event_type)
                return None if any(link.id == write.link for link in there) else Written()
            case CreateAway():
                same = [one for one in await self._reads.aways() if _is_same_away(one, write)]
                return Written(away=same[0]) if same else None
            case DeleteAway():
                return None if any(one.id == write.away for one in await self._reads.aways()) else Written()
            case RemoveGuests():
                invited = {email for email, _ in await self._reads.attendees(write.booking)}
                left = [email for email in write.emails if email.lower() in invited]
                return None if len(left) == len(write.emails) else Written(note=SOME_REMOVED if left else "")
            case ChangeEntry():
                title, note, end = await self._reads.entry(*await self._reads.entry_of(write.booking))
                fits = write.title in (None, title) and write.note in (None, note) and write.end in (None, end)
                return Written() if fits else None
            case _:
                assert_never(write)


def _without(found: Found | None, emails: list[str]) -> Booking | None:
    if found is None:
        return None
    booking = found.booking
    return replace(
        booking,
        guests=tuple(each for each in booking.guests if each.lower() not in emails),
        attendees=tuple(each for each in booking.attendees if (each.email or "").lower() not in emails),
    )


def _is_same_away(one: Away, write: CreateAway) -> bool:
    return (one.first, one.last, one.reason, one.note) == (write.first, write.last, write.reason, write.note)


def _nearest(write: HostingWrite, error: Unsupported) -> str:
    match write:
        case CreateLink() | DeleteLink():
            return error.for_person if error.for_person == LINK_TERMS else NO_LINKS
        case CreateAway() | DeleteAway():
            return NO_AWAY
        case RemoveGuests():
            return "This Cal.com cannot take a guest off a booking; I can cancel it and book it again without them."
        case ChangeEntry():
            return NO_ENTRY
