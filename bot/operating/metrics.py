"""What an operator can count: turns, provider calls, the ledger, the inbox. Prometheus text, no personal detail in labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.gateway.client import CallRecord

TURN_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 12, 30)
CALL_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30)


M = TypeVar("M", Counter, Histogram)


class Metrics:
    """Counters of one process, and gauges read from the store when somebody asks."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Histogram(
            "pencil_turn_seconds",
            "Turns by kind and ending.",
            ("kind", "ending"),
            buckets=TURN_SECONDS,
            registry=self._registry,
        )
        self._intents = Counter("pencil_intents", "Messages by intent.", ("intent",), registry=self._registry)
        self._calls = Histogram(
            "pencil_provider_call_seconds",
            "Provider calls by operation and outcome.",
            ("provider", "operation", "outcome"),
            buckets=CALL_SECONDS,
            registry=self._registry,
        )
        self._writes = Counter(
            "pencil_writes", "Writes by kind and ending.", ("kind", "state"), registry=self._registry
        )
        self._settled = Counter("pencil_settled", "Writes settled by recovery.", ("written",), registry=self._registry)
        self._ledger = Gauge(
            "pencil_ledger_open_writes", "Writes whose fate is open, by state.", ("state",), registry=self._registry
        )
        self._lag = Gauge("pencil_inbox_lag_seconds", "Age of the oldest unanswered turn.", registry=self._registry)
        self._old_hosts = Gauge(
            "pencil_calcom_old_hosts", "Cal.com hosts spoken to in the shapes of April 2024.", registry=self._registry
        )
        self._under_way = Gauge("pencil_turns_under_way", "Turns at work now.", registry=self._registry)
        self._known: dict[tuple[object, ...], Any] = {}

    def _one(self, metric: M, *labels: str) -> M:
        """The metric of these labels. Looking one up costs more than counting, and labels are closed vocabularies."""
        key = (metric, *labels)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = metric.labels(*labels)
        one: M = found
        return one

    def turn(self, kind: str, ending: str, seconds: float) -> None:
        """One turn came to its end: replied, failed."""
        self._one(self._turns, kind, ending).observe(seconds)

    def intent(self, intent: str) -> None:
        """One message was read."""
        self._one(self._intents, intent).inc()

    def call(self, record: CallRecord) -> None:
        """One provider call was answered, or not."""
        self._one(self._calls, record.provider, record.operation, record.outcome).observe(record.seconds)

    def write(self, kind: str, state: str) -> None:
        """One write reached a state."""
        self._writes.labels(kind, state).inc()

    def settled(self, *, written: bool) -> None:
        """Recovery found out what became of a write."""
        self._settled.labels(str(written).lower()).inc()

    def under_way(self, change: int) -> None:
        """A turn began (1) or ended (-1)."""
        self._under_way.inc(change)

    def render(self, open_writes: Mapping[str, int], lag_seconds: float, *, old_hosts: int = 0) -> bytes:
        """The Prometheus text, with the store's own figures as they are now.

        Closed writes are counted as they close (`pencil_writes`): a scrape never walks the whole ledger.
        """
        self._ledger.clear()
        for state, count in open_writes.items():
            self._ledger.labels(state).set(count)
        self._lag.set(lag_seconds)
        self._old_hosts.set(old_hosts)
        return generate_latest(self._registry)
