"""What all stores promise, and what they have in common."""

import json
from abc import abstractmethod
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.stores.request import time_of, user_of

KEPT_SECONDS = 90 * 24 * 3600
"""How long an entry is kept after it was last saved, by the requests' own time."""


class Conflict(PersistenceException):
    """Somebody else has saved, or erased, the user's attributes since they were read: another speaker."""


class Store(AbstractPersistenceAdapter):
    """The attributes of each user, as an entry that has a version and expires.

    An entry that has expired counts as none, and so does one whose version or expiry can't be read. Nothing is kept
    for a request that names no user. What goes wrong with the place where entries are kept is raised as that place
    raises it; `skill.stores.guard.Guarded` makes it one kind of exception, in good time.

    A store of its own kind keeps entries as JSON, in `read`, `write` and `erase`, which may be called by several
    threads at once.
    """

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The user's attributes and, as "version", which they are; an empty dict where there are none.

        Of an entry that is damaged nothing is left but its version, so that the next save takes its place.
        """
        user = user_of(request_envelope)
        entry = self.read(user, time_of(request_envelope)) if user else None
        if entry is None:
            return {}
        attributes, version = entry
        return {**_attributes(attributes), "version": version}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Keep the user's attributes for KEPT_SECONDS, in place of the version that is among them.

        They are kept as the version after that. Without one there must be nothing yet. Raises Conflict where that
        isn't so, and TypeError where they are no JSON values.
        """
        user = user_of(request_envelope)
        if not user:
            return
        version = attributes.get("version", 0)
        text = json.dumps({key: value for key, value in attributes.items() if key != "version"})
        if not self.write(user, text, version, time_of(request_envelope)):
            raise Conflict(f"version {version} is not, or no longer, what is kept")

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Erase the user's attributes, whatever their version, and whether or not there are any."""
        user = user_of(request_envelope)
        if user:
            self.erase(user)

    @abstractmethod
    def read(self, user: str, now: float) -> tuple[object, int] | None:
        """The JSON and the version of a user's entry, None where there is none.

        now: in seconds since 1970; what expires by then is not read.
        """

    @abstractmethod
    def write(self, user: str, attributes: str, version: int, now: float) -> bool:
        """Keep JSON as the version after this one, in one step; returns whether it was the version that was kept.

        version: 0 where there must be no entry yet.
        now: in seconds since 1970; what expires by then counts as none.
        """

    @abstractmethod
    def erase(self, user: str) -> None:
        """Leave nothing of a user."""


def expiry(now: float) -> int:
    """When what is saved now expires. Both are in seconds since 1970."""
    return int(now) + KEPT_SECONDS


def _attributes(text: object) -> dict[str, Any]:
    """What an entry's JSON says, nothing where it is damaged."""
    try:
        attributes = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return attributes if isinstance(attributes, dict) else {}
