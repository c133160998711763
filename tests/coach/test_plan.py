"""Stretches on their time line."""

from collections.abc import Iterator

import pytest

from skill.coach.course import (
    bearable,
    first_stretch,
    following,
    holds,
    next_leg,
    next_stretch,
    onward,
    pressed,
    session_seconds,
    stretch_plan,
    timeline,
    with_load,
    working_on,
)
from skill.coach.library import Route
from skill.coach.plan import PLACE_SECONDS, Moment, Plan, Stretch, at_the_slowest, loads
from skill.coach.routine import MOST_LOAD, MOST_SPOT_LOAD, Leg, Length, Routine, Side
from skill.coach.state import Entry, State
from skill.content import DEFAULT_LOCALE
from skill.content import load as library_of

LIBRARY = library_of(DEFAULT_LOCALE)

FORMS = [(routine.id, variant) for routine in LIBRARY.routines.values() for variant in ("", *routine.variants)]
"""Every routine and every variant of one."""

SESSIONS = [
    (routine, variant, length, side, times)
    for routine, variant in FORMS
    for length in LIBRARY.routine(routine, variant).lengths
    for side in Side
    for times in range(4)
]
"""Each in every length, on either side first, for beginners and for regulars."""


def session(routine: str, variant: str, length: Length, side: Side, times: int) -> State:
    """A session before its first stretch, in the wording of its number."""
    form = LIBRARY.routine(routine, variant)
    chosen = working_on(State(session=times), Route(routine, variant, next(iter(form.areas))))
    return chosen._replace(times=times, length=length, side=side)


def stretches(state: State) -> Iterator[State]:
    """Every stretch of a session."""
    return onward(LIBRARY, first_stretch(LIBRARY, state))


def form_of(state: State) -> Routine:
    """The routine or variant that a state works on."""
    return LIBRARY.routine(state.routine or "", state.variant)


STATES = [state for chosen in SESSIONS for state in stretches(session(*chosen))]
PLANS = [stretch_plan(LIBRARY, state) for state in STATES]


def first(length: Length = Length.SHORT, done: int = 0) -> State:
    """The hip's first stretch."""
    return State(session=done, times=done, routine="R2", length=length, area="hip")


def test_there_is_much_to_test() -> None:
    """Every routine of the source, in all its forms."""
    assert {routine for routine, _ in FORMS} == {f"R{number}" for number in range(7)}
    assert len(FORMS) > 12
    assert len(PLANS) > 1000


def test_cues_follow_each_other_without_gap_or_overlap() -> None:
    """Each cue begins where the one before it ends."""
    for plan in PLANS:
        at = 0.0
        for cue in plan.script:
            assert abs(cue.at - at) < 1e-6
            assert cue.seconds > 0
            at += cue.seconds
        assert plan.seconds == pytest.approx(at)


def test_a_hold_lasts_what_was_promised() -> None:
    """What the cues take to say is taken out of the silence."""
    for plan in PLANS:
        for hold in plan.holds:
            cues = [cue for cue in plan.script if cue.hold == hold.id]
            assert abs(sum(cue.seconds for cue in cues) - hold.promised) < 1e-6, hold
            assert abs(cues[0].at - hold.begins) < 1e-6


def test_a_hold_is_between_two_chimes_and_its_last_three_seconds_are_counted() -> None:
    """Soft chimes at its start and its end; a reply has no more sounds than Alexa plays."""
    for plan in PLANS:
        for hold in plan.holds:
            within = [index for index, cue in enumerate(plan.script) if cue.hold == hold.id]
            assert plan.script[within[0] - 1].sound == "chime_start"
            assert plan.script[within[-1] + 1].sound == "chime_end"
            counted = {cue.say: hold.begins + hold.promised - cue.at for cue in plan.script if cue.hold == hold.id}
            assert [counted[word] for word in ("Three.", "Two.", "One.")] == pytest.approx([3, 2, 1]), hold
        assert sum(cue.sound is not None for cue in plan.script) <= 5


def test_holds_are_those_of_the_routine() -> None:
    """Each leg has every hold of the routine once, for the seconds of its length."""
    for chosen in SESSIONS:
        start = session(*chosen)
        form, length = form_of(start), chosen[2]
        found = [
            (hold.step, hold.promised) for state in stretches(start) for hold in stretch_plan(LIBRARY, state).holds
        ]
        expected = [(step.id, step.seconds[length]) for step in form.holds]
        assert found == expected * len(form.legs(length, start.side)), chosen


