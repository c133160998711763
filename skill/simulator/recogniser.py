"""From words to an intent, through the skill's own interaction model.

Exact samples first, with the values and synonyms of their slots; then Alexa's own words for built-in intents;
then the nearest sample of a custom intent, pain first on ties; else the fallback intent. It is a stand-in:
Alexa's recogniser generalises better, and makes other mistakes.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from skill.alexa.events import PAIN

NEAREST = 80.0
"""How near, out of 100, words must come to a sample to be taken for it."""

BUILT_IN = {
    "AMAZON.StopIntent": ("stop", "off", "shut up"),
    "AMAZON.CancelIntent": ("cancel", "never mind", "forget it"),
    "AMAZON.HelpIntent": ("help", "help me", "can you help me"),
    "AMAZON.YesIntent": ("yes", "yes please", "sure"),
    "AMAZON.NoIntent": ("no", "no thanks"),
    "AMAZON.NextIntent": ("next", "skip", "skip forward"),
    "AMAZON.PauseIntent": ("pause", "pause that"),
    "AMAZON.ResumeIntent": ("resume", "continue", "keep going"),
    "AMAZON.RepeatIntent": ("repeat", "say that again", "repeat that"),
    "AMAZON.NavigateHomeIntent": ("go home", "home"),
}
"""Alexa's own words for its built-in intents, as her documentation lists them. They match word for word only."""

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: number for number, word in enumerate(UNITS + TEENS)} | {
    f"{ten} {unit}".removesuffix(" zero"): 10 * tens + number
    for tens, ten in enumerate(TENS, start=2)
    for number, unit in enumerate(UNITS)
}
"""The whole numbers below a hundred in words."""

_NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_DURATION = rf"(?:half an?|an?|{_NUMBER}) (?:second|minute|hour)s?(?: and a half)?(?: (?:and )?(?:{_NUMBER}) seconds?)?"
_DURATION_PARTS = re.compile(rf"(half an?|an?|{_NUMBER}) (second|minute|hour)s?|(and a half)")
_BUILT_IN_SLOTS = {"AMAZON.NUMBER": _NUMBER, "AMAZON.DURATION": _DURATION}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_SLOT = re.compile(r"\{(\w+)\}")
_NOT_SPOKEN = re.compile(r"[^\w' ]+")


class Slot(NamedTuple):
    """A recognised slot: the words, and the id and name of our own type's value, None for built-in types."""

    type: str
    words: str
    id: str | None
    name: str | None


class Heard(NamedTuple):
    """An intent and its slots. `exact` tells that the words are a sample, or Alexa's own for the intent."""

    intent: str
    slots: Mapping[str, Slot | None]
    exact: bool


class Recogniser:
    """Recognises words through an interaction model (JSON values, as in the skill package)."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        language = model["interactionModel"]["languageModel"]
        self.invocation_name: str = language["invocationName"]
        self._types = {kind["name"]: _values(kind) for kind in language["types"]}
        # Pain comes first, so that it wins where two samples are as near.
        self._intents = {
            intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for intent in sorted(language["intents"], key=lambda intent: intent["name"] not in PAIN)
        }
        samples = {intent["name"]: intent["samples"] for intent in language["intents"]}
        self._exact = {words: name for name, phrases in BUILT_IN.items() for words in phrases}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._near: dict[str, str] = {}
        for name in self._intents:
            for sample in samples[name]:
                self._learn(name, sample)

    def hear(self, words: str) -> Heard:
        """The intent that the words stand for."""
        said = normalised(words)
        if said in self._exact:
            return self._heard(self._exact[said], {}, exact=True)
        for pattern, name in self._patterns:
            if found := pattern.fullmatch(said):
                return self._heard(name, found.groupdict(), exact=True)
        nearest = process.extractOne(said, self._near.keys(), scorer=fuzz.ratio, score_cutoff=NEAREST)
        if nearest is None:
            return self._heard("AMAZON.FallbackIntent", {}, exact=False)
        return self._heard(self._near[nearest[0]], {}, exact=False)

    def _learn(self, name: str, sample: str) -> None:
        if not _SLOT.search(sample):
            self._exact[normalised(sample)] = name
            if not name.startswith("AMAZON."):
                self._near.setdefault(normalised(sample), name)
            return
        types = self._intents[name]
        pieces = _SLOT.split(sample)
        pattern = "".join(
            rf"(?P<{piece}>{self._alternatives(types[piece])})" if index % 2 else re.escape(piece)
            for index, piece in enumerate(pieces)
        )
        self._patterns.append((re.compile(pattern), name))

    def _alternatives(self, kind: str) -> str:
        if kind in _BUILT_IN_SLOTS:
            return _BUILT_IN_SLOTS[kind]
        return "|".join(re.escape(words) for words in sorted(self._types[kind], key=len, reverse=True))

    def _heard(self, name: str, found: Mapping[str, str], *, exact: bool) -> Heard:
        types = self._intents[name]
        slots = {slot: self._slot(kind, found[slot]) if slot in found else None for slot, kind in types.items()}
        return Heard(name, slots, exact)

    def _slot(self, kind: str, words: str) -> Slot:
        if kind == "AMAZON.NUMBER":
            return Slot(kind, str(_number(words)), None, None)
        if kind == "AMAZON.DURATION":
            return Slot(kind, duration(words), None, None)
        identity, name = self._types[kind][words]
        return Slot(kind, words, identity, name)


def normalised(words: str) -> str:
    """Words as a recogniser writes them: lower case, no punctuation but the apostrophe, single spaces."""
    return " ".join(_NOT_SPOKEN.sub(" ", words.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).split())


def _values(kind: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The words of a slot type, each with the id and name of its value."""
    found = {}
    for value in kind["values"]:
        name = value["name"]["value"]
        for words in (name, *value["name"].get("synonyms", ())):
            found[normalised(words)] = (value.get("id", name), name)
    return found


def duration(words: str) -> str:
    """A duration such as "a minute and a half" in ISO 8601, as Alexa gives it: "PT1M30S"."""
    seconds, unit = 0.0, 1
    for amount, name, half in _DURATION_PARTS.findall(words):
        unit = unit if half else _SECONDS[name]
        seconds += unit * (0.5 if half or amount.startswith("half") else _number(amount))
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + ("".join(f"{count}{letter}" for count, letter in parts if count) or "0S")


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return 1 if words in ("a", "an") else NUMBERS[words]
