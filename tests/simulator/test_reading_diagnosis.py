"""Accounts of a fallen line in, diagnoses out, as documents."""

import pytest

from simulator.diagnosing import diagnose
from simulator.reading_diagnosis import diagnosis_document, read_diagnosis
from simulator.signs import Seen, Story
from simulator.vocabulary import Facts, FactValue, Kind, Problem


def person(**values: FactValue) -> Facts:
    return Facts(Kind.PERSON, values)


def test_an_account_is_read_as_the_contract_writes_it() -> None:
    """Facts and things seen arrive; every key may be left out."""
    story = read_diagnosis(
        {
            "kind": "person",
            "facts": {"overdue_now": False},
            "seen": {"available_line": 0, "line_before": 5000.5, "repaid_early": True, "days_since": 3,
                     "page_says": "no_line"},
        }
    )  # fmt: skip
    assert isinstance(story, Story)
    assert story.facts == person(overdue_now=False)
    assert story.seen == Seen(
        available_line=0.0, line_before=5000.5, repaid_early=True, days_since=3.0, page_says="no_line"
    )
    assert read_diagnosis({}) == Story(person(), Seen())


@pytest.mark.parametrize(
    ("document", "code", "field"),
    [
        ([], "wrong_type", ""),
        ({"kind": "bank"}, "wrong_type", "kind"),
        ({"extra": 1}, "unknown_key", "extra"),
        ({"facts": {"overdue_now": 1}}, "wrong_type", "facts.overdue_now"),
        ({"facts": {"luck": 1}}, "unknown_fact", "facts.luck"),
        ({"facts": 5}, "wrong_type", "facts"),
        ({"kind": "business", "facts": {"monthly_income": 1}}, "wrong_kind", "facts.monthly_income"),
        ({"seen": {"repaid": -1}}, "out_of_bounds", "seen.repaid"),
        ({"seen": {"repaid_early": "yes"}}, "wrong_type", "seen.repaid_early"),
        ({"seen": {"page_says": "gone"}}, "wrong_type", "seen.page_says"),
        ({"seen": {"weather": 1}}, "unknown_key", "seen.weather"),
    ],
)
def test_what_is_wrong_with_an_account_is_named(document: object, code: str, field: str) -> None:
    """Each mistake gives one problem with its code and field."""
    found = read_diagnosis(document)
    assert isinstance(found, tuple)
    assert all(isinstance(one, Problem) for one in found)
    assert [(one.code, one.field) for one in found] == [(code, field)]


def test_a_diagnosis_is_written_as_the_contract_says() -> None:
    """The document has the contract's names; words come from whoever knows them, else their codes stand there."""
    told = diagnose(person(overdue_now=True), Seen())
    document = diagnosis_document(told)
    assert set(document) == {"causes", "next_question"}
    first = document["causes"][0]
    assert set(first) == {"cause", "family", "probability", "for", "against", "check", "do"}
    assert (first["cause"], first["check"]) == ("overdue_anywhere", "overdue_anywhere.check")
    spoken = diagnosis_document(told, say=lambda cause, part: f"{part} of {cause}")
    assert spoken["causes"][0]["do"] == "do of overdue_anywhere"
