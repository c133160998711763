"""The words: built from what authors write, complete, speakable, and answered."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import skill
from skill.coach.routine import Length
from skill.coach.state import Phase
from skill.content import DEFAULT_LOCALE, ROOT, ContentError, interaction_model, load
from skill.content.build import build, write
from skill.content.schema import offered, parts
from skill.simulator.recogniser import Recogniser
from skill.speech.pace import speaking_time

LIBRARY = load(DEFAULT_LOCALE)
RECOGNISER = Recogniser(interaction_model(DEFAULT_LOCALE))
MOST_WORDS = 35
"""Words of one spoken piece (content.md 3)."""


def texts() -> list[tuple[str, str]]:
    """All that authors wrote, with the name of where it stands."""
    found: list[tuple[str, str]] = []

    def walk(where: str, value: Any) -> None:
        if isinstance(value, str):
            found.append((where, value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{where}.{key}", inner)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(f"{where}[{index}]", inner)

    for file in (ROOT / "en" / "lines.toml", ROOT / "en" / "cues.toml"):
        walk(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
    for file in sorted((ROOT / "en" / "routines").glob("*.toml")):
        for step in tomllib.loads(file.read_text(encoding="utf-8"))["steps"]:
            for key in ("text", "short", "again", "lower", "then"):
                walk(f"{step['id']}.{key}", step.get(key, ""))
    return [(where, text) for where, text in found if text]


TEXTS = texts()
IDS = [where for where, _ in TEXTS]


def test_the_json_is_what_the_toml_says(tmp_path: Path) -> None:
    """What is read at run time is up to date: run `make content` after a change."""
    copy_tree(tmp_path)
    assert write("en", tmp_path).read_text(encoding="utf-8") == (ROOT / "en.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("where", "text"), TEXTS, ids=IDS)
def test_every_offered_word_is_a_sample(where: str, text: str) -> None:
    """What people are asked to say is a sample of the interaction model, word for word."""
    for words in offered(text):
        heard = RECOGNISER.hear(words)
        assert heard.exact, f"{where} offers {words!r}"
        assert heard.intent != "AMAZON.FallbackIntent"


@pytest.mark.parametrize(("where", "text"), TEXTS, ids=IDS)
def test_whatever_follows_say_is_marked_as_offered(where: str, text: str) -> None:
    """No "say X" escapes the check above, but for what Alexa herself answers."""
    plain = re.sub(r"\*[^*]+\*", "*", text)
    assert not re.search(
        r"\bsay:? (?:Alexa, )?[a-z]",
        plain.replace("say: Alexa, open soft spot", "").replace("say: Alexa, call for help", ""),
    ), where


@pytest.mark.parametrize(("where", "text"), TEXTS, ids=IDS)
def test_no_piece_is_too_long_for_the_ear(where: str, text: str) -> None:
    """At most thirty-five words a piece, and no sentence over thirty."""
    for part in parts(text):
        if isinstance(part, str):
            assert len(part.split()) <= MOST_WORDS, where
            assert all(len(sentence.split()) <= 30 for sentence in re.split(r"(?<=[.?!]) ", part)), where


@pytest.mark.parametrize(("where", "text"), TEXTS, ids=IDS)
def test_nothing_is_promised(where: str, text: str) -> None:
    """The skill may help, it never says "treats" or "cures"."""
    assert not re.search(r"\b(treat|treats|treatment|cure|cures|therapy|heal|heals)\b", text.lower()), where


def test_inside_a_running_reply_the_wake_word_comes_first() -> None:
    """While she speaks the microphone is shut: "say: Alexa, there"."""
    running = ["place.window", "place.ten_more", "hold.reminder"]
    for name in running:
        for where, text in TEXTS:
            if where.endswith(name):
                assert all(f"Alexa, *{words}*" in text for words in offered(text)), where


def test_a_cue_is_one_phrase() -> None:
    """Cues have no inner pauses, whose length nobody knows; the reminder apart, whose words are fixed."""
    cues = tomllib.loads((ROOT / "en" / "cues.toml").read_text(encoding="utf-8"))
    for table in cues.values():
        for key, wordings in table.items():
            for text in [wordings] if isinstance(wordings, str) else wordings:
                assert key == "reminder" or not re.search(r"[.,:;?!…](?=.)", text), text
                assert speaking_time(text.replace("*", "")) < 3


def test_every_line_that_the_code_names_is_there_and_every_line_is_used() -> None:
    """No line is missing, none is left over."""
    named = set()
    for file in Path(skill.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    for routine in LIBRARY.routines.values():
        named |= {mark.say for step in routine.holds for mark in step.cues}
    by_phase = {f"{group}.{phase}" for group in ("ask", "reprompt", "help") for phase in Phase}
    by_phase |= {f"{name}{length}" for name in ("ask.offer_", "offer.") for length in Length}
    lines = set(LIBRARY.lines)
    assert lines <= named | by_phase, f"nobody says {sorted(lines - named - by_phase)}"
    tables = {name.partition(".")[0] for name in lines}
    looks_like_one = re.compile(rf"(?:{'|'.join(tables)})\.[a-z_]*[a-z]")
    missing = {name for name in named if looks_like_one.fullmatch(name)} - lines
    assert not missing, missing


def test_emergency_numbers_go_by_locale() -> None:
    """Each locale hears its own number; an unknown one hears what to look for."""
    assert load("en-US").number == "nine one one"
    assert load("en-GB").number == "nine nine nine"
    assert load("en-NZ").number == "the emergency services"
    assert load("de-DE").number == "nine one one"


@pytest.mark.parametrize("number", [0, 7, 60])
def test_numbers_are_spoken_in_words(number: int) -> None:
    """As far as the language's list goes, in figures beyond it."""
    assert LIBRARY.spoken_number(number).isalpha()
    assert LIBRARY.spoken_number(61) == "61"


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("lines.toml", 'first = """', 'frist = {x = "y"}\nfirst = """', "lines.toml: opening.frist"),
        ("lines.toml", "{length} {session}", "{lenght} {session}", "unknown placeholder ['lenght']"),
        ("lines.toml", "[8 s] I didn't", "[8 sec] I didn't", "a quiet is written like [8 s]"),
        ("lines.toml", "*it hurts*", "*it hurts", "is written like *ready*"),
        ("words.toml", '[side]\nleft = "left"', "[side]", "words.toml: side: Value error, missing left"),
        ("routines/R2.toml", "short = 20, regular = 35", "short = 20, regular = 65", "expected 15 to 60"),
        ("routines/R2.toml", 'id = "2.5"', 'id = "2.5"\nsurprise = 1', "surprise: Extra inputs are not permitted"),
        ("routines/R2.toml", 'say = "hold.half"', 'say = "hold.haff"', "no line 'hold.haff' in cues.toml"),
        ("routines/R2.toml", 'kind = "finish"', 'kind = "check-in"', "expected one"),
        ("routines/R2.toml", 'again = "Slide', 'short = "Slide', "Cannot overwrite a value"),
        ("routines/R2.toml", 'again = "Slide', '# "Slide', "steps.1: Value error, a placement needs 'again'"),
        ("routines/R2.toml", 'lower = "Let', '# "Let', "steps.2: Value error, a press needs 'lower'"),
        ("cues.toml", "[hold]", "[hold", "cues.toml"),
    ],
)
def test_what_is_wrong_is_said_with_file_key_and_what_was_expected(
    tmp_path: Path, file: str, before: str, after: str, expected: str
) -> None:
    """An author reads what to mend, and the JSON stays as it was."""
    copy_tree(tmp_path)
    path = tmp_path / "en" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError) as problem:
        write("en", tmp_path)
    assert expected in str(problem.value)
    assert not (tmp_path / "en.json").exists()


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    """One run tells all that is wrong."""
    copy_tree(tmp_path)
    (tmp_path / "en" / "words.toml").unlink()
    (tmp_path / "en" / "cues.toml").write_text("[hold]\nstill = 1\n", encoding="utf-8")
    with pytest.raises(ContentError) as problem:
        build("en", tmp_path)
    assert "words.toml" in str(problem.value)
    assert "hold.still" in str(problem.value)
    assert len(problem.value.problems) > 10


def copy_tree(to: Path) -> None:
    """The English tree in another place."""
    for file in (file for file in (ROOT / "en").rglob("*.*") if file.is_file()):
        copy = to / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
