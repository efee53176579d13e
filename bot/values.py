"""`dataclass`, as the standard library's, for frozen values with slots: cheap to declare, and made in half the time.

The standard decorator writes and compiles six functions for every class; for our four hundred that was half of a start.
Here comparing, hashing, showing and refusing to change are the same functions for all, and `__init__` is written when
its class makes the first value. It puts what it is given straight into the slots, or, where they are many, opens the value
for that while. Whatever is not frozen goes to the
standard decorator. Floor 0.
"""

from __future__ import annotations

import dataclasses
import re
from collections import namedtuple
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from functools import cache, partial
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  the type checker knows dataclasses by that name
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414  the same

Kind = TypeVar("Kind", bound=type)

_FEW = 8
"""Fields up to which putting each into its slot is as fast as opening and closing the value."""

if not TYPE_CHECKING:

    def dataclass(
        *, slots: bool, frozen: bool = False, kw_only: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[Kind], Kind]:
        """The decorator; a field with `init=False` is for `__post_init__` to fill."""
        if not (frozen and slots):
            return dataclasses.dataclass(slots=slots, frozen=frozen, kw_only=kw_only, eq=eq, order=order)
        return partial(
            _declared, kw_only=kw_only, methods=_VALUE | (_COMPARED if eq else {}) | (_ORDERED if order else {})
        )

    class _Rows(type):
        """Makes a named tuple of whatever is written as a class below `NamedTuple`."""

        def __new__(cls, name: str, bases: tuple[type, ...], written: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, written)
            types = written.pop("__annotations__", {})
            defaults = [written.pop(each) for each in types if each in written]
            kind = namedtuple(name, types, defaults=defaults, module=written["__module__"])  # noqa: PYI024  made from the typed one
            kind.__annotations__ = types
            for key, value in written.items():
                setattr(kind, key, value)
            return kind

    class NamedTuple(metaclass=_Rows):
        """`typing.NamedTuple`, whose types stay as they are written: the standard one compiles each of them."""


def _declared(written: type, *, kw_only: bool, methods: dict[str, Any]) -> type:
    """The class with slots, made once and whole: what is put into a class later costs more than the class."""
    own: dict[str, Any] = dict(written.__dict__)
    for made_anew in ("__dict__", "__weakref__"):
        own.pop(made_anew, None)
    known: dict[str, Field[Any]] = {}
    filled: set[str] = set()
    for base in written.__mro__[-2:0:-1]:
        known |= base.__dict__.get("__dataclass_fields__", {})
        filled.update(base.__dict__.get("__slots__", ()))
    for name, type_ in own.get("__annotations__", {}).items():
        known[name] = _field(name, type_, own.get(name, MISSING), kw_only=kw_only)
    return type(written)(
        written.__name__,
        written.__bases__,
        methods
        | {name: value for name, value in own.items() if name not in known}
        | {
            "__doc__": written.__doc__ or written.__name__,
            "__qualname__": written.__qualname__,
            "__slots__": tuple([name for name in known if name not in filled]),
            "__match_args__": tuple([each.name for each in known.values() if each.init and not each.kw_only]),
            "__dataclass_fields__": known,
            "__dataclass_params__": _PARAMS,
        },
    )


def _field(name: str, type_: Any, given: Any, *, kw_only: bool) -> Field[Any]:
    if isinstance(type_, str) and type_.startswith(("ClassVar", "InitVar", "KW_ONLY")):
        raise TypeError(f"{name} is a {type_}, which a value has no use for")
    one: Any = given if isinstance(given, Field) else dataclasses.field(default=given)
    one.name, one.type, one._field_type = name, type_, _ORDINARY  # noqa: SLF001  as the standard decorator does
    if one.kw_only is MISSING:
        one.kw_only = kw_only
    return cast("Field[Any]", one)


class _Pattern:
    """Stands for a pattern, and has each of its methods once that was asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = text, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._said), name)
        setattr(self, name, method)
        return method


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, done when the pattern is first asked: for what few texts have to do with."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


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


def _make_reader_and_read(self: Any) -> Any:
    kind: Any = type(self)
    names = [field.name for field in fields(kind) if field.compare]
    kind._compared = staticmethod(attrgetter(*names) if names else _nothing)  # noqa: SLF001  ours, see `_COMPARED`
    return kind._compared(self)  # noqa: SLF001  the same


def _nothing(_: object) -> tuple[()]:
    return ()


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


def _less(self: Any, other: Any) -> bool:
    return self._compared(self) < self._compared(other) if type(self) is type(other) else NotImplemented


def _less_or_equal(self: Any, other: Any) -> bool:
    return self._compared(self) <= self._compared(other) if type(self) is type(other) else NotImplemented


def _more(self: Any, other: Any) -> bool:
    return self._compared(self) > self._compared(other) if type(self) is type(other) else NotImplemented


def _more_or_equal(self: Any, other: Any) -> bool:
    return self._compared(self) >= self._compared(other) if type(self) is type(other) else NotImplemented


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
_ORDERED = {"__lt__": _less, "__le__": _less_or_equal, "__gt__": _more, "__ge__": _more_or_equal}
_COMPARED = {"__eq__": _equal, "__hash__": _hash, "_compared": staticmethod(_make_reader_and_read)}


@dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)
class _Template:
    """Tells what the standard decorator notes of a class and of a field."""

    ordinary: None


_PARAMS: Any = _Template.__dict__["__dataclass_params__"]
_ORDINARY: Any = fields(_Template)[0]._field_type  # type: ignore[attr-defined]  # noqa: SLF001  `fields` tells fields by it
