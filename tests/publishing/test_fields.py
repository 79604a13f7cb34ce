"""Single fields: whichever value of whichever shipped file is changed, nothing else changes with it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from bot import wiring
from bot.__main__ import main
from bot.publishing.bench import read_bench
from bot.publishing.paths import is_path, shipped
from bot.publishing.yaml_marks import UnfitValueError, changed, leaves, typed, value_at
from bot.store.engine import open_store
from knowledge.paper import parse
from tests.journeys.walking import scene_now


def test_one_value_changes_and_nothing_else() -> None:
    """For values all over the shelves: the new one stands there, every other one is as before, as are the lines."""
    chance = Random(8)
    files = [path for path in shipped() if path.endswith(".yaml")]
    for path in chance.sample(files, 40):
        text = shipped()[path]
        before = parse(text, path)
        where, old = chance.choice(list(leaves(before)))
        new = typed("quite another", old) if isinstance(old, str) else old
        after = parse(changed(text, where, new), path)
        assert value_at(after, where) == new
        differ = [one for one, two in zip(leaves(before), leaves(after), strict=True) if one != two]
        assert len(differ) == (new != old)


@pytest.mark.parametrize(("words", "old"), [("x", 1.0), ("[1]", "a b"), ("yes please", True), ("{a: 1}", [1]), ("", 3)])
def test_a_value_keeps_its_kind(words: str, old: object) -> None:
    """Where a number or a list stood no words can stand; where words stood everything typed is words."""
    if isinstance(old, str):
        assert typed(words, old) == words
        return
    with pytest.raises(UnfitValueError):
        typed(words, old)


def test_every_shipped_file_may_be_written() -> None:
    """The paths of all shipped files are such as editors may write."""
    assert [path for path in shipped() if not is_path(path)] == []
    assert len(shipped()) > 400


def test_a_file_is_put_from_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever sits at the server gives a file along, and it is drafted as it is."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(wiring, "read_front", lambda: scene_now().library)
    monkeypatch.setattr(wiring, "read_shelves", lambda _only=None: (scene_now().library, scene_now().packs))
    text = shipped()["articles/fees.md"].replace("reviewed: ", "reviewed:  ")
    (tmp_path / "mine.md").write_text(text, encoding="utf-8")
    command = ["admin", "put", "articles/fees.md", "--file", str(tmp_path / "mine.md"), "--json"]
    assert main(command) == 0
    assert "Drafted" in json.loads(capsys.readouterr().out)["words"]
    store = open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")
    assert read_bench(store).drafts["articles/fees.md"].words == text
    assert read_bench(store).drafts["articles/fees.md"].author == "terminal"
    store.dispose()
