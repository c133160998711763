"""The command line: `soft-spot`, or `python -m skill`."""

import argparse
import sys
import time
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="soft-spot", description="Soft Spot, an Alexa skill for ball massage.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    chat = commands.add_parser("chat", help="talk to the skill on a simulated speaker in this terminal")
    chat.add_argument("--fast", action="store_true", help="speak and pause ten times as fast")

    content = commands.add_parser("content", help="build what the skill says from its TOML files")
    content.add_argument("action", choices=["build"])

    model = commands.add_parser("model", help="build the interaction models from the utterances")
    model.add_argument("action", choices=["build"])

    options = parser.parse_args(arguments)
    if options.command == "chat":
        return _chat(fast=options.fast)
    if options.command == "content":
        return _build_content()
    return _build_models()


# Each command imports what it needs: a deployment has neither the simulator's libraries nor the authors'.


def _chat(*, fast: bool) -> int:
    from skill.alexa.skill import Deps, build_skill
    from skill.content import DEFAULT_LOCALE, interaction_model
    from skill.simulator.recogniser import Recogniser
    from skill.simulator.speaker import Speaker
    from skill.simulator.terminal import chat

    skill = build_skill(Deps.from_environment())
    chat(Speaker(skill.handle, Recogniser(interaction_model(DEFAULT_LOCALE)), now=time.time()), fast=fast)
    return 0


def _build_content() -> int:
    from skill.content import PACES
    from skill.content.build import ContentError, write

    try:
        for language in PACES:
            print(write(language))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _build_models() -> int:
    from skill.content.model import LOCALES, write

    for locale in LOCALES:
        print(write(locale))
    return 0


if __name__ == "__main__":
    sys.exit(main())