def test_a_hold_is_never_silent_for_ten_seconds() -> None:
    """No ten seconds of a hold without a sound."""
    for plan in PLANS:
        assert all(cue.seconds < 10 for cue in plan.script if cue.hold and cue.say is None)


def test_no_stretch_presses_for_more_than_a_minute() -> None:
    """The time under weight, talk included, at the slowest speech that is provided for."""
    for state, plan in zip(STATES, PLANS, strict=True):
        length = state.length or Length.SHORT
        stretch = Stretch(form_of(state), length, Leg(1, state.side), holds(LIBRARY, state), reminding=True)
        assert sum(loads(timeline(LIBRARY, state), stretch)) <= MOST_LOAD
        assert plan.off - plan.lower <= MOST_LOAD


def test_no_session_breaks_a_load_cap() -> None:
    """Two minutes a spot, three a side, four in all when seated; so no stretch of a whole session is left out."""
    for chosen in SESSIONS:
        total: dict[str, float] = {}
        for state in stretches(session(*chosen)):
            total = with_load(LIBRARY, state._replace(loads=total))
            assert bearable(LIBRARY, state._replace(loads=dict.fromkeys(total, 0.0)))
        assert total.pop("seated", 0.0) <= 240, chosen
        assert max(total.values()) <= MOST_SPOT_LOAD, chosen
        for side in ("left", "right"):
            assert sum(load for spot, load in total.items() if spot.startswith(side)) <= 180, chosen


def test_a_stretch_that_would_break_a_cap_is_left_out() -> None:
    """The load so far counts: what is too much is not begun."""
    state = first(Length.LONG)
    tired = state._replace(loads={"left: buttock": 100.0})
    assert bearable(LIBRARY, state)
    assert not bearable(LIBRARY, tired)
    begun = first_stretch(LIBRARY, tired)
    assert begun is not None
    assert stretch_plan(LIBRARY, begun).holds[0].step == "2.4"
    both = session("R1", "sock", Length.SHORT, Side.LEFT, 0)
    assert set(with_load(LIBRARY, both)) == {"left: low back at the waist", "right: low back at the waist"}
    assert not bearable(LIBRARY, both._replace(loads={"right: low back at the waist": 100.0}))
    worn = state._replace(loads={"left: elsewhere": 179.0, "right: elsewhere": 179.0})
    assert first_stretch(LIBRARY, worn) is None


def test_the_load_is_counted_from_the_first_word_of_lowering_to_the_last_of_easing() -> None:
    """Each hold on its own spot, as far as it has come."""
    state = first(done=1)
    plan = stretch_plan(LIBRARY, state)
    assert pressed(LIBRARY, state, plan, plan.lower).loads == {}
    assert pressed(LIBRARY, state, plan, plan.lower + 7).loads == {"left: buttock": 7.0}
    whole = pressed(LIBRARY, state, plan, 1000).loads
    assert set(whole) == {"left: buttock", "left: buttock to hip"}
    assert sum(whole.values()) == pytest.approx(plan.holds[-1].off - plan.lower, abs=0.2)
    twice = pressed(LIBRARY, state._replace(loads=whole), plan, 1000).loads
    assert sum(twice.values()) == pytest.approx(2 * sum(whole.values()))


def test_every_stretch_ends_with_the_weight_off_a_rest_and_a_question() -> None:
    """Whoever falls silent is off the ball."""
    for state, plan in zip(STATES, PLANS, strict=True):
        after = [cue for cue in plan.script if cue.at >= plan.off - 0.001]
        spoken = [cue.say for cue in after if cue.say is not None]
        assert "ease" in spoken[0].lower()
        move_off = form_of(state).move_off
        assert spoken[1] in (move_off.text[0][0], move_off.short[0][0])
        assert any(cue.say is None and cue.seconds >= 5 for cue in after), "there is a rest"
        assert "say" in spoken[-1].lower()


def test_the_weight_is_off_when_the_check_in_has_been_asked_however_slow_the_voice() -> None:
    """A "no" to it is an answer then, and no cry from a hold that the clock believes over."""
    for state, plan in zip(STATES, PLANS, strict=True):
        if next_stretch(LIBRARY, state) is None:
            assert plan.seconds >= at_the_slowest(tuple(cue for cue in plan.script if cue.at < plan.off)), state


