"""The README says what is true."""

import re
from pathlib import Path

import pytest

from skill.stores.address import open_store
from skill.stores.store import Store
from tests.talk import Talk, converse

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_transcript_is_what_is_heard(speaker: Talk) -> None:
    """Word for word, in ten lines, with "it hurts" in it."""
    transcript = re.findall(r"^    ([UA](?: \d+)?: .*)$", README, re.MULTILINE)
    assert len(transcript) == 10
    assert "U 50: it hurts" in transcript
    converse(speaker, transcript)


@pytest.mark.parametrize("target", re.findall(r"(?:`|^    )make (\w+)", README, re.MULTILINE))
def test_its_make_targets_are_there(target: str) -> None:
    """Each command can be typed."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", re.findall(r"^\| `([^`:]+/|[a-z_]+\.py)` \|", README, re.MULTILINE))
def test_what_it_points_to_is_there(path: str) -> None:
    """Each place can be opened."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize("address", re.findall(r"^\| `([a-z]+://[^`]*)` \|", README, re.MULTILINE))
def test_its_addresses_of_stores_are_such(address: str) -> None:
    """Each setting can be used as it is written."""
    assert isinstance(open_store(address, {}), Store)
