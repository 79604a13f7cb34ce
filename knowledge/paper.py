"""From a file to plain data: bounded, without aliases or doubled keys, never raising on what somebody wrote."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import yaml

from knowledge.problems import Problem

MOST_BYTES = 512_000
MOST_DEPTH = 12


class _Loader(yaml.CSafeLoader):
    """The C loader of plain data that also refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """A mapping whose keys are all different; raises a constructor error naming the doubled key."""
        seen: set[object] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value} stands twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep=deep)


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
        refused = _refused(text, name)
        return refused or yaml.load(text, Loader=_Loader)  # noqa: S506 -- a CSafeLoader that refuses more
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Problem(name, "", " ".join(str(error).split()))


def _refused(text: str, name: str) -> Problem | None:
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
