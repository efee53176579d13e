"""Carrying out errands when they are due: one loop a process, any number of processes.

What was due while nobody ran is told late, or left, by its age. An errand is finished only under its own lease; what fails is
tried again after a while, until its time has gone by. Sending comes before finishing: what a process that died in between had
sent is found again by its key and edited, so that nothing stands there twice.
"""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from bot.dialogue.outcomes.agenda import public_agenda, tell_agenda, tell_note
from bot.dialogue.wording import reminding as words
from bot.dialogue.wording.standing import settings as settings_words
from bot.errors import NotFound, PencilError, Unsupported
from bot.logs import get_logger
from bot.loop.messenger import Once
from bot.loop.reminding import watching
from bot.loop.reminding.keeping import note_of
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus
from bot.scheduling.reminding.errands import LEASE, ErrandKind
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval, day_bounds, find_zone
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from zoneinfo import ZoneInfo

    from bot.loop.accounts import AccountKeeper
    from bot.loop.assistant import Assistant
    from bot.loop.messenger import Messenger
    from bot.loop.reminding.channels import Crier
    from bot.loop.reminding.statuses import StatusKeeper
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Booking, BookingChange, Person
    from bot.scheduling.provider import Provider
    from bot.scheduling.reminding.errands import Errand, Errands
    from bot.scheduling.reminding.preferences import AgendaWish, Preferences, Preferred
    from bot.scheduling.times import Clock
    from bot.scheduling.together.directory import Directory

log = get_logger("rounds")

