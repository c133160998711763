"""Words become intents, through the skill's own model."""

from typing import Any

import pytest

from skill.content import DEFAULT_LOCALE, interaction_model
from skill.content.samples import duration, normalised
from skill.simulator.recogniser import Recogniser
from tests.talk import RECOGNISER

MODEL: dict[str, Any] = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "soft spot",
            "intents": [
                {"name": "OtherIntent", "samples": ["my hat aches"]},
                {"name": "StopPainIntent", "samples": ["my hut aches"]},
                {
                    "name": "TimeIntent",
                    "slots": [
                        {"name": "number", "type": "AMAZON.NUMBER"},
                        {"name": "time", "type": "AMAZON.DURATION"},
                        {"name": "kind", "type": "KIND"},
                    ],
                    "samples": ["i have {number} of them", "for {time}", "for {time} more", "a {kind} one"],
                },
                {"name": "AMAZON.NextIntent", "samples": ["onwards now please"]},
                {"name": "AMAZON.FallbackIntent", "samples": []},
            ],
            "types": [
                {
                    "name": "KIND",
                    "values": [{"id": "B", "name": {"value": "big", "synonyms": ["large", "very large"]}}],
                }
            ],
        }
    }
}
SMALL = Recogniser(MODEL)


def test_every_sample_is_heard_as_its_intent() -> None:
    """Each sample without slots is recognised exactly."""
    for intent in interaction_model(DEFAULT_LOCALE)["interactionModel"]["languageModel"]["intents"]:
        for sample in intent["samples"]:
            if "{" not in sample:
                heard = RECOGNISER.hear(sample)
                assert (heard.intent, heard.exact) == (intent["name"], True), sample


@pytest.mark.parametrize(
    ("words", "intent", "slots"),
    [
        ("hip", "ChooseIntent", {"area": "hip"}),
        ("my left bum", "ChooseIntent", {"side": "left", "area": "buttock"}),
        ("A short hip session, on the floor!", "ChooseIntent", {"length": "short", "area": "hip", "way": "floor"}),
        ("my lower back hurts", "StopPainIntent", {"area": "back"}),
        ("i have ten minutes", "ChooseIntent", {"minutes": None}),
        ("start with the right", "ChooseIntent", {"side": "right"}),
    ],
)
def test_slots_are_filled_with_the_ids_of_their_values(words: str, intent: str, slots: dict[str, str | None]) -> None:
    """Synonyms stand for their value, whatever the case and punctuation."""
    heard = RECOGNISER.hear(words)
    assert heard.intent == intent
    assert {name: slot.id for name, slot in heard.slots.items() if slot} == slots


@pytest.mark.parametrize(
    ("words", "number"),
    [("seven", "7"), ("thirteen", "13"), ("twenty", "20"), ("forty two", "42"), ("ninety nine", "99"), ("120", "120")],
)
def test_numbers_are_understood_in_words_and_figures(words: str, number: str) -> None:
    """As Alexa hands them over: in figures."""
    slot = SMALL.hear(f"i have {words} of them").slots["number"]
    assert slot is not None
    assert (slot.words, slot.id) == (number, None)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("a minute", "PT1M"),
        ("ten seconds", "PT10S"),
        ("ninety seconds", "PT1M30S"),
        ("half a minute", "PT30S"),
        ("half an hour", "PT30M"),
        ("a minute and a half", "PT1M30S"),
        ("one minute thirty seconds", "PT1M30S"),
        ("two hours", "PT2H"),
    ],
)
def test_durations_are_understood_in_words(words: str, iso: str) -> None:
    """As Alexa hands them over: in ISO 8601."""
    slot = SMALL.hear(f"for {words} more").slots["time"]
    assert slot is not None
    assert slot.words == iso
    assert duration(words) == iso


def test_the_longest_synonym_wins() -> None:
    """The words "very large" are not "very" and then "large"."""
    slot = SMALL.hear("a very large one").slots["kind"]
    assert slot is not None
    assert slot.words == "very large"
    assert (slot.id, slot.name) == ("B", "big")


def test_pain_wins_where_two_samples_are_as_near() -> None:
    """A tie is no reason to go on."""
    assert SMALL.hear("my hot aches").intent == "StopPainIntent"


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("it realy hurts", "StopPainIntent"),
        ("i am stuck on the floor", "StuckIntent"),
        ("purple monkey dishwasher", "AMAZON.FallbackIntent"),
        ("", "AMAZON.FallbackIntent"),
        ("?!", "AMAZON.FallbackIntent"),
    ],
)
def test_the_nearest_sample_is_taken_or_none(words: str, intent: str) -> None:
    """Near misses are understood, the rest is not."""
    assert RECOGNISER.hear(words).intent == intent


def test_built_in_intents_match_word_for_word_only() -> None:
    """They don't generalise on an Echo either."""
    assert SMALL.hear("onwards now please").intent == "AMAZON.NextIntent"
    assert SMALL.hear("onwards now pleases").intent == "AMAZON.FallbackIntent"


@pytest.mark.parametrize("words", ["It  hurts!", "it hurts", "IT HURTS.", "it\thurts"])
def test_words_are_normalised(words: str) -> None:
    """Case, punctuation and spaces don't matter; apostrophes do."""
    assert normalised(words) == "it hurts"
    assert normalised("I\N{RIGHT SINGLE QUOTATION MARK}m") == "i'm"
