from __future__ import annotations

from bot.gateway.client import CallRecord
from bot.operating.metrics import Metrics


def test_a_bound_counts_everything_up_to_it() -> None:
    metrics = Metrics()
    for seconds in (0.004, 0.01, 0.3, 31.0):
        metrics.turn("said", "replied", seconds)

    lines = metrics.render({}, 0.0).decode().splitlines()

    labels = 'ending="replied",kind="said"'
    counted = [line.rsplit(" ", 1)[1] for line in lines if line.startswith(f"pencil_turn_seconds_bucket{{{labels}")]
    assert counted == ["2.0", "2.0", "2.0", "2.0", "3.0", "3.0", "3.0", "3.0", "3.0", "3.0", "3.0", "4.0"]
    assert f"pencil_turn_seconds_count{{{labels}}} 4.0" in lines
    assert f"pencil_turn_seconds_sum{{{labels}}} 31.314" in lines


def test_everything_that_is_counted_is_told() -> None:
    metrics = Metrics()
    metrics.intent("book")
    metrics.intent("book")
    metrics.call(CallRecord(provider="calcom", operation="slots.find", outcome="ok", seconds=0.2))
    metrics.write("book", "done")
    metrics.settled(written=True)
    metrics.under_way(1)

    lines = metrics.render({"sent": 2}, 1.5, old_hosts=1).decode().splitlines()

    told = {
        'pencil_intents_total{intent="book"} 2.0',
        'pencil_provider_call_seconds_count{operation="slots.find",outcome="ok",provider="calcom"} 1.0',
        'pencil_writes_total{kind="book",state="done"} 1.0',
        'pencil_settled_total{written="true"} 1.0',
        'pencil_ledger_open_writes{state="sent"} 2.0',
        "pencil_inbox_lag_seconds 1.5",
        "pencil_calcom_old_hosts 1.0",
        "pencil_turns_under_way 1.0",
    }
    assert told <= set(lines)
