"""`soft-spot plan`: what every routine says, and when."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from skill.__main__ import main
from skill.simulator.player import pieces

SOURCE = json.loads((Path(__file__).parent / "data" / "routines.json").read_text(encoding="utf-8"))["routines"]
STEPS = {step["id"]: step for routine in SOURCE for step in routine["steps"]}
LENGTHS = {"R0": 2, "R1": 3, "R2": 3, "R3": 3, "R4": 2, "R5": 2, "R6": 3}
"""How many lengths each routine has: long ones only where they are within the load caps."""


def planned(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """What `soft-spot plan --format json` prints."""
    assert main(["plan", *arguments, "--format", "json"]) == 0
    routines: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["routines"]
    return routines


@pytest.fixture
def everything(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every routine in every length."""
    return planned(capsys, "--all")


def test_every_routine_is_there_in_every_length(everything: list[dict[str, Any]]) -> None:
    """Each of its lengths once."""
    found = [(routine["id"], routine["length"]) for routine in everything]
    lengths = ("short", "regular", "long")
    assert found == [(name, length) for name, count in LENGTHS.items() for length in lengths[:count]]


def test_no_step_of_the_source_is_lost(everything: list[dict[str, Any]]) -> None:
    """Each is heard in every length of its routine; the change of sides where there are two."""
    for routine in everything:
        said = {cue["step"] for reply in routine["replies"] for cue in reply["cues"] if cue["say"]} - {None}
        both = routine["length"] != "short"
        expected = {
            step["id"]
            for source in SOURCE
            if source["id"] == routine["id"]
            for step in source["steps"]
            if both or step["loop"] != "switch"
        }
        assert said == expected, (routine["id"], routine["length"])


def test_holds_are_within_the_limits_of_the_source(everything: list[dict[str, Any]]) -> None:
    """What carries load is held, for no less and no more than the source's limits."""
    for routine in everything:
        holds = [hold for reply in routine["replies"] for hold in reply["holds"]]
        assert len({hold["id"] for hold in holds}) == len(holds), "each hold has its own name"
        for hold in holds:
            step = STEPS[hold["step"]]
            assert step["load"], hold
            assert step["hold_min"] <= hold["promised"] <= step["hold_max"], hold


def test_a_hold_is_the_sum_of_its_cues_and_silences(everything: list[dict[str, Any]]) -> None:
    """From its first word to the chime at its end; each cue follows the one before."""
    for routine in everything:
        for reply in routine["replies"]:
            at = 0.0
            for cue in reply["cues"]:
                assert cue["at"] == pytest.approx(at, abs=0.01)
                at = cue["at"] + cue["seconds"]
                assert not (cue["say"] and cue["sound"])
            for hold in reply["holds"]:
                within = [cue for cue in reply["cues"] if cue["hold"] == hold["id"]]
                assert sum(cue["seconds"] for cue in within) == pytest.approx(hold["promised"], abs=0.02)
                assert {(cue["step"], cue["side"], cue["pass"]) for cue in within} == {
                    (hold["step"], hold["side"], hold["pass"])
                }


def test_left_and_right_get_the_same(everything: list[dict[str, Any]]) -> None:
    """Within half a second, where both sides are worked on."""
    for routine in everything:
        totals = {"left": 0.0, "right": 0.0}
        for reply in routine["replies"]:
            for hold in reply["holds"]:
                if hold["side"]:
                    totals[hold["side"]] += hold["promised"]
        if routine["length"] != "short" and totals["left"]:
            assert totals["left"] == pytest.approx(totals["right"], abs=0.5)


def test_the_ssml_is_what_the_cues_say(everything: list[dict[str, Any]]) -> None:
    """Word for word, chime for chime, with no more sounds than Alexa plays."""
    for routine in everything:
        for reply in routine["replies"]:
            heard = pieces(reply["ssml"])
            assert " ".join(piece.say for piece in heard if piece.say) == " ".join(
                cue["say"] for cue in reply["cues"] if cue["say"]
            )
            assert [p.sound for p in heard if p.sound] == [cue["sound"] for cue in reply["cues"] if cue["sound"]]
            assert len(list(ElementTree.fromstring(reply["ssml"]).iter("audio"))) <= 5


def test_one_routine_in_one_length(capsys: pytest.CaptureFixture[str]) -> None:
    """As it is asked for."""
    (only,) = planned(capsys, "R3", "--length", "regular")
    assert (only["id"], only["length"]) == ("R3", "regular")
    assert [routine["length"] for routine in planned(capsys, "R4")] == ["short", "regular"]
    assert {routine["id"] for routine in planned(capsys, "--length", "long")} == {"R1", "R2", "R3", "R6"}


def test_as_text_it_reads_like_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    """With the time, the step, the words, the quiet and the chimes."""
    assert main(["plan", "R2", "--length", "short"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("R2 Hip and pelvis on the floor, short: about")
    for line in (
        "2.2   You'll slide the ball under the soft top part of your left buttock.",
        "2.3   (chime)",
        "Three.",
    ):
        assert line in text
    assert "2.10  All done." in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["R9"], "no routine 'R9'; expected one of R0, R1, R2, R3, R4, R5, R6"),
        (["R5", "--length", "long"], "R5 has no long form; expected one of short, regular"),
    ],
)
def test_what_there_is_none_of_is_said(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With what there is, and a status that scripts see."""
    assert main(["plan", *arguments]) == 2
    assert expected in capsys.readouterr().err


def test_one_routine_and_all_of_them_is_a_contradiction(capsys: pytest.CaptureFixture[str]) -> None:
    """It is said, not guessed."""
    with pytest.raises(SystemExit) as left:
        main(["plan", "R1", "--all"])
    assert left.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
