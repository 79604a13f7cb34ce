"""Random walks of answer, skip, back, edit and undo: nothing is lost, nothing off the path counts, progress is true."""

from __future__ import annotations

import pytest

from tests.dialogue.roaming import Found, main, roam, state_of

pytestmark = pytest.mark.usefixtures("reckoned_once")

WALKS = 200


def test_random_walks_keep_every_promise() -> None:
    """Equal facts give an equal next card, undo restores to the byte, the path alone counts, progress holds."""
    found = Found()
    for seed in range(WALKS):
        roam(seed, found)
    assert +found.wrong == {}
    assert found.undone > WALKS
    assert found.stated > WALKS
    assert found.narrow > 0.9 * found.later


def test_a_walk_is_the_same_every_time() -> None:
    """The same seed walks the same way, so that whatever goes wrong can be walked again."""
    assert state_of(roam(5, Found())) == state_of(roam(5, Found()))


def test_the_walks_are_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The measurement says how many walks were taken and that nothing was wrong."""
    monkeypatch.setattr("sys.argv", ["roaming", "--walks", "3"])
    main()
    told = capsys.readouterr().out
    assert told.startswith("3 walks")
    assert "next card 0, undo 0, off the path 0, progress 0, too large 0" in told
