"""Stored values ⇄ our dataclasses: JSON through pydantic, sealed. Nothing else in the room knows the form they are kept in.

Schemas are built at their first use (the conversation's takes 50 ms); `warm` builds them ahead of the first turn.
Rule for the next editor: new fields get defaults, so that yesterday's rows still read. A field that has its default is not
stored, which halves what a turn writes: a default that changes its meaning is a change of shape, for `earlier`.
"""

from __future__ import annotations

import json
from datetime import timedelta  # noqa: TC003  pydantic reads annotations
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaSerializer, SchemaValidator

from bot.dialogue.cards import Card
from bot.dialogue.conversation import Conversation
from bot.scheduling.ledger import Refusal  # noqa: TC001  pydantic reads annotations
from bot.scheduling.models import Person, Slot
from bot.scheduling.reminding.preferences import Preferences
from bot.scheduling.writes import Write, Written
from bot.storage.database.crypto import Keyring, Unreadable
from bot.storage.database.earlier import card_of_1, conversation_of_1
from bot.storage.database.recent import Recent
from bot.storage.database.unions import told_apart
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.storage.database.earlier import Json
    from bot.storage.database.schema import SealedColumn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AskedWrite:
    """The part of a ledger row that is fixed at its claim."""

    write: Write
    place: str


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The part of a ledger row that its end adds. `error` is how the first release kept a refusal; empty since."""

    written: Written | None
    refusal: Refusal | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class AccountSecrets:
    """The part of an account that is nobody's business."""

    secret: str
    label: str = ""
    emails: tuple[str, ...] = ()
    webhook_token: str = ""
    webhook_secret: str = ""
    has_news: bool = False


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """The part of a share that never changes."""

    account: str
    event_type: str
    title: str
    slots: tuple[Slot, ...]
    zone: str
    sharer: str
    where: str
    length: timedelta | None
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PollFacts:
    """The part of a poll that never changes."""

    title: str
    slots: tuple[Slot, ...]
    invited: tuple[Person, ...]
    zone: str
    asker: str
    event_type: str


SECOND = b"2"
"""Stands before the JSON of what the first release stored in another shape. JSON of an object cannot begin so."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The part of a grant that lets whoever has it in."""

    access: str
    refresh: str


@dataclass(frozen=True, slots=True)
class ConsentSecrets:
    """What a consent on its way is about, and what proves that it is ours."""

    account: str
    provider: str
    verifier: str


class Shape(Generic[T]):
    """Values of one type as bytes. `earlier` brings the JSON of the release before to today's shape.

    `is_soon_read`: what is stored is mostly read soon, by the process that stored it.
    """

    def __init__(self, kind: Any, *, earlier: Callable[[Json], Json] | None = None, is_soon_read: bool = False) -> None:
        self.is_soon_read = is_soon_read
        self._kind = kind
        self._earlier = earlier
        self._mark = b"" if earlier is None else SECOND

    @cached_property
    def _both(self) -> tuple[SchemaValidator, SchemaSerializer]:
        """What reads and what writes. They share one schema, which is large; the adapter that made it is let go."""
        schema = told_apart(TypeAdapter(self._kind).core_schema)
        return SchemaValidator(schema), SchemaSerializer(schema)

    def dump(self, value: T) -> bytes:
        """The value as JSON. A half of a surrogate pair, which JSON cannot hold, becomes a question mark."""
        return self.written(value)[0]

    def written(self, value: T) -> tuple[bytes, bool]:
        """The same, and whether it will be read as it was: without such a question mark."""
        _, writer = self._both
        try:
            return self._mark + writer.to_json(value, exclude_defaults=True), True
        except ValueError:  # what pydantic raises for it is one
            plain = writer.to_python(value, mode="json", exclude_defaults=True)
            return self._mark + json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace"), False

    def load(self, data: bytes) -> T:
        """The value; raises `Unreadable` for a shape that is not ours (any more)."""
        reader, _ = self._both
        try:
            value: T = reader.validate_json(data if self._earlier is None else self._today(data, self._earlier))
        except ValidationError as error:
            raise Unreadable(f"its shape is not known ({error.error_count()} differences)") from None
        return value

    def _today(self, data: bytes, earlier: Callable[[Json], Json]) -> bytes:
        """The JSON in today's shape."""
        if data.startswith(self._mark):
            return data.removeprefix(self._mark)
        try:
            return json.dumps(earlier(json.loads(data))).encode()
        except (LookupError, TypeError, ValueError, AttributeError):
            raise Unreadable("it has neither today's shape nor an earlier one") from None

    def warm(self) -> None:
        """Build what the first use would build."""
        self._both  # noqa: B018  cached


CONVERSATION = Shape[Conversation](Conversation, earlier=conversation_of_1, is_soon_read=True)
CARD = Shape[Card](Card, earlier=card_of_1, is_soon_read=True)
OFFERED_WRITES = Shape[tuple[tuple[str, tuple[Write, ...]], ...]](tuple[tuple[str, tuple[Write, ...]], ...])
ASKED_WRITE = Shape[AskedWrite](AskedWrite)
WRITE_RESULT = Shape[WriteResult](WriteResult)
ACCOUNT_SECRETS = Shape[AccountSecrets](AccountSecrets)
PREFERENCES = Shape[Preferences](Preferences)
TOKENS = Shape[Tokens](Tokens)
CONSENT_SECRETS = Shape[ConsentSecrets](ConsentSecrets)
ADDRESS = Shape[Person](Person)
SHARE_FACTS = Shape[ShareFacts](ShareFacts)
POLL_FACTS = Shape[PollFacts](PollFacts)


def warm() -> None:
    """Build what everything a turn touches is read and written by."""
    for shape in (CONVERSATION, CARD, OFFERED_WRITES, ASKED_WRITE, WRITE_RESULT, ACCOUNT_SECRETS):
        shape.warm()


class Vault:
    """Seals values into the rows they belong to, and opens them."""

    def __init__(self, keys: Sequence[bytes], *, is_keyless: bool = False) -> None:
        self.ring = Keyring(keys)
        self.is_keyless = is_keyless
        self.recent = Recent()

    def seal(self, shape: Shape[T], value: T, column: SealedColumn, *row: str) -> bytes:
        """The value, sealed for that column of that row."""
        place = column.place(*row)
        plain, is_whole = shape.written(value)
        sealed = self.ring.seal(plain, place=place)
        if shape.is_soon_read and is_whole:
            self.recent.keep(sealed, place, value)
        return sealed

    def open(self, shape: Shape[T], sealed: bytes, column: SealedColumn, *row: str) -> T:
        """The value; raises `Unreadable`."""
        place = column.place(*row)
        recent: T | None = self.recent.get((sealed, place)) if shape.is_soon_read else None
        return recent if recent is not None else shape.load(self.ring.open(sealed, place=place))

    def seal_text(self, text: str, column: SealedColumn, *row: str) -> bytes:
        """The text, sealed for that column of that row."""
        return self.ring.seal(text.encode("utf-8", "surrogatepass"), place=column.place(*row))

    def open_text(self, sealed: bytes, column: SealedColumn, *row: str) -> str:
        """The text; raises `Unreadable`."""
        return self.ring.open(sealed, place=column.place(*row)).decode("utf-8", "surrogatepass")
