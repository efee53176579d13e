"""What each `Look` asks for: one row a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue.acts import Look
from bot.errors import Bug, NotConnected, NotFound, PencilError, PersonError, Unsupported
from bot.groups import both, side_by_side
from bot.scheduling.hosting import Feature, FeatureState, Offered, UsedBy
from bot.scheduling.models import BookingQuery, BookingState

if TYPE_CHECKING:
    from bot.dialogue.acts import LookUp
    from bot.loop.accounts import AccountKeeper, KnownAccounts
    from bot.scheduling.accounts import Owner
    from bot.scheduling.provider import Provider


_MOST_SCHEDULES = 4
"""Schedules of which it is asked which types use them."""


async def look_up(effect: LookUp, keeper: AccountKeeper, known: KnownAccounts, owner: Owner) -> tuple[object, ...]:
    """The nouns that the effect asks for. Raises the errors of the provider port."""
    match effect.what:
        case Look.ACCOUNTS:
            return tuple(keeper.facts(account) for account in await keeper.accounts.accounts_of(owner))
        case Look.CONNECTION:
            return (await _connection(effect.argument, keeper, owner),)
        case _:
            if known.provider is None:
                raise NotConnected("no account to look with")
            return await _ask(effect, known.provider)


async def _connection(account_id: str, keeper: AccountKeeper, owner: Owner) -> object:
    account = await keeper.accounts.account(account_id)
    if account is None or account.owner != owner:
        raise NotFound("no such account of this owner")
    account, url = await keeper.refresh(account, is_asked=True)
    return keeper.facts(account, url=url)


async def _ask(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    match effect.what:
        case Look.BOOKING | Look.HOLD | Look.RECORDS | Look.ROOM | Look.CALENDAR_LINKS:
            return await _by_id(effect, provider)
        case Look.PROFILE:
            return (await provider.profile(),)
        case Look.EVENT_TYPES:
            if effect.argument:
                return await provider.public_event_types(effect.argument)
            return await provider.event_types()
        case Look.SCHEDULES:
            return await _schedules(effect, provider)
        case Look.CALENDARS:
            return await provider.calendars()
        case Look.CONFERENCING:
            return await _conferencing(provider)
        case Look.BUSY:
            return await _busy(effect, provider)
        case Look.TEAMS:
            return await provider.teams()
        case Look.WEBHOOKS:
            return await provider.webhooks()
        case Look.DAY:
            return await _day(effect, provider)
        case Look.ABSENCE:
            return await _absence(effect, provider)
        case Look.FORMS | Look.SUBMISSIONS | Look.ROUTED:
            return await _of_form(effect, provider)
        case Look.EMAILS:
            return await provider.verified_emails()
        case Look.ACCOUNTS | Look.CONNECTION | Look.PREFERENCES | Look.HOLDS | Look.STANDING:
            raise Bug(f"{effect.what} needs no provider")
        case _:
            assert_never(effect.what)


async def _schedules(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    """Schedules, and where it is asked for which types they count for; what a provider does not tell is left out."""
    schedules = await provider.schedules()
    if not effect.argument:
        return schedules
    used = await side_by_side([_used_by(schedule.id, provider) for schedule in schedules[:_MOST_SCHEDULES]])
    return (*schedules, *(one for one in used if one is not None))


async def _used_by(schedule: str, provider: Provider) -> UsedBy | None:
    try:
        kinds = await provider.types_using(schedule)
    except PencilError:
        return None
    return UsedBy(schedule=schedule, titles=tuple(kind.title for kind in kinds))


async def _by_id(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    """What hangs on one booking or one hold."""
    match effect.what:
        case Look.HOLD:
            hold = await provider.held(effect.argument)
            return () if hold is None else (hold,)
        case Look.RECORDS:
            return await provider.records(effect.argument)
        case Look.ROOM:
            return (await provider.room(effect.argument),)
        case Look.CALENDAR_LINKS:
            return await provider.calendar_links(effect.argument)
        case _:
            return (await provider.booking(effect.argument),)


async def _busy(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    if effect.window is None:
        raise Bug("busy times need a window")
    return await provider.busy_times(effect.window, effect.argument or "UTC")


async def _day(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    """Hours, busy times and bookings. Busy times that a provider does not tell, or of a day that is over, are left out."""
    if effect.window is None:
        raise Bug("a day needs a window")
    query = BookingQuery(states=(BookingState.UPCOMING, BookingState.REQUESTED), window=effect.window)
    schedules, bookings = await both(provider.schedules(), provider.bookings(query))
    try:
        busy = await provider.busy_times(effect.window, effect.argument or "UTC")
    except PersonError:
        busy = ()
    return (*schedules, *bookings, *busy)


async def _absence(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    """Days off as the host keeps them: an out of office of its own, or the schedules alone."""
    schedules, teams = await both(provider.schedules(), _teams(effect, provider))
    try:
        aways: tuple[object, ...] = await provider.aways()
    except Unsupported:
        aways = (FeatureState(feature=Feature.AWAY, offered=Offered.NO),)
    return (*schedules, *teams, *aways)


async def _teams(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    try:
        return await provider.teams() if effect.argument else ()
    except PersonError:
        return ()


async def _of_form(effect: LookUp, provider: Provider) -> tuple[object, ...]:
    """Routing forms, what was answered in one, or where answers lead."""
    if effect.what is Look.FORMS:
        return await provider.routing_forms()
    if effect.what is Look.SUBMISSIONS:
        if effect.form is None:
            raise Bug("submissions are of a form")
        return await provider.form_submissions(effect.form)
    if effect.window is None:
        raise Bug("routing needs a window")
    return (await provider.route(effect.argument, effect.answers, effect.window, effect.zone),)


async def _conferencing(provider: Provider) -> tuple[object, ...]:
    """The connected apps; where those are not told, the places that may be offered."""
    try:
        return await provider.conferencing()
    except Unsupported:
        places = await provider.meeting_places()
        if not places:
            raise
        return places
