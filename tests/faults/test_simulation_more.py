"""The other half of the five hundred lives, and a proof that the verdict sees what it is there to see."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import patch

import pytest

from bot.service.postman import Postman
from bot.store import outbox
from tests.faults.plan import Act, Plan
from tests.faults.simulation import faults_of_plan, faults_of_seed

A_CHUNK = 25
_LIVELY = Plan(5, (("zh-hans", True),), tuple(Act(1.0, 0, "press") for _ in range(6)))


@pytest.mark.parametrize("first", range(250, 500, A_CHUNK))
def test_nothing_goes_wrong_in_any_life(first: int) -> None:
    """At the end of each of these lives every invariant holds; a seed that fails is replayed by its command."""
    failed = {f"--seed {seed}": faults for seed in range(first, first + A_CHUNK) if (faults := faults_of_seed(seed))}
    assert failed == {}


def test_the_verdict_sees_a_card_that_never_came() -> None:
    """A postman who says that all is delivered and carries nothing is found out."""

    async def idle(self: Postman, conversation: str, round_: object) -> bool:
        return await self._kept(conversation, round_, "send", None)

    assert faults_of_plan(_LIVELY) == []
    with patch.object(Postman, "_one", idle):
        assert any("does not show" in fault for fault in faults_of_plan(_LIVELY))


def test_the_verdict_sees_what_is_said_twice() -> None:
    """A store that forgets what was delivered makes the bot repeat itself, and that is found out."""
    with patch.object(outbox, "_KEPT_BY", outbox._KEPT):
        assert faults_of_plan(_LIVELY) == []
    with patch("bot.service.settling.keeping", lambda *_told: SimpleNamespace(rowcount=0)):
        assert any("came twice" in fault or "never kept" in fault for fault in faults_of_plan(_LIVELY))
