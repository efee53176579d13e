"""Cal.com's routing forms. Hosted edition only, below an organization and its teams; asking for times keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.calls import Call, route, success
from bot.sandbox.calcom.errors import refuse
from bot.sandbox.calcom.slots import slots_of
from bot.sandbox.calcom.teams import find_organization, find_team, page_of
from bot.sandbox.world.exchange import iso_milliseconds

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Answer
    from bot.sandbox.world.hosting import FormField, FormResponse, FormRoute, RoutingForm


def _shape(form: RoutingForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "name": form.name,
        "description": None,
        "position": 0,
        "createdAt": iso_milliseconds(form.created_at),
        "updatedAt": iso_milliseconds(form.created_at),
        "userId": form.owner,
        "teamId": form.team,
        "disabled": not form.is_open,
        "routes": [_route(one) for one in form.routes],
        "fields": [_field(one) for one in form.fields],
        "settings": {"emailOwnerOnSubmission": False},
    }


def _field(field: FormField) -> dict[str, Any]:
    options = {"options": [{"id": f"{field.id}-{n}", "label": one} for n, one in enumerate(field.options)]}
    return {
        "id": field.id,
        "type": field.kind,
        "label": field.label,
        "identifier": field.identifier,
        "required": field.is_required,
        **(options if field.options else {}),
    }


def _route(one: FormRoute) -> dict[str, Any]:
    kind = "externalRedirectUrl" if one.url else "customPageMessage" if one.page else "eventTypeRedirectUrl"
    action: dict[str, Any] = {"type": kind, "value": one.url or one.page or str(one.event_type)}
    if one.event_type is not None:
        action["eventTypeId"] = one.event_type
    return {"id": one.id, "action": action, "isFallback": not one.field, "queryValue": {"id": one.id, "type": "group"}}


def _response(form: RoutingForm, response: FormResponse) -> dict[str, Any]:
    labels = {field.id: field.label for field in form.fields}
    return {
        "id": response.id,
        "formId": form.id,
        "formFillerId": f"filler-{response.id}",
        "routedToBookingUid": response.booking,
        "response": {key: {"label": labels.get(key, key), "value": text} for key, text in response.answers.items()},
        "createdAt": iso_milliseconds(response.created_at),
    }


def _forms_of(call: Call) -> list[RoutingForm]:
    if "team" in call.params:
        teams = {find_team(call).id}
    else:
        organization = find_organization(call)
        parent = organization.id if organization else 0
        teams = {team.id for team in call.world.teams.values() if team.parent == parent}
    return [form for form in call.world.forms.values() if form.team in teams]


def _list(call: Call) -> Answer:
    return success(page_of(call, [_shape(form) for form in _forms_of(call)]))


def _responses(call: Call) -> Answer:
    form = next((form for form in _forms_of(call) if form.id == call.params["form"]), None)
    if form is None:
        raise refuse(404, f"Routing form with id {call.params['form']} not found")
    rows = [one for one in call.world.responses if one.form == form.id]
    rows.sort(key=lambda one: one.created_at, reverse=call.query.get("sortCreatedAt") == "desc")
    return success(page_of(call, [_response(form, one) for one in rows]))


def _calculate(call: Call) -> Answer:
    """Where the answers in the body lead, by the fields' identifiers; nothing is kept."""
    form = call.world.forms.get(call.params["form"])
    if form is None or form.team is None:
        raise refuse(404, "Form not found or user does not have permission to access it")
    answers = {key: str(value) for key, value in call.body.items()}
    missing = [field.identifier for field in form.fields if field.is_required and not answers.get(field.identifier)]
    if missing:
        raise refuse(400, f"Invalid fields: {', '.join(missing)}")
    goes = next((one for one in form.routes if one.fits(answers)), None)
    if goes is None:
        raise refuse(404, "Route to which the form response should be redirected not found.")
    kind = call.world.event_types.get(goes.event_type or 0)
    if kind is None:
        raise refuse(404, "Routed to a non cal.com event type URL.")
    return success({"eventTypeId": kind.id, "slots": slots_of(call, kind)})


_ORG = "/v2/organizations/{org}"
_TEAM = f"{_ORG}/teams/{{team}}"
ROUTES = (
    route("GET", f"{_ORG}/routing-forms", _list, is_hosted_only=True),
    route("GET", f"{_ORG}/routing-forms/{{form}}/responses", _responses, is_hosted_only=True),
    route("GET", f"{_TEAM}/routing-forms", _list, is_hosted_only=True),
    route("GET", f"{_TEAM}/routing-forms/{{form}}/responses", _responses, is_hosted_only=True),
    route("POST", "/v2/routing-forms/{form}/calculate-slots", _calculate, is_hosted_only=True),
)
