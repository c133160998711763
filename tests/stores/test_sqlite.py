"""The store in a file, and what can happen to files."""

import logging
import random
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.stores import sqlite
from skill.stores.memory import MemoryStore
from skill.stores.sqlite import SqliteStore
from skill.stores.store import Conflict, Store
from tests.stores.envelopes import by
from tests.stores.test_contract import DAY, count_one

ANYBODY = by("a")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file will be, in a folder that isn't there yet."""
    return tmp_path / "data" / "soft-spot" / "progress.sqlite3"


@pytest.fixture
def store(path: Path) -> SqliteStore:
    """A store that has not been used yet."""
    return SqliteStore(path)


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the file open."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        yield connection


def test_the_file_is_made_on_first_use(store: SqliteStore, path: Path) -> None:
    """Not before; its folders with it, all for nobody but its owner."""
    assert not path.parent.parent.exists()
    assert store.get_attributes(ANYBODY) == {}
    assert path.is_file()
    for part in [path, *path.parent.glob("*")]:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_path_stays_where_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is relative is so to the folder in which the program was started."""
    path.parent.mkdir(parents=True)
    monkeypatch.chdir(path.parent)
    store = SqliteStore(path.name)
    monkeypatch.chdir("/")
    store.save_attributes(ANYBODY, {"n": 1})
    assert path.is_file()


def test_readers_and_writers_do_not_wait_for_each_other(store: SqliteStore, path: Path) -> None:
    """The file has a write-ahead log: while somebody writes, others read what was there before."""
    store.save_attributes(ANYBODY, {"n": 1})
    with other_program(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.execute("BEGIN IMMEDIATE")
        assert store.get_attributes(ANYBODY) == {"n": 1, "version": 1}


def test_what_one_store_saved_another_reads(store: SqliteStore, path: Path) -> None:
    """In a file that stays."""
    store.save_attributes(ANYBODY, {"n": 1})
    assert SqliteStore(path).get_attributes(ANYBODY) == {"n": 1, "version": 1}


def test_nothing_is_left_of_what_was_erased(store: SqliteStore, path: Path) -> None:
    """Neither what was said nor by whom, in any file, of any version there was, among many other users."""
    users = [f"user-{number:03}-{'x' * 150}" for number in range(300)]
    saves = users * 3
    chance = random.Random(1)  # noqa: S311  # not for secrets
    chance.shuffle(saves)
    for user in saves:
        attributes = store.get_attributes(by(user))
        more = {"marker": f"of {user}", "more": "y" * chance.randint(0, 900)}
        store.save_attributes(by(user), {**attributes, **more})
    for user in users[::2]:
        store.delete_attributes(by(user))
    written = b"".join(part.read_bytes() for part in path.parent.glob("*"))
    assert [user for user in users if user.encode() in written] == users[1::2]


def test_forgetting_does_not_wait_for_those_who_read(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry is gone at once; only bytes may stay until the next time."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    store.save_attributes(ANYBODY, {"n": 1})
    with other_program(path) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM entries").fetchall()
        store.delete_attributes(ANYBODY)
        assert SqliteStore(path).get_attributes(ANYBODY) == {}


def test_damage_is_moved_aside(store: SqliteStore, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is no database does not stop anybody: a new one is begun, and the log says so once."""
    path.parent.mkdir(parents=True)
    path.write_text("This is no database. " * 1000)
    assert store.get_attributes(ANYBODY) == {}
    store.save_attributes(ANYBODY, {"n": 1})
    assert SqliteStore(path).get_attributes(ANYBODY) == {"n": 1, "version": 1}
    assert path.with_name("progress.sqlite3.damaged").read_text().startswith("This is no database.")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_who_wants_to_be_forgotten_is_also_gone_from_what_was_damaged(store: SqliteStore, path: Path) -> None:
    """A file that was moved aside may have them in it."""
    path.parent.mkdir(parents=True)
    path.write_text("This is no database. " * 1000)
    store.save_attributes(ANYBODY, {"n": 1})
    store.delete_attributes(ANYBODY)
    assert [part.name for part in path.parent.iterdir() if "damaged" in part.name] == []


def zeros(content: bytearray) -> bytearray:
    """Nothing but zeros."""
    return bytearray(len(content))


