"""Presses about colleagues: who may press what on a card that others see too, and where each press leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue.acts.together import (
    AskOnce,
    CloseThePoll,
    KeepConsent,
    KeepPoll,
    KeepShare,
    LookAtShare,
    Remember,
    Vote,
)
from bot.dialogue.cards import (
    AskColleague,
    CastVote,
    ClosePoll,
    EndShare,
    GrantFree,
    PickTime,
    PublishPoll,
    PublishShare,
    RefuseFree,
    RememberPerson,
)
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest, TogetherRequest
from bot.dialogue.talk import do, go_on
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.dialogue.cards import Together
    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk


def press(talk: Talk, pressed: Together, *, is_replayed: bool = False) -> Decision:
    """One press of somebody who may press it."""
    match pressed:
        case GrantFree(viewer=viewer, until=until):
            if talk.context.account is None:
                return go_on(talk, TogetherRequest(intent=Intent.SHARE_FREE))
            return do(talk, KeepConsent(viewer=viewer, until=until), Doing.GRANTING)
        case RefuseFree():
            return do(talk, KeepConsent(is_withdrawn=True), Doing.WITHDRAWING)
        case PublishShare(share=share):
            return do(talk, KeepShare(share=share), Doing.SHARING)
        case PickTime(share=share, slot=slot):
            wish = SlotRequest(intent=Intent.BOOK, share=share, slot=slot, attendee=talk.context.asker)
            return go_on(talk.noting(stays=True), wish)
        case EndShare(share=share):
            return do(talk.noting(stays=False), LookAtShare(share=share, ends=True), Doing.ENDING_SHARE)
        case PublishPoll(poll=poll):
            return do(talk, KeepPoll(poll=poll), Doing.POLLING)
        case CastVote(poll=poll, option=option):
            return do(talk, Vote(poll=poll, option=option, only_looks=is_replayed), Doing.VOTING)
        case ClosePoll(poll=poll):
            return do(talk, CloseThePoll(poll=poll), Doing.CLOSING_POLL)
        case AskColleague(person=person):
            return do(talk.noting(stays=True), AskOnce(person=person), Doing.ASKING)
        case RememberPerson(person=person):
            return do(talk.noting(stays=True), Remember(person=person), Doing.REMEMBERING)
        case _:
            assert_never(pressed)


def is_for_everybody(pressed: object) -> bool:
    """Whether others than the card's person may press it, where the card is open to them."""
    return isinstance(pressed, PickTime | CastVote)
