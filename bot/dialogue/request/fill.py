"""Understanding + request → request: what a text begins, and what it changes in the wish under way.

Only what was said is changed; what was only inferred (the event type, a clock taken over) is inferred anew each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue.families import (
    AccountRequest,
    BookingRequest,
    EventTypeRequest,
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
)
from bot.dialogue.request.gathered import gathered
from bot.dialogue.request.managed import managed
from bot.dialogue.request.seeking import revised, seeking_base
from bot.dialogue.request.standing import on_booking, refill_on_booking
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding


def fill(understanding: Understanding, talk: Talk) -> Request:
    """The wish that the text states, on top of the one under way where it continues that."""
    u = understanding
    match u.intent:
        case Intent.FIND_SLOTS | Intent.BOOK | Intent.HOLD as intent:
            base = seeking_base(u, talk, SlotRequest(intent=intent, asked_at=talk.now))
            return revised(u, talk, replace(base, intent=intent))
        case Intent.RESCHEDULE:
            return on_booking(u, talk, MoveRequest(asked_at=talk.now))
        case (
            Intent.LIST_BOOKINGS
            | Intent.CANCEL
            | Intent.APPROVE
            | Intent.DECLINE
            | Intent.ADD_GUESTS
            | Intent.MARK_ABSENT
            | Intent.SHOW_INVITEES
            | Intent.CHANGE_PLACE
            | Intent.COUNT_BOOKINGS
            | Intent.REMOVE_GUESTS
            | Intent.CHANGE_LENGTH
            | Intent.CHANGE_TITLE
            | Intent.CHANGE_NOTE
            | Intent.RESEND
            | Intent.ASK_NEW_TIME
            | Intent.BOOKING_STATUS
            | Intent.SHOW_RECORDS
            | Intent.SHOW_ROOM
            | Intent.SHOW_CALENDAR_LINKS
        ) as intent:
            return on_booking(u, talk, BookingRequest(intent=intent, asked_at=talk.now))
        case _:
            return refill(u, talk, replace(_beside(u.intent), asked_at=talk.now))


def _beside(intent: Intent) -> Request:
    """A bare request for anything but slots and bookings; help for what is no wish of its own."""
    match intent:
        case (
            Intent.SHOW_PENDING
            | Intent.SHOW_TEAM
            | Intent.SHOW_CALENDARS
            | Intent.SHOW_CONFERENCING
            | Intent.SHOW_BUSY
            | Intent.SHOW_EMAILS
            | Intent.SHOW_HOLDS
        ):
            return ListRequest(intent=intent)
        case Intent.CONNECT | Intent.DISCONNECT | Intent.WHOAMI | Intent.USE_ACCOUNT | Intent.FORGET_ME:
            return AccountRequest(intent=intent)
        case Intent.AGENDA | Intent.REMIND:
            return ReminderRequest(intent=intent)
        case (
            Intent.SHARE_FREE
            | Intent.STOP_SHARING
            | Intent.SHARE_TIMES
            | Intent.ASK_OTHER
            | Intent.PASTE_TIMES
            | Intent.POLL
        ):
            return TogetherRequest(intent=intent)
        case Intent.SET_LIMITS:
            return LimitsRequest()
        case Intent.TELL_TIME | Intent.WHY_NOT | Intent.NEXT_OPENING:
            return TimeRequest(intent=intent)
        case Intent.UNDO:
            return UndoRequest()
        case Intent.GREETING:
            return TalkRequest(intent=intent)
        case _:
            return _managing(intent)


def _managing(intent: Intent) -> Request:
    """A bare request that changes the account itself; help for what is no wish of its own."""
    match intent:
        case (
            Intent.SHOW_EVENT_TYPES
            | Intent.CREATE_EVENT_TYPE
            | Intent.CHANGE_EVENT_TYPE
            | Intent.DELETE_EVENT_TYPE
            | Intent.CREATE_LINK
        ):
            return EventTypeRequest(intent=intent)
        case (
            Intent.SHOW_HOURS
            | Intent.SET_HOURS
            | Intent.TIME_OFF
            | Intent.SHOW_AWAY
            | Intent.BLOCK_TIME
            | Intent.CREATE_SCHEDULE
            | Intent.DELETE_SCHEDULE
        ):
            return HoursRequest(intent=intent)
        case (
            Intent.SHOW_WEBHOOKS
            | Intent.CREATE_WEBHOOK
            | Intent.PAUSE_WEBHOOK
            | Intent.RESUME_WEBHOOK
            | Intent.DELETE_WEBHOOK
            | Intent.NEWS_ON
            | Intent.NEWS_OFF
        ):
            return WebhookRequest(intent=intent)
        case Intent.CHANGE_PROFILE:
            return ProfileRequest()
        case _:
            return TalkRequest(intent=Intent.HELP)


def refill(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """The wish under way, changed by a follow-up."""
    match request:
        case SlotRequest():
            return revised(understanding, talk, request)
        case BookingRequest() | MoveRequest():
            return refill_on_booking(understanding, talk, request)
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
        case TogetherRequest():
            return gathered(understanding, talk, request)
        case AccountRequest():
            provider = understanding.detail("provider") or request.provider
            return replace(request, asked_at=talk.now, provider=provider)
        case TalkRequest():
            return request
        case _:
            assert_never(request)
