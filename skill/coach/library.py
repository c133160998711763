"""The library: routines and lines of one locale, as the coach sees them.

It is filled by `skill.content` and holds no words of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from skill.coach.routine import Area, Line, Posture, Routine, Words


class Route(NamedTuple):
    """What somebody gets who asks for an area or a way: a routine, a variant of it, and its name for the area."""

    routine: str
    variant: str
    area: str


class Library:
    """Routines and lines of one locale.

    routines: by id.
    lines: by name, such as "ask.notice".
    postures: the words that depend on how somebody lies or stands, by the name of their placeholder.
    sides, lengths: how they are spoken.
    changes: what an offer can be changed to, by name, in the words that ask for it.
    chimes: seconds that each sound takes, by its name.
    numbers: whole numbers as they are spoken, from zero.
    number: the emergency number, as it is spoken.
    speaking_time: seconds that a text takes to say.
    """

    def __init__(
        self,
        *,
        routines: Mapping[str, Routine],
        lines: Mapping[str, Words],
        postures: Mapping[Posture, Mapping[str, str]],
        sides: Mapping[str, str],
        lengths: Mapping[str, str],
        changes: Mapping[str, str],
        last_of_list: str,
        numbers: tuple[str, ...],
        number: str,
        chimes: Mapping[str, float],
        speaking_time: Callable[[str], float],
    ) -> None:
        self.routines = routines
        self.lines = lines
        self.postures = postures
        self.sides = sides
        self.lengths = lengths
        self.changes = changes
        self.number = number
        self.chimes = chimes
        self.speaking_time = speaking_time
        self._last_of_list = last_of_list
        self._numbers = numbers

    def spoken_number(self, number: int) -> str:
        """A whole number in words, in figures where the locale has no word for it."""
        return self._numbers[number] if 0 <= number < len(self._numbers) else str(number)

    def list(self, words: "list[str]") -> str:
        """Some words as a spoken list, such as "wall, palm, or longer"."""
        return self._last_of_list.join(filter(None, (", ".join(words[:-1]), *words[-1:])))

    def routine(self, routine: str, variant: str = "") -> Routine:
        """A routine, or a variant of one. Raises KeyError where there is none."""
        found = self.routines[routine]
        return found.variants[variant] if variant else found

    def route(self, area: str | None, way: str | None, done: Mapping[str, int]) -> Route | None:
        """What somebody gets who asks for an area, a way, or both; None where there is nothing of the kind.

        done: how often each routine has been done. What comes after one that has been done goes first; what
        comes after others is only for those who ask for its way (content.md 3.1).
        """
        best: tuple[int, Route | None] = (0, None)
        for route, named in self._routes(area, way):
            if named.after and any(map(done.get, named.after)):
                rank = 3
            elif named.after or (named.asked and area):
                rank = 1 if way else 0
            else:
                rank = 2
            if rank > best[0]:
                best = (rank, route)
        return best[1]

    def _routes(self, area: str | None, way: str | None) -> Iterator[tuple[Route, Area]]:
        forms = [("", routine) for routine in self.routines.values()]
        forms += [named for routine in self.routines.values() for named in routine.variants.items()]
        for variant, form in forms:
            asked_for = way in form.ways if way else not variant
            name = area or next(iter(form.areas))
            if asked_for and name in form.areas:
                yield Route(form.id, variant, name), form.areas[name]


def fill(words: Words, session: int, values: Mapping[str, str]) -> Line:
    """One wording of a line, chosen by the session's number, with its placeholders filled in.

    Every text begins with a capital letter, whatever a placeholder brought.
    Raises KeyError where a placeholder has no value.
    """
    line = words[session % len(words)]
    return tuple(_sentence(part.format_map(values)) if isinstance(part, str) else part for part in line)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
