"""Sessions that died, sets-up that waited, and the same again: what the next launch knows."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.talk import Talk

MINUTE = 60.0
IN_THE_FIRST_HOLD = ("yes", "ready")


def in_hold(talk: Talk, seconds: float = 50.0) -> Talk:
    """The same again, so many seconds into the first stretch."""
    talk.launch(*IN_THE_FIRST_HOLD)
    talk.wait(seconds)
    return talk


def place(talk: Talk) -> Mapping[str, Any] | None:
    """The place that is kept."""
    found: Mapping[str, Any] | None = talk.kept().get("place")
    return found


@pytest.mark.parametrize("after", [5.0, 5 * MINUTE, 14 * MINUTE])
def test_a_session_that_died_goes_on_at_the_start_of_its_stretch_one_rung_softer(
    regular_user: Talk, after: float
) -> None:
    """Within fifteen minutes, asked first, softer, and not before they are ready."""
    talk = in_hold(regular_user)
    talk.exit()
    talk.wait(after)
    reply = talk.launch()
    assert reply.startswith("Stay off the ball. Soft Spot again. General information, not medical advice.")
    assert reply.endswith(
        "I lost you on your left hip. If it was hurting, say something else, and we leave it. If not, say go on."
    )
    reply = talk.answer("go on")
    assert reply.startswith("All right. Lighter this time. To make it softer, put more weight on your feet")
    assert reply.endswith("Say ready when that's done, or say softer.")
    assert "under the soft top part of your left buttock" in talk.answer("ready")


def test_the_reprompt_of_a_lost_session_frees_rests_and_tells_the_way_back(regular_user: Talk) -> None:
    """Whoever does not answer there has perhaps something under them."""
    talk = in_hold(regular_user)
    talk.exit()
    talk.launch()
    heard = talk.silence()
    assert "Let the ball roll away and rest." in heard
    assert "Alexa, open soft spot" in heard
    assert "I lost you on your left hip." in talk.launch()


@pytest.mark.parametrize("after", [16 * MINUTE, 25 * MINUTE])
def test_later_it_is_only_the_same_as_last_time(regular_user: Talk, after: float) -> None:
    """After fifteen minutes; the load so far still comes along."""
    talk = in_hold(regular_user, 80)
    talk.exit()
    talk.wait(after)
    assert talk.launch().endswith(
        "Left hip on the floor again, about four minutes? Say yes, or tell me what you'd like."
    )
    assert sum(talk.attributes["loads"].values()) > 20


def test_the_load_so_far_comes_along(regular_user: Talk) -> None:
    """What was running when the session died counts whole, since nobody knows how much of it was done."""
    talk = in_hold(regular_user, 41)
    whole = place(talk)
    assert whole is not None
    talk.exit()
    talk.launch("go on", "ready")
    assert talk.attributes["loads"] == whole["loads"]
    assert 30 < sum(whole["loads"].values()) <= 60


def test_who_dies_again_and_again_is_told_that_it_is_enough(regular_user: Talk) -> None:
    """The caps hold across sessions that died: no spot gets more than two minutes."""
    talk = in_hold(regular_user)
    for _ in range(10):
        talk.exit()
        talk.wait(MINUTE)
        assert "I lost you" in talk.launch()
        if "That's enough on this spot today." in talk.answer("go on"):
            return
        talk.answer("ready")
        talk.wait(50)
        assert max(place(talk)["loads"].values()) <= 120  # type: ignore[index]
    pytest.fail("it went on for ever")


def test_what_may_have_hurt_is_left_alone(regular_user: Talk) -> None:
    """Something else: never there again in this session, nor offered at the next launch."""
    talk = in_hold(regular_user)
    talk.exit()
    talk.launch("something else")
    assert talk.reply.endswith("your low back, your hip, your buttock, or your leg?")
    assert place(talk) is None
    assert "right side" in talk.copy().answer("hip")
    assert "Low back, on the floor" in talk.answer("low back")
    talk.exit()
    assert "I lost you" not in talk.launch()


def test_naming_something_else_leaves_it_too(regular_user: Talk) -> None:
    """Without the words "something else"."""
    talk = in_hold(regular_user)
    talk.exit()
    talk.launch()
    assert "Low back, on the floor" in talk.answer("my low back")


@pytest.mark.parametrize("pain", ["it hurts", "ow", "a shooting pain down my leg", "it's worse than before"])
def test_pain_in_a_lost_session_stops_it(regular_user: Talk, pain: str) -> None:
    """As the very first word, and as the answer: the body first, and no place is kept."""
    talk = in_hold(regular_user)
    talk.exit()
    first = talk.copy()
    assert first.say(f"ask soft spot {pain}").startswith("Stopping. Come off the ball, whichever way is easiest.")
    assert place(first) is None
    talk.launch()
    assert talk.answer(pain).startswith("Stopping. Come off the ball, whichever way is easiest.")
    assert place(talk) is None


@pytest.mark.parametrize(
    "words",
    [
        ("it hurts",),
        ("it hurts", "settled", "softer"),
        ("sharp pain",),
        ("it's worse than before",),
        ("i'm numb between my legs",),
        ("i'm stuck",),
        ("i'm pregnant",),
        ("stop",),
        ("i can't do the ball today",),
    ],
)
def test_a_session_that_was_stopped_has_no_place(regular_user: Talk, words: tuple[str, ...]) -> None:
    """After a stop nothing is gone on with; what is kept tells nothing of the stop."""
    talk = in_hold(regular_user)
    for said in words:
        talk.say(said)
    assert place(talk) is None
    kept = talk.kept()
    if not talk.asleep:
        talk.exit()
    assert "I lost you" not in talk.launch()
    assert set(kept) <= {"schema", "version", "notice", "rehearsed", "done", "longest", "last"}


def test_a_session_that_is_done_has_no_place(regular_user: Talk) -> None:
    """Nor has one whose last question was not answered."""
    talk = regular_user
    talk.launch("yes", "ready", "next", "okay")
    assert talk.phase == "review"
    assert place(talk) is None
    talk.silence()
    assert "I lost you" not in talk.launch()


def test_resuming_does_not_depend_on_being_told_that_the_session_ended(regular_user: Talk) -> None:
    """Some devices say nothing: the next request is the launch."""
    talk = in_hold(regular_user)
    talk.vanish()
    talk.wait(2 * MINUTE)
    assert "I lost you on your left hip." in talk.launch()


@pytest.mark.parametrize(("after", "waits"), [(29 * MINUTE, True), (32 * MINUTE, False)])
def test_a_set_up_waits_for_half_an_hour(regular_user: Talk, after: float, waits: bool) -> None:
    """Then straight to the placement; later not."""
    talk = regular_user
    talk.launch("yes")
    talk.exit()
    talk.wait(after)
    assert ("I start in twenty seconds" in talk.launch()) is waits


def test_a_long_form_lost_on_its_second_side_is_found_there() -> None:
    """Leg, stretch and length are those that were."""
    talk = Talk()
    talk.launch("ready", "my hip at the wall", "longer", "ready", "ready", "it hurts", "next", "next", "okay")
    talk.wait(60)
    talk.exit()
    assert "I lost you on your right hip." in talk.launch()
    talk.answer("go on")
    assert "on the right, on the soft top part" in talk.answer("ready")


def test_the_two_balls_have_no_side_to_be_lost_on(regular_user: Talk) -> None:
    """What is done on both sides at once is named without one."""
    talk = regular_user
    talk.launch("something else", "my buttock", "ready", "ready")
    talk.wait(60)
    talk.exit()
    assert "I lost you on your buttock." in talk.launch()


def test_the_same_again_needs_no_choice(regular_user: Talk) -> None:
    """Routine, side and length of the last session are said as a default."""
    reply = regular_user.launch()
    assert reply.endswith("Left hip on the floor again, about four minutes? Say yes, or tell me what you'd like.")
    assert regular_user.answer("yes").endswith("When you're down there, say ready.")
