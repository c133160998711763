"""A store that lives as long as its process."""

from threading import Lock
from typing import NamedTuple

from skill.stores.store import Store, expiry


class Entry(NamedTuple):
    """What is kept of a user: JSON, its version, and when it expires, in seconds since 1970."""

    attributes: str
    version: int
    expires: int


class MemoryStore(Store):
    """Entries in a dict."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._lock = Lock()

    def read(self, user: str, now: float) -> tuple[object, int] | None:
        """The JSON and the version of a user's entry, None where there is none."""
        entry = self.entries.get(user)
        return (entry.attributes, entry.version) if entry and entry.expires > now else None

    def write(self, user: str, attributes: str, version: int, now: float) -> bool:
        """Keep JSON as the version after this one; returns whether it was the version that was kept."""
        with self._lock:
            for expired in [other for other, entry in self.entries.items() if entry.expires <= now]:
                del self.entries[expired]
            entry = self.entries.get(user)
            if version != (entry.version if entry else 0):
                return False
            self.entries[user] = Entry(attributes, version + 1, expiry(now))
            return True

    def erase(self, user: str) -> None:
        """Leave nothing of a user."""
        with self._lock:
            self.entries.pop(user, None)
