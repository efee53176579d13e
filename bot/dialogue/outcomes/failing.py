"""Effects that could not be done: what happened, and the next step as a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import ConnectKey, Look, LookUp, Perform
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest
from bot.dialogue.finding import hosts
from bot.dialogue.managing import connecting
from bot.dialogue.outcomes.rows import write_words
from bot.dialogue.talk import Talk, go_on, say, show
from bot.dialogue.wording import booking as booking_words
from bot.dialogue.wording import common
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import outcomes as words
from bot.errors import NotConnected, NotFound, Unsupported
from bot.scheduling.models import Person
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Failed
    from bot.dialogue.context import Decision, Step
    from bot.dialogue.families import OnBooking, Request
    from bot.errors import PencilError


def failed(talk: Talk, outcome: Failed) -> Decision:
    """The sentence of the error with what can be done about it."""
    request = talk.conversation.request
    match outcome.effect:
        case ConnectKey(provider=provider) if isinstance(outcome.error, NotConnected):
            lead = talk.leading(connect_words.key_refused(provider))
            return connecting.connect_first(lead, request, provider=provider)
        case LookUp(what=Look.EVENT_TYPES, argument=host) if (
            host and isinstance(request, SlotRequest) and not isinstance(outcome.error, NotConnected)
        ):
            lead = talk.leading(booking_words.no_such_page(host))
            return hosts.ask_for_page(lead, replace(request, host=None, host_type=None))
        case LookUp(what=Look.BOOKING) if isinstance(outcome.error, NotFound) and isinstance(
            request, BookingRequest | MoveRequest
        ):
            return go_on(talk.leading(words.failed(outcome.error)), _anew(request))
        case LookUp(what=Look.CONNECTION):
            return _connection_gone(talk, words.failed(outcome.error), request)
        case Perform() as effect:
            return _not_performed(talk, outcome.error, effect)
        case _:
            return trouble(talk, outcome.error, request)


def trouble(talk: Talk, error: PencilError, request: Request | None) -> Step:
    """Something could not be done: what happened, and the next step as a button."""
    if isinstance(error, NotConnected):
        why = "" if error.for_person == NotConnected.for_person else error.for_person
        return connecting.connect_again(talk, request, why=why)
    text = words.failed(error)
    if request is None or isinstance(error, Unsupported):
        return say(talk, text, is_personal=True)
    again = resume_button("again", common.try_again(), request)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(again,))))


def _not_performed(talk: Talk, error: PencilError, effect: Perform) -> Step:
    """A press that failed before anything was sent: what it would have done, and why it was not."""
    card = talk.context.pressed
    request = card.request if card is not None else talk.conversation.request
    option = card.option(effect.option) if card is not None else None
    if isinstance(error, NotConnected) or request is None or option is None or not option.writes:
        return trouble(talk, error, request)
    text = words.refused(write_words(option.writes[0], talk), words.failed(error))
    again = resume_button("again", common.try_again(), request)
    return show(
        talk, replace(request, is_done=True), text, (common.line(text), ButtonRow(buttons=(again,))), is_live=False
    )


def _anew(request: OnBooking) -> OnBooking:
    """The same wish about a booking that has to be looked for again."""
    first = next(iter(request.booking.attendees), None) if request.booking else None
    person = (
        Person(name=first.name, email=first.email)
        if first is not None and request.attendee is None
        else request.attendee
    )
    if isinstance(request, MoveRequest):
        return replace(request, booking=None, slot=None, attendee=person)
    return replace(request, booking=None, attendee=person)


def _connection_gone(talk: Talk, text: str, request: Request | None) -> Step:
    if request is None:
        return say(talk, text)
    again = resume_button("again", common.try_again(), request)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(again,))))
