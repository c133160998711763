"""The routine itself: set-up, rehearsal, stretch after stretch, check-ins and the finish."""

from skill.coach.course import (
    WITH_HOLD,
    chosen,
    finish_line,
    first_of_leg,
    first_stretch,
    following,
    holds,
    hurt,
    lengths,
    next_leg,
    next_stretch,
    other_side,
    resized,
    seconds_left,
    session_of,
    set_up_line,
    sides_swapped,
    step_number,
    steps_left,
)
from skill.coach.routine import Length, Words
from skill.coach.script import Script, after
from skill.coach.state import Phase
from skill.coach.turn import Scene, Turn, again, ask, close, in_minutes, listen, spoken, stretch, topic


def set_up(scene: Scene, lead: Script = ()) -> Turn:
    """What to get and how to lie down. Whoever falls silent here is parked, and comes back to the placement."""
    return listen(scene, Phase.SET_UP, after(lead, set_up_line(scene.library, scene.state).script))


def ready(scene: Scene) -> Turn:
    """They are set up: on to the rehearsal in the first session, to the first stretch later."""
    return begin(scene) if scene.state.memory.rehearsed else rehearse(scene)


def rehearse(scene: Scene) -> Turn:
    """Try out whether "it hurts" is heard while we are quiet."""
    return ask(scene, Phase.REHEARSAL, "rehearsal.test")


def heard(scene: Scene) -> Turn:
    """The rehearsal worked."""
    return _rehearsed(scene, "rehearsal.heard")


def not_heard(scene: Scene) -> Turn:
    """They go on without having been heard."""
    return _rehearsed(scene, "rehearsal.not_heard")


def misheard(scene: Scene) -> Turn:
    """Something was heard in the rehearsal, but not the words that stop."""
    return ask(scene, Phase.REHEARSAL, "rehearsal.again")


def not_lying_well(scene: Scene) -> Turn:
    """It hurts before the ball is in place."""
    return again(scene, "described.hurts_lying")


def no_hurry(scene: Scene) -> Turn:
    """They need more time to get ready."""
    return again(scene, "place.wait")


def begin(scene: Scene, lead: Script = ()) -> Turn:
    """The first stretch; the finish where nothing can be done any more today."""
    first = first_stretch(scene.library, scene.state)
    if first is None:
        return wind_up(scene, after(lead, spoken(scene, "stop.enough")))
    return stretch(scene.at(first), lead)


def routine_left(scene: Scene, *lead: str) -> Turn:
    """How long the rest of the session takes, asked between two stretches or in a pause."""
    coming = scene.state if scene.state.phase in WITH_HOLD else following(scene.library, scene.state)
    if coming is None:
        return again(scene, *lead, "stretch.almost_done")
    left = seconds_left(scene.library, coming)
    return again(scene, *lead, "stretch.routine_left", minutes=in_minutes(scene.library, left))


def next_step(scene: Scene) -> Turn:
    """Which hold comes next, of how many, asked between two stretches."""
    coming = following(scene.library, scene.state)
    return again(scene, "stretch.almost_done" if coming is None else step_line(scene.at(coming)))


def inform(scene: Scene) -> Turn:
    """A question about the method or the pain: its answer, and the question of the phase again."""
    return again(scene, topic(scene))


def rest(scene: Scene) -> Turn:
    """They want to wait between two stretches, or in a pause."""
    return again(scene, "place.wait")


def go_on(scene: Scene) -> Turn:
    """On to the next stretch, after this one."""
    return next_up(scene)


def side_done(scene: Scene) -> Turn:
    """The side is no worse: on to the other one, or to the finish."""
    routine, _ = chosen(scene.library, scene.state)
    leg = next_leg(scene.library, scene.state)
    if leg is None:
        return finish(scene)
    if routine.side_switch is None:
        return stretch(scene.at(leg), spoken(scene, "stretch.once_more"))
    return stretch(scene.at(leg), _to_the_other_side(scene))


def finish(scene: Scene) -> Turn:
    """How to get up, and the final check-in. The session counts as done."""
    memory = scene.state.memory
    done = session_of(scene.library, scene.state, scene.now)
    counted = dict(memory.done) | {done.routine: memory.done.get(done.routine, 0) + 1}
    longest = max(filter(None, (memory.longest, done.length)), key=list(Length).index)
    return wind_up(scene.changed(memory=memory._replace(done=counted, longest=longest, last=done)))


def switch(scene: Scene, *lead: str) -> Turn:
    """The other side, before this one is done."""
    routine, _ = chosen(scene.library, scene.state)
    if not routine.sides:
        return again(scene, "offer.both_sides")
    there = other_side(scene.library, scene.state)
    if there is None:
        painful = hurt(scene.library, scene.state._replace(side=scene.state.side.other))
        return again(scene, "stop.not_there" if painful else "stop.enough")
    return stretch(scene.at(there), after(spoken(scene, *lead), _to_the_other_side(scene)))


