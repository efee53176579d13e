"""What starting costs: `python benchmarks/startup.py`.

Fresh processes in turn, A B A B …: importing everything `pencil serve` needs against importing slack_bolt.async_app; the
start-up of `pencil parse`; and the memory of an idle `pencil serve`. Ratios of medians, and the medians themselves.
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
WHOLE = "import bot.running, bot.wiring, bot.slack, bot.web"
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
    for code in (WHOLE, REFERENCE, BARE):
        seconds(code)
    rows = [(seconds(WHOLE), seconds(REFERENCE), seconds(BARE), parse_seconds()) for _ in range(RUNS)]
    whole, reference, bare, parse = (statistics.median(column) for column in zip(*rows, strict=True))
    ratio = statistics.median(a / b for a, b, _, _ in rows)
    print(f"python {sys.version.split()[0]}, {RUNS} runs, medians")
    print(f"import of the bot          {whole * 1000:7.0f} ms")
    print(f"import of slack_bolt       {reference * 1000:7.0f} ms   ratio {ratio:.2f}")
    print(f"bare python                {bare * 1000:7.0f} ms")
    print(f"pencil parse, one line     {parse * 1000:7.0f} ms   less bare python {(parse - bare) * 1000:.0f} ms")
    print(f"idle memory of serve       {idle_memory_mib():7.0f} MiB")


if __name__ == "__main__":
    main()
