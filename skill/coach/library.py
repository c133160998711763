"""The library: routines and lines of one locale, as the coach sees them.

It is filled by `skill.content` and holds no words of its own.
"""

from collections.abc import Callable, Mapping

from skill.coach.routine import Line, Routine, Words


class Library:
    """Routines and lines of one locale.

    routines: by id.
    lines: by name, such as "ask.notice".
    sides, lengths: how they are spoken.
    numbers: whole numbers as they are spoken, from zero.
    number: the emergency number, as it is spoken.
    speaking_time: seconds that a text takes to say.
    """

    def __init__(
        self,
        *,
        routines: Mapping[str, Routine],
        lines: Mapping[str, Words],
        sides: Mapping[str, str],
        lengths: Mapping[str, str],
        numbers: tuple[str, ...],
        number: str,
        speaking_time: Callable[[str], float],
    ) -> None:
        self.routines = routines
        self.lines = lines
        self.sides = sides
        self.lengths = lengths
        self.number = number
        self.speaking_time = speaking_time
        self._numbers = numbers

    def spoken_number(self, number: int) -> str:
        """A whole number in words, in figures where the locale has no word for it."""
        return self._numbers[number] if 0 <= number < len(self._numbers) else str(number)

    def routine_for(self, area: str) -> Routine | None:
        """The routine that works on an area, None where there is none yet."""
        return next((r for r in self.routines.values() if area in r.areas), None)


def fill(words: Words, session: int, values: Mapping[str, str]) -> Line:
    """One wording of a line, chosen by the session's number, with its placeholders filled in.

    Every text begins with a capital letter, whatever a placeholder brought.
    Raises KeyError where a placeholder has no value.
    """
    line = words[session % len(words)]
    return tuple(_sentence(part.format_map(values)) if isinstance(part, str) else part for part in line)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
