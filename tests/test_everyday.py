"""Every routine in every length, from the launch to the goodbye, in everyday words."""

import pytest

from skill.coach.routine import Length, Side
from skill.content.samples import NUMBERS
from skill.simulator.speaker import Doing
from tests.everyday import (
    FIRST_PRESS,
    FIRST_TURNS,
    LATER_PRESS,
    LATER_TURNS,
    LIBRARY,
    Heard,
    answer,
    first_three,
    session,
)
from tests.talk import RELEASE, Talk

ALL = [(routine.id, length) for routine in LIBRARY.routines.values() for length in routine.lengths]
GOODBYES = tuple(str(wording[-1]) for wording in LIBRARY.lines["finish.goodbye"])


@pytest.fixture(scope="module", params=ALL, ids=lambda chosen: "-".join(chosen))
def three(request: pytest.FixtureRequest) -> tuple[str, Length, list[Heard]]:
    """The first three sessions of a routine in a length."""
    routine, length = request.param
    return routine, length, first_three(routine, length)


def test_it_is_heard_to_the_goodbye(three: tuple[str, Length, list[Heard]]) -> None:
    """With every hold on the way, the weight off after each, and how to get up before the last question."""
    routine, length, sessions = three
    form = LIBRARY.routines[routine]
    for heard in sessions:
        said = " ".join(heard.replies)
        assert said.endswith(GOODBYES)
        assert said.count("Three. Two. One.") == len(form.holds) * len(form.legs(length, Side.LEFT))
        assert said.count("If it hurts, say: Alexa, it hurts.") >= 1
        assert str(form.finish.text[0][0]) in said


def test_it_is_quick(three: tuple[str, Length, list[Heard]]) -> None:
    """The first press and the turns of product.md's promise 7."""
    routine, length, (first, *later) = three
    assert first.first_press <= FIRST_PRESS
    if length is Length.SHORT and routine != "R5":
        assert first.turns <= FIRST_TURNS
    for heard in later:
        assert heard.first_press <= LATER_PRESS
        assert heard.turns <= LATER_TURNS[length]


def test_it_takes_as_long_as_was_told(three: tuple[str, Length, list[Heard]]) -> None:
    """The told length is the plan's own: within a minute, once the notice and the choice are over."""
    _, _, (_, *later) = three
    for heard in later:
        assert heard.seconds == pytest.approx(NUMBERS[heard.told] * 60, abs=90)


@pytest.mark.parametrize("routine", sorted(LIBRARY.routines))
def test_it_hurts_at_every_fifth_second_of_every_routine(routine: str) -> None:
    """Once a ball or a hand may be on them, everything stops: the body first, in the position that it is in."""
    talk = Talk()
    if routine == "R5":
        session(talk, "R4", Length.SHORT)
    talk.launch()
    posture = LIBRARY.postures[LIBRARY.routines[routine].posture]
    stopped = 0
    while True:
        while talk.doing is not Doing.LISTENING and not talk.asleep:
            if talk.attributes.get("placed"):
                hurt = talk.copy()
                assert RELEASE.match(hurt.say("it hurts")), hurt.reply
                if talk.phase == "hold":
                    assert hurt.reply.startswith(f"Stopping. {posture['free']}"), hurt.reply
                    assert not any(cue in hurt.silence() for cue in ("Three.", "Hold still.", "start in twenty"))
                    stopped += 1
            talk.wait(5)
        if talk.asleep:
            break
        talk.say(answer(talk, routine, Length.SHORT))
    assert stopped > 20
