"""From the authors' utterances to Alexa's interaction models.

utterances/<Intent>.txt has a sample a line, "#" begins a comment; slots.toml has the slots and our own slot types.
"""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from skill.content import MODELS, ROOT
from skill.content.schema import SlotsModel

LOCALES = {"en-US": "en"}
"""The locales that have a model, each with the language whose utterances it is made of."""

# What nobody meant must not start anything: in a hold it takes the weight off, so it had better be heard as that.
SENSITIVITY = "HIGH"

_SLOT = re.compile(r"\{(\w+)\}")


def build(locale: str, root: Path = ROOT) -> dict[str, Any]:
    """The interaction model of a locale, as JSON values."""
    tree = root / LOCALES[locale]
    return build_from(tree, SlotsModel.model_validate(tomllib.loads((tree / "slots.toml").read_text(encoding="utf-8"))))


def build_from(tree: Path, slots: SlotsModel) -> dict[str, Any]:
    """The interaction model that a language's utterances make, as JSON values."""
    intents = [_intent(file, slots) for file in sorted((tree / "utterances").glob("*.txt"))]
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": slots.invocation_name,
                "intents": intents,
                "types": [
                    {"name": name, "values": [_value(value, synonyms) for value, synonyms in values.items()]}
                    for name, values in slots.types.items()
                ],
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": SENSITIVITY}},
            }
        }
    }


def write(locale: str, root: Path = ROOT, models: Path = MODELS) -> Path:
    """Build a locale's model and write it into the skill package; returns the file."""
    file = models / f"{locale}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(build(locale, root), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file


def samples_of(file: Path) -> list[str]:
    """The samples in a file of utterances, comments left out."""
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def slots_of(sample: str) -> list[str]:
    """The names of a sample's slots."""
    return _SLOT.findall(sample)


def _intent(file: Path, slots: SlotsModel) -> dict[str, Any]:
    samples = samples_of(file)
    names = dict.fromkeys(name for sample in samples for name in slots_of(sample))
    intent: dict[str, Any] = {"name": file.stem, "samples": samples}
    if names:
        intent["slots"] = [{"name": name, "type": slots.slots[name]} for name in names]
    return intent


def _value(value: str, synonyms: list[str]) -> dict[str, Any]:
    return {"id": value, "name": {"value": value, "synonyms": synonyms}}
