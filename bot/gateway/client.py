"""The one way out: sends a request to a provider and says truthfully what became of it.

Theory of operation. A read is tried up to three times; a write once. A write is only sent with a `Claimed`, and whatever leaves
its fate open (no answer, a proxy's page, a server error) is `Uncertain`: the caller looks it up, nothing here sends it again.
Certainly unsent are a failed connect and a 429, so these two may be sent once more after a pause. Answers 2xx and the
provider's own 4xx are handed back: what a refusal means is the wire code's table.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.errors import BadSettings, Bug, NotConnected, ProviderChanged, ProviderDown, RateLimited, Uncertain
from bot.gateway.calls import ApiAnswer, ApiRequest, Origin, Target
from bot.gateway.exchange import NoAnswer, written
from bot.gateway.pacing import Budgets, FairGate, asked_to_wait
from bot.logs import get_logger
from bot.scheduling.claims import Claimed
from bot.scheduling.replacing import replace
from bot.scheduling.times import Clock, SystemClock
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.errors import PencilError
    from bot.gateway.exchange import Line

log = get_logger(__name__)

_RETRIED = frozenset({500, 502, 503, 504, 520, 522, 524})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long things may take, in seconds, and how often they are tried."""

    connect: float = 2.0
    read: float = 4.0
    """For the answer to a read."""
    write: float = 12.0
    """For the answer to a write: giving up early costs a look-up."""
    read_budget: float = 11.0
    """For a read with all its repeats and pauses."""
    longest_wait: float = 10.0
    """A provider that asks for a longer pause is not waited for."""
    repeats: int = 2
    first_backoff: float = 0.25
    gateway_rate: int = 10
    """Starts a second below one gateway key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One attempt, for metrics. `outcome` is ok, refused, limited, broken, silent or unsent."""

    provider: str
    operation: str
    outcome: str
    seconds: float
    status: int = 0


_GAVE_UP = frozenset({408, 504})
"""Who stood between has stopped waiting; whoever was asked may be at work still."""


def _ignore(record: CallRecord) -> None:
    """Nobody counts."""


