"""What people can choose: area, way, length, side, softer; in one sentence or bit by bit."""

import pytest

from skill.coach.routine import Length
from tests.everyday import session
from tests.talk import DAY, Talk


@pytest.fixture
def choosing(speaker: Talk) -> Talk:
    """Somebody who has just been asked what to work on."""
    speaker.launch("ready")
    return speaker


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        ("my low back", "Low back, on the floor, about five minutes, left side."),
        ("my hip", "Hip, on the floor, about six minutes, left side."),
        ("pelvis", "Hip and pelvis, on the floor, about"),
        ("my buttock", "Buttocks, sitting on two balls, about five minutes."),
        ("piriformis", "Buttocks, sitting on two balls"),
        ("my leg", "For the leg, we work on the hip, on the floor"),
        ("my thighs", "The thighs come later. First the buttocks, sitting on two balls"),
        ("hip at the wall", "Hip, at the wall"),
        ("low back at the wall", "Low back, at the wall"),
        ("low back with a foam roller", "Low back and buttock, with a foam roller"),
        ("my hip with my palm", "Hip, with your palm"),
        ("low back with two balls in a sock", "Low back, with two balls in a sock"),
        ("low back on the bed", "Low back, on the bed"),
        ("my hip with rolled socks", "Hip, with rolled socks"),
        ("buttock with one ball", "Buttocks, sitting on one ball"),
        ("leg sitting", "For the leg, we work on the buttocks, sitting on two balls"),
        ("hip sitting", "For the hip, we work on the buttocks, sitting on two balls"),
        ("my right hip", "Hip, on the floor, about six minutes, right side."),
        ("standing", "Hip, at the wall"),
        ("sitting", "Buttocks, sitting on two balls"),
        ("foam roller", "Low back and buttock, with a foam roller"),
        ("i only have one ball", "Low back, on the floor"),
        ("i can't get down on the floor", "Hip, at the wall"),
    ],
)
def test_what_they_name_is_what_they_are_offered(choosing: Talk, words: str, offer: str) -> None:
    """The routing of content.md 3.1."""
    assert choosing.answer(words).startswith(offer)


def test_no_ball_at_home(choosing: Talk) -> None:
    """The palm, on what they name then; or a pair of socks."""
    assert choosing.answer("i don't have a ball").startswith("No ball? Your palm will do.")
    assert choosing.reply.endswith("or your leg?")
    assert choosing.answer("my hip").startswith("Hip, with your palm, about three minutes")
    assert choosing.answer("rolled socks").startswith("Hip, with rolled socks, about")
    choosing.answer("wall")
    assert "Hip, with your palm" in choosing.answer("i don't have a ball")


def test_an_offer_can_be_changed_bit_by_bit(choosing: Talk) -> None:
    """Way, side, length and way again; what is not named stays."""
    choosing.answer("my low back")
    assert choosing.answer("other side").startswith("Low back, on the floor, about five minutes, right side.")
    assert choosing.answer("wall").startswith("Low back, at the wall, about five minutes, right side.")
    assert choosing.answer("longer").startswith("Low back, at the wall, about ten minutes, right side first.")
    assert "longer" not in choosing.reply
    assert choosing.answer("palm").startswith("Low back, with your palm, about")
    assert "right side first. Say ready, or change it: ball, shorter, or other side." in choosing.reply


def test_what_is_done_on_both_sides_has_no_other_side(choosing: Talk) -> None:
    """It is not offered, and said so when it is asked for."""
    assert "other side" not in choosing.answer("my buttock")
    assert choosing.answer("other side").startswith("This one does both sides. Buttocks")


def test_the_long_form_comes_after_a_regular_one(choosing: Talk) -> None:
    """Before that it is told, and the regular one is offered."""
    assert choosing.answer("a long hip session").startswith("The long one comes once you've done a regular one. Hip")
    assert choosing.answer("longer").startswith("The long one comes once you've done a regular one. Hip")
    talk = Talk()
    session(talk, "R2", Length.REGULAR)
    talk.launch("my hip")
    assert talk.answer("longer").startswith("Hip, on the floor, about sixteen minutes")
    assert talk.answer("longer").startswith("That's the longest there is.")


def test_there_is_no_long_form_where_it_would_be_too_much(choosing: Talk) -> None:
    """Seated: the longest is the regular one."""
    assert choosing.answer("a long buttock session").startswith("That's the longest there is. Buttocks")


@pytest.mark.parametrize(
    ("minutes", "length"), [("three", "left side."), ("ten", "left side."), ("twelve", "left side first.")]
)
def test_minutes_take_the_longest_form_that_fits(choosing: Talk, minutes: str, length: str) -> None:
    """And where none does, the shortest, which is said."""
    reply = choosing.answer(f"i have {minutes} minutes for my hip")
    assert length in reply
    assert reply.startswith("That's the shortest there is.") is (minutes == "three")


