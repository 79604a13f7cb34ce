"""From a file to plain data: bounded, without aliases or doubled keys, never raising on what somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path

import yaml

from knowledge.problems import Problem

MOST_BYTES = 512_000
MOST_DEPTH = 12

_TEXT = "tag:yaml.org,2002:str"
_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*]\w", re.MULTILINE)
_DEEP_BLOCK = re.compile(r"^[ \t?-]{24}|(?:[-?:][ \t]+){5}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")


def read_text(path: Path, name: str) -> str | Problem:
    """The text of one UTF-8 file, or why it cannot be read (missing, too large, not UTF-8)."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return Problem(name, "", f"the file is larger than {MOST_BYTES:,} bytes")
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        return Problem(name, "", f"the file cannot be read: {error}")


def parse(text: str, name: str) -> object | Problem:
    """The plain data of a YAML text, or why not: broken, nested too deeply, with aliases or doubled keys.

    Events are walked first because the composer recurses in C: depth has to be known before it is trusted.
    """
    try:
        return _refused(text, name) or _composed(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Problem(name, "", " ".join(str(error).split()))


def _composed(text: str) -> object:
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _plain(loader, node)
    finally:
        loader.dispose()


def _plain(loader: yaml.CSafeLoader, node: yaml.Node) -> object:
    """Plain data of a node: the constructors of the safe loader, less their generators, and no key twice."""
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item) for item in node.value]
    return node.value if node.tag == _TEXT else loader.construct_object(node)


def _mapping(loader: yaml.CSafeLoader, node: yaml.MappingNode) -> dict[Hashable, object]:
    data: dict[Hashable, object] = {}
    for name, item in node.value:
        key = _plain(loader, name)
        if not isinstance(key, Hashable) or key in data:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key} stands twice", name.start_mark)
        data[key] = _plain(loader, item)
    return data


def _refused(text: str, name: str) -> Problem | None:
    if _surely_shallow(text):
        return None
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            return Problem(name, "", f"aliases are not read (*{event.anchor})")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            return Problem(name, "", f"nested deeper than {MOST_DEPTH} levels")
    return None


def _surely_shallow(text: str) -> bool:
    """Whether a look at brackets, indents and anchors rules out depth and aliases; walking events costs far more."""
    if _ANCHOR.search(text) or _DEEP_BLOCK.search(text):
        return False
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        if depth > MOST_DEPTH:
            return False
        depth = max(depth, 0)
    return True
