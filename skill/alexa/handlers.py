"""Handlers of the ask-sdk: a request becomes an event, the coach's turn becomes the response."""

import logging
import traceback
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import IntentRequest, LaunchRequest, Response, Session, SessionEndedRequest
from ask_sdk_model.events.skillevents import SkillDisabledRequest

from skill.alexa.events import seconds_since_1970, spoken
from skill.alexa.progress import UNSAVED, Progress
from skill.coach.advance import advance
from skill.coach.events import Event, Said
from skill.coach.library import Library
from skill.coach.memory import Memory, memory_from_attributes, memory_to_attributes
from skill.coach.script import Timeline
from skill.coach.state import State, new_session, state_from_attributes
from skill.content import DEFAULT_LOCALE, load
from skill.speech.ssml import ssml

log = logging.getLogger("skill")


class IntentHandler(AbstractRequestHandler):
    """Answers some intents, each with the event that it stands for."""

    def __init__(self, intents: Collection[str], progress: Progress) -> None:
        self.intents = intents
        self.progress = progress

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is one of the intents."""
        return _intent(handler_input) in self.intents

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer it."""
        return answer(handler_input, spoken(handler_input.request_envelope.request), self.progress)


class LaunchHandler(AbstractRequestHandler):
    """Answers "open soft spot"."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was opened."""
        return isinstance(handler_input.request_envelope.request, LaunchRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Begin a session."""
        return answer(handler_input, Event(Said.LAUNCH), self.progress)


class DisabledHandler(AbstractRequestHandler):
    """Erases everything when somebody disables the skill."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was disabled."""
        return isinstance(handler_input.request_envelope.request, SkillDisabledRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Erase it. Raises PersistenceException where the store fails: Alexa then sends the event again."""
        self.progress.erase(handler_input.request_envelope)
        return handler_input.response_builder.response


class SilentHandler(AbstractRequestHandler):
    """Answers what may not be answered with speech: the end of a session, and what comes outside of one."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether there is nobody to talk to."""
        return _nobody_listens(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say nothing. What could not be saved in the session is tried once more."""
        state, unsaved = _of_session(handler_input)
        if state is not None and unsaved is not None:
            self.progress.keep(handler_input.request_envelope, unsaved, state.memory)
        return handler_input.response_builder.response


class AnythingElseHandler(AbstractRequestHandler):
    """Answers requests that we don't know: in a new session as its opening, else as words not understood.

    While a ball is under somebody that takes the weight off, whatever the request was.
    """

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer it."""
        new = _is_new(handler_input.request_envelope.session)
        return answer(handler_input, Event(Said.LAUNCH if new else Said.UNCLEAR), self.progress)


class BugHandler(AbstractExceptionHandler):
    """Answers our own bugs: the log tells the developer, the person is told to come off the ball."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always, but where the store failed to erase: who sent that event has to know."""
        return not isinstance(exception, PersistenceException)

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Say that it is not their fault, and close."""
        log.error("a turn failed: %s at %s", type(exception).__name__, _where(exception))
        if _nobody_listens(handler_input):
            return handler_input.response_builder.response
        return _close(handler_input, load(DEFAULT_LOCALE), "fault.bug")


def answer(handler_input: HandlerInput, event: Event, progress: Progress) -> Response:
    """One turn: the state comes from the session, or is new; the coach's answer goes back."""
    envelope: Any = handler_input.request_envelope
    library = _library(envelope.request)
    before, unsaved = _state(handler_input, progress)
    turn = advance(before, event, library, seconds_since_1970(envelope.request))
    if turn.forget:
        try:
            progress.erase(envelope)
        except PersistenceException:
            return _close(handler_input, library, "privacy.not_now")
    elif unsaved is not None or turn.state.memory != before.memory:
        base = before.memory if unsaved is None else unsaved
        kept = progress.keep(envelope, base, turn.state.memory)
        unsaved = base if kept is None else None
        if kept is not None:
            # What another speaker prefers is not for the plan that is running here.
            mine = turn.state.memory
            memory = kept._replace(gaps=mine.gaps, detail=mine.detail)
            turn = turn._replace(state=turn.state._replace(memory=memory))
    if envelope.session is not None:
        attributes = turn.state.to_attributes()
        if unsaved is not None:
            attributes[UNSAVED] = memory_to_attributes(unsaved)
        handler_input.attributes_manager.session_attributes = attributes
    builder = handler_input.response_builder.speak(ssml(turn.script))
    if turn.reprompt is None:
        return builder.set_should_end_session(True).response
    return builder.ask(ssml(turn.reprompt)).response


def _state(handler_input: HandlerInput, progress: Progress) -> tuple[State, Memory | None]:
    """The session's state, and what the store knew last where it does not know the session's memory.

    A state that can't be read in the middle of a session is a fresh start, in which a ball may be under them.
    """
    new = _is_new(handler_input.request_envelope.session)
    if not new:
        state, unsaved = _of_session(handler_input)
        if state is not None:
            return state, unsaved
    memory = progress.recall(handler_input.request_envelope)
    if memory is None:
        return new_session(Memory(), placed=not new), Memory()
    return new_session(memory, placed=not new), None


def _of_session(handler_input: HandlerInput) -> tuple[State | None, Memory | None]:
    """The state in the session attributes, and the memory that the store knew last; None for what is not there."""
    session: Any = handler_input.request_envelope.session
    attributes = getattr(session, "attributes", None)
    if not isinstance(attributes, dict):
        return None, None
    unsaved = attributes.get(UNSAVED)
    state = state_from_attributes({name: value for name, value in attributes.items() if name != UNSAVED})
    return state, None if unsaved is None else memory_from_attributes(unsaved)


def _nobody_listens(handler_input: HandlerInput) -> bool:
    """Whether a request may not be answered with speech."""
    envelope: Any = handler_input.request_envelope
    talks = isinstance(envelope.request, LaunchRequest | IntentRequest)
    return isinstance(envelope.request, SessionEndedRequest) or (envelope.session is None and not talks)


def _close(handler_input: HandlerInput, library: Library, name: str) -> Response:
    """Say a line, given by name, and close."""
    line = Timeline(library, 0, {})
    line.say(name)
    return handler_input.response_builder.speak(ssml(line.script)).set_should_end_session(True).response


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
