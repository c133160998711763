"""What is done: routines, their steps, and the order in which sides are worked on.

All times are seconds. Words are `Words`: see `skill.coach.library`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

MOST_LOAD = 60.0
"""The longest time under weight in one go, from the first word of lowering to the last of easing (content.md 3.0)."""

MOST_SPOT_LOAD = 120.0
"""The longest time under weight for one spot in a session (content.md 2.2, 3.0)."""

MOST_SIDE_LOAD = 180.0
"""The longest time under weight for one side in a session (content.md 2.2, 3.0: low back)."""

MOST_SEATED_LOAD = 240.0
"""The longest time under weight of all that is done seated in a session (content.md 2.2, 3.0)."""

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
    LONG = "long"


class Posture(StrEnum):
    """How somebody lies, stands or sits, and on what: it decides the words that free the body."""

    LYING = "lying"
    BED = "bed"
    SOCKS = "socks"
    SOCK = "sock"
    WALL = "wall"
    SITTING = "sitting"
    ONE_BALL = "one_ball"
    ROLLER = "roller"
    PALM = "palm"


class Kind(StrEnum):
    """What a step of a routine is for."""

    SET_UP = "set-up"
    PLACEMENT = "placement"
    SETTLE = "settle"
    PRESS = "press"
    ROLL = "roll"
    HOLD_SPOT = "hold spot"
    MOVE_OFF = "move-off"
    CHECK_IN = "check-in"
    SIDE_SWITCH = "side switch"
    FINAL_CHECK_IN = "final check-in"
    FINISH = "finish"


HOLDS = frozenset({Kind.SETTLE, Kind.PRESS, Kind.ROLL, Kind.HOLD_SPOT})
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
    """One step of a routine, or a part of one: parts share the step's id.

    text: its instruction, said before any weight is on the ball.
    short: the same for somebody who knows the routine.
    again: where the ball goes for a second and later time on one side; of a hold: where it goes for that one.
    lower: the words with which the weight goes on.
    then: instruction and start in one, when the weight is on already.
    settle: seconds to get comfortable, not counted as hold.
    seconds: how long it is held or rested, by length; least, most: what it can be changed to.
    spot: the place that it loads.
    joins: it always shares its stretch with the hold before it.
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
    least: float = 0
    most: float = 0
    spot: str = ""
    joins: bool = False
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
    """How a routine is named for one thing that people ask for.

    name: what is worked on, such as "hip".
    offer: how it is offered, such as "For the leg, we work on the hip".
    regions: what a pain word rules out for the session.
    after: it is what they get next, once one of these routines (ids) has been done.
    asked: only those get it who ask for the routine's way.
    """

    name: str
    offer: str
    regions: tuple[str, ...]
    after: tuple[str, ...] = ()
    asked: bool = False


class Routine(NamedTuple):
    """A routine, or a variant of one: its steps by what they are for, and the words that ask for it.

    ways: what people say for doing it like this, such as "wall".
    where: how it is told, such as "at the wall".
    note: one sentence on what is different in this variant, empty in the routine itself.
    sides: whether it is done on one side after the other.
    instead: the ways to offer in its place; softer: those that are softer.
    variants: other forms of it, by the way that asks for them.
    """

    id: str
    title: str
    posture: Posture
    ways: tuple[str, ...]
    where: str
    note: Words
    sides: bool
    instead: tuple[str, ...]
    softer: tuple[str, ...]
    areas: Mapping[str, Area]
    lengths: Mapping[Length, Extent]
    set_up: tuple[Step, ...]
    placement: Step
    holds: tuple[Step, ...]
    move_off: Step
    check_in: Step
    side_switch: Step | None
    final_check_in: Step
    finish: Step
    variants: "Mapping[str, Routine]" = MappingProxyType({})

    def legs(self, length: Length, first: Side) -> tuple[Leg, ...]:
        """The passes and sides of one session in order, beginning with the side `first`."""
        extent = self.lengths[length]
        sides = (first, first.other)[: extent.sides] if self.sides else (None,)
        return tuple(Leg(number, side) for number in range(1, extent.passes + 1) for side in sides)

    @property
    def seated(self) -> bool:
        """Whether the whole weight comes down on the balls, sitting."""
        return self.posture in (Posture.SITTING, Posture.ONE_BALL)
