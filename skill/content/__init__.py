"""The words: what authors write (TOML and plain text, one tree a language) and the JSON that is read at run time.

`load` is all that run time needs; `skill.content.build` makes the JSON, `skill.content.model` the interaction model.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from skill.coach.library import Library
from skill.coach.routine import HOLDS, Area, Extent, Kind, Length, Mark, Posture, Routine, Step, Words
from skill.speech.pace import ENGLISH, speaking_time
from skill.speech.ssml import CHIMES

ROOT = Path(__file__).parent
"""Where the trees of the languages are."""

MODELS = ROOT.parent.parent / "interaction_model" / "interactionModels" / "custom"
"""Where the skill package has its interaction models."""

DEFAULT_LOCALE = "en-US"
"""The locale of those that we don't have."""

PACES = {"en": ENGLISH}
"""How fast each language is spoken."""


EXPECTED = "expected what `soft-spot content build` writes"
"""What a damaged JSON file is not."""

Part = TypeVar("Part")


class ContentError(Exception):
    """What is wrong with the content, every problem at once: file, key and what was expected."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@cache
def load(locale: str) -> Library:
    """The library of a locale such as "en-GB"; of DEFAULT_LOCALE where its language is not to be had.

    Raises ContentError where its JSON is damaged.
    """
    language = locale.partition("-")[0]
    if language not in PACES:
        return load(DEFAULT_LOCALE)
    file = ROOT / f"{language}.json"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError([f"{file}: {error}; {EXPECTED}"]) from error
    try:
        return library(data, locale)
    except ContentError as error:
        raise ContentError([f"{file}: {problem}; {EXPECTED}" for problem in error.problems]) from error


def library(data: Mapping[str, Any], locale: str) -> Library:
    """The library that JSON values of a language hold, for one of its locales.

    Raises ContentError with every part of them that can't be read.
    """
    pace, problems = PACES[locale.partition("-")[0]], list[str]()
    routines = [
        _part(f"routines.{number}", partial(_routine, routine), problems)
        for number, routine in enumerate(_part("routines", lambda: data["routines"], problems) or ())
    ]
    lines = _part("lines", lambda: {name: _words(line) for name, line in data["lines"].items()}, problems)
    postures = _part("postures", lambda: {Posture(name): said for name, said in data["postures"].items()}, problems)
    words = _part("words", lambda: _spoken_words(data["words"], locale), problems)
    if problems or lines is None or postures is None or words is None:
        raise ContentError(problems)
    return Library(
        routines={routine.id: routine for routine in routines if routine},
        lines=lines,
        postures=postures,
        chimes={name: chime.seconds for name, chime in CHIMES.items()},
        speaking_time=cache(lambda text: speaking_time(text, pace)),
        **words,
    )


def _part(where: str, read: Callable[[], Part], problems: list[str]) -> Part | None:
    """A part of the JSON, None where it can't be read: `problems` then gets what is wrong with it."""
    try:
        return read()
    except ContentError as error:
        problems += [f"{where}.{problem}" for problem in error.problems]
    except KeyError as error:
        problems.append(f"{where}: {error} is missing")
    except (AttributeError, TypeError, ValueError) as error:
        problems.append(f"{where}: {error}")
    return None


def _spoken_words(words: Mapping[str, Any], locale: str) -> dict[str, Any]:
    return {
        "sides": words["side"],
        "lengths": words["length"],
        "changes": words["changes"],
        "last_of_list": words["last_of_list"],
        "numbers": tuple(words["numbers"]["spoken"]),
        "number": words["emergency"].get(locale, words["emergency"]["other"]),
    }


def interaction_model(locale: str) -> dict[str, Any]:
    """The interaction model of a locale, as the skill package has it."""
    model: dict[str, Any] = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    return model


def _words(wordings: list[list[str | float]]) -> Words:
    return tuple(map(tuple, wordings))


def _routine(data: Mapping[str, Any]) -> Routine:
    problems: list[str] = []
    read = [_part(f"steps.{step.get('id')}", partial(_step, step), problems) for step in data["steps"]]
    if problems:
        raise ContentError(problems)
    steps = [step for step in read if step]
    one = {step.kind: step for step in steps}
    return Routine(
        id=data["id"],
        title=data["title"],
        posture=Posture(data["posture"]),
        ways=tuple(data["ways"]),
        where=data["where"],
        note=_words(data["note"]),
        sides=data["sides"],
        instead=tuple(data["instead"]),
        softer=tuple(data["softer"]),
        areas={name: _area(area) for name, area in data["areas"].items()},
        lengths={Length(name): Extent(**extent) for name, extent in data["lengths"].items()},
        set_up=tuple(step for step in steps if step.kind is Kind.SET_UP),
        placement=one[Kind.PLACEMENT],
        holds=tuple(step for step in steps if step.kind in HOLDS),
        move_off=one[Kind.MOVE_OFF],
        check_in=one[Kind.CHECK_IN],
        side_switch=one.get(Kind.SIDE_SWITCH),
        final_check_in=one[Kind.FINAL_CHECK_IN],
        finish=one[Kind.FINISH],
        variants={name: _routine(variant) for name, variant in data["variants"].items()},
    )


def _area(data: Mapping[str, Any]) -> Area:
    return Area(data["name"], data["offer"], tuple(data["regions"]), tuple(data["after"]), data["asked"])


def _step(data: Mapping[str, Any]) -> Step:
    limits = data["limits"] or {"minimum": 0, "maximum": 0}
    return Step(
        id=data["id"],
        kind=Kind(data["kind"]),
        text=_words(data["text"]),
        short=_words(data["short"]),
        again=_words(data["again"]),
        lower=_words(data["lower"]),
        then=_words(data["then"]),
        settle=data["settle"],
        seconds={Length(name): seconds for name, seconds in data["seconds"].items()},
        least=limits["minimum"],
        most=limits["maximum"],
        spot=data["spot"],
        joins=data["joins"],
        cues=tuple(Mark(**mark) for mark in data["cues"]),
    )
