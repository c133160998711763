"""The interaction model: generated, within Alexa's rules, and without a doubt about any utterance."""

import re
from itertools import product
from pathlib import Path

import pytest

from skill.alexa.events import EVENTS
from skill.content import MODELS, interaction_model
from skill.content.model import LOCALES, build, write

INTENTS = {locale: interaction_model(locale)["interactionModel"]["languageModel"]["intents"] for locale in LOCALES}
SAMPLES = [(i["name"], sample) for locale in LOCALES for i in INTENTS[locale] for sample in i["samples"]]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_committed_model_is_the_generated_one(locale: str, tmp_path: Path) -> None:
    """Run `make model` after a change to the utterances."""
    generated = write(locale, models=tmp_path).read_text(encoding="utf-8")
    assert generated == (MODELS / f"{locale}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_intent_is_answered_and_every_answered_intent_is_in_the_model(locale: str) -> None:
    """The skill and its model speak of the same intents."""
    assert {intent["name"] for intent in INTENTS[locale]} == set(EVENTS)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_required_built_in_intents_are_there(locale: str) -> None:
    """Help, Stop, Cancel, NavigateHome and Fallback."""
    names = {intent["name"] for intent in INTENTS[locale]}
    assert {f"AMAZON.{name}Intent" for name in ("Help", "Stop", "Cancel", "NavigateHome", "Fallback")} <= names


@pytest.mark.parametrize(("intent", "sample"), SAMPLES)
def test_a_sample_is_written_as_alexa_wants_it(intent: str, sample: str) -> None:
    """Lower case, numbers spelled, letters, apostrophes, periods, hyphens and slots; no wake or launch words."""
    assert re.fullmatch(r"(?:[a-z'.\- ]|\{\w+\})+", sample), f"{intent}: {sample!r}"
    assert not re.search(r"\balexa\b|\bsoft spot\b", sample)
    assert not (intent.startswith("AMAZON.") and "{" in sample)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_custom_intent_has_five_samples_at_least(locale: str) -> None:
    """Fewer generalise badly."""
    for intent in INTENTS[locale]:
        assert intent["name"].startswith("AMAZON.") or len(intent["samples"]) >= 5, intent["name"]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_utterance_is_in_two_intents(locale: str) -> None:
    """Slots spoken out with every value and synonym, too."""
    model = interaction_model(locale)["interactionModel"]["languageModel"]
    values = {
        kind["name"]: [w for v in kind["values"] for w in (v["name"]["value"], *v["name"]["synonyms"])]
        for kind in model["types"]
    } | {"AMAZON.NUMBER": ["ten"], "AMAZON.DURATION": ["ten seconds", "a minute"]}
    seen: dict[str, str] = {}
    for intent in model["intents"]:
        types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            names = re.findall(r"\{(\w+)\}", sample)
            for spoken in product(*(values[types[name]] for name in names)):
                utterance = sample
                for name, words in zip(names, spoken, strict=True):
                    utterance = utterance.replace(f"{{{name}}}", words, 1)
                assert seen.setdefault(utterance, intent["name"]) == intent["name"], utterance


@pytest.mark.parametrize("locale", LOCALES)
def test_every_slot_and_type_is_used(locale: str) -> None:
    """Nothing in the model is left over."""
    model = interaction_model(locale)["interactionModel"]["languageModel"]
    used = set()
    for intent in model["intents"]:
        for slot in intent.get("slots", ()):
            assert any(f"{{{slot['name']}}}" in sample for sample in intent["samples"])
            used.add(slot["type"])
    assert {kind["name"] for kind in model["types"]} == {name for name in used if not name.startswith("AMAZON.")}


def test_the_invocation_name_is_frozen() -> None:
    """Once published it cannot be changed."""
    for locale in LOCALES:
        assert build(locale)["interactionModel"]["languageModel"]["invocationName"] == "soft spot"
