"""What is done: routines, their steps, and the order in which sides are worked on.

All times are seconds. Words are `Words`: see `skill.coach.library`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

Part = str | float
"""A piece of a line: words to say, or seconds of quiet."""

Line = tuple[Part, ...]

Words = tuple[Line, ...]
"""A line in one or more wordings; the session's number chooses."""


class Side(StrEnum):
    """A side of the body, the person's own."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Length(StrEnum):
    """How much of a routine is done."""

    SHORT = "short"
    REGULAR = "regular"


class Kind(StrEnum):
    """What a step of a routine is for."""

    SET_UP = "set-up"
    PLACEMENT = "placement"
    PRESS = "press"
    ROLL = "roll"
    HOLD_SPOT = "hold spot"
    MOVE_OFF = "move-off"
    CHECK_IN = "check-in"
    SIDE_SWITCH = "side switch"
    FINAL_CHECK_IN = "final check-in"
    FINISH = "finish"


HOLDS = frozenset({Kind.PRESS, Kind.ROLL, Kind.HOLD_SPOT})
"""The kinds of step that are held for a promised time, with weight on the ball."""


class Mark(NamedTuple):
    """A soft cue inside a hold.

    at: seconds after the hold's start, seconds before its end when negative, or its middle.
    say: the name of the line.
    from_seconds: only in holds of at least so many seconds.
    reminder: only where people are reminded of the words that stop everything.
    """

    at: float | Literal["half"]
    say: str
    from_seconds: float = 0
    reminder: bool = False

    def when(self, seconds: float) -> float:
        """Seconds after the start of a hold of `seconds`."""
        if self.at == "half":
            return seconds / 2
        return self.at if self.at >= 0 else seconds + self.at


class Step(NamedTuple):
    """One step of a routine.

    text: its instruction, said before any weight is on the ball.
    short: the same for somebody who has done the routine twice.
    again: a placement for the second and later time on one side.
    lower: the words with which the weight goes on.
    then: instruction and start in one, when the weight is on already.
    settle: seconds to get comfortable, not counted as hold.
    seconds: how long it is held or rested, by length.
    spot: the place that it loads.
    """

    id: str
    kind: Kind
    text: Words
    short: Words
    again: Words = ()
    lower: Words = ()
    then: Words = ()
    settle: float = 0
    seconds: Mapping[Length, float] = MappingProxyType({})
    spot: str = ""
    cues: tuple[Mark, ...] = ()


class Leg(NamedTuple):
    """Once through a routine's holds, on one side (None: both at once)."""

    number: int
    side: Side | None


class Extent(NamedTuple):
    """How often a length goes through the holds: on so many sides, in so many passes."""

    sides: int
    passes: int


class Area(NamedTuple):
    """How a routine is named for one thing that people ask for."""

    name: str
    offer: str
    session: str


class Routine(NamedTuple):
    """A routine: its steps by what they are for, and the words that ask for it."""

    id: str
    sides: bool
    areas: Mapping[str, Area]
    lengths: Mapping[Length, Extent]
    set_up: tuple[Step, ...]
    placement: Step
    holds: tuple[Step, ...]
    move_off: Step
    check_in: Step
    side_switch: Step
    final_check_in: Step
    finish: Step

    def legs(self, length: Length, first: Side) -> tuple[Leg, ...]:
        """The passes and sides of one session in order, beginning with the side `first`."""
        extent = self.lengths[length]
        sides = (first, first.other)[: extent.sides] if self.sides else (None,)
        return tuple(Leg(number, side) for number in range(1, extent.passes + 1) for side in sides)