@dataclass(slots=True, kw_only=True)
class ApiClient:
    """Shared by all accounts. `http` belongs to whoever made it: a line, because nothing here wants the cookies, redirects,
    auth flows and merged URLs of a whole HTTP client, which cost as much again as the call.
    """

    http: Line
    limits: Limits = field(default_factory=Limits)
    observe: Callable[[CallRecord], None] = _ignore
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Clock = field(default_factory=SystemClock)
    budgets: Budgets = field(default_factory=Budgets)
    gates: dict[str, FairGate] = field(default_factory=dict)

    async def send(self, target: Target, request: ApiRequest, *, claimed: Claimed | None = None) -> ApiAnswer:
        """A success, or the provider's own refusal (4xx). Everything else is raised; see the theory above."""
        if request.is_read:
            return await self._read(target, request)
        if not isinstance(claimed, Claimed):
            raise Bug(f"{request.operation} would write without a claim")
        return await self._write(target, request)

    async def exchange_token(self, target: Target, request: ApiRequest) -> ApiAnswer:
        """Give a code or a refresh token for new ones, once: it changes nothing in anybody's calendar, so no claim is needed.

        A success, or the provider's own refusal. `Uncertain` when it may have been taken; `ProviderDown`, `RateLimited` when
        it certainly was not.
        """
        return await self._write(target, request)

    async def _read(self, target: Target, request: ApiRequest) -> ApiAnswer:
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + self.limits.read_budget
        for attempt in range(self.limits.repeats + 1):
            answer: ApiAnswer | None = None
            try:
                answer = await self._attempt(target, request, self.limits.read)
            except NoAnswer as lost:
                error: PencilError = ProviderDown(f"{request.operation}: {lost.why}")
                wait = self._backoff(attempt)
            else:
                if answer.is_success:
                    if not _is_broken(answer):
                        return answer
                elif answer.status != 429 and answer.status not in _RETRIED:
                    return await self._settle(target, answer)
                error, wait = self._trouble(request, answer, attempt)
            is_last = attempt == self.limits.repeats or (
                attempt > 0 and answer is not None and target.is_gateway and _may_be_dead_grant(answer)
            )
            if is_last or wait > self.limits.longest_wait or loop.time() + wait > ends_at:
                break
            await self.sleep(wait)
        if answer is not None and target.is_gateway and _may_be_dead_grant(answer):
            await self._probe(target, request)
        raise error

    async def _write(self, target: Target, request: ApiRequest) -> ApiAnswer:
        for attempt in (0, 1):
            try:
                answer = await self._attempt(target, request, self.limits.write)
            except NoAnswer as lost:
                if lost.sent:
                    raise Uncertain(f"{request.operation}: {lost.why}", is_hung=lost.is_hung) from lost
                error: PencilError = ProviderDown(f"{request.operation}: {lost.why}")
                wait = self._backoff(attempt)
            else:
                if answer.status != 429:
                    return await self._settle_write(target, request, answer)
                error, wait = self._trouble(request, answer, attempt)
            if attempt or wait > self.limits.longest_wait:
                raise error
            await self.sleep(wait)
        raise Bug("a write ended without an outcome")

    async def _attempt(self, target: Target, request: ApiRequest, patience: float) -> ApiAnswer:
        """One request and its whole answer, or `NoAnswer`."""
        loop = asyncio.get_running_loop()
        wait = self.budgets.wait_for(target.account, loop.time())
        if wait > 0 or target.gate:
            await self._pace(target, wait)
        started = loop.time()
        try:
            got = await self.http.exchange(written(target, request), connect=self.limits.connect, read=patience)
        except NoAnswer as lost:
            self._record(target, request, "silent" if lost.sent else "unsent", loop.time() - started)
            raise
        answer = ApiAnswer(status=got.status, headers=got.headers, body=got.body, origin=Origin.UPSTREAM)
        if not answer.is_success:
            answer = replace(answer, origin=_origin(target, answer))
        self.budgets.learn(target.account, answer.headers, now=loop.time(), wall=self.clock.now())
        outcome = "ok" if answer.is_success else _outcome(answer.status)
        self._record(target, request, outcome, loop.time() - started, answer)
        return answer

    async def _pace(self, target: Target, wait: float) -> None:
        if wait > self.limits.longest_wait:
            raise RateLimited("the account's budget is used up", retry_after=timedelta(seconds=wait))
        if wait > 0:
            await self.sleep(wait)
        if target.gate:
            gate = self.gates.setdefault(target.gate, FairGate(self.limits.gateway_rate))
            await gate.enter(target.account)

    async def _settle(self, target: Target, answer: ApiAnswer) -> ApiAnswer:
        """Hands back what the provider said; explains what the gateway said."""
        if answer.is_success or (400 <= answer.status < 500 and answer.origin is Origin.UPSTREAM):
            return answer
        if answer.status == 401:
            await self._blame_for_401(target, answer)
        if answer.status == 400 and answer.origin is Origin.GATEWAY:
            raise NotConnected("the gateway knows no such connection", repair=True)
        raise ProviderDown(
            f"unusable answer {answer.status}", status=answer.status, request_id=answer.request_id, origin=answer.origin
        )

    async def _settle_write(self, target: Target, request: ApiRequest, answer: ApiAnswer) -> ApiAnswer:
        is_clear = answer.is_success or (
            400 <= answer.status < 500 and answer.status != 408 and answer.origin is not Origin.UNKNOWN
        )
        if is_clear:
            return await self._settle(target, answer)
        raise Uncertain(
            f"{request.operation}: answer {answer.status}",
            status=answer.status,
            origin=answer.origin,
            is_hung=answer.status in _GAVE_UP,
        )

    async def _blame_for_401(self, target: Target, answer: ApiAnswer) -> None:
        """Our gateway key, or the person's grant? The gateway's own list tells."""
        if target.is_gateway and answer.origin is not Origin.UPSTREAM:
            request = ApiRequest(method="GET", path="", operation="connections.try_key")
            own = Target(
                provider="maton",
                base_url=target.connections_url,
                account=target.gate,
                headers=target.headers,
                gate=target.gate,
            )
            try:
                probe = await self._attempt(own, request, self.limits.read)
            except NoAnswer as lost:
                raise ProviderDown(f"connections.try_key: {lost.why}") from lost
            if probe.status == 401:
                raise BadSettings("MATON_API_KEY is refused by the gateway; copy a valid key from the Maton console")
        raise NotConnected("the key or grant is refused", repair=True)

    async def _probe(self, target: Target, request: ApiRequest) -> None:
        """Raises `NotConnected` when even the simplest read fails the same way: the grant is dead."""
        if target.probe_path and request.path != target.probe_path:
            probe = ApiRequest(method="GET", path=target.probe_path, operation="grant.probe")
            try:
                answer = await self._attempt(target, probe, self.limits.read)
            except NoAnswer:
                return
            if not _may_be_dead_grant(answer):
                return
        raise NotConnected("the gateway cannot use the connection any more", repair=True)

    def _trouble(self, request: ApiRequest, answer: ApiAnswer, attempt: int) -> tuple[PencilError, float]:
        if answer.status != 429:
            error = ProviderDown(
                f"{request.operation}: answer {answer.status}",
                status=answer.status,
                request_id=answer.request_id,
                origin=answer.origin,
            )
            return error, self._backoff(attempt)
        asked = asked_to_wait(answer.headers, wall=self.clock.now())
        wait = asked if asked is not None else timedelta(seconds=60 if answer.origin is Origin.UPSTREAM else 1)
        return RateLimited(
            f"{request.operation}: asked to wait", retry_after=wait, origin=answer.origin
        ), wait.total_seconds()

    def _backoff(self, attempt: int) -> float:
        pause: float = self.limits.first_backoff * 2**attempt
        return pause * random.uniform(0.5, 1.5)  # noqa: S311  jitter is no secret

    def _record(
        self, target: Target, request: ApiRequest, outcome: str, seconds: float, answer: ApiAnswer | None = None
    ) -> None:
        status = answer.status if answer else 0
        self.observe(
            CallRecord(
                provider=target.provider, operation=request.operation, outcome=outcome, seconds=seconds, status=status
            )
        )
        write = log.debug if outcome in {"ok", "refused"} else log.warning
        write(
            "provider.call",
            provider=target.provider,
            operation=request.operation,
            outcome=outcome,
            status=status,
            ms=round(seconds * 1000, 1),
            request=answer.request_id if answer else "",
        )


