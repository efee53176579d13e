"""Presses and forms: each option kind does its one thing, and a button always does something useful, even when stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, assert_never

from bot.dialogue.acts import Perform, Reply
from bot.dialogue.bookings import moving
from bot.dialogue.context import Step
from bot.dialogue.conversation import ActionKind
from bot.dialogue.finding import hosts
from bot.dialogue.managing import connecting
from bot.dialogue.request import revise
from bot.dialogue.request.fill import SEEKING
from bot.dialogue.request.forms import with_values
from bot.dialogue.talk import Talk, do, say, silence
from bot.dialogue.wishes import resume
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.dialogue.acts import Chose, Submitted
    from bot.dialogue.conversation import Option, Proposal, Request


def press(talk: Talk, act: Chose) -> Step:
    """A button."""
    card = talk.context.pressed
    if card is None:
        return _lost(talk)
    if card.key.owner != talk.context.key.owner:
        return _somebody_elses(talk, card)
    option = card.option(act.option)
    if option is None:
        return (
            resume(talk.leading(common.lost_card()), card.request)
            if card.request.intent is not common.NO_WISH
            else _lost(talk)
        )
    if option.argument == "stay":
        talk = talk.noting(stay="1")
    request = option.request or card.request
    match option.kind:
        case ActionKind.WRITE:
            return _write(talk, card, option)
        case ActionKind.RESUME:
            return resume(talk, request)
        case ActionKind.FORM:
            return _open_form(talk, card, option)
        case ActionKind.LINK:
            return silence(talk)
        case ActionKind.KEEP:
            return _keep(talk, card.request)
        case ActionKind.LOOK:
            return _look(talk, option.argument)
        case _:
            assert_never(option.kind)


def submit(talk: Talk, act: Submitted) -> Step:
    """A form that one of our options had opened."""
    card = talk.context.pressed
    if card is None:
        return _lost(talk)
    if card.key.owner != talk.context.key.owner:
        return _somebody_elses(talk, card)
    option = card.option(act.option)
    request = (option.request if option else None) or card.request
    given = {name: text.strip() for name, text in act.values}
    if option is not None and option.argument.startswith(connecting.KEY):
        provider = option.argument.removeprefix(connecting.KEY)
        return connecting.keep_key(talk, request, provider, given.get("key", ""))
    if given.get("day"):
        return resume(talk, _on_day(request, given.pop("day")))
    if given.get("host"):
        return resume(talk, replace(request, host=hosts.host_in(given["host"]) or None, host_type=None))
    revised, wrong = with_values(request, tuple(given.items()))
    return resume(talk.leading(words.not_an_address(wrong)) if wrong else talk, revised)


def _write(talk: Talk, card: Proposal, option: Option) -> Step:
    if talk.context.is_read_only:
        return resume(talk.leading(common.read_only()), card.request)
    talk = talk.asking(card.request).noting(label=option.label)
    return do(talk, Perform(proposal=card.id, option=option.id), "perform")


def _open_form(talk: Talk, card: Proposal, option: Option) -> Step:
    """The form at once; the card stays as it is behind it."""
    title = option.form.title if option.form else ""
    reply = Reply(text=title, form=option.form, form_option=option.id, proposal=card.id, is_personal=True, is_news=True)
    return Step(conversation=talk.conversation, reply=reply)


def _keep(talk: Talk, request: Request) -> Step:
    if request.intent in {Intent.RESCHEDULE, Intent.CANCEL}:
        return moving.keep(talk, request)
    return say(talk.asking(None), booking_words.kept(), drops_card=True)


def _look(talk: Talk, argument: str) -> Step:
    if argument.startswith(connecting.CONNECTION):
        return connecting.check(talk, argument.removeprefix(connecting.CONNECTION))
    if argument.startswith("use:"):
        return connecting.choose(talk, argument.removeprefix("use:"))
    if argument == "forget":
        return connecting.forget(talk)
    return _lost(talk)


def _on_day(request: Request, typed: str) -> Request:
    """The wish on another day; the clock said before goes with it."""
    try:
        day = date.fromisoformat(typed[:10])
    except ValueError:
        return request
    if request.intent in SEEKING:
        return replace(request, intent=Intent.FIND_SLOTS, moments=(revise.on_day(day),), slot=None, not_before=None)
    return replace(request, moments=(revise.whole_day(day),), slot=None, not_before=None)


def _lost(talk: Talk) -> Step:
    """A button that nobody remembers: the wish under way again, or how to start one."""
    request = talk.conversation.request
    if request is not None and not request.is_done and request.intent in SEEKING:
        return resume(talk.leading(common.lost_card()), request)
    return say(talk, common.lost_card())


def _somebody_elses(talk: Talk, card: Proposal) -> Step:
    text = common.only_owner(common.cut(card.asker, 40) or "the person it was made for")
    return Step(conversation=talk.conversation, reply=Reply(text=text, is_personal=True, is_news=True))
