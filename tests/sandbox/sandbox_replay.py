"""Playing recorded exchanges against a sandbox, with recorded ids mapped to the sandbox's own as they appear."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

_KEYS = {
    "<host api key>": "cal_host",
    "<other api key>": "cal_other",
    "<bad api key>": "cal_unknown",
    "<expired api key>": "cal_expired",
}
_ID_NAMES = ("id", "uid", "Id", "Uid", "UID")


@dataclass(frozen=True, slots=True)
class Difference:
    """One exchange that came out otherwise: in status, in keys, or in the text of its error."""

    name: str
    what: str
    recorded: str
    ours: str


@dataclass(slots=True)
class Replay:
    """A tour played in its order. `differences` grows; `count` is how many answers were compared."""

    client: httpx.AsyncClient
    ids: dict[str, str] = field(default_factory=dict)
    count: int = 0
    differences: list[Difference] = field(default_factory=list)

    async def play(self, name: str, exchange: dict[str, Any]) -> None:
        request = exchange["request"]
        bodies = request["bodies"] if "bodies" in request else [request["body"]]
        answers = exchange["responses"] if "responses" in exchange else [exchange["response"]]
        responses = await asyncio.gather(*(self._send(request, body) for body in bodies))
        for recorded, response in zip(answers, responses, strict=True):
            self._compare(name, recorded, response)

    async def _send(self, request: dict[str, Any], body: Any) -> httpx.Response:
        headers = dict(request["headers"])
        given = headers.get("authorization", "Bearer <host api key>" if "bodies" in request else "")
        for placeholder, key in _KEYS.items():
            given = given.replace(placeholder, key)
        headers = {**headers, "authorization": given} if given else headers
        content = body if isinstance(body, str) else json.dumps(self._mapped(body))
        return await self.client.request(
            request["method"],
            self._mapped_path(request["path"]),
            headers=headers | ({"content-type": "application/json"} if body is not None else {}),
            content=content if body is not None else None,
        )

    def _mapped(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._mapped(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._mapped(item) for item in value]
        return self.ids.get(value, value) if isinstance(value, str) else value

    def _mapped_path(self, path: str) -> str:
        for recorded, own in self.ids.items():
            path = path.replace(recorded, own)
        return path.replace("<host api key>", "cal_host")

    def _compare(self, name: str, recorded: dict[str, Any], response: httpx.Response) -> None:
        self.count += 1
        ours = _body(response)
        self._learn(recorded["body"], ours)
        if recorded["status"] != response.status_code:
            self._differ(name, "status", recorded["status"], response.status_code)
        if set(key_paths(recorded["body"])) != set(key_paths(ours)):
            missing = sorted(set(key_paths(recorded["body"])) - set(key_paths(ours)))
            extra = sorted(set(key_paths(ours)) - set(key_paths(recorded["body"])))
            self._differ(name, "keys", missing, extra)
        wanted, given = self._mapped_text(message(recorded["body"])), message(ours)
        if wanted != given:
            self._differ(name, "text", wanted, given)

    def _differ(self, name: str, what: str, recorded: Any, ours: Any) -> None:
        self.differences.append(Difference(name, what, str(recorded), str(ours)))

    def _mapped_text(self, text: str) -> str:
        for recorded, own in self.ids.items():
            text = text.replace(recorded, own)
        return text

    def _learn(self, recorded: Any, ours: Any) -> None:
        """Where both have an id at the same place, the recorded one means ours from now on."""
        if isinstance(recorded, dict) and isinstance(ours, dict):
            for name, value in recorded.items():
                own = ours.get(name)
                if (isinstance(value, str) and isinstance(own, str) and name.endswith(_ID_NAMES) and value != own) or (
                    name == "data" and isinstance(value, str) and isinstance(own, str)
                ):
                    self.ids[value] = own
                else:
                    self._learn(value, own)
        elif isinstance(recorded, list) and isinstance(ours, list):
            for value, own in zip(recorded, ours, strict=False):
                self._learn(value, own)


def key_paths(value: Any, path: str = "") -> Iterator[str]:
    """Every key of a body with the keys above it; members of a list count as one."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield f"{path}.{name}"
            yield from key_paths(item, f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from key_paths(item, f"{path}[]")


def message(body: Any) -> str:
    """The text of an error, or nothing."""
    if not isinstance(body, dict):
        return ""
    error = body.get("error")
    found = error.get("message") if isinstance(error, dict) else body.get("message")
    return found if isinstance(found, str) else ""


def _body(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return {"_not_json": response.text}
