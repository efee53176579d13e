"""Transcripts of whole conversations: how they are written down, and how one is held.

A file has a head (`name: value` lines), a line of dashes, and the talk:

    > text            said          @Lee > text     said by somebody else
    [Label]           pressed       @Lee [Label]    pressed by somebody else; `[Label] card 1` presses on the first card
    = name: value     fills a field of the form that the last press opened; `= send` sends it
    < fragment        occurs in the latest reply (its text, its parts or its labels)
    <! fragment       does not occur there
    fault: POST /v2/bookings lose_answer         the provider misbehaves, once; a number is a status
    recover           takes up what was left open, as the process does by itself
    visit             opens the link of the latest card
    silent            nothing was answered
    +15m              time passes
    actions: 2        what Dana did so far       writes: 1      what the provider was made to write so far
    taken: 2026-11-24 14:00 Intro                somebody else books that time at the provider
    busy: Omar 2026-11-24 15:00                  somebody's own calendar fills for half an hour

    letter Priya < fragment                      occurs in what Priya was sent last; `letter here` is what everybody reads
    close polls                                  as the process does by itself, once their time is up

Heads of people together: `team: yes` makes the members a directory, `member: Name <mail> | zone | guest` adds one to it,
`shares: Priya, Omar` names those who let colleagues see when they are free, `keeps: Lee` who has said no,
`thread has: Priya` who wrote in the thread,
`group: design = Priya, Omar` who is in a group.
"""

from __future__ import annotations

import asyncio
import base64
import re
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import httpx
import uvicorn

from bot.app.settings import Settings
from bot.app.wiring import open_house
from bot.dialogue.acts import (
    Buttons,
    Chose,
    ConversationKey,
    Facts,
    Heading,
    Line,
    Menu,
    Note,
    Said,
    Subheading,
    Submitted,
    Tiles,
)
from bot.sandbox import FaultRule, create_sandbox
from bot.sandbox.world.calendar import Booking, Busy, EventType, Guest, State
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person
from bot.scheduling.together.directory import Member
from bot.scheduling.together.sharing import Consent
from bot.slack.drawing.limits import message_problems, view_problems
from bot.slack.drawing.render import render
from bot.slack.drawing.views import form_view
from bot.slack.ids import FormOrigin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app.wiring import House
    from bot.dialogue.acts import Choice, Reply, Turn
    from bot.sandbox import Sandbox

_ONLY_ASKS = "/calculate-slots"
"""A POST that keeps nothing."""
_PASSES = re.compile(r"\+(\d+)(m|h|d)")
_PRESS = re.compile(r"\[(.+?)\](?: card (\d+))?")
_MEETING = re.compile(r"(.+?) <(.+?)> \| (.+?) \| (\d{4}-\d\d-\d\d \d\d:\d\d)(?: \| (\w+))?")
_NAMED = re.compile(r"\bpress ([A-Z][a-z]+(?: [a-z0-9-]+){0,3})")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_TYPES = ("Intro 30", "Deep dive 60")
_MEMBERS = {
    "Dana": Person(name="Dana Weiss", email="dana@acme.io", zone="Europe/Berlin", member="dana"),
    "Lee": Person(name="Lee Park", email="lee@acme.io", zone="Europe/Berlin", member="lee"),
    "Priya": Person(name="Priya Raman", email="priya@acme.io", zone="Europe/London", member="priya"),
    "Omar": Person(name="Omar Haddad", email="omar@acme.io", zone="America/New_York", member="omar"),
    "Yuki": Person(name="Yuki Tanaka", email="yuki@acme.io", zone="Asia/Tokyo", member="yuki"),
}


@dataclass(frozen=True, slots=True)
class Transcript:
    """A head, which may name a key several times, and the numbered lines of the talk."""

    name: str
    head: tuple[tuple[str, str], ...]
    lines: tuple[tuple[int, str], ...]

    def get(self, key: str, default: str = "") -> str:
        return next((value for name, value in self.head if name == key), default)

    def every(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.head if name == key)


def read_transcript(path: Path) -> Transcript:
    head: list[tuple[str, str]] = []
    lines: list[tuple[int, str]] = []
    is_head = True
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("---"):
            is_head = False
        elif is_head:
            name, _, value = line.partition(":")
            head.append((name.strip(), value.strip()))
        else:
            lines.append((number, line))
    return Transcript(path.stem, tuple(head), tuple(lines))


