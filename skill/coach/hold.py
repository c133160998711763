"""A hold that runs or was interrupted: what can be said into it, and how it goes on. All times are seconds.

Where somebody is in it is worked out from the clock. What needs more than a sentence, or another place, takes the
weight off first; nobody loses or gains seconds by asking.
"""

from math import ceil

from skill.coach.course import (
    bearable,
    caps,
    chosen,
    following,
    holds,
    leg_of,
    next_hold,
    previous_hold,
    stretch_loads,
    stretch_plan,
    with_load,
)
from skill.coach.events import Choice, Said
from skill.coach.exercise import next_question, next_up, start_over, step_line, switch, wrong_side
from skill.coach.opening import change_course
from skill.coach.routine import MOST_LOAD, Step, Words
from skill.coach.state import Entry, Phase, State
from skill.coach.turn import Scene, Turn, again, ask, begun, preferring, softer_ways, spoken, stretch, topic

PAUSE_SECONDS = 60.0
"""After a longer pause the ball is put into place anew (product.md, "pause, wait / go on")."""

SAYING_SECONDS = 4.0
"""To say under weight what becomes of a hold; one of which less would be left is over."""

MORE_SECONDS = 10.0
"""What "longer" adds to a hold (content.md 3.2)."""


def there(scene: Scene) -> Turn:
    """The ball is in place: the weight goes on. In a hold it goes on as it was."""
    moment = scene.moment
    if moment.over:
        return next_question(scene, "stretch.off")
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
        return next_question(scene, "stretch.off")
    if moment.lowered:
        return _on(scene, _seconds(scene, moment.left))
    takes = spoken(scene, "stretch.hold_takes", seconds=scene.library.spoken_number(ceil(moment.left)))
    return stretch(scene, takes)


def time_left_paused(scene: Scene) -> Turn:
    """How long the interrupted hold would still take."""
    return again(scene, _seconds(scene, _left(scene)))


def which_step(scene: Scene) -> Turn:
    """Which hold it is, of how many; whatever was going on goes on."""
    moment = scene.moment
    if moment.over:
        return next_question(scene, "stretch.off")
    told = step_line(scene.changed(hold=scene.state.hold + moment.hold))
    return _on(scene, told) if moment.lowered else stretch(scene, spoken(scene, told))


def which_step_paused(scene: Scene) -> Turn:
    """Which hold was interrupted, of how many."""
    return again(scene, step_line(scene))


def longer_hold(scene: Scene) -> Turn:
    """The hold takes ten seconds more, or as many as they say. Before it, they need longer to get into place."""
    return _changed(scene) if scene.moment.lowered else pause(scene)


def changed_hold(scene: Scene) -> Turn:
    """The hold takes less time, or what they say."""
    return _changed(scene)


def changed_paused(scene: Scene) -> Turn:
    """The interrupted hold takes more time, less, or what they say."""
    changed, lead = _of_other_length(scene)
    if _left(changed) < min(_left(scene), SAYING_SECONDS):
        return next_question(changed, "stretch.shorter_now")
    return again(changed, lead, _seconds(changed, _left(changed)))


def preferring_in_hold(scene: Scene) -> Turn:
    """How they want it said from now on; whatever was going on goes on."""
    moment = scene.moment  # by the plan that is running: what they prefer makes another one
    preferred, line = preferring(scene)
    if moment.over:
        return next_question(preferred, "stretch.off", line)
    if moment.lowered:
        return _going_on(scene, preferring(_held_on(scene))[0], (scene.line().parts(line),))
    return stretch(preferred, spoken(preferred, line))


def retell(scene: Scene) -> Turn:
    """Say it again: before the hold from the placement, in it with the weight off and the clock held.

    Who asks to be reminded how hears every line in full from now on.
    """
    held = hold_clock(scene)
    if scene.event.said is Said.REMIND:
        held = preferring(held)[0]
    if scene.moment.over:
        return next_question(held, "stretch.off")
    if scene.moment.lowered:
        return ask(held, Phase.PAUSED, "stretch.pause", _running(held).text, "ask.paused")
    entry = scene.state.entry
    return stretch(held.changed(entry=entry if entry is Entry.PLACE else Entry.AGAIN))


def retell_paused(scene: Scene) -> Turn:
    """What is to be done in the interrupted hold, once more."""
    told = preferring(scene)[0] if scene.event.said is Said.REMIND else scene
    return again(told, _running(scene).text)


def let_go(scene: Scene) -> Turn:
    """The spot has let go: the weight comes off, and they rest."""
    moment = scene.moment
    if not moment.lowered:
        return unsure(scene)
    after_it = next_hold(scene.library, interrupted(scene).state)
    if moment.over or after_it is None:
        return next_question(scene, "stretch.let_go")
    return ask(scene.at(after_it), Phase.PAUSED, "stretch.let_go", "ask.paused")


