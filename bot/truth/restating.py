"""Restating: a correction written into a pack's file, which otherwise stays as its author wrote it."""

from __future__ import annotations

import json
import re

from bot.publishing.bench import Bench
from bot.publishing.paths import PACKS
from knowledge.paper import parse
from knowledge.problems import Problem
from simulator.correcting import Correction
from simulator.recalibrating import SOURCE, stated

_SECTION = re.compile(r"^corrections:.*\n(?:(?:[ \t#].*)?\n)*", re.MULTILINE)
_SOURCE = re.compile(rf"^  {SOURCE}:.*\n", re.MULTILINE)
_SOURCES = re.compile(r"^sources:[ \t]*\n", re.MULTILINE)


class UnfitPackError(ValueError):
    """A pack's file is laid out in a way in which a correction cannot be written into it."""


def pack_path(bench: Bench, product: str) -> str | None:
    """The path of the file that holds a product's pack, or None."""
    for path in bench.paths(PACKS):
        document = parse(bench.text(path) or "", path)
        if isinstance(document, dict) and document.get("product") == product:
            return path
    return None


def restated(text: str, correction: Correction, people: int, at: str) -> str:
    """A pack's file with a correction in place of the one it stated, and with its source.

    Raises:
        UnfitPackError: when anything else would change with it.
    """
    laid = stated(correction, people, at)
    bare = _SOURCE.sub("", _SECTION.sub("", f"{text.rstrip()}\n"))
    lines = "".join(f"  {name}: {json.dumps(value)}\n" for name, value in laid["sources"].items())
    made = _SOURCES.sub(lambda found: found[0] + lines, bare, count=1) + _written(laid["corrections"])
    if parse(made, "") != _expected(parse(text, ""), laid):
        raise UnfitPackError("this file can only be changed as a whole")
    return made


def _written(section: dict[str, object]) -> str:
    lines = "".join(f"  {name}: {json.dumps(value)}\n" for name, value in section.items())
    return f"\n# What outcomes have taught about the ranges; see simulator.correcting.\ncorrections:\n{lines}"


def _expected(document: object, laid: dict[str, dict[str, object]]) -> object:
    if isinstance(document, Problem) or not isinstance(document, dict) or not isinstance(document.get("sources"), dict):
        raise UnfitPackError("this file is no pack")
    return {**document, "sources": {**document["sources"], **laid["sources"]}, "corrections": laid["corrections"]}
