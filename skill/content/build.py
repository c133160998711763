"""From the authors' TOML files of a language to the JSON that is read at run time."""

import json
from pathlib import Path
from typing import Any

from skill.content import ROOT, ContentError
from skill.content.check import problems_of
from skill.content.schema import RoutineModel, parts
from skill.content.tree import Tree, read_tree


def build(language: str, root: Path = ROOT) -> dict[str, Any]:
    """The content of a language as JSON values. Raises ContentError with all that is wrong with it."""
    tree, problems = read_tree(root / language)
    if tree is not None and not problems:
        built = compile_tree(tree)
        problems = problems_of(tree, built)
        if not problems:
            return built
    raise ContentError(problems)


def write(language: str, root: Path = ROOT) -> Path:
    """Build a language and write its JSON; returns the file. Raises ContentError and leaves the file as it was."""
    text = json.dumps(build(language, root), ensure_ascii=False, indent=1) + "\n"
    file = root / f"{language}.json"
    file.write_text(text, encoding="utf-8")
    return file


def compile_tree(tree: Tree) -> dict[str, Any]:
    """What authors wrote, in the form that is read at run time."""
    return {
        "lines": {name: wordings(text) for name, text in tree.lines.items()},
        "postures": {posture: _spoken(words) for posture, words in tree.postures.items()},
        "words": tree.words.model_dump(mode="json") | {"changes": _spoken(tree.words.changes)},
        "routines": [_routine(routine) for routine in tree.routines.values()],
    }


def wordings(text: str | list[str]) -> list[list[str | float]]:
    """A line's wordings, each as its texts and quiets."""
    return [parts(wording) for wording in ([text] if isinstance(text, str) else text)]


def _spoken(words: dict[str, str]) -> dict[str, Any]:
    return {key: said for key, text in words.items() for said in parts(text)}


def _routine(routine: RoutineModel) -> dict[str, Any]:
    data = routine.model_dump(mode="json")
    data["note"] = wordings(data["note"])
    for step in data["steps"]:
        for name in ("text", "short", "again", "lower", "then"):
            step[name] = wordings(step[name])
    data["variants"] = {name: _routine(routine.variant(name)) for name in routine.variants}
    return data