def half(content: bytearray) -> bytearray:
    """The first half."""
    return content[: len(content) // 2]


def body(content: bytearray) -> bytearray:
    """A good header, with noise after it."""
    return content[:100] + random.Random(1).randbytes(len(content) - 100)  # noqa: S311  # not for secrets


def pages(content: bytearray) -> bytearray:
    """A good first page, with noise after it."""
    return content[:4096] + random.Random(1).randbytes(len(content) - 4096)  # noqa: S311  # not for secrets


@pytest.mark.parametrize("damage", [zeros, half, body, pages])
@pytest.mark.parametrize("in_use", [False, True])
def test_every_kind_of_damage_passes(
    store: SqliteStore, path: Path, damage: Callable[[bytearray], bytearray], in_use: bool
) -> None:
    """Also when it happens while the file is open, and a second time."""
    for _ in range(2):
        for user in range(30):
            store.save_attributes(by(f"user {user}"), {"n": "n" * 300})
        store.delete_attributes(by("nobody"))  # all is in the file itself now, nothing in its log
        content = path.read_bytes()
        if not in_use:
            store.close()
        path.write_bytes(damage(bytearray(content)))
        for user in range(30):
            attributes = store.get_attributes(by(f"user {user}"))
            store.save_attributes(by(f"user {user}"), attributes)
            assert store.get_attributes(by(f"user {user}"))["version"] >= 1
        store.delete_attributes(by("user 1"))
        for user in range(30):
            store.delete_attributes(by(f"user {user}"))


def test_damage_is_found_by_many_at_once(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One of them moves it aside, and what the others save goes to the new file."""
    path.parent.mkdir(parents=True)
    path.write_text("This is no database. " * 1000)
    stores = [SqliteStore(path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda store: count_one(store, ANYBODY), stores))
    assert stores[0].get_attributes(ANYBODY)["sessions"] == 8
    assert len(caplog.records) == 1


@pytest.mark.parametrize("suffixes", [[""], ["", "-wal", "-shm"]])
def test_a_file_that_is_deleted_is_made_anew(store: SqliteStore, path: Path, suffixes: list[str]) -> None:
    """While it is in use by several threads, and with or without what belongs to it."""
    for _ in range(3):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda number: count_one(store, by(f"user {number}")), range(40)))
        for suffix in suffixes:
            path.with_name(path.name + suffix).unlink()
        assert store.get_attributes(by("user 1")) == {}
        store.save_attributes(ANYBODY, {"n": 1})
        store.close()
        assert SqliteStore(path).get_attributes(ANYBODY) == {"n": 1, "version": 1}
        path.unlink()


def test_what_is_left_of_a_deleted_file_is_not_taken_for_the_new_one_s(store: SqliteStore, path: Path) -> None:
    """Somebody deletes only the main part, while another process has all of it open."""
    with python(WAITING, path) as other:
        assert other.stdout is not None
        other.stdout.readline()
        path.unlink()
        for _ in range(5):
            count_one(store, ANYBODY)
        other.communicate(b"go on\n")
    count_one(store, ANYBODY)
    store.close()
    assert SqliteStore(path).get_attributes(ANYBODY) == {"sessions": 11, "version": 11}


def test_a_folder_that_was_away_comes_back(store: SqliteStore, path: Path) -> None:
    """Each call fails until it is there, and works from then on, with what was there."""
    store.save_attributes(ANYBODY, {"n": 1})
    away = path.parent.with_name("away")
    path.parent.rename(away)
    path.parent.write_text("in its place")
    for _ in range(2):
        with pytest.raises(OSError, match=r"Not a directory|File exists"):
            store.get_attributes(ANYBODY)
    path.parent.unlink()
    away.rename(path.parent)
    assert store.get_attributes(ANYBODY) == {"n": 1, "version": 1}


def test_a_full_disk_is_no_damage(store: SqliteStore, path: Path) -> None:
    """The save fails, and what was there stays."""
    store.save_attributes(ANYBODY, {"n": 1})
    connection = store.idle[-1]
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        store.save_attributes(by("b"), {"n": "n" * 100_000})
    assert store.get_attributes(ANYBODY) == {"n": 1, "version": 1}
    store.save_attributes(by("b"), {"n": 2})
    assert not path.with_name("progress.sqlite3.damaged").exists()


def test_a_file_that_may_not_be_written_is_no_damage(store: SqliteStore, path: Path) -> None:
    """It is still read."""
    store.save_attributes(ANYBODY, {"n": 1})
    store.idle[-1].execute("PRAGMA query_only = ON")
    assert store.get_attributes(ANYBODY) == {"n": 1, "version": 1}
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.save_attributes(ANYBODY, {"n": 2, "version": 1})
    assert not path.with_name("progress.sqlite3.damaged").exists()


def test_a_failed_call_leaves_nothing_locked(store: SqliteStore) -> None:
    """An id that can't be written down, while writing, does not keep others from it."""
    with pytest.raises(UnicodeEncodeError):
        store.save_attributes(by("\ud800"), {"n": 1})
    store.save_attributes(ANYBODY, {"n": 1})


def test_several_processes_share_a_file(path: Path) -> None:
    """Also when all of them begin by making it."""
    with python(COUNTER, path) as first, python(COUNTER, path) as second, python(COUNTER, path) as third:
        assert [process.wait() for process in (first, second, third)] == [0] * 3
    assert SqliteStore(path).get_attributes(ANYBODY)["sessions"] == 3 * 50


def test_a_saved_entry_outlives_its_process(path: Path) -> None:
    """A process that is killed right after a save has saved."""
    with python(KILLED, path) as killed:
        assert killed.wait() == -signal.SIGKILL
    assert SqliteStore(path).get_attributes(ANYBODY) == {"n": 1, "version": 1}


@pytest.mark.parametrize("guarded", ["store", "Guarded(store)"])
def test_a_forked_process_opens_the_file_itself(path: Path, guarded: str) -> None:
    """What it saves stays, although the process that it was forked from closes the file meanwhile."""
    with python(f"store = {guarded}\n" + FORKING, path) as forking:
        assert forking.wait() == 0
    store = SqliteStore(path)
    assert store.get_attributes(by("parent")) == {"n": 2, "version": 2}
    assert store.get_attributes(by("child")) == {"n": 2, "version": 2}


def test_expired_entries_are_dropped_a_few_at_a_time(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, no save takes long."""
    monkeypatch.setattr(sqlite, "PURGED_AT_ONCE", 2)
    for user in "abcde":
        store.save_attributes(by(user), {"n": 1})
    for left in (4, 2, 1):
        attributes = store.get_attributes(by("f", 90 * DAY))
        store.save_attributes(by("f", 90 * DAY), attributes)
        with other_program(store.path) as other:
            assert other.execute("SELECT count(*) FROM entries").fetchone() == (left,)


@pytest.mark.parametrize("attributes", ["""x'7b7d'""", "CAST(x'7b22ff227d' AS TEXT)", "1.5"])
def test_a_column_of_another_type_is_damage_of_one_entry(store: SqliteStore, attributes: str) -> None:
    """Bytes, text that is no UTF-8, and numbers."""
    store.save_attributes(by("b"), {"n": 1})
    store.save_attributes(ANYBODY, {"n": 1})
    with other_program(store.path) as other:
        other.execute(f"UPDATE entries SET attributes = {attributes} WHERE id = 'a'")  # noqa: S608  # the test's own
    assert store.get_attributes(ANYBODY) == {"version": 1}
    store.save_attributes(ANYBODY, {"n": 2, "version": 1})
    assert store.get_attributes(ANYBODY) == {"n": 2, "version": 2}
    assert store.get_attributes(by("b")) == {"n": 1, "version": 1}


USERS = st.sampled_from(["a", "b", "c"])
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["get", "save", "save", "delete"]), USERS, st.integers(0, 200), st.integers(0, 3)),
    max_size=30,
)


@settings(max_examples=30, deadline=None)
@given(ACTIONS)
def test_it_does_as_a_dict_does(actions: list[tuple[str, str, int, int]]) -> None:
    """Whatever is done in whatever order, the file and the dict answer alike."""
    with TemporaryDirectory() as folder:
        stores = (MemoryStore(), SqliteStore(Path(folder, "progress.sqlite3")))
        for action, user, days, version in actions:
            first, second = (answer(store, action, user, days, version) for store in stores)
            assert first == second


def answer(store: Store, action: str, user: str, days: int, version: int) -> object:
    """What a store answers to one request."""
    request = by(user, days * DAY)
    if action == "get":
        return store.get_attributes(request)
    if action == "delete":
        store.delete_attributes(request)
        return None
    try:
        store.save_attributes(request, {"n": days, "version": version})
    except Conflict:
        return Conflict
    return None


COUNTER = """
for _ in range(50):
    count_one(store, by("a"))
"""

WAITING = """
for number in range(50):
    count_one(store, by(f"user {number}"))
print("ready", flush=True)
input()
for _ in range(5):
    count_one(store, by("a"))
"""

FORKING = """
turns = [os.pipe() for _ in range(2)]
store.save_attributes(by("parent"), {"n": 1})
child = os.fork()
if child == 0:
    store.save_attributes(by("child"), {"n": 1})
    os.write(turns[0][1], b"x")
    os.read(turns[1][0], 1)
    store.save_attributes(by("child"), {"n": 2, "version": 1})
    os.kill(os.getpid(), signal.SIGKILL)
os.read(turns[0][0], 1)
store.save_attributes(by("parent"), {"n": 2, "version": 1})
getattr(store, "store", store).close()
os.write(turns[1][1], b"x")
assert os.waitpid(child, 0)[1] == signal.SIGKILL
"""

KILLED = """
store.save_attributes(by("a"), {"n": 1})
os.kill(os.getpid(), signal.SIGKILL)
"""


def python(program: str, path: Path) -> subprocess.Popen[bytes]:
    """Another process that uses the file."""
    head = f"""
import os, signal
from skill.stores.guard import Guarded
from skill.stores.sqlite import SqliteStore
from tests.stores.envelopes import by
from tests.stores.test_contract import count_one
store = SqliteStore({str(path)!r})
"""
    return subprocess.Popen(  # noqa: S603  # it runs this Python
        [sys.executable, "-c", head + program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
