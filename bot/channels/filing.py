"""Filing: papers are written into a folder that whoever sits at the terminal can find, and nothing is written over."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

from bot.dialogue.messages import Paper
from bot.documents.making import make_paper
from knowledge.phrasing import Phrasebook

_ONLY_MINE = 0o600


def file_paper(paper: Paper, folder: Path, phrases: Phrasebook) -> Path:
    """Where a paper stands after it was written, readable by its owner only; one that is there already is kept.

    Raises:
        OSError: when it cannot be written there.
    """
    made = make_paper(paper, phrases)
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(made.name)
    for number in count(1):
        place = folder / (name.name if number == 1 else f"{name.stem} {number}{name.suffix}")
        if _written(place, made.data) or (place.is_file() and place.read_bytes() == made.data):
            return place
    raise AssertionError


def _written(place: Path, data: bytes) -> bool:
    """Whether a new file was written; False when the name is taken."""
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_MINE)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return True
