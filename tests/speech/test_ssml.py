"""Scripts as SSML."""

from xml.etree import ElementTree

import pytest

from skill.coach.script import Cue
from skill.speech.ssml import MOST_CHARACTERS, SpeechTooLongError, breaks, ssml


@pytest.mark.parametrize(
    ("seconds", "tags"),
    [
        (0, []),
        (0.0004, []),
        (0.7, ["700ms"]),
        (9.9999, ["10s"]),
        (10, ["10s"]),
        (12.5, ["10s", "2500ms"]),
        (30, ["10s", "10s", "10s"]),
    ],
)
def test_breaks_are_chained_at_ten_seconds(seconds: float, tags: list[str]) -> None:
    """No break is longer than Alexa allows, and together they are as long as asked."""
    assert breaks(seconds) == "".join(f'<break time="{tag}"/>' for tag in tags)


def test_words_and_quiet_stand_in_their_order() -> None:
    """A script is spoken as it is planned."""
    script = (Cue(0, 1, "Hold still."), Cue(1, 4, None), Cue(5, 1, "And ease."))
    assert ssml(script) == '<speak>Hold still. <break time="4000ms"/> And ease.</speak>'


def test_text_is_escaped() -> None:
    """Whatever words stand in a line, the document stays well-formed."""
    document = ssml([Cue(0, 1, 'Less < more & "so" > it\'s')])
    assert ElementTree.fromstring(document).text == 'Less < more & "so" > it\'s'


def test_a_reply_over_the_limit_is_refused_by_name() -> None:
    """The error says how long the reply is, and how long it may be."""
    with pytest.raises(SpeechTooLongError, match=f"8015 characters.*accepts {MOST_CHARACTERS}"):
        ssml([Cue(0, 1, "a" * MOST_CHARACTERS)])
    assert len(ssml([Cue(0, 1, "a" * (MOST_CHARACTERS - 15))])) == MOST_CHARACTERS
