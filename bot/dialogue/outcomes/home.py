"""The page a person sees when they open the app: what is next, what waits, whose account, and what can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound, Facts, Failed, HomePage, Subheading
from bot.dialogue.buttons import ButtonRow, form_button, press_button, resume_button
from bot.dialogue.cards import UseAccount
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import (
    AccountRequest,
    BookingRequest,
    ReminderRequest,
    SlotRequest,
    TogetherRequest,
    WebhookRequest,
)
from bot.dialogue.managing import connecting
from bot.dialogue.managing.holds import show_holds
from bot.dialogue.managing.reminding import type_title
from bot.dialogue.managing.settings import settings_form
from bot.dialogue.outcomes.agenda import agenda_buttons
from bot.dialogue.talk import Talk, show
from bot.dialogue.together.standing import show_standing
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import home as home_words
from bot.dialogue.wording import outcomes as outcome_words
from bot.dialogue.wording import reminding as reminding_words
from bot.dialogue.wording import small_talk as help_words
from bot.dialogue.wording.standing import settings as words_of_settings
from bot.language.meaning import Intent
from bot.scheduling.accounts import AccountStatus
from bot.scheduling.models import BookingStatus
from bot.scheduling.reminding.preferences import NOTHING_SET
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome, Reply
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.cards import Card
    from bot.dialogue.context import Context, Step
    from bot.scheduling.models import Booking, Hold
    from bot.scheduling.reminding.preferences import Preferences
    from bot.scheduling.together.polls import Poll
    from bot.scheduling.together.sharing import Share

_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """What stands on the page. `found`: the bookings; `polls` and `shares`: those that are open."""

    found: Outcome
    preferences: Preferences = NOTHING_SET
    holds: tuple[Hold, ...] = ()
    polls: tuple[Poll, ...] = ()
    shares: tuple[Share, ...] = ()


def build_home(context: Context, facts: HomeFacts) -> tuple[HomePage, tuple[Card, ...]]:
    """The page, and the cards that its buttons belong to. Without an account it is the first step alone, and help."""
    is_ready = context.account is not None and context.trouble is None
    steps = (
        *(
            (_pending(_talk(context, "p"), facts.found), _meetings(_talk(context, "m"), facts.found))
            if is_ready
            else ()
        ),
        show_holds(_talk(context, "o"), None, facts.holds) if is_ready and facts.holds else None,
        show_standing(_talk(context, "t"), facts.polls, facts.shares),
        _accounts(_talk(context, "a")),
        _settings(_talk(context, "s"), facts.preferences) if is_ready else None,
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


def _meetings(talk: Talk, found: Outcome) -> Step:
    heading = common.heading(home_words.next_heading())
    if isinstance(found, Failed):
        text = outcome_words.failed(found.error)
        return show(talk, None, text, (heading, common.line(text)))
    booked = _of(found, BookingStatus.BOOKED)[:_MOST]
    search = (
        resume_button("find", "Find a time", SlotRequest(intent=Intent.FIND_SLOTS)),
        resume_button("list", "Show my meetings", BookingRequest(intent=Intent.LIST_BOOKINGS)),
    )
    zone = home_words.zone(times.place(talk.zone))
    if not booked:
        text = home_words.nothing_next()
        return show(talk, None, text, (heading, common.line(text), ButtonRow(buttons=search[:1])))
    parts: list[CardPart] = [heading]
    day = None
    for number, booking in enumerate(booked, start=1):
        starts = booking.slot.start.astimezone(talk.zone).date()
        if starts != day:
            parts.append(Subheading(text=times.date_words(starts, talk.today)))
        day = starts
        parts.append(ButtonRow(buttons=agenda_buttons(booking, number), title=reminding_words.item(booking, talk.zone)))
    parts += [ButtonRow(buttons=search), common.small(zone)]
    return show(talk, None, words.list_text(booked, "coming up", talk.zone, talk.now), tuple(parts))


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


def _accounts(talk: Talk) -> Step:
    """Whose calendars there are, and what can be done about them; without any, the first step."""
    account = talk.context.account
    if account is None:
        return connecting.connect(talk, AccountRequest(intent=Intent.CONNECT))
    parts: list[CardPart] = [common.heading(home_words.account_heading())]
    lines: list[str] = []
    rows: list[ButtonRow] = []
    if talk.context.trouble is not None:
        lines.append(outcome_words.failed(talk.context.trouble))
        again = AccountRequest(intent=Intent.CONNECT, provider=account.provider)
        parts += [common.line(lines[0]), ButtonRow(buttons=(resume_button("again", "Connect", again),))]
    for number, one in enumerate(talk.context.accounts, start=1):
        line = home_words.account_line(one, is_in_use=one.id == account.id)
        lines.append(line)
        use = press_button(f"u{number}", "Make default", UseAccount(account=one.id))
        leave = AccountRequest(intent=Intent.DISCONNECT, provider=one.provider)
        is_other = one.id != account.id and one.status == AccountStatus.ACTIVE
        buttons = (*((use,) if is_other else ()), resume_button(f"d{number}", "Disconnect", leave))
        rows.append(ButtonRow(buttons=buttons, title=line))
    more = (resume_button("connect", "Connect another", AccountRequest(intent=Intent.CONNECT)),)
    last = rows.pop() if rows else ButtonRow(buttons=())
    parts += [*rows, ButtonRow(buttons=(*last.buttons, *more), title=last.title)]
    return show(talk, None, " ".join(lines), tuple(parts))


def _settings(talk: Talk, preferences: Preferences) -> Step:
    """What the person has set, all of it, and the ways to change it."""
    form = settings_form(preferences, talk.context.event_types)
    change = form_button("settings", "Change settings", form, ReminderRequest(intent=Intent.AGENDA))
    shown = (
        *words_of_settings.rows(preferences, talk.zone, type_title(talk, preferences)),
        ("News", home_words.news_state(is_on=talk.context.has_news or preferences.looks_for_news)),
        ("Free times", home_words.sharing_state(shares=bool(talk.context.shares_free))),
    )
    text = words_of_settings.summary(shown)
    buttons = (change, *_news_switch(talk, preferences), *_sharing_switch(talk))
    return show(
        talk, None, text, (common.heading(words_of_settings.HEADING), Facts(rows=shown), ButtonRow(buttons=buttons))
    )


def _news_switch(talk: Talk, preferences: Preferences) -> tuple[Button, ...]:
    if talk.context.has_news or preferences.looks_for_news:
        return (resume_button("news", "Turn news off", WebhookRequest(intent=Intent.NEWS_OFF)),)
    return (resume_button("news", "Turn news on", WebhookRequest(intent=Intent.NEWS_ON)),)


def _sharing_switch(talk: Talk) -> tuple[Button, ...]:
    if talk.context.shares_free is None:
        return ()
    if talk.context.shares_free:
        return (resume_button("free", "Stop sharing", TogetherRequest(intent=Intent.STOP_SHARING)),)
    return (resume_button("free", "Share free times", TogetherRequest(intent=Intent.SHARE_FREE)),)


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
