"""Unions whose members carry a tag, read by their tag.

Our unions are told apart by a field of literals (`kind`, `intent`). The core may not know pydantic, so nothing there says so,
and pydantic would try one member after the other, thirty of them for a write. Here its schema is told.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import CoreSchema

_TAGS = ("kind", "intent")
"""The fields that tell members apart."""
_Schema = dict[str, Any]


def told_apart(schema: CoreSchema) -> CoreSchema:
    """The same, with every union that can be read by a tag read by it. The schema that came in is left as it is."""
    whole: Any = schema
    known = {one["ref"]: one for one in whole.get("definitions", ())}
    told: CoreSchema = _told(whole, known)
    return told


def _told(node: Any, known: Mapping[str, _Schema]) -> Any:
    if isinstance(node, dict):
        inner = {name: value if name in {"metadata", "cls"} else _told(value, known) for name, value in node.items()}
        if node.get("type") == "dataclass-field" and node["name"] in _TAGS:
            return _always_written(inner)
        return _by_tag(inner, known) if node.get("type") == "union" else inner
    if isinstance(node, list | tuple):
        return type(node)([_told(one, known) for one in node])
    return node


def _always_written(tag: _Schema) -> _Schema:
    """A tag as if it had no default: fields that have theirs are left out of what is stored, and a tag must not be."""
    return tag | {"schema": tag["schema"]["schema"]} if tag["schema"]["type"] == "default" else tag


def _by_tag(union: _Schema, known: Mapping[str, _Schema]) -> Any:
    members = [choice[0] if isinstance(choice, tuple) else choice for choice in union["choices"]]
    for name in _TAGS:
        tags = [list(_tags(member, name, known)) for member in members]
        flat = [tag for one in tags for tag in one]
        if all(tags) and len(set(flat)) == len(flat):
            choices = {tag: member for member, one in zip(members, tags, strict=True) for tag in one}
            return core_schema.tagged_union_schema(choices, discriminator=name, ref=union.get("ref"))
    return union


def _tags(member: _Schema, name: str, known: Mapping[str, _Schema]) -> Iterator[str]:
    """The values that the field of that name may have in that member; none where it is not one of literals."""
    if member["type"] == "definition-ref":
        member = known[member["schema_ref"]]
    if member["type"] != "dataclass":
        return
    field = next((one["schema"] for one in member["schema"]["fields"] if one["name"] == name), None)
    if field is not None and field["type"] == "default":
        field = field["schema"]
    if field is not None and field["type"] == "literal":
        for value in field["expected"]:
            yield value.value if isinstance(value, Enum) else value
