"""The table, and what holds for every turn whatever comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.events import EVENTS as OF_INTENTS
from skill.coach.advance import TABLE, ByBall, advance
from skill.coach.events import Choice, Event, Said, Topic
from skill.coach.exercise import misheard, unsure
from skill.coach.routine import Length, Side
from skill.coach.state import Entry, Memory, Phase, Session, State
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
    length=st.sampled_from(Length),
    side=st.sampled_from(Side),
    at=st.floats(START - 4000, START),
)
MEMORIES = st.builds(
    Memory,
    notice=st.integers(0, 2),
    rehearsed=st.booleans(),
    done=st.dictionaries(st.sampled_from([*LIBRARY.routines, "gone"]), st.integers(0, 5), max_size=2),
    last=st.none() | SESSIONS,
    parked=st.none() | SESSIONS,
)
CHOICES = st.builds(
    Choice,
    area=st.none() | st.sampled_from(["hip", "back", "buttock", "leg", "thigh", "elbow"]),
    way=st.none() | st.sampled_from(["wall", "bed", "sock", "one ball", "palm", "roller", "sitting", "moon"]),
    length=st.none() | st.sampled_from(Length),
    side=st.none() | st.sampled_from(Side),
    minutes=st.none() | st.integers(0, 999),
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
    assert text(late).startswith("Slide the ball back")


def test_a_long_pause_begins_with_the_placement() -> None:
    """After more than a minute the ball is put into place anew, the seconds that were left are kept."""
    paused = HIP._replace(phase=Phase.PAUSED, left=7.0, entry=Entry.BACK, paused=START, placed=True)
    assert text(answer(paused, Said.GO_ON, after=50)).startswith("Get back onto")
    late = answer(paused, Said.GO_ON, after=70)
    assert text(late).startswith("Slide the ball back")
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


@settings(max_examples=300, deadline=None)
@given(MEMORIES, st.lists(st.tuples(EVENTS, st.floats(-10, 400)), min_size=1, max_size=25))
def test_no_sequence_of_events_breaks_a_promise(memory: Memory, events: list[tuple[Event, float]]) -> None:
    """Whatever is said, and whenever: nothing raises, every open session asks, no reply ends on the ball."""
    state, now = State(memory), START
    for event, seconds in events:
        now += seconds
        turn = advance(state, event, LIBRARY, now)
        check(turn)
        if turn.reprompt is None:
            break
        state = turn.state


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
