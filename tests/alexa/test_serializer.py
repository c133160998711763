"""The tolerant serializer, side by side with the SDK's own."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import IntentRequest, Request, RequestEnvelope, Response, ResponseEnvelope
from ask_sdk_model.interfaces.viewport import ViewportState
from ask_sdk_model.ui import SimpleCard, SsmlOutputSpeech

from skill.alexa.serializer import TolerantSerializer

TOLERANT = TolerantSerializer()
SDK = DefaultSerializer()

CONTEXT = {
    "System": {
        "application": {"applicationId": "amzn1.ask.skill.1"},
        "user": {"userId": "amzn1.ask.account.1", "permissions": {"consentToken": "t"}},
        "device": {
            "deviceId": "amzn1.ask.device.1",
            "supportedInterfaces": {"AudioPlayer": {}, "Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.2"}}},
        },
        "apiEndpoint": "https://api.amazonalexa.com",
        "apiAccessToken": "token",
        "unit": {"unitId": "u"},
    },
    "Viewport": {
        "experiences": [{"arcMinuteWidth": 246, "arcMinuteHeight": 144, "canRotate": False, "canResize": False}],
        "mode": "HUB",
        "shape": "RECTANGLE",
        "pixelWidth": 1024,
        "pixelHeight": 600,
        "dpi": 160,
        "touch": ["SINGLE"],
        "keyboard": ["DIRECTION"],
        "video": {"codecs": ["H_264_42"]},
    },
    "Viewports": [{"type": "APL", "id": "main", "shape": "RECTANGLE", "dpi": 160, "mode": "HUB"}],
    "AudioPlayer": {"playerActivity": "IDLE", "offsetInMilliseconds": 0},
    "Geolocation": {"timestamp": "2026-01-02T03:04:05Z", "coordinate": {"latitudeInDegrees": 38.2}},
    "Alexa.Presentation.APL": {"token": "t", "version": "1", "componentsVisibleOnScreen": []},
    "Something.New": {"a": [1, {"b": None}]},
}
SESSION = {
    "new": False,
    "sessionId": "amzn1.echo-api.session.1",
    "application": {"applicationId": "amzn1.ask.skill.1"},
    "attributes": {"phase": "hold", "deep": {"a": [1, 2.5, None, True]}},
    "user": {"userId": "amzn1.ask.account.1"},
}
COMMON = {"requestId": "amzn1.echo-api.request.1", "timestamp": "2026-01-02T03:04:05Z", "locale": "en-US"}
SLOTS = {
    "area": {
        "name": "area",
        "value": "bum",
        "confirmationStatus": "NONE",
        "source": "USER",
        "resolutions": {
            "resolutionsPerAuthority": [
                {
                    "authority": "amzn1.er-authority.1",
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": {"name": "buttock", "id": "buttock"}}],
                }
            ]
        },
        "slotValue": {"type": "Simple", "value": "bum"},
    },
    "empty": {"name": "empty", "confirmationStatus": "NONE"},
    "many": {
        "name": "many",
        "slotValue": {"type": "List", "values": [{"type": "Simple", "value": "a"}, {"type": "Simple", "value": "b"}]},
    },
}
REQUESTS: list[dict[str, Any]] = [
    {"type": "LaunchRequest", **COMMON, "shouldLinkResultBeReturned": False},
    {"type": "IntentRequest", **COMMON, "dialogState": "STARTED", "intent": {"name": "ChooseIntent", "slots": SLOTS}},
    {"type": "IntentRequest", **COMMON, "intent": {"name": "AMAZON.StopIntent", "confirmationStatus": "NONE"}},
    {"type": "SessionEndedRequest", **COMMON, "reason": "ERROR", "error": {"type": "INVALID_RESPONSE", "message": "m"}},
    {"type": "Alexa.Presentation.APL.UserEvent", **COMMON, "token": "t", "arguments": [1, "a"], "source": {"id": "x"}},
    {
        "type": "AlexaSkillEvent.SkillDisabled",
        **COMMON,
        "eventCreationTime": "2026-01-02T03:04:05Z",
        "eventPublishingTime": "2026-01-02T03:04:06Z",
    },
    {"type": "CanFulfillIntentRequest", **COMMON, "intent": {"name": "ChooseIntent", "slots": {}}},
    {"type": "Connections.Response", **COMMON, "name": "n", "status": {"code": "200"}, "payload": {"a": 1}},
]


def envelope(request: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A whole request envelope."""
    return {"version": "1.0", "session": SESSION, "context": CONTEXT, "request": request} | changes


def same(ours: Any, theirs: Any) -> bool:
    """Whether two objects are of one class and have the same in them, all the way down."""
    if isinstance(ours, datetime):
        return bool(ours == theirs)
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if hasattr(ours, "deserialized_types"):
        return same(vars(ours), vars(theirs))
    return bool(ours == theirs)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["type"])
