"""Addresses of stores."""

import importlib.util
from pathlib import Path

import pytest

from skill.stores import address
from skill.stores.address import AddressError, default_address, open_store
from skill.stores.dynamodb import DynamoDbStore
from skill.stores.memory import MemoryStore
from skill.stores.sqlite import SqliteStore


def test_memory() -> None:
    """What lives as long as its process."""
    store = open_store("memory://", {})
    assert isinstance(store, MemoryStore)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("sqlite:///progress.sqlite3", "progress.sqlite3"),
        ("sqlite:///data/../progress", "data/../progress"),
        ("sqlite:////var/lib/soft-spot/progress.sqlite3", "/var/lib/soft-spot/progress.sqlite3"),
        ("sqlite:////data/my%20progress%3F%25.sqlite3", "/data/my progress?%.sqlite3"),
        ("sqlite:////data/Größe", "/data/Größe"),
    ],
)
def test_sqlite(given: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three slashes and a path from here, or four for one from the root. Nothing is touched."""
    monkeypatch.chdir(tmp_path)
    store = open_store(given, {})
    assert isinstance(store, SqliteStore)
    assert store.path == tmp_path / path
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ("dynamodb://Soft.Spot_1-x?region=eu-west-1", {}, ("Soft.Spot_1-x", "eu-west-1", None)),
        ("dynamodb://progress", {"AWS_REGION": "us-gov-east-1"}, ("progress", "us-gov-east-1", None)),
        ("dynamodb://progress", {"AWS_DEFAULT_REGION": "cn-north-1"}, ("progress", "cn-north-1", None)),
        (
            "dynamodb://progress",
            {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-west-2"},
            ("progress", "us-east-1", None),
        ),
        ("dynamodb://progress?region=us-east-2", {"AWS_REGION": "us-east-1"}, ("progress", "us-east-2", None)),
        (
            "dynamodb://progress?endpoint_url=http://localhost:8000&region=eu-west-1",
            {},
            ("progress", "eu-west-1", "http://localhost:8000"),
        ),
        (
            "dynamodb://progress?region=eu-west-1&endpoint_url=https%3A%2F%2Fexample.org%2Fdb",
            {},
            ("progress", "eu-west-1", "https://example.org/db"),
        ),
    ],
)
def test_dynamodb(given: str, environment: dict[str, str], expected: tuple[str, str, str | None]) -> None:
    """A table, and where it is: what the address says counts more than what AWS's own settings say."""
    store = open_store(given, environment)
    assert isinstance(store, DynamoDbStore)
    assert (store.table, store.region, store.endpoint_url) == expected


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("", "no scheme"),
        ("progress.sqlite3", "no scheme"),
        ("sqlite:/progress", "no scheme"),
        ("redis://localhost", "'redis' is unknown"),
        ("SQLITE:///progress", "'SQLITE' is unknown"),
        ("://", "'' is unknown"),
        ("memory://x", "nothing may follow"),
        ("memory:///", "nothing may follow"),
        ("memory://?x=1", "nothing may follow"),
        ("sqlite://", "two slashes"),
        ("sqlite://progress", "two slashes"),
        ("sqlite:///", "path is empty"),
        ("sqlite:////", "is a folder"),
        ("sqlite:///data/", "is a folder"),
        ("sqlite:///.", "is a folder"),
        ("sqlite:///progress?mode=ro", "nothing may follow the path"),
        ("sqlite:///progress#x", "nothing may follow the path"),
        ("sqlite:///a%00b", "null character"),
        ("dynamodb://", "table is missing"),
        ("dynamodb://?region=eu-west-1", "table is missing"),
        ("dynamodb://ab?region=eu-west-1", "'ab' is no table"),
        ("dynamodb://progress/x?region=eu-west-1", "is no table"),
        (f"dynamodb://{'a' * 256}?region=eu-west-1", "is no table"),
        ("dynamodb://progress", "region is missing"),
        ("dynamodb://progress?", "region is missing"),
        ("dynamodb://progress?region=", "'' is no region"),
        ("dynamodb://progress?region=Europe", "'Europe' is no region"),
        ("dynamodb://progress?region=eu-west-1&region=eu-west-1", "said twice"),
        ("dynamodb://progress?region=eu-west-1&ttl=5", "'ttl' is unknown"),
        ("dynamodb://progress?region", "name=value"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=", "is no endpoint"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=localhost:8000", "is no endpoint"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=ftp://localhost", "is no endpoint"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=http://", "is no endpoint"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=http://localhost:x", "is no endpoint"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=http://[::1", "is no endpoint"),
        ("dynamodb://progress?region=eu-west-1&endpoint_url=http://me@localhost", "is no endpoint"),
    ],
)
def test_addresses_that_can_not_be_used(given: str, what: str) -> None:
    """The message says what is wrong, what is expected, and which setting it is."""
    with pytest.raises(AddressError) as error:
        open_store(given, {})
    assert what in str(error.value)
    assert "SOFT_SPOT_STORE" in str(error.value)
    assert "sqlite:///PATH" in str(error.value)


def test_a_folder_that_is_there_is_no_file(tmp_path: Path) -> None:
    """It is said at once, not at the first use."""
    with pytest.raises(AddressError, match="is a folder"):
        open_store(f"sqlite:///{tmp_path}", {})


def test_dynamodb_needs_boto3(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who hasn't installed it is told how."""
    monkeypatch.setattr(address, "find_spec", lambda name: None if name == "boto3" else importlib.util.find_spec(name))
    with pytest.raises(AddressError, match="pip install"):
        open_store("dynamodb://progress?region=eu-west-1", {})


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"HOME": "/home/a"}, "/home/a/.local/share/soft-spot/progress.sqlite3"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/my data"}, "/my data/soft-spot/progress.sqlite3"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": ""}, "/home/a/.local/share/soft-spot/progress.sqlite3"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "data"}, "/home/a/.local/share/soft-spot/progress.sqlite3"),
        ({"HOME": "/home/50%"}, "/home/50%/.local/share/soft-spot/progress.sqlite3"),
    ],
)
def test_the_default_is_a_file_among_the_users_data(environment: dict[str, str], path: str) -> None:
    """Where programs on Linux keep them."""
    store = open_store(default_address(environment), environment)
    assert isinstance(store, SqliteStore)
    assert str(store.path) == path


def test_without_a_home_there_is_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in some containers: then the setting has to be made."""
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    with pytest.raises(AddressError, match="no home folder"):
        default_address({})
