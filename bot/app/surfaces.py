"""Who is known and how people are reached, for rooms that are built before a surface is: it comes in later, or never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import Unsupported

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.acts import Reply
    from bot.loop.messenger import Once
    from bot.loop.reminding.channels import Announcer
    from bot.loop.reminding.keeping import Voice
    from bot.loop.together.letters import Post
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person
    from bot.scheduling.reminding.status import ShownStatus, Statuses
    from bot.scheduling.together.directory import Directory, Member

_NO_CHANNELS = "There are no channels here; I can tell you directly."
_NO_STATUS = "There are no statuses here."
_UNHEARD = "I cannot write to anybody else from here."


class Faces:
    """Who is known, as the surface tells once it has come in; before that, nobody."""

    def __init__(self) -> None:
        self.surface: Directory | None = None

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        """Everybody in the owner's workspace."""
        return await self.surface.members(owner) if self.surface else ()

    async def member(self, owner: Owner) -> Member | None:
        """That member."""
        return await self.surface.member(owner) if self.surface else None

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        """The members of a group."""
        return await self.surface.group(owner, group) if self.surface else ()

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        """Who takes part in a thread."""
        return await self.surface.thread(owner, place) if self.surface else ()


class Boards:
    """Where statuses are shown, once the surface has come in; before that, nowhere."""

    def __init__(self) -> None:
        self.surface: Statuses | None = None

    async def consent_link(self, owner: Owner) -> str:
        """Where the person consents."""
        return await self._shown_at.consent_link(owner)

    async def shown(self, owner: Owner) -> ShownStatus | None:
        """What stands there now."""
        return await self._shown_at.shown(owner)

    async def show(self, owner: Owner, status: ShownStatus | None) -> None:
        """This from now on."""
        await self._shown_at.show(owner, status)

    async def quiet_until(self, owner: Owner) -> datetime | None:
        """When notifications come back."""
        return await self._shown_at.quiet_until(owner)

    async def disturb_not(self, owner: Owner, minutes: int) -> None:
        """No notifications for so many minutes."""
        await self._shown_at.disturb_not(owner, minutes)

    @property
    def _shown_at(self) -> Statuses:
        if self.surface is None:
            raise Unsupported("no surface with statuses", for_person=_NO_STATUS)
        return self.surface


class Voices:
    """What is said to others, once the surface has come in; before that, nobody hears it.

    `surface` says a sentence to somebody, `post_office` brings cards to people and places, `announcer` writes in channels.
    """

    def __init__(self) -> None:
        self.surface: Voice | None = None
        self.post_office: Post | None = None
        self.announcer: Announcer | None = None
        self.boards = Boards()

    async def say_to(self, owner: Owner, text: str) -> None:
        """A message to that member."""
        if self.surface is None:
            raise Unsupported("no surface to speak through", for_person=_UNHEARD)
        await self.surface.say_to(owner, text)

    async def tell(self, owner: Owner, place: str, reply: Reply) -> str:
        """Edit the card at `place`, or write to the person."""
        return await self._post.tell(owner, place, reply)

    async def post(self, owner: Owner, place: str, reply: Reply) -> str:
        """A new message there, for everybody who reads along."""
        return await self._post.post(owner, place, reply)

    async def announce(self, owner: Owner, channel: str, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """In that channel, for everybody there."""
        if self.announcer is None:
            raise Unsupported("no surface with channels", for_person=_NO_CHANNELS)
        return await self.announcer.announce(owner, channel, place, reply, once=once)

    @property
    def _post(self) -> Post:
        if self.post_office is None:
            raise Unsupported("no surface to post through", for_person=_UNHEARD)
        return self.post_office
