"""Some odd input at every door of `benchmarks/fuzz.py`; the long run is named in the README."""

from __future__ import annotations

import random

import _paths  # noqa: F401  where the stand-ins are
import fuzz
import pytest
from fuzz_doors import DOORS, Broken, Door

FEW = {"reader": 250}


@pytest.mark.parametrize("name", DOORS)
def test_odd_input_breaks_no_door(name: str) -> None:
    inputs = FEW.get(name, 1500)

    taken, wrong = fuzz.run([name], inputs, seed=7)

    assert taken == {name: inputs}
    assert wrong == []


def test_a_door_that_breaks_is_told_with_its_input() -> None:
    def take(number: int) -> None:
        if number > 5:
            raise Broken("too much")
        if number > 3:
            raise KeyError(number)

    told = [fuzz.try_door(Door(lambda _, n=number: n, take), random.Random(1)) for number in (1, 4, 9)]  # type: ignore[misc]

    assert told == ["", "KeyError(4): 4", "too much: 9"]
