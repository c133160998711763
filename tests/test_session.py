"""Whole sessions, with everyday words only."""

import pytest

from tests.talk import DAY, START, Talk

FIRST = ("ready", "hip", "ready", "ready", "it hurts", "next", "next", "okay", "good")
FIRST_REGULAR = (
    "ready", "my left hip", "longer", "ready", "ready", "it hurts",
    "next", "next", "okay", "next", "next", "okay", "good",
)  # fmt: skip
LATER_SHORT = ("yes", "ready", "next", "okay", "good")
LATER_REGULAR = ("yes", "ready", "next", "okay", "next", "okay", "good")


def test_the_first_session_takes_ten_turns_at_most(speaker: Talk) -> None:
    """From "open soft spot" to the goodbye: ten turns (product.md, promise 7)."""
    speaker.launch(*FIRST)
    speaker.listen()
    assert speaker.asleep
    assert speaker.turns <= 10


def test_a_later_short_session_takes_six_turns_at_most(regular_user: Talk) -> None:
    """Later on a short session takes six turns."""
    regular_user.turns = 0
    assert "Left hip on the floor again, about four minutes? Say yes" in regular_user.launch()
    for words in LATER_SHORT:
        regular_user.answer(words)
    regular_user.listen()
    assert regular_user.asleep
    assert regular_user.turns <= 6


def test_a_later_regular_session_takes_nine_turns_at_most() -> None:
    """Later on a regular session takes nine turns."""
    talk = Talk()
    talk.launch(*FIRST_REGULAR)
    talk.silence()
    talk.wait(DAY)
    talk.turns = 0
    assert "Left hip on the floor again" in talk.launch()
    for words in LATER_REGULAR:
        talk.answer(words)
    talk.listen()
    assert talk.asleep
    assert talk.turns <= 9


def test_the_first_press_comes_within_four_minutes(speaker: Talk) -> None:
    """In the very first session, notice and rehearsal included, without any hurry."""
    speaker.launch(*FIRST[:5])
    assert _seconds_until(speaker, "sink down") <= 4 * 60


def test_the_first_press_comes_within_ninety_seconds_later_on(regular_user: Talk) -> None:
    """From the second session on."""
    launched = regular_user.now
    regular_user.launch(*LATER_SHORT[:2])
    assert _seconds_until(regular_user, "sink down") - launched <= 90


@pytest.mark.parametrize("words", [FIRST, FIRST_REGULAR], ids=["short", "regular"])
def test_no_reply_ends_with_weight_on_the_ball(speaker: Talk, words: tuple[str, ...]) -> None:
    """Whoever falls silent is off the ball: each reply that has a hold takes the weight off before its question."""
    speaker.launch()
    stretches = 0
    for said in words:
        reply = speaker.answer(said)
        if "sink down" in reply.lower():
            stretches += 1
            off = reply.rindex("let the ball roll away")
            assert off > reply.lower().rindex("sink down")
            assert "say" in reply[off:]
    assert stretches == (3 if words is FIRST else 6)


def test_the_told_length_is_the_plans_own(speaker: Talk) -> None:
    """What "about six minutes" promises is what it takes, within a minute, answers included."""
    speaker.launch(*FIRST[:2])
    assert "about six minutes" in speaker.reply
    speaker.listen()
    began = speaker.now
    for words in ("ready", "ready", "go on", "next", "next", "okay", "good"):
        speaker.listen()
        speaker.wait(3)
        speaker.say(words)
    # The rehearsal, which is not counted, takes about half a minute.
    assert speaker.now - began == pytest.approx(6 * 60, abs=60)


def test_the_disclaimer_and_the_one_rule_are_spoken_at_each_launch(regular_user: Talk) -> None:
    """General information, not medical advice; and off the ball first: the first time and every time."""
    for reply in (Talk().launch(), regular_user.launch(), regular_user.launch()):
        assert "general information, not medical advice" in reply.lower()
        assert "off the ball first" in reply.lower()
        assert "go quiet" in reply


def test_silence_after_a_stretch_frees_rests_and_tells_the_way_back(speaker: Talk) -> None:
    """The reprompt releases first, then rests, then gives the words to say, those to come back included."""
    speaker.launch(*FIRST[:5])
    speaker.listen()
    heard = speaker.silence()
    assert heard.startswith("Let the ball roll away and rest.")
    assert "Say next" in heard
    assert "Alexa, open soft spot" in heard
    assert speaker.asleep


def test_the_notice_counts_as_heard_only_when_it_was(speaker: Talk) -> None:
    """Who says ready at once goes on, and hears it in full again the next time."""
    speaker.launch()
    speaker.wait(3)
    assert "What shall we work on" in speaker.say("ready")
    speaker.say("stop")
    assert "One rule" in speaker.launch()
    assert "What shall we work on" in speaker.answer("ready")
    speaker.say("stop")
    assert "One rule" not in speaker.launch()


