"""What the authors' TOML files may hold: one model a file, unknown keys refused. All times are seconds."""

import re
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from skill.coach.routine import HOLDS, Kind, Length, Posture, Side

POSTURE_WORDS = ("free", "away", "off", "weight_off", "come_off", "stay", "rest", "up", "back", "softer", "down", "end")
"""The placeholders that stand for words of the posture."""

PLACEHOLDERS = {
    "side", "length", "minutes", "hours", "seconds", "step", "steps", "more", "number", "area", "offer", "where",
    "changes", "softer_ways",
    *POSTURE_WORDS,
}  # fmt: skip

_QUIET = re.compile(r"\[(\d+(?:\.\d+)?) s\]")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OFFERED = re.compile(r"\*([^*]+)\*")


WORDINGS = 3
"""A line has one wording, or as many as these (product.md, A session, 6)."""


def _line(text: str) -> str:
    unknown = set(_PLACEHOLDER.findall(text)) - PLACEHOLDERS
    if unknown:
        raise ValueError(f"unknown placeholder {sorted(unknown)}; expected one of {sorted(PLACEHOLDERS)}")
    if not text.strip():
        raise ValueError("expected words")
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        raise ValueError("a brace that belongs to no placeholder")
    if "[" in _QUIET.sub("", text):
        raise ValueError("a quiet is written like [8 s] or [2.5 s]")
    if "*" in _OFFERED.sub("", text):
        raise ValueError("a word that people are asked to say is written like *ready*")
    return text


Text = Annotated[str, Field(min_length=1), AfterValidator(_line)]
Wordings = Text | Annotated[list[Text], Field(min_length=WORDINGS, max_length=WORDINGS)]
"""One wording, or as many as there are, of which the session's number chooses."""

NoWords = Annotated[list[Text], Field(max_length=0)]


def _phrase(text: str) -> str:
    if _PLACEHOLDER.search(text) or len(parts(text)) != 1 or "//" in text:
        raise ValueError("expected words without a placeholder, a breath or a quiet: they are put into other lines")
    return text


Phrase = Annotated[Text, AfterValidator(_phrase)]
"""Words that fill a placeholder."""


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

    minimum: Annotated[float, Field(ge=0)]
    maximum: Annotated[float, Field(le=90)]


SHORTEST_HOLD = 8.0
"""The shortest hold of the source (content.md 3.5, step 5.3); the longest roll is 90 s (2.2)."""

_NEEDS = {
    **dict.fromkeys(HOLDS, ("short", "lower", "then", "spot", "seconds", "limits", "cues")),
    **dict.fromkeys((Kind.MOVE_OFF, Kind.SIDE_SWITCH, Kind.FINISH), ("seconds", "limits")),
    Kind.PLACEMENT: ("short", "again"),
}
"""What a step needs besides its text."""


class StepModel(Strict):
    """A step of a routine, or a part of one."""

    id: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    kind: Kind
    text: Wordings
    short: Wordings | NoWords = []
    again: Wordings | NoWords = []
    lower: Wordings | NoWords = []
    then: Wordings | NoWords = []
    settle: Annotated[float, Field(ge=0, le=15)] = 0
    spot: str = ""
    joins: bool = False
    seconds: dict[Length, float] = {}
    limits: Limits | None = None
    cues: list[MarkModel] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for name in _NEEDS.get(self.kind, ()):
            if not getattr(self, name):
                raise ValueError(f"a {self.kind} needs {name!r}")
        if self.kind in HOLDS and self.limits and self.limits.minimum < SHORTEST_HOLD:
            raise ValueError(f"limits.minimum is {self.limits.minimum:g}; expected at least {SHORTEST_HOLD:g}")
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

    name: Phrase
    offer: Phrase
    regions: Annotated[list[str], Field(min_length=1)]
    after: list[str] = []
    asked: bool = False


class VariantStepModel(Strict):
    """What is different in one step of a variant, or a whole step that the routine has not."""

    id: str
    kind: Kind
    text: Wordings | None = None
    short: Wordings | None = None
    again: Wordings | None = None
    lower: Wordings | None = None
    then: Wordings | None = None
    settle: float | None = None
    spot: str | None = None
    seconds: dict[Length, float] | None = None
    limits: Limits | None = None


