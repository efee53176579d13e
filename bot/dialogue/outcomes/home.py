"""The page a person sees when they open the app: what is next, what waits, whose account, and what can be said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound, Failed, HomePage
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import AccountRequest, BookingRequest, MoveRequest, SlotRequest, WebhookRequest
from bot.dialogue.managing import connecting
from bot.dialogue.talk import ButtonRow, Talk, resume_button, show
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import home as home_words
from bot.dialogue.wording import outcomes as outcome_words
from bot.dialogue.wording import small_talk as help_words
from bot.language.meaning import Intent
from bot.scheduling.models import BookingStatus

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome, Reply
    from bot.dialogue.cards import Card
    from bot.dialogue.context import Context, Step
    from bot.dialogue.talk import CardPart
    from bot.scheduling.models import Booking

_MOST = 5


def build_home(context: Context, found: Outcome) -> tuple[HomePage, tuple[Card, ...]]:
    """The page, and the cards that its buttons belong to."""
    steps = (
        _account(_talk(context, "a")),
        *((_meetings(_talk(context, "m"), found), _pending(_talk(context, "p"), found)) if context.account else ()),
        _help(_talk(context, "h")),
    )
    sections: list[Reply] = []
    cards: list[Card] = []
    for step in steps:
        if step is not None and step.reply is not None:
            sections.append(replace(step.reply, retires=(), trace=""))
            cards += step.cards
    return HomePage(sections=tuple(sections)), tuple(cards)


def _talk(context: Context, letter: str) -> Talk:
    """Each section has a card of its own."""
    return Talk(
        conversation=Conversation(key=context.key),
        context=replace(context, fresh_id=f"{context.fresh_id}{letter}", pressed=None),
    )


def _account(talk: Talk) -> Step:
    account, profile = talk.context.account, talk.context.profile
    if account is None:
        return connecting.connect(talk, AccountRequest(intent=Intent.CONNECT))
    zone = home_words.zone(times.place(talk.zone))
    if talk.context.trouble is not None:
        text = outcome_words.failed(talk.context.trouble)
        again = resume_button("connect", "Connect", AccountRequest(intent=Intent.CONNECT, provider=account.provider))
        return show(
            talk,
            None,
            text,
            (common.heading(home_words.account_heading()), common.line(text), ButtonRow(buttons=(again,))),
        )
    name, email = (profile.name, profile.email) if profile else ("", "")
    text = connect_words.whoami(account, name, email, profile.zone if profile else "")
    buttons = (
        resume_button("find", "Find a time", SlotRequest(intent=Intent.FIND_SLOTS)),
        resume_button("list", "Show my meetings", BookingRequest(intent=Intent.LIST_BOOKINGS)),
        *(
            ()
            if talk.context.has_news or not talk.context.news_url
            else (resume_button("news", "Turn news on", WebhookRequest(intent=Intent.NEWS_ON)),)
        ),
    )
    parts: tuple[CardPart, ...] = (
        common.heading(home_words.account_heading()),
        common.line(text),
        ButtonRow(buttons=buttons),
        common.small(zone),
    )
    return show(talk, None, f"{text} {zone}", parts)


def _meetings(talk: Talk, found: Outcome) -> Step:
    if isinstance(found, Failed):
        text = outcome_words.failed(found.error)
        return show(talk, None, text, (common.heading(home_words.next_heading()), common.line(text)))
    booked = _of(found, BookingStatus.BOOKED)
    if not booked:
        return show(
            talk,
            None,
            home_words.nothing_next(),
            (common.heading(home_words.next_heading()), common.line(home_words.nothing_next())),
        )
    parts: list[CardPart] = [common.heading(home_words.next_heading())]
    for number, booking in enumerate(booked[:_MOST], start=1):
        move = resume_button(f"m{number}", "Move", MoveRequest(booking=booking))
        cancel = resume_button(f"c{number}", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking))
        parts.append(ButtonRow(buttons=(move, cancel), title=words.one_line(booking, talk.zone, talk.now)))
    return show(talk, None, words.list_text(booked[:_MOST], "coming up", talk.zone, talk.now), tuple(parts))


def _pending(talk: Talk, found: Outcome) -> Step | None:
    waiting = _of(found, BookingStatus.REQUESTED)
    if not waiting:
        return None
    parts: list[CardPart] = [common.heading(home_words.pending_heading())]
    for number, booking in enumerate(waiting[:_MOST], start=1):
        approve = resume_button(f"y{number}", "Approve", BookingRequest(intent=Intent.APPROVE, booking=booking))
        decline = resume_button(f"n{number}", "Decline", BookingRequest(intent=Intent.DECLINE, booking=booking))
        parts.append(ButtonRow(buttons=(approve, decline), title=words.one_line(booking, talk.zone, talk.now)))
    return show(talk, None, words.list_text(waiting[:_MOST], "waiting for you", talk.zone, talk.now), tuple(parts))


def _help(talk: Talk) -> Step:
    lines = tuple(common.line(text) for text in help_words.help_lines())
    parts: tuple[CardPart, ...] = (
        common.heading(help_words.help_heading()),
        *lines,
        common.small(help_words.help_foot()),
    )
    return show(talk, None, help_words.help_heading(), parts)


def _of(found: Outcome, status: BookingStatus) -> tuple[Booking, ...]:
    bookings = found.bookings if isinstance(found, BookingsFound) else ()
    return tuple(booking for booking in bookings if booking.status is status)
