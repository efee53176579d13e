"""What came of a management write: one sentence that says what it is now, one case a kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, link_button, stay_button
from bot.dialogue.families import (
    BookingRequest,
    EventTypeRequest,
    HoursRequest,
    ProfileRequest,
    UndoRequest,
    WebhookRequest,
    booking_of,
)
from bot.dialogue.managing.absence.blocking import private_stretches
from bot.dialogue.outcomes.buttons import booking_buttons
from bot.dialogue.outcomes.rows import blame, is_done
from bot.dialogue.talk import Talk, show
from bot.dialogue.wording import account as account_words
from bot.dialogue.wording import attending as deed_words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import managing as words
from bot.dialogue.wording import outcomes as outcome_words
from bot.dialogue.wording.standing import absence as away_words
from bot.dialogue.wording.standing import changing as changing_words
from bot.language.meaning import Intent
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.models import BookingStatus, Slot
from bot.scheduling.replacing import replace
from bot.scheduling.undoing import webhook_again
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    ChangeEntry,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    MarkAbsent,
    RemoveGuests,
)

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Step
    from bot.dialogue.families import Request
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.models import Booking
    from bot.scheduling.writes import Written


def changed(talk: Talk, request: Request | None, rows: tuple[LedgerRow, ...]) -> Step:
    """Tell the change, with what can be done next."""
    pieces = [_sentence(talk, request, row) if is_done(row) else blame(row, talk) for row in rows]
    text = " ".join(piece for piece in dict.fromkeys(pieces) if piece)
    done = _done(request, rows[0])
    buttons = (*_buttons(talk, rows[0]), *_resume(request, rows[0]))
    return show(talk, done, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def _done(request: Request | None, row: LedgerRow) -> Request | None:
    """Carried out. What was typed for it is forgotten, so that a follow-up starts from what stands now."""
    match request:
        case None:
            return None
        case EventTypeRequest():
            kind = row.written.event_type if row.written is not None else None
            meant = kind.id if kind is not None else request.event_type
            return replace(request, is_done=True, event_type=meant, name="", new_name="", hidden=None)
        case HoursRequest():
            return replace(request, is_done=True, name="", schedule="")
        case WebhookRequest():
            return replace(request, is_done=True, webhook="", url="", triggers="")
        case ProfileRequest():
            return replace(request, is_done=True, name="", typed_zone="")
        case BookingRequest():
            return replace(request, is_done=True, typed_place="")
        case _:
            return replace(request, is_done=True)


def _sentence(talk: Talk, request: Request | None, row: LedgerRow) -> str:
    written = row.written
    note = written.note if written is not None else ""
    if note and not isinstance(row.write, CreateWebhook):
        return note
    match row.write:
        case (
            ApproveBooking()
            | DeclineBooking()
            | AddGuests()
            | RemoveGuests()
            | MarkAbsent()
            | ChangePlace()
            | ChangeEntry()
        ):
            return _of_booking(talk, request, row)
        case CreateEventType() | ChangeEventType() | DeleteEventType():
            return _of_type(talk, row, written)
        case CreateSchedule() | ChangeSchedule() | DeleteSchedule():
            return _of_schedule(talk, request, row, written)
        case ChangeProfile(name=name, zone=zone):
            profile = written.profile if written and written.profile else talk.context.profile
            return words.changed_profile(
                name or (profile.name if profile else ""), zone or (profile.zone if profile else "UTC")
            )
        case CreateWebhook() | ChangeWebhook() | DeleteWebhook():
            return _of_webhook(request, row, note)
        case CreateLink() | CreateOneOff() | DeleteLink():
            return _of_link(talk, row)
        case CreateAway(first=first, last=last):
            return away_words.away_set(first, last, talk.today)
        case DeleteAway(before=before):
            return away_words.away_removed(away_words.away_line(before, talk.today) if before else "")
        case _:
            return outcome_words.done()


def _of_webhook(request: Request | None, row: LedgerRow, note: str) -> str:
    match row.write:
        case CreateWebhook() if request is not None and request.intent is Intent.RESUME_WEBHOOK:
            return f"{account_words.resumed_by_making()} {note}".strip()
        case CreateWebhook(url=url, token=token):
            return f"{connect_words.news_on() if token else account_words.webhook_created(url)} {note}".strip()
        case ChangeWebhook(is_active=is_active):
            return account_words.webhook_changed(is_active=bool(is_active))
        case DeleteWebhook() if request is not None and request.intent is Intent.PAUSE_WEBHOOK:
            return account_words.paused_by_deleting()
        case DeleteWebhook() if request is not None and request.intent is Intent.RESUME_WEBHOOK:
            return ""
        case DeleteWebhook():
            return (
                account_words.news_is_off()
                if request is not None and request.intent is Intent.NEWS_OFF
                else account_words.webhook_deleted()
            )
        case _:
            return outcome_words.done()


def _of_link(talk: Talk, row: LedgerRow) -> str:
    match row.write:
        case CreateLink(uses=uses, expires_at=expires_at):
            last = expires_at - timedelta(minutes=1) if expires_at else None
            until = times.day(last, talk.zone, talk.now) if last else ""
            return account_words.link_made(uses, until)
        case CreateOneOff(title=title):
            return account_words.one_off_made(title)
        case DeleteLink():
            return account_words.link_withdrawn()
        case _:
            return outcome_words.done()


def _of_booking(talk: Talk, request: Request | None, row: LedgerRow) -> str:
    booking = _booking(request, row)
    line = (
        booking_words.one_line(replace(booking, status=BookingStatus.BOOKED), talk.zone, talk.now)
        if booking
        else "the meeting"
    )
    match row.write:
        case ApproveBooking():
            return deed_words.approved(line)
        case DeclineBooking():
            return deed_words.declined(line)
        case AddGuests(emails=emails):
            return deed_words.guests_added(emails, line)
        case MarkAbsent(is_absent=is_absent):
            return deed_words.marked_absent(line) if is_absent else deed_words.mark_taken_back(line)
        case RemoveGuests(emails=emails):
            return changing_words.guests_removed(emails, line)
        case ChangeEntry():
            return changing_words.entry_changed(line)
        case _:
            return deed_words.place_changed(line)


def _booking(request: Request | None, row: LedgerRow) -> Booking | None:
    return (row.written.booking if row.written else None) or booking_of(request)


def _of_type(talk: Talk, row: LedgerRow, written: Written | None) -> str:
    made = written.event_type if written else None
    match row.write:
        case CreateEventType(title=title, lengths=lengths):
            return words.created_type(made.title if made else title, made.length if made else lengths[0])
        case DeleteEventType(event_type=event_type):
            kind = talk.event_type(event_type)
            return words.deleted_type(kind.title if kind else "that one")
        case ChangeEventType(event_type=event_type, title=title):
            kind = made or talk.event_type(event_type)
            return words.changed_type(title or (kind.title if kind else "that one"))
        case _:
            return outcome_words.done()


def _of_schedule(talk: Talk, request: Request | None, row: LedgerRow, written: Written | None) -> str:
    made = written.schedule if written else None
    asked = request if isinstance(request, HoursRequest) else None
    named = made.name if made else (asked.schedule if asked else "") or "your schedule"
    match row.write:
        case CreateSchedule(name=name):
            return words.created_schedule(name)
        case DeleteSchedule():
            return words.deleted_schedule(named)
        case _:
            if asked and asked.intent is Intent.TIME_OFF and isinstance(row.write, ChangeSchedule):
                return _off(talk, asked, row.write, named)
            if asked and asked.intent is Intent.BLOCK_TIME and (private := private_stretches(talk, asked)):
                said = [times.stretch(Slot(one.start, one.end), talk.zone, talk.now) for one in private]
                return away_words.blocked(common.listed(said), named)
            hours = f" Now: {'; '.join(words.hours_of(made.hours, talk.zone))}." if made and made.hours else ""
            return f"{words.changed_hours(named)}{hours}"


def _off(talk: Talk, request: HoursRequest, write: ChangeSchedule, named: str) -> str:
    """What the write has done to the days that were said; on those of which something is left, what that is."""
    said = [moment.days for moment in request.moments if moment.days is not None]
    rows = [row for row in write.overrides or () if any(one.first <= row.day <= one.last for one in said)]
    if not rows:
        return words.changed_hours(named)
    if any(row.start is not None for row in rows):
        return words.part_off_set("; ".join(words.override_line(row, talk.today, talk.zone) for row in rows), named)
    return words.days_off_set(times.dates([row.day for row in rows], talk.today), named)


def _buttons(talk: Talk, row: LedgerRow) -> tuple[Button, ...]:
    if not is_done(row) or row.written is None:
        return ()
    if isinstance(row.write, CreateLink | CreateOneOff) and row.written.link.startswith("http"):
        return (link_button("open", "Open the link", row.written.link),)
    booking = row.written.booking
    if isinstance(row.write, ApproveBooking) and booking is not None and booking.slot.end > talk.now:
        return booking_buttons(booking)
    return ()


def _resume(request: Request | None, row: LedgerRow) -> tuple[Button, ...]:
    """The way back from a pause that had to delete."""
    is_pause = request is not None and request.intent is Intent.PAUSE_WEBHOOK
    if not is_pause or not is_done(row) or not isinstance(row.write, DeleteWebhook) or row.write.before is None:
        return ()
    return (stay_button("resume", "Resume", UndoRequest(writes=(webhook_again(row.write.before),))),)
