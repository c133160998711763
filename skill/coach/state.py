"""Where a session is, and what is kept between sessions.

A state keeps deadlines, not counters: when a plan began and what it is made of. It travels in the session
attributes, with a schema number; one that is old, damaged or foreign is read as None.
"""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from skill.coach.routine import Length, Posture, Side

SCHEMA = 2
"""The number of this form of state and memory. Raise it with every change of their meaning."""

NOTICE_VERSION = 1
"""The version of the safety notice. Raise it when its meaning changes: everybody then hears it in full."""

PARKED_SECONDS = 30 * 60
"""How long a parked set-up waits for its person (product.md, A session, 4)."""


class Phase(StrEnum):
    """What we are in the middle of. `HOLD` runs from the placement until the question after the rest."""

    START = "start"
    WELCOME = "welcome"
    NOTICE = "notice"
    CHOICE = "choice"
    OFFER = "offer"
    SET_UP = "set_up"
    REHEARSAL = "rehearsal"
    HOLD = "hold"
    ASKED = "asked"
    CHECK_IN = "check_in"
    PAUSED = "paused"
    UNSURE = "unsure"
    EASING = "easing"
    HURT = "hurt"
    SETTLED = "settled"
    STOPPED = "stopped"
    STUCK = "stuck"
    REVIEW = "review"


class Ball(StrEnum):
    """What the state knows of the ball: not yet placed, under them, or perhaps still under them."""

    NEVER = "never"
    ON = "on"
    MAYBE = "maybe"


class Entry(StrEnum):
    """How a stretch is entered.

    PLACE: the ball is put into place for the first time on this side.
    AGAIN: it is put back into place.
    BACK: twelve seconds to get back on.
    LOWER: the ball is in place, the weight goes on.
    ON: the weight is on, and the hold goes on.
    """

    PLACE = "place"
    AGAIN = "again"
    BACK = "back"
    LOWER = "lower"
    ON = "on"


class Session(NamedTuple):
    """The routine, its variant, its name for the area, the length and side of a session, and when it was.

    Times are seconds since 1970.
    """

    routine: str
    variant: str
    area: str
    length: Length
    side: Side
    at: float


class Memory(NamedTuple):
    """All that may be kept between sessions (product.md, Privacy). Nothing about anybody's health is in it.

    notice: the version of the safety notice that was heard in full.
    rehearsed: whether the stop has been rehearsed.
    done: how often each routine was done to its end, by its id.
    last: the last session that was done to its end.
    parked: a set-up that was interrupted.
    """

    notice: int = 0
    rehearsed: bool = False
    done: Mapping[str, int] = MappingProxyType({})
    last: Session | None = None
    parked: Session | None = None

    @property
    def sessions(self) -> int:
        """How many sessions were done to their end."""
        return sum(self.done.values())


