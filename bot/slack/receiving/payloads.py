"""Slack's requests, as far as we read them. Everything else is dropped here, before it is kept, logged or handed to Bolt.

Tolerant on purpose: a field that is missing or of another type than ours is as if it were not there. What is no JSON object
at all is None. https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import json
from dataclasses import field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.values import dataclass

_MOST_FORM_FIELDS = 60
_MOST_ODDITIES = 40
"""Rounds of taking out what is not as it should be: more than the fields of the deepest payload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    __pydantic_config__ = ConfigDict(extra="ignore", strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(_Edge):
    """Anything with an id: a team, a channel, an organisation."""

    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Named):
    """Who acted, and the team they come from."""

    team_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens(_Edge):
    """Whose tokens were revoked."""

    bot: list[str] | None = None
    oauth: list[str] | None = None
    """Members whose own tokens they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(_Edge):
    """A workflow's step, by the name that the manifest gives it."""

    callback_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(_Edge):
    """What happened, of an Events API delivery."""

    type: str | None = None
    subtype: str | None = None
    user: str | User | None = None
    bot_id: str | None = None
    text: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    channel: str | None = None
    channel_id: str | None = None
    channel_type: str | None = None
    tab: str | None = None
    function: Function | None = None
    function_execution_id: str | None = None
    inputs: dict[str, Any] | None = None
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization(_Edge):
    """The installation that a delivery is for; in shared channels another one than the team where it happened."""

    enterprise_id: str | None = None
    team_id: str | None = None
    is_enterprise_install: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(_Edge):
    """What was chosen from a menu."""

    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(_Edge):
    """The element that was used."""

    action_id: str = ""
    type: str | None = None
    value: str | None = None
    selected_option: Option | None = None
    action_ts: str | None = None

    @property
    def chosen(self) -> str:
        """The value of the button, or of the menu's option."""
        return self.value or (self.selected_option.value if self.selected_option else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container(_Edge):
    """What the element stands on."""

    type: str | None = None
    message_ts: str | None = None
    thread_ts: str | None = None
    channel_id: str | None = None
    is_ephemeral: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(_Edge):
    """The message that the element stands on; Slack leaves it out for private ones."""

    ts: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    user: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(_Edge):
    """What one input holds."""

    value: str | None = None
    selected_date: str | None = None
    selected_time: str | None = None
    selected_user: str | None = None
    selected_users: list[str] = field(default_factory=list)
    selected_option: Option | None = None
    selected_options: list[Option] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class State(_Edge):
    """What all inputs hold: by block id, then by action id."""

    values: dict[str, dict[str, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View(_Edge):
    """A form or the home page. Bolt takes `type` and `callback_id` for granted."""

    id: str | None = None
    type: str = ""
    callback_id: str = ""
    private_metadata: str | None = None
    app_installed_team_id: str | None = None
    team_id: str | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload(_Edge):
    """One request of any kind."""

    type: str | None = None
    challenge: str | None = None
    team_id: str | None = None
    enterprise_id: str | None = None
    is_enterprise_install: bool | str | None = None
    event_id: str | None = None
    event: Event | None = None
    authorizations: list[Authorization] | None = None

    team: Named | None = None
    enterprise: Named | None = None
    user: User | None = None
    channel: Named | None = None
    container: Container | None = None
    message: Message | None = None
    view: View | None = None
    actions: list[Action] | None = None
    trigger_id: str | None = None
    response_url: str | None = None
    callback_id: str | None = None

    command: str | None = None
    text: str | None = None
    user_id: str | None = None
    user_name: str | None = None
    channel_id: str | None = None

    @property
    def enterprise_of(self) -> str:
        """The organisation, empty outside of one. In the order in which Bolt looks for it."""
        first = self.authorizations[0] if self.authorizations else None
        if self.enterprise and self.enterprise.id:
            return self.enterprise.id
        return (first.enterprise_id if first else self.enterprise_id) or ""

    @property
    def is_organisation_wide(self) -> bool:
        """Whether the installation is a whole organisation's."""
        first = self.authorizations[0] if self.authorizations else None
        return (first.is_enterprise_install if first else self.is_enterprise_install) in {True, "true"}

    @property
    def team_of(self) -> str:
        """The team whose installation this is for. In the order in which Bolt looks for it."""
        first = self.authorizations[0] if self.authorizations else None
        found = (
            (self.view.app_installed_team_id if self.view else None)
            or (self.team.id if self.team else None)
            or (first.team_id if first else None)
            or self.team_id
            or (self.user.team_id if self.user else None)
            or (self.view.team_id if self.view else None)
        )
        return found or ""


@cache
def _shape() -> tuple[Any, Any]:
    """What reads a request and what writes one; the adapter with the schema of both is let go."""
    adapter = TypeAdapter(Payload)
    return adapter.validator, adapter.serializer


def _read(text: str | bytes) -> Payload:
    payload: Payload = _shape()[0].validate_json(text)
    return payload


def warm() -> None:
    """Learn the shape ahead of the first request."""
    _shape()


def read_payload(body: bytes) -> Payload | None:
    """The request behind a body: JSON, a form with JSON in it, or a plain form; None when it is none of these."""
    if body.startswith(b"payload="):
        body = unquote_to_bytes(body[8:].partition(b"&")[0].replace(b"+", b" "))
    elif body.lstrip()[:1] != b"{":
        return _from_fields(body)
    try:  # nearly every payload is as it should be, and read in one go; only an odd one is taken apart
        payload: Payload = _shape()[0].validate_json(body)
    except ValidationError as error:
        is_json = error.errors(include_url=False, include_input=False)[0]["type"] != "json_invalid"
        return payload_of(json.loads(body)) if is_json else None
    return payload


def _from_fields(body: bytes) -> Payload | None:
    try:
        fields = parse_qsl(body.decode(), max_num_fields=_MOST_FORM_FIELDS, strict_parsing=True)
    except ValueError:
        return None
    return payload_of(dict(fields)) if fields else None


def payload_of(table: Any) -> Payload | None:
    """The request in a parsed body, which it may change; None when it is none."""
    for _ in range(_MOST_ODDITIES):
        try:
            return _read(json.dumps(table))
        except ValidationError as error:
            found = [_field_at(table, one["loc"]) for one in error.errors(include_url=False, include_input=False)]
        odd = [field for field in found if field is not None]
        if not odd:
            return None
        for around, name in odd:
            around.pop(name, None)
    return None


def _field_at(table: Any, path: tuple[int | str, ...]) -> tuple[dict[str, Any], str] | None:
    """The field that is not as it should be; of a list with an odd element, the list.

    A path also names the members of unions that were tried; those are no keys and are passed over.
    """
    field: tuple[dict[str, Any], str] | None = None
    for step in path:
        if isinstance(table, dict) and step in table:
            field = table, str(step)
            table = table[step]
        elif isinstance(table, list) and isinstance(step, int) and step < len(table):
            table = table[step]
    return field


def write_payload(payload: Payload) -> str:
    """For the inbox."""
    text: bytes = _shape()[1].to_json(payload, exclude_none=True)
    return text.decode()


def read_kept(text: str) -> Payload | None:
    """What `write_payload` wrote; None when it is not ours (any more)."""
    try:
        return _read(text)
    except ValidationError:
        return None


def for_bolt(payload: Payload) -> dict[str, Any]:
    """What Bolt routes by: the same, with the types that Bolt takes for granted."""
    table: dict[str, Any] = _shape()[1].to_python(payload, exclude_none=True)
    return table
