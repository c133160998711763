"""The words: what authors write (TOML and plain text, one tree a language) and the JSON that is read at run time.

`load` is all that run time needs; `skill.content.build` makes the JSON, `skill.content.model` the interaction model.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

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
        return library(json.loads(file.read_text(encoding="utf-8")), locale)
    except (OSError, ValueError) as error:
        raise ContentError([f"{file}: {error}; expected what `soft-spot content build` writes"]) from error
    except (AttributeError, KeyError, TypeError) as error:
        what = f"{type(error).__name__} at {error}"
        raise ContentError([f"{file}: {what}; expected what `soft-spot content build` writes"]) from error


def library(data: Mapping[str, Any], locale: str) -> Library:
    """The library that JSON values of a language hold, for one of its locales."""
    words, pace = data["words"], PACES[locale.partition("-")[0]]
    return Library(
        routines={routine["id"]: _routine(routine) for routine in data["routines"]},
        lines={name: _words(line) for name, line in data["lines"].items()},
        postures={Posture(name): said for name, said in data["postures"].items()},
        sides=words["side"],
        lengths=words["length"],
        changes=words["changes"],
        last_of_list=words["last_of_list"],
        numbers=tuple(words["numbers"]["spoken"]),
        number=words["emergency"].get(locale, words["emergency"]["other"]),
        chimes={name: chime.seconds for name, chime in CHIMES.items()},
        speaking_time=cache(lambda text: speaking_time(text, pace)),
    )


def interaction_model(locale: str) -> dict[str, Any]:
    """The interaction model of a locale, as the skill package has it."""
    model: dict[str, Any] = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    return model


def _words(wordings: list[list[str | float]]) -> Words:
    return tuple(map(tuple, wordings))


def _routine(data: Mapping[str, Any]) -> Routine:
    steps = [_step(step) for step in data["steps"]]
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
        spot=data["spot"],
        joins=data["joins"],
        cues=tuple(Mark(**mark) for mark in data["cues"]),
    )
