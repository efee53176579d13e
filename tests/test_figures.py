"""The text of our figures is what Prometheus reads."""

from __future__ import annotations

from bot.operating.figures import Counter, Gauge, Histogram


def test_a_counter_counts_by_labels() -> None:
    counter = Counter("said_total", "Things said.", ("who", "how"))
    for _ in range(2):
        counter.add("ana", "loud")
    counter.add('a"b\\c\nd', "low")

    assert counter.text() == (
        "# HELP said_total Things said.\n# TYPE said_total counter\n"
        'said_total{how="loud",who="ana"} 2.0\n'
        'said_total{how="low",who="a\\"b\\\\c\\nd"} 1.0\n'
    )


def test_a_gauge_without_labels_stands_from_the_start() -> None:
    gauge = Gauge("open", "What is open.")
    assert gauge.text().splitlines()[-1] == "open 0.0"

    gauge.change(3)
    gauge.change(-1)

    assert gauge.text().splitlines()[-1] == "open 2.0"


def test_a_gauge_forgets_what_was_cleared() -> None:
    gauge = Gauge("open", "What is open.", ("state",))
    gauge.put(2, "sent")
    gauge.clear()
    gauge.put(1, "claimed")

    assert gauge.text().splitlines()[2:] == ['open{state="claimed"} 1.0']


def test_a_histogram_counts_up_to_each_bound() -> None:
    histogram = Histogram("took_seconds", "How long it took.", ("kind",), bounds=(0.1, 1))
    for seconds in (0.1, 0.5, 7):
        histogram.measure(seconds, "said")

    assert histogram.text() == (
        "# HELP took_seconds How long it took.\n# TYPE took_seconds histogram\n"
        'took_seconds_bucket{kind="said",le="0.1"} 1.0\n'
        'took_seconds_bucket{kind="said",le="1.0"} 2.0\n'
        'took_seconds_bucket{kind="said",le="+Inf"} 3.0\n'
        'took_seconds_count{kind="said"} 3.0\n'
        'took_seconds_sum{kind="said"} 7.6\n'
    )
