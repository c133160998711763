"""What is kept between sessions: the dose guard, preferences, "forget me", and two speakers of one account."""

import json
from typing import Any

import pytest

from skill.stores.memory import MemoryStore
from tests.talk import DAY, START, Talk

MINUTE, HOUR = 60.0, 3600.0
GUARD = "If that was you, rest it until tomorrow. If not, say go on."
FIRST = ("ready", "hip", "ready", "ready", "it hurts", "next", "next", "okay", "good")


@pytest.fixture
def done() -> Talk:
    """A speaker on which a session has just been done."""
    talk = Talk()
    talk.launch(*FIRST)
    talk.silence()
    return talk


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (5 * MINUTE, "six minutes ago"),
        (58 * MINUTE, "an hour ago"),
        (3 * HOUR, "three hours ago"),
        (11 * HOUR, "eleven hours ago"),
    ],
)
def test_a_session_not_long_ago_is_told_with_the_advice_to_rest(done: Talk, after: float, told: str) -> None:
    """From the last session and its time alone."""
    done.wait(after)
    reply = done.launch()
    assert reply.endswith(f"This speaker did a hip session {told}. {GUARD}")
    assert "General information, not medical advice." in reply


@pytest.mark.parametrize("after", [12 * HOUR, DAY])
def test_the_next_day_nothing_is_said_of_it(done: Talk, after: float) -> None:
    """Once a day at most is what the source says."""
    done.wait(after)
    assert "This speaker did" not in done.launch()


def test_the_guard_is_never_a_block(done: Talk) -> None:
    """Who goes on is asked what they would like; who names something gets it; yes means that it was them."""
    done.launch()
    assert "Left hip on the floor again" in done.copy().answer("go on")
    assert "Left hip on the floor again" in done.copy().answer("no")
    assert "Low back, on the floor" in done.copy().answer("my low back")
    assert "Hip, on the floor" in done.copy().answer("my hip")
    assert done.copy().answer("yes") == GUARD
    assert done.copy().answer("banana").endswith(GUARD)
    assert done.answer("stop").startswith("Stopping here.")


@pytest.mark.parametrize("ending", ["it hurts", "sharp pain", "it's worse than before", "stop", "i'm stuck"])
def test_the_guard_says_the_same_after_a_good_end_and_after_a_stop(ending: str) -> None:
    """So that it tells nobody in the house how the session went."""
    talk = Talk()
    talk.launch(*FIRST[:5])
    talk.wait(50)
    talk.say(ending)
    if not talk.asleep:
        talk.exit()
    talk.wait(HOUR)
    assert talk.launch().endswith(f"This speaker did a hip session an hour ago. {GUARD}")


def test_who_names_the_same_part_at_once_is_told_too(done: Talk) -> None:
    """A one-shot for what was done is answered with the advice; for another part it is not."""
    done.wait(HOUR)
    told = "This speaker did a hip session an hour ago. If that was you, rest it until tomorrow."
    same = done.copy().say("ask soft spot for a short hip session")
    assert told in same
    assert same.endswith("Otherwise, say ready.")
    assert "This speaker" not in done.say("ask soft spot for a short low back session")


def test_a_session_that_came_to_no_pressing_is_not_counted(speaker: Talk) -> None:
    """A set-up alone tires nobody."""
    speaker.launch(*FIRST[:3])
    speaker.exit()
    speaker.wait(HOUR)
    assert "This speaker did" not in speaker.launch()


def test_fewer_words_leave_the_first_and_the_last_and_the_words_that_stop(regular_user: Talk) -> None:
    """In mid-hold the hold goes on; from then on it is quiet in it; the next session remembers."""
    regular_user.launch("yes", "ready")
    regular_user.wait(45)
    reply = regular_user.say("fewer words")
    assert reply.startswith("Fewer words from now on.")
    assert "Three. Two. One." not in reply
    assert "And ease" in reply
    regular_user.listen()
    regular_user.answer("okay")
    regular_user.answer("good")
    regular_user.silence()
    regular_user.wait(DAY)
    regular_user.launch("yes")
    reply = regular_user.answer("ready")
    assert "Three." not in reply
    assert "If it hurts, say: Alexa, it hurts." in reply
    assert regular_user.kept()["detail"] == "few"


