"""One value of a YAML text changed in its place, so that everything around it stays as its author wrote it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import yaml

from knowledge.paper import parse
from knowledge.problems import Problem

Where = tuple[str, ...]
"""The way to a value: names of fields, and numbers in lists counted from nothing."""


class NoSuchFieldError(ValueError):
    """There is no such field; the message is the field that was asked for."""


class UnfitValueError(ValueError):
    """A value cannot stand there; the message says why."""


def leaves(data: object, where: Where = ()) -> Iterator[tuple[Where, object]]:
    """Every single value in plain data with the way to it."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*where, str(name)))
    elif isinstance(data, list) and any(isinstance(item, dict | list) for item in data):
        for at, value in enumerate(data):
            yield from leaves(value, (*where, str(at)))
    else:
        yield where, data


def value_at(data: object, where: Where) -> object:
    """The value at the end of a way.

    Raises:
        NoSuchFieldError: when the way leads nowhere.
    """
    for step in where:
        if isinstance(data, dict) and step in (names := {str(name): name for name in data}):
            data = data[names[step]]
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            raise NoSuchFieldError(".".join(where))
    return data


def changed(text: str, where: Where, value: object) -> str:
    """The text with one value changed.

    Raises:
        NoSuchFieldError: when there is no such field.
        UnfitValueError: when the text cannot be read, or anything but this value would change with it.
    """
    before = parse(text, "")
    if isinstance(before, Problem):
        raise UnfitValueError(before.reason)
    expected = _with(before, where, value)
    node = _node(yaml.compose(text, Loader=yaml.CSafeLoader), where)
    old = text[node.start_mark.index : node.end_mark.index]
    tail = old[len(old.rstrip()) :]
    made = text[: node.start_mark.index] + _written(value) + tail + text[node.end_mark.index :]
    if parse(made, "") != expected:
        raise UnfitValueError("this field can only be changed in the whole file")
    return made


def _written(value: object) -> str:
    """A value in one line; JSON is YAML, and only days have another form there."""
    return value.isoformat() if isinstance(value, dt.date) else json.dumps(value, ensure_ascii=False)


def _node(node: yaml.Node | None, where: Where) -> yaml.Node:
    for step in where:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == step), None)
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)]
    if node is None:
        raise NoSuchFieldError(".".join(where))
    return node


def _with(data: object, where: Where, value: object) -> object:
    """Plain data with one value changed."""
    if not where:
        return value
    value_at(data, where)
    step, rest = where[0], where[1:]
    if isinstance(data, dict):
        return {name: _with(item, rest, value) if str(name) == step else item for name, item in data.items()}
    items: list[object] = data if isinstance(data, list) else []
    return [_with(item, rest, value) if at == int(step) else item for at, item in enumerate(items)]


def typed(words: str, old: object) -> object:
    """What an editor typed, as the kind of value that stood there: words stay words, all else is read as YAML.

    Raises:
        UnfitValueError: when it is of another kind.
    """
    if isinstance(old, str):
        return words
    value = parse(words, "")
    if isinstance(value, Problem) or value is None:
        raise UnfitValueError("a value of the same kind would be right")
    number, before = (isinstance(one, int | float) and not isinstance(one, bool) for one in (value, old))
    if number != before or (not number and type(value) is not type(old)):
        raise UnfitValueError(f"a value such as {json.dumps(old, ensure_ascii=False, default=str)[:60]} would be right")
    return value
