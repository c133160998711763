"""Values as they come out of JSON, which may be anything: each reader gives one of its kind.

All raise TypeError, ValueError, KeyError or AttributeError for another.
"""

import math
from typing import Any


def as_text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def as_flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def as_number(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    return value


def as_count(value: object) -> int:
    """A whole number from zero."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(value)
    return value


def as_texts(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(as_text, value))


def as_counts(value: Any) -> dict[str, int]:
    """Whole numbers from zero, by name."""
    return {as_text(name): as_count(number) for name, number in value.items()}


def as_numbers(value: Any) -> dict[str, float]:
    """Finite numbers, by name."""
    return {as_text(name): as_number(number) for name, number in value.items()}
