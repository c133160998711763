"""How long a text takes to say.

Alexa tells neither her speaking rate nor what she has played, so it is estimated. One table of constants a
language; those of English were fitted by `benchmarks/holds.py --fit` to a measured voice, from the first to the
last loud sample of a text (platform.md: that is 0.08 s off a cue).
"""

import re
from typing import NamedTuple


class Pace(NamedTuple):
    """Seconds that the parts of a text take.

    start: the text itself; syllable, letter: each of them; comma: an inner comma, colon or semicolon;
    sentence: an inner end of a sentence.
    """

    start: float
    syllable: float
    letter: float
    comma: float
    sentence: float


ENGLISH = Pace(start=0.103, syllable=0.102, letter=0.0256, comma=0.35, sentence=0.361)

_WORD = re.compile(r"[a-z']+")
_VOWELS = re.compile(r"[aeiouy]+")
_COMMA = re.compile(r"[,;:](?=\s)")
_SENTENCE = re.compile(r"[.?!](?=\s)")


def speaking_time(text: str, pace: Pace = ENGLISH) -> float:
    """Seconds that a text takes to say; none for an empty one."""
    counts = parts(text)
    return round(sum(count * seconds for count, seconds in zip(counts, pace, strict=True)), 3)


def parts(text: str) -> tuple[int, int, int, int, int]:
    """How often a text has each part that a Pace gives the seconds of; never for one without words."""
    words = _WORD.findall(text.lower())
    if not words:
        return 0, 0, 0, 0, 0
    return (
        1,
        sum(map(syllables, words)),
        sum(map(len, words)),
        len(_COMMA.findall(text)),
        len(_SENTENCE.findall(text)),
    )


def syllables(word: str) -> int:
    """Syllables of an English word in lower case, counted by its groups of vowels; at least one."""
    count = len(_VOWELS.findall(word))
    if count > 1 and word.endswith("e") and not word.endswith(("le", "ee", "ie", "ye", "oe", "ue")):
        count -= 1
    if count > 1 and word.endswith("ed") and not word.endswith(("ted", "ded")):
        count -= 1
    return max(1, count)
