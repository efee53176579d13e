"""How texts and instants go into columns and come out again, on every database alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, overload

from sqlalchemy import BigInteger, String, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """The text without what a database does not take (NUL, halves of surrogate pairs). No id of ours or Slack's has them."""
    if text is None or (text.isascii() and "\0" not in text):
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def ticks(instant: datetime | None) -> int | None:
    """The instant as it is kept; a naive datetime raises TypeError here."""
    return None if instant is None else (instant - _EPOCH) // _TICK


class Text(TypeDecorator[str]):
    """Text as it came from outside, made storable: a forged id is then an unknown id, not an error."""

    impl = String
    cache_ok = True
    fit = staticmethod(storable)
    """What `Book` asks past SQLAlchemy, which calls two functions of its own for each value."""

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's
        """To the database."""
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """An instant (UTC), kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True
    fit = staticmethod(ticks)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  SQLAlchemy's
        """To the database."""
        return ticks(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  as above
        """From the database."""
        return None if value is None else _EPOCH + value * _TICK
