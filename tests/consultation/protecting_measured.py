"""python -m tests.consultation.protecting_measured [FILE.jsonl ...]: honest talk removed, and offers found, in groups.

Each file holds one JSON a line with a question under "text", "question" or "q": none of them is an offer.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.consultation.protecting import found_in
from knowledge.library import Library
from knowledge.loading import FRONT, load

TALK: dict[str, list[str]] = yaml.load((Path(__file__).parent / "group_talk.yaml").read_text("utf-8"), yaml.CSafeLoader)
"""Offers, honest talk of offers, and plain talk, written apart from the list that judges them."""


@cache
def library() -> Library:
    """The front room of the library that ships, in which the words of offers stand."""
    return load(only=FRONT)[0]


def guards_tried() -> Iterator[str]:
    """What people in trouble say, by the sentences that the guards of private talks were tried on."""
    for guard in library().guards.values():
        for sentences in guard.tried.values():
            yield from sentences


def judged(texts: Iterable[str]) -> Counter[str]:
    """How many texts are taken for what."""
    return Counter(found_in(text, library().lures) or "nothing" for text in texts)


def _questions(path: str) -> list[str]:
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
    return [next(str(row[name]) for name in ("text", "question", "q") if name in row) for row in rows]


def main(paths: list[str]) -> None:
    """Print what each set of texts is taken for, and what reading one of them costs."""
    sets = {name: TALK[name] for name in ("offers", "honest", "plain")} | {"guards": list(guards_tried())}
    sets |= {Path(path).name: _questions(path) for path in paths}
    for name, texts in sets.items():
        begun = time.process_time()
        found = judged(texts)
        each = (time.process_time() - begun) / len(texts) * 1e6
        removed = found.total() - found["nothing"] - found["lure"]
        told = ", ".join(f"{what} {many}" for what, many in sorted(found.items()))
        print(f"{name:24} {len(texts):5}  removed {removed:4} ({removed / len(texts):.1%})  {told}  {each:.0f} us each")  # noqa: T201 - a command's output


if __name__ == "__main__":
    main(sys.argv[1:])
