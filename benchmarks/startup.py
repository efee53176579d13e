"""What starting costs: `python benchmarks/startup.py`.

Fresh processes in turn, A B A B …: importing the package as it is wired together (bot.app.wiring: everything but the surfaces),
the Slack surface, and all that `pencil serve` needs, each against importing slack_bolt.async_app; the start-up of
`pencil parse`; and the memory of an idle `pencil serve`. Medians, and the medians of the ratios pair by pair.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

RUNS = 9
ROWS = (
    ("the package, bot.app.wiring", "import bot.app.wiring"),
    ("the Slack surface", "import bot.slack.surface"),
    ("all of pencil serve", "import bot.app.serving"),
)
REFERENCE = "import slack_bolt.async_app"
BARE = "pass"


def seconds(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def parse_seconds() -> float:
    row = json.dumps({"id": "1", "text": "tomorrow 3pm", "now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin"})
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "parse"], input=row + "\n", text=True, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def idle_memory_mib(port: int = 3917) -> float:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/idle.db", "LOG_LEVEL": "warning"}
        command = [sys.executable, "-m", "bot", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parent.parent)
        try:
            wait_until_healthy(port)
            time.sleep(3)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)


def wait_until_healthy(port: int) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("serve did not become healthy")


def main() -> None:
    codes = (REFERENCE, BARE, *(code for _, code in ROWS))
    for code in codes:
        seconds(code)
    runs = [[seconds(code) for code in codes] + [parse_seconds()] for _ in range(RUNS)]
    reference, bare, *whole, parse = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"python {sys.version.split()[0]}, {RUNS} runs, medians")
    print(f"{'slack_bolt.async_app':26} {reference * 1000:7.0f} ms")
    for number, (name, _) in enumerate(ROWS):
        ratio = statistics.median(run[number + 2] / run[0] for run in runs)
        print(f"{name:26} {whole[number] * 1000:7.0f} ms   ratio {ratio:.2f}")
    print(f"{'bare python':26} {bare * 1000:7.0f} ms")
    print(f"{'pencil parse, one line':26} {parse * 1000:7.0f} ms   less bare python {(parse - bare) * 1000:.0f} ms")
    print(f"{'idle memory of serve':26} {idle_memory_mib():7.0f} MiB")


if __name__ == "__main__":
    main()
