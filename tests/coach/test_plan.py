"""Stretches on their time line."""

from collections.abc import Iterator

import pytest

from skill.coach.course import following, holds, next_stretch, session_seconds, stretch_plan, timeline, working_on
from skill.coach.plan import MOST_LOAD, PLACE_SECONDS, Moment, Plan, Stretch, at_the_slowest, load
from skill.coach.routine import Leg, Length, Side
from skill.coach.state import Entry, State
from skill.content import DEFAULT_LOCALE
from skill.content import load as library_of

LIBRARY = library_of(DEFAULT_LOCALE)


def states() -> Iterator[State]:
    """Every stretch of every routine and length, on either side, for beginners and for regulars."""
    for routine in LIBRARY.routines.values():
        for length in routine.lengths:
            for side in Side:
                for done in range(4):
                    chosen = working_on(State(session=done), routine, next(iter(routine.areas)))
                    state: State | None = chosen._replace(times=done, length=length, side=side)
                    while state is not None:
                        yield state
                        state = following(LIBRARY, state)


STATES = list(states())
PLANS = [stretch_plan(LIBRARY, state) for state in STATES]


def first(length: Length = Length.SHORT, done: int = 0) -> State:
    """The hip's first stretch."""
    return State(session=done, times=done, routine="R2", length=length, area="hip")


@pytest.mark.parametrize("plan", PLANS)
def test_cues_follow_each_other_without_gap_or_overlap(plan: Plan) -> None:
    """Each cue begins where the one before it ends."""
    at = 0.0
    for cue in plan.script:
        assert cue.at == pytest.approx(at)
        assert cue.seconds > 0
        at += cue.seconds
    assert plan.seconds == pytest.approx(at)


@pytest.mark.parametrize("plan", PLANS)
def test_a_hold_lasts_what_was_promised(plan: Plan) -> None:
    """What the cues take to say is taken out of the silence."""
    for hold in plan.holds:
        cues = [cue for cue in plan.script if cue.hold == hold.id]
        assert sum(cue.seconds for cue in cues) == pytest.approx(hold.promised)
        assert cues[0].at == pytest.approx(hold.begins)


def test_holds_are_those_of_the_routine() -> None:
    """Each leg has every hold of the routine once, for the seconds of its length."""
    for state in STATES:
        if state.stretch or state.leg:
            continue
        routine = LIBRARY.routines[state.routine or ""]
        length = state.length or Length.SHORT
        found, at = [], state
        while True:
            found += [(hold.step, hold.promised) for hold in stretch_plan(LIBRARY, at).holds]
            later = next_stretch(LIBRARY, at)
            if later is None:
                break
            at = later
        assert found == [(step.id, step.seconds[length]) for step in routine.holds]


@pytest.mark.parametrize("plan", PLANS)
def test_a_hold_is_never_silent_for_ten_seconds(plan: Plan) -> None:
    """No ten seconds of a hold without a sound."""
    assert all(cue.seconds < 10 for cue in plan.script if cue.hold and cue.say is None)


@pytest.mark.parametrize("state", STATES)
def test_no_stretch_presses_for_more_than_a_minute(state: State) -> None:
    """The time under weight, talk included, at the slowest speech that is provided for."""
    routine = LIBRARY.routines[state.routine or ""]
    stretch = Stretch(routine, state.length or Length.SHORT, Leg(1, state.side), holds(LIBRARY, state), reminding=True)
    assert load(timeline(LIBRARY, state), stretch) <= MOST_LOAD
    plan = stretch_plan(LIBRARY, state)
    assert plan.off - plan.lower <= MOST_LOAD


@pytest.mark.parametrize("plan", PLANS)
def test_every_stretch_ends_with_the_weight_off_a_rest_and_a_question(plan: Plan) -> None:
    """Whoever falls silent is off the ball."""
    after = [cue for cue in plan.script if cue.at >= plan.off - 0.001]
    spoken = [cue.say for cue in after if cue.say is not None]
    assert "ease" in spoken[0].lower()
    assert "let the ball roll away" in spoken[1]
    assert any(cue.say is None and cue.seconds >= 5 for cue in after), "there is a rest"
    assert "say" in spoken[-1]


@pytest.mark.parametrize("state", STATES)
def test_the_weight_is_off_when_the_check_in_has_been_asked_however_slow_the_voice(state: State) -> None:
    """A "no" to it is an answer then, and no cry from a hold that the clock believes over."""
    plan = stretch_plan(LIBRARY, state)
    if next_stretch(LIBRARY, state) is None:
        assert plan.seconds >= at_the_slowest(tuple(cue for cue in plan.script if cue.at < plan.off))


