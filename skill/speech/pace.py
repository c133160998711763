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


ENGLISH = Pace(start=0.13, syllable=0.06, letter=0.036, comma=0.36, sentence=0.3)

_WORD = re.compile(r"[a-z']+")
_VOWELS = re.compile(r"[aeiouy]+")
_COMMA = re.compile(r"[,;:](?=\s)")
_SENTENCE = re.compile(r"[.?!](?=\s)")


def speaking_time(text: str, pace: Pace = ENGLISH) -> float:
    """Seconds that a text takes to say; none for an empty one."""
    words = _WORD.findall(text.lower())
    if not words:
        return 0.0
    return round(
        pace.start
        + pace.syllable * sum(map(syllables, words))
        + pace.letter * sum(map(len, words))
        + pace.comma * len(_COMMA.findall(text))
        + pace.sentence * len(_SENTENCE.findall(text)),
        3,
    )


def syllables(word: str) -> int:
    """Syllables of an English word in lower case, counted by its groups of vowels; at least one."""
    count = len(_VOWELS.findall(word))
    if count > 1 and word.endswith("e") and not word.endswith(("le", "ee", "ie", "ye", "oe", "ue")):
        count -= 1
    if count > 1 and word.endswith("ed") and not word.endswith(("ted", "ded")):
        count -= 1
    return max(1, count)
