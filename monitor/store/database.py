"""The connection to SQLite, its transactions and its faults. All that is peculiar to SQLite is here."""

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Table, create_engine
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import StatementError
from sqlalchemy.pool import StaticPool

from monitor.errors import MonitorError, StoreDamaged, StoreUnavailable

#: How long another process may hold the database before we give up, in seconds.
PATIENCE = 10.0

Value = TypeVar("Value")

_CHUNK = 1000

#: What keeps us from using a sound database, by SQLite's primary result code, and what to do.
_UNAVAILABLE = {
    sqlite3.SQLITE_PERM: "check who owns it and its directory, and their permissions",
    sqlite3.SQLITE_BUSY: "another program holds it: close that, or try again",
    sqlite3.SQLITE_LOCKED: "another program holds it: close that, or try again",
    sqlite3.SQLITE_NOMEM: "free some memory",
    sqlite3.SQLITE_READONLY: "check who owns it and its directory, and their permissions",
    sqlite3.SQLITE_IOERR: "check the disk: it may be full or failing",
    sqlite3.SQLITE_FULL: "the disk is full: free some space",
    sqlite3.SQLITE_CANTOPEN: "check who owns it and its directory, and their permissions",
}


class Database:
    """One connection, used by one thread at a time.

    Faults of the file and its disk are raised as StoreUnavailable and StoreDamaged. Mistakes of ours, as a time without
    a zone, come out as they are; nothing is written then either.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self._path = path
        url = URL.create("sqlite", database=str(path))
        self._engine = create_engine(
            url,
            poolclass=StaticPool,
            hide_parameters=True,  # an error may reach the log; what entries say and where they come from must not
            # No isolation level: transactions begin where we say so, and DDL takes part in them.
            connect_args={"timeout": PATIENCE, "isolation_level": None, "check_same_thread": False},
        )
        pragmas = ["synchronous = FULL", "foreign_keys = ON", f"query_only = {'ON' if readonly else 'OFF'}"]
        if not readonly:
            pragmas.insert(0, "journal_mode = WAL")
        try:
            with self._faults():
                self._connection = self._engine.connect()
                with self._connection.begin():
                    for pragma in pragmas:
                        self._connection.exec_driver_sql(f"PRAGMA {pragma}")
        except MonitorError:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See one state of the database in several statements."""
        with self._faults(), self._connection.begin():
            self._connection.exec_driver_sql("BEGIN")
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all that is done within, or nothing."""
        with self._faults(), self._connection.begin():
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield self._connection

    def check(self) -> None:
        """Read the whole database and raise StoreDamaged if its structure is not sound."""
        with self._faults():
            with self._connection.begin():
                found = [row[0] for row in self._connection.exec_driver_sql("PRAGMA quick_check")]
            if found != ["ok"]:
                raise damaged(self._path, found[0])

    def backup(self, target: Path) -> None:
        """Write a copy of the database, whole on the disk before it gets its name."""
        part = target.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)
            with self._faults(), self._connection.begin():
                self._connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
            with part.open("rb") as copy:
                os.fsync(copy.fileno())
            part.replace(target)
        except OSError as fault:
            raise StoreUnavailable(f"can not write the backup {target}: {fault.strerror}") from fault

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except StatementError as fault:
            raise _in_our_words(self._path, fault.orig) from fault


def chunks(values: Collection[Value]) -> Iterator[Sequence[Value]]:
    """Cut values into as many as are asked for in one statement: no database takes any number of them."""
    listed = list(values)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))


def upsert(db: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, each in place of one with the same primary key; columns that are not in the first stay."""
    db.execute(_upsert(table, tuple(rows[0])), rows)


@cache
def _upsert(table: Table, names: tuple[str, ...]) -> Insert:
    statement = insert(table)
    values = {name: statement.excluded[name] for name in names if not table.columns[name].primary_key}
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=values)


def damaged(path: Path, what: str) -> StoreDamaged:
    """Say that the file is damaged, and what to do."""
    return StoreDamaged(
        f"the database {path} is damaged, or not ours ({what}). Stop rss-monitor, move the file and those named like "
        "it away, and put a backup in its place; without one, a new database begins, and every feed with its baseline."
    )


def _in_our_words(path: Path, fault: BaseException | None) -> BaseException:
    if not isinstance(fault, sqlite3.Error) or isinstance(fault, sqlite3.IntegrityError):
        return fault or MonitorError()  # a mistake of ours, not of the file
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _UNAVAILABLE:
        return StoreUnavailable(f"can not use the database {path} ({fault}): {_UNAVAILABLE[code]}")
    return damaged(path, str(fault))
