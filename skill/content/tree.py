"""The authors' files of one language, read and held against their schema."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from skill.coach.routine import Posture
from skill.content.model import build_from, samples_of, slots_of
from skill.content.schema import FactsModel, PostureModel, RoutineModel, SlotsModel, Wordings, WordsModel

LINE_FILES = ("lines.toml", "cues.toml")
_LINES = TypeAdapter(dict[str, dict[str, Wordings]])
_POSTURES = TypeAdapter(dict[Posture, PostureModel])


class Form(NamedTuple):
    """A routine or a variant of one: where it stands, with the first part of its keys, and what it is as a whole."""

    file: Path
    where: str
    variant: str
    routine: RoutineModel


class Tree(NamedTuple):
    """The files of one language.

    lines: by name, such as "ask.notice"; files: where each stands.
    postures: the words of each posture.
    routines: by file; forms: the same, and all variants of them.
    facts: for each fact of the source the words that must be heard together in one line, alternatives parted by "|".
    model: the interaction model that its utterances make.
    """

    root: Path
    lines: dict[str, str | list[str]]
    files: dict[str, Path]
    postures: dict[str, dict[str, str]]
    words: WordsModel
    routines: dict[Path, RoutineModel]
    forms: list[Form]
    facts: dict[str, list[str]]
    slots: SlotsModel
    model: dict[str, Any]


def read_tree(root: Path) -> tuple[Tree | None, list[str]]:
    """The files of a language, and what is wrong with their form: file, key and what was expected.

    The tree is None where a file can't be read.
    """
    problems: list[str] = []
    lines: dict[str, str | list[str]] = {}
    files: dict[str, Path] = {}
    for name in LINE_FILES:
        for table, keys in (_read(root / name, _LINES, problems) or {}).items():
            for key, text in keys.items():
                if f"{table}.{key}" in lines:
                    problems.append(f"{root / name}: {table}.{key}: stands in {files[f'{table}.{key}'].name} too")
                lines[f"{table}.{key}"] = text
                files[f"{table}.{key}"] = root / name
    postures = _read(root / "postures.toml", _POSTURES, problems)
    missing = set(Posture) - set(postures or Posture)
    problems += [f"{root / 'postures.toml'}: {posture}: missing; expected a table of it" for posture in sorted(missing)]
    words = _read(root / "words.toml", TypeAdapter(WordsModel), problems)
    facts = _read(root / "facts.toml", TypeAdapter(FactsModel), problems)
    slots = _read(root / "slots.toml", TypeAdapter(SlotsModel), problems)
    read = {
        file: _read(file, TypeAdapter(RoutineModel), problems) for file in sorted((root / "routines").glob("*.toml"))
    }
    routines = {file: routine for file, routine in read.items() if routine is not None}
    forms = [form for file, routine in routines.items() for form in _forms(file, routine, problems)]
    if postures is None or words is None or facts is None or slots is None or problems:
        return None, problems
    problems += _slot_problems(root, slots)
    if problems:
        return None, problems
    spoken = {str(posture): model.model_dump() for posture, model in postures.items()}
    model = build_from(root, slots)
    return Tree(root, lines, files, spoken, words, routines, forms, facts.heard, slots, model), problems


def _slot_problems(root: Path, slots: SlotsModel) -> list[str]:
    """Slots of utterances that there are none of, types of slots that there are none of, and two of one utterance."""
    problems = [
        f"{root / 'slots.toml'}: slots.{name}: no type {kind!r}; expected one of [types], or one of Amazon's"
        for name, kind in slots.slots.items()
        if kind not in slots.types and not kind.startswith("AMAZON.")
    ]
    seen: dict[str, str] = {}
    for file in sorted((root / "utterances").glob("*.txt")):
        for sample in samples_of(file):
            problems += [
                f"{file}: {sample!r}: no slot {name!r}; expected one of {', '.join(slots.slots)}"
                for name in slots_of(sample)
                if name not in slots.slots
            ]
            if seen.setdefault(sample, file.name) != file.name:
                problems.append(f"{file}: {sample!r}: stands in {seen[sample]} too; expected it in one intent")
    return problems


def _forms(file: Path, routine: RoutineModel, problems: list[str]) -> list[Form]:
    """A routine and its variants; `problems` gets what is wrong with those that are none."""
    forms = [Form(file, "", "", routine)]
    for name in routine.variants:
        try:
            forms.append(Form(file, f"variants.{name}.", name, routine.variant(name)))
        except ValidationError as error:
            problems += [f"{file}: variants.{name}: {problem}" for problem in _said(error)]
    return forms


def _read(file: Path, adapter: TypeAdapter[Any], problems: list[str]) -> Any:
    """A TOML file as its model, None where it can't be read: `problems` then gets what is wrong with it."""
    try:
        return adapter.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{file}: {error}")
    except ValidationError as error:
        problems += [f"{file}: {problem}" for problem in _said(error)]
    return None


def _said(error: ValidationError) -> list[str]:
    """What pydantic found, with the keys as authors write them: without the names of alternatives."""
    found: dict[str, None] = {}
    for problem in error.errors():
        keys = (str(key) for key in problem["loc"] if not re.search(r"[\[(]|^constrained-", str(key)))
        found[f"{'.'.join(keys)}: {problem['msg']}"] = None
    return list(found)
