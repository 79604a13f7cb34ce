"""What was learned, kept beside the phrasings it came from, so that a start need not learn it again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from knowledge.entries import Intent
from knowledge.learning import RECIPE, Learned
from knowledge.synonyms import Synonyms


def fingerprint(intents: Sequence[Intent], synonyms: Synonyms) -> str:
    """A hash of everything that learning reads: another phrasing, synonym or recipe gives another one."""
    read = [[intent.slug, intent.phrasings, intent.phrasings_en] for intent in intents]
    words = [
        list(synonyms.names.items()),
        list(synonyms.folds.items()),
        synonyms.silent,
        list(synonyms.concepts.items()),
    ]
    return hashlib.sha256(json.dumps([RECIPE, read, words]).encode()).hexdigest()


def remembered(learned: Learned, mark: str) -> bytes:
    """What was learned as a file, with the fingerprint of what it was learned from."""
    arrays = {
        "mark": np.array(mark),
        "slugs": np.array(learned.slugs),
        "vocabulary": np.array("\n".join(learned.vocabulary)),
        "rarity": learned.rarity,
        "familiar": learned.familiar,
        "scale": learned.scale,
        "weights": learned.weights,
    }
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def recall(path: Path | BinaryIO, mark: str) -> Learned | None:
    """What was learned from exactly the same phrasings, or None where the file is missing, broken or stale."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            if str(kept["mark"]) != mark:
                return None
            return Learned(
                slugs=tuple(str(slug) for slug in kept["slugs"]),
                vocabulary={name: row for row, name in enumerate(str(kept["vocabulary"]).split("\n"))},
                rarity=kept["rarity"],
                familiar=kept["familiar"],
                scale=kept["scale"],
                weights=kept["weights"],
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None
