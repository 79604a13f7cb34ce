"""What nobody should ever read, in any language: open places, names of empty values, doubled marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNFILLED = re.compile(
    r"\{\{|\}\}|\{%|\bnan\b|\bNaN\b|\binf\b|\bundefined\b|\bnull\b|\bFalse\b|\bTrue\b|<[a-z_.]+ |\bNone\b(?! of\b)"
)
DOUBLED = re.compile(
    r"[，。；：、！？][，。；：、]|[,;:!?][,;:]|\.[,;:]|(?<!\.)\.\.(?!\.)|[。.] ?。|\(\)|（）|[(（] "
    r"| [)）,;:!?，。；：、]|[^\s|] {2,}\S|\*{4,}"
)
HAN = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]+")
SURELY_SIMPLIFIED = "额还钱贷们这说问时关网账证报对开让办应会过来动请谁张员业务体银"
"""Characters that are written otherwise in every Traditional word."""


def hits(pattern: re.Pattern[str], texts: Iterable[str]) -> list[str]:
    """Every place where a pattern is met, with the words around it."""
    return [words[max(0, hit.start() - 20) : hit.end() + 20] for words in texts for hit in pattern.finditer(words)]
