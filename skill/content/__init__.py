"""The words: what authors write (TOML and plain text, one tree a language) and the JSON that is read at run time.

`load` is all that run time needs; `skill.content.build` makes the JSON, `skill.content.model` the interaction model.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from skill.coach.library import Library
from skill.coach.routine import HOLDS, Area, Extent, Kind, Length, Mark, Routine, Step, Words
from skill.speech.pace import ENGLISH, speaking_time

ROOT = Path(__file__).parent
"""Where the trees of the languages are."""

MODELS = ROOT.parent.parent / "interaction_model" / "interactionModels" / "custom"
"""Where the skill package has its interaction models."""

DEFAULT_LOCALE = "en-US"
"""The locale of those that we don't have."""

PACES = {"en": ENGLISH}
"""How fast each language is spoken."""


@cache
def load(locale: str) -> Library:
    """The library of a locale such as "en-GB"; of DEFAULT_LOCALE where its language is not to be had."""
    language = locale.partition("-")[0]
    if language not in PACES:
        return load(DEFAULT_LOCALE)
    data = json.loads((ROOT / f"{language}.json").read_text(encoding="utf-8"))
    words, pace = data["words"], PACES[language]
    return Library(
        routines={routine["id"]: _routine(routine) for routine in data["routines"]},
        lines={name: _words(line) for name, line in data["lines"].items()},
        sides=words["side"],
        lengths=words["length"],
        numbers=tuple(words["numbers"]["spoken"]),
        number=words["emergency"].get(locale, words["emergency"]["other"]),
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
        sides=data["sides"],
        areas={name: Area(**area) for name, area in data["areas"].items()},
        lengths={Length(name): Extent(**extent) for name, extent in data["lengths"].items()},
        set_up=tuple(step for step in steps if step.kind is Kind.SET_UP),
        placement=one[Kind.PLACEMENT],
        holds=tuple(step for step in steps if step.kind in HOLDS),
        move_off=one[Kind.MOVE_OFF],
        check_in=one[Kind.CHECK_IN],
        side_switch=one[Kind.SIDE_SWITCH],
        final_check_in=one[Kind.FINAL_CHECK_IN],
        finish=one[Kind.FINISH],
    )


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
        cues=tuple(Mark(**mark) for mark in data["cues"]),
    )
