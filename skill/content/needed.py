"""The lines that the skill says, read from its source: what authors have to write, and nothing else."""

import ast
from collections.abc import Iterable

from skill.coach.events import Topic
from skill.coach.state import Phase
from skill.content import ROOT

PACKAGE = ROOT.parent
_WHERE = ("coach", "alexa")
_BY_PHASE = ("ask", "reprompt", "help")

# A hold is never waited in: it ends in another phase's question.
_NOT_SAID = {"ask.hold", "reprompt.hold"}


def needed(tables: Iterable[str]) -> set[str]:
    """The names of all lines that are said: those that stand in the source, and those of each phase and topic.

    tables: the first parts of lines' names.
    """
    known = set(tables)
    named = {f"{table}.{phase}" for table in _BY_PHASE for phase in Phase} | {f"info.{topic}" for topic in Topic}
    for folder in _WHERE:
        for file in sorted((PACKAGE / folder).glob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    table, dot, key = node.value.partition(".")
                    if dot and table in known and key.isidentifier():
                        named.add(node.value)
    return named - _NOT_SAID
