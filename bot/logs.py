"""Structured log lines: an event name that never varies, then fields. Floor 0, standard library only.

    log = get_logger(__name__)
    log.info("slots.found", provider="calcom", count=12, ms=212)

Rule for the next editor: nothing personal is ever written. Callers pass ids and counts; `redact` catches what slips through
(fields by name, then patterns inside every text), and it runs on foreign libraries' lines too.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Log", "bind_turn", "configure", "get_logger", "name_turn", "redact", "redact_fields", "turn_id"]

HIDDEN = "[hidden]"
LONGEST_TEXT = 120
"""Longer values with blanks in them are somebody's prose, not a fact."""

# fmt: off
_HIDDEN_FIELDS = frozenset(
    {
        "name", "title", "subject", "description", "notes", "text", "utterance", "message_text", "body",
        "payload", "email", "emails", "mail", "mails", "phone", "attendee", "attendees", "guest",
        "guests", "host", "hosts", "answers", "responses", "label", "token", "secret", "key",
        "api_key", "password", "authorization", "cookie", "url", "link", "join_url", "move_url", "location",
        "place", "address", "connection_url", "signature", "headers",
    }
)
# fmt: on
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(https?://[^\s/?#@\"'<>]+@?)[/?#][^\s\"'<>]*", re.IGNORECASE), r"\1/…"),
    (re.compile(r"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+", re.IGNORECASE), r"\1 [token]"),
    (re.compile(r"\bcal_[A-Za-z0-9_]+"), "[key]"),
    (re.compile(r"\bx(?:ox[a-z]|app)[a-z.]*-[A-Za-z0-9-]+", re.IGNORECASE), "[key]"),
    (re.compile(r"\bwhsec_[A-Za-z0-9_+/=-]+"), "[key]"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"), "[token]"),
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"(?<![\w.:-])\+\d[\d ()/-]{6,}\d"), "[phone]"),
)

_turn: ContextVar[str] = ContextVar("turn", default="")


def turn_id() -> str:
    """The id of the turn in hand, or an empty text."""
    return _turn.get()


def name_turn(identifier: str) -> None:
    """From here to the end of this task every line carries this turn id, in tasks started by it as well."""
    _turn.set(identifier)


@contextmanager
def bind_turn(identifier: str) -> Iterator[None]:
    """Every line inside carries this turn id, in tasks started inside as well."""
    token = _turn.set(identifier)
    try:
        yield
    finally:
        _turn.reset(token)


def redact(text: str) -> str:
    """The text without mail addresses, keys, tokens, phone numbers and paths of links. Length is left alone."""
    for pattern, stand_in in _PATTERNS:
        text = pattern.sub(stand_in, text)
    return text


def redact_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields fit for a log: hidden by name, redacted inside, prose replaced by its length."""
    return {name: HIDDEN if name.lower() in _HIDDEN_FIELDS else _fit(value) for name, value in fields.items()}


def _fit(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, 3)
    text = redact(str(value))
    if len(text) > LONGEST_TEXT:
        return f"[text of {len(text)}]" if " " in text else text[:LONGEST_TEXT] + "…"
    return text


class Log:
    """Writes lines of one module."""

    __slots__ = ("_logger",)

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def debug(self, event: str, **fields: object) -> None:
        """A line nobody would act on."""
        if self._logger.isEnabledFor(logging.DEBUG):
            self._write(logging.DEBUG, event, None, fields)

    def info(self, event: str, **fields: object) -> None:
        """Something happened to a person."""
        if self._logger.isEnabledFor(logging.INFO):
            self._write(logging.INFO, event, None, fields)

    def warning(self, event: str, *, cause: BaseException | None = None, **fields: object) -> None:
        """We coped."""
        if self._logger.isEnabledFor(logging.WARNING):
            self._write(logging.WARNING, event, cause, fields)

    def error(self, event: str, *, cause: BaseException | None = None, **fields: object) -> None:
        """Someone must look. `cause` adds the error's class, text and places, never values."""
        if self._logger.isEnabledFor(logging.ERROR):
            self._write(logging.ERROR, event, cause, fields)

    def _write(self, level: int, event: str, cause: BaseException | None, fields: Mapping[str, object]) -> None:
        whole = dict(fields)
        if cause is not None:
            whole |= {"cause": type(cause).__name__, "why": str(cause), "at": _places(cause)}
        self._logger.log(level, "%s", event, extra={"fields": whole, "turn": _turn.get()})


def get_logger(name: str) -> Log:
    """The log of a module."""
    return Log(logging.getLogger(name))


def configure(level: str = "info", form: str = "json", *, stream: TextIO | None = None) -> None:
    """Send every line, ours and the libraries', to one stream. `form` is json or text. Replaces what was set before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    root = logging.getLogger()
    for old in tuple(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.getLevelNamesMapping().get(level.upper(), logging.INFO))
    for chatty in ("httpx", "httpcore", "aiohttp", "asyncio", "slack_bolt", "slack_sdk"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _places(cause: BaseException) -> str:
    """The innermost frames as `file:line function`, without their source or values."""
    frames = traceback.extract_tb(cause.__traceback__)[-4:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames))


def _record(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = dict(getattr(record, "fields", {}))
    foreign = not hasattr(record, "fields")
    if foreign and record.exc_info and record.exc_info[1] is not None:
        fields |= {"cause": type(record.exc_info[1]).__name__, "at": _places(record.exc_info[1])}
    event = str(_fit(record.getMessage())) if foreign else record.getMessage()
    head: dict[str, object] = {
        "at_time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": event,
        "in": record.name,
    }
    turn = getattr(record, "turn", "") or _turn.get()
    if turn:
        head["turn"] = turn
    return head | redact_fields(fields)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_record(record), ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = _record(record)
        head = f"{str(line.pop('at_time'))[11:23]} {line.pop('level')!s:7} {line.pop('event')}"
        line.pop("in")
        return " ".join([head, *(f"{name}={value}" for name, value in line.items())])
