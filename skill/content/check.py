"""What may be wrong with content that has the right form: every problem with its file, key and what was expected."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from skill.coach.course import first_stretch, following, side_load, with_load, working_on
from skill.coach.library import Library, Route
from skill.coach.routine import HOLDS, MOST_LOAD, MOST_SPOT_LOAD, Kind, Length
from skill.coach.state import State
from skill.content import DEFAULT_LOCALE, library
from skill.content.needed import needed
from skill.content.samples import Samples
from skill.content.schema import POSTURE_WORDS, RoutineModel, offered, parts
from skill.content.tree import Tree

MOST_WORDS = 35
"""Words of one piece, from breath to breath (content.md 3)."""

WORDINGS = 3
"""Lines have as many wordings; the session's number chooses."""

MOST_WORDS_OF_A_SENTENCE = 30

STEP_WORDS = ("text", "short", "again", "lower", "then")
"""The fields of a step that are spoken."""

# Lines that are always followed by more of the same reply, while the microphone is shut.
_RUNNING_LINES = ("place.window", "place.ten_more", "place.back")
_RUNNING_STEPS = HOLDS | {Kind.PLACEMENT, Kind.MOVE_OFF, Kind.SIDE_SWITCH}

# What Alexa herself answers, or what is said to open the skill: no samples of ours.
_FOR_ALEXA = ("open soft spot", "ask soft spot what else helps", "call for help", "call, and a name")

_SENTENCES = re.compile(r"(?<=[.?!]) ")
_SAYS = re.compile(r"\bsay:? (?:Alexa, )?[a-z]")


class Text:
    """Something that authors wrote, and where it stands. `running` tells that more of the reply always follows."""

    def __init__(self, file: Path, key: str, text: str, *, running: bool = False) -> None:
        self.file = file
        self.key = key
        self.text = text
        self.running = running

    def problem(self, what: str) -> str:
        """A problem with it."""
        return f"{self.file}: {self.key}: {what}"


def problems_of(tree: Tree, built: Mapping[str, Any]) -> list[str]:
    """What is wrong with a tree. `built` is what its JSON will be."""
    names = [*_missing_lines(tree), *_routes_and_names(tree)]
    if names:  # the rest needs every line and every name to be there
        return [*names, *_texts(tree)]
    return [*_texts(tree), *_loads(tree, library(built, DEFAULT_LOCALE)), *_ways(tree, library(built, DEFAULT_LOCALE))]


def texts(tree: Tree) -> Iterator[Text]:
    """All that authors wrote to be spoken."""
    for name, words in tree.lines.items():
        running = name in _RUNNING_LINES or tree.files[name].name == "cues.toml"
        for wording in _each(words):
            yield Text(tree.files[name], name, wording, running=running)
    for posture, said in tree.postures.items():
        for key, wording in said.items():
            yield Text(tree.root / "postures.toml", f"{posture}.{key}", wording)
    for key, wording in tree.words.changes.items():
        yield Text(tree.root / "words.toml", f"changes.{key}", wording)
    for file, routine in tree.routines.items():
        yield from _routine_texts(file, "", routine)
        for name in routine.variants:
            yield from _routine_texts(file, f"variants.{name}.", routine.variant(name))


