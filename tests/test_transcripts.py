"""Conversations written down in plain text: see `tests.talk.converse` for how."""

from pathlib import Path

import pytest

from tests.talk import Talk, converse, read_transcripts

TRANSCRIPTS = Path(__file__).parent / "transcripts"


@pytest.mark.parametrize("file", read_transcripts(TRANSCRIPTS), ids=lambda file: file.stem)
def test_a_transcript_is_what_is_heard(file: Path) -> None:
    """Each conversation goes as it is written down."""
    converse(Talk(), file.read_text(encoding="utf-8").splitlines())
