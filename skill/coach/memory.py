"""What is kept between sessions (product.md, Privacy), and how what two sessions kept becomes one."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from skill.coach.attributes import as_count, as_counts, as_flag, as_number, as_numbers, as_text
from skill.coach.routine import Length, Side

SCHEMA = 3
"""The number of this form of state and memory. Raise it with every change of their meaning."""

NOTICE_VERSION = 1
"""The version of the safety notice. Raise it when its meaning changes: everybody then hears it in full."""

PARKED_SECONDS = 30 * 60.0
"""How long a parked set-up waits for its person, and how long the load so far counts (product.md, Privacy)."""

LOST_SECONDS = 15 * 60.0
"""How long a session that died can be gone on with (product.md, "A session that died")."""


class Detail(StrEnum):
    """How much is said, where somebody has told: as few words as can be, or every line in full."""

    FEW = "few"
    FULL = "full"


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


class Place(NamedTuple):
    """Where a session was when it was heard of last, should it die.

    session: its time is that of the end of what was said then.
    begun: whether a ball has been under them; else it is a set-up that waits.
    leg, stretch: where in the routine.
    loads: seconds under weight so far, by side and spot, what was running counted whole.
    """

    session: Session
    begun: bool = False
    leg: int = 0
    stretch: int = 0
    loads: Mapping[str, float] = MappingProxyType({})


class Memory(NamedTuple):
    """All that may be kept between sessions (product.md, Privacy). Nothing about anybody's health is in it.

    notice: the version of the safety notice that was heard in full.
    rehearsed: whether the stop has been rehearsed.
    done: how often each routine was done to its end, by its id.
    longest: the longest form that was done to its end.
    last: the last session in which something was under them.
    place: where it was, for half an hour. Never after a pain stop.
    gaps: whether they want longer gaps.
    detail: how much they want to be said; None leaves it to us.
    """

    notice: int = 0
    rehearsed: bool = False
    done: Mapping[str, int] = MappingProxyType({})
    longest: Length | None = None
    last: Session | None = None
    place: Place | None = None
    gaps: bool = False
    detail: Detail | None = None

    @property
    def sessions(self) -> int:
        """How many sessions were done to their end."""
        return sum(self.done.values())


_NOTHING = Memory()


def memory_to_attributes(memory: Memory) -> dict[str, Any]:
    """A memory as persistent attributes: JSON values, what is at its default left out."""
    attributes: dict[str, Any] = {
        name: value for name, value, default in zip(memory._fields, memory, _NOTHING, strict=True) if value != default
    }
    attributes["schema"] = SCHEMA
    if memory.done:
        attributes["done"] = dict(memory.done)
    if memory.last:
        attributes["last"] = memory.last._asdict()
    if memory.place:
        place = memory.place
        attributes["place"] = place._asdict() | {"session": place.session._asdict(), "loads": dict(place.loads)}
    return attributes


def memory_from_attributes(attributes: object) -> Memory:
    """The memory in persistent attributes; an empty one where there is none, or where it can't be read."""
    if not isinstance(attributes, Mapping) or attributes.get("schema") != SCHEMA:
        return Memory()
    try:
        return as_memory(attributes)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Memory()


def merged(base: Memory, mine: Memory, theirs: Memory) -> Memory:
    """What one session has changed since `base`, together with what others have kept meanwhile.

    What was done is counted by both, but never twice: a session that theirs knows already is counted there.
    """
    done = dict(theirs.done)
    if theirs.last is None or theirs.last != mine.last:
        added = {routine: times - base.done.get(routine, 0) for routine, times in mine.done.items()}
        done |= {routine: done.get(routine, 0) + times for routine, times in added.items() if times}
    longest = [theirs.longest] if mine.longest == base.longest else [theirs.longest, mine.longest]
    last = [theirs.last] if mine.last == base.last else [theirs.last, mine.last]
    return Memory(
        notice=theirs.notice if mine.notice == base.notice else max(theirs.notice, mine.notice),
        rehearsed=theirs.rehearsed if mine.rehearsed == base.rehearsed else mine.rehearsed,
        done=done,
        longest=max(filter(None, longest), key=list(Length).index, default=None),
        last=max(filter(None, last), key=lambda session: session.at, default=None),
        place=theirs.place if mine.place == base.place else mine.place,
        gaps=theirs.gaps if mine.gaps == base.gaps else mine.gaps,
        detail=theirs.detail if mine.detail == base.detail else mine.detail,
    )


def as_memory(value: Any) -> Memory:
    """A memory from JSON values. Raises what the readers of `skill.coach.attributes` raise."""
    return Memory(**{name: _READERS[name](part) for name, part in value.items() if name != "schema"})


def _session(value: Any) -> Session:
    return Session(
        routine=as_text(value["routine"]),
        variant=as_text(value["variant"]),
        area=as_text(value["area"]),
        length=Length(value["length"]),
        side=Side(value["side"]),
        at=as_number(value["at"]),
    )


def _place(value: Any) -> Place:
    return Place(
        session=_session(value["session"]),
        begun=as_flag(value["begun"]),
        leg=as_count(value["leg"]),
        stretch=as_count(value["stretch"]),
        loads=as_numbers(value["loads"]),
    )


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "notice": as_count,
    "rehearsed": as_flag,
    "done": as_counts,
    "longest": Length,
    "last": _session,
    "place": _place,
    "gaps": as_flag,
    "detail": Detail,
}
