"""The one pantry door: policy packs read from their folder, with everything that is wrong in them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

import yaml

from simulator.actions import Effect
from simulator.packing import read_corrections, read_factors, read_parameters, read_presets, read_priors
from simulator.policy import Example, Expectation, Pack
from simulator.sheet import Sheet
from simulator.vocabulary import FACTS, Facts, FactValue, Kind, Problem, fact_names

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICIES = Path(__file__).parent / "policies"
"""The folder of the packs that ship."""

PARAMETERS: Mapping[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("debt_to_income", "income_multiple"),
    Kind.BUSINESS: ("turnover_multiple", "coverage_ratio", "own_funds_share"),
}
"""Parameters that the ceilings of each kind need."""

SHARED_PARAMETERS = (
    *("points_per_doubling", "headroom", "news_slow", "news_fresh", "mediation"),
    *("review_base", "review_asked", "step_up", "step_down", "band_up", "band_down"),
    *("noise_size", "noise_memory", "rule_drift", "ease_stay", "neutral_stay", "tighten_stay"),
    *("ease_gain", "tighten_loss", "tighten_gate"),
    *("freeze_base", "freeze_overdue", "freeze_anomaly", "freeze_release", "fault"),
    *("counted_unproved", "capacity_rate", "capacity_months", "ceiling_grip"),
    *("regulatory_ceiling", "disputed_ceiling", "disputed_chance"),
)
"""Parameters that every pack must state."""

_FIELDS = (
    *("product", "kind", "title", "grid", "floor", "usual_line", "sources", "parameters", "factors", "levels"),
    *("priors", "presets", "examples", "corrections"),
)


def read_packs(
    folder: Path | None = None, over: Mapping[str, str | None] = MappingProxyType({})
) -> tuple[Mapping[str, Pack], tuple[Problem, ...]]:
    """All packs of a folder (the packaged one by default) by product id, and every problem found in them.

    Texts that lie ``over`` the folder's count in place of the files of their names; None takes a file away. A pack
    with a problem is left out; bad content never raises.
    """
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    home = folder or POLICIES
    for name in sorted({path.name for path in home.glob("*.yaml")} | over.keys()):
        if over.get(name, "") is None:
            continue
        found: list[Problem] = []
        pack = _read_file(home / name, over.get(name), found)
        if pack is not None and pack.product in packs:
            found.append(Problem("bad_pack", f"{name}: product", f"{pack.product} is the id of another file"))
        if pack is not None and not found:
            packs[pack.product] = pack
        problems.extend(found)
    return MappingProxyType(packs), tuple(problems)


def _read_file(path: Path, laid: str | None, problems: list[Problem]) -> Pack | None:
    try:
        text = path.read_text(encoding="utf-8") if laid is None else laid
    except (OSError, UnicodeDecodeError) as error:
        problems.append(_unreadable(path.name, error))
        return None
    pack, found = _read_text(path.name, text)
    problems.extend(found)
    return pack


@lru_cache(maxsize=32)
def _read_text(name: str, text: str) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack of a text and what is wrong in it; the same text is read once, whichever editions it stands in."""
    try:
        content = yaml.load(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, (_unreadable(name, error),)
    problems: list[Problem] = []
    pack = _read_pack(Sheet(name, "", content, problems))
    return pack, tuple(problems)


def _unreadable(name: str, error: Exception) -> Problem:
    return Problem("bad_pack", name, f"cannot be read: {' '.join(str(error).split())[:200]}")


def _read_pack(sheet: Sheet) -> Pack:
    sheet.only(_FIELDS)
    sources = sheet.sub("sources")
    parameters = read_parameters(sheet.sub("parameters"), sources)
    factors = read_factors(sheet.sub("factors"), sources, parameters)
    parameters = dict(sorted(parameters.items()))
    kind = Kind(sheet.one_of("kind", tuple(Kind)))
    presets = read_presets(sheet.sub("presets"), parameters)
    pack = Pack(
        product=sheet.text("product"),
        kind=kind,
        title=sheet.text("title"),
        grid=int(sheet.number("grid")),
        floor=sheet.number("floor"),
        usual_line=sheet.number("usual_line"),
        parameters=MappingProxyType(parameters),
        presets=MappingProxyType({name: MappingProxyType(preset) for name, preset in presets.items()}),
        factors=factors,
        priors=MappingProxyType(read_priors(sheet.sub("priors").keeping(fact_names(kind)))),
        levels={name: {key: field.number(key) for key in field.names()} for name, field in sheet.sub("levels").subs()},
        examples=tuple(_read_example(name, field, kind, presets) for name, field in sheet.sub("examples").subs()),
        corrections=MappingProxyType(read_corrections(sheet.sub("corrections"), sources)),
    )
    _check_whole(sheet, pack)
    return pack


def _check_whole(sheet: Sheet, pack: Pack) -> None:
    needed = [f"parameters.{name}" for name in (*SHARED_PARAMETERS, *PARAMETERS[pack.kind])]
    needed += [f"priors.{name}" for name in fact_names(pack.kind)]
    needed += [f"levels.{name}" for name in fact_names(pack.kind) if FACTS[name].choices]
    there = {f"parameters.{name}" for name in pack.parameters}
    there |= {f"priors.{name}" for name in pack.priors} | {f"levels.{name}" for name in pack.levels}
    there |= {f"presets.{name}" for name in pack.presets}
    for name in ("presets.honest", *needed):
        if name not in there:
            sheet.note(name, "is missing")
    for name, levels in pack.levels.items():
        if not levels or set(levels) != set(FACTS[name].choices if name in FACTS else ()):
            sheet.note(f"levels.{name}", "every choice needs a level, and nothing else has one")
    if pack.grid < 1 or pack.floor <= 0 or pack.usual_line <= 0:
        sheet.note("grid", "grid, floor and usual_line must be above nothing")


def _read_example(name: str, sheet: Sheet, kind: Kind, presets: Mapping[str, object]) -> Example:
    sheet.only(("title", "facts", "bundle", "asks_review", "months", "expect"))
    facts = Facts(kind)
    for fact in sheet.sub("facts").names():
        value = cast("FactValue", sheet.sub("facts").raw(fact))
        changed = facts.with_value(fact, value)
        if isinstance(changed, Problem):
            sheet.note(f"{sheet.path}.facts.{fact}", changed.message)
        else:
            facts = changed
    return Example(
        id=name,
        title=sheet.text("title"),
        facts=facts.values,
        bundle=tuple(_read_effect(row) for row in sheet.rows("bundle")),
        asks_review=sheet.flag("asks_review", default=False),
        months=int(sheet.number("months")),
        expectations=tuple(_read_expectation(row, tuple(presets)) for row in sheet.rows("expect")),
    )


def _read_effect(sheet: Sheet) -> Effect:
    sheet.only(("fact", "how", "amount", "low", "high", "kernel", "delay_months", "over_months"))
    amount = sheet.number("amount")
    how = sheet.one_of("how", ("to", "by", "times"))
    kernel = sheet.one_of("kernel", ("at_once", "ramp", "saturating"), "at_once")
    return Effect(
        fact=sheet.one_of("fact", tuple(FACTS)),
        how=cast("Literal['to', 'by', 'times']", how),
        amount=amount,
        low=sheet.number("low", amount),
        high=sheet.number("high", amount),
        kernel=cast("Literal['at_once', 'ramp', 'saturating']", kernel),
        delay_months=int(sheet.number("delay_months", 0.0)),
        over_months=int(sheet.number("over_months", 1.0)),
    )


def _read_expectation(sheet: Sheet, presets: tuple[str, ...]) -> Expectation:
    sheet.only(("preset", "p50", "target", "chance"))
    return Expectation(
        preset=sheet.one_of("preset", presets or ("honest",)),
        p50=sheet.pair("p50"),
        target=sheet.number("target", 0.0),
        chance=sheet.pair("chance"),
    )
