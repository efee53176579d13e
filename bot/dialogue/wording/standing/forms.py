"""What is said about routing forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import count, cut, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.hosting import FormSubmission, RoutingForm
    from bot.scheduling.models import EventType


def no_forms_here(service: str, *, is_old: bool) -> str:
    if is_old:
        return f"This {service} is too old to let me read routing forms; its web page has them."
    return f"{service} has no routing forms that I could read."


def no_forms() -> str:
    return "There is no routing form yet."


def no_times(service: str) -> str:
    return (
        f"{service} does not tell which times a routing form leads to; its forms can only be read. "
        "I can show who filled one in, or the times of an event type."
    )


def form_line(form: RoutingForm) -> str:
    """«Sales: asks Company size, What is it about?»."""
    asks = [cut(one.label or one.key, 60) for one in form.questions]
    state = "" if form.is_open else " (not open)"
    return f"{cut(form.name)}{state}{f': asks {listed(asks)}' if asks else ''}"


def which_form(named: str) -> str:
    known = f"No routing form is called “{cut(named, 60)}”. " if named else ""
    return f"{known}Which form do you mean?"


def asks(form: RoutingForm, questions: Sequence[str]) -> str:
    """«To know where Sales leads, I need: Company size»."""
    return f"To know where the form {cut(form.name)} leads, I need: {listed([cut(one, 80) for one in questions])}."


def wants_one_of(form: RoutingForm, question: str, options: Sequence[str]) -> str:
    said = listed([cut(one, 60) for one in options], "or")
    return f"The form {cut(form.name)} asks “{cut(question, 80)}”: {said}?"


def leads_to(form: RoutingForm, kind: EventType, answers: Sequence[tuple[str, str]]) -> str:
    given = "; ".join(f"{cut(label, 60)}: {cut(text, 60)}" for label, text in answers)
    with_these = f" with {given}" if given else ""
    return f"The form {cut(form.name)}{with_these} leads to {cut(kind.title)}. Its answers are not sent along with a booking."


def leads_elsewhere(form: RoutingForm) -> str:
    return f"With these answers the form {cut(form.name)} leads to a page of its own, not to a time that can be booked."


def leads_to_others(form: RoutingForm) -> str:
    return (
        f"With these answers the form {cut(form.name)} leads to an event type that your account cannot book from here."
    )


def nobody_yet(form: RoutingForm) -> str:
    return f"Nobody has filled in the form {cut(form.name)} yet."


def submissions(form: RoutingForm, number: int) -> str:
    return f"{cut(form.name)}, the latest {count(number, 'answer')}:"


def submission_line(one: FormSubmission, when: str) -> str:
    said = "; ".join(f"{cut(label, 60)}: {cut(text, 120)}" for label, text in one.answers)
    booked = " (booked)" if one.is_booked else ""
    return f"{f'{when}: ' if when else ''}{said or 'nothing answered'}{booked}"