def test_it_makes_the_same_objects_as_the_sdk(request_: dict[str, Any]) -> None:
    """Whatever the SDK can read is read to the same models, with the same values and classes in them."""
    payload = json.dumps(envelope(request_))
    assert same(TOLERANT.deserialize(payload, RequestEnvelope), SDK.deserialize(payload, RequestEnvelope))
    assert same(TOLERANT.read(envelope(request_), RequestEnvelope), SDK.deserialize(payload, RequestEnvelope))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([{"userId": "a"}, None], "list[ask_sdk_model.user.User]"),
        ({"a": {"userId": "a"}, "b": None}, "dict(str, ask_sdk_model.user.User)"),
        ("2026-01-02T03:04:05.123Z", "datetime"),
        ("Fri, 02 Jan 2026 03:04:05 GMT", "datetime"),
        ("2026-01-02", "date"),
        (5, "str"),
        ("5", "int"),
        ("2.5", "float"),
        (7, int),
        ("a", str),
        ({"a": 1}, "object"),
        (None, "str"),
        ({"type": "LaunchRequest"}, IntentRequest),
    ],
)
def test_it_reads_types_by_name_and_class_as_the_sdk_does(value: Any, kind: Any) -> None:
    """Lists, dicts, natives, dates and classes."""
    payload = json.dumps(value)
    assert same(TOLERANT.deserialize(payload, kind), SDK.deserialize(payload, kind))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("context", "Viewport", "shape"), "TRIANGLE"),
        (("context", "Viewport", "mode"), "HOLOGRAM"),
        (("context", "Viewport", "video", "codecs"), ["H_266_1"]),
        (("context", "Viewport", "pixelWidth"), "wide"),
        (("context", "Viewports"), [{"type": "3D", "id": "x"}]),
        (("context", "AudioPlayer", "playerActivity"), "DREAMING"),
        (("context", "Geolocation", "timestamp"), "yesterday, or so"),
        (("request", "intent", "slots", "area", "confirmationStatus"), "PERHAPS"),
        (
            ("request", "intent", "slots", "area", "resolutions", "resolutionsPerAuthority", 0, "status", "code"),
            "ER_SUCCESS_MAYBE",
        ),
        (("request", "intent", "slots", "area", "slotValue"), {"type": "Cloud", "value": 1}),
        (("request", "intent", "slots"), ["no dict"]),
        (("request", "intent"), "ChooseIntent"),
        (("request", "dialogState"), "DREAMING"),
        (("request", "timestamp"), 1767323045000),
        (("request", "timestamp"), [1]),
        (("session", "user"), "somebody"),
        (("session", "new"), "yes"),
        (("context", "System", "device", "supportedInterfaces"), []),
    ],
)
def test_what_it_cannot_read_stays_as_it_came(path: tuple[Any, ...], value: Any) -> None:
    """A value that the SDK's classes don't know is kept raw; the rest is read all the same."""
    data = json.loads(json.dumps(envelope(REQUESTS[1])))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    read = TOLERANT.deserialize(json.dumps(data), RequestEnvelope)
    assert isinstance(read.request, IntentRequest)
    assert read.context.system.application.application_id == "amzn1.ask.skill.1"


def test_raw_values_are_there_to_be_looked_at() -> None:
    """An unknown enum value is its string."""
    assert TOLERANT.read({"shape": "TRIANGLE"}, ViewportState).shape == "TRIANGLE"


def test_an_unknown_request_type_is_a_plain_request() -> None:
    """With its id, time and locale read, and all the rest raw."""
    read = TOLERANT.read(envelope({"type": "Alexa.NewRequest", **COMMON, "what": {"a": 1}}), RequestEnvelope)
    assert type(read.request) is Request
    assert read.request.object_type == "Alexa.NewRequest"
    assert read.request.timestamp == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert vars(read.request)["what"] == {"a": 1}


@pytest.mark.parametrize("payload", ["", "{", "nope", b"\xff", "[" * 100_000])
def test_what_is_no_json_is_refused(payload: Any) -> None:
    """With the SDK's own exception."""
    with pytest.raises(SerializationException, match="no JSON"):
        TOLERANT.deserialize(payload, RequestEnvelope)


def test_nothing_is_read_from_nothing() -> None:
    """As the SDK does it."""
    assert TOLERANT.deserialize(None, RequestEnvelope) is None


def test_it_writes_what_the_sdk_writes() -> None:
    """Models, lists, tuples, dicts, dates, enums and decimals."""
    response = Response(
        output_speech=SsmlOutputSpeech(ssml="<speak>hi</speak>"),
        card=SimpleCard(title="t", content="c"),
        should_end_session=False,
    )
    things: list[Any] = [
        ResponseEnvelope(version="1.0", response=response, session_attributes={"a": (1, 2), "b": [None, True]}),
        [date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), Decimal("1"), Decimal("1.5"), None, b"b"],
        TOLERANT.read(envelope(REQUESTS[1]), RequestEnvelope),
    ]
    for thing in things:
        assert TOLERANT.serialize(thing) == SDK.serialize(thing)