def wrong_side(scene: Scene, *lead: str) -> Turn:
    """They have been on the other side than we said: what was done counts for that one, without blame.

    On the first side they stay there, if they like; later on this leg begins anew, on the side that is its own.
    """
    routine, _ = chosen(scene.library, scene.state)
    if not routine.sides:
        return again(scene, "offer.both_sides")
    swapped = sides_swapped(scene.library, scene.state)
    if scene.state.leg == 0 and not hurt(scene.library, swapped):
        return ask(scene.at(swapped), swapped.phase, *lead, "stretch.wrong_side", "ask.wrong_side")
    anew = first_of_leg(scene.library, swapped._replace(side=scene.state.side))
    if anew is None:
        return wind_up(scene, spoken(scene, *lead, "stop.enough"))
    return ask(scene.at(anew), Phase.PAUSED, *lead, "stretch.wrong_again", "ask.paused")


def start_over(scene: Scene, *lead: str | Words) -> Turn:
    """From the start of the routine? It is asked first."""
    return ask(scene.changed(back=scene.state.phase), Phase.START_OVER, *lead, "ask.start_over")


def restart(scene: Scene) -> Turn:
    """From the start of the routine; the load so far counts."""
    return begin(scene.changed(back=None))


def never_mind(scene: Scene) -> Turn:
    """Back to the question that another one came between."""
    return again(scene.changed(phase=scene.state.back, back=None))


def longer_course(scene: Scene) -> Turn:
    """The next longer form of the routine, in the middle of it."""
    return _next_length(scene, +1)


def shorter_course(scene: Scene) -> Turn:
    """The next shorter form of the routine, in the middle of it."""
    return _next_length(scene, -1)


def in_time(scene: Scene, minutes: int) -> Turn:
    """The longest form of the routine whose rest fits into the minutes that they have, else the shortest."""
    fitting = [
        length
        for length in lengths(scene.library, scene.state)
        if (other := resized(scene.library, scene.state, length))
        and seconds_left(scene.library, following(scene.library, other) or other) <= minutes * 60
    ]
    return in_length(scene, fitting[-1]) if fitting else in_length(scene, Length.SHORT, "offer.shortest")


def in_length(scene: Scene, length: Length, *lead: str) -> Turn:
    """Another length of the routine, in the middle of it; a hold that was interrupted keeps its seconds."""
    other = resized(scene.library, scene.state, length)
    if other is None:
        lead, other = ("stretch.same_length",), scene.state
    if other.phase in WITH_HOLD and other.whole is None:
        now = chosen(scene.library, scene.state)[1]
        other = other._replace(whole=holds(scene.library, scene.state)[scene.state.hold].seconds[now])
    return routine_left(scene.at(other), *lead)


def wind_up(scene: Scene, lead: Script = ()) -> Turn:
    """How to get up, and the final check-in."""
    return listen(scene, Phase.REVIEW, after(lead, finish_line(scene.library, scene.state).script))


def good(scene: Scene) -> Turn:
    """The final check-in: it is good. Where it hurt on the way there is nothing to praise.

    The first session tells where other ideas are to be had.
    """
    praise = [] if scene.state.stops else ["finish.praise"]
    more = [] if scene.state.session else ["finish.more"]
    return close(scene, *praise, "finish.aftercare", *more, "finish.goodbye")


def same(scene: Scene) -> Turn:
    """The final check-in: nothing has changed, so the practice stops for today (S36)."""
    return close(scene, "finish.same", "finish.more", "finish.goodbye")


def next_up(scene: Scene, *lead: str) -> Turn:
    """The next stretch of this side after a lead, the check-in when there is none."""
    coming = next_stretch(scene.library, scene.state)
    if coming is None:
        return next_question(scene, *lead)
    return stretch(scene.at(coming), spoken(scene, *lead))


def next_question(scene: Scene, *lead: str) -> Turn:
    """The question that a stretch ends in."""
    if next_stretch(scene.library, scene.state) is not None:
        return ask(scene, Phase.ASKED, *lead, "ask.over")
    routine, _ = chosen(scene.library, scene.state)
    return ask(scene, Phase.CHECK_IN, *lead, routine.check_in.text)


def step_line(scene: Scene) -> Words:
    """The line that tells which hold the state is on, of how many."""
    number, more = step_number(scene.library, scene.state), steps_left(scene.library, scene.state)
    in_words = scene.library.spoken_number
    name = "stretch.step" if more else "stretch.last_step"
    return (scene.line(step=in_words(number), steps=in_words(number + more), more=in_words(more)).parts(name),)


def _next_length(scene: Scene, by: int) -> Turn:
    _, length = chosen(scene.library, scene.state)
    there_are = lengths(scene.library, scene.state)
    index = there_are.index(length) + by
    return in_length(scene, there_are[index] if 0 <= index < len(there_are) else length)


def _to_the_other_side(scene: Scene) -> Script:
    """The words that lead to the other side, and time for it."""
    routine, length = chosen(scene.library, scene.state)
    lead = scene.line()
    if routine.side_switch is not None:
        lead.step = routine.side_switch.id
        lead.say(routine.side_switch.text)
        lead.quiet(routine.side_switch.seconds[length])
    return lead.script


def _rehearsed(scene: Scene, line: str) -> Turn:
    after_it = scene.changed(memory=scene.state.memory._replace(rehearsed=True))
    return begin(after_it, spoken(after_it, line))
