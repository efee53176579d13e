"""The doors that `fuzz.py` knocks at: how an input is made for each, and what it must come to."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.errors import PencilError, Refused
from bot.gateway.calcom import changes as calcom_changes
from bot.gateway.calendly import changes as calendly_changes
from bot.gateway.calendly import reading, shapes
from bot.language.meaning import Reference
from bot.language.report import describe
from bot.language.understand import understand
from bot.loop.unasked import read_unasked
from bot.slack import ids
from bot.slack.receiving.inbound import read_arrival
from bot.slack.receiving.payloads import for_bolt, read_kept, read_payload, write_payload
from bot.slack.sending.places import read_place

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

TESTS = Path(__file__).parent.parent / "tests"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
ZONES = ("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC")
SECRET = "fuzz-secret"
ODD = (
    "", " ", "\n", "\u0000", "\u202e", "\ufeff", "\ud800", "😀", "ﷺ", "İ", "ß", "١٢", "３", "½", "²", "－", "：", "〜",
    "<!channel>", "<@U1|x>", "<!date^1^{date}|x>", "<https://evil.example|t>", "'; drop table offers; --", "../../etc", "%00",
    "{{7*7}}", "${HOME}", "%s%n", "00:00", "24:00", "25:61", "31/02", "29 feb 2027", "-1", "1e309", "NaN", "9" * 40,
    "0000-00-00", "99999-12-31", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "@", "a@b", ".@.", "((((", "))))",
    "a" * 300, "1-" * 40, "every " * 20, "not " * 20, "and " * 20,
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, True, False, 0, -1, 1.5, 10**30, "", "x", [], {}, [None], {"": ""}, [[[]]], *ODD[3:])
_BOT = "U0BOT"


class Broken(Exception):
    """A door took something as it must not."""


@dataclass(frozen=True, slots=True)
class Door:
    """`make` an input from dice, `take` it; how large a share of the inputs comes here."""

    make: Callable[[random.Random], Any]
    take: Callable[[Any], None]
    share: int = 1


# ── what people write ──────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def phrases() -> tuple[str, ...]:
    """Everything that the corpora say, in every language."""
    found: list[str] = []
    for file in sorted((TESTS / "corpus").glob("*.toml")):
        _collect(tomllib.loads(file.read_text(encoding="utf-8")), found)
    return tuple(dict.fromkeys(found))


def _collect(node: Any, found: list[str]) -> None:
    if isinstance(node, str):
        found.append(node)
    elif isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            _collect(inner, found)


@cache
def words() -> tuple[str, ...]:
    """Their words."""
    return tuple(sorted({word for phrase in phrases() for word in phrase.split()}))


def sentence(dice: random.Random) -> str:
    """One to three phrases, or a heap of words, with a few accidents."""
    if dice.random() < 0.3:
        text = " ".join(dice.choices(words(), k=dice.randint(1, 14)))
    else:
        text = dice.choice((" ", ", ", " and ", ". ", "\n", "")).join(dice.choices(phrases(), k=dice.randint(1, 3)))
    return bent_text(text, dice)[:600]


def bent_text(text: str, dice: random.Random) -> str:
    """With none to four letters, words or stretches changed."""
    for _ in range(dice.randint(0, 4)):
        at, length = dice.randint(0, len(text)), dice.randint(0, 6)
        match dice.randint(0, 6):
            case 0:
                text = text[:at] + dice.choice(ODD) + text[at:]
            case 1:
                text = text[:at] + text[at + length :]
            case 2:
                text = text[:at] + text[at : at + length] * dice.randint(2, 4) + text[at + length :]
            case 3:
                text = text[:at] + dice.choice(words()) + text[at:]
            case 4:
                text = text[:at] + chr(dice.choice((dice.randint(32, 126), dice.randint(128, 0xFFFF)))) + text[at + 1 :]
            case 5:
                text = text.upper() if dice.random() < 0.5 else text.title()
            case _:
                text = text[at:] + text[:at]
    return text


def make_said(dice: random.Random) -> tuple[str, str, int]:
    return sentence(dice), dice.choice(ZONES), dice.randint(0, 20_000)


def take_said(said: tuple[str, str, int]) -> None:
    text, zone, days = said
    now = datetime.fromtimestamp(NOW.timestamp() + (days - 4000) * 86_400 + days % 86_400, ZoneInfo(zone))
    reference = Reference(now=now, zone=ZoneInfo(zone), event_types=("Intro call", "Deep dive"), names=("Dana", "Lee"))
    describe(understand(text, reference), reference)


# ── what Slack sends ───────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def slack_bodies() -> tuple[str, ...]:
    """A good request of every kind, as JSON."""
    from test_enemy_input import bodies  # noqa: PLC0415  pytest's own imports are not needed for the other doors

    return tuple(json.dumps(body) for body in bodies().values())


def bent_json(body: Any, dice: random.Random) -> Any:
    """With one to four things replaced, removed, added or moved, at any depth. Changes `body`."""
    for _ in range(dice.randint(1, 4)):
        node = body
        while isinstance(node, dict | list) and node:
            key: Any = dice.choice(list(node)) if isinstance(node, dict) else dice.randrange(len(node))
            inner = node[key]
            if isinstance(inner, dict | list) and inner and dice.random() < 0.75:
                node = inner
                continue
            match dice.randint(0, 4):
                case 0:
                    del node[key]
                case 1 if isinstance(inner, str):
                    node[key] = bent_text(inner, dice)
                case 2 if isinstance(node, list):
                    node.extend(copy.deepcopy(node[:20]))
                case _:
                    node[key] = copy.deepcopy(dice.choice(VALUES))
            break
    return body


def make_request(dice: random.Random) -> bytes:
    body = bent_json(json.loads(dice.choice(slack_bodies())), dice)
    text = json.dumps(body)
    if dice.random() < 0.5:
        text = urlencode({"payload": text})
    raw = text.encode()
    if dice.random() < 0.1:
        at = dice.randrange(len(raw))
        raw = raw[:at] + dice.randbytes(dice.randint(0, 9)) + raw[at + dice.randint(0, 5) :]
    return raw


def take_request(body: bytes) -> None:
    payload = read_payload(body)
    if payload is None:
        return
    arrival = read_arrival(payload, bot=_BOT, now=NOW)
    for_bolt(payload)
    kept = read_kept(write_payload(payload))
    again = read_arrival(kept, bot=_BOT, now=NOW) if kept else None
    if (arrival is None) != (again is None) or (arrival and again and arrival.claim != again.claim):
        raise Broken("a request does not come out of the inbox as it went in")


# ── what providers send ────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def deliveries() -> tuple[tuple[str, str], ...]:
    """(provider, good delivery)."""
    folder = TESTS / "gateway/samples/calendly/deliveries"
    theirs = [("calendly", file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    times = {"startTime": "2026-03-06T10:00:00Z", "rescheduleStartTime": "2026-03-05T10:00:00Z"}
    said = {"cancellationReason": "ill", "rejectionReason": "no", "rescheduleUid": "u0", **times}
    ours = [
        json.dumps({"triggerEvent": kind, "createdAt": "2026-03-05T09:00:00Z", "payload": {"uid": "u1", **said}})
        for kind in calcom_changes.KINDS
    ]
    return (*theirs, *(("calcom", body) for body in ours))


def make_delivery(dice: random.Random) -> tuple[str, bytes, bool]:
    provider, text = dice.choice(deliveries())
    body = json.dumps(bent_json(json.loads(text), dice)).encode()
    if dice.random() < 0.1:
        at = dice.randrange(len(body))
        body = body[:at] + dice.randbytes(dice.randint(0, 9)) + body[at + dice.randint(0, 5) :]
    return provider, body, dice.random() < 0.9


def take_delivery(delivery: tuple[str, bytes, bool]) -> None:
    provider, body, is_signed = delivery
    at = str(int(NOW.timestamp()))
    key = (SECRET if is_signed else "another").encode()
    if provider == "calcom":
        headers = {"X-Cal-Signature-256": hmac.new(key, body, hashlib.sha256).hexdigest()}
        decode = calcom_changes.decode_change
    else:
        signature = hmac.new(key, at.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {"Calendly-Webhook-Signature": f"t={at},v1={signature}"}
        decode = calendly_changes.decode_change
    try:
        change = decode(headers, body, secrets=(SECRET,), now=NOW)
    except Refused:
        return
    if not is_signed:
        raise Broken("a forged delivery was believed")
    if change is not None and change.occurred_at is not None and change.occurred_at.tzinfo is None:
        raise Broken("a change without a zone")


@cache
def answers() -> tuple[tuple[Callable[[Any], Any], str], ...]:
    """(reader, good answer) of everything that a provider is asked."""
    from test_calcom_reading import READERS, SAMPLES  # noqa: PLC0415  as above

    found = [(reader, (SAMPLES / case / "200.json").read_text(encoding="utf-8")) for case, reader in READERS.items()]
    theirs: dict[str, Callable[[Any], Any]] = {
        "user": lambda data: reading.profile_of(shapes.read_resource(shapes.User, data, where="u")),
        "event-type": lambda data: reading.event_type_of(
            shapes.read_resource(shapes.CalendlyEventType, data, where="t")
        ),
        "event-types": lambda data: [
            reading.event_type_of(one) for one in shapes.read_collection(shapes.CalendlyEventType, data, where="t")
        ],
        "scheduled-event": lambda data: reading.booking_of(
            shapes.read_resource(shapes.ScheduledEvent, data, where="e"), ()
        ),
        "invitees": lambda data: [
            reading.attendee_of(i) for i in shapes.read_collection(shapes.Invitee, data, where="i")
        ],
        "availability-schedules": lambda data: [
            reading.schedule_of(one) for one in shapes.read_collection(shapes.AvailabilitySchedule, data, where="s")
        ],
        "available-times": lambda data: shapes.read_collection(shapes.AvailableTime, data, where="t"),
        "busy-times": lambda data: shapes.read_collection(shapes.BusyStretch, data, where="b"),
        "webhooks": lambda data: [
            reading.webhook_of(one) for one in shapes.read_collection(shapes.WebhookSubscription, data, where="w")
        ],
    }
    folder = TESTS / "gateway/samples/calendly"
    found += [(reader, (folder / case / "200.json").read_text(encoding="utf-8")) for case, reader in theirs.items()]
    return tuple(found)


def make_answer(dice: random.Random) -> tuple[int, Any]:
    number = dice.randrange(len(answers()))
    return number, bent_json(json.loads(answers()[number][1]), dice)


def take_answer(answer: tuple[int, Any]) -> None:
    number, data = answer
    with suppress(PencilError):
        answers()[number][0](data)


# ── what we wrote ourselves, come back ─────────────────────────────────────────────────────────────────────────────────


def make_token(dice: random.Random) -> str:
    """As it reaches us: what is no character has been taken out of a request at the door."""
    return _token(dice).encode("utf-8", "replace").decode()


def _token(dice: random.Random) -> str:
    parts = [bent_text(dice.choice(("card-1", "book", "press", "12", "1.5", "D1", *ODD)), dice) for _ in range(6)]
    match dice.randint(0, 7):
        case 0:
            return ids.write_pressed(parts[0], parts[1])
        case 1:
            return ids.write_element(dice.choice(list(ids.ActionKind)), dice.randint(0, 999_999), parts[2])
        case 2:
            return ids.write_origin(ids.FormOrigin(card=parts[0], option=parts[1], channel=parts[2], thread=parts[3]))
        case 3:
            return "p1/" + "/".join(parts[: dice.randint(0, 6)])
        case 4:
            return json.dumps({"spot": dice.choice(("direct", "home", "nowhere")), "channel": parts[0], "ts": parts[1]})
        case 5:
            return json.dumps(bent_json({"account": "a", "key": "k", "kind": "booked", "booking": "b"}, dice))
        case _:
            return bent_text("/".join(parts), dice)


def take_token(text: str) -> None:
    pressed = ids.read_pressed(text)
    if pressed is not None and ids.read_pressed(ids.write_pressed(pressed.card, pressed.option)) not in {pressed, None}:
        raise Broken("an option comes out as another one")
    ids.read_element(text)
    ids.read_origin(text)
    ids.read_field(text)
    read_place(text)
    read_unasked(text)


DOORS: dict[str, Door] = {
    "reader": Door(make_said, take_said, share=4),
    "slack": Door(make_request, take_request, share=2),
    "webhooks": Door(make_delivery, take_delivery, share=2),
    "wire": Door(make_answer, take_answer, share=3),
    "tokens": Door(make_token, take_token, share=1),
}
