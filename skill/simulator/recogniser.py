"""From words to an intent, through the skill's own interaction model.

Exact samples first, with the values and synonyms of their slots, and Alexa's own words for built-in intents; then
the nearest sample of a custom intent, pain first on ties; else the fallback intent. It is a stand-in: Alexa's
recogniser generalises better, and makes other mistakes.
"""

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz, process

from skill.alexa.events import PAIN
from skill.content.samples import Heard, Samples, normalised

NEAREST = 80.0
"""How near, out of 100, words must come to a sample to be taken for it."""


class Recogniser:
    """Recognises words through an interaction model (JSON values, as in the skill package)."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        self.invocation_name: str = model["interactionModel"]["languageModel"]["invocationName"]
        self._samples = Samples(model)
        # Pain comes first, so that it wins where two samples are as near. Built-in intents match word for word only.
        custom = ((words, name) for words, name in self._samples.plain.items() if not name.startswith("AMAZON."))
        self._near = dict(sorted(custom, key=lambda sample: sample[1] not in PAIN))

    def hear(self, words: str) -> Heard:
        """The intent that the words stand for."""
        found = self._samples.find(words)
        if found is not None:
            return found
        nearest = process.extractOne(normalised(words), self._near.keys(), scorer=fuzz.ratio, score_cutoff=NEAREST)
        name = self._near[nearest[0]] if nearest else "AMAZON.FallbackIntent"
        return self._samples.heard(name, {}, exact=False)
