"""What all tests share."""

import os

import pytest

from tests.talk import DAY, Talk

os.environ["SOFT_SPOT_STORE"] = "memory://"  # nobody's own file is touched


@pytest.fixture
def speaker() -> Talk:
    """A speaker that nobody has talked to yet."""
    return Talk()


@pytest.fixture
def regular_user() -> Talk:
    """A speaker on which one whole session was done yesterday."""
    talk = Talk()
    talk.launch("ready", "hip", "ready", "ready", "it hurts", "next", "next", "okay", "good")
    talk.silence()
    talk.wait(DAY)
    return talk
