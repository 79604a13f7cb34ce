"""The search through every byte: it finds nothing where nothing should be, and it finds what is left on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store import scanning
from tests.store.postgresql import rented
from tests.store.scanning import FIGURES, left, searched


@pytest.mark.parametrize("secrets", [["secret"], []])
def test_nothing_is_left_beside_a_file(tmp_path: Path, secrets: list[str]) -> None:
    """Of a whole life no figure and no name stands in a table, in the file and its log, on disk or in the bot's log."""
    search = searched(tmp_path, f"sqlite:///{tmp_path / 'data' / 'limit-guide.db'}", None, secrets)
    assert left(search, sealed=bool(secrets)) == []
    here, gone = (search.found[moment, "data folder"] for moment in ("while they are here", _GONE))
    assert here[1] == 1
    assert (here[0] > 0) == (not secrets)
    assert gone == (0, 0)
    assert search.found[_GONE, "backups"][1] == 1  # the operators' own: it is told of, and does not pass unseen


_GONE = "after they deleted everything"


def test_nothing_is_left_on_a_server() -> None:
    """Nor in the server's tables once it has emptied them, and no figure in its log of changes at any time."""
    with rented() as server:
        folder = server.files.parent / "beside"
        folder.mkdir()
        search = searched(folder, server.fresh(), server, ["secret"])
    assert left(search, sealed=True) == []
    assert {place for moment, place in search.found if moment == "after VACUUM FULL and CHECKPOINT"} >= {
        "server's tables",
        "server's log of changes",
    }


def test_what_is_left_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forgotten file with a figure in it is told of."""

    def forgotten(*_told: object) -> None:
        (tmp_path / "data" / "export.json").write_text(f"line {FIGURES[0]}")

    monkeypatch.setattr(scanning, "_written_to", forgotten)
    search = searched(tmp_path, f"sqlite:///{tmp_path / 'data' / 'limit-guide.db'}", None, ["secret"])
    assert left(search, sealed=True) == [f"{moment}, data folder" for moment in ("while they are here", _GONE)]
