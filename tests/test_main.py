"""The command line."""

from pathlib import Path

import pytest

from skill import __main__, content
from skill.__main__ import main
from skill.content import build, model
from skill.simulator import terminal
from skill.simulator.speaker import Speaker
from tests.content.test_content import copy_tree


def test_content_build_writes_the_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says which file it wrote."""
    copy_tree(tmp_path)
    monkeypatch.setattr(build.write, "__defaults__", (tmp_path,))
    assert main(["content", "build"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'en.json'}\n"
    assert (tmp_path / "en.json").read_bytes() == (content.ROOT / "en.json").read_bytes()


def test_content_build_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, with an exit status that scripts see."""
    monkeypatch.setattr(build.write, "__defaults__", (tmp_path,))
    assert main(["content", "build"]) == 1
    assert "lines.toml: [Errno 2]" in capsys.readouterr().err


def test_model_build_writes_the_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One for each locale."""
    monkeypatch.setattr(model.write, "__defaults__", (content.ROOT, tmp_path))
    assert main(["model", "build"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'en-US.json'}\n"


@pytest.mark.parametrize(("arguments", "fast"), [(["chat"], False), (["chat", "--fast"], True)])
def test_chat_talks_to_the_skill(arguments: list[str], fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a speaker with the skill behind it."""
    chats: list[tuple[Speaker, bool]] = []
    monkeypatch.setattr(terminal, "chat", lambda speaker, *, fast: chats.append((speaker, fast)))
    assert main(arguments) == 0
    ((speaker, given),) = chats
    assert given is fast
    assert any(
        "Welcome to Soft Spot." in happening.words
        for happening in speaker.hear("open soft spot") + speaker.pass_time(1)
    )


@pytest.mark.parametrize("arguments", [[], ["dance"], ["content"], ["content", "dance"], ["model"]])
def test_a_wrong_command_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With the usage, and a status of two."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: soft-spot" in capsys.readouterr().err


def test_a_deployment_needs_no_simulator() -> None:
    """The command line imports what a command needs when the command is run."""
    assert not {"skill.simulator.speaker", "prompt_toolkit"} & set(vars(__main__))
