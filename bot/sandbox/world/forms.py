"""The practice world's routing forms: who asks what, and where the answers lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from bot.sandbox.world.hosting import FormField, FormResponse, FormRoute, RoutingForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import World

_ANSWERED = (
    ("Nora Lind", {"size": "40", "interest": "demo"}, timedelta(days=1)),
    ("Pavel Novak", {"size": "350", "interest": "contract"}, timedelta(days=3)),
)


def give_team_forms(world: World) -> None:
    """The sales and the support form of the invented organization."""
    uid = _uids(world, "teams")
    types = {kind.slug: kind.id for kind in world.event_types.values() if kind.team}
    teams = {team.slug: team for team in world.teams.values()}
    sales, support = teams["sales"], teams["support"]
    size = FormField(id=uid(), identifier="company_size", label="Company size", kind="number")
    interest = FormField(
        id=uid(),
        identifier="interest",
        label="What is it about?",
        kind="select",
        is_required=False,
        options=("demo", "contract"),
    )
    name = FormField(id=uid(), identifier="name", label="Name", is_required=False)
    form = RoutingForm(
        id=uid(),
        owner=sales.members[0],
        team=sales.id,
        name="Sales",
        created_at=world.now(),
        fields=(name, size, interest),
        routes=(
            FormRoute(id=uid(), field="interest", equals=("contract",), event_type=types["contract-review"]),
            FormRoute(id=uid(), field="company_size", at_least=1000, page="Write to our enterprise desk."),
            FormRoute(id=uid(), event_type=types["sales-demo"]),
        ),
    )
    keys = {"size": size.id, "interest": interest.id}
    world.forms[form.id] = form
    for who, given, ago in _ANSWERED:
        world.responses.append(
            FormResponse(
                id=world.number("response"),
                form=form.id,
                answers={name.id: who, **{keys[key]: text for key, text in given.items()}},
                created_at=world.now() - ago,
            )
        )
    _support_form(world, support.id, support.members[0], types["support-call"])


def _uids(world: World, of: str) -> Callable[[], str]:
    """Uids of their own, so that forms shift nobody else's."""
    source = world.randomness("forms", of)
    return lambda: str(UUID(int=source.getrandbits(128), version=4))


def _support_form(world: World, team: int, owner: int, event_type: int) -> None:
    uid = _uids(world, "support")
    topic = FormField(
        id=uid(),
        identifier="topic",
        label="Topic",
        kind="select",
        options=("bug", "question", "invoice"),
    )
    form = RoutingForm(
        id=uid(),
        owner=owner,
        team=team,
        name="Support",
        created_at=world.now(),
        fields=(topic,),
        routes=(
            FormRoute(id=uid(), field="topic", equals=("invoice",), url="https://example.com/invoices"),
            FormRoute(id=uid(), event_type=event_type),
        ),
    )
    world.forms[form.id] = form


def give_own_form(world: World, account: Account, event_type: int) -> None:
    """One form of an account that has no team of this world: at Calendly, which can only be read."""
    uid = _uids(world, account.username)
    industry = FormField(
        id=uid(),
        identifier="industry",
        label="What is your industry?",
        kind="select",
        options=("Software", "Finance", "Other"),
    )
    email = FormField(id=uid(), identifier="email", label="Email", kind="email")
    form = RoutingForm(
        id=uid(),
        owner=account.id,
        team=None,
        name="Sales",
        created_at=world.now(),
        fields=(industry, email),
        routes=(FormRoute(id=uid(), event_type=event_type),),
    )
    world.forms[form.id] = form
    draft = replace(form, id=uid(), name="Partners", is_open=False)
    world.forms[draft.id] = draft
    world.responses.append(
        FormResponse(
            id=world.number("response"),
            form=form.id,
            answers={industry.id: "Finance", email.id: "nora@example.org"},
            created_at=world.now() - timedelta(days=2),
        )
    )
