"""DATABASE_URL as people write it → the address we open. A driver named in the scheme is accepted and ignored."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from bot.errors import BadSettings
from bot.values import dataclass

_FOREIGN_OPTIONS = frozenset({"prepared_statement_cache_size", "prepared_statement_name_func", "async_fallback"})
"""Options that only asyncpg's adapter understands."""


class Dialect(StrEnum):
    """The databases we speak."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the data is. `path` is SQLite's file; empty in memory and for PostgreSQL."""

    dialect: Dialect
    url: str
    path: str = ""

    def __repr__(self) -> str:
        """Without the URL, which may hold a password."""
        return f"Address({self.dialect})"


def read_address(setting: str) -> Address:
    """The address of a DATABASE_URL; raises `BadSettings` for a scheme we do not speak. Never repeats the URL."""
    scheme, separator, rest = setting.strip().partition("://")
    family = scheme.lower().partition("+")[0]
    if not separator or family not in {"sqlite", "postgresql", "postgres"}:
        shown = family if separator and family.isalnum() else "unknown"
        raise BadSettings(
            f"DATABASE_URL has the scheme {shown!r}; write sqlite:///pencil.db or postgresql://user:password@host/database"
        )
    if family == "sqlite":
        return _sqlite(rest)
    location, _, query = rest.partition("?")
    options = [_postgres_option(name, value) for name, value in parse_qsl(query) if name not in _FOREIGN_OPTIONS]
    tail = f"?{urlencode(options)}" if options else ""
    return Address(Dialect.POSTGRESQL, f"postgresql+psycopg://{location}{tail}")


def _sqlite(rest: str) -> Address:
    path = rest.partition("?")[0].removeprefix("/")
    if rest and not rest.startswith("/"):
        raise BadSettings("DATABASE_URL for SQLite needs three slashes before a relative path: sqlite:///pencil.db")
    if path in {"", ":memory:"}:
        return Address(Dialect.SQLITE, "sqlite://")
    return Address(Dialect.SQLITE, f"sqlite:///{path}", path)


def _postgres_option(name: str, value: str) -> tuple[str, str]:
    """Asyncpg calls libpq's `sslmode` `ssl`."""
    if name == "ssl":
        return "sslmode", {"true": "require", "1": "require", "false": "disable", "0": "disable"}.get(value, value)
    return name, value
