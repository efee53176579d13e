"""What stands open before colleagues: polls that are voted on, times that can be picked, each with the press that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Found, Look, LookUp
from bot.dialogue.buttons import ButtonRow, press_button
from bot.dialogue.cards import ClosePoll, EndShare
from bot.dialogue.conversation import Doing
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import polling, sharing
from bot.scheduling.together.polls import Poll
from bot.scheduling.together.sharing import Share

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.families import TogetherRequest

_MOST = 5


def look(talk: Talk, request: TogetherRequest) -> Step:
    """Look what is open."""
    return do(talk.asking(request), LookUp(what=Look.STANDING), Doing.READING_STANDING)


def found(talk: Talk, outcome: Outcome) -> Step:
    """The list, or that nothing is open."""
    if not isinstance(outcome, Found):
        return say(talk, common.broken())
    polls = tuple(one for one in outcome.values if isinstance(one, Poll))
    shares = tuple(one for one in outcome.values if isinstance(one, Share))
    return show_standing(talk.asking(None), polls, shares) or say(
        talk.asking(None), sharing.nothing_open(), is_personal=True
    )


def show_standing(talk: Talk, polls: tuple[Poll, ...], shares: tuple[Share, ...]) -> Step | None:
    """The list; None when nothing stands."""
    rows: list[tuple[str, CardPart]] = []
    for number, poll in enumerate(polls[-_MOST:], start=1):
        line = polling.standing(poll, times.moment(poll.closes_at, talk.zone, talk.now))
        close = press_button(f"p{number}", polling.close(), ClosePoll(poll=poll.id))
        rows.append((line, ButtonRow(buttons=(close,), title=line)))
    for number, share in enumerate(shares[-_MOST:], start=1):
        line = sharing.standing(share, len(share.left(talk.now)), times.moment(share.until, talk.zone, talk.now))
        end = press_button(f"s{number}", sharing.end(), EndShare(share=share.id))
        rows.append((line, ButtonRow(buttons=(end,), title=line)))
    if not rows:
        return None
    text = " ".join(f"{line}." for line, _ in rows)
    return show(
        talk, None, text, (common.heading(sharing.standing_heading()), *(row for _, row in rows)), is_live=False
    )
