"""How a job reaches the database: never on the event loop, each job all or nothing, every wait bounded.

A job is a function of a connection. `one` is for a single statement, `whole` for several that hold together.

SQLite has one connection on one thread. Jobs that came in while it was busy share a transaction (group commit): with
synchronous=FULL a commit waits for the disk, and thirty presses then wait once instead of thirty times. PostgreSQL has a
small pool of connections, a thread each; a single statement commits itself.

A lost connection is tried again once, on a fresh one. That is safe although the first try may have been committed, because
every job compares before it sets: the second try then finds itself come too late, which recovery puts right.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import NullPool

from bot.errors import Bug, StoreDown
from bot.storage.database.address import Address, Dialect
from bot.storage.database.statements import Book, Connection
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection as CoreConnection
    from sqlalchemy import Engine, Table
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

T = TypeVar("T")

_READ_ONLY = "25006"
"""PostgreSQL's code for a server that takes no writes: a failover that has not come to its end."""
_BUSY_MS = 5_000
_WAL_PAUSE_S = 0.01
_STATEMENT_MS = 4_000
_CONNECT_S = 2
_POOL_SIZE = 8
_LARGEST_BATCH = 256


class Database(Protocol):
    """Carries out jobs. Raises `StoreDown` when the database does not answer, and whatever the job raises."""

    dialect: Dialect
    book: Book

    async def one(self, job: Callable[[Connection], T]) -> T:
        """Carry out a job of a single statement."""
        ...

    async def whole(self, job: Callable[[Connection], T]) -> T:
        """Carry out a job of several statements: all of them or none."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the connections."""
        ...


def open_database(address: Address) -> Database:
    """The database at that address; connects at the first job."""
    return SqliteDatabase(address) if address.dialect is Dialect.SQLITE else PostgresDatabase(address)


def insert_into(table: Table, dialect: Dialect) -> SqliteInsert | PostgresInsert:
    """An insert that knows `on_conflict_…`; SQLAlchemy has one for each database, PostgreSQL's is imported when used."""
    if dialect is Dialect.SQLITE:
        from sqlalchemy.dialects.sqlite import insert  # noqa: PLC0415  lazily, see above

        return insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgres_insert  # noqa: PLC0415  lazily, see above

    return postgres_insert(table)


def _translated(error: BaseException, engine: Engine) -> BaseException:
    """Our error for the driver's or SQLAlchemy's. Texts of drivers stay in the cause, which logs do not print."""
    driver = engine.dialect.loaded_dbapi
    silent = (PoolTimeoutError, OperationalError, InterfaceError, driver.OperationalError, driver.InterfaceError)
    origin = getattr(error, "orig", None) or error
    if isinstance(error, silent) or getattr(origin, "sqlstate", None) == _READ_ONLY:
        return StoreDown(f"the database does not answer ({type(error).__name__})")
    if isinstance(error, IntegrityError | driver.IntegrityError):
        return Bug("the database refused a row that contradicts another")
    if isinstance(error, SQLAlchemyError | driver.Error):
        return Bug(f"the database refused a statement ({type(error).__name__})")
    return error


# ── SQLite ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Connection], Any]
    is_whole: bool
    future: asyncio.Future[Any]

    def settle(self, outcome: _Result | BaseException) -> None:
        """On the loop that waits."""
        if self.future.cancelled():
            return
        if isinstance(outcome, _Result):
            self.future.set_result(outcome.value)
        else:
            self.future.set_exception(outcome)


class SqliteDatabase:
    """One connection on one thread, with group commit. One batch wakes the loop once."""

    def __init__(self, address: Address) -> None:
        self.dialect = Dialect.SQLITE
        self.engine = create_engine(
            address.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            paramstyle="named",
            hide_parameters=True,
            connect_args={"timeout": _BUSY_MS / 1000},
        )
        event.listen(self.engine, "connect", _prepare_sqlite)
        self.book = Book(self.engine.dialect)
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name="pencil-sqlite", daemon=True)
        self._thread.start()
        self._connection: Connection | None = None
        self._is_closed = False

    async def one(self, job: Callable[[Connection], T]) -> T:
        return cast("T", await self._queue(job, is_whole=False))  # the job's own result, unchanged

    async def whole(self, job: Callable[[Connection], T]) -> T:
        return cast("T", await self._queue(job, is_whole=True))  # as above

    async def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    async def _queue(self, job: Callable[[Connection], Any], *, is_whole: bool) -> Any:
        if self._is_closed:
            raise StoreDown("the store is closed")
        future = asyncio.get_running_loop().create_future()
        self._waiting.put(_Job(job, is_whole, future))
        return await future

    def _serve(self) -> None:
        """The thread: whatever waits is one batch."""
        while (job := self._waiting.get()) is not None:
            batch, is_last = self._batch(job)
            if batch:
                self._settle(batch)
            if is_last:
                break
        self._disconnect()

    def _batch(self, first: _Job) -> tuple[list[_Job], bool]:
        """All that waits behind the first, up to the end of a batch or of everything; who gave up waiting is left out."""
        batch: list[_Job | None] = [first]
        with suppress(Empty):
            while len(batch) < _LARGEST_BATCH and batch[-1] is not None:
                batch.append(self._waiting.get_nowait())
        return [job for job in batch if job is not None and not job.future.cancelled()], batch[-1] is None

    def _settle(self, batch: list[_Job]) -> None:
        try:
            outcomes = self._carry_out(batch)
        except BaseException as error:  # noqa: BLE001  whatever it is belongs to those who wait, not to this thread
            outcomes = [error] * len(batch)
        told = [one if isinstance(one, _Result) else _with_cause(one, self.engine) for one in outcomes]
        for loop, settled in groupby(zip(batch, told, strict=True), key=lambda pair: pair[0].future.get_loop()):
            with suppress(RuntimeError):  # nobody waits any more: that loop is closed
                loop.call_soon_threadsafe(_settle_all, list(settled))

    def _carry_out(self, batch: list[_Job]) -> list[_Result | BaseException]:
        connection = self._connected()
        if len(batch) == 1 and not batch[0].is_whole:
            return [_Result(batch[0].work(connection))]
        connection.exec_driver_sql("begin immediate")
        try:
            outcomes = [self._attempt(connection, job, is_shared=len(batch) > 1) for job in batch]
            if len(batch) == 1 and not isinstance(outcomes[0], _Result):
                connection.exec_driver_sql("rollback")
            else:
                connection.exec_driver_sql("commit")
        except BaseException:
            with suppress(self.engine.dialect.loaded_dbapi.Error):
                connection.exec_driver_sql("rollback")
            raise
        return outcomes

    @staticmethod
    def _attempt(connection: Connection, job: _Job, *, is_shared: bool) -> _Result | BaseException:
        """One job of a batch; its failure is its own, unless it took the whole transaction with it (disk full)."""
        needs_savepoint = is_shared and job.is_whole
        if needs_savepoint:
            connection.exec_driver_sql("savepoint job")
        try:
            outcome: _Result | BaseException = _Result(job.work(connection))
        except Exception as error:
            if not connection.driver.in_transaction:
                raise
            outcome = error  # it belongs to whoever waits for this job
            if needs_savepoint:
                connection.exec_driver_sql("rollback to job")
        if needs_savepoint:
            connection.exec_driver_sql("release job")
        return outcome

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = Connection(self.engine.connect(), self.book)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.core.close()
            self._connection = None
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class _Result:
    value: Any


