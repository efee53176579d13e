"""Holds Calendly requests and answers against the description in `../shared/specs`, unknown fields being errors in requests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import jsonschema

FILE = Path(__file__).parents[3] / "shared" / "specs" / "calendly-openapi.json"
REASON = "the description of Calendly's API (../shared/specs) is not here"
FORMATS = jsonschema.FormatChecker(("email",))


@FORMATS.checks("date-time")
def is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) is not None


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"https?://[^\s]+", value) is not None


@dataclass
class Spec:
    """The description, its schemas turned into plain JSON Schema."""

    document: dict[str, Any]

    @classmethod
    def load(cls) -> Spec:
        return cls(_plain(json.loads(FILE.read_text())))

    def operation(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        for template, item in self.document["paths"].items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method.lower() in item:
                shared = item.get("parameters", [])
                operation = item[method.lower()]
                return template, {**operation, "parameters": [*shared, *operation.get("parameters", [])]}
        raise AssertionError(f"{method} {path} is not described")

    def resolve(self, node: Any) -> Any:
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def problems_of_request(self, method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
        _, operation = self.operation(method, path)
        described = [self.resolve(one) for one in operation["parameters"]]
        by_name = {one["name"]: one for one in described if one["in"] == "query"}
        found = [f"query {name} is not described" for name in query if name not in by_name]
        found += [f"query {name} lacks" for name, one in by_name.items() if one.get("required") and name not in query]
        for name in set(query) & set(by_name):
            found += self._problems(_typed(query[name], by_name[name]["schema"]), by_name[name]["schema"], is_open=True)
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        if body is not None and "application/json" not in content:
            return [*found, "a body is not described"]
        if "application/json" in content and body is not None:
            found += self._problems(body, content["application/json"]["schema"], is_open=False)
        return found

    def problems_of_answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        template, operation = self.operation(method, path)
        answer = self.resolve(operation["responses"].get(str(status)))
        if answer is None:
            return [] if status in {429, 424} else [f"{method} {template} does not answer {status}"]
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        return self._problems(body, schema, is_open=True) if schema else []

    def _problems(self, value: Any, schema: Any, *, is_open: bool) -> list[str]:
        document = self.document if is_open else _closed(self.document)
        whole = {**(schema if is_open else _closed(schema)), "components": document["components"]}
        checker = jsonschema.Draft202012Validator(whole, format_checker=FORMATS)
        return [f"{'.'.join(map(str, one.path))}: {one.message}"[:300] for one in checker.iter_errors(value)]


@dataclass
class SpecChecked(httpx.AsyncBaseTransport):
    """Passes calls on, and notes whatever the description does not allow."""

    inner: httpx.AsyncBaseTransport
    spec: Spec
    prefix: str = ""
    seen: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        path = request.url.path.removeprefix(self.prefix)
        body = json.loads(request.content) if request.content else None
        self._note("request", self.spec.problems_of_request(request.method, path, dict(request.url.params), body))
        response = await self.inner.handle_async_request(request)
        raw = await response.aread()
        self.seen.append(f"{request.method} {self.spec.operation(request.method, path)[0]} {response.status_code}")
        said = json.loads(raw) if raw else None
        self._note("answer", self.spec.problems_of_answer(request.method, path, response.status_code, said))
        return httpx.Response(response.status_code, headers=response.headers, content=raw)

    def _note(self, what: str, problems: list[str]) -> None:
        self.problems += [f"{what} {problem}" for problem in problems]


def _plain(node: Any) -> Any:
    """OpenAPI 3.0 schemas as JSON Schema: `nullable` becomes a type, and misplaced words of the description go."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _plain(value) for key, value in node.items() if key not in {"nullable", "example", "examples"}}
    if isinstance(plain.get("enum"), str):
        del plain["enum"]
    if node.get("nullable") is True:
        return {"anyOf": [{"type": "null"}, plain]}
    return plain


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and "additionalProperties" not in node:
        closed["additionalProperties"] = False
    return closed


def _typed(text: str, schema: dict[str, Any]) -> Any:
    kind = schema.get("type")
    if kind in {"number", "integer"}:
        return float(text)
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text