def test_the_leg_goes_on_to_the_buttocks_the_next_time(speaker: Talk) -> None:
    """The hip the first time, then the sitting routine; the sweep to the thighs only after that."""
    session(speaker, "R2", Length.SHORT)
    speaker.launch()
    assert speaker.answer("my leg").startswith("For the leg, we work on the buttocks, sitting")
    assert speaker.answer("my thighs").startswith("The thighs come later. First the buttocks")
    speaker.say("stop")
    session(speaker, "R4", Length.SHORT)
    speaker.launch()
    assert speaker.answer("my thighs").startswith("Buttocks and upper thighs, sitting on two balls")


def test_one_sentence_is_answered_in_its_own_context(speaker: Talk) -> None:
    """And kept through the notice."""
    reply = speaker.say("ask soft spot for a short hip session at the wall")
    assert reply.startswith("Short hip session at the wall, coming up. First the safety notes.")
    assert speaker.answer("ready").startswith("Hip, at the wall, about five minutes, left side. Get your soft ball")


def test_softer_names_the_softer_ways(choosing: Talk) -> None:
    """One can be said at once."""
    choosing.answer("my hip")
    assert "Softer is: bed, wall, or palm. Hip, on the floor" in choosing.answer("softer")
    assert choosing.answer("bed").startswith("Hip, on the bed")
    choosing.answer("palm")
    assert choosing.answer("softer").startswith("That's the softest there is.")


def test_in_mid_session_another_way_has_its_own_ready(speaker: Talk) -> None:
    """Softer by another tool: offered, set up anew, and only then begun."""
    speaker.launch("ready", "hip", "ready", "ready", "it hurts")
    speaker.wait(55)
    assert speaker.say("too hard").endswith("Say ready when that's done, or say softer.")
    assert "Softer is: bed, wall, or palm." in speaker.answer("softer")
    assert speaker.answer("palm").startswith("Stay off the ball. Hip, with your palm")
    assert speaker.answer("ready").endswith("When you're comfortable, say ready.")
    assert "Put your palm on the soft muscle of your left hip." in speaker.answer("ready")


def test_after_a_stop_nothing_goes_back_to_where_it_hurt(speaker: Talk) -> None:
    """Neither with another ball, nor at the wall, nor with the palm."""
    speaker.launch("ready", "hip", "ready", "ready", "it hurts")
    speaker.wait(55)
    speaker.say("it hurts")
    speaker.answer("settled")  # the short form has nothing left that does not hurt: how to get up
    assert speaker.phase == "review"
    assert "I won't go back to where it hurt." in speaker.answer("my buttock")
    for words in ("hip at the wall", "hip with my palm"):
        assert "minutes, right side. Say ready" in speaker.copy().answer(words)
    assert "Low back, on the floor" in speaker.answer("my low back")


def test_once_it_has_settled_something_softer_can_be_named(speaker: Talk) -> None:
    """The palm, on the other side, with its own ready."""
    speaker.launch("ready", "hip", "longer", "ready", "ready", "it hurts")
    speaker.wait(55)
    speaker.say("it hurts")
    assert speaker.answer("settled").endswith("Say end, or say softer.")
    assert "Hip, with your palm, about three minutes, right side." in speaker.answer("my palm")
    speaker.answer("ready")
    assert "Put your palm on the soft muscle of your right hip." in speaker.answer("ready")


def test_the_last_word_on_the_length_counts(choosing: Talk) -> None:
    """Minutes choose once; a length that is named later is kept, whatever else changes."""
    assert choosing.answer("i have five minutes for my hip").startswith("That's the shortest there is. Hip")
    assert choosing.answer("regular please").startswith("Hip, on the floor, about eleven minutes")
    assert choosing.answer("i have twenty minutes").startswith("Hip, on the floor, about eleven minutes")
    assert choosing.answer("short please").startswith("Hip, on the floor, about six minutes")
    assert choosing.answer("at the wall").startswith("Hip, at the wall, about five minutes")


def test_minutes_that_were_used_in_the_notice_are_used_up(speaker: Talk) -> None:
    """What is changed in the set-up keeps the length that they have changed to."""
    speaker.launch()
    speaker.answer("i have twenty minutes for my hip")
    assert "about eleven minutes, left side first." in speaker.answer("ready")
    assert "about six minutes, left side." in speaker.answer("shorter")
    speaker.answer("ready")
    assert speaker.answer("at the wall").startswith("Hip, at the wall, about five minutes, left side.")


def test_one_ball_is_that_of_the_routine_that_is_offered(choosing: Talk) -> None:
    """Sitting, whatever the area was called."""
    choosing.answer("hip sitting")
    assert choosing.answer("one ball").startswith("For the hip, we work on the buttocks, sitting on one ball")


def test_what_is_set_up_after_a_stop_is_not_parked(speaker: Talk) -> None:
    """The next launch knows nothing of where it hurt: so it begins nothing by itself."""
    speaker.launch("ready", "hip", "longer", "ready", "ready", "it hurts")
    speaker.wait(55)
    speaker.say("it hurts")
    for words in ("settled", "softer", "palm", "ready"):
        speaker.answer(words)
    assert speaker.phase == "set_up"
    speaker.silence()
    assert "This speaker did a hip session" in speaker.launch()
    assert speaker.phase == "recent"


