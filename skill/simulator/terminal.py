"""The simulated speaker in a terminal: type what you would say, read what you would hear."""

import asyncio
import shutil
import sys
import textwrap
import time
from collections.abc import Iterable
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app_or_none
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.patch_stdout import patch_stdout

from skill.simulator.speaker import Doing, Happening, Speaker, What

FAST = 10.0
"""How much faster `--fast` speaks and pauses. The microphone keeps its time: people type as fast as they can."""

TICK_SECONDS = 0.1
"""How often the speaker's time is moved on."""

SHOWN_QUIET = 2.0
"""Quiets of at least so many seconds are shown; shorter ones are breaths."""

HELP = """\
This is Soft Spot on a simulated speaker. Type what you would say, and press Enter; you need not type "Alexa".
You can speak at any time: whatever is being said then stops. Ctrl-C ends it.
"""

OPEN = "open soft spot"

NAME = "  Soft Spot: "
INDENT = " " * len(NAME)


def chat(speaker: Speaker, *, fast: bool) -> None:
    """Talk to a speaker until Ctrl-C or the end of input.

    At a terminal it plays in real time, with `fast` FAST times as fast. Otherwise each line of standard input is
    said when the speaker has finished; a line "wait 12" lets it play for twelve seconds first.
    """
    if not sys.stdin.isatty():
        _read(speaker, sys.stdin)
        return
    print(HELP)
    try:
        asyncio.run(_talk(speaker, FAST if fast else 1.0))
    except (KeyboardInterrupt, EOFError):
        print("Bye.")


def _read(speaker: Speaker, lines: TextIO) -> None:
    _show(speaker.hear(OPEN))
    waited = False
    for line in map(str.strip, lines):
        if line.startswith("wait "):
            _show(speaker.pass_time(float(line.removeprefix("wait "))))
            waited = True
        elif line:
            while not waited and speaker.doing in (Doing.SPEAKING, Doing.QUIET):
                _show(speaker.pass_time(speaker.left))
            _show(speaker.hear(line))
            waited = False
    while speaker.doing is not Doing.ASLEEP:
        _show(speaker.pass_time(speaker.left))


async def _talk(speaker: Speaker, factor: float) -> None:
    session: PromptSession[str] = PromptSession(
        message=HTML("<b>You: </b>"), bottom_toolbar=lambda: _status(speaker), refresh_interval=TICK_SECONDS
    )
    with patch_stdout():
        _show(speaker.hear(OPEN))
        clock = asyncio.create_task(_run(speaker, factor))
        try:
            while True:
                words = (await session.prompt_async()).strip()
                if words:
                    _show(speaker.hear(words), echo=False)
        finally:
            clock.cancel()


async def _run(speaker: Speaker, factor: float) -> None:
    """Move the speaker's time on with the wall's clock, however late this task is woken."""
    before = time.monotonic()
    while True:
        await asyncio.sleep(TICK_SECONDS)
        now = time.monotonic()
        elapsed, before = now - before, now
        listening = speaker.doing in (Doing.LISTENING, Doing.ASLEEP)
        _show(speaker.pass_time(elapsed if listening else elapsed * factor))
        if app := get_app_or_none():
            app.invalidate()


def _show(happened: Iterable[Happening], *, echo: bool = True) -> None:
    for happening in happened:
        line = _line(happening, echo=echo)
        if line is not None:
            print(line)


def _line(happening: Happening, *, echo: bool) -> str | None:
    """A happening as a line of the transcript, None for what is not shown."""
    width = shutil.get_terminal_size().columns
    match happening.what:
        case What.SAYS:
            return textwrap.fill(happening.words, width, initial_indent=NAME, subsequent_indent=INDENT)
        case What.QUIET:
            return f"{INDENT}({happening.seconds:.0f} seconds)" if happening.seconds >= SHOWN_QUIET else None
        case What.CHIMES:
            return f"{INDENT}(chime)"
        case What.HEARD:
            return f"You: {happening.words}" if echo else None
        case What.NOT_FOR_US:
            return f'{INDENT}(Soft Spot is asleep and hears nothing of that. Say "{OPEN}".)'
        case What.REPROMPTS:
            return f"{INDENT}(no answer)"
        case What.ENDS:
            return f'{INDENT}(The session is over. To begin again, say "{OPEN}".)'
        case _:
            return None


def _status(speaker: Speaker) -> str:
    """What the speaker is doing, counted down."""
    match speaker.doing:
        case Doing.ASLEEP:
            return f' asleep: say "{OPEN}" '
        case Doing.SPEAKING:
            return " speaking: say anything to interrupt "
        case Doing.QUIET:
            return f" quiet, {speaker.left:.0f} seconds: say anything to interrupt "
        case Doing.LISTENING:
            return f" listening, {speaker.left:.0f} seconds "
