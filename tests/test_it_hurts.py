"""It hurts: at every moment of a session, whatever is being said, with the body freed first."""

from collections.abc import Sequence

import pytest

from tests.talk import RELEASE, Talk
from tests.test_session import FIRST, FIRST_REGULAR

EVERY = 5.0
"""Seconds between the moments at which it hurts."""

PRESSING = ("sink down", "still.", "slide the ball", "the ball goes", "i start in twenty seconds")
"""Words that put weight on the ball."""


def session_until(words: Sequence[str], at: float) -> Talk:
    """A session held as `words` say, each two seconds after the reply before it, up to a moment."""
    talk = Talk()
    talk.launch()
    for said in words:
        ahead = talk.copy()
        ahead.listen()
        if ahead.now + 2 > at:
            break
        talk.wait(ahead.now + 2 - talk.now)
        talk.say(said)
    talk.wait(at - talk.now)
    return talk


def whole_seconds(words: Sequence[str]) -> float:
    """How long a whole session takes."""
    talk = Talk()
    talk.launch()
    for said in words:
        talk.listen()
        talk.wait(2)
        talk.say(said)
    talk.listen()
    return talk.now


@pytest.mark.parametrize("pain", ["it hurts", "a sharp pain", "it's worse than before", "numb between my legs"])
@pytest.mark.parametrize("words", [FIRST, FIRST_REGULAR], ids=["short", "regular"])
def test_pain_is_heard_at_every_fifth_second(words: Sequence[str], pain: str) -> None:
    """With a ball perhaps under them everything stops, the body first; before, it describes or is the test."""
    stopped = described = 0
    moments = int(whole_seconds(words) // EVERY)
    for moment in range(moments):
        talk = session_until(words, moment * EVERY)
        if talk.asleep:
            continue
        placed, phase = talk.attributes.get("placed", False), talk.phase
        reply = talk.say(pain)
        if placed or pain == "numb between my legs":
            stopped += 1
            assert RELEASE.match(reply), (moment * EVERY, phase, reply)
            assert talk.phase in ("hurt", "stopped")
            heard = talk.silence().lower()
            assert not any(press in heard for press in PRESSING), (moment * EVERY, phase, heard)
        elif phase == "rehearsal":
            assert reply.startswith("I heard you.")
        else:
            described += 1
            assert talk.phase == phase, "nothing goes on because it hurts"
            assert not any(press in reply.lower() for press in PRESSING)
    assert stopped > moments / 2
    if pain != "numb between my legs":
        assert described > 5


@pytest.mark.parametrize("no", ["no", "no no", "enough", "ow", "ouch", "argh", "please stop", "stop stop stop"])
def test_a_cry_in_a_hold_stops(no: str) -> None:
    """In a hold "no", "enough" and cries are pain."""
    talk = Talk()
    talk.launch(*FIRST[:5])
    talk.wait(50)
    assert talk.say(no).startswith("Stopping. Come off the ball")


@pytest.mark.parametrize("word", ["yes", "okay", "next", "ready", "there", "hip"])
@pytest.mark.parametrize("pain", ["it hurts", "a sharp pain", "it's worse than before", "i have chest pain"])
def test_after_a_stop_no_weak_word_starts_anything(pain: str, word: str) -> None:
    """After any stop only a clear word goes on."""
    talk = Talk()
    talk.launch(*FIRST_REGULAR[:6])
    talk.wait(60)
    talk.say(pain)
    reply = talk.answer(word).lower()
    assert not any(press in reply for press in PRESSING), reply


def test_a_swallowed_session_still_stops(speaker: Talk) -> None:
    """Pain in a session whose state can't be read stops as well: a ball may be under them."""
    speaker.launch()
    speaker.forget_state()
    assert RELEASE.match(speaker.say("it hurts"))


def test_pain_as_the_very_first_words_frees_the_body_first(speaker: Talk) -> None:
    """Who opens the skill in pain may be lying on a ball."""
    assert speaker.say("tell soft spot it hurts").startswith(
        "If there's a ball under you, come off it, whichever way is easiest."
    )


def test_before_the_first_placement_a_pain_word_says_where(speaker: Talk) -> None:
    """Saying "my hip hurts" names the hip, "it hurts" alone has the question asked again."""
    speaker.launch()
    speaker.answer("ready")
    assert speaker.answer("it hurts").endswith(
        "What shall we work on: your low back, your hip, your buttock, or your leg?"
    )
    assert "Hip, on the floor" in speaker.answer("my hip hurts")


def test_sharp_pain_before_the_session_names_the_doctor(speaker: Talk) -> None:
    """Sharp or new pain before anything is under them: a doctor, if it is new today."""
    speaker.launch()
    speaker.answer("ready")
    assert speaker.answer("a sharp pain").startswith("If that's new today, leave the ball and call a doctor.")


def test_worse_at_a_check_in_ends_the_session(speaker: Talk) -> None:
    """Worse than before is no reason to go on (S35)."""
    reply = speaker.launch(*FIRST[:7], "worse")
    assert reply.startswith(
        "Stopping. Come off the ball, whichever way is easiest. Let it roll away. This should never add to your pain"
    )
    speaker.answer("done")
    speaker.listen()
    assert speaker.asleep


def test_no_change_at_the_final_check_in_ends_the_practice(speaker: Talk) -> None:
    """The same as before: more pressing won't help (S36)."""
    reply = speaker.launch(*FIRST[:8], "the same")
    assert "more pressing won't help" in reply


def test_a_stop_is_not_resumed(speaker: Talk) -> None:
    """After a pain stop the next launch goes nowhere near the placement."""
    speaker.launch(*FIRST[:5])
    speaker.wait(50)
    speaker.say("it hurts")
    speaker.silence()
    assert "I start in twenty seconds" not in speaker.launch()


def in_first_hold(words: Sequence[str] = FIRST_REGULAR) -> Talk:
    """In the middle of the first hold."""
    talk = Talk()
    talk.launch()
    for said in words[: words.index("it hurts") + 1]:
        talk.answer(said)
    talk.wait(55)
    return talk


@pytest.mark.parametrize("pain", ["a sharp pain", "it's worse than before", "numb between my legs", "i'm pregnant"])
@pytest.mark.parametrize("way", [["it hurts"], ["i'm stuck", "it hurts"], ["i'm stuck", "it hurts", "settled"]])
@pytest.mark.parametrize("word", ["settled", "softer", "ready", "carry on", "hip", "next"])
def test_after_a_final_stop_nothing_brings_the_ball_back(pain: str, way: list[str], word: str) -> None:
    """Sharp, new, worse, danger, or a reason to ask a doctor: no more today, whatever is said then."""
    talk = in_first_hold()
    talk.say(pain)
    for said in (*way, word, "ready"):
        reply = talk.answer(said).lower()
        if talk.response["response"]["shouldEndSession"]:
            return
        assert not any(press in reply for press in PRESSING), reply
        assert "softer" not in reply


@pytest.mark.parametrize("word", ["yes", "okay", "next", "ready", "wait", "what", "how long left", "too much", "hip"])
def test_the_release_is_said_again_when_it_was_talked_over(word: str) -> None:
    """Who speaks into the first words of a stop may not have heard them."""
    talk = in_first_hold()
    talk.say("it hurts")
    talk.wait(1)
    assert talk.say(word).startswith("Stay off the ball.")


@pytest.mark.parametrize("word", ["it hurts less now", "too much", "it's uncomfortable", "feels better"])
def test_only_settled_is_settled(word: str) -> None:
    """Neither a complaint nor a first relief goes on."""
    talk = in_first_hold()
    talk.say("it hurts")
    assert talk.answer(word).endswith("Say settled, if it's back to how it was, or say still hurting.")


@pytest.mark.parametrize("word", ["next", "yes", "okay"])
def test_something_softer_begins_only_when_they_are_ready(word: str) -> None:
    """After a stop going on has its own "ready"."""
    talk = in_first_hold()
    for said in ("it hurts", "settled", "softer"):
        talk.answer(said)
    reply = talk.answer(word)
    assert reply == "Stay off the ball. Say ready when that's done, or say softer."
    assert "right buttock" in talk.answer("ready")


def test_it_hurts_after_the_last_check_in_stops(speaker: Talk) -> None:
    """A pain word on the way up from the floor is a stop like any other."""
    speaker.launch(*FIRST[:8], "i'm stuck")
    assert RELEASE.match(speaker.answer("it hurts"))


def test_who_opens_in_pain_is_taken_at_their_word(speaker: Talk) -> None:
    """A ball may be under them: the next pain word stops, and sharp pain names the doctor at once."""
    assert "leave the ball and call a doctor" in speaker.say("tell soft spot a sharp pain")
    assert RELEASE.match(speaker.answer("it hurts"))


def test_no_after_a_final_stop_closes_nothing() -> None:
    """It may mean that they can't get up."""
    talk = in_first_hold()
    talk.say("a sharp pain")
    assert talk.answer("no") == "Stay off the ball. Say I'm stuck if you can't get up, or say done."


def test_nothing_is_praised_after_a_pain_stop() -> None:
    """It settled, and the session ends well; that is all."""
    talk = in_first_hold(FIRST)
    talk.say("it hurts")
    assert talk.answer("settled").startswith("Good. Then we end here, and leave that spot alone.")
    assert talk.answer("good").startswith("Walk about for a minute. A little tender")


@pytest.mark.parametrize("timestamp", [None, "soon"])
@pytest.mark.parametrize("word", ["how long left", "okay", "there", "go on"])
def test_without_a_time_that_can_be_trusted_the_weight_comes_off(word: str, timestamp: str | None) -> None:
    """No clock, no weight."""
    talk = in_first_hold()
    talk.timestamp(timestamp)
    assert talk.say(word).startswith("Paused. Take your weight off for a moment")
