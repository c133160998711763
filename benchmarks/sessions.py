"""How quick every routine is, in every length: turns, the first press, the whole session (product.md, promise 7).

usage: make bench, or .venv/bin/python -m benchmarks.sessions

Each is held in everyday words, the first three times, over the real interaction model, two seconds taken for each
answer. Seconds are those of the simulated speaker; tests/test_everyday.py holds them against the promise.
"""

from tests.everyday import LIBRARY, first_three


def measure() -> None:
    """Print what was heard."""
    print("routine       session   turns  first press  told           took")
    for routine in LIBRARY.routines.values():
        for length in routine.lengths:
            for number, heard in enumerate(first_three(routine.id, length), start=1):
                print(
                    f"{routine.id} {length:9}  {number:6} {heard.turns:8} {heard.first_press:10.0f} s"
                    f"  {heard.told + ' min':12} {heard.seconds / 60:6.1f} min"
                )


if __name__ == "__main__":
    measure()
