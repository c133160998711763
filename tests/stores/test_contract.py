"""What all stores promise, held against each."""

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from ask_sdk_model import RequestEnvelope

from skill.stores.store import KEPT_SECONDS, Conflict, Store
from tests.stores.conftest import InDynamoDb, Place
from tests.stores.envelopes import START, by

DAY = 24 * 3600


class TestContract:
    """The same for every store."""

    def test_users_are_kept_apart(self, store: Store) -> None:
        """What one user's speaker keeps, another's does not see, however alike their ids are."""
        store.save_attributes(by("a"), {"n": 1})
        store.save_attributes(by("A"), {"n": 2})
        assert store.get_attributes(by("a")) == {"n": 1, "version": 1}
        assert store.get_attributes(by("A")) == {"n": 2, "version": 1}
        assert store.get_attributes(by("b")) == {}

    def test_what_was_saved_does_not_change_afterwards(self, store: Store) -> None:
        """The store keeps copies, and gives copies."""
        attributes = {"done": {"R2": 1}}
        store.save_attributes(by("a"), attributes)
        attributes["done"]["R2"] = 9
        store.get_attributes(by("a"))["done"]["R2"] = 8
        assert store.get_attributes(by("a")) == {"done": {"R2": 1}, "version": 1}

    def test_all_json_values_come_back_as_they_were(self, store: Store) -> None:
        """Fractions too, and words in any script."""
        attributes = {"a": 0.1, "b": [1, None, True], "c": {"d": "Gesäß 🎾 \ud800"}, "e": 10**20, "": ""}
        store.save_attributes(by("a"), attributes)
        assert store.get_attributes(by("a")) == {**attributes, "version": 1}

    def test_what_is_no_json_is_not_saved(self, store: Store) -> None:
        """It is a bug of the caller's, and what was there stays."""
        with pytest.raises(TypeError):
            store.save_attributes(by("a"), {"n": object()})
        assert store.get_attributes(by("a")) == {}

    def test_forgetting_forgets(self, place: Place) -> None:
        """Whatever the version is, and also what was never there."""
        place.store.save_attributes(by("a"), {"n": 1})
        place.store.save_attributes(by("a"), {"n": 2, "version": 1})
        place.store.delete_attributes(by("a"))
        place.store.delete_attributes(by("b"))
        assert place.store.get_attributes(by("a")) == {}
        assert place.count() == 0

    @pytest.mark.parametrize("nobody", [None, ""])
    def test_nothing_is_kept_for_nobody(self, place: Place, nobody: str | None) -> None:
        """A request that names no user leaves no trace, and erases none."""
        place.store.save_attributes(by("a"), {"n": 1})
        place.store.save_attributes(by(nobody), {"n": 1})
        place.store.delete_attributes(by(nobody))
        assert place.store.get_attributes(by(nobody)) == {}
        assert place.count() == 1

    def test_each_save_is_a_version(self, store: Store) -> None:
        """The version counts saves, and starts again where everything was forgotten."""
        for version in range(3):
            store.save_attributes(by("a"), {"n": version, "version": version})
            assert store.get_attributes(by("a")) == {"n": version, "version": version + 1}
        store.delete_attributes(by("a"))
        store.save_attributes(by("a"), {"n": 7})
        assert store.get_attributes(by("a")) == {"n": 7, "version": 1}

    def test_the_second_of_two_speakers_is_told(self, store: Store) -> None:
        """Two have read the same version: the first to save is not overwritten unseen."""
        store.save_attributes(by("a"), {"sessions": 1})
        kitchen, bedroom = store.get_attributes(by("a")), store.get_attributes(by("a"))
        store.save_attributes(by("a"), {**kitchen, "sessions": 2})
        with pytest.raises(Conflict):
            store.save_attributes(by("a"), {**bedroom, "sessions": 3})
        assert store.get_attributes(by("a")) == {"sessions": 2, "version": 2}

    def test_the_second_of_two_first_saves_is_told(self, store: Store) -> None:
        """Both had found nothing, and even where both save the same: it may be a count."""
        store.save_attributes(by("a"), {"n": 1})
        for attributes in ({"n": 2}, {"n": 1}):
            with pytest.raises(Conflict):
                store.save_attributes(by("a"), attributes)
        assert store.get_attributes(by("a")) == {"n": 1, "version": 1}

    def test_what_was_forgotten_meanwhile_does_not_come_back(self, store: Store) -> None:
        """One speaker erases what another has read and wants to save."""
        store.save_attributes(by("a"), {"n": 1})
        read = store.get_attributes(by("a"))
        store.delete_attributes(by("a"))
        with pytest.raises(Conflict):
            store.save_attributes(by("a"), read)
        assert store.get_attributes(by("a")) == {}

    def test_an_entry_expires_ninety_days_after_its_last_save(self, store: Store) -> None:
        """By the time of the requests."""
        store.save_attributes(by("a"), {"n": 1})
        store.save_attributes(by("a", 30 * DAY), {"n": 2, "version": 1})
        assert store.get_attributes(by("a", 120 * DAY - 1)) == {"n": 2, "version": 2}
        assert store.get_attributes(by("a", 120 * DAY)) == {}

    def test_an_expired_entry_counts_as_none(self, store: Store) -> None:
        """It can be saved anew, but not as if it were still there."""
        store.save_attributes(by("a"), {"n": 1})
        with pytest.raises(Conflict):
            store.save_attributes(by("a", 90 * DAY), {"n": 2, "version": 1})
        store.save_attributes(by("a", 90 * DAY), {"n": 3})
        assert store.get_attributes(by("a", 90 * DAY)) == {"n": 3, "version": 1}

    def test_expired_entries_are_dropped(self, place: Place) -> None:
        """With the next save, whoever saves; DynamoDB does it by itself, from the time in `expires`."""
        place.store.save_attributes(by("a"), {"n": 1})
        place.store.save_attributes(by("b", DAY), {"n": 1})
        place.store.save_attributes(by("c", 90 * DAY), {"n": 1})
        if isinstance(place, InDynamoDb):
            settings = place.store.client().describe_time_to_live(TableName=place.store.table)
            assert settings["TimeToLiveDescription"] == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
            item = place.store.client().get_item(TableName=place.store.table, Key={"id": {"S": "a"}})["Item"]
            assert item["expires"] == {"N": str(int(START) + KEPT_SECONDS)}
        else:
            assert place.count() == 2

    @pytest.mark.parametrize("attributes", ["", "{", "[1]", "null", '"n"', "[" * 100_000, 5])
    def test_a_damaged_entry_is_dropped(self, place: Place, attributes: Any) -> None:
        """Nothing but its version is left of it, so that the next save takes its place."""
        place.put("a", attributes, 3, int(START) + DAY)
        found = place.store.get_attributes(by("a"))
        assert found == {"version": 3}
        place.store.save_attributes(by("a"), {**found, "n": 1})
        assert place.store.get_attributes(by("a")) == {"n": 1, "version": 4}

    def test_concurrent_saves_lose_nothing(self, place: Place) -> None:
        """Many threads count sessions for the same users, each reading again where it was too late."""
        users = [f"user {number}" for number in range(5)]
        turns = 10

        def count_all(seed: int) -> None:
            shuffled = users * turns
            random.Random(seed).shuffle(shuffled)  # noqa: S311  # not for secrets
            for user in shuffled:
                count_one(place.store, by(user))

        with ThreadPoolExecutor(place.most_savers) as pool:
            list(pool.map(count_all, range(place.most_savers)))
        for user in users:
            total = place.most_savers * turns
            assert place.store.get_attributes(by(user)) == {"sessions": total, "version": total}


def count_one(store: Store, request: RequestEnvelope) -> None:
    """Add one to a user's sessions."""
    while True:
        attributes = store.get_attributes(request)
        attributes["sessions"] = attributes.get("sessions", 0) + 1
        try:
            return store.save_attributes(request, attributes)
        except Conflict:
            pass


@pytest.mark.parametrize("place", ["sqlite", "dynamodb"], indirect=True)
@pytest.mark.parametrize(("version", "expires"), [("x", START + DAY), (0, START + DAY), (-1, START + DAY), (1, "x")])
def test_an_entry_that_says_no_version_or_expiry_counts_as_none(place: Place, version: Any, expires: Any) -> None:
    """It could neither be replaced nor expire otherwise."""
    place.put("a", '{"n": 1}', version, int(expires) if isinstance(expires, float) else expires)
    assert place.store.get_attributes(by("a")) == {}
    place.store.save_attributes(by("a"), {"n": 2})
    assert place.store.get_attributes(by("a")) == {"n": 2, "version": 1}
