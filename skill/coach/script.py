"""What one reply says and when: cues on a time line."""

from collections.abc import Mapping
from typing import NamedTuple

from skill.coach.library import Library, fill
from skill.coach.routine import Words

BREATH = 0.7
"""Seconds of quiet between two lines, and where a line has "//": long enough to hear that a thought has ended."""

LONG_BREATH = 1.5
"""The same for those who want longer gaps."""


class Cue(NamedTuple):
    """Something said, or a quiet, in its place on the time line of a reply.

    at: seconds after the reply's start.
    seconds: how long it takes; for words an estimate.
    say: the words, None for quiet and for a chime.
    sound: the name of a chime.
    step, side, pass_: where in the routine, empty outside of it.
    hold: the id of the hold that it belongs to, None outside of holds.
    """

    at: float
    seconds: float
    say: str | None = None
    sound: str | None = None
    step: str | None = None
    side: str | None = None
    pass_: int | None = None
    hold: str | None = None


Script = tuple[Cue, ...]


class Timeline:
    """A script in the making. `at` is where it ends so far, `breath` how long it is quiet between lines, in seconds.

    step, side, pass_ and hold mark the cues that follow.
    """

    def __init__(self, library: Library, session: int, values: Mapping[str, str], *, breath: float = BREATH) -> None:
        self._library = library
        self._session = session
        self._values = values
        self._cues: list[Cue] = []
        self.at = 0.0
        self.breath = breath
        self.step: str | None = None
        self.side: str | None = None
        self.pass_: int | None = None
        self.hold: str | None = None

    @property
    def script(self) -> Script:
        """What has been put on the time line."""
        return tuple(self._cues)

    def say(self, line: str | Words) -> None:
        """Say a line, given by name or by its words, a breath after what was said before."""
        for part in self.parts(line):
            if isinstance(part, str):
                self.breathe()
                self._add(self._library.speaking_time(part), part)
            else:
                self.quiet(part)

    def breathe(self) -> None:
        """Leave a breath of quiet after words."""
        if self._cues and self._cues[-1].say is not None:
            self.quiet(self.breath)

    def quiet(self, seconds: float) -> None:
        """Be quiet for a while; nothing where the time is up already."""
        if seconds > 0:
            self._add(seconds, None)

    def quiet_until(self, at: float) -> None:
        """Be quiet up to a point of the time line."""
        self.quiet(at - self.at)

    def speaking_time(self, line: str | Words) -> float:
        """Seconds that a line takes to say, its pauses included."""
        return sum(self._library.speaking_time(p) if isinstance(p, str) else p for p in self.parts(line))

    def parts(self, line: str | Words) -> tuple[str | float, ...]:
        """A line's texts and pauses, in this session's wording."""
        words = self._library.lines[line] if isinstance(line, str) else line
        return fill(words, self._session, self._values)

    def chime(self, sound: str) -> None:
        """Let a chime be heard, a breath after what was said before."""
        self.breathe()
        self._add(self.seconds_of(sound), None, sound)

    def seconds_of(self, sound: str) -> float:
        """Seconds that a chime takes."""
        return self._library.chimes[sound]

    def _add(self, seconds: float, say: str | None, sound: str | None = None) -> None:
        self._cues.append(Cue(self.at, seconds, say, sound, self.step, self.side, self.pass_, self.hold))
        self.at += seconds


def after(lead: Script, script: Script) -> Script:
    """A script that follows another one, a breath after it."""
    if not lead:
        return script
    at = length(lead)
    breath = Cue(at, BREATH)
    return (*lead, breath, *(cue._replace(at=cue.at + at + BREATH) for cue in script))


def length(script: Script) -> float:
    """How long a script takes, in seconds."""
    return script[-1].at + script[-1].seconds if script else 0.0
