"""From "open soft spot" to a chosen routine: who we are, the safety notice, and the one question."""

from skill.coach.course import (
    as_before,
    chosen,
    first_stretch,
    hurt,
    leg_of,
    lengths,
    recalled,
    regions,
    session_seconds,
    working_on,
)
from skill.coach.events import Said
from skill.coach.exercise import begin, in_length, in_time, set_up, switch
from skill.coach.library import Route
from skill.coach.memory import NOTICE_VERSION
from skill.coach.routine import Length, Side, Words
from skill.coach.script import length as seconds_of
from skill.coach.state import Phase, new_session
from skill.coach.turn import (
    Scene,
    Turn,
    again,
    ask,
    close,
    in_minutes,
    minutes,
    off,
    offer_line,
    preferring,
    softer_ways,
    spoken,
    topic,
)

EARLY_SECONDS = 5.0
"""Whoever agrees to the notice so shortly before its end has heard it: what comes last is only the question."""


DOSE_SECONDS = 12 * 3600.0
"""For so long after a session they are asked to rest it until tomorrow (content.md I12: once a day at most)."""

HOUR_FROM_SECONDS = 45 * 60.0
"""From so many seconds on "an hour ago" is nearer than minutes."""


def welcome(scene: Scene) -> Turn:
    """A session begins: where one died, with the notice the first time, with what was done last time later on."""
    new = new_session(scene.state.memory, placed=scene.state.placed)
    there = scene.at(recalled(scene.library, new, scene.now))
    if there.state.phase is Phase.LOST:
        return again(there, "opening.returning", _lost_at(there))
    lead = ["opening.lost"] if scene.state.placed else []
    return _open(there, *lead)


def preferring_first(scene: Scene) -> Turn:
    """The very first words say how they want things to be said: it is remembered, and the session begins."""
    return welcome(preferring(scene)[0])


def welcome_in_pain(scene: Scene) -> Turn:
    """The very first words are of pain: whatever is under them comes out, then the session begins."""
    new = ["described.new"] if _new_pain(scene) else []
    return _open(_wished(_fresh(scene)).changed(placed=True), "opening.off_first", *new)


def one_shot(scene: Scene) -> Turn:
    """The very first words name what they would like: it is answered, and kept through the notice."""
    fresh = _fresh(scene)
    wished = _wished(fresh)
    lines = (*off(scene), *_no_ball(scene), *_not_yet(fresh))
    if wished.state.routine is None:
        return _open(wished, *lines)
    return _notice(wished, *lines, "opening.coming_up", *_rest_it(wished))


def first_help(scene: Scene) -> Turn:
    """The very first word is help: what this is, and how to begin."""
    return ask(_fresh(scene), Phase.START, *off(scene), "help.start")


def first_question(scene: Scene) -> Turn:
    """The very first words ask about the method: the answer, and how to begin."""
    return ask(_fresh(scene), Phase.START, *off(scene), "opening.hello", topic(scene), "ask.start")


def first_safety_notes(scene: Scene) -> Turn:
    """The very first words ask for the safety notes."""
    first = scene.state.memory.notice < NOTICE_VERSION
    return _full_notice(_fresh(scene), *off(scene), "opening.first" if first else "opening.returning")


def safety_notes(scene: Scene) -> Turn:
    """The notice in full, whenever they ask for it."""
    return _full_notice(scene)


def agreed(scene: Scene) -> Turn:
    """None of the notice is theirs: on to what they wished for, or to the question.

    Whoever agrees before having heard all of it goes on, and hears it in full again the next time.
    """
    if scene.now >= scene.state.heard - EARLY_SECONDS:
        scene = scene.changed(memory=scene.state.memory._replace(notice=NOTICE_VERSION))
    if scene.state.routine is None:
        return _guard(scene) or which(scene)
    return set_up(scene.changed(minutes=0), spoken(scene, offer_line(scene), minutes=minutes(scene)))


