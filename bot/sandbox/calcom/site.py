"""The Cal.com site: which route answers, who is calling, and how often they may.

The order is the provider's: the body is parsed, then the route is found by method, path and version, then the key is
looked at, then the route's own needs. A path under a wrong version is therefore unknown before any key is checked.
"""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom import apps as calcom_apps
from bot.sandbox.calcom import event_types as calcom_event_types
from bot.sandbox.calcom import me as calcom_me
from bot.sandbox.calcom import schedules as calcom_schedules
from bot.sandbox.calcom import slots as calcom_slots
from bot.sandbox.calcom import teams as calcom_teams
from bot.sandbox.calcom import webhooks as calcom_webhooks
from bot.sandbox.calcom.bookings import attendance as calcom_attendance
from bot.sandbox.calcom.bookings import booking as calcom_bookings
from bot.sandbox.calcom.bookings import changes as calcom_changes
from bot.sandbox.calcom.bookings import holds as calcom_holds
from bot.sandbox.calcom.bookings import lists as calcom_lists
from bot.sandbox.calcom.calls import APP, HOSTED_VERSIONS, LEGACY, VERSIONS, Call, Route, parse_query, require_access
from bot.sandbox.calcom.errors import Refusal, refuse, refuse_bare
from bot.sandbox.calcom.hosting import away as calcom_away
from bot.sandbox.calcom.hosting import entries as calcom_entries
from bot.sandbox.calcom.hosting import forms as calcom_forms
from bot.sandbox.calcom.hosting import links as calcom_links
from bot.sandbox.calcom.legacy import bookings as calcom_legacy_bookings
from bot.sandbox.calcom.legacy import event_types as calcom_legacy_event_types
from bot.sandbox.calcom.legacy import schedules as calcom_legacy_schedules
from bot.sandbox.calcom.news import deliveries_for
from bot.sandbox.world.exchange import Answer, Delivery, Incoming, iso_milliseconds
from bot.sandbox.world.population import open_account

if TYPE_CHECKING:
    from bot.sandbox.consents import Consents
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Change, World
    from bot.sandbox.world.throttle import Throttle

_ROUTES: tuple[Route, ...] = (
    *calcom_me.ROUTES,
    *calcom_event_types.ROUTES,
    *calcom_legacy_event_types.ROUTES,
    *calcom_schedules.ROUTES,
    *calcom_legacy_schedules.ROUTES,
    *calcom_slots.ROUTES,
    *calcom_holds.ROUTES,
    *calcom_lists.ROUTES,
    *calcom_bookings.ROUTES,
    *calcom_changes.ROUTES,
    *calcom_attendance.ROUTES,
    *calcom_legacy_bookings.ROUTES,
    *calcom_webhooks.ROUTES,
    *calcom_apps.ROUTES,
    *calcom_teams.ROUTES,
    *calcom_links.ROUTES,
    *calcom_away.ROUTES,
    *calcom_entries.ROUTES,
    *calcom_forms.ROUTES,
)
_EXPIRED, _UNKNOWN, _KEY = "cal_expired", "cal_unknown", "cal_"


