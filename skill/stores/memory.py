"""A store that lives as long as its process."""

from copy import deepcopy
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope


class MemoryStore(AbstractPersistenceAdapter):
    """Attributes by user, in a dict. Nothing is kept for a request that names no user."""

    def __init__(self) -> None:
        self._attributes: dict[str, dict[str, Any]] = {}

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """Return the user's attributes, an empty dict where there are none."""
        return deepcopy(self._attributes.get(_user(request_envelope) or "", {}))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Keep the user's attributes in place of those before."""
        user = _user(request_envelope)
        if user:
            self._attributes[user] = deepcopy(attributes)

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Forget the user's attributes."""
        self._attributes.pop(_user(request_envelope) or "", None)


def _user(request_envelope: Any) -> str | None:
    """The id of the request's user."""
    for part in (getattr(request_envelope.context, "system", None), request_envelope.session):
        user_id = getattr(getattr(part, "user", None), "user_id", None)
        if isinstance(user_id, str):
            return user_id
    return None
