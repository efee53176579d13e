"""What Calendly answers about what a host manages. The rule is that of `calendly/shapes.py`."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator

from bot.gateway.calendly.shapes import SchedulingLink, Shape, Text, list_or_empty, object_or_nothing
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTerms(Shape):
    """What a share has of its own."""

    name: Text = ""
    start_date: Text = ""
    end_date: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Shape):
    """A link for one booking. Newer answers carry `uri` and `status`."""

    uri: Text = ""
    status: Text = ""
    event_type: Text = ""
    booking_url: Text = ""
    scheduling_links: Annotated[list[SchedulingLink], BeforeValidator(list_or_empty)] = field(default_factory=list)
    share_override: Annotated[ShareTerms | None, BeforeValidator(object_or_nothing)] = None

    @property
    def url(self) -> str:
        """Where it is booked."""
        return self.booking_url or next((link.booking_url for link in self.scheduling_links), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOff(Shape):
    """An event type for one person."""

    uri: Text = ""
    scheduling_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Shape):
    """Somebody the account has met."""

    name: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    timezone: Text = ""

    @property
    def full_name(self) -> str:
        """However it was kept."""
        return self.name or f"{self.first_name} {self.last_name}".strip() or self.email


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap(Shape):
    """What is kept of a meeting."""

    uri: Text = ""
    title: Text = ""
    name: Text = ""
    summary: Any = None
    url: Text = ""
    start_time: AwareDatetime | None = None
    end_time: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion(Shape):
    """What a routing form asks."""

    uuid: Text = ""
    name: Text = ""
    type: Text = ""
    required: bool = False
    answer_choices: Annotated[list[str], BeforeValidator(list_or_empty)] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingForm(Shape):
    """A routing form: read only over there."""

    uri: Text = ""
    name: Text = ""
    status: Text = ""
    questions: Annotated[list[FormQuestion], BeforeValidator(list_or_empty)] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer(Shape):
    """One answer of a submission."""

    question: Text = ""
    answer: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Shape):
    """What somebody sent; `submitter` is who booked through it."""

    questions_and_answers: Annotated[list[FormAnswer], BeforeValidator(list_or_empty)] = field(default_factory=list)
    submitter: Text = ""
    created_at: AwareDatetime | None = None
