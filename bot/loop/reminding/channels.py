"""News in channels: which hear of which event type, and the message of each booking there. Names, never addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.dialogue.acts import Reply
from bot.dialogue.outcomes.news import public_news
from bot.dialogue.wording import news as words
from bot.errors import Unsupported
from bot.logs import get_logger
from bot.loop.messenger import Once
from bot.scheduling.reminding.telling import About, Posting
from bot.values import dataclass

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Booking, BookingChange
    from bot.scheduling.reminding.telling import BookingPlaces, Postings
    from bot.scheduling.times import Clock

log = get_logger("channels")


class Announcer(Protocol):
    """Writes in a channel that a person has named, for everybody there."""

    async def announce(self, owner: Owner, channel: str, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """Edit what stands at `place` there (with the line for its thread), or post it; where it stands now.

        Raises `Unsupported` where we may not write.
        """
        ...


class Crier(Announcer, Protocol):
    """Announces, and says a sentence to one person."""

    async def say_to(self, owner: Owner, text: str) -> None:
        """A message in that member's direct messages with us."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Keeps which channels hear what, and tells them."""

    postings: Postings
    places: BookingPlaces
    voice: Crier
    clock: Clock

    async def begin(self, posting: Posting, intro: str) -> None:
        """From now on, and the channel reads so itself."""
        await self.greet(posting.owner, posting.channel, intro)
        await self.postings.post(posting, now=self.clock.now())
        log.info("channel.begun")

    async def greet(self, owner: Owner, channel: str, intro: str) -> None:
        """Say there what will come, which also shows that we may write there. Raises `Unsupported` where we may not."""
        await self.voice.announce(owner, channel, "", Reply(text=intro))

    async def end(self, owner: Owner, *, channel: str, event_type: str) -> int:
        """No more there, or of that type; how many ended."""
        return await self.postings.stop_posting(owner, channel=channel, event_type=event_type)

    async def of(self, owner: Owner) -> tuple[Posting, ...]:
        """What the person has posted."""
        return await self.postings.postings_of(owner)

    async def tell(self, owner: Owner, change: BookingChange, booking: Booking, zone: ZoneInfo, key: Once) -> None:
        """Tell every channel that hears of this event type."""
        if not booking.event_type:
            return
        reply = public_news(change, booking, zone, self.clock.now())
        if reply is None:
            return
        for posting in await self.postings.postings_of(owner):
            if posting.event_type == booking.event_type:
                await self._tell_one(posting, change, booking, reply, key)

    async def _tell_one(
        self, posting: Posting, change: BookingChange, booking: Booking, reply: Reply, key: Once
    ) -> None:
        owner, channel = posting.owner, posting.channel
        place = await self.places.place_of(owner, (change.booking, change.previous), channel=channel)
        once = Once(key=f"{key.key}:{channel}", maybe_since=key.maybe_since)
        try:
            stands = await self.voice.announce(owner, channel, place, reply, once=once)
        except Unsupported:
            await self.postings.stop_posting(owner, channel=channel)
            await self.voice.say_to(owner, words.channel_lost())
            log.warning("channel.lost")
            return
        about = About(owner=owner, bookings=tuple({booking.id: None, change.booking: None}))
        await self.places.put_place(about, stands, channel=channel, now=self.clock.now())
        log.info("channel.told", kind=str(change.kind))