def test_what_is_changed_in_the_set_up_is_what_is_parked(speaker: Talk) -> None:
    """A parked session is the one that was being set up; an offer alone parks nothing."""
    speaker.launch(*FIRST[:3])
    speaker.answer("other side")
    other = speaker.copy()
    speaker.silence()
    assert "I start in twenty seconds" not in speaker.launch()
    other.answer("ready")
    other.silence()
    assert "under the soft top part of your right buttock" in other.launch()


@pytest.mark.parametrize("words", [("safety notes", "yes"), ("safety notes", "not sure"), ("i'm pregnant",)])
def test_who_had_better_not_begin_is_not_parked(speaker: Talk, words: tuple[str, ...]) -> None:
    """The words "I won't start the massage today" holds for the next launch too."""
    speaker.launch()
    for said in (*FIRST[:3], *words):
        speaker.answer(said)
    assert "I won't start the massage today." in speaker.reply
    assert "I start in twenty seconds" not in speaker.launch()


@pytest.mark.parametrize("word", ["i don't know", "not sure", "maybe"])
def test_doubt_about_the_choice_is_no_reason_to_stop(speaker: Talk, word: str) -> None:
    """Only at the safety notice does "not sure" mean not today."""
    speaker.launch()
    speaker.answer("ready")
    assert speaker.answer(word) == "What shall we work on: your low back, your hip, your buttock, or your leg?"


def test_a_parked_set_up_is_forgotten_after_half_an_hour(speaker: Talk) -> None:
    """For thirty minutes the next launch goes straight to the placement, later it opens as usual."""
    speaker.launch(*FIRST[:3])
    speaker.silence()
    speaker.wait(31 * 60)
    reply = speaker.launch()
    assert "I start in twenty seconds" not in reply
    assert "What shall we work on" in reply


def test_stop_in_a_parked_set_up_parks_nothing(speaker: Talk) -> None:
    """Who says stop has ended it: the next launch opens as usual."""
    speaker.launch(*FIRST[:3], "stop")
    assert "I start in twenty seconds" not in speaker.launch()


def test_a_changed_offer_is_offered_again(speaker: Talk) -> None:
    """Saying "longer", "shorter" or "other side" changes what is about to be done, and the length told with it."""
    speaker.launch()
    speaker.answer("ready")
    speaker.answer("hip")
    assert "left side first. Say ready, or change it: wall, palm, shorter, or other side." in speaker.answer("longer")
    assert "right side first" in speaker.answer("other side")
    assert "about six minutes, right side. Say ready, or change it: wall, palm, longer" in speaker.answer("shorter")
    assert speaker.answer("shorter").startswith("That's the shortest there is. Hip, on the floor")


def test_ten_minutes_are_filled_but_not_exceeded(speaker: Talk) -> None:
    """Ten minutes take the longest form that fits; five minutes get the shortest there is."""
    speaker.launch()
    speaker.answer("ready")
    assert "left side first" in speaker.answer("i have fifteen minutes for my hip")
    reply = speaker.answer("i have five minutes")
    assert "left side first" not in reply
    assert reply.startswith("That's the shortest there is.")


def test_minutes_that_are_said_first_are_kept(speaker: Talk) -> None:
    """The order in which a wish is spoken does not matter."""
    speaker.launch()
    speaker.answer("ready")
    speaker.answer("i have fifteen minutes")
    assert "left side first" in speaker.answer("my hip")


def test_an_area_that_we_have_nothing_for_is_said_so(speaker: Talk) -> None:
    """What cannot be done in the way that they name is said so, and what there is is offered."""
    speaker.launch()
    speaker.answer("ready")
    assert speaker.answer("my thigh in a sock").startswith("I don't have that one that way. The thighs come later.")
    assert "I don't have that one that way." in Talk().say("ask soft spot for my thigh in a sock")


def test_there_starts_the_clock(speaker: Talk) -> None:
    """The word "there" ends the waiting: the weight goes on at once, and the hold is as long as promised."""
    speaker.launch(*FIRST[:5])
    speaker.wait(25)
    assert speaker.say("there").startswith("Let your hip sink down slowly. Hold still.")


def test_there_before_all_is_told_tells_it_first(speaker: Talk) -> None:
    """Whoever is quicker than the instruction still hears it."""
    speaker.launch(*FIRST[:5])
    speaker.wait(8)
    reply = speaker.say("there")
    assert reply.startswith("You'll press about a third as hard as you could. Let your hip sink down slowly.")


@pytest.mark.parametrize("word", ["okay", "yes", "ready"])
def test_a_weak_word_means_there_only_once_it_was_asked(speaker: Talk, word: str) -> None:
    """Before that the placement is said once more, with the weight still off."""
    speaker.launch(*FIRST[:5])
    assert "slide the ball" in speaker.copy().say(word)
    speaker.wait(25)
    assert speaker.copy().say(word).startswith("Let your hip sink down slowly.")
    speaker.wait(25)
    assert speaker.say(word).startswith("Paused. Take your weight off for a moment")


