"""From "open soft spot" to a chosen routine: who we are, the safety notice, and the one question."""

from skill.coach.course import as_before, session_seconds, working_on
from skill.coach.events import Said
from skill.coach.exercise import begin, set_up
from skill.coach.routine import Length
from skill.coach.script import length as seconds_of
from skill.coach.state import NOTICE_VERSION, PARKED_SECONDS, Phase, new_session
from skill.coach.turn import Scene, Turn, again, ask, close, minutes, spoken

EARLY_SECONDS = 5.0
"""Whoever agrees to the notice so shortly before its end has heard it: what comes last is only the question."""


def welcome(scene: Scene) -> Turn:
    """A session begins: with the notice the first time, with what was done last time later on."""
    lead = ["opening.lost"] if scene.state.placed else []
    return _open(_fresh(scene), *lead)


def welcome_in_pain(scene: Scene) -> Turn:
    """The very first words are of pain: whatever is under them comes out, then the session begins."""
    new = ["described.new"] if _new_pain(scene) else []
    return _open(_wished(_fresh(scene)).changed(placed=True), "opening.off_first", *new)


def one_shot(scene: Scene) -> Turn:
    """The very first words name what they would like: it is answered, and kept through the notice."""
    wished = _wished(_fresh(scene))
    if wished.state.routine is None:
        return _open(wished, *_not_yet(scene))
    return _notice(wished, "opening.coming_up")


def first_help(scene: Scene) -> Turn:
    """The very first word is help: what this is, and how to begin."""
    return ask(_fresh(scene), Phase.START, "help.start")


def first_safety_notes(scene: Scene) -> Turn:
    """The very first words ask for the safety notes."""
    return _full_notice(_fresh(scene), "opening.returning")


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
        return which(scene)
    return set_up(scene, spoken(scene, f"offer.{scene.state.length}", minutes=minutes(scene)))


def not_today(scene: Scene) -> Turn:
    """Some of the notice is theirs, or they are not sure."""
    return close(scene, "notice.not_today")


def which(scene: Scene) -> Turn:
    """The one question."""
    return ask(scene.changed(routine=None), Phase.CHOICE, "ask.choice")


def choose(scene: Scene, *before: str) -> Turn:
    """They name what they would like: it is offered with its defaults, to be changed or begun."""
    wished = _wished(scene)
    lines = (*before, *_not_yet(scene))
    if wished.state.routine is None:
        return ask(wished, Phase.CHOICE, *lines, "ask.choice")
    too_long = 0 < wished.state.minutes * 60 < session_seconds(wished.library, wished.state)
    return offer(wished, *lines, *(["offer.shortest"] if too_long else []))


def note(scene: Scene, *before: str) -> Turn:
    """They name what they would like before they have answered the notice: it is kept, the notice goes first."""
    wished = _wished(scene)
    noted = ["choice.noted"] if wished.state.routine else []
    return again(wished, *before, *noted, *_not_yet(scene))


def offer(scene: Scene, *before: str) -> Turn:
    """What is about to be done, said rather than asked."""
    return again(scene.changed(phase=Phase.OFFER), *before)


def shorter(scene: Scene) -> Turn:
    """The shorter form of the routine."""
    return _resized(scene, Length.SHORT, "offer.shortest")


def longer(scene: Scene) -> Turn:
    """The longer form of the routine."""
    return _resized(scene, Length.REGULAR, "offer.longest")


def other_side(scene: Scene) -> Turn:
    """The other side first."""
    return offer(scene.changed(side=scene.state.side.other))


def described(scene: Scene) -> Turn:
    """A pain word before anything is under anybody: it describes, and may say where."""
    first = "described.new" if _new_pain(scene) else "described.hurts"
    if scene.event.choice.area is None:
        return again(scene, first)
    return note(scene, first) if scene.state.phase is Phase.NOTICE else choose(scene, first)


def _new_pain(scene: Scene) -> bool:
    return scene.event.said in (Said.SHARP, Said.WORSE)


def _resized(scene: Scene, length: Length, no_further: str) -> Turn:
    """The offer in another length, or that there is none."""
    lines = [no_further] if scene.state.length is length else []
    return offer(scene.changed(length=length, minutes=0), *lines)


def _fresh(scene: Scene) -> Scene:
    """The scene at the start of a session. What may be under them is under them still."""
    return scene.at(new_session(scene.state.memory, placed=scene.state.placed))


def _open(scene: Scene, *lead: str) -> Turn:
    memory = scene.state.memory
    parked = memory.parked
    if memory.notice < NOTICE_VERSION or scene.state.routine is not None:
        return _notice(scene, *lead)
    if parked is not None and 0 <= scene.now - parked.at <= PARKED_SECONDS and not lead:
        waiting = scene.at(as_before(scene.library, scene.state, parked))
        return begin(waiting, spoken(waiting, "opening.parked"))
    if memory.last is None:
        return ask(scene, Phase.CHOICE, *lead, "opening.returning", "notice.short", "ask.choice")
    last = as_before(scene.library, scene.state, memory.last)
    return again(scene.at(last._replace(phase=Phase.WELCOME)), *lead, "opening.returning", "notice.short")


def _notice(scene: Scene, *lead: str) -> Turn:
    """Who we are and the notice: in full the first time, in its short form later."""
    if scene.state.memory.notice < NOTICE_VERSION:
        return _full_notice(scene, *lead, "opening.first")
    return ask(scene, Phase.NOTICE, *lead, "opening.returning", "notice.short", "ask.notice_short")


def _full_notice(scene: Scene, *lead: str) -> Turn:
    turn = ask(scene, Phase.NOTICE, *lead, "notice.full", "ask.notice")
    heard = round(scene.now + seconds_of(turn.script), 3)
    return turn._replace(state=turn.state._replace(heard=heard))


def _wished(scene: Scene) -> Scene:
    """The scene with what they have just asked for; what they left open stays, or takes its default."""
    state, wish, library = scene.state, scene.event.choice, scene.library
    routine = library.routine_for(wish.area) if wish.area else None
    if routine is not None and wish.area is not None:
        last = state.memory.last
        same = last if last is not None and last.routine == routine.id else None
        if same is not None and state.routine is None:
            state = as_before(library, state, same)
        state = working_on(state, routine, wish.area)
    state = state._replace(minutes=wish.minutes or state.minutes, side=wish.side or state.side)
    if state.routine is None:
        return scene.at(state._replace(length=wish.length or state.length))
    length = wish.length or (_within(scene.at(state)) if state.minutes else state.length)
    return scene.at(state._replace(length=length or Length.SHORT))


def _within(scene: Scene) -> Length:
    """The longest form of the chosen routine that fits into the time that they have, else the shortest."""
    state, library = scene.state, scene.library
    best = Length.SHORT
    for length in library.routines[state.routine or ""].lengths:
        if session_seconds(library, state._replace(length=length)) <= state.minutes * 60:
            best = length
    return best


def _not_yet(scene: Scene) -> tuple[str, ...]:
    """The line for an area that we have no routine for yet."""
    area = scene.event.choice.area
    return ("choice.not_yet",) if area is not None and scene.library.routine_for(area) is None else ()
