"""Conversations with the skill, over its real interaction model, in frozen time.

`Talk` is what tests and transcripts speak through. Each reply on the way is held against Amazon's rules.
"""

import json
import re
from collections.abc import Iterable, Mapping
from copy import copy, deepcopy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.alexa.serializer import TolerantSerializer
from skill.alexa.skill import Deps, build_skill
from skill.content import DEFAULT_LOCALE, interaction_model, load
from skill.simulator.player import pieces
from skill.simulator.recogniser import Recogniser
from skill.simulator.speaker import Doing, Happening, Speaker, What
from skill.stores.memory import MemoryStore

START = 1_800_000_000.0
"""When conversations begin, in seconds since 1970."""

DAY = 86_400.0
"""A day in seconds: who comes back sooner is asked to rest."""

RECOGNISER = Recogniser(interaction_model(DEFAULT_LOCALE))

_POSTURES = load(DEFAULT_LOCALE).postures.values()
RELEASE = re.compile(
    rf"Stopping\. (?:{'|'.join(re.escape(words['free']) for words in _POSTURES)})|"
    rf"{'|'.join(re.escape(words['stay']) for words in _POSTURES)}"
)
"""How a reply to a pain word begins while a ball may be under somebody."""


class Talk:
    """A conversation. What is said at the wrong moment interrupts, as with "Alexa" before it.

    reply, reprompt: what the last response says, the reprompt None where the session closes.
    turns: how often something was said; start: when it began, in seconds since 1970.
    """

    def __init__(
        self,
        *,
        store: AbstractPersistenceAdapter | None = None,
        now: float = START,
        locale: str = "en-US",
        user: str = "somebody",
    ) -> None:
        self.store = store or MemoryStore()
        self.skill = build_skill(Deps(self.store))
        self.turns = 0
        self.start = now
        self._timestamp: dict[str, object] = {}
        self._speaker = Speaker(self._handle, RECOGNISER, now=now, locale=locale, user=user)

    def copy(self) -> "Talk":
        """The same moment once more, to look ahead from."""
        other = copy(self)
        other._speaker = deepcopy(self._speaker, {id(RECOGNISER): RECOGNISER, id(self): other})
        if isinstance(self.store, MemoryStore):
            other.store = MemoryStore()
            other.store.entries |= self.store.entries
        other.skill = build_skill(Deps(other.store))
        return other

    @property
    def now(self) -> float:
        """Seconds since the conversation began."""
        return self._speaker.now - self.start

    @property
    def response(self) -> Mapping[str, Any]:
        """The last response envelope."""
        return self._speaker.response

    @property
    def reply(self) -> str:
        """What the last response says, from its first word to its last."""
        return said(self.response["response"]["outputSpeech"]["ssml"])

    @property
    def reprompt(self) -> str | None:
        """What is said when nobody answers."""
        reprompt = self.response["response"].get("reprompt")
        return said(reprompt["outputSpeech"]["ssml"]) if reprompt else None

    @property
    def phase(self) -> str:
        """The phase in the session attributes."""
        phase: str = self._speaker.attributes["phase"]
        return phase

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The session attributes."""
        return self._speaker.attributes

    @property
    def asleep(self) -> bool:
        """Whether no session is open."""
        return self._speaker.doing is Doing.ASLEEP

    @property
    def doing(self) -> Doing:
        """What the speaker is doing."""
        return self._speaker.doing

    def launch(self, *answers: str) -> str:
        """Open the skill, and answer its questions one after the other; returns what is answered last."""
        self.say("open soft spot")
        for words in answers:
            self.answer(words)
        return self.reply

    def say(self, words: str) -> str:
        """Say something at this moment; returns what is answered, before any of it is played."""
        self.turns += 1
        self._speaker.hear(words)
        return self.reply

    def answer(self, words: str) -> str:
        """Let the reply be played to its end, then say something."""
        self.listen()
        self.wait(1)
        return self.say(words)

    def listen(self) -> str:
        """Let the reply be played to its end; returns what was heard of it."""
        heard: list[Happening] = []
        while self._speaker.doing in (Doing.SPEAKING, Doing.QUIET):
            heard += self._speaker.pass_time(self._speaker.left)
        return _heard(heard)

    def wait(self, seconds: float) -> str:
        """Say nothing for so many seconds; returns what was heard meanwhile."""
        return _heard(self._speaker.pass_time(seconds))

    def silence(self) -> str:
        """Say nothing until the session is over; returns what was heard meanwhile."""
        heard: list[Happening] = []
        while self._speaker.doing is not Doing.ASLEEP:
            heard += self._speaker.pass_time(self._speaker.left)
        return _heard(heard)

    def exit(self) -> None:
        """Say "Alexa, exit": the session ends, and the skill is told, not asked."""
        self._speaker.hear("exit")
        assert self.asleep

    def vanish(self) -> None:
        """The session is gone, and the skill is not told: some devices tell nothing."""
        self._speaker._asleep("it vanished")

    def kept(self) -> dict[str, Any]:
        """What the store keeps of the user, as the last request would find it."""
        request = TolerantSerializer().read(self._speaker.request, RequestEnvelope)
        attributes: dict[str, Any] = self.store.get_attributes(request)
        return attributes

    def forget_state(self) -> None:
        """Lose the session attributes, as an update of the skill in mid-session may."""
        session = self._speaker._session
        assert session is not None
        session["attributes"] = {"schema": 0}

    def timestamp(self, timestamp: object) -> None:
        """Send requests with another timestamp from now on, whatever it is."""
        self._timestamp = {"timestamp": timestamp}

    def _handle(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """The skill as Lambda calls it: JSON in, JSON out, and every response held against Amazon's rules."""
        sent = {**request, "request": {**request["request"], **self._timestamp}}
        response: dict[str, Any] = json.loads(json.dumps(self.skill.handle(json.loads(json.dumps(sent)))))
        if request["request"]["type"] == "SessionEndedRequest":
            assert "outputSpeech" not in response["response"], "the end of a session may not be answered with speech"
        else:
            check_reply(response)
        return response