def not_today(scene: Scene) -> Turn:
    """Some of the notice is theirs, or they are not sure."""
    return close(scene, "notice.not_today")


def which(scene: Scene) -> Turn:
    """The one question."""
    return ask(scene.changed(routine=None), Phase.CHOICE, "ask.choice")


def same_again(scene: Scene, *lead: str) -> Turn:
    """What was done last time, as what is about to be done; the one question where there was nothing."""
    last = scene.state.memory.last
    if last is None:
        return ask(scene.changed(routine=None), Phase.CHOICE, *lead, "ask.choice")
    return again(scene.at(as_before(scene.state, last)._replace(phase=Phase.WELCOME)), *lead)


def leave_lost(scene: Scene) -> Turn:
    """Not where the session died, since that may have hurt: the one question again."""
    return which(_left_alone(scene))


def change_lost(scene: Scene) -> Turn:
    """They name what else: that leaves it alone, too."""
    if not (scene.event.choice.area or scene.event.choice.way):
        return again(scene)
    return change_over(_left_alone(scene))


def _left_alone(scene: Scene) -> Scene:
    return scene.changed(phase=Phase.CHOICE, avoid=regions(scene.library, scene.state))


def choose(scene: Scene, *before: str) -> Turn:
    """They name what they would like: it is offered with its defaults, to be changed or begun."""
    if scene.state.avoid:
        return change_over(scene)
    wished = _wished(scene)
    lines = (*before, *_not_yet(scene))
    if wished.state.routine is None:
        return ask(wished, Phase.CHOICE, *lines, "ask.choice")
    return offer(wished.changed(minutes=0), *lines, *_not_so_long(wished))


def no_ball(scene: Scene) -> Turn:
    """There is no ball at home: the palm, which needs none, for what is worked on."""
    if scene.state.routine is None:
        return ask(scene.changed(way=scene.event.choice.way), Phase.CHOICE, *_no_ball(scene), "ask.choice")
    return choose(scene, *_no_ball(scene))


def change_over(scene: Scene) -> Turn:
    """They name something else in the middle of a session: it is offered, never where it hurt.

    It goes on on the side that they are on, or on the other one where that one hurt; after a stop in its short form.
    """
    if _route(scene) is None:
        return again(scene, *_not_yet(scene))
    on = leg_of(scene.library, scene.state).side if scene.state.routine else None
    side = scene.event.choice.side or on or scene.state.side
    painful = False
    for here in (scene.changed(side=side), scene.changed(side=side.other)):
        wished = _wished(here).changed(side=here.state.side)
        if scene.state.avoid:
            wished = wished.changed(length=Length.SHORT)
        painful = painful or hurt(wished.library, wished.state)
        first = first_stretch(wished.library, wished.state)
        if first is not None and first.leg == 0:
            return offer(wished.changed(minutes=0), *_not_yet(scene), *_not_so_long(wished))
    return again(scene, "stop.not_there" if painful else "stop.enough")


def change_course(scene: Scene) -> Turn:
    """They name something between two stretches or in a pause: another side, time or length, or another part."""
    wish = scene.event.choice
    if wish.area or wish.way:
        return change_over(scene)
    if wish.side and wish.side is not leg_of(scene.library, scene.state).side:
        return switch(scene)
    if wish.length:
        return in_length(scene, wish.length)
    return again(scene) if wish.minutes is None else in_time(scene, wish.minutes)


def note(scene: Scene, *before: str) -> Turn:
    """They name what they would like before they have answered the notice: it is kept, the notice goes first."""
    wished = _wished(scene)
    noted = ["choice.noted"] if wished.state.routine else []
    return again(wished, *before, *_no_ball(scene), *noted, *_not_yet(scene))


def offer(scene: Scene, *before: str) -> Turn:
    """What is about to be done, said rather than asked."""
    return again(scene.changed(phase=Phase.OFFER), *before)


