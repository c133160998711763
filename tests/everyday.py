"""Whole sessions in everyday words: somebody who answers what they are asked, two seconds later."""

import re
from typing import NamedTuple

from skill.coach.course import stretch_plan
from skill.coach.routine import Length
from skill.coach.state import state_from_attributes
from skill.content import DEFAULT_LOCALE, load
from tests.talk import DAY, Talk

LIBRARY = load(DEFAULT_LOCALE)

ASKING = {
    "R0": "my hip with my palm",
    "R1": "my low back",
    "R2": "my hip",
    "R3": "my hip at the wall",
    "R4": "my buttock",
    "R5": "my thighs",
    "R6": "my low back with a foam roller",
}
"""How somebody asks for each routine."""

ANSWERS = {
    "notice": "ready",
    "set_up": "ready",
    "rehearsal": "it hurts",
    "hold": "okay",
    "review": "good",
}
"""What they answer in each phase; in a hold, when its reply is over and its question asked."""

ANSWER_SECONDS = 2.0
"""How long they take to answer."""


FIRST_PRESS, LATER_PRESS = 240.0, 90.0
"""Seconds from the launch to the first press: in a very first session, and later on (product.md, promise 7)."""

FIRST_TURNS = 10
LATER_TURNS = {Length.SHORT: 6, Length.REGULAR: 9, Length.LONG: 14}
"""Turns of a session (promise 7, which says nothing of long ones: as many as their stretches need)."""


MOST_TURNS = 40
"""After so many turns somebody has gone round in circles."""


class Heard(NamedTuple):
    """What a session was like.

    turns: how often they spoke; first_press: seconds from the launch to the first word of lowering.
    seconds: how long it took, to the end of the goodbye; told: the minutes that were told, in words.
    replies: what was said, from the opening to the goodbye.
    """

    turns: int
    first_press: float
    seconds: float
    told: str
    replies: tuple[str, ...]


def session(talk: Talk, routine: str, length: Length) -> Heard:
    """One session, from "open soft spot" to the goodbye, and a day's rest."""
    began, turns, said, press = talk.now, talk.turns, [talk.launch()], None
    while talk.turns - turns < MOST_TURNS:
        talk.listen()
        if talk.asleep:
            break
        talk.wait(ANSWER_SECONDS)
        said.append(talk.say(answer(talk, routine, length)))
        if press is None and talk.attributes.get("phase") == "hold":
            press = _first_press(talk)
    took = talk.now - began
    talk.wait(DAY)
    told = re.findall(r", about ([a-z ]+) minutes", " ".join(said))[-1]
    return Heard(talk.turns - turns, (press or 0.0) - began, took, told, tuple(said))


def first_three(routine: str, length: Length) -> list[Heard]:
    """The first three sessions of a routine in a length, a day apart.

    R5 comes only after R4, and a long form only after a regular one: these sessions come before.
    """
    talk = Talk()
    if routine == "R5":
        session(talk, "R4", Length.SHORT)
    if length is Length.LONG:
        session(talk, routine, Length.REGULAR)
    return [session(talk, routine, length) for _ in range(3)]


def answer(talk: Talk, routine: str, length: Length) -> str:
    """What they answer to the question of the phase they are in."""
    if talk.phase in ANSWERS:
        return ANSWERS[talk.phase]
    same = talk.attributes.get("routine") == routine
    if talk.phase == "welcome" and same and talk.attributes["length"] == length:
        return "yes"
    if not same or talk.phase in ("choice", "welcome"):
        return ASKING[routine]
    order = list(Length)
    now = order.index(Length(talk.attributes["length"]))
    if now == order.index(length):
        return "ready"
    return "longer" if now < order.index(length) else "shorter"


def _first_press(talk: Talk) -> float:
    """When the weight goes on for the first time, as Talk counts seconds."""
    state = state_from_attributes(talk.attributes)
    assert state is not None
    return state.began - talk.start + stretch_plan(LIBRARY, state).lower
