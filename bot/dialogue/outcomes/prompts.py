"""What is offered to be said when somebody opens the messages of the agent: what fits their day, at most four sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound
from bot.dialogue.wording.standing import prompts as words
from bot.scheduling.models import BookingStatus

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Context
    from bot.dialogue.outcomes.home import HomeFacts
    from bot.dialogue.talk import Talk
    from bot.dialogue.wording.standing.prompts import Prompt
    from bot.scheduling.models import Booking

_MOST = 4


def build_prompts(talk: Talk, facts: HomeFacts) -> tuple[Prompt, ...]:
    """Title and sentence of each: what waits for the person first, then their day, then what they could ask."""
    if not is_ready(talk.context):
        return words.first_steps(was_connected=talk.context.account is not None)
    booked = _of(facts.found, BookingStatus.BOOKED)
    today = [one for one in booked if one.slot.start.astimezone(talk.zone).date() == talk.today]
    waiting = len(_of(facts.found, BookingStatus.REQUESTED))
    open_ = len(facts.polls) + len(facts.shares)
    offered = (
        *((words.pending(waiting),) if waiting else ()),
        *((words.standing(len(facts.polls), len(facts.shares)),) if open_ else ()),
        words.today(len(today)) if today else words.week(),
        *((words.held(len(facts.holds)),) if facts.holds else ()),
        words.free(),
        *((words.move(),) if today else ()),
        *((words.agenda(),) if facts.preferences.agenda is None else ()),
        words.help_(),
    )
    return offered[:_MOST]


def is_ready(context: Context) -> bool:
    """Whether there is an account that answers."""
    return context.account is not None and context.trouble is None


def _of(found: Outcome, status: BookingStatus) -> tuple[Booking, ...]:
    bookings = found.bookings if isinstance(found, BookingsFound) else ()
    return tuple(booking for booking in bookings if booking.status is status)