def shorter(scene: Scene) -> Turn:
    """The next shorter form of the routine."""
    return _resized(scene, -1, "offer.shortest")


def longer(scene: Scene) -> Turn:
    """The next longer form of the routine."""
    routine, _ = chosen(scene.library, scene.state)
    more_later = len(lengths(scene.library, scene.state)) < len(routine.lengths)
    return _resized(scene, +1, "offer.long_later" if more_later else "offer.longest")


def other_side(scene: Scene) -> Turn:
    """The other side first."""
    routine, _ = chosen(scene.library, scene.state)
    if not routine.sides:
        return offer(scene, "offer.both_sides")
    return offer(scene.changed(side=scene.state.side.other))


def softer_offer(scene: Scene) -> Turn:
    """Something softer: the ways there are."""
    return offer(scene, softer_ways(scene))


def described(scene: Scene) -> Turn:
    """A pain word before anything is under anybody: it describes, and may say where."""
    first = "described.new" if _new_pain(scene) else "described.hurts"
    if scene.event.choice.area is None:
        return again(scene, first)
    return note(scene, first) if scene.state.phase is Phase.NOTICE else choose(scene, first)


def _new_pain(scene: Scene) -> bool:
    return scene.event.said in (Said.SHARP, Said.WORSE)


def _resized(scene: Scene, by: int, no_further: str) -> Turn:
    """The offer in the next length, or that there is none."""
    _, length = chosen(scene.library, scene.state)
    there_are = lengths(scene.library, scene.state)
    index = there_are.index(length) + by
    if not 0 <= index < len(there_are):
        return offer(scene, no_further)
    return offer(scene.changed(length=there_are[index], minutes=0))


def _fresh(scene: Scene) -> Scene:
    """The scene at the start of a session. What may be under them is under them still, and the load so far counts."""
    new = new_session(scene.state.memory, placed=scene.state.placed)
    before = scene.state
    return scene.at(new._replace(posture=before.posture, regions=before.regions, loads=before.loads))


def _open(scene: Scene, *lead: str) -> Turn:
    memory = scene.state.memory
    if scene.state.routine is not None:
        return _notice(scene, *lead)
    if memory.place is not None and not memory.place.begun and not lead:
        waiting = scene.at(as_before(scene.state, memory.place.session))
        return begin(waiting, spoken(waiting, "opening.parked"))
    if memory.notice < NOTICE_VERSION:
        return _notice(scene, *lead)
    lead = (*lead, "opening.returning", "notice.short")
    return _guard(scene, *lead) or same_again(scene, *lead)


def _lost_at(scene: Scene) -> str:
    """The line that tells where a session died."""
    return "opening.lost_on" if leg_of(scene.library, scene.state).side else "opening.lost_at"


def _guard(scene: Scene, *lead: str) -> Turn | None:
    """Whoever did a session not long ago had better rest it; None where there was none. It blocks nothing."""
    last, told = scene.state.memory.last, _recently(scene)
    if last is None or told is None:
        return None
    return ask(scene.at(as_before(scene.state, last)), Phase.RECENT, *lead, told, "ask.recent")


def _rest_it(scene: Scene) -> tuple[str | Words, ...]:
    """The same told, not asked, to those who have named what they would like, where that is what was done."""
    last, told = scene.state.memory.last, _recently(scene)
    if last is None or told is None:
        return ()
    there = as_before(scene.state, last)
    done = {region for side in Side for region in regions(scene.library, there._replace(side=side))}
    return (told, "opening.rest_it") if done & {*regions(scene.library, scene.state)} else ()


