"""All that the source says is heard by somebody who asks for it."""

import tomllib

import pytest

from skill.coach.routine import Length
from skill.content import ROOT
from tests.everyday import LIBRARY, first_three
from tests.talk import Talk

FACTS: dict[str, list[str]] = tomllib.loads((ROOT / "en" / "facts.toml").read_text(encoding="utf-8"))["heard"]

QUESTIONS = [
    "what is this", "where does sciatica hurt", "painkillers", "heat and cold", "injections", "yoga",
    "what is the piriformis", "which ball", "where can i get a foam roller", "how long should i do this",
    "does this really work", "how often should i do this", "when should i see a doctor", "will it hurt",
    "what else helps",
]  # fmt: skip
VARIANTS = ["my low back with two balls in a sock", "my low back at the wall", "my hip on the bed"]
STOPS = ["a sharp pain", "it's worse than before"]


def conversations() -> list[str]:
    """What is heard in whole sessions, in answer to questions, of variants, and after pain; reply by reply."""
    heard: list[str] = []
    for routine in LIBRARY.routines:
        heard += first_three(routine, Length.SHORT)[0].replies
    talk = Talk()
    heard += [talk.launch(), talk.answer("ready")]
    heard += [talk.answer(question) for question in QUESTIONS]
    for variant in VARIANTS:
        talk = Talk()
        talk.launch("ready")
        heard += [talk.answer(words) for words in (variant, "ready", "ready", "it hurts")]
    for pain in STOPS:
        talk = Talk()
        talk.launch("ready", "hip", "ready", "ready", "it hurts")
        talk.wait(60)
        heard.append(talk.say(pain))
    return [reply.lower() for reply in heard]


HEARD = conversations()


def test_the_source_has_forty_five_facts() -> None:
    """S1 to S45, none left out."""
    assert list(FACTS) == [f"S{number}" for number in range(1, 46)]


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_heard(fact: str) -> None:
    """All of its words in one reply."""
    assert any(
        all(any(words.lower() in reply for words in alternatives.split("|")) for alternatives in FACTS[fact])
        for reply in HEARD
    ), f"nobody hears {FACTS[fact]}"
