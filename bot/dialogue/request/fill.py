"""Understanding + request → request: what a text begins, and what it changes in the wish under way.

Only what was said is changed; what was only inferred (the event type, a clock taken over) is inferred anew each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue.families import (
    AccountRequest,
    BookingRequest,
    EventTypeRequest,
    FormRequest,
    HoursRequest,
    LimitsRequest,
    ListRequest,
    MoveRequest,
    ProfileRequest,
    ReminderRequest,
    SlotRequest,
    TalkRequest,
    TimeRequest,
    TogetherRequest,
    UndoRequest,
    WebhookRequest,
    bare,
)
from bot.dialogue.request.gathered import gathered
from bot.dialogue.request.managed import managed, of_form
from bot.dialogue.request.seeking import revised, seeking_base
from bot.dialogue.request.standing import on_booking, refill_on_booking
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding


def fill(understanding: Understanding, talk: Talk) -> Request:
    """The wish that the text states, on top of the one under way where it continues that."""
    request = replace(bare(understanding.intent), asked_at=talk.now)
    match request:
        case SlotRequest(intent=intent):
            return revised(understanding, talk, replace(seeking_base(understanding, talk, request), intent=intent))
        case BookingRequest() | MoveRequest():
            return on_booking(understanding, talk, request)
        case _:
            return refill(understanding, talk, request)


def refill(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """The wish under way, changed by a follow-up."""
    match request:
        case SlotRequest():
            return _leaving(request, revised(understanding, talk, request), talk)
        case BookingRequest() | MoveRequest():
            return _leaving(request, refill_on_booking(understanding, talk, request), talk)
        case UndoRequest():
            return request
        case (
            EventTypeRequest()
            | HoursRequest()
            | WebhookRequest()
            | ProfileRequest()
            | ListRequest()
            | ReminderRequest()
            | LimitsRequest()
            | TimeRequest()
        ):
            return managed(understanding, talk, request)
        case FormRequest():
            return of_form(understanding, talk, request)
        case TogetherRequest():
            return gathered(understanding, talk, request)
        case AccountRequest():
            provider = understanding.detail("provider") or request.provider
            return replace(request, asked_at=talk.now, provider=provider)
        case TalkRequest():
            return request
        case _:
            assert_never(request)


def _leaving(before: Request, after: Request, talk: Talk) -> Request:
    """The changed wish, which remembers the day that stood on the card."""
    if not isinstance(before, SlotRequest | MoveRequest) or not isinstance(after, SlotRequest | MoveRequest):
        return after
    if before.slot is None or after.moments == before.moments:
        return after
    day = before.slot.start.astimezone(talk.zone).date()
    return replace(after, left_days=(*before.left_days, day)[-_MOST_LEFT:])


_MOST_LEFT = 4
