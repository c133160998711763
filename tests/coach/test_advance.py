"""The table, and what holds for every turn whatever comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.events import EVENTS as OF_INTENTS
from skill.coach.advance import TABLE, ByBall, advance
from skill.coach.course import stretch_plan, working_on
from skill.coach.events import Choice, Event, Said, Topic
from skill.coach.exercise import misheard
from skill.coach.hold import unsure
from skill.coach.library import Route
from skill.coach.memory import Detail, Memory, Place, Session
from skill.coach.routine import MOST_LOAD, MOST_SPOT_LOAD, Length, Side
from skill.coach.state import Entry, Phase, State
from skill.coach.turn import Turn, again, misunderstood
from skill.content import DEFAULT_LOCALE, load
from skill.content.schema import offered
from skill.speech.ssml import ssml
from tests.content.test_content import TEXTS
from tests.talk import RECOGNISER, RELEASE, START

LIBRARY = load(DEFAULT_LOCALE)
HIP = State(Memory(notice=1, rehearsed=True), routine="R2", length=Length.REGULAR, area="hip")
SESSIONS = st.builds(
    Session,
    routine=st.sampled_from([*LIBRARY.routines, "gone"]),
    variant=st.sampled_from(["", "wall", "bed", "gone"]),
    area=st.sampled_from(["hip", "back", "buttock", "thigh", "gone"]),
    length=st.sampled_from(Length),
    side=st.sampled_from(Side),
    at=st.floats(START - 4000, START),
)
PLACES = st.builds(
    Place,
    session=SESSIONS,
    begun=st.booleans(),
    leg=st.integers(0, 4),
    stretch=st.integers(0, 3),
    loads=st.dictionaries(st.sampled_from(["left: buttock", "right: buttock", "seated"]), st.floats(0, 130)),
)
MEMORIES = st.builds(
    Memory,
    notice=st.integers(0, 2),
    rehearsed=st.booleans(),
    done=st.dictionaries(st.sampled_from([*LIBRARY.routines, "gone"]), st.integers(0, 5), max_size=2),
    longest=st.none() | st.sampled_from(Length),
    last=st.none() | SESSIONS,
    place=st.none() | PLACES,
    gaps=st.booleans(),
    detail=st.none() | st.sampled_from(Detail),
)
CHOICES = st.builds(
    Choice,
    area=st.none() | st.sampled_from(["hip", "back", "buttock", "leg", "thigh", "elbow"]),
    way=st.none() | st.sampled_from(["wall", "bed", "sock", "one ball", "palm", "roller", "sitting", "moon"]),
    length=st.none() | st.sampled_from(Length),
    side=st.none() | st.sampled_from(Side),
    minutes=st.none() | st.integers(0, 999),
    seconds=st.none() | st.integers(0, 999),
    topic=st.sampled_from(Topic),
)
EVENTS = st.builds(Event, st.sampled_from(Said), CHOICES)


MOVE_OFFS = {
    part
    for routine in LIBRARY.routines.values()
    for form in (routine, *routine.variants.values())
    for words in (form.move_off.text, form.move_off.short)
    for wording in words
    for part in wording
}
"""How the weight comes off at the end of a stretch, in every routine and variant."""


def answer(state: State, said: Said, *, after: float = 0.0) -> Turn:
    """What is answered so many seconds after START."""
    return advance(state, Event(said, Choice(topic=Topic.BALL)), LIBRARY, START + after)


def text(turn: Turn) -> str:
    """What a turn says."""
    return " ".join(cue.say for cue in turn.script if cue.say)


def test_every_cell_has_its_action() -> None:
    """No phase leaves an event open."""
    assert set(TABLE) == set(Phase)
    for phase, row in TABLE.items():
        assert set(row) == set(Said), phase


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("pain", [Said.HURTS, Said.SHARP, Said.WORSE, Said.RED_FLAG])
def test_pain_leaves_every_phase_with_the_release_first(phase: Phase, pain: Said) -> None:
    """Once a ball has been placed, pain is answered with the body first, and what follows is safe.

    The rehearsal comes before any ball; there it is the test, signs of danger apart.
    """
    if phase is Phase.REHEARSAL and pain is not Said.RED_FLAG:
        return
    state = HIP._replace(phase=phase, placed=True, began=START - 10, asks=START + 60)
    turn = answer(state, pain)
    assert RELEASE.match(text(turn)), text(turn)
    assert turn.state.phase in (Phase.HURT, Phase.STOPPED)
    assert all(cue.seconds <= 3 for cue in turn.script if cue.say is None)


@pytest.mark.parametrize("phase", Phase)
def test_stop_closes_at_once(phase: Phase) -> None:
    """Stop closes the session from every phase, without a question."""
    turn = answer(HIP._replace(phase=phase, began=START, asks=START + 60), Said.STOP)
    assert turn.reprompt is None
    assert text(turn).startswith("Stopping")


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("said", Said)
def test_every_cell_answers(phase: Phase, said: Said) -> None:
    """Every phase answers every event, and asks where it stays open."""
    state = HIP._replace(phase=phase, began=START - 30, asks=START + 30, placed=phase is Phase.HOLD)
    check(answer(state, said))


OFFERED = sorted(
    {
        (phase, words)
        for where, line in TEXTS
        for phase in Phase
        if where in (f"ask.{phase}", f"reprompt.{phase}", f"help.{phase}")
        for words in offered(line)
    }
    | {(Phase.PAUSED, words) for where, line in TEXTS if where == "help.hold" for words in offered(line)}
    | {(Phase.HOLD, words) for words in ("it hurts", "there", "wait")}
)


@pytest.mark.parametrize(("phase", "words"), OFFERED)
def test_every_offered_word_works(phase: Phase, words: str) -> None:
    """What a phase offers is answered there with more than its question again."""
    said = OF_INTENTS[RECOGNISER.hear(words).intent]
    cell = TABLE[phase][said]
    actions = [cell.never, cell.placed] if isinstance(cell, ByBall) else [cell]
    assert not {again, misunderstood, misheard, unsure} & set(actions), f"{words!r} does nothing in {phase}"


def test_offers_were_found() -> None:
    """The test above has something to hold on to."""
    assert len(OFFERED) > 70
    assert {phase for phase, _ in OFFERED} == set(Phase)


def test_a_reply_that_has_run_out_is_over() -> None:
    """In the hold "next" takes the weight off first; once the weight is off it goes on."""
    begun = answer(HIP._replace(phase=Phase.SET_UP), Said.READY)
    assert begun.state.phase is Phase.HOLD
    early = answer(begun.state, Said.NEXT, after=begun.state.asks - START - 1)
    assert text(early).startswith("Take your weight off")
    late = answer(begun.state, Said.NEXT, after=begun.state.asks - START + 1)
    assert text(late).startswith("The ball goes back")


def test_a_long_pause_begins_with_the_placement() -> None:
    """After more than a minute the ball is put into place anew, the seconds that were left are kept."""
    paused = HIP._replace(phase=Phase.PAUSED, left=7.0, entry=Entry.BACK, paused=START, placed=True)
    assert text(answer(paused, Said.GO_ON, after=50)).startswith("Slide the ball back to the same")
    late = answer(paused, Said.GO_ON, after=70)
    assert text(late).startswith("The ball goes back")
    hold = [cue for cue in late.script if cue.hold]
    assert sum(cue.seconds for cue in hold) == pytest.approx(7.0)


@pytest.mark.parametrize(
    "change",
    [
        {"routine": "gone"},
        {"routine": None},
        {"length": None},
        {"area": "elbow"},
        {"leg": 5},
        {"stretch": 9},
        {"hold": 9},
        {"left": 1e6},
        {"left": -1.0},
        {"avoid": ("left: buttock",)},
    ],
)
def test_a_state_that_the_library_does_not_know_is_a_fresh_start(change: dict[str, object]) -> None:
    """It takes the ball out first, keeps what is remembered, and still stops when it hurts."""
    state = HIP._replace(phase=Phase.HOLD, began=START, asks=START + 60, placed=True)._replace(**change)  # type: ignore[arg-type]
    assert text(answer(state, Said.GO_ON)).startswith("Come off the ball, whichever way is easiest")
    assert RELEASE.match(text(answer(state, Said.HURTS)))
    assert answer(state, Said.GO_ON).state.memory == HIP.memory


STEPS = st.one_of(st.floats(0, 3), st.floats(-10, 60), st.floats(0, 400))
"""Seconds between two things that are said: talked over, in the middle of it, or long after."""


def test_a_state_before_the_first_word_carries_nothing_else() -> None:
    """Whatever stands in damaged attributes."""
    state = HIP._replace(phase=Phase.START, leg=99)
    for said in Said:
        check(answer(state, said))


@settings(max_examples=300, deadline=None)
@given(MEMORIES, st.lists(st.tuples(EVENTS, STEPS), min_size=1, max_size=40))
def test_no_sequence_of_events_breaks_a_promise(memory: Memory, events: list[tuple[Event, float]]) -> None:
    """Whatever is said, and whenever: nothing raises, every open session asks, no reply ends on the ball.

    Nor does any sequence bring more weight than the caps: in one go, on a spot, on a side.
    """
    state, now, weights = State(memory), START, Weights()
    for event, seconds in events:
        now += seconds
        turn = advance(state, event, LIBRARY, now)
        check(turn)
        weights.count(state, turn.state, now)
        if turn.reprompt is None:
            break
        state = turn.state


WORDS_OF_A_SESSION = st.sampled_from(
    [Said.READY, Said.NEXT, Said.OKAY, Said.GO_ON, Said.PAUSE, Said.TIME_LEFT, Said.THERE, Said.SOFTER, Said.CHOOSE]
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(LIBRARY.routines)),
    st.lists(st.tuples(st.builds(Event, WORDS_OF_A_SESSION, CHOICES), st.floats(0, 90)), min_size=10, max_size=40),
)
def test_no_long_session_brings_too_much_weight(routine: str, events: list[tuple[Event, float]]) -> None:
    """Somebody who goes on and on, pauses, asks and changes over, stays within the caps."""
    form = LIBRARY.routines[routine]
    last = Session(routine, "", next(iter(form.areas)), list(form.lengths)[-1], Side.LEFT, START - 9_000)
    memory = Memory(notice=1, rehearsed=True, done={routine: 2}, last=last)
    state, now, weights = advance(State(memory), Event(Said.LAUNCH), LIBRARY, START).state, START, Weights()
    for event, seconds in events:
        now += seconds
        turn = advance(state, event, LIBRARY, now)
        weights.count(state, turn.state, now)
        if turn.reprompt is None:
            break
        state = turn.state


class Weights:
    """Seconds under weight, counted from the plans and from when people speak: by spot, and in one go."""

    def __init__(self) -> None:
        self.spots: dict[str, float] = {}
        self.go = 0.0

    def count(self, before: State, after: State, now: float) -> None:
        """Count what was pressed until somebody spoke, and hold it against the caps."""
        if before.phase is not Phase.HOLD or before.routine is None:
            return
        form = LIBRARY.routine(before.routine, before.variant)
        spots = {step.id: step.spot for step in form.holds}
        for hold in stretch_plan(LIBRARY, before).holds:
            seconds = max(0.0, min(now - before.began, hold.off) - hold.on)
            seated = before.routine in ("R4", "R5")
            where = hold.side or "both"
            spot = f"{'seat ' if seated else ''}{where}: {spots[hold.step]}"
            self.spots[spot] = self.spots.get(spot, 0.0) + seconds
            self.go += seconds
            assert self.spots[spot] <= MOST_SPOT_LOAD + TOLERANCE, spot
        for side, most in (("left", 180), ("right", 180), ("seat", 240)):
            counted = (side,) if side == "seat" else (side, "both")
            assert sum(load for where, load in self.spots.items() if where.startswith(counted)) <= most + TOLERANCE
        assert self.go <= MOST_LOAD
        if after.phase is not Phase.HOLD or after.entry is not Entry.ON:
            self.go = 0.0


def test_who_pauses_again_and_again_before_the_hold_begins_is_told_that_it_is_enough() -> None:
    """Lowering and getting off is weight too: at two minutes on a spot it is over."""
    state = answer(HIP._replace(phase=Phase.SET_UP), Said.READY).state
    weights, now, paused = Weights(), START, 0
    while state.phase is Phase.HOLD:
        now = state.began + stretch_plan(LIBRARY, state).lower + 2
        turn = advance(state, Event(Said.PAUSE), LIBRARY, now)
        weights.count(state, turn.state, now)
        state = turn.state
        turn = advance(state, Event(Said.GO_ON), LIBRARY, now + 5)
        state, paused = turn.state, paused + 1
        assert paused < 200
    assert text(turn).startswith("That's enough on this spot today.")
    assert turn.state.phase in (Phase.ASKED, Phase.CHECK_IN)
    assert paused > 20


@pytest.mark.parametrize("said", [Said.TIME_LEFT, Said.GO_ON, Said.THERE])
@pytest.mark.parametrize("every", [0.5, 1.0, 1.5, 2.0, 3.5, 5.0])
@pytest.mark.parametrize("routine", sorted(LIBRARY.routines))
def test_who_speaks_into_a_hold_again_and_again_comes_off_within_a_minute(
    routine: str, every: float, said: Said
) -> None:
    """What is talked over holds nothing up for ever: by then the hold is over, or the weight comes off."""
    area = next(iter(LIBRARY.routines[routine].areas))
    route = Route(routine, "", area)
    chosen = working_on(State(Memory(notice=1, rehearsed=True, done={routine: 2})), route)
    begun = answer(chosen._replace(length=Length.REGULAR, phase=Phase.SET_UP), Said.READY).state
    for hold in stretch_plan(LIBRARY, begun).holds:
        state, weights = begun, Weights()
        now = state.began + hold.on + 0.3
        while state.phase is Phase.HOLD:
            turn = advance(state, Event(said), LIBRARY, now)
            weights.count(state, turn.state, now)
            assert now - begun.began - stretch_plan(LIBRARY, begun).lower <= MOST_LOAD
            state, now = turn.state, now + every


TOLERANCE = 1.0
"""Loads are kept to a tenth of a second."""


def check(turn: Turn) -> None:
    """What holds for every turn."""
    assert turn.script
    ssml(turn.script)
    held = [cue.at for cue in turn.script if cue.hold]
    if held:
        off = [cue.at for cue in turn.script if cue.say in MOVE_OFFS]
        assert off, "no reply ends with weight on the ball"
        assert off[-1] > held[-1], "no reply ends with weight on the ball"
    if turn.reprompt is not None:
        ssml(turn.reprompt)
        asks = [cue.say for cue in turn.script if cue.say][-1].lower()
        assert "say" in asks or asks.endswith("?")
