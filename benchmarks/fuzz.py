"""Odd input, a lot of it, at every door where something foreign comes in: nothing may break, hang or slip through.

    python benchmarks/fuzz.py --inputs 1000000 [--seed 1] [--doors reader,slack,…] [--until SECONDS]

Inputs are made of what the tests' corpora and samples hold: pieces glued together, letters and fields swapped, doubled, cut,
replaced by what people and programs send when they mean harm. One run with one seed is always the same. What a door
(`fuzz_doors.py`) raises against its contract, or what takes it longer than a second of CPU, is printed with its input, and
the run ends with 1.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests"
sys.path[:0] = [str(HERE), *[str(TESTS / room) for room in ("slack", "gateway", "reliability")]]

from fuzz_doors import DOORS, Broken  # noqa: E402  beside this file, which is run as a script

if TYPE_CHECKING:
    from fuzz_doors import Door

_TOO_LONG = 1.0
"""Seconds of CPU for one input, above which it is told; garbage collection and a cold cache stay far below."""
_MOST_TOLD = 20


def try_door(door: Door, dice: random.Random) -> str:
    """One input at one door: what went wrong, empty when nothing did."""
    made = door.make(dice)
    began = time.process_time()
    try:
        door.take(made)
    except Broken as broken:
        return f"{broken}: {made!r}"[:2000]
    except Exception as error:  # noqa: BLE001  whatever it is: that is what is looked for
        return f"{type(error).__name__}({error}): {made!r}"[:2000]
    took = time.process_time() - began
    return f"took {took:.1f} s: {made!r}"[:2000] if took > _TOO_LONG else ""


def run(names: list[str], inputs: int, seed: int, until: float = 0) -> tuple[dict[str, int], list[str]]:
    """How many inputs each door took, and what went wrong. Doors take turns by their share."""
    dice = random.Random(seed)
    doors = [DOORS[name] for name in names]
    taken: dict[str, int] = collections.Counter()
    wrong: list[str] = []
    ends_at = time.monotonic() + until if until else 0
    for number in range(inputs):
        (name,) = dice.choices(names, [door.share for door in doors])
        trouble = try_door(DOORS[name], dice)
        taken[name] += 1
        if trouble:
            wrong.append(f"{name} (input {number} of seed {seed}): {trouble}")
        if len(wrong) >= _MOST_TOLD or (ends_at and time.monotonic() > ends_at):
            break
    return taken, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Odd input at every door.")
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--doors", default=",".join(DOORS), help=f"of {', '.join(DOORS)}")
    parser.add_argument("--until", type=float, default=0, help="seconds after which it ends early")
    options = parser.parse_args()
    began = time.process_time()
    taken, wrong = run(options.doors.split(","), options.inputs, options.seed, options.until)
    print("\n".join(wrong))
    told = ", ".join(f"{name} {count}" for name, count in sorted(taken.items()))
    print(
        f"seed {options.seed}: {sum(taken.values())} inputs ({told}), {time.process_time() - began:.0f} s CPU, ", end=""
    )
    print(f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
