"""Presses and forms: each option kind does its one thing, and a button always does something useful, even when stale."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Perform, Reply
from bot.dialogue.bookings import moving
from bot.dialogue.cards import (
    CheckConnection,
    DecideAnew,
    EnterKey,
    FillIn,
    FollowLink,
    ForgetAll,
    Keep,
    RunLate,
    TakeSlot,
    TakeType,
    TurnPage,
    UseAccount,
    WriteOut,
)
from bot.dialogue.context import Step
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest
from bot.dialogue.finding import hosts
from bot.dialogue.finding.card import slot_request
from bot.dialogue.managing import connecting, reminding
from bot.dialogue.request import revise
from bot.dialogue.request.forms import with_values
from bot.dialogue.request.said import at_pick
from bot.dialogue.talk import Talk, do, go_on, say, silence
from bot.dialogue.together import pressing as together
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Chose, Form, Submitted
    from bot.dialogue.cards import Card, Option
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request


_DOUBLE = timedelta(seconds=3)
"""Two presses of one button within this are one."""


def is_doubled(talk: Talk, act: Chose) -> bool:
    """Whether the very same press was answered a moment ago, and nothing happened in between. Writes have the ledger for it."""
    before, card = talk.conversation, talk.context.pressed
    option = card.option(act.option) if card is not None else None
    if option is None or not isinstance(option.press, DecideAnew | TakeSlot | TakeType | TurnPage) or act.is_replayed:
        return False
    if before.pressed != (act.card, act.option) or before.updated_at is None:
        return False
    return abs(talk.now - before.updated_at) < _DOUBLE


def press(talk: Talk, act: Chose) -> Decision:
    """A button."""
    card = talk.context.pressed
    if card is None:
        return _lost(talk)
    option = card.option(act.option)
    is_open = card.is_open and option is not None and together.is_for_everybody(option.press)
    if card.key.owner != talk.context.key.owner and not is_open:
        return _somebody_elses(talk, card)
    if option is None:
        return go_on(talk.leading(common.lost_card()), card.request) if card.request is not None else _lost(talk)
    match option.press:
        case WriteOut():
            return _write(talk, card, option)
        case DecideAnew(request=request, stays=stays):
            return go_on(talk.noting(stays=stays), request)
        case TakeSlot() | TakeType() | TurnPage() as difference:
            changed = _with_difference(talk, card.request, difference)
            return go_on(talk, changed) if changed is not None else _lost(talk)
        case FillIn(form=form) | EnterKey(form=form):
            return _open_form(talk, card, option, form)
        case FollowLink():
            return silence(talk)
        case Keep():
            return _keep(talk, card.request)
        case CheckConnection(account=account):
            return connecting.check(talk, account)
        case UseAccount(account=account):
            return connecting.choose(talk, account)
        case ForgetAll():
            return connecting.forget(talk)
        case RunLate() as late:
            return reminding.run_late(talk, late)
        case _:
            return together.press(talk, option.press, is_replayed=act.is_replayed)


def _with_difference(talk: Talk, request: Request | None, press: TakeSlot | TakeType | TurnPage) -> Request | None:
    """The request of a card as a button changes it; None for one that has no such thing."""
    match request, press:
        case SlotRequest(), TakeSlot(slot=slot):
            return slot_request(at_pick(request, slot, talk), slot)
        case MoveRequest(), TakeSlot(slot=slot):
            return replace(at_pick(request, slot, talk), slot=slot)
        case SlotRequest(), TakeType(event_type=event_type, length=length):
            return replace(request, event_type=event_type, length=length)
        case SlotRequest(), TurnPage(behind=behind, day=day):
            moments = request.moments if day is None else (revise.on_day(day),)
            intent = Intent.FIND_SLOTS if request.intent is Intent.BOOK else request.intent
            return replace(request, intent=intent, slot=None, moments=moments, not_before=behind)
        case _:
            return None


def submit(talk: Talk, act: Submitted) -> Decision:
    """A form that one of our options had opened."""
    card = talk.context.pressed
    if card is None:
        return _lost(talk)
    if card.key.owner != talk.context.key.owner:
        return _somebody_elses(talk, card)
    option = card.option(act.option)
    request = (option.request if option else None) or card.request
    given = {name: text.strip() for name, text in act.values}
    if option is not None and isinstance(option.press, EnterKey):
        return connecting.keep_key(talk, request, option.press.provider, given.get("key", ""))
    if request is None:
        return _lost(talk)
    if given.get("day"):
        return go_on(talk, _on_day(request, given["day"]))
    if given.get("host") and isinstance(request, SlotRequest):
        return go_on(talk, replace(request, host=hosts.host_in(given["host"]) or None, host_type=None))
    revised, wrong = with_values(request, given)
    return go_on(talk.leading(words.not_an_address(wrong)) if wrong else talk, revised)


def _write(talk: Talk, card: Card, option: Option) -> Decision:
    if talk.context.is_read_only:
        return go_on(talk.leading(common.read_only()), card.request)
    talk = talk.asking(card.request)
    return do(talk, Perform(card=card.id, option=option.id), Doing.PERFORMING)


def _open_form(talk: Talk, card: Card, option: Option, form: Form) -> Decision:
    """The form at once; the card stays as it is behind it."""
    reply = Reply(text=form.title, form=form, form_option=option.id, card=card.id, is_personal=True, is_news=True)
    return Step(conversation=talk.conversation, reply=reply)


def _keep(talk: Talk, request: Request | None) -> Decision:
    if isinstance(request, MoveRequest) or (isinstance(request, BookingRequest) and request.intent is Intent.CANCEL):
        return moving.keep(talk, request)
    return say(talk.asking(None), booking_words.kept(), drops_card=True)


def _on_day(request: Request, typed: str) -> Request:
    """The wish on another day; the clock said before goes with it."""
    try:
        day = date.fromisoformat(typed[:10])
    except ValueError:
        return request
    match request:
        case SlotRequest():
            return replace(request, intent=Intent.FIND_SLOTS, moments=(revise.on_day(day),), slot=None, not_before=None)
        case MoveRequest():
            return replace(request, moments=(revise.whole_day(day),), slot=None, not_before=None)
        case _:
            return request


def _lost(talk: Talk) -> Decision:
    """A button that nobody remembers: the wish under way again, or how to start one."""
    request = talk.conversation.request
    if isinstance(request, SlotRequest) and not request.is_done:
        return go_on(talk.leading(common.lost_card()), request)
    return say(talk, common.lost_card())


def _somebody_elses(talk: Talk, card: Card) -> Decision:
    text = common.only_owner(common.cut(card.asker, 40) or "the person it was made for")
    return Step(conversation=talk.conversation, reply=Reply(text=text, is_personal=True, is_news=True))
