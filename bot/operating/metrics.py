"""What an operator can count: turns, provider calls, the ledger, the inbox. Prometheus text, no personal detail in labels.

Counting happens in every turn and is adding to a table; the text is made when somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client.core import Metric

    from bot.gateway.client import CallRecord

TURN_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 12, 30)
CALL_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30)
Labels = tuple[str, ...]


class Spread:
    """How long things took, by labels: how many up to each bound and no longer than the one before, and their sum."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self._bounds = bounds
        self._counts: dict[Labels, list[int]] = {}
        self._sums: Counter[Labels] = Counter()

    def add(self, labels: Labels, seconds: float) -> None:
        """One more."""
        counts = self._counts.get(labels)
        if counts is None:
            counts = self._counts[labels] = [0] * (len(self._bounds) + 1)
        counts[bisect_left(self._bounds, seconds)] += 1
        self._sums[labels] += seconds  # type: ignore[assignment]  # a counter of seconds; its hint knows whole numbers only

    def shown(self, name: str, said: str, labels: Labels) -> HistogramMetricFamily:
        """As Prometheus has it: each bound counts what is shorter, too."""
        family = HistogramMetricFamily(name, said, labels=labels)
        bounds = [str(float(bound)) for bound in self._bounds] + ["+Inf"]
        for values, counts in self._counts.items():
            buckets = list(zip(bounds, map(float, accumulate(counts)), strict=True))
            family.add_metric(values, buckets, self._sums[values])
        return family


class Metrics:
    """Counters of one process, and gauges read from the store when somebody asks."""

    def __init__(self) -> None:
        self._turns = Spread(TURN_SECONDS)
        self._calls = Spread(CALL_SECONDS)
        self._intents: Counter[Labels] = Counter()
        self._writes: Counter[Labels] = Counter()
        self._settled: Counter[Labels] = Counter()
        self._under_way = 0

    def turn(self, kind: str, ending: str, seconds: float) -> None:
        """One turn came to its end: replied, failed."""
        self._turns.add((kind, ending), seconds)

    def intent(self, intent: str) -> None:
        """One message was read."""
        self._intents[intent,] += 1

    def call(self, record: CallRecord) -> None:
        """One provider call was answered, or not."""
        self._calls.add((record.provider, record.operation, record.outcome), record.seconds)

    def write(self, kind: str, state: str) -> None:
        """One write reached a state."""
        self._writes[kind, state] += 1

    def settled(self, *, written: bool) -> None:
        """Recovery found out what became of a write."""
        self._settled[str(written).lower(),] += 1

    def under_way(self, change: int) -> None:
        """A turn began (1) or ended (-1)."""
        self._under_way += change

    def render(self, open_writes: Mapping[str, int], lag_seconds: float, *, old_hosts: int = 0) -> bytes:
        """The Prometheus text, with the store's own figures as they are now.

        Closed writes are counted as they close (`pencil_writes`): a scrape never walks the whole ledger.
        """
        registry = CollectorRegistry()
        registry.register(_Shown([*self._counted(), *self._gauges(open_writes, lag_seconds, old_hosts)]))
        return generate_latest(registry)

    def _counted(self) -> Iterator[Metric]:
        yield self._turns.shown("pencil_turn_seconds", "Turns by kind and ending.", ("kind", "ending"))
        yield _counter("pencil_intents", "Messages by intent.", ("intent",), self._intents)
        labels = ("provider", "operation", "outcome")
        yield self._calls.shown("pencil_provider_call_seconds", "Provider calls by operation and outcome.", labels)
        yield _counter("pencil_writes", "Writes by kind and ending.", ("kind", "state"), self._writes)
        yield _counter("pencil_settled", "Writes settled by recovery.", ("written",), self._settled)

    def _gauges(self, open_writes: Mapping[str, int], lag_seconds: float, old_hosts: int) -> Iterator[Metric]:
        ledger = GaugeMetricFamily(
            "pencil_ledger_open_writes", "Writes whose fate is open, by state.", labels=("state",)
        )
        for state, count in open_writes.items():
            ledger.add_metric((state,), count)
        yield ledger
        yield GaugeMetricFamily("pencil_inbox_lag_seconds", "Age of the oldest unanswered turn.", lag_seconds)
        said = "Cal.com hosts spoken to in the shapes of April 2024."
        yield GaugeMetricFamily("pencil_calcom_old_hosts", said, old_hosts)
        yield GaugeMetricFamily("pencil_turns_under_way", "Turns at work now.", self._under_way)


class _Shown:
    """Figures as a registry takes them."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        return self._families


def _counter(name: str, said: str, labels: Labels, counts: Counter[Labels]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, said, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family
