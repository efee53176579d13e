"""What an operator can count: turns, provider calls, the ledger, the inbox. Prometheus text, no personal detail in labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.operating.figures import Counter, Gauge, Histogram

if TYPE_CHECKING:
    from collections.abc import Mapping

TURN_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 12, 30)
CALL_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30)


class Metrics:
    """Counters of one process, and gauges read from the store when somebody asks."""

    def __init__(self) -> None:
        self._turns = Histogram(
            "pencil_turn_seconds", "Turns by kind and ending.", ("kind", "ending"), bounds=TURN_SECONDS
        )
        self._intents = Counter("pencil_intents_total", "Messages by intent.", ("intent",))
        self._calls = Histogram(
            "pencil_provider_call_seconds",
            "Provider calls by operation and outcome.",
            ("provider", "operation", "outcome"),
            bounds=CALL_SECONDS,
        )
        self._writes = Counter("pencil_writes_total", "Writes by kind and ending.", ("kind", "state"))
        self._settled = Counter("pencil_settled_total", "Writes settled by recovery.", ("written",))
        self._ledger = Gauge("pencil_ledger_open_writes", "Writes whose fate is open, by state.", ("state",))
        self._lag = Gauge("pencil_inbox_lag_seconds", "Age of the oldest unanswered turn.")
        self._old_hosts = Gauge("pencil_calcom_old_hosts", "Cal.com hosts spoken to in the shapes of April 2024.")
        self._under_way = Gauge("pencil_turns_under_way", "Turns at work now.")

    def turn(self, kind: str, ending: str, seconds: float) -> None:
        """One turn came to its end: replied, failed."""
        self._turns.measure(seconds, kind, ending)

    def intent(self, intent: str) -> None:
        """One message was read."""
        self._intents.add(intent)

    def call(self, provider: str, operation: str, outcome: str, seconds: float) -> None:
        """One provider call was answered, or not."""
        self._calls.measure(seconds, provider, operation, outcome)

    def write(self, kind: str, state: str) -> None:
        """One write reached a state."""
        self._writes.add(kind, state)

    def settled(self, *, written: bool) -> None:
        """Recovery found out what became of a write."""
        self._settled.add(str(written).lower())

    def under_way(self, change: int) -> None:
        """A turn began (1) or ended (-1)."""
        self._under_way.change(change)

    def render(self, open_writes: Mapping[str, int], lag_seconds: float, *, old_hosts: int = 0) -> str:
        """The Prometheus text, with the store's own figures as they are now.

        Closed writes are counted as they close (`pencil_writes_total`): a scrape never walks the whole ledger.
        """
        self._ledger.clear()
        for state, count in open_writes.items():
            self._ledger.put(count, state)
        self._lag.put(lag_seconds)
        self._old_hosts.put(old_hosts)
        counted = (self._turns, self._intents, self._calls, self._writes, self._settled)
        standing = (self._ledger, self._lag, self._old_hosts, self._under_way)
        return "".join(figure.text() for figure in (*counted, *standing))
