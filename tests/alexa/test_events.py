"""From a request's slots to what somebody would like."""

from typing import Any

import pytest
from ask_sdk_model import IntentRequest

from skill.alexa.events import spoken
from skill.alexa.serializer import TolerantSerializer


def heard(slots: dict[str, Any]) -> int | None:
    """The seconds that an intent with these slots asks for."""
    named = {name: {"name": name, "value": value} for name, value in slots.items()}
    request = {"type": "IntentRequest", "intent": {"name": "LongerIntent", "slots": named}}
    return spoken(TolerantSerializer().read(request, IntentRequest)).choice.seconds


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        ("PT30S", 30),
        ("PT1M", 60),
        ("PT1M30S", 90),
        ("pt45s", 45),
        ("PT90S", 90),
        ("PT1H", 3600),
        ("PT0S", None),
        ("PT", None),
        ("P1D", None),
        ("PT1.5M", None),
        ("thirty seconds", None),
        ("?", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_a_duration_is_seconds(time: Any, seconds: int | None) -> None:
    """As Alexa gives it, in ISO 8601; what can't be read says nothing."""
    assert heard({"time": time}) == seconds


@pytest.mark.parametrize(("count", "seconds"), [("30", 30), ("0", None), ("?", None), ("-5", None), (None, None)])
def test_a_number_of_seconds_is_seconds(count: Any, seconds: int | None) -> None:
    """For "thirty more seconds"."""
    assert heard({"count": count}) == seconds
