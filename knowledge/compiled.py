"""Compiled templates, kept beside the modules that Python compiled, so that a start need not compile them again."""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import CodeType

FILE = Path(importlib.util.cache_from_source(__file__)).with_suffix(".templates")
"""Among what Python itself keeps compiled, and trusted as that is: whoever can write there can write modules."""

_MARK_BYTES = hashlib.sha256().digest_size


def recall(recipe: object, file: Path | None = None) -> Mapping[str, CodeType]:
    """The codes by their source; none where the file is missing, broken or of another recipe or another Python.

    The recipe is everything besides the source that a code depends on, as plain values.
    """
    try:
        kept = (file or FILE).read_bytes()
        mark, body = kept[:_MARK_BYTES], kept[_MARK_BYTES:]
        codes: Mapping[str, CodeType] = marshal.loads(body) if mark == _mark(recipe, body) else {}  # noqa: S302
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return codes


def keep(codes: Mapping[str, CodeType], recipe: object, file: Path | None = None) -> None:
    """Keep codes where Python may keep its own and the folder can be written; elsewhere the next start is slower."""
    if sys.dont_write_bytecode:
        return
    home = file or FILE
    body = marshal.dumps(dict(codes))
    mine = home.with_name(f"{home.name}.{os.getpid()}.{id(body)}")
    with suppress(OSError):
        home.parent.mkdir(exist_ok=True)
        mine.write_bytes(_mark(recipe, body) + body)
        mine.replace(home)  # whole or not at all, whoever else writes at this moment


def _mark(recipe: object, body: bytes) -> bytes:
    """What tells whether a file is whole, and from the same recipe and the same Python."""
    return hashlib.sha256(repr((recipe, importlib.util.MAGIC_NUMBER)).encode() + body).digest()
