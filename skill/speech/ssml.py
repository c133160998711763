"""A script as SSML, within Alexa's limits (platform.md, Replies and sessions)."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from skill.coach.script import Cue

MOST_CHARACTERS = 8_000
"""Speech of one reply, SSML tags counted."""

LONGEST_BREAK = 10.0
"""Seconds of one `<break>`; longer ones are chained."""

MOST_SOUNDS = 5
"""`<audio>` tags of one reply."""


class Chime(NamedTuple):
    """A sound of the ASK sound library, and how many seconds it is taken to last.

    The library's page has no lengths that can be read without playing it: they are ours to be checked by ear. No
    hold depends on them, since chimes ring around holds, not in them.
    """

    source: str
    seconds: float


CHIMES = MappingProxyType(
    {
        "chime_start": Chime("soundbank://soundlibrary/musical/amzn_sfx_bell_short_chime_01", 1.0),
        "chime_end": Chime("soundbank://soundlibrary/musical/amzn_sfx_bell_short_chime_02", 1.0),
    }
)
"""The chimes by name."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class SpeechTooLongError(ValueError):
    """A reply has more characters than Alexa accepts."""

    def __init__(self, characters: int) -> None:
        super().__init__(f"a reply of {characters} characters of SSML; Alexa accepts {MOST_CHARACTERS}")
        self.characters = characters


class TooManySoundsError(ValueError):
    """A reply has more sounds than Alexa accepts."""

    def __init__(self, sounds: int) -> None:
        super().__init__(f"a reply with {sounds} sounds; Alexa accepts {MOST_SOUNDS}")
        self.sounds = sounds


def ssml(script: Iterable[Cue]) -> str:
    """A script as a `<speak>` document.

    Raises SpeechTooLongError where it has more than MOST_CHARACTERS, TooManySoundsError where it has more than
    MOST_SOUNDS.
    """
    cues = tuple(script)
    sounds = sum(cue.sound is not None for cue in cues)
    if sounds > MOST_SOUNDS:
        raise TooManySoundsError(sounds)
    text = f"<speak>{' '.join(filter(None, map(_piece, cues)))}</speak>"
    if len(text) > MOST_CHARACTERS:
        raise SpeechTooLongError(len(text))
    return text


def _piece(cue: Cue) -> str:
    if cue.sound is not None:
        return f'<audio src="{CHIMES[cue.sound].source}"/>'
    return cue.say.translate(_ESCAPES) if cue.say is not None else breaks(cue.seconds)


def breaks(seconds: float) -> str:
    """So many seconds of quiet, to the millisecond, none longer than LONGEST_BREAK."""
    milliseconds = round(seconds * 1000)
    longest = round(LONGEST_BREAK * 1000)
    tags = ['<break time="10s"/>'] * (milliseconds // longest)
    if milliseconds % longest:
        tags.append(f'<break time="{milliseconds % longest}ms"/>')
    return "".join(tags)
