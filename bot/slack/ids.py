"""What our buttons, menus and forms carry: one versioned codec for action ids, values, block ids and form metadata.

A button carries only the unguessable id of its card and the id of one option. Old messages keep old writings, so a version
is never taken out of `_READERS`; a new writing gets a new version. Reading never raises: what cannot be read is None.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

_VERSION = "p1"
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
"""What needs no quoting: nearly every part."""
_LONGEST = 3000
"""Slack's own limit for form metadata, the longest thing we ever wrote."""


class ActionKind(StrEnum):
    """What an element on a card is. A link opens an address by itself; its press needs no answer."""

    PRESS = "press"
    MENU = "menu"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Pressed:
    """One option of one card."""

    card: str
    option: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a card: its kind, a number that makes it unique in its block, the thread its message stands in."""

    kind: ActionKind
    number: int = 0
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOrigin:
    """What a form belongs to: the option that opened it, and the message that the pressed card is."""

    card: str
    option: str
    channel: str = ""
    thread: str = ""
    ts: str = ""
    spot: str = ""


@dataclass(frozen=True, slots=True)
class FieldId:
    """A field of a form: its name, how it is filled in, and whether it may stay empty."""

    name: str
    kind: str
    is_required: bool


def write_pressed(card: str, option: str) -> str:
    """For the value of a button or of a menu's option; see `Pressed`."""
    return _write(card, option)


def read_pressed(text: str | None) -> Pressed | None:
    """The option behind a value."""
    parts = _read(text, 2)
    return Pressed(*parts) if parts and all(parts) else None


def write_element(kind: ActionKind, number: int = 0, thread: str = "") -> str:
    """For an action id; see `Element`."""
    return _write(kind, str(number), thread)


def read_element(text: str | None) -> Element | None:
    """The element behind an action id."""
    parts = _read(text, 3)
    if parts is None or parts[0] not in set(ActionKind) or not parts[1].isdecimal():
        return None
    return Element(ActionKind(parts[0]), int(parts[1][:6]), parts[2])


def write_origin(origin: FormOrigin) -> str:
    """For a form's private metadata."""
    return _write(origin.card, origin.option, origin.channel, origin.thread, origin.ts, origin.spot)


def read_origin(text: str | None) -> FormOrigin | None:
    """The card behind a form's private metadata."""
    parts = _read(text, 6)
    if parts is None or not parts[0] or not parts[1]:
        return None
    card, option, channel, thread, ts, spot = parts
    return FormOrigin(card=card, option=option, channel=channel, thread=thread, ts=ts, spot=spot)


def write_field(field: FieldId) -> str:
    """For the block id of an input."""
    return _write(field.name, field.kind, "1" if field.is_required else "0")


def read_field(text: str | None) -> FieldId | None:
    """The field behind the block id of an input."""
    parts = _read(text, 3)
    return FieldId(parts[0], parts[1], parts[2] == "1") if parts and parts[0] else None


def _write(*parts: str) -> str:
    if not _PLAIN("".join(parts)):
        parts = tuple([quote(part, safe="", errors="replace") for part in parts])
    return "/".join((_VERSION, *parts))


def _read(text: object, count: int) -> tuple[str, ...] | None:
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    version, _, rest = text.partition("/")
    reader = _READERS.get(version)
    parts = reader(rest) if reader else ()
    return parts if len(parts) == count else None


def _read_first(rest: str) -> tuple[str, ...]:
    return tuple(unquote(part) for part in rest.split("/"))


_READERS: dict[str, Callable[[str], tuple[str, ...]]] = {"p1": _read_first}
