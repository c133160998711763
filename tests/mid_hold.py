"""What is said into a running reply, at the coach: words become events through the real interaction model."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ask_sdk_model import RequestEnvelope

from skill.alexa.events import spoken
from skill.alexa.serializer import TolerantSerializer
from skill.coach.advance import advance
from skill.coach.course import working_on
from skill.coach.events import Event
from skill.coach.library import Route
from skill.coach.memory import Memory
from skill.coach.routine import Length
from skill.coach.script import Script
from skill.coach.state import Phase, State
from skill.coach.turn import Turn
from skill.content import DEFAULT_LOCALE, load
from skill.simulator.envelope import Envelopes
from tests.talk import RECOGNISER, START

LIBRARY = load(DEFAULT_LOCALE)

NUMBERS = {LIBRARY.spoken_number(number): number for number in range(61)}


@cache
def event(words: str) -> Event:
    """The event that some words stand for, as the skill gets it from Alexa."""
    request = Envelopes(locale=DEFAULT_LOCALE, user="somebody").intent({}, START, RECOGNISER.hear(words))
    envelope: RequestEnvelope = TolerantSerializer().read(request, RequestEnvelope)
    return spoken(envelope.request)


def say(state: State, words: str, now: float) -> Turn:
    """What is answered to some words."""
    return advance(state, event(words), LIBRARY, now)


def text(turn: Turn) -> str:
    """What a turn says."""
    return " ".join(cue.say for cue in turn.script if cue.say)


class Held(NamedTuple):
    """A hold of a reply, read off its cues: seconds after the reply's beginning."""

    id: str
    begins: float
    ends: float


def held(script: Script) -> list[Held]:
    """The holds of a reply."""
    found: dict[str, Held] = {}
    for cue in script:
        if cue.hold:
            begins = found[cue.hold].begins if cue.hold in found else cue.at
            found[cue.hold] = Held(cue.hold, begins, cue.at + cue.seconds)
    return list(found.values())


class Reply(NamedTuple):
    """A stretch of a routine that is being spoken, from START on.

    holds: its holds. lowers: when the weight goes on, comes off and the question begins: seconds after START.
    """

    name: str
    turn: Turn
    holds: list[Held]
    lowers: float
    off: float
    asks: float

    def left(self, at: float) -> tuple[int, float]:
        """Which hold runs or comes next so many seconds after START, and how many of its seconds are left."""
        for index, hold in enumerate(self.holds):
            if at < hold.ends:
                return index, hold.ends - max(at, hold.begins)
        return len(self.holds) - 1, 0.0


def replies() -> Iterator[Reply]:
    """Every stretch of every routine's first leg, for beginners and for regulars."""
    for routine in LIBRARY.routines.values():
        for times in (0, 2):
            memory = Memory(notice=1, rehearsed=True, done={routine.id: times} if times else {})
            area = next(iter(routine.areas))
            chosen = working_on(State(memory, session=times), Route(routine.id, "", area))
            turn = say(chosen._replace(length=Length.REGULAR, phase=Phase.SET_UP), "ready", START)
            for number in range(1, 20):
                yield _reply(f"{routine.id}, {times} times done, stretch {number}", turn)
                after = turn.state.asks + 1
                turn = _shifted(say(turn.state, "okay", after), after)
                if turn.state.phase is not Phase.HOLD or turn.state.leg:
                    break


def told(turn: Turn) -> int:
    """The seconds that a turn tells first."""
    found = re.search(r"([A-Za-z]+(?: [a-z]+)?) seconds? left", text(turn))
    assert found, text(turn)
    words = found[1].lower()
    return NUMBERS.get(words) or NUMBERS[words.split()[-1]]


def _reply(name: str, turn: Turn) -> Reply:
    state = turn.state
    ease = [cue.at for cue in turn.script if cue.hold]
    assert ease
    lowers = state.weight - START
    return Reply(name, turn, held(turn.script), lowers, held(turn.script)[-1].ends, state.asks - START)


def _shifted(turn: Turn, now: float) -> Turn:
    """A turn as if it had been at START."""
    by = now - START
    state = turn.state
    return turn._replace(state=state._replace(began=state.began - by, asks=state.asks - by, weight=state.weight - by))