@dataclass(slots=True)
class SetClock:
    """A clock that stands until it is moved."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


@dataclass(slots=True)
class Stage:
    """One conversation being held, with what was answered so far."""

    transcript: Transcript
    house: House
    sandbox: Sandbox
    clock: SetClock
    replies: list[Reply] = field(default_factory=list)
    cards: list[Reply] = field(default_factory=list)
    letters: dict[str, Reply] = field(default_factory=dict)
    actions: int = 0
    form: Reply | None = None
    values: dict[str, str] = field(default_factory=dict)

    async def play(self) -> str:
        """Hold the conversation; what went otherwise than written, empty when nothing did."""
        for number, line in self.transcript.lines:
            try:
                await self._line(line)
            except AssertionError as failure:
                return f"{self.transcript.name}:{number}: {line}\n{failure}"
        return ""

    async def _line(self, line: str) -> None:
        who = self.transcript.get("as", "Dana")
        if line.startswith("@") and re.match(r"@\w+ [>\[]", line):
            name, _, line = line[1:].partition(" ")
            await self._act(name, line)
        elif line.startswith((">", "[")):
            self.actions += 1
            await self._act(who, line)
        elif line.startswith("="):
            await self._fill(who, line[1:].strip())
        elif line.startswith("<!"):
            self._lacks(line[2:].strip())
        elif line.startswith("<"):
            self._has(line[1:].strip())
        elif line.startswith("letter "):
            who, _, fragment = line.removeprefix("letter ").partition(" < ")
            said = self.letters.get(who)
            assert said is not None, f"{who} was sent nothing"
            assert fragment.lower() in shown(said).lower(), f"not in:\n{shown(said)}"
        elif line == "close polls":
            await self.house.closing.sweep()
        elif line == "visit":
            await self._visit()
        elif line == "recover":
            await self._recover()
        else:
            self._state(line)

    async def tell(self, owner: Owner, place: str, reply: Reply) -> str:
        """A letter to somebody, or a card that is edited where it stands."""
        name = next(name for name, person in _MEMBERS.items() if person.member == owner.member)
        self._letter(place or name, reply)
        return place or f"{name}"

    async def post(self, owner: Owner, place: str, reply: Reply) -> str:
        """A letter that everybody reads."""
        self._letter("here", reply)
        return "here"

    def _letter(self, who: str, reply: Reply) -> None:
        assert not (wrong := slack_problems(reply)), wrong
        self.letters[who] = reply
        known = [card for card in self.cards if card.card == reply.card]
        if reply.choices and reply.card and not known:
            self.cards.append(reply)

    async def _recover(self) -> None:
        stage = self

        class Listener:
            async def person(self, owner: Owner) -> Person:
                return next(person for person in _MEMBERS.values() if person.member == owner.member)

            async def tell(self, owner: Owner, place: str, reply: Reply, *, once: object = None) -> str:
                stage._note(reply)
                return place

        async def never(accepted: object) -> None:
            raise AssertionError("no turn is left open here")

        await self.house.recovery(Listener(), never).sweep()

    async def _visit(self) -> None:
        """Open the first link of the latest card, as the person would in a browser: in the practice world that consents."""
        url = next(choice.url for choice in self.cards[-1].choices if choice.url)
        async with httpx.AsyncClient() as browser:
            answer = await browser.get(url)
        assert answer.status_code < 400, answer.text

    def _state(self, line: str) -> None:
        name, _, value = line.partition(":")
        passed = _PASSES.fullmatch(line)
        if passed:
            self.clock.instant += int(passed.group(1)) * _UNITS[passed.group(2)]
        elif line == "silent":
            assert self.replies[-1].is_silent, shown(self.replies[-1])
        elif name == "actions":
            assert self.actions == int(value), f"{self.actions} actions"
        elif name == "writes":
            assert self.writes() == int(value), f"{self.writes()} writes"
        elif name == "fault":
            method, path, kind = value.split()
            rule = {"method": method, "path": path, "times": 1}
            rule |= {"kind": "status", "status": int(kind)} if kind.isdecimal() else {"kind": kind}
            self.sandbox._controls.faults.replace((FaultRule.model_validate(rule),))
        elif name == "busy":
            who, _, when = value.strip().partition(" ")
            put_busy(self, _MEMBERS[who], when)
        elif name == "taken":
            put_meeting(
                self, "Somebody Else", "else@example.org", value.rsplit(" ", 1)[1], value.rsplit(" ", 1)[0].strip()
            )
        else:
            raise AssertionError(f"cannot read {line!r}")

    def writes(self) -> int:
        """How many calls changed something at the provider."""
        entries = self.sandbox._controls.record.entries
        sent = [e for e in entries if e.method != "GET" and e.carried_out and e.answer and e.answer.status < 300]
        return sum(1 for e in sent if not e.path.endswith(_ONLY_ASKS))

    async def _act(self, name: str, line: str) -> None:
        if line.startswith(">"):
            text, people = with_members(line[1:].strip())
            is_addressed = not text.startswith("(aside)")
            await self._take(
                name, Said(text=text.removeprefix("(aside)").strip(), people=people, is_addressed=is_addressed)
            )
            return
        found = _PRESS.fullmatch(line)
        assert found, f"cannot read {line!r}"
        card, choice = self._find(found.group(1), int(found.group(2) or 0))
        if choice.form is not None:
            self.form, self.values = replace(card, form=choice.form, form_option=choice.id), {}
            return
        assert not choice.url, f"{choice.label} is a link"
        await self._take(name, Chose(card=card.card, option=choice.id))

    def _find(self, label: str, number: int) -> tuple[Reply, Choice]:
        assert self.cards, "no card was shown"
        card = self.cards[number - 1] if number else self.cards[-1]
        choices = [choice for choice in card.choices if choice.label == label]
        if not choices and label.isdecimal():
            choices = [card.choices[int(label) - 1]]
        choices = choices or [choice for choice in card.choices if choice.label.startswith(label)]
        assert choices, f"no button {label!r} among {[choice.label for choice in card.choices]}"
        return card, choices[0]

    async def _fill(self, who: str, line: str) -> None:
        assert self.form is not None, "no form is open"
        assert self.form.form is not None, "no form is open"
        if line != "send":
            name, _, value = line.rpartition(": ")
            names = [f.name for f in self.form.form.fields]
            assert name.strip() in names, f"no field {name!r} among {names}"
            self.values[name.strip()] = value.strip()
            return
        values = tuple((f.name, self.values.get(f.name, f.value)) for f in self.form.form.fields)
        self.actions += 1
        await self._take(who, Submitted(card=self.form.card, option=self.form.form_option, values=values))

    async def _take(self, name: str, turn: Turn) -> None:
        person = _MEMBERS[name]
        owner = Owner("", "team", person.member or "")
        key = ConversationKey(owner=owner, channel="place", thread=self.transcript.get("thread"))
        asker = replace(
            person, zone=self.transcript.get("zone", person.zone or "UTC") if name == "Dana" else person.zone
        )
        is_public = bool(self.transcript.get("public"))
        reply = await self.house.assistant.take_turn(turn, key=key, asker=asker, place="here", is_public=is_public)
        await self.house.assistant.delivered(reply, "here")
        self._note(reply)

    def _note(self, reply: Reply) -> None:
        self.replies.append(reply)
        assert not (wrong := slack_problems(reply)), wrong
        if reply.choices and reply.card:
            self.cards.append(reply)

    def _has(self, fragment: str) -> None:
        text = shown(self.replies[-1])
        assert fragment.lower() in text.lower(), f"not in:\n{text}"

    def _lacks(self, fragment: str) -> None:
        text = shown(self.replies[-1])
        assert fragment.lower() not in text.lower(), f"is in:\n{text}"


def slack_problems(reply: Reply) -> list[str]:
    """What Slack would refuse of this reply: its message, the card that it closes, its forms."""
    replies = [one for one in (reply, reply.closes) if one is not None and not one.is_silent]
    forms = [one for one in (reply.form, *(choice.form for choice in reply.choices)) if one is not None]
    out = [problem for one in replies for problem in message_problems(render(one).as_arguments())]
    views = [form_view(form, FormOrigin(card="card", option="form")) for form in forms]
    labels = [choice.label for choice in reply.choices]
    named = [name for name in _NAMED.findall(reply.text) if not any(name.startswith(label) for label in labels)]
    out += [f"says «press {name}», which is no button of it: {', '.join(labels)}" for name in named]
    return out + [problem for view in views for problem in view_problems(view)]


def shown(reply: Reply) -> str:
    """Everything a person can read of a reply."""
    pieces = [reply.text, f"trace: {reply.trace}" if reply.trace else ""]
    for part in reply.parts:
        match part:
            case Heading(text=text) | Subheading(text=text) | Line(text=text) | Note(text=text):
                pieces.append(text)
            case Facts(rows=rows):
                pieces += [f"{label}: {text}" for label, text in rows]
            case Buttons(choices=choices, title=title):
                pieces += [title, *(f"[{choice.label}]" for choice in choices)]
            case Tiles(tiles=tiles):
                pieces += [f"{tile.title}: {tile.subtitle}, {tile.body}" for tile in tiles]
                pieces += [f"[{choice.label}]" for choice in part.choices]
            case Menu(label=label, choices=choices):
                pieces += [label, *(f"[{choice.label}]" for choice in choices)]
    return "\n".join(piece for piece in pieces if piece)


def with_members(text: str) -> tuple[str, tuple[Person, ...]]:
    """`@Lee` as a surface hands it over: the member's id in the text, the person beside it."""
    people: list[Person] = []
    for name, person in _MEMBERS.items():
        if re.search(rf"@{name}\b", text, re.IGNORECASE):
            text = re.sub(rf"@{name}\b", f"<@{person.member}>", text, flags=re.IGNORECASE)
            people.append(person)
    return text, tuple(people)


