"""The routine itself: set-up, rehearsal, stretch after stretch, pauses, check-ins and the finish."""

from math import ceil

from skill.coach.course import (
    bearable,
    chosen,
    finish_line,
    first_stretch,
    following,
    holds,
    next_leg,
    next_stretch,
    seconds_left,
    set_up_line,
    stretch_plan,
)
from skill.coach.routine import MOST_LOAD, Words
from skill.coach.script import Script, after
from skill.coach.state import Entry, Phase
from skill.coach.turn import (
    Scene,
    Turn,
    again,
    ask,
    begun,
    close,
    in_minutes,
    listen,
    session_of,
    softer_ways,
    spoken,
    stretch,
    topic,
)

PAUSE_SECONDS = 60.0
"""After a longer pause the ball is put into place anew (product.md, "pause, wait / go on")."""


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
    return wind_up(scene, lead) if first is None else stretch(scene.at(first), lead)


def there(scene: Scene) -> Turn:
    """The ball is in place: the weight goes on. In a hold it goes on as it was."""
    moment = scene.moment
    if moment.over:
        return _next_question(scene, "stretch.off")
    if moment.lowered:
        return _on(scene)
    return _lower(scene, told=moment.told)


def in_place(scene: Scene) -> Turn:
    """A word that may mean that the ball is in place, once that has been asked; under weight it means nothing."""
    moment = scene.moment
    if moment.lowered:
        return unsure(scene)
    return _lower(scene, told=True) if moment.told else stretch(scene)


def time_left(scene: Scene) -> Turn:
    """How long the hold still takes; whatever was going on goes on."""
    moment = scene.moment
    if moment.over:
        return _next_question(scene, "stretch.off")
    if moment.lowered:
        return _on(scene, _seconds(scene, moment.left))
    takes = spoken(scene, "stretch.hold_takes", seconds=scene.library.spoken_number(ceil(moment.left)))
    return stretch(scene, takes)


def time_left_paused(scene: Scene) -> Turn:
    """How long the interrupted hold would still take."""
    left, whole = scene.state.left, _whole(scene, 0)
    return again(scene, _seconds(scene, whole if left is None else min(whole, left)))


def routine_left(scene: Scene) -> Turn:
    """How long the rest of the session takes, asked between two stretches."""
    next_up = following(scene.library, scene.state)
    if next_up is None:
        return again(scene, "stretch.almost_done")
    left = seconds_left(scene.library, next_up)
    return again(scene, "stretch.routine_left", minutes=in_minutes(scene.library, left))


def pause(scene: Scene) -> Turn:
    """The weight comes off, and the clock stands still."""
    moment, held = scene.moment, hold_clock(scene)
    if moment.lowered:
        return ask(held, Phase.PAUSED, "stretch.pause", "ask.paused")
    return ask(held, Phase.PAUSED, "place.wait_in_place", "ask.place")


def inform(scene: Scene) -> Turn:
    """A question about the method or the pain: its answer, and the question of the phase again."""
    return again(scene, topic(scene))


def inform_in_hold(scene: Scene) -> Turn:
    """The same in a hold: the weight comes off first, and only a clear word goes on."""
    return ask(hold_clock(scene), Phase.PAUSED, "stretch.pause", topic(scene), "ask.informed")


def rest(scene: Scene) -> Turn:
    """They want to wait between two stretches, or in a pause."""
    return again(scene, "place.wait")


def hold_help(scene: Scene) -> Turn:
    """What can be said in a hold; the weight comes off first."""
    return ask(hold_clock(scene), Phase.PAUSED, "help.hold")


def unsure(scene: Scene) -> Turn:
    """Something in a hold that was not understood: it may have been pain, so the weight comes off."""
    return ask(hold_clock(scene), Phase.UNSURE, "stretch.unsure", "ask.unsure")


def over(scene: Scene) -> Turn:
    """Not understood twice in a row: this hold is over."""
    return _next_question(scene, "stretch.over")


def softer(scene: Scene) -> Turn:
    """Too hard: the weight comes off, and it goes on softer."""
    return softer_paused(hold_clock(scene))


def softer_paused(scene: Scene) -> Turn:
    """Too hard, said in a pause: it goes on softer."""
    return ask(scene, Phase.EASING, "stretch.softer", "ask.easing")


def softer_way(scene: Scene) -> Turn:
    """Still too hard: the softer ways of doing it, by name."""
    return again(scene, softer_ways(scene))


def softer_next(scene: Scene) -> Turn:
    """It was too hard: the next stretch is softer."""
    next_up = following(scene.library, scene.state)
    if next_up is None:
        return again(scene)
    return softer_paused(scene.at(next_up))


