"""Checking what a caller sent, with Cal.com's property errors.

An input is a `Shape` of `Field`s; a field has named checks, each with the text the provider answers. Errors come in the
order of the fields and carry the sent object (`target`, known keys only) and the sent value, as the provider's do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from bot.values import dataclass

_MISSING = object()
_ISO = re.compile(
    r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$"
)
_CLOCK = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")

Errors = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: its name, whether a value passes, and what is said if not. `{}` in the text is the property."""

    name: str
    passes: Callable[[Any], bool]
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One property. `nested` is the shape of the object in it, or of each member with `is_list`."""

    name: str
    checks: tuple[Check, ...] = ()
    is_optional: bool = False
    nested: Shape | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The properties of an object. `is_closed`: any other property is an error, else it is dropped silently.
    `also` names properties that are kept without a check; `whole` checks the object itself.
    """

    fields: tuple[Field, ...]
    also: tuple[str, ...] = ()
    is_closed: bool = False
    whole: tuple[tuple[str, Check], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every property it knows."""
        return frozenset(field.name for field in self.fields) | frozenset(self.also)


def check(shape: Shape, value: Mapping[str, Any]) -> Errors:
    """Every error, in the provider's order."""
    target = value if shape.is_closed else {key: item for key, item in value.items() if key in shape.names}
    errors = _strangers(shape, value) if shape.is_closed else []
    for field in shape.fields:
        error = _check_field(field, target, value.get(field.name, _MISSING))
        if error is not None:
            errors.append(error)
    for name, rule in shape.whole:
        if not rule.passes(value):
            errors.append(_error(target, _MISSING, name, constraints={rule.name: rule.text.format(name)}))
    return errors


def known(shape: Shape, value: Mapping[str, Any]) -> dict[str, Any]:
    """The object without what the shape does not know."""
    return {key: item for key, item in value.items() if key in shape.names}


def _strangers(shape: Shape, value: Mapping[str, Any]) -> Errors:
    text = "property {} should not exist"
    return [
        _error(value, item, key, constraints={"whitelistValidation": text.format(key)})
        for key, item in value.items()
        if key not in shape.names
    ]


def _check_field(field: Field, target: Mapping[str, Any], value: Any) -> dict[str, Any] | None:
    if field.is_optional and (value is _MISSING or value is None):
        return None
    plain = None if value is _MISSING else value
    failed = {c.name: c.text.format(field.name) for c in field.checks if not c.passes(plain)} | _misfit(field, plain)
    children = [] if failed else _children(field, value)
    if not failed and not children:
        return None
    return _error(target, value, field.name, constraints=failed, children=children)


def _misfit(field: Field, value: Any) -> dict[str, str]:
    """The complaint where an object (or a list of objects) is wanted and something else was sent."""
    if field.nested is None or value is None:
        return {}
    members = value if field.is_list and isinstance(value, list) else [value]
    if all(isinstance(member, Mapping) for member in members):
        return {}
    whose = "each value in nested property" if field.is_list else "nested property"
    return {"nestedValidation": f"{whose} {field.name} must be either object or array"}


def _children(field: Field, value: Any) -> Errors:
    if field.nested is None or value is _MISSING or value is None:
        return []
    if not field.is_list:
        return check(field.nested, value)
    found = [(index, item, check(field.nested, item)) for index, item in enumerate(value)]
    return [_error(value, item, str(index), children=errors) for index, item, errors in found if errors]


def _error(
    target: Any, value: Any, name: str, *, constraints: Mapping[str, str] | None = None, children: Errors | None = None
) -> dict[str, Any]:
    error: dict[str, Any] = {"target": target}
    if value is not _MISSING:
        error["value"] = value
    error |= {"property": name, "children": children or []}
    return error | {"constraints": dict(constraints)} if constraints else error


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_iso(value: Any) -> bool:
    """An ISO 8601 date or date-time, with or without zone, that exists in the calendar and in times people plan for."""
    if not isinstance(value, str) or not _ISO.match(value):
        return False
    try:
        day = datetime.fromisoformat(value[:10])
    except ValueError:
        return False
    return 1900 <= day.year <= 9000


def is_zone(value: Any) -> bool:
    """An IANA name; as the provider, without regard to upper and lower case."""
    return isinstance(value, str) and value.lower() in zone_names()


@cache
def zone_names() -> Mapping[str, str]:
    """Every zone by its name in lower case."""
    return {name.lower(): name for name in available_timezones()}


def one_of(values: tuple[str, ...]) -> Callable[[Any], bool]:
    """Passes for a value in the list."""
    return lambda value: value in values


def switched(rule: Callable[[Mapping[str, Any]], bool]) -> Callable[[Any], bool]:
    """Passes for an object that says `disabled`, or else keeps the rule."""
    return lambda value: isinstance(value, Mapping) and (bool(value.get("disabled")) or rule(value))


def each_of(values: tuple[str, ...]) -> Callable[[Any], bool]:
    """Passes for a list of such values."""
    return lambda value: isinstance(value, list) and all(item in values for item in value)


TEXT = Check("isString", is_text, "{} must be a string")
WHOLE = Check("isInt", is_whole, "{} must be an integer number")
NUMBER = Check("isNumber", is_number, "{} must be a number conforming to the specified constraints")
FLAG = Check("isBoolean", lambda value: isinstance(value, bool), "{} must be a boolean value")
ISO_DATE = Check("isDateString", is_iso, "{} must be a valid ISO 8601 date string")
ZONE = Check("isTimeZone", is_zone, "{} must be a valid IANA time-zone")
OBJECT = Check("isObject", lambda value: isinstance(value, dict), "{} must be an object")
LIST = Check("isArray", lambda value: isinstance(value, list), "{} must be an array")
PRESENT = Check("isDefined", lambda value: value is not None, "{} should not be null or undefined")
CLOCK = Check("matches", lambda v: isinstance(v, str) and bool(_CLOCK.match(v)), "{} must be a valid time format HH:MM")


def at_least(smallest: int) -> Check:
    """A number from there on."""
    return Check("min", lambda v: is_number(v) and v >= smallest, f"{{}} must not be less than {smallest}")


def at_most(largest: int) -> Check:
    """A number up to there."""
    return Check("max", lambda v: is_number(v) and v <= largest, f"{{}} must not be greater than {largest}")