@dataclass(frozen=True, slots=True)
class Team:
    """The members of the stage as a directory."""

    people: tuple[Member, ...]
    groups: dict[str, tuple[Person, ...]] = field(default_factory=dict)
    in_thread: tuple[Person, ...] = ()

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        return self.people

    async def member(self, owner: Owner) -> Member | None:
        return next((one for one in self.people if one.person.member == owner.member), None)

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        return self.groups.get(group, ())

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        return self.in_thread


_ROW = re.compile(r"(.+?) <(.+?)> \| ([^|]+?)(?: \| (guest|left))?")


def named(row: str) -> tuple[Person, ...]:
    """«Priya, Omar»."""
    return tuple(_MEMBERS[name] for name in filter(None, map(str.strip, row.split(","))))


async def put_team(stage: Stage) -> None:
    """The directory, and who of it lets colleagues see when they are free."""
    members = [Member(person=person) for person in _MEMBERS.values()]
    for row in stage.transcript.every("member"):
        found = _ROW.fullmatch(row)
        assert found, f"cannot read the member {row!r}"
        name, email, zone, mark = found.groups()
        person = Person(name=name, email=email, zone=zone, member=email.partition("@")[0])
        members.append(Member(person=person, is_guest=mark == "guest", is_deactivated=mark == "left"))
    groups = dict(row.split(" = ") for row in stage.transcript.every("group"))
    stage.house.faces.surface = Team(
        tuple(members),
        groups={name: named(people) for name, people in groups.items()},
        in_thread=named(stage.transcript.get("thread has")),
    )
    for name in filter(None, map(str.strip, stage.transcript.get("shares").split(","))):
        owner = Owner("", "team", _MEMBERS[name].member or "")
        for account in await stage.house.keeper.accounts_of(owner):
            await stage.house.store.consents.grant(Consent(owner=owner, account=account.id), now=stage.clock.now())
    for person in named(stage.transcript.get("keeps")):
        owner = Owner("", "team", person.member or "")
        await stage.house.store.consents.withdraw(owner, now=stage.clock.now())