def resume(scene: Scene) -> Turn:
    """Back to where the clock was held, with the seconds that were left."""
    if scene.state.left == 0:
        return _next_question(scene)
    if not bearable(scene.library, scene.state):
        return _next_question(scene, "stretch.enough")
    if scene.state.entry in (Entry.PLACE, Entry.AGAIN):
        return stretch(scene)
    long_ago = scene.now - scene.state.paused > PAUSE_SECONDS
    return stretch(scene.changed(entry=Entry.AGAIN if long_ago else Entry.BACK))


def carry_on_softer(scene: Scene) -> Turn:
    """On, before they have said that they are ready: after a stop that is not clear enough."""
    return again(scene) if scene.state.stops else resume(scene)


def resume_in_place(scene: Scene) -> Turn:
    """Back to where the clock was held, the ball being in place already."""
    if scene.state.left == 0:
        return _next_question(scene)
    if not bearable(scene.library, scene.state):
        return _next_question(scene, "stretch.enough")
    return _lower(scene, told=scene.state.left is not None)


def skip(scene: Scene) -> Turn:
    """On to the next stretch, from the middle of this one."""
    return _next(scene, "stretch.skip")


def go_on(scene: Scene) -> Turn:
    """On to the next stretch, after this one."""
    return _next(scene)


def side_done(scene: Scene) -> Turn:
    """The side is no worse: on to the other one, or to the finish."""
    routine, length = chosen(scene.library, scene.state)
    leg = next_leg(scene.library, scene.state)
    if leg is None:
        return finish(scene)
    lead = scene.line()
    if routine.side_switch is None:
        lead.say("stretch.once_more")
    else:
        lead.step = routine.side_switch.id
        lead.say(routine.side_switch.text)
        lead.quiet(routine.side_switch.seconds[length])
    return stretch(scene.at(leg), lead.script)


def finish(scene: Scene) -> Turn:
    """How to get up, and the final check-in. The session counts as done."""
    memory = scene.state.memory
    done = session_of(scene)
    counted = dict(memory.done) | {done.routine: memory.done.get(done.routine, 0) + 1}
    return wind_up(scene.changed(memory=memory._replace(done=counted, last=done)))


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


def hold_clock(scene: Scene) -> Scene:
    """The scene with the running hold interrupted: what is over is over, the seconds left are kept."""
    moment = scene.moment
    if not moment.lowered:
        return scene.changed(paused=scene.now)
    promised = scene.plan.holds[moment.hold].promised
    whole = moment.begins > 0 and promised == _whole(scene, moment.hold)
    return scene.changed(
        hold=scene.state.hold + moment.hold,
        left=None if whole else moment.left,
        entry=Entry.BACK,
        paused=scene.now,
    )


def _whole(scene: Scene, hold: int) -> float:
    """Seconds of a whole hold of the running plan."""
    _, length = chosen(scene.library, scene.state)
    return holds(scene.library, scene.state)[scene.state.hold + hold].seconds[length]


def _on(scene: Scene, answer: Words | None = None) -> Turn:
    """The hold goes on at once, with the seconds that are left; so does the settling before it.

    Whoever speaks into it so often that the weight would be on for too long comes off instead.
    """
    moment, held = scene.moment, hold_clock(scene)
    going_on = held.changed(entry=Entry.ON, left=moment.left + moment.begins)
    plan = stretch_plan(scene.library, going_on.state, answer)
    if scene.now + plan.holds[-1].off - scene.state.weight > MOST_LOAD:
        return pause(scene)
    return begun(going_on, plan)


def _lower(scene: Scene, *, told: bool) -> Turn:
    """The weight goes on, after the words for what will be done, unless they have been told."""
    step = holds(scene.library, scene.state)[scene.state.hold]
    return stretch(scene.changed(entry=Entry.LOWER), () if told else spoken(scene, step.short))


def _next(scene: Scene, *lead: str) -> Turn:
    """The next stretch of this side after a lead, the check-in when there is none."""
    next_up = next_stretch(scene.library, scene.state)
    if next_up is None:
        return _next_question(scene, *lead)
    return stretch(scene.at(next_up), spoken(scene, *lead))


def _next_question(scene: Scene, *lead: str) -> Turn:
    """The question that a stretch ends in."""
    if next_stretch(scene.library, scene.state) is not None:
        return ask(scene, Phase.ASKED, *lead, "ask.over")
    routine, _ = chosen(scene.library, scene.state)
    return ask(scene, Phase.CHECK_IN, *lead, routine.check_in.text)


def _rehearsed(scene: Scene, line: str) -> Turn:
    after_it = scene.changed(memory=scene.state.memory._replace(rehearsed=True))
    return begin(after_it, spoken(after_it, line))


def _seconds(scene: Scene, left: float) -> Words:
    """The line that tells so many seconds."""
    seconds = ceil(left)
    name = "stretch.time_left_one" if seconds == 1 else "stretch.time_left"
    return (scene.line(seconds=scene.library.spoken_number(seconds)).parts(name),)
