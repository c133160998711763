"""Requests to a store."""

from datetime import UTC, datetime

from ask_sdk_model import RequestEnvelope

from skill.alexa.serializer import TolerantSerializer

START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
"""When tests begin, in seconds since 1970."""


def by(user: str | None, after: float = 0) -> RequestEnvelope:
    """A request of a user, so many seconds after the start."""
    system = {"user": {"userId": user}} if user is not None else {}
    timestamp = datetime.fromtimestamp(START + after, UTC).isoformat().replace("+00:00", "Z")
    request = {"type": "LaunchRequest", "timestamp": timestamp}
    envelope: RequestEnvelope = TolerantSerializer().read(
        {"context": {"System": system}, "request": request}, RequestEnvelope
    )
    return envelope
