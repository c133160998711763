"""States and memories on their way through JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.memory import (
    SCHEMA,
    Detail,
    Memory,
    Place,
    Session,
    memory_from_attributes,
    memory_to_attributes,
)
from skill.coach.routine import Length, Side
from skill.coach.state import Entry, Phase, State, state_from_attributes

SESSION = Session("R2", "", "hip", Length.REGULAR, Side.RIGHT, 1_800_000_000.5)
MEMORY = Memory(
    notice=1,
    rehearsed=True,
    done={"R2": 3},
    longest=Length.REGULAR,
    last=SESSION,
    place=Place(SESSION, begun=True, leg=1, stretch=2, loads={"left: buttock": 30.5}),
    gaps=True,
    detail=Detail.FEW,
)
STATE = State(
    memory=MEMORY,
    phase=Phase.PAUSED,
    session=3,
    heard=1_800_000_000.5,
    routine="R2",
    length=Length.SHORT,
    side=Side.RIGHT,
    area="leg",
    times=3,
    minutes=10,
    leg=1,
    stretch=2,
    hold=1,
    left=7.25,
    whole=20.0,
    entry=Entry.BACK,
    began=1_800_000_000.25,
    asks=1_800_000_060.0,
    paused=1_800_000_030.0,
    placed=True,
    stops=1,
    over=True,
    avoid=("left: buttock",),
    loads={"left: buttock": 30.5},
    earlier={"left: buttock": 10.0},
    back=Phase.PAUSED,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("state", [State(), State(memory=MEMORY), STATE])
def test_a_state_survives_json(state: State) -> None:
    """What is put into the session attributes comes out of them."""
    assert state_from_attributes(json.loads(json.dumps(state.to_attributes()))) == state


@pytest.mark.parametrize("memory", [Memory(), MEMORY])
def test_a_memory_survives_json(memory: Memory) -> None:
    """What is kept comes back."""
    assert memory_from_attributes(json.loads(json.dumps(memory_to_attributes(memory)))) == memory


def test_what_is_at_its_default_is_left_out() -> None:
    """The session attributes stay small."""
    assert State().to_attributes() == {"schema": SCHEMA}


def test_nothing_about_health_is_kept_between_sessions() -> None:
    """The memory has the fields that product.md allows, and no others."""
    assert set(Memory._fields) == {"notice", "rehearsed", "done", "longest", "last", "place", "gaps", "detail"}
    assert set(Place._fields) == {"session", "begun", "leg", "stretch", "loads"}
    assert set(Session._fields) == {"routine", "variant", "area", "length", "side", "at"}


@pytest.mark.parametrize("schema", [None, 0, SCHEMA + 1, "1"])
def test_another_schema_is_no_state(schema: Any) -> None:
    """An older or newer form is not guessed at."""
    assert state_from_attributes(STATE.to_attributes() | {"schema": schema}) is None
    assert memory_from_attributes(memory_to_attributes(MEMORY) | {"schema": schema}) == Memory()


@pytest.mark.parametrize(
    "change",
    [
        {"phase": "dancing"},
        {"phase": ["hold"]},
        {"length": None},
        {"leg": -1},
        {"leg": True},
        {"left": "7"},
        {"began": float("nan")},
        {"placed": 1},
        {"avoid": "left: buttock"},
        {"avoid": [1]},
        {"memory": None},
        {"memory": {"notice": "1"}},
        {"memory": {"health": "bad"}},
        {"memory": memory_to_attributes(MEMORY) | {"place": {"begun": True}}},
        {"back": "nowhere"},
        {"memory": memory_to_attributes(MEMORY) | {"done": {"R2": -1}}},
        {"surprise": 1},
    ],
)
def test_a_damaged_state_is_no_state(change: dict[str, Any]) -> None:
    """Wrong values, missing parts and unknown keys are not guessed at."""
    assert state_from_attributes(STATE.to_attributes() | change) is None


@given(json_values, st.sampled_from(State._fields))
def test_no_value_breaks_the_reading(value: Any, name: str) -> None:
    """Whatever stands in the attributes, reading them raises nothing."""
    state_from_attributes(value)
    memory_from_attributes(value)
    state_from_attributes({"schema": SCHEMA, name: value})
    memory_from_attributes(memory_to_attributes(MEMORY) | {"last": value, "done": value})
