"""The speaker in a terminal."""

import asyncio
import io
import os
import pty
import select
import sys
import time
from collections.abc import Callable

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from skill.alexa.skill import Deps, build_skill
from skill.simulator import terminal
from skill.simulator.speaker import Speaker
from skill.stores.memory import MemoryStore
from tests.talk import RECOGNISER, START


def new_speaker() -> Speaker:
    """A speaker that nobody has talked to yet."""
    return Speaker(build_skill(Deps(MemoryStore())).handle, RECOGNISER, now=START)


def test_lines_that_are_piped_in_are_said_one_after_the_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each when the reply is over, or after the seconds of a "wait" before it."""
    lines = "ready\nhip\nready\nready\nwait 8\nit hurts\nwait 55\nouch\n\nstill hurting\ndone\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    terminal.chat(new_speaker(), fast=True)
    heard = capsys.readouterr().out
    assert "You: open soft spot\n  Soft Spot: Welcome to Soft Spot.\n" in heard
    assert "             (12 seconds)\n" in heard
    assert "  Soft Spot: I heard you.\n" in heard
    stop = heard.index("You: ouch [StopPainIntent]\n  Soft Spot: Stopping.\n  Soft Spot: Come off the ball,")
    assert "And ease." not in heard[stop:]
    assert heard.endswith('(The session is over. To begin again, say "open soft spot".)\n')


def test_a_piped_session_that_falls_silent_is_reprompted_and_closed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on an Echo."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("ready\n"))
    terminal.chat(new_speaker(), fast=False)
    heard = capsys.readouterr().out
    assert "(no answer)\n  Soft Spot: Say low back, hip, buttock, or leg." in heard
    assert heard.count("The session is over") == 1


def test_what_is_being_typed_survives_what_is_being_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a line typed in mid-speech is still there when the other half comes; it interrupts then."""
    monkeypatch.setattr(terminal, "TICK_SECONDS", 0.005)
    speaker = new_speaker()

    async def type_slowly() -> None:
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            talk = asyncio.create_task(terminal._talk(speaker, 40.0))
            await asyncio.sleep(0.05)
            keys.send_text("rea")
            before = speaker.now
            await asyncio.sleep(0.2)
            assert speaker.now - before > 2, "speech went on meanwhile"
            keys.send_text("dy\r")
            await asyncio.sleep(0.1)
            keys.send_text("\x04")
            with pytest.raises(EOFError):
                await talk

    asyncio.run(type_slowly())
    assert speaker.request["request"]["intent"]["name"] == "ReadyIntent"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([], " asleep"),
        (["open soft spot"], " speaking"),
        (["open soft spot", 7.8], " quiet, "),
        (["open soft spot", 56], " listening, "),
    ],
)
def test_the_status_counts_down(words: list[str | float], status: str) -> None:
    """What the speaker is doing, and for how much longer."""
    speaker = new_speaker()
    for word in words:
        _ = speaker.hear(word) if isinstance(word, str) else speaker.pass_time(word)
    assert terminal._status(speaker).startswith(status)


def test_a_real_terminal_from_start_to_ctrl_c() -> None:
    """`soft-spot chat --fast` opens the skill by itself, hears what is typed, and leaves cleanly."""
    process, master = pty.fork()  # a terminal of its own, so that Ctrl-C reaches it as it would from a keyboard
    if process == 0:
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "LINES": "30"}
        os.execve(sys.executable, [sys.executable, "-m", "skill", "chat", "--fast"], environment)  # noqa: S606
    screen = b""

    def read_until(found: Callable[[bytes], bool]) -> None:
        nonlocal screen
        deadline = time.monotonic() + 20
        while not found(screen):
            assert time.monotonic() < deadline, screen.decode(errors="replace")
            if select.select([master], [], [], 0.1)[0]:
                screen += os.read(master, 65536)

    try:
        read_until(lambda seen: b"if anything hurts, come off the ball first" in seen)
        os.write(master, b"ready\r")
        read_until(lambda seen: b"What shall we work on" in seen)
        os.write(master, b"\x03")
        read_until(lambda seen: b"Bye." in seen)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    finally:
        os.close(master)
    assert b"Traceback" not in screen