def put_busy(stage: Stage, person: Person, when: str) -> None:
    world = stage.sandbox.world
    owner = next(one for one in world.accounts.values() if one.email == person.email)
    start = datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    world.busy.append(Busy(owner=owner.id, start=start, end=start + timedelta(minutes=30), title="Private"))


@asynccontextmanager
async def staged(transcript: Transcript) -> AsyncIterator[Stage]:
    """The real house over a practice world as the head describes it."""
    clock = SetClock(datetime.fromisoformat(transcript.get("now", "2026-11-20T10:00+01:00")).astimezone(UTC))
    sandbox = create_sandbox(seed=int(transcript.get("seed", "0")), now=clock.now(), clock=clock.now)
    values: dict[str, object] = {"database_url": "sqlite://", "pencil_public_url": transcript.get("public_url") or None}
    values |= {name: True for name in ("pencil_read_only", "pencil_dry_run") if transcript.get(name)}
    async with AsyncExitStack() as stack:
        if transcript.get("route"):
            values |= routed(transcript.get("route"), await stack.enter_async_context(served(sandbox)))
        settings = Settings(_env_file=None, **values)  # type: ignore[arg-type]  # values by name, as from an environment
        opened = open_house(settings, clock=clock, migrate=True, sandbox=None if transcript.get("route") else sandbox)
        house = await stack.enter_async_context(opened)
        stage = Stage(transcript, house, sandbox, clock)
        house.voices.post_office = stage
        await house.keeper.known(Owner("", "team", "dana"), _MEMBERS["Dana"])
        if transcript.get("team"):
            await put_team(stage)
        if transcript.get("seed", "0") == "0":
            for row in transcript.every("type") or _TYPES:
                put_type(stage, row)
        for row in transcript.every("meeting"):
            found = _MEETING.fullmatch(row)
            assert found, f"cannot read the meeting {row!r}"
            put_meeting(stage, *found.groups()[:4], state=found.group(5) or "")
        yield stage


