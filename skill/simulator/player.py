"""SSML as a speaker plays it: pieces on a time line."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from skill.speech.pace import speaking_time
from skill.speech.ssml import CHIMES

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_CHIMES = {chime.source: (name, chime.seconds) for name, chime in CHIMES.items()}
_UNITS = {"ms": 0.001, "s": 1.0}


class Piece(NamedTuple):
    """Something that is heard: a sentence, a chime by its name, or neither for quiet; and the seconds it takes."""

    say: str | None
    seconds: float
    sound: str | None = None


def pieces(ssml: str) -> list[Piece]:
    """What is heard of a `<speak>` document, sentence by sentence, chained breaks as one quiet.

    Raises ValueError where it is no well-formed SSML of the kind that the skill speaks.
    """
    try:
        root = ElementTree.fromstring(ssml)
    except ElementTree.ParseError as error:
        raise ValueError(f"this is no SSML: {error}: {ssml!r}") from error
    found = _said(root.text)
    for tag in root:
        if tag.tag == "audio":
            found.append(_chime(tag.attrib["src"]))
        elif tag.tag == "break":
            quiet = _seconds(tag.attrib["time"])
            if found and found[-1].say is None and found[-1].sound is None:
                quiet += found.pop().seconds
            found.append(Piece(None, quiet))
        else:
            raise ValueError(f"the player knows no <{tag.tag}>")
        found += _said(tag.tail)
    return found


def _said(text: str | None) -> list[Piece]:
    words = " ".join((text or "").split())
    if not words:
        return []
    sentences = _SENTENCES.split(words)
    rate = speaking_time(words) / sum(map(len, sentences))
    return [Piece(sentence, rate * len(sentence)) for sentence in sentences]


def _chime(source: str) -> Piece:
    if source not in _CHIMES:
        raise ValueError(f"the player has no sound {source!r}")
    name, seconds = _CHIMES[source]
    return Piece(None, seconds, name)


def _seconds(time: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", time)
    if found is None:
        raise ValueError(f"a break of {time!r}; expected one like 10s or 250ms")
    return float(found[1]) * _UNITS[found[2]]
