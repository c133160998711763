"""AWS Lambda's entry: `handler(event, context)` answers an Alexa request envelope."""

from skill.alexa.skill import Deps, build_skill

handler = build_skill(Deps.from_environment()).handle
