"""Providers' answers as values: a shape is declared as a plain dataclass, and pydantic learns it when the first one is read.

A pydantic model costs six times as much to declare, and most shapes of a provider are read rarely or never. No I/O here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator

T = TypeVar("T")


@cache
def _reader(kind: Any) -> SchemaValidator:
    """What reads that kind; what would write it, and the schema of both, are let go."""
    reader: SchemaValidator = TypeAdapter(kind).validator  # type: ignore[assignment]  # a plugin's would be another; we have none
    return reader


def read_as(kind: type[T], data: Any) -> T:
    """The data as that kind of value; raises pydantic's `ValidationError`."""
    key: Any = kind
    value: T = _reader(key).validate_python(data)
    return value


def learn(*kinds: type[Any]) -> None:
    """Learn those kinds ahead of their first values."""
    for kind in kinds:
        key: Any = kind
        _reader(key)
