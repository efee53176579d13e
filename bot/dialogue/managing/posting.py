"""News of an event type in a channel: begun and ended in words, told at once, because nothing of it reaches a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Done, PostNews, StopPosting
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import WebhookRequest
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import news as words
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.scheduling.models import EventType

_MOST = 10


def post(talk: Talk, request: WebhookRequest) -> Step:
    """Post news of the event type that was named; which one, when none was."""
    kind = _meant(talk, request)
    if kind is None:
        return _which(talk, request)
    intro = words.channel_intro(talk.context.asker.name, kind.title)
    effect = PostNews(channel=request.channel, event_type=kind.id, title=kind.title, intro=intro)
    return do(talk.asking(request), effect, Doing.POSTING)


def stop(talk: Talk, request: WebhookRequest) -> Step:
    """Post no more there: of the type that was named, or of none."""
    kind = _meant(talk, request)
    effect = StopPosting(channel=request.channel, event_type=kind.id if kind else "")
    return do(talk.asking(request), effect, Doing.POSTING)


def posted(talk: Talk, outcome: Outcome) -> Step:
    """It is so."""
    match outcome:
        case Done(effect=PostNews() as begun):
            request = WebhookRequest(
                intent=Intent.NEWS_OFF, channel=begun.channel, event_type=begun.event_type, is_done=False
            )
            text = words.posts_now(begun.title)
            buttons = (resume_button("stop", "Stop posting", request),)
            done = replace(request, intent=Intent.NEWS_ON, is_done=True)
            return show(talk, done, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)
        case Done(effect=StopPosting()):
            return say(talk.asking(None), words.posts_no_more(), is_personal=True)
        case _:
            return say(talk, common.broken())


def _meant(talk: Talk, request: WebhookRequest) -> EventType | None:
    return talk.event_type(request.event_type)


def _which(talk: Talk, request: WebhookRequest) -> Step:
    kinds = [kind for kind in talk.context.event_types if not kind.is_hidden][:_MOST]
    buttons = tuple(
        resume_button(f"t{number}", common.cut(kind.title, 60), replace(request, event_type=kind.id))
        for number, kind in enumerate(kinds, start=1)
    )
    text = words.which_to_post()
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))
