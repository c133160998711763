"""From the authors' TOML files of a language to the JSON that is read at run time."""

import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from skill.content import ROOT
from skill.content.schema import RoutineModel, Wordings, WordsModel, parts

Model = TypeVar("Model", bound=BaseModel)

LINE_FILES = ("lines.toml", "cues.toml")
_LINES = TypeAdapter(dict[str, dict[str, Wordings]])


class ContentError(Exception):
    """What is wrong with the content, every problem at once: file, key and what was expected."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def build(language: str, root: Path = ROOT) -> dict[str, Any]:
    """The content of a language as JSON values. Raises ContentError."""
    tree = root / language
    problems: list[str] = []
    lines: dict[str, Any] = {}
    for name in LINE_FILES:
        tables = read(tree / name, _LINES, problems) or {}
        lines |= {f"{table}.{key}": wordings(text) for table, keys in tables.items() for key, text in keys.items()}
    words = read(tree / "words.toml", TypeAdapter(WordsModel), problems)
    files = sorted((tree / "routines").glob("*.toml"))
    routines = [read(file, TypeAdapter(RoutineModel), problems) for file in files]
    for file, routine in zip(files, routines, strict=True):
        for step in routine.steps if routine else ():
            problems += [
                f"{file}: steps.{step.id}.cues: no line {mark.say!r} in cues.toml"
                for mark in step.cues
                if mark.say not in lines
            ]
    if problems:
        raise ContentError(problems)
    return {
        "lines": lines,
        "words": words.model_dump(mode="json") if words else {},
        "routines": [_routine(routine) for routine in routines if routine],
    }


def write(language: str, root: Path = ROOT) -> Path:
    """Build a language and write its JSON; returns the file. Raises ContentError and leaves the file as it was."""
    text = json.dumps(build(language, root), ensure_ascii=False, indent=1) + "\n"
    file = root / f"{language}.json"
    file.write_text(text, encoding="utf-8")
    return file


def read(file: Path, adapter: TypeAdapter[Any], problems: list[str]) -> Any:
    """A TOML file as its model, None where it can't be read: `problems` then gets what is wrong with it."""
    try:
        return adapter.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{file}: {error}")
    except ValidationError as error:
        problems += [f"{file}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()]
    return None


def wordings(text: str | list[str]) -> list[list[str | float]]:
    """A line's wordings, each as its texts and quiets."""
    return [parts(wording) for wording in ([text] if isinstance(text, str) else text)]


def _routine(routine: RoutineModel) -> dict[str, Any]:
    data = routine.model_dump(mode="json", exclude={"title": True, "steps": {"__all__": {"limits", "facts"}}})
    for step in data["steps"]:
        for name in ("text", "short", "again", "lower", "then"):
            step[name] = wordings(step[name])
    return data
