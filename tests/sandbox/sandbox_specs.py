"""Holding answers against an OpenAPI description: the schema of (method, path, status), relaxed where OpenAPI 3.0 differs
from JSON Schema (`nullable`)."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_INDEX = re.compile(r"\[\d+\]")


@cache
def load(path: Path) -> Any:
    return _plain(json.loads(path.read_text(encoding="utf-8")))


def _plain(node: Any) -> Any:
    """The same description in pure JSON Schema: `nullable` becomes a union with null, and `oneOf` (whose members overlap
    here, so that no real answer fits exactly one) becomes `anyOf`."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {"anyOf" if name == "oneOf" else name: _plain(item) for name, item in node.items()}
    if plain.pop("nullable", False) is True:
        rest = {name: plain.pop(name) for name in list(plain) if name not in {"description", "example"}}
        return {**plain, "anyOf": [rest, {"type": "null"}]}
    return plain


def complaints(spec: Any, method: str, path: str, status: int, body: Any) -> frozenset[str] | None:
    """What the description finds wrong with an answer, each as `METHOD template: place: rule`; None where it describes none."""
    template, schema = _schema(spec, method.lower(), path.partition("?")[0], status)
    if schema is None:
        return None
    validator = Draft202012Validator({**schema, "components": spec["components"]})
    return frozenset(
        f"{method} {template}: {_INDEX.sub('[]', error.json_path)}: {error.validator}"
        for error in validator.iter_errors(body)
    )


def _schema(spec: Any, method: str, path: str, status: int) -> tuple[str, Any]:
    for template in _matching(spec, path):
        operation = spec["paths"][template].get(method)
        if operation is None:
            continue
        answers = operation["responses"]
        answer = answers.get(str(status)) or (answers.get("200") or answers.get("201") if status < 300 else None)
        content = (answer or {}).get("content", {}).get("application/json")
        if content:
            return template, content["schema"]
    return "", None


def _matching(spec: Any, path: str) -> Iterator[str]:
    """Templates that fit the path, the most literal first."""
    fitting = [t for t in spec["paths"] if re.fullmatch(re.sub(r"[{][^}]+[}]", "[^/]+", t), path)]
    yield from sorted(fitting, key=lambda template: template.count("{"))