def skip(scene: Scene) -> Turn:
    """On to the next hold, from the middle of this one."""
    after_it = next_hold(scene.library, interrupted(scene).state)
    if after_it is None or not bearable(scene.library, after_it):
        return next_up(scene, "stretch.skip")
    return stretch(scene.at(after_it), spoken(scene, "stretch.skip"))


def back(scene: Scene) -> Turn:
    """The hold before this one, from its start; the first one begins anew."""
    held = interrupted(scene)
    before = previous_hold(scene.library, held.state)
    lead = ["stretch.skip"]
    if before is None:
        before = held.state._replace(left=None, whole=None, entry=Entry.AGAIN)
        lead.append("stretch.first")
    if not bearable(scene.library, before):
        return next_question(scene, "stretch.enough")
    return stretch(scene.at(before), spoken(scene, *lead))


def last_again(scene: Scene) -> Turn:
    """The hold that is just over, once more."""
    hold = len(holds(scene.library, scene.state)) - 1
    once_more = scene.state._replace(hold=hold, left=None, whole=None, entry=Entry.AGAIN)
    if not bearable(scene.library, once_more):
        return again(scene, "stretch.enough")
    return stretch(scene.at(once_more))


def switch_in_hold(scene: Scene) -> Turn:
    """The other side, from the middle of this one: the weight comes off first."""
    return switch(interrupted(scene).changed(phase=Phase.PAUSED), "stretch.skip")


def wrong_side_in_hold(scene: Scene) -> Turn:
    """They are on the other side than we said: the weight comes off, and what was done counts for that one."""
    return wrong_side(interrupted(scene).changed(phase=Phase.PAUSED), "stretch.pause")


def start_over_in_hold(scene: Scene) -> Turn:
    """From the start of the routine? The weight comes off before that is asked."""
    return start_over(interrupted(scene).changed(phase=Phase.PAUSED), "stretch.pause")


def change_in_hold(scene: Scene) -> Turn:
    """They name something: another side, time, way or part. The weight comes off first."""
    wish = scene.event.choice
    if wish == Choice():
        return unsure(scene)
    if wish == Choice(side=leg_of(scene.library, scene.state).side):
        return there(scene)
    return change_course(interrupted(scene).changed(phase=Phase.PAUSED))


def pause(scene: Scene) -> Turn:
    """The weight comes off, and the clock stands still."""
    moment, held = scene.moment, hold_clock(scene)
    if moment.lowered:
        return ask(held, Phase.PAUSED, "stretch.pause", "ask.paused")
    return ask(held, Phase.PAUSED, "place.wait_in_place", "ask.place")


def inform_in_hold(scene: Scene) -> Turn:
    """A question about the method or the pain: the weight comes off first, and only a clear word goes on."""
    return ask(hold_clock(scene), Phase.PAUSED, "stretch.pause", topic(scene), "ask.informed")


def hold_help(scene: Scene) -> Turn:
    """What can be said in a hold; the weight comes off first."""
    return ask(hold_clock(scene), Phase.PAUSED, "help.hold")


def unsure(scene: Scene) -> Turn:
    """Something in a hold that was not understood: it may have been pain, so the weight comes off."""
    return ask(hold_clock(scene), Phase.UNSURE, "stretch.unsure", "ask.unsure")


def over(scene: Scene) -> Turn:
    """Not understood twice in a row: this hold is over."""
    return next_question(scene, "stretch.over")


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
    coming = following(scene.library, scene.state)
    return again(scene) if coming is None else softer_paused(scene.at(coming))


def resume(scene: Scene) -> Turn:
    """Back to where the clock was held, with the seconds that were left."""
    if scene.state.left == 0:
        return next_question(scene)
    if not bearable(scene.library, scene.state):
        return next_question(scene, "stretch.enough")
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
        return next_question(scene)
    if not bearable(scene.library, scene.state):
        return next_question(scene, "stretch.enough")
    return _lower(scene, told=scene.state.left is not None)


def lost_go_on(scene: Scene) -> Turn:
    """A session that died goes on at the start of the stretch, one rung softer, once they are ready."""
    if not bearable(scene.library, scene.state):
        return next_question(scene, "stretch.enough")
    return ask(scene, Phase.EASING, "stretch.lighter", "ask.easing")


def interrupted(scene: Scene) -> Scene:
    """The scene with the hold interrupted, if it is running."""
    return hold_clock(scene) if scene.state.phase is Phase.HOLD else scene