def _recently(scene: Scene) -> Words | None:
    """The line that tells of a session not long ago, None where there was none. It goes by the last one's time alone.

    A session that died a while ago is no reason to rest: its load comes along.
    """
    last = scene.state.memory.last
    if last is None or scene.state.loads or not 0 <= scene.now - last.at <= DOSE_SECONDS:
        return None
    seconds = scene.now - last.at
    hours = round(seconds / 3600)
    if seconds < HOUR_FROM_SECONDS:
        name = "opening.recent_minutes"
    else:
        name = "opening.recent_hour" if hours == 1 else "opening.recent_hours"
    values = {"minutes": in_minutes(scene.library, seconds), "hours": scene.library.spoken_number(hours)}
    line = scene.at(as_before(scene.state, last)).line(**values)
    return (line.parts(name),)


def _notice(scene: Scene, *lead: str | Words) -> Turn:
    """Who we are and the notice: in full the first time, in its short form later."""
    if scene.state.memory.notice < NOTICE_VERSION:
        return _full_notice(scene, *lead, "opening.first")
    return ask(scene, Phase.NOTICE, *lead, "opening.returning", "notice.short", "ask.notice_short")


def _full_notice(scene: Scene, *lead: str | Words) -> Turn:
    turn = ask(scene, Phase.NOTICE, *lead, "notice.full", "ask.notice")
    heard = round(scene.now + seconds_of(turn.script), 3)
    return turn._replace(state=turn.state._replace(heard=heard))


def _wished(scene: Scene) -> Scene:
    """The scene with what they have just asked for; what they left open stays, or takes its default."""
    state, wish = scene.state, scene.event.choice
    route = _route(scene)
    if route is not None:
        last = state.memory.last
        same = last if last is not None and last.routine == route.routine else None
        if same is not None and state.routine is None:
            state = as_before(state, same)
        state = working_on(state, route)._replace(way="")
    minutes = 0 if wish.length else wish.minutes or state.minutes
    state = state._replace(minutes=minutes, side=wish.side or state.side)
    if state.routine is None:
        return scene.at(state._replace(length=wish.length or state.length))
    there_are = lengths(scene.library, state._replace(length=Length.SHORT))
    length = wish.length or (_within(scene.at(state)) if minutes else state.length) or Length.SHORT
    return scene.at(state._replace(length=length if length in there_are else there_are[-1]))


def _route(scene: Scene) -> Route | None:
    """The routine for the area and the way that they name: for the area alone, or the way, where not both fit."""
    wish, state, library = scene.event.choice, scene.state, scene.library
    done, way = state.memory.done, wish.way or (state.way if wish.area else None)
    if not way:
        return library.route(wish.area, None, done) if wish.area else None
    if wish.area is None and state.routine and way in library.routines[state.routine].variants:
        return Route(state.routine, way, state.area)
    area = wish.area or (state.area if state.routine else None)
    return library.route(area, way, done) or library.route(wish.area, None if wish.area else way, done)


def _within(scene: Scene) -> Length:
    """The longest form of the chosen routine that fits into the time that they have, else the shortest."""
    state, library = scene.state, scene.library
    best = Length.SHORT
    for length in lengths(library, state._replace(length=best)):
        if session_seconds(library, state._replace(length=length)) <= state.minutes * 60:
            best = length
    return best


def _not_yet(scene: Scene) -> tuple[str, ...]:
    """The line for what we have no routine for."""
    wish, route = scene.event.choice, _route(scene)
    if route is None:
        return ("choice.not_yet",) if wish.area or wish.way else ()
    form = scene.library.routine(route.routine, route.variant)
    return ("choice.not_that_way",) if wish.way and wish.way not in form.ways else ()


def _not_so_long(scene: Scene) -> tuple[str, ...]:
    """The line for a length or a time that there is no form of the routine for."""
    state, asked = scene.state, scene.event.choice.length
    if 0 < state.minutes * 60 < session_seconds(scene.library, state):
        return ("offer.shortest",)
    if asked is None or asked is state.length:
        return ()
    routine, _ = chosen(scene.library, state)
    return ("offer.long_later",) if asked in routine.lengths else ("offer.longest",)


def _no_ball(scene: Scene) -> tuple[str, ...]:
    return ("choice.no_ball",) if scene.event.said is Said.NO_BALL else ()
