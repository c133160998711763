"""What is kept between sessions, whatever becomes of the store.

A session carries its memory along in its attributes. Where the store could not be read or written, it also carries
what the store knew last, under `UNSAVED`: each later turn then tries again, and what others have kept meanwhile is
not lost. The person hears nothing of it.
"""

from collections.abc import Mapping
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.coach.memory import Memory, memory_from_attributes, memory_to_attributes, merged
from skill.stores.store import Conflict

UNSAVED = "unsaved"
"""The session attribute with the memory that the store knew last, while it does not know the session's own."""

ATTEMPTS = 3
"""So often is a save tried that another speaker of the account came before."""


class Progress:
    """The memories of users in a store."""

    def __init__(self, store: AbstractPersistenceAdapter) -> None:
        self._store = store

    def recall(self, envelope: RequestEnvelope) -> Memory | None:
        """The memory of the request's user, an empty one where there is none; None where the store fails."""
        try:
            return self._read(envelope)[0]
        except PersistenceException:
            return None

    def keep(self, envelope: RequestEnvelope, base: Memory, memory: Memory) -> Memory | None:
        """Keep what a session has changed since `base`.

        Returns what is kept now, with what others have kept; None where the store fails.
        """
        for _ in range(ATTEMPTS):
            try:
                theirs, version = self._read(envelope)
                kept = merged(base, memory, theirs)
                if kept != theirs:
                    self._store.save_attributes(envelope, {**memory_to_attributes(kept), **version})
            except Conflict:
                continue
            except PersistenceException:
                return None
            return kept
        return None

    def erase(self, envelope: RequestEnvelope) -> None:
        """Erase all that is kept of the request's user. Raises PersistenceException where the store fails."""
        self._store.delete_attributes(envelope)

    def _read(self, envelope: RequestEnvelope) -> tuple[Memory, Mapping[str, Any]]:
        """The user's memory, and the version that the next one is saved over."""
        attributes = self._store.get_attributes(envelope)
        version = {name: attributes.pop(name) for name in ("version",) if name in attributes}
        return memory_from_attributes(attributes), version
