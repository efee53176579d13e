"""Statements on their way to the driver: written with SQLAlchemy Core, compiled once, run without it.

A statement is compiled at its first run; from then on running it means filling in its values, in the
form that the driver takes them, and reading its rows. SQLAlchemy's own way there costs five times what SQLite takes.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Delete, Insert, LargeBinary, Select, Update
from sqlalchemy.sql.compiler import SQLCompiler

from bot.errors import Bug
from bot.storage.database.columns import Instant, Text
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection as CoreConnection
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine

Statement = Select[Any] | Insert | Update | Delete
Values = Mapping[str, Any]
_DML = (Insert, Update)
_FIRST = itemgetter(0)
_MOST_KNOWN = 400


class Row(Protocol):
    """What was read: a value a column, by its name or in their order."""

    def __getattr__(self, name: str) -> Any:
        """The value of that column."""
        ...

    def __getitem__(self, place: int) -> Any:
        """The value at that place."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """All values."""
        ...


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as the driver takes it."""

    text: str
    fixed: Mapping[str, Any]
    """Values that stand in the statement itself."""
    asked: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    """Values that every run brings, and what makes each fit for the driver."""
    lists: tuple[tuple[str, tuple[str, ...], Callable[[Any], Any] | None], ...]
    """Those that are lists: a name for every member."""
    read: tuple[tuple[int, Callable[[Any], Any]], ...]
    """What makes a column's value ours, where it is not so already; by the column's place."""
    row: type[tuple[Any, ...]]

    def bound(self, values: Values) -> dict[str, Any]:
        """The values of a run; raises `KeyError` for one that is missing."""
        out = dict(self.fixed)
        for name, fit in self.asked:
            value = values[name]
            out[name] = value if fit is None else fit(value)
        for name, members, fit in self.lists:
            for member, value in zip(members, values[name], strict=True):
                out[member] = value if fit is None else fit(value)
        return out

    def made(self, found: Sequence[Any]) -> Row:
        """A row of ours."""
        values = found
        if self.read:
            values = list(found)
            for place, make in self.read:
                if values[place] is not None:
                    values[place] = make(values[place])
        row: Any = tuple.__new__(self.row, values)
        made: Row = row
        return made


class Rows:
    """What a statement found; read once."""

    def __init__(self, cursor: Any, ready: _Ready | None) -> None:
        self._cursor = cursor
        self._ready = ready

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        count: int = self._cursor.rowcount
        return count

    def first(self) -> Row | None:
        """The first row, or none."""
        found: Any = self._cursor.fetchone()
        self._cursor.close()
        return found if found is None or self._ready is None else self._ready.made(found)

    def all(self) -> list[Row]:
        """All rows."""
        found: list[Any] = self._cursor.fetchall()
        self._cursor.close()
        return found if self._ready is None else list(map(self._ready.made, found))

    def scalar(self) -> Any:
        """The first value of the first row, or none."""
        row = self.first()
        return None if row is None else row[0]

    def close(self) -> None:
        """Nothing of it is of interest."""
        self._cursor.close()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.all())


@dataclass(slots=True)
class Book:
    """The compiled statements of one database."""

    dialect: Dialect
    hearers: list[Callable[[Any, str], None]] = field(default_factory=list)
    """They hear of every statement before it is run: the driver's connection, and the text. Tests count and cut with them."""
    _known: dict[tuple[Statement | str | int, ...], _Ready] = field(default_factory=dict)

    def ready(self, statement: Statement, values: Values) -> _Ready:
        """The statement for values of these names, and lists of these lengths."""
        form: tuple[Statement | str | int, ...] = (statement, *values)
        found = self._known.get(form)
        if found is not None and found.lists:
            for name, _, _ in found.lists:
                form = (*form, len(values[name]))
            found = self._known.get(form)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:  # statements are made once, but for those of rare occasions
                del self._known[next(iter(self._known))]
            found = self._known[form] = self._compiled(statement, values)
        return found

    def _compiled(self, statement: Statement, values: Values) -> _Ready:
        keys = list(values) if isinstance(statement, _DML) else None
        compiled = statement.compile(dialect=self.dialect, column_keys=keys)
        if not isinstance(compiled, SQLCompiler):
            raise Bug("a statement that is no query")
        state = compiled.construct_expanded_state(values)
        base = {member: name for name, members in state.parameter_expansion.items() for member in members}
        fits = {name: self._fit(compiled.binds[base.get(name, name)].type) for name in state.parameters}
        standing = [name for name in state.parameters if base.get(name, name) not in values]
        read, row = self._columns(statement)
        return _Ready(
            text=state.statement,
            fixed={name: _fitting(fits[name], state.parameters[name]) for name in standing},
            asked=tuple((name, fits[name]) for name in state.parameters if name in values),
            lists=tuple(
                (name, tuple(members), fits[members[0]])
                for name, members in state.parameter_expansion.items()
                if name in values
            ),
            read=read,
            row=row,
        )

    def _fit(self, kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
        """What makes a value of that type fit for the driver."""
        if isinstance(kind, Text | Instant):
            return kind.fit
        if isinstance(kind, LargeBinary):
            return None  # the drivers take bytes as they are
        return kind.dialect_impl(self.dialect).bind_processor(self.dialect)

    def _columns(
        self, statement: Statement
    ) -> tuple[tuple[tuple[int, Callable[[Any], Any]], ...], type[tuple[Any, ...]]]:
        """What makes the values of its rows ours, and the rows."""
        columns = list(statement.exported_columns)
        made = [one.type.dialect_impl(self.dialect).result_processor(self.dialect, None) for one in columns]
        read = tuple((place, make) for place, make in enumerate(made) if make is not None)
        return read, namedtuple("Row", [getattr(one, "name", "value") for one in columns], rename=True)  # noqa: PYI024


def _fitting(fit: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if fit is None else fit(value)


class Connection:
    """A connection as jobs see it: runs statements, in the transaction that whoever lends it has begun."""

    def __init__(self, core: CoreConnection, book: Book) -> None:
        self.core = core
        """SQLAlchemy's own, for what is asked once in a process's life."""
        self.driver: Any = core.connection.driver_connection
        self._book = book

    @property
    def dialect(self) -> Dialect:
        """The database's way of speaking."""
        return self._book.dialect

    def execute(self, statement: Statement, values: Values | list[Any] | None = None) -> Rows:
        """Run it; for a list of values, once for each, and nothing is read then."""
        if isinstance(values, list) and len(values) == 1:
            values = values[0]
        first: Values = values[0] if isinstance(values, list) else values or {}
        ready = self._book.ready(statement, first)
        for hear in self._book.hearers:
            hear(self.driver, ready.text)
        if not isinstance(values, list):
            return Rows(self.driver.execute(ready.text, ready.bound(first)), ready)
        cursor = self.driver.cursor()
        cursor.executemany(ready.text, [ready.bound(one) for one in values])
        return Rows(cursor, None)

    def scalar(self, statement: Statement, values: Values | None = None) -> Any:
        """The first value of its first row, or none."""
        return self.execute(statement, values).scalar()

    def scalars(self, statement: Statement, values: Values | None = None) -> list[Any]:
        """The first value of every row."""
        return list(map(_FIRST, self.execute(statement, values).all()))

    def exec_driver_sql(self, text: str, values: Sequence[object] = ()) -> Rows:
        """Run SQL as it stands."""
        for hear in self._book.hearers:
            hear(self.driver, text)
        return Rows(self.driver.execute(text, values) if values else self.driver.execute(text), None)
