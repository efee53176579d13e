"""Forms for what must be typed, and what their values do to a request."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, assert_never

from bot.dialogue.acts import FieldKind, Form, FormField
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
from bot.dialogue.request.places import missing_detail, place_to_send
from bot.language.addresses import addresses_in, is_address, name_of
from bot.language.meaning import PlaceWish
from bot.scheduling.models import Person, PlaceKind, QuestionKind
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.families import Request
    from bot.scheduling.hosting import RoutingForm
    from bot.scheduling.models import EventType, Question

_KINDS = {
    QuestionKind.TEXT: FieldKind.TEXT,
    QuestionKind.LONG_TEXT: FieldKind.LONG_TEXT,
    QuestionKind.NUMBER: FieldKind.NUMBER,
    QuestionKind.PHONE: FieldKind.PHONE,
    QuestionKind.EMAIL: FieldKind.EMAIL,
    QuestionKind.URL: FieldKind.URL,
    QuestionKind.CHOICE: FieldKind.CHOICE,
    QuestionKind.CHOICES: FieldKind.CHOICES,
    QuestionKind.YES_NO: FieldKind.CHOICE,
}
_ASKS = "q:"
_LONGEST = timedelta(hours=24)
_MOST_DIGITS = 5
_LONGEST_TITLE = 24
Guested = TypeVar("Guested", SlotRequest, BookingRequest)


def booking_form(request: SlotRequest, kind: EventType, *, fixed_attendee: bool = False) -> Form:
    """Everything a booking needs from its writer: attendee, guests, the event type's questions, where."""
    who = request.attendee
    answers = dict(request.answers)
    fields: list[FormField] = []
    if not fixed_attendee:
        fields += [
            FormField(
                name="email",
                label="Attendee's mail address",
                kind=FieldKind.ADDRESSEE,
                value=(who.email if who else "") or "",
            ),
            FormField(name="name", label="Attendee's name", value=who.name if who else "", is_required=False),
        ]
    fields += [_asked(question, answers.get(question.key, "")) for question in kind.questions]
    where = place_to_send(request.place, kind)
    if where is not None and (missing_detail(where) or where.detail):
        fields.append(FormField(name="where", label="Phone number or address", value=where.detail))
    known = ", ".join(guest.email for guest in request.guests if guest.email)
    hint = "Mail addresses, separated by commas"
    fields.append(FormField(name="guests", label="Guests", value=known, is_required=False, hint=hint))
    return Form(title="Booking details", fields=tuple(fields))


def _asked(question: Question, value: str) -> FormField:
    options = tuple((option, option) for option in question.options)
    if question.kind is QuestionKind.YES_NO:
        options = (("true", "Yes"), ("false", "No"))
    kind = _KINDS[question.kind]
    if kind in {FieldKind.CHOICE, FieldKind.CHOICES} and not options:
        kind = FieldKind.TEXT
    return FormField(
        name=f"{_ASKS}{question.key}",
        label=question.label or question.key,
        kind=kind,
        is_required=question.is_required,
        value=value,
        options=options,
    )


def routing_form(form: RoutingForm, answers: tuple[tuple[str, str], ...]) -> Form:
    """Everything that a routing form asks."""
    given = dict(answers)
    fields = tuple(_asked(question, given.get(question.key, "")) for question in form.questions)
    return Form(title=form.name[:_LONGEST_TITLE] or "Form", fields=fields)


def reason_form(title: str, value: str, *, label: str = "Reason") -> Form:
    """One field for a reason."""
    field = FormField(name="reason", label=label, kind=FieldKind.LONG_TEXT, is_required=False, value=value)
    return Form(title=title, fields=(field,))


def one_field(title: str, field: FormField) -> Form:
    """A form with a single field."""
    return Form(title=title, fields=(field,))


