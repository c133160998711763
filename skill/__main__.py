"""The command line: `soft-spot`, or `python -m skill`."""

import argparse
import sys
import time
from collections.abc import Sequence

from skill.coach.routine import Length


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="soft-spot", description="Soft Spot, an Alexa skill for ball massage.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    chat = commands.add_parser("chat", help="talk to the skill on a simulated speaker in this terminal")
    chat.add_argument("--fast", action="store_true", help="speak and pause ten times as fast")

    plan = commands.add_parser("plan", help="print what a routine says, and when")
    which = plan.add_mutually_exclusive_group()
    which.add_argument("routine", nargs="?", metavar="ROUTINE", help="its id, such as R2; all of them when left out")
    which.add_argument("--all", action="store_true", help="every routine in every length that it has")
    plan.add_argument("--length", type=Length, choices=list(Length), help="only this length")
    plan.add_argument("--format", choices=["text", "json"], default="text", help="how to print it")

    content = commands.add_parser("content", help="validate the TOML files, or build what the skill says from them")
    content.add_argument("action", choices=["validate", "build"])

    model = commands.add_parser("model", help="build the interaction models from the utterances")
    model.add_argument("action", choices=["build"])

    options = parser.parse_args(arguments)
    if options.command == "chat":
        return _chat(fast=options.fast)
    if options.command == "plan":
        return _plan(None if options.all else options.routine, options.length, json=options.format == "json")
    if options.command == "content":
        return _content(write=options.action == "build")
    return _build_models()


# Each command imports what it needs: a deployment has neither the simulator's libraries nor the authors'.


def _chat(*, fast: bool) -> int:
    from skill.alexa.skill import Deps, build_skill
    from skill.content import DEFAULT_LOCALE, ContentError, build, interaction_model
    from skill.simulator.recogniser import Recogniser
    from skill.simulator.speaker import Speaker
    from skill.simulator.terminal import chat
    from skill.stores.address import AddressError

    try:
        build.build(DEFAULT_LOCALE.partition("-")[0])  # authors hear at once what is wrong with their words
        skill = build_skill(Deps.from_environment())
    except (AddressError, ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    chat(Speaker(skill.handle, Recogniser(interaction_model(DEFAULT_LOCALE)), now=time.time()), fast=fast)
    return 0


def _plan(routine: str | None, length: Length | None, *, json: bool) -> int:
    from skill.content import DEFAULT_LOCALE, load
    from skill.walk import as_json, as_text, walks

    library = load(DEFAULT_LOCALE)
    if routine is not None:
        if routine not in library.routines:
            print(f"no routine {routine!r}; expected one of {', '.join(sorted(library.routines))}", file=sys.stderr)
            return 2
        there_are = library.routines[routine].lengths
        if length not in (None, *there_are):
            print(f"{routine} has no {length} form; expected one of {', '.join(there_are)}", file=sys.stderr)
            return 2
    found = walks(library, routine, length)
    print(as_json(found) if json else as_text(found))
    return 0


def _content(*, write: bool) -> int:
    from skill.content import PACES, ContentError, build

    try:
        for language in PACES:
            if write:
                print(build.write(language))
            else:
                build.build(language)
                print(f"{language}: nothing is wrong")
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
