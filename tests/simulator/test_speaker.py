"""The speaker keeps Alexa's rules: microphone, reprompt, the end of a session, interruptions."""

from collections.abc import Mapping
from typing import Any

import pytest

from skill.simulator.player import Piece, pieces
from skill.simulator.speaker import Doing, Speaker, What
from tests.talk import RECOGNISER, START


class Script:
    """A skill that answers with what it is given, and keeps what it was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[Mapping[str, Any]] = []

    def __call__(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a request: "text | reprompt", or "text" alone to close."""
        self.asked.append(request)
        if request["request"]["type"] == "SessionEndedRequest":
            return {"version": "1.0", "response": {}}
        text, _, reprompt = self.answers.pop(0).partition(" | ")
        response: dict[str, Any] = {"outputSpeech": {"ssml": f"<speak>{text}</speak>"}, "shouldEndSession": True}
        if reprompt:
            response["reprompt"] = {"outputSpeech": {"ssml": f"<speak>{reprompt}</speak>"}}
            response["shouldEndSession"] = False
        return {"version": "1.0", "sessionAttributes": {"n": len(self.asked)}, "response": response}

    @property
    def types(self) -> list[str]:
        """The types of what it was asked."""
        return [request["request"]["type"] for request in self.asked]


def speaker(*answers: str) -> tuple[Speaker, Script]:
    """A speaker with a scripted skill."""
    script = Script(*answers)
    return Speaker(script, RECOGNISER, now=START), script


BREAK = '<break time="10s"/>'


def test_the_microphone_the_reprompt_and_the_microphone_again() -> None:
    """Eight seconds, the reprompt, eight seconds, and the session is over."""
    echo, script = speaker(f"Hello.{BREAK} | Still there?{BREAK}")
    happened = echo.hear("open soft spot") + echo.pass_time(120)
    assert [happening.what for happening in happened] == [
        What.HEARD, What.SAYS, What.QUIET, What.LISTENS,
        What.REPROMPTS, What.SAYS, What.QUIET, What.LISTENS, What.ENDS,
    ]  # fmt: skip
    listens = [happening.at for happening in happened if happening.what is What.LISTENS]
    reprompts = next(happening.at for happening in happened if happening.what is What.REPROMPTS)
    assert reprompts - listens[0] == pytest.approx(8)
    assert happened[-1].at - listens[1] == pytest.approx(8)
    assert script.asked[-1]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert echo.doing is Doing.ASLEEP
    assert echo.now == START + 120


def test_a_reply_that_closes_opens_no_microphone() -> None:
    """The skill is not told of an end that it asked for."""
    echo, script = speaker("Bye.")
    happened = echo.hear("open soft spot") + echo.pass_time(60)
    assert [happening.what for happening in happened] == [What.HEARD, What.SAYS, What.ENDS]
    assert script.types == ["LaunchRequest"]


def test_what_is_said_in_the_middle_interrupts() -> None:
    """The rest of the reply is never heard; the attributes of the reply that was playing come along."""
    echo, script = speaker(f"One.{BREAK}Two. | Well?", "Stopped.")
    echo.hear("open soft spot")
    echo.pass_time(4)
    happened = echo.hear("Alexa, it hurts") + echo.pass_time(60)
    assert "Two." not in [happening.words for happening in happened]
    request = script.asked[1]
    assert request["session"]["new"] is False
    assert request["session"]["attributes"] == {"n": 1}
    assert request["request"]["intent"]["name"] == "StopPainIntent"
    assert request["request"]["timestamp"] == "2027-01-15T08:00:04Z"


def test_a_session_keeps_its_id_and_a_new_one_has_its_own() -> None:
    """Attributes don't pass from one to the next."""
    echo, script = speaker("One. | Well?", "Two. | Well?", "Three. | Well?")
    for words in ("open soft spot", "next", "open soft spot"):
        echo.hear(words)
        echo.pass_time(3)
    first, second, ended, third = script.asked
    assert first["session"]["sessionId"] == second["session"]["sessionId"] != third["session"]["sessionId"]
    assert [first["session"]["new"], second["session"]["new"], third["session"]["new"]] == [True, False, True]
    assert ended["request"]["reason"] == "USER_INITIATED"
    assert third["session"]["attributes"] == {}


@pytest.mark.parametrize("word", ["exit", "quit"])
def test_exit_ends_the_session_without_asking_the_skill(word: str) -> None:
    """Alexa tells, and allows no answer."""
    echo, script = speaker("One. | Well?")
    echo.hear("open soft spot")
    echo.hear(word)
    assert echo.doing is Doing.ASLEEP
    assert script.types == ["LaunchRequest", "SessionEndedRequest"]


def test_asleep_it_hears_nothing_but_its_name() -> None:
    """Then it is Alexa who is talked to."""
    echo, script = speaker("One. | Well?")
    assert [happening.what for happening in echo.hear("it hurts")] == [What.NOT_FOR_US]
    assert not script.asked


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("alexa, open soft spot", None),
        ("launch soft spot", None),
        ("ask soft spot", None),
        ("Alexa, ask soft spot for a short hip session", "ChooseIntent"),
        ("tell soft spot it hurts", "StopPainIntent"),
        ("open soft spot and work on my hip", "ChooseIntent"),
    ],
)
def test_it_can_be_opened_with_everything_in_one_sentence(words: str, intent: str | None) -> None:
    """Ask, tell and open."""
    echo, script = speaker("One. | Well?")
    echo.hear(words)
    request = script.asked[0]
    assert request["session"]["new"] is True
    assert request["request"].get("intent", {}).get("name") == intent


def test_slots_are_sent_with_their_resolution() -> None:
    """As Alexa resolves synonyms; slots that were not said are there and empty."""
    echo, script = speaker("One. | Well?")
    echo.hear("ask soft spot for my left bum")
    slots = script.asked[0]["request"]["intent"]["slots"]
    assert slots["area"]["value"] == "bum"
    resolved = slots["area"]["resolutions"]["resolutionsPerAuthority"][0]
    assert resolved["status"]["code"] == "ER_SUCCESS_MATCH"
    assert resolved["values"][0]["value"] == {"name": "buttock", "id": "buttock"}
    assert "value" not in slots["length"]


def test_ssml_is_heard_sentence_by_sentence() -> None:
    """Chained breaks are one quiet; sentences take their share of the text's time."""
    heard = pieces('<speak>One. Two &amp; three.<break time="10s"/><break time="500ms"/> Four.</speak>')
    assert [piece.say for piece in heard] == ["One.", "Two & three.", None, "Four."]
    assert heard[2] == Piece(None, 10.5)
    assert 0 < heard[0].seconds < heard[1].seconds


@pytest.mark.parametrize(
    "ssml", ["<speak>", "<speak><blink>a</blink></speak>", '<speak><break time="a while"/></speak>', "hello"]
)
def test_what_is_no_ssml_is_refused(ssml: str) -> None:
    """A reply that Alexa could not speak is a fault, in the simulator too."""
    with pytest.raises(ValueError, match=r"SSML|no <blink>|a break of"):
        pieces(ssml)