def with_values(request: Request, given: Mapping[str, str]) -> tuple[Request, str]:
    """The request with what a form brought, and the text that should have been a mail address, if one was not."""
    match request:
        case SlotRequest():
            return _slot_values(request, given)
        case BookingRequest():
            request = replace(request, typed_place=given.get("place", request.typed_place))
            return _with_guests(replace(request, reason=given.get("reason", request.reason)), given)
        case MoveRequest():
            return replace(request, reason=given.get("reason", request.reason)), ""
        case EventTypeRequest():
            name, length = given.get("new_name") or request.new_name, _typed_length(given) or request.length
            return replace(request, new_name=name, length=length), ""
        case HoursRequest():
            return replace(request, name=given.get("name") or request.name), ""
        case WebhookRequest():
            return replace(request, url=given.get("url", request.url)), ""
        case ProfileRequest():
            return replace(request, typed_zone=given.get("zone", request.typed_zone)), ""
        case FormRequest():
            answers = {name.removeprefix(_ASKS): text for name, text in given.items() if name.startswith(_ASKS)}
            kept = {**dict(request.answers), **answers}
            return replace(request, answers=tuple((key, text) for key, text in kept.items() if text)), ""
        case ReminderRequest():
            return replace(request, settings=tuple(given.items())), ""
        case (
            LimitsRequest()
            | TimeRequest()
            | UndoRequest()
            | ListRequest()
            | TogetherRequest()
            | AccountRequest()
            | TalkRequest()
        ):
            return request, ""
        case _:
            assert_never(request)


def _slot_values(request: SlotRequest, given: Mapping[str, str]) -> tuple[SlotRequest, str]:
    request, wrong = _with_attendee(request, given)
    request, wrong_guests = _with_guests(request, given)
    answers = {name.removeprefix(_ASKS): text for name, text in given.items() if name.startswith(_ASKS)}
    if answers:
        kept = {**dict(request.answers), **answers}
        request = replace(request, answers=tuple((key, text) for key, text in kept.items() if text))
    if given.get("where"):
        request = replace(request, place=_where(request.place, given["where"]))
    return request, wrong or wrong_guests


def _with_guests(request: Guested, given: Mapping[str, str]) -> tuple[Guested, str]:
    if given.get("guests"):
        guests = tuple(Person(name=name_of(email), email=email) for email in addresses_in(given["guests"]))
        return replace(request, guests=guests), "" if guests else given["guests"]
    if "guests" in given:
        return replace(request, guests=tuple(guest for guest in request.guests if not guest.email)), ""
    return request, ""


def _typed_length(given: Mapping[str, str]) -> timedelta | None:
    """The minutes of a form."""
    typed = given.get("minutes", "")[:_MOST_DIGITS]
    if not typed.isdecimal() or not timedelta(0) < timedelta(minutes=int(typed)) <= _LONGEST:
        return None
    return timedelta(minutes=int(typed))


def _with_attendee(request: SlotRequest, given: Mapping[str, str]) -> tuple[SlotRequest, str]:
    email, old = given.get("email", "").lower(), request.attendee
    if member := given.get("member", ""):  # somebody whom the surface knows: nothing of whoever stood there before
        chosen = Person(name=given.get("name", ""), email=email or None, zone=given.get("zone") or None, member=member)
        return replace(request, attendee=chosen), ""
    if not email:
        name = given.get("name", "")
        return (replace(request, attendee=replace(old, name=name)), "") if old and name else (request, "")
    if not is_address(email):
        return request, email
    name = given.get("name") or (old.name if old and old.email in {None, email} else "") or name_of(email)
    zone = old.zone if old and old.email in {None, email} else None
    return replace(request, attendee=Person(name=name, email=email, zone=zone, member=old.member if old else None)), ""


def _where(wish: PlaceWish | None, detail: str) -> PlaceWish:
    return replace(wish, detail=detail) if wish else PlaceWish(kind=PlaceKind.ATTENDEE_PHONE, detail=detail)
