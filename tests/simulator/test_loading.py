"""Packs: the shipped ones are whole, and every flaw in another is told with file, field and reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from simulator.loading import read_packs
from simulator.policy import Pack
from simulator.vocabulary import FACTS, Kind, fact_names
from tests.simulator.borrowers import JIEBEI, PACKS, PROBLEMS, WANGSHANG

SHIPPED = Path(str(read_packs.__globals__["__file__"])).parent / "policies"


def content() -> dict:
    return yaml.load((SHIPPED / "jiebei.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


def dumped(document: object, *, sort_keys: bool = True) -> str:
    """A document as a file holds it, by the quick dumper in C."""
    return yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=sort_keys)


def told(folder: Path, document: object, name: str = "a.yaml") -> tuple[str, ...]:
    """What is wrong with one document, as field: message lines."""
    text = document if isinstance(document, str) else dumped(document)
    (folder / name).write_text(text, encoding="utf-8")
    _, problems = read_packs(folder)
    return tuple(f"{problem.field}: {problem.message}" for problem in problems)


def test_the_shipped_packs_are_whole() -> None:
    """Both products load without a word."""
    assert PROBLEMS == ()
    assert set(PACKS) == {"jiebei", "wangshang"}
    assert (JIEBEI.kind, WANGSHANG.kind) == (Kind.PERSON, Kind.BUSINESS)


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.product)
def test_every_number_has_range_grade_source_and_date(pack: Pack) -> None:
    """No parameter stands without its evidence, and weights on a mere direction are drawn."""
    for one in pack.parameters.values():
        assert one.low <= one.value <= one.high
        assert one.source
        assert len(one.date) == 10
        if one.name.startswith("weight_"):
            assert one.low >= 0.0
            assert one.spread.how == "lognormal"
    assert set(pack.priors) == set(fact_names(pack.kind))
    assert set(pack.presets) == {"honest", "optimistic", "base_rate", "article"}


def test_early_repayment_may_do_no_harm_at_all() -> None:
    """The posterior of the prepaid share's weights includes nothing, for better sources say so."""
    for pack in PACKS.values():
        assert pack.parameters["weight_prepaid_much"].spread.zero == 0.5
        assert pack.parameters["weight_prepaid_moderate"].spread.zero == 0.5


def test_the_hash_follows_every_parameter() -> None:
    """The same pack has the same hash, and any change of a number another."""
    again, _ = read_packs()
    assert again["jiebei"].parameter_hash() == JIEBEI.parameter_hash()
    assert len(JIEBEI.parameter_hash()) == 16
    assert JIEBEI.parameter_hash() != WANGSHANG.parameter_hash()
    assert replace(JIEBEI, grid=200).parameter_hash() != JIEBEI.parameter_hash()


def test_a_new_product_is_one_file(tmp_path: Path) -> None:
    """A copy under another id is a product of its own."""
    (tmp_path / "b.yaml").write_text(dumped({**content(), "product": "other"}), encoding="utf-8")
    packs, problems = read_packs(tmp_path)
    assert problems == ()
    assert packs["other"].kind is Kind.PERSON


def test_two_files_with_one_id_are_told(tmp_path: Path) -> None:
    """The second file of one product is left out and named."""
    (tmp_path / "a.yaml").write_text(dumped(content()), encoding="utf-8")
    problems = told(tmp_path, content(), "b.yaml")
    assert problems == ("b.yaml: product: jiebei is the id of another file",)


