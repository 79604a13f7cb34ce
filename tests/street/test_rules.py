"""The table of refusals, walked through: every rule is run into by a play and answers in its own words."""

from __future__ import annotations

import re

import pytest

from bot.channels.playground.refusals.table import RULES
from tests.street.plays import PLAYS
from tests.street.stage import Stage


def _pattern(description: str) -> str:
    return re.sub(r"\\\{\w+\\\}", ".+", re.escape(description))


def test_every_rule_has_its_play() -> None:
    """No rule of the table goes untested, no play runs into a rule that is not there, and the rules are many."""
    assert set(PLAYS) == set(RULES)
    assert len(RULES) >= 30


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_refuses_in_its_own_words(rule: str) -> None:
    """The play is refused with the rule's code and description, in the platform's envelope."""
    said = PLAYS[rule](Stage())
    assert said.code == RULES[rule].code
    assert re.fullmatch(_pattern(RULES[rule].description), said.body["description"])
    assert said.body["ok"] is False
    assert said.body["error_code"] == said.code


def test_parameters_come_with_the_refusal() -> None:
    """A group that moved says where, as a number that works."""
    stage = Stage()
    new = stage.carol.moves(stage.small)
    assert stage.send(stage.small).body["parameters"] == {"migrate_to_chat_id": new.id}
    assert stage.send(new).code == 200
