"""The members of each workspace as a directory: names, nicknames, guests, who has left. Implements `Directory`.

`users.list` is read page by page, kept for an hour and bounded; what Slack says has changed is read again one by one. One
team's list is read by one caller at a time, the others wait for it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.logs import get_logger
from bot.scheduling.together.directory import Member
from bot.slack.receiving.members import to_person
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.slack.sending.places import read_place
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person
    from bot.scheduling.times import Clock
    from bot.slack.sending.api import SlackApi
    from bot.slack.workspaces import Workspaces

log = get_logger("slack.roster")

_FRESH_FOR = timedelta(hours=1)
_RETRY_AFTER = timedelta(minutes=1)
_PAGE = 200
_MOST_PAGES = 100
_PATIENCE = 4.0
"""Seconds that a turn waits for a long list."""
_MOST_TEAMS = 200
_MOST_CHANGED = 20
"""Above so many changes the whole list is read again."""
_MOST_IN_GROUP = 20
_MOST_REPLIES = 200


@dataclass(slots=True)
class _Team:
    """What is known of a workspace. `good_until` None: nothing yet."""

    members: dict[str, Member] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    good_until: datetime | None = None
    cursor: str = ""
    """Where a list that was too long for one turn goes on."""
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)


class Roster:
    """Knows the members of all teams."""

    def __init__(self, api: SlackApi, workspaces: Workspaces, clock: Clock) -> None:
        self._api = api
        self._workspaces = workspaces
        self._clock = clock
        self._teams: OrderedDict[tuple[str, str], _Team] = OrderedDict()

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        """Everybody in the owner's workspace; what was known last when Slack does not tell just now."""
        team = self._team(owner)
        async with team.reading:
            try:
                await self._refresh(owner, team)
            except (SlackRefusal, SlackDown) as error:
                log.warning("slack.roster_unread", why_code=getattr(error, "code", "down"))
                team.good_until = self._clock.now() + _RETRY_AFTER
        return tuple(team.members.values())

    async def member(self, owner: Owner) -> Member | None:
        """That member, from the list if it is there already, else by asking for this one."""
        team = self._team(owner)
        known = team.members.get(owner.member)
        if known is not None and owner.member not in team.changed and self._is_good(team):
            return known
        try:
            return await self._ask(owner, owner.member)
        except (SlackRefusal, SlackDown) as error:
            log.warning("slack.member_unknown", member=owner.member, why_code=getattr(error, "code", "down"))
            return None

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        """The group's members, by its handle or name; empty without the scope `usergroups:read`."""
        try:
            answer = await self._api.ask("usergroups.list", await self._token(owner), include_users="true")
            return await self._several(owner, _in_group(answer.get("usergroups"), group))
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.group_unread", why_code=getattr(error, "code", "down"))
            return ()

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        """Who wrote in the thread of that message, or reacted to its first one; guests of other workspaces too."""
        spot = read_place(place)
        if spot is None or not spot.thread:
            return ()
        try:
            asked = {"channel": spot.channel, "ts": spot.thread, "limit": _MOST_REPLIES}
            answer = await self._api.ask("conversations.replies", await self._token(owner), **asked)
            return await self._several(owner, _taking_part(answer.get("messages")))
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.thread_unread", why_code=getattr(error, "code", "down"))
            return ()

    async def _several(self, owner: Owner, ids: list[str]) -> tuple[Person, ...]:
        wanted = list(dict.fromkeys(ids))[:_MOST_IN_GROUP]
        async with asyncio.TaskGroup() as tasks:
            asked = [tasks.create_task(self.member(_as(owner, one))) for one in wanted]
        found = [member for task in asked if (member := task.result()) is not None]
        return tuple(member.person for member in found if not member.is_deactivated)

    def changed(self, team_id: str, member: str) -> None:
        """Slack says that this member is new or different."""
        for (_, known), team in self._teams.items():
            if known == team_id:
                team.changed.add(member)

    def _team(self, owner: Owner) -> _Team:
        key = (owner.enterprise, owner.team)
        team = self._teams.setdefault(key, _Team())
        self._teams.move_to_end(key)
        while len(self._teams) > _MOST_TEAMS:
            self._teams.popitem(last=False)
        return team

    def _is_good(self, team: _Team) -> bool:
        return team.good_until is not None and self._clock.now() < team.good_until

    async def _refresh(self, owner: Owner, team: _Team) -> None:
        if team.cursor or not self._is_good(team) or len(team.changed) > _MOST_CHANGED:
            await self._read(owner, team)
            return
        for member in tuple(team.changed):
            found = await self._ask(owner, member)
            team.changed.discard(member)
            if found is not None:
                team.members[member] = found

    async def _read(self, owner: Owner, team: _Team) -> None:
        """Read on, for as long as a turn can wait; the next one goes on where this one stopped."""
        token = await self._token(owner)
        whose = {"team_id": owner.team} if owner.enterprise and owner.team else {}
        until = asyncio.get_running_loop().time() + _PATIENCE
        known = dict(team.members) if team.cursor else {}
        for _ in range(_MOST_PAGES):
            more = {"cursor": team.cursor} if team.cursor else {}
            answer = await self._api.ask("users.list", token, limit=_PAGE, **whose, **more)
            rows = answer.get("members")
            for row in rows if isinstance(rows, list) else ():
                member = to_member(row, owner.team)
                if member is not None:
                    known[member.person.member or ""] = member
            paging = answer.get("response_metadata")
            team.cursor = str(paging.get("next_cursor") or "") if isinstance(paging, dict) else ""
            if not team.cursor or asyncio.get_running_loop().time() > until:
                break
        team.members = known if not team.cursor else team.members | known
        team.changed.clear()
        team.good_until = self._clock.now() + _FRESH_FOR
        log.info("slack.roster_read", members=len(team.members), is_whole=not team.cursor)

    async def _ask(self, owner: Owner, member: str) -> Member | None:
        answer = await self._api.ask("users.info", await self._token(owner), user=member)
        return to_member(answer.get("user"), owner.team)

    async def _token(self, owner: Owner) -> str:
        workspace = await self._workspaces.find(owner.enterprise, owner.team)
        if workspace is None:
            raise SlackRefusal("users.list", "not_installed")
        return workspace.token


