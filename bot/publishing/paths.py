"""The files that editors may write: the library's shelves and the policy packs, by paths that lead nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.loading import HOME
from simulator.loading import POLICIES

PACKS = "policies"
"""The shelf of the policy packs."""

SHELVES: Mapping[str, str] = MappingProxyType({
    "actions": ".yaml",
    "articles": ".md",
    "cases": ".yaml",
    "causes": ".yaml",
    "documents": ".yaml",
    "facts": ".yaml",
    "guards": ".yaml",
    "intents": ".yaml",
    "phrases": ".yaml",
    PACKS: ".yaml",
    "questions": ".yaml",
    "quizzes": ".yaml",
    "ready": ".yaml",
})
"""Every shelf with the ending of its files."""

_PATH = re.compile(r"([a-z]{1,16})/[a-z0-9_]{1,60}(\.[a-z]{2,4})", re.ASCII)


def is_path(path: str) -> bool:
    """Whether this is the path of a file that may be written, such as ``articles/fees.md``."""
    found = _PATH.fullmatch(path)
    return found is not None and SHELVES.get(found[1]) == found[2]


def shelf_of(path: str) -> str:
    """The shelf on which a file stands."""
    return path.split("/", 1)[0]


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, str]:
    """The text of every file that ships, by its path; nothing of it changes while a process runs."""
    files = {}
    for shelf, ending in SHELVES.items():
        for place in sorted(_folder(shelf).glob(f"*{ending}")):
            files[f"{shelf}/{place.name}"] = place.read_text(encoding="utf-8").replace("\r\n", "\n")
    return MappingProxyType(files)


def _folder(shelf: str) -> Path:
    return POLICIES if shelf == PACKS else HOME / shelf


def packs_in(files: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Of some files those of packs, by their names without the shelf."""
    return {path.removeprefix(f"{PACKS}/"): text for path, text in files.items() if shelf_of(path) == PACKS}


def words_in(files: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Of some files those of the library."""
    return {path: text for path, text in files.items() if shelf_of(path) != PACKS}
