"""How long words take to say. benchmarks/holds.py measures how well that is estimated."""

import pytest

from skill.speech.pace import Pace, parts, speaking_time, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("hold", 1),
        ("ease", 1),
        ("breathe", 1),
        ("slowly", 2),
        ("muscle", 2),
        ("seconds", 2),
        ("rolled", 1),
        ("wanted", 2),
        ("the", 1),
        ("alexa", 3),
        ("hm", 1),
    ],
)
def test_syllables_are_counted_by_ear(word: str, count: int) -> None:
    """Silent endings don't count."""
    assert syllables(word) == count


def test_a_text_is_the_sum_of_its_parts() -> None:
    """Text, syllables, letters, inner commas and inner sentence ends."""
    assert parts("Half way. If it hurts, say: Alexa, it hurts.") == (1, 11, 31, 3, 1)
    assert speaking_time("Hold still.", Pace(1, 10, 100, 1000, 10000)) == 1 + 2 * 10 + 9 * 100


@pytest.mark.parametrize("text", ["", " ", "...", "—"])
def test_nothing_to_say_takes_no_time(text: str) -> None:
    """A text without words is silent."""
    assert speaking_time(text) == 0


def test_more_words_take_longer() -> None:
    """The estimate grows with the text."""
    assert (
        0.3 < speaking_time("Hold.") < speaking_time("Hold still.") < speaking_time("Hold still, and breathe out.") < 3
    )