PAUSE = timedelta(seconds=15)
_WATCH_EVERY = timedelta(minutes=10)
_AHEAD = timedelta(hours=26)
_LATE_AGENDA = timedelta(hours=3)
"""An agenda that is later than this is left to the next day."""
_STARTED = timedelta(minutes=5)
"""A note is still of use this long after its meeting has begun."""
_AGAIN = timedelta(minutes=2)
_GIVEN_UP = timedelta(hours=1)
_TRAVELLED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Looks for what is due and does it."""

    errands: Errands
    preferred: Preferred
    keeper: AccountKeeper
    assistant: Assistant
    messenger: Messenger
    voice: Crier
    statuses: StatusKeeper
    directory: Directory
    clock: Clock
    step_ran_out: Callable[[Errand], Awaitable[None]] | None = None
    take_change: Callable[[str, BookingChange], Awaitable[None]] | None = None
    """Tells a change of an account's booking that was found by looking."""
    pause: timedelta = PAUSE

    async def run(self) -> None:
        """For ever."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001  one of the outermost loops: it must not end
                log.error("rounds.failed", cause=error)
            await asyncio.sleep(self.pause.total_seconds())

    async def sweep(self) -> int:
        """One round; how many errands were taken up."""
        due = await self.errands.take_due(now=self.clock.now())
        for errand in due:
            await self._carry_out(errand)
        return len(due)

    async def _carry_out(self, errand: Errand) -> None:
        try:
            await self._do(errand)
        except PencilError as error:
            log.info("errand.failed", kind=str(errand.kind), error=type(error).__name__)
            await self._later(errand)
        except Exception as error:  # noqa: BLE001  one errand must not take the others with it
            log.error("errand.broken", cause=error, kind=str(errand.kind))
            await self._later(errand)

    async def _later(self, errand: Errand) -> None:
        now = self.clock.now()
        if (
            errand.kind in {ErrandKind.AGENDA, ErrandKind.WATCH, ErrandKind.STATUS, ErrandKind.NEWS}
            or now - errand.due_at < _GIVEN_UP
        ):
            await self.errands.move(errand, now + _AGAIN)
        else:
            await self.errands.finish(errand, now=now)

    async def _do(self, errand: Errand) -> None:
        match errand.kind:
            case ErrandKind.AGENDA:
                await self._agenda(errand)
            case ErrandKind.WATCH:
                await self._watch(errand)
            case ErrandKind.NOTE:
                await self._note(errand)
            case ErrandKind.LATE:
                await self.errands.finish(errand, now=self.clock.now())
            case ErrandKind.NEWS:
                await self._news(errand)
            case ErrandKind.STATUS:
                await self._status(errand)
            case ErrandKind.STEP:
                if self.step_ran_out is not None:
                    await self.step_ran_out(errand)
                await self.errands.finish(errand, now=self.clock.now())
            case _:
                assert_never(errand.kind)

    # ── the agenda ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _agenda(self, errand: Errand) -> None:
        wanted = await self.preferred.load(errand.owner)
        wish = wanted.agenda
        if wish is None:
            await self.errands.finish(errand, now=self.clock.now())
            return
        person = wanted.habits.at_home(await self.messenger.person(errand.owner))
        zone, now = _zone(person), self.clock.now()
        due = _due_here(errand, wish, zone)
        if due > now:
            await self.errands.move(errand, due)
            return
        body = errand.body
        if now - due <= _LATE_AGENDA:
            try:
                body = await self._tell_agenda(errand, wish, person)
            except Unsupported:
                await self._lose_channel(errand, wanted)
                return
        await self.errands.move(errand, wish.rhythm.next_after(now, zone), body=body)

    async def _lose_channel(self, errand: Errand, wanted: Preferences) -> None:
        """We may not write there any more: its person hears so, and the agenda ends."""
        await self.preferred.save(errand.owner, replace(wanted, agenda=None))
        await self.voice.say_to(errand.owner, words.channel_lost())
        await self.errands.finish(errand, now=self.clock.now())
        log.warning("agenda.channel_lost")

    async def _tell_agenda(self, errand: Errand, wish: AgendaWish, person: Person, *, place: str = "") -> str:
        """Tell it, or edit it at `place`; the note of where it stands and what it said."""
        zone = _zone(person)
        today = self.clock.now().astimezone(zone).date()
        last = today + timedelta(days=6 if wish.is_weekly else 0)
        window = Interval(day_bounds(today, zone).start, day_bounds(last, zone).end)
        bookings = await self._booked(errand, person, window)
        mark = _mark(bookings)
        known = _read_body(errand.body)
        if place and known.get("mark") == mark:
            return errand.body
        context = await self.assistant.context_for(errand.owner, person)
        once = None if place else self._once(errand)
        if wish.channel:
            reply = public_agenda(context, bookings, is_weekly=wish.is_weekly)
            stands = await self.voice.announce(errand.owner, wish.channel, place, reply, once=once)
        else:
            reply, cards = tell_agenda(
                context, bookings, is_weekly=wish.is_weekly, colleagues=await self._colleagues(errand.owner)
            )
            await self.assistant.keep_cards(cards)
            stands = await self.messenger.tell(errand.owner, place, reply, once=once)
            await self.assistant.delivered(reply, stands)
        log.info("agenda.told", meetings=len(bookings), is_edit=bool(place), is_public=bool(wish.channel))
        return json.dumps({"place": stands, "mark": mark, "day": today.isoformat()})

    async def _refresh_agenda(self, owner_errand: Errand, wish: AgendaWish, person: Person) -> None:
        """The agenda of today says what is true now."""
        for errand in await self.errands.of(owner_errand.owner, ErrandKind.AGENDA):
            said = _read_body(errand.body)
            if said.get("day") != self.clock.now().astimezone(_zone(person)).date().isoformat() or not said.get(
                "place"
            ):
                continue
            body = await self._tell_agenda(errand, wish, person, place=str(said["place"]))
            if body != errand.body:
                await self.errands.move(errand, errand.due_at, body=body)

    # ── news ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _news(self, errand: Errand) -> None:
        """Look what has changed. It is handed on before it counts as seen: a crash in between hands it on once more, and
        whoever takes it knows it by its key.
        """
        wanted = await self.preferred.load(errand.owner)
        now = self.clock.now()
        if not wanted.looks_for_news or self.take_change is None:
            await self.errands.finish(errand, now=now)
            return
        known = await self.keeper.known(errand.owner, await self.messenger.person(errand.owner))
        if known.provider is None or known.account is None or known.trouble is not None:
            raise known.trouble or NotFound("no account to look with")
        found = await known.provider.bookings(BookingQuery(window=Interval(now, now + watching.AHEAD), limit=100))
        before = watching.read_seen(errand.body)
        for change in watching.changes(before, found, now=now) if before is not None else ():
            await self.take_change(known.account.id, change)
        seen = watching.write_seen(watching.seen_now(found))
        await self.errands.move(errand, now + watching.LOOK_EVERY, body=seen)

    # ── the status ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _status(self, errand: Errand) -> None:
        wanted = await self.preferred.load(errand.owner)
        person = wanted.habits.at_home(await self.messenger.person(errand.owner))
        now = self.clock.now()
        try:
            if wanted.status is None:
                await self.statuses.end(errand)
                await self.errands.finish(errand, now=now)
                return
            provider = await self._provider(errand, person)
            due, body = await self.statuses.look(errand, wanted.status, provider, _zone(person))
        except Unsupported:
            await self._without_consent(errand, wanted)
            return
        await self.errands.move(errand, due, body=body)

    async def _without_consent(self, errand: Errand, wanted: Preferences) -> None:
        """Not given yet: asked again for an hour. Not given then, or taken back: its person hears that it has ended."""
        now = self.clock.now()
        asked = _read_body(errand.body).get("asked", "" if errand.body else now.isoformat())
        if asked and now - datetime.fromisoformat(asked) < _GIVEN_UP:
            await self.errands.move(errand, now + _AGAIN, body=json.dumps({"asked": asked}))
            return
        await self.preferred.save(errand.owner, replace(wanted, status=None))
        await self.errands.finish(errand, now=now)
        await self.voice.say_to(errand.owner, settings_words.status_lost())
        log.info("status.ended")

    # ── meetings ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def _watch(self, errand: Errand) -> None:
        wanted = await self.preferred.load(errand.owner)
        now = self.clock.now()
        if not wanted.is_watching:
            await self.errands.finish(errand, now=now)
            return
        person = wanted.habits.at_home(await self.messenger.person(errand.owner))
        if wanted.note_before is not None:
            await self._make_notes(errand, wanted, person)
        if wanted.agenda is not None:
            await self._refresh_agenda(errand, wanted.agenda, person)
        await self.errands.move(errand, now + _WATCH_EVERY)

    async def _make_notes(self, errand: Errand, wanted: Preferences, person: Person) -> None:
        now, before = self.clock.now(), wanted.note_before or timedelta(0)
        for booking in await self._booked(errand, person, Interval(now, now + _AHEAD)):
            if booking.slot.start > now:
                await self.errands.add(note_of(errand.owner, booking, max(now, booking.slot.start - before)))

    async def _note(self, errand: Errand) -> None:
        wanted = await self.preferred.load(errand.owner)
        person = wanted.habits.at_home(await self.messenger.person(errand.owner))
        now, quiet = self.clock.now(), wanted.quiet
        booking = await self._as_it_stands(errand, person)
        is_quiet = quiet is not None and quiet.covers(now, _zone(person))
        if booking is not None and not is_quiet and now < booking.slot.start + _STARTED:
            context = await self.assistant.context_for(errand.owner, person)
            reply, cards = tell_note(context, booking, colleagues=await self._colleagues(errand.owner))
            await self.assistant.keep_cards(cards)
            stands = await self.messenger.tell(errand.owner, "", reply, once=self._once(errand))
            await self.assistant.delivered(reply, stands)
            log.info("note.told")
        await self.errands.finish(errand, now=now)

    async def _as_it_stands(self, errand: Errand, person: Person) -> Booking | None:
        """The meeting of a note, unless it was cancelled or moved meanwhile."""
        try:
            booking = await (await self._provider(errand, person)).booking(errand.about)
        except NotFound:
            return None
        is_then = booking.slot.start == datetime.fromisoformat(errand.body)
        return booking if booking.status is BookingStatus.BOOKED and is_then else None

    async def _booked(self, errand: Errand, person: Person, window: Interval) -> tuple[Booking, ...]:
        query = BookingQuery(states=(BookingState.UPCOMING, BookingState.PAST), window=window, limit=50)
        found = await (await self._provider(errand, person)).bookings(query)
        return tuple(booking for booking in found if booking.status is BookingStatus.BOOKED)

    async def _colleagues(self, owner: Owner) -> dict[str, str]:
        """The members of the workspace by their mail address, as the surface knows them."""
        found = [one for one in await self.directory.members(owner) if not one.is_deactivated]
        return {one.person.email.lower(): one.person.member for one in found if one.person.email and one.person.member}

    def _once(self, errand: Errand) -> Once:
        """Names the message. An errand that is late may have been sent by a process that died: then it is looked for."""
        is_late = self.clock.now() - errand.due_at >= LEASE
        due = int(errand.due_at.timestamp())
        return Once(key=f"{errand.id}:{due}", maybe_since=errand.due_at if is_late else None)

    async def _provider(self, errand: Errand, person: Person) -> Provider:
        known = await self.keeper.known(errand.owner, person)
        if known.provider is None or known.trouble is not None:
            raise known.trouble or NotFound("no account to look with")
        return known.provider


def _due_here(errand: Errand, wish: AgendaWish, zone: ZoneInfo) -> datetime:
    """When it is due where its person is now: they may have travelled since it was put down."""
    here = wish.rhythm.next_after(errand.due_at - _TRAVELLED, zone)
    return here if here - errand.due_at < timedelta(hours=20) else errand.due_at


def _zone(person: Person) -> ZoneInfo:
    zone = find_zone(person.zone)
    if zone is None:
        raise ValueError(f"{person.zone} is no zone")
    return zone


def _mark(bookings: tuple[Booking, ...]) -> str:
    return ",".join(f"{one.id}@{int(one.slot.start.timestamp())}" for one in bookings)


def _read_body(body: str) -> dict[str, str]:
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
