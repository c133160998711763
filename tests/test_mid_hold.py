"""Every command of mid-hold, at every fifth second of every stretch of every routine."""

from collections.abc import Iterator

import pytest

from skill.coach.routine import MOST_LOAD
from skill.coach.state import Entry, Phase
from skill.coach.turn import Turn
from tests.coach.test_advance import Weights, check
from tests.mid_hold import LIBRARY, Reply, held, replies, say, text, told
from tests.talk import START

REPLIES = list(replies())

GO_ON_BY_THEMSELVES = (
    "how long left", "which step", "how many more", "longer gaps", "fewer words", "go on", "there",
)  # fmt: skip

GO_ON_AFTER_A_WORD = (
    "pause", "wait", "help", "does this really work", "what do i need", "say that again", "remind me how",
    "too hard", "banana", "forget me", "start over", "i have ten minutes",
)  # fmt: skip

CHANGE_THE_PLACE = ("next", "skip it", "go back", "other side", "it let go", "the left side", "my hip at the wall")

CHANGE_THE_TIME = (
    "longer",
    "add thirty seconds",
    "make it a minute",
    "shorter",
    "make it ten seconds",
    "half the time",
)

END_IT = ("it hurts", "no", "stop", "i can't do the ball today", "wrong side")

COMMANDS = (*GO_ON_BY_THEMSELVES, *GO_ON_AFTER_A_WORD, *CHANGE_THE_PLACE, *CHANGE_THE_TIME, *END_IT)


def every_fifth_second() -> Iterator[tuple[Reply, float]]:
    """Moments of all stretches, from their first word to their question."""
    for reply in REPLIES:
        for second in range(0, int(reply.asks), 5):
            yield reply, float(second)


def test_there_is_much_to_ask() -> None:
    """Every routine, for beginners and regulars."""
    assert {reply.name.partition(",")[0] for reply in REPLIES} == set(LIBRARY.routines)
    assert sum(1 for _ in every_fifth_second()) > 400


@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_breaks_a_promise(words: str) -> None:
    """Nobody is left on the ball, and no cap is broken, whatever is said and when; nor by what follows."""
    for reply, at in list(every_fifth_second())[len(words) % 5 :: 5]:
        state, now, weights = reply.turn.state, START + at, Weights()
        for said in (words, words, "go on", "ready", words, "okay", "next"):
            turn = say(state, said, now)
            check(turn)
            weights.count(state, turn.state, now)
            if turn.reprompt is None:
                break
            state, now = turn.state, now + 7


@pytest.mark.parametrize("words", GO_ON_BY_THEMSELVES)
def test_a_hold_goes_on_by_itself_with_what_was_left(words: str) -> None:
    """Nobody loses or gains seconds by asking for the time, the step, or other words."""
    for reply, at in every_fifth_second():
        turn = say(reply.turn.state, words, START + at)
        hold, left = reply.left(at)
        if at >= reply.off:
            assert not held(turn.script), (reply.name, at)
            continue
        assert turn.state.phase is Phase.HOLD, (reply.name, at, text(turn))
        _same_holds(turn, reply, hold, left, at)


@pytest.mark.parametrize("words", GO_ON_AFTER_A_WORD)
def test_a_hold_that_was_interrupted_goes_on_after_a_clear_word(words: str) -> None:
    """With the seconds that were left, within one, twelve seconds to get back on; on weight nothing is asked."""
    for reply, at in every_fifth_second():
        turn = say(reply.turn.state, words, START + at)
        if turn.state.phase is Phase.HOLD:  # before the weight goes on some begin the placement anew
            assert at < reply.lowers
            assert words in ("say that again", "remind me how"), (reply.name, at, text(turn))
            continue
        assert not held(turn.script)
        if at >= reply.off:
            continue
        now = START + at + 10
        for word in ("no", "go on") if turn.state.phase in (Phase.FORGET, Phase.START_OVER) else ("go on",):
            turn = say(turn.state, word, now)
            now += 5
        assert turn.state.phase is Phase.HOLD, (reply.name, at, text(turn))
        hold, left = reply.left(at)
        _same_holds(turn, reply, hold, left, at)
        if at >= reply.lowers:
            assert turn.state.entry is Entry.BACK
            assert turn.state.weight - turn.state.began >= 12


def test_the_seconds_that_are_told_are_right() -> None:
    """Within two, at the moment when they are heard: nothing comes before them."""
    asked = 0
    for reply, at in every_fifth_second():
        if reply.lowers <= at < reply.off:
            turn = say(reply.turn.state, "how long left", START + at)
            _, left = reply.left(at)
            assert told(turn) == pytest.approx(left, abs=2), (reply.name, at)
            paused = say(reply.turn.state, "pause", START + at).state
            assert told(say(paused, "how long left", START + at + 30)) == pytest.approx(left, abs=2)
            asked += 1
    assert asked > 100