def test_the_first_session_of_a_routine_has_one_hold_a_stretch_later_two() -> None:
    """Beginners hear each hold explained; regulars need fewer turns."""
    for length in Length:
        assert [len(plan.holds) for plan in leg(first(length))] == [1, 1, 1]
        for done in range(1, 7):
            assert [len(plan.holds) for plan in leg(first(length, done))] == [2, 1]


def leg(state: State) -> Iterator[Plan]:
    """The plans of one leg."""
    at: State | None = state
    while at is not None:
        yield stretch_plan(LIBRARY, at)
        at = next_stretch(LIBRARY, at)


@pytest.mark.parametrize("done", range(4))
def test_both_sides_get_equal_time(done: int) -> None:
    """Left and right are within half a second of each other."""
    state = first(Length.REGULAR, done)
    left = sum(plan.seconds for plan in leg(state))
    right = sum(plan.seconds for plan in leg(state._replace(leg=1)))
    assert left == pytest.approx(right, abs=0.5)


def test_the_reminder_comes_once_a_side_for_three_sessions_then_once_a_session() -> None:
    """The words that stop everything are said again where they may be needed."""
    for done, expected in ((0, 2), (1, 2), (2, 2), (3, 1), (10, 1)):
        state: State | None = first(Length.REGULAR, done)
        heard = []
        while state is not None:
            heard += [cue.say for cue in stretch_plan(LIBRARY, state).script if cue.say and "it hurts" in cue.say]
            state = following(LIBRARY, state)
        assert heard == ["If it hurts, say: Alexa, it hurts."] * expected


def test_lines_are_short_from_the_third_time() -> None:
    """Who has done a routine twice knows it."""
    seconds = [stretch_plan(LIBRARY, first(done=done)).lower for done in range(1, 4)]
    assert seconds[0] - seconds[1] > 5
    assert seconds[1] == pytest.approx(seconds[2])


def test_twenty_seconds_are_given_to_get_the_ball_into_place() -> None:
    """The clock of "or I start in twenty seconds" is true, and says so half way."""
    plan = stretch_plan(LIBRARY, first())
    told = next(cue for cue in plan.script if cue.say and "twenty seconds" in cue.say)
    assert plan.lower == pytest.approx(told.at + told.seconds + PLACE_SECONDS)
    ten_more = next(cue for cue in plan.script if cue.say and "Ten more" in cue.say)
    assert plan.lower - ten_more.at == pytest.approx(10)


def test_a_moment_knows_step_hold_seconds_left_and_weight() -> None:
    """Where somebody is, worked out for any second of the plan."""
    plan = stretch_plan(LIBRARY, first(done=1))
    one, two = plan.holds
    assert plan.moment(-5) == plan.moment(0) == Moment(0, one.promised, one.begins, False, False, False)
    assert plan.moment(plan.told) == Moment(0, one.promised, one.begins - plan.told, True, False, False)
    assert plan.moment(plan.lower) == Moment(0, one.promised, one.begins - plan.lower, True, True, False)
    assert plan.moment(one.begins + 5).left == pytest.approx(one.promised - 5)
    between = plan.moment(one.begins + one.promised)
    assert (between.hold, between.left, between.lowered) == (1, two.promised, True)
    assert between.begins == pytest.approx(two.begins - one.begins - one.promised)
    assert plan.moment(two.begins + 24).left == pytest.approx(1)
    for after in (plan.off, plan.seconds + 1000):
        assert plan.moment(after) == Moment(1, 0.0, 0.0, True, True, True)


@pytest.mark.parametrize("left", [0.5, 2.0, 7.25, 19.5])
@pytest.mark.parametrize("entry", [Entry.BACK, Entry.AGAIN, Entry.LOWER, Entry.ON])
def test_an_interrupted_hold_goes_on_for_the_seconds_that_were_left(left: float, entry: Entry) -> None:
    """Nobody loses or gains seconds, unless the first cue is longer than what is left."""
    plan = stretch_plan(LIBRARY, first()._replace(left=left, entry=entry))
    assert plan.holds[0].promised == left
    assert plan.off - plan.holds[0].begins == pytest.approx(left, abs=0.3)


def test_going_on_gives_twelve_seconds_to_get_back_on() -> None:
    """After a pause."""
    assert stretch_plan(LIBRARY, first()._replace(left=5.0, entry=Entry.BACK)).lower == pytest.approx(12)


def test_the_told_time_is_the_sum_of_its_parts() -> None:
    """A regular session takes twice the stretches of a short one, and its set-up once."""
    short = session_seconds(LIBRARY, first())
    regular = session_seconds(LIBRARY, first(Length.REGULAR))
    assert 1.6 * short < regular < 2.2 * short
