"""What was learned, kept beside the phrasings it came from, so that a start need not learn it again."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

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


def remember(path: Path, learned: Learned, mark: str) -> None:
    """Write what was learned, with the fingerprint of what it was learned from."""
    arrays = {
        "mark": np.array(mark),
        "slugs": np.array(learned.slugs),
        "vocabulary": np.array("\n".join(learned.vocabulary)),
        "rarity": learned.rarity,
        "familiar": learned.familiar,
        "scale": learned.scale,
        "weights": learned.weights,
    }
    np.savez_compressed(path, allow_pickle=False, **arrays)


def recall(path: Path, mark: str) -> Learned | None:
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
