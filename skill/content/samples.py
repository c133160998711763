"""The samples of an interaction model, word for word, with what their slots stand for."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

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
    "AMAZON.PreviousIntent": ("go back", "skip back", "back up", "previous"),
    "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
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


class Samples:
    """What an interaction model (JSON values, as in the skill package) hears word for word.

    intents: the slots of each intent, with their types.
    plain: the samples without slots, each with its intent.
    """

    def __init__(self, model: Mapping[str, Any]) -> None:
        language = model["interactionModel"]["languageModel"]
        self._types = {kind["name"]: _values(kind) for kind in language["types"]}
        self.intents = {
            intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for intent in language["intents"]
        }
        self.plain: dict[str, str] = {}
        self._built_in = {
            words: name for name, phrases in BUILT_IN.items() if name in self.intents for words in phrases
        }
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for intent in language["intents"]:
            for sample in intent["samples"]:
                self._learn(intent["name"], sample)

    def find(self, words: str) -> Heard | None:
        """The intent that has the words as a sample, or that Alexa's own words stand for; None where none has."""
        said = normalised(words)
        name = self.plain.get(said) or self._built_in.get(said)
        if name is not None:
            return self.heard(name, {}, exact=True)
        for pattern, intent in self._patterns:
            if found := pattern.fullmatch(said):
                return self.heard(intent, found.groupdict(), exact=True)
        return None

    def heard(self, name: str, found: Mapping[str, str], *, exact: bool) -> Heard:
        """An intent with its slots as they were found; those that were not are None."""
        types = self.intents[name]
        slots = {slot: self._slot(kind, found[slot]) if slot in found else None for slot, kind in types.items()}
        return Heard(name, slots, exact)

    def _learn(self, name: str, sample: str) -> None:
        if not _SLOT.search(sample):
            self.plain[normalised(sample)] = name
            return
        types = self.intents[name]
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
