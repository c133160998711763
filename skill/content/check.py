"""What may be wrong with content that has the right form: every problem with its file, key and what was expected."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby, product
from pathlib import Path
from typing import Any, NamedTuple

from skill.coach.course import (
    caps,
    finish_line,
    first_stretch,
    onward,
    set_up_line,
    stretch_loads,
    stretch_plan,
    with_load,
    working_on,
)
from skill.coach.library import Library, Route
from skill.coach.routine import MOST_LOAD, Kind, Length
from skill.coach.state import State
from skill.content import DEFAULT_LOCALE, library
from skill.content.needed import needed
from skill.content.samples import Samples
from skill.content.schema import POSTURE_WORDS, WORDINGS, RoutineModel, offered, parts
from skill.content.tree import Tree

MOST_WORDS = 35
"""Words of one piece, from breath to breath (content.md 3)."""

FACTS = 45
"""Facts of the source (content.md 1)."""

MOST_WORDS_OF_A_SENTENCE = 30

STEP_WORDS = ("text", "short", "again", "lower", "then")
"""The fields of a step that are spoken."""

# Lines that are always followed by more of the same reply, while the microphone is shut.
_RUNNING_TABLES = {
    "opening",
    "offer",
    "place",
    "hold",
    "roll",
    "palm",
    "stretch",
    "stuck",
    "finish",
    "rest",
    "preferred",
}
_RUNNING_LINES = {"rehearsal.heard", "rehearsal.not_heard"}
_ASKING_STEPS = {Kind.CHECK_IN, Kind.FINAL_CHECK_IN}

# Placeholders that only some lines have a value for.
_ONLY_IN = {
    "minutes": ("offer.one_side", "offer.two_sides", "offer.whole", "ask.welcome", "ask.welcome_whole",
                "stretch.routine_left", "opening.recent_minutes"),
    "hours": ("opening.recent_hours",),
    "seconds": ("stretch.hold_takes", "stretch.time_left"),
    **dict.fromkeys(("step", "steps"), ("stretch.step", "stretch.last_step")),
    "more": ("stretch.step",),
}  # fmt: skip

# What Alexa herself answers, or what is said to open the skill: no samples of ours.
_FOR_ALEXA = ("open soft spot", "ask soft spot what else helps", "call for help", "call, and a name")

_SENTENCES = re.compile(r"(?<=[.?!]) ")
_SAYS = re.compile(r"\bsay[:,]?\s+(?!Alexa,\s+\*)['\"]?[a-z]", re.IGNORECASE)


class Text(NamedTuple):
    """Something that authors wrote, and where it stands. `running` tells that more of the reply always follows."""

    file: Path
    key: str
    text: str
    running: bool = False

    def problem(self, what: str) -> str:
        """A problem with it."""
        return f"{self.file}: {self.key}: {what}"


def problems_of(tree: Tree, built: Mapping[str, Any]) -> list[str]:
    """What is wrong with a tree. `built` is what its JSON will be."""
    names = [*_missing_lines(tree), *_routes_and_names(tree)]
    if names:  # the rest needs every line and every name to be there
        return [*names, *_texts(tree)]
    words = library(built, DEFAULT_LOCALE)
    return [*_texts(tree), *_loads(tree, words), *_reminders(tree, words), *_ways(tree, words), *_facts(tree, words)]


def texts(tree: Tree) -> Iterator[Text]:
    """All that authors wrote to be spoken."""
    for name, words in tree.lines.items():
        running = name in _RUNNING_LINES or name.partition(".")[0] in _RUNNING_TABLES
        for wording in _each(words):
            yield Text(tree.files[name], name, wording, running=running)
    for posture, said in tree.postures.items():
        for key, wording in said.items():
            yield Text(tree.root / "postures.toml", f"{posture}.{key}", wording, running=key != "down")
    for key, wording in tree.words.changes.items():
        yield Text(tree.root / "words.toml", f"changes.{key}", wording)
    for form in tree.forms:
        yield from _routine_texts(form.file, form.where, form.routine)


def _routine_texts(file: Path, where: str, routine: RoutineModel) -> Iterator[Text]:
    for wording in _each(routine.note):
        yield Text(file, f"{where}note", wording)
    for step in routine.steps:
        for field in STEP_WORDS:
            for wording in _each(getattr(step, field)):
                key = f"{where}steps.{step.id} ({step.kind}).{field}"
                yield Text(file, key, wording, running=step.kind not in _ASKING_STEPS)
    for key, wording in (("where", routine.where), *_names(routine)):
        yield Text(file, f"{where}{key}", wording, running=True)


def _names(routine: RoutineModel) -> Iterator[tuple[str, str]]:
    for area, named in routine.areas.items():
        yield f"areas.{area}.name", named.name
        yield f"areas.{area}.offer", named.offer


def _each(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def _missing_lines(tree: Tree) -> Iterator[str]:
    """Lines that nobody has written, and lines that nobody says."""
    cues = {mark.say for routine in tree.routines.values() for step in routine.steps for mark in step.cues}
    expected = needed() | cues
    home = tree.root / "lines.toml"
    for name in sorted(expected - set(tree.lines)):
        users = [
            file
            for file, routine in tree.routines.items()
            for step in routine.steps
            for mark in step.cues
            if mark.say == name
        ]
        yield (
            f"{users[0]}: cues: no line {name!r} in cues.toml" if users else f"{home}: {name}: missing; expected a line"
        )
    for name in sorted(set(tree.lines) - expected):
        yield f"{tree.files[name]}: {name}: nobody says this line; expected one that the skill names"


def _routes_and_names(tree: Tree) -> Iterator[str]:
    """Names of areas, ways and routines that stand for nothing."""
    values = {kind: set(names) for kind, names in tree.slots.types.items()}
    ids = {routine.id for routine in tree.routines.values()}
    if len(ids) < len(tree.routines):
        yield f"{tree.root / 'routines'}: two files have the same id; expected one file a routine"
    for file, where, _, routine in tree.forms:
        for area, named in routine.areas.items():
            if area not in values["AREA"]:
                yield f"{file}: {where}areas.{area}: expected one of the AREAs of slots.toml"
            for other in named.after:
                if other not in ids:
                    yield f"{file}: {where}areas.{area}.after: no routine {other!r}; expected one of {sorted(ids)}"
        for way in routine.ways:
            if way not in values["WAY"]:
                yield f"{file}: {where}ways: {way!r}; expected one of the WAYs of slots.toml"
        for way in (*routine.instead, *routine.softer):
            if way not in tree.words.changes:
                yield f"{file}: {where}instead, softer: {way!r}; expected one of [changes] in words.toml"
    for change in ("shorter", "longer", "other_side", "palm"):
        if change not in tree.words.changes:
            yield f"{tree.root / 'words.toml'}: changes.{change}: missing"


def _texts(tree: Tree) -> Iterator[str]:
    """What is wrong with single texts."""
    samples = Samples(tree.model)
    for text in texts(tree):
        yield from _offers(text, samples)
        for name, lines in _ONLY_IN.items():
            if f"{{{name}}}" in text.text and text.key not in lines:
                yield text.problem(f"has {{{name}}}, which has no value there; expected it only in {', '.join(lines)}")
        for filled in _filled(tree, text.text):
            for piece in parts(filled):
                if isinstance(piece, str) and (problem := _too_long(piece)):
                    yield text.problem(problem)
                    break


def _facts(tree: Tree, library: Library) -> Iterator[str]:
    """Facts that no line tells: those of lines.toml, and what is really spoken of the routines."""
    heard = {
        " ".join(str(part) for part in parts(text)).lower() for words in tree.lines.values() for text in _each(words)
    }
    for model in tree.routines.values():
        for length, times in product(model.lengths, range(3)):
            for at in _stretches(library, Route(model.id, "", ""), length, 0, times):
                heard |= {" ".join(texts).lower() for texts in _spoken(library, at)}
    home = tree.root / "facts.toml"
    for number in range(1, FACTS + 1):
        if f"S{number}" not in tree.facts:
            yield f"{home}: heard.S{number}: missing; expected the words by which it is known"
    for fact, words in tree.facts.items():
        if not any(all(_tells(line, alternatives) for alternatives in words) for line in heard):
            yield f"{home}: heard.{fact}: no line tells it; expected one with {' and '.join(words)}"


def _spoken(library: Library, at: State) -> Iterator[list[str]]:
    """What is spoken around and in a stretch, step by step."""
    for script in (set_up_line(library, at).script, stretch_plan(library, at).script, finish_line(library, at).script):
        for _, cues in groupby((cue for cue in script if cue.say), key=lambda cue: cue.step):
            yield [cue.say for cue in cues if cue.say]


def _tells(line: str, alternatives: str) -> bool:
    return any(words in line for words in alternatives.lower().split("|"))


def _too_long(piece: str) -> str | None:
    if len(piece.split()) > MOST_WORDS:
        return f"{len(piece.split())} words in one breath; expected at most {MOST_WORDS}: {piece!r}"
    for sentence in _SENTENCES.split(piece):
        if len(sentence.split()) > MOST_WORDS_OF_A_SENTENCE:
            return f"a sentence of {len(sentence.split())} words; expected at most {MOST_WORDS_OF_A_SENTENCE}"
    return None


def _filled(tree: Tree, text: str) -> Iterator[str]:
    """A text in every posture, the words that depend on it filled in."""
    used = [word for word in POSTURE_WORDS if f"{{{word}}}" in text]
    if not used:
        yield text
        return
    for words in tree.postures.values():
        filled = text
        for word in used:
            filled = filled.replace(f"{{{word}}}", words[word])
        yield filled


def _offers(text: Text, samples: Samples) -> Iterator[str]:
    """Words that are offered and do nothing, or can't be heard when they are."""
    for words in offered(text.text):
        heard = samples.find(words)
        if heard is None or heard.intent == "AMAZON.FallbackIntent":
            yield text.problem(f"offers {words!r}; expected a sample of an intent, word for word")
    plain = re.sub(r"\*[^*]+\*", "*", text.text)
    for words in _FOR_ALEXA:
        plain = plain.replace(f"Alexa, {words}", "")
    if _SAYS.search(plain):
        yield text.problem("asks people to say something that is not marked; expected it between asterisks")
    shut = text.text if text.running else text.text[: text.text.rfind("[") + 1]
    for words in offered(shut):
        if f"Alexa, *{words}*" not in shut:
            yield text.problem(f"offers {words!r} while the microphone is shut; expected 'Alexa, *{words}*'")


