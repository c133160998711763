"""The skill on the SDK, whatever Alexa sends."""

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from ask_sdk_core.exceptions import AskSdkException

import lambda_handler
from skill.alexa import handlers
from skill.alexa.events import EVENTS, PAIN
from skill.alexa.skill import Deps, build_skill
from skill.coach.memory import SCHEMA
from skill.coach.routine import Length
from skill.coach.state import Phase, State
from skill.content.model import LOCALES
from skill.stores.memory import MemoryStore
from tests.alexa.test_serializer import COMMON, CONTEXT, REQUESTS, envelope
from tests.talk import RELEASE, check_reply, said

NEW = {"new": True, "sessionId": "s", "user": {"userId": "u"}, "application": {"applicationId": "a"}}
IN_HOLD = State(
    phase=Phase.HOLD, routine="R2", length=Length.SHORT, area="hip", began=1767323000.0, asks=1767323100.0, placed=True
)


def ask(request: dict[str, Any], *, session: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """What a new skill answers to a request, in a new session unless another is given."""
    response = build_skill(Deps(MemoryStore())).handle(envelope(request, session=session or NEW) | changes)
    answered: dict[str, Any] = json.loads(json.dumps(response))
    return answered


def intent(name: str, **slots: Any) -> dict[str, Any]:
    """An intent request."""
    return {"type": "IntentRequest", **COMMON, "intent": {"name": name, "slots": slots}}


def in_session(state: State = IN_HOLD) -> dict[str, Any]:
    """A session in the middle of a hold."""
    return NEW | {"new": False, "attributes": state.to_attributes()}


def words(response: dict[str, Any]) -> str:
    """What a response says."""
    return said(response["response"]["outputSpeech"]["ssml"])


LAUNCH = REQUESTS[0]
ALL_INTENTS = list(EVENTS)


def test_lambdas_entry_answers_a_launch() -> None:
    """`lambda_handler.handler(event, context)` is the whole skill."""
    response = lambda_handler.handler(envelope(LAUNCH, session=NEW), None)
    check_reply(response)
    assert words(response).startswith("Welcome to Soft Spot.")
    assert response["sessionAttributes"]["schema"] == SCHEMA


@pytest.mark.parametrize("name", ALL_INTENTS)
def test_every_intent_is_answered_as_the_very_first_request(name: str) -> None:
    """Without slots, and in a session of its own."""
    check_reply(ask(intent(name)))


@pytest.mark.parametrize("name", ALL_INTENTS)
@pytest.mark.parametrize("phase", Phase)
def test_every_intent_is_answered_in_every_phase(name: str, phase: Phase) -> None:
    """By Amazon's rules: who is asked hears a question and a reprompt, who is not hears neither."""
    check_reply(ask(intent(name), session=in_session(IN_HOLD._replace(phase=phase))))


@pytest.mark.parametrize(
    "slot",
    [
        {"name": "area"},
        {"name": "area", "value": ""},
        {"name": "area", "value": "elbow"},
        {"name": "area", "value": 7},
        {"name": "area", "value": "?", "resolutions": {"resolutionsPerAuthority": [{"status": {"code": "NO"}}]}},
        {"name": "area", "value": "?", "resolutions": {"resolutionsPerAuthority": [{"values": [{"value": None}]}]}},
        {"name": "area", "value": "?", "resolutions": "none"},
        "hip",
        None,
    ],
)
@pytest.mark.parametrize("name", ["ChooseIntent", "StopPainIntent"])
def test_slots_may_be_empty_wrong_or_unknown(name: str, slot: Any) -> None:
    """What a slot says that nobody can use is left alone; pain stops all the same."""
    request = intent(name, area=slot, length=slot, side=slot, minutes=slot)
    check_reply(ask(request))
    reply = ask(request, session=in_session())
    check_reply(reply)
    if name == "StopPainIntent":
        assert RELEASE.match(words(reply))


def test_a_slot_that_has_no_resolution_is_taken_by_its_word() -> None:
    """As simple test tools send it."""
    assert "Short hip session" in words(ask(intent("ChooseIntent", area={"name": "area", "value": "Hip"})))


@pytest.mark.parametrize("locale", [*LOCALES, "en-GB", "de-DE", "xx", "", None, 7])
def test_any_locale_is_answered(locale: Any) -> None:
    """Those that we don't have hear English."""
    reply = ask(LAUNCH | {"locale": locale})
    check_reply(reply)
    assert words(reply).startswith("Welcome to Soft Spot.")


def test_an_unknown_request_opens_a_new_session_and_takes_the_weight_off_in_a_hold() -> None:
    """A request type of tomorrow is answered politely, and nobody is left on a ball."""
    unknown = {"type": "Alexa.NewRequest", **COMMON}
    assert words(ask(unknown)).startswith("Welcome to Soft Spot.")
    reply = ask(unknown, session=in_session())
    check_reply(reply)
    assert words(reply).startswith("Paused. Take your weight off for a moment")


def test_an_unknown_intent_takes_the_weight_off_in_a_hold() -> None:
    """A model that is newer than the skill must not leave anybody on a ball."""
    assert words(ask(intent("NewIntent"), session=in_session())).startswith("Paused. Take your weight off for a moment")


@pytest.mark.parametrize("request_", [REQUESTS[3], REQUESTS[3] | {"reason": "BORED"}])
def test_the_end_of_a_session_is_not_answered_with_speech(request_: dict[str, Any]) -> None:
    """Alexa allows none."""
    assert ask(request_, session=in_session())["response"] == {}


@pytest.mark.parametrize("request_", [REQUESTS[5], REQUESTS[6], {"type": "AudioPlayer.PlaybackStarted", **COMMON}])
def test_what_comes_outside_of_a_session_is_answered_without_speech(request_: dict[str, Any]) -> None:
    """Skill events and the like."""
    event = envelope(request_)
    del event["session"]
    assert build_skill(Deps(MemoryStore())).handle(event)["response"] == {}


def test_pain_without_a_session_is_answered_all_the_same() -> None:
    """Nobody who says that it hurts is met with silence."""
    event = envelope(intent("StopPainIntent"))
    del event["session"]
    assert RELEASE.match(words(build_skill(Deps(MemoryStore())).handle(event)))


@pytest.mark.parametrize("odd", ["x", [1], 7, None, {}, True], ids=repr)
def test_pain_is_answered_whatever_form_the_rest_of_the_envelope_has(odd: Any) -> None:
    """Any part but the request itself may be of a form that we don't know."""
    whole = envelope(intent("StopPainIntent"), session=in_session())
    for path in _paths({name: part for name, part in whole.items() if name != "request"}):
        event = copy.deepcopy(whole)
        parent = event
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = odd
        answered = words(build_skill(Deps(MemoryStore())).handle(event))
        new = path == ("session", "new") and bool(odd)  # the SDK takes whatever is true for a new session
        assert RELEASE.match(answered) or (new and answered.startswith("If there's a ball under you, come off")), path


def _paths(part: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in part.items():
        yield (key,)
        if isinstance(value, dict) and key != "attributes":
            yield from ((key, *rest) for rest in _paths(value))


@pytest.mark.parametrize(
    "attributes", [None, {}, {"schema": 0}, {"schema": SCHEMA, "phase": "x"}, "gone", [1], {"a": {"b": []}}]
)
def test_a_damaged_state_is_a_friendly_fresh_start(attributes: Any) -> None:
    """The ball comes out first; pain stops; nothing is blamed on the person."""
    session = NEW | {"new": False, "attributes": attributes}
    reply = ask(intent("AMAZON.NextIntent"), session=session)
    check_reply(reply)
    assert words(reply).startswith("Come off the ball, whichever way is easiest, and rest. I lost my place")
    assert RELEASE.match(words(ask(intent("StopPainIntent"), session=session)))


def test_attributes_of_another_skill_do_not_matter_in_a_new_session() -> None:
    """A new session is new."""
    assert words(ask(LAUNCH, session=NEW | {"attributes": {"schema": SCHEMA, "phase": "hold"}})).startswith("Welcome")


def test_a_request_without_a_readable_time_takes_the_weight_off() -> None:
    """Not knowing when it is, we take it that they are on the ball."""
    for timestamp in (None, "soon", 5):
        reply = ask(intent("AMAZON.FallbackIntent") | {"timestamp": timestamp}, session=in_session())
        assert words(reply).startswith("Paused. Take your weight off for a moment")


def test_another_skills_requests_are_refused() -> None:
    """On Lambda too, when our id is known."""
    skill = build_skill(Deps.from_environment({"SOFT_SPOT_SKILL_ID": "amzn1.ask.skill.ours"}))
    with pytest.raises(AskSdkException, match="Skill ID"):
        skill.handle(envelope(LAUNCH, session=NEW))
    system = CONTEXT["System"] | {"application": {"applicationId": "amzn1.ask.skill.ours"}}  # type: ignore[operator]
    check_reply(skill.handle(envelope(LAUNCH, session=NEW, context={"System": system})))


def test_a_bug_is_ours_and_takes_the_ball_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It never says "I didn't understand"; the log has the trace."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(handlers, "advance", fail)
    with caplog.at_level(logging.ERROR):
        reply = ask(intent("AMAZON.NextIntent"), session=in_session())
    check_reply(reply)
    assert words(reply).startswith("Something went wrong on my side, not yours. Come off the ball")
    assert reply["response"]["shouldEndSession"] is True
    assert "ZeroDivisionError at test_skill.py:" in caplog.text
    assert "handlers.py:" in caplog.text
    assert "a bug" not in caplog.text
    assert "fail" not in caplog.text.replace("a turn failed", "")


def test_a_bug_outside_of_a_session_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no speech is allowed there is none."""

    def fail(*_: object) -> bool:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(handlers.LaunchHandler, "can_handle", fail)
    event = envelope(REQUESTS[5])
    del event["session"]
    assert build_skill(Deps(MemoryStore())).handle(event)["response"] == {}


def test_the_memory_is_saved_only_when_it_has_changed() -> None:
    """A turn that changes nothing worth keeping writes nothing."""
    saved = []

    class Counting(MemoryStore):
        def save_attributes(self, request_envelope: Any, attributes: dict[str, Any]) -> None:
            saved.append(attributes)

    skill = build_skill(Deps(Counting()))
    first = skill.handle(envelope(LAUNCH, session=NEW))
    assert not saved
    session = NEW | {"new": False, "attributes": first["sessionAttributes"]}
    later = {"timestamp": "2026-01-02T03:05:05Z"}
    skill.handle(envelope(intent("ReadyIntent") | later, session=session))
    assert [attributes["notice"] for attributes in saved] == [1]


def test_a_pain_session_leaves_no_word_of_it_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """At no level."""
    with caplog.at_level(logging.DEBUG):
        for name in PAIN:
            ask(intent(name), session=in_session())
    assert not caplog.records
