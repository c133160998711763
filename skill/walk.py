"""A routine from its set-up to the goodbye, as somebody hears it who does it for the first time and answers well."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from skill.coach.advance import advance
from skill.coach.course import session_seconds, stretch_plan, working_on
from skill.coach.events import Event, Said
from skill.coach.library import Library, Route
from skill.coach.memory import NOTICE_VERSION, Memory
from skill.coach.plan import Hold
from skill.coach.routine import Length
from skill.coach.script import Cue, Script
from skill.coach.script import length as seconds_of
from skill.coach.state import Phase, State
from skill.speech.ssml import ssml

ANSWERS = {
    Phase.OFFER: Said.READY,
    Phase.SET_UP: Said.READY,
    Phase.HOLD: Said.OKAY,
    Phase.REVIEW: Said.GOOD,
}
"""What somebody answers with whom all goes well; in a hold, when the reply is over and its question asked."""

SHOWN_QUIET = 1.0
"""Shorter quiets (seconds) are not shown in the text."""


class Reply(NamedTuple):
    """One reply: what is said and when, and the holds in it."""

    script: Script
    holds: tuple[Hold, ...]


class Walk(NamedTuple):
    """A routine in one length; `told` is what it is announced to take, in seconds."""

    routine: str
    title: str
    length: Length
    told: float
    replies: tuple[Reply, ...]


def walks(library: Library, routine: str | None = None, length: Length | None = None) -> list[Walk]:
    """Walks through a routine (all of them when None) in a length (all that it has when None)."""
    routines = library.routines.values() if routine is None else [library.routines[routine]]
    return [_walk(library, form.id, each) for form in routines for each in form.lengths if length in (None, each)]


def as_json(found: Sequence[Walk]) -> str:
    """Walks as JSON. Times are seconds: `at` after the reply's start, `promised` of a hold."""
    return json.dumps({"routines": [_walk_values(walk) for walk in found]}, ensure_ascii=False, indent=1)


def as_text(found: Sequence[Walk]) -> str:
    """Walks as text to be read: minutes and seconds of each reply, the step, and what is heard."""
    lines: list[str] = []
    for walk in found:
        lines += [f"{walk.routine} {walk.title}, {walk.length}: about {walk.told / 60:.0f} minutes", ""]
        for number, reply in enumerate(walk.replies, start=1):
            lines.append(f"  reply {number}, {_clock(seconds_of(reply.script))}")
            for cue in reply.script:
                if cue.say is not None or cue.sound is not None or cue.seconds >= SHOWN_QUIET:
                    lines += _cue_lines(cue)
            lines.append("")
    return "\n".join(lines).rstrip()


def _walk(library: Library, routine: str, length: Length) -> Walk:
    form = library.routines[routine]
    memory = Memory(notice=NOTICE_VERSION, rehearsed=True)
    state = working_on(State(memory), Route(routine, "", next(iter(form.areas))))
    state = state._replace(phase=Phase.OFFER, length=length)
    told, now, replies = session_seconds(library, state), 0.0, list[Reply]()
    while True:
        turn = advance(state, Event(ANSWERS[state.phase]), library, now)
        held = turn.state.phase is Phase.HOLD
        replies.append(Reply(turn.script, stretch_plan(library, turn.state).holds if held else ()))
        if turn.reprompt is None:
            return Walk(routine, form.title, length, told, tuple(replies))
        state, now = turn.state, now + seconds_of(turn.script) + 1


def _walk_values(walk: Walk) -> Mapping[str, Any]:
    return {"id": walk.routine, "length": walk.length, "replies": [_reply_values(reply) for reply in walk.replies]}


def _reply_values(reply: Reply) -> Mapping[str, Any]:
    return {
        "ssml": ssml(reply.script),
        "cues": [
            {
                "at": round(cue.at, 3),
                "seconds": round(cue.seconds, 3),
                "say": cue.say,
                "sound": cue.sound,
                "step": cue.step,
                "side": cue.side,
                "pass": cue.pass_,
                "hold": cue.hold,
            }
            for cue in reply.script
        ],
        "holds": [
            {"id": hold.id, "step": hold.step, "side": hold.side, "pass": hold.pass_, "promised": hold.promised}
            for hold in reply.holds
        ],
    }


def _cue_lines(cue: Cue) -> list[str]:
    start = f"    {_clock(cue.at)}  {cue.step or '':5} "
    if cue.sound is not None:
        return [f"{start}(chime)"]
    if cue.say is None:
        return [f"{start}({cue.seconds:.0f} s)"]
    return textwrap.wrap(cue.say, 110, initial_indent=start, subsequent_indent=" " * len(start))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
