"""How long a turn waits for its store: the attributes are read, and saved again.

usage: make bench, or .venv/bin/python -m benchmarks.stores

Each line is the same turn, taken in turns with all the others, in a file of SQLite's on the disk where temporary
files are: in the stores, bare and guarded, and in what they are made of, written as plainly as possible. DynamoDB's
line is of its stand-in, moto, within this process: how long the client takes, without any network or service.
"""

import json
import os
import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from moto import mock_aws

from skill.stores.dynamodb import DynamoDbStore
from skill.stores.guard import Guarded
from skill.stores.memory import MemoryStore
from skill.stores.sqlite import SqliteStore
from tests.stores.envelopes import by

TURNS = 2000
USERS = [f"amzn1.ask.account.{number:0>180}" for number in range(100)]
ATTRIBUTES = {"done": {f"R{number}": number for number in range(1, 8)}, "area": "hip", "last": "R2", "side": "left"}


def turn(store: AbstractPersistenceAdapter) -> Callable[[str], None]:
    """One with a store."""
    requests = {user: by(user) for user in USERS}

    def taken(user: str) -> None:
        read = store.get_attributes(requests[user])
        store.save_attributes(requests[user], {**read, **ATTRIBUTES})

    return taken


def plain_dict() -> Callable[[str], None]:
    """One with a dict of JSON, and nothing else."""
    kept: dict[str, str] = {}

    def taken(user: str) -> None:
        json.loads(kept.get(user, "{}"))
        kept[user] = json.dumps(ATTRIBUTES)

    return taken


def plain_sqlite(path: Path) -> Callable[[str], None]:
    """One with a table that has no versions and never expires."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE kept (id PRIMARY KEY, j)"
    )

    def taken(user: str) -> None:
        found = connection.execute("SELECT j FROM kept WHERE id = ?", (user,)).fetchone()
        json.loads(found[0] if found else "{}")
        connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (user, json.dumps(ATTRIBUTES)))

    return taken


def dynamodb() -> DynamoDbStore:
    """A store with a new table of the stand-in's."""
    store = DynamoDbStore("progress", region="eu-west-1")
    store.client().create_table(
        TableName=store.table,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return store


def measure(turns: dict[str, Callable[[str], None]], times: int) -> None:
    """Print how long each kind of turn took."""
    took: dict[str, list[float]] = {name: [] for name in turns}
    for number in range(times):
        for name, taken in turns.items():
            started = time.perf_counter()
            taken(USERS[number % len(USERS)])
            took[name].append((time.perf_counter() - started) * 1e6)
    for name, each in took.items():
        print(f"{name:30} {statistics.median(each):8.0f} {statistics.quantiles(each, n=100)[98]:8.0f}")


def main() -> None:
    """Print all of it."""
    print("microseconds a turn              median      p99")
    with TemporaryDirectory() as folder:
        turns: dict[str, Any] = {
            "plain dict": plain_dict(),
            "memory": turn(MemoryStore()),
            "memory, guarded": turn(Guarded(MemoryStore())),
            "plain sqlite3": plain_sqlite(Path(folder, "plain.sqlite3")),
            "SQLite": turn(SqliteStore(Path(folder, "bare.sqlite3"))),
            "SQLite, guarded": turn(Guarded(SqliteStore(Path(folder, "guarded.sqlite3")))),
        }
        measure(turns, TURNS)
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    with mock_aws():
        measure({"DynamoDB's stand-in, guarded": turn(Guarded(dynamodb()))}, TURNS // 10)


if __name__ == "__main__":
    main()
