"""Teams of an account, and the organisation they are in. Hosts without teams are asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import PersonError, Unsupported
from bot.groups import both

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.gateway.calcom.session import Session
    from bot.scheduling.models import Profile, Team


class TeamReads:
    """Reads of one account."""

    def __init__(self, session: Session, profile: Callable[[], Coroutine[object, object, Profile]]) -> None:
        self._session = session
        self._profile = profile

    async def organization_slug(self) -> str:
        """The public name of the account's organisation; empty for none."""
        me = await self._profile()
        if not me.organization:
            return ""
        return await self._session.read(lambda wires: wires.account.organization_slug(me.organization))

    async def all(self) -> tuple[Team, ...]:
        """Without their members."""
        dialect = self._session.dialect
        if not dialect.has_teams:
            raise Unsupported("the host knows no teams", for_person="This Cal.com has no teams.")
        try:
            return await self._and_organization()
        except Unsupported:
            dialect.has_teams = False
            raise

    async def _and_organization(self) -> tuple[Team, ...]:
        teams, me = await both(self._session.read(lambda wires: wires.account.teams()), self._profile())
        if not me.organization:
            return teams
        try:
            inside = await self._session.read(lambda wires: wires.account.teams(me.organization))
        except PersonError:
            return teams
        known = {team.id for team in inside}
        return inside + tuple(team for team in teams if team.id not in known)

    async def with_members(self, team: Team) -> Team:
        """One that does not show them comes without."""
        try:
            members = await self._session.read(lambda wires: wires.account.members(team))
        except PersonError:
            return team
        return replace(team, members=members)
