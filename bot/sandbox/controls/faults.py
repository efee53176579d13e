r"""Faults on purpose: which calls go wrong, how often, and how.

A rule file is TOML or JSON; both hold a list `rules` (a bare JSON list will do). `POST /_faults` takes the same.

    [[rules]]
    kind = "lose_answer"          # what happens, see below; the only field that must be there
    method = "POST"               # default: any
    path = "/v2/bookings"         # a glob over the path, with or without the gateway's prefix; `re:…` is a regular
                                  # expression over the whole path; default: any. The query does not count.
    times = 1                     # only so many times; default: without end
    every = 3                     # only each third matching call
    after = 2                     # only from the third matching call on
    probability = 0.5             # only by chance; the world's seed decides

| kind        | does                                                            | fields |
|-------------|-----------------------------------------------------------------|--------|
| latency     | waits, then goes on as if nothing were                          | seconds (1) |
| refuse      | nothing is done; the connection is cut, or `status` is answered | status, body |
| lose_answer | all is done; the connection is cut, or `status` is answered     | status, body |
| timeout     | answers nothing for so long, then cuts the connection           | seconds (3600), after_commit |
| status      | answers `status` (500) with `body` and `headers`                | status, body, headers, after_commit |
| malformed   | carries it out and answers half a body                          | – |

`after_commit = true` carries the call out first. The first rule that fires decides; behind a `latency` others may fire.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class FaultKind(StrEnum):
    """How a call goes wrong."""

    LATENCY = "latency"
    REFUSE = "refuse"
    LOSE_ANSWER = "lose_answer"
    TIMEOUT = "timeout"
    STATUS = "status"
    MALFORMED = "malformed"


class FaultRule(BaseModel):
    """One rule; the module's docstring explains the fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FaultKind
    method: str = "*"
    path: str = "*"
    times: int | None = Field(default=None, ge=1)
    every: int = Field(default=1, ge=1)
    after: int = Field(default=0, ge=0)
    probability: float = Field(default=1.0, ge=0, le=1)
    seconds: float | None = Field(default=None, ge=0)
    status: int | None = Field(default=None, ge=200, le=599)
    body: Any = None
    headers: dict[str, str] = Field(default_factory=dict)
    after_commit: bool = False

    def concerns(self, method: str, paths: Iterable[str]) -> bool:
        """Whether a call by that method to one of these spellings of its path is meant."""
        if self.method not in {"*", method}:
            return False
        if self.path.startswith("re:"):
            return any(re.fullmatch(self.path[3:], path) for path in paths)
        return any(fnmatchcase(path, self.path) for path in paths)


class Faults:
    """The rules in force and how often each has met a call."""

    def __init__(self, rules: Sequence[FaultRule], seed: int) -> None:
        self._seed = seed
        self._rules: tuple[FaultRule, ...] = ()
        self._met: list[int] = []
        self._fired: list[int] = []
        self._random = random.Random(seed)  # noqa: S311 - chance that must repeat itself
        self.replace(rules)

    @property
    def rules(self) -> tuple[FaultRule, ...]:
        """The rules in force."""
        return self._rules

    def replace(self, rules: Sequence[FaultRule]) -> None:
        """Other rules from now on; counting starts anew."""
        self._rules = tuple(rules)
        self._met = [0] * len(self._rules)
        self._fired = [0] * len(self._rules)
        self._random = random.Random(f"faults-{self._seed}")  # noqa: S311 - as above

    def strike(self, method: str, paths: Sequence[str]) -> tuple[FaultRule, ...]:
        """The rules that fire for this call: any number of latencies, then at most one other."""
        struck: list[FaultRule] = []
        for index, rule in enumerate(self._rules):
            if rule.concerns(method, paths) and self._fires(index, rule):
                struck.append(rule)
                if rule.kind is not FaultKind.LATENCY:
                    break
        return tuple(struck)

    def _fires(self, index: int, rule: FaultRule) -> bool:
        self._met[index] += 1
        turn = self._met[index] - rule.after
        if turn < 1 or turn % rule.every or (rule.times is not None and self._fired[index] >= rule.times):
            return False
        if rule.probability < 1 and self._random.random() >= rule.probability:
            return False
        self._fired[index] += 1
        return True


_RULES = TypeAdapter(tuple[FaultRule, ...])


def parse_faults(text: str) -> tuple[FaultRule, ...]:
    """Rules from JSON or TOML; ValueError says what is wrong."""
    data = _parse_text(text)
    rows = data.get("rules", []) if isinstance(data, dict) else data
    try:
        return _RULES.validate_python(rows)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"fault rule {where}: {first['msg']}") from error


def load_faults(path: str | Path) -> tuple[FaultRule, ...]:
    """Rules from a file; BadSettings names the file and what is wrong in it."""
    try:
        return parse_faults(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(f"the faults file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BadSettings(f"the faults file {path} is wrong: {error}") from error


def _parse_text(text: str) -> Any:
    if not text.strip():
        return []
    try:
        return json.loads(text)
    except ValueError:
        return tomllib.loads(text)
