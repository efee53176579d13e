"""The table intent → handler of a filled request, and the gate before it: most wishes need a working account.

A button that resumes a request and a text that states one both come through `resume`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue import booking, cancelling, connecting, listing, moving, small_talk
from bot.dialogue.talk import Row, Talk, resume_button, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import outcomes as words
from bot.errors import NotConnected
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
    if request is None:
        return say(talk, text)
    again = resume_button("again", common.try_again(), request)
    return show(talk, request, text, (common.line(text), Row(buttons=(again,))))


def connect_again(talk: Talk, request: Request | None) -> Step:
    """The account's key or grant is dead, or there is none."""
    account = talk.context.account
    if account is None:
        return connecting.connect_first(talk, request)
    lead = talk.leading(connect_words.reconnect(account.title))
    return connecting.connect_first(lead, request, provider=account.provider)
