"""Carries out what concerns colleagues: consents, shares, polls, questions to them. Knows ports only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, assert_never

from bot.dialogue.acts import Done
from bot.dialogue.acts.together import (
    Asked,
    AskOnce,
    CloseThePoll,
    FindPeople,
    FindTogether,
    KeepConsent,
    KeepPoll,
    KeepShare,
    LookAtShare,
    PeopleFound,
    PollFound,
    Remember,
    ShareFound,
    TogetherFound,
    Vote,
)
from bot.errors import NotConnected
from bot.groups import both, side_by_side
from bot.logs import get_logger
from bot.loop.together.looking import window_of
from bot.loop.together.published import Through
from bot.scheduling.together.polls import VoteVerdict
from bot.scheduling.together.sharing import Consent
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.acts import Outcome
    from bot.dialogue.acts.together import TogetherEffect
    from bot.loop.accounts import KnownAccounts
    from bot.loop.together.looking import Colleagues
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person
    from bot.scheduling.together.polls import Poll, Polls
    from bot.scheduling.together.sharing import Consents, Share, Shares

log = get_logger("circle")

LAST_MINUTES = timedelta(minutes=5)
"""How long a poll that everybody has answered stays open for changes."""


class Once(Protocol):
    """Remembers what was done already."""

    async def claim_delivery(self, key: str, now: datetime) -> bool:
        """True for the first who brings this key."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """What is done for several people."""

    colleagues: Colleagues
    consents: Consents
    shares: Shares
    polls: Polls
    once: Once

    async def do(
        self, effect: TogetherEffect, owner: Owner, asker: Person, known: KnownAccounts, *, place: str
    ) -> Outcome:
        """Perform one effect; `place` is where the talk is. Raises provider errors and `StoreDown`."""
        now = self.colleagues.clock.now()
        match effect:
            case FindPeople():
                return await self._people(effect, owner, known, place)
            case FindTogether():
                return await self._find(effect, owner, known)
            case KeepConsent():
                await self._consent(effect, owner, known, now)
                return Done(effect=effect)
            case KeepShare(share=share):
                await self.shares.save_share(share)
                log.info("share.kept", slots=len(share.slots), most=share.most)
                return ShareFound(share=share)
            case LookAtShare(share=share_id, ends=ends):
                return await self._share(share_id, owner, now, ends=ends)
            case KeepPoll(poll=poll):
                await self.polls.save_poll(poll)
                log.info("poll.kept", slots=len(poll.slots), invited=len(poll.invited))
                return PollFound(poll=poll)
            case Vote():
                return await self._vote(effect, owner, asker, now)
            case CloseThePoll(poll=poll_id):
                await self.polls.close_poll(poll_id, now=now)
                return PollFound(poll=await self.polls.poll(poll_id))
            case AskOnce(person=person):
                day = now.date().isoformat()
                if not await self.colleagues.may_look(owner):
                    return Asked(person=person, is_first=False, is_allowed=False)
                key = f"ask:{owner.enterprise}:{owner.team}:{person.member}:{day}"
                return Asked(person=person, is_first=await self.once.claim_delivery(key, now))
            case Remember(person=person):
                await self.colleagues.addresses.remember(owner, person)
                return Done(effect=effect)
            case _:
                assert_never(effect)

    async def _vote(self, effect: Vote, owner: Owner, asker: Person, now: datetime) -> PollFound:
        """The poll with that vote. That everybody has answered is told when it comes to be so, when what comes of it is
        another thing, and again where the telling may be lost; from then on there are some minutes left to change one's mind.
        """
        before = await self.polls.poll(effect.poll)
        if effect.only_looks:
            return PollFound(poll=before, is_full=before is not None and before.has_everybody)
        verdict = await self.polls.vote(effect.poll, owner, asker.name, effect.option, now=now)
        poll = await self.polls.poll(effect.poll)
        if before is None or poll is None or not poll.has_everybody:
            return PollFound(poll=poll, counts=verdict is not VoteVerdict.CLOSED)
        is_full = before.has_everybody and before.outcome != poll.outcome
        if await self.once.claim_delivery(f"full:{effect.poll}", now):
            await self.polls.close_by(effect.poll, at=now + LAST_MINUTES)
            poll, is_full = await self.polls.poll(effect.poll), True
        return PollFound(poll=poll, counts=verdict is not VoteVerdict.CLOSED, is_full=is_full)

    async def _people(self, effect: FindPeople, owner: Owner, known: KnownAccounts, place: str) -> Outcome:
        found = await self.colleagues.find(owner, effect.names, known.provider) if effect.names else ()
        gathered = [await self.colleagues.group(owner, group) for group in effect.groups]
        if effect.in_thread:
            gathered.append(await self.colleagues.directory.thread(owner, place))
        return PeopleFound(found=found, gathered=tuple(one for group in gathered for one in group))

    async def shares_free(self, owner: Owner) -> bool:
        """Whether every colleague may see when the owner is free."""
        now = self.colleagues.clock.now()
        consents = await self.consents.consents_of(owner)
        return any(not one.is_refusal and not one.viewer and (one.until is None or now < one.until) for one in consents)

    async def standing(self, owner: Owner) -> tuple[tuple[Poll, ...], tuple[Share, ...]]:
        """The polls and shares of the owner that are open."""
        now = self.colleagues.clock.now()
        return await both(self.polls.polls_of(owner, now=now), self.shares.shares_of(owner, now=now))

    async def _find(self, effect: FindTogether, owner: Owner, known: KnownAccounts) -> Outcome:
        provider = known.provider
        if provider is None:
            raise NotConnected("no account to ask with")
        finding = side_by_side([provider.find_slots(query) for query in effect.queries])
        through = Through(account=known.account.id, provider=provider) if known.account is not None else None
        window = window_of(effect.queries)
        looking = self.colleagues.look(owner, effect.people, window, through=through, length=effect.length)
        slots, seen = await both(finding, looking)
        return TogetherFound(slots=slots, people=seen)

    async def _consent(self, effect: KeepConsent, owner: Owner, known: KnownAccounts, now: datetime) -> None:
        if effect.is_withdrawn:
            await self.consents.withdraw(owner, now=now)
            return
        if known.account is None:
            raise NotConnected("no account to share the free times of")
        consent = Consent(owner=owner, account=known.account.id, viewer=effect.viewer, until=effect.until)
        await self.consents.grant(consent, now=now)

    async def _share(self, share_id: str, owner: Owner, now: datetime, *, ends: bool) -> ShareFound:
        share = await self.shares.share(share_id, now=now)
        if share is None:
            return ShareFound(share=None)
        if ends and share.owner == owner:
            await self.shares.end_share(share_id, now=now)
            share = await self.shares.share(share_id, now=now)
        return ShareFound(share=share, may_pick=share is not None and await self.may_pick(share, owner))

    async def may_pick(self, share: Share, owner: Owner) -> bool:
        """Whether that is a colleague the share is for: no guest, nobody from outside, nobody who cannot be told."""
        if not share.is_for(owner):
            return False
        member = await self.colleagues.directory.member(owner)
        return member is not None and not member.is_guest and not member.is_deactivated