def _loads(tree: Tree, library: Library) -> Iterator[str]:
    """Load caps that a routine breaks, in any length and wording, for beginners and for regulars."""
    for file, where, variant, routine in tree.forms:
        for length in routine.lengths:
            worst: dict[tuple[str, float], float] = {}
            for session, times in product(range(WORDINGS), range(3)):
                route = Route(routine.id, variant, "")
                for what, seconds, most in _too_much(library, route, length, session, times):
                    worst[what, most] = max(seconds, worst.get((what, most), 0.0))
            for (what, most), seconds in worst.items():
                key = f"{where}lengths.{length}"
                yield f"{file}: {key}: {seconds:.1f} s under weight {what}; expected at most {most:.0f}"


def _too_much(
    library: Library, route: Route, length: Length, session: int, times: int
) -> Iterator[tuple[str, float, float]]:
    """What is over a cap: where, for how many seconds, and the cap."""
    so_far: Mapping[str, float] = {}
    for at in _stretches(library, route, length, session, times):
        total = with_load(library, at._replace(loads=so_far))
        found = (("in one go", sum(stretch_loads(library, at)), MOST_LOAD), *caps(library, total))
        yield from (cap for cap in found if cap[1] > cap[2])
        so_far = total


def _stretches(library: Library, route: Route, length: Length, session: int, times: int) -> Iterator[State]:
    """The stretches of a session. No load is counted: at run time what is too much is left out, here it is seen."""
    form = library.routine(route.routine, route.variant)
    chosen = working_on(State(session=session), route._replace(area=next(iter(form.areas))))
    return onward(library, first_stretch(library, chosen._replace(times=times, length=length)))


