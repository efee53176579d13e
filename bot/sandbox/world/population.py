"""Who lives in the practice world: the bare world of seed 0, and the invented team of every other seed.

Everything is invented, and the same for the same seed and key. A new key gets an account of its own with hours, event
types, a few meetings and outside appointments; 14:00 on weekdays stays free of the latter, so that a first try works.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.world.accounts import Account, Hints
from bot.sandbox.world.calendar import Booking, Busy, EventType, Guest, Schedule, State, Team, World
from bot.sandbox.world.forms import give_own_form, give_team_forms
from bot.scheduling.models import Hours
from bot.scheduling.times import find_zone, wall_to_instant

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOME = "Europe/Berlin"
_TEAM_APP = "cal-com"
"""Only Cal.com people have teams: the other provider's members come with its own site."""
_WORKDAYS = (0, 1, 2, 3, 4)
_COLLEAGUES = (
    ("Priya Raman", "priya", "Europe/London", "Sells, talks fast, keeps her mornings for customers."),
    ("Dana Weiss", "dana", "Europe/Berlin", "Designs. Likes short meetings and long walks."),
    ("Mateo Silva", "mateo", "Europe/Lisbon", "Contracts and coffee, in that order."),
    ("Omar Haddad", "omar", "America/New_York", "Looks after support from across the ocean."),
    ("Yuki Tanaka", "yuki", "Asia/Tokyo", "Builds things while the others sleep."),
)
_STRANGERS = (
    ("Robin Falk", "robin"),
    ("Selma Brandt", "selma"),
    ("Theo Lindqvist", "theo"),
    ("Nadia Osei", "nadia"),
    ("Jonas Petri", "jonas"),
)
_APPOINTMENTS = ("Stand-up", "Deep work", "Dentist", "School run", "Design review", "Gym", "Payroll", "Hiring panel")
_MEETINGS = (("Kai Brunner", "kai"), ("Lena Ostrow", "lena"), ("Ravi Menon", "ravi"), ("Ines Duarte", "ines"))
_REPEATING: tuple[str, str, tuple[int, ...], dict[str, Any]] = (
    "Weekly coaching",
    "weekly-coaching",
    (60,),
    {"recurrence": {"interval": 1, "occurrences": 6, "frequency": "weekly"}},
)
"""Only Cal.com has event types that repeat by themselves."""
_FREE_HOURS = (14,)
_DAYS_AHEAD = 28


def populate(world: World) -> None:
    """The inhabitants who are there before anybody calls."""
    if world.seed == 0:
        for name, username in (("Hana Host", "host"), ("Otto Other", "other")):
            account = _settle(world, _TEAM_APP, name, f"{username}@example.com", username, _HOME)
            world.unclaimed.append(account.id)
        return
    members = tuple(
        _furnish(
            world, _introduce(world, _settle(world, _TEAM_APP, name, f"{username}@acme.io", username, zone), bio)
        ).id
        for name, username, zone, bio in _COLLEAGUES
    )
    organization = Team(id=world.number("team"), name="Acme", slug="acme", members=members, is_organization=True)
    sales = Team(id=world.number("team"), name="Sales", slug="sales", members=members[:3], parent=organization.id)
    support = Team(
        id=world.number("team"), name="Support", slug="support", members=members[1:4], parent=organization.id
    )
    world.teams = {team.id: team for team in (organization, sales, support)}
    for member in members:
        world.accounts[member] = replace(world.accounts[member], organization=organization.id)
    _team_type(world, sales, "Sales demo", "sales-demo", 45, "roundRobin")
    _team_type(world, sales, "Contract review", "contract-review", 60, "collective")
    _team_type(world, support, "Support call", "support-call", 30, "roundRobin")
    give_team_forms(world)


def open_account(world: World, app: str, key: str, hints: Hints) -> Account:
    """The account that belongs to a key or connection; made on first sight."""
    known = world.keys.get((app, key))
    if known is not None:
        return world.accounts[known]
    account = _claim(world, app, hints) or _arrive(world, app, key, hints)
    world.keys[(app, key)] = account.id
    return account


