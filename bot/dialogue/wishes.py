"""The table intent → handler of a filled request, and the gate before it: most wishes need a working account.

A button that resumes a request and a text that states one both come through `resume`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue import small_talk
from bot.dialogue.bookings import attending as managing_bookings
from bot.dialogue.bookings import cancelling, listing, moving
from bot.dialogue.finding import looking as booking
from bot.dialogue.managing import connecting
from bot.dialogue.managing import event_types as managing_types
from bot.dialogue.managing import hours as managing_hours
from bot.dialogue.managing import profile as managing_account
from bot.dialogue.managing import webhooks as managing_webhooks
from bot.dialogue.talk import Row, Talk, resume_button, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import outcomes as words
from bot.errors import NotConnected, Unsupported
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.dialogue.context import Step
    from bot.dialogue.conversation import Request
    from bot.errors import PencilError


_NEEDS_NO_ACCOUNT: Mapping[Intent, Callable[[Talk, Request], Step]] = {
    Intent.CONNECT: connecting.connect,
    Intent.DISCONNECT: connecting.disconnect,
    Intent.WHOAMI: connecting.whoami,
    Intent.USE_ACCOUNT: connecting.use_account,
    Intent.FORGET_ME: connecting.forget_me,
    Intent.HELP: small_talk.help_,
    Intent.GREETING: small_talk.hello,
}

_NEEDS_ACCOUNT: Mapping[Intent, Callable[[Talk, Request], Step]] = {
    Intent.FIND_SLOTS: booking.seek,
    Intent.BOOK: booking.seek,
    Intent.HOLD: booking.seek,
    Intent.CANCEL: cancelling.cancel,
    Intent.RESCHEDULE: moving.move,
    Intent.LIST_BOOKINGS: listing.list_bookings,
    Intent.NEWS_ON: connecting.news_on,
    Intent.NEWS_OFF: managing_webhooks.look_at_webhooks,
    Intent.SHOW_EVENT_TYPES: managing_types.show_types,
    Intent.CREATE_EVENT_TYPE: managing_types.create_type,
    Intent.CHANGE_EVENT_TYPE: managing_types.change_type,
    Intent.DELETE_EVENT_TYPE: managing_types.delete_type,
    Intent.CREATE_LINK: managing_types.create_link,
    Intent.SHOW_HOURS: managing_hours.look_at_hours,
    Intent.SET_HOURS: managing_hours.look_at_hours,
    Intent.TIME_OFF: managing_hours.look_at_hours,
    Intent.CREATE_SCHEDULE: managing_hours.look_at_hours,
    Intent.DELETE_SCHEDULE: managing_hours.look_at_hours,
    Intent.SHOW_PENDING: managing_bookings.show_pending,
    Intent.APPROVE: managing_bookings.approve,
    Intent.DECLINE: managing_bookings.decline,
    Intent.ADD_GUESTS: managing_bookings.add_guests,
    Intent.MARK_ABSENT: managing_bookings.mark_absent,
    Intent.CHANGE_PLACE: managing_bookings.change_place,
    Intent.SHOW_INVITEES: managing_bookings.show_invitees,
    Intent.CHANGE_PROFILE: managing_account.change_profile,
    Intent.SHOW_TEAM: managing_account.look,
    Intent.SHOW_CALENDARS: managing_account.look,
    Intent.SHOW_CONFERENCING: managing_account.look,
    Intent.SHOW_BUSY: managing_account.look,
    Intent.SHOW_EMAILS: managing_account.look,
    Intent.SHOW_WEBHOOKS: managing_webhooks.look_at_webhooks,
    Intent.CREATE_WEBHOOK: managing_webhooks.create_webhook,
    Intent.PAUSE_WEBHOOK: managing_webhooks.look_at_webhooks,
    Intent.RESUME_WEBHOOK: managing_webhooks.look_at_webhooks,
    Intent.DELETE_WEBHOOK: managing_webhooks.look_at_webhooks,
}


def resume(talk: Talk, request: Request | None) -> Step:
    """Decide on a request as it stands."""
    if request is None:
        return say(talk, common.nothing_waiting())
    request = replace(request, is_done=False, asked_at=talk.now)
    talk = talk.asking(request)
    free = _NEEDS_NO_ACCOUNT.get(request.intent)
    if free is not None:
        return free(talk, request)
    handler = _NEEDS_ACCOUNT.get(request.intent)
    if handler is None:
        return say(talk, common.broken())
    if talk.context.account is None:
        return connecting.connect_first(talk, request)
    if talk.context.trouble is not None:
        return trouble(talk, talk.context.trouble, request)
    return handler(talk, request)


def trouble(talk: Talk, error: PencilError, request: Request | None) -> Step:
    """Something could not be done: what happened, and the next step as a button."""
    if isinstance(error, NotConnected):
        return connect_again(talk, request)
    text = words.failed(error)
    if request is None or isinstance(error, Unsupported):
        return say(talk, text, is_personal=True)
    again = resume_button("again", common.try_again(), request)
    return show(talk, request, text, (common.line(text), Row(buttons=(again,))))


def connect_again(talk: Talk, request: Request | None) -> Step:
    """The account's key or grant is dead, or there is none."""
    account = talk.context.account
    if account is None:
        return connecting.connect_first(talk, request)
    lead = talk.leading(connect_words.reconnect(account.title))
    return connecting.connect_first(lead, request, provider=account.provider)
