"""What is special about the store in DynamoDB. The service's stand-in is moto, within this process."""

import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from skill.stores import dynamodb
from skill.stores.dynamodb import DynamoDbStore
from skill.stores.guard import Guarded, StoreFault
from skill.stores.store import Conflict
from tests.stores.conftest import REGION, TABLE
from tests.stores.envelopes import by

ANYBODY = by("a")


def test_nothing_is_imported_before_the_first_use() -> None:
    """boto3 is slow to import, and not everybody has it."""
    program = """
import sys
from skill.stores.address import open_store
open_store("dynamodb://progress?region=eu-west-1")
assert not {"boto3", "botocore"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603  # it runs this Python


@pytest.mark.usefixtures("in_dynamodb")
def test_threads_share_one_client() -> None:
    """Also when all of them are the first."""
    store = DynamoDbStore(TABLE, region=REGION)
    with ThreadPoolExecutor(4) as pool:
        clients = list(pool.map(lambda _: store.client(), range(8)))
    assert all(client is clients[0] for client in clients)


@pytest.mark.usefixtures("in_dynamodb")
def test_a_save_that_had_arrived_is_no_conflict() -> None:
    """Where the answer was lost, the client tries again, and finds what it has written itself."""
    store = DynamoDbStore(TABLE, region=REGION)
    original = store.client().put_item

    def put_twice(**what: Any) -> Any:
        original(**what)
        return original(**what)

    store.client().put_item = put_twice
    store.save_attributes(ANYBODY, {"n": 1})
    assert store.get_attributes(ANYBODY) == {"n": 1, "version": 1}
    with pytest.raises(Conflict):
        store.save_attributes(ANYBODY, {"n": 2})


def test_nobody_waits_long_for_a_service_that_is_not_there() -> None:
    """A port on which nobody answers."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        store = Guarded(DynamoDbStore(TABLE, region=REGION, endpoint_url=f"http://127.0.0.1:{closed.getsockname()[1]}"))
        started = time.monotonic()
        with pytest.raises(StoreFault):
            store.get_attributes(ANYBODY)
        assert time.monotonic() - started < 1.5


def test_nobody_waits_long_for_a_service_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that takes the question, and says nothing: a thread hangs a little longer than the turn, not for ever."""
    assert (dynamodb.CONNECT_SECONDS + dynamodb.READ_SECONDS) * dynamodb.ATTEMPTS < 2
    monkeypatch.setattr(dynamodb, "READ_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = DynamoDbStore(TABLE, region=REGION, endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        store.client()  # which takes its time, too
        started = time.monotonic()
        with pytest.raises(Exception, match="timeout"):
            store.get_attributes(ANYBODY)
        assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("code", ["ProvisionedThroughputExceededException", "AccessDeniedException"])
@pytest.mark.usefixtures("in_dynamodb")
def test_what_the_service_refuses_is_a_fault(code: str) -> None:
    """The log names its code, and not its message, in which there may be anything."""
    from botocore.stub import Stubber

    store = DynamoDbStore(TABLE, region=REGION)
    with Stubber(store.client()) as stubber:
        stubber.add_client_error("get_item", code, "all about user a")
        with pytest.raises(StoreFault, match=code) as fault:
            Guarded(store).get_attributes(ANYBODY)
    assert "all about" not in str(fault.value)
