"""The three stores, each with a way to put damage into it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from skill.stores.dynamodb import DynamoDbStore
from skill.stores.memory import Entry, MemoryStore
from skill.stores.sqlite import SqliteStore
from skill.stores.store import Store
from tests.stores.envelopes import by

REGION = "eu-west-1"
TABLE = "Soft.Spot_1"


class Place:
    """A store, and the place where it keeps its entries."""

    store: Store
    most_savers = 8

    def put(self, user: str, attributes: Any, version: Any, expires: Any) -> None:
        """Put an entry there, past the store."""
        raise NotImplementedError

    def count(self) -> int:
        """How many entries there are, expired or not."""
        raise NotImplementedError


class InMemory(Place):
    """A dict."""

    def __init__(self) -> None:
        self.store: MemoryStore = MemoryStore()

    def put(self, user: str, attributes: Any, version: Any, expires: Any) -> None:
        """Put an entry there, past the store."""
        self.store.entries[user] = Entry(attributes, version, expires)

    def count(self) -> int:
        """How many entries there are."""
        return len(self.store.entries)


class InSqlite(Place):
    """A file."""

    def __init__(self, path: Path) -> None:
        self.store: SqliteStore = SqliteStore(path)

    def put(self, user: str, attributes: Any, version: Any, expires: Any) -> None:
        """Put an entry there, past the store."""
        self.store.get_attributes(by("somebody"))  # makes the file
        with closing(sqlite3.connect(self.store.path)) as connection, connection:
            connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (user, attributes, version, expires))

    def count(self) -> int:
        """How many entries there are."""
        with closing(sqlite3.connect(self.store.path)) as connection:
            return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


class InDynamoDb(Place):
    """A table of the service's stand-in."""

    most_savers = 2  # the stand-in takes milliseconds

    def __init__(self) -> None:
        self.store: DynamoDbStore = DynamoDbStore(TABLE, region=REGION)
        client = self.store.client()
        client.put_item = one_at_a_time(client.put_item)
        client.create_table(
            TableName=TABLE,
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        client.update_time_to_live(
            TableName=TABLE, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
        )

    def put(self, user: str, attributes: Any, version: Any, expires: Any) -> None:
        """Put an entry there, past the store."""
        values = {"id": user, "attributes": attributes, "version": version, "expires": expires}
        item = {name: {"S": value} if isinstance(value, str) else {"N": str(value)} for name, value in values.items()}
        self.store.client().put_item(TableName=TABLE, Item=item)

    def count(self) -> int:
        """How many entries there are."""
        return int(self.store.client().scan(TableName=TABLE)["Count"])

    def clear(self) -> None:
        """Remove all entries."""
        for item in self.store.client().scan(TableName=TABLE)["Items"]:
            self.store.client().delete_item(TableName=TABLE, Key={"id": item["id"]})


def one_at_a_time(call: Any) -> Any:
    """The same for one thread at a time: DynamoDB looks and writes in one step, its stand-in in two."""
    lock = Lock()

    def locked(**what: Any) -> Any:
        with lock:
            return call(**what)

    return locked


@pytest.fixture(autouse=True, scope="module")
def no_account_of_aws() -> Iterator[None]:
    """What is set on this machine plays no part, and nobody looks for an account outside of it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        yield


@pytest.fixture(scope="module")
def table() -> Iterator[InDynamoDb]:
    """A table of DynamoDB's stand-in, within this process."""
    from moto import mock_aws  # slow to import, and for these tests only

    with mock_aws():
        yield InDynamoDb()


@pytest.fixture
def in_dynamodb(table: InDynamoDb) -> InDynamoDb:
    """The same without entries."""
    table.clear()
    return table


@pytest.fixture(params=["memory", "sqlite", "dynamodb"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each store in its turn."""
    if request.param == "dynamodb":
        table: Place = request.getfixturevalue("in_dynamodb")
        return table
    return InMemory() if request.param == "memory" else InSqlite(tmp_path / "progress.sqlite3")


@pytest.fixture
def store(place: Place) -> Store:
    """The same without its place."""
    return place.store
