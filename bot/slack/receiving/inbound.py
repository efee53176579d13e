"""Slack's requests as turns: who says what, where the answer goes, and under which key the request counts once.

Pure. What is not for us (other bots, edits, channel chatter) and what lacks what we need is None.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.dialogue.acts import Chose, Opened, Pointed, Said, Submitted, Turn, Wished
from bot.scheduling.accounts import Owner
from bot.slack.drawing.booking_form import CALLBACK, form_wish
from bot.slack.drawing.text import mentions, unwrap
from bot.slack.drawing.views import MEMBER, form_values
from bot.slack.ids import ActionKind, Pressed, read_element, read_origin, read_pressed
from bot.slack.sending.places import Place, Spot, with_hook
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.slack.ids import FormOrigin
    from bot.slack.receiving.payloads import Action, Event, Payload

_SPOKEN = frozenset({None, "file_share", "thread_broadcast"})
"""Subtypes of messages that a person wrote; edits, deletions, joins and the rest are none of our business."""
FIND = "find_a_time"
"""The shortcut on a message."""
_UNKNOWN = Pressed("", "")
"""A press on something that we cannot read: a card of nobody, which the dialogue answers in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One turn as it came in. `claim` names it in the inbox; deliveries with equal claims are the same turn."""

    claim: str
    owner: Owner
    place: Place
    turn: Turn
    mentioned: tuple[str, ...] = ()
    trigger: str = ""
    """Opens a form, once, within three seconds."""
    thread: str = ""
    """The thread of the message that was pointed at; who speaks there counts too."""
    is_overheard: bool = False
    """In a thread and not addressed to us: a turn only if somebody talks with us there."""
    since: datetime | None = None
    """When a turn was accepted that is run again: from then on, something may stand of its answer."""


def read_arrival(payload: Payload, *, bot: str, now: datetime) -> Arrival | None:
    """The turn in a request. `bot` is our own member id there."""
    event = payload.event
    if event is not None:
        if event.type in {"message", "app_mention"}:
            return _from_message(payload, event, bot)
        return _from_home(payload, event)
    if payload.command is not None:
        return _from_command(payload, bot, now)
    if payload.type == "block_actions" and payload.actions:
        return _from_press(payload, payload.actions[0], now)
    if payload.type == "view_submission":
        return _from_form(payload)
    if payload.type == "message_action" and payload.callback_id == FIND:
        return _from_shortcut(payload, bot, now)
    return None


def _from_home(payload: Payload, event: Event) -> Arrival | None:
    if event.type == "app_home_opened" and event.tab in {None, "home"} and isinstance(event.user, str):
        owner = _owner(payload, event.user)
        place = Place(spot=Spot.HOME, channel=event.channel or "", member=event.user)
        claim = _claim("home", owner.team, payload.event_id or event.user)
        return Arrival(claim=claim, owner=owner, place=place, turn=Opened())
    return None


def _from_message(payload: Payload, event: Event, bot: str) -> Arrival | None:
    member, channel, ts = event.user, event.channel, event.ts
    if event.bot_id or event.subtype not in _SPOKEN or not isinstance(member, str) or not channel or not ts:
        return None
    if member in {bot, "USLACKBOT"}:
        return None
    text = event.text or ""
    is_direct = event.channel_type == "im" or channel.startswith("D")
    is_addressed = is_direct or event.type == "app_mention" or (bool(bot) and f"<@{bot}" in text)
    if not is_addressed and not event.thread_ts:
        return None
    owner = Owner(payload.enterprise_of, payload.team_of, member)
    said = unwrap(text, bot=bot)
    place = (
        Place(spot=Spot.DIRECT, channel=channel, thread=event.thread_ts or "", member=member)
        if is_direct
        else Place(spot=Spot.CHANNEL, channel=channel, thread=event.thread_ts or ts, member=member)
    )
    return Arrival(
        claim=_claim("message", owner.team, channel, ts),
        owner=owner,
        place=place,
        turn=Said(text=said, is_addressed=is_addressed),
        mentioned=mentions(said) if "<@" in said else (),
        is_overheard=not is_addressed,
    )


def _from_command(payload: Payload, bot: str, now: datetime) -> Arrival | None:
    if not payload.user_id or not payload.channel_id:
        return None
    owner = _owner(payload, payload.user_id)
    said = unwrap(payload.text or "", bot=bot)
    hook = payload.response_url or ""
    place = Place(spot=Spot.COMMAND, channel=payload.channel_id, member=payload.user_id)
    return Arrival(
        claim=_claim("command", owner.team, owner.member, payload.trigger_id or hook or said),
        owner=owner,
        place=with_hook(place, hook, now),
        turn=Said(text=said),
        mentioned=mentions(said),
    )


def _from_press(payload: Payload, action: Action, now: datetime) -> Arrival | None:
    element = read_element(action.action_id)
    member = payload.user.id if payload.user else None
    if not member or (element and element.kind is ActionKind.LINK):
        return None
    owner = _owner(payload, member)
    place = _pressed_place(payload, member, element.thread if element else "")
    pressed = read_pressed(action.chosen) or _UNKNOWN
    view = payload.view.id if payload.view else ""
    return Arrival(
        claim=_claim(
            "press", owner.team, member, place.channel, place.ts or view or "", action.chosen, action.action_ts or ""
        ),
        owner=owner,
        place=with_hook(place, payload.response_url or "", now),
        turn=Chose(card=pressed.card, option=pressed.option),
        trigger=payload.trigger_id or "",
    )


def _pressed_place(payload: Payload, member: str, thread: str) -> Place:
    """Where the pressed card stands. Private messages do not name their thread, so their buttons do."""
    container, message = payload.container, payload.message
    channel = (payload.channel.id if payload.channel else None) or (container.channel_id if container else None) or ""
    ts = (container.message_ts if container else None) or (message.ts if message else None) or ""
    if not ts or not channel:
        return Place(spot=Spot.HOME, member=member)
    thread = (container.thread_ts if container else None) or (message.thread_ts if message else None) or thread
    thread = "" if thread == ts else thread
    is_private = bool(container and container.is_ephemeral) or (message is not None and message.subtype == "ephemeral")
    spot = Spot.PRIVATE if is_private else Spot.DIRECT if channel.startswith("D") else Spot.CHANNEL
    return Place(spot=spot, channel=channel, thread=thread, ts=ts, member=member)


def _from_shortcut(payload: Payload, bot: str, now: datetime) -> Arrival | None:
    """«Find a time» on a message. Its answer is private, at the shortcut's own address, which works in any channel."""
    message, member = payload.message, payload.user.id if payload.user else None
    channel = payload.channel.id if payload.channel else None
    if message is None or not message.ts or not member or not channel:
        return None
    owner = _owner(payload, member)
    text = unwrap(message.text or "", bot=bot)
    place = Place(spot=Spot.COMMAND, channel=channel, member=member)
    speakers = (*((message.user,) if message.user else ()), *mentions(text))
    return Arrival(
        claim=_claim("shortcut", owner.team, member, channel, message.ts, payload.trigger_id or ""),
        owner=owner,
        place=with_hook(place, payload.response_url or "", now),
        turn=Pointed(text=text),
        mentioned=tuple(dict.fromkeys(one for one in speakers if one not in {bot, member})),
        thread=message.thread_ts or "",
    )