def test_the_palm_leads_on_to_the_ball(speaker: Talk) -> None:
    """Moving on to the ball and staying with the hand both work, on the same area and side."""
    speaker.launch("ready", "my right hip", "palm", "ready", "ready", "it hurts", "okay", "okay")
    assert speaker.reply.endswith("If you're done: say worse, say the same, or say good.")
    assert "Hip, with your palm" in speaker.copy().answer("my hand")
    assert "Hip, on the floor" in speaker.answer("the ball")
    assert "right side" in speaker.reply


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is trigger point therapy", "Trigger point therapy means pressing on a tight, sore spot"),
        ("does this really work", "The proof is limited."),
        ("what about ibuprofen", "Store painkillers may help"),
        ("can i use a golf ball", "Start with a small, soft ball."),
        ("what else helps", "There are several ways to ease sciatica"),
    ],
)
def test_questions_are_answered_everywhere(question: str, answer: str) -> None:
    """As the very first words, before the ball, in a hold with the weight off first, and between stretches."""
    first = Talk()
    assert answer in first.say(f"ask soft spot {question}")
    assert first.reply.endswith("Say ready to begin, or say stop.")
    talk = Talk()
    talk.launch("ready", "hip")
    assert talk.answer(question).startswith(answer)
    assert talk.reply.endswith("or other side.")
    for words in ("ready", "ready", "it hurts"):
        talk.answer(words)
    talk.wait(55)
    hold = talk.copy()
    assert hold.say(question).startswith(f"Paused. Take your weight off and rest. {answer}")
    assert hold.reply.endswith("Say carry on when you like.")
    assert "Slide the ball back to the same soft spot." in hold.answer("carry on")
    talk.listen()
    assert talk.answer(question).startswith(f"Stay off the ball. {answer}")


def test_the_same_again_is_the_same_in_every_way(choosing: Talk) -> None:
    """Routine, way, area, length and side: at the welcome, and when a set-up was parked."""
    choosing.launch("ready", "my right hip with my palm", "ready", "ready", "it hurts", "okay", "okay", "good")
    choosing.silence()
    choosing.wait(DAY)
    assert "Right hip with your palm again, about two minutes? Say yes" in choosing.launch()
    choosing.answer("yes")
    choosing.silence()
    assert "Put your palm on the soft muscle of your right hip." in choosing.launch()


def test_what_is_under_them_decides_the_words_that_free_them(speaker: Talk) -> None:
    """On the roller it is the roller, also once the palm has been chosen; and it is where they were that hurts."""
    speaker.launch("ready", "my low back with a foam roller", "ready", "ready", "it hurts")
    speaker.wait(55)
    assert speaker.say("too hard").startswith("Paused.")
    speaker.answer("softer")
    assert speaker.answer("my hip with my palm").startswith("Stay off the roller. Hip, with your palm")
    undecided = speaker.copy()
    assert "your hip, your buttock, or your leg?" in undecided.answer("no")
    assert undecided.say("it hurts").startswith("Stopping. Come off the roller, whichever way is easiest.")
    assert speaker.say("it hurts").startswith("Stopping. Come off the roller, whichever way is easiest.")
    assert speaker.attributes["avoid"] == ["left: low back", "left: buttock"]


def test_after_a_stop_carry_on_is_not_ready(speaker: Talk) -> None:
    """Something softer begins only with its own "ready"."""
    speaker.launch("ready", "hip", "longer", "ready", "ready", "it hurts")
    speaker.wait(55)
    speaker.say("it hurts")
    speaker.answer("carry on")
    speaker.answer("carry on")
    assert speaker.answer("carry on") == "Stay off the ball. Say ready when that's done, or say softer."
    assert "right buttock" in speaker.answer("ready")


def test_what_is_enough_is_no_pain(speaker: Talk) -> None:
    """The palm on the same place again and again: at some time it is enough, and that is what is said."""
    session(speaker, "R0", Length.REGULAR)
    speaker.launch("yes", "ready", "okay", "okay")
    for _ in range(5):
        if "That's enough there for today." in speaker.answer("my hand"):
            break
        for words in ("ready", "ready", "okay", "okay"):
            speaker.answer(words)
    assert "That's enough there for today." in speaker.reply


def test_a_second_pass_begins_with_a_word(speaker: Talk) -> None:
    """Where nothing is done by sides there is no change of sides to say it."""
    session(speaker, "R4", Length.REGULAR)
    speaker.launch("yes", "ready", "okay")
    assert speaker.answer("okay").startswith("Good. Once more, the same. One ball goes under each buttock")


def test_the_first_words_of_all_are_welcomed() -> None:
    """Who asks for the safety notes, or a question, is not greeted as somebody who has been here."""
    assert "Welcome to Soft Spot." in Talk().say("ask soft spot for the safety notes")
    assert Talk().say("ask soft spot what else helps").startswith("This is Soft Spot.")


def test_a_set_up_is_parked_also_by_who_was_quick_with_the_notice(speaker: Talk) -> None:
    """They were told that we start right away."""
    speaker.launch()
    for words in ("ready", "hip", "ready"):
        speaker.wait(3)
        speaker.say(words)
    speaker.silence()
    assert "Here we go: your hip, on the floor." in speaker.launch()
