"""Every code that the simulator may say has words in both languages."""

from __future__ import annotations

import pytest

from simulator.trace import _MOVEMENT, CEILING_PARAMETER
from tests.journeys.walking import scene_now

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    """No reason code of any pack is without a phrase."""
    keys = scene_now().library.phrases.keys(language)
    codes = {factor.code for pack in scene_now().packs.values() for factor in pack.factors}
    assert {code for code in codes if f"reason.{code}" not in keys} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_and_family_has_words(language: str) -> None:
    """Evidence grades, source grades and families of causes can all be said."""
    keys = scene_now().library.phrases.keys(language)
    grades = {f"grade.{fact.grade}" for fact in scene_now().library.facts.values()}
    families = {f"family.{cause.family}" for cause in scene_now().library.causes.values()}
    evidence = {f"evidence.{grade}" for grade in "OPISA"}
    assert (grades | families | evidence) - keys == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_that_moves_a_number_has_words(language: str) -> None:
    """Weights of factors, parameters of ceilings and movement, and presets are all named in words."""
    keys = scene_now().library.phrases.keys(language)
    for pack in scene_now().packs.values():
        ceilings = {name for names in CEILING_PARAMETER.values() for name in names}
        moving = {factor.weight for factor in pack.factors} | ceilings | {"headroom", *_MOVEMENT}
        assert {name for name in moving & set(pack.parameters) if f"parameter.{name}" not in keys} == set()
        assert {name for name in pack.presets if f"preset.{name}" not in keys} == set()
