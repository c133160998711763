"""A smart speaker without a sound: what it hears becomes requests, what it is answered is played in its own time.

It keeps Alexa's rules (platform.md): the microphone opens for eight seconds after the speech, then the reprompt is
spoken, then it opens for eight seconds more, then the session ends. While it speaks, only the wake word is heard.
It knows no clock: whoever uses it moves its time on with `pass_time`, in real time or faster.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import uuid4

from skill.content.samples import Heard, normalised
from skill.simulator.envelope import Envelopes
from skill.simulator.player import Piece, pieces
from skill.simulator.recogniser import Recogniser

LISTENING_SECONDS = 8.0
"""How long the microphone is open after the speech, and again after the reprompt."""

WAKE_WORD = "alexa"

Handle = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Doing(StrEnum):
    """What the speaker is doing."""

    ASLEEP = "asleep"
    SPEAKING = "speaking"
    QUIET = "quiet"
    LISTENING = "listening"


class What(StrEnum):
    """What can happen at a speaker."""

    HEARD = "heard"
    NOT_FOR_US = "not for us"
    SAYS = "says"
    QUIET = "quiet"
    CHIMES = "chimes"
    LISTENS = "listens"
    REPROMPTS = "reprompts"
    ENDS = "ends"


class Happening(NamedTuple):
    """Something that happened at the speaker.

    at: when, in seconds since 1970.
    words: what was heard or said, with its intent; the name of a chime; or why the session ended.
    seconds: how long it takes.
    """

    what: What
    at: float
    words: str = ""
    seconds: float = 0.0


class Speaker:
    """A speaker with one user.

    now: its time, in seconds since 1970.
    request, response: the last ones.
    """

    def __init__(
        self, handle: Handle, recogniser: Recogniser, *, now: float, locale: str = "en-US", user: str = "somebody"
    ) -> None:
        self.now = now
        self.request: Mapping[str, Any] = {}
        self.response: Mapping[str, Any] = {}
        self._handle = handle
        self._recogniser = recogniser
        self._envelopes = Envelopes(locale=locale, user=user)
        invocation = re.escape(recogniser.invocation_name)
        self._open = re.compile(rf"(?:open|launch|start|begin|use|run|load) {invocation}(?: (?:and|to))?(?P<rest> .+)?")
        self._ask = re.compile(rf"(?:ask|tell) {invocation}(?: (?:for|to|that|about))?(?P<rest> .+)?")
        self._session: dict[str, Any] | None = None
        self._queue: deque[Piece] = deque()
        self._reprompt: list[Piece] | None = None
        self._left = 0.0
        self._doing = Doing.ASLEEP
        self._closing = False
        self._happened: list[Happening] = []

    @property
    def doing(self) -> Doing:
        """What it is doing now."""
        return self._doing

    @property
    def left(self) -> float:
        """How many seconds longer it does that; none while it is asleep."""
        return self._left

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The session attributes; empty while no session is open."""
        return self._session["attributes"] if self._session else {}

    def hear(self, words: str) -> list[Happening]:
        """Somebody says something; the wake word may be left out, the speaker takes it as said."""
        said = normalised(words)
        said = said.removeprefix(WAKE_WORD).strip() or said
        opened = self._open.fullmatch(said) or self._ask.fullmatch(said)
        if opened:
            self._end("USER_INITIATED")
            self._new_session()
            rest = (opened["rest"] or "").strip()
            self._turn(words, self._recogniser.hear(rest) if rest else None)
        elif self._session is None:
            self._note(What.NOT_FOR_US, words)
        elif said in ("exit", "quit"):
            # Alexa ends the session herself, and the skill is told, not asked.
            self._note(What.HEARD, words)
            self._end("USER_INITIATED")
        else:
            self._turn(words, self._recogniser.hear(said))
        return self._taken()

    def pass_time(self, seconds: float) -> list[Happening]:
        """So many seconds go by; returns what happened in them."""
        until = self.now + seconds
        while self._doing is not Doing.ASLEEP and self.now + self._left <= until:
            self.now += self._left
            self._next()
        if self._doing is not Doing.ASLEEP:
            self._left -= until - self.now
        self.now = until
        return self._taken()

    def _turn(self, words: str, heard: Heard | None) -> None:
        session = self._session or {}
        if heard is None:
            self._note(What.HEARD, words)
            self.request = self._envelopes.launch(session, self.now)
        else:
            self._note(What.HEARD, f"{words} [{heard.intent}]")
            self.request = self._envelopes.intent(session, self.now, heard)
        self.response = self._handle(self.request)
        response = self.response["response"]
        reprompt = response.get("reprompt")
        self._reprompt = pieces(reprompt["outputSpeech"]["ssml"]) if reprompt else None
        self._queue = deque(pieces(response["outputSpeech"]["ssml"]))
        session |= {"new": False, "attributes": self.response.get("sessionAttributes") or {}}
        self._closing = response.get("shouldEndSession", True)
        self._next()

    def _next(self) -> None:
        """What was being done is over: on to what comes next."""
        if self._queue:
            piece = self._queue.popleft()
            self._left = piece.seconds
            quiet = piece.say is None and piece.sound is None
            what = What.QUIET if quiet else What.CHIMES if piece.say is None else What.SAYS
            self._doing = Doing.QUIET if quiet else Doing.SPEAKING
            self._note(what, piece.say or piece.sound or "", piece.seconds)
        elif self._doing is not Doing.LISTENING and not self._closing:
            self._doing, self._left = Doing.LISTENING, LISTENING_SECONDS
            self._note(What.LISTENS, seconds=LISTENING_SECONDS)
        elif self._doing is Doing.LISTENING and self._reprompt:
            self._queue, self._reprompt = deque(self._reprompt), None
            self._note(What.REPROMPTS)
            self._next()
        elif self._closing:
            self._asleep("it closed")
        else:
            self._end("EXCEEDED_MAX_REPROMPTS")

    def _new_session(self) -> None:
        self._session = {"new": True, "sessionId": f"amzn1.echo-api.session.{uuid4()}", "attributes": {}}

    def _end(self, reason: str) -> None:
        """End the session as Alexa does, which tells the skill."""
        if self._session is not None:
            self.request = self._envelopes.ended(self._session, self.now, reason)
            self.response = self._handle(self.request)
            self._asleep(reason)

    def _asleep(self, reason: str) -> None:
        self._session, self._doing, self._left = None, Doing.ASLEEP, 0.0
        self._queue.clear()
        self._note(What.ENDS, reason)

    def _note(self, what: What, words: str = "", seconds: float = 0.0) -> None:
        self._happened.append(Happening(what, self.now, words, seconds))

    def _taken(self) -> list[Happening]:
        happened, self._happened = self._happened, []
        return happened
