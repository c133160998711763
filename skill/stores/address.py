"""Which store an address means, such as SOFT_SPOT_STORE has."""

import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlsplit

from skill.stores.dynamodb import DynamoDbStore
from skill.stores.memory import MemoryStore
from skill.stores.sqlite import SqliteStore
from skill.stores.store import Store

FORMS = "memory://, sqlite:///PATH (sqlite:////PATH from the root) or dynamodb://TABLE?region=REGION"

TABLE = re.compile(r"[A-Za-z0-9_.-]{3,255}")
REGION = re.compile(r"[a-z]{2,3}(-[a-z]+)+-[0-9]{1,2}")


class AddressError(ValueError):
    """The address of the store can't be used. The message tells people who set one up what to write."""

    def __init__(self, what: str) -> None:
        super().__init__(f"SOFT_SPOT_STORE: {what}. What is expected: {FORMS}")


def open_store(address: str, environment: Mapping[str, str] = os.environ) -> Store:
    """The store at an address. Nothing is touched before its first use.

    Raises AddressError.
    """
    scheme, separator, rest = address.partition("://")
    if not separator:
        raise AddressError(f"{address!r} has no scheme")
    match scheme:
        case "memory":
            return _memory(rest)
        case "sqlite":
            return _sqlite(rest)
        case "dynamodb":
            return _dynamodb(rest, environment)
    raise AddressError(f"the scheme {scheme!r} is unknown")


def default_address(environment: Mapping[str, str] = os.environ) -> str:
    """The address of a file in the folder where programs keep a user's data.

    Raises AddressError where the user has no such folder.
    """
    home = environment.get("HOME") or os.path.expanduser("~")  # noqa: PTH111  # Path raises where there is none
    folder = Path(environment.get("XDG_DATA_HOME", ""))
    if not folder.is_absolute():  # such are to be ignored, says the specification
        folder = Path(home, ".local", "share")
    if not folder.is_absolute():
        raise AddressError("it isn't set, and there is no home folder to keep a file in")
    return f"sqlite:///{quote(os.fsencode(folder / 'soft-spot' / 'progress.sqlite3'))}"


def _memory(rest: str) -> MemoryStore:
    if rest:
        raise AddressError(f"after memory:// there is {rest!r}, but nothing may follow")
    return MemoryStore()


def _sqlite(rest: str) -> SqliteStore:
    if not rest.startswith("/"):
        raise AddressError(f"sqlite://{rest} has two slashes, not three or four")
    if set("?#") & set(rest):
        raise AddressError("nothing may follow the path; write ? as %3F and # as %23 within it")
    path = os.fsdecode(unquote_to_bytes(os.fsencode(rest[1:])))
    if not path:
        raise AddressError("the path is empty")
    if "\0" in path:
        raise AddressError("the path has a null character in it")
    if path.endswith(("/", "/.", "/..")) or os.path.isdir(path):  # noqa: PTH112  # Path raises where it can't look
        raise AddressError(f"{path!r} is a folder, not a file")
    return SqliteStore(path)


def _dynamodb(rest: str, environment: Mapping[str, str]) -> DynamoDbStore:
    table, _, query = rest.partition("?")
    if not table:
        raise AddressError("the table is missing")
    if not TABLE.fullmatch(table):
        raise AddressError(f"{table!r} is no table: 3 to 255 letters, digits, _ . or -")
    settings = _settings(query)
    region = settings.get("region", environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION"))
    if region is None:
        raise AddressError("the region is missing, and AWS_REGION and AWS_DEFAULT_REGION have none")
    if not REGION.fullmatch(region):
        raise AddressError(f"{region!r} is no region, such as eu-west-1")
    endpoint_url = settings.get("endpoint_url")
    if endpoint_url is not None and not _is_endpoint(endpoint_url):
        raise AddressError(f"{endpoint_url!r} is no endpoint, such as http://localhost:8000")
    if find_spec("boto3") is None:
        raise AddressError("boto3 is not installed, which DynamoDB needs: pip install boto3")
    return DynamoDbStore(table, region=region, endpoint_url=endpoint_url)


def _settings(query: str) -> dict[str, str]:
    """What follows the question mark. Raises AddressError."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        raise AddressError(f"{query!r} is not of the form name=value&name=value") from None
    settings = dict(pairs)
    if len(settings) < len(pairs):
        raise AddressError(f"something is said twice in {query!r}")
    unknown = sorted(settings.keys() - {"region", "endpoint_url"})
    if unknown:
        raise AddressError(f"{unknown[0]!r} is unknown; there are region and endpoint_url")
    return settings


def _is_endpoint(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url == f"{parts.scheme}://{parts.netloc}{parts.path}" and "@" not in parts.netloc
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
