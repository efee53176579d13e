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
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

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


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    is_whole: bool
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    """Why there is no result, or why it was not kept."""


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
        return await self._queue(job, is_whole=False)

    async def whole(self, job: Callable[[Connection], T]) -> T:
        return await self._queue(job, is_whole=True)

    async def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    async def _queue(self, job: Callable[[Connection], T], *, is_whole: bool) -> T:
        if self._is_closed:
            raise StoreDown("the store is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put(_Job(job, is_whole, future))
        return await future

    def _serve(self) -> None:
        """The thread: whatever waits is one batch."""
        is_last = False
        while not is_last:
            batch, is_last = self._batch()
            if batch:
                self._settle(batch)
        self._disconnect()

    def _batch(self) -> tuple[list[_Job], bool]:
        """Whoever waits, once somebody does, up to the end of a batch or of everything, which is the second value; who gave
        up waiting is left out.
        """
        batch: list[_Job] = []
        while (job := self._waiting.get()) is not None:
            if not job.future.cancelled():
                batch.append(job)
            if len(batch) == _LARGEST_BATCH or self._waiting.empty():  # nobody else takes from it
                return batch, False
        return batch, True

    def _settle(self, batch: list[_Job]) -> None:
        try:
            self._carry_out(batch)
        except BaseException as error:  # noqa: BLE001  whatever it is belongs to those who wait, not to this thread
            for job in batch:
                job.error = error
        waiting: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
        for job in batch:
            if job.error is not None:
                job.error = _with_cause(job.error, self.engine)
            waiting.setdefault(job.future.get_loop(), []).append(job)
        for loop, jobs in waiting.items():
            try:
                loop.call_soon_threadsafe(_tell, jobs)
            except RuntimeError:
                continue  # nobody waits any more: that loop is closed

    def _carry_out(self, batch: list[_Job]) -> None:
        connection = self._connection or self._connect()
        if len(batch) == 1 and not batch[0].is_whole:
            batch[0].result = batch[0].work(connection)
            return
        connection.exec_driver_sql("begin immediate")
        try:
            for job in batch:
                self._attempt(connection, job, is_shared=len(batch) > 1)
            is_vain = len(batch) == 1 and batch[0].error is not None
            connection.exec_driver_sql("rollback" if is_vain else "commit")
        except BaseException:
            with suppress(self.engine.dialect.loaded_dbapi.Error):
                connection.exec_driver_sql("rollback")
            raise

    @staticmethod
    def _attempt(connection: Connection, job: _Job, *, is_shared: bool) -> None:
        """One job of a batch; its failure is its own, unless it took the whole transaction with it (disk full)."""
        needs_savepoint = is_shared and job.is_whole
        if needs_savepoint:
            connection.exec_driver_sql("savepoint job")
        try:
            job.result = job.work(connection)
        except Exception as error:
            if not connection.driver.in_transaction:
                raise
            job.error = error  # it belongs to whoever waits for this job
            if needs_savepoint:
                connection.exec_driver_sql("rollback to job")
        if needs_savepoint:
            connection.exec_driver_sql("release job")

    def _connect(self) -> Connection:
        self._connection = Connection(self.engine.connect(), self.book)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.core.close()
            self._connection = None
        self.engine.dispose()


def _tell(jobs: list[_Job]) -> None:
    """On the loop that waits for them."""
    for job in jobs:
        if job.future.cancelled():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.error)


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
