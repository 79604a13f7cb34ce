"""Editors cannot inject: every attempt in the list is refused, and nothing but a draft ever came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.publishing.bench import read_bench
from bot.store.editions import drop_drafts
from bot.store.engine import writing
from knowledge.phrasing import bind
from tests.house.rooms import ROOT
from tests.publishing.desks import EditorsDesk

pytestmark = pytest.mark.usefixtures("reckoned_once")

PLANTED = "planted"


class Attempt(NamedTuple):
    """A command line, and words that the answers hold."""

    line: str
    says: str


def attempts(planted: Path) -> tuple[Attempt, ...]:
    """Every attempt in the list."""
    listed = yaml.load((Path(__file__).parent / "injections.yaml").read_text("utf-8"), yaml.CSafeLoader)
    places = {"{planted}": str(planted), "{long}": "x" * 210_000, "{deep}": "[" * 20_000}
    return tuple(Attempt(_filled(one["line"], places), one["says"]) for one in listed)


def _filled(line: str, places: dict[str, str]) -> str:
    for place, words in places.items():
        line = line.replace(place, words)
    return line


def _tried(desk: EditorsDesk, attempt: Attempt) -> str:
    """Give the line; what it drafted is published at once, and forgotten. The answers, or why nothing was done."""
    answers = [desk.gives(attempt.line).words]
    bench = read_bench(desk.house.store)
    if bench.changes:
        answers.append(desk.gives(f"publish {bench.code}").words)
        with writing(desk.house.store) as connection:
            drop_drafts(connection)
    return "\n".join(answers)


def _shelves() -> dict[str, int]:
    """When each shipped file was last written."""
    places = [*(ROOT / "knowledge").rglob("*.*"), *(ROOT / "simulator").rglob("*.yaml")]
    return {str(place): place.stat().st_size for place in places if place.suffix in {".yaml", ".md", ".npz"}}


def test_no_attempt_does_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a hundred attempts: each is answered as listed, no table but trail and drafts changes, no file is made."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    planted = folder / PLANTED
    desk = EditorsDesk(tmp_path)
    listed = attempts(planted)
    assert len(listed) >= 100
    before = desk.rows()
    wrong = []
    for attempt in listed:
        said = _tried(desk, attempt)
        if attempt.says not in said or "Edition 1" in said:
            wrong.append((attempt.line[:120], said[:200]))
    assert wrong == [], "\n".join(map(str, wrong))
    after = desk.rows()
    assert {name for name in after if after[name] != before[name]} <= {"audit", "audit_head"}
    assert list(folder.iterdir()) == []
    assert desk.house.edition.number == 0


def _templates() -> Iterator[str]:
    for attempt in attempts(Path(PLANTED)):
        words = attempt.line.split(None, 3)
        if attempt.line.startswith("edit phrases/") and "{" in words[-1] and "00000" not in words[-1]:
            yield words[-1]


def test_a_template_that_slipped_through_reaches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even unchecked, a template breaks or says plain words: no class, no file, no setting, no module."""
    monkeypatch.chdir(tmp_path)
    sources = list(_templates())
    assert len(sources) > 30
    for source in sources:
        book, problems = bind([("zz.yaml", {"zz": {"zh": source, "en": source}})])
        if problems:
            continue
        try:
            said = book.say("en", "zz")
        except Exception:  # noqa: BLE001, S112 - however it breaks, it must do nothing
            continue
        assert len(said) < 200
        assert not any(word in said for word in ("class", "module", "root:", "object at")), (source, said)
    assert list(tmp_path.iterdir()) == []
