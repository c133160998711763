"""From "open soft spot" to a chosen routine: who we are, the safety notice, and the one question."""

from skill.coach.course import session_seconds
from skill.coach.events import Said
from skill.coach.exercise import begin, set_up
from skill.coach.routine import Length
from skill.coach.state import NOTICE_VERSION, PARKED_SECONDS, Phase, State
from skill.coach.turn import Scene, Turn, again, ask, close, minutes, spoken


def welcome(scene: Scene) -> Turn:
    """A session begins: with the notice the first time, with what was done last time later on."""
    lead = ["opening.lost"] if scene.state.placed else []
    return _open(_fresh(scene), *lead)


def welcome_in_pain(scene: Scene) -> Turn:
    """The very first words are of pain: whatever is under them comes out, then the session begins."""
    return _open(_wished(_fresh(scene)), "opening.off_first")


def one_shot(scene: Scene) -> Turn:
    """The very first words name what they would like: it is answered, and kept through the notice."""
    wished = _wished(_fresh(scene))
    if wished.state.routine is None:
        return _open(wished)
    return _notice(wished, "opening.coming_up")


def first_help(scene: Scene) -> Turn:
    """The very first word is help: what this is, and how to begin."""
    return ask(_fresh(scene), Phase.START, "help.start")


def safety_notes(scene: Scene) -> Turn:
    """The notice in full, whenever they ask for it."""
    return ask(scene, Phase.NOTICE, "notice.full", "ask.notice")


def agreed(scene: Scene) -> Turn:
    """None of the notice is theirs: on to what they wished for, or to the question."""
    heard = scene.changed(memory=scene.state.memory._replace(notice=NOTICE_VERSION))
    if heard.state.routine is None:
        return which(heard)
    return set_up(heard, spoken(heard, f"offer.{heard.state.length}", minutes=minutes(heard)))


def not_today(scene: Scene) -> Turn:
    """Some of the notice is theirs, or they are not sure."""
    return close(scene, "notice.not_today")


def which(scene: Scene) -> Turn:
    """The one question."""
    return ask(scene.changed(routine=None), Phase.CHOICE, "ask.choice")


def choose(scene: Scene, *before: str) -> Turn:
    """They name what they would like: it is offered with its defaults, to be changed or begun."""
    wished = _wished(scene)
    if wished.state.routine is None:
        return ask(wished, Phase.CHOICE, *before, *_not_yet(scene), "ask.choice")
    return offer(wished, *before, *_not_yet(scene))


def note(scene: Scene) -> Turn:
    """They name what they would like before they have answered the notice: it is kept, the notice goes first."""
    return _noted(scene)


def offer(scene: Scene, *before: str) -> Turn:
    """What is about to be done, said rather than asked."""
    return again(scene.changed(phase=Phase.OFFER), *before)


def shorter(scene: Scene) -> Turn:
    """The shorter form of the routine."""
    return offer(scene.changed(length=Length.SHORT))


def longer(scene: Scene) -> Turn:
    """The longer form of the routine."""
    return offer(scene.changed(length=Length.REGULAR))


def other_side(scene: Scene) -> Turn:
    """The other side first."""
    return offer(scene.changed(side=scene.state.side.other))


def described(scene: Scene) -> Turn:
    """A pain word before anything is under anybody: it describes, and may say where."""
    first = "described.new" if scene.event.said in (Said.SHARP, Said.WORSE) else "described.hurts"
    if scene.event.choice.area is None:
        return again(scene, first)
    return _noted(scene, first) if scene.state.phase is Phase.NOTICE else choose(scene, first)


def _fresh(scene: Scene) -> Scene:
    """The scene at the start of a session."""
    return scene._replace(state=State(memory=scene.state.memory, placed=scene.state.placed))


def _noted(scene: Scene, *before: str) -> Turn:
    wished = _wished(scene)
    noted = ["choice.noted"] if wished.state.routine else []
    return again(wished, *before, *noted, *_not_yet(scene))


def _open(scene: Scene, *lead: str) -> Turn:
    memory = scene.state.memory
    parked = memory.parked
    if memory.notice < NOTICE_VERSION:
        return _notice(scene, *lead)
    if parked is not None and 0 <= scene.now - parked.at <= PARKED_SECONDS and not lead:
        ready = scene.changed(routine=parked.routine, length=parked.length, side=parked.side, area=parked.area)
        return begin(ready, spoken(ready, "opening.parked"))
    if scene.state.routine is not None:
        return _notice(scene, *lead)
    if memory.last is None:
        return ask(scene, Phase.CHOICE, *lead, "opening.returning", "notice.short", "ask.choice")
    last = memory.last
    same = scene.changed(phase=Phase.WELCOME, routine=last.routine, length=last.length, side=last.side, area=last.area)
    return again(same, *lead, "opening.returning", "notice.short")


def _notice(scene: Scene, *lead: str) -> Turn:
    """Who we are and the notice: in full the first time, in its short form later."""
    if scene.state.memory.notice < NOTICE_VERSION:
        return ask(scene, Phase.NOTICE, *lead, "opening.first", "notice.full", "ask.notice")
    return ask(scene, Phase.NOTICE, *lead, "opening.returning", "notice.short", "ask.notice_short")


def _wished(scene: Scene) -> Scene:
    """The scene with what they have just asked for; what they left open stays, or takes its default."""
    state, wish, library = scene.state, scene.event.choice, scene.library
    routine = library.routine_for(wish.area) if wish.area else None
    if routine is not None and wish.area is not None:
        last = state.memory.last
        same = last if last is not None and last.routine == routine.id else None
        state = state._replace(
            routine=routine.id,
            area=wish.area,
            length=state.length or (same.length if same else Length.SHORT),
            side=state.side if state.routine or same is None else same.side,
        )
    state = state._replace(length=wish.length or state.length, side=wish.side or state.side)
    if wish.minutes is not None and state.routine is not None:
        state = state._replace(length=_within(scene._replace(state=state), wish.minutes * 60))
    return scene._replace(state=state)


def _within(scene: Scene, seconds: float) -> Length:
    """The longest form of the chosen routine that takes no more than so many seconds, else the shortest."""
    best = Length.SHORT
    for length in scene.library.routines[scene.state.routine or ""].lengths:
        if session_seconds(scene.library, scene.state._replace(length=length)) <= seconds:
            best = length
    return best


def _not_yet(scene: Scene) -> tuple[str, ...]:
    """The line for an area that we have no routine for yet."""
    area = scene.event.choice.area
    return ("choice.not_yet",) if area is not None and scene.library.routine_for(area) is None else ()
