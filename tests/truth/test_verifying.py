"""Forecasts beside what came true: shares with intervals, where outcomes fell, what errors cost, and corrections."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import loading
from simulator.conformal import EVERYONE_LABEL, PRIOR_LABEL
from simulator.correcting import BOUNDS, Correction, corrected, correction_of, still_available
from simulator.forecasting import forecast
from simulator.loading import read_packs
from simulator.recalibrating import FEWEST, dishonest, learned, proposed, stated
from simulator.results import Range
from simulator.verifying import Outcome, coverage, histogram, inside, levels_of, losses, pinball, wilson
from simulator.vocabulary import Facts, Kind
from tests.truth.worlds import PACK, corrected_pack, lives, plain, stretched

SHIPPED = Path(loading.__file__).parent / "policies" / "jiebei.yaml"
RANGE = Range(8_000, 10_000, 20_000)
FACTS = Facts(Kind.PERSON, MappingProxyType({"current_line": 10_000.0, "monthly_income": 9_000.0, "used_balance": 0.0}))


def outcome(line: float, foretold: Range = RANGE, *, start: float = 9_000, person: str = "a") -> Outcome:
    """An outcome half a year ahead."""
    return Outcome(person, 6, foretold, start, line)


def test_a_share_is_told_with_its_interval() -> None:
    """Wilson's interval, by the figures of his own formula: 8 of 10 lie between 49 and 94 hundredths."""
    share = wilson(0.8, 10)
    assert (round(share.low, 4), round(share.high, 4)) == (0.4902, 0.9433)
    assert wilson(1.0, 5).high == 1.0
    assert wilson(0.0, 5).low == 0.0
    with pytest.raises(ValueError, match="unknown"):
        coverage(())


def test_everybody_counts_as_one() -> None:
    """Whoever tells their line ten times weighs no more than whoever tells it once."""
    often = [outcome(50_000, person="often") for _ in range(10)]
    assert coverage([*often, outcome(9_000, person="once")]).value == 0.5
    assert sum(histogram([*often, outcome(9_000, person="once")], 10)) == pytest.approx(2.0)