def _claim(world: World, app: str, hints: Hints) -> Account | None:
    """An account that was waiting: the next of the bare world, or the colleague with that address."""
    waiting = next((i for i in world.unclaimed if world.accounts[i].app == app), None)
    if waiting is not None:
        world.unclaimed.remove(waiting)
        return world.accounts[waiting]
    taken = set(world.keys.values())
    same = (a for a in world.accounts.values() if a.app == app and hints.email and a.email == hints.email)
    return next((account for account in same if account.id not in taken), None)


def _arrive(world: World, app: str, key: str, hints: Hints) -> Account:
    count = sum(1 for known_app, _ in world.keys if known_app == app)
    names = (("Hana Host", "host"), ("Otto Other", "other")) if world.seed == 0 else _STRANGERS
    name, username = names[count % len(names)]
    if count >= len(names):
        username = f"{username}{count + 1}"
    if hints.name or hints.email:
        name = hints.name or hints.email.partition("@")[0]
        username = _username(world, app, name)
    email = hints.email or f"{username}@{'example.com' if world.seed == 0 else 'example.org'}"
    zone = hints.zone if find_zone(hints.zone) else _HOME
    account = _settle(world, app, name, email, username, zone)
    if world.seed == 0:
        return account
    return _furnish(world, _join(world, account), key)


def _username(world: World, app: str, name: str) -> str:
    plain = "".join(
        letter for letter in name.lower().replace(" ", "-") if letter.isascii() and (letter.isalnum() or letter == "-")
    )
    plain = plain or "guest"
    taken = {account.username for account in world.accounts.values() if account.app == app}
    return next(
        candidate for n in range(1, len(taken) + 3) if (candidate := plain if n == 1 else f"{plain}-{n}") not in taken
    )


def _settle(world: World, app: str, name: str, email: str, username: str, zone: str) -> Account:
    """An account with nothing but working hours."""
    account_id = world.number("account")
    schedule = Schedule(
        id=world.number("schedule"),
        owner=account_id,
        name="Working hours",
        zone=zone,
        hours=(Hours(weekdays=_WORKDAYS, start=time(9), end=time(17)),),
    )
    world.schedules[schedule.id] = schedule
    account = Account(
        id=account_id, app=app, name=name, email=email, username=username, zone=zone, default_schedule=schedule.id
    )
    world.accounts[account.id] = account
    return account


def _introduce(world: World, account: Account, bio: str) -> Account:
    world.accounts[account.id] = replace(account, profile={"bio": bio})
    return world.accounts[account.id]


def _join(world: World, account: Account) -> Account:
    """Make a newcomer a member of the organization and its first team."""
    organization = next((team for team in world.teams.values() if team.is_organization), None)
    if organization is None or account.app != _TEAM_APP:
        return account
    for team in list(world.teams.values())[:2]:
        world.teams[team.id] = replace(team, members=(*team.members, account.id))
    world.accounts[account.id] = replace(account, organization=organization.id)
    return world.accounts[account.id]


def _furnish(world: World, account: Account, key: str = "") -> Account:
    """Event types, outside appointments and some meetings."""
    types = tuple(_personal_types(world, account))
    for kind in types:
        world.event_types[kind.id] = kind
    source = world.randomness("calendar", account.app, account.username, key)
    today = world.now().astimezone(_zone(account)).date()
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        if day.weekday() in _WORKDAYS:
            for hour in source.sample([h for h in range(9, 17) if h not in _FREE_HOURS], k=source.choice((0, 1, 1, 2))):
                _appoint(
                    world,
                    account,
                    day,
                    time(hour, source.choice((0, 30)) if hour + 1 not in _FREE_HOURS else 0),
                    source,
                )
    if account.app != _TEAM_APP:
        give_own_form(world, account, types[0].id)
    for offset, (name, user) in enumerate(source.sample(_MEETINGS, k=2)):
        _meet(world, account, types[offset % 2], today + timedelta(days=2 + 2 * offset), name, f"{user}@example.org")
    return account


