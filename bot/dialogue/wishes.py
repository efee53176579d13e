"""Request → handler: one match a family, exhaustive; and the gate before it: most wishes need a working account.

A button that decides anew and a text that states a wish both come through `decide`. Only the machine calls it: a handler
that has come to another request says so (`talk.go_on`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue import small_talk
from bot.dialogue.bookings import adjoining, asking, attending, cancelling, changing, listing, moving
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
)
from bot.dialogue.finding import clock, looking, next_opening, routing, why_not
from bot.dialogue.managing import connecting, event_types, hours, limits, links, posting, profile, reminding, webhooks
from bot.dialogue.outcomes import undoing
from bot.dialogue.outcomes.failing import trouble
from bot.dialogue.together import consent, naming, pasting, picking, polling, sharing, standing
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk


def decide(talk: Talk, request: Request) -> Decision:
    """Decide on a request as it stands."""
    request = replace(request, is_done=False, asked_at=talk.now)
    talk = talk.asking(request)
    match request:
        case TalkRequest():
            return _talk(talk, request)
        case AccountRequest():
            return _account(talk, request)
        case SlotRequest(share=share) if share:
            return picking.look(talk, request)
        case TogetherRequest(intent=Intent.STOP_SHARING):
            return consent.withdraw(talk)
        case TimeRequest(intent=Intent.TELL_TIME):
            return naming.look_for(talk, request) or clock.tell_time(talk, request)
        case _:
            pass
    if talk.context.account is None:
        return connecting.connect_first(talk, request)
    if talk.context.trouble is not None:
        return trouble(talk, talk.context.trouble, request)
    return _with_account(talk, request)


def _with_account(
    talk: Talk,
    request: SlotRequest
    | BookingRequest
    | MoveRequest
    | EventTypeRequest
    | HoursRequest
    | WebhookRequest
    | ProfileRequest
    | LimitsRequest
    | TimeRequest
    | FormRequest
    | UndoRequest
    | ListRequest
    | ReminderRequest
    | TogetherRequest,
) -> Decision:
    match request:
        case SlotRequest(beside=beside) if beside is not None:
            return adjoining.look(talk, request)
        case SlotRequest():
            return looking.seek(talk, request)
        case MoveRequest():
            return moving.move(talk, request)
        case BookingRequest():
            return _on_booking(talk, request)
        case EventTypeRequest():
            return _event_type(talk, request)
        case HoursRequest():
            return _hours(talk, request)
        case WebhookRequest():
            return _webhook(talk, request)
        case ProfileRequest():
            return profile.change_profile(talk, request)
        case LimitsRequest():
            return limits.set_limits(talk, request)
        case TimeRequest():
            return _on_time(talk, request)
        case FormRequest():
            return routing.look(talk, request)
        case UndoRequest():
            return undoing.undo(talk, request)
        case ListRequest():
            return _list(talk, request)
        case ReminderRequest():
            return _reminding(talk, request)
        case TogetherRequest():
            return _together(talk, request)
        case _:
            assert_never(request)


def _hours(talk: Talk, request: HoursRequest) -> Decision:
    match request.intent:
        case (
            Intent.SHOW_HOURS
            | Intent.SET_HOURS
            | Intent.TIME_OFF
            | Intent.SHOW_AWAY
            | Intent.BLOCK_TIME
            | Intent.CREATE_SCHEDULE
            | Intent.DELETE_SCHEDULE
        ):
            return hours.look_at_hours(talk, request)
        case _:
            assert_never(request.intent)


def _on_time(talk: Talk, request: TimeRequest) -> Decision:
    match request.intent:
        case Intent.TELL_TIME:
            return clock.tell_time(talk, request)
        case Intent.NEXT_OPENING:
            return next_opening.look(talk, request)
        case Intent.WHY_NOT:
            return why_not.why_not(talk, request)
        case _:
            assert_never(request.intent)


def _reminding(talk: Talk, request: ReminderRequest) -> Decision:
    match request.intent:
        case Intent.AGENDA | Intent.REMIND | Intent.SET_STATUS | Intent.SHOW_SETTINGS:
            return reminding.look(talk, request)
        case _:
            assert_never(request.intent)


def _together(talk: Talk, request: TogetherRequest) -> Decision:
    if (asking := naming.look_for(talk, request)) is not None:
        return asking
    match request.intent:
        case Intent.SHARE_FREE:
            return consent.offer(talk, request)
        case Intent.STOP_SHARING:
            return consent.withdraw(talk)
        case Intent.SHARE_TIMES | Intent.ASK_OTHER:
            return sharing.offer(talk, request)
        case Intent.PASTE_TIMES:
            return pasting.offer(talk, request)
        case Intent.POLL:
            return polling.offer(talk, request)
        case Intent.SHOW_POLLS:
            return standing.look(talk, request)
        case _:
            assert_never(request.intent)


def _talk(talk: Talk, request: TalkRequest) -> Decision:
    match request.intent:
        case Intent.HELP:
            return small_talk.help_(talk)
        case Intent.GREETING:
            return small_talk.hello(talk)
        case _:
            assert_never(request.intent)


def _account(talk: Talk, request: AccountRequest) -> Decision:
    match request.intent:
        case Intent.CONNECT:
            return connecting.connect(talk, request)
        case Intent.DISCONNECT:
            return connecting.disconnect(talk, request)
        case Intent.WHOAMI:
            return connecting.whoami(talk)
        case Intent.USE_ACCOUNT:
            return connecting.use_account(talk, request)
        case Intent.FORGET_ME:
            return connecting.forget_me(talk, request)
        case _:
            assert_never(request.intent)


def _on_booking(talk: Talk, request: BookingRequest) -> Decision:
    match request.intent:
        case Intent.LIST_BOOKINGS | Intent.COUNT_BOOKINGS:
            return listing.list_bookings(talk, request)
        case Intent.CANCEL:
            return cancelling.cancel(talk, request)
        case Intent.APPROVE:
            return attending.approve(talk, request)
        case Intent.DECLINE:
            return attending.decline(talk, request)
        case Intent.ADD_GUESTS:
            return naming.look_for(talk, request) or attending.add_guests(talk, request)
        case Intent.MARK_ABSENT:
            return attending.mark_absent(talk, request)
        case Intent.SHOW_INVITEES:
            return attending.show_invitees(talk, request)
        case Intent.CHANGE_PLACE:
            return attending.change_place(talk, request)
        case Intent.REMOVE_GUESTS:
            return changing.remove_guests(talk, request)
        case Intent.CHANGE_LENGTH | Intent.CHANGE_TITLE | Intent.CHANGE_NOTE:
            return changing.change_entry(talk, request)
        case Intent.RESEND:
            return changing.resend(talk, request)
        case (
            Intent.BOOKING_STATUS
            | Intent.SHOW_RECORDS
            | Intent.SHOW_ROOM
            | Intent.SHOW_CALENDAR_LINKS
            | Intent.ASK_NEW_TIME
        ):
            return asking.about(talk, request)
        case _:
            assert_never(request.intent)


def _event_type(talk: Talk, request: EventTypeRequest) -> Decision:
    match request.intent:
        case Intent.SHOW_EVENT_TYPES:
            return event_types.show_types(talk, request)
        case Intent.CREATE_EVENT_TYPE:
            return event_types.create_type(talk, request)
        case Intent.CHANGE_EVENT_TYPE:
            return event_types.change_type(talk, request)
        case Intent.DELETE_EVENT_TYPE:
            return event_types.delete_type(talk, request)
        case Intent.CREATE_LINK:
            return links.create_link(talk, request)
        case Intent.CREATE_ONE_OFF:
            return links.create_one_off(talk, request)
        case _:
            assert_never(request.intent)


def _webhook(talk: Talk, request: WebhookRequest) -> Decision:
    match request.intent:
        case Intent.NEWS_ON if request.channel:
            return posting.post(talk, request)
        case Intent.NEWS_OFF if request.channel:
            return posting.stop(talk, request)
        case Intent.NEWS_ON:
            return connecting.news_on(talk)
        case Intent.CREATE_WEBHOOK:
            return webhooks.create_webhook(talk, request)
        case (
            Intent.SHOW_WEBHOOKS
            | Intent.PAUSE_WEBHOOK
            | Intent.RESUME_WEBHOOK
            | Intent.DELETE_WEBHOOK
            | Intent.NEWS_OFF
        ):
            return webhooks.look_at_webhooks(talk, request)
        case _:
            assert_never(request.intent)


def _list(talk: Talk, request: ListRequest) -> Decision:
    match request.intent:
        case Intent.SHOW_PENDING:
            return attending.show_pending(talk, request)
        case (
            Intent.SHOW_TEAM
            | Intent.SHOW_CALENDARS
            | Intent.SHOW_CONFERENCING
            | Intent.SHOW_BUSY
            | Intent.SHOW_EMAILS
            | Intent.SHOW_HOLDS
        ):
            return profile.look(talk, request)
        case _:
            assert_never(request.intent)
