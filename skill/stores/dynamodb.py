"""A store in a table of Amazon DynamoDB.

The table's partition key is `id`, a string. Time to live should be enabled for its attribute `expires`; DynamoDB
deletes some days late, so what has expired is filtered here too.
"""

import os
from threading import Lock
from typing import Any

from skill.stores.store import Store, expiry

CONNECT_SECONDS = 0.4
READ_SECONDS = 0.4
ATTEMPTS = 2

NUMBERS = "attribute_type(#version, :number) AND attribute_type(#expires, :number)"
LIVE = f"({NUMBERS} AND #version > :none AND #expires > :now)"
NAMES = {"#version": "version", "#expires": "expires"}


class DynamoDbStore(Store):
    """Entries as items. boto3 is imported, and the table looked for, on first use.

    What goes wrong is raised as an exception of botocore's.

    region: of AWS, such as "eu-west-1".
    endpoint_url: where the service is, if not at Amazon's own address for the region.
    """

    def __init__(self, table: str, *, region: str, endpoint_url: str | None = None) -> None:
        self.table = table
        self.region = region
        self.endpoint_url = endpoint_url
        self._lock = Lock()
        self._client: Any = None
        self._process = 0

    def read(self, user: str, now: float) -> tuple[object, int] | None:
        """The JSON and the version of a user's entry, None where there is none."""
        found = self.client().get_item(TableName=self.table, Key=_key(user), ConsistentRead=True)
        item = found.get("Item", {})
        version, expires = _number(item, "version"), _number(item, "expires")
        return (item.get("attributes", {}).get("S"), version) if version > 0 and expires > now else None

    def write(self, user: str, attributes: str, version: int, now: float) -> bool:
        """Keep JSON as the version after this one; returns whether it was the version that was kept."""
        client = self.client()
        item = {
            **_key(user),
            "attributes": {"S": attributes},
            "version": {"N": str(version + 1)},
            "expires": {"N": str(expiry(now))},
            "save": {"S": os.urandom(8).hex()},
        }
        values = {":number": {"S": "N"}, ":none": {"N": "0"}, ":now": {"N": f"{now:.3f}"}}
        if version:
            values[":version"] = {"N": str(version)}
        try:
            client.put_item(
                TableName=self.table,
                Item=item,
                ConditionExpression=f"#version = :version AND {LIVE}" if version else f"NOT {LIVE}",
                ExpressionAttributeNames=NAMES,
                ExpressionAttributeValues=values,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except client.exceptions.ConditionalCheckFailedException as error:
            # Where only the answer to a first attempt was lost, the second one finds what the first has written.
            return bool(error.response.get("Item", {}).get("save") == item["save"])
        return True

    def erase(self, user: str) -> None:
        """Leave nothing of a user."""
        self.client().delete_item(TableName=self.table, Key=_key(user))

    def client(self) -> Any:
        """The process's own client of DynamoDB, made on first use. Threads may share it, forked processes not."""
        with self._lock:
            if self._process != os.getpid():
                self._client = self._new_client()
                self._process = os.getpid()
            return self._client

    def _new_client(self) -> Any:
        import boto3  # not everybody has it, and it is slow to import
        from botocore.config import Config

        return boto3.session.Session().client(
            "dynamodb",
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            ),
        )


def _key(user: str) -> dict[str, Any]:
    return {"id": {"S": user}}


def _number(item: dict[str, Any], name: str) -> int:
    """A whole number of an item, 0 where it has none."""
    try:
        return int(item[name]["N"])
    except (KeyError, ValueError):
        return 0
