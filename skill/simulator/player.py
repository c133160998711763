"""SSML as a speaker plays it: pieces on a time line."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from skill.speech.pace import speaking_time

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_UNITS = {"ms": 0.001, "s": 1.0}


class Piece(NamedTuple):
    """Something that is heard: a sentence, or None for quiet, and how many seconds it takes."""

    say: str | None
    seconds: float


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
        if tag.tag != "break":
            raise ValueError(f"the player knows no <{tag.tag}>")
        quiet = _seconds(tag.attrib["time"])
        if found and found[-1].say is None:
            quiet += found.pop().seconds
        found.append(Piece(None, quiet))
        found += _said(tag.tail)
    return found


def _said(text: str | None) -> list[Piece]:
    words = " ".join((text or "").split())
    if not words:
        return []
    rate = speaking_time(words) / len(words)
    return [Piece(sentence, rate * len(sentence)) for sentence in _SENTENCES.split(words)]


def _seconds(time: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", time)
    if found is None:
        raise ValueError(f"a break of {time!r}; expected one like 10s or 250ms")
    return float(found[1]) * _UNITS[found[2]]