def _personal_types(world: World, account: Account) -> Iterable[EventType]:
    topic = {
        "type": "select",
        "slug": "topic",
        "label": "Topic",
        "required": True,
        "placeholder": "",
        "options": ["billing", "product", "other"],
    }
    room = _video_room(account)
    rows: tuple[tuple[str, str, tuple[int, ...], dict[str, Any]], ...] = (
        ("Intro", "intro", (30,), {"description": "A first conversation."}),
        ("Deep dive", "deep-dive", (60,), {"description": "An hour for one subject."}),
        ("Quick chat", "quick-chat", (15,), {"slot_interval": timedelta(minutes=30)}),
        (
            "Interview",
            "interview",
            (45,),
            {"approval": {"type": "always", "blocks": False}, "slot_interval": timedelta(minutes=30)},
        ),
        (
            "Consultation",
            "consultation",
            (30, 15, 60),
            {"has_options": True, "metadata": {"multipleDuration": [15, 30, 60]}},
        ),
        ("Help desk", "help-desk", (30,), {"questions": (topic,)}),
        *((_REPEATING,) if account.app == _TEAM_APP else ()),
    )
    for title, slug, minutes, more in rows:
        yield EventType(
            id=world.number("event_type"),
            owner=account.id,
            hosts=(account.id,),
            title=title,
            slug=slug,
            lengths=tuple(timedelta(minutes=m) for m in minutes),
            places=(room,),
            notice=timedelta(0),
            created_at=world.now(),
            **more,
        )


def _video_room(account: Account) -> dict[str, Any]:
    """A link of one's own at Cal.com, so that a first booking has something to join; an app at Calendly."""
    if account.app == "cal-com":
        return {"type": "link", "link": f"https://meet.example.com/{account.username}", "public": True}
    return {"type": "integration", "integration": "cal-video"}


def _team_type(world: World, team: Team, title: str, slug: str, minutes: int, scheduling: str) -> None:
    kind = EventType(
        id=world.number("event_type"),
        owner=None,
        hosts=team.members,
        title=title,
        slug=slug,
        lengths=(timedelta(minutes=minutes),),
        places=({"type": "integration", "integration": "cal-video"},),
        notice=timedelta(0),
        slot_interval=timedelta(minutes=30),
        team=team.id,
        scheduling=scheduling,
        created_at=world.now(),
    )
    world.event_types[kind.id] = kind


def _appoint(world: World, account: Account, day: date, clock: time, source: Any) -> None:
    start = wall_to_instant(day, clock, _zone(account))
    minutes = 30 if clock.hour == 13 else source.choice((30, 60))
    title = source.choice(_APPOINTMENTS)
    world.busy.append(Busy(owner=account.id, start=start, end=start + timedelta(minutes=minutes), title=title))


def _meet(world: World, account: Account, kind: EventType, day: date, name: str, email: str) -> None:
    """A meeting that already stands, on a workday at ten or later, where the calendar has room."""
    while day.weekday() not in _WORKDAYS:
        day += timedelta(days=1)
    taken = [(b.start, b.end) for b in world.busy if b.owner == account.id]
    taken += [(b.start, b.end) for b in world.bookings_of(account.id)]
    for hour in (10, 11, 15, 16, 9, 12):
        start = wall_to_instant(day, time(hour), _zone(account))
        if start > world.now() and not any(s < start + kind.length and start < e for s, e in taken):
            _put_meeting(world, account, kind, start, name, email)
            return


def _put_meeting(world: World, account: Account, kind: EventType, start: datetime, name: str, email: str) -> None:
    uid, now = world.short_uid(), world.now()
    guest = Guest(id=world.number("guest"), name=name, email=email, zone=account.zone)
    world.put_booking(
        Booking(
            id=world.number("booking"),
            uid=uid,
            event_type=kind.id,
            hosts=(account.id,),
            title=f"{kind.title} between {account.name} and {name}",
            start=start.astimezone(UTC),
            end=(start + kind.length).astimezone(UTC),
            state=State.ACCEPTED,
            guests=(guest,),
            place="integrations:daily",
            responses={"name": name, "email": email},
            calendar_uid=f"{uid}@example.org",
            created_at=now,
            updated_at=now,
        )
    )


def _zone(account: Account) -> ZoneInfo:
    return find_zone(account.zone) or ZoneInfo("UTC")
