"""The export: everything that is kept of a person, as JSON that people and programs can read."""

from __future__ import annotations

import json

from bot.dialogue.messages import Paper

MIME = "application/json"


def write_export(paper: Paper) -> bytes:
    """The paper's content as indented JSON in UTF-8, words as they are written and keys in their order."""
    return (json.dumps(paper.content, ensure_ascii=False, indent=2) + "\n").encode()
