"""The skill: one pure function from a state and an event to a turn, and the table that it reads."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from skill.coach.course import fits, known_sessions, next_stretch, pressed, recalled
from skill.coach.events import Event, Said
from skill.coach.exercise import (
    go_on,
    good,
    heard,
    inform,
    longer_course,
    misheard,
    never_mind,
    next_step,
    no_hurry,
    not_heard,
    not_lying_well,
    ready,
    rehearse,
    rest,
    restart,
    routine_left,
    same,
    set_up,
    shorter_course,
    side_done,
    start_over,
    switch,
    wrong_side,
)
from skill.coach.hold import (
    back,
    carry_on_softer,
    change_in_hold,
    changed_hold,
    changed_paused,
    hold_help,
    in_place,
    inform_in_hold,
    last_again,
    let_go,
    longer_hold,
    lost_go_on,
    over,
    pause,
    preferring_in_hold,
    resume,
    resume_in_place,
    retell,
    retell_paused,
    skip,
    softer,
    softer_next,
    softer_paused,
    softer_way,
    start_over_in_hold,
    switch_in_hold,
    there,
    time_left,
    time_left_paused,
    unsure,
    which_step,
    which_step_paused,
    wrong_side_in_hold,
)
from skill.coach.keeping import forget, forget_in_hold, forgotten
from skill.coach.library import Library
from skill.coach.opening import (
    agreed,
    change_course,
    change_lost,
    change_over,
    choose,
    described,
    first_help,
    first_question,
    first_safety_notes,
    leave_lost,
    longer,
    no_ball,
    not_today,
    note,
    one_shot,
    other_side,
    preferring_first,
    safety_notes,
    same_again,
    shorter,
    softer_offer,
    welcome,
    welcome_in_pain,
    which,
)
from skill.coach.state import Ball, Phase, State, new_session
from skill.coach.stopping import (
    end,
    helped,
    hurts,
    more_help,
    no_more,
    red_flag,
    rest_up,
    screen_flag,
    settled,
    sharp,
    softer_elsewhere,
    still_hurting,
    stuck,
    without_ball,
    worse,
)
from skill.coach.turn import PREFERENCES, Scene, Turn, again, help_here, misunderstood, prefer

Action = Callable[[Scene], Turn]


MOST_LEAD = 30.0
"""No plan begins so many seconds after its reply: a request from before then has no time that can be trusted."""


class ByBall(NamedTuple):
    """An answer that depends on whether a ball has been placed in this session."""

    never: Action
    placed: Action


Row = dict[Said, Action | ByBall]


def advance(state: State, event: Event, library: Library, now: float) -> Turn:
    """Answer an event.

    state: of this session; `State(memory)` for a new one.
    now: the request's own time, in seconds since 1970.
    """
    scene = Scene(_known(state, library, now), event, library, now)
    if scene.state.phase is Phase.HOLD:
        scene = scene.at(pressed(library, scene.state, scene.plan, now - scene.state.began))
    if scene.state.phase is Phase.HOLD and now >= scene.state.asks:
        asked = Phase.CHECK_IN if next_stretch(library, scene.state) is None else Phase.ASKED
        scene = Scene(scene.state._replace(phase=asked), event, library, now)
    cell = TABLE[scene.state.phase][event.said]
    if isinstance(cell, ByBall):
        cell = cell.never if scene.ball is Ball.NEVER else cell.placed
    if cell in BY_THE_CLOCK and now < scene.state.began - MOST_LEAD:
        cell = unsure
    return cell(scene)


def _known(state: State, library: Library, now: float) -> State:
    """The state, if the library has what it speaks of; else a fresh start, in which a ball may be under them.

    Before the first word it is where the session before was, if that died a moment ago.
    """
    if state.phase is Phase.START:
        new = State(memory=state.memory, session=state.session, placed=state.placed)
        return recalled(library, new, now)._replace(phase=Phase.START)
    if fits(library, state):
        return state
    return new_session(known_sessions(library, state.memory), placed=True)


def to(action: Action | ByBall, *events: Said) -> Row:
    """The cells of a row in which some events have the same answer."""
    return dict.fromkeys(events, action)


AGREED = (Said.YES, Said.READY, Said.OKAY, Said.NEXT, Said.GO_ON)
"""A yes to what was offered."""

# What is the same in every phase, unless its row says otherwise: a word that answers no question here has the
# question asked again.
ANYWHERE: Row = (
    to(again, *Said)
    | to(hurts, Said.HURTS)
    | to(sharp, Said.SHARP)
    | to(worse, Said.WORSE)
    | to(red_flag, Said.RED_FLAG)
    | to(stuck, Said.STUCK)
    | to(screen_flag, Said.SCREEN_FLAG)
    | to(end, Said.STOP)
    | to(help_here, Said.HELP)
    | to(misunderstood, Said.UNCLEAR)
    | to(welcome, Said.LAUNCH)
    | to(inform, Said.ASK)
    | to(prefer, *PREFERENCES)
    | to(without_ball, Said.NOT_TODAY)
    | to(forget, Said.FORGET)
)

# Before anything is under anybody a pain word describes.
BEFORE: Row = (
    ANYWHERE
    | to(ByBall(described, hurts), Said.HURTS)
    | to(ByBall(described, sharp), Said.SHARP)
    | to(ByBall(described, worse), Said.WORSE)
    | to(choose, Said.CHOOSE)
    | to(no_ball, Said.NO_BALL)
    | to(safety_notes, Said.SAFETY_NOTES)
)

# Between the stretches of a session, and in a pause.
ON_COURSE: Row = (
    ANYWHERE
    | to(change_course, Said.CHOOSE)
    | to(switch, Said.OTHER_SIDE)
    | to(wrong_side, Said.WRONG_SIDE)
    | to(start_over, Said.START_OVER)
    | to(rest, Said.PAUSE)
)

AFTER_A_STRETCH: Row = (
    ON_COURSE
    | to(routine_left, Said.TIME_LEFT)
    | to(next_step, Said.WHICH_STEP)
    | to(last_again, Said.BACK)
    | to(longer_course, Said.LONGER)
    | to(shorter_course, Said.SHORTER)
)

CHANGES: Row = (
    to(shorter, Said.SHORTER)
    | to(longer, Said.LONGER)
    | to(other_side, Said.OTHER_SIDE, Said.WRONG_SIDE)
    | to(softer_offer, Said.SOFTER)
    | to(which, Said.SOMETHING_ELSE, Said.BACK, Said.START_OVER)
)

OFFERED: Row = BEFORE | CHANGES | to(set_up, *AGREED) | to(which, Said.NO)

TABLE: Mapping[Phase, Row] = {
    Phase.START: (
        to(welcome, *Said)
        | to(ByBall(welcome_in_pain, hurts), Said.HURTS)
        | to(ByBall(welcome_in_pain, sharp), Said.SHARP)
        | to(ByBall(welcome_in_pain, worse), Said.WORSE)
        | to(red_flag, Said.RED_FLAG)
        | to(stuck, Said.STUCK)
        | to(screen_flag, Said.SCREEN_FLAG)
        | to(end, Said.STOP)
        | to(first_help, Said.HELP)
        | to(one_shot, Said.CHOOSE, Said.NO_BALL)
        | to(first_question, Said.ASK)
        | to(first_safety_notes, Said.SAFETY_NOTES)
        | to(preferring_first, *PREFERENCES)
        | to(without_ball, Said.NOT_TODAY)
        | to(forget, Said.FORGET)
    ),
    # Where a session died a moment ago. It may have hurt there: only a clear word goes on.
    Phase.LOST: (
        ANYWHERE
        | to(lost_go_on, Said.GO_ON, Said.READY, Said.SOFTER)
        | to(leave_lost, Said.SOMETHING_ELSE)
        | to(change_lost, Said.CHOOSE)
    ),
    # Whoever says yes means that it was them, and rests.
    Phase.RECENT: (
        BEFORE | to(same_again, Said.GO_ON, Said.NO, Said.READY, Said.NEXT) | to(which, Said.SOMETHING_ELSE)
    ),
    Phase.WELCOME: OFFERED,
    Phase.NOTICE: (
        BEFORE
        | to(agreed, Said.READY, Said.NO, Said.NEXT, Said.GO_ON)
        | to(not_today, Said.YES, Said.NOT_SURE)
        | to(note, Said.CHOOSE, Said.NO_BALL)
        | to(safety_notes, Said.REPEAT)
    ),
    Phase.CHOICE: BEFORE,
    Phase.OFFER: OFFERED,
    Phase.SET_UP: (
        BEFORE
        | CHANGES
        | to(ready, *AGREED, Said.THERE)
        | to(ByBall(not_lying_well, hurts), Said.HURTS)
        | to(no_hurry, Said.PAUSE, Said.NO)
        | to(set_up, Said.REPEAT)
        | to(rehearse, Said.TEST)
    ),
    # Whatever is heard in the rehearsal is the test, signs of danger apart.
    Phase.REHEARSAL: (
        ANYWHERE
        | to(misheard, *(said for said in Said if ANYWHERE[said] in (again, misunderstood)))
        | to(heard, Said.HURTS, Said.SHARP, Said.WORSE)
        | to(not_heard, *AGREED, Said.THERE)
        | to(rehearse, Said.TEST, Said.REPEAT)
        | to(safety_notes, Said.SAFETY_NOTES)
    ),
    # While a ball is under them, whatever is not clearly something else takes the weight off.
    Phase.HOLD: (
        ANYWHERE
        | to(unsure, *(said for said in Said if ANYWHERE[said] in (again, misunderstood)))
        | to(hurts, Said.NO)
        | to(there, Said.THERE, Said.GO_ON)
        | to(in_place, Said.YES, Said.OKAY, Said.READY)
        | to(time_left, Said.TIME_LEFT)
        | to(which_step, Said.WHICH_STEP)
        | to(longer_hold, Said.LONGER)
        | to(changed_hold, Said.SHORTER, Said.SET_HOLD)
        | to(preferring_in_hold, *PREFERENCES)
        | to(retell, Said.REPEAT, Said.REMIND)
        | to(pause, Said.PAUSE)
        | to(let_go, Said.LET_GO)
        | to(skip, Said.NEXT)
        | to(back, Said.BACK)
        | to(switch_in_hold, Said.OTHER_SIDE)
        | to(wrong_side_in_hold, Said.WRONG_SIDE)
        | to(start_over_in_hold, Said.START_OVER)
        | to(change_in_hold, Said.CHOOSE)
        | to(softer, Said.SOFTER)
        | to(inform_in_hold, Said.ASK)
        | to(hold_help, Said.HELP)
        | to(forget_in_hold, Said.FORGET)
    ),
    Phase.ASKED: (
        AFTER_A_STRETCH | to(go_on, *AGREED, Said.THERE, Said.GOOD, Said.LET_GO) | to(softer_next, Said.SOFTER)
    ),
    Phase.CHECK_IN: (
        AFTER_A_STRETCH
        | to(side_done, Said.OKAY, Said.NO, Said.SAME, Said.GOOD, Said.LET_GO, Said.NEXT, Said.GO_ON, Said.READY)
    ),
    Phase.PAUSED: (
        ON_COURSE
        | to(resume, Said.GO_ON, Said.READY)
        | to(resume_in_place, Said.THERE)
        | to(skip, Said.NEXT)
        | to(back, Said.BACK)
        | to(changed_paused, Said.LONGER, Said.SHORTER, Said.SET_HOLD)
        | to(retell_paused, Said.REPEAT, Said.REMIND)
        | to(softer_paused, Said.SOFTER)
        | to(time_left_paused, Said.TIME_LEFT)
        | to(which_step_paused, Said.WHICH_STEP)
    ),
    # It may have been pain: only "carry on" goes on.
    Phase.UNSURE: (
        ANYWHERE
        | to(hurts, Said.YES)
        | to(resume, Said.GO_ON)
        | to(softer_paused, Said.SOFTER)
        | to(time_left_paused, Said.TIME_LEFT)
        | to(rest, Said.PAUSE)
        | to(over, Said.UNCLEAR)
    ),
    Phase.EASING: (
        ANYWHERE
        | to(resume, Said.READY)
        | to(carry_on_softer, Said.GO_ON)
        | to(softer_way, Said.SOFTER)
        | to(change_over, Said.CHOOSE)
        | to(time_left_paused, Said.TIME_LEFT)
        | to(rest, Said.PAUSE)
    ),
    Phase.START_OVER: ANYWHERE | to(restart, Said.YES, Said.START_OVER) | to(never_mind, Said.NO, Said.GO_ON),
    Phase.FORGET: (
        ANYWHERE
        | to(ByBall(described, hurts), Said.HURTS)
        | to(ByBall(described, sharp), Said.SHARP)
        | to(ByBall(described, worse), Said.WORSE)
        | to(forgotten, Said.YES, Said.FORGET)
        | to(never_mind, Said.NO, Said.GO_ON)
    ),
    # After a stop only a clear word goes on, and not before they are ready.
    Phase.HURT: (ANYWHERE | to(still_hurting, Said.HURTS, Said.NO, Said.SAME) | to(settled, Said.SETTLED, Said.GO_ON)),
    Phase.SETTLED: ANYWHERE | to(softer_elsewhere, Said.SOFTER, Said.GO_ON) | to(change_over, Said.CHOOSE),
    Phase.STOPPED: (
        ANYWHERE
        | to(rest_up, Said.NEXT, Said.OKAY, Said.GOOD, Said.LET_GO, Said.SETTLED)
        | to(no_more, Said.GO_ON, Said.READY, Said.CHOOSE, Said.SOFTER)
    ),
    Phase.STUCK: (
        ANYWHERE
        | to(more_help, Said.YES, Said.STUCK)
        | to(helped, Said.NO, Said.OKAY, Said.GOOD, Said.SETTLED, Said.NEXT)
    ),
    Phase.REVIEW: (
        ANYWHERE
        | to(good, Said.GOOD, Said.LET_GO, Said.OKAY)
        | to(same, Said.SAME)
        | to(worse, Said.HURTS)
        | to(change_over, Said.CHOOSE)
    ),
}
"""What is answered in each phase to each event: every cell has its action."""

BY_THE_CLOCK = frozenset({there, in_place, time_left, which_step, longer_hold, changed_hold, preferring_in_hold})
"""The actions that put weight on, or leave it on, by what the clock says."""
