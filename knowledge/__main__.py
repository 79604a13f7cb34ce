"""The library by itself: check it, ask it, measure it, print it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from knowledge.checking import check
from knowledge.finding import ask_document
from knowledge.library import Library
from knowledge.loading import HOME, LEARNED, learned_is_fresh, load, relearn
from knowledge.measuring import Labelled, Measure, measure
from knowledge.previewing import page
from knowledge.problems import Problem
from knowledge.valuing import measured, valued, write_worth
from simulator.loading import read_packs

_STALE = Problem(LEARNED, "", "learned from other phrasings; python -m knowledge learn makes starts fast", grave=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when the check found something grave, 2 for a wrong call."""
    options = _parser().parse_args(argv)
    library, problems = load(options.folder)
    if options.command == "check":
        stale = () if learned_is_fresh(options.folder) else (_STALE,)
        return _check(library, (*problems, *stale), options.today)
    if options.command == "ask":
        return _ask(library, options.question, as_json=options.json)
    if options.command == "learn":
        print(relearn(options.folder))
        return 0
    if options.command == "value":
        return _value(library, options.folder)
    if options.command == "measure":
        return _measure(library, options)
    return _preview(library, options.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    parser.add_argument("--folder", type=Path, help="another library than the one that ships")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="list everything that is wrong")
    checking.add_argument("--today", type=dt.date.fromisoformat, help="the day that counts as today")
    asking = commands.add_parser("ask", help="find what a question asks for")
    asking.add_argument("question")
    asking.add_argument("--json", action="store_true", help="print one JSON document")
    measuring = commands.add_parser("measure", help="measure the finder on labelled questions")
    measuring.add_argument("file", type=Path, help="JSON lines with question, intent, in_scope, sample")
    measuring.add_argument("--strip", default="", help="expression cut out before scope is judged")
    measuring.add_argument("--misses", action="store_true", help="list the questions that were missed")
    measuring.add_argument("--json", action="store_true", help="print one JSON document")
    commands.add_parser("learn", help="learn from the phrasings and keep it, so that a start is fast")
    commands.add_parser("value", help="measure what each question is worth, and state it in its file")
    previewing = commands.add_parser("preview", help="write one page with every word in every language")
    previewing.add_argument("--out", type=Path, required=True, help="the folder to write index.html into")
    return parser


def _check(library: Library, problems: Sequence[Problem], today: dt.date | None) -> int:
    day = today or dt.datetime.now(dt.UTC).date()  # noqa: TID251  a door may read the clock
    found = (*problems, *check(library, day))
    for problem in found:
        print(problem.line())
    return 1 if any(problem.grave for problem in found) else 0


def _value(library: Library, folder: Path | None) -> int:
    packs, _ = read_packs()
    worths = measured(packs)
    for question in library.questions.values():
        write_worth((folder or HOME) / "questions" / f"{question.id}.yaml", valued(question, worths))
    return 0


def _ask(library: Library, question: str, *, as_json: bool) -> int:
    document = ask_document(library.finder.find(question))
    if as_json:
        print(json.dumps(document, ensure_ascii=False))
        return 0
    for name in document["entries"][:3]:
        article = library.articles[name]
        print(f"{name}: {article.title.zh} {article.short.zh}")
    return 0


def _measure(library: Library, options: argparse.Namespace) -> int:
    try:
        lines = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
        rows = [Labelled(r["question"], r["intent"], r["in_scope"], r.get("sample", "")) for r in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    result = measure(library.finder, rows, options.strip)
    print(json.dumps(_plain(result), ensure_ascii=False) if options.json else _table(result))
    if options.misses:
        print("\n".join(f"{row.intent} <- {row.question} -> {', '.join(slugs)}" for row, slugs in result.misses))
    return 0


def _plain(result: Measure) -> dict[str, object]:
    return {
        "scores": {name: score._asdict() for name, score in result.scores.items()},
        "rejection": {str(share): value for share, value in result.rejection.items()},
        "decided": {"kept": result.decided[0], "rejected": result.decided[1]},
        "by_intent": result.by_intent,
    }


def _table(result: Measure) -> str:
    scores = [
        f"{name:12} hit@1 {score.hit_1:.3f}  hit@3 {score.hit_3:.3f}  macro-F1 {score.macro_f1:.3f}  n {score.asked}"
        for name, score in result.scores.items()
    ]
    gates = [f"rejects {value:.3f} at {share:.0%} in scope kept" for share, value in result.rejection.items()]
    own = f"own decision: keeps {result.decided[0]:.3f} in scope, rejects {result.decided[1]:.3f} outside"
    intents = [
        f"{slug:24} {first:3}/{count:3}  in three {third:3}" for slug, (count, first, third) in result.by_intent.items()
    ]
    return "\n".join((*scores, *gates, own, *intents))


def _preview(library: Library, out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(page(library), encoding="utf-8")
    print(out / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