@settings(max_examples=40, deadline=None)
@given(
    ends=st.lists(st.integers(500, 10**6), min_size=3, max_size=3, unique=True).map(sorted),
    lines=st.lists(st.integers(0, 2 * 10**6), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_levels_rise_with_the_line(ends: list[int], lines: list[int]) -> None:
    """A higher line never falls at a lower level of a forecast without lumps; a line inside lies between the ends."""
    foretold = Range(*map(float, ends))
    low, high = (levels_of(outcome(float(line), foretold, start=-1.0)) for line in lines)
    assert 0.0 <= low[0] == low[1] <= high[0] == high[1] <= 1.0
    assert inside(outcome(float(lines[0]), foretold)) == (0.1 - 1e-6 <= low[0] <= 0.9 + 1e-6)


def test_a_lump_is_spread_over_its_levels() -> None:
    """A line that stays where the forecast holds it for likely says little, and is counted over all that it covers."""
    still = Range(8_000, 10_000, 10_000)
    assert levels_of(outcome(10_000, still, start=10_000)) == pytest.approx((0.3, 0.95))
    assert levels_of(outcome(10_000)) == (0.5, 0.5)
    assert histogram([outcome(10_000, start=10_000)], 10) == pytest.approx((0, 0, 0, *[0.25] * 4, 0, 0, 0))
    assert levels_of(outcome(10_000, start=10_000)) == pytest.approx((0.3, 0.7))
    assert levels_of(outcome(0, Range(1_000, 1_000, 1_000)))[0] < 0.01
    assert levels_of(outcome(9_000, Range(8_000, 8_000, 10_000)))[0] == pytest.approx(0.75, abs=0.01)


def test_losses_are_those_of_the_quantile_loss() -> None:
    """Too low a middle costs half the gap; a low end that is missed from below costs nine tenths of it."""
    assert pinball(10.0, 0.5) == 5.0
    assert pinball(-10.0, 0.1) == 9.0
    cost = losses([outcome(10_000, start=12_000)])
    assert (cost.middle, cost.low, cost.high, cost.unchanged) == pytest.approx((0.0, 0.02, 0.1, 0.1))


def test_the_histogram_of_an_honest_world_is_even() -> None:
    """Where the truth is drawn from the forecasts, tenths hold as many each; wider truths fill the edges."""
    honest, wide = histogram(plain(2_000, 1.0, 5), 10), histogram(plain(2_000, 1.5, 5), 10)
    assert max(abs(count - 200) for count in honest) < 50
    assert min(wide[0], wide[-1]) > 260


def test_recalibration_restores_the_promise() -> None:
    """Where lines lie 15 per cent further out than foretold, ranges of people never looked at hold 8 of 10 again."""
    taught, others = plain(1_200, 1.15, 11), plain(4_000, 1.15, 12)
    found = proposed(taught, PACK)
    assert found.why == "helps"
    assert found.correction is not None
    assert coverage(others).value < 0.755
    after = [one._replace(foretold=found.correction.moved(one.foretold, one.months, one.start)) for one in others]
    assert coverage(after).value == pytest.approx(0.8, abs=0.02)
    assert found.before is not None
    assert found.after is not None
    assert found.before.coverage.value < found.after.coverage.value
    assert found.after.width > 1.0


def test_ranges_that_are_too_wide_are_narrowed_and_a_middle_that_is_off_is_moved() -> None:
    """Both ways: narrower where lines lie nearer, and up where all of them came out a fifth of a doubling higher."""
    narrow = proposed(plain(1_200, 0.8, 3), PACK).correction
    assert narrow is not None
    assert 0.7 < narrow.lower < 0.95
    assert 0.7 < narrow.upper < 0.95
    higher = tuple(one._replace(line=one.line * 2**0.2) for one in plain(1_200, 1.0, 4))
    moved = proposed(higher, PACK).correction
    assert moved is not None
    assert moved.shift == pytest.approx(0.4, abs=0.05)
    assert moved.lower == pytest.approx(1.0, abs=0.12)


def test_few_data_change_nothing() -> None:
    """Below thirty people nothing is proposed, however wrong it looks; honest ranges stay but for rare chance."""
    assert proposed(plain(FEWEST - 1, 3.0, 1), PACK).why == "few"
    assert proposed((), PACK).correction is None
    assert learned((), frozenset()) == Correction()
    worlds = [proposed(plain(people, 1.0, seed), PACK) for people in (40, 300) for seed in range(20)]
    assert sum(world.correction is not None for world in worlds) <= 2
    assert proposed(lives(60, 3), PACK).why == "fits"


def test_what_does_not_help_others_is_not_proposed() -> None:
    """Ranges of no width miss every line that moved, and no factor mends that: it is told, and nothing is changed."""
    lines = plain(90, 1.0, 2)
    points = tuple(one._replace(foretold=Range(one.foretold.p50, one.foretold.p50, one.foretold.p50)) for one in lines)
    assert dishonest(points) >= {"range", "low", "high"}
    found = proposed(points, PACK)
    assert (found.why, found.correction) == ("no_help", None)
    assert found.after is not None
    assert found.after.width == 1.0


def test_lumps_do_not_make_an_honest_world_look_wrong() -> None:
    """Lines that mostly stay are held by more than eight ranges in ten, and that is no reason to narrow them."""
    world = lives(60, 1)
    assert coverage(world).low > 0.8
    assert dishonest(world) == frozenset()
    assert learned(world, frozenset({"range"})).upper == 1.0
    assert "range" in dishonest(stretched(world, 6.0)) | dishonest(plain(600, 2.0, 1))


def test_a_pack_states_a_correction_and_obeys_it() -> None:
    """What is stated moves every month ahead but not the line now; the label tells that outcomes taught it."""
    wide = corrected_pack(Correction(0.0, 1.5, 1.5))
    before = forecast(FACTS, PACK, months=6, draws=300)
    after = forecast(FACTS, wide, months=6, draws=300)
    assert (before.label, after.label) == (PRIOR_LABEL, EVERYONE_LABEL)
    assert after.line[0] == before.line[0]
    assert [one.p50 for one in after.line] == [one.p50 for one in before.line]
    assert after.line[6].p90 > before.line[6].p90
    assert after.available[6].p90 - before.available[6].p90 == pytest.approx(after.line[6].p90 - before.line[6].p90)
    assert wide.parameter_hash() != PACK.parameter_hash()


def test_a_line_that_stays_stays() -> None:
    """A shift leaves an end alone that says that nothing changes, keeps the order, and leaves a lost line lost."""
    moved = Correction(shift=0.5).moved(Range(9_000, 10_000, 12_000), 12, 10_000)
    assert (moved.p10, moved.p50) == (pytest.approx(10_000), 10_000)
    assert moved.p90 == pytest.approx(12_000 * 2**0.5)
    gone = Range(0, 0, 5_000)
    assert Correction(0.5, 2, 2).moved(gone, 12, 10_000) == gone
    assert still_available((Range(0, 500, 900),), (RANGE,), (Range(7_000, 9_000, 21_000),)) == (Range(0, 0, 1_900),)
    assert corrected((RANGE,), PACK) == (RANGE,)


def test_corrections_stay_within_bounds_and_add_up() -> None:
    """One after another does what both do; what outcomes ask beyond the bounds is held at them."""
    both = Correction(0.1, 2.0, 1.0).after(Correction(0.2, 1.2, 0.9))
    assert both.held() == Correction(0.3, 2.4, 0.9)
    assert Correction(9.0, 9.0, 0.0).held() == Correction(
        *(BOUNDS[name][at] for name, at in zip(BOUNDS, (1, 1, 0), strict=True))
    )


def test_what_is_stated_can_be_read_as_a_pack(tmp_path: Path) -> None:
    """A proposal written into the pack's file gives a pack that is corrected so, with its source and date."""
    how = Correction(0.05, 1.2, 0.95)
    laid = stated(how, 321, "2026-11-22")
    document = yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.CSafeLoader)
    document["sources"] |= laid["sources"]
    document["corrections"] = laid["corrections"]
    (tmp_path / "jiebei.yaml").write_text(yaml.dump(document, Dumper=yaml.CSafeDumper), encoding="utf-8")
    packs, problems = read_packs(tmp_path)
    assert problems == ()
    pack = packs["jiebei"]
    assert correction_of(pack.corrections) == how
    assert "321" in pack.corrections["lower"].source
    assert pack.corrections["lower"].date == "2026-11-22"
    document["corrections"]["upper"] |= {"value": 9.0, "high": 9.0}
    (tmp_path / "jiebei.yaml").write_text(yaml.dump(document, Dumper=yaml.CSafeDumper), encoding="utf-8")
    assert "between 0.5 and 3" in read_packs(tmp_path)[1][0].message
