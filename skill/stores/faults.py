"""What the log says of a store that fails: enough to act upon, seldom enough to be read."""

import logging
from collections.abc import Callable
from threading import Lock

log = logging.getLogger("skill.stores")

QUIET_SECONDS = 60.0
"""How long nothing is said of further faults."""


class FaultLog:
    """The log of one store's faults.

    clock: seconds from any start.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._quiet_until = clock()
        self._unsaid = 0
        self._said = False

    def add(self, operation: str, reason: str) -> None:
        """A call failed. Neither argument may tell who called, or what is kept of them."""
        with self._lock:
            if self._clock() < self._quiet_until:
                self._unsaid += 1
                return
            log.warning("the store failed: %s: %s (%d more since the last word)", operation, reason, self._unsaid)
            self._quiet_until = self._clock() + QUIET_SECONDS
            self._unsaid = 0
            self._said = True

    def over(self) -> None:
        """A call succeeded."""
        if self._said:
            with self._lock:
                if self._said:
                    log.info("the store works again (%d more faults since the last word)", self._unsaid)
                self._unsaid = 0
                self._said = False
