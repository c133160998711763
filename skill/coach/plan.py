"""The plan of a stretch: what one reply says and when, and where somebody is after so many seconds of it.

A stretch gets the ball into place, holds one or two spots, takes the weight off, lets them rest and asks the
question (product.md, promise 3). A hold lasts what was promised: what its cues take to say is taken out of the
silence between them. All times are seconds.
"""

from typing import NamedTuple

from skill.coach.routine import Leg, Length, Mark, Routine, Step, Words
from skill.coach.script import BREATH, Script, Timeline, length
from skill.coach.state import Entry

SLOWEST_SPEECH = 1.6
"""How much slower than estimated a voice may speak without breaking the load caps: 2.4 words a second, the slowest
that people guess, against the 3.6 of the estimate (platform.md; benchmarks/holds.py prints the latter)."""

PLACE_SECONDS = 20.0
"""To slide the ball into place, unless they say "there" sooner (product.md, A session, 6)."""

TEN_MORE_SECONDS = 10.0
"""When that time's second half is announced: never more than ten seconds without a sound."""

BACK_SECONDS = 12.0
"""To get back on after a pause (product.md, "pause, wait / go on")."""

LONGER_REST = 10.0
"""What is added to a rest for those who want longer gaps."""

OVERRUN = 1.0
"""By so much a hold may last longer, so that an answer can be given in its last moment."""

CUE_GAP = 0.5
"""The least quiet between two cues of a hold."""

HOLD_STARTS, HOLD_ENDS = "chime_start", "chime_end"
"""The chimes around a hold. From the end of the one to the beginning of the other is what was promised."""

COUNTDOWN = (Mark(-3, "hold.three"), Mark(-2, "hold.two"), Mark(-1, "hold.one"))
"""The last three seconds of a hold are counted (product.md, A session, 6)."""


class Stretch(NamedTuple):
    """What a plan is made of.

    steps: the holds that are left of the stretch, each on its own spot; the first may have begun already.
    done: how many of the stretch's holds came before.
    left: seconds left of the first of `steps`, with what is left to settle before it; None for all of them.
    whole: seconds of the first of `steps`; None for the routine's own.
    entry: how it is entered.
    short: in short lines, for somebody who knows the routine or does it once more.
    reminding: whether the first hold reminds them of the words that stop everything.
    last: whether it is the last of its leg, so that it ends in the check-in.
    gaps: whether they want longer gaps; few: whether they want as few words as can be.
    """

    routine: Routine
    length: Length
    leg: Leg
    steps: tuple[Step, ...]
    done: int = 0
    left: float | None = None
    whole: float | None = None
    entry: Entry = Entry.PLACE
    short: bool = False
    reminding: bool = False
    last: bool = False
    gaps: bool = False
    few: bool = False

    def words(self, step: Step) -> Words:
        """A step's instruction, in full or short."""
        return step.short if self.short and step.short else step.text


class Hold(NamedTuple):
    """A promised hold within a plan.

    begins: seconds after the plan's start.
    promised: seconds that it lasts.
    on, off: from when to when it loads its spot, seconds after the plan's start.
    """

    id: str
    step: str
    side: str | None
    pass_: int
    begins: float
    promised: float
    on: float
    off: float


class Moment(NamedTuple):
    """Where somebody is in a plan.

    hold: which of the plan's holds is running or comes next, counted from zero; the last one when all are over.
    left: seconds left of it.
    begins: seconds until it begins, 0 when it is running or over.
    told: whether they have been told all that comes before the weight goes on.
    lowered: whether the words to put the weight on have begun.
    over: whether all holds are over.
    """

    hold: int
    left: float
    begins: float
    told: bool
    lowered: bool
    over: bool


class Plan(NamedTuple):
    """One stretch on a time line.

    told: when they have been told all that comes before the weight goes on; lower: when it goes on;
    off: when it comes off again, the holds done; asks: when the question begins. All in seconds after the
    plan's start.
    """

    script: Script
    holds: tuple[Hold, ...]
    told: float
    lower: float
    off: float
    asks: float

    @property
    def seconds(self) -> float:
        """How long the whole reply takes."""
        return length(self.script)

    def moment(self, elapsed: float) -> Moment:
        """Where they are so many seconds after the plan's start; before it counts as its first second."""
        elapsed = max(0.0, elapsed)
        for index, hold in enumerate(self.holds):
            if elapsed < hold.begins + hold.promised:
                left = hold.promised - max(0.0, elapsed - hold.begins)
                begins = max(0.0, hold.begins - elapsed)
                return Moment(index, left, begins, elapsed >= self.told, elapsed >= self.lower, over=False)
        return Moment(len(self.holds) - 1, 0.0, 0.0, told=True, lowered=True, over=True)


def plan(line: Timeline, stretch: Stretch, answer: Words | None = None) -> Plan:
    """Put a stretch on an empty time line.

    answer: what is said while a hold goes on, in place of its first cue.
    """
    routine, leg = stretch.routine, stretch.leg
    line.side, line.pass_ = leg.side, leg.number
    told = _get_set(line, stretch)
    lower = line.at
    holds = _press(line, stretch, answer)
    off = holds[-1].begins + holds[-1].promised
    line.step = routine.move_off.id
    line.say(stretch.words(routine.move_off))
    rests = routine.move_off.seconds
    rest = rests[stretch.length] if stretch.last else min(rests.values())
    line.quiet(rest + LONGER_REST if stretch.gaps else rest)
    asks = line.at
    if stretch.last:
        line.step = routine.check_in.id
        line.say(routine.check_in.text)
    else:
        line.say("ask.asked")
    return Plan(line.script, holds, told, lower, off, asks)