def check_reply(response: Mapping[str, Any]) -> None:
    """Amazon's rules for a reply (platform.md), and the promises that hold for each."""
    answer = response["response"]
    speech = answer["outputSpeech"]["ssml"]
    assert len(json.dumps(response).encode()) < 24_576, "the whole response is too large"
    for ssml in filter(None, (speech, answer.get("reprompt", {}).get("outputSpeech", {}).get("ssml"))):
        assert len(ssml) <= 8_000, "the speech is too long"
        assert ssml.count("<audio") <= 5, "more sounds than Alexa plays"
        for tag in ElementTree.fromstring(ssml).iter():
            assert tag.tag in ("speak", "break", "audio")
            if tag.tag == "break":
                assert 0 < _seconds(tag.attrib["time"]) <= 10, f"a break of {tag.attrib['time']}"
    if answer["shouldEndSession"]:
        assert "reprompt" not in answer, "a session that closes has no reprompt"
        assert not said(speech).endswith("?"), f"a session that closes asks nothing: {said(speech)}"
    else:
        for ssml in (speech, answer["reprompt"]["outputSpeech"]["ssml"]):
            last = re.split(r"(?<=[.?!]) ", said(ssml))[-1]
            assert last.endswith("?") or "say" in last.lower(), f"an open session asks: {last}"


def said(ssml: str) -> str:
    """The words of an SSML document."""
    return " ".join(piece.say for piece in pieces(ssml) if piece.say is not None)


def converse(talk: Talk, transcript: Iterable[str]) -> None:
    """Hold a conversation as it is written down.

    "U: words" is said when the reply is over, "U 12: words" twelve seconds after it began. "A: words" must be
    heard in the reply, each after the one before; "..." stands for anything. "U: exit" ends the session, "(silence)"
    waits until it is over. Lines that begin with "#" are comments.
    """
    rest = ""
    for number, line in enumerate(map(str.strip, transcript), start=1):
        if not line or line.startswith("#"):
            continue
        if line == "(silence)":
            rest = talk.silence()
        elif line.startswith("A: "):
            for words in filter(None, map(str.strip, line[3:].split("..."))):
                assert words in rest, f"line {number}: expected {words!r} in {rest!r}"
                rest = rest[rest.index(words) + len(words) :]
        else:
            when, _, words = line.removeprefix("U").partition(":")
            if when.strip():
                talk.wait(float(when))
            else:
                talk.listen()
            if words.strip() == "exit":
                talk.exit()
            else:
                rest = talk.say(words.strip())


def read_transcripts(folder: Path) -> list[Path]:
    """The transcripts in a folder."""
    return sorted(folder.glob("*.txt"))


def _heard(happened: Iterable[Happening]) -> str:
    return " ".join(happening.words for happening in happened if happening.what is What.SAYS)


def _seconds(time: str) -> float:
    return float(time[:-2]) / 1000 if time.endswith("ms") else float(time[:-1])
