"""limit-guide ask: the intents and entries nearest to a question, ranked."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from bot.command_line.batches import rows_of, text_of
from bot.command_line.files import refused, write_text
from bot.command_line.shelves import read_shelves
from knowledge.finding import Finder, ask_document
from simulator.commands.command import Command, say


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="a question in Chinese or English")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--batch", metavar="IN.jsonl", help="rows with id and question")
    parser.add_argument("--out", metavar="OUT.jsonl", default="-", help="where the rows go")


def _run(given: Namespace) -> int:
    library, _packs = read_shelves()
    if given.batch is not None:
        rows = [_row(number, row, library.finder) for number, row in rows_of(given.batch)]
        write_text(given.out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return 0
    if given.question is None:
        raise refused("missing", "question", "nothing was given; a question in one sentence would be right")
    finding = library.finder.find(given.question)
    if given.json:
        say(ask_document(finding))
    elif finding.in_scope and finding.entries:
        article = library.articles[finding.entries[0]]
        print(f"{article.title.zh}\n{article.short.zh}\n\n{article.title.en}\n{article.short.en}")
    else:
        print("out of scope")
    return 0


def _row(number: int, row: dict[str, object], finder: Finder) -> dict[str, object]:
    return {"id": row.get("id"), **ask_document(finder.find(text_of(number, row, "question")))}


COMMAND = Command("ask", "the intents and entries nearest to a question", _arguments, _run)