def _in_group(groups: object, named: str) -> list[str]:
    """The members of the group of that id, handle or name."""
    wanted = named.casefold().lstrip("@").removesuffix(" team").strip()
    for group in groups if isinstance(groups, list) else ():
        if isinstance(group, dict) and wanted in {
            str(group.get(key) or "").casefold() for key in ("id", "handle", "name")
        }:
            users = group.get("users")
            return [one for one in users if isinstance(one, str)] if isinstance(users, list) else []
    return []


def _taking_part(messages: object) -> list[str]:
    """The authors of the messages, and who reacted to the first."""
    rows = [one for one in messages if isinstance(one, dict)] if isinstance(messages, list) else []
    wrote = [row["user"] for row in rows if isinstance(row.get("user"), str) and not row.get("bot_id")]
    reactions = rows[0].get("reactions") if rows else None
    for reaction in reactions if isinstance(reactions, list) else ():
        users = reaction.get("users") if isinstance(reaction, dict) else None
        wrote += [one for one in users if isinstance(one, str)] if isinstance(users, list) else []
    return wrote


def to_member(user: object, team: str) -> Member | None:
    """What Slack says of a user, as a member of that team; None for bots and what is no user.

    https://docs.slack.dev/reference/objects/user-object
    """
    if not isinstance(user, dict) or not isinstance(user.get("id"), str) or not user["id"]:
        return None
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return None
    person = to_person(user["id"], {"user": user})
    if not person.name:
        return None
    profile = user.get("profile") if isinstance(user.get("profile"), dict) else {}
    other = user.get("team_id")
    is_foreign = bool(team) and isinstance(other, str) and other not in {"", team} and not _is_in(user, team)
    return Member(
        person=person,
        nicknames=_nicknames(user, profile or {}, person.name),
        is_guest=is_foreign or any(user.get(mark) is True for mark in _GUEST_MARKS),
        is_deactivated=user.get("deleted") is True,
    )


_GUEST_MARKS = ("is_restricted", "is_ultra_restricted", "is_stranger")


def _is_in(user: dict[str, Any], team: str) -> bool:
    """Whether a member of an organisation belongs to that one of its workspaces."""
    enterprise = user.get("enterprise_user")
    teams = enterprise.get("teams") if isinstance(enterprise, dict) else None
    return isinstance(teams, list) and team in teams


def _nicknames(user: dict[str, Any], profile: dict[str, Any], name: str) -> tuple[str, ...]:
    given = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    names = [one.strip() for one in given if isinstance(one, str) and one.strip()]
    return tuple(one for one in dict.fromkeys(names) if one != name)


def _as(owner: Owner, member: str) -> Owner:
    return type(owner)(owner.enterprise, owner.team, member)
