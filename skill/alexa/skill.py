"""The skill, put together in one place: Lambda, the simulator and the tests all use `build_skill`."""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.skill import CustomSkill, SkillConfiguration
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model import RequestEnvelope, Session

from skill.alexa.events import ASK, PAIN, STOP, TALK
from skill.alexa.handlers import (
    AnythingElseHandler,
    BugHandler,
    DisabledHandler,
    IntentHandler,
    LaunchHandler,
    SilentHandler,
)
from skill.alexa.progress import Progress
from skill.alexa.serializer import TolerantSerializer
from skill.content import DEFAULT_LOCALE, load
from skill.stores.address import default_address, open_store
from skill.stores.guard import Guarded


class Deps(NamedTuple):
    """What the skill needs from outside.

    store: where the memory between sessions is kept; `skill.stores` says what is expected of it.
    skill_id: the only skill whose requests are answered; None answers every skill's.
    """

    store: AbstractPersistenceAdapter
    skill_id: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Deps":
        """What the settings SOFT_SPOT_* say. Raises AddressError where the store's can't be used."""
        address = environment.get("SOFT_SPOT_STORE") or default_address(environment)
        return cls(store=open_store(address, environment), skill_id=environment.get("SOFT_SPOT_SKILL_ID"))


class Skill(CustomSkill):
    """The SDK's skill with a serializer that reads whatever Alexa sends."""

    def __init__(self, configuration: SkillConfiguration) -> None:
        super().__init__(configuration)
        self.serializer: Any = TolerantSerializer()

    def handle(self, event: Mapping[str, Any], context: object = None) -> dict[str, Any]:
        """Answer a request envelope with a response envelope, both as JSON values. It is Lambda's handler.

        Raises AskSdkException where the request is for another skill.
        """
        envelope = self.serializer.read(event, RequestEnvelope)
        if not isinstance(envelope.session, Session):
            envelope.session = None  # the SDK takes anything else for a session, and fails outside its own guard
        response: dict[str, Any] = self.serializer.serialize(self.invoke(envelope, context))
        return response


def build_skill(deps: Deps) -> Skill:
    """The skill with all its handlers, pain and stop first. Raises ContentError where its words are damaged."""
    load(DEFAULT_LOCALE)  # damaged words stop the start, not a session
    progress = Progress(Guarded(deps.store))
    builder = CustomSkillBuilder()
    builder.skill_id = deps.skill_id  # type: ignore[assignment]  # the SDK takes a str, though it says None
    builder.add_request_handler(IntentHandler(PAIN, progress))
    builder.add_request_handler(IntentHandler(STOP, progress))
    builder.add_request_handler(LaunchHandler(progress))
    builder.add_request_handler(IntentHandler([*TALK, *ASK], progress))
    builder.add_request_handler(DisabledHandler(progress))
    builder.add_request_handler(SilentHandler(progress))
    builder.add_request_handler(AnythingElseHandler(progress))
    builder.add_exception_handler(BugHandler())
    return Skill(builder.skill_configuration)
