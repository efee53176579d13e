"""Slack members as people: name, mail, zone. Cached for an hour, dropped when Slack says that a profile changed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.logs import get_logger
from bot.scheduling.models import Person
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.slack.sending.api import SlackDown, SlackRefusal

if TYPE_CHECKING:
    from bot.scheduling.accounts import Owner
    from bot.scheduling.times import Clock
    from bot.slack.sending.api import SlackApi
    from bot.slack.workspaces import Workspaces

log = get_logger("slack.members")

_FRESH_FOR = timedelta(hours=1)
_RETRY_AFTER = timedelta(seconds=10)
"""After a failed question: soon, because until then a person may be nobody in UTC; not at once, because Slack is away."""
NOBODY = "somebody"
"""What a member is called whom Slack has never told us about."""
_MOST_KEPT = 5_000
_MOST_MENTIONED = 10
_MOST_READ = 100


class Members:
    """Knows the members of all teams."""

    def __init__(self, api: SlackApi, workspaces: Workspaces, clock: Clock) -> None:
        self._api = api
        self._workspaces = workspaces
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[datetime, Person]] = {}

    async def asker(self, owner: Owner) -> Person:
        """The person who is talking to us. Without a usable zone of their own they get UTC, which every time then names."""
        person = await self._person(owner.enterprise, owner.team, owner.member)
        return person if person.zone else replace(person, zone="UTC")

    async def mentioned(self, owner: Owner, members: tuple[str, ...]) -> tuple[Person, ...]:
        """The people whom this person mentioned. What Slack does not tell (guests, strangers) stays None."""
        wanted = members[:_MOST_MENTIONED]
        async with asyncio.TaskGroup() as group:
            found = [group.create_task(self._person(owner.enterprise, owner.team, member)) for member in wanted]
        return tuple(task.result() for task in found)

    async def speakers(self, owner: Owner, channel: str, thread: str) -> tuple[str, ...]:
        """Who speaks in a thread, as far as we may read it; bots, ourselves and the asker left out."""
        if not thread:
            return ()
        workspace = await self._workspaces.find(owner.enterprise, owner.team)
        token = workspace.token if workspace else ""
        try:
            answer = await self._api.ask("conversations.replies", token, channel=channel, ts=thread, limit=_MOST_READ)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.thread_unread", why_code=getattr(error, "code", "down"))
            return ()
        found = [_table(one) for one in answer.get("messages") or () if isinstance(one, dict)]
        said = [_text(one.get("user")) for one in found if not one.get("bot_id")]
        ours = {owner.member, workspace.bot_user if workspace else "", ""}
        return tuple(dict.fromkeys(member for member in said if member not in ours))

    def drop(self, team: str, member: str) -> None:
        """Their profile changed: ask anew next time. What was known stays in hand, should Slack not answer then."""
        if known := self._known.get((team, member)):
            self._known[team, member] = (self._clock.now(), known[1])

    async def _person(self, enterprise: str, team: str, member: str) -> Person:
        known = self._known.get((team, member))
        now = self._clock.now()
        if known and now < known[0]:
            return known[1]
        person = await self._ask(enterprise, team, member)
        if person.name:
            return self._keep(team, member, person, until=now + _FRESH_FOR)
        if known and known[1].name != NOBODY:  # stale beats nothing
            return self._keep(team, member, replace(known[1], is_stale=True), until=now + _RETRY_AFTER)
        return self._keep(team, member, replace(person, name=NOBODY), until=now + _RETRY_AFTER)

    def _keep(self, team: str, member: str, person: Person, *, until: datetime) -> Person:
        if len(self._known) >= _MOST_KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[team, member] = (until, person)
        return person

    async def _ask(self, enterprise: str, team: str, member: str) -> Person:
        try:
            workspace = await self._workspaces.find(enterprise, team)
            token = workspace.token if workspace else ""
            return to_person(member, await self._api.ask("users.info", token, user=member, include_locale="true"))
        except (SlackRefusal, SlackDown) as error:
            log.warning("slack.member_unknown", member=member, why_code=getattr(error, "code", "down"))
            return Person(name="", member=member)


def to_person(member: str, answer: dict[str, Any]) -> Person:
    """What `users.info` says, as a person. https://docs.slack.dev/reference/methods/users.info"""
    user = _table(answer.get("user"))
    profile = _table(user.get("profile"))
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    zone = find_zone(_text(user.get("tz")))
    return Person(
        name=next((name for name in map(_text, names) if name), ""),
        email=_text(profile.get("email")) or None,
        zone=zone.key if zone else None,
        locale=_text(user.get("locale")),
        member=member,
    )


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
