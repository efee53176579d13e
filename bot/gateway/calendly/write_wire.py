"""Every Calendly call that writes: how it is asked and how its answer is read. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.errors import Refused
from bot.gateway.calendly import shapes
from bot.gateway.calendly.reading import asked
from bot.gateway.calendly.wire import iso, last_part
from bot.gateway.calls import ApiRequest, Call, body
from bot.scheduling.models import ChangeKind
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.scheduling.models import Attendee

LONGEST_REASON = 10_000
MOST_GUESTS = 10
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^\s@<>(),:;\"\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
SOURCE = "slack"
EVENTS = (
    "invitee.created",
    "invitee.canceled",
    "invitee_no_show.created",
    "invitee_no_show.deleted",
    "routing_form_submission.created",
)
"""What can be subscribed to."""
_EVENTS_OF = {
    ChangeKind.BOOKED: ("invitee.created",),
    ChangeKind.MOVED: ("invitee.created", "invitee.canceled"),
    ChangeKind.CANCELLED: ("invitee.canceled",),
    ChangeKind.NO_SHOW: ("invitee_no_show.created",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvitee:
    """One booking as Calendly takes it. `answers` are (question text, answer, position)."""

    event_type: str
    starts_at: datetime
    attendee: Attendee
    reference: str
    location: Mapping[str, str] | None = None
    answers: tuple[tuple[str, str, int], ...] = ()
    guests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.attendee.email:
            raise Refused(
                "an invitee without an address",
                code="email",
                for_person="Calendly needs a mail address of the person you want to meet.",
            )
        if not all(_is_address(email) for email in (self.attendee.email, *self.guests)):
            raise Refused("malformed mail address", code="email", for_person="That mail address is not valid.")
        if len(self.guests) > MOST_GUESTS:
            raise Refused(
                f"{len(self.guests)} guests",
                code="guests",
                for_person=f"Calendly takes at most {MOST_GUESTS} guests beside the attendee.",
            )


def create_invitee(new: NewInvitee, *, with_split_name: bool = False) -> Call[shapes.Invitee]:
    """Book. There is no key against doing it twice; `utm_content` finds it again.

    https://developer.calendly.com/api-docs/p3ghrxrwbl8kqe-create-event-invitee. Of `tracking` all six keys are needed.
    """
    payload = body(
        event_type=new.event_type,
        start_time=iso(new.starts_at),
        invitee=_invitee(new.attendee, with_split_name=with_split_name),
        location=dict(new.location) if new.location else None,
        questions_and_answers=[_answer(*one) for one in new.answers] or None,
        tracking=_tracking(new.reference),
        event_guests=[email.lower() for email in new.guests] or None,
    )
    return _created("/invitees", "invitees.create", payload, shapes.Invitee)


def cancel_event(event: str, reason: str) -> Call[shapes.Cancellation]:
    """Cancel an event for everybody who is invited."""
    path = f"/scheduled_events/{last_part(event, 'scheduled_events')}/cancellation"
    payload = {"reason": reason[:LONGEST_REASON]} if reason else {}
    return _created(path, "scheduled_events.cancel", payload, shapes.Cancellation)


def mark_no_show(invitee: str) -> Call[shapes.NoShow]:
    """Mark that an invitee did not come."""
    return _created("/invitee_no_shows", "no_shows.create", {"invitee": invitee}, shapes.NoShow)


def unmark_no_show(no_show: str) -> Call[None]:
    """Take such a mark back."""
    return _deleted(f"/invitee_no_shows/{last_part(no_show, 'invitee_no_shows')}", "no_shows.delete")


def create_link(event_type: str) -> Call[shapes.SchedulingLink]:
    """A link that books once."""
    payload = {"max_event_count": 1, "owner": event_type, "owner_type": "EventType"}
    return _created("/scheduling_links", "links.create", payload, shapes.SchedulingLink)


def create_webhook(
    url: str, events: Sequence[str], *, organization: str, user: str, secret: str
) -> Call[shapes.WebhookSubscription]:
    """Subscribe the user's own news. What is sent as `url` comes back as `callback_url`."""
    payload = body(
        url=url, events=list(events), organization=organization, user=user, scope="user", signing_key=secret or None
    )
    return _created("/webhook_subscriptions", "webhooks.create", payload, shapes.WebhookSubscription)


def delete_webhook(uri: str) -> Call[None]:
    """Unsubscribe."""
    return _deleted(f"/webhook_subscriptions/{last_part(uri, 'webhook_subscriptions')}", "webhooks.delete")


def events_for(triggers: Sequence[str]) -> tuple[str, ...]:
    """What to subscribe to, from kinds of change or Calendly's own names. `Refused` for what Calendly never tells."""
    found: dict[str, None] = {}
    for trigger in triggers:
        names = (trigger,) if trigger in EVENTS else _EVENTS_OF.get(_kind(trigger), ())
        if not names:
            raise Refused(
                "news that calendly does not send",
                code="trigger",
                for_person=f"Calendly sends no news called «{trigger}»; it tells of bookings, cancellations and no-shows.",
            )
        found.update(dict.fromkeys(names))
    return tuple(found)


def answers_to_send(
    found: shapes.CalendlyEventType, answers: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str, int], ...]:
    """Answers with their questions' positions, choices as they are spelled there; what is not asked (any more) is left out.

    `Refused` before sending when an answer that is needed lacks.
    """
    given = {question: answer for question, answer in answers if answer}
    questions = asked(found)
    missing = next((one.name for one in questions if one.required and one.name not in given), None)
    if missing is not None:
        raise Refused(
            "a required question has no answer",
            code="questions",
            for_person=f"That event type asks «{missing}», and needs an answer.",
        )
    return tuple((one.name, _as_spelled(one, given[one.name]), one.position) for one in questions if one.name in given)


def _as_spelled(question: shapes.CustomQuestion, answer: str) -> str:
    return next((one for one in question.answer_choices if one.casefold() == answer.casefold()), answer)


def _is_address(email: str) -> bool:
    return len(email) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(email) is not None


def _kind(trigger: str) -> ChangeKind:
    return ChangeKind(trigger) if trigger in set(ChangeKind) else ChangeKind.OTHER


def _invitee(attendee: Attendee, *, with_split_name: bool) -> dict[str, Any]:
    first, _, last = attendee.name.partition(" ")
    return body(
        name=None if with_split_name else attendee.name,
        first_name=first if with_split_name else None,
        last_name=(last or None) if with_split_name else None,
        email=(attendee.email or "").lower(),
        timezone=attendee.zone,
    )


def _answer(question: str, answer: str, position: int) -> dict[str, Any]:
    return {"question": question, "answer": answer, "position": position}


def _tracking(reference: str) -> dict[str, str | None]:
    return {
        "utm_campaign": None,
        "utm_source": SOURCE,
        "utm_medium": None,
        "utm_content": reference,
        "utm_term": None,
        "salesforce_uuid": None,
    }


def _created(path: str, operation: str, payload: Mapping[str, Any], shape: type[shapes.S]) -> Call[shapes.S]:
    request = ApiRequest(method="POST", path=path, operation=operation, body=payload)
    return Call(request, lambda data: shapes.read_resource(shape, data, where=operation))


def _deleted(path: str, operation: str) -> Call[None]:
    return Call(ApiRequest(method="DELETE", path=path, operation=operation), lambda _: None)
