"""The course of a session: which stretch comes after which, and how long it all takes. All times are seconds."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from skill.coach.library import Library, Route
from skill.coach.memory import LOST_SECONDS, PARKED_SECONDS, Detail, Memory, Place, Session
from skill.coach.plan import Plan, Stretch, loads, plan
from skill.coach.routine import (
    MOST_LOAD,
    MOST_SEATED_LOAD,
    MOST_SIDE_LOAD,
    MOST_SPOT_LOAD,
    Leg,
    Length,
    Posture,
    Routine,
    Step,
    Words,
)
from skill.coach.script import BREATH, LONG_BREATH, Timeline
from skill.coach.state import Entry, Phase, State

ANSWER_SECONDS = 3.0
"""What somebody takes to answer a question, for the time that is told beforehand."""

REMINDED_SESSIONS = 3
"""For so many sessions each side has its reminder to say "Alexa, it hurts"; later each session has one."""

_SEATED = "seated"
"""The name of all seated load, among those of spots."""

RELEASES = ("free", "away", "off", "weight_off", "come_off", "stay", "rest", "up", "end")
"""The words of a posture that free somebody from what is under them."""

PALM = "palm"
"""The way that is offered to everybody in their first session (content.md 3.1)."""

MOST_HOLDS = 2
"""So many holds share a stretch once a routine is known; in its first session each has its own."""


WITHOUT_ROUTINE = frozenset({Phase.START, Phase.RECENT, Phase.NOTICE, Phase.CHOICE, Phase.STOPPED, Phase.STUCK})
"""The phases in which no routine need be chosen."""

WITH_HOLD = frozenset({Phase.HOLD, Phase.PAUSED, Phase.UNSURE, Phase.EASING})
"""The phases in which a hold is running, or is to be gone on with."""

UNDER_WAY = WITH_HOLD | {Phase.ASKED, Phase.CHECK_IN}
"""The phases in which the session is at some stretch of the routine, and may go on from there."""

ON_COURSE = UNDER_WAY | {Phase.LOST, Phase.HURT, Phase.SETTLED}
"""The phases in which the session is at some stretch of the routine."""

BETWEEN = frozenset({Phase.START_OVER, Phase.FORGET})
"""The phases of a question that comes between, and goes back to the phase before."""


def chosen(library: Library, state: State) -> tuple[Routine, Length]:
    """The routine and length of a session. Raises LookupError before they are chosen."""
    if state.routine is None or state.length is None:
        raise LookupError("no routine has been chosen yet")
    return library.routine(state.routine, state.variant), state.length


def leg_of(library: Library, state: State) -> Leg:
    """The pass and the side that the state is on."""
    routine, length = chosen(library, state)
    return routine.legs(length, state.side)[state.leg]


def posture_of(library: Library, state: State) -> Posture:
    """How the chosen routine is done; lying, before one is chosen."""
    return Posture.LYING if state.routine is None else chosen(library, state)[0].posture


def timeline(library: Library, state: State, **more: str) -> Timeline:
    """An empty time line in this session's wording, with what the placeholders stand for."""
    values = more | {"number": library.number}
    values |= library.postures[posture_of(library, state)]
    if state.posture is not None:  # what may be under them is what they were on, whatever comes next
        values |= {name: library.postures[state.posture][name] for name in RELEASES}
    if state.routine is not None:
        routine, length = chosen(library, state)
        area = routine.areas[state.area]
        side = leg_of(library, state).side or state.side
        values |= {
            "side": library.sides[side],
            "length": library.lengths[length],
            "area": area.name,
            "offer": area.offer,
            "where": routine.where,
        }
    breath = LONG_BREATH if state.memory.gaps else BREATH
    return Timeline(library, state.session, _Values(library, state, values), breath=breath)


