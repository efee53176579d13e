"""The Calendly site: who is calling, how often they may, and which route answers.

A personal token makes an account on first sight, as a gateway connection does. A token with `free` in it gets an account
on the free plan (no booking by API, no webhooks); `POST /users/me/plan {"plan":"free"|"paid"}` changes the caller's plan, and
`{"scopes":["users:read", …]}` beside it what the caller's token may do (without it: everything). The invitee's own pages
work too: `POST /reschedulings/{id} {"start_time"}` and `POST /cancellations/{id} {"reason"}`.
"""

from __future__ import annotations

import json
from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bot.sandbox.calendly import booking as calendly_booking
from bot.sandbox.calendly import event_types as calendly_event_types
from bot.sandbox.calendly import events as calendly_events
from bot.sandbox.calendly import forms as calendly_forms
from bot.sandbox.calendly import hours as calendly_hours
from bot.sandbox.calendly import news as calendly_news
from bot.sandbox.calendly import people as calendly_people
from bot.sandbox.calendly import shares as calendly_shares
from bot.sandbox.calendly.calls import APP, CalendlyCall, CalendlyRefusal, CalendlyRoute, invalid, unknown
from bot.sandbox.calendly.scopes import require_scope
from bot.sandbox.world.exchange import Answer
from bot.sandbox.world.population import open_account
from bot.sandbox.world.throttle import Throttle
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.sandbox.consents import Consents
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Change, World
    from bot.sandbox.world.exchange import Delivery, Incoming
    from bot.sandbox.world.throttle import Budget

_ROUTES: tuple[CalendlyRoute, ...] = (
    *calendly_people.ROUTES,
    *calendly_events.ROUTES,
    *calendly_booking.ROUTES,
    *calendly_news.ROUTES,
    *calendly_event_types.ROUTES,
    *calendly_hours.ROUTES,
    *calendly_shares.ROUTES,
    *calendly_forms.ROUTES,
)
_ROOTS = frozenset(
    {
        "users",
        "event_types",
        "event_type_available_times",
        "user_busy_times",
        "user_availability_schedules",
        "scheduled_events",
        "invitees",
        "invitee_no_shows",
        "scheduling_links",
        "organization_memberships",
        "webhook_subscriptions",
        "sample_webhook_data",
        "reschedulings",
        "cancellations",
        "one_off_event_types",
        "event_type_availability_schedules",
        "shares",
        "contacts",
        "routing_forms",
        "routing_form_submissions",
        "user_meeting_locations",
        "meeting_recaps",
    }
)
_PAGES = {"/reschedulings/": calendly_events.move_by_invitee, "/cancellations/": calendly_events.cancel_by_invitee}
_TOKENS = ("cal_", "eyJ")
"""How a token begins: the sandbox's own keys, and personal tokens of the real service."""
_DEAD = ("cal_expired", "cal_unknown")
_PLANS = frozenset({"free", "paid"})
PAID_CALLS, FREE_CALLS = 500, 50
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class _Budgets:
    """Calls a minute by plan, and bookings by API apart from them."""

    paid: Throttle
    free: Throttle
    bookings: tuple[Throttle, ...]

    @classmethod
    def of(cls, world: World) -> _Budgets:
        return cls(
            paid=_throttle(world, PAID_CALLS, MINUTE),
            free=_throttle(world, FREE_CALLS, MINUTE),
            bookings=(
                _throttle(world, 10, MINUTE),
                _throttle(world, 50, timedelta(hours=1)),
                _throttle(world, 100, timedelta(days=1)),
            ),
        )


