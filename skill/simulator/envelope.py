"""Request envelopes as Alexa sends them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from skill.content.samples import Heard, Slot

APPLICATION = "amzn1.ask.skill.soft-spot-simulator"
"""The id of the skill that the simulated requests are for."""


class Envelopes:
    """Makes the request envelopes of one device of one user."""

    def __init__(self, *, locale: str, user: str) -> None:
        self._locale = locale
        self._user = {"userId": user}

    def launch(self, session: Mapping[str, Any], now: float) -> dict[str, Any]:
        """Somebody opens the skill."""
        return self._envelope(session, self._request("LaunchRequest", now))

    def intent(self, session: Mapping[str, Any], now: float, heard: Heard) -> dict[str, Any]:
        """Somebody says something."""
        slots = {name: _slot(name, slot) for name, slot in heard.slots.items()}
        intent = {"name": heard.intent, "confirmationStatus": "NONE"} | ({"slots": slots} if slots else {})
        return self._envelope(session, self._request("IntentRequest", now) | {"intent": intent})

    def ended(self, session: Mapping[str, Any], now: float, reason: str) -> dict[str, Any]:
        """The session is over: `reason` is USER_INITIATED, ERROR or EXCEEDED_MAX_REPROMPTS."""
        return self._envelope(session, self._request("SessionEndedRequest", now) | {"reason": reason})

    def _request(self, kind: str, now: float) -> dict[str, Any]:
        # Alexa's timestamps are whole seconds.
        timestamp = datetime.fromtimestamp(int(now), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "type": kind,
            "requestId": f"amzn1.echo-api.request.{uuid4()}",
            "timestamp": timestamp,
            "locale": self._locale,
        }

    def _envelope(self, session: Mapping[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        application = {"applicationId": APPLICATION}
        system = {
            "application": application,
            "user": self._user,
            "device": {"deviceId": "simulated-speaker", "supportedInterfaces": {}},
            "apiEndpoint": "https://api.amazonalexa.com",
            "apiAccessToken": "",
        }
        return {
            "version": "1.0",
            "session": {"application": application, "user": self._user, **session},
            "context": {"System": system},
            "request": request,
        }


def _slot(name: str, slot: Slot | None) -> dict[str, Any]:
    """A slot with its entity resolution; an empty one where nothing was said for it."""
    empty = {"name": name, "confirmationStatus": "NONE"}
    if slot is None:
        return empty
    filled = empty | {"value": slot.words, "source": "USER"}
    if slot.name is None:
        return filled
    resolution = {
        "authority": f"amzn1.er-authority.echo-sdk.{APPLICATION}.{slot.type}",
        "status": {"code": "ER_SUCCESS_MATCH"},
        "values": [{"value": {"name": slot.name, "id": slot.id}}],
    }
    return filled | {"resolutions": {"resolutionsPerAuthority": [resolution]}}
