"""What the authors' TOML files may hold: one model a file, unknown keys refused. All times are seconds."""

import re
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from skill.coach.routine import HOLDS, Kind, Length, Side

PLACEHOLDERS = {"side", "length", "minutes", "seconds", "number", "area", "offer", "session"}

_QUIET = re.compile(r"\[(\d+(?:\.\d+)?) s\]")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_OFFERED = re.compile(r"\*([^*]+)\*")


def _line(text: str) -> str:
    unknown = set(_PLACEHOLDER.findall(text)) - PLACEHOLDERS
    if unknown:
        raise ValueError(f"unknown placeholder {sorted(unknown)}; expected one of {sorted(PLACEHOLDERS)}")
    if "[" in _QUIET.sub("", text):
        raise ValueError("a quiet is written like [8 s] or [2.5 s]")
    if "*" in _OFFERED.sub("", text):
        raise ValueError("a word that people are asked to say is written like *ready*")
    return text


Text = Annotated[str, Field(min_length=1), AfterValidator(_line)]
Wordings = Text | list[Text]


def _complete(members: type[StrEnum], words: dict[Any, str]) -> dict[Any, str]:
    missing = sorted(set(members) - set(words))
    if missing:
        raise ValueError(f"missing {', '.join(missing)}")
    return words


def offered(text: str) -> list[str]:
    """The words that a line asks people to say."""
    return _OFFERED.findall(text)


def parts(text: str) -> list[str | float]:
    """A line's texts and quiets (seconds), the marks of offered words taken off. A breath only parts two texts."""
    found: list[str | float] = []
    for index, piece in enumerate(_QUIET.split(_OFFERED.sub(r"\1", text))):
        if index % 2:
            found.append(float(piece))
        else:
            found += [" ".join(said.split()) for said in piece.split("//") if said.strip()]
    return found


class Strict(BaseModel):
    """A table in which unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class MarkModel(Strict):
    """A cue inside a hold."""

    at: float | Literal["half"]
    say: str
    from_seconds: float = 0
    reminder: bool = False


class Limits(Strict):
    """The least and most seconds of a hold or rest."""

    minimum: float
    maximum: float


class StepModel(Strict):
    """A step of a routine."""

    id: str
    kind: Kind
    text: Wordings
    short: Wordings = []
    again: Wordings = []
    lower: Wordings = []
    then: Wordings = []
    settle: float = 0
    spot: str = ""
    seconds: dict[Length, float] = {}
    limits: Limits | None = None
    cues: list[MarkModel] = []
    facts: list[Annotated[str, Field(pattern=r"^S\d+$")]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in HOLDS:
            for name in ("short", "lower", "then", "spot", "seconds", "limits", "cues"):
                if not getattr(self, name):
                    raise ValueError(f"a {self.kind} needs {name!r}")
        if self.kind is Kind.PLACEMENT and not self.again:
            raise ValueError("a placement needs 'again'")
        for length, seconds in self.seconds.items():
            if self.limits is None:
                raise ValueError("a step with 'seconds' needs 'limits'")
            if not self.limits.minimum <= seconds <= self.limits.maximum:
                raise ValueError(
                    f"seconds.{length} is {seconds:g}; expected {self.limits.minimum:g} to {self.limits.maximum:g}"
                )
        return self


class ExtentModel(Strict):
    """How much of a routine a length does."""

    sides: Literal[1, 2]
    passes: Literal[1, 2, 3]


class AreaModel(Strict):
    """How a routine is named for one thing that people ask for."""

    name: Text
    offer: Text
    session: Text


class RoutineModel(Strict):
    """routines/*.toml."""

    id: str
    title: str
    sides: bool
    lengths: dict[Length, ExtentModel]
    areas: dict[str, AreaModel]
    steps: list[StepModel]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        kinds = [step.kind for step in self.steps]
        for kind in set(Kind) - HOLDS - {Kind.SET_UP}:
            if kinds.count(kind) != 1:
                raise ValueError(f"expected one {kind!s} step, found {kinds.count(kind)}")
        for step in self.steps:
            missing = set(self.lengths) - set(step.seconds)
            if step.seconds and missing:
                raise ValueError(f"step {step.id} has no seconds for {sorted(missing)}")
        return self


class Numbers(Strict):
    """Numbers as they are spoken."""

    spoken: list[str]


class WordsModel(Strict):
    """words.toml."""

    side: Annotated[dict[Side, str], AfterValidator(partial(_complete, Side))]
    length: Annotated[dict[Length, str], AfterValidator(partial(_complete, Length))]
    emergency: dict[str, str]
    numbers: Numbers


class SlotsModel(Strict):
    """slots.toml: the slots of the interaction model, and the values of our own types with their synonyms."""

    invocation_name: str
    slots: dict[str, str]
    types: dict[str, dict[str, list[str]]]
