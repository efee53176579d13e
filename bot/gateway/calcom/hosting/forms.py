"""Cal.com's routing forms: which there are, what was answered, and where answers lead. Hosted edition, organisations only.

Traps obeyed here. Forms are listed below an organisation or one of its teams, and only for who may administer it, so a refused
list is tried team by team. The times are asked for with a POST that keeps nothing; its body names each answer by the field's
identifier. Answers that lead to no event type of a team are a 404 of their own.
https://cal.com/docs/api-reference/v2/routing-forms
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from bot.errors import NotFound, Refused, Unsupported
from bot.gateway.calcom.wire import (
    MOST_A_PAGE,
    Flag,
    Id,
    Instant,
    Items,
    Model,
    Text,
    data_of,
    iso,
    read_many,
    read_one,
)
from bot.gateway.calcom.wire_event_types import QUESTION_KINDS
from bot.gateway.calcom.wire_slots import read_slots
from bot.gateway.calls import ApiRequest, Call, query
from bot.scheduling.hosting import FormSubmission, Routed, RoutingForm
from bot.scheduling.models import Question, QuestionKind
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.gateway.calcom.hosting.teams import TeamReads
    from bot.gateway.calcom.session import Session
    from bot.gateway.calls import Pairs
    from bot.scheduling.models import EventType, Profile
    from bot.scheduling.times import Interval

    TypeOf = Callable[[str], Coroutine[object, object, EventType]]

Read = TypeVar("Read")

NO_ORGANISATION = "Cal.com keeps routing forms in organisations, and your account belongs to none."
NO_FORMS = "This Cal.com has no routing forms."
NO_RIGHT = "Your role in the organisation does not let me read its routing forms; an admin's account can."
LEADS_ELSEWHERE = ("non cal.com event type", "route to which", "not found in the routed url")
"""How the service says that answers lead to a page or address of the form's own."""
MOST_SUBMISSIONS = 20
PAST_END = timedelta(hours=12) - timedelta(seconds=1)
"""A slot must end before the last instant that is asked for; how long it is shows only in the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option(Model):
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field(Model):
    type: Text = ""
    label: Text = ""
    identifier: Text = ""
    required: Flag = False
    deleted: Flag = False
    options: Annotated[tuple[_Option, ...], Items] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form(Model):
    id: Id
    name: Text = ""
    description: Text = ""
    disabled: Flag = False
    fields_: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Response(Model):
    created_at: Instant | None = None
    routed_to_booking_uid: Text = ""
    response: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Routed(Model):
    event_type_id: Id
    slots: Any


class FormReads:
    """Reads of one account."""

    def __init__(
        self, session: Session, teams: TeamReads, profile: Callable[[], Coroutine[object, object, Profile]]
    ) -> None:
        self._session = session
        self._teams = teams
        self._profile = profile

    async def all(self) -> tuple[RoutingForm, ...]:
        """Those of the organisation; where its list is refused, those of the teams that tell."""
        organization = await self._organization()
        try:
            return await self._listed(list_path(organization), "")
        except Refused:
            found = await self._of_teams(organization)
        return tuple({form.id: form for form in found}.values())

    async def _of_teams(self, organization: str) -> list[RoutingForm]:
        found: list[RoutingForm] = []
        is_told = False
        for team in await self._teams.all():
            try:
                found += await self._listed(list_path(organization, team.id), team.id)
            except (Refused, NotFound):
                continue
            is_told = True
        if not is_told:
            raise Refused("no list of forms", reason="forbidden", code="forbidden", for_person=NO_RIGHT)
        return found

    async def submissions(self, form: RoutingForm) -> tuple[FormSubmission, ...]:
        """The newest first."""
        path = f"{list_path(await self._organization(), form.team)}/{form.id}/responses"
        pairs = query(sortCreatedAt="desc", take=MOST_SUBMISSIONS)
        return await self._read(Call(_request(path, "forms.responses", pairs), _read_submissions))

    async def route(
        self, form: str, answers: tuple[tuple[str, str], ...], window: Interval, zone: str, type_of: TypeOf
    ) -> Routed:
        """`type_of` finds the event type, or raises `NotFound` for one of somebody else's."""
        try:
            number, days = await self._read(calculate(form, answers, window, zone))
        except NotFound as error:
            if any(words in str(error).lower() for words in LEADS_ELSEWHERE):
                return Routed()
            raise
        try:
            kind = await type_of(number)
        except NotFound:
            return Routed(is_own=False)
        return Routed(event_type=kind, slots=read_slots({"data": days}, kind.length, window))

    async def _organization(self) -> str:
        organization = (await self._profile()).organization
        if not organization:
            raise Unsupported("no organisation", for_person=NO_ORGANISATION)
        return organization

    async def _listed(self, path: str, team: str) -> tuple[RoutingForm, ...]:
        request = _request(path, "forms.list", query(take=MOST_A_PAGE))
        return await self._read(Call(request, lambda answer: read_forms(answer, team)))

    async def _read(self, call: Call[Read]) -> Read:
        try:
            return await self._session.read(lambda _: call)
        except Unsupported as error:
            raise Unsupported(str(error), for_person=NO_FORMS) from error


