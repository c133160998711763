"""A store that fails: the session goes on, nobody hears of it, and what was done is saved when it is back."""

from typing import Any

import pytest
from ask_sdk_core.exceptions import PersistenceException

from skill.alexa.progress import UNSAVED
from skill.stores.memory import MemoryStore
from skill.stores.store import Conflict
from tests.talk import DAY, START, Talk
from tests.test_keeping import FIRST, disabled


class FailingStore(MemoryStore):
    """Fails when told to."""

    fails = False
    conflicts = 0

    def read(self, user: str, now: float) -> tuple[object, int] | None:
        """Raises PersistenceException while it fails."""
        self._check()
        return super().read(user, now)

    def write(self, user: str, attributes: str, version: int, now: float) -> bool:
        """Raises PersistenceException while it fails; some writes come after another speaker's."""
        self._check()
        if self.conflicts:
            self.conflicts -= 1
            return False
        return super().write(user, attributes, version, now)

    def erase(self, user: str) -> None:
        """Raises PersistenceException while it fails."""
        self._check()
        super().erase(user)

    def _check(self) -> None:
        if self.fails:
            raise PersistenceException("it fails")


@pytest.fixture
def store() -> FailingStore:
    """A store on which one session was done yesterday."""
    store = FailingStore()
    talk = Talk(store=store, now=START - DAY)
    talk.launch(*FIRST)
    return store


def replies(store: FailingStore, words: tuple[str, ...], *, failing: frozenset[int]) -> tuple[list[str], Talk]:
    """A session whose store fails at some of its turns, and what was heard of it."""
    talk = Talk(store=store)
    heard = []
    for number, said in enumerate(("open soft spot", *words)):
        store.fails = number in failing
        heard.append(talk.answer(said))
    store.fails = False
    return heard, talk


SESSION = ("yes", "ready", "next", "okay", "good")


@pytest.mark.parametrize("failing", [{1}, {2, 3}, {1, 2, 3, 4}, {4}, {3, 4}])
def test_nobody_hears_that_the_store_fails(store: FailingStore, failing: set[int]) -> None:
    """Word for word what is said with one that works; and all is kept in the end."""
    fine, well = replies(store, SESSION, failing=frozenset())
    kept = well.kept()
    other = FailingStore()
    Talk(store=other, now=START - DAY).launch(*FIRST)
    heard, ill = replies(other, SESSION, failing=frozenset(failing))
    assert heard == fine
    assert ill.kept() | {"version": 0} == kept | {"version": 0}
    assert ill.kept()["done"] == {"R2": 2}


def test_a_store_that_is_back_after_the_last_turn_has_what_was_saved_before(store: FailingStore) -> None:
    """What could never be saved is lost, and nothing else."""
    _, talk = replies(store, SESSION, failing=frozenset({4, 5}))
    assert talk.kept()["done"] == {"R2": 1}
    assert talk.kept()["last"]["at"] > START


def test_a_store_that_can_not_be_read_at_the_launch_is_added_to_later(store: FailingStore) -> None:
    """They are met like somebody new; what they do comes to what is there, and nothing of that is lost."""
    talk = Talk(store=store)
    store.fails = True
    assert "One rule: if anything hurts" in talk.launch()
    store.fails = False
    talk.answer("ready")
    assert UNSAVED not in talk.attributes
    assert talk.attributes["memory"]["done"] == {"R2": 1}
    for words in ("hip", "ready", "ready", "next", "okay", "good"):
        talk.answer(words)
    assert talk.kept()["done"] == {"R2": 2}


def test_a_process_that_is_killed_between_two_turns_loses_nothing(store: FailingStore) -> None:
    """Another process goes on with the session attributes and the store alone."""
    talk = Talk(store=store)
    talk.launch("yes", "ready")
    talk.wait(45)
    other = talk.copy()
    assert other.say("how long left") == talk.say("how long left")
    other.vanish()
    assert "I lost you on your left hip." in other.launch()


def test_pain_is_answered_whatever_the_store_does(store: FailingStore) -> None:
    """And its place is gone as soon as the store is back, be it at the session's end."""
    talk = Talk(store=store)
    talk.launch("yes", "ready")
    talk.wait(50)
    store.fails = True
    assert talk.say("it hurts").startswith("Stopping. Come off the ball, whichever way is easiest.")
    store.fails = False
    assert "place" in talk.kept()
    ended = talk.copy()
    ended.exit()
    assert "place" not in ended.kept()
    talk.answer("still hurting")
    assert "place" not in talk.kept()


@pytest.mark.parametrize("conflicts", [1, 2])
def test_another_speaker_who_saves_first_is_no_fault(store: FailingStore, conflicts: int) -> None:
    """It is tried again on top of what they saved."""
    store.conflicts = conflicts
    talk = Talk(store=store)
    talk.launch("yes", "ready")
    assert UNSAVED not in talk.attributes
    assert talk.kept()["place"]


def test_a_store_with_nothing_but_conflicts_is_one_that_fails(store: FailingStore) -> None:
    """It is tried a few times a turn, not for ever."""
    store.conflicts = 10_000
    talk = Talk(store=store)
    talk.launch("yes", "ready")
    assert UNSAVED in talk.attributes
    store.conflicts = 0
    talk.answer("next")
    assert UNSAVED not in talk.attributes


def test_forgetting_says_when_it_could_not_be_done(store: FailingStore) -> None:
    """Nobody is told that all is forgotten when it is not."""
    talk = Talk(store=store)
    talk.launch("forget me")
    store.fails = True
    assert talk.answer("yes").startswith("I can't get at it right now, so nothing is forgotten yet.")
    store.fails = False
    assert talk.kept()["done"] == {"R2": 1}


def test_disabling_is_sent_again_by_alexa_when_it_could_not_be_done(store: FailingStore) -> None:
    """An error, so that the event is not taken as done."""
    store.fails = True
    talk = Talk(store=store)
    with pytest.raises(PersistenceException):
        talk.skill.handle(disabled("somebody"))
    store.fails = False
    talk.skill.handle(disabled("somebody"))
    assert "somebody" not in store.entries


@pytest.mark.parametrize("unsaved", [None, 7, "x", [], {"schema": 1}, {"schema": 3, "done": []}])
def test_a_damaged_note_of_what_was_unsaved_breaks_nothing(store: FailingStore, unsaved: Any) -> None:
    """It counts as if the store had known nothing."""
    talk = Talk(store=store)
    talk.launch()
    session = talk._speaker._session
    assert session is not None
    session["attributes"] |= {UNSAVED: unsaved}
    assert talk.answer("yes").endswith("When you're down there, say ready.")


def test_a_conflict_is_a_fault_of_the_store_to_the_sdk() -> None:
    """Whoever knows the SDK's exceptions knows ours."""
    assert issubclass(Conflict, PersistenceException)
