"""What stands between the skill and its store, so that no store can hold up a turn or break it."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, TypeVar

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.stores.faults import FaultLog
from skill.stores.store import Conflict

Result = TypeVar("Result")

MOST_SECONDS = 1.0
"""How long a call may take. Alexa waits eight seconds for an answer, people much less."""

REST_SECONDS = 10.0
"""How long a store that did not answer in time is left alone: not each turn is to wait for it."""

WORKERS = 8
"""How many calls run at once. Those that don't answer hold theirs for as long as they hang."""


class StoreFault(PersistenceException):
    """The store failed, or did not answer in time. What was to be done may have been done all the same."""


class Guarded(AbstractPersistenceAdapter):
    """A store of which each call ends in time, and fails with nothing but StoreFault or Conflict.

    After a call that took too long, others fail at once for REST_SECONDS, except for the wish to be forgotten, which
    is always tried. What goes wrong is logged, once a minute.

    seconds: how long a call may take.
    clock: seconds from any start, for the rest and the log.
    """

    def __init__(
        self,
        store: AbstractPersistenceAdapter,
        seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self.seconds = seconds
        self._clock = clock
        self._rests_until = clock()
        self._faults = FaultLog(clock)
        self._pools: dict[int, ThreadPoolExecutor] = {}

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The user's attributes. Raises StoreFault."""
        self._refuse_while_resting("get")
        return self._call("get", lambda: self.store.get_attributes(request_envelope))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Keep the user's attributes. Raises Conflict and StoreFault."""
        self._refuse_while_resting("save")
        self._call("save", lambda: self.store.save_attributes(request_envelope, attributes))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Erase the user's attributes. Raises StoreFault."""
        self._call("delete", lambda: self.store.delete_attributes(request_envelope))

    def _refuse_while_resting(self, operation: str) -> None:
        if self._clock() < self._rests_until:
            raise self._fault(operation, "not tried, after one that took too long")

    def _call(self, operation: str, work: Callable[[], Result]) -> Result:
        try:
            future = self._pool().submit(work)
            if wait([future], self.seconds).done:
                result = future.result()
                self._works()
                return result
        except Conflict:
            self._works()
            raise
        except Exception as error:
            raise self._fault(operation, _named(error)) from error
        future.cancel()
        self._rests_until = self._clock() + REST_SECONDS
        raise self._fault(operation, f"no answer within {self.seconds:g} s")

    def _pool(self) -> ThreadPoolExecutor:
        """The process's own threads: a forked process has none of those that were there before."""
        process = os.getpid()
        if process not in self._pools:
            self._pools.setdefault(process, ThreadPoolExecutor(WORKERS, "store"))
        return self._pools[process]

    def _works(self) -> None:
        self._rests_until = self._clock()
        self._faults.over()

    def _fault(self, operation: str, reason: str) -> StoreFault:
        self._faults.add(operation, reason)
        return StoreFault(f"{operation}: {reason}")


def _named(error: Exception) -> str:
    """An exception's type and code. Not its message: that may quote what is kept, and of whom."""
    response = getattr(error, "response", None)  # botocore's
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    code = code or getattr(error, "sqlite_errorname", None) or getattr(error, "strerror", None)
    return f"{type(error).__name__} ({code})" if code else type(error).__name__
