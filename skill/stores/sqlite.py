"""A store in one SQLite file, for as many threads and processes as there are on one machine."""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from skill.stores.store import Store, expiry

log = logging.getLogger("skill.stores")

Result = TypeVar("Result")

BUSY_SECONDS = 0.8
"""How long to wait for somebody else who is writing: somewhat less than a turn waits for its store."""

PURGED_AT_ONCE = 100
"""How many expired entries a save drops at most, so that it is never slow."""

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS entries (
    id TEXT NOT NULL PRIMARY KEY, attributes TEXT NOT NULL, version INTEGER NOT NULL, expires INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires);
"""

# A column of SQLite's holds values of any type; text is greater than any number.
LIVE = "typeof(version) = 'integer' AND version > 0 AND typeof(expires) = 'integer' AND expires > :now"

READ = f"SELECT attributes, version FROM entries WHERE id = :id AND {LIVE}"  # noqa: S608  # made of constants

WRITE_FIRST = f"""
INSERT INTO entries (id, attributes, version, expires) VALUES (:id, :attributes, 1, :expires)
ON CONFLICT (id) DO UPDATE SET attributes = :attributes, version = 1, expires = :expires WHERE NOT ({LIVE})
"""  # noqa: S608  # made of constants

WRITE_NEXT = f"""
UPDATE entries SET attributes = :attributes, version = version + 1, expires = :expires
WHERE id = :id AND version = :version AND {LIVE}
"""  # noqa: S608  # made of constants

PURGE = """
DELETE FROM entries
WHERE rowid IN (SELECT rowid FROM entries WHERE expires <= :now ORDER BY expires LIMIT :most)
"""

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Connection(sqlite3.Connection):
    """A connection that knows which file it has open, because that may be deleted or moved away."""

    file: tuple[int, int]


class SqliteStore(Store):
    """Entries in a table of one file. Nothing is touched before the first use, which makes the file, for its owner.

    A file that is deleted while in use is made anew. One that is damaged is moved aside, to <its name>.damaged, and
    begun anew. Whatever else goes wrong is raised as OSError or sqlite3.Error, and what caused it may pass: each
    call looks at the file again.
    """

    def __init__(self, path: str | Path) -> None:
        self.idle: list[Connection] = []
        self.path = Path(path).absolute()
        _STORES.add(self)

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that nobody is using just now. The next call opens another one."""
        while (connection := self._take()) is not None:
            connection.close()

    def read(self, user: str, now: float) -> tuple[object, int] | None:
        """The JSON and the version of a user's entry, None where there is none."""

        def read(connection: Connection) -> tuple[object, int] | None:
            found: tuple[object, int] | None = connection.execute(READ, {"id": user, "now": now}).fetchone()
            return found

        return self._do(read)

    def write(self, user: str, attributes: str, version: int, now: float) -> bool:
        """Keep JSON as the version after this one; returns whether it was the version that was kept."""
        entry = {"id": user, "attributes": attributes, "version": version, "expires": expiry(now), "now": now}

        def write(connection: Connection) -> bool:
            connection.execute("BEGIN IMMEDIATE")  # one wait for others who write, not one for each statement
            written = connection.execute(WRITE_NEXT if version else WRITE_FIRST, entry).rowcount == 1
            connection.execute(PURGE, {"now": now, "most": PURGED_AT_ONCE})
            connection.execute("COMMIT")
            return written

        return self._do(write)

    def erase(self, user: str) -> None:
        """Leave nothing of a user: no entry, no bytes in the file or its log, and no damaged file of before.

        Bytes may stay until the next time while another program is reading, or where the disk is full.
        """

        def erase(connection: Connection) -> None:
            connection.execute("DELETE FROM entries WHERE id = ?", (user,))
            with suppress(sqlite3.OperationalError):
                connection.execute("VACUUM")  # entries that had moved within the file have left copies behind
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._do(erase)
        for part in _parts(self._aside):
            part.unlink(missing_ok=True)

    def _do(self, work: Callable[[Connection], Result]) -> Result:
        """Do something with the file; once more if it turned out to be damaged, with the new one."""
        try:
            return self._attempt(work)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
        return self._attempt(work)

    def _attempt(self, work: Callable[[Connection], Result]) -> Result:
        connection = self._connection()
        try:
            result = work(connection)
        except BaseException as error:
            connection.close()  # it may be in the middle of something: the next call starts afresh
            if _is_damage(error):
                with _locked(self.path.parent):
                    if _identity(self.path) == connection.file:  # else somebody else has moved it
                        self._move_aside()
            raise
        self.idle.append(connection)
        return result

    def _connection(self) -> Connection:
        """A connection to the file that is there now, for one thread at a time."""
        there = _identity(self.path)
        while (connection := self._take()) is not None:
            if connection.file == there:
                return connection
            connection.close()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(self.path.parent):
            return self._open()

    def _take(self) -> Connection | None:
        try:
            return self.idle.pop()
        except IndexError:
            return None

    def _open(self) -> Connection:
        if _identity(self.path) is None:
            for part in _parts(self.path)[1:]:
                part.unlink(missing_ok=True)  # of a file that was deleted: they would be taken for the new one's
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=Connection
        )
        try:
            connection.file = _identity(self.path) or (0, 0)
            connection.text_factory = _text
            connection.executescript(SCHEMA)
        except BaseException as error:
            connection.close()
            if _is_damage(error):
                self._move_aside()
            raise
        return connection

    @property
    def _aside(self) -> Path:
        """Where a damaged file goes."""
        return self.path.with_name(f"{self.path.name}.damaged")

    def _move_aside(self) -> None:
        for part, part_aside in zip(_parts(self.path), _parts(self._aside), strict=True):
            if part.exists():
                part.replace(part_aside)
            else:
                part_aside.unlink(missing_ok=True)
        log.warning("%s is damaged: it was moved to %s, and a new one is begun", self.path, self._aside)


_STORES: WeakSet[SqliteStore] = WeakSet()


def _before_fork() -> None:
    """Close what is open: SQLite forbids to use, or even to close, a connection in a forked process."""
    for store in list(_STORES):
        store.close()


os.register_at_fork(before=_before_fork)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other threads and processes from making, opening or moving files in a folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(opened, fcntl.LOCK_UN)  # closing isn't enough where a process was forked meanwhile
        os.close(opened)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  # at each call: several times quicker than Path.stat
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _parts(path: Path) -> list[Path]:
    """The files of a database: itself, what was written lately, and the index of that."""
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]


def _is_damage(error: BaseException) -> bool:
    """Whether a file can't be read as a database, as against not being reached, or not at this moment."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE


def _text(raw: bytes) -> str:
    """Text of a column. What is no UTF-8 is damage of that entry alone."""
    return raw.decode(errors="replace")