@dataclass(slots=True)
class CalendlySite:
    """Calendly as a site of the sandbox."""

    world: World
    throttle: Throttle
    """The sandbox's own, which counts beside the plan's."""
    consents: Consents
    _budgets: _Budgets = field(init=False)

    def __post_init__(self) -> None:
        self._budgets = _Budgets.of(self.world)

    @property
    def app(self) -> str:
        """The gateway's name of it."""
        return APP

    def serves(self, incoming: Incoming) -> bool:
        """The native paths, which have no common prefix."""
        return incoming.path.strip("/").partition("/")[0] in _ROOTS

    async def answer(self, incoming: Incoming) -> Answer:
        """The answer, refusals included."""
        headers = {"x-request-id": self.world.long_uid()}
        try:
            found = self._answer(incoming, headers)
        except CalendlyRefusal as refusal:
            found = refusal.answer()
        return replace(found, headers={**headers, **found.headers})

    def deliveries(self, change: Change) -> tuple[Delivery, ...]:
        """What its subscribers are sent."""
        return calendly_news.deliveries_for(self.world, change)

    def _answer(self, incoming: Incoming, headers: dict[str, str]) -> Answer:
        for prefix, act in _PAGES.items():
            if incoming.method == "POST" and incoming.path.startswith(prefix):
                return act(self.world, incoming.path.removeprefix(prefix), _parse(incoming))
        account = self._authenticate(incoming)
        self._count(account, headers)
        if incoming.path == "/users/me/plan" and incoming.method == "POST":
            return self._change_plan(account, _parse(incoming))
        route, params = self._find(incoming)
        require_scope(account, incoming.method, incoming.path)
        call = CalendlyCall(
            world=self.world,
            incoming=incoming,
            params=params,
            query=dict(parse_qsl(incoming.query)),
            body=_parse(incoming),
            owner=account,
            booked=lambda: self._count_booking(account, headers),
        )
        return route.handler(call)

    def _authenticate(self, incoming: Incoming) -> Account:
        if incoming.account is not None:
            return self.world.accounts.get(incoming.account.id, incoming.account)
        scheme, _, token = incoming.headers.get("authorization", "").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token.startswith(_TOKENS) or token.startswith(_DEAD):
            raise CalendlyRefusal(401, "The access token is invalid")
        if self.consents.is_over(token):
            raise CalendlyRefusal(401, "The access token is invalid")
        is_new = (APP, token) not in self.world.keys
        account = open_account(self.world, APP, token, incoming.hints)
        return self._with_plan(account, "free") if is_new and "free" in token else account

    def _change_plan(self, account: Account, body: dict[str, Any]) -> Answer:
        plan = body.get("plan", account.profile.get("plan", "paid"))
        if plan not in _PLANS:
            raise invalid(("plan", "must be free or paid"))
        changed = self._with_plan(account, str(plan))
        if isinstance(body.get("scopes"), list):
            profile = {**changed.profile, "scopes": tuple(str(each) for each in body["scopes"])}
            self.world.accounts[account.id] = replace(changed, profile=profile)
        return Answer(body={"plan": plan})

    def _with_plan(self, account: Account, plan: str) -> Account:
        changed = replace(account, profile={**account.profile, "plan": plan})
        self.world.accounts[account.id] = changed
        return changed

    def _find(self, incoming: Incoming) -> tuple[CalendlyRoute, dict[str, str]]:
        for route in _ROUTES:
            match = route.pattern.match(incoming.path)
            if match and route.method == incoming.method:
                return route, match.groupdict()
        raise unknown()

    def _count(self, account: Account, headers: dict[str, str]) -> None:
        plan = self._budgets.free if account.profile.get("plan") == "free" else self._budgets.paid
        budgets = (plan.count(str(account.id)), self.throttle.count(f"{APP}-{account.id}"))
        _charge(min(budgets, key=lambda budget: budget.left), headers)

    def _count_booking(self, account: Account, headers: dict[str, str]) -> None:
        for throttle in self._budgets.bookings:
            budget = throttle.count(str(account.id))
            if budget.is_spent:
                _charge(budget, headers)


def _throttle(world: World, limit: int, window: timedelta) -> Throttle:
    return Throttle(clock=world.now, limit=limit, window=window, block=window)


def _charge(budget: Budget, headers: dict[str, str]) -> None:
    """Puts what is left into the headers; 429 when it is nothing."""
    headers |= {
        "x-ratelimit-limit": str(budget.limit),
        "x-ratelimit-remaining": str(budget.left),
        "x-ratelimit-reset": str(max(1, int(budget.resets_in.total_seconds()))),
    }
    if budget.is_spent:
        raise CalendlyRefusal(429, "You have made too many requests. Please try again later.")


def _parse(incoming: Incoming) -> dict[str, Any]:
    """The body as an object; anything else reads as an empty one, which the routes then refuse."""
    if not incoming.body or incoming.method in {"GET", "HEAD"}:
        return {}
    try:
        found = json.loads(incoming.body)
    except (ValueError, RecursionError):
        raise invalid(("body", "is not valid JSON")) from None
    return found if isinstance(found, dict) else {}