class CalcomSite:
    """Cal.com as a site of the sandbox."""

    app = APP

    def __init__(self, world: World, throttle: Throttle, consents: Consents) -> None:
        self._world = world
        self._throttle = throttle
        self._consents = consents

    def serves(self, incoming: Incoming) -> bool:
        """Everything below /v2, its older alias, and the health page."""
        return incoming.path.startswith(("/v2/", "/api/v2/")) or incoming.path in {"/v2", "/health"}

    async def answer(self, incoming: Incoming) -> Answer:
        """The answer, refusals included."""
        incoming = replace(incoming, path=incoming.path.removeprefix("/api"))
        headers = {"x-request-id": self._world.long_uid()}
        try:
            found = await self._answer(incoming, headers)
        except Refusal as refusal:
            found = refusal.answer(path=incoming.target, timestamp=iso_milliseconds(self._world.now()))
        return replace(found, headers={**headers, **found.headers})

    def deliveries(self, change: Change) -> tuple[Delivery, ...]:
        """What its subscribers are sent."""
        return deliveries_for(self._world, change)

    async def _answer(self, incoming: Incoming, headers: dict[str, str]) -> Answer:
        body = _parse_body(incoming)
        version = self._version(incoming)
        route, params = self._find(incoming, version)
        account = self._authenticate(incoming, headers)
        if incoming.path == "/health":
            return Answer(body="OK", content_type="text/html; charset=utf-8")
        if route is None:
            raise refuse(404, f"Cannot {incoming.method} {incoming.target}")
        require_access(route.access, account)
        call = Call(
            world=self._world,
            incoming=incoming,
            params=params,
            query=parse_query(incoming.query),
            body=body if isinstance(body, dict) else {},
            version=version,
            account=account,
        )
        found = route.handler(call)
        return await found if inspect.isawaitable(found) else found

    def _version(self, incoming: Incoming) -> str:
        """The version asked for; an unknown one silently means the oldest."""
        asked = incoming.headers.get("cal-api-version", LEGACY)
        known = VERSIONS | HOSTED_VERSIONS if self._world.is_hosted else VERSIONS
        return asked if asked in known else LEGACY

    def _find(self, incoming: Incoming, version: str) -> tuple[Route | None, dict[str, str]]:
        for route in _ROUTES:
            if route.method != incoming.method or (route.is_hosted_only and not self._world.is_hosted):
                continue
            match = route.pattern.match(incoming.path)
            if match and (not route.versions or version in route.versions):
                return route, match.groupdict()
        if incoming.path == "/health":
            return None, {}
        raise refuse(404, f"Cannot {incoming.method} {incoming.target}")

    def _authenticate(self, incoming: Incoming, headers: dict[str, str]) -> Account | None:
        if incoming.account is not None:
            self._count(f"connection-{incoming.account.id}", headers)
            return incoming.account
        given = incoming.headers.get("authorization", "")
        scheme, _, key = given.partition(" ")
        key = key.strip()
        if key.startswith(_UNKNOWN):
            raise refuse(401, "CustomThrottlerGuard - Invalid API Key")
        self._count(key or "nobody", headers)
        if not given:
            return None
        if key.startswith(_EXPIRED):
            raise refuse(401, "ApiAuthStrategy - api key - Your api key is expired")
        if scheme.lower() != "bearer" or not key.startswith(_KEY) or self._consents.is_over(key):
            raise refuse(401, "Invalid Access Token.")
        return open_account(self._world, APP, key, incoming.hints)

    def _count(self, key: str, headers: dict[str, str]) -> None:
        """Count a call against the key's budget; the headers tell what is left, also to one who has none."""
        budget = self._throttle.count(key)
        headers["x-ratelimit-limit-default"] = str(budget.limit)
        headers["x-ratelimit-remaining-default"] = str(budget.left)
        headers["x-ratelimit-reset-default"] = str(int(max(budget.resets_in, timedelta(0)).total_seconds()))
        if budget.is_spent:
            text = "CustomThrottlerGuard - Too many requests. Please try again later."
            raise Refusal(429, {"code": "ThrottlerException", "message": text, "details": text})


def _parse_body(incoming: Incoming) -> Any:
    if not incoming.body or incoming.method in {"GET", "HEAD"}:
        return {}
    if not incoming.headers.get("content-type", "application/json").startswith("application/json"):
        return {}
    try:
        return json.loads(incoming.body)
    except UnicodeDecodeError:
        raise refuse(400, "Unexpected token in JSON") from None
    except json.JSONDecodeError as error:
        raise refuse(400, _json_complaint(error)) from None
    except RecursionError:
        raise refuse_bare(500, "INTERNAL_SERVER_ERROR", "There was an error, please try again later.") from None


def _json_complaint(error: json.JSONDecodeError) -> str:
    """The complaint as a JavaScript parser words it."""
    if error.pos >= len(error.doc.rstrip()):
        return "Unexpected end of JSON input"
    if error.msg.startswith("Unterminated string"):
        return f"Unterminated string in JSON at position {len(error.doc)}"
    return f"Unexpected token '{error.doc[error.pos]}', \"{error.doc[:20]}\"... is not valid JSON"
