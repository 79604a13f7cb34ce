"""Profiles at the border: everything that is wrong comes back as a value, nothing raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.reading import Profile, contradictions, parse_document, read_facts, read_profile
from simulator.vocabulary import FACTS, Facts, Kind, Problem, fact_names
from tests.simulator.borrowers import JIEBEI, PACKS, values

GOOD = {"kind": "person", "product": "jiebei", "facts": {"current_line": 10_000, "purpose": "education"}}


def problems(document: object) -> tuple[Problem, ...]:
    found = read_profile(document, PACKS)
    assert not isinstance(found, Profile)
    return found


def test_a_good_profile_is_read() -> None:
    """Kind, product and facts arrive in their plain types."""
    found = read_profile(GOOD, PACKS)
    assert isinstance(found, Profile)
    assert found.product == "jiebei"
    assert found.facts == Facts(Kind.PERSON, found.facts.values)
    assert found.facts.number("current_line") == 10_000.0
    assert found.facts.values["purpose"] == "education"


def test_the_product_may_be_left_out_where_one_serves_the_kind() -> None:
    """Each kind has one shipped pack, so the kind is enough."""
    found = read_profile({"kind": "business"}, PACKS)
    assert isinstance(found, Profile)
    assert found.product == "wangshang"


def test_the_product_is_needed_where_two_serve_the_kind() -> None:
    """With two packs for persons, a person must say which."""
    found = read_profile({"kind": "person"}, {**PACKS, "other": JIEBEI})
    assert isinstance(found, tuple)
    assert found[0].field == "product"


@pytest.mark.parametrize(
    ("document", "code", "field"),
    [
        ([], "wrong_type", "profile"),
        ("x", "wrong_type", "profile"),
        (10**30, "wrong_type", "profile"),
        ({}, "empty", "profile"),
        ({**GOOD, "kind": "firm"}, "wrong_kind", "kind"),
        ({**GOOD, "kind": 3}, "wrong_kind", "kind"),
        ({**GOOD, "kind": None}, "wrong_kind", "kind"),
        ({**GOOD, "product": "nothing"}, "unknown_product", "product"),
        ({**GOOD, "product": 4}, "unknown_product", "product"),
        ({**GOOD, "product": "wangshang"}, "wrong_kind", "product"),
        ({**GOOD, "mood": 1}, "unknown_field", "mood"),
        ({**GOOD, "facts": []}, "wrong_type", "facts"),
        ({**GOOD, "facts": {"mood": 1}}, "unknown_fact", "mood"),
        ({**GOOD, "facts": {"monthly_turnover": 1}}, "wrong_kind", "monthly_turnover"),
        ({**GOOD, "facts": {"current_line": "10000"}}, "wrong_type", "current_line"),
        ({**GOOD, "facts": {"current_line": True}}, "wrong_type", "current_line"),
        ({**GOOD, "facts": {"current_line": None}}, "wrong_type", "current_line"),
        ({**GOOD, "facts": {"current_line": -1}}, "out_of_bounds", "current_line"),
        ({**GOOD, "facts": {"current_line": 10**400}}, "out_of_bounds", "current_line"),
        ({**GOOD, "facts": {"current_line": float("nan")}}, "out_of_bounds", "current_line"),
        ({**GOOD, "facts": {"current_line": float("inf")}}, "out_of_bounds", "current_line"),
        ({**GOOD, "facts": {"overdue_now": 1}}, "wrong_type", "overdue_now"),
        ({**GOOD, "facts": {"purpose": "fun"}}, "wrong_type", "purpose"),
        ({**GOOD, "facts": {"current_line": 5, "used_balance": 6}}, "contradiction", "used_balance"),
        ({**GOOD, "facts": {"months_on_book": 5, "on_time_months": 6}}, "contradiction", "on_time_months"),
    ],
)
def test_each_flaw_is_named(document: object, code: str, field: str) -> None:
    """Code and field are stable, and the sentence says what was read."""
    found = problems(document)
    assert (found[0].code, found[0].field) == (code, field)
    assert found[0].message


def test_all_flaws_of_a_profile_are_told() -> None:
    """Four flaws give four problems, not one."""
    document = {"kind": "person", "product": "x", "extra": 1, "facts": {"mood": 1, "current_line": -1}}
    assert {problem.field for problem in problems(document)} == {"extra", "product", "mood", "current_line"}


def test_equal_values_are_no_contradiction() -> None:
    """A line may be used to the last yuan, and a streak as long as the account."""
    facts = {"current_line": 5.0, "used_balance": 5.0, "months_on_book": 6.0, "on_time_months": 6.0}
    assert contradictions(Facts(Kind.PERSON, facts)) == ()


@given(
    st.sampled_from(list(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), st.sampled_from(fact_names(kind)))),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_any_value_within_bounds_is_read_back(case: tuple[Kind, str], data: st.DataObject) -> None:
    """Every allowed value of every fact passes, through JSON and back."""
    kind, name = case
    value = data.draw(values(FACTS[name]))
    read = read_facts(kind, json.loads(json.dumps({name: value})))
    assert isinstance(read, Facts)
    assert read.values[name] == value


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    )
)
@settings(max_examples=60, deadline=None)
def test_no_document_at_all_raises(document: object) -> None:
    """Whatever is handed in comes back as a profile or as problems."""
    found = read_profile(document, PACKS)
    assert isinstance(found, Profile) or all(isinstance(one, Problem) for one in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("{", "bad_json"),
        ('{"a": NaN}', "bad_json"),
        ('{"a": Infinity}', "bad_json"),
        ('{"a": -Infinity}', "bad_json"),
        ('{"a": 1, "a": 2}', "bad_json"),
        ('{"a": 1' + "0" * 5000 + "}", "bad_json"),
        ("[" * 100_000, "bad_json"),
        (" " * 1_000_001, "too_large"),
    ],
)
def test_texts_that_are_no_documents(text: str, code: str) -> None:
    """Too large, empty, broken, endless, twice-named and bottomless texts are told apart by code."""
    found = parse_document(text)
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_document_is_read_as_it_stands() -> None:
    """JSON of any shape is read; what it must hold is asked later."""
    assert parse_document(json.dumps(GOOD)) == GOOD
    assert parse_document("[1, 2.5, null]") == [1, 2.5, None]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_at_all_raises(text: str) -> None:
    """Any text comes back as a document or as a problem."""
    parse_document(text)