def hold_clock(scene: Scene) -> Scene:
    """The scene with the running hold interrupted: what is over is over, the seconds left are kept."""
    moment = scene.moment
    if not moment.lowered:
        return scene.changed(paused=scene.now)
    promised = scene.plan.holds[moment.hold].promised
    whole = scene.state.whole if moment.hold == 0 else None
    held = scene.changed(hold=scene.state.hold + moment.hold, whole=whole, entry=Entry.BACK, paused=scene.now)
    untouched = moment.begins > 0 and promised == _whole(held)
    return held.changed(left=None if untouched else moment.left)


def _running(scene: Scene) -> Step:
    """The hold that the state is on."""
    return holds(scene.library, scene.state)[scene.state.hold]


def _whole(scene: Scene) -> float:
    """Seconds of the whole hold that the state is on."""
    _, length = chosen(scene.library, scene.state)
    return scene.state.whole or _running(scene).seconds[length]


def _left(scene: Scene) -> float:
    """Seconds left of the interrupted hold, without what is left to settle before it."""
    left, whole = scene.state.left, _whole(scene)
    return whole if left is None else min(whole, left)


def _on(scene: Scene, answer: Words | None = None) -> Turn:
    """The hold goes on at once, with the seconds that are left."""
    return _going_on(scene, _held_on(scene), answer)


def _held_on(scene: Scene) -> Scene:
    """The scene with the running hold interrupted while the weight stays on; what is left to settle goes on too."""
    return hold_clock(scene).changed(entry=Entry.ON, left=scene.moment.left + scene.moment.begins)


def _going_on(scene: Scene, held: Scene, answer: Words | None) -> Turn:
    """The interrupted hold goes on at once.

    Whoever speaks into it so often that the weight would be on for too long comes off instead.
    """
    plan = stretch_plan(scene.library, held.state, answer)
    if scene.now + plan.holds[-1].off - scene.state.weight > MOST_LOAD:
        return pause(scene)
    return begun(held, plan)


def _lower(scene: Scene, *, told: bool) -> Turn:
    """The weight goes on, after the words for what will be done, unless they have been told."""
    return stretch(scene.changed(entry=Entry.LOWER), () if told else spoken(scene, _running(scene).short))


def _changed(scene: Scene) -> Turn:
    """The hold that runs or comes next takes another time, and goes on."""
    moment = scene.moment
    if moment.over:
        return next_question(scene, "stretch.off")
    if not moment.lowered:
        changed, lead = _of_other_length(scene)
        takes = scene.library.spoken_number(ceil(_left(changed)))
        return stretch(changed, spoken(changed, lead, "stretch.hold_takes", seconds=takes))
    changed, lead = _of_other_length(_held_on(scene))
    if _left(changed) < min(moment.left, SAYING_SECONDS):
        return next_question(changed, "stretch.shorter_now")
    answer = changed.line().parts(lead)
    if _left(changed) != moment.left:
        answer += _seconds(changed, _left(changed))[0]
    return _going_on(scene, changed, (answer,))


def _of_other_length(scene: Scene) -> tuple[Scene, str]:
    """The scene with its hold of the length that they ask for, and the line that says what became of that.

    It stays within the step's limits, and no longer hold than the load caps allow is begun.
    """
    whole, step = _whole(scene), _running(scene)
    wish = scene.event.choice.seconds
    wanted = {
        Said.LONGER: whole + (wish or MORE_SECONDS),
        Said.SHORTER: whole - wish if wish else whole / 2,
    }.get(scene.event.said, wish or whole)
    seconds = min(max(wanted, step.least), step.most)
    changed = _taking(scene, seconds)
    too_much = _too_much(scene, changed.state) if seconds > whole else 0.0
    if too_much > 0:
        return _taking(scene, max(whole, float(int(seconds - too_much)))), "stretch.most_weight"
    if seconds == wanted:
        return changed, "stretch.all_right"
    return changed, "stretch.no_longer" if wanted > seconds else "stretch.no_shorter"


def _taking(scene: Scene, seconds: float) -> Scene:
    """The scene with its hold of so many seconds; what is over of it is over."""
    left = scene.state.left
    if left is None:
        return scene.changed(whole=seconds)
    return scene.changed(whole=seconds, left=max(0.0, left + seconds - _whole(scene)))


def _too_much(scene: Scene, state: State) -> float:
    """By how many seconds the rest of the state's stretch is over the load caps, at the slowest speech."""
    so_far = scene.now - scene.state.weight + SAYING_SECONDS if scene.state.entry is Entry.ON else 0.0
    in_one_go = so_far + sum(stretch_loads(scene.library, state)) - MOST_LOAD
    return max(in_one_go, *(load - most for _, load, most in caps(scene.library, with_load(scene.library, state))))


def _seconds(scene: Scene, left: float) -> Words:
    """The line that tells so many seconds."""
    seconds = ceil(left)
    name = "stretch.time_left_one" if seconds == 1 else "stretch.time_left"
    return (scene.line(seconds=scene.library.spoken_number(seconds)).parts(name),)