def _from_booking_form(payload: Payload, owner: Owner, origin: FormOrigin) -> Arrival | None:
    view = payload.view
    if view is None:
        return None
    wish = form_wish(dict(form_values(view.state)))
    people = [one for one in (wish.attendee, *wish.guests) if one is not None]
    return Arrival(
        claim=_claim("form", owner.team, owner.member, view.id or payload.trigger_id or ""),
        owner=owner,
        place=Place(spot=Spot.DIRECT, channel=origin.channel, member=owner.member),
        turn=Wished(request=wish),
        mentioned=tuple(one.member for one in people if one.member),
    )


def _from_form(payload: Payload) -> Arrival | None:
    view, member = payload.view, payload.user.id if payload.user else None
    origin = read_origin(view.private_metadata) if view else None
    if view is None or origin is None or not member:
        return None
    owner = _owner(payload, member)
    if view.callback_id == CALLBACK:
        return _from_booking_form(payload, owner, origin)
    spot = Spot(origin.spot) if origin.spot in set(Spot) else Spot.DIRECT
    place = Place(spot=spot, channel=origin.channel, thread=origin.thread, ts=origin.ts, member=member)
    values = form_values(view.state)
    chosen = dict(values).get(MEMBER, "")
    return Arrival(
        claim=_claim("form", owner.team, member, view.id or payload.trigger_id or ""),
        owner=owner,
        place=place,
        turn=Submitted(card=origin.card, option=origin.option, values=tuple(one for one in values if one[0] != MEMBER)),
        mentioned=(chosen,) if chosen else (),
    )


def _owner(payload: Payload, member: str) -> Owner:
    return Owner(payload.enterprise_of, payload.team_of, member)


def _claim(kind: str, *facts: str) -> str:
    """Short and without the addresses in it, because it outlives the payload."""
    digest = hashlib.sha256("\x00".join(facts).encode(errors="replace")).hexdigest()
    return f"slack:{kind}:{digest[:40]}"
