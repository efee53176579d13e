"""Calendly's routing forms: what they ask and what was answered. They can be read, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    CalendlyCall,
    identifier,
    invalid,
    iso_micros,
    last_part,
    one,
    organization_uri,
    page_of,
    route,
    type_uri,
    unknown,
    uri,
)

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Answer
    from bot.sandbox.world.hosting import FormField, FormResponse, RoutingForm

_KINDS = {"select": "select", "email": "email"}


def _form_uri(form: RoutingForm) -> str:
    return uri("routing_forms", identifier("form", form.id))


def _shape(call: CalendlyCall, form: RoutingForm) -> dict[str, Any]:
    return {
        "uri": _form_uri(form),
        "organization": organization_uri(call.world, call.owner),
        "name": form.name,
        "status": "published" if form.is_open else "draft",
        "questions": [_question(field) for field in form.fields],
        "created_at": iso_micros(form.created_at),
        "updated_at": iso_micros(form.created_at),
    }


def _question(field: FormField) -> dict[str, Any]:
    return {
        "uuid": field.id,
        "name": field.label,
        "type": _KINDS.get(field.kind, "name"),
        "required": field.is_required,
        "answer_choices": list(field.options) or None,
    }


def _own(call: CalendlyCall) -> list[RoutingForm]:
    return [form for form in call.world.forms.values() if form.owner == call.owner.id]


def _list(call: CalendlyCall) -> Answer:
    wanted = call.query.get("organization")
    if not wanted:
        raise invalid(("organization", "must be filled"))
    mine = _own(call) if wanted == organization_uri(call.world, call.owner) else []
    return page_of(call, mine, lambda form: _shape(call, form))


def _one(call: CalendlyCall) -> Answer:
    form = next((form for form in _own(call) if identifier("form", form.id) == call.params["uuid"]), None)
    if form is None:
        raise unknown()
    return one(_shape(call, form))


def _submissions(call: CalendlyCall) -> Answer:
    last = last_part(call.query.get("form", ""), "routing_forms")
    if last is None:
        raise invalid(("form", "must be a valid routing form URI"))
    form = next((form for form in _own(call) if identifier("form", form.id) == last), None)
    if form is None:
        raise unknown()
    rows = [one for one in call.world.responses if one.form == form.id]
    rows.sort(key=lambda one: one.created_at, reverse=call.query.get("sort") == "created_at:desc")
    return page_of(call, rows, lambda row: _submission(form, row))


def _submission(form: RoutingForm, row: FormResponse) -> dict[str, Any]:
    labels = {field.id: field.label for field in form.fields}
    goes = form.routes[-1].event_type if form.routes else None
    return {
        "uri": uri("routing_form_submissions", identifier("submission", row.id)),
        "routing_form": _form_uri(form),
        "questions_and_answers": [
            {"question_uuid": key, "question": labels.get(key, key), "answer": text}
            for key, text in row.answers.items()
        ],
        "tracking": {
            "utm_campaign": None,
            "utm_source": None,
            "utm_medium": None,
            "utm_content": None,
            "utm_term": None,
            "salesforce_uuid": None,
        },
        "result": {"type": "event_type", "value": type_uri(goes or 0)},
        "submitter": None,
        "submitter_type": None,
        "created_at": iso_micros(row.created_at),
        "updated_at": iso_micros(row.created_at),
    }


def _one_submission(call: CalendlyCall) -> Answer:
    mine = {form.id: form for form in _own(call)}
    found = (row for row in call.world.responses if row.form in mine)
    row = next((row for row in found if identifier("submission", row.id) == call.params["uuid"]), None)
    if row is None:
        raise unknown()
    return one(_submission(mine[row.form], row))


ROUTES = (
    route("GET", "/routing_forms", _list),
    route("GET", "/routing_forms/{uuid}", _one),
    route("GET", "/routing_form_submissions", _submissions),
    route("GET", "/routing_form_submissions/{uuid}", _one_submission),
)