@pytest.mark.parametrize(("words", "more"), [("longer", 10), ("add thirty seconds", 30), ("twenty seconds more", 20)])
def test_longer_is_longer_within_the_limits_and_says_so_where_they_hold(words: str, more: int) -> None:
    """The hold takes so many seconds more, or as many as the step and the caps allow; what is told is true."""
    reasons = {"All right.": 0, "That's the longest for this one.": 0, "That's the most weight in one go.": 0}
    for reply, at in every_fifth_second():
        if not reply.lowers <= at < reply.off:
            continue
        turn = say(reply.turn.state, words, START + at)
        _, left = reply.left(at)
        got = held(turn.script)[0]
        reason = next(reason for reason in reasons if text(turn).startswith(reason))
        reasons[reason] += 1
        added = got.ends - got.begins - left
        assert added < 1 or told(turn) == pytest.approx(left + added, abs=2), (reply.name, at)
        assert -1 <= added <= more + 1
        assert reason != "All right." or added == pytest.approx(more, abs=1)
        assert held(turn.script)[-1].ends + START + at - turn.state.weight <= MOST_LOAD
    assert reasons["All right."] > 50 or more > 10
    assert reasons["That's the most weight in one go."] > 10


def test_shorter_halves_the_hold_and_never_below_its_least() -> None:
    """What is over is over: where half of it has been done, the weight comes off."""
    ended = 0
    for reply, at in every_fifth_second():
        if not reply.lowers <= at < reply.off:
            continue
        turn = say(reply.turn.state, "shorter", START + at)
        _, left = reply.left(at)
        if turn.state.phase is Phase.HOLD:
            got = held(turn.script)[0]
            assert got.ends - got.begins <= left + 1
            if got.ends - got.begins < left - 1:
                assert told(turn) == pytest.approx(got.ends - got.begins, abs=2)
        else:
            assert text(turn).startswith("Then this one is done. ")
            ended += 1
    assert ended > 20


def test_make_it_a_minute_is_as_near_as_the_step_allows() -> None:
    """Thirty seconds where thirty are the most."""
    for reply in REPLIES:
        if len(reply.holds) == 1:
            at = reply.holds[0].begins + 1
            turn = say(reply.turn.state, "make it a minute", START + at)
            got = held(turn.script)[0]
            step = next(step for step in LIBRARY.routines[reply.name[:2]].holds if got.id.startswith(step.id))
            assert 1 + got.ends - got.begins <= step.most + 1
            assert text(turn).startswith(("That's the longest for this one.", "That's the most weight in one go."))


@pytest.mark.parametrize("words", ["next", "go back", "other side", "it let go"])
def test_another_place_takes_the_weight_off_first(words: str) -> None:
    """Nobody is sent anywhere with weight on the ball."""
    off = {str(posture["off"]).rstrip(".") for posture in LIBRARY.postures.values()}
    for reply, at in every_fifth_second():
        if reply.lowers <= at < reply.off:
            turn = say(reply.turn.state, words, START + at)
            first = text(turn).removeprefix("Good. ").removeprefix("That's enough on this spot today. ")
            both = first.startswith(("This one does both sides.", "Stay off", "Keep your hand"))
            assert both or first.startswith(tuple(off)), (reply.name, at, first)


def _same_holds(turn: Turn, reply: Reply, hold: int, left: float, at: float) -> None:
    """The turn's holds are the rest of the reply's, the first one with the seconds that were left."""
    now, before = held(turn.script), reply.holds[hold:]
    assert [one.id for one in now] == [one.id for one in before], (reply.name, at, text(turn))
    assert now[0].ends - now[0].begins == pytest.approx(left, abs=1), (reply.name, at)
    for one, other in zip(now[1:], before[1:], strict=True):
        assert one.ends - one.begins == pytest.approx(other.ends - other.begins, abs=0.1)


@pytest.mark.parametrize("words", COMMANDS)
def test_whatever_does_not_go_on_frees_them_first(words: str) -> None:
    """Under weight a reply goes on with the hold, or its first sentences take the weight off."""
    free = tuple(
        str(posture[name]).rstrip(".")
        for posture in LIBRARY.postures.values()
        for name in ("free", "off", "weight_off", "end")
    )
    for reply, at in list(every_fifth_second())[::2]:
        if not reply.lowers <= at < reply.off:
            continue
        turn = say(reply.turn.state, words, START + at)
        if turn.state.entry is Entry.ON and turn.state.phase is Phase.HOLD:
            continue
        first = text(turn)
        for lead in ("Stopping. ", "Paused. ", "Good. ", "Then this one is done. "):
            first = first.removeprefix(lead)
        assert first.startswith(free), (reply.name, at, text(turn))
