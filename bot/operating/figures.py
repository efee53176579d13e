"""Counters, gauges and histograms of one process, and their text as Prometheus reads it.

https://prometheus.io/docs/instrumenting/exposition_formats/. The common client keeps locks and loads an HTTP server with all
that it needs; we count on one thread and have our own route. Labels are closed vocabularies, in the order of `labels`.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Figure:
    """What has a name, says what it counts, and is kept apart by labels."""

    kind = "untyped"

    def __init__(self, name: str, what: str, labels: Sequence[str] = ()) -> None:
        self.name = name
        self.what = what
        self.labels = tuple(labels)

    def text(self) -> str:
        """Its lines, each with its end."""
        head = f"# HELP {self.name} {self.what}\n# TYPE {self.name} {self.kind}\n"
        return head + "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        raise NotImplementedError

    def _line(self, suffix: str, values: Sequence[str], value: float, **more: str) -> str:
        pairs = sorted((dict(zip(self.labels, values, strict=True)) | more).items())
        inside = ",".join(f'{name}="{_escaped(text)}"' for name, text in pairs)
        return f"{self.name}{suffix}{{{inside}}} {float(value)}" if inside else f"{self.name}{suffix} {float(value)}"


class Counter(Figure):
    """Only ever grows. Its name has to end in `_total`."""

    kind = "counter"

    def __init__(self, name: str, what: str, labels: Sequence[str] = ()) -> None:
        super().__init__(name, what, labels)
        self._counted: dict[tuple[str, ...], int] = {}

    def add(self, *values: str) -> None:
        """One more."""
        self._counted[values] = self._counted.get(values, 0) + 1

    def _lines(self) -> Iterator[str]:
        for values, count in self._counted.items():
            yield self._line("", values, count)


class Gauge(Figure):
    """Goes up and down."""

    kind = "gauge"

    def __init__(self, name: str, what: str, labels: Sequence[str] = ()) -> None:
        super().__init__(name, what, labels)
        self._standing: dict[tuple[str, ...], float] = {} if labels else {(): 0}

    def put(self, value: float, *values: str) -> None:
        """It stands there now."""
        self._standing[values] = value

    def change(self, by: float) -> None:
        """For one without labels."""
        self._standing[()] += by

    def clear(self) -> None:
        """Nothing stands any more."""
        self._standing.clear()

    def _lines(self) -> Iterator[str]:
        for values, value in self._standing.items():
            yield self._line("", values, value)


class Histogram(Figure):
    """How many measurements were at most as large as each bound."""

    kind = "histogram"

    def __init__(self, name: str, what: str, labels: Sequence[str], *, bounds: Sequence[float]) -> None:
        super().__init__(name, what, labels)
        self._bounds = tuple(bounds)
        self._measured: dict[tuple[str, ...], list[int]] = {}
        self._sums: dict[tuple[str, ...], float] = {}

    def measure(self, value: float, *values: str) -> None:
        """One more measurement."""
        if values not in self._measured:
            self._measured[values] = [0] * (len(self._bounds) + 1)
        self._measured[values][bisect_left(self._bounds, value)] += 1
        self._sums[values] = self._sums.get(values, 0.0) + value

    def _lines(self) -> Iterator[str]:
        names = [*(str(float(bound)) for bound in self._bounds), "+Inf"]
        for values, counts in self._measured.items():
            for name, count in zip(names, accumulate(counts), strict=True):
                yield self._line("_bucket", values, count, le=name)
            yield self._line("_count", values, sum(counts))
            yield self._line("_sum", values, self._sums[values])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