class State(NamedTuple):
    """One session, from its opening to its end.

    session: how many sessions came before this one; it chooses the wording of lines.
    heard: when the safety notice will have been heard to its end.
    routine, variant, length, side, area: what is worked on, and how; `side` is the one that comes first.
    times: how often the routine was done before this session.
    minutes: the time that they said they have, 0 if they said nothing of it.
    way: how they would like it, said before what is worked on.
    leg, stretch, hold: where in the routine, counted from zero.
    left: seconds left of that hold when it was interrupted, with what was left to settle before it; None for all.
    entry: how the running stretch was entered.
    began: when the running plan began; asks: when it asks its question.
    weight: since when weight has been on without a rest.
    paused: when the clock was held.
    placed: whether a ball may have been under them in this session.
    posture, regions: how they were on it last, and what it pressed, by side.
    stops: how often they said that it hurts.
    over: whether a stop has ended the day's ball work.
    avoid: where it hurt, by side and region: left alone for this session.
    loads: seconds under weight so far, by side and spot.

    Times are seconds since 1970.
    """

    memory: Memory = Memory()
    phase: Phase = Phase.START
    session: int = 0
    heard: float = 0
    routine: str | None = None
    variant: str = ""
    length: Length | None = None
    side: Side = Side.LEFT
    area: str = ""
    times: int = 0
    minutes: int = 0
    way: str = ""
    leg: int = 0
    stretch: int = 0
    hold: int = 0
    left: float | None = None
    entry: Entry = Entry.PLACE
    began: float = 0
    asks: float = 0
    weight: float = 0
    paused: float = 0
    placed: bool = False
    posture: Posture | None = None
    regions: tuple[str, ...] = ()
    stops: int = 0
    over: bool = False
    avoid: tuple[str, ...] = ()
    loads: Mapping[str, float] = MappingProxyType({})

    def to_attributes(self) -> dict[str, Any]:
        """The state as session attributes: JSON values, what is at its default left out."""
        attributes: dict[str, Any] = {
            name: value for name, value, default in zip(self._fields, self, _DEFAULT, strict=True) if value != default
        }
        attributes["schema"] = SCHEMA
        for name in ("avoid", "regions"):
            if name in attributes:
                attributes[name] = list(attributes[name])
        if self.loads:
            attributes["loads"] = dict(self.loads)
        if self.memory != _DEFAULT.memory:
            attributes["memory"] = memory_to_attributes(self.memory)
        return attributes


_DEFAULT = State()


def new_session(memory: Memory, *, placed: bool = False) -> State:
    """The state before the first word of a session. `placed` tells that a ball may be under them already."""
    return State(memory=memory, session=memory.sessions, placed=placed)


def state_from_attributes(attributes: object) -> State | None:
    """The state in session attributes; None where there is none, or where it can't be read."""
    if not isinstance(attributes, Mapping) or attributes.get("schema") != SCHEMA:
        return None
    try:
        return State(**{name: _READERS[name](value) for name, value in attributes.items() if name != "schema"})
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def memory_to_attributes(memory: Memory) -> dict[str, Any]:
    """A memory as persistent attributes: JSON values."""
    attributes = memory._asdict() | {"schema": SCHEMA, "done": dict(memory.done)}
    for name in ("last", "parked"):
        if attributes[name] is not None:
            attributes[name] = attributes[name]._asdict()
    return attributes


def memory_from_attributes(attributes: object) -> Memory:
    """The memory in persistent attributes; an empty one where there is none, or where it can't be read."""
    if not isinstance(attributes, Mapping) or attributes.get("schema") != SCHEMA:
        return Memory()
    try:
        return _memory(attributes)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Memory()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(value)
    return value


def _session(value: Any) -> Session | None:
    if value is None:
        return None
    return Session(
        routine=_text(value["routine"]),
        variant=_text(value["variant"]),
        area=_text(value["area"]),
        length=Length(value["length"]),
        side=Side(value["side"]),
        at=_seconds(value["at"]),
    )


def _memory(value: Any) -> Memory:
    return Memory(
        notice=_count(value["notice"]),
        rehearsed=_flag(value["rehearsed"]),
        done={_text(routine): _count(times) for routine, times in value["done"].items()},
        last=_session(value["last"]),
        parked=_session(value["parked"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_text(text) for text in value)


def _loads(value: Any) -> dict[str, float]:
    return {_text(spot): _seconds(seconds) for spot, seconds in value.items()}


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "memory": _memory,
    "phase": Phase,
    "session": _count,
    "heard": _seconds,
    "routine": _text,
    "variant": _text,
    "length": Length,
    "side": Side,
    "area": _text,
    "times": _count,
    "minutes": _count,
    "way": _text,
    "leg": _count,
    "stretch": _count,
    "hold": _count,
    "left": _seconds,
    "entry": Entry,
    "began": _seconds,
    "asks": _seconds,
    "weight": _seconds,
    "paused": _seconds,
    "placed": _flag,
    "posture": Posture,
    "regions": _texts,
    "stops": _count,
    "over": _flag,
    "avoid": _texts,
    "loads": _loads,
}