@pytest.mark.parametrize("text", ["a: [", "- 1\n- 2", "", "just words", "a: !!python/object:os.system x", "\x00"])
def test_files_that_are_no_packs_are_told_and_never_raise(tmp_path: Path, text: str) -> None:
    """Broken YAML, lists, nothing, words and unsafe tags all come back as problems."""
    assert told(tmp_path, text)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A file that is not UTF-8, or a folder with the name of a file, is a problem."""
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.yaml").mkdir()
    _, problems = read_packs(tmp_path)
    assert [problem.field for problem in problems] == ["a.yaml", "b.yaml"]


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    """No folder, no packs, no problem."""
    packs, problems = read_packs(tmp_path / "nowhere")
    assert (dict(packs), problems) == ({}, ())


def parameter(name: str, **new: object) -> dict:
    document = content()
    document["parameters"][name] = {**document["parameters"][name], **new}
    return document


def factor(name: str, **new: object) -> dict:
    document = content()
    document["factors"][name] = {**document["factors"][name], **new}
    return document


def prior(name: str, **new: object) -> dict:
    document = content()
    document["priors"][name] = {**document["priors"].get(name, {}), **new}
    return document


def without(part: str, name: str) -> dict:
    document = content()
    del document[part][name]
    return document


def example(**new: object) -> dict:
    document = content()
    document["examples"]["case_1"] = {**document["examples"]["case_1"], **new}
    return document


FLAWS = [
    ({**content(), "colour": 1}, "a.yaml: colour: no such field"),
    ({**content(), "kind": "firm"}, "a.yaml: kind: was 'firm'; one of person, business"),
    ({**content(), "grid": 0}, "a.yaml: grid: grid, floor and usual_line must be above nothing"),
    ({**content(), "title": 5}, "a.yaml: title: was 5; a text would be right"),
    ({**content(), "parameters": []}, "a.yaml: parameters: a mapping is expected here"),
    (parameter("headroom", value=9), "a.yaml: parameters.headroom: value 9 must lie between"),
    (parameter("headroom", value="x"), "a.yaml: parameters.headroom.value: was 'x'; a finite number"),
    (parameter("headroom", value=float("nan")), "a.yaml: parameters.headroom.value: was nan"),
    (parameter("headroom", value=10**400), "a.yaml: parameters.headroom.value: was 1000"),
    (parameter("headroom", grade="Z"), "a.yaml: parameters.headroom.grade: was 'Z'"),
    (parameter("headroom", source="nobody"), "a.yaml: parameters.headroom.source: was 'nobody'"),
    (parameter("headroom", spread={"how": "wild"}), "a.yaml: parameters.headroom.spread.how: was 'wild'"),
    (parameter("headroom", history="x"), "a.yaml: parameters.headroom.history: pairs of a date and a number"),
    (parameter("headroom", history=[["2020-01-01"]]), "a.yaml: parameters.headroom.history: pairs"),
    (parameter("headroom", mood="good"), "a.yaml: parameters.headroom.mood: no such field"),
    (without("parameters", "fault"), "a.yaml: parameters.fault: is missing"),
    (without("priors", "purpose"), "a.yaml: priors.purpose: is missing"),
    (without("presets", "honest"), "a.yaml: presets.honest: is missing"),
    ({**content(), "levels": {}}, "a.yaml: levels.purpose: is missing"),
    ({**content(), "levels": {"purpose": {"fun": 1.0}}}, "a.yaml: levels.purpose: every choice needs a level"),
    ({**content(), "levels": {**content()["levels"], "mood": {}}}, "a.yaml: levels.mood: every choice"),
    (factor("draws", fact="mood"), "a.yaml: factors.draws.fact: was 'mood'"),
    (factor("draws", sign=2), "a.yaml: factors.draws.sign: 1 (raises) or -1 (lowers)"),
    (factor("draws", movable="yes"), "a.yaml: factors.draws.movable: was 'yes'; true or false"),
    (factor("draws", news="old"), "a.yaml: factors.draws.news: was 'old'"),
    (factor("draws", shape={"kind": "linear", "scale": 0}), "a.yaml: factors.draws.shape.scale: a scale above nothing"),
    (factor("draws", shape={"kind": "up_to_knee"}), "a.yaml: factors.draws.shape.knee: the name of a parameter"),
    (
        factor("draws", weight={"value": -1, "low": -2, "high": 3, "grade": "S", "source": "articles"}),
        "a.yaml: factors.draws.weight: a weight is never negative",
    ),
    (prior("mood", family="normal", median=1), "a.yaml: priors.mood: no such field"),
    (prior("purpose", family="wild"), "a.yaml: priors.purpose.family: was 'wild'"),
    (prior("current_line", of="monthly_turnover"), "a.yaml: priors.current_line: monthly_turnover has no prior"),
    (prior("monthly_income", of="payment_flow"), "a.yaml: priors: "),
    (prior("overdue_now", median=1.0), "a.yaml: priors.overdue_now: a share or chance needs a median between"),
    (prior("payment_flow", care=0.9, means=0.9), "a.yaml: priors.payment_flow: care and means together"),
    ({**content(), "presets": {"honest": {"luck": {}}}}, "a.yaml: presets.honest.luck: no such parameter"),
    (
        {**content(), "presets": {"honest": {"headroom": {"value": 9}}}},
        "a.yaml: presets.honest.headroom: value 9 must lie between",
    ),
    (example(facts={"current_line": -5}), "a.yaml: examples.case_1.facts.current_line: current_line was -5"),
    (example(bundle={}), "a.yaml: examples.case_1.bundle: a list is expected"),
    (
        example(bundle=[{"fact": "mood", "how": "to", "amount": 1}]),
        "a.yaml: examples.case_1.bundle[0].fact: was 'mood'",
    ),
    (example(expect=[{"preset": "article", "p50": [2, 1]}]), "a.yaml: examples.case_1.expect[0].p50: was [2, 1]"),
    (example(expect=[{"preset": "article", "chance": 1}]), "a.yaml: examples.case_1.expect[0].chance: was 1"),
    (example(expect=[{"preset": "lucky"}]), "a.yaml: examples.case_1.expect[0].preset: was 'lucky'"),
]


@pytest.mark.parametrize(("document", "line"), FLAWS, ids=[line for _, line in FLAWS])
def test_each_flaw_is_told_with_file_field_and_reason(tmp_path: Path, document: dict, line: str) -> None:
    """A pack with one flaw is left out, and the flaw is among the problems told."""
    problems = told(tmp_path, document)
    assert any(problem.startswith(line) for problem in problems)


def test_all_flaws_are_told_at_once(tmp_path: Path) -> None:
    """Two flaws in one file give two problems."""
    document = parameter("headroom", grade="Z")
    document["factors"]["draws"]["sign"] = 0
    assert len(told(tmp_path, document)) == 2


def test_the_order_of_fields_decides_nothing(tmp_path: Path) -> None:
    """A file written in another order is the same pack, to the last random number."""
    turned = {
        name: dict(reversed(part.items())) if isinstance(part, dict) else part for name, part in content().items()
    }
    (tmp_path / "a.yaml").write_text(dumped(turned, sort_keys=False), encoding="utf-8")
    packs, problems = read_packs(tmp_path)
    assert problems == ()
    assert packs["jiebei"].parameter_hash() == JIEBEI.parameter_hash()
    assert list(packs["jiebei"].priors) == list(JIEBEI.priors)
    assert list(packs["jiebei"].parameters) == list(JIEBEI.parameters)


def test_every_fact_of_a_factor_belongs_to_its_kind() -> None:
    """No factor of a shipped pack looks at a fact that its kind of borrower cannot have."""
    for pack in PACKS.values():
        assert all(pack.kind in FACTS[factor.fact].kinds for factor in pack.factors)