def _settle_all(settled: list[tuple[_Job, _Result | BaseException]]) -> None:
    for job, outcome in settled:
        job.settle(outcome)


def _with_cause(error: BaseException, engine: Engine) -> BaseException:
    translated = _translated(error, engine)
    if translated is not error:
        translated.__cause__ = error
    return translated


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL: readers of other processes do not wait. FULL: a claim that was reported survives a power cut."""
    connection.execute(f"pragma busy_timeout={_BUSY_MS}").close()
    _switch_to_wal(connection)
    for pragma in ("synchronous=full", "foreign_keys=on"):
        connection.execute(f"pragma {pragma}").close()


def _switch_to_wal(connection: Any) -> None:
    """Ask again while another process writes: SQLite refuses the switch at once then, whatever its busy time-out."""
    until = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("pragma journal_mode=wal").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_WAL_PAUSE_S)
        else:
            return


# ── PostgreSQL ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class PostgresDatabase:
    """A small pool of connections, a thread each."""

    def __init__(self, address: Address) -> None:
        self.dialect = Dialect.POSTGRESQL
        self.engine = create_engine(
            address.url,
            isolation_level="AUTOCOMMIT",
            pool_size=_POOL_SIZE,
            max_overflow=0,
            pool_timeout=_STATEMENT_MS / 1000,
            hide_parameters=True,
            connect_args={
                "connect_timeout": _CONNECT_S,
                "keepalives_idle": 10,
                "tcp_user_timeout": _STATEMENT_MS,
            },
        )
        event.listen(self.engine, "connect", _prepare_postgres)
        self.book = Book(self.engine.dialect)
        self._threads = ThreadPoolExecutor(_POOL_SIZE, thread_name_prefix="pencil-postgres")

    async def one(self, job: Callable[[Connection], T]) -> T:
        return await self._hand_over(job)

    async def whole(self, job: Callable[[Connection], T]) -> T:
        return await self._hand_over(partial(_in_transaction, job))

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self.engine.dispose()

    async def _hand_over(self, work: Callable[[Connection], T]) -> T:
        try:
            future = self._threads.submit(self._carry_out, work)
        except RuntimeError as error:
            raise StoreDown("the store is closed") from error
        return await asyncio.wrap_future(future)

    def _carry_out(self, work: Callable[[Connection], T]) -> T:
        try:
            try:
                return self._attempt(work, self.engine.connect())
            except _Lost:
                return self._attempt(work, self._proved())
        except _Lost as lost:
            raise StoreDown(f"the database does not answer ({type(lost.__cause__).__name__})") from lost.__cause__
        except Exception as error:
            translated = _translated(error, self.engine)
            if translated is error:
                raise
            raise translated from error

    def _attempt(self, work: Callable[[Connection], T], core: CoreConnection) -> T:
        with core:
            connection = Connection(core, self.book)
            try:
                return work(connection)
            except Exception as error:
                if not connection.driver.closed:
                    raise
                core.invalidate()
                raise _Lost from error

    def _proved(self) -> CoreConnection:
        """A connection that answers: whatever took one of the pool may have taken others too."""
        for _ in range(_POOL_SIZE):
            core = self.engine.connect()
            with suppress(self.engine.dialect.loaded_dbapi.Error):
                Connection(core, self.book).driver.execute("select 1")
                return core
            core.invalidate()
            core.close()
        return self.engine.connect()


class _Lost(Exception):
    """The connection is gone; its cause says how."""


def _in_transaction(job: Callable[[Connection], T], connection: Connection) -> T:
    connection.exec_driver_sql("begin")
    try:
        result = job(connection)
    except BaseException:
        if not connection.driver.closed:
            connection.exec_driver_sql("rollback")
        raise
    connection.exec_driver_sql("commit")
    return result


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.execute(f"set statement_timeout = {_STATEMENT_MS}")