def list_path(organization: str, team: str = "") -> str:
    """Where forms are listed."""
    root = f"/organizations/{organization}"
    return f"{root}/teams/{team}/routing-forms" if team else f"{root}/routing-forms"


def calculate(
    form: str, answers: tuple[tuple[str, str], ...], window: Interval, zone: str
) -> Call[tuple[str, dict[str, Any]]]:
    """The event type's id and its slots by day."""
    request = ApiRequest(
        method="POST",
        path=f"/routing-forms/{form}/calculate-slots",
        operation="forms.slots",
        query=query(start=iso(window.start), end=iso(window.end + PAST_END), timeZone=zone),
        body=dict(answers),
        only_asks=True,
    )
    return Call(request, _read_routed)


def read_forms(answer: Any, team: str = "") -> tuple[RoutingForm, ...]:
    """A page of forms."""
    rows = data_of(answer)
    kept = [{**row, "fields_": row.get("fields")} if isinstance(row, dict) else row for row in rows]
    return tuple(_form(row, team) for row in read_many(_Form, kept))


def _form(row: _Form, team: str) -> RoutingForm:
    fields = read_many(_Field, row.fields_ if isinstance(row.fields_, list) else [])
    return RoutingForm(
        id=row.id,
        name=row.name,
        description=row.description,
        questions=tuple(
            _question(field) for field in fields if not field.deleted and (field.identifier or field.label)
        ),
        is_open=not row.disabled,
        team=team,
    )


def _question(field: _Field) -> Question:
    return Question(
        key=field.identifier or field.label,
        label=field.label or field.identifier,
        kind=QUESTION_KINDS.get(field.type, QuestionKind.TEXT),
        is_required=field.required,
        options=tuple(option.label for option in field.options if option.label),
    )


def _read_routed(answer: Any) -> tuple[str, dict[str, Any]]:
    row = read_one(_Routed, data_of(answer))
    return row.event_type_id, row.slots


def _read_submissions(answer: Any) -> tuple[FormSubmission, ...]:
    return tuple(_submission(row) for row in read_many(_Response, data_of(answer)))


def _submission(row: _Response) -> FormSubmission:
    given = row.response.values() if isinstance(row.response, dict) else ()
    answers = [(str(one.get("label", "")), _text(one.get("value"))) for one in given if isinstance(one, dict)]
    return FormSubmission(
        answers=tuple((label, text) for label, text in answers if label and text),
        sent_at=row.created_at,
        is_booked=bool(row.routed_to_booking_uid),
    )


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _request(path: str, operation: str, pairs: Pairs = ()) -> ApiRequest:
    return ApiRequest(method="GET", path=path, operation=operation, query=pairs)
