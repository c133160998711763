"""What all stores promise."""

from ask_sdk_core.exceptions import PersistenceException


class Conflict(PersistenceException):
    """Somebody else has saved since."""
