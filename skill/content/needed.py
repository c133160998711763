"""The lines that the skill says, read from its source: what authors have to write, and nothing else."""

import ast
import re

from skill.coach.events import Topic
from skill.coach.routine import Posture
from skill.coach.state import Phase
from skill.content import ROOT

PACKAGE = ROOT.parent
_WHERE = ("coach", "alexa")
_NAME = re.compile(r"[a-z_]+\.[a-z_]+")
_BY_PHASE = ("ask", "reprompt", "help")

# A hold is never waited in: it ends in another phase's question.
_NOT_SAID = {"ask.hold", "reprompt.hold"}


def needed() -> set[str]:
    """The names of all lines that are said: those that stand in the source, and those of each phase and topic."""
    named = {f"{table}.{phase}" for table in _BY_PHASE for phase in Phase} | {f"info.{topic}" for topic in Topic}
    named |= {f"stuck.{posture}" for posture in Posture}
    for folder in _WHERE:
        for file in sorted((PACKAGE / folder).glob("*.py")):
            nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            constants = (node.value for node in nodes if isinstance(node, ast.Constant))
            named |= {value for value in constants if isinstance(value, str) and _NAME.fullmatch(value)}
    return named - _NOT_SAID
