"""Words that mean the same: many ways of typing one thing become one before the finder compares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from knowledge.folding import fold
from knowledge.sheets import Sheet

_LONGEST = 500


class Synonyms(NamedTuple):
    """``folds`` replaces whole spellings by one (variant to canonical); the longest variant wins."""

    folds: Mapping[str, str] = MappingProxyType({})

    def folded(self, text: str) -> str:
        """The text folded (case, width, script) with every variant replaced, at most 500 characters of it."""
        plain = fold(text[:_LONGEST])
        if not self.folds:
            return plain
        variants = sorted(self.folds, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, variants)), lambda hit: self.folds[hit[0]], plain)


def read_synonyms(sheet: Sheet) -> Synonyms:
    """The synonyms on a sheet: under ``folds`` each canonical word with the list of its variants."""
    if not sheet.has("folds"):
        return Synonyms()
    inside = sheet.sheet("folds")
    names = sheet.raw("folds")
    canonical = [str(name) for name in names] if isinstance(names, Mapping) else []
    return Synonyms(MappingProxyType({fold(v): name for name in canonical for v in inside.texts(name)}))
