"""`bot.values.dataclass` makes what the standard decorator makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from bot.values import dataclass


def declared(decorator: Any, name: str, **options: Any) -> Any:
    """One class, declared by either decorator."""

    class Trip:
        """A trip."""

        __annotations__ = {
            "start": "str", "stops": "tuple[str, ...]", "fare": "int", "note": "str", "seen": "int", "length": "int",
        }  # fmt: skip
        stops: Any = field(default_factory=lambda: ("Ulm",))
        fare: Any = 3
        note: Any = field(default="", repr=False)
        seen: Any = field(default=0, compare=False)
        length: Any = field(init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.start))  # type: ignore[attr-defined]  # declared above

    Trip.__name__ = Trip.__qualname__ = name
    Trip.__module__ = __name__
    kind = decorator(frozen=True, slots=True, **options)(Trip)
    globals()[name] = kind
    return kind


OURS = declared(dataclass, "Ours")
THEIRS = declared(dataclasses.dataclass, "Theirs")
NAMED = declared(dataclass, "Named", kw_only=True)
WAYS = [("Bonn",), ("Bonn", ("Köln",), 5), ("Bonn", (), 5, "window")]


@pytest.mark.parametrize("given", WAYS)
def test_it_shows_and_holds_the_same(given: tuple[Any, ...]) -> None:
    ours, theirs = OURS(*given), THEIRS(*given)

    assert repr(ours).replace("Ours", "") == repr(theirs).replace("Theirs", "")
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert OURS.__slots__ == THEIRS.__slots__


def test_equal_means_equal_in_what_is_compared() -> None:
    assert OURS("Bonn", seen=1) == OURS("Bonn", seen=2)
    assert hash(OURS("Bonn", seen=1)) == hash(OURS("Bonn", seen=2))
    assert OURS("Bonn") != OURS("Bern")
    assert OURS("Bonn") != THEIRS("Bonn")


def test_values_without_fields_are_equal() -> None:
    @dataclass(frozen=True, slots=True)
    class Nothing:
        pass

    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


def test_identity_decides_where_it_was_asked_for() -> None:
    @dataclass(frozen=True, slots=True, eq=False)
    class Table:
        rows: tuple[str, ...]

    assert Table(()) != Table(())
    assert len({Table(()), Table(())}) == 2


def test_order_follows_the_fields() -> None:
    @dataclass(frozen=True, slots=True, order=True)
    class Place:
        row: int
        seat: int

    assert sorted([Place(2, 1), Place(1, 9), Place(1, 2)]) == [Place(1, 2), Place(1, 9), Place(2, 1)]
    assert len({Place(1, 2), Place(1, 2)}) == 1


def test_nothing_changes_a_value() -> None:
    trip = OURS("Bonn")

    with pytest.raises(FrozenInstanceError):
        trip.fare = 4
    with pytest.raises(FrozenInstanceError):
        del trip.fare
    with pytest.raises(AttributeError):
        trip.other = 4


@pytest.mark.parametrize(("given", "named"), [((), {}), (("Bonn",), {"speed": 3}), (("Bonn",), {"start": "Bern"})])
def test_what_does_not_fit_is_a_type_error(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (OURS, THEIRS):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_names_can_be_demanded() -> None:
    with pytest.raises(TypeError):
        NAMED("Bonn")
    assert NAMED(start="Bonn").fare == 3


def test_copies_are_equal() -> None:
    trip = OURS("Bonn", fare=9)

    assert copy.copy(trip) == copy.deepcopy(trip) == pickle.loads(pickle.dumps(trip)) == trip
    assert dataclasses.replace(THEIRS("Bonn"), fare=9).fare == trip.fare


def test_a_child_has_the_fields_of_its_parent() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Parent:
        name: str

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Child(Parent):
        age: int = 4

    assert repr(Child(name="Ada")).endswith("Child(name='Ada', age=4)")
    assert Child(name="Ada") != Parent(name="Ada")