def test_remind_me_how_tells_every_step_in_full_from_then_on(regular_user: Talk) -> None:
    """In the hold the weight comes off first; "fewer words" takes it back."""
    for _ in range(2):
        regular_user.launch("yes", "ready", "next", "okay", "good")
        regular_user.silence()
        regular_user.wait(DAY)
    regular_user.launch("yes", "ready")
    assert "We start near the base of the spine" not in regular_user.reply
    regular_user.wait(40)
    reply = regular_user.say("remind me how")
    assert reply.startswith("Paused. Take your weight off and rest. You'll press only about a third as hard")
    assert reply.endswith("Say go on when you like.")
    regular_user.answer("stop")
    regular_user.wait(DAY)
    regular_user.launch("yes")
    assert "We start near the base of the spine" in regular_user.answer("ready")


def test_longer_gaps_are_remembered_and_change_no_hold(regular_user: Talk) -> None:
    """More quiet between the lines and longer rests, but not a second more of weight."""
    plain = regular_user.copy()
    plain.launch("yes", "ready")
    regular_user.launch()
    assert regular_user.answer("longer gaps").startswith("Longer gaps from now on. Left hip on the floor again")
    regular_user.answer("yes")
    regular_user.answer("ready")
    assert regular_user.kept()["gaps"] is True
    slow, usual = (talk.attributes["asks"] - talk.attributes["weight"] for talk in (regular_user, plain))
    assert 10 < slow - usual < 20
    assert _weight(regular_user) == pytest.approx(_weight(plain))
    assert "gaps" not in regular_user.copy().kept() or regular_user.answer("shorter gaps")
    assert "gaps" not in regular_user.kept()


@pytest.mark.parametrize("answer", ["yes", "forget me", "no", "go on", "stop"])
def test_forget_me_asks_once_then_erases(regular_user: Talk, answer: str) -> None:
    """Yes erases everything and closes; anything else keeps it."""
    regular_user.launch()
    reply = regular_user.answer("forget me")
    assert reply.endswith("Shall I forget all of it? Say yes or no.")
    assert regular_user.kept()
    reply = regular_user.answer(answer)
    if answer in ("yes", "forget me"):
        assert reply == "Done. Everything is forgotten. Bye."
        assert regular_user.kept() == {}
        regular_user.listen()
        assert regular_user.asleep
        assert "One rule: if anything hurts" in regular_user.launch()
    else:
        assert regular_user.kept()["done"] == {"R2": 1}
    if answer in ("no", "go on"):
        assert reply.startswith("Left hip on the floor again")


@pytest.mark.parametrize(
    "before",
    [
        (),
        ("yes",),
        ("yes", "ready"),
        ("yes", "ready", "next"),
        ("yes", "ready", "next", "okay"),
        ("something else",),
    ],
)
def test_forget_me_works_everywhere(regular_user: Talk, before: tuple[str, ...]) -> None:
    """Whatever is under them comes out before the question."""
    regular_user.launch(*before)
    regular_user.listen()
    regular_user.wait(1)
    reply = regular_user.say("forget me")
    if regular_user.attributes.get("placed"):
        assert reply.startswith("Stay off the ball.")
    no = regular_user.copy()
    no.answer("no")
    assert no.phase != "forget"
    assert regular_user.answer("yes").endswith("Done. Everything is forgotten. Bye.")
    assert regular_user.kept() == {}


def test_forget_me_in_a_hold_takes_the_weight_off(regular_user: Talk) -> None:
    """And the seconds that were left are kept, for who would rather go on."""
    regular_user.launch("yes", "ready")
    regular_user.wait(52)
    assert regular_user.say("forget me").startswith("Take your weight off, and let the ball roll away.")
    left = regular_user.attributes["left"]
    assert regular_user.answer("no").endswith("Say go on when you like.")
    assert regular_user.attributes["left"] == left
    assert "You have twelve seconds." in regular_user.answer("go on")


