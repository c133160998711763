"""The course of a session: which stretch comes after which, and how long it all takes. All times are seconds."""

from functools import lru_cache

from skill.coach.library import Library
from skill.coach.plan import MOST_LOAD, Plan, Stretch, load, plan
from skill.coach.routine import Leg, Length, Routine, Step, Words
from skill.coach.script import Timeline
from skill.coach.state import Entry, Memory, Phase, Session, State

ANSWER_SECONDS = 3.0
"""What somebody takes to answer a question, for the time that is told beforehand."""

REMINDED_SESSIONS = 3
"""For so many sessions each side has its reminder to say "Alexa, it hurts"; later each session has one."""


WITHOUT_ROUTINE = frozenset({Phase.START, Phase.NOTICE, Phase.CHOICE, Phase.STOPPED, Phase.STUCK})
"""The phases in which no routine need be chosen."""

WITH_HOLD = frozenset({Phase.HOLD, Phase.PAUSED, Phase.UNSURE, Phase.EASING})
"""The phases in which a hold is running, or is to be gone on with."""

ON_COURSE = WITH_HOLD | {Phase.ASKED, Phase.CHECK_IN, Phase.HURT, Phase.SETTLED}
"""The phases in which the session is at some stretch of the routine."""


def chosen(library: Library, state: State) -> tuple[Routine, Length]:
    """The routine and length of a session. Raises LookupError before they are chosen."""
    if state.routine is None or state.length is None:
        raise LookupError("no routine has been chosen yet")
    return library.routines[state.routine], state.length


def leg_of(library: Library, state: State) -> Leg:
    """The pass and the side that the state is on."""
    routine, length = chosen(library, state)
    return routine.legs(length, state.side)[state.leg]


def timeline(library: Library, state: State, **more: str) -> Timeline:
    """An empty time line in this session's wording, with what the placeholders stand for."""
    values = more | {"number": library.number}
    if state.routine is not None:
        routine, length = chosen(library, state)
        area = routine.areas[state.area]
        side = leg_of(library, state).side or state.side
        values |= {
            "side": library.sides[side],
            "length": library.lengths[length],
            "area": area.name,
            "offer": area.offer,
            "session": area.session,
        }
    return Timeline(library, state.session, values)


def spot(leg: Leg, step: Step) -> str:
    """The place that a hold loads, told apart by side."""
    return f"{leg.side or 'both'}: {step.spot}"


def working_on(state: State, routine: Routine, area: str) -> State:
    """The state with a routine chosen, for what they call an area."""
    return state._replace(routine=routine.id, area=area, times=state.memory.done.get(routine.id, 0))


def as_before(library: Library, state: State, session: Session) -> State:
    """The state with what another session had been about."""
    routine = library.routines[session.routine]
    chosen_again = working_on(state, routine, next(iter(routine.areas)))
    return chosen_again._replace(length=session.length, side=session.side)


def holds(library: Library, state: State) -> tuple[Step, ...]:
    """The holds of the stretch that the state is on, without the spots that hurt."""
    leg = leg_of(library, state)
    return tuple(step for step in _groups(library, state)[state.stretch] if spot(leg, step) not in state.avoid)


def next_stretch(library: Library, state: State) -> State | None:
    """The state at the next stretch of this leg that has a hold, None after the last one."""
    return _first(library, state, range(state.stretch + 1, len(_groups(library, state))))


def next_leg(library: Library, state: State) -> State | None:
    """The state at the first stretch of the next leg that has a hold, None after the last one."""
    routine, length = chosen(library, state)
    for leg in range(state.leg + 1, len(routine.legs(length, state.side))):
        found = _first(library, state._replace(leg=leg), range(len(_groups(library, state))))
        if found is not None:
            return found._replace(entry=Entry.PLACE)
    return None


def following(library: Library, state: State) -> State | None:
    """The state at the stretch that comes next, on this leg or a later one; None when there is none."""
    return next_stretch(library, state) or next_leg(library, state)