def test_the_first_session_of_a_routine_has_one_hold_a_stretch_later_two() -> None:
    """Beginners hear each hold explained; regulars need fewer turns."""
    for routine in ("R1", "R2", "R3", "R6"):
        for length in Length:
            start = session(routine, "", length, Side.LEFT, 0)
            assert [len(plan.holds) for plan in leg(start)] == [1, 1, 1]
            for done in range(1, 7):
                assert [len(plan.holds) for plan in leg(start._replace(session=done, times=done))] == [2, 1]


def test_settling_and_the_way_back_up_share_a_stretch_with_what_goes_with_them() -> None:
    """Seated, the weight settles before the first lean, and who slides down slides up again."""
    for routine, together in (("R4", ["4.3", "4.4"]), ("R5", ["5.3", "5.4"])):
        start = session(routine, "", Length.SHORT, Side.LEFT, 0)
        assert [hold.step for hold in stretch_plan(LIBRARY, start).holds] == together


def leg(state: State) -> Iterator[Plan]:
    """The plans of one leg."""
    at: State | None = state
    while at is not None:
        yield stretch_plan(LIBRARY, at)
        at = next_stretch(LIBRARY, at)


def test_both_sides_get_equal_time() -> None:
    """Left and right are within half a second of each other, in weight, in holds and in all."""
    compared = 0
    for chosen in SESSIONS:
        start = session(*chosen)
        other = next_leg(LIBRARY, start)
        if form_of(start).sides and other is not None:
            plans = [(one, two) for one, two in zip(leg(start), leg(other), strict=True)]
            compared += 1
            for one, two in plans:
                assert [hold.promised for hold in one.holds] == [hold.promised for hold in two.holds]
            assert sum(a.seconds - b.seconds for a, b in plans) == pytest.approx(0, abs=0.5), chosen
            weights = [sum(plan.holds[-1].off - plan.lower for plan in side) for side in zip(*plans, strict=True)]
            assert weights[0] == pytest.approx(weights[1], abs=0.5), chosen
    assert compared > 100


def test_a_second_pass_is_said_in_short_lines() -> None:
    """Whoever does it again has just heard it."""
    start = session("R2", "", Length.LONG, Side.LEFT, 0)
    again = start._replace(leg=2)
    assert stretch_plan(LIBRARY, again).told < 0.8 * stretch_plan(LIBRARY, start).told


def test_the_reminder_comes_once_a_side_for_three_sessions_then_once_a_session() -> None:
    """The words that stop everything are said again where they may be needed."""
    for done, expected in ((0, 2), (1, 2), (2, 2), (3, 1), (10, 1)):
        state: State | None = first(Length.REGULAR, done)
        heard = []
        while state is not None:
            heard += [cue.say for cue in stretch_plan(LIBRARY, state).script if cue.say and "it hurts" in cue.say]
            state = following(LIBRARY, state)
        assert heard == ["If it hurts, say: Alexa, it hurts."] * expected


def test_everybody_is_reminded_in_every_routine() -> None:
    """The words that stop everything are heard in the first stretch of each, whatever the length and the wording."""
    for chosen in SESSIONS:
        plan = stretch_plan(LIBRARY, session(*chosen))
        assert any(cue.say == "If it hurts, say: Alexa, it hurts." for cue in plan.script if cue.hold), chosen


def test_where_a_hold_has_a_place_of_its_own_the_ball_is_put_there() -> None:
    """The midpoint of the low back is named when its stretch begins, and when a long pause is over."""
    start = session("R1", "", Length.SHORT, Side.LEFT, 0)
    *_, last = stretches(start)
    assert stretch_plan(LIBRARY, last).script[0].say.startswith("The ball goes to the midpoint")  # type: ignore[union-attr]


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
    ten_more = next(cue for cue in plan.script if cue.say and "Ten seconds left" in cue.say)
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
    assert plan.moment(two.begins + 19).left == pytest.approx(1)
    for after in (plan.off, plan.seconds + 1000):
        assert plan.moment(after) == Moment(1, 0.0, 0.0, True, True, True)


@pytest.mark.parametrize("left", [0.5, 2.0, 7.25, 14.5])
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