def _reminders(tree: Tree, library: Library) -> Iterator[str]:
    """Routines in which the words that stop everything are not said in the first stretch."""
    reminder = {str(part) for line in library.lines["hold.reminder"] for part in line}
    for file, where, variant, routine in tree.forms:
        for length, times in product(routine.lengths, range(3)):
            first = next(_stretches(library, Route(routine.id, variant, ""), length, 0, times))
            if reminder.isdisjoint(cue.say for cue in stretch_plan(library, first).script):
                key = f"{where}lengths.{length}"
                yield f"{file}: {key}: the first hold has no room for hold.reminder; expected it there"


def _ways(tree: Tree, library: Library) -> Iterator[str]:
    """Ways and areas that lead nowhere: what is offered has to be there for everything it is offered for."""
    for file, where, variant, routine in tree.forms:
        for way, area in product((*routine.instead, *routine.softer), routine.areas):
            found = library.route(area, way, {})
            if found is None or (found.routine, found.variant) == (routine.id, variant):
                yield f"{file}: {where}instead, softer: {way!r} leads nowhere from {area!r}; expected another routine"
    for area in tree.slots.types["AREA"]:
        if library.route(area, None, {}) is None:
            yield f"{tree.root / 'slots.toml'}: types.AREA.{area}: no routine works on it"
    for way in tree.slots.types["WAY"]:
        if library.route(None, way, {}) is None:
            yield f"{tree.root / 'slots.toml'}: types.WAY.{way}: no routine is done that way"
    for model in tree.routines.values():
        reached = {
            library.route(area, way, done)
            for area in model.areas
            for way in (None, *model.ways)
            for done in ({}, dict.fromkeys(library.routines, 1))
        }
        if model.id not in {route.routine for route in reached if route}:
            yield f"{tree.root / 'routines'}: {model.id}: nothing that people say leads there; expected an area"