def _routine_texts(file: Path, where: str, routine: RoutineModel) -> Iterator[Text]:
    for wording in _each(routine.note):
        yield Text(file, f"{where}note", wording)
    for step in routine.steps:
        for field in STEP_WORDS:
            for wording in _each(getattr(step, field)):
                key = f"{where}steps.{step.id} ({step.kind}).{field}"
                yield Text(file, key, wording, running=step.kind in _RUNNING_STEPS)


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
    for file, routine in tree.routines.items():
        for where, form in (
            ("", routine),
            *((f"variants.{name}.", routine.variant(name)) for name in routine.variants),
        ):
            for area, named in form.areas.items():
                if area not in values["AREA"]:
                    yield f"{file}: {where}areas.{area}: expected one of the AREAs of slots.toml"
                for other in named.after:
                    if other not in ids:
                        yield f"{file}: {where}areas.{area}.after: no routine {other!r}; expected one of {sorted(ids)}"
            for way in form.ways:
                if way not in values["WAY"]:
                    yield f"{file}: {where}ways: {way!r}; expected one of the WAYs of slots.toml"
            for way in (*form.instead, *form.softer):
                if way not in tree.words.changes:
                    yield f"{file}: {where}instead, softer: {way!r}; expected one of [changes] in words.toml"
    for change in ("shorter", "longer", "other_side", "palm"):
        if change not in tree.words.changes:
            yield f"{tree.root / 'words.toml'}: changes.{change}: missing"


def _texts(tree: Tree) -> Iterator[str]:
    """What is wrong with single texts, and facts that none of them tells."""
    samples = Samples(tree.model)
    for text in texts(tree):
        yield from _offers(text, samples)
        for filled in _filled(tree, text.text):
            for piece in parts(filled):
                if isinstance(piece, str) and (problem := _too_long(piece)):
                    yield text.problem(problem)
                    break
    heard = [" ".join(str(part) for part in parts(text.text)).lower() for text in texts(tree)]
    for fact, words in tree.facts.items():
        if not any(all(_tells(line, alternatives) for alternatives in words) for line in heard):
            yield f"{tree.root / 'facts.toml'}: heard.{fact}: no line tells it; expected one with {' and '.join(words)}"


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
    for file, model in tree.routines.items():
        for variant in ("", *model.variants):
            where = f"{file}: {f'variants.{variant}.' if variant else ''}lengths"
            for length in library.routine(model.id, variant).lengths:
                worst: dict[tuple[str, float], float] = {}
                for session, times in product(range(WORDINGS), range(3)):
                    route = Route(model.id, variant, "")
                    for what, seconds, most in _too_much(library, route, length, session, times):
                        worst[what, most] = max(seconds, worst.get((what, most), 0.0))
                for (what, most), seconds in worst.items():
                    yield f"{where}.{length}: {seconds:.1f} s under weight {what}; expected at most {most:.0f}"


def _too_much(
    library: Library, route: Route, length: Length, session: int, times: int
) -> Iterator[tuple[str, float, float]]:
    """What is over a cap: where, for how many seconds, and the cap."""
    form = library.routine(route.routine, route.variant)
    chosen = working_on(State(session=session), route._replace(area=next(iter(form.areas))))
    at = first_stretch(library, chosen._replace(times=times, length=length))
    so_far: Mapping[str, float] = {}
    while at is not None:
        total = with_load(library, at._replace(loads=so_far))
        stretch = sum(total.values()) - sum(so_far.values())
        caps = [
            ("in one go", stretch, MOST_LOAD),
            ("in all" if form.seated else "on one side", side_load(library, at, total), form.most_load),
        ]
        caps += [(f"on the spot {spot!r}", seconds, MOST_SPOT_LOAD) for spot, seconds in total.items()]
        yield from (cap for cap in caps if cap[1] > cap[2])
        # What comes next is asked without the load so far: at run time it would be left out, here it is to be seen.
        at, so_far = following(library, at), total


def _ways(tree: Tree, library: Library) -> Iterator[str]:
    """Ways and areas that lead nowhere: what is offered has to be there for everything it is offered for."""
    for file, model in tree.routines.items():
        for variant in ("", *model.variants):
            form = library.routine(model.id, variant)
            where = f"{file}: {f'variants.{variant}.' if variant else ''}"
            for way in (*form.instead, *form.softer):
                for area in form.areas:
                    found = library.route(area, way, {})
                    if found is None or (found.routine, found.variant) == (model.id, variant):
                        yield f"{where}instead, softer: {way!r} leads nowhere from {area!r}; expected another routine"
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