class VariantModel(Strict):
    """Another form of a routine: what is different in it."""

    note: Wordings
    where: Phrase | None = None
    posture: Posture | None = None
    ways: list[str] = []
    sides: bool | None = None
    lengths: Annotated[dict[Length, ExtentModel], Field(min_length=1)] | None = None
    instead: list[str] | None = None
    softer: list[str] | None = None
    areas: dict[str, AreaModel] | None = None
    without: list[str] = []
    steps: list[VariantStepModel] = []


class RoutineModel(Strict):
    """routines/*.toml."""

    id: Annotated[str, Field(pattern=r"^R\d+$")]
    title: str
    posture: Posture
    ways: Annotated[list[str], Field(min_length=1)]
    where: Phrase
    note: Wordings | NoWords = []
    sides: bool
    instead: list[str] = []
    softer: list[str] = []
    lengths: Annotated[dict[Length, ExtentModel], Field(min_length=1)]
    areas: Annotated[dict[str, AreaModel], Field(min_length=1)]
    steps: list[StepModel]
    variants: dict[str, VariantModel] = {}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        kinds = [step.kind for step in self.steps]
        for kind in set(Kind) - HOLDS - {Kind.SET_UP, Kind.SIDE_SWITCH}:
            if kinds.count(kind) != 1:
                raise ValueError(f"expected one {kind!s} step, found {kinds.count(kind)}")
        if kinds.count(Kind.SIDE_SWITCH) != self.sides:
            raise ValueError("expected one side switch step where there are sides, and none where there are not")
        first = next((step for step in self.steps if step.kind in HOLDS), None)
        if first is None:
            raise ValueError("expected a step that is held")
        if not any(mark.reminder for mark in first.cues):
            raise ValueError(f"step {first.id}, the first hold, has no cue with 'reminder'")
        for step in self.steps:
            missing = [str(length) for length in self.lengths if length not in step.seconds]
            if step.seconds and missing:
                raise ValueError(f"step {step.id} has no seconds for {', '.join(missing)}")
        return self

    def variant(self, name: str) -> "RoutineModel":
        """A variant as a routine of its own. Raises ValidationError where it is none."""
        change = self.variants[name]
        steps = {(step.id, step.kind): step.model_dump() for step in self.steps if step.id not in change.without}
        for step in change.steps:
            base = steps.get((step.id, step.kind), {})
            steps[step.id, step.kind] = base | step.model_dump(exclude_none=True)
        changed = change.model_dump(exclude_none=True, exclude={"steps", "without", "ways"})
        whole = self.model_dump(exclude={"steps", "variants"}) | changed
        if not whole["sides"]:
            steps = {key: step for key, step in steps.items() if step["kind"] is not Kind.SIDE_SWITCH}
        return RoutineModel.model_validate(whole | {"ways": [name, *change.ways], "steps": list(steps.values())})


class PostureModel(Strict):
    """One table of postures.toml: the words that depend on how somebody lies, stands or sits."""

    free: Phrase
    away: Phrase
    off: Phrase
    weight_off: Phrase
    come_off: Phrase
    stay: Phrase
    rest: Phrase
    up: Phrase
    back: Phrase
    softer: Phrase
    down: Phrase
    end: Phrase


class Numbers(Strict):
    """Numbers as they are spoken."""

    spoken: list[str]


class WordsModel(Strict):
    """words.toml."""

    side: Annotated[dict[Side, str], AfterValidator(partial(_complete, Side))]
    length: Annotated[dict[Length, str], AfterValidator(partial(_complete, Length))]
    changes: dict[str, Phrase]
    last_of_list: str
    emergency: dict[str, str]
    numbers: Numbers


class SlotsModel(Strict):
    """slots.toml: the slots of the interaction model, and the values of our own types with their synonyms."""

    invocation_name: str
    slots: dict[str, str]
    types: dict[str, dict[str, list[str]]]


class FactsModel(Strict):
    """facts.toml: the words by which each fact of the source is known to be heard."""

    heard: dict[Annotated[str, Field(pattern=r"^S\d+$")], Annotated[list[str], Field(min_length=1)]]