class Tokens(Protocol):
    """Gives an access token that is good for a while; `stale` is one that has just been refused."""

    async def __call__(self, *, stale: str = "") -> str: ...


@dataclass(frozen=True, slots=True)
class Api:
    """The client bound to one account's target."""

    client: ApiClient
    target: Target
    tokens: Tokens | None = None

    async def send(self, request: ApiRequest, *, claimed: Claimed | None = None) -> ApiAnswer:
        """See `ApiClient.send`. A token that the provider refuses is renewed once: a 401 is said before anything is written."""
        if self.tokens is None:
            return await self.client.send(self.target, request, claimed=claimed)
        token = await self.tokens()
        answer = await self.client.send(_with_token(self.target, token), request, claimed=claimed)
        if answer.status != 401 or not _is_about_the_token(answer):
            return answer
        fresh = await self.tokens(stale=token)
        return await self.client.send(_with_token(self.target, fresh), request, claimed=claimed)

    async def pause(self, seconds: float) -> None:
        """Waits as the client waits, so that tests need not."""
        await self.client.sleep(seconds)


def _with_token(target: Target, token: str) -> Target:
    return replace(target, headers=(*target.headers, ("Authorization", f"Bearer {token}")))


def _is_about_the_token(answer: ApiAnswer) -> bool:
    """Cal.com answers 401 also where the token is good and its person may not do that."""
    said = answer.problem.message.lower()
    return "not authorized to" not in said and "credentials do not belong" not in said


def _origin(target: Target, answer: ApiAnswer) -> Origin:
    """Whose answer an error is; a success counts as the provider's."""
    text = answer.body.lstrip()[:1]
    if answer.problem.is_upstream:
        return Origin.UPSTREAM
    if answer.status == 429 and any(name.startswith("x-ratelimit-") for name in answer.headers):
        return Origin.UPSTREAM
    if text in {b"", b"<"}:
        return Origin.UNKNOWN
    if target.is_gateway:
        return Origin.GATEWAY
    return Origin.UPSTREAM if text == b"{" and _is_json(answer) else Origin.UNKNOWN


def _is_broken(answer: ApiAnswer) -> bool:
    """Whether a success was cut short or written by a proxy. A glance at both ends, because most answers are whole."""
    text = answer.body.strip()
    return not (text[:1] in {b"{", b"["} and text[-1:] in {b"}", b"]"})


def _is_json(answer: ApiAnswer) -> bool:
    try:
        answer.json()
    except ProviderChanged:
        return False
    return True


def _may_be_dead_grant(answer: ApiAnswer) -> bool:
    return answer.status == 500 and answer.origin is not Origin.UPSTREAM


def _outcome(status: int) -> str:
    if status == 429:
        return "limited"
    return "refused" if 400 <= status < 500 else "broken"
