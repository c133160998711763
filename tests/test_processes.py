"""Many users at once, and processes that die: through the real entry, on SQLite."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.skill import Deps, build_skill
from skill.content import DEFAULT_LOCALE
from skill.simulator.envelope import Envelopes
from skill.stores.sqlite import SqliteStore
from tests.talk import RECOGNISER, START
from tests.test_keeping import FIRST

ENTRY = """
import json, sys, lambda_handler
for line in sys.stdin:
    print(json.dumps(lambda_handler.handler(json.loads(line), None)), flush=True)
"""


class Caller:
    """One speaker of a user, as Alexa calls the skill for it: request after request, each some time later."""

    def __init__(self, user: str) -> None:
        self.envelopes = Envelopes(locale=DEFAULT_LOCALE, user=user)
        self.now = START
        self.attributes: dict[str, Any] = {}

    def launch(self) -> dict[str, Any]:
        """The request that opens the skill."""
        return self.envelopes.launch({"new": True, "sessionId": "s", "attributes": {}}, self.now)

    def say(self, words: str) -> dict[str, Any]:
        """The request that says something, two minutes after the last one."""
        self.now += 120
        session = {"new": False, "sessionId": "s", "attributes": self.attributes}
        return self.envelopes.intent(session, self.now, RECOGNISER.hear(words))

    def heard(self, response: dict[str, Any]) -> str:
        """What is answered; its attributes go along with the next request."""
        self.attributes = response.get("sessionAttributes") or {}
        text: str = response["response"]["outputSpeech"]["ssml"]
        return text


def test_many_users_turns_interleaved_by_eight_threads_lose_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Each user's session is kept to its end, whoever else is talking, and no lock is in anybody's way."""
    store = SqliteStore(tmp_path / "progress.sqlite3")
    skill = build_skill(Deps(store))
    callers = [Caller(f"user {number}") for number in range(48)]
    dice = random.Random(1)

    def session(caller: Caller) -> Iterator[None]:
        caller.heard(skill.handle(caller.launch()))
        for words in FIRST:
            yield
            caller.heard(skill.handle(caller.say(words)))

    def turns(some: list[Caller]) -> None:
        running = [session(caller) for caller in some]
        while running:
            one = dice.choice(running)
            if next(one, "over") == "over":
                running.remove(one)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(turns, callers[number::8]) for number in range(8)]:
            done.result()
    assert "failed" not in caplog.text
    for caller in callers:
        request = skill.serializer.read(caller.launch(), "ask_sdk_model.request_envelope.RequestEnvelope")
        assert store.get_attributes(request)["done"] == {"R2": 1}, caller


def test_a_process_that_is_killed_in_mid_session_leaves_all_that_was_done(tmp_path: Path) -> None:
    """The next process finds the place; no turn was waited for to be saved."""
    address = f"sqlite:///{tmp_path}/kept/progress.sqlite3"
    caller = Caller("somebody")
    with _process(address) as process:
        caller.heard(_ask(process, caller.launch()))
        for words in FIRST[:5]:
            caller.heard(_ask(process, caller.say(words)))
        process.kill()
    caller.now += 120
    with _process(address) as process:
        assert "I lost you on your left hip." in caller.heard(_ask(process, caller.launch()))
        process.kill()


def test_a_process_that_is_killed_between_two_turns_is_not_missed(tmp_path: Path) -> None:
    """Another one goes on with the same session."""
    address = f"sqlite:///{tmp_path}/progress.sqlite3"
    caller = Caller("somebody")
    with _process(address) as process:
        caller.heard(_ask(process, caller.launch()))
        caller.heard(_ask(process, caller.say("ready")))
        process.kill()
    with _process(address) as process:
        assert "Hip, on the floor" in caller.heard(_ask(process, caller.say("hip")))
        process.kill()


@pytest.mark.parametrize("address", ["progress.sqlite3", "mysql://x", "sqlite:///", "dynamodb://t?region=eu-west-1"])
def test_a_bad_store_stops_the_start_with_what_is_expected(address: str) -> None:
    """In the terminal as in Lambda."""
    environment = {**os.environ, "SOFT_SPOT_STORE": address}
    for command in (["-m", "skill", "chat"], ["-c", "import lambda_handler"]):
        done = subprocess.run(
            [sys.executable, *command], env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 1
        assert "SOFT_SPOT_STORE: " in done.stderr
        assert "expected: memory://, sqlite:///PATH" in done.stderr
        assert "Traceback" not in done.stderr or command[0] == "-c"


def _process(address: str) -> "subprocess.Popen[str]":
    """A process with Lambda's entry that answers a request a line."""
    environment = {**os.environ, "SOFT_SPOT_STORE": address}
    return subprocess.Popen(
        [sys.executable, "-c", ENTRY], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _ask(process: "subprocess.Popen[str]", request: dict[str, Any]) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    response: dict[str, Any] = json.loads(process.stdout.readline())
    return response
