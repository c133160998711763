"""The rings of the house: the coach looks at nothing but itself."""

import ast
from pathlib import Path

import pytest

import skill

PACKAGE = Path(skill.__file__).parent
INWARD = {
    "coach": ("skill.coach",),
    "speech": ("skill.coach", "skill.speech"),
    "content": ("skill.coach", "skill.speech", "skill.content"),
    "stores": ("skill.stores",),
}
"""What each part of the package may import of it."""

PURE = {"collections", "enum", "functools", "math", "types", "typing", "skill"}
"""What the coach may import at all: no clock, no files, no SDK."""


def imported(file: Path) -> set[str]:
    """The modules that a file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("part", INWARD)
def test_imports_point_inward(part: str) -> None:
    """No part of the house imports one that lies further out."""
    for file in (PACKAGE / part).rglob("*.py"):
        own = {name for name in imported(file) if name.split(".")[0] == "skill"}
        assert all(name.startswith(INWARD[part]) for name in own), f"{file.name} imports {sorted(own)}"


def test_the_coach_is_pure() -> None:
    """The coach knows no clock, no files and no SDK."""
    for file in (PACKAGE / "coach").glob("*.py"):
        outside = {name.split(".")[0] for name in imported(file)} - PURE
        assert not outside, f"{file.name} imports {sorted(outside)}"