class _Values(dict[str, str]):
    """What placeholders stand for. Lists of what can be said are made only for the lines that have them."""

    def __init__(self, library: Library, state: State, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._library = library
        self._state = state

    def __missing__(self, name: str) -> str:
        if name == "changes":
            names = tuple(changes(self._library, self._state))
        elif name == "softer_ways":
            names = chosen(self._library, self._state)[0].softer
        else:
            raise KeyError(name)
        return self._library.list([self._library.changes[name] for name in names])


def lengths(library: Library, state: State) -> tuple[Length, ...]:
    """The lengths of the chosen routine that are open to them: a long one comes after a regular one."""
    routine, length = chosen(library, state)
    all_of_them = length is Length.LONG or state.memory.longest in (Length.REGULAR, Length.LONG)
    return tuple(each for each in routine.lengths if each is not Length.LONG or all_of_them)


def changes(library: Library, state: State) -> Iterator[str]:
    """What the offer can be changed to, by name: other ways, other lengths, the other side."""
    routine, length = chosen(library, state)
    yield from routine.instead
    if state.memory.sessions == 0 and PALM not in (*routine.ways, *routine.instead):
        yield PALM
    open_to_them = lengths(library, state)
    index = open_to_them.index(length)
    if index > 0:
        yield "shorter"
    if index + 1 < len(open_to_them):
        yield "longer"
    if routine.sides:
        yield "other_side"


def working_on(state: State, route: Route) -> State:
    """The state with a routine chosen, from its beginning."""
    return state._replace(
        routine=route.routine,
        variant=route.variant,
        area=route.area,
        times=state.memory.done.get(route.routine, 0),
        leg=0,
        stretch=0,
        hold=0,
        left=None,
        whole=None,
        entry=Entry.PLACE,
    )


def as_before(state: State, session: Session) -> State:
    """The state with what another session had been about."""
    chosen_again = working_on(state, Route(session.routine, session.variant, session.area))
    return chosen_again._replace(length=session.length, side=session.side)


def holds(library: Library, state: State) -> tuple[Step, ...]:
    """The holds of the stretch that the state is on; none where it hurt."""
    return () if hurt(library, state) else _groups(library, state)[state.stretch]


def hurt(library: Library, state: State) -> bool:
    """Whether it has hurt where the state works."""
    return not set(state.avoid).isdisjoint(regions(library, state))


def regions(library: Library, state: State) -> tuple[str, ...]:
    """The regions that the state works on, each with its side: both where nothing is done by sides."""
    routine, _ = chosen(library, state)
    side = leg_of(library, state).side
    sides = (side,) if side else tuple(library.sides)
    return tuple(f"{side}: {region}" for side in sides for region in routine.areas[state.area].regions)


def first_stretch(library: Library, state: State) -> State | None:
    """The state at the first stretch that can be done, None where there is none."""
    start = state._replace(leg=0)
    return first_of_leg(library, start) or next_leg(library, start)


def first_of_leg(library: Library, state: State) -> State | None:
    """The state at the first stretch of its leg that can be done, None where there is none."""
    return _first(library, state._replace(earlier=state.loads), 0)


def next_stretch(library: Library, state: State) -> State | None:
    """The state at the next stretch of this leg that can be done, None after the last one."""
    return _first(library, state, state.stretch + 1, Entry.AGAIN)


def next_leg(library: Library, state: State) -> State | None:
    """The state at the first stretch of the next leg that can be done, None after the last one."""
    routine, length = chosen(library, state)
    for leg in range(state.leg + 1, len(routine.legs(length, state.side))):
        found = first_of_leg(library, state._replace(leg=leg))
        if found is not None:
            return found
    return None


def other_side(library: Library, state: State) -> State | None:
    """The state at the first stretch that can be done on the other side; None where there is none.

    That is a later leg of this session, or else this leg, done on the other side.
    """
    routine, length = chosen(library, state)
    legs = routine.legs(length, state.side)
    later = [leg for leg in range(state.leg + 1, len(legs)) if legs[leg].side is not legs[state.leg].side]
    ways = [state._replace(leg=leg) for leg in later] or [state._replace(side=state.side.other)]
    return next(filter(None, (first_of_leg(library, way) for way in ways)), None)


def next_hold(library: Library, state: State) -> State | None:
    """The state at the next hold of its stretch, to be placed anew; None after the last one."""
    following = state._replace(hold=state.hold + 1, left=None, whole=None, entry=Entry.AGAIN)
    return following if following.hold < len(holds(library, state)) else None


def previous_hold(library: Library, state: State) -> State | None:
    """The state at the hold before, on this leg, to be placed anew; None before the first one."""
    if state.hold == 0 and state.stretch == 0:
        return None
    stretch = state.stretch if state.hold else state.stretch - 1
    last = len(_groups(library, state)[stretch]) - 1
    hold = state.hold - 1 if state.hold else last
    return state._replace(stretch=stretch, hold=hold, left=None, whole=None, entry=Entry.AGAIN)


def resized(library: Library, state: State, length: Length) -> State | None:
    """The state in another length of the routine, at the same hold; None where that is not open, or another course."""
    if length not in lengths(library, state):
        return None
    other = state._replace(length=length)
    same = _groups(library, state) == _groups(library, other) and fits(library, other)
    return other if same else None


def sides_swapped(library: Library, state: State) -> State:
    """The state with the load of this leg counted for the other side.

    On the first side the leg itself is the other side's from then on.
    """
    here = leg_of(library, state).side
    if here is None:
        return state
    loads = dict(state.loads)
    for spot in [spot for spot in loads if spot.startswith(f"{here}:")]:
        there = f"{here.other}:{spot.partition(':')[2]}"
        before = state.earlier.get(spot, 0.0)
        loads[there] = round(loads.get(there, 0.0) + loads[spot] - before, 1)
        loads[spot] = before
    return state._replace(loads=loads, side=state.side if state.leg else state.side.other)


def step_number(library: Library, state: State) -> int:
    """The number of the hold that the state is on, counted through the session from one."""
    groups = _groups(library, state)
    a_leg = sum(map(len, groups))
    return state.leg * a_leg + sum(map(len, groups[: state.stretch])) + state.hold + 1


def steps_left(library: Library, state: State) -> int:
    """How many holds come after the one that the state is on."""
    in_stretch = len(holds(library, state)) - state.hold - 1
    return in_stretch + sum(len(holds(library, at)) for at in onward(library, following(library, state)))


def following(library: Library, state: State) -> State | None:
    """The state at the stretch that comes next, on this leg or a later one; None when there is none."""
    return next_stretch(library, state) or next_leg(library, state)


def onward(library: Library, state: State | None) -> Iterator[State]:
    """A state at a stretch, and those at all that come after it; none for None."""
    while state is not None:
        yield state
        state = following(library, state)


def stretch_plan(library: Library, state: State, answer: Words | None = None) -> Plan:
    """The plan of the stretch that the state is on, from where it is in it.

    answer: what is said while a hold goes on, in place of its first cue.
    """
    line, stretch = _pressing(library, state)
    return plan(line, stretch._replace(last=next_stretch(library, state) is None), answer)


def _pressing(library: Library, state: State) -> tuple[Timeline, Stretch]:
    """An empty time line, and what is put on it: the rest of the stretch that the state is on."""
    routine, length = chosen(library, state)
    leg = leg_of(library, state)
    detail = state.memory.detail
    stretch = Stretch(
        routine=routine,
        length=length,
        leg=leg,
        steps=holds(library, state)[state.hold :],
        done=state.hold,
        left=state.left,
        whole=state.whole,
        entry=state.entry,
        short=state.times >= 2 or leg.number > 1 if detail is None else detail is Detail.FEW,
        gaps=state.memory.gaps,
        few=detail is Detail.FEW,
        reminding=state.stretch == 0 and (state.leg == 0 or state.session < REMINDED_SESSIONS),
    )
    return timeline(library, state), stretch


def pressed(library: Library, state: State, plan: Plan, elapsed: float) -> State:
    """The state with the load of so many seconds of its running plan counted."""
    seconds = [max(0.0, min(elapsed, hold.off) - hold.on) for hold in plan.holds]
    return state._replace(loads={spot: round(load, 1) for spot, load in _added(library, state, seconds).items()})


def bearable(library: Library, state: State) -> bool:
    """Whether the rest of the state's stretch is within the load caps, with the load so far."""
    if not state.loads:
        return True  # the content's own plans are: `soft-spot content validate` has seen to that
    return all(seconds <= most for _, seconds, most in caps(library, with_load(library, state)))


def with_load(library: Library, state: State) -> dict[str, float]:
    """Seconds under weight by spot: so far, with the rest of the state's stretch at the slowest speech."""
    return _added(library, state, stretch_loads(library, state))


def stretch_loads(library: Library, state: State) -> tuple[float, ...]:
    """Seconds under weight of each hold that is left of the state's stretch, at the slowest speech."""
    if state.hold == 0 and state.left is None and state.whole is None:
        return _loads(library, _key(library, state), state.stretch)
    return loads(*_pressing(library, state))


def caps(library: Library, total: Mapping[str, float]) -> Iterator[tuple[str, float, float]]:
    """What load is capped: where, the seconds out of those by spot, and the most there may be in a session."""
    yield "seated in all", total.get(_SEATED, 0.0), MOST_SEATED_LOAD
    for side in library.sides:
        on_it = sum(seconds for spot, seconds in total.items() if spot.startswith(f"{side}:"))
        yield f"on the {side} side", on_it, MOST_SIDE_LOAD
    for spot, seconds in total.items():
        if spot != _SEATED:
            yield f"on the spot {spot!r}", seconds, MOST_SPOT_LOAD


def _added(library: Library, state: State, seconds: Sequence[float]) -> dict[str, float]:
    """The loads so far with some seconds for each hold of the state's stretch, from the one that it is on."""
    total = dict(state.loads)
    for step, load in zip(_groups(library, state)[state.stretch][state.hold :], seconds, strict=True):
        for spot in _spots(library, state, step) if load else ():
            total[spot] = total.get(spot, 0.0) + load
    return total


def _spots(library: Library, state: State, step: Step) -> tuple[str, ...]:
    """What a hold loads: its spot, on its side, or on both where it is done on both; seated ones count together too."""
    routine, _ = chosen(library, state)
    side = leg_of(library, state).side
    on: tuple[str, ...] = tuple(f"{each}: {step.spot}" for each in ((side,) if side else library.sides))
    if ":" in step.spot:
        on = (step.spot,)
    elif routine.seated and side is None:
        on = (f"seat: {step.spot}",)
    return (*on, _SEATED) if routine.seated else on


def seconds_left(library: Library, state: State) -> float:
    """How long the rest of the session takes, from the beginning of the state's stretch, answers included."""
    stretches = onward(library, state._replace(hold=0, left=None))
    pressing = sum(stretch_plan(library, at).seconds + ANSWER_SECONDS for at in stretches)
    return pressing + finish_line(library, state).at + ANSWER_SECONDS


def session_seconds(library: Library, state: State) -> float:
    """How long a whole session takes, from its set-up, answers included; what can't be done any more left out."""
    set_up = set_up_line(library, state).at + ANSWER_SECONDS
    first = first_stretch(library, state)
    if first is None:
        return set_up + finish_line(library, state).at + ANSWER_SECONDS
    return set_up + seconds_left(library, first)


def set_up_line(library: Library, state: State) -> Timeline:
    """The set-up on a time line: what to get, and how to lie down.

    Its short form serves from the second time: the first press comes within ninety seconds then (product.md, 7).
    """
    routine, _ = chosen(library, state)
    line = timeline(library, state)
    detail = state.memory.detail
    short = state.times >= 1 if detail is None else detail is Detail.FEW
    if routine.note:
        line.say(routine.note)
    for step in routine.set_up:
        line.step = step.id
        line.say(step.short if short and step.short else step.text)
    line.say("ask.set_up")
    return line


def finish_line(library: Library, state: State) -> Timeline:
    """The finish on a time line: how to get up, time for it, and the final check-in."""
    routine, length = chosen(library, state)
    line = timeline(library, state)
    line.step = routine.finish.id
    line.say(routine.finish.text)
    line.quiet(routine.finish.seconds[length])
    line.step = routine.final_check_in.id
    line.say("ask.review" if state.stops else routine.final_check_in.text)
    return line


def known_sessions(library: Library, memory: Memory) -> Memory:
    """The memory without sessions that this library can't do any more."""
    last = memory.last if memory.last and _knows(library, memory.last) else None
    place = memory.place if memory.place and _knows(library, memory.place.session) else None
    return memory._replace(last=last, place=place)


def session_of(library: Library, state: State, at: float) -> Session:
    """The session as it is remembered, `at` a time in seconds since 1970."""
    routine, length = chosen(library, state)
    return Session(routine.id, state.variant, state.area, length, state.side, round(at, 3))


def place_of(library: Library, state: State, at: float) -> Place:
    """The place that a session under way is at, `at` a time in seconds since 1970."""
    return Place(session_of(library, state, at), True, state.leg, state.stretch, state.loads)


def recalled(library: Library, state: State, now: float) -> State:
    """The state of a new session that knows of the one before: what was pressed then, and where it was if it died.

    now: in seconds since 1970.
    """
    memory = known_sessions(library, state.memory)
    state = state._replace(memory=memory)
    place = memory.place
    if place is None:
        return state
    age = abs(now - place.session.at)
    if age > PARKED_SECONDS:
        return state._replace(memory=memory._replace(place=None))
    there = at_place(library, state, place) if place.begun and age <= LOST_SECONDS else None
    return there or state._replace(loads=place.loads)


def at_place(library: Library, state: State, place: Place) -> State | None:
    """The state at a place where something was under them; None where there is no such place any more."""
    session = as_before(state, place.session)
    there = session._replace(phase=Phase.LOST, leg=place.leg, stretch=place.stretch, loads=place.loads)
    if not fits(library, there) or not holds(library, there):
        return None
    there = there._replace(placed=True, earlier=there.loads)
    return there._replace(posture=posture_of(library, there), regions=regions(library, there))


def fits(library: Library, state: State) -> bool:
    """Whether the library has what a state speaks of, so that its plan can be made."""
    if state.phase in BETWEEN:
        back = state.back
        return back is not None and back not in BETWEEN and fits(library, state._replace(phase=back))
    if state.routine is None:
        return state.phase in WITHOUT_ROUTINE
    routine = _form(library, state.routine, state.variant)
    if routine is None or state.area not in routine.areas:
        return False
    if state.length is None or state.length not in routine.lengths:
        return False
    if state.leg >= len(routine.legs(state.length, state.side)):
        return False
    if state.phase not in ON_COURSE:
        return True
    groups = _groups(library, state)
    if state.stretch >= len(groups) or state.hold >= len(groups[state.stretch]):
        return False
    if state.phase in WITH_HOLD and not holds(library, state)[state.hold :]:
        return False
    return all(seconds is None or 0 <= seconds <= MOST_LOAD for seconds in (state.left, state.whole))


def _knows(library: Library, session: Session) -> bool:
    """Whether the library has what was done in a session."""
    routine = _form(library, session.routine, session.variant)
    return routine is not None and session.length in routine.lengths and session.area in routine.areas


def _form(library: Library, routine: str, variant: str) -> Routine | None:
    try:
        return library.routine(routine, variant)
    except KeyError:
        return None


def _first(library: Library, state: State, stretch: int, entry: Entry = Entry.PLACE) -> State | None:
    """The state at the first stretch of its leg that can be done, from one of its stretches on."""
    for number in range(stretch, len(_groups(library, state))):
        there = state._replace(stretch=number, hold=0, left=None, whole=None, entry=entry)
        if holds(library, there) and bearable(library, there):
            return there
    return None


class _Key(NamedTuple):
    """What the stretches of a session depend on; `most` holds share one."""

    routine: str
    variant: str
    area: str
    length: Length
    session: int
    most: int


def _groups(library: Library, state: State) -> tuple[tuple[Step, ...], ...]:
    return _stretches(library, _key(library, state))


def _key(library: Library, state: State) -> _Key:
    routine, length = chosen(library, state)
    most = 1 if state.times == 0 else MOST_HOLDS
    return _Key(routine.id, state.variant, state.area, length, state.session, most)


@lru_cache(maxsize=1024)
def _stretches(library: Library, key: _Key) -> tuple[tuple[Step, ...], ...]:
    """A routine's holds in the stretches that they share: at most so many in one, as far as the load allows.

    A hold that joins the one before it always shares its stretch.
    """
    groups: list[tuple[Step, ...]] = []
    for unit in _units(library.routine(key.routine, key.variant)):
        together = (*groups[-1], *unit) if groups else unit
        if groups and len(together) <= key.most and sum(_presses(library, key, together)) <= MOST_LOAD:
            groups[-1] = together
        else:
            groups.append(unit)
    return tuple(groups)


@lru_cache(maxsize=1024)
def _loads(library: Library, key: _Key, stretch: int) -> tuple[float, ...]:
    """Seconds under weight of each hold of a whole stretch, at the slowest speech."""
    return _presses(library, key, _stretches(library, key)[stretch])


def _presses(library: Library, key: _Key, together: tuple[Step, ...]) -> tuple[float, ...]:
    state = State(routine=key.routine, variant=key.variant, area=key.area, length=key.length, session=key.session)
    stretch = Stretch(library.routine(key.routine, key.variant), key.length, Leg(1, None), together, reminding=True)
    return loads(timeline(library, state), stretch)


def _units(routine: Routine) -> list[tuple[Step, ...]]:
    """A routine's holds, those that join the one before them together with it."""
    units: list[tuple[Step, ...]] = []
    for step in routine.holds:
        if units and step.joins:
            units[-1] = (*units[-1], step)
        else:
            units.append((step,))
    return units
