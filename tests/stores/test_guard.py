"""What stands between the skill and its store."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.stores import guard, sqlite
from skill.stores.guard import MOST_SECONDS, REST_SECONDS, Guarded, StoreFault
from skill.stores.memory import MemoryStore
from skill.stores.sqlite import SqliteStore
from skill.stores.store import Conflict
from tests.stores.envelopes import by

ANYBODY = by("a")


class Moody(MemoryStore):
    """A store that does before each call what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Callable[[], object] = lambda: None
        self.calls = 0

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The user's attributes."""
        self._called()
        return super().get_attributes(request_envelope)

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Keep the user's attributes."""
        self._called()
        super().save_attributes(request_envelope, attributes)

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Forget the user's attributes."""
        self._called()
        super().delete_attributes(request_envelope)

    def _called(self) -> None:
        self.calls += 1
        self.before()

    def fail(self, error: Exception) -> None:
        """Fail from now on."""

        def failing() -> None:
            raise error

        self.before = failing


class House:
    """A guarded store, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.store = Moody()
        self.guarded = Guarded(self.store, seconds=10, clock=lambda: self.now)
        self.released = threading.Event()

    def hang(self) -> None:
        """Let the store not answer any more, and wait for it only as long as a test may."""
        self.guarded.seconds = 0.05
        self.store.before = lambda: self.released.wait(30)

    def recover(self) -> None:
        """Let it answer again."""
        self.guarded.seconds = 10
        self.store.before = lambda: None
        self.released.set()

    def fails(self) -> bool:
        """Whether a call fails."""
        try:
            self.guarded.get_attributes(ANYBODY)
        except StoreFault:
            return True
        return False


@pytest.fixture
def house() -> Iterator[House]:
    """A store that works."""
    house = House()
    yield house
    house.recover()


def test_what_works_is_as_without_a_guard(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """And nothing is said of it."""
    house.guarded.save_attributes(ANYBODY, {"n": 1})
    assert house.guarded.get_attributes(ANYBODY) == {"n": 1, "version": 1}
    house.guarded.delete_attributes(ANYBODY)
    assert house.guarded.get_attributes(ANYBODY) == {}
    assert not caplog.records


def test_a_conflict_is_no_fault(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """The store has done what it should."""
    with pytest.raises(Conflict):
        house.guarded.save_attributes(ANYBODY, {"n": 1, "version": 5})
    assert not caplog.records


@pytest.mark.parametrize("error", [OSError(28, "No space left"), TimeoutError(), PersistenceException("all of it")])
def test_every_other_exception_is_a_fault(house: House, error: Exception) -> None:
    """Of whatever the store is made of, in every operation; each call tries again."""
    house.store.fail(error)
    for call in (
        lambda: house.guarded.get_attributes(ANYBODY),
        lambda: house.guarded.save_attributes(ANYBODY, {"n": 1}),
        lambda: house.guarded.delete_attributes(ANYBODY),
    ):
        with pytest.raises(StoreFault, match=type(error).__name__) as fault:
            call()
        assert isinstance(fault.value, PersistenceException)
    assert house.store.calls == 3
    house.recover()
    assert not house.fails()


def test_nobody_waits_long(house: House) -> None:
    """A store that hangs is a fault as soon as its time is up."""
    assert MOST_SECONDS == 1.0
    house.hang()
    started = time.monotonic()
    assert house.fails()
    assert time.monotonic() - started < 2


def test_a_store_that_hung_is_left_alone_for_a_while(house: House) -> None:
    """Not each turn waits for it."""
    house.hang()
    assert house.fails()
    house.recover()
    house.now += REST_SECONDS - 1
    assert house.fails()
    with pytest.raises(StoreFault):
        house.guarded.save_attributes(ANYBODY, {"n": 1})
    assert house.store.calls == 1
    house.now += 1
    assert not house.fails()


def test_the_wish_to_be_forgotten_is_always_tried(house: House) -> None:
    """And where it is granted, the store works again."""
    house.guarded.save_attributes(ANYBODY, {"n": 1})
    house.hang()
    assert house.fails()
    with pytest.raises(StoreFault):
        house.guarded.delete_attributes(ANYBODY)
    house.recover()
    house.guarded.delete_attributes(ANYBODY)
    assert house.guarded.get_attributes(ANYBODY) == {}


def test_what_has_not_begun_in_time_is_not_done_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all threads hang, a call that waited for one is given up for good."""
    monkeypatch.setattr(guard, "WORKERS", 1)
    house.hang()
    assert house.fails()
    with pytest.raises(StoreFault):
        house.guarded.delete_attributes(ANYBODY)
    house.recover()
    house.guarded.delete_attributes(ANYBODY)
    assert house.store.calls == 2


def test_the_log_names_a_fault_once_a_minute(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """With how many were left unsaid; and once that it works again."""
    caplog.set_level(logging.INFO)
    house.store.fail(OSError(28, "No space left on device"))
    for _ in range(7):
        assert house.fails()
        house.now += 10
    house.recover()
    for _ in range(2):
        assert not house.fails()
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("WARNING", "the store failed: get: OSError (No space left on device) (0 more since the last word)"),
        ("WARNING", "the store failed: get: OSError (No space left on device) (5 more since the last word)"),
        ("INFO", "the store works again (0 more faults since the last word)"),
    ]
    assert {record.name for record in caplog.records} == {"skill.stores"}


def test_a_store_that_comes_and_goes_does_not_fill_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Once a minute is once a minute."""
    caplog.set_level(logging.INFO)
    for _ in range(30):
        house.store.fail(OSError())
        assert house.fails()
        house.recover()
        assert not house.fails()
        house.now += 4
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"] * 2


def test_the_log_tells_nothing_of_anybody(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Messages of exceptions may quote whom and what a store was asked for."""
    house.store.fail(ValueError("user amzn1 whose hip hurts"))
    assert house.fails()
    assert "amzn1" not in caplog.text
    assert "hip" not in caplog.text


def test_many_may_ask_at_once(house: House) -> None:
    """More than there are threads."""
    with ThreadPoolExecutor(32) as pool:
        assert not any(pool.map(lambda _: house.fails(), range(500)))


def test_a_locked_file_is_a_fault_in_good_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By SQLite's own word, before the guard's time is up."""
    assert sqlite.BUSY_SECONDS < MOST_SECONDS
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    path = tmp_path / "progress.sqlite3"
    guarded = Guarded(SqliteStore(path))
    guarded.save_attributes(ANYBODY, {"n": 1})
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(StoreFault, match="SQLITE_BUSY"):
        guarded.save_attributes(ANYBODY, {"n": 2, "version": 1})
    assert time.monotonic() - started < 2
    other.close()
    guarded.save_attributes(ANYBODY, {"n": 2, "version": 1})
