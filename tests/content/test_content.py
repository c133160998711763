"""The words: built from what authors write, complete, speakable, and answered."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from skill import content
from skill.alexa.skill import Deps, build_skill
from skill.content import DEFAULT_LOCALE, ROOT, ContentError, load
from skill.content.build import build, write
from skill.content.check import texts
from skill.content.tree import read_tree
from skill.speech.pace import speaking_time
from skill.stores.memory import MemoryStore

LIBRARY = load(DEFAULT_LOCALE)


def written() -> list[tuple[str, str]]:
    """All that authors wrote to be spoken, with the key under which it stands."""
    tree, problems = read_tree(ROOT / "en")
    assert tree is not None, problems
    return [(text.key, text.text) for text in texts(tree)]


TEXTS = written()


def test_nothing_is_wrong_with_the_words() -> None:
    """What `soft-spot content validate` says of our own."""
    build("en")


def test_the_json_is_what_the_toml_says(tmp_path: Path) -> None:
    """What is read at run time is up to date: run `make content` after a change."""
    copy_tree(tmp_path)
    assert write("en", tmp_path).read_text(encoding="utf-8") == (ROOT / "en.json").read_text(encoding="utf-8")


def test_nothing_is_promised() -> None:
    """The skill may help, it never says "treats" or "cures"; "therapy" only where it says what that means."""
    for where, text in TEXTS:
        plain = text.lower().replace("trigger point therapy means", "")
        assert not re.search(r"\b(treat|treats|treatment|cure|cures|therapy|heal|heals)\b", plain), where


def test_a_cue_is_one_phrase() -> None:
    """Cues have no inner pauses, whose length nobody knows; the reminder apart, whose words are fixed."""
    cues = tomllib.loads((ROOT / "en" / "cues.toml").read_text(encoding="utf-8"))
    for table in cues.values():
        for key, wordings in table.items():
            for text in [wordings] if isinstance(wordings, str) else wordings:
                assert key == "reminder" or not re.search(r"[.,:;?!…](?=.)", text), text
                assert speaking_time(text.replace("*", "")) < 3


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


WRONG = [
    # what is unknown, missing or of the wrong form
    ("lines.toml", 'first = """', 'frist = {x = "y"}\nfirst = """', "lines.toml: opening.frist"),
    ("lines.toml", "[opening]", '[opening]\nsecond = "Hello."', "opening.second: nobody says this line"),
    ("lines.toml", 'praise = [', 'prise = [', "lines.toml: finish.praise: missing"),
    ("lines.toml", "{length} {area}", "{lenght} {area}", "unknown placeholder ['lenght']"),
    ("lines.toml", "[8 s] I didn't", "[8 sec] I didn't", "a quiet is written like [8 s]"),
    ("lines.toml", "*it hurts*", "*it hurts", "is written like *ready*"),
    ("lines.toml", "[info]", "[info]\nhat = 1", "lines.toml: info.hat"),
    ("lines.toml", "[opening]", "[hold]\nstill = 'Hush.'\n[opening]", "hold.still: stands in"),
    ("words.toml", '[side]\nleft = "left"', "[side]", "words.toml: side: Value error, missing left"),
    ("words.toml", 'longer = "*longer*"\n', "", "words.toml: changes.longer: missing"),
    ("postures.toml", 'stay = "Stay off the ball."', "", "postures.toml: lying.stay: Field required"),
    ("postures.toml", "[palm]", "[plam]", "postures.toml: plam"),
    ("facts.toml", 'S8 = ["yoga"', 'S8 = ["yogurt"', "facts.toml: heard.S8: no line tells it"),
    ("routines/R2.toml", 'id = "2.5"', 'id = "2.5"\nsurprise = 1', "surprise: Extra inputs are not permitted"),
    ("routines/R2.toml", 'say = "hold.half"', 'say = "hold.haff"', "R2.toml: cues: no line 'hold.haff' in cues.toml"),
    ("routines/R2.toml", 'kind = "finish"', 'kind = "check-in"', "expected one"),
    ("routines/R2.toml", 'kind = "side switch"', 'kind = "set-up"', "expected one side switch step"),
    ("routines/R2.toml", 'again = "The ball', 'short = "The ball', "Cannot overwrite a value"),
    ("routines/R2.toml", 'again = "The ball', '# "The ball', "steps.1: Value error, a placement needs 'again'"),
    ("routines/R2.toml", 'lower = "Let', '# "Let', "steps.2: Value error, a press needs 'lower'"),
    ("routines/R2.toml", ", reminder = true", "", "step 2.3, the first hold, has no cue with 'reminder'"),
    ("routines/R2.toml", "regular = 30, long = 15 }", "regular = 30 }", "step 2.5 has no seconds for long"),
    ("routines/R2.toml", 'id = "R2"', 'id = "R1"', "two files have the same id"),
    ("routines/R1.toml", 'without = ["1.2"]', 'without = ["1.7"]', "R1.toml: variants.wall: "),
    ("routines/R4.toml", 'after = ["R2", "R3"]', 'after = ["R2", "R9"]', "R4.toml: areas.leg.after: no routine 'R9'"),
    ("cues.toml", "[hold]", "[hold", "cues.toml"),
    # what is too much
    ("routines/R2.toml", "regular = 30, long = 15", "regular = 65, long = 15", "is 65; expected 15 to 60"),
    ("routines/R2.toml", "regular = 30, long = 15", "regular = 60, long = 15", "in one go; expected at most 60"),
    ("routines/R2.toml", "regular = 30, long = 15", "regular = 30, long = 30", "spot 'left: buttock'; expected"),
    ("routines/R1.toml", "regular = 25, long = 20", "regular = 25, long = 40", "on the left side; expected at most 180"),
    ("routines/R1.toml", "settle = 4", "settle = 14", "R1.toml: variants.socks.lengths.long"),
    ("routines/R4.toml", "short = 15, regular = 18 }", "short = 15, regular = 40 }", "seated in all; expected at most 240"),
    # what can't be said, or can't be heard
    ("lines.toml", "*still hurting*", "*still aching*", "stop.then_say: offers 'still aching'; expected"),
    ("lines.toml", "or say *stop*.", "or say stop.", "asks people to say something that is not marked"),
    ("lines.toml", "say: Alexa, *there*", "say: *there*", "place.window: offers 'there' while the microphone is shut"),
    ("lines.toml", "say: Alexa, *it hurts*. If", "say: *it hurts*. If", "rehearsal.test: offers 'it hurts' while"),
    ("routines/R2.toml", "Say: Alexa, *ready*. [12 s]", "Say: *ready*. [12 s]", "offers 'ready' while"),
    ("postures.toml", "down there, say *ready*", "down there, say *rosy*", "postures.toml: lying.down: offers 'rosy'"),
    ("words.toml", '"*foam roller*"', '"*foam thing*"', "words.toml: changes.roller: offers 'foam thing'"),
    ("lines.toml", "Wrap the pack. ", "Wrap the pack " + "well " * 30, "lines.toml: info.heat_cold: 5"),
    ("postures.toml", "Step away from the wall, and let", "Step " + "on " * 25 + "and let", "lines.toml: stop.hurts: "),
    ("lines.toml", "Here we go:", "Say *ready*. Here we go:", "opening.parked: offers 'ready' while"),
    ("lines.toml", 'rest_up = "Good.', 'rest_up = "Say banana. Good.', "finish.rest_up: asks people to say something"),
    ("routines/R2.toml", 'where = "on the floor"', 'where = "on the *banana*"', "R2.toml: where: offers 'banana'"),
    # what would fail, or not be heard as it stands
    ("postures.toml", 'away = "Let it roll away."', 'away = "Let it. // Roll away."', "lying.away: Value error, expected words"),
    ("postures.toml", 'away = "Let it roll away."', 'away = "Let it [2 s]"', "postures.toml: lying.away"),
    ("postures.toml", 'stay = "Stay off the ball."', 'stay = "Stay {side}."', "lying.stay: Value error, expected words"),
    ("lines.toml", 'not_yet = "I don', 'not_yet = []\nx = "I don', "lines.toml: choice.not_yet"),
    ("lines.toml", 'not_yet = "I don', 'not_yet = " "\nx = "I don', "choice.not_yet: Value error, expected words"),
    ("lines.toml", 'once_more = "Good.', 'once_more = "{ Good.', "a brace that belongs to no placeholder"),
    ("lines.toml", 'once_more = "Good.', 'once_more = "{side.x} Good.', "unknown placeholder ['side.x']"),
    ("lines.toml", 'once_more = "Good.', 'once_more = "{minutes} Good.', "once_more: has {minutes}, which has no value"),
    ("lines.toml", 'praise = ["Nice work.", ', "praise = [", "lines.toml: finish.praise"),
    ("routines/R1.toml", "settle = 4", "settle = -4", "steps.3.settle: Input should be greater than"),
    ("routines/R1.toml", "at = 7.5, say = \"hold.reminder\"", "at = 800, say = \"hold.reminder\"", "no room for hold.reminder"),
    ("routines/R1.toml", "limits = { minimum = 10, maximum = 45 }", "limits = { minimum = 1, maximum = 45 }", "is 1; expected at least 8"),
    ("facts.toml", 'S45 = ["department", "stores"]', "", "heard.S45: missing"),
    ("facts.toml", 'S23 = ["midpoint of your low back"]', 'S23 = ["Lift your hips. Move the ball"]', "heard.S23: no line tells it"),
    ("utterances/ThereIntent.txt", "i'm there", "it hurts", "'it hurts': stands in StopPainIntent.txt too"),
    ("utterances/ThereIntent.txt", "i'm there", "i'm {there}", "no slot 'there'; expected one of"),
    ("slots.toml", 'way = "WAY"', 'way = "WEY"', "slots.toml: slots.way: no type 'WEY'"),
    # what leads nowhere
    ("slots.toml", 'hip = ["hips"', 'hop = ["hips"', "R2.toml: areas.hip: expected one of the AREAs of slots.toml"),
    ("slots.toml", "pelvis = [", 'knee = []\npelvis = [', "slots.toml: types.AREA.knee: no routine works on it"),
    ("slots.toml", "bed = [", 'chair = []\nbed = [', "slots.toml: types.WAY.chair: no routine is done that way"),
    ("routines/R2.toml", 'instead = ["wall"]', 'instead = ["moon"]', "R2.toml: instead, softer: 'moon'; expected"),
    ("routines/R2.toml", 'instead = ["wall"]', 'instead = ["sock"]', "'sock' leads nowhere from 'hip'"),
    ("routines/R3.toml", 'ways = ["wall"]', 'ways = ["walls"]', "R3.toml: ways: 'walls'; expected one of the WAYs"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "before", "after", "expected"), WRONG, ids=[case[3] for case in WRONG])
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
    assert all(line.startswith(str(tmp_path)) for line in problem.value.problems), "each problem names its file"
    assert not (tmp_path / "en.json").exists()


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    """One run tells all that is wrong: in the form of the files first, then in what they say."""
    copy_tree(tmp_path)
    words, cues, lines = (tmp_path / "en" / f"{name}.toml" for name in ("words", "cues", "lines"))
    kept = words.read_text(encoding="utf-8")
    words.unlink()
    cues.write_text("[hold]\nstill = 1\n", encoding="utf-8")
    with pytest.raises(ContentError) as form:
        build("en", tmp_path)
    assert {"words.toml", "cues.toml: hold.still"} <= {
        name for name in ("words.toml", "cues.toml: hold.still") if name in str(form.value)
    }
    words.write_text(kept, encoding="utf-8")
    cues.write_text("", encoding="utf-8")
    text = lines.read_text(encoding="utf-8").replace("*still hurting*", "*still aching*")
    lines.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as said:
        build("en", tmp_path)
    assert "no line 'hold.still' in cues.toml" in str(said.value)
    assert "hold.three: missing" in str(said.value)
    assert "offers 'still aching'" in str(said.value)
    assert len(said.value.problems) > 20


def damaged(text: str) -> list[str]:
    """What is said of a JSON file that is damaged."""
    values = json.loads(text)
    del values["routines"][2]["steps"][3]["kind"]
    del values["routines"][4]["areas"]
    values["lines"] = []
    with pytest.raises(ContentError) as problem:
        content.library(values, DEFAULT_LOCALE)
    return problem.value.problems


def test_damaged_json_stops_the_start_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read at run time is looked at when the skill is built, not in somebody's session."""
    text = (ROOT / "en.json").read_text(encoding="utf-8")
    assert damaged(text) == [
        "routines.2.steps.2.4: 'kind' is missing",
        "routines.4: 'areas' is missing",
        "lines: 'list' object has no attribute 'items'",
    ]
    file = tmp_path / "en.json"
    monkeypatch.setattr(content, "ROOT", tmp_path)
    for broken in (text[: len(text) // 2], text.replace('"words":', '"wards":'), None):
        load.cache_clear()
        file.unlink(missing_ok=True)
        if broken is not None:
            file.write_text(broken, encoding="utf-8")
        with pytest.raises(ContentError) as problem:
            build_skill(Deps(MemoryStore()))
        assert str(problem.value).startswith(str(file))
        assert "expected what `soft-spot content build` writes" in str(problem.value)
    load.cache_clear()


def copy_tree(to: Path) -> None:
    """The English tree in another place."""
    shutil.copytree(ROOT / "en", to / "en")
