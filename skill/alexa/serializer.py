"""A serializer that reads whatever Alexa sends.

The SDK's own raises on every value that its enums of 2023 don't know, before any handler or exception handler
runs, also in fields that nobody reads: newer devices send such values. This one keeps what it can't read as it
came, and makes the same objects as the SDK's of all the rest. It plans each model class once, which also makes
it several times faster.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_model.services import Serializer

Reader = Callable[[Any], Any]

_LIST = re.compile(r"list\[(.*)\]")
_DICT = re.compile(r"dict\([^,]*, (.*)\)")


class TolerantSerializer(Serializer):
    """The SDK's serializer interface, for `CustomSkill.serializer`."""

    def deserialize(self, payload: str | bytes | None, obj_type: Any) -> Any:
        """An instance of a model class, or of what a type's name says, from JSON.

        Raises SerializationException where the payload is no JSON.
        """
        if payload is None:
            return None
        try:
            value = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise SerializationException(f"the payload is no JSON: {error}") from error
        return self.read(value, obj_type)

    def read(self, value: Any, obj_type: Any) -> Any:
        """The same from JSON values, such as the event that Lambda hands over."""
        return value if value is None else _reader(_name(obj_type))(value)

    def serialize(self, obj: Any) -> Any:
        """JSON values of a model, or of a list or dict of them; what is None in a model is left out."""
        if obj is None or (isinstance(obj, str | int | float | bytes) and not isinstance(obj, Enum)):
            return obj
        if isinstance(obj, dict):
            return {key: self.serialize(value) for key, value in obj.items()}
        if isinstance(obj, list):
            return [self.serialize(value) for value in obj]
        if isinstance(obj, tuple):
            return tuple(self.serialize(value) for value in obj)
        if isinstance(obj, Enum):
            return obj.value
        if isinstance(obj, date):
            return obj.isoformat()
        if isinstance(obj, Decimal):
            return int(obj) if obj % 1 == 0 else float(obj)
        model: Any = type(obj)
        return {key: self.serialize(value) for name, key in _keys(model) if (value := getattr(obj, name)) is not None}


def _name(obj_type: Any) -> str:
    """The name of a type, as the SDK's models have it."""
    if isinstance(obj_type, str):
        return obj_type
    name: str = obj_type.__qualname__
    return name if name in _NATIVE else f"{obj_type.__module__}.{name}"


@cache
def _reader(name: str) -> Reader:
    """What makes a value of a type."""
    if found := _LIST.match(name):
        return _list_reader(found[1])
    if found := _DICT.match(name):
        return _dict_reader(found[1])
    if name in _NATIVE:
        return _NATIVE[name]
    model = _class(name)
    if issubclass(model, Enum):
        members = {member.value: member for member in model}
        return lambda value: members.get(value, value) if isinstance(value, str) else value
    if hasattr(model, "get_real_child_model"):
        return _family_reader(model)
    return _model_reader(model)


def _class(name: str) -> Any:
    module, _, member = name.rpartition(".")
    return getattr(import_module(module), member)


def _list_reader(item_type: str) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        item_reader = _reader(item_type)
        return [item if item is None else item_reader(item) for item in value]

    return read


def _dict_reader(item_type: str) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        item_reader = _reader(item_type)
        return {key: item if item is None else item_reader(item) for key, item in value.items()}

    return read


def _family_reader(family: Any) -> Reader:
    """A class with children, told apart by a discriminator; an unknown child is read as the class itself."""
    children = family.discriminator_value_class_map
    own = _model_reader(family)

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        kind = value.get(family.json_discriminator_key)
        child = children.get(kind) if isinstance(kind, str) else None
        if child is None:
            return own(value)
        return _child_reader(child)(value)

    return read


@cache
def _child_reader(name: str) -> Reader:
    return _model_reader(_class(name))


def _model_reader(model: Any) -> Reader:
    fields = {key: (name, model.deserialized_types[name]) for name, key in _keys(model)}
    blank = vars(model())

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        attributes = blank.copy()
        for key, item in value.items():
            name, item_type = fields.get(key, (key, None))
            attributes[name] = item if item is None or item_type is None else _reader(item_type)(item)
        made = model.__new__(model)
        made.__dict__.update(attributes)
        return made

    return read


@cache
def _keys(model: Any) -> tuple[tuple[str, str], ...]:
    """The names of a model's attributes, each with its key in JSON."""
    keys = getattr(model, "attribute_map", {})
    return tuple((name, keys.get(name, name)) for name in model.deserialized_types)


def _primitive_reader(primitive: Callable[[Any], Any]) -> Reader:
    def read(value: Any) -> Any:
        try:
            return primitive(value)
        except (TypeError, ValueError):
            return value

    return read


def _datetime(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    try:
        from dateutil.parser import parse  # slow to import, and only for dates that are not in ISO 8601

        return parse(value)
    except (ValueError, OverflowError):
        return value


def _date(value: Any) -> Any:
    moment = _datetime(value)
    return moment.date() if isinstance(moment, datetime) else moment


_NATIVE: dict[str, Reader] = {
    "str": _primitive_reader(str),
    "int": _primitive_reader(int),
    "long": _primitive_reader(int),
    "float": _primitive_reader(float),
    "bool": _primitive_reader(bool),
    "object": lambda value: value,
    "datetime": _datetime,
    "date": _date,
}
"""The readers of what is no model, by the name that the SDK's models use."""
