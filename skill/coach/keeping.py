"""What is kept between sessions, and how it is erased."""

from skill.coach.course import BETWEEN
from skill.coach.hold import interrupted
from skill.coach.memory import Memory
from skill.coach.state import Phase
from skill.coach.turn import Scene, Turn, ask, close, off


def forget(scene: Scene) -> Turn:
    """Everything is to be forgotten: it is asked once. Whatever may be under them comes out first."""
    back = scene.state.back if scene.state.phase in BETWEEN else scene.state.phase
    return ask(scene.changed(back=back), Phase.FORGET, *off(scene), "privacy.kept", "ask.forget")


def forget_in_hold(scene: Scene) -> Turn:
    """The same in a hold: the clock stands still."""
    return forget(interrupted(scene).changed(phase=Phase.PAUSED))


def forgotten(scene: Scene) -> Turn:
    """Everything is forgotten, this session included."""
    return close(scene.changed(memory=Memory()), *off(scene), "privacy.forgotten")._replace(forget=True)
