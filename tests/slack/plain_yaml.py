"""Reads the plain YAML that the manifest keeps to: nested mappings, lists, one-line scalars. Anything else is an error."""

from __future__ import annotations

import json
from typing import Any

Lines = list[tuple[int, str]]


def read_yaml(text: str) -> Any:
    lines = [(len(raw) - len(raw.lstrip()), raw.strip()) for raw in text.splitlines()]
    kept = [(indent, line) for indent, line in lines if line and not line.startswith("#")]
    value, rest = _read_block(kept, kept[0][0])
    if rest:
        raise ValueError(f"cannot read {rest[0][1]!r}")
    return value


def _read_block(lines: Lines, indent: int) -> tuple[Any, Lines]:
    if lines[0][1].startswith("- "):
        return _read_list(lines, indent)
    return _read_mapping(lines, indent)


def _read_list(lines: Lines, indent: int) -> tuple[list[Any], Lines]:
    out: list[Any] = []
    while lines and lines[0][0] == indent and lines[0][1].startswith("- "):
        item = lines[0][1][2:]
        if item.startswith('"') or ": " not in item:
            out.append(_read_scalar(item))
            lines = lines[1:]
        else:
            value, lines = _read_mapping([(indent + 2, item), *lines[1:]], indent + 2)
            out.append(value)
    return out, lines


def _read_mapping(lines: Lines, indent: int) -> tuple[dict[str, Any], Lines]:
    out: dict[str, Any] = {}
    while lines and lines[0][0] == indent and not lines[0][1].startswith("- "):
        key, colon, value = lines[0][1].partition(":")
        if not colon:
            raise ValueError(f"cannot read {lines[0][1]!r}")
        lines = lines[1:]
        if value:
            out[key] = _read_scalar(value.strip())
        else:
            out[key], lines = _read_block(lines, lines[0][0])
    return out, lines


def _read_scalar(text: str) -> Any:
    if text.startswith('"') or text in {"true", "false"} or text.isdecimal():
        return json.loads(text)
    if text[0] in "'[{&*!|>%@`":
        raise ValueError(f"cannot read {text!r}")
    return text
