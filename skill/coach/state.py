"""Where a session is.

A state keeps deadlines, not counters: when a plan began and what it is made of. It travels in the session
attributes, with a schema number; one that is old, damaged or foreign is read as None.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from skill.coach.attributes import as_count, as_flag, as_number, as_numbers, as_text, as_texts
from skill.coach.memory import SCHEMA, Memory, as_memory, memory_to_attributes
from skill.coach.routine import Length, Posture, Side


class Phase(StrEnum):
    """What we are in the middle of. `HOLD` runs from the placement until the question after the rest."""

    START = "start"
    LOST = "lost"
    RECENT = "recent"
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
    START_OVER = "start_over"
    FORGET = "forget"


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
    whole: seconds of that hold where they have changed them; None for the routine's own.
    entry: how the running stretch was entered.
    began: when the running plan began; asks: when it asks its question.
    weight: since when weight has been on without a rest.
    paused: when the clock was held.
    placed: whether a ball may have been under them in this session.
    posture, regions: how they were on it last, and what it pressed, by side.
    stops: how often they said that it hurts.
    over: whether a stop has ended the day's ball work.
    avoid: where it hurt, by side and region: left alone for this session.
    loads: seconds under weight so far, by side and spot; earlier: the same when this leg began.
    back: the phase that a question came between.

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
    whole: float | None = None
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
    earlier: Mapping[str, float] = MappingProxyType({})
    back: Phase | None = None

    def to_attributes(self) -> dict[str, Any]:
        """The state as session attributes: JSON values, what is at its default left out."""
        attributes: dict[str, Any] = {
            name: value for name, value, default in zip(self._fields, self, _DEFAULT, strict=True) if value != default
        }
        attributes["schema"] = SCHEMA
        for name in ("avoid", "regions"):
            if name in attributes:
                attributes[name] = list(attributes[name])
        for name in ("loads", "earlier"):
            if name in attributes:
                attributes[name] = dict(attributes[name])
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


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "memory": as_memory,
    "phase": Phase,
    "session": as_count,
    "heard": as_number,
    "routine": as_text,
    "variant": as_text,
    "length": Length,
    "side": Side,
    "area": as_text,
    "times": as_count,
    "minutes": as_count,
    "way": as_text,
    "leg": as_count,
    "stretch": as_count,
    "hold": as_count,
    "left": as_number,
    "whole": as_number,
    "entry": Entry,
    "began": as_number,
    "asks": as_number,
    "weight": as_number,
    "paused": as_number,
    "placed": as_flag,
    "posture": Posture,
    "regions": as_texts,
    "stops": as_count,
    "over": as_flag,
    "avoid": as_texts,
    "loads": as_numbers,
    "earlier": as_numbers,
    "back": Phase,
}
