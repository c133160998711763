"""The store that lives as long as its process."""

from ask_sdk_model import RequestEnvelope

from skill.alexa.serializer import TolerantSerializer
from skill.stores.memory import MemoryStore


def by(user: str | None) -> RequestEnvelope:
    """A request of a user."""
    system = {"user": {"userId": user}} if user else {}
    envelope: RequestEnvelope = TolerantSerializer().read({"context": {"System": system}}, RequestEnvelope)
    return envelope


def test_users_are_kept_apart() -> None:
    """What one user's speaker keeps, another's does not see."""
    store = MemoryStore()
    store.save_attributes(by("a"), {"n": 1})
    assert store.get_attributes(by("a")) == {"n": 1}
    assert store.get_attributes(by("b")) == {}


def test_what_was_saved_does_not_change_afterwards() -> None:
    """The store keeps copies."""
    store = MemoryStore()
    attributes = {"done": {"R2": 1}}
    store.save_attributes(by("a"), attributes)
    attributes["done"]["R2"] = 9
    store.get_attributes(by("a"))["done"]["R2"] = 8
    assert store.get_attributes(by("a")) == {"done": {"R2": 1}}


def test_forgetting_forgets() -> None:
    """Also what was never there."""
    store = MemoryStore()
    store.save_attributes(by("a"), {"n": 1})
    store.delete_attributes(by("a"))
    store.delete_attributes(by("b"))
    assert store.get_attributes(by("a")) == {}


def test_nothing_is_kept_for_nobody() -> None:
    """A request that names no user leaves no trace."""
    store = MemoryStore()
    store.save_attributes(by(None), {"n": 1})
    store.delete_attributes(by(None))
    assert store.get_attributes(by(None)) == {}