@pytest.mark.parametrize("before", ["forget me", "start over"])
def test_pain_stops_at_a_question_that_came_between(regular_user: Talk, before: str) -> None:
    """First the body, whatever was asked."""
    regular_user.launch("yes", "ready")
    regular_user.wait(45)
    regular_user.say(before)
    assert regular_user.say("ow").startswith("Stopping. Come off the ball, whichever way is easiest.")


def test_disabling_the_skill_erases_everything(regular_user: Talk) -> None:
    """The event comes without a session, and nothing is said."""
    response = regular_user.skill.handle(disabled("somebody"))
    assert "outputSpeech" not in response["response"]
    assert "One rule: if anything hurts" in regular_user.launch()


def test_what_is_kept_expires_after_ninety_days(regular_user: Talk) -> None:
    """By the requests' own time."""
    regular_user.wait(88 * DAY)
    assert "Left hip on the floor again" in regular_user.copy().launch()
    regular_user.wait(2 * DAY)
    assert "One rule: if anything hurts" in regular_user.launch()


def test_two_speakers_of_one_account_lose_nothing() -> None:
    """Two rooms, one account, at the same time: both sessions count."""
    store = MemoryStore()
    one, two = Talk(store=store), Talk(store=store, now=START + 7)
    one.launch()
    two.launch()
    for hip, back in zip(FIRST, (FIRST[0], "my low back", *FIRST[2:]), strict=True):
        one.answer(hip)
        two.answer(back)
    assert one.kept()["done"] == {"R1": 1, "R2": 1}


def test_what_another_speaker_prefers_changes_no_hold_that_is_running() -> None:
    """The plan of a hold is made of what was preferred when it began; the next session has what was said last."""
    store = MemoryStore()
    one, two = Talk(store=store), Talk(store=store)
    one.launch(*FIRST[:5])
    one.wait(60)
    two.say("ask soft spot for longer gaps")
    two.say("fewer words")
    left = one.copy().say("how long left")
    one.say("which step")
    assert one.say("how long left") == left
    assert one.kept()["detail"] == "few"


def test_a_damaged_item_is_dropped(regular_user: Talk) -> None:
    """It counts as nothing, and the next save takes its place."""
    store = regular_user.store
    assert isinstance(store, MemoryStore)
    for damage in ("{", "[]", json.dumps({"schema": 3, "done": 7}), json.dumps({"schema": 99})):
        store.entries["somebody"] = store.entries["somebody"]._replace(attributes=damage)
        talk = regular_user.copy()
        assert "One rule: if anything hurts" in talk.launch()
        talk.answer("ready")
        assert talk.kept()["notice"] == 1


def test_nothing_is_saved_when_nothing_has_changed(regular_user: Talk) -> None:
    """Once a turn at most, and only then."""
    store = CountingStore()
    assert isinstance(regular_user.store, MemoryStore)
    store.entries |= regular_user.store.entries
    talk = Talk(store=store, now=START + 2 * DAY)
    talk.launch()
    talk.answer("what is trigger point therapy")
    assert store.writes == 0
    talk.answer("yes")
    assert store.writes == 1
    talk.answer("ready")
    before, reads = store.writes, store.reads
    talk.wait(50)
    talk.say("it hurts")
    assert store.writes == before + 1
    talk.answer("settled")
    assert (store.writes, store.reads) == (before + 1, reads + 1)


class CountingStore(MemoryStore):
    """Counts how often it is read and written."""

    reads = writes = 0

    def read(self, user: str, now: float) -> tuple[object, int] | None:
        """Count it."""
        self.reads += 1
        return super().read(user, now)

    def write(self, user: str, attributes: str, version: int, now: float) -> bool:
        """Count it."""
        self.writes += 1
        return super().write(user, attributes, version, now)


def disabled(user: str) -> dict[str, Any]:
    """The event that somebody has disabled the skill."""
    return {
        "version": "1.0",
        "context": {"System": {"application": {"applicationId": "x"}, "user": {"userId": user}}},
        "request": {
            "type": "AlexaSkillEvent.SkillDisabled",
            "requestId": "r",
            "timestamp": "2027-01-15T08:00:00Z",
            "locale": "en-US",
        },
    }


def _weight(talk: Talk) -> float:
    loads: dict[str, float] = talk.kept()["place"]["loads"]
    return sum(loads.values())
