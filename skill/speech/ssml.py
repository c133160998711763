"""A script as SSML, within Alexa's limits (platform.md, Replies and sessions)."""

from collections.abc import Iterable

from skill.coach.script import Cue

MOST_CHARACTERS = 8_000
"""Speech of one reply, SSML tags counted."""

LONGEST_BREAK = 10.0
"""Seconds of one `<break>`; longer ones are chained."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class SpeechTooLongError(ValueError):
    """A reply has more characters than Alexa accepts."""

    def __init__(self, characters: int) -> None:
        super().__init__(f"a reply of {characters} characters of SSML; Alexa accepts {MOST_CHARACTERS}")
        self.characters = characters


def ssml(script: Iterable[Cue]) -> str:
    """A script as a `<speak>` document.

    Raises SpeechTooLongError where it has more than MOST_CHARACTERS.
    """
    pieces = (cue.say.translate(_ESCAPES) if cue.say is not None else breaks(cue.seconds) for cue in script)
    text = f"<speak>{' '.join(filter(None, pieces))}</speak>"
    if len(text) > MOST_CHARACTERS:
        raise SpeechTooLongError(len(text))
    return text


def breaks(seconds: float) -> str:
    """So many seconds of quiet, to the millisecond, none longer than LONGEST_BREAK."""
    milliseconds = round(seconds * 1000)
    longest = round(LONGEST_BREAK * 1000)
    tags = ['<break time="10s"/>'] * (milliseconds // longest)
    if milliseconds % longest:
        tags.append(f'<break time="{milliseconds % longest}ms"/>')
    return "".join(tags)