def stretch_plan(library: Library, state: State, answer: Words | None = None) -> Plan:
    """The plan of the stretch that the state is on, from where it is in it.

    answer: what is said while a hold goes on, in place of its first cue.
    """
    routine, length = chosen(library, state)
    short = state.times >= 2
    stretch = Stretch(
        routine=routine,
        length=length,
        leg=leg_of(library, state),
        steps=holds(library, state)[state.hold :],
        done=state.hold,
        left=state.left,
        entry=state.entry,
        short=short,
        reminding=state.stretch == 0 and (state.leg == 0 or state.session < REMINDED_SESSIONS),
        last=next_stretch(library, state) is None,
    )
    return plan(timeline(library, state), stretch, answer)


def seconds_left(library: Library, state: State) -> float:
    """How long the rest of the session takes, from the beginning of the state's stretch, answers included."""
    total = 0.0
    at: State | None = state._replace(hold=0, left=None)
    while at is not None:
        total += stretch_plan(library, at).seconds + ANSWER_SECONDS
        at = following(library, at)
    return total + finish_line(library, state).at + ANSWER_SECONDS


def session_seconds(library: Library, state: State) -> float:
    """How long a whole session takes, from its set-up, answers included."""
    set_up = set_up_line(library, state).at + ANSWER_SECONDS
    return set_up + seconds_left(library, state._replace(leg=0, stretch=0, entry=Entry.PLACE))


def set_up_line(library: Library, state: State) -> Timeline:
    """The set-up on a time line: what to get, and how to lie down.

    Its short form serves from the second time: the first press comes within ninety seconds then (product.md, 7).
    """
    routine, _ = chosen(library, state)
    line = timeline(library, state)
    for step in routine.set_up:
        line.step = step.id
        line.say(step.short if state.times >= 1 and step.short else step.text)
    return line


def finish_line(library: Library, state: State) -> Timeline:
    """The finish on a time line: how to get up, time for it, and the final check-in."""
    routine, length = chosen(library, state)
    line = timeline(library, state)
    line.step = routine.finish.id
    line.say(routine.finish.text)
    line.quiet(routine.finish.seconds[length])
    line.step = routine.final_check_in.id
    line.say(routine.final_check_in.text)
    return line


def known_sessions(library: Library, memory: Memory) -> Memory:
    """The memory without sessions that this library can't do any more."""
    return memory._replace(last=_known(library, memory.last), parked=_known(library, memory.parked))


def fits(library: Library, state: State) -> bool:
    """Whether the library has what a state speaks of, so that its plan can be made."""
    if state.routine is None:
        return state.phase in WITHOUT_ROUTINE
    routine = library.routines.get(state.routine)
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
    return state.left is None or 0 <= state.left <= MOST_LOAD


def _known(library: Library, session: Session | None) -> Session | None:
    routine = library.routines.get(session.routine) if session else None
    return session if session and routine and session.length in routine.lengths else None


def _first(library: Library, state: State, stretches: range) -> State | None:
    for stretch in stretches:
        there = state._replace(stretch=stretch, hold=0, left=None, entry=Entry.AGAIN)
        if holds(library, there):
            return there
    return None


def _groups(library: Library, state: State) -> tuple[tuple[Step, ...], ...]:
    routine, length = chosen(library, state)
    most = 1 if state.times == 0 else 2
    return _stretches(library, routine.id, length, most, state.session)


@lru_cache(maxsize=256)
def _stretches(
    library: Library, routine_id: str, length: Length, most: int, session: int
) -> tuple[tuple[Step, ...], ...]:
    """A routine's holds in the stretches that they share: at most so many in one, as far as the load allows."""
    routine = library.routines[routine_id]
    side = library.sides[next(iter(library.sides))]
    leg = Leg(1, None)
    groups: list[tuple[Step, ...]] = []
    for step in routine.holds:
        together = (*groups[-1], step) if groups else (step,)
        stretch = Stretch(routine, length, leg, together, entry=Entry.PLACE, reminding=True)
        line = Timeline(library, session, {"side": side})
        if groups and len(together) <= most and load(line, stretch) <= MOST_LOAD:
            groups[-1] = together
        else:
            groups.append((step,))
    return tuple(groups)