def loads(line: Timeline, stretch: Stretch) -> tuple[float, ...]:
    """Seconds under weight of each hold of a stretch, talk included, at the slowest speech that is provided for.

    `line` is an empty time line.
    """
    holds = _press(line, stretch, None)
    return tuple(at_the_slowest(tuple(cue for cue in line.script if hold.on <= cue.at < hold.off)) for hold in holds)


def at_the_slowest(script: Script) -> float:
    """Seconds that a script takes at the slowest speech that is provided for."""
    return sum(cue.seconds * (SLOWEST_SPEECH if cue.say else 1) for cue in script)


def _get_set(line: Timeline, stretch: Stretch) -> float:
    """Everything that comes before the weight goes on: where the ball goes, what will be done, and time for it.

    Returns when they have been told everything, and only time for it is left.
    """
    placement, first = stretch.routine.placement, stretch.steps[0]
    line.step = placement.id
    if stretch.entry is Entry.BACK:
        if stretch.left is None:
            line.say(first.short)
        start = line.at
        line.say(first.again if stretch.left is None and first.again else "place.back")
        line.say("place.twelve")
        line.quiet_until(start + BACK_SECONDS)
        return start
    if stretch.entry not in (Entry.PLACE, Entry.AGAIN):
        return line.at
    line.say(first.again or (placement.again if stretch.entry is Entry.AGAIN else stretch.words(placement)))
    for step in stretch.steps:
        line.step = step.id
        line.say(stretch.words(first) if step is first else step.short)
    line.step = placement.id
    told = line.at
    line.say("place.window")
    start = line.at
    line.quiet(TEN_MORE_SECONDS)
    line.say("place.ten_more")
    line.quiet_until(start + PLACE_SECONDS)
    return told


def _press(line: Timeline, stretch: Stretch, answer: Words | None) -> tuple[Hold, ...]:
    """The time under weight, from the first word of lowering to the last of easing.

    Each hold in turn, each for what was promised. Longer gaps are not for the time under weight.
    """
    leg, holds = stretch.leg, []
    between, line.breath = line.breath, BREATH
    for index, step in enumerate(stretch.steps):
        line.step = step.id
        first = index == 0
        full = (first and stretch.whole) or step.seconds[stretch.length]
        left = stretch.left if first else None
        seconds = full if left is None else min(left, full)
        settle = step.settle if left is None else max(0.0, left - full - line.seconds_of(HOLD_STARTS))
        on_already = first and stretch.entry is Entry.ON
        on = line.at
        if not first:
            line.say(step.then)
        elif not on_already:
            line.say(step.lower)
        elif settle:
            if answer is not None:
                line.say(answer)
                answer = None
            if settle > step.settle:
                line.say(step.then)
        if on_already:
            line.quiet_until(on + settle)
        else:
            line.quiet(settle)
        if settle or not on_already:
            line.chime(HOLD_STARTS)
        identity = "-".join(filter(None, (step.id, leg.side, str(leg.number))))
        begins, line.hold = line.at, identity
        _hold(line, _cues(step, stretch, full, first=first), full, seconds, answer if first else None)
        line.hold = None
        line.chime(HOLD_ENDS)
        if step is stretch.steps[-1]:
            line.say("hold.ease")
        holds.append(Hold(identity, step.id, leg.side, leg.number, begins, seconds, on, line.at))
    line.breath = between
    return tuple(holds)


def _cues(step: Step, stretch: Stretch, full: float, *, first: bool) -> tuple[Mark, ...]:
    """The cues of a hold of `full` seconds, its first one first, then by what is to be heard where two collide.

    Few words are the first cue, and the words that stop everything.
    """
    reminding = first and stretch.reminding and stretch.done == 0
    later = [mark for mark in step.cues[1:] if full >= mark.from_seconds]
    reminders = [mark for mark in later if mark.reminder and reminding]
    others = [mark for mark in later if not mark.reminder]
    return (step.cues[0], *reminders) if stretch.few else (step.cues[0], *COUNTDOWN, *reminders, *others)


def _hold(line: Timeline, cues: tuple[Mark, ...], full: float, seconds: float, answer: Words | None) -> None:
    """The last `seconds` of a hold of `full` seconds: its cues at their time, silence for all the rest.

    Of cues that collide the one that comes first in `cues` is heard. An answer takes the first one's place. In the
    hold's last moment there is no time for either.
    """
    start = line.at
    gone = full - seconds
    first = answer or cues[0].say
    if line.speaking_time(first) <= seconds + OVERRUN:
        line.say(first)
    free = [(0.0, line.at - start)]
    chosen: list[tuple[float, Mark]] = []
    for mark in cues[1:]:
        begins = mark.when(full) - gone
        ends = begins + line.speaking_time(mark.say)
        fits = all(ends + CUE_GAP <= b or begins >= e + CUE_GAP for b, e in free)
        if fits and begins > 0 and ends + CUE_GAP <= seconds:
            free.append((begins, ends))
            chosen.append((begins, mark))
    for begins, mark in sorted(chosen):
        line.quiet_until(start + begins)
        line.say(mark.say)
    line.quiet_until(start + seconds)
