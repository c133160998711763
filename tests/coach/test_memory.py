"""What two sessions kept becomes one."""

from hypothesis import given
from hypothesis import strategies as st

from skill.coach.memory import Detail, Memory, Place, Session, merged
from skill.coach.routine import Length, Side

HIP = Session("R2", "", "hip", Length.SHORT, Side.LEFT, 100.0)
BACK = Session("R1", "", "back", Length.REGULAR, Side.LEFT, 200.0)
BEFORE = Memory(notice=1, rehearsed=True, done={"R2": 3}, longest=Length.SHORT, last=HIP)
COUNTS = st.dictionaries(st.sampled_from(["R1", "R2"]), st.integers(0, 5))


def test_both_count() -> None:
    """What each has added is added."""
    mine = BEFORE._replace(done={"R2": 4}, last=HIP._replace(at=300.0))
    theirs = BEFORE._replace(done={"R2": 3, "R1": 1}, last=BACK, longest=Length.REGULAR)
    assert merged(BEFORE, mine, theirs).done == {"R2": 4, "R1": 1}
    assert merged(BEFORE, mine, theirs).last == HIP._replace(at=300.0)
    assert merged(BEFORE, mine, theirs).longest is Length.REGULAR
    assert merged(BEFORE, mine, theirs._replace(done={"R2": 4})).done == {"R2": 5}


def test_what_arrived_late_is_not_counted_twice() -> None:
    """A save that seemed to fail may have been done all the same."""
    mine = BEFORE._replace(done={"R2": 4}, last=HIP._replace(at=300.0))
    assert merged(BEFORE, mine, mine) == mine


def test_what_others_have_chosen_stands_unless_it_was_changed_here() -> None:
    """Preferences, and the place."""
    theirs = BEFORE._replace(gaps=True, detail=Detail.FEW, place=Place(HIP))
    assert merged(BEFORE, BEFORE, theirs) == theirs
    mine = BEFORE._replace(detail=Detail.FULL, place=Place(BACK, begun=True))
    kept = merged(BEFORE, mine, theirs)
    assert (kept.gaps, kept.detail, kept.place) == (True, Detail.FULL, Place(BACK, begun=True))


def test_a_place_that_was_left_is_left() -> None:
    """After a pain stop none comes back from the store."""
    before = BEFORE._replace(place=Place(HIP, begun=True))
    assert merged(before, BEFORE, before).place is None


def test_what_was_forgotten_meanwhile_stays_forgotten() -> None:
    """Only what this session adds is kept of it."""
    mine = BEFORE._replace(done={"R2": 4}, last=HIP._replace(at=300.0))
    assert merged(BEFORE, mine, Memory()).done == {"R2": 1}
    assert merged(BEFORE, BEFORE, Memory()) == Memory()


def test_a_store_that_was_not_read_is_added_to() -> None:
    """Nothing of what it has is lost, though the session knew nothing of it."""
    mine = Memory(notice=1, rehearsed=True, done={"R1": 1}, last=BACK)
    kept = merged(Memory(), mine, BEFORE._replace(gaps=True))
    assert kept.done == {"R1": 1, "R2": 3}
    assert kept.gaps


@given(COUNTS, COUNTS, COUNTS)
def test_nothing_that_was_done_is_lost(base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]) -> None:
    """Sums are sums, whoever saves first."""
    added = {routine: base.get(routine, 0) + times for routine, times in mine.items()}
    kept = merged(Memory(done=base), Memory(done=base | added, last=HIP), Memory(done=theirs, last=BACK))
    for routine in ("R1", "R2"):
        assert kept.done.get(routine, 0) >= theirs.get(routine, 0) + mine.get(routine, 0)
