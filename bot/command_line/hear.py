"""limit-guide hear: what an amount, rate, duration, count or share was understood as."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from bot.command_line.batches import rows_of, text_of
from bot.command_line.files import refused, write_text
from bot.dialogue.hearing.hearing import hear
from bot.dialogue.hearing.readings import heard_document
from simulator.commands.command import Command, say

KINDS = ("money", "rate", "duration", "count", "percent")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="what was typed")
    parser.add_argument("--kind", choices=KINDS, help="what is expected")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--batch", metavar="IN.jsonl", help="rows with id, kind and text")
    parser.add_argument("--out", metavar="OUT.jsonl", default="-", help="where the rows go")


def _run(given: Namespace) -> int:
    if given.batch is not None:
        rows = [_row(number, row) for number, row in rows_of(given.batch)]
        write_text(given.out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return 0
    if given.kind is None:
        raise refused("missing", "--kind", f"nothing was given; one of {', '.join(KINDS)} would be right")
    if given.text is None:
        raise refused("missing", "text", "nothing was given; the words to hear would be right")
    heard = hear(given.kind, given.text)
    document = heard_document(heard)
    if given.json:
        say(document)
    else:
        print(f"{document['status']}: {document['read_as']}")
    return 0


def _row(number: int, row: dict[str, object]) -> dict[str, object]:
    kind = text_of(number, row, "kind")
    if kind not in KINDS:
        raise refused("kind", f"line {number}: kind", f"{kind[:40]!r} was read; one of {', '.join(KINDS)} is right")
    return {"id": row.get("id"), **heard_document(hear(kind, text_of(number, row, "text")))}


COMMAND = Command("hear", "what was understood of an amount, rate, duration, count or share", _arguments, _run)
