"""One turn of the conversation: what is known when somebody has spoken, and what is answered."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from skill.coach.course import (
    BETWEEN,
    UNDER_WAY,
    chosen,
    next_stretch,
    place_of,
    posture_of,
    pressed,
    regions,
    session_of,
    session_seconds,
    stretch_plan,
    timeline,
)
from skill.coach.events import Event, Said
from skill.coach.library import Library
from skill.coach.memory import Detail, Memory, Place
from skill.coach.plan import Moment, Plan
from skill.coach.routine import Words
from skill.coach.script import BREATH, Script, Timeline, after, length
from skill.coach.state import Ball, Entry, Phase, State

PARKING = frozenset({Phase.SET_UP, Phase.REHEARSAL})
"""The phases in which silence parks the session: the next launch goes on from there."""


class Turn(NamedTuple):
    """What is answered.

    state: where the session is now. Its memory is what is kept for the next one.
    script: what is said.
    reprompt: what is said when nobody answers; None when the session ends here.
    forget: whether all that is kept of them is to be erased.
    """

    state: State
    script: Script
    reprompt: Script | None
    forget: bool = False


class Scene:
    """What is known when somebody has said something.

    now: the request's own time, in seconds since 1970.
    on: whether they have been on the ball until now, whatever has become of the state since.
    """

    def __init__(self, state: State, event: Event, library: Library, now: float, *, on: bool = False) -> None:
        self.state = state
        self.event = event
        self.library = library
        self.now = now
        self.on = on or state.phase is Phase.HOLD

    @property
    def ball(self) -> Ball:
        """Whether a ball is under them."""
        if self.state.phase is Phase.HOLD:
            return Ball.ON
        return Ball.MAYBE if self.state.placed else Ball.NEVER

    @cached_property
    def plan(self) -> Plan:
        """The plan that is running."""
        return stretch_plan(self.library, self.state)

    @cached_property
    def moment(self) -> Moment:
        """Where they are in the running plan."""
        return self.plan.moment(self.now - self.state.began)

    def line(self, **values: str) -> Timeline:
        """An empty time line for the answer."""
        return timeline(self.library, self.state, **values)

    def at(self, state: State) -> "Scene":
        """The scene at another state."""
        return Scene(state, self.event, self.library, self.now, on=self.on)

    def changed(self, **changes: Any) -> "Scene":
        """The scene with some of its state changed."""
        return self.at(self.state._replace(**changes))


def spoken(scene: Scene, *lines: str | Words, **values: str) -> Script:
    """Some lines as a script; values are for their placeholders."""
    line = scene.line(**values)
    for words in lines:
        line.say(words)
    return line.script


def listen(scene: Scene, phase: Phase, script: Script) -> Turn:
    """Say a script that ends in a question, and wait for the answer in a phase."""
    memory = _with_place(scene.changed(phase=phase))
    return Turn(scene.state._replace(phase=phase, memory=memory), script, spoken(scene, f"reprompt.{phase}"))


def _with_place(scene: Scene) -> Memory:
    """The memory with the place that the session is at, should it die.

    A set-up waits for them as long as nothing has been under them. Once it hurt there is no place any more.
    """
    state = scene.state
    memory = state.memory
    if state.phase in BETWEEN or state.phase is Phase.LOST:
        return memory
    hurt = state.stops or state.over or state.avoid
    if hurt or state.phase in (Phase.STUCK, Phase.REVIEW):
        return memory._replace(place=None)
    if state.phase in UNDER_WAY:
        return memory._replace(place=place_of(scene.library, state, scene.now))
    if state.phase in PARKING and not state.placed:
        return memory._replace(place=Place(session_of(scene.library, state, scene.now)))
    return memory._replace(place=memory.place if memory.place and memory.place.begun else None)


def ask(scene: Scene, phase: Phase, *lines: str | Words, **values: str) -> Turn:
    """Say some lines, the last of which asks, and wait for the answer in a phase."""
    return listen(scene, phase, spoken(scene, *lines, **values))


def close(scene: Scene, *lines: str | Words) -> Turn:
    """Say some lines and end the session. It has no place any more."""
    memory = scene.state.memory._replace(place=None)
    return Turn(scene.state._replace(memory=memory), spoken(scene, *lines), None)


def again(scene: Scene, *before: str | Words, **values: str) -> Turn:
    """Ask the question of the phase once more, after some other lines.

    Where a ball may be under them the first words keep them off it: they may not have heard it yet.
    """
    phase = scene.state.phase
    before = (*off(scene), *before)
    lines = [f"ask.{phase}"]
    if phase is Phase.OFFER:
        lines = [offer_line(scene), "ask.offer"]
    elif phase is Phase.WELCOME and not chosen(scene.library, scene.state)[0].sides:
        lines = ["ask.welcome_whole"]
    if phase in (Phase.WELCOME, Phase.OFFER):
        values["minutes"] = minutes(scene)
    return ask(scene, phase, *before, *lines, **values)


def off(scene: Scene) -> tuple[str, ...]:
    """The line that takes the weight off those who are on the ball, and keeps those off it who may have been."""
    if scene.on:
        return ("stretch.off",)
    return () if scene.ball is Ball.NEVER else ("stop.off",)


def offer_line(scene: Scene) -> str:
    """The line that tells what is about to be done: on one side, on one side first, or on both at once."""
    routine, length = chosen(scene.library, scene.state)
    if not routine.sides:
        return "offer.whole"
    return "offer.two_sides" if routine.lengths[length].sides > 1 else "offer.one_side"


def softer_ways(scene: Scene) -> str:
    """The line that names the softer ways of doing what has been chosen."""
    routine, _ = chosen(scene.library, scene.state)
    return "offer.softer" if routine.softer else "offer.softest"


def topic(scene: Scene) -> str:
    """The line that answers what they ask about."""
    return f"info.{scene.event.choice.topic}"


PREFERENCES: Mapping[Said, tuple[dict[str, Any], str]] = {
    Said.LONGER_GAPS: ({"gaps": True}, "preferred.longer_gaps"),
    Said.SHORTER_GAPS: ({"gaps": False}, "preferred.shorter_gaps"),
    Said.FEWER_WORDS: ({"detail": Detail.FEW}, "preferred.fewer_words"),
    Said.REMIND: ({"detail": Detail.FULL}, "preferred.in_full"),
}
"""How they want things to be said: what is remembered of it, and the line that says so."""


def preferring(scene: Scene) -> tuple[Scene, str]:
    """The scene with what they prefer from now on, and the line that says so."""
    changes, line = PREFERENCES[scene.event.said]
    return scene.changed(memory=scene.state.memory._replace(**changes)), line


def prefer(scene: Scene) -> Turn:
    """How they want things to be said from now on, and the question of the phase again."""
    preferred, line = preferring(scene)
    return again(preferred, line)


def misunderstood(scene: Scene) -> Turn:
    """Not understood: the question again."""
    return again(scene, "fault.unclear")


def help_here(scene: Scene) -> Turn:
    """What can be said in this phase."""
    return ask(scene, scene.state.phase, f"help.{scene.state.phase}")


def minutes(scene: Scene) -> str:
    """How long the chosen session takes, in words."""
    return in_minutes(scene.library, session_seconds(scene.library, scene.state))


def in_minutes(library: Library, seconds: float) -> str:
    """Seconds as the nearest whole number of minutes, at least two, in words."""
    return library.spoken_number(max(2, round(seconds / 60)))


def stretch(scene: Scene, lead: Script = (), answer: Words | None = None) -> Turn:
    """Begin the stretch that the state is on, or go on with it, after a lead.

    answer: what is said while the hold goes on.
    """
    return begun(scene, stretch_plan(scene.library, scene.state, answer), lead)


def begun(scene: Scene, plan: Plan, lead: Script = ()) -> Turn:
    """Begin a plan of the stretch that the state is on, after a lead."""
    began = scene.now + (length(lead) + BREATH if lead else 0.0)
    on_already = scene.state.entry is Entry.ON
    running = scene.changed(
        began=round(began, 3),
        asks=round(began + plan.asks, 3),
        weight=scene.state.weight if on_already else round(began + plan.lower, 3),
        placed=True,
        posture=posture_of(scene.library, scene.state),
        regions=regions(scene.library, scene.state),
    )
    asked = Phase.CHECK_IN if next_stretch(scene.library, scene.state) is None else Phase.ASKED
    turn = listen(running, asked, after(lead, plan.script))
    memory = turn.state.memory._replace(last=session_of(scene.library, running.state, scene.now))
    if memory.place:  # where they are if nothing more is heard of them, all of this counted
        whole = pressed(scene.library, running.state, plan, plan.off)
        memory = memory._replace(place=place_of(scene.library, whole, running.state.asks))
    return turn._replace(state=turn.state._replace(phase=Phase.HOLD, memory=memory))