@asynccontextmanager
async def served(sandbox: Sandbox) -> AsyncIterator[str]:
    """The practice world on a port of this machine; its address."""
    server = uvicorn.Server(uvicorn.Config(sandbox, log_level="error", lifespan="off"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110  uvicorn tells it by an attribute only
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


def routed(route: str, url: str) -> dict[str, object]:
    """The settings that reach the practice world as real services are reached."""
    key = base64.b64encode(bytes(range(32))).decode()
    if route == "maton":
        return {"maton_api_key": "maton_test", "maton_api_url": url, "pencil_encryption_key": key}
    return {"calcom_api_url": f"{url}/v2", "calendly_api_url": url, "pencil_encryption_key": key}


def put_type(stage: Stage, row: str) -> None:
    """«Deep dive 60», «Consultation 30 15 60», «Interview 45 approval»."""
    words = row.split()
    lengths = tuple(timedelta(minutes=int(word)) for word in words if word.isdecimal())
    title = " ".join(
        word for word in words if not word.isdecimal() and word not in {"approval", "hidden", "repeats", "topic"}
    )
    world = stage.sandbox.world
    owner = next(iter(world.accounts.values()))
    topic = {
        "type": "select",
        "slug": "topic",
        "label": "Topic",
        "required": True,
        "placeholder": "",
        "options": ["billing", "other"],
    }
    number = world.number("event_type")
    world.event_types[number] = EventType(
        id=number,
        owner=owner.id,
        hosts=(owner.id,),
        title=title,
        slug=title.lower().replace(" ", "-"),
        lengths=lengths,
        has_options=len(lengths) > 1,
        places=({"type": "integration", "integration": "cal-video"},),
        notice=timedelta(0),
        slot_interval=timedelta(minutes=30),
        questions=(topic,) if "topic" in words else (),
        approval={"type": "always", "blocks": False} if "approval" in words else None,
        is_hidden="hidden" in words,
        recurrence={"interval": 1, "occurrences": 6, "frequency": "weekly"} if "repeats" in words else None,
        metadata={"multipleDuration": [int(word) for word in words if word.isdecimal()]} if len(lengths) > 1 else {},
        created_at=world.now(),
    )


def put_meeting(stage: Stage, name: str, email: str, title: str, when: str, *, state: str = "") -> None:
    world = stage.sandbox.world
    owner = next(iter(world.accounts.values()))
    kind = next(kind for kind in world.event_types.values() if kind.title == title)
    start = datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    uid = world.short_uid()
    world.put_booking(
        Booking(
            id=world.number("booking"),
            uid=uid,
            event_type=kind.id,
            hosts=(owner.id,),
            title=f"{kind.title} between {owner.name} and {name}",
            start=start,
            end=start + kind.length,
            state=State.PENDING if state == "pending" else State.ACCEPTED,
            guests=(Guest(id=world.number("guest"), name=name, email=email, zone="Europe/London"),),
            place="integrations:daily",
            responses={"name": name, "email": email},
            calendar_uid=f"{uid}@example.org",
            created_at=world.now(),
            updated_at=world.now(),
        )
    )
