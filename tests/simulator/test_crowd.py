"""A crowd on one luck is each of its profiles on that luck, plainly and by compiled loops."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import numpy as np
import pytest

from simulator import crowd
from simulator.__main__ import main
from simulator.commands import population as command
from simulator.crowd import Outlook, outlook
from simulator.crowding import crowding
from simulator.forecasting import lines_in_yuan, ranges
from simulator.movement import run
from simulator.policy import Pack
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.quickest import compiler_installed, quickest
from simulator.reading import Profile, read_profile
from simulator.sampling import draw_state, draw_traits, told_values
from tests.simulator.borrowers import PACKS
from tests.simulator.loops import plain_loops

compiled = pytest.mark.skipif(not compiler_installed(), reason="there is no compiler (numba) to compare with")
each_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.product)


def people(pack: Pack, count: int, seed: int = 4) -> dict[str, np.ndarray]:
    """Whole profiles from the prior, in arrays."""
    state = draw_state({}, pack, draw_traits(pack, seed, count))
    return {name: np.broadcast_to(np.asarray(values, dtype=np.float64), (count,)) for name, values in state.items()}


def assert_same(one: Outlook, other: Outlook) -> None:
    for field in fields(Outlook):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


@each_pack
def test_each_of_a_crowd_has_the_forecast_of_its_own(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Range and chances are those of the same profile walked alone; batches change nothing."""
    profiles, luck = people(pack, 7), draw_luck(pack, Chance(9, 3, "honest", 120))
    seen = outlook(profiles, pack, luck)
    for row in range(7):
        tapes = cut_tapes({name: float(values[row]) for name, values in profiles.items()}, pack, luck)
        lines = run(tapes)
        last = ranges(lines_in_yuan(tapes, lines))[-1]
        assert seen.line[:, row].tolist() == [last.p10, last.p50, last.p90]
        assert seen.unchanged[row] == np.mean(np.all(lines == lines[0], axis=0))
        assert seen.higher[row] == np.mean(lines[-1] > lines[0])
        assert seen.lower[row] == np.mean(lines[-1] < lines[0])
    monkeypatch.setattr(crowd, "_COLUMNS", 250)
    assert_same(outlook(profiles, pack, luck), seen)


@compiled
@each_pack
def test_the_compiled_crowd_is_the_plain_one(pack: Pack) -> None:
    """Blocks, knees, ceilings and ratings included, every profile has the same range and chances."""
    profiles = people(pack, 300)
    for months, paths in ((12, 100), (2, 3)):
        luck = draw_luck(pack, Chance(months, 8, "honest", paths))
        assert_same(quickest(outlook, "kernels_of_crowds")(profiles, pack, luck), outlook(profiles, pack, luck))


@compiled
def test_the_loops_of_a_crowd_mean_the_same_before_they_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source of the compiled loops, run as it stands, gives the plain outlook too."""
    rooms = [pytest.importorskip(f"simulator.kernels_of_{name}") for name in ("crowds", "limits", "logs")]
    plain_loops(monkeypatch, *rooms)
    for pack in PACKS.values():
        profiles, luck = people(pack, 3), draw_luck(pack, Chance(3, 8, "optimistic", 12))
        assert_same(rooms[0].outlook(profiles, pack, luck), outlook(profiles, pack, luck))


@pytest.mark.parametrize("worth", [20_000, 0])
def test_a_population_is_written_with_its_forecasts(
    worth: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line is the profile without a forecast, and what the simulator says of that very profile."""
    monkeypatch.setattr(command, "_WORTH_COMPILING", worth)
    words = ["population", "--n", "6", "--seed", "2", "--out", "-"]
    assert main(words) == 0
    plain = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main([*words, "--forecast", "--paths", "100", "--months", "5"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [{name: one[name] for name in ("kind", "product", "facts")} for one in told] == plain
    for document in told:
        seen = document.pop("forecast")
        profile = read_profile(document, PACKS)
        assert isinstance(profile, Profile)
        pack = PACKS[profile.product]
        luck = draw_luck(pack, Chance(5, 2, "honest", 100))
        tapes = cut_tapes(told_values(profile.facts, pack), pack, luck)
        last = ranges(lines_in_yuan(tapes, run(tapes)))[-1]
        assert seen["line"] == {"p10": last.p10, "p50": last.p50, "p90": last.p90}
        assert 0.0 <= seen["unchanged"] <= 1.0 - seen["higher"] - seen["lower"] + 1e-9


def test_a_knee_that_follows_the_line_is_refused() -> None:
    """A crowd takes lender and borrowers apart, which such a factor would not allow."""
    pack = PACKS["jiebei"]
    bent = next(one for one in pack.factors if one.shape.knee)
    odd = replace(pack, factors=(*pack.factors, replace(bent, name="odd", measure="current_line", fact="current_line")))
    with pytest.raises(ValueError, match="odd has a drawn knee"):
        crowding(odd, draw_luck(pack, Chance(2, 1, "honest", 10)))
