"""Handlers of the ask-sdk: a request becomes an event, the coach's turn becomes the response."""

import logging
import traceback
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import IntentRequest, LaunchRequest, Response, Session, SessionEndedRequest

from skill.alexa.events import seconds_since_1970, spoken
from skill.coach.advance import advance
from skill.coach.events import Event, Said
from skill.coach.library import Library
from skill.coach.script import Timeline
from skill.coach.state import (
    State,
    memory_from_attributes,
    memory_to_attributes,
    new_session,
    state_from_attributes,
)
from skill.content import DEFAULT_LOCALE, load
from skill.speech.ssml import ssml

log = logging.getLogger("skill")


class IntentHandler(AbstractRequestHandler):
    """Answers some intents, each with the event that it stands for."""

    def __init__(self, intents: Collection[str]) -> None:
        self.intents = intents

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is one of the intents."""
        return _intent(handler_input) in self.intents

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer it."""
        return answer(handler_input, spoken(handler_input.request_envelope.request))


class LaunchHandler(AbstractRequestHandler):
    """Answers "open soft spot"."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was opened."""
        return isinstance(handler_input.request_envelope.request, LaunchRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Begin a session."""
        return answer(handler_input, Event(Said.LAUNCH))


class SilentHandler(AbstractRequestHandler):
    """Answers what may not be answered with speech: the end of a session, and what comes outside of one."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether there is nobody to talk to."""
        envelope: Any = handler_input.request_envelope
        talks = isinstance(envelope.request, LaunchRequest | IntentRequest)
        return isinstance(envelope.request, SessionEndedRequest) or (envelope.session is None and not talks)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say nothing."""
        return handler_input.response_builder.response


class AnythingElseHandler(AbstractRequestHandler):
    """Answers requests that we don't know: in a new session as its opening, else as words not understood.

    While a ball is under somebody that takes the weight off, whatever the request was.
    """

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer it."""
        new = _is_new(handler_input.request_envelope.session)
        return answer(handler_input, Event(Said.LAUNCH if new else Said.UNCLEAR))


class BugHandler(AbstractExceptionHandler):
    """Answers our own bugs: the log tells the developer, the person is told to come off the ball."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Say that it is not their fault, and close."""
        log.error("a turn failed: %s at %s", type(exception).__name__, _where(exception))
        if SilentHandler().can_handle(handler_input):
            return handler_input.response_builder.response
        library = load(DEFAULT_LOCALE)
        line = Timeline(library, 0, {})
        line.say("fault.bug")
        return handler_input.response_builder.speak(ssml(line.script)).set_should_end_session(True).response


def answer(handler_input: HandlerInput, event: Event) -> Response:
    """One turn: the state comes from the session, or is new; the coach's answer goes back."""
    envelope: Any = handler_input.request_envelope
    before = _state(handler_input)
    turn = advance(before, event, _library(envelope.request), seconds_since_1970(envelope.request))
    attributes = handler_input.attributes_manager
    if envelope.session is not None:
        attributes.session_attributes = turn.state.to_attributes()
    if turn.state.memory != before.memory:
        attributes.persistent_attributes = memory_to_attributes(turn.state.memory)
        attributes.save_persistent_attributes()
    builder = handler_input.response_builder.speak(ssml(turn.script))
    if turn.reprompt is None:
        return builder.set_should_end_session(True).response
    return builder.ask(ssml(turn.reprompt)).response


def _state(handler_input: HandlerInput) -> State:
    """The session's state.

    One that can't be read in the middle of a session is a fresh start, in which a ball may be under them.
    """
    session = handler_input.request_envelope.session
    new = _is_new(session)
    state = None if new or session is None else state_from_attributes(session.attributes)
    if state is not None:
        return state
    memory = memory_from_attributes(handler_input.attributes_manager.persistent_attributes)
    return new_session(memory, placed=not new)


def _where(exception: Exception) -> str:
    """The lines that an exception came through, innermost first.

    Neither its message nor the names of functions: they could tell what somebody said about their body.
    """
    frames = traceback.extract_tb(exception.__traceback__)
    return " < ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _is_new(session: Session | None) -> bool:
    return session is not None and session.new is True


def _library(request: Any) -> Library:
    locale = request.locale
    return load(locale if isinstance(locale, str) else DEFAULT_LOCALE)


def _intent(handler_input: HandlerInput) -> str | None:
    request: Any = handler_input.request_envelope.request
    intent = request.intent if isinstance(request, IntentRequest) else None
    name = getattr(intent, "name", None)
    return name if isinstance(name, str) else None
