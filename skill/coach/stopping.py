"""What stops a session: pain, danger, being stuck, or the wish to stop. The first words free the body."""

from skill.coach.course import following, posture_of, regions
from skill.coach.exercise import wind_up
from skill.coach.state import Ball, Phase
from skill.coach.turn import Scene, Turn, again, ask, close, off, spoken

MOST_STOPS = 2
"""So many times "it hurts" end a session (product.md, "What people say")."""


def hurts(scene: Scene) -> Turn:
    """It hurts: everything stops, and where it hurts is left alone. The second time ends the session."""
    if scene.state.over:
        return still_hurting(scene)
    stopped = scene.changed(stops=scene.state.stops + 1, avoid=scene.state.avoid + _where(scene))
    if stopped.state.stops >= MOST_STOPS:
        return _over(stopped, "stop.hurts_again", "stop.get_up")
    if stopped.state.routine is None:
        return _over(stopped, "stop.hurts", "stop.get_up")
    return ask(stopped, Phase.HURT, "stop.hurts", "stop.then_say")


def still_hurting(scene: Scene) -> Turn:
    """It has not settled: done for today, and how to get up."""
    return _over(scene, "stop.still_hurting", "stop.get_up")


def settled(scene: Scene) -> Turn:
    """It is back to how it was: end, or something softer in another spot."""
    if following(scene.library, scene.state) is None:
        return wind_up(scene, spoken(scene, "stop.settled_end"))
    return ask(scene, Phase.SETTLED, "stop.settled", "ask.settled")


def softer_elsewhere(scene: Scene) -> Turn:
    """Something softer, never on the spot that hurt, and not before they say that they are ready."""
    elsewhere = following(scene.library, scene.state)
    if elsewhere is None:
        return settled(scene)
    return ask(scene.at(elsewhere), Phase.EASING, "stop.softer_elsewhere", "ask.easing")


def sharp(scene: Scene) -> Turn:
    """Sharp, shooting or new pain: no more today (S27, S28)."""
    return _over(scene, "stop.sharp")


def worse(scene: Scene) -> Turn:
    """More pain than before: the session ends (S35)."""
    return _over(scene, "stop.worse")


def red_flag(scene: Scene) -> Turn:
    """A sign of danger: help is needed, and no more today."""
    return _over(scene, "stop.red_flag")


def screen_flag(scene: Scene) -> Turn:
    """A reason not to use a ball at all: a doctor first."""
    return close(scene, "notice.not_today") if scene.ball is Ball.NEVER else _over(scene, "stop.screen_flag")


def without_ball(scene: Scene) -> Turn:
    """No ball today: rest, ten slow breaths, and when to see a doctor."""
    return _over(scene, *off(scene), "rest.breathe", "info.doctor")


def no_more(scene: Scene) -> Turn:
    """They would like to go on, but this stop ends the day's ball work."""
    return again(scene, "stop.no_more")


def stuck(scene: Scene) -> Turn:
    """They can't get up: one way to do it, without hurry."""
    return ask(
        scene, Phase.STUCK, f"stuck.{scene.state.posture or posture_of(scene.library, scene.state)}", "ask.stuck"
    )


def more_help(scene: Scene) -> Turn:
    """They need somebody: the words for the speaker itself, and the session closes, so that it listens to them."""
    return close(scene, "stuck.more_help")


def helped(scene: Scene) -> Turn:
    """They are up, or can rest where they are."""
    return close(scene, "stuck.helped")


def rest_up(scene: Scene) -> Turn:
    """They are done after a stop."""
    return close(scene, "finish.rest_up")


def end(scene: Scene) -> Turn:
    """They want to stop: at once, with how to get up."""
    return close(scene, "stop.end_before" if scene.ball is Ball.NEVER else "stop.end")


def _over(scene: Scene, *lines: str) -> Turn:
    """No more ball work today. One turn stays open, for those who can't get up."""
    return ask(scene.changed(over=True), Phase.STOPPED, *lines, "ask.stopped")


def _where(scene: Scene) -> tuple[str, ...]:
    """The regions that were pressed last; before that, those that they are about to work on."""
    if scene.state.regions or scene.state.routine is None:
        return scene.state.regions
    return regions(scene.library, scene.state)