def test_wait_in_the_placement_waits(speaker: Talk) -> None:
    """The word "wait" keeps the weight off until they say that the ball is there."""
    speaker.launch(*FIRST[:5])
    speaker.wait(20)
    assert speaker.say("wait") == "Take your time, with your weight off. Say there when it's in place."
    assert speaker.answer("there").startswith("You'll press about a third as hard as you could. Let your hip sink down")


def test_a_pause_keeps_the_seconds_that_were_left(speaker: Talk) -> None:
    """Going on gives twelve seconds to get back on, then the rest of the hold."""
    speaker.launch(*FIRST[:5])
    begins = _seconds_until(speaker, "hold still")
    speaker.wait(begins + 8 - speaker.now)
    assert "Paused. Take your weight off and rest." in speaker.say("pause")
    speaker.answer("go on")
    on = _seconds_until(speaker, "hold still")
    speaker.wait(on - speaker.now)
    assert _seconds_until(speaker, "three.") - speaker.now == pytest.approx(15 - 8 - 3, abs=0.5)


def test_how_long_left_is_told_while_the_hold_goes_on(speaker: Talk) -> None:
    """The answer is true, and takes nothing from the hold and adds nothing to it."""
    speaker.launch(*FIRST[:5])
    ends = _seconds_until(speaker, "three.") + 3
    speaker.wait(ends - 12 - speaker.now)
    reply = speaker.say("how long left")
    assert reply.startswith(("Twelve seconds left.", "Thirteen seconds left."))
    assert "Let the ball roll away" not in reply.split("And ease")[0]
    assert _seconds_until(speaker, "three.") + 3 == pytest.approx(ends, abs=0.5)


@pytest.mark.parametrize("at", [1, 10, 25, 40])
def test_how_long_left_in_the_placement_leaves_the_placement(speaker: Talk, at: float) -> None:
    """One sentence, and the ball is still to be put into its place."""
    speaker.launch(*FIRST[:5])
    speaker.wait(at)
    reply = speaker.say("how long left")
    assert reply.startswith("This one takes fifteen seconds. We start near the base of the spine")


def test_how_long_left_in_the_settling_leaves_time_to_settle(speaker: Talk) -> None:
    """Settling is never counted as hold, and is not cut short by a question."""
    speaker.launch(*FIRST[:7])
    begins = _seconds_until(speaker, "rest on it")
    speaker.wait(begins - 8 - speaker.now)
    assert speaker.say("how long left").startswith("Twenty seconds left. Rest on it.")
    assert _seconds_until(speaker, "rest on it") == pytest.approx(begins, abs=1)


def test_between_the_hold_and_the_question_everything_keeps_the_ball_away(regular_user: Talk) -> None:
    """While the move-off is still being spoken nobody knows whether they are off."""
    regular_user.launch(*LATER_SHORT[:2])
    regular_user.wait(_seconds_until(regular_user, "and ease") + 1 - regular_user.now)
    for words, reply in {
        "no": "Stopping. Come off the ball",
        "pause": "Paused. Take your weight off and rest.",
        "how long left": "Take your weight off, and let the ball roll away.",
        "go on": "Take your weight off, and let the ball roll away.",
        "what": "Take your weight off, and let the ball roll away.",
        "okay": "Paused. Take your weight off for a moment",
        "next": "Take your weight off, and let the ball roll away.",
        "help": "Paused. Take your weight off.",
    }.items():
        assert regular_user.copy().say(words).startswith(reply), words
    regular_user.say("pause")
    assert regular_user.answer("go on") == "Say next, or say stop."


@pytest.mark.parametrize("seconds", [0.5, 6])
def test_an_answer_to_the_question_is_an_answer(speaker: Talk, seconds: float) -> None:
    """Also right after the question, and before the reprompt."""
    speaker.launch(*FIRST[:5])
    for _ in range(2):
        speaker.listen()
        speaker.wait(seconds)
        assert speaker.say("okay").startswith("The ball goes back")
    speaker.listen()
    speaker.wait(seconds)
    assert speaker.copy().say("no").startswith("All done.")
    assert speaker.say("okay").startswith("All done.")


def test_help_in_a_hold_takes_the_weight_off_first(speaker: Talk) -> None:
    """Help differs from the opening, ends in a question, and leaves nobody on the ball."""
    speaker.launch(*FIRST[:5])
    speaker.wait(50)
    reply = speaker.say("help")
    assert reply.startswith("Paused. Take your weight off.")
    assert reply.endswith("Which one?")
    assert "Slide the ball back to the same soft spot." in speaker.answer("carry on")


def test_now_is_the_requests_own_time(speaker: Talk) -> None:
    """The machine's clock plays no part: a conversation in another year goes the same way."""
    later = Talk(now=START + 10 * 365 * 86_400)
    for talk in (speaker, later):
        talk.launch(*FIRST[:5])
        talk.wait(60)
        talk.say("how long left")
    assert later.reply == speaker.reply


def _seconds_until(talk: Talk, words: str) -> float:
    """The time at which words will be heard in the reply that is being played; the talk stays where it is."""
    ahead = talk.copy()
    while words not in ahead.wait(0.1).lower():
        assert not ahead.asleep, f"{words!r} was not heard"
    return ahead.now
