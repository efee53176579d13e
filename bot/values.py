"""`dataclass`, as the standard library's, for frozen values with slots: cheap to declare, and made in half the time.

The standard decorator writes and compiles six functions for every class; for our four hundred that was half of a start.
Here comparing, hashing, showing and refusing to change are the same functions for all, and `__init__` is written when
its class makes the first value. It puts what it is given straight into the slots, or, where they are many, opens the value
for that while. Whatever is not frozen goes to the
standard decorator. Floor 0.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  the type checker knows dataclasses by that name

Kind = TypeVar("Kind", bound=type)

_FEW = 8
"""Fields up to which putting each into its slot is as fast as opening and closing the value."""

if not TYPE_CHECKING:

    def dataclass(
        *, slots: bool, frozen: bool = False, kw_only: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[Kind], Kind]:
        """The decorator; a field with `init=False` is for `__post_init__` to fill."""
        if not frozen:
            return dataclasses.dataclass(slots=slots, kw_only=kw_only, eq=eq, order=order)

        def declared(written: Kind) -> Kind:
            for name, method in (_VALUE | _COMPARED if eq else _VALUE).items():
                if name not in written.__dict__:
                    setattr(written, name, method)
            written.__doc__ = written.__doc__ or written.__name__
            standard = dataclasses.dataclass(
                init=False, repr=False, eq=order, order=order, slots=slots, kw_only=kw_only
            )
            kind = standard(written)
            kind._compared = staticmethod(_reader([field.name for field in fields(kind) if field.compare]))  # noqa: SLF001
            return kind

        return declared


Row = TypeVar("Row", bound=type[tuple[Any, ...]])


def quick(kind: Row) -> Row:
    """A `NamedTuple` whose `_replace` takes a third of the time: its values are copied and the new ones put in their places."""
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]  # of every NamedTuple
    places = {name: place for place, name in enumerate(names)}

    def replaced(self: tuple[Any, ...], /, **changes: object) -> tuple[Any, ...]:
        values = list(self)
        for name, value in changes.items():
            values[places[name]] = value
        return tuple.__new__(kind, values)

    kind._replace = replaced  # type: ignore[attr-defined]  # the same
    return kind


def _reader(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _write_init_and_run_it(self: Any, *given: Any, **named: Any) -> None:
    kind: Any = type(self)
    kind.__init__ = _init_of(kind)
    kind.__init__(self, *given, **named)


def _init_of(kind: type) -> Callable[..., None]:
    given = [field for field in fields(kind) if field.init]
    is_large = len(given) > _FEW
    known: dict[str, Any] = {"absent": MISSING}
    by_place: list[str] = ["self"]
    by_name: list[str] = []
    lines: list[str] = []
    for field in given:
        name = value = parameter = field.name
        if field.default is not MISSING:
            parameter, known[f"default_{name}"] = f"{name}=default_{name}", field.default
        elif field.default_factory is not MISSING:
            parameter, known[f"make_{name}"] = f"{name}=absent", field.default_factory
            value = f"make_{name}() if {name} is absent else {name}"
        if not is_large:
            known[f"put_{name}"] = getattr(kind, name).__set__
        (by_name if field.kw_only else by_place).append(parameter)
        lines.append(f"self.{name} = {value}" if is_large else f"put_{name}(self, {value})")
    if is_large:
        known |= {"Kind": kind, "Twin": open_twin(kind), "close": close}
        lines = ["close(self, Twin)", *lines, "close(self, Kind)"]
    lines.append("self.__post_init__()" if hasattr(kind, "__post_init__") else "pass")
    star = ["*"] if by_name else []
    exec(f"def __init__({', '.join(by_place + star + by_name)}):\n  " + "\n  ".join(lines), known)  # noqa: S102  as there
    init: Callable[..., None] = known["__init__"]
    return init


@cache
def open_twin(kind: type) -> type:
    """A class with the slots of that one, whose values may be filled; `close` makes them values of that one.

    Filling an open value takes an eighth of the time that it takes past the `__setattr__` which refuses.
    """
    may = {
        "__slots__": kind.__dict__["__slots__"],
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    return type(kind.__name__, kind.__bases__, may)


close: Callable[[Any, type], None] = object.__dict__["__class__"].__set__
"""Makes a value one of another class with the same slots."""


def _equal(self: Any, other: Any) -> bool:
    return self._compared(self) == self._compared(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(self._compared(self))


@recursive_repr()
def _shown(self: Any) -> str:
    told = [f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr]
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse_to_set(_: Any, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_VALUE = {
    "__init__": _write_init_and_run_it,
    "__repr__": _shown,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,  # for `copy` and `pickle`, which may not set fields either
    "__setstate__": _restore,
}
_COMPARED = {"__eq__": _equal, "__hash__": _hash}
